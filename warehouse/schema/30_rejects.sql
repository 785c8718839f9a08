CREATE TABLE rejects (
    load_id INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    sample VARCHAR
);

COMMENT ON TABLE rejects IS 'What could not be read or understood at the last reading of its source, and why. | 未能入库者及原因。';
COMMENT ON COLUMN rejects.load_id IS 'Load that read it. | 入库编号';
COMMENT ON COLUMN rejects.source IS 'Path under its source root. | 来源';
COMMENT ON COLUMN rejects.reason IS 'Kind of failure. | 类别';
COMMENT ON COLUMN rejects.detail IS 'The value, the place and the next step. | 说明';
COMMENT ON COLUMN rejects.sample IS 'First 200 characters, escaped. | 片段';
