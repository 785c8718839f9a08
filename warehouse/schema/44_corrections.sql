CREATE TABLE corrections (
    correction_id VARCHAR PRIMARY KEY,
    seq INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    directive VARCHAR,
    field VARCHAR NOT NULL,
    expected VARCHAR,
    value VARCHAR,
    reason VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    is_applied BOOLEAN NOT NULL,
    failure VARCHAR
);

COMMENT ON TABLE corrections IS 'Corrections made by editors, with history: rows of the corrections file. | 人工更正。';
COMMENT ON COLUMN corrections.correction_id IS 'Key: hash of the row. | 编号';
COMMENT ON COLUMN corrections.seq IS 'Place in the file; later rows build on earlier ones. | 序号';
COMMENT ON COLUMN corrections.document_id IS 'The announcement; withdrawn ones are not in documents. | 文档代码';
COMMENT ON COLUMN corrections.directive IS 'Text of the directive that it is about; null where it is about the document. | 所涉指令';
COMMENT ON COLUMN corrections.field IS 'Field corrected: meeting_date, published_date, effective_date, region, level, issuer, issuer_kind, document, categories or is_directive. | 字段';
COMMENT ON COLUMN corrections.expected IS 'Old value it expects. | 原值';
COMMENT ON COLUMN corrections.value IS 'New value. | 新值';
COMMENT ON COLUMN corrections.reason IS 'Why. | 原因';
COMMENT ON COLUMN corrections.author IS 'By whom. | 作者';
COMMENT ON COLUMN corrections.made_at IS 'When, UTC. | 时间';
COMMENT ON COLUMN corrections.is_applied IS 'False where what it expects is gone. | 是否生效';
COMMENT ON COLUMN corrections.failure IS 'Why it is not applied, and what to do; null where it is. | 未生效原因';
