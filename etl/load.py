"""Records made elsewhere (another extractor, another run, a person) into the warehouse. Imports etl and warehouse.

Each line of a JSON Lines file is one record, held against etl/data/record.schema.json and against what must hold of
every record; a line that fails is a reject that names its number. A record replaces the document of its document_id;
nothing is withdrawn.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from etl.build import Summary, load_and_publish, no_progress, now, refuse_missing
from etl.corrections import name_places, stage_corrections
from etl.errors import RecordError, SourceError
from etl.lexicon import load_lexicon
from etl.lexicon.tables import DATA
from etl.local import Progress, stage_all
from etl.parquet import REJECTS, Parts, reject_row, stage_folders, write_reference
from etl.pool import default_workers
from etl.records import RawDocument, Reject
from etl.reference import read_reference
from etl.roots import STANDARD_INPUT, name_roots
from etl.stage import reject_of, row, stage_batch
from etl.validate import faults, shown
from warehouse import load as warehouse_load
from warehouse.corrections import read_corrections
from warehouse.load import Reading
from warehouse.publish import new_build
from warehouse.settings import corrections_file

LOADED = "loaded"  # begins rules_version of records made elsewhere: a build of the same source extracts them again
LINE_BYTES = 32 << 20  # longer lines are not records
NEXT_STEP = "correct the record and load the file again"


def load_records(
    files: Sequence[Path], directory: Path, workers: int | None = None, progress: Progress = no_progress
) -> Summary:
    """Loads records and publishes.

    Raises SourceError where a file is missing, BuildError where no record is valid, WarehouseError as build does.
    """
    started, started_at = time.monotonic(), now()
    refuse_missing(files)
    with new_build(directory) as made:
        corrections = read_corrections(corrections_file(directory))
        warehouse_load.begin(made.connection, made.previous)
        stage_folders(made.staging)
        reference = read_reference()
        write_reference(made.staging, reference)
        roots = name_roots(files, warehouse_load.known_roots(made.connection))
        task = LoadTask(
            made.staging,
            frozenset(category["category_id"] for category in reference["categories"]),
            {region["adcode"]: tuple(region["path"]) for region in reference["regions"]},
        )
        with Parts(made.staging / "rejects", REJECTS) as rejects:

            def documents() -> Iterator[RawDocument]:
                for root in roots:
                    for item in read_lines(root.path, root.label):
                        if isinstance(item, Reject):
                            rejects.add(reject_row(item))
                            progress(0, 0, 1)
                        else:
                            yield item

            for outcome in stage_all(documents(), task, workers or default_workers()):
                for reject in outcome.rejects:
                    rejects.add(reject_row(reject))
                progress(outcome.document_count, outcome.byte_count, len(outcome.rejects))
        reading = Reading(
            build_id=made.build_id,
            started_at=started_at,
            roots={root.label: root.sha256 for root in roots},
            withdraw_from=(),
            rules_version=LOADED,
            engine="load",
        )
        stage_corrections(made.connection, made.staging, corrections, (), name_places(reference))
        return load_and_publish(made, reading, started)


def read_lines(path: Path, label: str) -> Iterator[RawDocument | Reject]:
    """Lines of a file as documents named label#line; blank lines are passed over. Raises SourceError."""
    try:
        file = sys.stdin.buffer if path == STANDARD_INPUT else path.open("rb")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; check that it is a file that you may read") from error
    with file:
        number = 0
        while line := file.readline(LINE_BYTES + 1):
            number += 1
            if len(line) > LINE_BYTES:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LINE_BYTES)
                detail = f"line {number} is longer than {LINE_BYTES:,} bytes; write one record a line"
                yield Reject(f"{label}#{number}", "too_large", detail)
            elif line.strip():
                yield RawDocument(f"{label}#{number}", line, media_type="application/json")


@dataclass(frozen=True, slots=True)
class LoadTask:
    """Validates a batch of lines and writes their records to one Parquet file of the staging folder."""

    staging: Path
    categories: frozenset[str]
    regions: Mapping[str, tuple[str, ...]]  # path by adcode

    def prepare(self) -> None:
        """Compiles the schema and loads the lexicon, once a process."""
        record_validator()
        load_lexicon()

    def __call__(self, number: int, documents: list[RawDocument], at: Callable[[int], None]) -> tuple[Reject, ...]:
        path = self.staging / "records" / f"batch-{number:06}.parquet"

        def rows() -> Iterator[dict[str, Any] | Reject]:
            for i, raw in enumerate(documents):
                at(i)
                yield self.row(raw)

        return stage_batch(path, documents, rows())

    def row(self, raw: RawDocument) -> dict[str, Any] | Reject:
        """The Parquet row of a line, or why there is none."""
        try:
            record = parse_record(raw.data)
            for fault in (*faults(record), *self.unknown(record)):
                raise RecordError(f"{fault}; {NEXT_STEP}")
            made = row(
                record, "", f"{LOADED}-{hashlib.sha256(raw.data).hexdigest()[:16]}", load_lexicon(), record["text"]
            )
        except ValueError as error:  # a date that is none, e.g. 2020-02-30
            reject = reject_of(raw, RecordError(f"{error}; {NEXT_STEP}"))
        except Exception as error:
            reject = reject_of(raw, error)
        else:
            return made
        line = raw.source.rpartition("#")[2]
        return replace(reject, detail=f"line {line}: {reject.detail}")

    def unknown(self, record: Mapping[str, Any]) -> Iterator[str]:
        """Codes that the taxonomy lacks, and regions that the gazetteer lacks or that contradict themselves.

        A path may go on below its code, and below its province name what has no code: streets, zones, farms.
        """
        region = record.get("region") or {}
        adcode, path = region.get("adcode"), tuple(region.get("path") or ())
        if adcode and adcode not in self.regions:
            yield f"region.adcode {adcode!r} is not in regions.tsv; give another, or only the path"
        elif adcode and path and path[: len(self.regions[adcode])] != self.regions[adcode]:
            other = "/".join(self.regions[adcode])
            yield f"region.path {shown('/'.join(path))} does not lie in {other}, which has region.adcode {adcode!r}"
        elif not adcode and path and path[:1] not in self.regions.values():
            yield f"region.path {shown('/'.join(path))} begins with no province of regions.tsv; write its full name"
        for key in ("directives", "reported"):
            for i, sentence in enumerate(record.get(key) or []):
                for measure in sentence.get("measures") or []:
                    if measure["category"] not in self.categories:
                        yield f"{key}[{i}] has the category {measure['category']!r}, which categories.tsv lacks"


@cache
def record_validator() -> Draft202012Validator:
    """The schema of the extraction record, compiled."""
    return Draft202012Validator(json.loads((DATA / "record.schema.json").read_text("utf-8")))


def parse_record(line: bytes) -> dict[str, Any]:
    """A line as a record whose keys have the types of the contract. Raises RecordError."""
    try:
        record = json.loads(line)
        if b"\\ud" in line.lower() or b"\xed" in line:  # half a surrogate pair passes for JSON and is no text
            json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise RecordError(f"is not JSON ({error}); {NEXT_STEP}") from None
    for fault in record_validator().iter_errors(record):
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault.absolute_path)
        raise RecordError(f"{place.lstrip('.') or 'the record'}: {fault.message[:200]}; {NEXT_STEP}")
    return record
