CREATE TABLE issuers (
    issuer_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    level VARCHAR,
    adcode VARCHAR,
    aliases VARCHAR[] NOT NULL
);

COMMENT ON TABLE issuers IS 'Bodies that met or issued, one row a canonical name. | 会议或文件的主体，每个规范名称一行。';
COMMENT ON COLUMN issuers.issuer_id IS 'Stable key: hash of the canonical name. | 主体代码';
COMMENT ON COLUMN issuers.name IS 'Full canonical name with its region. | 规范全称';
COMMENT ON COLUMN issuers.kind IS 'party_committee, government, leading_group, department, soe, federation, school, hospital, judiciary, congress_cppcc, enterprise, community or other. | 类型';
COMMENT ON COLUMN issuers.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN issuers.adcode IS 'Region of its jurisdiction; null if national or unknown. | 辖区代码';
COMMENT ON COLUMN issuers.aliases IS 'Names under which documents show it. | 文中所见名称';
