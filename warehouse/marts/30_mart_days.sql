-- Counts by day, small enough to answer the usual chart at once whatever the number of documents: sum directives and
-- documents as you like within one group, since a document has one date. Only documents that count (is_primary) and are
-- dated, and of directives only those that do not repeat a higher-level announcement (is_forwarded); strength 'any'
-- counts whatever the wording. For one place or body ask mart_document_groups.
-- grouping 'document' counts documents whether or not they order anything; 'directive' those with a directive;
-- 'measured' those with a directive that has a category.
CREATE TABLE mart_days AS
WITH tallied AS (
    SELECT grouping, group_id, date, is_date_inferred,
        unnest(['any', 'encourage', 'require', 'strict']) AS strength,
        unnest([encourage + require + strict, encourage, require, strict]) AS directives
    FROM mart_document_groups
    WHERE is_primary AND date IS NOT NULL
),
counted AS (
    SELECT date, is_date_inferred, grouping, group_id, strength,
        CAST(sum(directives) AS INTEGER) AS directives, CAST(count(*) AS INTEGER) AS documents
    FROM tallied
    WHERE directives > 0
    GROUP BY date, is_date_inferred, grouping, group_id, strength
    UNION ALL BY NAME
    SELECT date, is_date_inferred, 'document' AS grouping, 'all' AS group_id, 'any' AS strength,
        CAST(sum(directive_count) AS INTEGER) AS directives, CAST(count(*) AS INTEGER) AS documents
    FROM mart_documents
    WHERE is_primary AND date IS NOT NULL
    GROUP BY date, is_date_inferred
)
SELECT * FROM counted ORDER BY grouping, strength, group_id, date;

COMMENT ON TABLE mart_days IS 'Directives and documents by day and group, for dated documents that count. | 按日与类别的预汇总。';
COMMENT ON COLUMN mart_days.date IS 'meeting_date, else published_date. | 日期';
COMMENT ON COLUMN mart_days.is_date_inferred IS 'True unless the date stands whole in the text. | 日期是否推断';
COMMENT ON COLUMN mart_days.grouping IS 'category, family, directive (all directives), measured (those with a category) or document (all documents). | 分组方式';
COMMENT ON COLUMN mart_days.group_id IS 'Code of the category or family; all. | 类别或大类代码';
COMMENT ON COLUMN mart_days.strength IS 'any, or one wording strength. | 措辞强度';
COMMENT ON COLUMN mart_days.directives IS 'Directives. | 指令数';
COMMENT ON COLUMN mart_days.documents IS 'Documents with at least one such directive. | 文档数';
