"""Measures over time: stacked, as lines, one row a group or as cells, always above the documents they rest on.

Imports charts.canvas, text and theme only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.canvas import (
    FADED,
    Chart,
    as_day,
    axis_style,
    canvas,
    folded,
    plain,
    row_height,
    rows_of,
    time_axis,
    width_ms,
)
from dashboard.periods import THIN, Grain, next_period, periods
from dashboard.text import Text
from dashboard.theme import Look, mixed, tints

Measure = Literal["directives", "share", "documents", "reach"]
MEASURES: tuple[Measure, ...] = ("directives", "share", "documents", "reach")
ADDITIVE: tuple[Measure, ...] = ("directives", "share")  # only these may be stacked
ROW_PX = 62  # height of a row of bars
STRIP_PX, GAP_PX = 44, 30  # heights of the coverage strip and of the room above it
EVENT_PX, EVENT_ROWS = 19, 3  # height of a row of events, and how many there are at most
NARROW_PX = 300  # what the plot has on a phone
MOST_LINES = 40  # more events than that, and their lines hide the chart
MOST_HOVERED = 7  # events in one hover: the list below has all
HOLLOW = 1.4  # width of the outline of what rests on inferred dates


@dataclass(frozen=True, slots=True)
class Index:
    """An independent index, drawn on an axis of its own."""

    label: str
    values: pd.DataFrame  # date, value


@dataclass(frozen=True, slots=True)
class TimeData:
    """What a time chart is drawn from."""

    groups: pd.DataFrame  # period, group_id, directives, documents: all groups, those that are not shown too
    documents: pd.DataFrame  # period, documents, inferred
    order: Sequence[str]  # ids of the groups that are shown, bottom of the stack first
    labels: Mapping[str, str]
    colours: Mapping[str, str]
    first: dt.date
    last: dt.date
    grain: Grain
    events: pd.DataFrame | None = None  # date, label
    index: Index | None = None

    def starts(self) -> list[dt.date]:
        return periods(self.first, self.last, self.grain)

    def read(self) -> dict[dt.date, int]:
        """Documents of each period; none where there is none."""
        return self._by_period("documents")

    def inferred(self) -> dict[dt.date, int]:
        """Those of them whose date was inferred."""
        return self._by_period("inferred")

    def _by_period(self, column: str) -> dict[dt.date, int]:
        found = {
            as_day(period): int(n) for period, n in zip(self.documents["period"], self.documents[column], strict=True)
        }
        return {start: found.get(start, 0) for start in self.starts()}


def with_values(data: TimeData, measure: Measure) -> pd.DataFrame:
    """Every period and group shown: period, group_id, directives, documents, read, inferred, share, reach, value.

    read: documents of the period; share: of the directives of all groups, reach: of the documents read, both from 0 to
    100 and null where the whole is 0. value is in the measure's unit.
    """
    read = data.read()
    grid = pd.MultiIndex.from_product([list(read), list(data.order)], names=["period", "group_id"]).to_frame(
        index=False
    )
    counts = data.groups.assign(period=[as_day(period) for period in data.groups["period"]])
    rows = grid.merge(counts, on=["period", "group_id"], how="left").fillna({"directives": 0, "documents": 0})
    rows["read"], rows["inferred"] = rows["period"].map(read), rows["period"].map(data.inferred())
    whole = rows["period"].map(counts.groupby("period")["directives"].sum()).astype(float)
    rows["share"] = 100 * rows["directives"] / whole.where(whole > 0)
    rows["reach"] = 100 * rows["documents"] / rows["read"].where(rows["read"] > 0)
    rows["value"] = rows[measure].astype(float)
    return rows


def as_table(rows: pd.DataFrame, data: TimeData, text: Text) -> pd.DataFrame:
    """What the download holds: one row a period and group."""
    return pd.DataFrame(
        {
            text("column.period"): [period.isoformat() for period in rows["period"]],
            text("column.group"): [data.labels.get(group, group) for group in rows["group_id"]],
            text("column.directives"): rows["directives"].astype(int),
            text("column.documents"): rows["documents"].astype(int),
            text("column.read"): rows["read"].astype(int),
            text("column.inferred"): rows["inferred"].astype(int),
            text("column.share"): rows["share"].round(1),
            text("column.reach"): rows["reach"].round(1),
        }
    )


def describe(rows: pd.DataFrame, data: TimeData, measure: Measure, text: Text) -> str:
    """The chart in one or two sentences."""
    if rows.empty or not rows["directives"].sum():
        return text("alt.nothing")
    totals = rows.groupby("group_id")["directives"].sum().sort_values(ascending=False)
    busiest = as_day(rows.groupby("period")["directives"].sum().idxmax())
    return text(
        "alt.over_time",
        measure=text(f"measure.{measure}"),
        span=text.span(data.first, data.last),
        groups=text.listing([data.labels.get(group, group) for group in totals.index[:3]]),
        peak=text.period(busiest, data.grain),
    )


def show_value(value: float, measure: Measure, text: Text) -> str:
    """A value in its unit."""
    if pd.isna(value):
        return "—"
    return text.percent(value / 100) if measure in ("share", "reach") else text.number(value)


def hover(row: Any, data: TimeData, measure: Measure, text: Text) -> str:
    """What a mark says: period, group, value (a count with its share), and what it rests on."""
    share = {"directives": row.share, "documents": row.reach}.get(measure)
    value = show_value(row.value, measure, text)
    lines = [
        f"<b>{plain(text.period(row.period, data.grain))}</b>",
        plain(
            f"{data.labels.get(row.group_id, row.group_id)}  {value}"
            + (f" · {text.percent(share / 100)}" if share is not None and not pd.isna(share) else "")
        ),
        plain(
            text(
                "hover.rests",
                directives=text.count("directive", int(row.directives)),
                documents=int(row.documents),
                read=int(row.read),
            )
        ),
    ]
    if row.inferred:
        lines.append(plain(text("hover.inferred_n", n=int(row.inferred))))
    if row.read < THIN:
        lines.append(plain(text("hover.thin", n=THIN)))
    return "<br>".join(lines)


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
        figure.add_shape(
            type="rect",
            x0=start.isoformat(),
            x1=end.isoformat(),
            y0=0,
            y1=1,
            yref="y domain",
            fillcolor=look.void,
            line_width=0,
            layer="below",
        )
    if runs:
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 12, "color": look.void, "line": {"color": look.line, "width": 1}},
            name=plain(text("chart.unread")),
            legendrank=2000,
            hoverinfo="skip",
        )


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


def wrapped(words: str, latin: int = 44) -> str:
    """Breaks a long label for a hover: Chinese every 22 characters, Latin at spaces."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in words):
        return "<br>".join(plain(words[i : i + latin // 2]) for i in range(0, len(words), latin // 2))
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) >= latin:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join(plain(line) for line in [*lines, line])


def stacked(data: TimeData, measure: Measure, look: Look, text: Text, height: int = 440) -> Chart:
    """Stacked columns. Columns that rest on few documents fade. Only additive measures may be stacked."""
    if measure not in ADDITIVE:
        raise ValueError(f"{measure} does not add up over groups; use lines or rows")
    rows = with_values(data, measure)
    figure = frame(data, look, text, height)
    colours = shades(data, look)
    for group in data.order:
        part = rows[rows["group_id"] == group]
        if not part["directives"].sum():
            continue
        colour = colours[group]
        figure.add_bar(
            x=list(part["period"]),
            y=part["value"].fillna(0).tolist(),
            width=[0.9 * width_ms(start, data.grain) for start in part["period"]],
            offset=0,
            name=plain(data.labels.get(group, group)),
            marker={
                "color": colour,
                "opacity": [FADED if n < THIN else 1 for n in part["read"]],
                "line": {"width": 0.6, "color": look.paper},
            },
            hovertext=[hover(row, data, measure, text) for row in rows_of(part)],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[start.isoformat(), group] for start in part["period"]],
        )
    if measure == "share":
        figure.update_layout(yaxis={"range": [0, 100], "ticksuffix": "%", "dtick": 25})
    finish_legend(figure, height)
    return Chart(figure, as_table(rows, data, text), describe(rows, data, measure, text))


def shades(data: TimeData, look: Look) -> dict[str, str]:
    """A colour a group: where groups share one, as the categories of a family do, from dark to light."""
    shared: dict[str, list[str]] = {}
    for group in data.order:
        shared.setdefault(data.colours.get(group, look.muted), []).append(group)
    return {
        group: tint
        for colour, groups in shared.items()
        for group, tint in zip(groups, tints(colour, len(groups), look.paper), strict=True)
    }


def finish_legend(figure: go.Figure, height: int) -> None:
    """Room for the legend below the plot: two or three lines on a phone."""
    listed = [trace for trace in figure.data if trace.showlegend is not False]
    names = [trace.name for trace in listed]
    if len(names) < 2 and not any(trace.legendrank for trace in listed):  # the heading names a single group
        figure.update_layout(showlegend=False, margin_b=12)
        return
    letters = sum(len(name) + 4 for name in names)
    wide = any("\u4e00" <= letter <= "\u9fff" for name in names for letter in name)
    lines = max(1, -(-letters * (13 if wide else 7) // 330))
    figure.update_layout(margin_b=14 + 19 * min(lines, 9), height=height + 19 * min(lines, 9))


def lines(data: TimeData, measure: Measure, look: Look, text: Text, height: int = 440) -> Chart:
    """One line a group. Points that rest on few documents are hollow; a period without documents breaks the line."""
    rows = with_values(data, measure)
    figure = frame(data, look, text, height)
    dashes = ("solid", "dot", "dash", "dashdot", "longdash")
    seen: dict[str, int] = {}
    for group in data.order:
        part = rows[rows["group_id"] == group]
        if not part["directives"].sum():
            continue
        colour = data.colours.get(group, look.muted)
        nth = seen.setdefault(colour, -1) + 1  # categories of one family share its colour: the dash tells them apart
        seen[colour] = nth
        values = [None if n == 0 or pd.isna(v) else v for n, v in zip(part["read"], part["value"], strict=True)]
        figure.add_scatter(
            x=[start + (next_period(start, data.grain) - start) / 2 for start in part["period"]],
            y=values,
            mode="lines+markers",
            connectgaps=False,
            name=plain(data.labels.get(group, group)),
            line={"color": colour, "width": 2, "dash": dashes[nth % len(dashes)]},
            marker={
                "size": 8,
                "color": [look.paper if n < THIN else colour for n in part["read"]],
                "line": {"color": colour, "width": 1.6},
            },
            hovertext=[hover(row, data, measure, text) for row in rows_of(part)],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[start.isoformat(), group] for start in part["period"]],
        )
    if measure in ("share", "reach"):
        figure.update_layout(yaxis_ticksuffix="%")
    finish_legend(figure, height)
    return Chart(figure, as_table(rows, data, text), describe(rows, data, measure, text))


def multiples(data: TimeData, measure: Measure, look: Look, text: Text) -> Chart:
    """One row a group, all on one scale, so that time lines up from row to row on any width."""
    rows = with_values(data, measure)
    shown = [group for group in data.order if rows.loc[rows["group_id"] == group, "directives"].sum()]
    height = 70 + STRIP_PX + GAP_PX + ROW_PX * len(shown)
    figure = canvas(look, height, bargap=0, barmode="stack", showlegend=False)
    strip = (STRIP_PX + GAP_PX - 12) / height
    top = float(rows["value"].max() or 1)
    whole = int(data.groups["directives"].sum())
    for i, group in enumerate(shown):
        axis = "" if i == 0 else str(i + 1)
        part = rows[rows["group_id"] == group]
        total = int(part["directives"].sum())
        upper = 1 - i * (1 - strip) / len(shown)
        lower = 1 - (i + 1) * (1 - strip) / len(shown)
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **axis_style(look),
                    "domain": [lower + 0.1 * (upper - lower), lower + 0.68 * (upper - lower)],
                    "range": [0, top],
                    "tickvals": [0, int(top) if top >= 2 else top],
                    "showticklabels": True,
                    "ticksuffix": "%" if measure in ("share", "reach") else "",
                    "zeroline": False,
                    "anchor": "x",
                }
            }
        )
        figure.add_bar(
            x=list(part["period"]),
            y=part["value"].fillna(0).tolist(),
            width=[0.9 * width_ms(start, data.grain) for start in part["period"]],
            offset=0,
            yaxis=f"y{axis}",
            name=plain(data.labels.get(group, group)),
            marker={
                "color": data.colours.get(group, look.muted),
                "opacity": [FADED if n < THIN else 1 for n in part["read"]],
                "line": {"width": 0},
            },
            hovertext=[hover(row, data, measure, text) for row in rows_of(part)],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[start.isoformat(), group] for start in part["period"]],
        )
        figure.add_annotation(
            text=f"<b>{plain(data.labels.get(group, group))}</b>  {plain(text.count('directive', total))}"
            + plain(f" · {text.percent(total / whole)}" if whole else ""),
            xref="paper",
            yref="paper",
            x=0,
            y=upper,
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12, "color": look.text},
        )
    last = f"y{len(shown) + 1}"
    add_strip(figure, data, look, text, last, [0, STRIP_PX / height])
    figure.update_layout(showlegend=False)
    shade_rows(figure, data, look)
    time_axis(figure, data.first, data.last, data.grain, text)
    figure.update_xaxes(anchor=last)
    return Chart(figure, as_table(rows, data, text), describe(rows, data, measure, text))


