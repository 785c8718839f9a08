-- A reported sentence is what its span cuts out of the document's text.
SELECT r.document_id, r.seq, r.start_char, r.end_char, length(d.text) AS text_length, r.text
FROM reported AS r
INNER JOIN documents AS d USING (document_id)
WHERE r.start_char < 0
    OR r.end_char <= r.start_char
    OR r.end_char > length(d.text)
    OR r.text <> substr(d.text, r.start_char + 1, r.end_char - r.start_char);
