"""What builds take: a folder again with 0, 1 and 100 % of it changed, and loading and publishing staged records.

Imports bench, etl and warehouse. The commands run as a user runs them, start of Python included.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.corpus import pages, write_folder
from bench.generated import ROOT as LABEL
from bench.generated import stage
from bench.table import Figure
from etl.copies import mark_copies
from warehouse import load
from warehouse.connection import published_path
from warehouse.load import Reading
from warehouse.publish import new_build, publish
from warehouse.settings import ROOT

LIMITS = {"0 %": 3.0, "1 %": 6.0}  # seconds, of 10,000 documents
LIMITED = 10_000
AGAIN = 5


def incremental(count: int, scratch: Path) -> Iterator[Figure]:
    """Seconds of `python -m etl build` on a folder of `count` announcements: all new, then none and few changed."""
    corpus, warehouse = scratch / f"corpus-{count}", scratch / f"builds-{count}"
    write_folder(corpus, pages(count))
    size = sum(file.stat().st_size for file in corpus.rglob("*") if file.is_file())
    yield Figure("builds", "corpus, per document", count, size / count, "bytes")
    first = build(corpus, warehouse)
    yield Figure("builds", "100 % new", count, first, "s")
    yield Figure("builds", "100 % new, per document", count, 1000 * first / count, "ms")
    yield Figure("builds", "file, per document", count, published_path(warehouse).stat().st_size / count, "bytes")
    for name, share in (("0 %", 0.0), ("1 %", 0.01)):
        taken = []
        for turn in range(AGAIN):
            change(corpus, int(count * share), turn)
            taken.append(build(corpus, warehouse))
        limit = LIMITS[name] if count == LIMITED else None
        yield Figure("builds", f"{name} changed, again", count, statistics.median(taken), "s", limit)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("builds", "peak memory of the building process", count, peak, "MB")


def build(corpus: Path, warehouse: Path) -> float:
    """Seconds of a build in a process of its own."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "etl", "build", str(corpus), "--warehouse", str(warehouse)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def change(corpus: Path, count: int, turn: int) -> None:
    """Adds an order to `count` of the announcements, other ones each turn."""
    texts = sorted(corpus.rglob("*.txt"))
    for file in texts[turn : turn + count]:
        file.write_bytes(file.read_bytes() + f"第{turn}，要加强排查。\n".encode())


def filled(count: int, scratch: Path) -> tuple[Path, list[Figure]]:
    """A published warehouse of `count` generated documents, and what each step of loading it took."""
    directory = scratch / f"warehouse-{count}"
    figures: list[Figure] = []

    def step(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        result = work(*arguments)
        figures.append(Figure("load", name, count, time.perf_counter() - started, "s"))
        return result

    with new_build(directory, from_nothing=True) as made:
        load.begin(made.connection, None)
        step("generating the records (no part of a build)", stage, made.staging, count)
        started = datetime.now(UTC).replace(tzinfo=None)
        reading = Reading(made.build_id, started, {LABEL: "0" * 64}, (LABEL,), LABEL, "local")
        step("tables", load.fill, made.connection, made.staging, reading)
        step("copies and forwarded words", mark_copies, made.connection)
        step("marts and views", load.finish, made.connection)
        step("checks", load.check, made.connection)
        file: Path = step("publishing", publish, made)
    total = sum(figure.value for figure in figures[1:])
    directives = rows_of(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures += [
        Figure("load", "all steps of a load", count, total, "s"),
        Figure("load", "all steps, per document", count, 1e6 * total / count, "µs"),
        Figure("load", "file, per document", count, file.stat().st_size / count, "bytes"),
        Figure("load", "directive measures", count, directives, "rows"),
        Figure("load", "peak memory so far", count, peak, "MB"),
    ]
    return file, figures


def rows_of(file: Path) -> int:
    """Directive measures in a warehouse."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM measures").fetchall()[0][0])
