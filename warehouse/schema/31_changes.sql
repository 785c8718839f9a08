CREATE TABLE changes (
    load_id INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    title VARCHAR,
    change VARCHAR NOT NULL,
    fields VARCHAR[] NOT NULL
);

COMMENT ON TABLE changes IS 'What each load changed. | 每次入库的变动。';
COMMENT ON COLUMN changes.load_id IS 'The load. | 入库编号';
COMMENT ON COLUMN changes.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN changes.source IS 'Path under its source root. | 来源';
COMMENT ON COLUMN changes.title IS 'Headline at that time. | 标题';
COMMENT ON COLUMN changes.change IS 'new, text_changed, rules_changed, metadata_changed, corrected or withdrawn. | 变动';
COMMENT ON COLUMN changes.fields IS 'Fields of the record that differ. | 变动字段';
