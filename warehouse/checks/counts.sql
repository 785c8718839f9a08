-- Counts kept beside the rows they count, and meetings beside the documents that are meetings.
SELECT d.document_id, d.directive_count, x.n AS directives, m.directive_count AS of_meeting, d.doc_type
FROM documents AS d
LEFT JOIN (SELECT document_id, count(*) AS n FROM directives GROUP BY document_id) AS x USING (document_id)
LEFT JOIN meetings AS m ON m.document_id = d.document_id
WHERE d.directive_count <> coalesce(x.n, 0)
    OR (m.document_id IS NOT NULL) <> (d.doc_type = 'meeting')
    OR m.directive_count <> d.directive_count;
