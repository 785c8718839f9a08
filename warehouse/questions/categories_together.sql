-- title: Measures ordered in one breath | 常在同一指令中出现的措施
-- about: Pairs of categories in the same directive, with the share of the rarer one that comes with the other. | 同一指令中同时出现的类别对，及较少一类中与另一类同现的比例。
WITH pairs AS (
    SELECT a.category_id AS first, b.category_id AS second, count(*) AS directives
    FROM measures AS a
    INNER JOIN measures AS b ON b.directive_id = a.directive_id AND b.category_id > a.category_id
    INNER JOIN documents AS d ON d.document_id = a.document_id
    WHERE d.is_primary
    GROUP BY ALL
),
single AS (
    SELECT category_id, count(*) AS directives
    FROM measures
    INNER JOIN documents USING (document_id)
    WHERE is_primary
    GROUP BY category_id
)
SELECT
    x.name_zh AS first_zh,
    y.name_zh AS second_zh,
    x.name_en AS first_en,
    y.name_en AS second_en,
    p.directives,
    round(p.directives / least(f.directives, s.directives), 3) AS share_of_rarer
FROM pairs AS p
INNER JOIN single AS f ON f.category_id = p.first
INNER JOIN single AS s ON s.category_id = p.second
INNER JOIN categories AS x ON x.category_id = p.first
INNER JOIN categories AS y ON y.category_id = p.second
ORDER BY p.directives DESC, share_of_rarer DESC
LIMIT 100;
