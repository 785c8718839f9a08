"""One document: its text with the directives marked, its fields with the words that support them, and its source.

Not in the navigation: lists and charts lead here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import address, builds, checking, corrections, documents, gestures, listing, markup, picking
from dashboard.reading import Mark, Offsets, around, marks_of, reading, side_by_side
from dashboard.search import find_hits, understand
from dashboard.view import View, current_view

WAYS = ("text", "raw", "both", "repairs")  # of reading it
MAX_SEGMENTS = 40  # more directives than that are chosen from a list
MAX_REPAIRS = 300
FROM = {"overview", "timeline", "measures", "compare", "meetings", "issuers", "search", "quality"}
# Fields of the labelled set by which each part of a document is measured.
MEASURED = {
    "issuer": "issuer",
    "meeting_date": "meeting_date",
    "published_date": "published_date",
    "region": "region_path",
    "kind": "level",
    "chair": "chair",
    "attendee": "attendees",
    "citations": "cited",
    "slogans": "slogans",
    "figures": "figures",
    "categories": "directive_categories",
    "speaker": "speaker",
    "directives": "directives",
}


def draw_way_back(view: View) -> None:
    """To the page that the link came from, as it was."""
    came_from = address.recall("via")
    page = came_from if came_from in FROM else "meetings"
    carried = {name: value for name, value in address.own().items() if name not in ("document", "directive", "via")}
    st.page_link(
        f"app_pages/{page}.py",
        label=view.text("document.back_to", page=view.text(f"page.{page}")),
        icon=":material/arrow_back:",
        query_params=carried,
    )


def draw_source(view: View, row: dict[str, Any]) -> None:
    """The link to the page, saying whether the words or only the facts come from it."""
    text = view.text
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="source"):
        if markup.is_web_address(row["url"]):
            key = "document.facts_from" if row["url_role"] == "facts" else "document.source_at"
            source = markup.link(row["url"], text(key, host=row["url_host"] or row["url"]) + " ↗")
            st.html(markup.tag("p", source, class_="em-entry"), width="content")


def measured(view: View, name: str) -> markup.Html | None:
    """How often this field is right, on labelled documents."""
    found = checking.accuracies(view.build).get(MEASURED.get(name, ""))
    if found is None:
        return None
    text = view.text
    return markup.tag(
        "span",
        text(
            f"document.accuracy_{found.metric}",
            value=text.percent(found.value),
            low=text.percent(found.low),
            high=text.percent(found.high),
            n=text.number(found.n),
        ),
        class_="em-accuracy",
    )


def with_accuracy(view: View, name: str, value: object) -> markup.Html:
    """A value with how often its field is right, where that was measured."""
    return markup.html([part for part in (value, measured(view, name)) if part is not None])


def draw_directive(view: View, row: dict[str, Any], directive: dict[str, Any], count: int) -> None:
    """What is known of the chosen directive, and what it passes on."""
    text = view.text
    families = view.families()
    measures = directive["measures"]
    tags = markup.category_tags((view.category(m["category_id"]), families.get(m["category_id"], "")) for m in measures)
    terms = text.listing(list(dict.fromkeys(t["term"] for m in measures for t in m["terms"])))
    rows: list[tuple[str, object, str | None]] = [
        (
            text("directive.nth", seq=directive["seq"], n=count),
            with_accuracy(view, "categories", tags if measures else text("directive.no_category")),
            text("directive.because", terms=terms) if terms else None,
        ),
        (text("directive.strength"), view.code("strength", directive["strength"]), None),
    ]
    for name in ("speaker", "addressee", "deadline"):
        if directive[name]:
            rows.append((text(f"directive.{name}"), with_accuracy(view, name, directive[name]), None))
    st.html(markup.facts(rows))
    source = documents.forwards_of(view.build, row["document_id"]).get(directive["directive_id"])
    if source:
        st.html(
            markup.alert(
                text("directive.forwarded", share=text.percent(source["similarity"])),
                text("directive.forwarded_words", words=source["shared_text"]),
            )
        )
        words = [
            source["title"] or text("document.untitled"),
            text.date(source["date"]),
            text.named(source["issuer"] or ""),
        ]
        st.page_link(
            "app_pages/document.py",
            label=markup.markdown(" · ".join(word for word in words if word)),
            query_params={
                **address.own(),
                "document": source["source_document"],
                "directive": str(source["source_seq"]),
            },
        )


def document_facts(view: View, row: dict[str, Any]) -> markup.Html:
    """What is known of the document, with the words that support it."""
    text, build = view.text, view.build
    people = documents.parts_of(build, row["document_id"], "people")

    def names(role: str) -> str:
        found = [(p["name"], p["title"]) for p in people if p["role"] == role]
        return text.listing([text("role.titled", name=name, title=title) if title else name for name, title in found])

    written = row["issuer_as_written"] if row["issuer_as_written"] != row["issuer"] else None
    dated = text.date(row["meeting_date"]), view.code("date_basis", row["date_basis"])
    kinds = [view.code("level", row["level"]), view.code("kind", row["issuer_kind"])]
    rows: list[tuple[str, object, str | None]] = [
        (
            text("document.issuer"),
            with_accuracy(view, "issuer", text.named(row["issuer"]) if row["issuer"] else text("document.no_issuer")),
            written,
        ),
        (
            text("document.meeting_date"),
            with_accuracy(view, "meeting_date", " · ".join(dated)),
            row["date_evidence"],
        ),
    ]
    for name in ("published_date", "effective_date"):
        if row[name]:
            rows.append((text(f"document.{name}"), with_accuracy(view, name, text.date(row[name])), None))
    rows.append(
        (
            text("document.region"),
            with_accuracy(view, "region", listing.place_of(row, view)),
            row["region_evidence"],
        )
    )
    rows.append((text("document.kind"), with_accuracy(view, "kind", text.listing(kinds)), None))
    if row["venue_format"]:
        rows.append((text("document.venue"), view.code("venue", row["venue_format"]), None))
    for role in ("chair", "speaker", "attendee", "observer"):
        if names(role):
            rows.append((text(f"role.{role}"), with_accuracy(view, f"{role}", names(role)), None))
    for part, field in (("citations", "title"), ("slogans", "label"), ("figures", "as_written")):
        found = documents.parts_of(build, row["document_id"], part)  # type: ignore[arg-type]
        if found:
            words = text.listing(list(dict.fromkeys(p[field] for p in found)))
            rows.append((text(f"document.{part}"), with_accuracy(view, part, words), None))
    rows.append((text("document.script"), view.code("script", row["script"]), None))
    return markup.facts(rows)


def draw_copies(view: View, row: dict[str, Any]) -> None:
    """Where else the same text is found; charts count it once."""
    copies = documents.copies_of(view.build, row["document_id"])
    if copies.empty:
        return
    text = view.text
    st.html(markup.alert(text("document.copies", n=len(copies))))
    for copy in builds.records(copies.head(5)):
        likeness = copy["similarity"] if copy["is_primary"] is False else row["similarity"]
        words = [copy["title"] if isinstance(copy["title"], str) else text("document.untitled")]
        words += [text("document.similar", share=text.percent(likeness))] if likeness and likeness == likeness else []
        st.page_link(
            "app_pages/document.py",
            label=markup.markdown(" · ".join(words)),
            query_params={**address.own(), "document": copy["document_id"], "directive": ""},
        )


def draw_repairs(view: View, row: dict[str, Any], repairs: Sequence[dict[str, Any]]) -> None:
    """What normalisation changed: by rule, then each in the words around it."""
    text, body = view.text, row["text"]
    counts = Counter(repair["rule"] for repair in repairs)
    st.html(
        markup.table(
            [(text("repairs.rule"), ""), (text("repairs.count"), "n")],
            [[view.code("rule", rule), text.number(n)] for rule, n in counts.most_common()],
        )
    )
    shown = sorted(repairs, key=lambda repair: counts[repair["rule"]])[:MAX_REPAIRS]
    if len(shown) < len(repairs):
        st.html(markup.note(text("repairs.some", n=len(shown), of=len(repairs))))
    st.html(
        markup.table(
            [(text(f"repairs.{name}"), "") for name in ("rule", "before", "after", "place")],
            [
                [
                    view.code("rule", repair["rule"]),
                    repair["before"],
                    repair["after"] or text("repairs.nothing"),
                    around(body, repair["start_char"], repair["end_char"], repair["before"] or ""),
                ]
                for repair in shown
            ],
        )
    )


def choose_directive(view: View, directives: Sequence[dict[str, Any]]) -> int | None:
    """The directive that is looked at: from the row of numbers, or by a click on it in the text."""
    if not directives:
        st.html(markup.note(view.text("document.no_directives")))
        return None
    numbers = [str(d["seq"]) for d in directives]
    value = address.choose_one(
        "directive",
        view.text("document.choose"),
        ["0", *numbers],
        lambda v: view.text("document.whole") if v == "0" else v,
        default="0",
        shape="segments" if len(numbers) <= MAX_SEGMENTS else "list",
    )
    return int(value) or None


def words_searched(view: View) -> list[str]:
    """The words that led here: those of the search, or of the mark on a chart."""
    mark = picking.picked(view)
    words = understand(address.recall("q")).words if address.recall("via") == "search" else ()
    behind = mark and (mark.get("phrase") or mark.get("chair") or (mark.get("term") if mark.is_of_documents else None))
    return [*words, *((behind,) if behind else ())]


def draw_text(view: View, row: dict[str, Any], directives: Sequence[dict[str, Any]]) -> int | None:
    """The text as the reader wants to read it; the directive that is chosen."""
    text, build = view.text, view.build
    repairs = documents.parts_of(build, row["document_id"], "repairs")
    names = {way: text(f"document.way_{way}") for way in WAYS} | {
        "repairs": text("document.way_repairs", n=text.number(len(repairs)))
    }
    way = address.choose_one(
        "show",
        text("document.way"),
        [way for way in WAYS if way != "repairs" or repairs],
        lambda v: names[v],
        default="text",
        show_label=False,
    )
    chosen = choose_directive(view, directives)
    if way == "repairs":
        draw_repairs(view, row, repairs)
        return chosen
    marks = marks_of(directives, chosen, view.families())
    forwarded = documents.forwards_of(build, row["document_id"])
    for directive in directives:
        source = forwarded.get(directive["directive_id"])
        at = directive["text"].find(source["shared_text"]) if source and directive["seq"] == chosen else -1
        if source and at >= 0:
            start = directive["start_char"] + at
            marks.append(Mark(start, start + len(source["shared_text"]), "shared", directive["seq"]))
    marks += [Mark(start, end, "found") for start, end in find_hits(row["text"], words_searched(view))]
    if way == "text":
        st.html(reading(row["text"], marks, chosen))
    else:
        offsets = Offsets(*documents.offsets_of(build, row["document_id"]))
        marks += [Mark(r["start_char"], r["end_char"], "repair") for r in repairs]
        if way == "raw":
            st.html(reading(row["raw_text"], offsets.carry(marks), chosen))
        else:
            heads = (text("document.way_text"), text("document.way_raw"))
            st.html(side_by_side(row["text"], row["raw_text"], offsets, marks, chosen, heads))
    gestures.follow_directives(chosen, lambda seq: address.assign(directive=seq))
    return chosen


def draw_document(view: View, row: dict[str, Any]) -> None:
    """The text on the left; the chosen directive and the facts of the document on the right. `row`: of documents."""
    text, build = view.text, view.build
    directives = documents.directives_of(build, row["document_id"])
    draw_way_back(view)
    issuer = text.named(row["issuer"] or row["issuer_as_written"] or "") or text("document.no_issuer")
    facts = [issuer, text.date(row["date"])]
    facts += [view.code("doc_type", row["doc_type"]), text.count("directive", len(directives))]
    st.html(markup.title(row["title"] or text("document.untitled"), " · ".join(facts)))
    draw_source(view, row)
    is_wide = address.recall("show") == "both"
    left, right = st.columns([3.2, 1] if is_wide else [1.9, 1], gap="large")
    with left:
        chosen = draw_text(view, row, directives)
    with right:
        draw_copies(view, row)
        for directive in directives:
            if directive["seq"] == chosen:
                draw_directive(view, row, directive, len(directives))
                st.divider()
        st.html(document_facts(view, row))
        corrections.show(view, row, directives, chosen)


def draw(view: View) -> None:
    """The document that the URL names; of one that is gone, its corrections."""
    row = documents.document(view.build, address.recall("document"))
    if row is None:
        draw_way_back(view)
        st.html(markup.title(view.text("document.missing"), view.text("document.missing_line")))
        corrections.show_history(view, address.recall("document"))
        return
    draw_document(view, row)


draw(current_view())
