"""What is looked at: one frozen Filters for every page. Imports nothing of ours; knows no Streamlit.

Filters come out of the URL, which anyone can write: `read_filters` keeps only values that the warehouse knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Literal

DateKind = Literal["default", "meeting", "published"]
DATE_KINDS: tuple[DateKind, ...] = ("default", "meeting", "published")
SEPARATOR = "."  # of several values in one URL parameter; no id has one, and no browser escapes it


@dataclass(frozen=True, slots=True)
class Filters:
    """One selection of documents and directives. Empty means all."""

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    provinces: tuple[str, ...] = ()  # adcodes; 000000 is the centre
    places: tuple[str, ...] = ()  # adcodes of prefectures, or of a municipality's districts
    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    date_kind: DateKind = "default"  # default: the meeting's date, else the published one
    explicit_only: bool = False  # leave out dates that were inferred
    with_copies: bool = False  # count near-duplicates too
    with_forwarded: bool = False  # count directives that repeat a higher-level announcement too

    def parameters(self) -> dict[str, object]:
        """Query parameters by name; null where anything goes."""
        named = {field.name: getattr(self, field.name) for field in fields(self)} | {"provinces": self.whole_provinces}
        return {name: (list(value) or None) if isinstance(value, tuple) else value for name, value in named.items()}

    @property
    def whole_provinces(self) -> tuple[str, ...]:
        """Provinces of which no place is chosen: a chosen place narrows its own province only."""
        narrowed = {place[:2] for place in self.places}  # GB/T 2260: the first two digits name the province
        return tuple(province for province in self.provinces if province[:2] not in narrowed)

    @property
    def is_dated(self) -> bool:
        """Whether only dated documents can match."""
        return bool(self.date_from or self.date_to)

    @property
    def narrows_directives(self) -> bool:
        """Whether a document may match while some of its directives do not."""
        return bool(self.categories or self.strengths)


def split(value: str | None) -> tuple[str, ...]:
    """The values of a URL parameter, in order, once each: 'a.b.a' → ('a', 'b')."""
    return tuple(dict.fromkeys(part for part in (value or "").split(SEPARATOR) if part))


def join(values: Collection[str]) -> str:
    """Values as one URL parameter: ('a', 'b') → 'a.b'."""
    return SEPARATOR.join(values)


def known(value: str | None, options: Collection[str]) -> tuple[str, ...]:
    """Those values of a URL parameter that are among the options."""
    return tuple(part for part in split(value) if part in options)


def read_date(value: str | None, first: dt.date, last: dt.date) -> dt.date | None:
    """An ISO date within bounds; null for anything else: '2022-13-01' → None."""
    try:
        day = dt.date.fromisoformat(value or "")
    except ValueError:
        return None
    return min(max(day, first), last)


@dataclass(frozen=True, slots=True)
class Options:
    """What the warehouse has to choose from; every tuple in display order."""

    first_date: dt.date  # of the dates that charts use by default
    last_date: dt.date
    provinces: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # (province, place)
    issuers: tuple[str, ...]  # most announcements first
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    categories: tuple[str, ...]
    strengths: tuple[str, ...] = ("encourage", "require", "strict")
    published: tuple[dt.date, dt.date] | None = None  # first and last day of publication

    def bounds(self, kind: DateKind) -> tuple[dt.date, dt.date]:
        """First and last day where this date counts."""
        return self.published if kind == "published" and self.published else (self.first_date, self.last_date)

    def places_of(self, provinces: Collection[str]) -> tuple[str, ...]:
        """The places that lie in these provinces."""
        return tuple(place for province, place in self.places if province in provinces)


def unknown_values(address: Mapping[str, str], options: Options, issuers: Collection[str]) -> list[tuple[str, str]]:
    """What a URL asks for and the warehouse does not have, as (parameter, value): it narrows nothing, and is told."""
    offered: dict[str, Collection[str]] = {
        "province": options.provinces,
        "place": [place for _, place in options.places],
        "issuer": issuers,
        "kind": options.kinds,
        "level": options.levels,
        "category": options.categories,
        "strength": options.strengths,
        "datekind": DATE_KINDS,
    }
    found = [
        (name, part) for name, values in offered.items() for part in split(address.get(name)) if part not in values
    ]
    first, last = options.first_date, options.last_date
    return found + [
        (name, address[name])
        for name in ("from", "to")
        if address.get(name) and read_date(address[name], first, last) is None
    ]


def read_filters(address: Mapping[str, str], options: Options, issuers: Collection[str]) -> Filters:
    """The filters of a URL. Unknown values, reversed ranges and places outside the provinces fall away.

    issuers: ids of all; options offer those with most announcements only.
    """
    get = address.get
    kind: DateKind = next((kind for kind in DATE_KINDS if kind == get("datekind")), "default")
    first, last = options.bounds(kind)
    date_from, date_to = read_date(get("from"), first, last), read_date(get("to"), first, last)
    if date_from and date_to and date_from > date_to:
        date_from, date_to = date_to, date_from
    provinces = known(get("province"), options.provinces)
    return Filters(
        date_from=None if date_from == first else date_from,
        date_to=None if date_to == last else date_to,
        provinces=provinces,
        places=known(get("place"), options.places_of(provinces)),
        issuers=known(get("issuer"), issuers),
        kinds=known(get("kind"), options.kinds),
        levels=known(get("level"), options.levels),
        categories=known(get("category"), options.categories),
        strengths=known(get("strength"), options.strengths),
        date_kind=kind,
        explicit_only=get("explicit") == "1",
        with_copies=get("copies") == "1",
        with_forwarded=get("forwarded") == "1",
    )
