INSERT INTO measures BY NAME
SELECT
    directive_id,
    document_id,
    m.category AS category_id,
    rank,
    m.terms
FROM (
    SELECT
        document_id || '-' || d.seq AS directive_id,
        document_id,
        unnest(d.measures) AS m,
        generate_subscripts(d.measures, 1) AS rank
    FROM (SELECT document_id, unnest(directives) AS d FROM staged)
);
