CREATE TABLE source_roots (
    label VARCHAR PRIMARY KEY,
    root_sha256 VARCHAR NOT NULL
);

COMMENT ON TABLE source_roots IS 'Folders and files that were named as sources. | 来源目录与文件。';
COMMENT ON COLUMN source_roots.label IS 'Label of the root: first part of documents.source. | 来源标签';
COMMENT ON COLUMN source_roots.root_sha256 IS 'SHA-256 of the root''s full path, so that two folders of one name stay apart. | 来源路径校验';
