CREATE TABLE regions (
    adcode VARCHAR PRIMARY KEY,
    name_zh VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL,
    name_en VARCHAR,
    level VARCHAR NOT NULL,
    parent_adcode VARCHAR,
    province_adcode VARCHAR NOT NULL,
    path VARCHAR[] NOT NULL,
    oxcgrt_name VARCHAR
);

COMMENT ON TABLE regions IS 'Provinces, prefectures and counties with GB/T 2260 codes, as valid in 2020-2022. | 行政区划（GB/T 2260），以 2020—2022 年有效者为准。';
COMMENT ON COLUMN regions.adcode IS 'Six-digit GB/T 2260 code. | 行政区划代码';
COMMENT ON COLUMN regions.name_zh IS 'Official name. | 全称';
COMMENT ON COLUMN regions.short_zh IS 'Short name, e.g. 湖北. | 简称';
COMMENT ON COLUMN regions.name_en IS 'English or romanised name. | 英文名';
COMMENT ON COLUMN regions.level IS 'province, prefecture or county. | 层级';
COMMENT ON COLUMN regions.parent_adcode IS 'Code of the unit above; null for provinces. | 上级代码';
COMMENT ON COLUMN regions.province_adcode IS 'Code of the province it lies in. | 所属省代码';
COMMENT ON COLUMN regions.path IS 'Names from the province down. | 自省而下的名称';
COMMENT ON COLUMN regions.oxcgrt_name IS 'English province name that OxCGRT uses; null below provinces. | 牛津指标所用省名';
