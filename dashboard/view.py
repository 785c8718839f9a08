"""What a page is given: the build, the selection, the words and the look. Imports address, filters, queries, text, theme.

The entry file makes one View a run and sets it; a page reads it with `current_view()`. It is derived from the URL and
the published build alone, so that a link restores it.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from dashboard import queries
from dashboard.filters import Filters, Options
from dashboard.queries import Build
from dashboard.text import Text
from dashboard.theme import Look


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page draws from."""

    build: Build
    options: Options
    filters: Filters
    text: Text
    look: Look

    def category(self, category_id: str) -> str:
        """Name of a category."""
        return queries.names_of_categories(self.build, self.text.language).get(category_id, category_id)

    def region(self, adcode: str) -> str:
        """Name of a region; 000000 is the centre."""
        if adcode == "000000":
            return self.text("region.centre")
        return queries.names_of_regions(self.build, self.text.language).get(adcode, adcode)

    def issuer(self, issuer_id: str) -> str:
        """Name of an issuer, as it is: no translation exists."""
        return queries.names_of_issuers(self.build).get(issuer_id, issuer_id)

    def entity(self, entity_id: str) -> str:
        """Name of a region or an issuer."""
        return self.region(entity_id) if len(entity_id) == 6 and entity_id.isdigit() else self.issuer(entity_id)

    def code(self, kind: str, value: str | None) -> str:
        """Words for a coded value: ("level", "county") → 区县; a dash for none, the code itself if it is new."""
        if not value:
            return "—"
        key = f"{kind}.{value}"
        return self.text(key) if self.text.has(key) else value

    def group(self, group_id: str) -> str:
        """Name of a family or a category."""
        key = f"family.{group_id}"
        return self.text(key) if self.text.has(key) else self.category(group_id)

    def families(self) -> dict[str, str]:
        """The family of every category and family."""
        rows = queries.taxonomy(self.build)
        return dict(zip(rows["category_id"], rows["family"], strict=True)) | {name: name for name in rows["family"]}

    def group_order(self) -> list[str]:
        """Families, then categories, in the taxonomy's order."""
        rows = queries.taxonomy(self.build)
        return list(dict.fromkeys(rows["family"])) + list(rows["category_id"])

    def colour(self, group_id: str) -> str:
        """Its family's colour."""
        return self.look.family(self.families().get(group_id))


_CURRENT: ContextVar[View] = ContextVar("view")


def set_view(view: View) -> None:
    _CURRENT.set(view)


def current_view() -> View:
    """The view of this run."""
    return _CURRENT.get()
