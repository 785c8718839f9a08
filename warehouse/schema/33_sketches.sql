CREATE TABLE sketches (
    document_id VARCHAR NOT NULL,
    sketch BLOB NOT NULL
);

COMMENT ON TABLE sketches IS 'One row a document: by its sketch near-duplicates are found without reading its text again. | 每篇公告一行：查重用的文本摘要。';
COMMENT ON COLUMN sketches.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN sketches.sketch IS '128 minimal hashes of four bytes, then the first days and numbers (such as notice No. 4), four bytes each; empty where there is too little text to tell. | 一百二十八个最小哈希值及首部日期、编号';
