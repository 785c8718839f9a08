"""Writes a published build into a folder as Parquet or CSV, with the data dictionary beside it.

Imports warehouse.connection, dictionary and output. The build is read, never changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.connection import open_published
from warehouse.dictionary import Column, Table, describe, to_markdown
from warehouse.errors import WarehouseError
from warehouse.output import FORMULA_STARTS

Format = Literal["parquet", "csv"]

CSV_NOTE = (
    "In the CSV files a text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line "
    "break, or their full-width forms) has a ' in front; lists and structs are JSON. Parquet holds every value as it "
    "is."
)


def export_tables(directory: Path, target: Path, form: Format) -> Iterator[Path]:
    """Writes every table and view, but no mart, into `target` and yields each file; the dictionary comes last.

    Raises NotPublishedError, and WarehouseError where `target` holds something else already.
    """
    target.mkdir(parents=True, exist_ok=True)
    ours = {f".{form}", ".md"}
    if strange := sorted(p.name for p in target.iterdir() if p.suffix not in ours):
        raise WarehouseError(f"{target} holds {strange[0]}, which is no export of ours; name an empty folder.")
    with open_published(directory) as connection:
        tables = [table for table in describe(connection) if table.kind != "mart"]
        for table in tables:
            yield write_table(connection, table, target, form)
        yield write_dictionary(connection, tables, target, form)


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, target: Path, form: Format) -> Path:
    """Writes one table under a temporary name and gives it its own when it is whole."""
    path, partial = target / f"{table.name}.{form}", target / f".{table.name}.{form}"
    if form == "parquet":
        query, options = f'SELECT * FROM "{table.name}"', "FORMAT parquet, COMPRESSION zstd"
    else:
        cells = ", ".join(csv_cell(column) for column in table.columns)
        query, options = f'SELECT {cells} FROM "{table.name}"', "FORMAT csv, HEADER"
    connection.execute(f"COPY ({query}) TO '{str(partial).replace(chr(39), chr(39) * 2)}' ({options})")
    os.replace(partial, path)
    return path


def csv_cell(column: Column) -> str:
    """The expression that writes a column into CSV: text made safe, nested values as JSON, all else as it is."""
    name = '"' + column.name.replace('"', '""') + '"'
    if column.type.endswith("]") or column.type.startswith(("STRUCT", "MAP")):
        return f"CAST(to_json({name}) AS VARCHAR) AS {name}"
    if column.type == "VARCHAR":
        starts = ", ".join(f"chr({ord(character)})" for character in FORMULA_STARTS)
        return f"if(list_contains([{starts}], left(ltrim({name}, ' '), 1)), chr(39) || {name}, {name}) AS {name}"
    return name


def write_dictionary(connection: duckdb.DuckDBPyConnection, tables: list[Table], target: Path, form: Format) -> Path:
    newest = connection.execute("SELECT build_id, finished_at FROM loads ORDER BY load_id DESC LIMIT 1").fetchone()
    note = f"Export of build {newest[0]}, loaded {newest[1]:%Y-%m-%d %H:%M} UTC." if newest and newest[1] else ""
    path = target / "dictionary.md"
    path.write_text(to_markdown(tables, f"{note} {CSV_NOTE if form == 'csv' else ''}".strip(), counts=True), "utf-8")
    return path
