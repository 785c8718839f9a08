"""The sandbox's other side: runs one query in a process of its own, and ends. Imports warehouse.confine, gate
and reasons only.

Started by warehouse.sandbox as `python -I -S -c …`, with an empty environment. One JSON line of standard input is the
job; JSON lines of standard output are the answer: `begins`, `columns`, any number of `rows`, then `end`; or `error`.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
import types
from typing import IO, Any

from warehouse.confine import Caps, confine_early, confine_late
from warehouse.gate import Refusal, find_refusal
from warehouse.reasons import Reason

BATCH = 256  # rows fetched at a time; the budget of bytes is looked at in between
# DuckDB asks the control group for its memory when it starts, and dies where it may not.
READ_AT_START = ("/proc/self/cgroup", "/sys/fs/cgroup")
LONGEST_MESSAGE = 2000  # characters: an error may quote a value, and a value may be anything
UNREADABLE = ("Data Corruption", "IO")  # kinds of DuckDB's errors: a query reads no other file than the warehouse's
GRACE = 1.0  # seconds that the kernel's own clock gives beyond the limit; the parent is quicker


def main() -> None:
    """Reads the job, gives up every right, runs the query, writes the answer."""
    job = json.loads(sys.stdin.buffer.readline())
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
    sys.setrecursionlimit(8000)  # a query's tree may be nested 250 deep, several levels of JSON each
    try:
        run(job, out)
    except MemoryError:
        answer(out, {"error": "memory", "message": "The query needs more memory than is allowed"})
    except RecursionError:
        answer(out, told("failed", Reason("depth")))
    out.flush()
    os._exit(0)  # nothing is to be cleaned up, and DuckDB's threads may still be busy


def run(job: dict[str, Any], out: IO[bytes]) -> None:
    """Answers one job: lines of JSON that begin, name the columns, hold rows and end, or one that says the error."""
    duckdb = import_engine()
    preload()
    caps = Caps(job["address_space"], job["seconds"] + GRACE, job["threads"])
    layers = confine_early(caps, (job["path"], *READ_AT_START))
    try:
        connection = open_warehouse(duckdb, job)
    except duckdb.Error as error:
        answer(out, explain_error(error, is_open=False))
        return
    layers += confine_late()
    sql = job["sql"]
    try:
        statement, refusal = admit(duckdb, connection, sql)
        if refusal:
            answer(out, told("refused", refusal.reason) | {"position": refusal.position})
            return
        started = time.perf_counter()
        parameters = {name: decode(value) for name, value in job["parameters"].items()}
        answer(out, {"begins": True})
        out.flush()
        query = "EXPLAIN " + statement.query if job["explain"] else statement
        connection.execute(query, parameters or None)
        described = connection.description or []
        if len(described) > job["columns"]:
            fields = {"columns": str(len(described)), "most": str(job["columns"])}
            answer(out, told("failed", Reason("columns", fields)))
            return
        columns = {"columns": [d[0] for d in described], "types": [str(d[1]) for d in described], "layers": layers}
        room = job["bytes"] - len(str(columns))
        if room < 0:
            answer(out, told("failed", Reason("columns_size")))
            return
        answer(out, columns)
        cut, written = write_rows(connection, out, job["rows"], room)
        if cut == "bytes" and not written:
            fields = {"megabytes": str(job["bytes"] // 1_000_000)}
            answer(out, told("failed", Reason("row_size", fields)))
            return
        answer(out, {"end": cut, "elapsed_ms": round((time.perf_counter() - started) * 1000, 1)})
    except duckdb.Error as error:
        answer(out, explain_error(error, shift=len("EXPLAIN ") if job["explain"] else 0))


def import_engine() -> Any:
    """DuckDB without the package's Python conveniences: they take longer to import than most queries to run."""
    try:
        import _duckdb
    except ImportError:
        import duckdb

        return duckdb
    return _duckdb


def preload() -> None:
    """Imports that DuckDB makes only when it meets a value of the type: afterwards no file can be read."""
    import decimal
    import uuid

    zones = types.ModuleType("zoneinfo")  # the time zone is set to UTC and locked: no database of zones is needed
    vars(zones).update(ZoneInfo=lambda name: datetime.UTC, ZoneInfoNotFoundError=KeyError)
    sys.modules["zoneinfo"] = zones
    _ = (decimal, uuid)


