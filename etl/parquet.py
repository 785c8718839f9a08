"""The Parquet of a staging folder: schemas of its rows, and files that hold them whole or are not there.

Every engine writes these, and warehouse.load, whose docstring describes the folder's layout, reads them. Imports
records only.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from etl.records import Reject

TERM = pa.struct([("term", pa.string()), ("start_char", pa.int32()), ("end_char", pa.int32())])
MEASURE = pa.struct([("category", pa.string()), ("terms", pa.list_(TERM))])
SPANNED = [("start_char", pa.int32()), ("end_char", pa.int32())]

RECORDS = pa.schema(
    [
        ("document_id", pa.string()),
        ("source", pa.string()),
        ("source_root", pa.string()),
        ("url", pa.string()),
        ("url_role", pa.string()),
        ("record_id", pa.string()),
        ("captured_at", pa.timestamp("s")),
        ("title", pa.string()),
        ("script", pa.string()),
        ("doc_type", pa.string()),
        ("published_date", pa.date32()),
        ("meeting_date", pa.date32()),
        ("effective_date", pa.date32()),
        ("date_precision", pa.string()),
        ("date_basis", pa.string()),
        ("date_evidence", pa.string()),
        ("region_adcode", pa.string()),
        ("region_path", pa.list_(pa.string())),
        ("region_evidence", pa.string()),
        ("level", pa.string()),
        ("issuer", pa.string()),
        ("issuer_key", pa.string()),  # equal for all names that one body bore
        ("issuer_as_written", pa.string()),
        ("issuer_kind", pa.string()),
        ("venue_format", pa.string()),
        (
            "people",
            pa.list_(pa.struct([("name", pa.string()), ("role", pa.string()), ("title", pa.string()), *SPANNED])),
        ),
        (
            "directives",
            pa.list_(
                pa.struct(
                    [
                        ("seq", pa.int32()),
                        ("ordinal", pa.int32()),
                        ("speaker", pa.string()),
                        ("addressee", pa.string()),
                        ("text", pa.string()),
                        *SPANNED,
                        ("strength", pa.string()),
                        ("deadline", pa.string()),
                        ("measures", pa.list_(MEASURE)),
                    ]
                )
            ),
        ),
        ("reported", pa.list_(pa.struct([("text", pa.string()), *SPANNED, ("measures", pa.list_(MEASURE))]))),
        (
            "figures",
            pa.list_(
                pa.struct(
                    [
                        ("value", pa.float64()),
                        ("unit", pa.string()),
                        ("qualifier", pa.string()),
                        ("as_written", pa.string()),
                        *SPANNED,
                    ]
                )
            ),
        ),
        ("citations", pa.list_(pa.struct([("title", pa.string()), *SPANNED]))),
        ("slogans", pa.list_(pa.struct([("label", pa.string()), *SPANNED]))),
        (
            "conveyed",
            pa.list_(
                pa.struct(
                    [
                        ("as_written", pa.string()),
                        ("level", pa.string()),
                        ("meeting_date", pa.date32()),
                        ("is_date_inferred", pa.bool_()),
                        *SPANNED,
                    ]
                )
            ),
        ),
        (
            "repairs",
            pa.list_(pa.struct([("rule", pa.string()), ("before", pa.string()), ("after", pa.string()), *SPANNED])),
        ),
        ("text", pa.string()),
        ("raw_text", pa.string()),
        ("text_starts", pa.list_(pa.int32())),
        ("raw_starts", pa.list_(pa.int32())),
        ("encoding", pa.string()),
        ("raw_sha256", pa.string()),
        ("metadata_sha256", pa.string()),
        ("rules_version", pa.string()),
        ("sketch", pa.binary()),  # of its content, for finding near-duplicates
    ]
)

REJECTS = pa.schema(
    [("source", pa.string()), ("reason", pa.string()), ("detail", pa.string()), ("sample", pa.string())]
)
SEEN = pa.schema([("document_id", pa.string())])  # documents that were read, whether extracted again or not


def reject_row(reject: Reject) -> dict[str, Any]:
    """The Parquet row of a reject; what is not text (a file name in another encoding) is escaped."""
    values = {"source": reject.source, "reason": reject.reason, "detail": reject.detail, "sample": reject.sample}
    return {key: value.encode("utf-8", "backslashreplace").decode() for key, value in values.items()}


def write(path: Path, rows: Iterable[Mapping[str, Any]], schema: pa.Schema | None = None) -> None:
    """Writes one Parquet file; whole or not at all, since a worker may be killed while it writes.

    Raises ArrowException, TypeError or UnicodeError where a row does not fit the schema.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")  # unlike another attempt
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), part, compression="zstd")
    part.replace(path)


def stage_folders(staging: Path) -> None:
    """Makes the folders of a staging folder, and an empty file of records so that there is always one to read."""
    for folder in ("reference", "records", "rejects", "seen"):
        (staging / folder).mkdir(parents=True)
    pq.write_table(RECORDS.empty_table(), staging / "records" / "none.parquet")


def write_reference(staging: Path, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Writes reference tables (etl/reference.py) under their names; empty ones are left out."""
    for table, rows in tables.items():
        if rows:
            write(staging / "reference" / f"{table}.parquet", rows)


class Parts:
    """Rows of one kind, streamed into numbered Parquet files of a folder.

    with Parts(staging / "seen", SEEN) as seen:
        seen.add({"document_id": "…"})
    """

    def __init__(self, folder: Path, schema: pa.Schema, prefix: str = "part", size: int = 10_000) -> None:
        self.folder, self.schema, self.prefix, self.size = folder, schema, prefix, size
        self.rows: list[Mapping[str, Any]] = []
        self.written = 0  # files
        self.total = 0  # rows

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row; a file is written whenever `size` rows are held."""
        self.rows.append(row)
        self.total += 1
        if len(self.rows) >= self.size:
            self.flush()

    def flush(self) -> None:
        """Write what is held, if anything."""
        if self.rows:
            write(self.folder / f"{self.prefix}-{self.written:06}.parquet", self.rows, self.schema)
            self.rows = []
            self.written += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if failure == (None, None, None):
            self.flush()
