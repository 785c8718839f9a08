CREATE TABLE quality (
    field VARCHAR NOT NULL,
    split VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE,
    low DOUBLE,
    high DOUBLE,
    n INTEGER NOT NULL,
    failures VARCHAR[] NOT NULL,
    PRIMARY KEY (field, split, metric)
);

COMMENT ON TABLE quality IS 'Quality of each extracted field on the labelled set. | 各字段在标注集上的质量。';
COMMENT ON COLUMN quality.field IS 'Metric, e.g. meeting_date. | 指标';
COMMENT ON COLUMN quality.split IS 'working or held_aside. | 分组';
COMMENT ON COLUMN quality.metric IS 'rate, f1, precision or recall. | 度量';
COMMENT ON COLUMN quality.value IS '0 to 1; null if nothing was asked. | 值';
COMMENT ON COLUMN quality.low IS 'Lower end of the 95 % bootstrap interval. | 下限';
COMMENT ON COLUMN quality.high IS 'Upper end. | 上限';
COMMENT ON COLUMN quality.n IS 'Documents or items asked. | 数量';
COMMENT ON COLUMN quality.failures IS 'Examples of failures. | 失败示例';
