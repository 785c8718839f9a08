"""What all charts share: the ground they are drawn on, safe labels, time axes, the record a chart is handed on in.

Plotly reads pseudo-HTML (<b>, <a>) in every label and hover, so whatever comes from the warehouse goes through
`plain` first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.periods import Grain, next_period, period_start
from dashboard.text import Text
from dashboard.theme import FONTS, Look

FADED = 0.38
DAY_MS = 86_400_000
DASHES = ("solid", "dot", "dash", "dashdot", "longdash")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its data and its words."""

    figure: go.Figure
    table: pd.DataFrame  # what a download holds
    alt: str  # what it shows, for those who cannot see it


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line and its points are drawn."""

    colour: str
    dash: str
    symbol: str


def strokes(groups: Sequence[str], colours: Mapping[str, str], look: Look) -> dict[str, Stroke]:
    """A stroke a group: those that share a colour, as the categories of a family do, differ in dash and symbol."""
    found: dict[str, Stroke] = {}
    for group in groups:
        colour = colours.get(group, look.muted)
        nth = sum(stroke.colour == colour for stroke in found.values())
        found[group] = Stroke(colour, DASHES[nth % len(DASHES)], SYMBOLS[nth % len(SYMBOLS)])
    return found


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows of a table, by name of column."""
    return iter(frame.itertuples(index=False))


def as_day(value: Any) -> dt.date:
    """A cell as a day."""
    day: dt.date = pd.Timestamp(value).date()
    return day


def plain(words: object) -> str:
    """Text that Plotly shows as it stands: '<b>x' → '&lt;b&gt;x'."""
    return escape(str(words), quote=False)


def short(words: str, length: int = 22) -> str:
    """Cuts a long label: the whole stands in the hover."""
    return words if len(words) <= length else words[: length - 1] + "…"


def folded(words: str, length: int = 20) -> str:
    """A long Latin label on two lines, broken near its middle, so that a phone keeps room for the bars."""
    spaces = [i for i, letter in enumerate(words) if letter == " "]
    if len(words) <= length or not spaces:
        return plain(words)
    at = min(spaces, key=lambda i: abs(i - len(words) / 2))
    return f"{plain(words[:at])}<br>{plain(words[at + 1 :])}"


def quoted(words: Sequence[str]) -> list[str]:
    """Words cut out of a text, as labels: a quotation mark that lost its partner gets it back.

    动态清零”总方针 → “动态清零”总方针. Words that would then be like others in the list stay as they are.
    """
    whole = []
    for word in words:
        missing = word.count("“") - word.count("”")
        whole.append("“" * -missing + word + "”" * missing)
    return [new if whole.count(new) == 1 and (new == word or new not in words) else word
            for word, new in zip(words, whole, strict=True)]  # fmt: skip


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


def row_height(labels: Iterable[str]) -> int:
    """Pixels that a row with such a label needs."""
    return 33 if any("<br>" in label for label in labels) else 26


def label_room(labels: Iterable[str]) -> int:
    """Pixels right of the plot in which the longest label behind a bar fits, on the narrowest screen too."""
    return 16 + round(6.6 * max(map(len, labels), default=0))


def round_ticks(top: float, most: int = 3) -> list[int]:
    """Round whole numbers from 0 up to top, `most` at most beside 0.

    >>> round_ticks(77), round_ticks(12), round_ticks(2), round_ticks(0)
    ([0, 50], [0, 5, 10], [0, 1, 2], [0])
    """
    step = next(digit * 10**power for power in count() for digit in (1, 2, 5) if digit * 10**power * most >= top)
    return list(range(0, int(top) + 1, step))


