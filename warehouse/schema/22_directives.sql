CREATE TABLE directives (
    directive_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    ordinal INTEGER,
    speaker VARCHAR,
    addressee VARCHAR,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    strength VARCHAR NOT NULL,
    deadline VARCHAR,
    main_category VARCHAR,
    is_forwarded BOOLEAN NOT NULL
);

COMMENT ON TABLE directives IS 'One row an instruction that was ordered; what reports say was done is in reported. | 每条指令一行；已做之事另见 reported。';
COMMENT ON COLUMN directives.directive_id IS 'document_id and seq. | 指令代码';
COMMENT ON COLUMN directives.document_id IS 'The announcement. | 文档代码';
COMMENT ON COLUMN directives.seq IS 'Place in the document, from 1. | 序';
COMMENT ON COLUMN directives.ordinal IS 'Its number as written (二要 is 2); null if unnumbered. | 原文编号';
COMMENT ON COLUMN directives.speaker IS 'Person who gave it; null when the meeting or the text did. | 讲话人';
COMMENT ON COLUMN directives.addressee IS 'To whom, as written. | 对象';
COMMENT ON COLUMN directives.text IS 'The instruction, cut from documents.text. | 指令文本';
COMMENT ON COLUMN directives.start_char IS 'Start in documents.text. | 起';
COMMENT ON COLUMN directives.end_char IS 'End in documents.text. | 止';
COMMENT ON COLUMN directives.strength IS 'Wording strength: encourage, require or strict. | 措辞强度';
COMMENT ON COLUMN directives.deadline IS 'Deadline as written. | 期限';
COMMENT ON COLUMN directives.main_category IS 'First measure; null if none. | 主要类别';
COMMENT ON COLUMN directives.is_forwarded IS 'True where its words largely repeat a higher-level announcement. | 是否转述上级';
