-- What charts count is what the tables hold.
SELECT name AS found_in, counted, held
FROM (
    SELECT 'mart_documents' AS name, (SELECT count(*) FROM mart_documents) AS counted,
        (SELECT count(*) FROM documents) AS held
    UNION ALL
    SELECT 'mart_directives', (SELECT count(*) FROM mart_directives), (SELECT count(*) FROM directives)
    UNION ALL
    SELECT 'mart_groups', (SELECT count(*) FROM mart_groups WHERE grouping = 'category'),
        (SELECT count(*) FROM measures)
    UNION ALL
    SELECT 'mart_days', (SELECT sum(directives) FROM mart_days WHERE grouping = 'directive' AND strength = 'any'),
        (
            SELECT count(*) FROM directives INNER JOIN documents USING (document_id)
            WHERE is_primary AND NOT is_forwarded AND date IS NOT NULL
        )
    UNION ALL
    SELECT 'mart_terms', (SELECT count(*) FROM mart_terms WHERE is_slogan),
        (SELECT count(*) FROM (SELECT DISTINCT document_id, label FROM slogans))
)
WHERE coalesce(counted, 0) <> held;
