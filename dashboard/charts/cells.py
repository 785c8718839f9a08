"""Grids of cells. Imports charts.canvas, text and theme only.

Cells are bars of height one, not a heat map: they fill any width, and Streamlit hears a click on them (it hears none
on a heat map).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.canvas import Chart, canvas, plain, rows_of
from dashboard.text import Text
from dashboard.theme import Look, faded


def co_occurrence(
    rows: pd.DataFrame,
    order: Sequence[str],
    labels: Mapping[str, str],
    colours: Mapping[str, str],
    look: Look,
    text: Text,
) -> Chart:
    """How often a directive of the row's category is of the column's too: darker is more often.

    rows: first_id, second_id, directives; a category with itself gives its total.
    """
    counts = {(r.first_id, r.second_id): int(r.directives) for r in rows_of(rows)}
    present = [group for group in order if counts.get((group, group))]
    n = len(present)
    figure = canvas(look, 170 + 24 * n, barmode="overlay", bargap=0.06, showlegend=False)
    for line, first in enumerate(present):
        total = counts[first, first]
        shares = [0 if first == second else counts.get((first, second), 0) / total for second in present]
        figure.add_bar(
            x=list(range(n)),
            y=[0.92] * n,
            base=[n - 1 - line + 0.04] * n,
            marker={
                "color": [
                    look.void
                    if first == second
                    else faded(colours.get(first, look.muted), min(1.0, 0.04 + 2.2 * share))
                    for second, share in zip(present, shares, strict=True)
                ],
                "line": {"width": 0},
            },
            hovertext=[
                f"<b>{plain(labels.get(first, first))}</b><br>{plain(text.count('directive', total))}"
                if first == second
                else f"<b>{plain(labels.get(first, first))} + {plain(labels.get(second, second))}</b><br>"
                + plain(text.count("directive", counts.get((first, second), 0)))
                + "<br>"
                + plain(text("hover.also", share=text.percent(share), first=labels.get(first, first)))
                for second, share in zip(present, shares, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[first, second] for second in present],
        )
    ticks = [plain(labels.get(group, group)) for group in present]
    figure.update_xaxes(
        tickvals=list(range(n)),
        ticktext=ticks,
        tickangle=-90,
        showgrid=False,
        side="top",
        range=[-0.5, n - 0.5],
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=[n - 1 - i + 0.5 for i in range(n)],
        ticktext=ticks,
        showgrid=False,
        range=[0, n],
        zeroline=False,
        tickfont={"color": look.text, "size": 12},
    )
    pairs = sorted(((v, a, b) for (a, b), v in counts.items() if a < b), reverse=True)
    table = pd.DataFrame(
        [(labels.get(a, a), labels.get(b, b), v) for v, a, b in pairs],
        columns=[text("column.first"), text("column.second"), text("column.directives")],
    )
    alt = (
        text("alt.together", first=labels.get(pairs[0][1], ""), second=labels.get(pairs[0][2], ""), n=pairs[0][0])
        if pairs
        else text("alt.nothing")
    )
    return Chart(figure, table, alt)
