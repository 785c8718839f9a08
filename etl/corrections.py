"""Corrections on their way into a build: staged records as editors say they are. Imports parquet, stage and warehouse.

Runs between staging and loading. What a row expects must be what the rules found; where it is not, the document stays
as the rules have it, the row is marked as not applied with the reason, and the build says so and ends with exit code 3.
Documents whose rows in the file have changed since the build before are read again, or taken from that build.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.dataset as ds

from etl.bodies import lasting_name
from etl.date_bounds import date_fault
from etl.errors import CorrectionError
from etl.lexicon import Lexicon, load_lexicon
from etl.parquet import RECORDS, write
from etl.records import IssuerKind, Level
from etl.stage import MAX_MEASURES
from warehouse.corrections import DATES, OF_DIRECTIVE, Correction
from warehouse.load import Connection, earlier_corrections, restage

Record = dict[str, Any]  # a row of etl/parquet.py's RECORDS

CORRECTIONS = pa.schema(
    [
        ("correction_id", pa.string()),
        ("seq", pa.int32()),
        ("document_id", pa.string()),
        ("directive", pa.string()),
        ("field", pa.string()),
        ("expected", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("author", pa.string()),
        ("made_at", pa.timestamp("us")),
        ("is_applied", pa.bool_()),
        ("failure", pa.string()),
    ]
)
DROPPED = pa.schema([("document_id", pa.string())])
NEXT_STEP = "check the document, then mend or remove the row"


@dataclass(frozen=True, slots=True)
class Places:
    """What a correction may name."""

    adcodes: Mapping[str, str]  # path joined by / → adcode
    categories: frozenset[str]


def name_places(reference: Mapping[str, Sequence[Mapping[str, Any]]]) -> Places:
    """Regions and categories out of the reference tables (etl/reference.py)."""
    return Places(
        {"/".join(region["path"]): region["adcode"] for region in reference["regions"]},
        frozenset(category["category_id"] for category in reference["categories"]),
    )


def stage_corrections(
    connection: Connection,
    staging: Path,
    corrections: Sequence[Correction],
    withdraw_from: Collection[str],
    places: Places,
) -> None:
    """Writes the folders corrected, dropped and corrections of a staging folder whose records are complete.

    `withdraw_from`: labels of the roots that were read completely; what they lack is not taken from the build before.
    """
    earlier = earlier_corrections(connection)
    by_document = group(corrections)
    records = read_records(staging, by_document)
    carried = take_from_before(connection, staging, corrections, earlier, set(records), withdraw_from)
    applied_before = {row["correction_id"] for row in earlier if row["is_applied"]}
    outcomes = {row["correction_id"]: row["failure"] for row in earlier}  # of what is carried over as it was
    corrected: list[Record] = []
    dropped: list[str] = []
    for document_id, rows in by_document.items():
        record = records.get(document_id) or carried.get(document_id)
        if record is None:
            continue
        done = applied_before if document_id in carried else set()
        found = correct(record, [row for row in rows if row.correction_id not in done], places, outcomes)
        if found is None:
            dropped.append(document_id)
        else:
            corrected.append(found)
    missing = f"no document of this id was read; {NEXT_STEP}"
    table = [row_of(row, seq, outcomes.get(row.correction_id, missing)) for seq, row in enumerate(corrections, 1)]
    for kind, schema, made in (
        ("corrected", RECORDS, corrected),
        ("dropped", DROPPED, [{"document_id": document_id} for document_id in dropped]),
        ("corrections", CORRECTIONS, table),
    ):
        (staging / kind).mkdir()
        write(staging / kind / "all.parquet", made, schema)


def changed_documents(connection: Connection, corrections: Iterable[Correction]) -> frozenset[str]:
    """Documents whose corrections are not those that the build before applied: they must be staged again."""
    now = {key: [row.correction_id for row in rows] for key, rows in group(corrections).items()}
    before: dict[str, list[str]] = {}
    for row in earlier_corrections(connection):
        if row["is_applied"]:
            before.setdefault(row["document_id"], []).append(row["correction_id"])
    return frozenset(key for key in now.keys() | before.keys() if now.get(key) != before.get(key))


def group(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by document, each in the order of the file."""
    found: dict[str, list[Correction]] = {}
    for row in corrections:
        found.setdefault(row.document_id, []).append(row)
    return found


