-- title: Directives and documents by month | 各月指令与文档数
-- about: Directives by month, of one category or all, beside the documents that month has: a low count may be a thin month. | 各月指令数与当月文档数；数少可能只是文档少。
-- parameter category VARCHAR = : Category, empty for all | 类别，留空为全部
-- parameter province VARCHAR = : Province, empty for all | 省份，留空为全部
-- choices category: SELECT category_id FROM categories ORDER BY sort_order
-- choices province: SELECT DISTINCT province FROM v_coverage WHERE documents > 0 AND province IS NOT NULL ORDER BY province
WITH ordered AS (
    SELECT
        CAST(date_trunc('month', date) AS DATE) AS month,
        count(DISTINCT directive_id) AS directives,
        count(DISTINCT document_id) AS ordering_documents
    FROM v_measures
    WHERE is_primary
        AND ($category::VARCHAR IS NULL OR category = $category::VARCHAR)
        AND ($province::VARCHAR IS NULL OR province = $province::VARCHAR)
    GROUP BY month
),
covered AS (
    SELECT month, sum(documents) AS documents FROM v_coverage
    WHERE $province::VARCHAR IS NULL OR province = $province::VARCHAR
    GROUP BY month
)
SELECT
    month,
    coalesce(directives, 0) AS directives,
    coalesce(ordering_documents, 0) AS ordering_documents,
    CAST(documents AS INTEGER) AS documents,
    round(ordering_documents / documents, 3) AS share_of_documents
FROM covered
LEFT JOIN ordered USING (month)
WHERE month IS NOT NULL
ORDER BY month;
