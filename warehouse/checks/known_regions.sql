-- Region codes are in the gazetteer, and a province is the province of its region.
SELECT 'documents' AS found_in, document_id AS key, d.adcode, d.province_adcode
FROM documents AS d
LEFT JOIN regions AS r ON r.adcode = d.adcode
WHERE (d.adcode IS NOT NULL AND r.adcode IS NULL)
    OR (d.adcode IS NOT NULL AND d.province_adcode IS DISTINCT FROM r.province_adcode)
    OR (d.adcode IS NULL AND d.province_adcode IS NOT NULL)
UNION ALL
SELECT 'issuers', issuer_id, adcode, NULL
FROM (FROM issuers WHERE adcode IS NOT NULL) ANTI JOIN regions USING (adcode)
UNION ALL
SELECT 'events', CAST(event_id AS VARCHAR), adcode, NULL
FROM (FROM events WHERE adcode IS NOT NULL) ANTI JOIN regions USING (adcode)
UNION ALL
SELECT 'regions.parent_adcode', r.adcode, r.parent_adcode, r.province_adcode
FROM (FROM regions WHERE parent_adcode IS NOT NULL) AS r
LEFT JOIN regions AS p ON p.adcode = r.parent_adcode
WHERE p.adcode IS NULL;
