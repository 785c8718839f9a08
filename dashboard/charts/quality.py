"""How good fields are, with intervals; where documents are. Imports charts.canvas, periods, text and theme only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from math import log

import pandas as pd

from dashboard.charts.canvas import Chart, as_day, canvas, folded, plain, row_height, rows_of, time_axis, width_ms
from dashboard.periods import THIN, Grain, next_period
from dashboard.text import Text
from dashboard.theme import Look, faded

SPLITS = ("held_aside", "working")
OFFSET = {"held_aside": 0.16, "working": -0.16}  # of a row's height
CELL_PX = 22


def intervals(rows: pd.DataFrame, order: Sequence[str], labels: Mapping[str, str], look: Look, text: Text) -> Chart:
    """Fields, one a row: a dot for documents that rules have not seen, a ring for those they have, with intervals.

    rows: field, split, metric, value, low, high (0 to 1), n. order: fields, top first.
    """
    names = [folded(labels.get(field, field), 26) for field in order]
    places = {field: len(order) - 1 - i for i, field in enumerate(order)}
    figure = canvas(look, 84 + (row_height(names) + 4) * len(order), margin_b=46, margin_r=26)
    for split in SPLITS:
        part = rows[rows["split"] == split]
        ink = look.accent if split == "held_aside" else look.muted
        figure.add_scatter(
            x=[100 * r.value for r in rows_of(part)],
            y=[places[r.field] + OFFSET[split] for r in rows_of(part)],
            mode="markers",
            name=plain(text(f"split.{split}")),
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * (r.high - r.value) for r in rows_of(part)],
                "arrayminus": [100 * (r.value - r.low) for r in rows_of(part)],
                "color": ink,
                "thickness": 1.6,
                "width": 0,
            },
            marker={
                "size": 9,
                "color": [look.paper if split == "working" or r.n < THIN else ink for r in rows_of(part)],
                "line": {"color": ink, "width": 1.6},
            },
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{plain(labels.get(r.field, r.field))}</b>",
                        plain(text(f"split.{split}")),
                        plain(shown(r.metric, r.value, r.low, r.high, r.n, text)),
                    ]
                )
                for r in rows_of(part)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    low = min(100 * float(rows["low"].min()), 98)
    high = 100 * float(rows["high"].max())
    figure.update_xaxes(
        range=[max(0, low - 3) if low > 4 else -0.6, min(100.6, max(high + 2, 4))], ticksuffix="%", nticks=7
    )
    figure.update_yaxes(
        tickvals=list(places.values()),
        ticktext=names,
        range=[-0.6, len(order) - 0.4],
        tickfont={"color": look.text, "size": 12.5},
        zeroline=False,
    )
    ordered = rows.assign(place=rows["field"].map(places)).sort_values(["place", "split"], ascending=[False, True])
    table = pd.DataFrame(
        {
            text("column.field"): [labels.get(field, field) for field in ordered["field"]],
            text("column.split"): [text(f"split.{split}") for split in ordered["split"]],
            text("column.metric"): [text(f"metric.{metric}") for metric in ordered["metric"]],
            text("column.value"): ordered["value"].tolist(),
            text("column.low"): ordered["low"].tolist(),
            text("column.high"): ordered["high"].tolist(),
            text("column.n"): ordered["n"].tolist(),
        }
    )
    worst = rows.sort_values("value").iloc[0]
    alt = text(
        "alt.quality",
        n=len(order),
        field=labels.get(worst["field"], worst["field"]),
        value=text.percent(float(worst["value"])),
    )
    return Chart(figure, table, alt)


def shown(metric: str, value: float, low: float, high: float, n: int, text: Text) -> str:
    """A measured fraction in words: 正确率 98.2%（95.1%–100%），n = 54."""
    return text(
        "quality.measured",
        metric=text(f"metric.{metric}"),
        value=text.percent(value),
        low=text.percent(low),
        high=text.percent(high),
        n=text.number(n),
    )


def coverage(
    rows: pd.DataFrame,
    order: Sequence[str],
    labels: Mapping[str, str],
    starts: Sequence[dt.date],
    grain: Grain,
    look: Look,
    text: Text,
) -> Chart:
    """Documents by region and period as cells: darker is more, the colour of nothing where none was read.

    rows: adcode (empty where unknown), period, documents, inferred. order: adcodes, top first. Cells are bars, since
    a click on a heat map is not heard.
    """
    found = {(r.adcode, as_day(r.period)): (int(r.documents), int(r.inferred)) for r in rows_of(rows)}
    most = max((n for n, _ in found.values()), default=1)
    figure = canvas(look, 66 + CELL_PX * len(order), barmode="overlay", bargap=0, showlegend=False)
    is_numbered = most < 100 and len(starts) <= 40
    for line, adcode in enumerate(order):
        cells = [found.get((adcode, start), (0, 0)) for start in starts]
        strengths = [0.16 + 0.84 * log(1 + n) / log(1 + most) if n else 0 for n, _ in cells]
        figure.add_bar(
            x=list(starts),
            y=[0.9] * len(starts),
            base=[len(order) - 1 - line + 0.05] * len(starts),
            width=[0.94 * width_ms(start, grain) for start in starts],
            offset=0,
            marker={
                "color": [faded(look.accent, round(s, 2)) if s else look.void for s in strengths],
                "line": {"width": 0},
            },
            text=[text.number(n) if n else "" for n, _ in cells] if is_numbered else None,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"size": 10.5, "color": [look.paper if s > 0.6 else look.text for s in strengths]},
            constraintext="none",
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{plain(labels.get(adcode, adcode))}  {plain(text.period(start, grain))}</b>",
                        plain(text.count("document", n) if n else text("chart.unread")),
                        *([plain(text("hover.of_them_inferred", n=inferred))] if inferred else []),
                    ]
                )
                for start, (n, inferred) in zip(starts, cells, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[adcode, start.isoformat()] for start in starts],
            unselected={"marker": {"opacity": 0.5}},
        )
    totals = {adcode: sum(n for (a, _), (n, _i) in found.items() if a == adcode) for adcode in order}
    figure.update_yaxes(
        tickvals=[len(order) - 1 - i + 0.5 for i in range(len(order))],
        ticktext=[plain(f"{labels.get(adcode, adcode)}  {text.number(totals[adcode])}") for adcode in order],
        range=[0, len(order)],
        showgrid=False,
        zeroline=False,
        tickfont={"color": look.text, "size": 12},
    )
    time_axis(figure, starts[0], next_period(starts[-1], grain) - dt.timedelta(days=1), grain, text)
    table = pd.DataFrame(
        [
            (labels.get(adcode, adcode), start.isoformat(), *found.get((adcode, start), (0, 0)))
            for adcode in order
            for start in starts
        ],
        columns=[text("column.region"), text("column.period"), text("column.documents"), text("column.inferred")],
    )
    empty = sum(1 for adcode in order for start in starts if (adcode, start) not in found)
    return Chart(figure, table, text("alt.coverage", cells=len(order) * len(starts), empty=empty))
