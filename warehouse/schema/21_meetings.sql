CREATE TABLE meetings (
    document_id VARCHAR PRIMARY KEY,
    meeting_date DATE,
    venue_format VARCHAR,
    chairs VARCHAR[] NOT NULL,
    attendee_count INTEGER NOT NULL,
    observer_count INTEGER NOT NULL,
    directive_count INTEGER NOT NULL
);

COMMENT ON TABLE meetings IS 'One row a document of type meeting: the sitting itself. | 每次会议一行。';
COMMENT ON COLUMN meetings.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN meetings.meeting_date IS 'Day of the meeting. | 会议日期';
COMMENT ON COLUMN meetings.venue_format IS 'in_person, teleconference or null. | 会议形式';
COMMENT ON COLUMN meetings.chairs IS 'Who chaired. | 主持人';
COMMENT ON COLUMN meetings.attendee_count IS 'Named attendees. | 出席人数（有名者）';
COMMENT ON COLUMN meetings.observer_count IS 'Named observers. | 列席人数（有名者）';
COMMENT ON COLUMN meetings.directive_count IS 'Directives given. | 指令数';
