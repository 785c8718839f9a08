CREATE TABLE citations (
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
);

COMMENT ON TABLE citations IS 'Documents cited in 《》. | 引用文件。';
COMMENT ON COLUMN citations.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN citations.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN citations.title IS 'Title without the marks. | 标题';
COMMENT ON COLUMN citations.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN citations.end_char IS 'End in documents.text. | 止';
