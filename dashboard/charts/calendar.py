"""Days as cells: a row a weekday, a column a week, a panel a year. Imports charts.canvas, text and theme only."""

from __future__ import annotations

import datetime as dt
from math import sqrt
from typing import Literal

import pandas as pd

from dashboard.charts.canvas import Chart, as_day, axis_style, canvas, colour_key, plain, rows_of
from dashboard.text import Text
from dashboard.theme import Look, faded

Counted = Literal["directives", "documents"]
COUNTED: tuple[Counted, ...] = ("directives", "documents")
CELL_PX, HEAD_PX, FOOT_PX = 15, 44, 34  # height of a day, room above a year, room for the legend
WEEKS = 54  # that a year can touch
SIZE = 0.86  # of a cell in its place
HOLLOW = 1.6  # width of the outline of a day that rests on inferred dates alone


def calendar(
    counts: pd.DataFrame,
    documents: pd.DataFrame,
    measure: Counted,
    first: dt.date,
    last: dt.date,
    colour: str,
    look: Look,
    text: Text,
) -> Chart:
    """Every day of a span: the stronger the colour, the more; pale: none ordered; grey: none read; hollow: inferred.

    counts: period (a day), directives, documents (with such a directive); documents: period, documents, inferred.
    """
    counted = {as_day(r.period): (int(r.directives), int(r.documents)) for r in rows_of(counts)}
    read = {as_day(r.period): (int(r.documents), int(r.inferred)) for r in rows_of(documents)}
    which = COUNTED.index(measure)
    top = max((values[which] for values in counted.values()), default=1)

    def ink_of(value: float) -> str:
        return faded(colour, 0.22 + 0.78 * sqrt(value / top)) if value else look.paper

    years = range(first.year, last.year + 1)
    panel_px = HEAD_PX + 7 * CELL_PX
    height = panel_px * len(years) + FOOT_PX
    figure = canvas(
        look, height, bargap=0, barmode="overlay", showlegend=False, margin={"l": 8, "r": 8, "t": 4, "b": 0}
    )
    table, notes = [], []
    for i, year in enumerate(years):
        days = [day for day in year_of_days(year) if first <= day <= last]
        shift = dt.date(year, 1, 1).weekday()
        colours, outlines, hovers = [], [], []
        for day in days:
            n, inferred = read.get(day, (0, 0))
            directives, ordering = counted.get(day, (0, 0))
            value = (directives, ordering)[which]
            ink = ink_of(value)
            is_hollow = bool(n) and n == inferred
            colours.append(look.void if not n else look.paper if is_hollow else ink)
            outlines.append(look.void if not n else ink if is_hollow and value else look.strip)
            hovers.append(hover(day, directives, ordering, n, inferred, text))
            table.append((day.isoformat(), directives, ordering, n, inferred))
        axis = "" if i == 0 else str(i + 1)
        upper = 1 - (i * panel_px + HEAD_PX) / height
        figure.add_bar(
            x=[((day - dt.date(year, 1, 1)).days + shift) // 7 for day in days],
            y=[SIZE] * len(days),
            base=[6 - day.weekday() + (1 - SIZE) / 2 for day in days],
            width=SIZE,
            yaxis=f"y{axis}",
            marker={
                "color": colours,
                "line": {
                    "color": outlines,
                    "width": [
                        0 if not read.get(day, (0, 0))[0] else HOLLOW if outline != look.strip else 0.8
                        for day, outline in zip(days, outlines, strict=True)
                    ],
                },
            },
            hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[day.isoformat(), "directives" if counted.get(day, (0,))[0] else ""] for day in days],
            name=str(year),
        )
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **axis_style(look),
                    "domain": [upper - 7 * CELL_PX / height, upper],
                    "range": [0, 7],
                    "tickvals": [6.5, 4.5, 2.5, 0.5],
                    "ticktext": [plain(text(f"weekday.{name}")) for name in ("mon", "wed", "fri", "sun")],
                    "tickfont": {"size": 10.5, "color": look.muted},
                    "showgrid": False,
                    "zeroline": False,
                    "anchor": "x",
                }
            }
        )
        totals = [sum(counted.get(day, (0, 0))[0] for day in days), sum(read.get(day, (0, 0))[0] for day in days)]
        words = plain(f"{text.count('directive', totals[0])} · {text.count('document', totals[1])}")
        font = {"size": 12, "color": look.text}
        notes.append(note(0, upper, f"<b>{year}</b>  {words}", font, 18, "paper"))
        for month in range(1, 13):
            start = dt.date(year, month, 1)
            if first <= start <= last:
                week = ((start - dt.date(year, 1, 1)).days + shift) // 7
                notes.append(note(week - 0.5, upper, plain(text.month(month)), {"size": 10.5, "color": look.muted}, 1))
    if counted:
        font = {"size": 12, "color": look.muted}
        notes.append(note(1, 1 - HEAD_PX / height, colour_key(top, ink_of), font, 18, "paper") | {"xanchor": "right"})
    figure.update_layout(annotations=notes)
    figure.update_xaxes(range=[-0.6, WEEKS - 0.4], visible=False, zeroline=False)
    columns = ("date", "directives", "documents", "read", "inferred")
    frame = pd.DataFrame(table, columns=[text(f"column.{name}") for name in columns])
    busiest = max(counted, key=lambda day: counted[day][which], default=None)
    alt = (
        text(
            "alt.calendar",
            measure=text(f"measure.{measure}"),
            span=text.span(first, last),
            peak=text.date(busiest),
            unread=sum(1 for row in table if not row[3]),
        )
        if busiest
        else text("alt.nothing")
    )
    return Chart(figure, frame, alt)


def year_of_days(year: int) -> list[dt.date]:
    """Every day of a year."""
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=i) for i in range((dt.date(year + 1, 1, 1) - first).days)]


def hover(day: dt.date, directives: int, ordering: int, read: int, inferred: int, text: Text) -> str:
    """What a day says."""
    if not read:
        return f"<b>{plain(text.date(day))}</b><br>{plain(text('chart.unread'))}"
    lines = [
        f"<b>{plain(text.date(day))}</b>",
        plain(text("hover.rests", directives=text.count("directive", directives), documents=ordering, read=read)),
    ]
    if inferred:
        lines.append(plain(text("hover.inferred_n", n=inferred)))
    return "<br>".join(lines)


def note(x: float, y: float, words: str, font: dict[str, object], yshift: int, xref: str = "x") -> dict[str, object]:
    """Words above a panel, from x on."""
    return {
        "x": x,
        "y": y,
        "xref": xref,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": yshift,
        "showarrow": False,
        "text": words,
        "font": font,
    }
