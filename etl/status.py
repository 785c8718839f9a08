"""What is in the published warehouse and how it came there, for `python -m etl status`. Imports warehouse only."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import open_published, published_path
from warehouse.errors import DamagedError
from warehouse.settings import warehouse_dir

COUNTED = ("documents", "meetings", "directives", "measures", "issuers", "indicators", "rejects")
LOADS_SHOWN = 5
REASONS_SHOWN = 10
FAILURES_SHOWN = 10  # corrections that are not applied
REJECTS_SHOWN = 5  # of a reason
# by file, then by number: #3 before #10, and line 3 before line 10 of one manifest
REJECTS = r"""
SELECT reason, count(*) AS rejects, arg_min(
    {'source': source, 'detail': detail},
    {
        'file': regexp_replace(source, '#\d+$', ''),
        'number': coalesce(
            TRY_CAST(regexp_extract(source, '#(\d+)$', 1) AS BIGINT),
            TRY_CAST(regexp_extract(detail, '^line (\d+)', 1) AS BIGINT),
            0
        ),
        'detail': detail
    },
    $shown
) AS examples
FROM rejects GROUP BY reason ORDER BY rejects DESC, reason LIMIT $reasons
"""


def read_status(directory: Path) -> dict[str, Any]:
    """Everything that status prints, as JSON values. Raises NotPublishedError and DamagedError."""
    path = published_path(directory)
    try:
        with open_published(directory) as connection:
            return read_tables(connection, path)
    except duckdb.Error as error:
        raise DamagedError(
            f"{path} is damaged: {str(error).splitlines()[0]}. Run `python -m etl build SOURCE` again, or restore the "
            "file from a copy."
        ) from error


def read_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    """The status of an open build; `path` is its file."""

    def rows(query: str, values: object = None) -> list[dict[str, Any]]:
        found = connection.execute(query, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    counts = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)
    return {
        "path": str(path),
        "bytes": path.stat().st_size,
        "counts": rows(f"SELECT {counts}")[0],
        "coverage": rows(
            "SELECT min(date)::VARCHAR AS first_date, max(date)::VARCHAR AS last_date, "
            "count(date) AS dated, count(DISTINCT province_adcode) AS provinces FROM documents"
        )[0],
        "loads": rows(
            "SELECT load_id, build_id, strftime(finished_at, '%Y-%m-%d %H:%M:%S') AS finished_at, engine, sources, "
            "rules_version, documents_read, documents_new, documents_changed, documents_unchanged, "
            "documents_withdrawn, documents_rejected FROM loads ORDER BY load_id DESC LIMIT ?",
            [LOADS_SHOWN],
        ),
        "changes": rows(
            "SELECT change, count(*) AS documents FROM changes "
            "WHERE load_id = (SELECT max(load_id) FROM loads) GROUP BY change ORDER BY change"
        ),
        "changed_fields": rows(
            "SELECT field, count(*) AS documents FROM (SELECT unnest(fields) AS field FROM changes "
            "WHERE load_id = (SELECT max(load_id) FROM loads)) GROUP BY field ORDER BY documents DESC, field"
        ),
        "failed_corrections": rows(
            "SELECT document_id, field, author, failure FROM corrections WHERE NOT is_applied ORDER BY seq LIMIT ?",
            [FAILURES_SHOWN],
        ),
        "rejects": rows(REJECTS, {"shown": REJECTS_SHOWN, "reasons": REASONS_SHOWN}),
    }


def list_rejects(directory: Path) -> str:
    """The command that lists every reject of a warehouse."""
    named = "" if directory == warehouse_dir().resolve() else f" --warehouse {shlex.quote(str(directory))}"
    return f'python -m warehouse sql{named} "FROM rejects ORDER BY reason, source"'


def show_status(status: dict[str, Any]) -> str:
    """The status as lines for people."""
    coverage, counts = status["coverage"], status["counts"]
    lines = [
        f"{status['path']}  ({status['bytes'] / 1e6:,.1f} MB)",
        ", ".join(f"{number:,} {table}" for table, number in counts.items()),
    ]
    if coverage["first_date"]:
        lines.append(
            f"dated {coverage['first_date']} to {coverage['last_date']}: {coverage['dated']:,} documents, "
            f"{coverage['provinces']} provinces"
        )
    lines += ["", "loads, newest first (times in UTC):"]
    for load in status["loads"]:
        done = ", ".join(
            f"{load[f'documents_{word}']:,} {word}"
            for word in ("new", "changed", "unchanged", "withdrawn", "rejected")
            if load[f"documents_{word}"]
        )
        lines.append(
            f"  {load['load_id']:>3}  {load['finished_at']}  {load['engine']}: "
            f"{', '.join(load['sources']) or '-'}: {done or 'no documents'}"
        )
    if status["changes"]:
        lines += ["", "the last load changed:"]
        lines += [f"  {row['change']}: {row['documents']:,}" for row in status["changes"]]
    if status["changed_fields"]:
        lines.append("  " + ", ".join(f"{row['field']} ({row['documents']:,})" for row in status["changed_fields"]))
    if status["failed_corrections"]:
        lines += ["", "corrections that are not applied:"]
        lines += [
            f"  {row['document_id']} {row['field']} ({row['author']}): {row['failure']}"
            for row in status["failed_corrections"]
        ]
    if status["rejects"]:
        lines += ["", "rejects:"]
        for row in status["rejects"]:
            more = row["rejects"] - len(row["examples"])
            lines.append(
                f"  {row['reason']}: {row['rejects']:,}" + (f", the first {len(row['examples'])}:" if more else "")
            )
            lines += [f"    {example['source']}: {example['detail']}" for example in row["examples"]]
        lines.append(f"all of them: {list_rejects(Path(status['path']).parent)}")
    return "\n".join(lines)
