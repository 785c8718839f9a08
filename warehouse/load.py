"""Fills a build from a staging folder and from the build before it. Imports nothing of etl.

The staging folder's Parquet is the contract with whoever extracts; a folder may be missing or empty:

    staging/reference/*.parquet   tables of the schema under their own names: categories, regions, events, quality
    staging/records/*.parquet     one row a record that is new or was extracted again (etl/parquet.py: RECORDS)
    staging/rejects/*.parquet     source, reason, detail, sample
    staging/indicators/*.parquet  values of indices, as the table; they replace those of the same name, region and day
    staging/seen/*.parquet        document_id of every document that was read and is known already, unchanged
    staging/corrected/*.parquet   records as corrections make them, in place of those of the same document_id
    staging/dropped/*.parquet     document_id of every document that a correction withdraws
    staging/corrections/*.parquet the table corrections; without a file it stays as it was

SQL lies beside this file, one object a file: schema/, insert/, marts/, views/, checks/. Tables have primary keys where
people look things up; references between tables are held by checks/, since foreign keys make loads three times as
slow. While a build is filled, the build before it is attached as `prev` (empty for the first).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.changes import record_changes
from warehouse.errors import CheckError, WarehouseError
from warehouse.layout import layout_version, sql_files

HERE = Path(__file__).parent
KEPT_TABLES = ("loads", "changes", "source_roots")  # not of this run's documents
REFERENCE_TABLES = ("categories", "regions", "events", "quality")
ROOT_OF_SOURCE = "split_part(split_part(source, '/', 1), '#', 1)"
OFFENDERS_SHOWN = 5

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run read: the frame of a load."""

    build_id: str
    started_at: datetime  # UTC
    roots: Mapping[str, str]  # label → root_sha256 of the sources named in this run
    withdraw_from: tuple[str, ...]  # labels of roots that were read completely: what they lack is withdrawn
    rules_version: str
    engine: str  # local | spark | load | indicators


@dataclass(frozen=True, slots=True)
class Load:
    """What a load did: a row of the table loads."""

    load_id: int
    documents_read: int
    documents_new: int
    documents_changed: int
    documents_unchanged: int
    documents_withdrawn: int
    documents_rejected: int
    has_changed_documents: bool = False  # whether any row of a document is not as the build before has it
    is_needed: bool = False  # whether it was filled at all: publishing would otherwise change nothing


def begin(connection: Connection, previous: Path | None) -> None:
    """Makes the tables, and attaches the build before as `prev`."""
    if previous is None:
        connection.execute("ATTACH ':memory:' AS prev")
        connection.execute("USE prev")
        run_folder(connection, "schema")
    else:
        connection.execute(f"ATTACH {quote(str(previous))} AS prev (READ_ONLY)")
    connection.execute(f"USE {build_name(connection)}")
    run_folder(connection, "schema")


def build_name(connection: Connection) -> str:
    """Catalog name of the build's own file, quoted."""
    (name,) = connection.execute(
        "SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name <> 'prev'"
    ).fetchall()[0]
    return '"' + name.replace('"', '""') + '"'


def known_roots(connection: Connection) -> dict[str, str]:
    """Labels of the source roots that earlier builds read, and what they stand for."""
    return dict(connection.execute("SELECT label, root_sha256 FROM prev.source_roots").fetchall())


def known_documents(
    connection: Connection, document_ids: Sequence[str], rules_version: str
) -> dict[str, tuple[str, str]]:
    """SHA-256 of bytes and of metadata, of those documents that the build before has by the same rules."""
    rows = connection.execute(
        "SELECT document_id, raw_sha256, metadata_sha256 FROM prev.documents "
        "WHERE rules_version = ? AND document_id IN (SELECT unnest(?))",
        [rules_version, list(document_ids)],
    ).fetchall()
    return {document_id: (raw, metadata) for document_id, raw, metadata in rows}


