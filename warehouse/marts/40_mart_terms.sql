-- Which telling words each document has, once a document: evidence terms of its directives, and policy labels that it
-- quotes. What is new in a period is found in it without reading the texts again.
CREATE TABLE mart_terms AS
WITH found AS (
    SELECT document_id, unnest(terms).term AS term, false AS is_slogan
    FROM measures
    UNION ALL BY NAME
    SELECT document_id, label AS term, true AS is_slogan
    FROM slogans
)
SELECT f.term, m.document_no, bool_or(f.is_slogan) AS is_slogan
FROM found AS f
INNER JOIN mart_documents AS m USING (document_id)
GROUP BY f.term, m.document_no
ORDER BY f.term, m.document_no;

COMMENT ON TABLE mart_terms IS 'One row a document and telling word in it: an evidence term or a quoted policy label. | 每篇公告中的每个证据词或政策标签一行。';
COMMENT ON COLUMN mart_terms.term IS 'The word. | 词';
COMMENT ON COLUMN mart_terms.document_no IS 'Dense number of the document in this build. | 本版本内文档序号';
COMMENT ON COLUMN mart_terms.is_slogan IS 'True where the document quotes it as a label of a policy. | 是否政策标签';
