INSERT INTO documents BY NAME
WITH places AS (
    SELECT path, min(adcode) AS adcode FROM regions GROUP BY path
)

SELECT
    s.document_id,
    s.source,
    s.source_root,
    s.url,
    s.url_role,
    lower(nullif(regexp_extract(s.url, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)', 1), '')) AS url_host,
    s.record_id,
    s.captured_at,
    s.title,
    s.script,
    s.doc_type,
    s.meeting_date,
    s.published_date,
    s.effective_date,
    coalesce(s.meeting_date, s.published_date) AS date,
    s.date_precision,
    s.date_basis,
    s.date_evidence,
    s.date_basis <> 'text' AS is_date_inferred,
    g.adcode,
    g.province_adcode,
    s.region_path,
    s.region_evidence,
    s.level,
    substr(sha256(s.issuer_key), 1, 16) AS issuer_id,
    s.issuer AS issuer_name,
    s.issuer_as_written,
    s.issuer_kind,
    s.venue_format,
    NULL AS duplicate_of,
    NULL AS similarity,
    true AS is_primary,
    len(s.directives) AS directive_count,
    s.text,
    s.raw_text,
    s.text_starts,
    s.raw_starts,
    s.encoding,
    s.raw_sha256,
    s.metadata_sha256,
    s.rules_version,
    coalesce(p.first_load_id, getvariable('load_id')) AS first_load_id,
    getvariable('load_id') AS load_id
FROM staged AS s
-- a township has no code of its own: the longest part of its path that has one stands for it
LEFT JOIN places AS p3 ON p3.path = s.region_path[:3]
LEFT JOIN places AS p2 ON p2.path = s.region_path[:2]
LEFT JOIN places AS p1 ON p1.path = s.region_path[:1]
LEFT JOIN regions AS g ON g.adcode = coalesce(s.region_adcode, p3.adcode, p2.adcode, p1.adcode)
LEFT JOIN prev.documents AS p ON p.document_id = s.document_id;
