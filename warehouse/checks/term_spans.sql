-- An evidence term lies inside its directive and is what its span cuts out of the document's text.
SELECT m.directive_id, m.category_id, m.t.term, m.t.start_char, m.t.end_char
FROM (SELECT directive_id, document_id, category_id, unnest(terms) AS t FROM measures) AS m
INNER JOIN directives AS x USING (directive_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
WHERE m.t.start_char < x.start_char
    OR m.t.end_char > x.end_char
    OR m.t.end_char <= m.t.start_char
    OR m.t.term <> substr(d.text, m.t.start_char + 1, m.t.end_char - m.t.start_char);
