"""What a page is given: the build, the selection, the words and the look.

The entry file makes one View a run and sets it; a page reads it with `current_view()`. It is derived from the URL and
the published build alone, so that a link restores it. Imports builds, filters, periods, queries, text and theme.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from dashboard import queries
from dashboard.builds import Build
from dashboard.filters import Filters, Options
from dashboard.periods import GRAINS, next_period, period_start
from dashboard.queries import Grouping
from dashboard.text import Text
from dashboard.theme import Look


@dataclass(frozen=True, slots=True)
class Groups:
    """What marks are grouped by: ids in order, their names and colours."""

    order: list[str]
    labels: dict[str, str]
    colours: dict[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page draws from."""

    build: Build
    options: Options
    filters: Filters
    text: Text
    look: Look

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The days that a chart over time covers: those chosen, else all that the build has.

        The same whatever else is chosen, so that a place without documents shows as such.
        """
        first, last = self.options.bounds(self.filters.date_kind)
        return self.filters.date_from or first, self.filters.date_to or last

    def category(self, category_id: str) -> str:
        """Name of a category."""
        names = queries.names_of_categories(self.build, not self.text.is_chinese)
        return self.text.named(names.get(category_id, category_id))

    def region(self, adcode: str) -> str:
        """Name of a region; 000000 is the centre."""
        if adcode == "000000":
            return self.text("region.centre")
        return self.text.named(queries.names_of_regions(self.build, not self.text.is_chinese).get(adcode, adcode))

    def issuer(self, issuer_id: str) -> str:
        """Name of an issuer in the reader's characters: no translation exists."""
        return self.text.named(queries.names_of_issuers(self.build).get(issuer_id, issuer_id))

    def entity(self, entity_id: str) -> str:
        """Name of a region or an issuer."""
        return self.region(entity_id) if len(entity_id) == 6 and entity_id.isdigit() else self.issuer(entity_id)

    def code(self, kind: str, value: str | None) -> str:
        """Words for a coded value: ("level", "county") → 区县; a dash for none, the code itself if it is new."""
        if not value:
            return "—"
        key = f"{kind}.{value}"
        return self.text(key) if self.text.has(key) else value

    def period(self, first: dt.date, last: dt.date) -> str:
        """Two days in words: as a period where they are one whole period, else as a span."""
        for grain in GRAINS:
            if period_start(first, grain) == first and next_period(first, grain) == last + dt.timedelta(days=1):
                return self.text.period(first, grain)
        return self.text.span(first, last)

    def families(self) -> Mapping[str, str]:
        """The family of every category, in the taxonomy's order."""
        return queries.families(self.build)

    def groups(self, grouping: Grouping) -> Groups:
        """Families or categories in the taxonomy's order. The two may share an id: `economy` is both."""
        families = self.families()
        if grouping == "family":
            order = list(dict.fromkeys(families.values()))
            return Groups(
                order,
                {name: self.code("family", name) for name in order},
                {name: self.look.family(name) for name in order},
            )
        return Groups(
            list(families),
            {name: self.category(name) for name in families},
            {name: self.look.family(family) for name, family in families.items()},
        )


_CURRENT: ContextVar[View] = ContextVar("view")


def set_view(view: View) -> None:
    """Sets the view of this run, before its page is drawn."""
    _CURRENT.set(view)


def current_view() -> View:
    """The view of this run."""
    return _CURRENT.get()
