-- title: An independent index beside directives | 独立指数与指令数对照
-- about: By month, the mean of an index of a region (for example OxCGRT's) beside containment directives and documents of the same province. | 各月某地独立指数均值与该省防控类指令数、文档数。
-- parameter province VARCHAR = 上海市: Province | 省份
-- parameter index VARCHAR = : Index, empty for all | 指数，留空为全部
-- choices province: SELECT name_zh FROM regions WHERE level = 'province' ORDER BY adcode
-- choices index: SELECT DISTINCT name FROM indicators ORDER BY name
-- empty: where no index was loaded (python -m etl indicators FILE)
WITH monthly AS (
    SELECT x.name, CAST(date_trunc('month', x.date) AS DATE) AS month, avg(x.value) AS mean_value
    FROM indicators AS x
    INNER JOIN regions AS r ON r.adcode = x.adcode
    WHERE r.name_zh = $province AND ($index::VARCHAR IS NULL OR x.name = $index::VARCHAR)
    GROUP BY ALL
),
ordered AS (
    SELECT CAST(date_trunc('month', date) AS DATE) AS month, count(DISTINCT directive_id) AS directives
    FROM v_measures
    WHERE is_primary AND province = $province AND family = 'containment'
    GROUP BY month
)
SELECT
    i.name AS index,
    i.month,
    round(i.mean_value, 1) AS mean_value,
    coalesce(o.directives, 0) AS containment_directives,
    coalesce(v.documents, 0) AS documents
FROM monthly AS i
LEFT JOIN ordered AS o USING (month)
LEFT JOIN v_coverage AS v ON v.month = i.month AND v.province = $province
ORDER BY i.name, i.month;
