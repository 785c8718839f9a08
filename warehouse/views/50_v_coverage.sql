-- Documents by province and month, zeros included: where nothing was read, nothing can be concluded.
CREATE VIEW v_coverage AS
WITH months AS (
    SELECT CAST(unnest(generate_series(
        date_trunc('month', min(date)), date_trunc('month', max(date)), INTERVAL 1 MONTH
    )) AS DATE) AS month
    FROM mart_documents
),
places AS (
    SELECT adcode, name_zh, name_en FROM regions WHERE level = 'province'
    UNION ALL BY NAME
    SELECT '000000' AS adcode, '全国' AS name_zh, 'Nationwide' AS name_en
),
counted AS (
    SELECT
        CAST(date_trunc('month', date) AS DATE) AS month,
        province_adcode AS adcode,
        count(*) FILTER (is_primary) AS documents,
        count(*) FILTER (is_primary AND doc_type = 'meeting') AS meetings,
        count(DISTINCT issuer_id) FILTER (is_primary) AS issuers,
        coalesce(sum(directive_count) FILTER (is_primary), 0) AS directives,
        count(*) FILTER (is_primary AND is_date_inferred) AS inferred_dates,
        count(*) FILTER (NOT is_primary) AS copies
    FROM mart_documents
    GROUP BY ALL
),
pairs AS (
    SELECT m.month, g.adcode FROM months AS m CROSS JOIN places AS g
    UNION
    SELECT month, adcode FROM counted
)
SELECT
    x.month,
    g.name_zh AS province,
    g.name_en AS province_en,
    x.adcode,
    coalesce(n.documents, 0) AS documents,
    coalesce(n.meetings, 0) AS meetings,
    coalesce(n.issuers, 0) AS issuers,
    CAST(coalesce(n.directives, 0) AS BIGINT) AS directives,
    coalesce(n.inferred_dates, 0) AS inferred_dates,
    coalesce(n.copies, 0) AS copies
FROM pairs AS x
LEFT JOIN places AS g ON g.adcode = x.adcode
LEFT JOIN counted AS n ON n.month IS NOT DISTINCT FROM x.month AND n.adcode IS NOT DISTINCT FROM x.adcode;

COMMENT ON VIEW v_coverage IS 'Documents by province and month; a row with 0 documents says that none was read, not that nothing was ordered. | 各省各月文档数；为 0 表示没有文档，不表示没有下达。';
COMMENT ON COLUMN v_coverage.month IS 'First day of the month; null for undated documents. | 月份，空为无日期';
COMMENT ON COLUMN v_coverage.province IS 'Province; 全国 for national bodies; null if unknown. | 省份，中央为“全国”';
COMMENT ON COLUMN v_coverage.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_coverage.adcode IS 'GB/T 2260 code; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN v_coverage.documents IS 'Documents, each group of near-duplicates once. | 文档数（去重）';
COMMENT ON COLUMN v_coverage.meetings IS 'Meetings among them. | 会议数';
COMMENT ON COLUMN v_coverage.issuers IS 'Bodies that issued them. | 主体数';
COMMENT ON COLUMN v_coverage.directives IS 'Directives in them. | 指令数';
COMMENT ON COLUMN v_coverage.inferred_dates IS 'Documents whose date does not stand whole in the text. | 日期为推断者';
COMMENT ON COLUMN v_coverage.copies IS 'Near-duplicates that are not counted. | 重复文档数';
