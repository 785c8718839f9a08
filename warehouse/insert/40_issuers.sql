-- Issuers are what all documents together say of them, those of the build before included.
INSERT INTO issuers BY NAME
WITH named AS (
    SELECT issuer AS name, issuer_kind AS kind, level, region_adcode AS adcode, issuer_as_written
    FROM staged
    WHERE issuer IS NOT NULL
    UNION ALL BY NAME
    SELECT i.name, d.issuer_kind AS kind, d.level, d.adcode, d.issuer_as_written
    FROM prev.documents AS d
    INNER JOIN prev.issuers AS i USING (issuer_id)
    WHERE d.document_id NOT IN (SELECT document_id FROM replaced)
)

SELECT
    substr(sha256(name), 1, 16) AS issuer_id,
    name,
    mode(kind ORDER BY kind) AS kind,
    mode(level ORDER BY level) AS level,
    mode(adcode ORDER BY adcode) AS adcode,
    list_sort(coalesce(list(DISTINCT issuer_as_written) FILTER (issuer_as_written IS NOT NULL), [])) AS aliases
FROM named
GROUP BY name;
