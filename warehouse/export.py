"""Writes a published build into a folder as Parquet or CSV, with the data dictionary beside it.

Imports warehouse.connection, dictionary and output. The build is read, never changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

import duckdb

from warehouse.connection import open_published
from warehouse.dictionary import Column, Table, describe, to_markdown
from warehouse.errors import WarehouseError
from warehouse.output import FORMULA_STARTS

Format = Literal["parquet", "csv"]

DICTIONARY = "dictionary.md"
MARK, MARK_LINE = "Export of build ", 3  # what tells an export's dictionary from a copy of docs/dictionary.md

CSV_NOTE = (
    "In the CSV files a text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line "
    "break, or their full-width forms) has a ' in front; lists and structs are JSON. Parquet holds every value as it "
    "is."
)


def export_tables(directory: Path, target: Path, form: Format) -> Iterator[Path]:
    """Writes every table and view, but no mart, into `target` and yields each file; the dictionary comes last.

    `target` is a new or empty folder, or an earlier export, which is replaced. Raises NotPublishedError, and
    WarehouseError where `target` holds anything else or a file cannot be read or written.
    """
    with open_published(directory) as connection:
        place = str(target)
        try:
            tables = [table for table in describe(connection) if table.kind != "mart"]
            refuse_strangers(target, tables)
            target.mkdir(parents=True, exist_ok=True)
            for table in tables:
                place = f"{table.name} into {target}"
                yield write_table(connection, table, target, form)
            place = f"{DICTIONARY} into {target}"
            yield write_dictionary(connection, tables, target, form)
        except (OSError, duckdb.Error) as error:
            raise WarehouseError(
                f"Cannot export {place}: {str(error).splitlines()[0]}. Name a folder that can be written and has room; "
                "if it is the warehouse that cannot be read, run `python -m etl build SOURCE` again."
            ) from error


def refuse_strangers(target: Path, tables: Sequence[Table]) -> None:
    """Raises WarehouseError unless `target` is new, empty or an earlier export with nothing else in it."""
    if not target.exists() or not (names := sorted(path.name for path in target.iterdir())):
        return
    ours = {DICTIONARY, *(f"{table.name}.{form}" for table in tables for form in get_args(Format))}
    strange = next((name for name in names if name.removeprefix(".") not in ours), None)
    if strange is None and is_export(target):
        return
    why = f"{strange}, which no export writes" if strange else f"{names[0]}, but no {DICTIONARY} of an earlier export"
    raise WarehouseError(f"{target} holds {why}; nothing was written. Name a new or an empty folder.")


def is_export(target: Path) -> bool:
    """Whether the folder's dictionary is one that an export wrote."""
    try:
        with (target / DICTIONARY).open(encoding="utf-8") as file:
            return any(line.startswith(MARK) for line in islice(file, MARK_LINE))
    except (OSError, UnicodeDecodeError):
        return False


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, target: Path, form: Format) -> Path:
    """Writes one table under a temporary name and gives it its own when it is whole."""
    path, partial = target / f"{table.name}.{form}", target / f".{table.name}.{form}"
    if form == "parquet":
        query, options = f'SELECT * FROM "{table.name}"', "FORMAT parquet, COMPRESSION zstd"
    else:
        cells = ", ".join(csv_cell(column) for column in table.columns)
        query, options = f'SELECT {cells} FROM "{table.name}"', "FORMAT csv, HEADER"
    partial.unlink(missing_ok=True)
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
    """Writes the dictionary, headed by the build and the day it was loaded, as `write_table` does a table."""
    newest = connection.execute("SELECT build_id, finished_at FROM loads ORDER BY load_id DESC LIMIT 1").fetchone()
    build, finished = newest or ("without loads", None)
    loaded = f", loaded {finished:%Y-%m-%d %H:%M} UTC" if finished else ""
    note = f"{MARK}{build}{loaded}. {CSV_NOTE if form == 'csv' else ''}".strip()
    path, partial = target / DICTIONARY, target / f".{DICTIONARY}"
    partial.unlink(missing_ok=True)  # else what an interrupted export left, or a link, is written through
    partial.write_text(to_markdown(tables, note, counts=True), "utf-8")
    os.replace(partial, path)
    return path
