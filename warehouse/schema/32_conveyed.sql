CREATE TABLE conveyed (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    as_written VARCHAR NOT NULL,
    level VARCHAR,
    meeting_date DATE,
    is_date_inferred BOOLEAN NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);

COMMENT ON TABLE conveyed IS 'Meetings of others that a document says it passes on (传达学习…会议精神). | 文中明言传达的其他会议。';
COMMENT ON COLUMN conveyed.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN conveyed.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN conveyed.as_written IS 'The meeting as the text names it, its day included. | 会议原文';
COMMENT ON COLUMN conveyed.level IS 'Level of the body that met: national, province, prefecture, county, township or unit; null if the words do not show it. | 会议层级';
COMMENT ON COLUMN conveyed.meeting_date IS 'Day of that meeting as the document writes it; null if it writes none. | 会议日期';
COMMENT ON COLUMN conveyed.is_date_inferred IS 'True where its year, or its month too, comes from the day of the document. | 年份或月份是否推断';
COMMENT ON COLUMN conveyed.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN conveyed.end_char IS 'End in documents.text. | 止';
