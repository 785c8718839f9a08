"""Regions or bodies side by side over time, one row each, on one scale and one axis.

Imports aligned, charts.canvas, text and theme only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.aligned import Counted
from dashboard.charts.canvas import (
    DAY_MS,
    FADED,
    Chart,
    axis_style,
    canvas,
    finish_legend,
    name_unread,
    plain,
    round_ticks,
    shade,
    short,
    time_axis,
    wrapped,
)
from dashboard.marks import period_key
from dashboard.periods import Grain
from dashboard.text import Text
from dashboard.theme import Look

RowMeasure = Literal["directives", "share", "reach", "read"]
ROW_MEASURES: tuple[RowMeasure, ...] = ("directives", "share", "reach", "read")
ROW_PX = 118
MOST_DAY_TICKS = 7  # on an axis of days: more run into each other on a phone
UNSTEADY = 3  # announcements; a percentage of fewer is faded in these rows, which few documents fill


@dataclass(frozen=True, slots=True)
class Trends:
    """What the rows are drawn from."""

    counted: Counted
    entities: Sequence[str]
    names: Mapping[str, str]
    order: Sequence[str]  # groups, bottom of the stack first; none where announcements are counted
    labels: Mapping[str, str]
    colours: Mapping[str, str]
    span: tuple[dt.date, dt.date]
    grain: Grain
    measure: RowMeasure
    remarks: Mapping[str, str]  # beside the name of an entity, or in its row where it has none

    @property
    def is_share(self) -> bool:
        """Whether bars are percentages."""
        return self.measure in ("share", "reach")

    def value(self, entity: str, i: int, group: str) -> float | None:
        """What a bar shows, in the measure's unit; None where its whole is nothing."""
        if self.measure == "read":
            return self.counted.read.get((entity, i), 0)
        if self.measure == "reach":
            read = self.counted.read.get((entity, i), 0)
            return 100 * self.counted.documents.get((entity, i, group), 0) / read if read else None
        directives = self.counted.directives.get((entity, i, group), 0)
        if self.measure == "directives":
            return directives
        whole = sum(self.counted.directives.get((entity, i, name), 0) for name in self.order)
        return 100 * directives / whole if whole else None


def hover(data: Trends, entity: str, i: int, group: str, text: Text) -> str:
    """What a bar says: whose, when, how much, and what it rests on."""
    first, last = data.counted.spans[entity][i]
    words = data.counted.bins[i].words
    read = data.counted.read.get((entity, i), 0)
    lines = [f"<b>{plain(data.names[entity])}</b>  {plain(words)}"]
    if data.counted.is_aligned:
        lines.append(plain(text.span(first, last)))
    if group:
        value = data.value(entity, i, group)
        shown = text.percent((value or 0) / 100) if data.is_share else text.number(value or 0)
        lines.append(plain(f"{data.labels.get(group, group)}  {'—' if value is None else shown}"))
        lines.append(
            plain(
                text(
                    "hover.rests",
                    directives=text.count("directive", data.counted.directives.get((entity, i, group), 0)),
                    documents=data.counted.documents.get((entity, i, group), 0),
                    read=read,
                )
            )
        )
    else:
        lines.append(plain(text.count("document", read)))
    return "<br>".join(lines)


def position(start: dt.date | int) -> str | int:
    """Where a bin begins on the axis: an ISO day, or days from day 0."""
    return start.isoformat() if isinstance(start, dt.date) else start


def width(start: dt.date | int, end: dt.date | int) -> float:
    """The width of a bar, with a gap: milliseconds on an axis of dates, else days."""
    if isinstance(start, dt.date) and isinstance(end, dt.date):
        return 0.9 * (end - start).days * DAY_MS
    assert isinstance(start, int) and isinstance(end, int)
    return 0.9 * (end - start)


def shade_unread(figure: go.Figure, data: Trends, entity: str, axis: str, look: Look) -> bool:
    """Greys the bins of which nothing was read, joined where they touch; whether there are any."""
    runs: list[list[dt.date | int]] = []
    has_row = entity in data.counted.spans
    for i, place in enumerate(data.counted.bins):
        if has_row and data.counted.read.get((entity, i)):
            continue
        if runs and runs[-1][1] == place.start:
            runs[-1][1] = place.end
        else:
            runs.append([place.start, place.end])
    for start, end in runs:
        shade(figure, position(start), position(end), f"y{axis} domain", look)
    return bool(runs)


