CREATE TABLE documents (
    document_id VARCHAR PRIMARY KEY,
    source VARCHAR NOT NULL,
    source_root VARCHAR NOT NULL,
    url VARCHAR,
    url_role VARCHAR NOT NULL,
    url_host VARCHAR,
    record_id VARCHAR,
    captured_at TIMESTAMP_S,
    title VARCHAR,
    script VARCHAR NOT NULL,
    doc_type VARCHAR NOT NULL,
    meeting_date DATE,
    published_date DATE,
    effective_date DATE,
    date DATE,
    date_precision VARCHAR NOT NULL,
    date_basis VARCHAR NOT NULL,
    date_evidence VARCHAR,
    is_date_inferred BOOLEAN NOT NULL,
    adcode VARCHAR,
    province_adcode VARCHAR,
    region_path VARCHAR[] NOT NULL,
    region_evidence VARCHAR,
    level VARCHAR,
    issuer_id VARCHAR,
    issuer_name VARCHAR,
    issuer_as_written VARCHAR,
    issuer_kind VARCHAR NOT NULL,
    venue_format VARCHAR,
    duplicate_of VARCHAR,
    similarity DOUBLE,
    is_primary BOOLEAN NOT NULL,
    directive_count INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    raw_text VARCHAR NOT NULL,
    text_starts INTEGER[] NOT NULL,
    raw_starts INTEGER[] NOT NULL,
    encoding VARCHAR NOT NULL,
    raw_sha256 VARCHAR NOT NULL,
    metadata_sha256 VARCHAR NOT NULL,
    rules_version VARCHAR NOT NULL,
    first_load_id INTEGER NOT NULL,
    load_id INTEGER NOT NULL
);

COMMENT ON TABLE documents IS 'One row an announcement. | 每篇公告一行。';
COMMENT ON COLUMN documents.document_id IS 'Stable key: hash of the source. | 文档代码';
COMMENT ON COLUMN documents.source IS 'Path under its source root, #n for the n-th document of a file. | 来源路径';
COMMENT ON COLUMN documents.source_root IS 'Label of the source root it was read from. | 来源标签';
COMMENT ON COLUMN documents.url IS 'Page of the announcement, or of its facts for the bundled sample. | 网址';
COMMENT ON COLUMN documents.url_role IS 'source: the words come from the page; facts: only the facts do (bundled sample); none. | 网址性质';
COMMENT ON COLUMN documents.url_host IS 'Host of the url. | 网站';
COMMENT ON COLUMN documents.record_id IS 'Record of the web archive it comes from; null otherwise. | 网页档案记录号';
COMMENT ON COLUMN documents.captured_at IS 'When that archive fetched it (UTC); not the day of publication. | 抓取时间';
COMMENT ON COLUMN documents.title IS 'Headline. | 标题';
COMMENT ON COLUMN documents.script IS 'hans, hant or hant-pinyin, as published. | 原文字形';
COMMENT ON COLUMN documents.doc_type IS 'meeting, notice, report or other. | 文种';
COMMENT ON COLUMN documents.meeting_date IS 'Day of the meeting, signing or report; null where the text does not say. | 会议（或签发）日期';
COMMENT ON COLUMN documents.published_date IS 'Day of publication; null if unknown. | 发布日期';
COMMENT ON COLUMN documents.effective_date IS 'Day from which it applies; null if unsaid. | 生效日期';
COMMENT ON COLUMN documents.date IS 'meeting_date, else published_date: the date charts use by default. | 图表默认日期';
COMMENT ON COLUMN documents.date_precision IS 'day, month, year or none. | 日期精度';
COMMENT ON COLUMN documents.date_basis IS 'How meeting_date is known: text, published, url, context, calendar, relative, metadata or none. | 日期依据';
COMMENT ON COLUMN documents.date_evidence IS 'The words that support meeting_date. | 日期证据';
COMMENT ON COLUMN documents.is_date_inferred IS 'True unless date_basis is text. | 日期是否推断';
COMMENT ON COLUMN documents.adcode IS 'Region of the issuer; null if national or unknown. | 地区代码';
COMMENT ON COLUMN documents.province_adcode IS 'Province of the region. | 省代码';
COMMENT ON COLUMN documents.region_path IS 'Names from the province down. | 地区路径';
COMMENT ON COLUMN documents.region_evidence IS 'The words that support the region. | 地区证据';
COMMENT ON COLUMN documents.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN documents.issuer_id IS 'Body that met or issued; null if unknown. | 主体代码';
COMMENT ON COLUMN documents.issuer_name IS 'Full name of the issuer at that time; issuers.name is one for all its renamings. | 主体当时全称';
COMMENT ON COLUMN documents.issuer_as_written IS 'The issuer as the text shows it. | 主体原文';
COMMENT ON COLUMN documents.issuer_kind IS 'Kind of the issuer, as issuers.kind; other where unknown. | 主体类型';
COMMENT ON COLUMN documents.venue_format IS 'in_person, teleconference or null. | 会议形式';
COMMENT ON COLUMN documents.duplicate_of IS 'document_id of the primary of its group of near-duplicates; null for primaries. | 重复于';
COMMENT ON COLUMN documents.similarity IS 'Similarity to the primary, 0 to 1; null for primaries. | 相似度';
COMMENT ON COLUMN documents.is_primary IS 'True where duplicate_of is null: charts count primaries. | 是否主文档';
COMMENT ON COLUMN documents.directive_count IS 'Directives in it. | 指令数';
COMMENT ON COLUMN documents.text IS 'Normalised, simplified, repaired text; every start and end indexes it. | 规范文本';
COMMENT ON COLUMN documents.raw_text IS 'Decoded text before normalisation. | 原文';
COMMENT ON COLUMN documents.text_starts IS 'Starts in text of the runs that map to raw_starts. | 规范文本偏移';
COMMENT ON COLUMN documents.raw_starts IS 'Starts in raw_text of the same runs. | 原文偏移';
COMMENT ON COLUMN documents.encoding IS 'Encoding the bytes were read in. | 编码';
COMMENT ON COLUMN documents.raw_sha256 IS 'SHA-256 of the bytes. | 原始字节校验';
COMMENT ON COLUMN documents.metadata_sha256 IS 'SHA-256 of what stood beside the bytes: url, title, published date. | 元数据校验';
COMMENT ON COLUMN documents.rules_version IS 'Fingerprint of the rules that extracted it. | 规则版本';
COMMENT ON COLUMN documents.first_load_id IS 'Load in which it first appeared. | 首次入库';
COMMENT ON COLUMN documents.load_id IS 'Load that last changed it. | 最近变更';