def known_in_files(connection: Connection, files: Sequence[str], rules_version: str) -> pa.Table:
    """The same for all documents of files: document_id, raw_sha256, metadata_sha256."""
    return connection.sql(
        "SELECT document_id, raw_sha256, metadata_sha256 FROM prev.documents "
        "WHERE rules_version = ? AND regexp_replace(source, '#[0-9]+$', '') IN (SELECT unnest(?))",
        params=[rules_version, list(files)],
    ).to_arrow_table()


def fill(connection: Connection, staging: Path, reading: Reading) -> Load:
    """Fills every table: staged records, the rest of the build before, and what changed between the two.

    Leaves the tables empty where the load is not needed: the build before says all of it.
    """
    (load_id,) = connection.execute("SELECT coalesce(max(load_id), 0) + 1 FROM prev.loads").fetchall()[0]
    layout = layout_version(map(Path, parquet_of(staging, "reference")))
    connection.execute("SET VARIABLE load_id = ?", [load_id])
    connection.execute("SET VARIABLE roots = ?", [list(reading.roots)])
    view_staging(connection, staging)
    refuse_repeats(connection)
    take_corrections(connection, staging)
    find_withdrawn(connection, reading)
    load = count(connection, load_id)
    if is_needed(connection, layout):
        load_reference(connection, staging)
        carry_over(connection, reading)
        run_folder(connection, "insert")
        record_changes(connection)
        replaced = bool(connection.execute("FROM replaced LIMIT 1").fetchall())
        load = replace(count(connection, load_id), is_needed=True, has_changed_documents=replaced)
        record_load(connection, reading, load, layout)
    return load


def is_needed(connection: Connection, layout: str) -> bool:
    """False where a publish would change nothing that anybody can see."""
    (answer,) = connection.execute(
        f"""
        SELECT EXISTS (FROM replaced WHERE is_withdrawn)
            OR EXISTS (
                FROM staged AS n ANTI JOIN prev.documents AS o
                USING (document_id, raw_sha256, metadata_sha256, rules_version)
            )
            OR EXISTS (FROM staged_indicators EXCEPT FROM prev.indicators)
            OR ? IS DISTINCT FROM (SELECT layout_version FROM prev.loads ORDER BY load_id DESC LIMIT 1)
            OR EXISTS (
                FROM staged_rejects AS n
                FULL JOIN (
                    FROM prev.rejects WHERE {ROOT_OF_SOURCE} IN (SELECT unnest(getvariable('roots')))
                ) AS o USING (source, reason, detail)
                WHERE n.sample IS NULL OR o.load_id IS NULL
            )
            OR EXISTS (
                FROM staged_corrections AS n FULL JOIN prev.corrections AS o USING (correction_id)
                WHERE n.is_applied IS DISTINCT FROM o.is_applied
            )
        """,
        [layout],
    ).fetchall()[0]
    return bool(answer)


def count(connection: Connection, load_id: int) -> Load:
    """What the load did, as far as tables are filled."""
    seen, staged, rejected = connection.execute(
        "SELECT (SELECT count(*) FROM staged_seen), (SELECT count(*) FROM staged), "
        "(SELECT count(*) FROM staged_rejects)"
    ).fetchall()[0]
    changes: dict[str, int] = dict(
        connection.execute(
            "SELECT change, count(*) FROM changes WHERE load_id = getvariable('load_id') GROUP BY change"
        ).fetchall()
    )
    new, withdrawn = changes.pop("new", 0), changes.pop("withdrawn", 0)
    changed = sum(changes.values())
    return Load(
        load_id=load_id,
        documents_read=seen + staged + rejected,
        documents_new=new,
        documents_changed=changed,
        documents_unchanged=seen + staged - new - changed,
        documents_withdrawn=withdrawn,
        documents_rejected=rejected,
    )


