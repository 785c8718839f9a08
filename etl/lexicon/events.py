"""Dated reference events: events.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from etl.lexicon.places import Gazetteer
from etl.lexicon.tables import DATA, read_table


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """A dated reference event."""

    date: str  # ISO
    level: Literal["national", "province", "prefecture"]
    adcode: str | None
    region: str  # names from the province down, as in the file; empty if national
    name_zh: str
    name_en: str
    source_url: str


def load_events(gazetteer: Gazetteer) -> tuple[Event, ...]:
    """From events.tsv, in date order. Raises LexiconError for a bad date, level or region, or disorder."""
    by_path = {"/".join(place.path): place.adcode for place in gazetteer.places.values()}
    events: list[Event] = []
    for row in read_table(DATA / "events.tsv"):
        try:
            date.fromisoformat(row["date"])
        except ValueError as bad:
            raise row.error(f"date {row['date']!r} is not a day (YYYY-MM-DD)") from bad
        if events and row["date"] < events[-1].date:
            raise row.error(f"date {row['date']} stands after {events[-1].date}; keep the file in date order")
        if row["level"] not in ("national", "province", "prefecture"):
            raise row.error(f"level {row['level']!r} is not national, province or prefecture")
        if (row["level"] == "national") != (not row["region"]) or (row["region"] and row["region"] not in by_path):
            raise row.error(f"region {row['region']!r} is not a path of regions.tsv that fits level {row['level']}")
        if not row["name_zh"] or not row["name_en"]:
            raise row.error("name_zh and name_en must both be given")
        events.append(
            Event(
                row["date"],
                cast(Literal["national", "province", "prefecture"], row["level"]),
                by_path.get(row["region"]),
                row["region"],
                row["name_zh"],
                row["name_en"],
                row["source_url"],
            )
        )
    return tuple(events)
