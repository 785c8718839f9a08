"""The build: read → extract → stage → correct → load → check → publish, as a recipe. Imports etl and warehouse.

A build accumulates. Documents of roots that are not named stay as they are; of the roots named, unchanged documents
are carried over, new and changed ones extracted, vanished ones withdrawn. Nothing is published where nothing changed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from etl.copies import mark_copies
from etl.corrections import changed_documents, name_places, stage_corrections
from etl.errors import BuildError, SourceError
from etl.fingerprint import rules_version
from etl.lexicon import load_lexicon
from etl.local import Progress, read_roots, stage_roots
from etl.parquet import stage_folders, write_reference
from etl.pool import default_workers
from etl.read import read_sources
from etl.records import Reject
from etl.reference import read_reference
from etl.roots import STANDARD_INPUT, name_roots
from etl.spark import stage_roots as stage_on_spark
from etl.stage import record_of, reject_of
from warehouse import load as warehouse_load
from warehouse.copies import keep_forwards
from warehouse.corrections import read_corrections
from warehouse.load import Connection, Load, Reading
from warehouse.publish import Build, new_build, point_to, publish
from warehouse.settings import corrections_file

Engine = Literal["local", "spark"]
REJECTS_SHOWN = 3


def no_progress(documents: int, size: int, rejects: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    load: Load
    document_count: int  # in the warehouse
    directive_count: int
    published: Path | None  # None where nothing changed, so that the build before stands
    damaged: tuple[Path, ...]  # earlier builds that cannot be read any more
    failed_corrections: tuple[str, ...]  # which, and why: they are not applied
    seconds: float


def build(
    sources: Sequence[Path],
    directory: Path,
    workers: int | None = None,
    full: bool = False,
    engine: Engine = "local",
    master: str | None = None,
    sifted: bool = True,
    progress: Progress = no_progress,
) -> Summary:
    """Brings the warehouse up to date with the sources.

    `workers`: processes of the local engine. `master`: of Spark, as Spark names it. `sifted`: leaves out pages of web
    archives that cannot be announcements.

    Raises SourceError where a source is missing or empty, BuildError where no document could be read at all,
    WarehouseError where another build runs, the corrections file is broken or a check fails; what was published before
    then stands.
    """
    started, started_at = time.monotonic(), now()
    read_sources(sources)  # refuses what cannot be read before anything is done; reads nothing yet
    with new_build(directory, from_nothing=full) as made:
        corrections = read_corrections(corrections_file(directory))
        warehouse_load.begin(made.connection, made.previous)
        stage_folders(made.staging)
        reference = read_reference()
        write_reference(made.staging, reference)
        roots = name_roots(sources, warehouse_load.known_roots(made.connection))
        rules, to_correct = rules_version(), changed_documents(made.connection, corrections)

        before = Before(made.connection, "" if full else rules, to_correct)
        if engine == "spark":
            stage_on_spark(roots, made.staging, rules, before.in_files, master, sifted, progress)
        else:
            stage_roots(roots, made.staging, rules, before.of, workers or default_workers(), sifted, progress)
        reading = Reading(
            build_id=made.build_id,
            started_at=started_at,
            roots={root.label: root.sha256 for root in roots},
            withdraw_from=tuple(root.label for root in roots if root.path != STANDARD_INPUT),
            rules_version=rules,
            engine=engine,
        )
        stage_corrections(made.connection, made.staging, corrections, reading.withdraw_from, name_places(reference))
        return load_and_publish(made, reading, started)


@dataclass(frozen=True, slots=True)
class Before:
    """Documents of the build before that need no second extraction: id, SHA-256 of bytes and of metadata.

    Only those by the rules of today, and without those whose corrections have changed.
    """

    connection: Connection
    rules_version: str  # "" where everything is extracted again
    to_correct: Collection[str]

    def of(self, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Those of the documents."""
        found = warehouse_load.known_documents(self.connection, ids, self.rules_version)
        return {key: value for key, value in found.items() if key not in self.to_correct}

    def in_files(self, sources: Sequence[str]) -> pa.Table:
        """Those that the files hold."""
        found = warehouse_load.known_in_files(self.connection, sources, self.rules_version)
        return found.filter(pc.invert(pc.is_in(found["document_id"], pa.array(self.to_correct, pa.string()))))


def load_and_publish(made: Build, reading: Reading, started: float) -> Summary:
    """Loads what is staged and publishes it, if it changes anything."""
    load = warehouse_load.fill(made.connection, made.staging, reading)
    if reading.engine != "indicators":
        refuse_nothing_but_rejects(made.connection, reading, load)
    documents, directives = warehouse_load.totals(made.connection, load)
    failed = warehouse_load.failed_corrections(made.connection)
    published = None
    if load.is_needed:
        if load.has_changed_documents:
            mark_copies(made.connection)
        else:
            keep_forwards(made.connection)
        warehouse_load.finish(made.connection)
        warehouse_load.check(made.connection)
        published = publish(made)
    elif made.damaged and made.previous:
        point_to(made.previous)  # the published one may be the damaged one
    seconds = time.monotonic() - started
    return Summary(load, documents, directives, published, made.damaged, failed, seconds)


def extract_records(sources: Sequence[Path], sifted: bool = True) -> Iterator[dict[str, Any] | Reject]:
    """The extraction records of sources, in order, in this process; nothing is stored. Raises SourceError."""
    read_sources(sources)
    lexicon = load_lexicon()
    for item in read_roots(name_roots(sources, {}), sifted):
        if isinstance(item, Reject):
            yield item
        else:
            try:
                yield record_of(item, lexicon)
            except Exception as error:
                yield reject_of(item, error)


def refuse_missing(sources: Iterable[Path]) -> None:
    """Raises SourceError before anything is done where a source does not exist."""
    for path in sources:
        if path != STANDARD_INPUT and not path.exists():
            raise SourceError(f"{path}: no such file or folder; check the path")


def refuse_nothing_but_rejects(connection: Connection, reading: Reading, load: Load) -> None:
    """Raises BuildError where nothing that was read became a document: an empty build replaces no good one."""
    if not load.documents_read:
        raise SourceError(f"{', '.join(reading.roots)}: holds nothing to read; check the path")
    if load.documents_read and load.documents_read == load.documents_rejected:
        first = connection.execute(
            "SELECT source, reason, detail FROM staged_rejects ORDER BY source LIMIT ?", [REJECTS_SHOWN]
        ).fetchall()
        shown = "\n".join(f"  {source}: {reason}: {detail}" for source, reason, detail in first)
        raise BuildError(
            f"None of the {load.documents_rejected} documents could be read; nothing was published. The first:\n{shown}"
        )


def source_bytes(sources: Iterable[Path]) -> int:
    """Bytes of the sources' files: what a progress bar counts against."""
    files = (file for path in sources for file in (path.rglob("*") if path.is_dir() else [path]))
    return sum(file.stat().st_size for file in files if file.is_file())


def now() -> datetime:
    """The time in UTC, as the warehouse keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