def cells(data: TimeData, measure: Measure, look: Look, text: Text) -> Chart:
    """One line of cells a group: darker is more. A low cell rests on few documents; shading, on none.

    One colour for all groups, so that equal shades are equal values; a square before its name shows a group's own.
    """
    rows = with_values(data, measure)
    shown = [group for group in data.order if rows.loc[rows["group_id"] == group, "directives"].sum()]
    names = [folded(data.labels.get(group, group), 26) for group in shown]
    events_px = EVENT_PX * EVENT_ROWS if data.events is not None else 0
    height = 60 + STRIP_PX + GAP_PX + row_height(names) * len(shown) + events_px
    figure = frame(data, look, text, height)
    top = float(rows["value"].max() or 1)
    for i, group in enumerate(shown):
        part = rows[(rows["group_id"] == group) & (rows["read"] > 0)]
        heights = [0.42 if n < THIN else 0.88 for n in part["read"]]
        figure.add_bar(
            x=list(part["period"]),
            y=heights,
            base=[len(shown) - 1 - i + (1 - h) / 2 for h in heights],
            width=[0.96 * width_ms(start, data.grain) for start in part["period"]],
            offset=0,
            name=plain(data.labels.get(group, group)),
            marker={
                "color": [
                    mixed(look.accent, look.paper, 0.94 - 0.94 * sqrt(value / top)) for value in part["value"].fillna(0)
                ],
                "line": {"width": 0},
            },
            hovertext=[hover(row, data, measure, text) for row in rows_of(part)],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[start.isoformat(), group] for start in part["period"]],
            showlegend=False,
        )
    figure.update_layout(
        yaxis={
            "range": [0, len(shown)],
            "tickvals": [len(shown) - 0.5 - i for i in range(len(shown))],
            "ticktext": [
                f'{name} <span style="color:{data.colours.get(group, look.muted)}">■</span>'
                for group, name in zip(shown, names, strict=True)
            ],
            "showgrid": False,
            "tickfont": {"color": look.text, "size": 12},
        }
    )
    finish_legend(figure, height)
    return Chart(figure, as_table(rows, data, text), describe(rows, data, measure, text))


def shade_rows(figure: go.Figure, data: TimeData, look: Look) -> None:
    """Shades unread periods over the whole height."""
    for start, n in data.read().items():
        if not n:
            figure.add_shape(
                type="rect",
                x0=start.isoformat(),
                x1=next_period(start, data.grain).isoformat(),
                y0=0,
                y1=1,
                yref="paper",
                fillcolor=look.void,
                line_width=0,
                layer="below",
            )
