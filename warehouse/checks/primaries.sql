-- A primary is a copy of nothing; a copy points at a primary and says how similar it is.
SELECT d.document_id, d.is_primary, d.duplicate_of, d.similarity, p.is_primary AS points_at_primary
FROM documents AS d
LEFT JOIN documents AS p ON p.document_id = d.duplicate_of
WHERE d.is_primary <> (d.duplicate_of IS NULL)
    OR (d.duplicate_of IS NOT NULL AND NOT coalesce(p.is_primary, false))
    OR (d.duplicate_of IS NOT NULL AND coalesce(d.similarity NOT BETWEEN 0 AND 1, true))
    OR (d.is_primary AND d.similarity IS NOT NULL);
