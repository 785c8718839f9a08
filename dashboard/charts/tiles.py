"""Provinces as equal squares, roughly where they lie. Imports charts.canvas, periods, text and theme only.

No borders are drawn and no area speaks: every province is one square. Squares are bars, since Streamlit hears clicks
on them (charts/cells.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.canvas import Chart, canvas, folded, plain
from dashboard.periods import THIN
from dashboard.text import Text
from dashboard.theme import Look, faded, ink_on, tints

TileMeasure = Literal["reach", "documents", "directives", "strict", "first"]
TILE_MEASURES: tuple[TileMeasure, ...] = ("reach", "documents", "directives", "strict", "first")

# adcode → (column, row), row 0 on top.
PLACES: dict[str, tuple[int, int]] = {
    "230000": (6, 0),
    "150000": (4, 1), "220000": (6, 1),
    "650000": (0, 2), "620000": (1, 2), "640000": (2, 2), "140000": (3, 2), "110000": (4, 2), "120000": (5, 2),
    "210000": (6, 2),
    "630000": (1, 3), "610000": (2, 3), "410000": (3, 3), "130000": (4, 3), "370000": (5, 3),
    "540000": (0, 4), "510000": (1, 4), "500000": (2, 4), "420000": (3, 4), "340000": (4, 4), "320000": (5, 4),
    "310000": (6, 4),
    "530000": (1, 5), "520000": (2, 5), "430000": (3, 5), "360000": (4, 5), "330000": (5, 5),
    "450000": (2, 6), "440000": (3, 6), "350000": (4, 6), "710000": (5, 6),
    "460000": (2, 7), "820000": (3, 7), "810000": (4, 7),
}  # fmt: skip
COLUMNS, ROWS = 7, 8  # few columns, so that a phone's squares hold three lines
HEIGHT_PX = 640
STEPS = 7  # of colour


@dataclass(frozen=True, slots=True)
class Tile:
    """What one province has, in a span or in one period."""

    documents: int = 0  # read
    ordering: int = 0  # of those, that order the category
    directives: int = 0  # of the category
    strict: int = 0  # of those, strictly worded
    first: dt.date | None = None

    def value(self, measure: TileMeasure) -> float | None:
        """A count, a share (0 to 1), or the ordinal of a day; None where it rests on nothing."""
        if not self.documents:
            return None
        if measure == "reach":
            return self.ordering / self.documents
        if measure == "strict":
            return self.strict / self.directives if self.directives else None
        if measure == "first":
            return float(self.first.toordinal()) if self.first else None
        return float(self.documents if measure == "documents" else self.directives)

    def size(self, measure: TileMeasure) -> int:
        """What the value rests on: announcements, or directives for a share of directives."""
        return self.directives if measure == "strict" else self.documents


def added(tiles: Iterable[Tile]) -> Tile:
    """Tiles of periods as one: periods share no announcement."""
    documents, ordering, directives, strict = 0, 0, 0, 0
    for tile in tiles:
        documents += tile.documents
        ordering += tile.ordering
        directives += tile.directives
        strict += tile.strict
    return Tile(documents, ordering, directives, strict)


def shown(value: float | None, measure: TileMeasure, text: Text) -> str:
    """A value as a tile shows it."""
    if value is None:
        return text("adoption.not_seen") if measure == "first" else "—"
    if measure in ("reach", "strict"):
        return f"{100 * value:.0f}%"
    if measure == "first":
        day = dt.date.fromordinal(int(value))
        return f"{day.year}-{day.month:02d}"
    return text.number(value)


def is_thin(tile: Tile, measure: TileMeasure) -> bool:
    """Whether a share rests on too few; counts rest on themselves."""
    return measure in ("reach", "strict") and 0 < tile.size(measure) < THIN


def limits(tiles: Sequence[Tile], measure: TileMeasure, span: tuple[dt.date, dt.date]) -> tuple[float, float]:
    """Values of the palest and the darkest colour. Shares always run from 0 to 100 %, so that periods compare."""
    if measure in ("reach", "strict"):
        return 0.0, 1.0
    if measure == "first":
        return float(span[1].toordinal()), float(span[0].toordinal())  # the earlier, the darker
    return 0.0, max((tile.value(measure) or 0 for tile in tiles), default=0) or 1.0


def hover(tile: Tile, name: str, measure: TileMeasure, group: str, text: Text) -> str:
    """What a tile says."""
    lines = [f"<b>{plain(name)}</b>"]
    if not tile.documents:
        return "<br>".join([*lines, plain(text("chart.unread"))])
    seen = text.date(tile.first) if tile.first else text("adoption.not_seen")
    lines.append(plain(f"{group}  {seen}" if measure == "first" else group))
    lines.append(
        plain(
            text(
                "hover.tile",
                directives=text.count("directive", tile.directives),
                strict=tile.strict,
                ordering=tile.ordering,
                documents=tile.documents,
            )
        )
    )
    if is_thin(tile, measure):
        lines.append(plain(text("hover.few", n=THIN)))
    return "<br>".join(lines)


def ground(look: Look) -> go.Figure:
    """Room for equal squares, whatever the width."""
    figure = canvas(look, HEIGHT_PX, barmode="overlay", showlegend=False)
    figure.update_xaxes(visible=False, range=[-0.55, COLUMNS - 0.45], constrain="domain")
    figure.update_yaxes(
        visible=False,
        range=[ROWS - 0.45, -0.55],
        scaleanchor="x",
        scaleratio=1,
        constrain="domain",
        constraintoward="top",
    )
    return figure


def tile_map(
    tiles: Mapping[str, Tile],
    names: Mapping[str, str],
    full_names: Mapping[str, str],
    measure: TileMeasure,
    group: str,
    colour: str,
    span: tuple[dt.date, dt.date],
    keys_of: Callable[[str, str], list[str]],
    look: Look,
    text: Text,
) -> Chart:
    """One square a province: its value, and what it rests on. Hollow: too few; empty: nothing read.

    names are short ones; group is what was counted, in words; keys_of gives the keys of a province's mark (adcode,
    key of a period, empty for all).
    """
    figure = ground(look)
    palette = tints(colour, STEPS, look.paper)[::-1]
    palest, darkest = limits(list(tiles.values()), measure, span)
    order = [adcode for adcode in PLACES if adcode in names]
    fills, inks, words, edges = [], [], [], []
    for adcode in order:
        tile = tiles.get(adcode, Tile())
        value = tile.value(measure)
        edge: tuple[str, float] = (look.line, 1)
        if value is None:
            fill = look.void if tile.documents else "rgba(0,0,0,0)"
            ink = look.muted
        else:
            place = 0.0 if darkest == palest else (value - palest) / (darkest - palest)
            fill = palette[min(STEPS - 1, max(0, int(place * STEPS)))]
            ink, edge = ink_on(fill), (fill, 1)
            if is_thin(tile, measure):
                edge, fill, ink = (fill, 3), faded(fill, 0.12), look.text
        fills.append(fill)
        inks.append(ink)
        edges.append(edge)
        name = f"<b>{folded(names[adcode], 12)}</b>"
        if not tile.documents:
            words.append(name)
        elif measure in ("documents", "directives"):
            words.append(f"{name}<br>{shown(value, measure, text)}")
        else:
            words.append(f"{name}<br>{shown(value, measure, text)}<br>n={tile.size(measure)}")
    figure.add_bar(
        x=[PLACES[adcode][0] for adcode in order],
        y=[0.9] * len(order),
        base=[PLACES[adcode][1] - 0.45 for adcode in order],
        width=0.9,
        marker={
            "color": fills,
            "line": {"color": [colour for colour, _ in edges], "width": [width for _, width in edges]},
        },
        text=words,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="inside",
        textfont={"size": 11.5, "color": inks},
        hovertext=[
            hover(tiles.get(adcode, Tile()), full_names.get(adcode, names[adcode]), measure, group, text)
            for adcode in order
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[keys_of(adcode, "") for adcode in order],
    )
    add_scale(figure, palette, palest, darkest, measure, look, text)
    table = table_of({adcode: {"": tiles.get(adcode, Tile())} for adcode in order}, full_names, names, measure, text)
    return Chart(figure, table, describe(tiles, full_names, measure, group, text))


def add_scale(
    figure: go.Figure, palette: Sequence[str], palest: float, darkest: float, measure: TileMeasure, look: Look,
    text: Text,
) -> None:  # fmt: skip
    """What the colours mean, in the empty corner above."""
    x0, y0, step = -0.45, -0.35, 0.4
    for i, fill in enumerate(palette):
        figure.add_shape(
            type="rect", x0=x0 + i * step, x1=x0 + (i + 1) * step, y0=y0, y1=y0 + 0.22, fillcolor=fill, line_width=0
        )
    for at, value, anchor in ((x0, palest, "left"), (x0 + STEPS * step, darkest, "right")):
        figure.add_annotation(
            x=at,
            y=y0 + 0.26,
            text=plain(shown(value, measure, text)),
            showarrow=False,
            xanchor=anchor,
            yanchor="top",
            font={"size": 11.5, "color": look.muted},
        )


def describe(tiles: Mapping[str, Tile], names: Mapping[str, str], measure: TileMeasure, group: str, text: Text) -> str:
    """The map in a sentence."""
    solid = [
        (adcode, value)
        for adcode, tile in tiles.items()
        if adcode in PLACES and (value := tile.value(measure)) is not None and not is_thin(tile, measure)
    ]
    if not solid:
        return text("alt.nothing")
    top = (min if measure == "first" else max)(solid, key=lambda pair: pair[1])
    return text(
        "alt.tiles",
        group=group,
        n=sum(bool(tile.documents) for adcode, tile in tiles.items() if adcode in PLACES),
        top=names.get(top[0], top[0]),
        value=shown(top[1], measure, text),
    )


def table_of(
    tiles: Mapping[str, Mapping[str, Tile]], full_names: Mapping[str, str], names: Mapping[str, str],
    measure: TileMeasure, text: Text,
) -> pd.DataFrame:  # fmt: skip
    """What the download holds: provinces by period (one that is empty for all)."""
    has_periods = any(period for own in tiles.values() for period in own)
    rows = [
        (
            full_names.get(adcode, names.get(adcode, adcode)),
            *([period] if has_periods else []),
            tile.documents,
            tile.ordering,
            tile.directives,
            tile.strict,
            *([tile.first.isoformat() if tile.first else ""] if measure == "first" else []),
        )
        for adcode, own in tiles.items()
        for period, tile in own.items()
    ]
    columns = ["region", *(["period"] if has_periods else []), "read", "documents", "directives", "strict"]
    columns += ["first_date"] if measure == "first" else []
    return pd.DataFrame(rows, columns=[text(f"column.{c}") for c in columns])


def tile_rows(
    tiles: Mapping[str, Mapping[str, Tile]],
    periods: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    full_names: Mapping[str, str],
    measure: TileMeasure,
    group: str,
    colour: str,
    keys_of: Callable[[str, str], list[str]],
    look: Look,
    text: Text,
) -> Chart:
    """The same squares with columns over time in each, all on one scale; grey where nothing was read.

    tiles: adcode → key of a period → Tile. periods: (key, words). Shares of few announcements fade.
    """
    figure = ground(look)
    order = [adcode for adcode in PLACES if adcode in names]
    values = [own[key].value(measure) or 0 for own in tiles.values() for key, _ in periods if key in own]
    top = 1.0 if measure in ("reach", "strict") else max(values, default=0) or 1.0
    step = 0.86 / max(1, len(periods))
    xs, ys, bases, inks, hovers, keys = [], [], [], [], [], []
    voids: tuple[list[float], list[float]] = ([], [])
    for adcode in order:
        column, row = PLACES[adcode]
        own = tiles.get(adcode, {})
        has_any = any(tile.documents for tile in own.values())
        figure.add_shape(
            type="rect", x0=column - 0.47, x1=column + 0.47, y0=row - 0.47, y1=row + 0.47, layer="below",
            line={"color": look.line, "width": 1}, fillcolor="rgba(0,0,0,0)",
        )  # fmt: skip
        figure.add_annotation(
            x=column, y=row - 0.44, text=plain(names[adcode]), showarrow=False, yanchor="top",
            font={"size": 10.5, "color": look.text if has_any else look.muted},
        )  # fmt: skip
        for i, (key, words) in enumerate(periods):
            tile = own.get(key, Tile())
            x = column - 0.43 + (i + 0.5) * step
            if not tile.documents:
                if has_any:
                    voids[0].append(x)
                    voids[1].append(row + 0.42)
                continue
            value = tile.value(measure) or 0
            xs.append(x)
            ys.append(-max(0.62 * value / top, 0.012))
            bases.append(row + 0.42)
            inks.append(faded(colour, 0.45) if is_thin(tile, measure) else colour)
            hovers.append(f"{hover(tile, full_names.get(adcode, names[adcode]), measure, group, text)}<br>"
                          f"{plain(words)}  {plain(shown(tile.value(measure), measure, text))}")  # fmt: skip
            keys.append(keys_of(adcode, key))
    figure.add_bar(
        x=voids[0], y=[-0.62] * len(voids[0]), base=voids[1], width=step, marker={"color": look.void, "line_width": 0},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_bar(
        x=xs,
        y=ys,
        base=bases,
        width=0.86 * step,
        marker={"color": inks, "line": {"width": 0}},
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=keys,
    )
    figure.add_annotation(
        x=-0.45, y=-0.35, xanchor="left", yanchor="top", showarrow=False, align="left",
        text=plain(text("map.scale", top=shown(top, measure, text))), font={"size": 11.5, "color": look.muted},
    )  # fmt: skip
    whole = {adcode: added(own.values()) for adcode, own in tiles.items()}
    called = dict(periods)
    named = {a: {called[key]: tile for key, tile in tiles.get(a, {}).items() if key in called} for a in order}
    table = table_of(named, full_names, names, measure, text)
    return Chart(figure, table, describe(whole, full_names, measure, group, text))
