"""Clicks on a chart's marks, and spans drawn over it: from the chart to the URL, and from the URL back to the chart.

Imports address, charts.canvas, gestures, marks, periods and view. The URL holds the one mark that is picked on a page
(`mark=`). The browser fades the other marks by itself, which costs no redrawing and keeps what the reader has done to
the chart (groups switched off in the legend). Only where the URL says something else than the browser shows (a link,
the way back, the evidence closed) is the chart drawn anew, with the mark of the URL picked out. A span drawn over a
chart over time becomes the dates of the filters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard import address, gestures
from dashboard.charts.canvas import Chart, pick_out
from dashboard.marks import Keys, Mark, mark_of, read_mark, write_mark
from dashboard.periods import snapped
from dashboard.view import View

PARAMETERS = ("mark", "sort", "part")  # the mark, and where its evidence is read


@dataclass(slots=True)
class Shown:
    """What the browser shows of a chart."""

    drawn_from: object  # all that the figure depends on
    baked: Mark | None  # picked out when it was last drawn
    mark: Mark | None  # picked out now
    times: int  # how often it was drawn anew for the sake of a mark


def picked(view: View) -> Mark | None:
    """The mark that the URL names."""
    return read_mark(address.recall("mark"), view.options, set(view.families().values()))


def _pick(chart: str, keys: Keys, widget: str, slot: str) -> None:
    """Callback of a click: the mark goes to the URL; a click on the picked mark takes it out again."""
    shown: Shown = st.session_state[slot]
    points: list[Mapping[str, Any]] = st.session_state[widget].selection.points
    mark = mark_of(chart, keys, points[-1].get("customdata")) if points else None
    if points and mark is None:
        shown.times += 1  # a click on what stands for nothing, as an index: the figure as it was
        return
    shown.mark = mark
    assign(mark)


def _narrow(view: View, keys: Keys, first_day: str, last_day: str) -> None:
    """Callback of a span drawn over a chart: the dates of the filters become the periods that it covers."""
    try:
        first, last = dt.date.fromisoformat(first_day), dt.date.fromisoformat(last_day)
    except ValueError:
        return  # no time axis
    first, last = snapped(first, last, keys.grain)
    least, most = view.options.bounds(view.filters.date_kind)
    address.assign(
        **{
            "from": "" if first <= least else first.isoformat(),
            "to": "" if last >= most else last.isoformat(),
        }
    )


def assign(mark: Mark | None) -> None:
    """Callback: picks a mark, or none, and begins its evidence at the first page."""
    address.assign(mark=write_mark(mark) if mark else "", part="")


def marks_of(chart: Chart, key: str, keys: Keys) -> Iterator[Mark]:
    """All marks of a chart that a click reaches, once each."""
    found: dict[Mark, None] = {}
    for trace in chart.figure.data:
        for values in trace.customdata if trace.customdata is not None else ():
            mark = mark_of(key, keys, values)
            if mark is not None:
                found[mark] = None
    return iter(found)


def seen_of(view: View) -> tuple[object, ...]:
    """All that the charts of a page depend on."""
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in PARAMETERS}
    return (view.build, view.filters, view.text.language, view.look.ground, tuple(sorted(others.items())))


def draw(
    view: View, key: str, chart: Chart, keys: Keys, config: Mapping[str, Any], element: str, brush: bool = False
) -> None:
    """The chart, hearing clicks. element: the key of the Streamlit element, as far as it is the same every time.

    brush: whether a span drawn over it sets the dates.
    """
    named = picked(view)
    wanted = named if named and named.chart == key else None
    drawn_from = seen_of(view)
    slot = f"shown-{key}"
    shown: Shown = st.session_state.setdefault(slot, Shown(drawn_from, wanted, wanted, 0))
    if shown.mark != wanted:
        shown.times += 1
    if shown.mark != wanted or shown.drawn_from != drawn_from:
        shown.drawn_from, shown.baked, shown.mark = drawn_from, wanted, wanted
    figure = chart.figure
    if shown.baked:
        baked, figure = shown.baked, go.Figure(chart.figure)
        pick_out(figure, lambda values: mark_of(key, keys, values) == baked)
    widget = f"{element}-{shown.times}"
    st.plotly_chart(
        figure,
        theme=None,
        config=dict(config),
        key=widget,
        alt=chart.alt,
        on_select=lambda: _pick(key, keys, widget, slot),
        selection_mode="points",
    )
    if brush:
        gestures.brush(widget, view.look.accent, lambda first, last: _narrow(view, keys, first, last))
