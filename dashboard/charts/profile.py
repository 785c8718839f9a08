"""What entities order, category by category: shares side by side, or differences from their mean.

Imports comparison, charts.canvas, text and theme only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.canvas import SYMBOLS, Chart, canvas, finish_legend, folded, plain, row_height, short
from dashboard.comparison import FEWEST, Difference, Shares, from_mean, widest, wilson
from dashboard.text import Text
from dashboard.theme import Look, faded

UNCLEAR = 0.62  # opacity of marks whose difference is within chance
ROW_PX, LANE_PX = 20, 7  # a row, and what every entity adds to it


def colours_of(shares: Shares, look: Look) -> dict[str, str]:
    """One colour an entity, by its place among those chosen."""
    return {entity: look.entities[i % len(look.entities)] for i, entity in enumerate(shares.sizes)}


def lanes(n: int) -> list[float]:
    """Heights of entities within a row of height one, the first on top: [0.18, 0, −0.18] for three."""
    step = min(0.18, 0.7 / max(1, n))
    return [step * ((n - 1) / 2 - i) for i in range(n)]


def percent(share: float) -> str:
    """0.456 → 46%."""
    return f"{100 * share:.0f}%"


def ground(groups: Sequence[str], bold: Sequence[bool], labels: Mapping[str, str], n: int, look: Look) -> go.Figure:
    """Rows of categories, the first on top, every other washed; clear ones in bold."""
    ticks = [folded(labels.get(group, group)) for group in groups]
    figure = canvas(look, 40 + max(ROW_PX + LANE_PX * n, row_height(ticks)) * len(groups))
    for row in range(0, len(groups), 2):
        figure.add_shape(
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=row - 0.5,
            y1=row + 0.5,
            fillcolor=faded(look.muted, 0.06),
            line_width=0,
            layer="below",
        )
    figure.update_yaxes(
        tickvals=list(range(len(groups))),
        ticktext=[f"<b>{tick}</b>" if is_bold else tick for tick, is_bold in zip(ticks, bold, strict=True)],
        range=[len(groups) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"size": 12.5, "color": look.text},
    )
    return figure


def add_entity(
    figure: go.Figure,
    shares: Shares,
    entity: str,
    name: str,
    xs: Sequence[tuple[float, float, float]],
    strong: Sequence[bool],
    hovers: Sequence[str],
    look: Look,
) -> None:
    """One entity's marks with their intervals: (value, low, high) a category. Hollow: too few announcements."""
    entities = shares.entities
    i = list(shares.sizes).index(entity)
    colour = colours_of(shares, look)[entity]
    lane = lanes(len(entities))[entities.index(entity)]
    is_few = shares.sizes[entity] < FEWEST
    inks = [colour if clear else faded(colour, UNCLEAR) for clear in strong]
    for is_strong in (False, True):
        rows = [row for row, clear in enumerate(strong) if clear == is_strong]
        figure.add_scatter(
            x=[x for row in rows for x in (xs[row][1], xs[row][2], None)],
            y=[y for row in rows for y in (row - lane, row - lane, None)],
            mode="lines",
            line={"color": faded(colour, 0.6 if is_strong else 0.24), "width": 2},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=entity,
        )
    figure.add_scatter(
        x=[value for value, _, _ in xs],
        y=[row - lane for row in range(len(xs))],
        mode="markers",
        name=plain(f"{short(name)} (n={shares.sizes[entity]})"),
        legendgroup=entity,
        marker={
            "size": 12 if i % len(SYMBOLS) == 3 else 10,  # a triangle looks smaller
            "symbol": SYMBOLS[i % len(SYMBOLS)],
            "color": [look.paper] * len(xs) if is_few else inks,
            "line": {"color": inks if is_few else [look.paper] * len(xs), "width": 2 if is_few else 1},
        },
        hovertext=list(hovers),
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[entity, group] for group in shares.groups],
    )


def said(difference: Difference | None, names: Mapping[str, str], text: Text) -> str:
    """A pair in words: 湖北省比上海市高 43 个百分点（18–63），超出偶然."""
    if difference is None or difference.other is None:
        return ""
    first, second = difference.entity, difference.other
    i = difference.interval
    value, low, high = (i.value, i.low, i.high) if i.value >= 0 else (-i.value, -i.high, -i.low)
    if i.value < 0:
        first, second = second, first
    return text(
        "difference.pair",
        first=names[first],
        second=names[second],
        points=f"{100 * value:.0f}",
        low=f"{100 * low:.0f}",
        high=f"{100 * high:.0f}",
        verdict=text(f"verdict.{difference.verdict}"),
    )


def ordered(shares: Shares, differences: Sequence[Difference]) -> tuple[list[str], dict[str, Difference | None]]:
    """Categories with anything in them: clear differences first, then the widest; each with the pair it is shown by."""
    shown = {group: widest(differences, group) for group in shares.groups}
    present = [group for group in shares.groups if any(shares.counts.get((e, group)) for e in shares.entities)]

    def rank(group: str) -> tuple[bool, float]:
        pair = shown[group]
        values = [shares.share(entity, group) for entity in shares.solid or shares.entities]
        return (pair is None or pair.verdict != "clear", min(values) - max(values))

    return sorted(present, key=rank), shown


