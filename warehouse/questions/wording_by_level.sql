-- title: How strictly each level words its orders | 各层级的措辞强度
-- about: Directives by level of the issuer and wording strength. Wording is not stringency. | 各层级指令按措辞强度的数量与占比；措辞不等于严格程度。
-- parameter since DATE = 2020-01-01: First day | 起始日
-- parameter until DATE = 2022-12-31: Last day | 截止日
SELECT
    level,
    count(*) AS directives,
    round(count(*) FILTER (strength = 'strict') / count(*), 3) AS strict,
    round(count(*) FILTER (strength = 'require') / count(*), 3) AS require,
    round(count(*) FILTER (strength = 'encourage') / count(*), 3) AS encourage,
    count(DISTINCT document_id) AS documents
FROM v_directives
WHERE is_primary AND date BETWEEN $since AND $until
GROUP BY level
ORDER BY directives DESC;
