CREATE TABLE indicators (
    name VARCHAR NOT NULL,
    adcode VARCHAR,
    region VARCHAR NOT NULL,
    date DATE NOT NULL,
    value DOUBLE NOT NULL,
    attribution VARCHAR
);

COMMENT ON TABLE indicators IS 'Independent indices by region and day. | 独立指数。';
COMMENT ON COLUMN indicators.name IS 'Name of the index. | 指数';
COMMENT ON COLUMN indicators.adcode IS 'Region; null for the whole country. | 地区代码';
COMMENT ON COLUMN indicators.region IS 'Region as in the file. | 地区';
COMMENT ON COLUMN indicators.date IS 'Day. | 日期';
COMMENT ON COLUMN indicators.value IS 'Value. | 数值';
COMMENT ON COLUMN indicators.attribution IS 'Citation and licence. | 出处';
