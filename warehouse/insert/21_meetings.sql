INSERT INTO meetings BY NAME
SELECT
    document_id,
    meeting_date,
    venue_format,
    [p.name FOR p IN people IF p.role = 'chair'] AS chairs,
    len([p FOR p IN people IF p.role = 'attendee']) AS attendee_count,
    len([p FOR p IN people IF p.role = 'observer']) AS observer_count,
    len(directives) AS directive_count
FROM staged
WHERE doc_type = 'meeting';
