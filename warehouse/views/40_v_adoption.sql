-- The first dated order of every province in every category, and what can be said where there is none.
-- A province without an order is censored, not negative: its documents end at observed_until, or it has none.
CREATE VIEW v_adoption AS
WITH places AS (
    SELECT adcode, name_zh, name_en FROM regions WHERE level = 'province'
    UNION ALL BY NAME
    SELECT '000000' AS adcode, '全国' AS name_zh, 'Nationwide' AS name_en
),
observed AS (
    SELECT
        province_adcode AS adcode,
        count(*) AS documents,
        min(date) AS observed_from,
        max(date) AS observed_until
    FROM mart_documents
    WHERE is_primary AND date IS NOT NULL
    GROUP BY province_adcode
),
orders AS (
    SELECT
        province_adcode AS adcode,
        group_id AS category_id,
        count(*) FILTER (date IS NOT NULL) AS directives,
        count(*) FILTER (date IS NULL) AS undated_directives,
        min(date) AS first_date,
        arg_min(directive_id, (date, document_no, seq)) FILTER (date IS NOT NULL) AS directive_id
    FROM mart_groups
    WHERE grouping = 'category' AND is_primary
    GROUP BY province_adcode, group_id
)
SELECT
    g.name_zh AS province,
    g.name_en AS province_en,
    g.adcode,
    c.family,
    c.category_id AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    CASE
        WHEN o.first_date IS NOT NULL THEN 'ordered'
        WHEN w.documents IS NULL THEN 'no_documents'
        ELSE 'not_ordered'
    END AS status,
    o.first_date,
    d.date_basis,
    d.is_date_inferred,
    d.level AS first_level,
    i.name AS first_issuer,
    x.text AS first_text,
    coalesce(o.directives, 0) AS directives,
    coalesce(o.undated_directives, 0) AS undated_directives,
    coalesce(w.documents, 0) AS documents,
    w.observed_from,
    w.observed_until,
    o.first_date = w.observed_from AS is_left_censored,
    o.first_date IS NULL AS is_right_censored,
    date_diff('day', w.observed_from, o.first_date) AS days_observed_before,
    d.url,
    d.document_id,
    o.directive_id
FROM places AS g
CROSS JOIN categories AS c
LEFT JOIN orders AS o ON o.adcode = g.adcode AND o.category_id = c.category_id
LEFT JOIN observed AS w ON w.adcode = g.adcode
LEFT JOIN directives AS x ON x.directive_id = o.directive_id
LEFT JOIN documents AS d ON d.document_id = x.document_id
LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id;

COMMENT ON VIEW v_adoption IS 'First dated order by province and category, every pair one row. Any issuer whose region lies in the province counts, copies once. No order is not a negative: see status, documents and observed_until. | 各省各类别首次下达（有日期者），每对一行；未见不等于未下达，请看 status、documents 与 observed_until。';
COMMENT ON COLUMN v_adoption.province IS 'Province; 全国 for national bodies. | 省份，中央为“全国”';
COMMENT ON COLUMN v_adoption.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_adoption.adcode IS 'GB/T 2260 code of the province; 000000 for national bodies. | 省代码，000000 为中央';
COMMENT ON COLUMN v_adoption.family IS 'Family of the category. | 大类';
COMMENT ON COLUMN v_adoption.category IS 'Code of the category. | 类别代码';
COMMENT ON COLUMN v_adoption.category_zh IS 'Category in Chinese. | 类别';
COMMENT ON COLUMN v_adoption.category_en IS 'Category in English. | 类别英文名';
COMMENT ON COLUMN v_adoption.status IS 'ordered; not_ordered: there are documents, none orders it with a date; no_documents. | 已下达、未见下达、无文档';
COMMENT ON COLUMN v_adoption.first_date IS 'Day of the first order; null if none. | 首次日期';
COMMENT ON COLUMN v_adoption.date_basis IS 'How that day is known. | 日期依据';
COMMENT ON COLUMN v_adoption.is_date_inferred IS 'True unless that day stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN v_adoption.first_level IS 'Level of the issuer of the first order. | 首次下达者层级';
COMMENT ON COLUMN v_adoption.first_issuer IS 'Issuer of the first order. | 首次下达者';
COMMENT ON COLUMN v_adoption.first_text IS 'The first order. | 首次指令';
COMMENT ON COLUMN v_adoption.directives IS 'Dated directives in the category. | 有日期的指令数';
COMMENT ON COLUMN v_adoption.undated_directives IS 'Directives in the category whose day is unknown: one of them may be earlier. | 无日期的指令数';
COMMENT ON COLUMN v_adoption.documents IS 'Dated documents of the province. | 该省有日期的文档数';
COMMENT ON COLUMN v_adoption.observed_from IS 'Day of its first document. | 观察起点';
COMMENT ON COLUMN v_adoption.observed_until IS 'Day of its last document: where nothing was ordered, nothing is known after it. | 观察终点';
COMMENT ON COLUMN v_adoption.is_left_censored IS 'True where the first order stands in the first documents: it may have come earlier. | 是否左截尾';
COMMENT ON COLUMN v_adoption.is_right_censored IS 'True where no dated order was found. | 是否右截尾';
COMMENT ON COLUMN v_adoption.days_observed_before IS 'Days from the first document to the first order. | 首次前观察天数';
COMMENT ON COLUMN v_adoption.url IS 'Page of the first order''s announcement, or of its facts. | 网址';
COMMENT ON COLUMN v_adoption.document_id IS 'Announcement of the first order. | 文档代码';
COMMENT ON COLUMN v_adoption.directive_id IS 'The first order. | 指令代码';
