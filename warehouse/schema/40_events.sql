CREATE TABLE events (
    event_id INTEGER PRIMARY KEY,
    date DATE NOT NULL,
    level VARCHAR NOT NULL,
    adcode VARCHAR,
    region VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    source_url VARCHAR
);

COMMENT ON TABLE events IS 'Dated reference events. | 参考事件。';
COMMENT ON COLUMN events.event_id IS 'Row number. | 编号';
COMMENT ON COLUMN events.date IS 'Day. | 日期';
COMMENT ON COLUMN events.level IS 'national, province, prefecture. | 层级';
COMMENT ON COLUMN events.adcode IS 'Region; null if national. | 地区代码';
COMMENT ON COLUMN events.region IS 'Region as written. | 地区';
COMMENT ON COLUMN events.name_zh IS 'In Chinese. | 中文';
COMMENT ON COLUMN events.name_en IS 'In English. | 英文';
COMMENT ON COLUMN events.source_url IS 'Where it is documented. | 出处';
