-- title: Who chaired most meetings | 谁主持会议最多
-- about: People by the number of meetings they chaired in a period, with the bodies and categories. Copies count once; two people of one name in one province count as one. | 某时段内主持会议最多的人及其主体；同省同名者合计。
-- parameter since DATE = 2022-01-01: First day | 起始日
-- parameter until DATE = 2022-12-31: Last day | 截止日
-- parameter province VARCHAR = : Province, empty for all | 省份，留空为全部
-- choices province: SELECT DISTINCT province FROM v_meetings WHERE province IS NOT NULL ORDER BY province
SELECT
    chair,
    province,
    count(*) AS meetings,
    sum(directive_count) AS directives,
    min(date) AS first_date,
    max(date) AS last_date,
    list_sort(list(DISTINCT issuer)) AS issuers
FROM (SELECT unnest(chairs) AS chair, * FROM v_meetings WHERE is_primary)
WHERE date BETWEEN $since AND $until
    AND ($province::VARCHAR IS NULL OR province = $province::VARCHAR)
GROUP BY chair, province
ORDER BY meetings DESC, directives DESC, chair
LIMIT 50;
