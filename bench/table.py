"""Measured figures: one row each, printed as one table and kept as JSON. Imports nothing of ours."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `limit`: what it must not exceed (or, with `at_least`, not fall below); None if free."""

    section: str
    name: str
    documents: int | None  # size of the warehouse or corpus; None where it does not matter
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of repeated runs, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return percentile(self.seconds, 95)


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` per cent of the values do not exceed (nearest rank).

    >>> percentile([1, 2, 3, 4], 50)
    2
    """
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share) // 100) - 1)]


def times(work: Callable[[], Any], rounds: int) -> Times:
    """Wall-clock seconds of each of several runs; the garbage collector waits."""
    taken = []
    gc.disable()
    try:
        for _ in range(rounds):
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
    finally:
        gc.enable()
    return Times(tuple(taken))


def evict(path: Path) -> None:
    """Drops a file from the page cache, so that the next reader reads the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


HEAD = f"{'section':12}{'figure':58}{'documents':>11}{'value':>13} {'unit':14}{'target':>12}"


def line(figure: Figure) -> str:
    """A row of the table."""
    documents = f"{figure.documents:,}" if figure.documents is not None else ""
    target = ""
    if figure.limit is not None:
        sign = "≥" if figure.at_least else "≤"
        target = f"{sign} {figure.limit:g}{'' if figure.is_met else '  MISSED'}"
    return f"{figure.section:12}{figure.name:58}{documents:>11}{number(figure.value):>13} {figure.unit:14}{target:>12}"


def number(value: float) -> str:
    """Three significant digits: 0.0123, 1.23, 123, 12,345."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine() -> dict[str, Any]:
    """What was measured on, and how busy it was: figures of a busy machine are worth their ratios only."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def write_json(path: Path, figures: list[Figure], before: dict[str, Any]) -> None:
    """Everything that the table shows; `before`: the machine when the run began."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"is_met": figure.is_met} for figure in figures]
    path.write_text(json.dumps({"began": before, "ended": machine(), "figures": rows}, indent=1, ensure_ascii=False))
