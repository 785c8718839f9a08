-- title: Words that carry a category | 某类措施的关键词
-- about: Evidence terms by how many directives they put into a category. | 使指令归入某类的证据词及其指令数。
-- parameter category VARCHAR = testing: Category | 类别
-- choices category: SELECT category_id FROM categories ORDER BY sort_order
SELECT
    term,
    count(DISTINCT directive_id) AS directives,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT province) AS provinces,
    min(date) AS first_date
FROM (SELECT unnest(terms) AS term, * EXCLUDE (terms) FROM v_measures WHERE is_primary AND category = $category)
GROUP BY term
ORDER BY directives DESC, term
LIMIT 100;
