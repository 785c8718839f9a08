"""The ground of a chart over time: coverage strip, shading where nothing was read, events, an index on its own axis.

Imports charts.canvas, charts.series, periods, text and theme only.
"""

from __future__ import annotations

import datetime as dt

import plotly.graph_objects as go

from dashboard.charts.canvas import (
    as_day,
    axis_style,
    canvas,
    name_unread,
    plain,
    rows_of,
    shade,
    time_axis,
    width_ms,
    wrapped,
)
from dashboard.charts.series import Index, TimeData
from dashboard.periods import next_period
from dashboard.text import Text
from dashboard.theme import Look

STRIP_PX, GAP_PX = 44, 30  # heights of the coverage strip and of the room above it
EVENT_PX, EVENT_ROWS = 19, 3  # height of a row of events, and how many there are at most
NARROW_PX = 300  # what the plot has on a phone
MOST_LINES = 40  # more events than that, and their lines hide the chart
MOST_HOVERED = 7  # events in one hover: the list below has all
HOLLOW = 1.4  # width of the outline of what rests on inferred dates


def frame(data: TimeData, look: Look, text: Text, height: int) -> go.Figure:
    """The ground of a time chart: shading where nothing was read, coverage strip, reference events, the index."""
    figure = canvas(look, height, bargap=0, barmode="stack")
    clusters = clusters_of_events(data)
    events_px = EVENT_PX * (1 + max(row for row, _ in clusters)) + 14 if clusters else 0
    main = [(STRIP_PX + GAP_PX) / height, 1 - events_px / height]
    figure.update_layout(yaxis={"domain": main, "rangemode": "tozero", "zeroline": False, "nticks": 6})
    add_strip(figure, data, look, text, "y2", [0, STRIP_PX / height])
    shade_unread(figure, data, look, text)
    add_events(figure, data, clusters, look, text)
    if data.index is not None:
        add_index(figure, data.index, look, text, main)
    time_axis(figure, data.first, data.last, data.grain, text)
    figure.update_xaxes(anchor="y2")
    return figure


