-- title: Cumulative adoption of a measure | 某类措施的累计采用曲线
-- about: By day, how many provinces had given their first dated order in a category, out of those with documents by then. | 逐日累计已首次下达某类措施的省份数，及当时已有文档的省份数。
-- parameter category VARCHAR = testing: Category | 类别
-- choices category: SELECT category_id FROM categories ORDER BY sort_order
WITH firsts AS (
    SELECT first_date AS date, province FROM v_adoption
    WHERE category = $category AND adcode <> '000000' AND first_date IS NOT NULL
)
SELECT
    date,
    string_agg(province, '、' ORDER BY province) AS provinces_that_day,
    CAST(sum(count(*)) OVER (ORDER BY date) AS INTEGER) AS provinces_so_far,
    (
        SELECT count(DISTINCT adcode) FROM v_adoption AS o
        WHERE o.adcode <> '000000' AND o.observed_from <= firsts.date
    ) AS provinces_with_documents
FROM firsts
GROUP BY date
ORDER BY date;
