"""Batches of documents through a pool of worker processes. Imports records and errors only.

A document that hangs or kills its worker costs a reject: the worker is replaced and the rest of its batch goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Protocol

from etl.errors import BuildError
from etl.records import RawDocument, Reject

DOCUMENT_SECONDS = 60.0  # of one document, on a busy machine; a page takes milliseconds
START_SECONDS = 120.0  # of a worker until it is at its first document
WORKER_BYTES = 4 << 30  # address space of a worker: a runaway document gets MemoryError, not the machine
FIRST_BATCH, LARGEST_BATCH = 8, 256  # documents; batches grow so that few documents still keep every worker busy
BATCH_BYTES = 4 << 20
PRELOADED = "etl.warm"  # loads what workers share before they are forked


class Task(Protocol):
    """What workers do; pickled into each of them once."""

    def prepare(self) -> None:
        """Loads what the task needs, once a process."""
        ...

    def __call__(self, number: int, documents: list[RawDocument], at: Callable[[int], None]) -> Any:
        """Works through a batch, calling `at(i)` before document i; returns what the parent is to be told."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that one worker reads in one go, numbered in reading order from 0."""

    number: int
    documents: list[RawDocument]


@dataclass(frozen=True, slots=True)
class Done:
    """A finished batch and what its task returned; `rejects` are documents that hung or killed their worker."""

    batch: Batch
    result: Any
    rejects: tuple[Reject, ...] = ()


def batches(
    documents: Iterable[RawDocument], workers: int, largest: int = LARGEST_BATCH, most_bytes: int = BATCH_BYTES
) -> Iterator[Batch]:
    """Documents in batches that start small and grow to `largest`, or to as many as hold `most_bytes`."""
    held: list[RawDocument] = []
    size, number, wanted = 0, 0, min(largest, FIRST_BATCH)
    for document in documents:
        held.append(document)
        size += len(document.data)
        if len(held) >= wanted or size >= most_bytes:
            yield Batch(number, held)
            held, size, number = [], 0, number + 1
            if number % workers == 0:
                wanted = min(largest, 2 * wanted)
    if held:
        yield Batch(number, held)


def run_batches(
    documents: Iterable[RawDocument], task: Task, workers: int, document_seconds: float = DOCUMENT_SECONDS
) -> Iterator[Done]:
    """Runs a task over the documents in `workers` processes; yields batches as they finish, in any order.

    Documents are read only as fast as workers take them. Raises BuildError where workers cannot start at all.
    """
    waiting = batches(documents, workers)
    again: deque[tuple[Batch, tuple[Reject, ...]]] = deque()  # rests of batches whose worker died
    pool: list[Worker] = []

    def feed(worker: Worker) -> None:
        """Gives a worker its next batch, or ends it."""
        batch, rejects = again.popleft() if again else (next(waiting, None), ())
        if batch is None:
            worker.end()
            pool.remove(worker)
        else:
            worker.give(batch, rejects)

    try:
        for _ in range(workers):  # a worker starts only where there is a batch for it
            if (batch := next(waiting, None)) is None:
                break
            pool.append(Worker(task))
            pool[-1].give(batch, ())
        while pool:
            ready = wait([w.channel for w in pool], timeout=min(1.0, document_seconds / 4))
            for worker in list(pool):
                if worker.channel in ready:
                    try:
                        message = worker.channel.recv()
                    except (EOFError, ConnectionError, OSError):
                        failure = worker.death()
                    else:
                        if isinstance(message, BaseException):
                            raise message
                        assert worker.batch is not None
                        yield Done(worker.batch, message, worker.rejects)
                        feed(worker)
                        continue
                elif worker.is_stuck(document_seconds):
                    failure = Reject("", "timeout", f"took longer than {document_seconds:g} s; {SHORTEN}")
                    worker.kill()
                else:
                    continue
                rest = without_culprit(worker, failure)
                pool.remove(worker)
                pool.append(Worker(task))
                if rest[0].documents:
                    again.append(rest)
                else:  # nothing is left of it but its rejects
                    yield Done(rest[0], None, rest[1])
                feed(pool[-1])
    finally:
        for worker in pool:
            worker.kill()


SHORTEN = "look at the file, shorten or split it, and build again"


def without_culprit(worker: Worker, failure: Reject) -> tuple[Batch, tuple[Reject, ...]]:
    """The batch of a dead worker without the document it was at, which becomes a reject."""
    batch, at = worker.batch, worker.position.value
    if batch is None or at < 0:
        raise BuildError(f"A worker process ended before it read a document: {failure.detail}")
    culprit = batch.documents[at]
    reject = Reject(culprit.source, failure.reason, failure.detail)
    rest = Batch(batch.number, batch.documents[:at] + batch.documents[at + 1 :])
    return rest, (*worker.rejects, reject)


@dataclass(eq=False)
class Worker:
    """A worker process and the batch it has."""

    task: Task
    batch: Batch | None = None
    rejects: tuple[Reject, ...] = ()
    channel: Connection = field(init=False)
    process: BaseProcess = field(init=False)
    position: Synchronized[int] = field(init=False)  # index of the document it is at; -1 before the first
    seen: tuple[int, float] = (-1, 0.0)  # position when last looked at, and since when it stands there

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("forkserver")  # no fork of a process that has threads
        warm_up()
        self.channel, theirs = context.Pipe()
        self.position = context.Value("i", -1, lock=False)
        self.process = context.Process(target=serve, args=(theirs, self.task, self.position), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, batch: Batch, rejects: tuple[Reject, ...]) -> None:
        """Send a batch; `rejects` are those of its documents that already failed."""
        self.batch, self.rejects = batch, rejects
        self.seen = (-1, time.monotonic())
        self.position.value = -1
        self.channel.send(batch)

    def is_stuck(self, document_seconds: float) -> bool:
        """True where it has been at the same document for too long."""
        now, position = time.monotonic(), self.position.value
        if position != self.seen[0]:
            self.seen = (position, now)
        return now - self.seen[1] > (document_seconds if position >= 0 else START_SECONDS)

    def death(self) -> Reject:
        """Wait for a process that has ended; the reject for the document it was at, whose source is not known here."""
        self.process.join(timeout=5)
        return Reject("", "crashed", f"ended the process that read it (exit code {self.process.exitcode}); {SHORTEN}")

    def end(self) -> None:
        """Hang up: the process ends by itself."""
        self.channel.close()
        self.process.join(timeout=5)

    def kill(self) -> None:
        """End a process that hangs."""
        self.process.kill()
        self.process.join()
        self.channel.close()


def serve(channel: Connection, task: Task, position: Synchronized[int]) -> None:
    """A worker's life: batches in, results out, until the parent hangs up or dies."""
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))

    def at(index: int) -> None:
        position.value = index

    try:
        task.prepare()
    except Exception as error:
        channel.send(BuildError(f"Workers cannot start: {error}"))
        return
    while True:
        try:
            batch = channel.recv()
        except EOFError:
            return
        try:
            result = task(batch.number, batch.documents, at)
        except Exception as error:  # the task's own failure, e.g. a full disk; documents' failures are its result
            channel.send(BuildError(f"Batch {batch.number} failed: {type(error).__name__}: {error}"))
            return
        channel.send(result)


def warm_up() -> None:
    """Begins to load what workers share, in a process of its own; who calls it early finds workers ready at once."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()


def default_workers() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
