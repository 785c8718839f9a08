CREATE TABLE repairs (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);

COMMENT ON TABLE repairs IS 'What normalisation changed beyond script and width. | 文本修复。';
COMMENT ON COLUMN repairs.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN repairs.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN repairs.rule IS 'Rule of the repair. | 规则';
COMMENT ON COLUMN repairs.before IS 'As in the raw text. | 修复前';
COMMENT ON COLUMN repairs.after IS 'As in the text. | 修复后';
COMMENT ON COLUMN repairs.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN repairs.end_char IS 'End in documents.text. | 止';
