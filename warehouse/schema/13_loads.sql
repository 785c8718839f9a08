CREATE TABLE loads (
    load_id INTEGER PRIMARY KEY,
    build_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    sources VARCHAR[] NOT NULL,
    rules_version VARCHAR NOT NULL,
    layout_version VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    documents_read INTEGER NOT NULL,
    documents_new INTEGER NOT NULL,
    documents_changed INTEGER NOT NULL,
    documents_unchanged INTEGER NOT NULL,
    documents_withdrawn INTEGER NOT NULL,
    documents_rejected INTEGER NOT NULL
);

COMMENT ON TABLE loads IS 'Builds that were published into this warehouse, newest has the largest load_id. | 历次入库。';
COMMENT ON COLUMN loads.load_id IS 'Number of the load, from 1. | 入库编号';
COMMENT ON COLUMN loads.build_id IS 'Identifier of the build file. | 版本标识';
COMMENT ON COLUMN loads.started_at IS 'Start, UTC. | 开始时间（UTC）';
COMMENT ON COLUMN loads.finished_at IS 'End, UTC. | 结束时间（UTC）';
COMMENT ON COLUMN loads.sources IS 'Labels of the sources read. | 来源标签';
COMMENT ON COLUMN loads.rules_version IS 'Fingerprint of rules and lexicons. | 规则版本';
COMMENT ON COLUMN loads.layout_version IS 'Fingerprint of the tables and views (8 digits), then of the reference lists. | 结构版本';
COMMENT ON COLUMN loads.engine IS 'local, spark, load (records made elsewhere) or indicators. | 引擎';
COMMENT ON COLUMN loads.documents_read IS 'Documents read. | 读取篇数';
COMMENT ON COLUMN loads.documents_new IS 'New documents. | 新增';
COMMENT ON COLUMN loads.documents_changed IS 'Documents with changed text or rules. | 变更';
COMMENT ON COLUMN loads.documents_unchanged IS 'Documents carried over. | 未变';
COMMENT ON COLUMN loads.documents_withdrawn IS 'Documents no longer in their source. | 撤回';
COMMENT ON COLUMN loads.documents_rejected IS 'Rejects of this load. | 退回';
