"""Measures over time: stacked, as lines, or one row a group, always above the documents they rest on.

Imports charts.canvas, text and theme only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.canvas import FADED, Chart, as_day, axis_style, canvas, plain, rows_of, time_axis, width_ms
from dashboard.periods import THIN, Grain, next_period, periods
from dashboard.text import Text
from dashboard.theme import Look, faded, tints

Measure = Literal["directives", "share", "documents", "reach"]
MEASURES: tuple[Measure, ...] = ("directives", "share", "documents", "reach")
ADDITIVE: tuple[Measure, ...] = ("directives", "share")  # only these may be stacked
NUMBERED_EVENTS = 12  # more than that, and numbers in the marks say nothing
ROW_PX = 62
STRIP_PX, GAP_PX, EVENTS_PX = 44, 30, 40  # heights of the coverage strip, of the room above it, of the events


@dataclass(frozen=True, slots=True)
class TimeData:
    """What a time chart is drawn from."""

    groups: pd.DataFrame  # period, group_id, directives, documents
    documents: pd.DataFrame  # period, documents
    order: Sequence[str]  # group ids, bottom of the stack first
    labels: Mapping[str, str]
    colours: Mapping[str, str]
    first: dt.date
    last: dt.date
    grain: Grain
    events: pd.DataFrame | None = None  # date, label

    def starts(self) -> list[dt.date]:
        return periods(self.first, self.last, self.grain)

    def read(self) -> dict[dt.date, int]:
        """Documents of each period; none where there is none."""
        found = {
            as_day(period): int(n)
            for period, n in zip(self.documents["period"], self.documents["documents"], strict=True)
        }
        return {start: found.get(start, 0) for start in self.starts()}


def with_values(data: TimeData, measure: Measure) -> pd.DataFrame:
    """Every period and group: period, group_id, directives, documents, read (documents of the period), value.

    value is in the measure's unit: a count, or a percentage from 0 to 100, null where the whole is 0.
    """
    read = data.read()
    grid = pd.MultiIndex.from_product([list(read), list(data.order)], names=["period", "group_id"]).to_frame(
        index=False
    )
    counts = data.groups.assign(period=[as_day(period) for period in data.groups["period"]])
    rows = grid.merge(counts, on=["period", "group_id"], how="left").fillna({"directives": 0, "documents": 0})
    rows["read"] = rows["period"].map(read)
    if measure == "share":
        whole = rows.groupby("period")["directives"].transform("sum")
        rows["value"] = 100 * rows["directives"] / whole.where(whole > 0)
    elif measure == "reach":
        rows["value"] = 100 * rows["documents"] / rows["read"].where(rows["read"] > 0)
    else:
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
            text("column.value"): rows["value"].round(3),
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


def hover(row: object, data: TimeData, measure: Measure, text: Text) -> str:
    """What a mark says: period, group, value, and what it rests on."""
    period, group, directives, documents, read, value = (
        getattr(row, name) for name in ("period", "group_id", "directives", "documents", "read", "value")
    )
    lines = [
        f"<b>{plain(text.period(period, data.grain))}</b>",
        plain(f"{data.labels.get(group, group)}  {show_value(value, measure, text)}"),
        plain(
            text(
                "hover.rests",
                directives=text.count("directive", int(directives)),
                documents=int(documents),
                read=int(read),
            )
        ),
    ]
    if read < THIN:
        lines.append(plain(text("hover.thin", n=THIN)))
    return "<br>".join(lines)


def frame(data: TimeData, look: Look, text: Text, height: int) -> go.Figure:
    """The ground of a time chart: shading where nothing was read, the coverage strip, the reference events."""
    figure = canvas(look, height, bargap=0, barmode="stack")
    read = data.read()
    starts = list(read)
    strip = STRIP_PX / height
    has_events = data.events is not None and not data.events.empty
    figure.update_layout(
        yaxis={
            "domain": [(STRIP_PX + GAP_PX) / height, 1 - (EVENTS_PX / height if has_events else 0)],
            "rangemode": "tozero",
            "zeroline": False,
            "nticks": 6,
        },
        yaxis2={
            **axis_style(look),
            "domain": [0, strip],
            "rangemode": "tozero",
            "nticks": 2,
            "showgrid": False,
            "zeroline": False,
            "anchor": "x",
        },
    )
    peak = max(read.values(), default=0)
    few = len(starts) <= 14
    figure.add_bar(
        x=starts,
        y=list(read.values()),
        width=[0.9 * width_ms(start, data.grain) for start in starts],
        offset=0,
        yaxis="y2",
        marker={"color": look.strip, "line": {"width": 0}},
        hovertext=[
            plain(f"{text.period(start, data.grain)}  {text.count('document', n)}") for start, n in read.items()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        text=[text.number(n) if n else "" for n in read.values()] if few else None,
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        textfont={"size": 11, "color": look.muted},
        showlegend=False,
        customdata=[[start.isoformat(), ""] for start in starts],
        name="read",
    )
    figure.update_layout(
        yaxis2_range=[0, max(1, peak * (1.55 if few else 1.1))],
        yaxis2_showticklabels=not few,
        yaxis2_tickvals=[peak] if not few else None,
    )
    figure.add_annotation(
        text=plain(text("chart.read")),
        xref="paper",
        yref="paper",
        x=0,
        y=strip,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": look.muted},
        yshift=3,
    )
    shade_unread(figure, data, look, text)
    add_events(figure, data, look, text)
    time_axis(figure, data.first, data.last, data.grain, text)
    figure.update_xaxes(anchor="y2")
    return figure


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


def add_events(figure: go.Figure, data: TimeData, look: Look, text: Text) -> None:
    """Reference events as marks above the chart, in as many rows as keep them apart; their words are in the hover."""
    if data.events is None or data.events.empty:
        return
    days = [as_day(date) for date in data.events["date"]]
    few = len(days) <= NUMBERED_EVENTS
    # On a phone the plot is some 300 px wide: two marks in one row must lie this many days apart not to touch.
    gap = dt.timedelta(days=max(1, round((data.last - data.first).days * (18 if few else 9) / 300)))
    ends: list[dt.date] = []
    rows: list[int] = []
    for day in days:
        row = next((row for row, end in enumerate(ends) if day >= end), None)
        if row is None and len(ends) < 3:
            ends.append(day)
            row = len(ends) - 1
        row = row if row is not None else min(range(len(ends)), key=lambda row: ends[row])
        ends[row] = day + gap
        rows.append(row)
    figure.update_layout(
        yaxis3={
            "domain": [1 - (EVENTS_PX - 12) / figure.layout.height, 1],
            "range": [-0.6, max(rows) + 0.6],
            "visible": False,
            "fixedrange": True,
            "anchor": "x",
        }
    )
    figure.add_scatter(
        x=days,
        y=[max(rows) - row for row in rows],
        yaxis="y3",
        mode="markers+text" if few else "markers",
        text=[str(i) for i in range(1, len(days) + 1)] if few else None,
        textfont={"size": 10, "color": look.paper},
        textposition="middle center",
        marker={
            "symbol": "circle" if few else "diamond",
            "size": 16 if few else 8,
            "color": look.muted if few else faded(look.muted, 0.75),
            "line": {"width": 0},
        },
        hovertext=[
            f"<b>{plain(text.date(day))}</b><br>{wrapped(label)}"
            for day, label in zip(days, data.events["label"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
        name="events",
        cliponaxis=False,
    )
    if few:
        for day in days:
            figure.add_shape(
                type="line",
                x0=day.isoformat(),
                x1=day.isoformat(),
                y0=0,
                y1=1,
                yref="y domain",
                line={"color": look.muted, "width": 1, "dash": "dot"},
                opacity=0.45,
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
    names = [trace.name for trace in figure.data if trace.showlegend is not False]
    if len(names) < 2:
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
    height = 90 + ROW_PX * len(shown)
    figure = canvas(look, height, bargap=0, showlegend=False)
    top = float(rows["value"].max() or 1)
    for i, group in enumerate(shown):
        axis = "" if i == 0 else str(i + 1)
        part = rows[rows["group_id"] == group]
        total = int(part["directives"].sum())
        upper = 1 - i / len(shown)
        lower = 1 - (i + 1) / len(shown)
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **axis_style(look),
                    "domain": [lower + 0.02 / len(shown), lower + (upper - lower) * 0.66],
                    "range": [0, top],
                    "tickvals": [0, round(top) if top >= 2 else top],
                    "showticklabels": i == 0,
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
            text=f"<b>{plain(data.labels.get(group, group))}</b>  {plain(text.count('directive', total))}",
            xref="paper",
            yref="paper",
            x=0,
            y=upper,
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12, "color": look.text},
        )
    shade_rows(figure, data, look)
    time_axis(figure, data.first, data.last, data.grain, text)
    figure.update_xaxes(anchor=f"y{len(shown)}" if len(shown) > 1 else "y")
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