def view_staging(connection: Connection, staging: Path) -> None:
    """Makes staged records, rejects and seen ids readable as `staged`, `staged_rejects` and `staged_seen`."""
    connection.execute("CREATE TEMP TABLE staged_seen (document_id VARCHAR)")
    connection.execute(
        "CREATE TEMP TABLE staged_rejects (source VARCHAR, reason VARCHAR, detail VARCHAR, sample VARCHAR)"
    )
    for kind in ("seen", "rejects"):
        if files := parquet_of(staging, kind):
            connection.execute(f"INSERT INTO staged_{kind} BY NAME SELECT * FROM read_parquet(?)", [files])
    connection.execute("CREATE TEMP TABLE staged_indicators AS FROM indicators LIMIT 0")
    if files := parquet_of(staging, "indicators"):
        connection.execute(  # of two values for a day the last stands
            "INSERT INTO staged_indicators BY NAME SELECT * EXCLUDE (file_row_number) "
            "FROM read_parquet(?, file_row_number = true) QUALIFY row_number() OVER ("
            "PARTITION BY name, adcode, date ORDER BY filename DESC, file_row_number DESC) = 1",
            [files],
        )
    files = parquet_of(staging, "records")
    if not files:
        raise WarehouseError(f"{staging.name}/records holds no Parquet; stage at least one file, empty or not")
    connection.execute("SET VARIABLE records = ?", [files])
    connection.execute("CREATE TEMP VIEW staged AS SELECT * FROM read_parquet(getvariable('records'))")


def load_reference(connection: Connection, staging: Path) -> None:
    """Reference tables as staged; tables that were not staged as they were before."""
    staged = {Path(file).stem: file for file in parquet_of(staging, "reference")}
    for table in REFERENCE_TABLES:
        if table in staged:
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet(?)", [staged[table]])
        else:
            copy_table(connection, table)


def refuse_repeats(connection: Connection) -> None:
    """Records of one document_id or one source twice in a run, or of a source that another document has.

    The first stands, the others become rejects.
    """
    connection.execute(
        """
        CREATE TEMP TABLE refused AS
        WITH placed AS (
            SELECT
                document_id, source, filename, file_row_number,
                row_number() OVER (PARTITION BY document_id ORDER BY filename, file_row_number) AS nth_of_id,
                row_number() OVER (PARTITION BY source ORDER BY filename, file_row_number) AS nth_of_source
            FROM read_parquet(getvariable('records'), filename = true, file_row_number = true)
        )

        SELECT filename, file_row_number, source, 'source ' || source || ' was read twice in this run' AS fault
        FROM placed WHERE nth_of_source > 1
        UNION ALL
        SELECT filename, file_row_number, source, 'document_id ' || document_id || ' was read twice in this run'
        FROM placed WHERE nth_of_id > 1 AND nth_of_source = 1
        UNION ALL
        SELECT filename, file_row_number, n.source, 'source ' || source || ' belongs to document_id ' || o.document_id
        FROM placed AS n INNER JOIN prev.documents AS o USING (source)
        WHERE n.document_id <> o.document_id AND nth_of_id = 1 AND nth_of_source = 1
        """
    )
    if not connection.execute("FROM refused LIMIT 1").fetchall():
        return
    connection.execute(
        """
        CREATE OR REPLACE TEMP VIEW staged AS
        SELECT * EXCLUDE (filename, file_row_number)
        FROM read_parquet(getvariable('records'), filename = true, file_row_number = true)
        ANTI JOIN refused USING (filename, file_row_number)
        """
    )
    connection.execute(
        "INSERT INTO staged_rejects SELECT source, 'repeated', fault || '; give each document its own', '' FROM refused"
    )


def take_corrections(connection: Connection, staging: Path) -> None:
    """Makes `staged_corrections` and `dropped`, and puts corrected records in the place of those in `staged`."""
    connection.execute("CREATE TEMP TABLE staged_corrections AS FROM corrections LIMIT 0")
    connection.execute("CREATE TEMP TABLE dropped (document_id VARCHAR)")
    if not (files := parquet_of(staging, "corrections")):
        copy_table(connection, "corrections", into="staged_corrections")
        return
    connection.execute("INSERT INTO staged_corrections BY NAME SELECT * FROM read_parquet(?)", [files])
    connection.execute("INSERT INTO dropped SELECT document_id FROM read_parquet(?)", [parquet_of(staging, "dropped")])
    connection.execute("INSERT INTO staged_seen FROM staged SEMI JOIN dropped USING (document_id) SELECT document_id")
    connection.execute("SET VARIABLE corrected = ?", [parquet_of(staging, "corrected")])
    connection.execute("ALTER VIEW staged RENAME TO as_read")
    connection.execute(
        """
        CREATE TEMP VIEW staged AS
        WITH corrected AS (FROM read_parquet(getvariable('corrected')))

        FROM as_read ANTI JOIN corrected USING (document_id) ANTI JOIN dropped USING (document_id)
        UNION ALL BY NAME
        FROM corrected SEMI JOIN as_read USING (document_id)
        """
    )


