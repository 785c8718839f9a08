-- The reference lists are there, and where documents order something the tables that say so are filled.
SELECT name AS found_in, n
FROM (
    SELECT 'categories' AS name, count(*) AS n, 24 AS least FROM categories
    UNION ALL SELECT 'regions', count(*), 31 FROM regions WHERE level = 'province'
    UNION ALL SELECT 'loads', count(*), 1 FROM loads
    UNION ALL SELECT 'issuers', count(*), (SELECT min(1) FROM documents WHERE issuer_id IS NOT NULL) FROM issuers
    UNION ALL SELECT 'directives', count(*), (SELECT min(1) FROM documents WHERE directive_count > 0) FROM directives
    UNION ALL SELECT 'measures', count(*), (SELECT min(1) FROM directives WHERE main_category IS NOT NULL) FROM measures
)
WHERE n < least;
