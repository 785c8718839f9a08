-- title: What changed since a load | 某次入库以来的变动
-- about: Documents that later loads added, changed or withdrew. | 此后各次入库新增、变更或撤回的文档。
-- parameter load INTEGER = 0: After this load; 0 for all | 此入库编号之后，0 为全部
SELECT load_id, finished_at, change, source, title, fields, is_present
FROM v_changes
WHERE load_id > $load
ORDER BY load_id DESC, change, source;
