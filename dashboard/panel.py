"""A chart on a page: what it counts, the figure, its data to take away, its words for those who cannot see it.

Imports charts.canvas, download, markup, marks, picking and view.
"""

from __future__ import annotations

import streamlit as st

from dashboard import download, markup, picking
from dashboard.charts.canvas import Chart
from dashboard.marks import Keys
from dashboard.view import View

CONFIG = {"displayModeBar": False, "displaylogo": False, "responsive": True, "doubleClick": False}


def draw(
    view: View,
    key: str,
    heading: str,
    line: str,
    chart: Chart,
    *,
    explanation: str | None = None,
    is_wide: bool = False,
    keys: Keys | None = None,
) -> None:
    """Draws a chart under its heading (what is counted) and line (unit, n), with a menu beside them.

    A wide chart keeps a least width, and scrolls sideways on a phone. keys: what its marks stand for; with them, a
    click on a mark opens the directives behind it.
    """
    text = view.text
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, key=f"head-{key}"):
        st.html(markup.chart_head(heading, line))
        with st.popover("", icon=":material/more_horiz:", type="tertiary", help=text("panel.menu")):
            st.download_button(
                text("panel.csv"),
                data=download.as_csv(chart.table, download.notes(view, heading, line)),
                file_name=f"{key}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key=f"csv-{key}",
            )
            if explanation:
                st.html(markup.note(explanation))
    element = f"chart-wide-{key}" if is_wide else f"chart-{key}"
    if keys:
        picking.draw(view, key, chart, keys, CONFIG, element)
    else:
        st.plotly_chart(chart.figure, theme=None, config=CONFIG, key=element, alt=chart.alt)


def nothing(view: View, heading: str) -> None:
    """In place of a chart: nothing matches."""
    st.html(markup.chart_head(heading, ""))
    st.html(markup.note(view.text("empty.none"), view.text("empty.next")))


def too_little(view: View, heading: str, n: int) -> None:
    """In place of a chart: what matches is too little to draw."""
    st.html(markup.chart_head(heading, ""))
    st.html(markup.note(view.text("empty.thin", n=n), view.text("empty.next")))