def add_strip(figure: go.Figure, data: TimeData, look: Look, text: Text, axis: str, domain: list[float]) -> None:
    """The documents that each period rests on; those whose date was inferred are hollow, on top."""
    read, inferred = data.read(), data.inferred()
    starts, peak = list(read), max(read.values(), default=0)
    few = len(starts) <= 14
    parts = {"read": [read[start] - inferred[start] for start in starts], "inferred": list(inferred.values())}
    for name, values in parts.items():
        if name == "inferred" and not any(values):
            continue
        is_top = name == "inferred" or not any(parts["inferred"])
        figure.add_bar(
            x=starts,
            y=values,
            width=[0.9 * width_ms(start, data.grain) for start in starts],
            offset=0,
            yaxis=axis,
            marker={
                "color": look.strip if name == "read" else look.paper,
                "line": {"width": 0 if name == "read" else [HOLLOW if n else 0 for n in values], "color": look.strip},
            },
            hovertext=[
                plain(f"{text.period(start, data.grain)}  {text.count('document', n)}")
                + (f"<br>{plain(text('hover.inferred_n', n=inferred[start]))}" if inferred[start] else "")
                for start, n in read.items()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            text=[text.number(n) if n else "" for n in read.values()] if few and is_top else None,
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            textfont={"size": 11, "color": look.muted},
            showlegend=name == "inferred",
            legendrank=2100,
            customdata=[[start.isoformat(), ""] for start in starts],
            name="read" if name == "read" else plain(text("chart.inferred")),
        )
    figure.update_layout(
        {
            f"yaxis{axis[1:]}": {
                **axis_style(look),
                "domain": domain,
                "range": [0, max(1, peak * (1.55 if few else 1.1))],
                "showticklabels": not few,
                "tickvals": [peak] if not few else None,
                "showgrid": False,
                "zeroline": False,
                "anchor": "x",
            }
        }
    )
    figure.add_annotation(
        text=plain(text("chart.read")),
        xref="paper",
        yref="paper",
        x=0,
        y=domain[1],
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": look.muted},
        yshift=3,
    )


def shade_unread(figure: go.Figure, data: TimeData, look: Look, text: Text) -> None:
    """Marks the periods without any document: nothing is known of them, which is not nothing ordered."""
    read = data.read()
    runs: list[tuple[dt.date, dt.date]] = []
    for start, n in read.items():
        if n:
            continue
        end = next_period(start, data.grain)
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        shade(figure, start.isoformat(), end.isoformat(), "y domain", look)
    if runs:
        name_unread(figure, look, text)


def shade_rows(figure: go.Figure, data: TimeData, look: Look) -> None:
    """Shades unread periods over the whole height."""
    for start, n in data.read().items():
        if not n:
            shade(figure, start.isoformat(), next_period(start, data.grain).isoformat(), "paper", look)


def clusters_of_events(data: TimeData) -> list[tuple[int, list[int]]]:
    """Events that would touch, together: (row, their numbers), so that no two labels overlap on a phone either."""
    if data.events is None:
        return []
    days = [as_day(date) for date in data.events["date"]]
    label_days = (data.last - data.first).days * 36 / NARROW_PX  # what the longest label, 10–12, covers
    near = dt.timedelta(days=label_days / EVENT_ROWS)
    clusters: list[list[int]] = []
    for i, day in enumerate(days):
        if clusters and day - days[clusters[-1][0]] < near:
            clusters[-1].append(i)
        else:
            clusters.append([i])
    ends: list[dt.date] = []
    placed = []
    for cluster in clusters:
        middle = days[cluster[0]] + (days[cluster[-1]] - days[cluster[0]]) / 2
        row = next((row for row, end in enumerate(ends) if middle >= end), len(ends))
        row = row if row < EVENT_ROWS else min(range(EVENT_ROWS), key=lambda row: ends[row])
        ends[row : row + 1] = [middle + dt.timedelta(days=label_days)]
        placed.append((row, cluster))
    return placed


def add_events(
    figure: go.Figure, data: TimeData, clusters: list[tuple[int, list[int]]], look: Look, text: Text
) -> None:
    """Reference events as numbers above the chart, as in the list below it; their words are in the hover."""
    if data.events is None:
        return
    days = [as_day(date) for date in data.events["date"]]
    labels = [str(label) for label in data.events["label"]]
    notes = []
    for row, cluster in clusters:
        first, last = cluster[0], cluster[-1]
        notes.append(
            {
                "x": (days[first] + (days[last] - days[first]) / 2).isoformat(),
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "yshift": -row * EVENT_PX,
                "yanchor": "top",
                "text": str(first + 1) if first == last else f"{first + 1}–{last + 1}",
                "showarrow": False,
                "font": {"size": 10.5, "color": look.text},
                "bgcolor": look.void,
                "bordercolor": look.line,
                "borderpad": 2,
                "hovertext": "<br>".join(
                    f"<b>{i + 1}  {plain(text.date(days[i]))}</b><br>{wrapped(labels[i])}"
                    for i in cluster[:MOST_HOVERED]
                )
                + ("<br>…" if len(cluster) > MOST_HOVERED else ""),
                "name": "event",
            }
        )
    figure.layout.annotations = [*figure.layout.annotations, *notes]  # one by one, Plotly checks all each time
    if days and len(days) <= MOST_LINES:
        figure.add_shape(
            type="path",
            path="".join(f"M{day.isoformat()},0L{day.isoformat()},1" for day in days),
            xref="x",
            yref="y domain",
            line={"color": look.muted, "width": 1, "dash": "dot"},
            opacity=0.4 if len(days) <= 15 else 0.2,
            layer="below",
        )


def add_index(figure: go.Figure, index: Index, look: Look, text: Text, domain: list[float]) -> None:
    """An independent index as a line on the right axis, which says whose it is."""
    values = index.values
    is_percentage = values["value"].between(0, 100).all()
    figure.add_scatter(
        x=list(values["date"]),
        y=values["value"].tolist(),
        yaxis="y4",
        mode="lines",
        line={"color": look.text, "width": 1.6, "shape": "hv"},
        name=plain(text("index.legend", name=index.label)),
        legendrank=1900,
        hovertext=[
            f"<b>{plain(text.date(as_day(r.date)))}</b><br>{plain(index.label)}  {plain(text.number(r.value))}"
            for r in rows_of(values)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_layout(
        yaxis4={
            **axis_style(look),
            "domain": domain,
            "overlaying": "y",
            "side": "right",
            "range": [0, 100] if is_percentage else None,
            "tickmode": "linear" if is_percentage else "auto",
            "dtick": 25 if is_percentage else None,
            "showgrid": False,
            "zeroline": False,
            "anchor": "x",
            "tickfont": {"size": 12, "color": look.text},
        }
    )
