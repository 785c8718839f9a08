"""Fills a build from a staging folder. The staging folder's Parquet is the contract with whoever extracts.

    staging/reference/*.parquet   tables of the schema under their own names: categories, regions, events, quality
    staging/records/*.parquet     one row a record (etl/stage.py writes them)
    staging/rejects/*.parquet     source, reason, detail, sample

Imports nothing of etl; SQL lies beside it: schema/, insert/, marts/, views/, checks/, one object a file.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

HERE = Path(__file__).parent


def sql_files(folder: str) -> list[Path]:
    """SQL files of a folder in the order of their names."""
    return sorted((HERE / folder).glob("*.sql"))


def run_folder(connection: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Executes every SQL file of a folder."""
    for path in sql_files(folder):
        connection.execute(path.read_text("utf-8"))


def parquet_of(staging: Path, kind: str) -> list[str]:
    return [str(path) for path in sorted((staging / kind).glob("*.parquet"))]


def load_reference(connection: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """Loads staging/reference/<table>.parquet into the tables of those names."""
    for file in parquet_of(staging, "reference"):
        table = Path(file).stem
        connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM read_parquet(?)', [file])


def load_records(connection: duckdb.DuckDBPyConnection, staging: Path, load_id: int) -> None:
    """Fills the tables from staged records, one file of insert/ a table."""
    files = parquet_of(staging, "records")
    if not files:
        return
    connection.execute("SET VARIABLE load_id = ?", [load_id])
    connection.execute("SET VARIABLE records = ?", [files])
    connection.execute("CREATE TEMP VIEW staged AS SELECT * FROM read_parquet(getvariable('records'))")
    run_folder(connection, "insert")
    connection.execute("DROP VIEW staged")


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Marts and views, once every table is filled."""
    run_folder(connection, "marts")
    run_folder(connection, "views")
