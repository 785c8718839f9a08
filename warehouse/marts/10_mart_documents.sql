-- One narrow row a document with everything that a filter may ask, so that no chart joins at view time.
-- document_no is dense and small: counting distinct integers is many times faster than counting keys.
CREATE TABLE mart_documents AS
WITH second_level AS (
    SELECT province_adcode, path[2] AS name, min(adcode) AS adcode
    FROM regions
    WHERE len(path) = 2
    GROUP BY ALL
)
SELECT
    CAST(row_number() OVER (ORDER BY d.date NULLS LAST, d.document_id) AS INTEGER) AS document_no,
    d.document_id,
    d.date,
    d.meeting_date,
    d.published_date,
    d.is_date_inferred,
    d.is_primary,
    d.doc_type,
    d.level,
    CASE WHEN d.province_adcode IS NOT NULL THEN d.province_adcode WHEN d.level = 'national' THEN '000000' END
        AS province_adcode,
    s.adcode AS place_adcode,
    d.issuer_id,
    d.issuer_kind,
    d.directive_count
FROM documents AS d
LEFT JOIN regions AS r ON r.adcode = d.adcode
LEFT JOIN second_level AS s ON s.province_adcode = r.province_adcode AND s.name = r.path[2];

COMMENT ON TABLE mart_documents IS 'One narrow row a document with every dimension that filters ask. | 每篇公告一行，含全部筛选维度。';
COMMENT ON COLUMN mart_documents.document_no IS 'Dense number of the document in this build, by date. | 本版本内文档序号';
COMMENT ON COLUMN mart_documents.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN mart_documents.date IS 'meeting_date, else published_date. | 图表默认日期';
COMMENT ON COLUMN mart_documents.meeting_date IS 'Day of the meeting. | 会议日期';
COMMENT ON COLUMN mart_documents.published_date IS 'Day of publication. | 发布日期';
COMMENT ON COLUMN mart_documents.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_documents.is_primary IS 'True for the document that counts in its group of near-duplicates. | 是否主文档';
COMMENT ON COLUMN mart_documents.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN mart_documents.level IS 'Level of the issuer. | 层级';
COMMENT ON COLUMN mart_documents.province_adcode IS 'Province; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN mart_documents.place_adcode IS 'Prefecture, or district of a municipality; null above. | 地市（直辖市为区县）代码';
COMMENT ON COLUMN mart_documents.issuer_id IS 'The issuer. | 主体代码';
COMMENT ON COLUMN mart_documents.issuer_kind IS 'Kind of the issuer. | 主体类型';
COMMENT ON COLUMN mart_documents.directive_count IS 'Directives in it. | 指令数';
