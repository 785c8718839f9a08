"""Words over time, and words that a time has more often than the time before.

Imports charts.canvas, charts.frame, charts.series, periods, text and theme only.
"""

from __future__ import annotations

import pandas as pd

from dashboard.charts.canvas import (
    FADED,
    Chart,
    canvas,
    finish_legend,
    middle_of,
    plain,
    quoted,
    row_height,
    rows_of,
    short,
)
from dashboard.charts.frame import frame
from dashboard.charts.series import TimeData, with_values
from dashboard.periods import THIN
from dashboard.text import Text
from dashboard.theme import Look, faded


def risen(rows: pd.DataFrame, recent_n: int, earlier_n: int, spans: tuple[str, str], look: Look, text: Text) -> Chart:
    """Words, the clearest rise on top: a ring for the share of documents before, a dot for the share now.

    rows: term, is_slogan, recent, earlier (documents), z, is_clear; recent_n and earlier_n documents in all.
    spans: keys of the time now and of the time before, for the marks.
    """
    rows = rows.iloc[::-1]
    names = [plain(short(term, 16)) for term in quoted([str(term) for term in rows["term"]])]
    places = list(range(len(names)))
    now = [100 * n / recent_n for n in rows["recent"]]
    before = [100 * n / earlier_n for n in rows["earlier"]]
    inks = [look.accent if clear else faded(look.accent, FADED) for clear in rows["is_clear"]]
    words = [
        "<br>".join(
            [
                f"<b>{plain(r.term)}</b>",
                plain(text("hover.now", share=text.percent(r.recent / recent_n), n=r.recent, of=recent_n)),
                plain(text("hover.before", share=text.percent(r.earlier / earlier_n), n=r.earlier, of=earlier_n)),
                plain(text("hover.z", z=f"{r.z:.1f}")),
                plain(text("hover.clear" if r.is_clear else "hover.unclear")),
            ]
        )
        for r in rows_of(rows)
    ]
    figure = canvas(look, 74 + row_height(names) * len(names), margin_r=12, margin_b=44)
    now_keys, before_keys = ([[span, str(term)] for term in rows["term"]] for span in spans)
    shared = {"y": places, "mode": "markers", "hovertext": words, "hovertemplate": "%{hovertext}<extra></extra>"}
    figure.add_scatter(
        x=before,
        name=plain(text("terms.before")),
        marker={"size": 10, "color": look.paper, "line": {"color": look.muted, "width": 1.6}},
        hoverinfo="text",
        customdata=before_keys,
        **shared,
    )
    figure.add_scatter(
        x=now,
        name=plain(text("terms.now")),
        marker={"size": 11, "color": inks, "line": {"width": 0}},
        customdata=now_keys,
        cliponaxis=False,
        **shared,
    )
    top = max([*now, *before, 5])
    figure.update_layout(  # all at once: Plotly validates what is there anew with each that is added
        shapes=[
            {
                "type": "line",
                "x0": first,
                "x1": last,
                "y0": place,
                "y1": place,
                "line": {"color": ink, "width": 2},
                "layer": "below",
            }
            for place, first, last, ink in zip(places, before, now, inks, strict=True)
        ],
        annotations=[
            {
                "text": plain(
                    text("terms.rise", n=r.recent, was=r.earlier) if r.earlier else text("terms.first_seen", n=r.recent)
                ),
                "x": max(last, first),
                "y": place,
                "xanchor": "left",
                "xshift": 11,
                "showarrow": False,
                "font": {"size": 11.5, "color": look.muted},
            }
            for place, r, last, first in zip(places, rows_of(rows), now, before, strict=True)
        ],
    )
    figure.update_xaxes(range=[-0.02 * top, 1.6 * top], ticksuffix="%", nticks=6, rangemode="tozero", zeroline=False)
    figure.update_yaxes(
        tickvals=places,
        ticktext=names,
        range=[-0.7, len(names) - 0.3],
        zeroline=False,
        tickfont={"color": look.text, "size": 12.5},
    )
    table = pd.DataFrame(
        {
            text("column.word"): rows["term"].tolist(),
            text("column.is_slogan"): rows["is_slogan"].tolist(),
            text("column.now"): rows["recent"].tolist(),
            text("column.now_n"): recent_n,
            text("column.before"): rows["earlier"].tolist(),
            text("column.before_n"): earlier_n,
            text("column.z"): rows["z"].round(2).tolist(),
            text("column.is_clear"): rows["is_clear"].tolist(),
        }
    ).iloc[::-1]
    clear = [str(term) for term in rows.loc[rows["is_clear"], "term"]][::-1]
    alt = (
        text("alt.risen", n=len(rows), words=text.listing(clear[:5])) if clear else text("alt.risen_none", n=len(rows))
    )
    return Chart(figure, table, alt)


def trend(data: TimeData, look: Look, text: Text, height: int = 440) -> Chart:
    """Words over time as shares of the documents read; hollow where few were. Every word has a line, at 0 too."""
    rows = with_values(data, "reach")
    figure = frame(data, look, text, height)
    for word in data.order:
        part = rows[rows["group_id"] == word]
        ink = data.colours.get(word, look.muted)
        figure.add_scatter(
            x=[middle_of(start, data.grain) for start in part["period"]],
            y=[None if not r.read else r.reach for r in rows_of(part)],
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,
            name=plain(word),
            line={"color": ink, "width": 2},
            marker={
                "size": 8,
                "color": [look.paper if n < THIN else ink for n in part["read"]],
                "line": {"color": ink, "width": 1.6},
            },
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{plain(word)}  {plain(text.period(r.period, data.grain))}</b>",
                        plain(
                            text("hover.word", share=text.percent(r.reach / 100), n=int(r.documents), of=int(r.read))
                        ),
                        *([plain(text("hover.thin", n=THIN))] if r.read < THIN else []),
                    ]
                )
                if r.read
                else ""
                for r in rows_of(part)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[start.isoformat(), word] for start in part["period"]],
        )
    figure.update_layout(yaxis_ticksuffix="%")
    finish_legend(figure, height)
    figure.update_layout(showlegend=True, margin_b=max(34, figure.layout.margin.b))
    totals = rows.groupby("group_id")["documents"].sum()
    table = pd.DataFrame(
        {
            text("column.period"): [period.isoformat() for period in rows["period"]],
            text("column.word"): rows["group_id"].tolist(),
            text("column.documents"): rows["documents"].astype(int).tolist(),
            text("column.read"): rows["read"].astype(int).tolist(),
            text("column.percent"): rows["reach"].round(2).tolist(),
        }
    )
    counted = text.listing([f"{word} {text.number(int(totals[word]))}" for word in data.order])
    return Chart(figure, table, text("alt.words", span=text.span(data.first, data.last), words=counted))
