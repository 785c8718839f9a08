-- title: Provinces and months without documents | 没有文档的省份与月份
-- about: How many months of a period each province has no document for, and how many documents it has otherwise. | 某时段内各省无文档的月数与文档数。
-- parameter since DATE = 2020-01-01: First month | 起始月
-- parameter until DATE = 2022-12-31: Last month | 截止月
SELECT
    province,
    province_en,
    count(*) FILTER (documents = 0) AS months_without,
    count(*) AS months,
    CAST(sum(documents) AS INTEGER) AS documents,
    CAST(sum(directives) AS INTEGER) AS directives
FROM v_coverage
WHERE month BETWEEN $since AND $until AND province IS NOT NULL
GROUP BY province, province_en
ORDER BY months_without DESC, province;
