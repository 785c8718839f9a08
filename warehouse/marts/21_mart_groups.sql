-- One row a directive and group. Groups are the 24 categories and the 5 families, so that one query counts either:
-- a directive counts once in each of its categories, and once in each of its families.
CREATE TABLE mart_groups AS
SELECT
    'category' AS grouping, m.category_id AS group_id,
    list_distinct(list_transform(m.terms, lambda found: found.term)) AS terms,
    d.* EXCLUDE (families, directive_row, measure_rows)
FROM mart_directives AS d
INNER JOIN measures AS m USING (directive_id)
UNION ALL
SELECT 'family', unnest(families), [], * EXCLUDE (families, directive_row, measure_rows)
FROM mart_directives
ORDER BY grouping, group_id, document_no, seq;

COMMENT ON TABLE mart_groups IS 'One row a directive and group: its categories, and its families. | 每条指令的每个类别、每个大类一行。';
COMMENT ON COLUMN mart_groups.grouping IS 'category or family. | 分组方式';
COMMENT ON COLUMN mart_groups.group_id IS 'Code of the category or family. | 类别或大类代码';
COMMENT ON COLUMN mart_groups.terms IS 'Words that put the directive into the category; of a family none. | 归类依据词';
COMMENT ON COLUMN mart_groups.directive_id IS 'The directive. | 指令代码';
COMMENT ON COLUMN mart_groups.seq IS 'Place in the document. | 序';
COMMENT ON COLUMN mart_groups.strength IS 'Wording strength. | 措辞强度';
COMMENT ON COLUMN mart_groups.is_forwarded IS 'True where it largely repeats a higher-level announcement. | 是否转述上级';
COMMENT ON COLUMN mart_groups.categories IS 'All categories of the directive, main first. | 指令的全部类别';
COMMENT ON COLUMN mart_groups.category_bits IS 'The same categories as bits: bit sort_order - 1 of each. | 类别位图';
COMMENT ON COLUMN mart_groups.document_no IS 'Dense number of the document in this build. | 本版本内文档序号';
COMMENT ON COLUMN mart_groups.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN mart_groups.date IS 'meeting_date, else published_date. | 图表默认日期';
COMMENT ON COLUMN mart_groups.meeting_date IS 'Day of the meeting. | 会议日期';
COMMENT ON COLUMN mart_groups.published_date IS 'Day of publication. | 发布日期';
COMMENT ON COLUMN mart_groups.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_groups.is_primary IS 'True where its document counts. | 是否主文档';
COMMENT ON COLUMN mart_groups.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN mart_groups.level IS 'Level of the issuer. | 层级';
COMMENT ON COLUMN mart_groups.province_adcode IS 'Province; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN mart_groups.place_adcode IS 'Prefecture, or district of a municipality; null above. | 地市（直辖市为区县）代码';
COMMENT ON COLUMN mart_groups.issuer_id IS 'The issuer. | 主体代码';
COMMENT ON COLUMN mart_groups.issuer_kind IS 'Kind of the issuer. | 主体类型';
