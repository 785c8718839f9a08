"""The local engine: documents to staged records on this machine. Imports stage, pool and lexicon.

Another engine (etl/spark.py) leaves the same folders: records/, rejects/ and seen/ as etl/stage.py defines them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.lexicon import load_lexicon
from etl.pool import Task, run_batches
from etl.records import RawDocument, Reject
from etl.stage import extract_row, stage_batch


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

    def prepare(self) -> None:
        load_lexicon()

    def __call__(self, number: int, documents: list[RawDocument], at: Callable[[int], None]) -> tuple[Reject, ...]:
        lexicon = load_lexicon()
        path = self.staging / "records" / f"batch-{number:06}.parquet"
        return stage_batch(path, documents, lambda raw: extract_row(raw, lexicon, self.rules_version), at)


def extract_documents(
    documents: Iterable[RawDocument], staging: Path, rules_version: str, workers: int
) -> Iterator[Outcome]:
    """Extracts documents into staging/records, in batches; yields what became of each."""
    return stage_all(documents, StageTask(staging, rules_version), workers)


def stage_all(documents: Iterable[RawDocument], task: Task, workers: int) -> Iterator[Outcome]:
    """Runs a task that stages batches and returns their rejects."""
    for done in run_batches(documents, task, workers):
        lost = done.rejects
        yield Outcome(
            len(done.batch.documents) + len(lost),
            sum(len(raw.data) for raw in done.batch.documents),
            (*(done.result or ()), *lost),
        )
