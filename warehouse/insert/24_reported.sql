INSERT INTO reported BY NAME
SELECT
    document_id,
    seq,
    r.text,
    r.start_char,
    r.end_char,
    [m.category FOR m IN r.measures] AS categories,
    flatten([
        [{'category': m.category, 'term': t.term, 'start_char': t.start_char, 'end_char': t.end_char} FOR t IN m.terms]
        FOR m IN r.measures
    ]) AS terms
FROM (SELECT document_id, unnest(reported) AS r, generate_subscripts(reported, 1) AS seq FROM staged);
