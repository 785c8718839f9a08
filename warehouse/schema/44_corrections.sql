CREATE TABLE corrections (
    correction_id VARCHAR PRIMARY KEY,
    document_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    expected VARCHAR,
    value VARCHAR,
    reason VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    is_applied BOOLEAN NOT NULL
);

COMMENT ON TABLE corrections IS 'Corrections made by editors, with history. | 人工更正。';
COMMENT ON COLUMN corrections.correction_id IS 'Key. | 编号';
COMMENT ON COLUMN corrections.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN corrections.field IS 'Field corrected. | 字段';
COMMENT ON COLUMN corrections.expected IS 'Old value it expects. | 原值';
COMMENT ON COLUMN corrections.value IS 'New value. | 新值';
COMMENT ON COLUMN corrections.reason IS 'Why. | 原因';
COMMENT ON COLUMN corrections.author IS 'By whom. | 作者';
COMMENT ON COLUMN corrections.made_at IS 'When, UTC. | 时间';
COMMENT ON COLUMN corrections.is_applied IS 'False where what it expects is gone. | 是否生效';
