-- One row a directive and category.
CREATE VIEW v_measures AS
SELECT
    d.date,
    d.date_basis,
    d.is_date_inferred,
    coalesce(p.name_zh, CASE WHEN d.level = 'national' THEN '全国' END) AS province,
    coalesce(p.name_en, CASE WHEN d.level = 'national' THEN 'Nationwide' END) AS province_en,
    array_to_string(d.region_path, '') AS region,
    d.adcode,
    d.level,
    i.name AS issuer,
    d.issuer_kind,
    d.doc_type,
    d.title,
    c.family,
    m.category_id AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    m.rank,
    list_sort(list_distinct(list_transform(m.terms, lambda t: t.term))) AS terms,
    x.strength,
    x.text,
    x.is_forwarded,
    d.is_primary,
    d.url,
    d.url_role,
    d.document_id,
    m.directive_id
FROM measures AS m
INNER JOIN directives AS x USING (directive_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
INNER JOIN categories AS c ON c.category_id = m.category_id
LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
LEFT JOIN regions AS p ON p.adcode = d.province_adcode;

COMMENT ON VIEW v_measures IS 'One row a directive and category: a directive with three categories has three rows, so count distinct directive_id for directives. | 每条指令的每个类别一行；一条指令至多三行，统计指令数请用 count(DISTINCT directive_id)。';
COMMENT ON COLUMN v_measures.date IS 'meeting_date, else published_date; null where neither is known. | 会议日期，缺则发布日期';
COMMENT ON COLUMN v_measures.date_basis IS 'How meeting_date is known: text, published, url, context, calendar, relative, metadata or none. | 日期依据';
COMMENT ON COLUMN v_measures.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN v_measures.province IS 'Province of the issuer; 全国 for national bodies; null if unknown. | 省份，中央为“全国”';
COMMENT ON COLUMN v_measures.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_measures.region IS 'Names from the province down, joined. | 地区全称';
COMMENT ON COLUMN v_measures.adcode IS 'GB/T 2260 code of the region. | 地区代码';
COMMENT ON COLUMN v_measures.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN v_measures.issuer IS 'Canonical name of the body that met or issued. | 主体';
COMMENT ON COLUMN v_measures.issuer_kind IS 'party_committee, government, leading_group, department and so on. | 主体类型';
COMMENT ON COLUMN v_measures.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN v_measures.title IS 'Headline of the announcement. | 标题';
COMMENT ON COLUMN v_measures.family IS 'Family of the category. | 大类';
COMMENT ON COLUMN v_measures.category IS 'Code of the category. | 类别代码';
COMMENT ON COLUMN v_measures.category_zh IS 'Category in Chinese. | 类别';
COMMENT ON COLUMN v_measures.category_en IS 'Category in English. | 类别英文名';
COMMENT ON COLUMN v_measures.rank IS '1 is the main category of the directive. | 次序';
COMMENT ON COLUMN v_measures.terms IS 'Evidence terms: the words that put the directive into the category. | 证据词';
COMMENT ON COLUMN v_measures.strength IS 'Wording strength of the directive: encourage, require or strict. | 措辞强度';
COMMENT ON COLUMN v_measures.text IS 'The instruction as it stands in the announcement. | 指令文本';
COMMENT ON COLUMN v_measures.is_forwarded IS 'True where its words largely repeat a higher-level announcement. | 是否转述上级';
COMMENT ON COLUMN v_measures.is_primary IS 'True where its announcement is the one that counts among near-duplicates. | 是否主文档';
COMMENT ON COLUMN v_measures.url IS 'Page of the announcement, or of its facts where url_role says so. | 网址';
COMMENT ON COLUMN v_measures.url_role IS 'source, facts or none. | 网址性质';
COMMENT ON COLUMN v_measures.document_id IS 'Key of the announcement. | 文档代码';
COMMENT ON COLUMN v_measures.directive_id IS 'Key of the directive. | 指令代码';
