-- One narrow row an ordered directive, with its document's dimensions and its categories as a list.
CREATE TABLE mart_directives AS
WITH grouped AS (
    SELECT
        m.directive_id,
        list(m.category_id ORDER BY m.rank) AS categories,
        bit_or(1 << (c.sort_order - 1)) AS category_bits,
        list(m.rowid ORDER BY m.rank) AS measure_rows,
        list_distinct(list(c.family)) AS families
    FROM measures AS m
    INNER JOIN categories AS c USING (category_id)
    GROUP BY m.directive_id
)
SELECT
    d.directive_id,
    d.seq,
    d.strength,
    d.is_forwarded,
    coalesce(g.categories, []) AS categories,
    coalesce(g.families, []) AS families,
    CAST(coalesce(g.category_bits, 0) AS BIGINT) AS category_bits,
    d.rowid AS directive_row,
    coalesce(g.measure_rows, []) AS measure_rows,
    m.* EXCLUDE (directive_count)
FROM directives AS d
INNER JOIN mart_documents AS m USING (document_id)
LEFT JOIN grouped AS g USING (directive_id)
ORDER BY m.document_no, d.seq;

COMMENT ON TABLE mart_directives IS 'One narrow row an ordered directive with every dimension that filters ask. | 每条指令一行，含全部筛选维度。';
COMMENT ON COLUMN mart_directives.directive_id IS 'The directive. | 指令代码';
COMMENT ON COLUMN mart_directives.seq IS 'Place in the document. | 序';
COMMENT ON COLUMN mart_directives.strength IS 'Wording strength. | 措辞强度';
COMMENT ON COLUMN mart_directives.is_forwarded IS 'True where it largely repeats a higher-level announcement. | 是否转述上级';
COMMENT ON COLUMN mart_directives.categories IS 'Categories, main first. | 类别';
COMMENT ON COLUMN mart_directives.families IS 'Families of its categories. | 大类';
COMMENT ON COLUMN mart_directives.category_bits IS 'The same categories as bits: bit sort_order - 1 of each. | 类别位图';
COMMENT ON COLUMN mart_directives.directive_row IS 'Its rowid in directives: a finished build never moves a row, and a rowid is found at once. | 该指令在 directives 中的行号';
COMMENT ON COLUMN mart_directives.measure_rows IS 'The rowids of its measures, main first. | 其措施在 measures 中的行号';
COMMENT ON COLUMN mart_directives.document_no IS 'Dense number of the document in this build. | 本版本内文档序号';
COMMENT ON COLUMN mart_directives.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN mart_directives.date IS 'meeting_date, else published_date. | 图表默认日期';
COMMENT ON COLUMN mart_directives.meeting_date IS 'Day of the meeting. | 会议日期';
COMMENT ON COLUMN mart_directives.published_date IS 'Day of publication. | 发布日期';
COMMENT ON COLUMN mart_directives.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_directives.is_primary IS 'True where its document counts. | 是否主文档';
COMMENT ON COLUMN mart_directives.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN mart_directives.level IS 'Level of the issuer. | 层级';
COMMENT ON COLUMN mart_directives.province_adcode IS 'Province; 000000 for national bodies; null if unknown. | 省代码，000000 为中央';
COMMENT ON COLUMN mart_directives.place_adcode IS 'Prefecture, or district of a municipality; null above. | 地市（直辖市为区县）代码';
COMMENT ON COLUMN mart_directives.issuer_id IS 'The issuer. | 主体代码';
COMMENT ON COLUMN mart_directives.issuer_kind IS 'Kind of the issuer. | 主体类型';
