CREATE TABLE measures (
    directive_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    category_id VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    terms STRUCT(term VARCHAR, start_char INTEGER, end_char INTEGER)[] NOT NULL
);

COMMENT ON TABLE measures IS 'One row a directive and category, at most three a directive. | 每条指令的每个措施类别一行。';
COMMENT ON COLUMN measures.directive_id IS 'The directive. | 指令代码';
COMMENT ON COLUMN measures.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN measures.category_id IS 'The category. | 类别';
COMMENT ON COLUMN measures.rank IS '1 is the main measure. | 次序';
COMMENT ON COLUMN measures.terms IS 'Evidence terms and where they stand in documents.text. | 证据词';