def restage(connection: Connection, document_ids: Sequence[str]) -> pa.Table:
    """Documents of the build before as the records they were loaded from, but for issuer_key."""
    query = (HERE / "restage.sql").read_text("utf-8")
    return connection.sql(query, params={"ids": list(document_ids)}).to_arrow_table()


def earlier_corrections(connection: Connection) -> list[dict[str, Any]]:
    """Rows of the table corrections of the build before, in order."""
    found = connection.execute("FROM prev.corrections")
    names = [column[0] for column in found.description]
    return sorted((dict(zip(names, row, strict=True)) for row in found.fetchall()), key=lambda row: row["seq"])


def failed_corrections(connection: Connection) -> tuple[str, ...]:
    """The corrections that are not applied, and why."""
    rows = connection.execute(
        "SELECT document_id || ' ' || field || ' (' || author || '): ' || failure FROM staged_corrections "
        "WHERE NOT is_applied ORDER BY seq"
    ).fetchall()
    return tuple(message for (message,) in rows)


def find_withdrawn(connection: Connection, reading: Reading) -> None:
    """Makes `replaced`: ids whose rows of before are not carried over, and whether they are gone for good.

    A document is withdrawn where its root was read completely and it was not there. One that was there but could not
    be read keeps the rows it had: a reject tells.
    """
    connection.execute("CREATE TEMP TABLE replaced AS SELECT document_id, false AS is_withdrawn FROM staged")
    connection.execute(
        """
        INSERT INTO replaced
        SELECT d.document_id, true
        FROM prev.documents AS d
        WHERE d.source_root IN (SELECT unnest(?))
            AND d.document_id NOT IN (SELECT document_id FROM staged_seen)
            AND d.document_id NOT IN (SELECT document_id FROM staged)
            AND NOT EXISTS (
                SELECT 1 FROM staged_rejects AS r
                WHERE d.source = r.source
                    OR starts_with(d.source, r.source || '#') OR starts_with(d.source, r.source || '/')
            )
        """,
        [list(reading.withdraw_from)],
    )
    connection.execute(
        "INSERT INTO replaced SELECT document_id, true FROM dropped INNER JOIN prev.documents USING (document_id) "
        "WHERE document_id NOT IN (SELECT document_id FROM replaced)"
    )


def carry_over(connection: Connection, reading: Reading) -> None:
    """Copies from the build before what this run did not touch."""
    for table in document_tables(connection):
        copy_table(connection, table, "document_id NOT IN (SELECT document_id FROM replaced)")
    for table in KEPT_TABLES:
        copy_table(connection, table)
    connection.execute("INSERT INTO corrections FROM staged_corrections")
    for label, root_sha256 in reading.roots.items():
        connection.execute("INSERT OR REPLACE INTO source_roots VALUES (?, ?)", [label, root_sha256])
    copy_table(
        connection,
        "indicators",
        "(name, coalesce(adcode, ''), date) NOT IN (SELECT (name, coalesce(adcode, ''), date) FROM staged_indicators)",
    )
    connection.execute("INSERT INTO indicators BY NAME SELECT * FROM staged_indicators")
    copy_table(connection, "rejects", f"{ROOT_OF_SOURCE} NOT IN (SELECT unnest(getvariable('roots')))")
    connection.execute(
        "INSERT INTO rejects SELECT getvariable('load_id'), source, reason, detail, sample FROM staged_rejects"
    )


