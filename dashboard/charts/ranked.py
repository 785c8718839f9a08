"""Bars in order: categories by directives, by wording, by change, and the words behind them.

Imports charts.canvas, text and theme only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import pandas as pd

from dashboard.charts.canvas import (
    FADED,
    Chart,
    canvas,
    folded,
    label_room,
    plain,
    quoted,
    round_ticks,
    row_height,
    rows_of,
)
from dashboard.periods import THIN
from dashboard.text import Text
from dashboard.theme import Look, faded

STRENGTHS = ("strict", "require", "encourage")
STRENGTH_OPACITY = {"strict": 1.0, "require": 0.55, "encourage": 0.22}


def totals(
    rows: pd.DataFrame, labels: Mapping[str, str], colours: Mapping[str, str], whole: int, look: Look, text: Text
) -> Chart:
    """Directives by category, split by wording strength, most first: dark is strict, light encourages.

    rows: group_id, strength, directives, documents. whole: all directives, of which each category has its share.
    """
    wide = rows.pivot_table(index="group_id", columns="strength", values="directives", fill_value=0)
    wide = wide.reindex(columns=list(STRENGTHS), fill_value=0)
    documents = rows.groupby("group_id")["documents"].max()
    order = wide.sum(axis=1).sort_values(kind="stable").index.tolist()
    names = [folded(labels.get(group, group)) for group in order]
    figure = canvas(look, 70 + row_height(names) * len(order), barmode="stack", bargap=0.28)
    for strength in STRENGTHS:
        values = [int(n) for n in wide.loc[order, strength]]
        figure.add_bar(
            y=names,
            x=values,
            orientation="h",
            name=plain(text(f"strength.{strength}")),
            marker={
                "color": [faded(colours.get(group, look.muted), STRENGTH_OPACITY[strength]) for group in order],
                "line": {"width": 0},
            },
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{name}</b>",
                        plain(f"{text(f'strength.{strength}')}  {text.count('directive', value)}"),
                        plain(
                            text(
                                "hover.of_category",
                                directives=text.count("directive", int(wide.loc[group].sum())),
                                documents=text.count("document", int(documents[group])),
                            )
                        ),
                    ]
                )
                for group, name, value in zip(order, names, values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[group, strength] for group in order],
            showlegend=False,
        )
        figure.add_scatter(  # the legend's squares: grey, since a bar's hue is its family's
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 11, "color": faded(look.muted, STRENGTH_OPACITY[strength])},
            name=plain(text(f"strength.{strength}")),
        )
    sums = [int(wide.loc[group].sum()) for group in order]
    shares = [plain(f"{text.number(value)} · {text.percent(value / whole)}") for value in sums]
    figure.update_layout(
        annotations=[
            {
                "x": value,
                "y": name,
                "text": share,
                "xanchor": "left",
                "xshift": 4,
                "showarrow": False,
                "font": {"size": 11.5, "color": look.muted},
            }
            for name, value, share in zip(names, sums, shares, strict=True)
        ]
    )
    figure.update_yaxes(showgrid=False, tickfont={"size": 12.5, "color": look.text})
    figure.update_xaxes(range=[0, max(sums)], tickvals=round_ticks(max(sums), 5))
    figure.update_layout(margin_b=52, margin_r=label_room(shares))
    table = pd.DataFrame(
        {
            text("column.category"): [labels.get(group, group) for group in reversed(order)],
            **{
                text(f"strength.{strength}"): [int(n) for n in wide.loc[order[::-1], strength]]
                for strength in STRENGTHS
            },
            text("column.directives"): [int(wide.loc[group].sum()) for group in reversed(order)],
            text("column.documents"): [int(documents[group]) for group in reversed(order)],
        }
    )
    first = order[-1]
    alt = text(
        "alt.totals",
        n=len(order),
        first=labels.get(first, first),
        directives=text.count("directive", int(wide.loc[first].sum())),
    )
    return Chart(figure, table, alt)


def difference(recent: float, recent_n: float, earlier: float, earlier_n: float) -> tuple[float, float]:
    """Difference of two shares and its standard error, in percentage points: (9/17 − 40/200) → (32.9, 12.4)."""
    p, q = recent / recent_n, earlier / earlier_n
    return 100 * (p - q), 100 * sqrt(
        max(p * (1 - p), 0.25 / recent_n) / recent_n + max(q * (1 - q), 0.25 / earlier_n) / earlier_n
    )


def shifts(
    rows: pd.DataFrame, labels: Mapping[str, str], colours: Mapping[str, str], look: Look, text: Text, most: int = 10
) -> Chart:
    """Categories that documents order more, or less, often than before; changes within chance are faded.

    rows: group_id, recent, earlier, recent_n, earlier_n (documents).
    """
    rows = rows.copy()
    pairs = [difference(r.recent, r.recent_n, r.earlier, r.earlier_n) for r in rows_of(rows)]
    rows["points"] = [points for points, _ in pairs]
    rows["is_clear"] = [abs(points) > 1.96 * error for points, error in pairs]
    rows = rows.reindex(rows["points"].abs().sort_values(ascending=False).index).head(most).sort_values("points")
    names = [folded(labels.get(group, group)) for group in rows["group_id"]]
    figure = canvas(look, 44 + row_height(names) * len(rows), margin_r=28, bargap=0.3, showlegend=False)
    figure.add_bar(
        y=names,
        x=rows["points"],
        orientation="h",
        marker={
            "color": [
                colours.get(group, look.muted) if clear else faded(colours.get(group, look.muted), FADED)
                for group, clear in zip(rows["group_id"], rows["is_clear"], strict=True)
            ],
            "line": {"width": 0},
        },
        text=[text.points(points, signed=True) for points in rows["points"]],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 11.5, "color": look.muted},
        hovertext=[
            "<br>".join(
                [
                    f"<b>{name}</b>",
                    plain(
                        text(
                            "hover.recent",
                            share=text.percent(r.recent / r.recent_n),
                            n=int(r.recent),
                            of=int(r.recent_n),
                        )
                    ),
                    plain(
                        text(
                            "hover.earlier",
                            share=text.percent(r.earlier / r.earlier_n),
                            n=int(r.earlier),
                            of=int(r.earlier_n),
                        )
                    ),
                    plain(text("hover.clear" if r.is_clear else "hover.unclear")),
                ]
            )
            for name, r in zip(names, rows_of(rows), strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[group] for group in rows["group_id"]],
    )
    reach = max(5.0, float(rows["points"].abs().max()) * 1.25)
    low = min(-2.0, float(rows["points"].min()) * 1.7)
    high = max(2.0, float(rows["points"].max()) * 1.35)
    figure.update_xaxes(range=[max(low, -reach * 1.2), high], showticklabels=False, showgrid=False, zeroline=True)
    figure.update_yaxes(showgrid=False, tickfont={"size": 12.5, "color": look.text})
    table = pd.DataFrame(
        {
            text("column.category"): [labels.get(group, group) for group in rows["group_id"]],
            text("column.recent"): rows["recent"].astype(int).tolist(),
            text("column.recent_n"): rows["recent_n"].astype(int).tolist(),
            text("column.earlier"): rows["earlier"].astype(int).tolist(),
            text("column.earlier_n"): rows["earlier_n"].astype(int).tolist(),
            text("column.points"): rows["points"].round(1).tolist(),
            text("column.is_clear"): rows["is_clear"].tolist(),
        }
    ).iloc[::-1]
    up, down = rows.iloc[-1], rows.iloc[0]
    alt = text("alt.shifts", up=labels.get(up["group_id"], ""), down=labels.get(down["group_id"], ""))
    return Chart(figure, table, alt)


def bars(
    names: Sequence[str],
    values: Sequence[int],
    colour: str,
    look: Look,
    text: Text,
    *,
    unit: str,
    head: tuple[str, str],
    keys: Sequence[str] | None = None,
    of: int | None = None,
) -> Chart:
    """Plain bars, longest first. unit is a count.* key; of: the whole that hovers give shares of."""
    order = list(reversed(range(len(names))))
    whole = quoted(names)
    labels = [folded(whole[i]) for i in order]
    shown = [plain(text.number(values[i]) + (f" · {text.percent(values[i] / of)}" if of else "")) for i in order]
    figure = canvas(
        look, 34 + row_height(labels) * len(names), margin_r=label_room(shown), bargap=0.3, showlegend=False
    )
    figure.add_bar(
        y=labels,
        x=[values[i] for i in order],
        orientation="h",
        marker={"color": colour, "opacity": FADED if of is not None and of < THIN else 1, "line": {"width": 0}},
        text=shown,
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 11.5, "color": look.muted},
        hovertext=[
            f"<b>{plain(names[i])}</b><br>{plain(text.count(unit, values[i]))}"
            + (f"<br>{plain(text('hover.share_of', share=text.percent(values[i] / of), n=of))}" if of else "")
            for i in order
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[keys[i] if keys else names[i]] for i in order],
    )
    figure.update_xaxes(range=[0, max(values, default=1)], showticklabels=False, showgrid=False)
    figure.update_yaxes(showgrid=False, tickfont={"size": 12.5, "color": look.text}, type="category")
    table = pd.DataFrame({head[0]: list(names), head[1]: list(values)})
    alt = (
        text("alt.bars", n=len(names), first=names[0], value=text.count(unit, values[0]))
        if names
        else text("alt.nothing")
    )
    return Chart(figure, table, alt)
