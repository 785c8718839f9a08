-- Directives are numbered 1, 2, 3 … in the order in which they stand.
SELECT document_id, seq, start_char, earlier
FROM (
    SELECT
        document_id,
        seq,
        start_char,
        row_number() OVER (PARTITION BY document_id ORDER BY seq) AS place,
        lag(start_char) OVER (PARTITION BY document_id ORDER BY seq) AS earlier
    FROM directives
)
WHERE seq <> place OR start_char < earlier;
