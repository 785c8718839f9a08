"""The comparison on one page to print: key figures, what may be said, the charts of the screen, cited sentences.

Imports builds, comparing, comparison, documents, download, markup, marks, pictures, profiles, provenance, reading,
refresh, theme and view. The browser sets the charts into the page (pictures/brief.js); all else is written here,
through markup.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

import streamlit as st

from dashboard import builds, comparing, documents, download, markup, pictures, provenance, refresh
from dashboard.comparison import Shares, pairs
from dashboard.marks import Mark
from dashboard.markup import Html
from dashboard.profiles import clearest, shares_of, verdicts
from dashboard.reading import quotation
from dashboard.theme import brief_style
from dashboard.view import View

FEW = 4  # up to so many compared, two sentences of each are cited; one beyond
# Heights, px: of a chart, and what each row of the table and each line takes from it, so that one page holds a few.
TALLEST, ROW, LINE = 470, 25, 18
LONGEST = 110  # characters of a cited sentence


@st.fragment
def draw(view: View, entities: tuple[str, ...], nested: frozenset[frozenset[str]]) -> None:
    """A menu that makes the brief when it is opened."""
    refresh.hold(view)
    text = view.text
    with st.popover(
        text("brief.name"), icon=":material/print:", type="tertiary", on_change="rerun", key="brief-menu"
    ) as m:
        if m.open:
            st.html(markup.note(text("brief.line")))
            pictures.offer_brief(page(view, entities, nested), text)


def page(view: View, entities: tuple[str, ...], nested: frozenset[frozenset[str]]) -> Html:
    """The whole page as HTML that needs nothing else; its charts' place is empty."""
    text, build, filters = view.text, view.build, view.filters
    names = {entity: view.entity(entity) for entity in entities}
    shares = shares_of(comparing.profile(build, filters, "entity", entities), nested)
    differences = pairs(shares)
    said = [*verdicts(view, shares, differences, names), *clearest(view, shares, differences, names)]
    heading = text("brief.title", names=text.listing(list(names.values())))
    line = download.selection(view) if filters.is_dated else f"{text.span(*view.span)} · {download.selection(view)}"
    return markup.page(
        heading,
        [
            markup.title(heading, line),
            key_figures(view, names),
            markup.tag("ul", [markup.tag("li", line) for line in said]),
            markup.tag("div", data_charts=str(TALLEST - ROW * len(names) - LINE * (len(said) - 1))),
            markup.tag("h2", text("brief.cited")),
            markup.tag("div", [cited(view, name, entity, shares) for entity, name in names.items()], class_="em-cited"),
            markup.tag("footer", [markup.tag("p", line) for line in cautions(view)]),
        ],
        style=brief_style(view.look),
        language=text.tag,
    )


def cautions(view: View) -> list[str]:
    """What not to conclude, and where it comes from."""
    text = view.text
    return [f"{text('method.coverage.text')} {text('method.copies.text')}", " · ".join(download.origin(view))]


def key_figures(view: View, names: dict[str, str]) -> Html:
    """One row each: announcements, those that order anything, directives, how many of them are strictly worded."""
    text, build, filters = view.text, view.build, view.filters
    read = comparing.entity_documents(build, filters, tuple(names), "quarter").groupby("entity")["documents"].sum()
    rows = []
    for entity, name in names.items():
        directives, ordering = provenance.count_evidence(build, filters, Mark("brief", (("entity", entity),)))
        strict, _ = provenance.count_evidence(
            build, filters, Mark("brief", (("strength", "strict"), ("entity", entity)))
        )
        share = text.percent(strict / directives) if directives else "—"
        rows.append([name, *map(text.number, (int(read.get(entity, 0)), ordering, directives)), share])
    columns = ("entity", "read", "ordering", "directives", "strict_share")
    return markup.table([(text(f"column.{c}"), "" if c == "entity" else "n") for c in columns], rows)


def cited(view: View, name: str, entity: str, shares: Shares) -> Html | None:
    """Sentences of one of the compared, of the category that most of its announcements order."""
    families = view.families()
    groups = [group for group in shares.groups if families.get(group) != "governance"]
    if entity not in shares.entities or not groups:
        return None
    group = max(groups, key=lambda group: shares.counts.get((entity, group), 0))
    mark = Mark("brief", (("category", group), ("entity", entity)))
    size = 2 if len(shares.entities) <= FEW else 1
    rows = provenance.list_evidence(view.build, view.filters, mark, "newest", 1, size)
    head = markup.tag("h3", name, " ", markup.category_tags([(view.category(group), families.get(group, ""))]))
    return markup.tag("section", head, [cite(view, row, families) for row in rows]) if rows else None


def cite(view: View, row: dict[str, object], families: Mapping[str, str]) -> Html:
    """One directive with the announcement that it stands in, linked here and at its source."""
    text = view.text
    document = documents.document(view.build, str(row["document_id"])) or {}
    asked = urlencode({"document": row["document_id"], "directive": row["seq"]})
    here = urljoin(st.context.url or "", f"document?{asked}")
    parts = [
        markup.link(here, row["title"] or text("document.untitled")),
        text.named(str(row["issuer"] or "")) or text("document.no_issuer"),
        text.date(builds.as_date(row["date"])),
    ]
    if markup.is_web_address(document.get("url")):
        key = "document.facts_from" if document["url_role"] == "facts" else "document.source_at"
        parts.append(markup.link(document["url"], text(key, host=document["url_host"] or document["url"])))
    line = markup.html([part for pair in zip(parts, [" · "] * len(parts), strict=True) for part in pair][:-1])
    return markup.html([quotation(row, families, LONGEST), markup.tag("p", line, class_="em-entry")])