def trends(data: Trends, look: Look, text: Text) -> Chart:
    """One row an entity: the groups stacked, or one group, or what was read; grey where nothing was."""
    bins = data.counted.bins
    groups = list(data.order) or [""]
    drawn = [
        [[data.value(entity, i, group) for i in range(len(bins))] for group in groups]
        if entity in data.counted.spans
        else []
        for entity in data.entities
    ]
    peak = max((sum(v or 0 for v in stack) for row in drawn for stack in zip(*row, strict=True)), default=0)
    top = 100.0 if data.is_share else float(peak or 1)
    height = 64 + ROW_PX * len(data.entities)
    figure = canvas(look, height, barmode="stack", bargap=0)
    ticks = [0, 50, 100] if data.is_share else round_ticks(top)
    has_gaps = False
    for row, entity in enumerate(data.entities):
        axis = "" if row == 0 else str(row + 1)
        upper, lower = 1 - row / len(data.entities), 1 - (row + 1) / len(data.entities)
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **axis_style(look),
                    "domain": [lower + 0.1 / len(data.entities), lower + (upper - lower) * 0.79],
                    "range": [0, top],
                    "tickvals": ticks,
                    "ticktext": [f"{tick}%" if data.is_share else text.number(tick) for tick in ticks],
                    "zeroline": False,
                    "anchor": "x",
                }
            }
        )
        for group, values in zip(groups, drawn[row], strict=bool(drawn[row])):
            add_bars(figure, data, entity, group, values, f"y{axis}", row == 0, look, text)
        n = sum(data.counted.read.get((entity, i), 0) for i in range(len(bins)))
        has_row = entity in data.counted.spans
        remark = "" if not has_row else data.remarks.get(entity) or text.count("document", n)
        figure.add_annotation(
            text=f"<b>{plain(short(data.names[entity], 22))}</b>  {plain(remark)}",
            xref="paper",
            yref="paper",
            x=0,
            y=upper,
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12.5, "color": look.text},
        )
        if not has_row:
            figure.add_annotation(
                text=wrapped(data.remarks.get(entity, "")),
                xref="x domain",
                yref=f"y{axis} domain",
                x=0.5,
                y=0.5,
                showarrow=False,
                font={"size": 12, "color": look.muted},
            )
        has_gaps = shade_unread(figure, data, entity, axis, look) or has_gaps
    if has_gaps:
        name_unread(figure, look, text)
    set_axis(figure, data, look, text)
    figure.update_xaxes(anchor=f"y{len(data.entities)}" if len(data.entities) > 1 else "y")
    finish_legend(figure, height)
    figure.update_layout(showlegend=bool(data.order) or has_gaps)
    alt = text("alt.trends", entities=text.listing([data.names[e] for e in data.entities]), span=text.span(*data.span))
    return Chart(figure, table_of(data, text), alt)


def add_bars(
    figure: go.Figure,
    data: Trends,
    entity: str,
    group: str,
    values: Sequence[float | None],
    axis: str,
    is_first: bool,
    look: Look,
    text: Text,
) -> None:
    """One group of one entity."""
    bins, spans = data.counted.bins, data.counted.spans[entity]
    thin = [data.counted.read.get((entity, i), 0) < UNSTEADY for i in range(len(bins))]
    figure.add_bar(
        x=[position(place.start) for place in bins],
        y=[value or 0 for value in values],
        width=[width(place.start, place.end) for place in bins],
        offset=0,
        yaxis=axis,
        name=plain(data.labels.get(group, group) if group else text("chart.read")),
        legendgroup=group,
        showlegend=is_first,
        marker={
            "color": data.colours.get(group, look.muted) if group else look.strip,
            "opacity": [FADED if few and data.is_share else 1 for few in thin],
            "line": {"width": 0.5, "color": look.paper},
        },
        hovertext=[hover(data, entity, i, group, text) for i in range(len(bins))],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[period_key(*span), entity, group] for span in spans],
    )


def set_axis(figure: go.Figure, data: Trends, look: Look, text: Text) -> None:
    """The calendar, or days around zero, with a line at zero."""
    if not data.counted.is_aligned:
        time_axis(figure, *data.span, data.grain, text)
        return
    first, last = data.counted.bins[0].start, data.counted.bins[-1].end
    assert isinstance(first, int) and isinstance(last, int)
    step = next(weeks * 7 for weeks in (4, 8, 13, 26) if weeks == 26 or (last - first) / (weeks * 7) <= MOST_DAY_TICKS)
    ticks = [day for day in range(-(-first // step) * step, last + 1, step)]
    figure.update_xaxes(
        type="linear",
        range=[first, last],
        tickvals=ticks,
        ticktext=[text("axis.day_zero") if day == 0 else text.points(day, signed=True) for day in ticks],
        showgrid=False,
        zeroline=False,
        ticks="outside",
        ticklen=4,
        tickangle=0,
    )
    for row in range(len(data.entities)):
        figure.add_shape(
            type="line",
            x0=0,
            x1=0,
            y0=0,
            y1=1,
            yref=f"y{row + 1 if row else ''} domain",
            line={"color": look.text, "width": 1.4, "dash": "dot"},
        )


def table_of(data: Trends, text: Text) -> pd.DataFrame:
    """What the download holds: one row an entity, bin and group."""
    rows: list[tuple[Any, ...]] = []
    for entity, spans in data.counted.spans.items():
        for i, (first, last) in enumerate(spans):
            for group in list(data.order) or [""]:
                value = data.value(entity, i, group)
                rows.append(
                    (
                        data.names[entity],
                        first.isoformat(),
                        last.isoformat(),
                        data.labels.get(group, group) if group else text("chart.read"),
                        data.counted.directives.get((entity, i, group), 0) if group else "",
                        data.counted.documents.get((entity, i, group), 0) if group else "",
                        data.counted.read.get((entity, i), 0),
                        "" if value is None else round(value, 1),
                    )
                )
    names = ("entity", "first_day", "last_day", "group", "directives", "documents", "read", "value")
    return pd.DataFrame(rows, columns=[text(f"column.{name}") for name in names])
