-- title: Documents without a meeting date | 会议日期不明的文档
-- about: Announcements whose text does not support a date: they are in no curve over time. | 文中无从确定日期的公告，不进入任何时间曲线。
-- empty: where every document has a meeting date
SELECT source, title, doc_type, published_date, array_to_string(region_path, '') AS region, directive_count, url
FROM documents
WHERE meeting_date IS NULL
ORDER BY directive_count DESC, source;
