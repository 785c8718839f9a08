"""What a mark on a chart stands for, as it travels in the URL. Imports filters only; knows no Streamlit.

A mark is named by its chart and by what narrows the directives behind it:
`timeline.period-2022-01-01_2022-03-31.category-testing`. So a link says by itself what it shows, whatever the chart
that it was taken from draws today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.filters import SEPARATOR, Options
from dashboard.periods import Grain, next_period

# An entity is a region or an issuer; `of` is documents where a mark stands for announcements; the name of a chair, a
# term, or a phrase that stands in the text may hold any letter, so it is the last.
FREE = ("chair", "term", "phrase")
FIELDS = ("period", "family", "category", "also", "strength", "entity", "level", "kind", "of", *FREE)
MAX_TERM = 40
EARLIEST, LATEST = 1900, 2100  # years of a mark's days


@dataclass(frozen=True, slots=True)
class Keys:
    """What the keys (customdata) of a chart's marks mean, in order.

    A mark whose last key is empty stands for announcements, not for directives: a bar of the coverage strip.
    """

    names: tuple[str, ...]  # of FIELDS
    grain: Grain = "day"  # of periods, whose keys are their first days; a span is its own
    fixed: tuple[tuple[str, str], ...] = ()  # what holds for all marks of the chart


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a chart: by what the directives behind it are narrowed, beyond the filters."""

    chart: str
    narrowing: tuple[tuple[str, str], ...]  # (field, value), in the order of FIELDS

    def get(self, field: str) -> str | None:
        """The value by which a field is narrowed; None where it is not."""
        return dict(self.narrowing).get(field)

    @property
    def is_of_documents(self) -> bool:
        """Whether it stands for announcements rather than for directives."""
        return self.get("of") == "documents"

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day."""
        days = (self.get("period") or "").split("_")
        try:
            first, last = (dt.date.fromisoformat(day) for day in days)
        except ValueError:
            return None
        if not all(EARLIEST <= day.year <= LATEST for day in (first, last)):
            return None  # no chart has such a mark, and days beyond the calendar cannot be counted on
        return (first, last) if first <= last else (last, first)

    def parameters(self) -> dict[str, object]:
        """Query parameters by name; null where anything goes."""
        first, last = self.period or (None, None)
        named: dict[str, object] = {f"mark_{name}": self.get(name) for name in FIELDS if name not in ("period", "of")}
        return named | {"mark_from": first, "mark_to": last}


def period_key(first: dt.date, last: dt.date) -> str:
    """Two days as a value of the field `period`."""
    return f"{first.isoformat()}_{last.isoformat()}"


def mark_of(chart: str, keys: Keys, values: Any) -> Mark | None:
    """The mark whose customdata these are; None where they are not what the keys announce.

    mark_of("timeline", Keys(("period", "family"), "month"), ["2022-01-01", "health"])
    → timeline.period-2022-01-01_2022-01-31.family-health
    """
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) < len(keys.names):
        return None
    found: dict[str, str] = dict(keys.fixed)
    for name, value in zip(keys.names, values, strict=False):
        if not isinstance(value, str):
            return None
        if name == "period" and "_" not in value:
            try:
                first = dt.date.fromisoformat(value[:10])
            except ValueError:
                return None
            value = period_key(first, next_period(first, keys.grain) - dt.timedelta(days=1))
        if value:
            found[name] = value
        else:
            found["of"] = "documents"
    return Mark(chart, tuple((field, found[field]) for field in FIELDS if field in found))


def write_mark(mark: Mark) -> str:
    """A mark as a URL parameter."""
    return SEPARATOR.join([mark.chart, *(f"{field}-{value}" for field, value in mark.narrowing)])


def read_mark(value: str, options: Options, families: Collection[str]) -> Mark | None:
    """The mark of a URL; None unless every part of it is known.

    Entities are not looked up: one that does not exist has no directives.
    """
    chart, *parts = value.split(SEPARATOR)
    found: dict[str, str] = {}
    for i, part in enumerate(parts):
        field, _, rest = part.partition("-")
        if field in FREE:
            found[field] = SEPARATOR.join([rest, *parts[i + 1 :]])[:MAX_TERM]
            break
        found[field] = rest
    known: Mapping[str, Collection[str]] = {
        "family": families,
        "category": options.categories,
        "also": options.categories,
        "strength": options.strengths,
        "level": options.levels,
        "kind": options.kinds,
        "of": ("documents", "directives"),
    }
    mark = Mark(chart, tuple((field, found[field]) for field in FIELDS if found.get(field)))
    is_sound = (
        chart.replace("-", "").isalnum()
        and len(mark.narrowing) == len(found) > 0
        and all(found[field] in values for field, values in known.items() if field in found)
        and ("period" not in found or mark.period is not None)
        and len(found.get("entity", "")) <= 64
    )
    return mark if is_sound else None
