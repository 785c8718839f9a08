"""A chart on a page: what it counts, the figure, its data to take away, its words for those who cannot see it.

Imports charts.canvas, download, evidence, markup, marks, picking, pictures and view.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import streamlit as st

from dashboard import download, markup, picking, pictures, refresh
from dashboard.charts.canvas import Chart
from dashboard.evidence import name_of
from dashboard.marks import Keys
from dashboard.view import View

MOST_MARKS = 3000  # named in a menu
MOST_CHARTS = 100  # kept in memory, of about a megabyte each at most
CONFIG = {"displayModeBar": False, "displaylogo": False, "responsive": True, "doubleClick": False}


def draw(
    view: View,
    key: str,
    heading: str,
    line: str,
    chart: Chart | Callable[[], Chart],
    *,
    explanation: str,
    is_wide: bool = False,
    keys: Keys | None = None,
    brush: bool = False,
) -> None:
    """Draws a chart under its heading (what is counted) and line (unit, n), with a menu beside them.

    chart: or a function that makes it, called once for all readers of the same view: it may depend on nothing but the
    build and what the address says. A wide chart keeps a least width, and scrolls sideways on a phone. keys: what its
    marks stand for; with them, a click on a mark opens the directives behind it. explanation: what is counted, how, and
    what not to conclude, in the words that the Method page has too. brush: whether a span drawn over it sets the dates.
    """
    if not isinstance(chart, Chart):
        chart = shared(f"{key} {picking.seen_of(view)}", chart)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, key=f"head-{key}"):
        st.html(markup.chart_head(heading, line))
        draw_menu(
            view, key, heading, line, chart, (explanation, view.text("panel.brush")) if brush else (explanation,), keys
        )
    if is_wide:
        st.html(markup.tag("p", view.text("panel.sideways"), class_="em-entry em-narrow"))
    element = f"chart-wide-{key}" if is_wide else f"chart-{key}"
    if keys:
        picking.draw(view, key, chart, keys, CONFIG, element, brush)
    else:
        st.plotly_chart(chart.figure, theme=None, config=CONFIG, key=element, alt=chart.alt)


@st.cache_resource(max_entries=MOST_CHARTS, show_spinner=False)
def shared(seen: str, _make: Callable[[], Chart]) -> Chart:
    """The chart of a view. Whoever is handed one changes nothing in it."""
    return _make()


@st.fragment
def draw_menu(
    view: View, key: str, heading: str, line: str, chart: Chart, explanations: tuple[str, ...], keys: Keys | None
) -> None:
    """The data, the words, and the marks by name for those who use no pointer; made when the menu is opened."""
    refresh.hold(view)
    text = view.text
    label = text("panel.menu_of", chart=heading)
    with st.popover(label, icon=":material/more_horiz:", type="tertiary", on_change="rerun", key=f"menu-{key}") as menu:
        if not menu.open:
            return
        st.html(markup.note(*explanations))
        st.page_link("app_pages/method.py", label=text("panel.method"), icon=":material/verified:")
        notes = download.notes(view, heading, line)
        with st.container(horizontal=True, gap="small", key=f"take-{key}"):
            download.offer(view, key, lambda: chart.table, notes)
            pictures.offer_picture(key, heading, line, notes[2:], text, view.look)
        if keys:
            choose_mark(view, key, chart, keys)
        st.dataframe(chart.table, hide_index=True, height=240, key=f"table-{key}", alt=chart.alt)


def choose_mark(view: View, key: str, chart: Chart, keys: Keys) -> None:
    """The marks of a chart as a list to type in: what a click on one does."""
    widget = f"name-{key}"

    def open_evidence() -> None:
        picking.assign(st.session_state[widget])
        st.session_state[f"{widget}-chosen"] = True

    st.selectbox(
        view.text("panel.marks"),
        list(islice(picking.marks_of(chart, key, keys), MOST_MARKS)),
        index=None,
        format_func=lambda mark: name_of(view, mark),
        key=widget,
        placeholder=view.text("panel.marks_hint"),
        on_change=open_evidence,
    )
    if st.session_state.pop(f"{widget}-chosen", False):
        st.rerun()  # the whole page: the evidence is not part of this menu


def nothing(view: View, heading: str) -> None:
    """In place of a chart: nothing matches."""
    st.html(markup.chart_head(heading, ""))
    st.html(markup.note(view.text("empty.none"), view.text("empty.next")))


def too_little(view: View, heading: str, n: int) -> None:
    """In place of a chart: what matches is too little to draw."""
    st.html(markup.chart_head(heading, ""))
    st.html(markup.note(view.text("empty.thin", n=n), view.text("empty.next")))
