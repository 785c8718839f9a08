CREATE TABLE quality (
    field VARCHAR NOT NULL,
    split VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE,
    low DOUBLE,
    high DOUBLE,
    n INTEGER NOT NULL,
    failures STRUCT(document VARCHAR, document_id VARCHAR, item VARCHAR, predicted VARCHAR, expected VARCHAR)[] NOT NULL,
    PRIMARY KEY (field, split, metric)
);

COMMENT ON TABLE quality IS 'Quality of each extracted field on the labelled set. | 各字段在标注集上的质量。';
COMMENT ON COLUMN quality.field IS 'Metric, e.g. meeting_date. | 指标';
COMMENT ON COLUMN quality.split IS 'working (labels seen while rules were written), held_aside (never seen) or all. | 分组';
COMMENT ON COLUMN quality.metric IS 'rate, f1, precision or recall. | 度量';
COMMENT ON COLUMN quality.value IS '0 to 1; null if nothing was asked. | 值';
COMMENT ON COLUMN quality.low IS 'Lower end of the 95 % bootstrap interval. | 下限';
COMMENT ON COLUMN quality.high IS 'Upper end. | 上限';
COMMENT ON COLUMN quality.n IS 'Documents or items asked. | 数量';
COMMENT ON COLUMN quality.failures IS 'Examples of failures on the working split: document (stem of its source), document_id, item (how the directive begins; null for a field of the document), predicted and expected. | 失败示例（工作集）：文档、文档号、条目、识别值、标注值';