def open_warehouse(duckdb: Any, job: dict[str, Any]) -> Any:
    """A connection that can read the one attached file and nothing else. The order of the settings matters."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
            "memory_limit": f"{job['memory_mb']}MB",
            "threads": str(job["threads"]),
        },
    )
    connection.execute(f"ATTACH '{job['path'].replace(chr(39), chr(39) * 2)}' AS warehouse (READ_ONLY)")
    for statement in (
        "USE warehouse",
        "SET TimeZone = 'Etc/UTC'",
        "SET errors_as_json = true",
        "SET temp_directory = ''",
        "SET max_temp_directory_size = '0MB'",
        "SET max_expression_depth = 250",
        f"SET GLOBAL max_execution_time = {int(job['seconds'] * 1000)}",
        "SET enable_external_access = false",
        "SET disabled_filesystems = 'LocalFileSystem'",  # without it COPY may still write to the attached file's path
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


def admit(duckdb: Any, connection: Any, sql: str) -> tuple[Any, Refusal | None]:
    """The statement of the text, and why it may not run."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        return None, Refusal(Reason("many" if statements else "empty"))
    (statement,) = statements
    try:
        kind = statement.type.name
    except ValueError:  # a kind that the Python package has no word for yet
        kind = "of a kind that is not known here"
    if kind == "MULTI":
        return None, Refusal(Reason("pivot"))
    if kind == "EXPLAIN":
        return None, Refusal(Reason("explain"))
    if kind != "SELECT":
        return None, Refusal(Reason("no_select", {"kind": kind}))
    relations = connection.execute(
        """SELECT lower(table_name) FROM duckdb_tables() WHERE database_name = 'warehouse'
        UNION ALL SELECT lower(view_name) FROM duckdb_views() WHERE database_name = 'warehouse' AND NOT internal"""
    ).fetchall()
    (tree,) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", [statement.query]).fetchone()
    return statement, find_refusal(json.loads(tree), frozenset(name for (name,) in relations))


def write_rows(connection: Any, out: IO[bytes], rows: int, size: int) -> tuple[str | None, int]:
    """Writes rows until the result, the rows or the bytes end: which of the two limits cut it, and rows written."""
    written = 0
    while batch := connection.fetchmany(min(BATCH, rows - written + 1)):
        encoded = []
        cut = None
        for row in batch:
            line = to_json(row).encode("utf-8", "surrogatepass")
            size -= weight(line)
            if written == rows or size < 0:
                cut = "rows" if written == rows else "bytes"
                break
            encoded.append(line)
            written += 1
        out.write(b'{"rows":[' + b",".join(encoded) + b"]}\n")
        if cut:
            return cut, written
    return None, written


def weight(line: bytes) -> int:
    """About what a row will take in the parent, where every small value of a list is an object of its own."""
    return len(line) + 8 * line.count(b",") + 48 * (line.count(b"[") + line.count(b"{") - 1)


def to_json(row: tuple[Any, ...]) -> str:
    """A row as a JSON array; values as `encode`."""
    try:
        return json.dumps(row, default=encode, ensure_ascii=False)
    except TypeError:  # a MAP whose keys are not text
        return json.dumps([with_text_keys(value) for value in row], default=encode, ensure_ascii=False)


def with_text_keys(value: Any) -> Any:
    """Maps within a value get text as keys, which is all that JSON knows: {1: true} → {"1": true}."""
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(encode(k)): with_text_keys(v) for k, v in value.items()}
    return [with_text_keys(v) for v in value] if isinstance(value, list | tuple) else value


def encode(value: Any) -> Any:
    """What JSON has no word for, as text; the parent knows the columns' types."""
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def decode(value: Any) -> Any:
    """A parameter as sent: {"date": "2020-02-03"} → datetime.date."""
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return datetime.date.fromisoformat(text) if kind == "date" else datetime.datetime.fromisoformat(text)
    return [decode(v) for v in value] if isinstance(value, list) else value


def explain_error(error: Exception, shift: int = 0, is_open: bool = True) -> dict[str, Any]:
    """DuckDB's error as the parent reads it: message, byte position, whether time or memory ran out or the file is bad.

    `shift`: bytes put before the query. `is_open`: whether the file had been opened.
    """
    text = str(error)
    try:
        facts = json.loads(text[text.index("{") :])
    except ValueError:
        facts = {"exception_type": text.partition(" Error:")[0], "exception_message": text}
    kind, message = facts.get("exception_type", ""), facts.get("exception_message", text)
    position = facts.get("position")
    reason = "failed"
    if "INTERRUPT" in kind.upper():
        reason = "time"
    elif "out of memory" in kind.lower() or "memory" in kind.lower():
        reason = "memory"
    elif not is_open or kind in UNREADABLE:
        damaged = Reason("damaged")
        return told("failed", damaged) | {"message": f"{damaged} ({message[:LONGEST_MESSAGE]})"}
    return {
        "error": reason,
        "kind": kind,
        "message": message[:LONGEST_MESSAGE],
        "position": max(0, int(position) - shift) if position is not None else None,
    }


def told(error: str, reason: Reason) -> dict[str, Any]:
    """An error of our own as the parent reads it."""
    return {"error": error, "message": str(reason), "code": reason.code, "fields": dict(reason.fields)}


def answer(out: IO[bytes], line: dict[str, Any]) -> None:
    """Writes one line of JSON; the pipe is flushed by the caller."""
    out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")


if __name__ == "__main__":
    main()
