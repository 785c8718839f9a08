-- title: Documents that are cited most | 引用最多的文件
-- about: Titles in 《》 by the number of announcements and provinces that cite them. | 《》中的文件名及引用它的公告数、省份数。
-- parameter word VARCHAR = : Word in the title, empty for all | 标题含词，留空为全部
SELECT
    c.title,
    count(DISTINCT c.document_id) AS documents,
    count(DISTINCT d.province_adcode) AS provinces,
    min(d.date) AS first_date,
    max(d.date) AS last_date
FROM citations AS c
INNER JOIN documents AS d USING (document_id)
WHERE d.is_primary AND ($word::VARCHAR IS NULL OR contains(c.title, $word::VARCHAR))
GROUP BY c.title
ORDER BY documents DESC, c.title
LIMIT 100;
