INSERT INTO conveyed BY NAME
SELECT document_id, seq, c.as_written, c.level, c.meeting_date, c.is_date_inferred, c.start_char, c.end_char
FROM (SELECT document_id, unnest(conveyed) AS c, generate_subscripts(conveyed, 1) AS seq FROM staged);
