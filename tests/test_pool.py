"""The worker pool: order of batches, documents that hang, documents that kill."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

from etl.errors import BuildError
from etl.pool import batches, run_batches
from etl.records import RawDocument


def documents(*texts: str) -> list[RawDocument]:
    return [RawDocument(f"root/{i}.txt", text.encode()) for i, text in enumerate(texts)]


class Obey:
    """A task that does what the document says, and returns the texts of those it finished."""

    def prepare(self) -> None:
        pass

    def __call__(self, number: int, documents: list[RawDocument], at: Callable[[int], None]) -> list[str]:
        done = []
        for i, raw in enumerate(documents):
            at(i)
            match raw.data:
                case b"die":
                    os._exit(9)
                case b"hang":
                    time.sleep(60)
            done.append(raw.data.decode())
        return done


class CannotPrepare(Obey):
    def prepare(self) -> None:
        raise ValueError("surnames.tsv line 3: ragged")


class DiesEarly(Obey):
    def prepare(self) -> None:
        os._exit(1)


def run(*texts: str, workers: int = 2, seconds: float = 20) -> tuple[list[str], list[tuple[str, str]]]:
    """Sorted texts that came through, and (source, reason) of the rejects."""
    done: list[str] = []
    rejects: list[tuple[str, str]] = []
    for outcome in run_batches(documents(*texts), Obey(), workers, document_seconds=seconds):
        done += outcome.result or []
        rejects += [(r.source, r.reason) for r in outcome.rejects]
    return sorted(done), sorted(rejects)


def test_batches_grow_when_documents_are_many() -> None:
    sizes = [len(batch.documents) for batch in batches(documents(*["x"] * 1000), workers=2)]
    assert sizes == [8, 8, 16, 16, 32, 32, 64, 64, 128, 128, 256, 248]


def test_batches_close_early_when_documents_are_large() -> None:
    large = [RawDocument("a", b"x" * 3_000_000)] * 4
    assert [len(batch.documents) for batch in batches(large, workers=1)] == [2, 2]


def test_every_document_comes_through_when_none_fails() -> None:
    texts = [f"{i:03}" for i in range(100)]
    assert run(*texts) == (texts, [])


def test_nothing_is_started_when_there_are_no_documents() -> None:
    assert run() == ([], [])


def test_only_the_culprit_is_rejected_when_it_kills_its_worker() -> None:
    assert run("a", "die", "b", "die", "c") == (["a", "b", "c"], [("root/1.txt", "crashed"), ("root/3.txt", "crashed")])


def test_only_the_culprit_is_rejected_when_it_hangs() -> None:
    assert run("a", "hang", "b", seconds=1) == (["a", "b"], [("root/1.txt", "timeout")])


def test_reject_is_kept_when_its_batch_has_no_other_document() -> None:
    assert run("die", workers=1) == ([], [("root/0.txt", "crashed")])


@pytest.mark.parametrize(
    ("task", "message"),
    [(CannotPrepare(), "surnames.tsv line 3"), (DiesEarly(), "ended before it read a document")],
)
def test_build_fails_when_workers_cannot_start(task: Obey, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        list(run_batches(documents("a"), task, workers=1))