def document_tables(connection: Connection) -> list[str]:
    """Tables that hold rows of documents."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal "
        "AND column_name = 'document_id' AND table_name IN (SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND NOT temporary) ORDER BY table_name"
    ).fetchall()
    return [table for (table,) in rows if table not in (*KEPT_TABLES, "corrections")]


def copy_table(connection: Connection, table: str, where: str = "true", into: str | None = None) -> None:
    """Copies rows of a table from the build before. Columns that one of the two lacks are left out.

    Raises WarehouseError where the rows do not fit the tables of today.
    """
    try:
        connection.execute(
            f"INSERT INTO {into or table} BY NAME SELECT {common_columns(connection, table)} "
            f"FROM prev.{table} WHERE {where}"
        )
    except duckdb.ConstraintException as error:
        raise WarehouseError(
            f"The published warehouse has an older table {table}, which cannot be carried over ({error}). "
            "Build all sources into a new folder: python -m etl build SOURCE… --warehouse NEW_FOLDER"
        ) from error
    except duckdb.CatalogException:
        return  # the build before did not have this table


def common_columns(connection: Connection, table: str) -> str:
    """Columns that a table has both here and in the build before, for a SELECT."""
    columns = connection.execute(
        "SELECT string_agg('\"' || column_name || '\"', ', ') FROM (SELECT column_name FROM duckdb_columns() "
        "WHERE table_name = ? AND database_name IN (current_database(), 'prev') "
        "GROUP BY column_name HAVING count(*) = 2)",
        [table],
    ).fetchall()[0][0]
    return columns or "*"


def record_load(connection: Connection, reading: Reading, load: Load, layout: str) -> None:
    """Writes the row of this load."""
    counts = {field.name: getattr(load, field.name) for field in fields(load) if field.type == "int"}
    row = {
        "build_id": reading.build_id,
        "started_at": reading.started_at,
        "finished_at": datetime.now(UTC).replace(tzinfo=None),
        "sources": list(reading.roots),
        "rules_version": reading.rules_version,
        "layout_version": layout,
        "engine": reading.engine,
        **counts,
    }
    columns = ", ".join(row)
    places = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO loads ({columns}) VALUES ({places})", list(row.values()))


def totals(connection: Connection, load: Load) -> tuple[int, int]:
    """Documents and directives in the warehouse once the load is published."""
    where = "" if load.is_needed else "prev."
    return connection.execute(
        f"SELECT (SELECT count(*) FROM {where}documents), (SELECT count(*) FROM {where}directives)"
    ).fetchall()[0]


def finish(connection: Connection) -> None:
    """Marts and views, once every table is filled; then the build before is let go."""
    run_folder(connection, "marts")
    run_folder(connection, "views")
    connection.execute("DETACH prev")


def check(connection: Connection) -> None:
    """Runs every check. Raises CheckError with the first rows that offend."""
    broken = []
    for path in sql_files("checks"):
        rows = connection.execute(path.read_text("utf-8")).fetchmany(OFFENDERS_SHOWN + 1)
        connection.abort()
        if rows:
            shown = "; ".join(str(row) for row in rows[:OFFENDERS_SHOWN])
            broken.append(f"{path.stem}: {shown}{' …' if len(rows) > OFFENDERS_SHOWN else ''}")
    if broken:
        raise CheckError("The build breaks a check and was not published.\n" + "\n".join(broken))


def run_folder(connection: Connection, folder: str) -> None:
    """Executes every SQL file of a folder, in one transaction: hundreds of comments would else be a commit each."""
    connection.execute("BEGIN")
    for path in sql_files(folder):
        connection.execute(path.read_text("utf-8")).fetchall()
    connection.execute("COMMIT")


def parquet_of(staging: Path, kind: str) -> list[str]:
    """Parquet files of one kind in a staging folder."""
    return [str(path) for path in sorted((staging / kind).glob("*.parquet"))]


def quote(text: str) -> str:
    """A SQL string literal, for the few statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"
