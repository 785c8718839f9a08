-- One narrow row a document and group that it orders something of, with its directives tallied by wording, and apart
-- those that repeat a higher-level announcement: announcements are counted as rows, without looking for distinct ones.
-- grouping 'category' and 'family' as in mart_groups; 'directive' are all directives, 'measured' those with a category.
CREATE TABLE mart_document_groups AS
WITH told AS (
    SELECT grouping, group_id, document_no, strength, is_forwarded FROM mart_groups
    UNION ALL
    SELECT 'directive', 'all', document_no, strength, is_forwarded FROM mart_directives
    UNION ALL
    SELECT 'measured', 'all', document_no, strength, is_forwarded FROM mart_directives WHERE category_bits <> 0
),
tallied AS (
    SELECT
        grouping,
        group_id,
        document_no,
        CAST(count(*) FILTER (strength = 'encourage' AND NOT is_forwarded) AS USMALLINT) AS encourage,
        CAST(count(*) FILTER (strength = 'require' AND NOT is_forwarded) AS USMALLINT) AS require,
        CAST(count(*) FILTER (strength = 'strict' AND NOT is_forwarded) AS USMALLINT) AS strict,
        CAST(count(*) FILTER (strength = 'encourage' AND is_forwarded) AS USMALLINT) AS encourage_forwarded,
        CAST(count(*) FILTER (strength = 'require' AND is_forwarded) AS USMALLINT) AS require_forwarded,
        CAST(count(*) FILTER (strength = 'strict' AND is_forwarded) AS USMALLINT) AS strict_forwarded
    FROM told
    GROUP BY grouping, group_id, document_no
)
SELECT t.grouping, t.group_id, t.* EXCLUDE (grouping, group_id, document_no), m.* EXCLUDE (directive_count)
FROM tallied AS t
INNER JOIN mart_documents AS m USING (document_no)
ORDER BY t.grouping, t.group_id, m.document_no;

COMMENT ON TABLE mart_document_groups IS 'One row a document and group, with its directives tallied by wording. | 每篇公告的每个类别、大类一行，按措辞计数。';
COMMENT ON COLUMN mart_document_groups.grouping IS 'category, family, directive (all directives) or measured (those with a category). | 分组方式';
COMMENT ON COLUMN mart_document_groups.group_id IS 'Code of the category or family; all. | 类别或大类代码';
COMMENT ON COLUMN mart_document_groups.encourage IS 'Directives that encourage, not repeated from a higher level. | 鼓励类指令数';
COMMENT ON COLUMN mart_document_groups.require IS 'Directives that require, not repeated from a higher level. | 要求类指令数';
COMMENT ON COLUMN mart_document_groups.strict IS 'Directives in strict words, not repeated from a higher level. | 严格类指令数';
COMMENT ON COLUMN mart_document_groups.encourage_forwarded IS 'Directives that encourage, repeated from a higher level. | 转述的鼓励类指令数';
COMMENT ON COLUMN mart_document_groups.require_forwarded IS 'Directives that require, repeated from a higher level. | 转述的要求类指令数';
COMMENT ON COLUMN mart_document_groups.strict_forwarded IS 'Directives in strict words, repeated from a higher level. | 转述的严格类指令数';
COMMENT ON COLUMN mart_document_groups.document_no IS 'Dense number of the document in this build, by date. | 本版本内文档序号';
COMMENT ON COLUMN mart_document_groups.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN mart_document_groups.date IS 'meeting_date, else published_date. | 图表默认日期';
COMMENT ON COLUMN mart_document_groups.meeting_date IS 'Day of the meeting. | 会议日期';
COMMENT ON COLUMN mart_document_groups.published_date IS 'Day of publication. | 发布日期';
COMMENT ON COLUMN mart_document_groups.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_document_groups.is_primary IS 'True for the document that counts in its group of near-duplicates. | 是否主文档';
COMMENT ON COLUMN mart_document_groups.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN mart_document_groups.level IS 'Level of the issuer. | 层级';
COMMENT ON COLUMN mart_document_groups.province_adcode IS 'Province; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN mart_document_groups.place_adcode IS 'Prefecture, or district of a municipality; null above. | 地市（直辖市为区县）代码';
COMMENT ON COLUMN mart_document_groups.issuer_id IS 'The issuer. | 主体代码';
COMMENT ON COLUMN mart_document_groups.issuer_kind IS 'Kind of the issuer. | 主体类型';
