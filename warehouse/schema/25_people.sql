CREATE TABLE people (
    document_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    title VARCHAR,
    start_char INTEGER,
    end_char INTEGER
);

COMMENT ON TABLE people IS 'One row a person and role in a document. | 每篇公告中每人每种身份一行。';
COMMENT ON COLUMN people.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN people.name IS 'Name without title. | 姓名';
COMMENT ON COLUMN people.role IS 'chair, attendee, observer or speaker. | 身份';
COMMENT ON COLUMN people.title IS 'Office as written. | 职务';
COMMENT ON COLUMN people.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN people.end_char IS 'End in documents.text. | 止';
