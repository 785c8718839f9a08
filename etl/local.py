"""The local engine: documents to staged records on this machine. Imports stage, pool and lexicon.

Another engine (etl/spark.py) leaves the same folders: records/, rejects/ and seen/ as etl/stage.py defines them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from etl.lexicon import load_lexicon
from etl.pool import run_batches
from etl.records import RawDocument, Reject
from etl.stage import RECORDS, extract_row, reject_of, write


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
        rows, rejects = [], []
        for i, raw in enumerate(documents):
            at(i)
            found = extract_row(raw, lexicon, self.rules_version)
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                rows.append((raw, found))
        path = self.staging / "records" / f"batch-{number:06}.parquet"
        try:
            write(path, [row for _, row in rows], RECORDS)
        except (ValueError, TypeError):  # a value of one document does not fit; find it and keep the others
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


def extract_documents(
    documents: Iterable[RawDocument], staging: Path, rules_version: str, workers: int
) -> Iterator[Outcome]:
    """Extracts documents into staging/records, in batches; yields what became of each."""
    for done in run_batches(documents, StageTask(staging, rules_version), workers):
        lost = done.rejects
        yield Outcome(
            len(done.batch.documents) + len(lost),
            sum(len(raw.data) for raw in done.batch.documents),
            (*(done.result or ()), *lost),
        )
