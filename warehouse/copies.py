"""Copies among announcements, as a build keeps them: what is compared, and what was found. Imports nothing of ours.

Who finds them (etl/copies.py) reads and writes Arrow tables, so that millions of rows never become Python objects here.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa


def read_sketches(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """document_id, sketch, published_date, meeting_date (ISO), adcode, url: one row a document."""
    return connection.sql(
        """
        SELECT d.document_id, s.sketch, d.published_date::VARCHAR AS published_date,
            d.meeting_date::VARCHAR AS meeting_date, d.adcode, d.url
        FROM documents AS d INNER JOIN sketches AS s USING (document_id)
        """
    ).to_arrow_table()


def store_duplicates(connection: duckdb.DuckDBPyConnection, duplicates: pa.Table) -> None:
    """Marks near-duplicates; `duplicates` has document_id, duplicate_of, similarity. All others become primaries."""
    connection.execute(
        "UPDATE documents SET duplicate_of = NULL, similarity = NULL, is_primary = true WHERE NOT is_primary"
    )
    connection.register("duplicates", duplicates)
    connection.execute(
        """
        UPDATE documents SET duplicate_of = c.duplicate_of, similarity = c.similarity, is_primary = false
        FROM duplicates AS c WHERE documents.document_id = c.document_id
        """
    )
    connection.unregister("duplicates")


def read_directives(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """directive_id, text, date, level, adcode: the directives of primaries that are dated and have a level."""
    return connection.sql(
        """
        SELECT x.directive_id, x.text, d.date, d.level, d.adcode
        FROM directives AS x INNER JOIN documents AS d USING (document_id)
        WHERE d.is_primary AND d.date IS NOT NULL AND d.level IS NOT NULL
        """
    ).to_arrow_table()


def store_forwards(connection: duckdb.DuckDBPyConnection, forwards: pa.Table) -> None:
    """Fills `forwards` (its columns) and marks the directives that forward."""
    connection.register("found", forwards)
    connection.execute("INSERT INTO forwards BY NAME SELECT * FROM found")
    connection.unregister("found")
    connection.execute("UPDATE directives SET is_forwarded = false WHERE is_forwarded")
    connection.execute(
        "UPDATE directives SET is_forwarded = true WHERE directive_id IN (SELECT directive_id FROM forwards)"
    )


def keep_forwards(connection: duckdb.DuckDBPyConnection) -> None:
    """What the build before had, where no document changed."""
    connection.execute("INSERT INTO forwards BY NAME SELECT * FROM prev.forwards")
