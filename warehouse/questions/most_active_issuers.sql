-- title: Bodies with most announcements | 公告最多的主体
-- about: Issuers by documents, meetings and directives, with the period they cover. | 各主体的文档、会议与指令数及时段。
-- parameter kind VARCHAR = : Kind of issuer, empty for all | 主体类型，留空为全部
-- choices kind: SELECT DISTINCT kind FROM issuers ORDER BY kind
SELECT
    i.name AS issuer,
    i.kind,
    i.level,
    count(*) AS documents,
    count(*) FILTER (d.doc_type = 'meeting') AS meetings,
    sum(d.directive_count) AS directives,
    min(d.date) AS first_date,
    max(d.date) AS last_date
FROM documents AS d
INNER JOIN issuers AS i USING (issuer_id)
WHERE d.is_primary AND ($kind::VARCHAR IS NULL OR i.kind = $kind::VARCHAR)
GROUP BY i.name, i.kind, i.level
ORDER BY documents DESC, directives DESC, issuer
LIMIT 100;
