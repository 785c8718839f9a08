"""When each was first ordered, and what can be said where it was not. Imports charts.canvas, text and theme only.

A first order is the first among the announcements read. Where there is none, the entity's announcements end at some
day: not seen up to then, of so many announcements, which is not never ordered. Where the very first announcement
orders it, it may have been ordered before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.canvas import Chart, canvas, finish_legend, folded, plain, row_height, short, strokes, time_axis
from dashboard.text import Text
from dashboard.theme import Look, faded, ink_on, tints


@dataclass(frozen=True, slots=True)
class First:
    """The first order of a category by an entity."""

    day: dt.date
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """First orders, and the days on which anything was read."""

    firsts: Mapping[tuple[str, str], First]  # (entity, group)
    days: Mapping[str, Mapping[dt.date, int]]  # entity → announcements by day, in order
    names: Mapping[str, str]
    labels: Mapping[str, str]

    def read(self, entity: str) -> int:
        """Dated announcements of an entity."""
        return sum(self.days.get(entity, {}).values())

    def ends(self, entity: str) -> tuple[dt.date, dt.date] | None:
        """Days of its first and last announcement."""
        days = self.days.get(entity)
        return (min(days), max(days)) if days else None

    def read_before(self, entity: str, day: dt.date) -> int:
        """Announcements read before a day."""
        return sum(n for when, n in self.days.get(entity, {}).items() if when < day)

    def said(self, entity: str, group: str, text: Text) -> str:
        """What is known, in words."""
        ends, first = self.ends(entity), self.firsts.get((entity, group))
        if ends is None:
            return text("adoption.unread")
        if first is None:
            return text("adoption.unseen", day=text.date(ends[1]), documents=text.count("document", self.read(entity)))
        before = self.read_before(entity, first.day)
        known = text("adoption.first", day=text.date(first.day))
        if first.is_inferred:
            known += text("adoption.inferred")
        if not before:
            return known + text("adoption.at_once")
        return known + text("adoption.before", documents=text.count("document", before))

    def table(self, entities: Sequence[str], groups: Sequence[str], text: Text) -> pd.DataFrame:
        """What a download holds: every entity and category, with what was read of it."""
        rows = []
        for entity in entities:
            ends = self.ends(entity)
            for group in groups:
                first = self.firsts.get((entity, group))
                rows.append(
                    (
                        self.names[entity],
                        self.labels.get(group, group),
                        first.day.isoformat() if first else "",
                        first.is_inferred if first else "",
                        "" if first or not ends else ends[1].isoformat(),
                        self.read(entity),
                        ends[0].isoformat() if ends else "",
                        ends[1].isoformat() if ends else "",
                        self.read_before(entity, first.day) if first else "",
                    )
                )
        names = ("entity", "category", "first_date", "is_inferred", "unseen_until", "read", "read_from", "read_until")
        return pd.DataFrame(rows, columns=[text(f"column.{name}") for name in (*names, "read_before")])


def by_date(data: Adoption, entities: Sequence[str], group: str) -> list[str]:
    """Entities in the order of their first orders; then those without, the longest read first."""

    def rank(entity: str) -> tuple[int, int, str]:
        first, ends = data.firsts.get((entity, group)), data.ends(entity)
        if first:
            return (0, first.day.toordinal(), entity)
        return (1, -ends[1].toordinal(), entity) if ends else (2, 0, entity)

    return sorted(entities, key=rank)


def lines(
    data: Adoption, entities: Sequence[str], group: str, colour: str, span: tuple[dt.date, dt.date], look: Look,
    text: Text,
) -> Chart:  # fmt: skip
    """One category: a row an entity, from its first announcement read to its last, with a tick for every day read.

    The mark is the first order: grey before it, coloured after. A row without one ends in an open arrow at its last
    announcement. marks' keys: period, entity, category (none for a tick, which stands for announcements).
    """
    order = by_date(data, entities, group)
    height = 60 + 23 * len(order)
    figure = canvas(look, height)
    strong, grey = faded(colour, 0.32), faded(look.muted, 0.28)
    bars: dict[str, tuple[list[object], list[object]]] = {strong: ([], []), grey: ([], [])}
    ticks: list[tuple[dt.date, int, str, int]] = []
    for row, entity in enumerate(order):
        ends, first = data.ends(entity), data.firsts.get((entity, group))
        if ends is None:
            continue
        parts = [(grey, ends[0], first.day), (strong, first.day, ends[1])] if first else [(grey, *ends)]
        for ink, start, end in parts:
            bars[ink][0].extend([start.isoformat(), end.isoformat(), None])
            bars[ink][1].extend([row, row, None])
        ticks += [(day, row, entity, n) for day, n in data.days[entity].items()]
    for ink, (xs, ys) in bars.items():
        figure.add_scatter(
            x=xs, y=ys, mode="lines", line={"color": ink, "width": 7}, hoverinfo="skip", showlegend=False
        )
    figure.add_scatter(
        x=[day for day, _, _, _ in ticks],
        y=[row for _, row, _, _ in ticks],
        mode="markers",
        name=plain(text("adoption.tick")),
        marker={"symbol": "line-ns", "size": 9, "line": {"color": faded(look.muted, 0.9), "width": 1.2}},
        hovertext=[
            f"<b>{plain(data.names[entity])}</b>  {plain(text.date(day))}<br>{plain(text.count('document', n))}"
            for day, _, entity, n in ticks
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[day.isoformat(), entity, ""] for day, _, entity, _ in ticks],
    )
    found = [(row, entity, data.firsts[entity, group]) for row, entity in enumerate(order)
             if (entity, group) in data.firsts]  # fmt: skip
    for is_inferred in (False, True):
        part = [(row, entity, first) for row, entity, first in found if first.is_inferred == is_inferred]
        figure.add_scatter(
            x=[first.day for _, _, first in part],
            y=[row for row, _, _ in part],
            mode="markers",
            name=plain(text("adoption.mark_inferred" if is_inferred else "adoption.mark")),
            marker={
                "size": 12,
                "color": look.paper if is_inferred else colour,
                "line": {"color": colour if is_inferred else look.paper, "width": 2.2 if is_inferred else 1},
            },
            hovertext=[f"<b>{plain(data.names[e])}</b><br>{plain(data.said(e, group, text))}" for _, e, _ in part],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[first.day.isoformat(), entity, group] for _, entity, first in part],
            showlegend=bool(part),
        )
    open_rows = [(row, e, ends[1]) for row, e in enumerate(order)
                 if (e, group) not in data.firsts and (ends := data.ends(e))]  # fmt: skip
    figure.add_scatter(
        x=[day for _, _, day in open_rows],
        y=[row for row, _, _ in open_rows],
        mode="markers",
        name=plain(text("adoption.open")),
        marker={"symbol": "triangle-right-open", "size": 10, "color": look.muted, "line": {"width": 1.6}},
        hovertext=[f"<b>{plain(data.names[e])}</b><br>{plain(data.said(e, group, text))}" for _, e, _ in open_rows],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[day.isoformat(), entity, ""] for _, entity, day in open_rows],
        showlegend=bool(open_rows),
    )
    time_axis(figure, *span, "month", text)
    figure.update_xaxes(showgrid=True)
    figure.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[
            f"{plain(short(data.names[e], 14))} <span style='color:{look.muted}'>n={data.read(e)}</span>" for e in order
        ],
        range=[len(order) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        tickfont={"size": 12, "color": look.text},
    )
    finish_legend(figure, height)
    alt = text(
        "alt.adoption",
        category=data.labels.get(group, group),
        n=len(found),
        of=len(order),
        first=data.names[order[0]] if found else "—",
        day=text.date(found[0][2].day) if found else "—",
    )
    return Chart(figure, data.table(order, [group], text), alt)


def month_of(day: dt.date) -> str:
    """A day as a cell shows it: 2020-02."""
    return f"{day.year}-{day.month:02d}"


def cells(
    data: Adoption, entities: Sequence[str], groups: Sequence[str], span: tuple[dt.date, dt.date], colour: str,
    look: Look, text: Text,
) -> Chart:  # fmt: skip
    """Every category by every entity: the month of the first order, darker the earlier.

    Without one: up to when nothing was seen. Grey where nothing was read. Keys: period, entity, category.
    """
    rows = [folded(data.labels.get(group, group)) for group in groups]
    height = 56 + max(28, row_height(rows)) * len(groups)
    figure = canvas(look, height, barmode="overlay", showlegend=False)
    shades = tints(colour, 6, look.paper)
    length = max(1, (span[1] - span[0]).days)
    for column, entity in enumerate(entities):
        ends = data.ends(entity)
        fills, inks, words, hovers, keys = [], [], [], [], []
        for group in groups:
            first = data.firsts.get((entity, group))
            if first:
                fill = shades[min(5, int(6 * (first.day - span[0]).days / length))]
                fills.append(fill)
                inks.append(ink_on(fill))
                words.append(month_of(first.day) + ("*" if first.is_inferred else ""))
                keys.append([first.day.isoformat(), entity, group])
            else:
                fills.append(look.void if ends is None else "rgba(0,0,0,0)")
                inks.append(look.muted)
                words.append("" if ends is None else f"> {month_of(ends[1])}")
                keys.append([ends[1].isoformat() if ends else "", entity, ""])
            hovers.append(
                f"<b>{plain(data.names[entity])}</b><br>{plain(data.labels.get(group, group))}<br>"
                + plain(data.said(entity, group, text))
            )
        figure.add_bar(
            x=[column] * len(groups),
            y=[0.9] * len(groups),
            base=[row - 0.45 for row in range(len(groups))],
            width=0.94,
            marker={"color": fills, "line": {"width": 0}},
            text=words,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 11.5, "color": inks},
            constraintext="none",
            hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=keys,
        )
    figure.update_xaxes(
        tickvals=list(range(len(entities))),
        ticktext=[f"{plain(short(data.names[e], 9))}<br>n={data.read(e)}" for e in entities],
        range=[-0.5, len(entities) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
        tickangle=0,
        tickfont={"size": 12, "color": look.text},
    )
    figure.update_yaxes(
        tickvals=list(range(len(groups))),
        ticktext=rows,
        range=[len(groups) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"size": 12.5, "color": look.text},
    )
    n = sum((entity, group) in data.firsts for entity in entities for group in groups)
    alt = text("alt.first_orders", entities=text.listing([data.names[e] for e in entities]), n=n)
    return Chart(figure, data.table(entities, groups, text), alt)


def curve(
    data: Adoption,
    entities: Sequence[str],
    groups: Sequence[str],
    colours: Mapping[str, str],
    span: tuple[dt.date, dt.date],
    look: Look,
    text: Text,
) -> Chart:
    """How many regions had ordered each category by each day, under how many had been read at all by then.

    The curve can only rise where announcements are read: the grey ceiling is what it could have reached.
    """
    ends = {entity: found for entity in entities if (found := data.ends(entity))}
    height = 400
    figure = canvas(look, height)

    def steps(days: Sequence[dt.date]) -> tuple[list[str], list[int]]:
        inside = [max(day, span[0]) for day in sorted(days)]
        xs = [span[0], *inside, span[1]]
        return [x.isoformat() for x in xs], [0, *range(1, len(inside) + 1), len(inside)]

    xs, ys = steps([first for first, _ in ends.values()])
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"shape": "hv", "color": look.strip, "width": 1.2},
        fill="tozeroy",
        fillcolor=look.void,
        name=plain(text("adoption.ceiling")),
        hovertext=[plain(text("adoption.ceiling_at", n=n, day=text.date(dt.date.fromisoformat(x))))
                   for x, n in zip(xs, ys, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    rows = []
    for group, stroke in strokes(groups, colours, look).items():
        colour = stroke.colour
        order = [entity for entity in by_date(data, list(ends), group) if (entity, group) in data.firsts]
        days = [data.firsts[entity, group].day for entity in order]
        xs, ys = steps(days)
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"shape": "hv", "color": colour, "width": 2.4, "dash": stroke.dash},
            name=plain(data.labels.get(group, group)),
            legendgroup=group,
            hoverinfo="skip",
        )
        read = [sum(first <= day for first, _ in ends.values()) for day in days]
        figure.add_scatter(
            x=days,
            y=list(range(1, len(days) + 1)),
            mode="markers",
            legendgroup=group,
            showlegend=False,
            marker={
                "size": 8,
                "symbol": stroke.symbol,
                "color": [look.paper if data.firsts[e, group].is_inferred else colour for e in order],
                "line": {"color": colour, "width": 1.6},
            },
            hovertext=[
                "<br>".join(
                    [
                        f"<b>{plain(data.labels.get(group, group))}</b>",
                        plain(text("adoption.reached", n=n, of=of, day=text.date(day))),
                        plain(f"+ {data.names[entity]}"),
                    ]
                )
                for n, (entity, day, of) in enumerate(zip(order, days, read, strict=True), start=1)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[day.isoformat(), entity, group] for entity, day in zip(order, days, strict=True)],
        )
        rows += [
            (data.labels.get(group, group), day.isoformat(), data.names[entity], n, of)
            for n, (entity, day, of) in enumerate(zip(order, days, read, strict=True), start=1)
        ]
    time_axis(figure, *span, "month", text)
    figure.update_yaxes(rangemode="tozero", range=[0, len(ends) * 1.06 + 0.5], nticks=7, zeroline=False)
    finish_legend(figure, height)
    columns = ("category", "first_date", "entity", "regions", "regions_read")
    table = pd.DataFrame(rows, columns=[text(f"column.{c}") for c in columns])
    reached = [
        f"{data.labels.get(g, g)} {sum((e, g) in data.firsts for e in ends)}" for g in groups
    ]  # fmt: skip
    alt = text("alt.curve", of=len(ends), span=text.span(*span), reached=text.listing(reached))
    return Chart(figure, table, alt)
