INSERT INTO issuers BY NAME
SELECT
    substr(sha256(issuer), 1, 16) AS issuer_id,
    issuer AS name,
    mode(issuer_kind) AS kind,
    mode(level) AS level,
    mode(region_adcode) AS adcode,
    list_sort(list(DISTINCT issuer_as_written) FILTER (issuer_as_written IS NOT NULL)) AS aliases
FROM staged
WHERE issuer IS NOT NULL
GROUP BY issuer;
