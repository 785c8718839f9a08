"""One document: its text with the directives marked, its fields with the words that support them, and its source.

Not in the navigation: lists and charts lead here.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import address, listing, markup, queries
from dashboard.reading import marks_of, reading
from dashboard.view import View, current_view


def draw_way_back(view: View) -> None:
    """To the list, at the place that the link came from."""
    st.page_link(
        "app_pages/meetings.py",
        label=view.text("document.back"),
        icon=":material/arrow_back:",
        query_params=address.here("q", "order", "page"),
    )


def draw_source(view: View, row: dict[str, Any]) -> markup.Html | None:
    """The link to the page, saying whether the words or only the facts come from it."""
    text = view.text
    if not markup.is_web_address(row["url"]):
        return None
    key = "document.facts_from" if row["url_role"] == "facts" else "document.source_at"
    return markup.link(row["url"], text(key, host=row["url_host"] or row["url"]) + " ↗")


def directive_facts(view: View, directive: dict[str, Any], count: int) -> markup.Html:
    """What is known of the chosen directive."""
    text = view.text
    families = view.families()
    rows: list[tuple[str, object, str | None]] = []
    measures = directive["measures"]
    terms = text.listing(list(dict.fromkeys(t["term"] for m in measures for t in m["terms"])))
    tags = markup.category_tags((view.category(m["category_id"]), families.get(m["category_id"], "")) for m in measures)
    rows.append(
        (
            text("directive.nth", seq=directive["seq"], n=count),
            tags if measures else text("directive.no_category"),
            None,
        )
    )
    if terms:
        rows.append((text("directive.terms"), terms, None))
    rows.append((text("directive.strength"), view.code("strength", directive["strength"]), None))
    for name in ("speaker", "addressee", "deadline"):
        if directive[name]:
            rows.append((text(f"directive.{name}"), directive[name], None))
    return markup.facts(rows)


def document_facts(view: View, row: dict[str, Any]) -> markup.Html:
    """What is known of the document, with the words that support it."""
    text, build = view.text, view.build
    people = queries.parts_of(build, row["document_id"], "people")

    def names(role: str) -> str:
        return text.listing([p["name"] for p in people if p["role"] == role])

    region = listing.place_of(row, view)
    written = row["issuer_as_written"] if row["issuer_as_written"] != row["issuer"] else None
    rows: list[tuple[str, object, str | None]] = [
        (text("document.issuer"), row["issuer"] or text("document.no_issuer"), written),
        (
            text("document.meeting_date"),
            f"{text.date(row['meeting_date'])} · {view.code('date_basis', row['date_basis'])}",
            row["date_evidence"],
        ),
    ]
    for name in ("published_date", "effective_date"):
        if row[name]:
            rows.append((text(f"document.{name}"), text.date(row[name]), None))
    rows.append((text("document.region"), region, row["region_evidence"]))
    rows.append(
        (
            text("document.kind"),
            text.listing(
                [
                    view.code("level", row["level"]),
                    view.code("kind", row["issuer_kind"]),
                    view.code("doc_type", row["doc_type"]),
                ]
            ),
            None,
        )
    )
    if row["venue_format"]:
        rows.append((text("document.venue"), view.code("venue", row["venue_format"]), None))
    for role in ("chair", "speaker", "attendee", "observer"):
        if names(role):
            rows.append((text(f"role.{role}"), names(role), None))
    for part, field in (("citations", "title"), ("slogans", "label"), ("figures", "as_written")):
        found = queries.parts_of(build, row["document_id"], part)  # type: ignore[arg-type]
        if found:
            rows.append((text(f"document.{part}"), text.listing(list(dict.fromkeys(p[field] for p in found))), None))
    rows.append((text("document.script"), view.code("script", row["script"]), None))
    return markup.facts(rows)


def draw_document(view: View, row: dict[str, Any]) -> None:
    text, build = view.text, view.build
    directives = queries.directives_of(build, row["document_id"])
    draw_way_back(view)
    facts = [row["issuer"] or row["issuer_as_written"] or text("document.no_issuer"), text.date(row["date"])]
    facts += [view.code("doc_type", row["doc_type"]), text.count("directive", len(directives))]
    st.html(markup.title(row["title"] or text("document.untitled"), " · ".join(facts)))
    source = draw_source(view, row)
    if source:
        st.html(markup.tag("p", source, class_="em-entry"))
    left, right = st.columns([1.9, 1], gap="large")
    chosen: int | None = None
    with left:
        if directives:
            numbers = [str(d["seq"]) for d in directives]
            value = address.choose_one(
                "directive",
                text("document.choose"),
                ["0", *numbers],
                lambda v: text("document.whole") if v == "0" else v,
                default="0",
            )
            chosen = int(value) or None
        else:
            st.html(markup.note(text("document.no_directives")))
        st.html(reading(row["text"], marks_of(directives, chosen, view.families()), chosen))
    with right:
        copies = queries.copies_of(build, row["document_id"])
        if not copies.empty:
            st.html(markup.alert(text("document.copies", n=len(copies))))
        for directive in directives:
            if directive["seq"] == chosen:
                st.html(directive_facts(view, directive, len(directives)))
                st.divider()
        st.html(document_facts(view, row))


def draw(view: View) -> None:
    row = queries.document(view.build, address.recall("document"))
    if row is None:
        draw_way_back(view)
        st.html(markup.title(view.text("document.missing"), view.text("document.missing_line")))
        return
    draw_document(view, row)


draw(current_view())
