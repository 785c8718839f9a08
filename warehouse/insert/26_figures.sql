INSERT INTO figures BY NAME
SELECT document_id, seq, f.value, f.unit, f.qualifier, f.as_written, f.start_char, f.end_char
FROM (SELECT document_id, unnest(figures) AS f, generate_subscripts(figures, 1) AS seq FROM staged);
