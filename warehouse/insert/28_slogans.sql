INSERT INTO slogans BY NAME
SELECT document_id, seq, x.label, x.start_char, x.end_char
FROM (SELECT document_id, unnest(slogans) AS x, generate_subscripts(slogans, 1) AS seq FROM staged);
