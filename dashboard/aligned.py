"""Counts of several entities on one axis: the calendar, or days before and after a day that each has of its own.

Imports periods and text. Knows no Streamlit and no chart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.periods import Grain, next_period, periods
from dashboard.text import Text

DAY = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of the axis: where it begins and ends there, and what it is called."""

    start: dt.date | int  # a day, or days since the day that entities are aligned on
    end: dt.date | int  # the first that is not in it
    words: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What entities' announcements order, by bin. An entity without a day to be aligned on has no spans."""

    bins: Sequence[Bin]
    spans: Mapping[str, Sequence[Span]]  # entity → first and last day of every bin
    read: Mapping[tuple[str, int], int]  # (entity, bin) → announcements
    directives: Mapping[tuple[str, int, str], int]  # (entity, bin, group)
    documents: Mapping[tuple[str, int, str], int]  # announcements that order the group

    @property
    def is_aligned(self) -> bool:
        """Whether bins are days from each entity's day 0, not days of the calendar."""
        return bool(self.bins) and isinstance(self.bins[0].start, int)


def sums(rows: pd.DataFrame, bins: pd.Series, keys: list[str], column: str) -> dict[tuple[object, ...], int]:
    """Sums of a column by entity, bin and what else is named."""
    placed = rows.assign(bin=bins).dropna(subset=["bin"]).astype({"bin": int})
    grouped = placed.groupby(["entity", "bin", *keys], as_index=False)[column].sum()
    return {tuple(row[:-1]): int(row[-1]) for row in grouped.itertuples(index=False, name=None)}


def counted(
    groups: pd.DataFrame,
    documents: pd.DataFrame,
    bins: Sequence[Bin],
    spans: Mapping[str, Sequence[Span]],
) -> Counted:
    """Rows by period (entity, period, …) put into the bins whose spans hold them."""
    starts = {
        (entity, day): i
        for entity, own in spans.items()
        for i, (first, last) in enumerate(own)
        for day in (first + n * DAY for n in range((last - first).days + 1))
    }

    def placed(rows: pd.DataFrame) -> pd.Series:
        keys = zip(rows["entity"], pd.to_datetime(rows["period"]), strict=True)
        return pd.Series(
            [None if pd.isna(day) else starts.get((entity, day.date())) for entity, day in keys],
            index=rows.index,
            dtype="object",
        )

    return Counted(
        bins,
        spans,
        sums(documents, placed(documents), [], "documents"),  # type: ignore[arg-type]
        sums(groups, placed(groups), ["group_id"], "directives"),  # type: ignore[arg-type]
        sums(groups, placed(groups), ["group_id"], "documents"),  # type: ignore[arg-type]
    )


def by_calendar(
    groups: pd.DataFrame, documents: pd.DataFrame, entities: Sequence[str], span: Span, grain: Grain, text: Text
) -> Counted:
    """By whole periods of the calendar. groups: entity, period, group_id, directives, documents."""
    starts = periods(*span, grain)
    bins = [Bin(start, next_period(start, grain), text.period(start, grain)) for start in starts]
    own = [(start, next_period(start, grain) - DAY) for start in starts]
    return counted(groups, documents, bins, dict.fromkeys(entities, own))


def around(
    groups: pd.DataFrame,
    documents: pd.DataFrame,
    zeros: Mapping[str, dt.date],
    before: int,
    after: int,
    size: int,
    text: Text,
) -> Counted:
    """By days before and after each entity's own day: before and after in days, in bins of so many days.

    groups and documents: by day. The day itself begins a bin, so that no bin mixes before and after.
    """
    starts = range(-(before // size) * size, after, size)
    bins = [Bin(start, start + size, text("period.relative", first=start, last=start + size - 1)) for start in starts]
    spans = {
        entity: [(zero + start * DAY, zero + (start + size - 1) * DAY) for start in starts]
        for entity, zero in zeros.items()
    }
    return counted(groups, documents, bins, spans)
