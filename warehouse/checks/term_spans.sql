-- An evidence term lies inside its directive and is what its span cuts out of the directive's text, which is what the
-- directive's span cuts out of the document's (directive_spans).
SELECT m.directive_id, m.category_id, m.t.term, m.t.start_char, m.t.end_char
FROM (SELECT directive_id, category_id, unnest(terms) AS t FROM measures) AS m
INNER JOIN directives AS x USING (directive_id)
WHERE m.t.start_char < x.start_char
    OR m.t.end_char > x.end_char
    OR m.t.end_char <= m.t.start_char
    OR m.t.term <> substr(x.text, m.t.start_char - x.start_char + 1, m.t.end_char - m.t.start_char);
