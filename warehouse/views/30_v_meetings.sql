-- One row a meeting with who sat.
CREATE VIEW v_meetings AS
SELECT
    d.date,
    d.date_basis,
    d.is_date_inferred,
    d.date_evidence,
    coalesce(p.name_zh, CASE WHEN d.level = 'national' THEN '全国' END) AS province,
    coalesce(p.name_en, CASE WHEN d.level = 'national' THEN 'Nationwide' END) AS province_en,
    array_to_string(d.region_path, '') AS region,
    d.adcode,
    d.level,
    i.name AS issuer,
    d.issuer_kind,
    d.title,
    m.venue_format,
    m.chairs,
    coalesce(w.attendees, []) AS attendees,
    coalesce(w.observers, []) AS observers,
    coalesce(w.speakers, []) AS speakers,
    m.directive_count,
    coalesce(t.categories, []) AS categories,
    d.is_primary,
    d.url,
    d.url_role,
    m.document_id
FROM meetings AS m
INNER JOIN documents AS d USING (document_id)
LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
LEFT JOIN regions AS p ON p.adcode = d.province_adcode
LEFT JOIN (
    SELECT
        document_id,
        list(name ORDER BY start_char, name) FILTER (role = 'attendee') AS attendees,
        list(name ORDER BY start_char, name) FILTER (role = 'observer') AS observers,
        list(name ORDER BY start_char, name) FILTER (role = 'speaker') AS speakers
    FROM people
    GROUP BY document_id
) AS w ON w.document_id = m.document_id
LEFT JOIN (
    SELECT document_id, list(category_id ORDER BY n DESC, category_id) AS categories
    FROM (SELECT document_id, category_id, count(*) AS n FROM measures GROUP BY ALL)
    GROUP BY document_id
) AS t ON t.document_id = m.document_id;

COMMENT ON VIEW v_meetings IS 'One row a meeting: when, where, who chaired and sat, how many directives it gave. | 每次会议一行：时间、地点、主持与出席人员、指令数。';
COMMENT ON COLUMN v_meetings.date IS 'Day of the meeting, else of publication; null where neither is known. | 会议日期，缺则发布日期';
COMMENT ON COLUMN v_meetings.date_basis IS 'How the day of the meeting is known: text, published, url, context, calendar, relative, metadata or none. | 日期依据';
COMMENT ON COLUMN v_meetings.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN v_meetings.date_evidence IS 'The words that support the date. | 日期证据';
COMMENT ON COLUMN v_meetings.province IS 'Province of the issuer; 全国 for national bodies; null if unknown. | 省份，中央为“全国”';
COMMENT ON COLUMN v_meetings.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_meetings.region IS 'Names from the province down, joined. | 地区全称';
COMMENT ON COLUMN v_meetings.adcode IS 'GB/T 2260 code of the region. | 地区代码';
COMMENT ON COLUMN v_meetings.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN v_meetings.issuer IS 'Canonical name of the body that met. | 主体';
COMMENT ON COLUMN v_meetings.issuer_kind IS 'party_committee, government, leading_group, department and so on. | 主体类型';
COMMENT ON COLUMN v_meetings.title IS 'Headline of the announcement. | 标题';
COMMENT ON COLUMN v_meetings.venue_format IS 'in_person or teleconference; null if unsaid. | 会议形式';
COMMENT ON COLUMN v_meetings.chairs IS 'Who chaired. | 主持人';
COMMENT ON COLUMN v_meetings.attendees IS 'Who attended, by name. | 出席人员';
COMMENT ON COLUMN v_meetings.observers IS 'Who sat in, by name. | 列席人员';
COMMENT ON COLUMN v_meetings.speakers IS 'Who spoke, by name. | 讲话人员';
COMMENT ON COLUMN v_meetings.directive_count IS 'Directives given. | 指令数';
COMMENT ON COLUMN v_meetings.categories IS 'Codes of the categories it gave orders in, most frequent first. | 类别代码';
COMMENT ON COLUMN v_meetings.is_primary IS 'True where the announcement is the one that counts among near-duplicates. | 是否主文档';
COMMENT ON COLUMN v_meetings.url IS 'Page of the announcement, or of its facts where url_role says so. | 网址';
COMMENT ON COLUMN v_meetings.url_role IS 'source, facts or none. | 网址性质';
COMMENT ON COLUMN v_meetings.document_id IS 'Key of the announcement. | 文档代码';
