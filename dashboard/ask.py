"""Readers' own SQL: stored questions, the data dictionary, and queries in the warehouse's sandbox.

With builds.py and corrections.py the only importer of warehouse. Knows no page: the SQL page draws what this gives.
"""

from __future__ import annotations

import io
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import builds
from dashboard.builds import Build, cached
from warehouse import ask as stored
from warehouse.ask import Parameter, Question
from warehouse.dictionary import Table, describe
from warehouse.errors import (
    QueryBusyError,
    QueryCancelledError,
    QueryError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeError,
    QuestionError,
)
from warehouse.output import as_text, unique_names
from warehouse.reasons import WORDS as REASONS
from warehouse.reasons import Reason
from warehouse.sandbox import LONGEST_SQL, Limits, Result, RunningQuery, run_query, start_query

log = logging.getLogger("dashboard")

# What the editor begins with.
EXAMPLE = """SELECT province, count(*) AS directives
FROM v_directives
WHERE is_primary
GROUP BY province
ORDER BY directives DESC"""

LIMITS = Limits(bytes=8_000_000, queue_seconds=3.0)  # a session holds its last answer
CHOICES = Limits(seconds=3.0, rows=500, bytes=200_000, queue_seconds=3.0)
KINDS: tuple[tuple[type[QueryError], str], ...] = (
    (QueryRefusedError, "refused"),
    (QueryTimeError, "time"),
    (QueryMemoryError, "memory"),
    (QueryBusyError, "busy"),
    (QueryCancelledError, "cancelled"),
)

__all__ = ["LONGEST_SQL", "REASONS", "Parameter", "Question", "Table"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query as a table that can be shown, drawn and taken away."""

    frame: pd.DataFrame
    types: tuple[str, ...]  # DuckDB's, of the frame's columns
    cut: str | None  # "rows" or "bytes" where a limit ended it early
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a query has no answer. kind: refused, failed, time, memory, busy or cancelled; places count from 1.

    reason: None where DuckDB gave its own, which is then the message.
    """

    kind: str
    message: str
    line: int | None = None
    column: int | None = None
    reason: Reason | None = None


class Running:
    """A query on its way, in a thread of its own: it goes on while the page is drawn anew, and ends with its limits."""

    def __init__(self, build: Build, sql: str, parameters: Mapping[str, Any], explain: bool) -> None:
        self.started = time.monotonic()
        self._query: RunningQuery | None = None
        self._is_cancelled = False
        self._outcome: Answer | Failure | None = None
        self._thread = threading.Thread(target=self._run, args=(build, sql, parameters, explain), daemon=True)
        self._thread.start()

    def _run(self, build: Build, sql: str, parameters: Mapping[str, Any], explain: bool) -> None:
        try:
            self._query = start_query(sql, parameters, database=build.path, limits=LIMITS, explain=explain)
            if self._is_cancelled:
                self._query.cancel()
            self._outcome = answer_of(self._query.result())
        except QueryError as error:
            self._outcome = failure_of(error)
        except Exception as error:  # whatever it is, the page must not wait for ever
            log.exception("a query's answer could not be read")
            self._outcome = Failure("failed", type(error).__name__)

    def outcome(self, seconds: float) -> Answer | Failure | None:
        """What came of it, after at most so many seconds; None while it runs."""
        self._thread.join(seconds)
        return None if self._thread.is_alive() else self._outcome

    def cancel(self) -> None:
        """Ends it; nothing happens where it has ended."""
        self._is_cancelled = True
        if self._query is not None and self._thread.is_alive():
            self._query.cancel()


def start(build: Build, sql: str, parameters: Mapping[str, Any], explain: bool) -> Running:
    """Starts a query; of the parameters it is given those that it names."""
    named = {name: value for name, value in parameters.items() if f"${name}" in sql}
    return Running(build, sql, named, explain)


def answer_of(result: Result) -> Answer:
    """A result as a table: nested values as JSON, repeated names with a number.

    Numbers beyond 64 bits are text, and so are decimals of a column where a float would lose digits of one.
    """
    columns = {}
    for i, (name, kind) in enumerate(zip(unique_names(result.columns), result.types, strict=True)):
        values = [row[i] for row in result.rows]
        if kind.endswith(("]", "HUGEINT")) or kind.startswith(("STRUCT", "MAP", "UNION", "UBIGINT")):
            values = [None if value is None else as_text(value) for value in values]
        elif kind.startswith("DECIMAL"):
            write = float if all(v is None or Decimal(repr(float(v))) == v for v in values) else as_text
            values = [None if value is None else write(value) for value in values]
        columns[name] = pd.Series(values, dtype="Int64" if kind in INTEGERS else None)
    return Answer(pd.DataFrame(columns), result.types, result.cut, result.elapsed_ms)


INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})


def failure_of(error: QueryError) -> Failure:
    """A sandbox's error as the page shows it: its kind, words and place, and the reason where it is ours."""
    kind = next((kind for family, kind in KINDS if isinstance(error, family)), "failed")
    message = str(error).removesuffix(f" (line {error.line}, column {error.column})")
    return Failure(kind, message, error.line, error.column, error.reason)


def to_parquet(answer: Answer) -> bytes:
    """The answer as a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(answer.frame, preserve_index=False), out, compression="zstd")
    return out.getvalue()


def questions() -> tuple[Question, ...]:
    """Stored questions, by name."""
    return stored.list_questions()


def read_parameter(parameter: Parameter, text: str) -> Any:
    """The value of a text, the default for none. Raises ValueError where it is not one of the parameter's type."""
    if not text.strip():
        return parameter.default
    try:
        return parameter.read(text)
    except QuestionError as error:
        raise ValueError(str(error)) from None


@cached
def choices(build: Build, sql: str) -> list[str]:
    """Values that a stored question offers for a parameter; none where they cannot be had."""
    try:
        return [str(row[0]) for row in run_query(sql, database=build.path, limits=CHOICES).rows]
    except QueryError:
        return []


@cached
def tables(build: Build) -> tuple[Table, ...]:
    """The data dictionary of the build: views, tables and marts, with the rows of tables and marts."""
    cursor = builds.connect(build.path).cursor()
    try:
        return describe(cursor)
    finally:
        cursor.close()


@cached
def count_rows(build: Build, table: Table) -> int | None:
    """Rows of a table or view of the dictionary; None where counting a view takes too long."""
    if table.rows is not None:
        return table.rows
    try:
        name = table.name.replace('"', '""')
        return int(run_query(f'SELECT count(*) FROM "{name}"', database=build.path, limits=CHOICES).rows[0][0])
    except QueryError:
        return None
