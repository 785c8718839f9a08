CREATE TABLE forwards (
    directive_id VARCHAR NOT NULL,
    source_directive_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    shared_text VARCHAR NOT NULL
);

COMMENT ON TABLE forwards IS 'Words that a directive shares with a higher-level announcement. | 与上级公告相同的文字。';
COMMENT ON COLUMN forwards.directive_id IS 'The directive. | 指令代码';
COMMENT ON COLUMN forwards.source_directive_id IS 'The higher-level directive. | 上级指令';
COMMENT ON COLUMN forwards.similarity IS 'Share of its words that are the same, 0 to 1. | 相似度';
COMMENT ON COLUMN forwards.shared_text IS 'The shared words. | 相同文字';
