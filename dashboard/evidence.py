"""The directives behind a mark of a chart, beside the charts.

Imports address, listing, markup, marks, picking, provenance, reading, refresh and view.

The entry file draws it after the page, whatever page it is. It stands beside the charts (theme.py) and not over them,
so that the next mark is one click away; on a narrow screen it covers the lower half.

What a page does so that a mark opens its evidence:

1. Its chart hands every trace its keys as `customdata`, a list of ids a mark: `[["310000", "2022-01-01", "testing"]]`.
   A mark whose last key is "" stands for announcements, not for directives. Bars, and scatters with markers, hear
   clicks; heat maps do not, so cells are drawn as bars (charts/cells.py).
2. The page says what the ids are, in order:
   `panel.draw(view, "compare-trends", heading, line, chart, keys=Keys(("entity", "period", "category"), grain))`.
   The names are marks.FIELDS. A period is its first day, of the grain given, or a span `2022-01-01_2022-03-31`. What
   is the same for all marks of a chart is `fixed`: `Keys(("period",), grain, fixed=(("category", "testing"),))`.

The key of the chart is its own on its page, letters and hyphens only. The menu of the chart lists the same marks for
those who use no pointer. Without a chart, a button opens evidence with
`on_click=picking.assign, args=(Mark("quality-field", (("entity", "310000"),)),)`.
"""

from __future__ import annotations

import streamlit as st

from dashboard import address, listing, markup, picking, provenance, refresh
from dashboard.marks import Mark
from dashboard.provenance import EVIDENCE_ORDERS, EvidenceOrder
from dashboard.reading import quotation
from dashboard.view import View

ROWS = 10
MAX_PAGES = 200


def name_of(view: View, mark: Mark) -> str:
    """A mark in words: 检测筛查 · 2022年第1季度 · 上海市."""
    text = view.text
    words: list[str] = []
    if category := mark.get("category"):
        also = mark.get("also") or category
        both = text("evidence.also", first=view.category(category), also=view.category(also))
        words.append(view.category(category) if also == category else both)
    if family := mark.get("family"):
        words.append(view.code("family", family))
    if term := mark.get("term") or mark.get("phrase"):
        words.append(text("evidence.term", term=term))
    if chair := mark.get("chair"):
        words.append(text("evidence.chair", name=text.named(chair)))
    if strength := mark.get("strength"):
        words.append(view.code("strength", strength))
    if entity := mark.get("entity"):
        words.append(view.entity(entity))
    if level := mark.get("level"):
        words.append(view.code("level", level))
    if kind := mark.get("kind"):
        words.append(view.code("kind", kind))
    if mark.period:
        words.append(view.period(*mark.period))
    return " · ".join(words) or text("evidence.all")


def draw(view: View, page: str) -> None:
    """The evidence of the mark that the URL names, if it names one. page: where the reader is, for the way back."""
    mark = picking.picked(view)
    if mark is None:
        return
    with st.container(key="evidence"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False, key="evidence-head"):
            st.html(markup.chart_head(name_of(view, mark), count(view, mark)))
            st.button(
                view.text("evidence.close"),
                type="tertiary",
                icon=":material/close:",
                on_click=picking.assign,
                args=(None,),
                shortcut="Escape",
                key="close-evidence",
            )
        draw_list(view, mark, page)


def count(view: View, mark: Mark) -> str:
    """What is behind a mark, in numbers."""
    text = view.text
    if mark.is_of_documents:
        documents, ordering = provenance.count_documents_behind(view.build, view.filters, mark)
        return text("evidence.documents", documents=text.count("document", documents), ordering=text.number(ordering))
    directives, documents = provenance.count_evidence(view.build, view.filters, mark)
    return text(
        "evidence.directives",
        directives=text.count("directive", directives),
        documents=text.count("document", documents),
    )


@st.fragment
def draw_list(view: View, mark: Mark, page: str) -> None:
    """What is behind a mark, by date, some at a time. Turning its pages runs nothing else."""
    refresh.hold(view)
    text, build, filters = view.text, view.build, view.filters
    counts = provenance.count_documents_behind if mark.is_of_documents else provenance.count_evidence
    total = counts(build, filters, mark)[0]
    if not total:
        st.html(markup.note(text("evidence.none"), text("empty.next")))
        return
    order: EvidenceOrder = address.choose_one(  # type: ignore[assignment]
        "sort",
        text("evidence.sort"),
        tuple(EVIDENCE_ORDERS),
        lambda v: text(f"order.{v}"),
        default="newest",
        show_label=False,
    )
    pages = min(MAX_PAGES, -(-total // ROWS))
    part = address.read_page("part", pages)
    carried = {**address.own(), "via": page}
    if mark.is_of_documents:
        rows = provenance.list_documents_behind(build, filters, mark, order, part, ROWS)
        listing.draw_documents(view, rows, "evidence", carried=carried)
    else:
        for row in provenance.list_evidence(build, filters, mark, order, part, ROWS):
            draw_directive(view, row, carried)
    if pages > 1:
        address.turn_pages("part", pages)


def draw_directive(view: View, row: dict[str, object], carried: dict[str, str]) -> None:
    """One directive: its words with the evidence marked, what it counts as, and its document as a link over all."""
    text, families = view.text, view.families()
    measures: list[dict[str, str]] = row["measures"]  # type: ignore[assignment]
    with st.container(gap=None, key=f"card-{row['directive_id']}"):
        st.html(quotation(row, families))
        tags = markup.category_tags(
            [(view.category(m["category_id"]), families.get(m["category_id"], "")) for m in measures]
        )
        notes = [view.code("strength", str(row["strength"]))]
        notes += [text("tag.forwarded")] if row["is_forwarded"] else []
        notes += [] if row["is_primary"] else [text("tag.copy")]
        st.html(markup.tag("p", tags, *(markup.tag("span", note, class_="em-plain-tag") for note in notes)))
        st.page_link(
            "app_pages/document.py",
            label=markup.markdown(str(row["title"] or text("document.untitled"))),
            query_params={**carried, "document": str(row["document_id"]), "directive": str(row["seq"])},
        )
        st.html(markup.entry(listing.facts_of(view, row)))
