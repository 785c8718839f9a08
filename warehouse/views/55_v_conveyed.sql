-- Meetings that a document passes on, beside the document's own day. Days between say nothing of causes.
CREATE VIEW v_conveyed AS
WITH ranks AS (
    SELECT
        unnest(['national', 'province', 'prefecture', 'county', 'township', 'unit']) AS level,
        unnest([1, 2, 3, 4, 5, 6]) AS rank
),

named AS (
    SELECT
        c.document_id,
        c.seq,
        list(e.name_zh ORDER BY e.event_id) AS events_zh,
        list(e.name_en ORDER BY e.event_id) AS events_en
    FROM conveyed AS c
    INNER JOIN documents AS d USING (document_id)
    INNER JOIN events AS e ON e.date = c.meeting_date AND e.level = c.level
    WHERE e.level = 'national' OR substr(e.adcode, 1, 2) = substr(d.adcode, 1, 2)
    GROUP BY c.document_id, c.seq
)

SELECT
    d.date,
    d.date_basis,
    p.name_zh AS province,
    p.name_en AS province_en,
    coalesce(i.name, d.issuer_as_written) AS issuer,
    d.issuer_kind,
    d.level,
    c.as_written,
    c.level AS conveyed_level,
    c.meeting_date AS conveyed_date,
    c.is_date_inferred AS is_conveyed_date_inferred,
    own.rank > other.rank AS is_higher,
    CASE WHEN d.meeting_date >= c.meeting_date THEN d.meeting_date - c.meeting_date END AS days,
    coalesce(n.events_zh, []) AS events_zh,
    coalesce(n.events_en, []) AS events_en,
    c.start_char,
    c.end_char,
    d.is_primary,
    d.url,
    d.issuer_id,
    d.document_id,
    c.seq
FROM conveyed AS c
INNER JOIN documents AS d USING (document_id)
LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
LEFT JOIN regions AS p ON p.adcode = d.province_adcode
LEFT JOIN ranks AS own ON own.level = d.level
LEFT JOIN ranks AS other ON other.level = c.level
LEFT JOIN named AS n ON n.document_id = c.document_id AND n.seq = c.seq;

COMMENT ON VIEW v_conveyed IS 'Meetings that documents say they pass on, with the days between that meeting and their own. Only what the text says: no causes. | 公告明言传达的会议，以及两次会议相隔的天数；只记文中所言，不论因果。';
COMMENT ON COLUMN v_conveyed.date IS 'Day of the document: its meeting, else its publication. | 公告日期';
COMMENT ON COLUMN v_conveyed.date_basis IS 'How the day of its meeting is known. | 日期依据';
COMMENT ON COLUMN v_conveyed.province IS 'Province of its issuer; null if national or unknown. | 省份';
COMMENT ON COLUMN v_conveyed.province_en IS 'The same in English. | 省份英文名';
COMMENT ON COLUMN v_conveyed.issuer IS 'Body that passes the meeting on. | 主体';
COMMENT ON COLUMN v_conveyed.issuer_kind IS 'Its kind. | 主体类型';
COMMENT ON COLUMN v_conveyed.level IS 'Its level. | 层级';
COMMENT ON COLUMN v_conveyed.as_written IS 'The meeting passed on, as the text names it. | 会议原文';
COMMENT ON COLUMN v_conveyed.conveyed_level IS 'Level of the body that held it. | 会议层级';
COMMENT ON COLUMN v_conveyed.conveyed_date IS 'Its day as the document writes it; null if it writes none. | 会议日期';
COMMENT ON COLUMN v_conveyed.is_conveyed_date_inferred IS 'True where its year, or its month too, comes from the day of the document. | 年份或月份是否推断';
COMMENT ON COLUMN v_conveyed.is_higher IS 'True where its level is above the issuer''s; null if either is unknown. | 是否上级会议';
COMMENT ON COLUMN v_conveyed.days IS 'Days from it to the document''s own meeting; null if either day is unknown or out of order. | 相隔天数';
COMMENT ON COLUMN v_conveyed.events_zh IS 'Reference events of that day and level. | 当日参考事件';
COMMENT ON COLUMN v_conveyed.events_en IS 'The same in English. | 当日参考事件（英文）';
COMMENT ON COLUMN v_conveyed.start_char IS 'Start of the words in documents.text. | 起';
COMMENT ON COLUMN v_conveyed.end_char IS 'End of the words. | 止';
COMMENT ON COLUMN v_conveyed.is_primary IS 'True where the document is the one that counts among near-duplicates. | 是否主文档';
COMMENT ON COLUMN v_conveyed.url IS 'Page of the document, or of its facts. | 网址';
COMMENT ON COLUMN v_conveyed.issuer_id IS 'Key of the issuer. | 主体代码';
COMMENT ON COLUMN v_conveyed.document_id IS 'Key of the document. | 文档代码';
COMMENT ON COLUMN v_conveyed.seq IS 'Place among the meetings that the document passes on. | 序';
