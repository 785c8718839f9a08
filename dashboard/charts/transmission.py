"""Days between a meeting and the announcement that says it conveys it. Imports comparison, canvas, text and theme.

It says how many days lay between, of announcements that name a dated higher-level meeting; never why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.canvas import Chart, as_day, canvas, finish_legend, plain, rows_of
from dashboard.comparison import Spread, spread
from dashboard.text import Text
from dashboard.theme import Look, faded

ROW_PX = 74


def said(found: Spread, text: Text) -> str:
    """A spread in words."""
    words = text(
        "transmission.spread",
        n=found.n,
        median=text.number(found.median),
        low=text.number(found.quartiles[0]),
        high=text.number(found.quartiles[1]),
        least=found.ends[0],
        most=found.ends[1],
    )
    return words + (text("transmission.limits", low=found.limits[0], high=found.limits[1]) if found.limits else "")


def days_between(rows: pd.DataFrame, levels: Sequence[str], names: Mapping[str, str], look: Look, text: Text) -> Chart:
    """One dot an announcement and meeting, a row a level; the median and the middle half where there are enough.

    rows: level, days, issuer, issuer_id, as_written, conveyed_level, conveyed_date, day, is_conveyed_date_inferred;
    only those with days. A level of too few announcements has dots and no median. Keys: period, entity, none.
    """
    present = [level for level in levels if (rows["level"] == level).any()]
    height = 56 + ROW_PX * len(present)
    figure = canvas(look, height)
    reach = max(7, int(rows["days"].max()) + 1)
    for line, level in enumerate(present):
        part = rows[rows["level"] == level]
        found = spread([int(n) for n in part["days"]])
        if found:
            figure.add_shape(
                type="rect", x0=found.quartiles[0], x1=found.quartiles[1], y0=line - 0.3, y1=line + 0.3,
                fillcolor=faded(look.accent, 0.14), line_width=0, layer="below",
            )  # fmt: skip
            figure.add_shape(
                type="line", x0=found.median, x1=found.median, y0=line - 0.34, y1=line + 0.34,
                line={"color": look.accent, "width": 2.4},
            )  # fmt: skip
        heights: dict[int, int] = {}
        ys = []
        for days in part["days"]:  # dots of one day stand beside one another, above and below the line by turns
            nth = heights[int(days)] = heights.get(int(days), 0) + 1
            ys.append(line + (0.09 * (nth // 2)) * (1 if nth % 2 else -1))
        inferred = [bool(flag) for flag in part["is_conveyed_date_inferred"]]
        figure.add_scatter(
            x=[int(n) for n in part["days"]],
            y=[max(line - 0.4, min(line + 0.4, y)) for y in ys],
            mode="markers",
            showlegend=False,
            marker={
                "size": 11,
                "color": [look.paper if flag else look.accent for flag in inferred],
                "line": {"color": look.accent, "width": 1.8},
            },
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{plain(text.named(r.issuer) if isinstance(r.issuer, str) else '—')}</b>",
                        plain(text.date(as_day(r.day))),
                        plain(r.as_written),
                        plain(text("transmission.hover", days=int(r.days), date=text.date(as_day(r.conveyed_date)))),
                    ]
                )
                for r in rows_of(part)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[
                [as_day(r.day).isoformat(), r.issuer_id if isinstance(r.issuer_id, str) else "", ""]
                for r in rows_of(part)
            ],
        )
        figure.add_annotation(
            text=plain(said(found, text) if found else text("transmission.too_few", n=len(part))),
            xref="paper", x=1, y=line - 0.42, xanchor="right", yanchor="bottom", showarrow=False,
            font={"size": 11.5, "color": look.muted},
        )  # fmt: skip
    figure.update_xaxes(range=[-0.6, reach + 0.4], zeroline=False, nticks=10, ticksuffix="")
    figure.update_yaxes(
        tickvals=list(range(len(present))),
        ticktext=[plain(names[level]) for level in present],
        range=[len(present) - 0.45, -0.62],
        showgrid=False,
        zeroline=False,
        tickfont={"size": 12.5, "color": look.text},
    )
    finish_legend(figure, height)
    everything = spread([int(n) for n in rows["days"]])
    alt = said(everything, text) if everything else text("transmission.too_few", n=len(rows))
    return Chart(figure, table_of(rows, names, text), alt)


def table_of(rows: pd.DataFrame, names: Mapping[str, str], text: Text) -> pd.DataFrame:
    """What the download holds: one row an announcement and meeting that it conveys."""
    return pd.DataFrame(
        {
            text("column.date"): ["" if pd.isna(day) else as_day(day).isoformat() for day in rows["day"]],
            text("column.issuer"): [name if isinstance(name, str) else "" for name in rows["issuer"]],
            text("column.level"): [names.get(level, "") for level in rows["level"]],
            text("column.conveyed"): list(rows["as_written"]),
            text("column.conveyed_level"): [names.get(level, "") for level in rows["conveyed_level"]],
            text("column.conveyed_date"): [
                "" if pd.isna(day) else as_day(day).isoformat() for day in rows["conveyed_date"]
            ],
            text("column.days"): ["" if pd.isna(n) else int(n) for n in rows["days"]],
            text("column.document_id"): list(rows["document_id"]),
        }
    )
