"""Runs SQL that nobody has vouched for: the SQL page, the command line and stored questions all come through here.

Imports warehouse.errors, reasons and settings; the query itself runs in warehouse.sandbox_worker, one process a query,
which holds a read-only view of one file and no other right (warehouse.confine says which layers, warehouse.gate which
SQL).

    result = run_query("SELECT count(*) AS n FROM documents", database=published_path(directory))
    result.rows   # [(264,)]

What bounds a query is in `Limits`. Whatever a query does, the caller gets a `Result` or a `QueryError` within
`Limits.seconds` and the time that starting a process takes (about 0.15 s).
"""

from __future__ import annotations

import fcntl
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from warehouse.errors import (
    QueryBusyError,
    QueryCancelledError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeError,
)
from warehouse.reasons import WORDS, Reason
from warehouse.settings import ROOT

LONGEST_SQL = 100_000  # characters
START_SECONDS = 0.8  # what starting a process may take; killed at Limits.seconds and this
YIELD_SECONDS = 0.3  # after which a query yields the processor to younger ones
YIELDING = 15  # its niceness then
START_PATIENCE = 3.0  # after which it counts as begun
LONG_SECONDS = 1.0  # after which it is a long one, and yields its place too


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many may run at once on this machine for this user."""

    seconds: float = 10.0
    rows: int = 10_000
    columns: int = 1_000
    bytes: int = 20_000_000  # of the result as it crosses the pipe
    memory_mb: int = 512  # DuckDB's own limit
    address_space: int = 2 << 30  # bytes; the kernel's limit, for what DuckDB does not count
    threads: int = 2
    quick_at_once: int = 6  # queries in their first second, over all processes
    long_at_once: int = 4  # queries beyond it: one that finds no place among them is stopped
    queue_seconds: float = 10.0  # how long to wait for a place among the quick


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a query: `columns` and DuckDB's `types` side by side, `rows` in the values of those types.

    DATE, TIMESTAMP, TIME, DECIMAL and BLOB columns hold date, datetime, time, Decimal and bytes; inside lists and
    structs they are ISO or decimal text, as intervals and UUIDs are everywhere.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: str | None  # "rows" or "bytes" where a limit ended the result early
    elapsed_ms: float  # of the query itself
    layers: tuple[str, ...]  # of confinement that held

    @property
    def truncated(self) -> bool:
        """Whether a limit ended the result early."""
        return self.cut is not None


def run_query(
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    database: Path | str,
    limits: Limits | None = None,
    explain: bool = False,
) -> Result:
    """The result of one SELECT, or its plan. Parameters are named: `$month` takes parameters["month"].

    Raises a QueryError: QueryRefusedError, QueryFailedError (both with line and column where known), QueryTimeError,
    QueryMemoryError, QueryBusyError.
    """
    return start_query(sql, parameters, database=database, limits=limits, explain=explain).result()


def start_query(
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    database: Path | str,
    limits: Limits | None = None,
    explain: bool = False,
) -> RunningQuery:
    """Starts a query and returns at once; `result()` waits for it and `cancel()`, from any thread, ends it.

    Raises QueryBusyError after `queue_seconds` where as many young queries as allowed are running.
    """
    limits = limits or Limits()
    if len(sql) > LONGEST_SQL:
        raise _refused("too_long", length=str(len(sql)), most=str(LONGEST_SQL))
    if not sql.isprintable() and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in sql):
        raise _refused("no_text")
    job = {
        "path": str(Path(database).resolve()),
        "sql": sql,
        "parameters": {name: _parameter(value) for name, value in (parameters or {}).items()},
        "explain": explain,
        "rows": limits.rows,
        "columns": limits.columns,
        "bytes": limits.bytes,
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
        "address_space": limits.address_space,
        "threads": limits.threads,
    }
    return RunningQuery(sql, job, limits, _take_quick_slot(limits))


class RunningQuery:
    """A query in its process. Made by `start_query`."""

    def __init__(self, sql: str, job: dict[str, Any], limits: Limits, slot: IO[bytes]) -> None:
        self._sql, self._limits, self._slot = sql, limits, slot
        self._cancelled = False
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            _worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={},
            cwd="/",
            process_group=0,  # Ctrl-C is not for it; no session of its own, for between sessions niceness may not count
        )
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as pipe:
            pipe.write(json.dumps(job).encode() + b"\n")

    def cancel(self) -> None:
        """Ends the query; `result()` then raises QueryCancelledError."""
        self._cancelled = True
        self._kill()

    def result(self) -> Result:
        """Waits for the answer, no longer than the limit; the process is gone afterwards. Call it once."""
        with self._process:
            try:
                output, complaint, stopped = self._read()
            finally:
                self._kill()
                status = self._process.wait()
                self._slot.close()
        if self._cancelled:
            raise QueryCancelledError("The query was cancelled.")
        if stopped == "time" or -status in (signal.SIGALRM, signal.SIGXCPU):
            raise self._out_of_time()
        if stopped == "place":
            raise QueryBusyError(f"Stopped after {LONG_SECONDS:g} s: {_busy(self._limits.long_at_once, 'long ')}")
        if stopped == "bytes":
            raise QueryFailedError("The worker answered more than it was asked for and was stopped.")
        return self._understand(output, complaint, status)

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)

    def _read(self) -> tuple[bytes, bytes, str | None]:
        """All output, the beginning of standard error, and what ran out: "time", "place", "bytes" or None."""
        out, err = self._process.stdout, self._process.stderr
        assert out is not None and err is not None
        output, complaint = bytearray(), bytearray()
        most = self._limits.bytes * 2 + 1_000_000  # a sound worker stays far below
        deadline = self._started + self._limits.seconds + START_SECONDS
        # The clocks of courtesy start when the worker says that the query begins: a busy machine starts workers slowly.
        yields = becomes_long = self._started + START_PATIENCE
        has_begun = False
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ, output)
            selector.register(err, selectors.EVENT_READ, complaint)
            while selector.get_map():
                now = time.monotonic()
                if now >= deadline:
                    return bytes(output), bytes(complaint), "time"
                if now >= yields:
                    yields = deadline
                    with suppress(OSError):
                        os.setpriority(os.PRIO_PGRP, self._process.pid, YIELDING)
                if now >= becomes_long:
                    becomes_long = deadline
                    if not self._become_long():
                        return bytes(output), bytes(complaint), "place"
                for key, _ in selector.select(timeout=min(yields, becomes_long, deadline) - now):
                    chunk = os.read(key.fd, 1 << 16)
                    if not chunk:
                        selector.unregister(key.fileobj)
                    key.data.extend(chunk)
                if output and not has_begun:
                    has_begun, now = True, time.monotonic()
                    yields, becomes_long = now + YIELD_SECONDS, now + LONG_SECONDS
                if len(output) > most or len(complaint) > most:
                    return bytes(output), bytes(complaint), "bytes"
        return bytes(output), bytes(complaint), None

    def _become_long(self) -> bool:
        """Gives the place among the quick for one among the long; False where there is none."""
        if (slot := _free_slot("long", self._limits.long_at_once)) is None:
            return False
        self._slot.close()
        self._slot = slot
        return True

    def _understand(self, output: bytes, complaint: bytes, status: int) -> Result:
        head: dict[str, Any] | None = None
        rows: list[tuple[Any, ...]] = []
        try:
            for line in output.split(b"\n"):
                if not line:
                    continue
                said = json.loads(line)
                if "error" in said:
                    raise self._error(said)
                if "columns" in said:
                    head = said
                elif "rows" in said and head is not None:
                    rows += _typed(said["rows"], head["types"])
                elif "end" in said and head is not None:
                    return Result(
                        columns=tuple(head["columns"]),
                        types=tuple(head["types"]),
                        rows=rows,
                        cut=said["end"],
                        elapsed_ms=said["elapsed_ms"],
                        layers=tuple(head["layers"]),
                    )
        except (ValueError, RecursionError) as error:
            raise QueryFailedError(f"The result cannot be read: {type(error).__name__}.") from error
        # It ended without an end: the kernel or the allocator stopped it. Its address space is the usual reason.
        if status == 0 or b"bad_alloc" in complaint or b"MemoryError" in complaint or -status == signal.SIGKILL:
            raise self._out_of_memory()
        if -status in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS):
            raise self._out_of_memory()
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {status}"]
        raise QueryFailedError(f"The query's process failed: {last[0]}")

    def _error(self, said: dict[str, Any]) -> QueryError:
        reason, message = said["error"], str(said["message"]).strip()
        if reason == "time":
            return self._out_of_time()
        if reason == "memory":
            return self._out_of_memory()
        line, column = _place(self._sql, said.get("position"))
        where = f" (line {line}, column {column})" if line else ""
        own = Reason(said["code"], said["fields"]) if said.get("code") in WORDS else None
        if reason == "refused":
            return QueryRefusedError(f"{message}{where}", line=line, column=column, reason=own)
        kind = f"{said['kind']} error: " if said.get("kind") else ""
        return QueryFailedError(f"{kind}{message}{where}", line=line, column=column, reason=own)

    def _out_of_time(self) -> QueryTimeError:
        return QueryTimeError(f"Stopped after {self._limits.seconds:g} s; narrow the query, or aggregate first.")

    def _out_of_memory(self) -> QueryMemoryError:
        return QueryMemoryError(
            f"Stopped: it needs more memory than the {self._limits.memory_mb} MB allowed; select fewer columns or rows."
        )


def _worker_command() -> list[str]:
    """An interpreter that sees the standard library, this project and the packages' folder; no site or user code."""
    import importlib.util

    spec = importlib.util.find_spec("duckdb")
    assert spec is not None and spec.origin is not None
    paths = [str(ROOT), str(Path(spec.origin).parent.parent)]
    program = f"import sys; sys.path += {paths!r}; from warehouse.sandbox_worker import main; main()"
    return [sys.executable, "-I", "-S", "-B", "-c", program]


