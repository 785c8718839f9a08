-- title: People who sat in several bodies | 见于多个主体的人
-- about: Names that appear in meetings of more than one body of a province; one name may be several people. | 同省多个主体会议中出现的姓名；同名未必同人。
-- parameter least INTEGER = 2: Least number of bodies | 最少主体数
-- empty: where nobody sat in that many bodies
SELECT
    p.name,
    r.name_zh AS province,
    count(DISTINCT d.issuer_id) AS bodies,
    count(DISTINCT p.document_id) AS documents,
    list_sort(list(DISTINCT p.role)) AS roles,
    list_sort(list(DISTINCT p.title) FILTER (p.title IS NOT NULL)) AS titles,
    list_sort(list(DISTINCT i.name)) AS issuers
FROM people AS p
INNER JOIN documents AS d USING (document_id)
INNER JOIN issuers AS i USING (issuer_id)
INNER JOIN regions AS r ON r.adcode = d.province_adcode
WHERE d.is_primary
GROUP BY p.name, r.name_zh
HAVING bodies >= $least
ORDER BY bodies DESC, documents DESC, p.name;
