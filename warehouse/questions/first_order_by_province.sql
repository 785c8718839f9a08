-- title: First order of a measure by province | 各省首次下达某类措施
-- about: The first dated order of a category in each province, earliest first, with the sentence and its page. Provinces without one follow, with the day until which their documents reach. | 各省某类措施首次有日期的指令及原文，未见者列其后并注明观察终点。
-- parameter category VARCHAR = testing: Category | 类别
-- choices category: SELECT category_id FROM categories ORDER BY sort_order
SELECT
    province,
    status,
    first_date,
    date_basis,
    first_level,
    first_issuer,
    first_text,
    documents,
    observed_until,
    is_left_censored,
    url
FROM v_adoption
WHERE category = $category AND adcode <> '000000'
ORDER BY first_date NULLS LAST, documents DESC, province;
