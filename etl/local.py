"""The local engine: sources to staged records on this machine. Imports read, roots, stage, parquet, pool and lexicon.

Another engine (etl/spark.py) leaves the same folders: records/, rejects/ and seen/ as etl/parquet.py defines them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.lexicon import load_lexicon
from etl.parquet import REJECTS, SEEN, Parts, reject_row
from etl.pipeline import document_id
from etl.pool import Task, batches, run_batches
from etl.read import read_sources
from etl.records import RawDocument, Reject
from etl.roots import Root
from etl.stage import extract_rows, fingerprint, stage_batch

# Looked up together in the build before: each time costs a pass over all it has, so that many should share one.
LOOKED_UP, LOOKED_UP_BYTES = 4096, 16 << 20

Progress = Callable[[int, int, int], None]  # documents, bytes and rejects since the last call
Known = Callable[[Sequence[str]], dict[str, tuple[str, str]]]  # document ids → fingerprints of those known by the rules


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch of documents."""

    document_count: int
    byte_count: int
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class StageTask:
    """Extracts a batch and writes its records to one Parquet file of the staging folder."""

    staging: Path
    rules_version: str
    prefix: str = "batch"  # of the file's name

    def prepare(self) -> None:
        """Loads the lexicon, once a process."""
        load_lexicon()

    def __call__(self, number: int, documents: list[RawDocument], at: Callable[[int], None]) -> tuple[Reject, ...]:
        lexicon = load_lexicon()
        path = self.staging / "records" / f"{self.prefix}-{number:06}.parquet"
        return stage_batch(path, documents, extract_rows(documents, lexicon, self.rules_version, at))


def stage_roots(
    roots: Sequence[Root],
    staging: Path,
    rules_version: str,
    known: Known,
    workers: int,
    sifted: bool,
    progress: Progress,
) -> None:
    """Reads the roots and stages what is new or changed, what is unchanged, and what is rejected."""
    stage_items(read_roots(roots, sifted), StageTask(staging, rules_version), known, workers, progress)


def stage_items(
    items: Iterable[RawDocument | Reject], task: StageTask, known: Known, workers: int, progress: Progress
) -> None:
    """Stages what was read under the task's prefix."""
    with (
        Parts(task.staging / "rejects", REJECTS, task.prefix) as rejects,
        Parts(task.staging / "seen", SEEN, task.prefix) as seen,
    ):

        def documents() -> Iterator[RawDocument]:
            """What was read, without the rejects."""
            for item in items:
                if isinstance(item, Reject):
                    rejects.add(reject_row(item))
                    progress(0, 0, 1)
                else:
                    yield item

        def changed() -> Iterator[RawDocument]:
            """What must be extracted: the rest is as the build before has it."""
            for batch in batches(documents(), 1, LOOKED_UP, LOOKED_UP_BYTES):
                ids = [document_id(raw.source) for raw in batch.documents]
                before = known(ids)
                for key, raw in zip(ids, batch.documents, strict=True):
                    if key in before and before[key] == fingerprint(raw):
                        seen.add({"document_id": key})
                        progress(1, len(raw.data), 0)
                    else:
                        yield raw

        for outcome in stage_all(changed(), task, workers):
            for reject in outcome.rejects:
                rejects.add(reject_row(reject))
            progress(outcome.document_count, outcome.byte_count, len(outcome.rejects))


def stage_all(documents: Iterable[RawDocument], task: Task, workers: int) -> Iterator[Outcome]:
    """Runs a task that stages batches and returns their rejects; yields what became of each batch."""
    for done in run_batches(documents, task, workers):
        lost = done.rejects
        yield Outcome(
            len(done.batch.documents) + len(lost),
            sum(len(raw.data) for raw in done.batch.documents),
            (*(done.result or ()), *lost),
        )


def read_roots(roots: Iterable[Root], sifted: bool = True) -> Iterator[RawDocument | Reject]:
    """What the readers give, under the roots' labels."""
    for root in roots:
        for item in read_sources([root.path], sifted=sifted):
            yield root.relabel(item)
