-- One row an ordered directive with everything that is known of it and its announcement.
CREATE VIEW v_directives AS
SELECT
    d.date,
    d.date_basis,
    d.is_date_inferred,
    d.meeting_date,
    d.published_date,
    coalesce(p.name_zh, CASE WHEN d.level = 'national' THEN '全国' END) AS province,
    coalesce(p.name_en, CASE WHEN d.level = 'national' THEN 'Nationwide' END) AS province_en,
    array_to_string(d.region_path, '') AS region,
    d.adcode,
    d.level,
    i.name AS issuer,
    d.issuer_kind,
    d.doc_type,
    d.title,
    x.seq,
    x.text,
    x.strength,
    x.speaker,
    x.addressee,
    x.deadline,
    c.family,
    x.main_category AS category,
    c.name_zh AS category_zh,
    c.name_en AS category_en,
    coalesce(m.categories, []) AS categories,
    x.is_forwarded,
    d.is_primary,
    d.url,
    d.url_role,
    d.document_id,
    x.directive_id
FROM directives AS x
INNER JOIN documents AS d USING (document_id)
LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
LEFT JOIN regions AS p ON p.adcode = d.province_adcode
LEFT JOIN categories AS c ON c.category_id = x.main_category
LEFT JOIN (
    SELECT directive_id, list(category_id ORDER BY rank) AS categories FROM measures GROUP BY directive_id
) AS m ON m.directive_id = x.directive_id;

COMMENT ON VIEW v_directives IS 'One row an ordered directive, with its announcement, issuer, place, date and categories. Filter is_primary to count copies of one announcement once. | 每条指令一行，附公告、主体、地区、日期与类别；筛选 is_primary 可避免重复计数。';
COMMENT ON COLUMN v_directives.date IS 'meeting_date, else published_date; null where neither is known. | 会议日期，缺则发布日期';
COMMENT ON COLUMN v_directives.date_basis IS 'How meeting_date is known: text, published, url, context, calendar, relative, metadata or none. | 日期依据';
COMMENT ON COLUMN v_directives.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN v_directives.meeting_date IS 'Day of the meeting, signing or report. | 会议（或签发）日期';
COMMENT ON COLUMN v_directives.published_date IS 'Day of publication. | 发布日期';
COMMENT ON COLUMN v_directives.province IS 'Province of the issuer; 全国 for national bodies; null if unknown. | 省份，中央为“全国”';
COMMENT ON COLUMN v_directives.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_directives.region IS 'Names from the province down, joined. | 地区全称';
COMMENT ON COLUMN v_directives.adcode IS 'GB/T 2260 code of the region. | 地区代码';
COMMENT ON COLUMN v_directives.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN v_directives.issuer IS 'Canonical name of the body that met or issued. | 主体';
COMMENT ON COLUMN v_directives.issuer_kind IS 'party_committee, government, leading_group, department and so on. | 主体类型';
COMMENT ON COLUMN v_directives.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN v_directives.title IS 'Headline of the announcement. | 标题';
COMMENT ON COLUMN v_directives.seq IS 'Place of the directive in the announcement, from 1. | 序';
COMMENT ON COLUMN v_directives.text IS 'The instruction as it stands in the announcement. | 指令文本';
COMMENT ON COLUMN v_directives.strength IS 'Wording strength: encourage, require or strict. | 措辞强度';
COMMENT ON COLUMN v_directives.speaker IS 'Who gave it; null when the meeting or the text did. | 讲话人';
COMMENT ON COLUMN v_directives.addressee IS 'To whom, as written. | 对象';
COMMENT ON COLUMN v_directives.deadline IS 'Deadline as written. | 期限';
COMMENT ON COLUMN v_directives.family IS 'Family of the main category. | 大类';
COMMENT ON COLUMN v_directives.category IS 'Code of the main category; null if none was found. | 主要类别代码';
COMMENT ON COLUMN v_directives.category_zh IS 'Main category in Chinese. | 主要类别';
COMMENT ON COLUMN v_directives.category_en IS 'Main category in English. | 主要类别英文名';
COMMENT ON COLUMN v_directives.categories IS 'Codes of all its categories, main first. | 全部类别代码';
COMMENT ON COLUMN v_directives.is_forwarded IS 'True where its words largely repeat a higher-level announcement. | 是否转述上级';
COMMENT ON COLUMN v_directives.is_primary IS 'True where its announcement is the one that counts among near-duplicates. | 是否主文档';
COMMENT ON COLUMN v_directives.url IS 'Page of the announcement, or of its facts where url_role says so. | 网址';
COMMENT ON COLUMN v_directives.url_role IS 'source, facts or none. | 网址性质';
COMMENT ON COLUMN v_directives.document_id IS 'Key of the announcement. | 文档代码';
COMMENT ON COLUMN v_directives.directive_id IS 'Key of the directive. | 指令代码';
