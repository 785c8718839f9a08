INSERT INTO people BY NAME
SELECT document_id, p.name, p.role, p.title, p.start_char, p.end_char
FROM (SELECT document_id, unnest(people) AS p FROM staged);