def _take_quick_slot(limits: Limits) -> IO[bytes]:
    """A place among the queries that are in their first second, given back when it is closed."""
    patience = time.monotonic() + limits.queue_seconds
    while (slot := _free_slot("quick", limits.quick_at_once)) is None:
        if time.monotonic() >= patience:
            raise QueryBusyError(_busy(limits.quick_at_once))
        time.sleep(0.02)
    return slot


def _free_slot(kind: str, places: int) -> IO[bytes] | None:
    """A locked file, one of so many that all processes of this user share; None where all are taken."""
    folder = Path(tempfile.gettempdir()) / f"warehouse-sql-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
        raise QueryBusyError(f"{folder} belongs to somebody else; remove it, or set TMPDIR.")
    for number in range(places):
        slot = os.open(folder / f"{kind}-{number}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.fdopen(slot, "r+b", buffering=0)
        except BlockingIOError:
            os.close(slot)
    return None


def _busy(places: int, kind: str = "") -> str:
    return f"{places} {kind}queries are running; try again in a few seconds."


def _parameter(value: Any) -> Any:
    """A parameter as JSON; dates by their kind. Raises QueryRefusedError for what cannot be one."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_parameter(v) for v in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise _refused("no_parameter", kind=type(value).__name__, value=repr(value))


def _refused(code: str, **fields: str) -> QueryRefusedError:
    reason = Reason(code, fields)
    return QueryRefusedError(f"{reason}.", reason=reason)


def _typed(rows: list[list[Any]], types: list[str]) -> list[tuple[Any, ...]]:
    """Rows of JSON in the values of their columns' types."""
    readers = [(i, reader) for i, name in enumerate(types) if (reader := _reader(name))]
    for row in rows:
        for i, reader in readers:
            if row[i] is not None:
                with suppress(ValueError):  # infinity and years beyond 9999 stay text
                    row[i] = reader(row[i])
    return [tuple(row) for row in rows]


def _reader(name: str) -> Any:
    if name.endswith("]"):
        return None
    if name.startswith("TIMESTAMP"):
        return datetime.fromisoformat
    if name.startswith("DECIMAL"):
        return Decimal
    return {"DATE": date.fromisoformat, "TIME": clock.fromisoformat, "BLOB": bytes.fromhex}.get(name)


def _place(sql: str, position: int | None) -> tuple[int | None, int | None]:
    """Line and column, both from 1, of a byte position."""
    if position is None:
        return None, None
    before = sql.encode("utf-8", "surrogatepass")[:position].decode("utf-8", "ignore")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
