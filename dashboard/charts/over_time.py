"""Measures over time: stacked, as lines, one row a group or as cells, always above the documents they rest on.

Imports charts.canvas, charts.frame, charts.series, periods, text and theme only.
"""

from __future__ import annotations

from math import sqrt

import pandas as pd

from dashboard.charts.canvas import (
    FADED,
    Chart,
    axis_style,
    canvas,
    colour_key,
    finish_legend,
    folded,
    middle_of,
    plain,
    row_height,
    rows_of,
    strokes,
    time_axis,
    width_ms,
)
from dashboard.charts.frame import EVENT_PX, EVENT_ROWS, GAP_PX, STRIP_PX, add_strip, frame, shade_rows
from dashboard.charts.series import ADDITIVE, Measure, TimeData, as_table, describe, hover, with_values
from dashboard.periods import THIN
from dashboard.text import Text
from dashboard.theme import Look, mixed, tints

ROW_PX = 62  # height of a row of bars


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


def lines(data: TimeData, measure: Measure, look: Look, text: Text, height: int = 440) -> Chart:
    """One line a group. Points that rest on few documents are hollow; a period without documents breaks the line."""
    rows = with_values(data, measure)
    figure = frame(data, look, text, height)
    parts = {group: part for group in data.order if (part := rows[rows["group_id"] == group])["directives"].sum()}
    for group, stroke in strokes(list(parts), data.colours, look).items():
        part = parts[group]
        values = [None if n == 0 or pd.isna(v) else v for n, v in zip(part["read"], part["value"], strict=True)]
        figure.add_scatter(
            x=[middle_of(start, data.grain) for start in part["period"]],
            y=values,
            mode="lines+markers",
            connectgaps=False,
            name=plain(data.labels.get(group, group)),
            line={"color": stroke.colour, "width": 2, "dash": stroke.dash},
            marker={
                "size": 8,
                "symbol": stroke.symbol,
                "color": [look.paper if n < THIN else stroke.colour for n in part["read"]],
                "line": {"color": stroke.colour, "width": 1.6},
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
    """One line of cells a group: the stronger the colour, the more. A low cell rests on few documents, shading on none.

    One colour for all groups, so that equal shades are equal values; a square before its name shows a group's own.
    """
    rows = with_values(data, measure)
    shown = [group for group in data.order if rows.loc[rows["group_id"] == group, "directives"].sum()]
    names = [folded(data.labels.get(group, group), 26) for group in shown]
    events_px = EVENT_PX * EVENT_ROWS if data.events is not None else 0
    height = 60 + STRIP_PX + GAP_PX + row_height(names) * len(shown) + events_px
    figure = frame(data, look, text, height)
    top = float(rows["value"].max() or 1)

    def ink(value: float) -> str:
        return mixed(look.accent, look.paper, 0.94 - 0.94 * sqrt(value / top))

    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        marker={"color": "rgba(0,0,0,0)"},
        name=colour_key(top, ink, "%" if measure in ("share", "reach") else ""),
        legendrank=100,
        hoverinfo="skip",
    )
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
                "color": [ink(value) for value in part["value"].fillna(0)],
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
