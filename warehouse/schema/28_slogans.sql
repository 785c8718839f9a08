CREATE TABLE slogans (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);

COMMENT ON TABLE slogans IS 'Short quoted labels of policies. | 政策标签。';
COMMENT ON COLUMN slogans.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN slogans.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN slogans.label IS 'The label. | 标签';
COMMENT ON COLUMN slogans.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN slogans.end_char IS 'End in documents.text. | 止';
