CREATE TABLE issuers (
    issuer_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    level VARCHAR,
    adcode VARCHAR,
    aliases VARCHAR[] NOT NULL
);

COMMENT ON TABLE issuers IS 'Bodies that met or issued, one row a body, whatever it was renamed to. | 会议或文件的主体，改名前后算一个。';
COMMENT ON COLUMN issuers.issuer_id IS 'Stable key: hash of what its names have in common. | 主体代码';
COMMENT ON COLUMN issuers.name IS 'Full name with its region; where it was renamed, the one that most documents bear. | 规范全称';
COMMENT ON COLUMN issuers.kind IS 'party_committee, government, leading_group, department, soe, federation, school, hospital, judiciary, congress_cppcc, enterprise, community or other. | 类型';
COMMENT ON COLUMN issuers.level IS 'national, province, prefecture, county, township or unit. | 层级';
COMMENT ON COLUMN issuers.adcode IS 'Region of its jurisdiction; null if national or unknown. | 辖区代码';
COMMENT ON COLUMN issuers.aliases IS 'Its other names, and names under which documents show it. | 文中所见名称';
