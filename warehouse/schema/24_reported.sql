CREATE TABLE reported (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    categories VARCHAR[] NOT NULL,
    terms STRUCT(category VARCHAR, term VARCHAR, start_char INTEGER, end_char INTEGER)[] NOT NULL
);

COMMENT ON TABLE reported IS 'Sentences that say what was done, never counted with what was ordered. | 已做之事，绝不与指令合计。';
COMMENT ON COLUMN reported.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN reported.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN reported.text IS 'The sentence. | 文本';
COMMENT ON COLUMN reported.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN reported.end_char IS 'End in documents.text. | 止';
COMMENT ON COLUMN reported.categories IS 'Categories, main first. | 类别';
COMMENT ON COLUMN reported.terms IS 'Evidence terms. | 证据词';
