-- Issuers are what all documents say of them, those carried over included. A body that was renamed is one issuer:
-- the name that most documents bear, the others as aliases.
INSERT INTO issuers BY NAME
WITH named AS (
    SELECT issuer_id, mode(issuer_name ORDER BY issuer_name) AS name
    FROM documents
    WHERE issuer_id IS NOT NULL
    GROUP BY issuer_id
),

written AS (
    SELECT issuer_id, issuer_name AS alias FROM documents
    UNION
    SELECT issuer_id, issuer_as_written AS alias FROM documents
),

aliased AS (
    SELECT w.issuer_id, list(w.alias ORDER BY w.alias) AS aliases
    FROM written AS w
    INNER JOIN named AS n USING (issuer_id)
    WHERE w.alias <> n.name
    GROUP BY w.issuer_id
)

SELECT
    n.issuer_id,
    n.name,
    mode(d.issuer_kind ORDER BY d.issuer_kind) AS kind,
    mode(d.level ORDER BY d.level) AS level,
    mode(d.adcode ORDER BY d.adcode) AS adcode,
    coalesce(any_value(a.aliases), []) AS aliases
FROM named AS n
INNER JOIN documents AS d USING (issuer_id)
LEFT JOIN aliased AS a USING (issuer_id)
GROUP BY n.issuer_id, n.name;
