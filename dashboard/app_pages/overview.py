"""Overview: what there is, what was ordered over time, what is in focus, what came last."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard import builds, documents, listing, markup, panel, queries, sidebar
from dashboard.charts import over_time, ranked
from dashboard.charts.series import TimeData
from dashboard.marks import Keys, period_key
from dashboard.periods import THIN, best_grain
from dashboard.queries import Headline
from dashboard.view import View, current_view

RECENT_DAYS = 91
EARLIER_DAYS = 365


def draw_headline(view: View, head: Headline) -> None:
    """What the selection holds, in numbers."""
    text = view.text
    load = builds.load_of(view.build)
    facts = [text.count("document", head.documents), text.count("directive", head.directives)]
    facts += [text.span(head.first_date, head.last_date)] if head.first_date else []
    facts.append(text("overview.loaded", loaded=text.date(load.finished_at.date())))
    st.html(markup.title(text("overview.title"), " · ".join(facts)))
    sidebar.draw_active(view)
    st.html(
        markup.cards(
            [
                (
                    text("card.documents"),
                    text.number(head.documents),
                    text("card.documents.note", issuers=text.count("issuer", head.issuers)),
                ),
                (
                    text("card.directives"),
                    text.number(head.directives),
                    text("card.directives.note", mean=text.number(round(head.directives / head.documents, 1)))
                    if head.documents
                    else "",
                ),
                (
                    text("card.dated"),
                    text.percent(head.dated / head.documents) if head.documents else "—",
                    text("card.dated.note", inferred=text.number(head.inferred)),
                ),
                (text("card.provinces"), text.number(head.provinces), text("card.provinces.note")),
            ]
        )
    )


def draw_over_time(view: View, head: Headline) -> None:
    """Shares of families over time, above what was read."""
    text = view.text
    if not head.first_date or not head.last_date or not head.directives:
        panel.nothing(view, text("overview.time.title"))
        return
    first, last = view.span
    grain = best_grain(first, last, head.documents)
    groups = view.groups("family")
    data = TimeData(
        groups=queries.groups_over_time(view.build, view.filters, grain, "family"),
        documents=queries.documents_over_time(view.build, view.filters, grain),
        order=groups.order,
        labels=groups.labels,
        colours=groups.colours,
        first=first,
        last=last,
        grain=grain,
    )
    panel.draw(
        view,
        "overview-time",
        text("overview.time.title"),
        text("overview.time.line", grain=text(f"grain.{grain}"), documents=text.count("document", head.dated), n=THIN),
        lambda: over_time.stacked(data, "share", view.look, text, height=350),
        explanation=text("help.share"),
        keys=Keys(("period", "family"), grain),
        brush=True,
    )


def draw_focus(view: View, head: Headline) -> None:
    """What grew and what shrank: the last 13 weeks of the selection against the year before them."""
    text = view.text
    if not head.last_date:
        panel.nothing(view, text("overview.focus.title"))
        return
    recent_from = head.last_date - dt.timedelta(days=RECENT_DAYS - 1)
    rows = queries.focus(view.build, view.filters, recent_from, recent_from - dt.timedelta(days=EARLIER_DAYS))
    n = 0 if rows.empty else int(min(rows["recent_n"].iloc[0], rows["earlier_n"].iloc[0]))
    if n < 5:
        panel.too_little(view, text("overview.focus.title"), n)
        return
    groups = view.groups("category")
    panel.draw(
        view,
        "overview-focus",
        text("overview.focus.title"),
        text(
            "overview.focus.line",
            since=text.date(recent_from),
            recent=int(rows["recent_n"].iloc[0]),
            earlier=int(rows["earlier_n"].iloc[0]),
        ),
        lambda: ranked.shifts(rows, groups.labels, groups.colours, view.look, text),
        explanation=text("help.focus"),
        keys=Keys(("category",), fixed=(("period", period_key(recent_from, head.last_date)),)),
    )


def draw(view: View) -> None:
    """The selection at a glance, and its latest texts."""
    head = queries.headline(view.build, view.filters)
    draw_headline(view, head)
    if not head.documents:
        st.html(markup.note(view.text("empty.none"), view.text("empty.next")))
        return
    with st.container(key="pair-overview"):  # side by side only where there is room (theme.py)
        left, right = st.columns([1.9, 1], gap="large")
    with left:
        draw_over_time(view, head)
    with right:
        draw_focus(view, head)
    st.html(markup.chart_head(view.text("overview.latest.title"), view.text("overview.latest.line")))
    latest = documents.list_documents(view.build, view.filters, size=8)
    listing.draw_documents(view, latest, "latest", columns=2)


draw(current_view())