def read_records(staging: Path, document_ids: Collection[str]) -> dict[str, Record]:
    """Staged records of documents; of two with one id the first, as loading has it."""
    if not document_ids:
        return {}
    found: dict[str, Record] = {}
    files = [str(path) for path in sorted((staging / "records").glob("*.parquet"))]
    wanted = ds.field("document_id").isin(list(document_ids))
    for record in ds.dataset(files, schema=RECORDS).to_table(filter=wanted).to_pylist():
        found.setdefault(record["document_id"], record)
    return found


def take_from_before(
    connection: Connection,
    staging: Path,
    corrections: Sequence[Correction],
    earlier: Sequence[Mapping[str, Any]],
    staged: Collection[str],
    withdraw_from: Collection[str],
) -> dict[str, Record]:
    """Documents to be corrected that this run did not read, as staged records; adds them to the staging folder.

    Raises CorrectionError where a correction that was taken back cannot be undone because its source was not read.
    """
    changed = changed_documents(connection, corrections) - set(staged)
    if not changed:
        return {}
    lexicon = load_lexicon()
    records = [
        record | {"issuer_key": lasting_name(record["issuer"], lexicon) if record["issuer"] else None}
        for record in restage(connection, sorted(changed)).to_pylist()
        if record["source_root"] not in withdraw_from
    ]
    kept = {row.correction_id for row in corrections}
    for record in records:
        for row in earlier:
            if row["document_id"] == record["document_id"] and row["is_applied"] and row["correction_id"] not in kept:
                raise CorrectionError(
                    f"The correction of {row['field']} of {record['source']} ({row['reason']}) was taken out of the "
                    f"file; to undo it, build the source {record['source_root']} in the same run"
                )
    if records:
        write(staging / "records" / "restaged.parquet", records, RECORDS)
    return {record["document_id"]: record for record in records}


def correct(
    record: Record, corrections: Sequence[Correction], places: Places, outcomes: dict[str, str | None]
) -> Record | None:
    """The record as corrected; None where it is withdrawn. What became of each row goes into `outcomes`."""
    lexicon = load_lexicon()
    for row in corrections:
        try:
            changed = apply(record, row, places, lexicon)
        except CorrectionError as error:
            outcomes[row.correction_id] = f"{error}; {NEXT_STEP}"
            continue
        outcomes[row.correction_id] = None
        if changed is None:
            return None
        record = changed
    return record


