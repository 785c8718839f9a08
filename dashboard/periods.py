"""Days, weeks, months and quarters: where they begin and end, and which suits. Imports nothing of ours."""

from __future__ import annotations

import datetime as dt
from typing import Literal

Grain = Literal["day", "week", "month", "quarter"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter")
THIN = 10  # documents; a share of fewer is faded, since one document more would move it by a tenth


def period_start(day: dt.date, grain: Grain) -> dt.date:
    """The first day of a day's period: (2022-03-05, quarter) → 2022-01-01."""
    if grain == "day":
        return day
    if grain == "week":
        return day - dt.timedelta(days=day.weekday())
    month = day.month if grain == "month" else (day.month - 1) // 3 * 3 + 1
    return day.replace(month=month, day=1)


def next_period(start: dt.date, grain: Grain) -> dt.date:
    """The first day of the period after."""
    if grain == "day":
        return start + dt.timedelta(days=1)
    if grain == "week":
        return start + dt.timedelta(days=7)
    months = start.month - 1 + (1 if grain == "month" else 3)
    return dt.date(start.year + months // 12, months % 12 + 1, 1)


def periods(first: dt.date, last: dt.date, grain: Grain) -> list[dt.date]:
    """First days of all periods that touch a span."""
    starts, start = [], period_start(first, grain)
    while start <= last:
        starts.append(start)
        start = next_period(start, grain)
    return starts


def snapped(first: dt.date, last: dt.date, grain: Grain) -> tuple[dt.date, dt.date]:
    """A span drawn by hand as whole periods: those whose middle it covers, else the one that holds its own middle."""
    starts = [
        start
        for start in periods(first, last, grain)
        if first <= start + (next_period(start, grain) - start) / 2 <= last
    ] or [period_start(first + (last - first) / 2, grain)]
    return starts[0], next_period(starts[-1], grain) - dt.timedelta(days=1)


def best_grain(first: dt.date, last: dt.date, documents: int) -> Grain:
    """The finest grain whose periods hold enough documents on average to read; the coarsest sensible one else."""
    sensible: list[Grain] = [g for g in GRAINS if 6 <= len(periods(first, last, g)) <= 170]
    if not sensible:
        return "day" if (last - first).days < 60 else "quarter"
    for grain in sensible:
        if documents / len(periods(first, last, grain)) >= THIN:
            return grain
    return sensible[-1]