def dots(
    shares: Shares,
    differences: Sequence[Difference],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    look: Look,
    text: Text,
) -> Chart:
    """Share of each entity's ordering announcements that order a category, with Wilson's interval.

    Categories with a difference large enough to mention come first, in bold; marks of the others are faded.
    differences: comparison.pairs of the shares.
    """
    groups, shown = ordered(shares, differences)
    own = Shares(shares.counts, shares.sizes, groups, shares.nested)
    is_clear = [pair is not None and pair.verdict == "clear" for pair in (shown[group] for group in groups)]
    figure = ground(groups, is_clear, labels, len(shares.entities), look)
    for entity in shares.entities:
        intervals = [wilson(shares.counts.get((entity, group), 0), shares.sizes[entity]) for group in groups]
        hovers = [
            "<br>".join(
                [
                    f"<b>{plain(names[entity])}</b>",
                    plain(f"{labels.get(group, group)}  {percent(i.value)} ({percent(i.low)}–{percent(i.high)})"),
                    plain(text("hover.of_documents", n=shares.counts.get((entity, group), 0), of=shares.sizes[entity])),
                    *([plain(said(shown[group], names, text))] if shown[group] else []),
                ]
            )
            for group, i in zip(groups, intervals, strict=True)
        ]
        xs = [(100 * i.value, 100 * i.low, 100 * i.high) for i in intervals]
        add_entity(figure, own, entity, names[entity], xs, is_clear, hovers, look)
    figure.update_xaxes(ticksuffix="%", range=[-4, 104], nticks=6, zeroline=False, side="top")
    finish_legend(figure, figure.layout.height)
    rows = [
        (
            names[entity],
            labels.get(group, group),
            shares.counts.get((entity, group), 0),
            shares.sizes[entity],
            *(round(100 * x, 1) for x in (i.value, i.low, i.high)),
        )
        for group in groups
        for entity in shares.entities
        for i in [wilson(shares.counts.get((entity, group), 0), shares.sizes[entity])]
    ]
    columns = ("entity", "category", "documents", "ordering", "percent", "low", "high")
    table = pd.DataFrame(rows, columns=[text(f"column.{c}") for c in columns])
    alt = text(
        "alt.profile",
        entities=text.listing([names[e] for e in shares.entities]),
        widest=labels.get(groups[0], groups[0]) if groups else "—",
        n=sum(is_clear),
    )
    return Chart(figure, table, alt)


def deviations(shares: Shares, names: Mapping[str, str], labels: Mapping[str, str], look: Look, text: Text) -> Chart:
    """How far each entity's share lies from the mean of those compared, in percentage points, with intervals."""
    found = {(d.group, d.entity): d for d in from_mean(shares)}
    groups = [group for group in shares.groups if any(shares.counts.get((e, group)) for e in shares.entities)]

    def rank(group: str) -> tuple[bool, float]:
        own = [found[group, entity] for entity in shares.entities if (group, entity) in found]
        return (all(d.verdict != "clear" for d in own), -max((abs(d.interval.value) for d in own), default=0.0))

    groups.sort(key=rank)
    own = Shares(shares.counts, shares.sizes, groups, shares.nested)
    figure = ground(groups, [not rank(group)[0] for group in groups], labels, len(shares.entities), look)
    rows = []
    for entity in shares.entities:
        mine = [found[group, entity] for group in groups if (group, entity) in found]
        if not mine:
            continue
        hovers = [
            "<br>".join(
                [
                    f"<b>{plain(names[entity])}</b>",
                    plain(labels.get(d.group, d.group)),
                    plain(
                        text(
                            "hover.deviation",
                            points=text.points(100 * d.interval.value, signed=True),
                            low=text.points(100 * d.interval.low, signed=True),
                            high=text.points(100 * d.interval.high, signed=True),
                        )
                    ),
                    plain(text(f"verdict.{d.verdict}")),
                ]
            )
            for d in mine
        ]
        xs = [(100 * d.interval.value, 100 * d.interval.low, 100 * d.interval.high) for d in mine]
        add_entity(figure, own, entity, names[entity], xs, [d.verdict == "clear" for d in mine], hovers, look)
        rows += [
            (
                names[entity],
                labels.get(d.group, d.group),
                *(round(100 * x, 1) for x in (d.interval.value, d.interval.low, d.interval.high)),
                text(f"verdict.{d.verdict}"),
            )
            for d in mine
        ]
    reach = 106 * max((max(-d.interval.low, d.interval.high) for d in found.values()), default=0.1)
    figure.update_xaxes(
        range=[-reach, reach],
        nticks=7,
        zeroline=True,
        zerolinecolor=look.muted,
        zerolinewidth=1.4,
        side="top",
        tickformat="+d",
    )
    finish_legend(figure, figure.layout.height)
    columns = ("entity", "category", "points", "low", "high", "verdict")
    table = pd.DataFrame(rows, columns=[text(f"column.{c}") for c in columns])
    clear = sum(d.verdict == "clear" for d in found.values())
    alt = text("alt.deviations", entities=text.listing([names[e] for e in shares.entities]), n=clear)
    return Chart(figure, table, alt)
