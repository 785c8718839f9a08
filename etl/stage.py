"""Staging: extraction records and reference lists as the Parquet that warehouse.load reads, whichever engine made them.

Imports etl.lexicon and etl.errors only. The folder's layout is described in warehouse/load.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

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
            "repairs",
            pa.list_(pa.struct([("rule", pa.string()), ("before", pa.string()), ("after", pa.string()), *SPANNED])),
        ),
        ("text", pa.string()),
        ("raw_text", pa.string()),
        ("text_starts", pa.list_(pa.int32())),
        ("raw_starts", pa.list_(pa.int32())),
        ("encoding", pa.string()),
        ("raw_sha256", pa.string()),
        ("rules_version", pa.string()),
    ]
)

MAX_MEASURES = 3  # of a directive; the contract counts no more


def row(record: Mapping[str, Any], source_root: str, url_role: str, rules_version: str) -> dict[str, Any]:
    """The Parquet row of an extraction record (contract 2 and the keys that to_record adds).

    Missing optional keys become null or []. `people` is made of chair, attendees and observers where it is absent.
    """
    region = record.get("region") or {}
    offsets = record.get("offsets") or {"text_starts": [0], "raw_starts": [0]}
    text = record["text"]
    return {
        "document_id": record["document_id"],
        "source": record["source"],
        "source_root": source_root,
        "url": record.get("url"),
        "url_role": url_role if record.get("url") else "none",
        "title": record.get("title"),
        "script": record.get("script") or "hans",
        "doc_type": record.get("doc_type") or "other",
        "published_date": day(record.get("published_date")),
        "meeting_date": day(record.get("meeting_date")),
        "effective_date": day(record.get("effective_date")),
        "date_precision": record.get("date_precision") or "none",
        "date_basis": record.get("date_basis") or "none",
        "date_evidence": record.get("date_evidence"),
        "region_adcode": region.get("adcode"),
        "region_path": region.get("path") or [],
        "region_evidence": region.get("evidence"),
        "level": record.get("level"),
        "issuer": record.get("issuer") or None,
        "issuer_as_written": record.get("issuer_as_written"),
        "issuer_kind": record.get("issuer_kind") or "other",
        "venue_format": record.get("venue_format"),
        "people": people(record),
        "directives": [
            {
                "seq": d["seq"],
                "ordinal": d.get("ordinal"),
                "speaker": d.get("speaker"),
                "addressee": d.get("addressee"),
                "text": d["text"],
                "start_char": d["start"],
                "end_char": d["end"],
                "strength": d.get("strength") or "require",
                "deadline": d.get("deadline"),
                "measures": measures(d),
            }
            for d in record.get("directives") or []
        ],
        "reported": [
            {"text": r["text"], "start_char": r["start"], "end_char": r["end"], "measures": measures(r)}
            for r in record.get("reported") or []
        ],
        "figures": [
            {
                "value": f["value"],
                "unit": f["unit"],
                "qualifier": f.get("qualifier"),
                "as_written": f.get("as_written") or text[f["start"] : f["end"]],
                "start_char": f["start"],
                "end_char": f["end"],
            }
            for f in record.get("figures") or []
        ],
        "citations": labels(record, "cited", "title"),
        "slogans": labels(record, "slogans", "label"),
        "repairs": [
            {
                "rule": r["rule"],
                "before": r["before"],
                "after": r["after"],
                "start_char": r["start"],
                "end_char": r["end"],
            }
            for r in record.get("repairs") or []
        ],
        "text": text,
        "raw_text": record.get("raw_text") or text,
        "text_starts": offsets["text_starts"],
        "raw_starts": offsets["raw_starts"],
        "encoding": record.get("encoding") or "utf-8",
        "raw_sha256": record.get("raw_sha256") or "",
        "rules_version": rules_version,
    }


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def measures(holder: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Measures of a directive or reported sentence: each category once, at most three."""
    found: dict[str, dict[str, Any]] = {}
    for m in holder.get("measures") or []:
        terms = [{"term": t["text"], "start_char": t["start"], "end_char": t["end"]} for t in m.get("terms") or []]
        found.setdefault(m["category"], {"category": m["category"], "terms": terms})
    return list(found.values())[:MAX_MEASURES]


def people(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """People with their roles, each name and role once."""
    listed = record.get("people")
    if listed is None:
        listed = [
            {"name": name, "role": role}
            for key, role in (("chair", "chair"), ("attendees", "attendee"), ("observers", "observer"))
            for name in record.get(key) or []
        ]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for p in listed:
        found.setdefault(
            (p["name"], p["role"]),
            {
                "name": p["name"],
                "role": p["role"],
                "title": p.get("title"),
                "start_char": p.get("start"),
                "end_char": p.get("end"),
            },
        )
    return list(found.values())


def labels(record: Mapping[str, Any], key: str, column: str) -> list[dict[str, Any]]:
    """Cited titles or slogans with their spans; where none are given, the first place the text shows them."""
    names = record.get(key) or []
    spans = (record.get("spans") or {}).get(key)
    if spans is None:
        starts = [max(record["text"].find(name), 0) for name in names]
        spans = [[start, start + len(name)] for start, name in zip(starts, names, strict=True)]
    return [
        {column: name, "start_char": start, "end_char": end} for name, (start, end) in zip(names, spans, strict=True)
    ]


def write_records(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes rows of RECORDS to one Parquet file; creates its folder."""
    write(path, rows, RECORDS)


def write(path: Path, rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, compression="zstd")
