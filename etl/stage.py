"""Staging: a document to its row of Parquet or to its reject, whichever engine runs it.

Imports pipeline and steps, what they give and take, bodies, date_bounds, duplicates, validate and parquet.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.bodies import lasting_name
from etl.date_bounds import DAYS_AHEAD, date_fault
from etl.duplicates import sketch
from etl.errors import DocumentError, EncodingError, RecordError
from etl.lexicon import Lexicon
from etl.parquet import RECORDS, write
from etl.pipeline import document_id, extract, extract_steps, to_record
from etl.read.limits import sample
from etl.records import Extraction, RawDocument, Reject
from etl.steps import Steps, finish, finish_together
from etl.validate import faults

REASONS = {EncodingError: "encoding", RecordError: "malformed", DocumentError: "not_understood", MemoryError: "memory"}
OUR_FAULT = "this is our fault: please report it with the document"
TOGETHER = 64  # documents that take each step together; more gain little
MAX_MEASURES = 3  # of a directive; the contract counts no more


def extract_rows(
    documents: Sequence[RawDocument], lexicon: Lexicon, rules_version: str, at: Callable[[int], None]
) -> Iterator[dict[str, Any] | Reject]:
    """For each document its Parquet row, or why there is none; `at(i)` is called before each step of document i."""
    for first in range(0, len(documents), TOGETHER):
        works = [row_steps(raw, lexicon, rules_version) for raw in documents[first : first + TOGETHER]]
        yield from finish_together(works, lambda i, first=first: at(first + i))  # type: ignore[misc]


def extract_row(raw: RawDocument, lexicon: Lexicon, rules_version: str) -> dict[str, Any] | Reject:
    """The Parquet row of a document, or why there is none."""
    return finish(row_steps(raw, lexicon, rules_version))


def row_steps(raw: RawDocument, lexicon: Lexicon, rules_version: str) -> Steps[dict[str, Any] | Reject]:
    """extract_row in steps. Whatever a document does to us, it does to itself alone."""
    try:
        extraction = yield from extract_steps(raw, lexicon)
        yield
        record = complete(extraction, raw)
        if fault := next(faults(record), None):
            return Reject(raw.source, "inconsistent", f"{fault}; {OUR_FAULT}", sample(raw.data))
        return row(record, metadata_sha256(raw), rules_version, lexicon, content(extraction))
    except Exception as error:
        return reject_of(raw, error)


def record_of(raw: RawDocument, lexicon: Lexicon) -> dict[str, Any]:
    """The extraction record of a document. Raises whatever extraction raises."""
    return complete(extract(raw, lexicon), raw)


def complete(extraction: Extraction, raw: RawDocument) -> dict[str, Any]:
    """The record of an extraction, with what the reader knew of its url.

    A date out of bounds is none: a wrong date is worse.
    """
    record = to_record(extraction) | {"url_role": raw.url_role if raw.url else "none"}
    if raw.record_id or raw.captured_at:
        record |= {"record_id": raw.record_id, "captured_at": raw.captured_at}
    for field in DAYS_AHEAD:
        if record[field] and date_fault(field, record[field], record["doc_type"]):
            record[field] = None
    if record["meeting_date"] is None:
        record |= {"date_basis": "none", "date_precision": "none", "date_evidence": None}
    return record


def content(extraction: Extraction) -> str:
    """The text of a document without site furniture: what makes two pages the same announcement."""
    text = extraction.document.text
    return "\n".join(segment.cut(text) for segment in extraction.page.segments if segment.kind != "furniture")


def reject_of(raw: RawDocument, error: Exception) -> Reject:
    """A failure as a row of rejects: kind, what and where, next step."""
    reason = next((name for kind, name in REASONS.items() if isinstance(error, kind)), "failed")
    detail = str(error)
    if reason == "failed":
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name} line {last.lineno}"
        detail = f"{type(error).__name__}: {error} ({place}); {OUR_FAULT}"
    elif reason == "memory":
        detail = f"needs more memory than a worker may take ({len(raw.data):,} bytes read); split it and build again"
    return Reject(raw.source, reason, detail, sample(raw.data))


def fingerprint(raw: RawDocument) -> tuple[str, str]:
    """What must be as in the build before for a document to need no second extraction: its bytes, what was beside."""
    return hashlib.sha256(raw.data).hexdigest(), metadata_sha256(raw)


def metadata_sha256(raw: RawDocument) -> str:
    """Fingerprint of everything that was read of a document but its bytes."""
    beside = [raw.url, raw.url_role, raw.title, raw.published_date, raw.media_type, raw.declared_encoding]
    beside += [raw.record_id, raw.captured_at] if raw.record_id else []
    return hashlib.sha256(json.dumps(beside).encode()).hexdigest()


def row(
    record: Mapping[str, Any], metadata_sha256: str, rules_version: str, lexicon: Lexicon, content: str
) -> dict[str, Any]:
    """The Parquet row of an extraction record (contract 2 and the keys that to_record adds).

    Missing optional keys become null or []. `people` is made of chair, attendees and observers where it is absent.
    """
    region = record.get("region") or {}
    meeting_date = day(record.get("meeting_date"))
    offsets = record.get("offsets") or {"text_starts": [0], "raw_starts": [0]}
    text = record["text"]
    return {
        "document_id": record.get("document_id") or document_id(record["source"]),
        "source": record["source"],
        "source_root": record["source"].split("/", 1)[0].split("#", 1)[0],
        "url": record.get("url"),
        "url_role": (record.get("url_role") or "source") if record.get("url") else "none",
        "record_id": record.get("record_id"),
        "captured_at": moment(record.get("captured_at")),
        "title": record.get("title"),
        "script": record.get("script") or "hans",
        "doc_type": record.get("doc_type") or "other",
        "published_date": day(record.get("published_date")),
        "meeting_date": meeting_date,
        "effective_date": day(record.get("effective_date")),
        "date_precision": known(record.get("date_precision"), "day") if meeting_date else "none",
        "date_basis": known(record.get("date_basis"), "metadata") if meeting_date else "none",
        "date_evidence": record.get("date_evidence"),
        "region_adcode": region.get("adcode"),
        "region_path": region.get("path") or [],
        "region_evidence": region.get("evidence"),
        "level": record.get("level"),
        "issuer": record.get("issuer") or None,
        "issuer_key": lasting_name(record["issuer"], lexicon) if record.get("issuer") else None,
        "issuer_as_written": record.get("issuer_as_written"),
        "issuer_kind": record.get("issuer_kind") or "other",
        "venue_format": record.get("venue_format"),
        "people": people(record),
        "directives": [
            {
                "seq": seq,
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
            for seq, d in enumerate(record.get("directives") or [], start=1)
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
        "conveyed": [
            {
                "as_written": c["as_written"],
                "level": c.get("level"),
                "meeting_date": day(c.get("meeting_date")),
                "is_date_inferred": bool(c.get("is_date_inferred")),
                "start_char": c["start"],
                "end_char": c["end"],
            }
            for c in record.get("conveyed") or []
        ],
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
        "metadata_sha256": metadata_sha256,
        "rules_version": rules_version,
        "sketch": sketch(content),
    }


def known(value: str | None, default: str) -> str:
    """A value that says something, else the default."""
    return default if value in (None, "none") else value


def day(iso: str | None) -> date | None:
    """2020-02-03 → the day. Raises ValueError where there is no such day."""
    return date.fromisoformat(iso) if iso else None


def moment(iso: str | None) -> datetime | None:
    """2022-03-01T08:00:00Z → the time in UTC, without a zone as the warehouse keeps it. Raises ValueError."""
    return datetime.fromisoformat(iso).astimezone(UTC).replace(tzinfo=None) if iso else None


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


def stage_batch(
    path: Path,
    documents: Sequence[RawDocument],
    found: Iterable[dict[str, Any] | Reject],
) -> tuple[Reject, ...]:
    """Writes what was found in each document to one Parquet file of records; what has no row comes back as rejects."""
    rows: list[tuple[RawDocument, dict[str, Any]]] = []
    rejects: list[Reject] = []
    for raw, row in zip(documents, found, strict=True):
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            rows.append((raw, row))
    try:
        write(path, [row for _, row in rows], RECORDS)
    except (ValueError, TypeError):  # a value of one document does not fit: find it and keep the others
        fitting = []
        for raw, row in rows:
            try:
                pa.Table.from_pylist([row], schema=RECORDS)
            except (ValueError, TypeError) as error:
                rejects.append(reject_of(raw, error))
            else:
                fitting.append(row)
        write(path, fitting, RECORDS)
    return tuple(rejects)
