CREATE TABLE figures (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    qualifier VARCHAR,
    as_written VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);

COMMENT ON TABLE figures IS 'Amounts and counts stated in the text. | 文中数据。';
COMMENT ON COLUMN figures.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN figures.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN figures.value IS 'Value in the unit. | 数值';
COMMENT ON COLUMN figures.unit IS 'Unit: 元, 人, 例, %, ... | 单位';
COMMENT ON COLUMN figures.qualifier IS 'over, nearly, about, at_least or at_most; null if exact. | 限定';
COMMENT ON COLUMN figures.as_written IS 'As written. | 原文';
COMMENT ON COLUMN figures.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN figures.end_char IS 'End in documents.text. | 止';
