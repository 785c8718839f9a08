-- title: What a province ordered most | 一省下达最多的措施
-- about: Share of a province's directives in each category, beside the share over all provinces; n says how much to trust it. | 一省各类指令占比与全体占比对照，附数量。
-- parameter province VARCHAR = 上海市: Province | 省份
-- choices province: SELECT DISTINCT province FROM v_measures WHERE province IS NOT NULL ORDER BY province
WITH counted AS (
    SELECT
        category,
        category_zh,
        category_en,
        count(DISTINCT directive_id) FILTER (province = $province) AS directives,
        count(DISTINCT directive_id) AS directives_everywhere
    FROM v_measures
    WHERE is_primary AND province IS NOT NULL
    GROUP BY ALL
),
totals AS (
    SELECT count(DISTINCT directive_id) FILTER (province = $province) AS here, count(DISTINCT directive_id) AS everywhere
    FROM v_measures
    WHERE is_primary AND province IS NOT NULL
)
SELECT
    category,
    category_zh,
    category_en,
    directives,
    round(directives / nullif(here, 0), 3) AS share,
    round(directives_everywhere / everywhere, 3) AS share_everywhere,
    here AS n
FROM counted, totals
ORDER BY directives DESC, category;
