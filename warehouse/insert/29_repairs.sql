INSERT INTO repairs BY NAME
SELECT document_id, seq, r.rule, r.before, r.after, r.start_char, r.end_char
FROM (SELECT document_id, unnest(repairs) AS r, generate_subscripts(repairs, 1) AS seq FROM staged);
