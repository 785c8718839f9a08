"""What dates are understood by: calendar_days.tsv, date_cues.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from etl.lexicon.tables import DATA, read_table

CalendarKind = Literal["lunar", "festival", "season", "workday"]
DateCueKind = Literal["before", "after", "sitting", "issuing", "visiting", "vague", "notice", "conveying"]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a text names instead of a date: 正月初十, 国庆节, the first working day after 春节."""

    names: tuple[str, ...]
    kind: CalendarKind
    day: date


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """What dates are understood by: named days, and the cue patterns of each kind."""

    days: tuple[CalendarDay, ...]
    cues: dict[DateCueKind, tuple[str, ...]]


def load_date_words() -> DateWords:
    """From calendar_days.tsv and date_cues.tsv. Raises LexiconError for an unknown kind, date or bad pattern."""
    days: list[CalendarDay] = []
    for row in read_table(DATA / "calendar_days.tsv"):
        if row["kind"] not in get_args(CalendarKind):
            raise row.error(f"kind {row['kind']!r} is none of {', '.join(get_args(CalendarKind))}")
        try:
            day = date.fromisoformat(row["date"])
        except ValueError as problem:
            raise row.error(f"date {row['date']!r}: {problem}") from problem
        days.append(CalendarDay(tuple(row["names"].split("|")), cast(CalendarKind, row["kind"]), day))
    cues: dict[DateCueKind, list[str]] = {kind: [] for kind in get_args(DateCueKind)}
    for row in read_table(DATA / "date_cues.tsv"):
        if row["kind"] not in cues:
            raise row.error(f"kind {row['kind']!r} is none of {', '.join(cues)}")
        cues[cast(DateCueKind, row["kind"])].append(row.pattern)
    return DateWords(tuple(days), {kind: tuple(patterns) for kind, patterns in cues.items()})
