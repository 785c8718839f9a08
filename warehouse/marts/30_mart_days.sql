-- Counts by day, small enough to answer the usual chart at a million documents. Additive over every column but
-- `grouping`, since a document has one date, one issuer and one place: sum directives and documents as you like
-- within one group. Only documents that count (is_primary) and are dated, and of directives only those that do not
-- repeat a higher-level announcement (is_forwarded); strength 'any' counts whatever the wording.
-- grouping 'document' counts documents whether or not they order anything; 'directive' those with a directive.
CREATE TABLE mart_days AS
WITH counted AS (
    SELECT date, is_date_inferred, province_adcode, level, issuer_kind, doc_type,
        grouping, group_id, coalesce(strength, 'any') AS strength,
        CAST(count(*) AS INTEGER) AS directives, CAST(count(DISTINCT document_no) AS INTEGER) AS documents
    FROM mart_groups
    WHERE is_primary AND NOT is_forwarded AND date IS NOT NULL
    GROUP BY date, is_date_inferred, province_adcode, level, issuer_kind, doc_type, grouping, group_id,
        CUBE (strength)
    UNION ALL BY NAME
    SELECT date, is_date_inferred, province_adcode, level, issuer_kind, doc_type,
        'directive' AS grouping, 'all' AS group_id, coalesce(strength, 'any') AS strength,
        CAST(count(*) AS INTEGER) AS directives, CAST(count(DISTINCT document_no) AS INTEGER) AS documents
    FROM mart_directives
    WHERE is_primary AND NOT is_forwarded AND date IS NOT NULL
    GROUP BY date, is_date_inferred, province_adcode, level, issuer_kind, doc_type, CUBE (strength)
    UNION ALL BY NAME
    SELECT date, is_date_inferred, province_adcode, level, issuer_kind, doc_type,
        'document' AS grouping, 'all' AS group_id, 'any' AS strength,
        CAST(sum(directive_count) AS INTEGER) AS directives, CAST(count(*) AS INTEGER) AS documents
    FROM mart_documents
    WHERE is_primary AND date IS NOT NULL
    GROUP BY date, is_date_inferred, province_adcode, level, issuer_kind, doc_type
)
SELECT * FROM counted ORDER BY grouping, strength, group_id, date;

COMMENT ON TABLE mart_days IS 'Directives and documents by day, group and dimension, for dated documents that count. | 按日、类别与维度的预汇总。';
COMMENT ON COLUMN mart_days.date IS 'meeting_date, else published_date. | 日期';
COMMENT ON COLUMN mart_days.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_days.province_adcode IS 'Province; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN mart_days.level IS 'Level of the issuer. | 层级';
COMMENT ON COLUMN mart_days.issuer_kind IS 'Kind of the issuer. | 主体类型';
COMMENT ON COLUMN mart_days.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN mart_days.grouping IS 'category, family, directive (all directives) or document (all documents). | 分组方式';
COMMENT ON COLUMN mart_days.group_id IS 'Code of the category or family; all. | 类别或大类代码';
COMMENT ON COLUMN mart_days.strength IS 'any, or one wording strength. | 措辞强度';
COMMENT ON COLUMN mart_days.directives IS 'Directives. | 指令数';
COMMENT ON COLUMN mart_days.documents IS 'Documents with at least one such directive. | 文档数';
