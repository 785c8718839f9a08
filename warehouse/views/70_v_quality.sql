-- How good each field is on labelled documents, and how often it is known in the documents of this warehouse.
CREATE VIEW v_quality AS
WITH known AS (
    SELECT unnest([
        {'field': 'meeting_date', 'known': count(*) FILTER (meeting_date IS NOT NULL)},
        {'field': 'published_date', 'known': count(*) FILTER (published_date IS NOT NULL)},
        {'field': 'region', 'known': count(*) FILTER (adcode IS NOT NULL OR level = 'national')},
        {'field': 'issuer', 'known': count(*) FILTER (issuer_id IS NOT NULL)},
        {'field': 'level', 'known': count(*) FILTER (level IS NOT NULL)},
        {'field': 'url', 'known': count(*) FILTER (url IS NOT NULL)},
        {'field': 'directives', 'known': count(*) FILTER (directive_count > 0)}
    ]) AS k, count(*) AS n
    FROM documents
)
SELECT field, split, metric, value, low, high, n, failures FROM quality
UNION ALL BY NAME
SELECT
    k.field AS field,
    'warehouse' AS split,
    'known' AS metric,
    CAST(k.known AS DOUBLE) / n AS value,
    n,
    CAST([] AS STRUCT(document VARCHAR, document_id VARCHAR, item VARCHAR, predicted VARCHAR, expected VARCHAR)[]) AS failures
FROM known
WHERE n > 0;

COMMENT ON VIEW v_quality IS 'Quality of each extracted field against labels (rate, f1, precision, recall), and the share of this warehouse''s documents in which it is known. | 各字段在标注集上的质量，以及本库文档中该字段已知的比例。';
COMMENT ON COLUMN v_quality.field IS 'The field, e.g. meeting_date. | 字段';
COMMENT ON COLUMN v_quality.split IS 'working, held_aside or all: labelled documents; warehouse: all documents here. | 分组';
COMMENT ON COLUMN v_quality.metric IS 'rate, f1, precision or recall against labels; known: share of documents with a value. | 度量';
COMMENT ON COLUMN v_quality.value IS '0 to 1; null if nothing was asked. | 值';
COMMENT ON COLUMN v_quality.low IS 'Lower end of the 95 % bootstrap interval. | 下限';
COMMENT ON COLUMN v_quality.high IS 'Upper end. | 上限';
COMMENT ON COLUMN v_quality.n IS 'Documents or items asked. | 数量';
COMMENT ON COLUMN v_quality.failures IS 'Examples of failures on the working split: document (stem of its source), document_id, item (how the directive begins; null for a field of the document), predicted and expected. | 失败示例（工作集）：文档、文档号、条目、识别值、标注值';
