-- A directive's text is what its span cuts out of the document's text.
SELECT x.directive_id, x.start_char, x.end_char, length(d.text) AS text_length, x.text
FROM directives AS x
INNER JOIN documents AS d USING (document_id)
WHERE x.start_char < 0
    OR x.end_char <= x.start_char
    OR x.end_char > length(d.text)
    OR x.text <> substr(d.text, x.start_char + 1, x.end_char - x.start_char);
