-- Spans of people, figures, citations, slogans, repairs and conveyed meetings lie inside the document's text.
SELECT s.found_in, s.document_id, s.start_char, s.end_char, length(d.text) AS text_length
FROM (
    SELECT 'people' AS found_in, document_id, start_char, end_char FROM people WHERE start_char IS NOT NULL
    UNION ALL SELECT 'figures', document_id, start_char, end_char FROM figures
    UNION ALL SELECT 'citations', document_id, start_char, end_char FROM citations
    UNION ALL SELECT 'slogans', document_id, start_char, end_char FROM slogans
    UNION ALL SELECT 'repairs', document_id, start_char, end_char FROM repairs
    UNION ALL SELECT 'conveyed', document_id, start_char, end_char FROM conveyed
) AS s
INNER JOIN documents AS d USING (document_id)
WHERE s.start_char < 0 OR s.end_char < s.start_char OR s.end_char > length(d.text);
