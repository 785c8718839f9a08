-- title: Two provinces side by side | 两省对照
-- about: Directives by category in two provinces over a period, with each one's number of documents. | 某时段两省各类指令数及文档数。
-- parameter first VARCHAR = 上海市: First province | 第一个省份
-- parameter second VARCHAR = 北京市: Second province | 第二个省份
-- parameter since DATE = 2020-01-01: First day | 起始日
-- parameter until DATE = 2022-12-31: Last day | 截止日
-- choices first: SELECT DISTINCT province FROM v_measures WHERE province IS NOT NULL ORDER BY province
-- choices second: SELECT DISTINCT province FROM v_measures WHERE province IS NOT NULL ORDER BY province
WITH chosen AS (
    SELECT * FROM v_measures
    WHERE is_primary AND province IN ($first, $second) AND date BETWEEN $since AND $until
)
SELECT
    c.category_id AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    count(DISTINCT m.directive_id) FILTER (m.province = $first) AS first_directives,
    count(DISTINCT m.directive_id) FILTER (m.province = $second) AS second_directives,
    (SELECT count(DISTINCT document_id) FROM chosen WHERE province = $first) AS first_documents,
    (SELECT count(DISTINCT document_id) FROM chosen WHERE province = $second) AS second_documents,
    min(m.date) FILTER (m.province = $first) AS first_earliest,
    min(m.date) FILTER (m.province = $second) AS second_earliest
FROM categories AS c
LEFT JOIN chosen AS m ON m.category = c.category_id
GROUP BY c.category_id, c.name_zh, c.name_en, c.sort_order
ORDER BY c.sort_order;
