-- What each load changed, newest first.
CREATE VIEW v_changes AS
SELECT
    c.load_id,
    l.finished_at,
    c.change,
    c.source,
    coalesce(d.title, c.title) AS title,
    c.fields,
    d.document_id IS NOT NULL AS is_present,
    l.build_id,
    l.rules_version,
    l.engine,
    d.url,
    c.document_id
FROM changes AS c
INNER JOIN loads AS l USING (load_id)
LEFT JOIN documents AS d ON d.document_id = c.document_id
ORDER BY c.load_id DESC, c.source;

COMMENT ON VIEW v_changes IS 'What each load changed: new documents, changed texts or rules, withdrawals. | 每次入库的变动：新增、文本变更、规则变更、撤回。';
COMMENT ON COLUMN v_changes.load_id IS 'The load; the largest is the newest. | 入库编号';
COMMENT ON COLUMN v_changes.finished_at IS 'When it ended, UTC. | 完成时间（UTC）';
COMMENT ON COLUMN v_changes.change IS 'new, text_changed, rules_changed, metadata_changed, corrected or withdrawn. | 变动';
COMMENT ON COLUMN v_changes.source IS 'Path of the document under its source root. | 来源';
COMMENT ON COLUMN v_changes.title IS 'Headline now, or at that time if it is gone. | 标题';
COMMENT ON COLUMN v_changes.fields IS 'Fields of the record that differ. | 变动字段';
COMMENT ON COLUMN v_changes.is_present IS 'True where the document is still in the warehouse. | 是否仍在库';
COMMENT ON COLUMN v_changes.build_id IS 'Build of the load. | 版本标识';
COMMENT ON COLUMN v_changes.rules_version IS 'Fingerprint of the rules of the load. | 规则版本';
COMMENT ON COLUMN v_changes.engine IS 'local, spark, load or indicators. | 引擎';
COMMENT ON COLUMN v_changes.url IS 'Page of the document. | 网址';
COMMENT ON COLUMN v_changes.document_id IS 'Key of the document. | 文档代码';
