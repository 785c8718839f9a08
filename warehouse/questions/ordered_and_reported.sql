-- title: Ordered and reported side by side | 下达与落实对照
-- about: By category, directives that were ordered and sentences that report what was done; never to be added up. | 各类下达的指令数与报道已做的句数，不可相加。
SELECT
    c.category_id AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    (
        SELECT count(DISTINCT m.directive_id) FROM v_measures AS m WHERE m.is_primary AND m.category = c.category_id
    ) AS ordered,
    (
        SELECT count(*) FROM reported AS r INNER JOIN documents AS d USING (document_id)
        WHERE d.is_primary AND list_contains(r.categories, c.category_id)
    ) AS reported
FROM categories AS c
ORDER BY c.sort_order;