def apply(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record | None:
    """The record with one correction applied; None where it withdraws the document.

    Raises CorrectionError where the record does not say what the row expects, or may not say what it wants.
    """
    if row.field in OF_DIRECTIVE:
        return apply_to_directives(record, row, places)
    current = value_of(record, row.field)
    if current != row.expected:
        raise CorrectionError(f"{row.field} is {current!r}, not {row.expected!r}")
    if row.field == "document":
        return None
    return FIELDS[row.field](record, row, places, lexicon)


def value_of(record: Record, field: str) -> str:
    """A field of a document as the corrections file writes it."""
    if field == "region":
        return "/".join(record["region_path"])
    value = record["title" if field == "document" else field]
    return value.isoformat() if isinstance(value, date) else value or ""


def set_date(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record:
    """A day, or none: a meeting's is then exact and from the editor, with no evidence in the text."""
    if row.value and (fault := date_fault(row.field, row.value, record["doc_type"])):
        raise CorrectionError(f"value: {fault}")
    day = date.fromisoformat(row.value) if row.value else None
    if row.field != "meeting_date":
        return record | {row.field: day}
    return record | {
        "meeting_date": day,
        "date_precision": "day" if day else "none",
        "date_basis": "metadata" if day else "none",
        "date_evidence": None,
    }


def set_region(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record:
    """A path of names from the province down (广东省/深圳市), or none; the code follows from it."""
    if row.value and row.value not in places.adcodes:
        raise CorrectionError(f"value {row.value!r} is no path of etl/data/regions.tsv")
    return record | {
        "region_adcode": places.adcodes.get(row.value),
        "region_path": row.value.split("/") if row.value else [],
        "region_evidence": None,
    }


def set_issuer(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record:
    """A body's full name, or none; its lasting key follows from it."""
    if not row.value.isprintable() or len(row.value) > 100:
        raise CorrectionError("value must be a name of at most 100 characters")
    return record | {
        "issuer": row.value or None,
        "issuer_key": lasting_name(row.value, lexicon) if row.value else None,
    }


def set_level(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record:
    """A level of administration, or none."""
    return set_listed(record, row, ("", *get_args(Level)))


def set_issuer_kind(record: Record, row: Correction, places: Places, lexicon: Lexicon) -> Record:
    """A kind of body; never none."""
    return set_listed(record, row, get_args(IssuerKind))


def set_listed(record: Record, row: Correction, allowed: Sequence[str]) -> Record:
    """One of the allowed words; the empty one, where allowed, is none."""
    if row.value not in allowed:
        raise CorrectionError(f"value {row.value!r} must be one of {', '.join(filter(None, allowed))}")
    return record | {row.field: row.value or None}


FIELDS: Mapping[str, Callable[[Record, Correction, Places, Lexicon], Record]] = {
    **dict.fromkeys(DATES, set_date),
    "region": set_region,
    "level": set_level,
    "issuer": set_issuer,
    "issuer_kind": set_issuer_kind,
}


def apply_to_directives(record: Record, row: Correction, places: Places) -> Record:
    """A correction of the directives that have the row's text: their categories, or that they are none."""
    meant = [d for d in record["directives"] if d["text"] == row.directive]
    if not meant:
        raise CorrectionError("no directive of the document has this text")
    if row.field == "is_directive":
        kept = [d for d in record["directives"] if d["text"] != row.directive]
        return record | {"directives": [d | {"seq": seq} for seq, d in enumerate(kept, start=1)]}
    for directive in meant:
        current = ",".join(measure["category"] for measure in directive["measures"])
        if current != row.expected:
            raise CorrectionError(f"categories are {current!r}, not {row.expected!r}")
    wanted = row.value.split(",") if row.value else []
    if unknown := [category for category in wanted if category not in places.categories]:
        raise CorrectionError(f"value names {', '.join(map(repr, unknown))}, which categories.tsv lacks")
    if len(wanted) > MAX_MEASURES or len(set(wanted)) < len(wanted):
        raise CorrectionError(f"value must name at most {MAX_MEASURES} categories, each once")

    def with_categories(directive: Record) -> Record:
        terms = {measure["category"]: measure["terms"] for measure in directive["measures"]}
        measures = [{"category": category, "terms": terms.get(category, [])} for category in wanted]
        return directive | {"measures": measures}

    return record | {
        "directives": [with_categories(d) if d["text"] == row.directive else d for d in record["directives"]]
    }


def row_of(row: Correction, seq: int, failure: str | None) -> dict[str, Any]:
    """The row of the table corrections; `failure` is None where it was applied."""
    return {
        "correction_id": row.correction_id,
        "seq": seq,
        "document_id": row.document_id,
        "directive": row.directive or None,
        "field": row.field,
        "expected": row.expected or None,
        "value": row.value or None,
        "reason": row.reason,
        "author": row.author,
        "made_at": row.moment,
        "is_applied": failure is None,
        "failure": failure,
    }