def canvas(look: Look, height: int, **layout: Any) -> go.Figure:
    """An empty figure in our look."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 10, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONTS, "size": 12.5, "color": look.text},
        hoverlabel={
            "bgcolor": look.paper,
            "bordercolor": look.line,
            "font": {"family": FONTS, "size": 13, "color": look.text},
            "align": "left",
        },
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
            "font": {"size": 12.5, "color": look.text},
            "itemsizing": "constant",
            "title": {"text": ""},
        },
        dragmode=False,
        separators=".,",
        hovermode="closest",
        modebar={"remove": ["select2d", "lasso2d"]},
    )
    axis = {
        "gridcolor": look.line,
        "linecolor": look.line,
        "zerolinecolor": look.line,
        "tickfont": {"size": 12, "color": look.muted},
        "title": {"text": ""},
        "automargin": True,
        "fixedrange": True,
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    figure.update_layout(**layout)
    return figure


def axis_style(look: Look) -> dict[str, Any]:
    """How an axis beyond the first is drawn."""
    return {
        "gridcolor": look.line,
        "linecolor": look.line,
        "zerolinecolor": look.line,
        "tickfont": {"size": 12, "color": look.muted},
        "fixedrange": True,
        "automargin": True,
    }


def width_ms(start: dt.date, grain: Grain) -> float:
    """Width of a period on a time axis."""
    return (next_period(start, grain) - start).days * DAY_MS


def middle_of(start: dt.date, grain: Grain) -> dt.datetime:
    """The moment in the middle of a period: of a day, noon."""
    return dt.datetime.combine(start, dt.time()) + (next_period(start, grain) - start) / 2


def time_axis(figure: go.Figure, first: dt.date, last: dt.date, grain: Grain, text: Text) -> None:
    """Sets the shared time axis to whole periods."""
    start, end = period_start(first, grain), next_period(period_start(last, grain), grain)
    figure.update_xaxes(
        type="date",
        range=[start.isoformat(), end.isoformat()],
        tickformat=text.tick_format("day" if (end - start).days < 70 else grain),
        showgrid=False,
        ticks="outside",
        ticklen=4,
        tickangle=0,
        **({"tick0": start.isoformat(), "dtick": DAY_MS} if (end - start).days < 10 else {"nticks": 9}),  # no hours
    )


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


def shade(figure: go.Figure, start: Any, end: Any, height: str, look: Look) -> None:
    """Shades from one place on the first axis to another, behind the marks. height: over what, as Plotly's yref."""
    figure.add_shape(
        type="rect",
        x0=start,
        x1=end,
        y0=0,
        y1=1,
        yref=height,
        fillcolor=look.void,
        line_width=0,
        layer="below",
    )


def name_unread(figure: go.Figure, look: Look, text: Text) -> None:
    """Says in the legend, last of all, what a shaded span is: nothing was read of it."""
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": "square", "size": 12, "color": look.void, "line": {"color": look.line, "width": 1}},
        name=plain(text("chart.unread")),
        legendrank=2000,
        hoverinfo="skip",
    )


def colour_key(top: float, ink: Callable[[float], str], unit: str = "") -> str:
    """A line that says what the colours of a scale mean: up to three values in theirs, the last the largest there is.

    Below 1 it is that value alone.

    >>> colour_key(38, lambda value: "#%06d" % value)[:38]
    '<span style="color:#000002">■</span> 2'
    """
    values = sorted({max(1, round(top / part)) for part in (16, 4, 1)}) if top >= 1 else [round(top, 2)]
    return "  ".join(f'<span style="color:{ink(min(value, top))}">■</span> {value:,}{unit}' for value in values)


def pick_out(figure: go.Figure, is_picked: Callable[[Any], bool]) -> None:
    """Fades all marks but those whose keys (customdata) are picked. Nothing fades where none is."""
    chosen = [
        [i for i, keys in enumerate(trace.customdata if trace.customdata is not None else ()) if is_picked(keys)]
        for trace in figure.data
    ]
    if any(chosen):
        for trace, marks in zip(figure.data, chosen, strict=True):
            trace.selectedpoints = marks


def message(look: Look, words: str, height: int = 160) -> go.Figure:
    """A figure that only says something."""
    figure = canvas(look, height)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(text=plain(words), showarrow=False, font={"size": 14, "color": look.muted})
    return figure
