"""A chart of columns that a reader picks from the answer of a query. Imports charts.canvas, text and theme only."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pandas as pd

from dashboard.charts.canvas import Chart, as_day, canvas, plain, row_height, short, time_axis
from dashboard.text import Text
from dashboard.theme import Look

Kind = Literal["bar", "line", "point"]
KINDS: tuple[Kind, ...] = ("bar", "line", "point")
MOST_ROWS = 5000  # drawn
MOST_BARS = 60  # with names beside them
SHORT_DAYS = 70  # an axis of fewer is one of days, else of months
MOST_COLOURS = 8  # the rest share one


def number_columns(frame: pd.DataFrame) -> list[str]:
    """Columns that can be measured along an axis."""
    return [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name]) and frame[name].dtype != bool]


def first_choice(frame: pd.DataFrame) -> tuple[str, str] | None:
    """Columns to begin with: a day or a name across, a number up; None where there is no number."""
    numbers = number_columns(frame)
    if not numbers:
        return None
    days = [name for name in frame.columns if is_time(frame[name])]
    names = [name for name in frame.columns if name not in numbers]
    across = next(iter([*days, *names, *numbers]))
    up = next((name for name in numbers if name != across), numbers[0])
    return across, up


def is_time(column: pd.Series) -> bool:
    """Whether all known values are days or moments."""
    known = column.dropna()
    return len(known) > 0 and all(isinstance(value, dt.date) for value in known)


def chosen(frame: pd.DataFrame, kind: Kind, x: str, y: str, colour: str | None, look: Look, text: Text) -> Chart:
    """Column y over column x, a trace for every value of colour."""
    rows = frame.dropna(subset=[x, y]).head(MOST_ROWS)
    is_named = kind == "bar" and not is_time(rows[x]) and x not in number_columns(frame)
    if is_named:
        rows = rows[rows[x].isin(list(dict.fromkeys(rows[x]))[:MOST_BARS])]
    names = [short(str(value), 24) for value in dict.fromkeys(rows[x])] if is_named else []
    height = max(220, 70 + row_height(names) * len(names)) if is_named else 380
    figure = canvas(look, height, barmode="stack" if colour else "group", showlegend=colour is not None)
    groups = [(None, rows)] if colour is None else list(rows.groupby(rows[colour].map(str), sort=False))
    for i, (group, part) in enumerate(groups):
        ink = look.entities[i] if i < MOST_COLOURS else look.muted
        across = [plain(value) for value in part[x]] if is_named else part[x].tolist()
        up = [float(value) for value in part[y]]
        shared = {
            "name": plain(short(group or y)),
            "hovertext": [
                "<br>".join(
                    [f"<b>{plain(a)}</b>", f"{plain(y)}: {plain(text.number(b))}", *([plain(group)] if group else [])]
                )
                for a, b in zip(part[x], up, strict=True)
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        if is_named:
            figure.add_bar(y=across, x=up, orientation="h", marker={"color": ink, "line": {"width": 0}}, **shared)
        elif kind == "bar":
            figure.add_bar(x=across, y=up, marker={"color": ink, "line": {"width": 0}}, **shared)
        else:
            mode = "lines+markers" if kind == "line" else "markers"
            figure.add_scatter(
                x=across, y=up, mode=mode, line={"color": ink, "width": 2}, marker={"color": ink, "size": 6}, **shared
            )
    if is_named:
        order = [plain(value) for value in dict.fromkeys(rows[x])]
        figure.update_yaxes(
            type="category",
            categoryorder="array",
            categoryarray=order[::-1],
            tickmode="array",
            tickvals=order,
            ticktext=[plain(name) for name in names],
            showgrid=False,
        )
        figure.update_xaxes(rangemode="tozero")
    else:
        figure.update_yaxes(rangemode="tozero" if kind == "bar" else "normal")
        if is_time(rows[x]):
            first, last = as_day(min(rows[x])), as_day(max(rows[x]))
            time_axis(figure, first, last, "day" if (last - first).days < SHORT_DAYS else "month", text)
            figure.update_xaxes(range=None)  # bars stand around their day, not behind it
    if colour is not None:
        figure.update_layout(margin_b=60)
    table = rows[list(dict.fromkeys([x, y, *([colour] if colour else [])]))]
    return Chart(figure, table, text("alt.chosen", y=y, x=x, n=len(rows)))
