-- title: Where a named policy appeared first | 某提法的传播
-- about: First appearance of a slogan in each province. Empty slogan: all slogans by how many provinces used them. | 某提法在各省首次出现；留空则列出各提法见于几省。
-- parameter slogan VARCHAR = : Slogan, empty for all | 提法，留空为全部
-- choices slogan: SELECT label FROM slogans GROUP BY label ORDER BY count(*) DESC, label
WITH used AS (
    SELECT s.label, r.name_zh AS province, d.date, d.title, d.url
    FROM slogans AS s
    INNER JOIN documents AS d USING (document_id)
    LEFT JOIN regions AS r ON r.adcode = d.province_adcode
    WHERE d.is_primary AND ($slogan::VARCHAR IS NULL OR s.label = $slogan::VARCHAR)
)
SELECT
    label,
    CASE WHEN $slogan::VARCHAR IS NULL THEN NULL ELSE province END AS province,
    count(*) AS uses,
    count(DISTINCT province) AS provinces,
    min(date) AS first_date,
    arg_min(title, date) AS first_title,
    arg_min(url, date) AS first_url
FROM used
GROUP BY ALL
ORDER BY provinces DESC, uses DESC, first_date, label
LIMIT 200;
