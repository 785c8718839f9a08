"""What is in the published warehouse and how it came there, for `python -m etl status`. Imports warehouse only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse.connection import open_published, published_path

COUNTED = ("documents", "meetings", "directives", "measures", "issuers", "indicators", "rejects")
LOADS_SHOWN = 5
REJECTS_SHOWN = 10


def read_status(directory: Path) -> dict[str, Any]:
    """Everything that status prints, as JSON values. Raises NotPublishedError."""
    path = published_path(directory)
    with open_published(directory) as connection:

        def rows(query: str, *values: object) -> list[dict[str, Any]]:
            found = connection.execute(query, list(values))
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
                LOADS_SHOWN,
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
                REJECTS_SHOWN,
            ),
            "rejects": rows(
                "SELECT reason, count(*) AS rejects, min(source) AS first_source, "
                "arg_min(detail, source) AS first_detail FROM rejects GROUP BY reason ORDER BY rejects DESC LIMIT ?",
                REJECTS_SHOWN,
            ),
        }


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
        lines += [
            f"  {row['reason']}: {row['rejects']:,}, first {row['first_source']}: {row['first_detail']}"
            for row in status["rejects"]
        ]
    return "\n".join(lines)
