-- A directive has at most three measures, ranked 1, 2, 3 without a gap, and the first is its main category.
SELECT x.directive_id, x.main_category, m.ranks, m.first_category
FROM directives AS x
LEFT JOIN (
    SELECT
        directive_id,
        list(rank ORDER BY rank) AS ranks,
        arg_min(category_id, rank) AS first_category
    FROM measures
    GROUP BY directive_id
) AS m USING (directive_id)
WHERE x.main_category IS DISTINCT FROM m.first_category
    OR len(m.ranks) > 3
    OR m.ranks <> range(1, len(m.ranks) + 1);
