CREATE TABLE categories (
    category_id VARCHAR PRIMARY KEY,
    family VARCHAR NOT NULL,
    sort_order INTEGER NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    covers_zh VARCHAR,
    oxcgrt VARCHAR
);

COMMENT ON TABLE categories IS 'The 24 categories of measures in five families. | 二十四类措施，分五大类。';
COMMENT ON COLUMN categories.category_id IS 'Key of the category, e.g. testing. | 类别代码';
COMMENT ON COLUMN categories.family IS 'containment, health, economy, society or governance. | 大类';
COMMENT ON COLUMN categories.sort_order IS 'Place in the taxonomy, from 1. | 排序';
COMMENT ON COLUMN categories.name_zh IS 'Chinese name. | 中文名';
COMMENT ON COLUMN categories.name_en IS 'English name. | 英文名';
COMMENT ON COLUMN categories.covers_zh IS 'What the category covers, in Chinese. | 范围';
COMMENT ON COLUMN categories.oxcgrt IS 'Comparable OxCGRT indicators, comma separated. | 对应的牛津指标';
