"""What a load changed, document by document: the build being filled against the build before (`prev`).

Imports nothing of ours. A document that was extracted again and says the same is no change.
"""

from __future__ import annotations

import duckdb

# columns of documents that say when and how it was read or how it stands to others, not what it says
BOOKKEEPING = (
    "document_id",
    "source_root",
    "date",
    "is_date_inferred",
    "province_adcode",
    "url_host",
    "duplicate_of",
    "similarity",
    "is_primary",
    "directive_count",
    "raw_sha256",
    "metadata_sha256",
    "rules_version",
    "first_load_id",
    "load_id",
)
PARTS = ("directives", "measures", "reported", "people", "figures", "citations", "slogans", "repairs", "conveyed")


def record_changes(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `changes` for this load, and sets documents.load_id back where nothing changed."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'documents' "
            "AND database_name IN (current_database(), 'prev') GROUP BY column_name HAVING count(*) = 2 "
            "ORDER BY min(column_index)"
        ).fetchall()
        if name not in BOOKKEEPING
    ]
    differing = ", ".join(f'CASE WHEN n."{c}" IS DISTINCT FROM o."{c}" THEN \'{c}\' END' for c in columns)
    before = {
        table
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'prev'"
        ).fetchall()
    }
    parts = "\nUNION ALL\n".join(differing_part(part) for part in PARTS if part in before)
    connection.execute(
        f"""
        CREATE TEMP TABLE differing AS
        WITH recorrected AS (
            SELECT document_id FROM (SELECT document_id, correction_id, is_applied FROM corrections) AS n
            FULL JOIN (SELECT document_id, correction_id, is_applied FROM prev.corrections) AS o
                USING (document_id, correction_id, is_applied)
            WHERE n.correction_id IS NULL OR o.correction_id IS NULL
        ),
        again AS (
            SELECT document_id FROM prev.documents WHERE document_id IN (SELECT document_id FROM staged)
        ),
        part_fields AS ({parts}),
        fields AS (
            SELECT
                n.document_id,
                list_filter([{differing}], lambda f: f IS NOT NULL) AS own,
                n.raw_sha256 <> o.raw_sha256 AS is_text_changed,
                n.rules_version <> o.rules_version AS are_rules_changed
            FROM documents AS n
            INNER JOIN prev.documents AS o USING (document_id)
            WHERE n.document_id IN (SELECT document_id FROM again)
        ),
        part_lists AS (
            SELECT document_id, list(field ORDER BY field) AS parts FROM part_fields GROUP BY document_id
        )
        SELECT
            document_id,
            list_concat(own, coalesce(parts, [])) AS fields,
            CASE WHEN is_text_changed THEN 'text_changed' WHEN are_rules_changed THEN 'rules_changed'
                WHEN document_id IN (SELECT document_id FROM recorrected) THEN 'corrected'
                ELSE 'metadata_changed' END AS change,
            is_text_changed
        FROM fields LEFT JOIN part_lists USING (document_id)
        """
    )
    connection.execute(
        """
        INSERT INTO changes BY NAME
        SELECT getvariable('load_id') AS load_id, document_id, n.source, n.title, d.change, d.fields
        FROM differing AS d INNER JOIN documents AS n USING (document_id)
        WHERE d.is_text_changed OR len(d.fields) > 0
        UNION ALL BY NAME
        SELECT getvariable('load_id') AS load_id, document_id, source, title, 'new' AS change, [] AS fields
        FROM staged WHERE document_id NOT IN (SELECT document_id FROM prev.documents)
        UNION ALL BY NAME
        SELECT getvariable('load_id') AS load_id, o.document_id, o.source, o.title, 'withdrawn' AS change, [] AS fields
        FROM replaced AS r INNER JOIN prev.documents AS o USING (document_id)
        WHERE r.is_withdrawn
        """
    )
    connection.execute(
        """
        UPDATE documents SET load_id = o.load_id
        FROM differing AS d INNER JOIN prev.documents AS o USING (document_id)
        WHERE documents.document_id = d.document_id AND NOT d.is_text_changed AND len(d.fields) = 0
        """
    )


def differing_part(table: str) -> str:
    """A SELECT of (document_id, field) for documents whose rows in a table differ between the builds."""
    hashed = (
        "SELECT document_id, count(*) AS n, sum(hash(t)::HUGEINT) AS h "
        "FROM (SELECT {columns} FROM {catalog}{table} WHERE document_id IN (SELECT document_id FROM again)) AS t "
        "GROUP BY document_id"
    )
    columns = "* EXCLUDE (is_forwarded)" if table == "directives" else "*"
    new = hashed.format(columns=columns, catalog="", table=table)
    old = hashed.format(columns=columns, catalog="prev.", table=table)
    return (
        f"SELECT document_id, '{table}' AS field FROM ({new}) AS n FULL JOIN ({old}) AS o USING (document_id) "
        "WHERE n.n IS DISTINCT FROM o.n OR n.h IS DISTINCT FROM o.h"
    )
