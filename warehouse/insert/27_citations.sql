INSERT INTO citations BY NAME
SELECT document_id, seq, x.title, x.start_char, x.end_char
FROM (SELECT document_id, unnest(citations) AS x, generate_subscripts(citations, 1) AS seq FROM staged);
