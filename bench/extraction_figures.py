"""Extraction beside jieba alone, and with one and two workers, as rows of the table. Imports bench.extraction."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import jieba
import psutil

from bench.corpus import pages
from bench.extraction import MOST, beside_jieba, documents_of, texts
from bench.table import Figure
from etl.local import StageTask, stage_items
from etl.parquet import stage_folders
from etl.records import RawDocument

ROUNDS = 5
WORKED = 4000  # documents that one and two workers extract in turns; their start weighs little in as many
FASTER = 1.8


def measure() -> Iterator[Figure]:
    jieba.setLogLevel("ERROR")
    for script, texts_of in texts().items():
        documents = documents_of(script, texts_of)
        taken = beside_jieba(documents, texts_of, ROUNDS)
        ours = statistics.median(ours for ours, _ in taken)
        size = sum(len(page.encode()) for page in texts_of) / 1e6
        yield Figure(
            "extraction", f"{script}, processor time per document", len(documents), 1e3 * ours / len(documents), "ms"
        )
        yield Figure("extraction", f"{script}, processor time per MB", len(documents), ours / size, "s")
        ratio = statistics.median(ours / theirs for ours, theirs in taken)
        yield Figure("extraction", f"{script}, against jieba alone", len(documents), ratio, "times", MOST[script])
    yield from workers()


def workers() -> Iterator[Figure]:
    """Documents a second of one worker and of two, in turns, and what the largest process holds at two sizes."""
    documents = [RawDocument(page.name, page.data, page.media_type) for page in pages(WORKED)]
    speeds = []
    for _ in range(3):
        speeds.append((WORKED / seconds(documents, 1), WORKED / seconds(documents, 2)))
    one, two = (statistics.median(column) for column in zip(*speeds, strict=True))
    yield Figure("extraction", "one worker", WORKED, one, "documents/s")
    yield Figure("extraction", "two workers", WORKED, two, "documents/s")
    ratio = statistics.median(two / one for one, two in speeds)
    yield Figure("extraction", "two workers against one", WORKED, ratio, "times", FASTER, at_least=True)
    for count in (WORKED // 5, WORKED):
        with watched() as most:
            seconds(documents[:count], 2)
        yield Figure("extraction", "peak memory of the largest process", count, most[0] / 1e6, "MB")


@contextmanager
def watched() -> Iterator[list[int]]:
    """Looks at this process' children ten times a second; yields the most bytes that one of them held."""
    most, done = [0], Event()

    def look() -> None:
        while not done.wait(0.1):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):  # it may just have ended
                    most[0] = max(most[0], child.memory_info().rss)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def seconds(documents: list[RawDocument], count: int) -> float:
    """Wall-clock seconds of extracting documents with some workers, their start included."""
    with TemporaryDirectory() as folder:
        stage_folders(Path(folder))
        started = time.perf_counter()
        stage_items(iter(documents), StageTask(Path(folder), ""), lambda ids: {}, count, lambda *done: None)
        return time.perf_counter() - started
