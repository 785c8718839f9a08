-- The rowids that mart_directives keeps lead to the rows that they were taken from.
SELECT 'directives' AS found_in, m.directive_id
FROM mart_directives AS m
LEFT JOIN directives AS d ON d.rowid = m.directive_row
WHERE d.directive_id IS DISTINCT FROM m.directive_id
UNION ALL
SELECT 'measures' AS found_in, m.directive_id
FROM (SELECT directive_id, unnest(measure_rows) AS measure_row FROM mart_directives) AS m
LEFT JOIN measures AS s ON s.rowid = m.measure_row
WHERE s.directive_id IS DISTINCT FROM m.directive_id;
