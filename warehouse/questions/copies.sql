-- title: Announcements that appear in several places | 多处转载的公告
-- about: Groups of near-duplicates: the one that counts, and its copies. | 内容相近的公告：计数的一篇与其余各篇。
-- empty: where no two announcements are near-duplicates
SELECT
    p.title,
    p.date,
    count(*) + 1 AS documents,
    round(min(c.similarity), 3) AS least_similarity,
    list(coalesce(c.url_host, c.source) ORDER BY c.source) AS copies,
    p.url
FROM documents AS c
INNER JOIN documents AS p ON p.document_id = c.duplicate_of
GROUP BY p.title, p.date, p.url, p.document_id
ORDER BY documents DESC, p.date;
