"""Map: provinces as equal squares, by any measure, in one period or over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

import pandas as pd
import streamlit as st

from dashboard import address, comparing, markup, panel, sidebar
from dashboard.charts import tiles
from dashboard.charts.tiles import TILE_MEASURES, Tile, TileMeasure
from dashboard.marks import Keys
from dashboard.periods import THIN, Grain, periods
from dashboard.view import View, current_view

SHAPES = ("map", "rows")
ANY = "any"
COUNTS = ("documents", "ordering", "directives", "strict")
SHORT_DAYS = 400  # a span up to this long is divided into months, a longer one into quarters


def tile_of(rows: pd.DataFrame, first: dt.date | None = None) -> Tile:
    """Rows of one province added up: periods share no announcement."""
    documents, ordering, directives, strict = (int(rows[name].sum()) for name in COUNTS)
    return Tile(documents, ordering, directives, strict, first)


def first_days(view: View, category: str | None) -> dict[str, dt.date]:
    """First order of the category, or of anything, by province."""
    rows = comparing.first_orders(view.build, view.filters, view.options.provinces)
    if category:
        rows = rows[rows["group_id"] == category]
    return {str(entity): pd.Timestamp(day).date() for entity, day in rows.groupby("entity")["date"].min().items()}


def keys_of(
    measure: TileMeasure, category: str | None, grain: Grain, firsts: dict[str, dt.date], with_period: bool
) -> tuple[Keys, Callable[[str, str], list[str]]]:
    """What the marks stand for, and how a mark of a province and period says so."""
    names = ["entity"]
    if measure == "first" or with_period:
        names.append("period")
    if category or measure == "documents":
        names.append("category")
    fixed = (("strength", "strict"),) if measure == "strict" else ()

    def keys(adcode: str, period: str) -> list[str]:
        day = firsts.get(adcode)
        when = day.isoformat() if measure == "first" and day else period
        found = {"entity": adcode, "period": when, "category": "" if measure == "documents" else category or ""}
        return [found[name] for name in names]

    return Keys(tuple(names), "day" if measure == "first" else grain, fixed), keys


def draw(view: View) -> None:
    """Provinces as tiles in one measure, over one period or all; those of which nothing was read are named below."""
    text, build, filters = view.text, view.build, view.filters
    st.html(markup.title(text("map.title"), text("map.line")))
    sidebar.draw_active(view)
    first, last = view.span
    grain: Grain = "month" if (last - first).days <= SHORT_DAYS else "quarter"
    starts = periods(first, last, grain)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        measure = cast(
            TileMeasure,
            address.choose_one(
                "measure", text("map.measure"), TILE_MEASURES, lambda v: text(f"map.{v}"), default="reach"
            ),
        )
        shape = "map"
        if measure != "first":
            shape = address.choose_one(
                "shape", text("map.shape"), SHAPES, lambda v: text(f"map.shape.{v}"), default="map"
            )
    category = None
    if measure != "documents":
        options = (ANY, *(filters.categories or view.options.categories))
        chosen = address.choose_one(
            "focus",
            text("map.category"),
            options,
            lambda v: text("map.any") if v == ANY else view.category(v),
            default="testing" if "testing" in options else ANY,
            shape="list",
        )
        category = None if chosen == ANY else chosen
    period = "all"
    if shape == "map" and measure != "first" and len(starts) > 1:
        period = address.choose_one(
            "period",
            text("map.period"),
            ("all", *(start.isoformat() for start in starts)),
            lambda v: text("map.all") if v == "all" else text.period(dt.date.fromisoformat(v), grain),
            default="all",
            shape="slider",
        )
    rows = comparing.provinces_over_time(build, filters, grain, category)
    rows = rows[rows["entity"] != "000000"]
    heading = text(f"map.heading.{measure}", group=view.category(category) if category else text("map.anything"))
    if rows.empty:
        panel.nothing(view, heading)
        return
    rows = rows.assign(period=[None if pd.isna(day) else day.date().isoformat() for day in rows["period"]])
    if period != "all":
        rows = rows[rows["period"] == period]
    names = {a: text.named(name) for a, name in comparing.short_names(build, not text.is_chinese).items()}
    full = {adcode: view.region(adcode) for adcode in names}
    firsts = first_days(view, category) if measure == "first" else {}
    colour = view.look.family(view.families().get(category)) if category else view.look.accent
    keys, mark = keys_of(measure, category, grain, firsts, shape == "rows" or period != "all")
    documents = text.count("document", int(rows["documents"].sum()))
    if shape == "map":
        one = {str(entity): tile_of(own, firsts.get(str(entity))) for entity, own in rows.groupby("entity")}
        when = text("map.all") if period == "all" else text.period(dt.date.fromisoformat(period), grain)
        chart = tiles.tile_map(
            one, names, full, measure, heading, colour, view.span, lambda a, _: mark(a, period), view.look, text
        )
        unit = "map.unit_first" if measure == "first" else "map.unit"
        line = text(unit, period=when, documents=documents, n=THIN)
    else:
        many = {
            str(entity): {str(key): tile_of(part) for key, part in own.dropna(subset=["period"]).groupby("period")}
            for entity, own in rows.groupby("entity")
        }
        named = [(start.isoformat(), text.period(start, grain)) for start in starts]
        chart = tiles.tile_rows(many, named, names, full, measure, heading, colour, mark, view.look, text)
        line = text("map.unit_rows", grain=text(f"grain.{grain}"), documents=documents, n=THIN)
    is_wide = shape == "rows" and not text.is_chinese  # its names stand side by side, as long as they are
    panel.draw(view, "map", heading, line, chart, explanation=text("help.tiles"), keys=keys, is_wide=is_wide)
    without = [
        full[adcode]
        for adcode in tiles.PLACES
        if adcode in names and not (rows.loc[rows["entity"] == adcode, "documents"]).sum()
    ]
    if without:
        st.html(markup.note(text("map.unread", names=text.listing(without))))


draw(current_view())
