INSERT INTO directives BY NAME
SELECT
    document_id || '-' || d.seq AS directive_id,
    document_id,
    d.seq,
    d.ordinal,
    d.speaker,
    d.addressee,
    d.text,
    d.start_char,
    d.end_char,
    d.strength,
    d.deadline,
    d.measures[1].category AS main_category,
    false AS is_forwarded
FROM (SELECT document_id, unnest(directives) AS d FROM staged);
