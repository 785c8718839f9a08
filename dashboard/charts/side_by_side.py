"""Regions or bodies side by side: rows over time, category profiles, first orders.

Imports charts.canvas, charts.over_time, text and theme only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.canvas import (
    FADED,
    Chart,
    as_day,
    axis_style,
    canvas,
    folded,
    plain,
    row_height,
    rows_of,
    short,
    time_axis,
    width_ms,
)
from dashboard.charts.over_time import finish_legend
from dashboard.periods import THIN, Grain, next_period, periods
from dashboard.text import Text
from dashboard.theme import Look, faded

ROW_PX = 96


def trends(
    groups: pd.DataFrame,
    documents: pd.DataFrame,
    entities: Sequence[str],
    names: Mapping[str, str],
    order: Sequence[str],
    labels: Mapping[str, str],
    colours: Mapping[str, str],
    span: tuple[dt.date, dt.date],
    grain: Grain,
    as_share: bool,
    look: Look,
    text: Text,
) -> Chart:
    """One row an entity on one scale: directives by family, and what was read of it below; grey where nothing was.

    groups: entity, period, group_id, directives; documents: entity, period, documents.
    """
    starts = periods(*span, grain)
    groups = groups.dropna(subset=["period"])
    counts = {(r.entity, as_day(r.period), r.group_id): int(r.directives) for r in rows_of(groups)}
    read = {(r.entity, as_day(r.period)): int(r.documents) for r in rows_of(documents.dropna(subset=["period"]))}
    whole = {(e, s): sum(counts.get((e, s, g), 0) for g in order) for e in entities for s in starts}
    top = 100.0 if as_share else float(max(whole.values(), default=1) or 1)
    height = 40 + ROW_PX * len(entities)
    figure = canvas(look, height, barmode="stack", bargap=0)
    rows: list[tuple[str, str, str, int, int]] = []
    for i, entity in enumerate(entities):
        axis = "" if i == 0 else str(i + 1)
        upper, lower = 1 - i / len(entities), 1 - (i + 1) / len(entities)
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **axis_style(look),
                    "domain": [lower + 0.1 / len(entities), lower + (upper - lower) * 0.74],
                    "range": [0, top],
                    "tickvals": [0, 50, 100] if as_share else [0, round(top / 2), round(top)],
                    "ticksuffix": "%" if as_share else "",
                    "zeroline": False,
                    "anchor": "x",
                }
            }
        )
        for group in order:
            values = [counts.get((entity, start, group), 0) for start in starts]
            shown = [100 * v / whole[entity, s] if whole[entity, s] else 0 for v, s in zip(values, starts, strict=True)]
            figure.add_bar(
                x=starts,
                y=shown if as_share else values,
                width=[0.9 * width_ms(start, grain) for start in starts],
                offset=0,
                yaxis=f"y{axis}",
                name=plain(labels.get(group, group)),
                legendgroup=group,
                showlegend=i == 0,
                marker={
                    "color": colours.get(group, look.muted),
                    "opacity": [FADED if read.get((entity, s), 0) < 3 and as_share else 1 for s in starts],
                    "line": {"width": 0.5, "color": look.paper},
                },
                hovertext=[
                    f"<b>{plain(names[entity])}</b>  {plain(text.period(s, grain))}<br>"
                    + plain(f"{labels.get(group, group)}  {text.count('directive', v)}")
                    + (f"  ({text.percent(v / whole[entity, s])})" if whole[entity, s] else "")
                    + f"<br>{plain(text.count('document', read.get((entity, s), 0)))}"
                    for s, v in zip(starts, values, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[[start.isoformat(), group, entity] for start in starts],
            )
            rows += [
                (names[entity], start.isoformat(), labels.get(group, group), value, read.get((entity, start), 0))
                for start, value in zip(starts, values, strict=True)
            ]
        n = sum(read.get((entity, start), 0) for start in starts)
        figure.add_annotation(
            text=f"<b>{plain(short(names[entity], 26))}</b>  {plain(text.count('document', n))}",
            xref="paper",
            yref="paper",
            x=0,
            y=upper,
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 12.5, "color": look.text},
        )
        for start in starts:
            if not read.get((entity, start)):
                figure.add_shape(
                    type="rect",
                    x0=start.isoformat(),
                    x1=next_period(start, grain).isoformat(),
                    y0=0,
                    y1=1,
                    yref=f"y{axis} domain",
                    fillcolor=look.void,
                    line_width=0,
                    layer="below",
                )
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": "square", "size": 12, "color": look.void, "line": {"color": look.line, "width": 1}},
        name=plain(text("chart.unread")),
        hoverinfo="skip",
    )
    time_axis(figure, *span, grain, text)
    figure.update_xaxes(anchor=f"y{len(entities)}" if len(entities) > 1 else "y")
    finish_legend(figure, height)
    table = pd.DataFrame(
        rows,
        columns=[text(f"column.{c}") for c in ("entity", "period", "group", "directives", "read")],
    )
    alt = text("alt.trends", entities=text.listing([names[e] for e in entities]), span=text.span(*span))
    return Chart(figure, table, alt)


def profile(
    rows: pd.DataFrame,
    entities: Sequence[str],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    look: Look,
    text: Text,
) -> Chart:
    """Share of each entity's ordering documents that order a category; widest spread on top.

    rows: entity, group_id, documents, directives, n. Entities with few documents are drawn hollow.
    """
    sizes = rows.groupby("entity")["n"].max().to_dict()
    found = {(r.entity, r.group_id): int(r.documents) for r in rows_of(rows)}
    present = list(dict.fromkeys(rows["group_id"]))
    shown = [entity for entity in entities if sizes.get(entity)]

    def share(entity: str, group: str) -> float:
        return 100 * found.get((entity, group), 0) / sizes[entity]

    def spread(group: str) -> float:
        values = [share(entity, group) for entity in shown]
        return max(values) - min(values) if values else 0.0

    order = sorted(present, key=spread)
    ticks = [folded(labels.get(group, group)) for group in order]
    height = 70 + row_height(ticks) * len(order)
    figure = canvas(look, height)
    for group, tick in zip(order, ticks, strict=True):
        values = [share(entity, group) for entity in shown]
        figure.add_scatter(
            x=[min(values), max(values)],
            y=[tick, tick],
            mode="lines",
            line={"color": look.line, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
    for i, entity in enumerate(shown):
        colour = look.entities[list(entities).index(entity) % len(look.entities)]
        is_thin = sizes[entity] < THIN
        figure.add_scatter(
            x=[share(entity, group) for group in order],
            y=ticks,
            mode="markers",
            name=plain(f"{short(names[entity])} (n={sizes[entity]})"),
            marker={
                "size": 11,
                "symbol": ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")[i % 8],
                "color": look.paper if is_thin else colour,
                "line": {"color": colour if is_thin else look.paper, "width": 2 if is_thin else 1},
            },
            hovertext=[
                f"<b>{plain(names[entity])}</b><br>{plain(labels.get(group, group))}  {share(entity, group):.0f}%<br>"
                + plain(text("hover.of_documents", n=found.get((entity, group), 0), of=sizes[entity]))
                for group in order
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[entity, group] for group in order],
        )
    widest_share = max((share(entity, group) for entity in shown for group in order), default=1)
    figure.update_xaxes(ticksuffix="%", range=[-0.025 * widest_share, 1.04 * widest_share], nticks=6, zeroline=False)
    figure.update_yaxes(tickfont={"size": 12.5, "color": look.text}, gridcolor=faded(look.muted, 0.12))
    finish_legend(figure, height)
    table = pd.DataFrame(
        [
            (names[e], labels.get(g, g), found.get((e, g), 0), sizes[e], round(share(e, g), 1))
            for g in reversed(order)
            for e in shown
        ],
        columns=[text(f"column.{c}") for c in ("entity", "category", "documents", "ordering", "percent")],
    )
    widest = order[-1] if order else ""
    alt = text("alt.profile", entities=text.listing([names[e] for e in shown]), widest=labels.get(widest, widest))
    return Chart(figure, table, alt)


def first_orders(
    rows: pd.DataFrame,
    coverage: Mapping[str, tuple[dt.date, dt.date, int]],
    entities: Sequence[str],
    names: Mapping[str, str],
    order: Sequence[str],
    labels: Mapping[str, str],
    last: dt.date,
    look: Look,
    text: Text,
) -> Chart:
    """When each entity's documents first order a category: one row a category, one mark an entity.

    rows: entity, group_id, date, is_date_inferred. coverage: first and last document, and how many, of each entity.
    A category that an entity never orders has no mark: not seen up to its last document, which is not never done.
    """
    present = [group for group in order if (rows["group_id"] == group).any()]
    first = min((start for start, _, _ in coverage.values()), default=last)
    ticks = [folded(labels.get(group, group)) for group in present]
    height = 80 + row_height(ticks) * len(present)
    figure = canvas(look, height)
    slots = len(entities)
    for i, entity in enumerate(entities):
        part = rows[rows["entity"] == entity]
        colour = look.entities[i % len(look.entities)]
        offset = ((i + 0.5) / slots - 0.5) * 0.62
        days = [as_day(day) for day in part["date"]]
        count = coverage[entity][2] if entity in coverage else 0
        figure.add_scatter(
            x=days,
            y=[len(present) - 1 - present.index(group) - offset for group in part["group_id"]],
            mode="markers",
            name=plain(f"{short(names[entity])} (n={count})"),
            marker={
                "size": 10,
                "symbol": ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")[i % 8],
                "color": [look.paper if inferred else colour for inferred in part["is_date_inferred"]],
                "line": {"color": [colour] * len(part), "width": 1.6},
            },
            hovertext=[
                f"<b>{plain(names[entity])}</b><br>{plain(labels.get(group, group))}<br>{plain(text.date(day))}"
                + (f"<br>{plain(text('hover.inferred'))}" if inferred else "")
                for group, day, inferred in zip(part["group_id"], days, part["is_date_inferred"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[entity, group] for group in part["group_id"]],
        )
    for line in range(0, len(present), 2):
        figure.add_shape(
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=line - 0.5,
            y1=line + 0.5,
            fillcolor=faded(look.muted, 0.06),
            line_width=0,
            layer="below",
        )
    time_axis(figure, first, last, "month", text)
    figure.update_yaxes(
        tickvals=list(range(len(present))),
        ticktext=ticks[::-1],
        range=[-0.6, len(present) - 0.4],
        showgrid=False,
        zeroline=False,
        tickfont={"size": 12.5, "color": look.text},
    )
    figure.update_xaxes(showgrid=True)
    finish_legend(figure, height)
    found = {(r.entity, r.group_id): as_day(r.date) for r in rows_of(rows)}
    table = pd.DataFrame(
        [
            (
                names[e],
                labels.get(g, g),
                found[e, g].isoformat() if (e, g) in found else "",
                "" if (e, g) in found or e not in coverage else coverage[e][1].isoformat(),
            )
            for e in entities
            for g in present
        ],
        columns=[text(f"column.{c}") for c in ("entity", "category", "first_date", "unseen_until")],
    )
    alt = text("alt.first_orders", entities=text.listing([names[e] for e in entities]), n=len(rows))
    return Chart(figure, table, alt)
