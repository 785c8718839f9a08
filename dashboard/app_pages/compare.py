"""Compare: two to eight regions or bodies side by side: trends, profiles and their differences, first orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st

from dashboard import address, brief, comparing, markup, panel, profiles, queries, sidebar
from dashboard.aligned import Counted, around, by_calendar
from dashboard.charts import adoption, side_by_side
from dashboard.charts.adoption import Adoption, First
from dashboard.charts.side_by_side import ROW_MEASURES, RowMeasure, Trends
from dashboard.filters import Filters
from dashboard.marks import Keys
from dashboard.periods import best_grain
from dashboard.view import View, current_view

MOST = 8
DEFAULT = 4
CURVES = 5
SECTIONS = ("trends", "profile", "adoption")
ALIGNMENTS = ("calendar", "event", "first")
WINDOWS = {"13": 7, "26": 14, "52": 28}  # weeks before and after → days of a bar
EVENT_LEVELS = ("national", "province", "prefecture")


def choose(view: View) -> tuple[str, ...]:
    """Who is compared: those chosen, else the four with most documents in the selection."""
    text = view.text
    kind = address.choose_one(
        "by",
        text("compare.by"),
        ("region", "issuer"),
        lambda v: text(f"compare.{v}"),
        default="region",
        show_label=False,
    )
    if kind == "region":
        options = [*view.options.provinces, *(place for _, place in view.options.places)]
    else:
        options = list(view.options.issuers)
    chosen = address.choose_many(
        "regions" if kind == "region" else "bodies",
        text(f"compare.choose_{kind}"),
        options,
        view.entity,
        placeholder=text("compare.placeholder"),
        most=MOST,
    )
    if len(chosen) >= 2:
        return chosen
    busiest = comparing.busiest(view.build, view.filters, kind, DEFAULT)  # type: ignore[arg-type]
    return tuple(dict.fromkeys([*chosen, *busiest["entity"]]))[:DEFAULT]


def nested_pairs(view: View, entities: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """Pairs of a province and a place in it: their announcements are partly the same."""
    province_of = {place: province for province, place in view.options.places}
    return frozenset(
        frozenset((place, province))
        for place in entities
        if (province := province_of.get(place)) in entities and province is not None
    )


def choose_category(view: View, parameter: str, label: str) -> str:
    """One category; by default the one that most announcements order, but for governance, which is always ordered."""
    rows = queries.strengths_of_categories(view.build, view.filters).drop_duplicates("group_id")
    options = view.filters.categories or view.options.categories
    counts = dict(zip(rows["group_id"], rows["documents"], strict=True))
    families = view.families()
    return address.choose_one(
        parameter,
        label,
        options,
        view.category,
        default=max(options, key=lambda c: (families.get(c) != "governance", counts.get(c, 0))),
        shape="list",
    )


def adoption_of(view: View, entities: tuple[str, ...]) -> Adoption:
    """First orders of entities, and the days on which anything of them was read."""
    firsts = comparing.first_orders(view.build, view.filters, entities)
    days: dict[str, dict[dt.date, int]] = {}
    for row in comparing.days_of(view.build, view.filters, entities).itertuples():
        days.setdefault(str(row.entity), {})[pd.Timestamp(row.day).date()] = int(row.documents)
    return Adoption(
        {
            (str(row.entity), str(row.group_id)): First(pd.Timestamp(row.date).date(), bool(row.is_date_inferred))
            for row in firsts.itertuples()
        },
        days,
        {entity: view.entity(entity) for entity in entities},
        view.groups("category").labels,
    )


# --- trends ------------------------------------------------------------------------------------------------------


def choose_event(view: View, entities: tuple[str, ...]) -> tuple[str, dt.date] | None:
    """A reference event of the span: its words and its day."""
    text = view.text
    regions = tuple(dict.fromkeys(f"{entity[:2]}0000" for entity in entities if entity.isdigit()))
    rows = queries.events(view.build, *view.span, EVENT_LEVELS, regions)
    if rows.empty:
        return None
    days = {str(row.event_id): pd.Timestamp(row.date).date() for row in rows.itertuples()}
    words = {
        str(row.event_id): f"{text.date(days[str(row.event_id)])} {text.either(row.name_zh, row.name_en)}"
        for row in rows.itertuples()
    }
    chosen = address.choose_one(
        "event", text("compare.event"), list(days), lambda v: words[v], default=next(iter(days)), shape="list"
    )
    return words[chosen], days[chosen]


def draw_trends(view: View, entities: tuple[str, ...]) -> None:
    """Entities row by row on one scale, by calendar or around a day."""
    text, build, filters = view.text, view.build, view.filters
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        measure = cast(
            RowMeasure,
            address.choose_one(
                "as",
                text("option.measure"),
                ROW_MEASURES,
                lambda v: text(f"measure.{v}"),
                default="directives",
            ),
        )
        align = address.choose_one(
            "align", text("compare.align"), ALIGNMENTS, lambda v: text(f"compare.align.{v}"), default="calendar"
        )
        if align != "calendar":
            window = address.choose_one(
                "window", text("compare.window"), tuple(WINDOWS), lambda v: text(f"compare.window.{v}"), default="26"
            )
    category = choose_category(view, "cat", text("compare.category")) if measure == "reach" else None
    narrowed = filters if category is None else replace(filters, categories=(category,))
    groups = view.groups("family" if category is None else "category")
    order = [] if measure == "read" else [category] if category else groups.order
    grouping = "family" if category is None else "category"
    names = {entity: view.entity(entity) for entity in entities}
    remarks: dict[str, str] = {}
    if align == "calendar":
        counts = comparing.entity_documents(build, filters, entities, "quarter")["documents"].sum()
        grain = best_grain(*view.span, int(counts) * 2 // len(entities))
        counted = by_calendar(
            comparing.entity_groups(build, narrowed, entities, grain, grouping),
            comparing.entity_documents(build, filters, entities, grain),
            entities,
            view.span,
            grain,
            text,
        )
        line = text("compare.trends.line", unit=text(f"unit.{measure}"), grain=text(f"grain.{grain}"))
    else:
        grain = "day"
        zeros, words = choose_zeros(view, entities, align, remarks)
        counted = counted_around(view, narrowed, entities, grouping, zeros, int(window))
        line = text("compare.trends.line_around", zero=words, size=WINDOWS[window], unit=text(f"unit.{measure}"))
    data = Trends(counted, entities, names, order, groups.labels, groups.colours, view.span, grain, measure, remarks)
    heading = text(f"compare.trends.{measure}", category=view.category(category) if category else "")
    panel.draw(
        view,
        "compare-trends",
        heading,
        line,
        lambda: side_by_side.trends(data, view.look, text),
        explanation=text(f"help.{measure}" if measure != "read" else "method.coverage.text")
        if align == "calendar"
        else text("help.aligned"),
        keys=Keys(("period", "entity", grouping)),
    )


def choose_zeros(
    view: View, entities: tuple[str, ...], align: str, remarks: dict[str, str]
) -> tuple[dict[str, dt.date], str]:
    """Each entity's day 0, and what it is in words; remarks of those that have none are added."""
    text = view.text
    if align == "event":
        event = choose_event(view, entities)
        return (dict.fromkeys(entities, event[1]), event[0]) if event else ({}, "—")
    own = choose_category(view, "own", text("compare.own"))
    known = adoption_of(view, entities)
    zeros = {entity: known.firsts[entity, own].day for entity in entities if (entity, own) in known.firsts}
    for entity in entities:
        day = zeros.get(entity)
        remarks[entity] = text("compare.day_zero", day=text.date(day)) if day else known.said(entity, own, text)
    return zeros, text("compare.trends.zero_first", category=view.category(own))


def counted_around(
    view: View, narrowed: Filters, entities: tuple[str, ...], grouping: str, zeros: dict[str, dt.date], weeks: int
) -> Counted:
    """Counts in bins of days, `weeks` before to `weeks` after each entity's day 0 (`zeros`)."""
    return around(
        comparing.entity_groups(view.build, narrowed, entities, "day", grouping),  # type: ignore[arg-type]
        comparing.entity_documents(view.build, view.filters, entities, "day"),
        zeros,
        7 * weeks,
        7 * weeks,
        WINDOWS[str(weeks)],
        view.text,
    )


# --- first orders ------------------------------------------------------------------------------------------------


def draw_adoption(view: View, entities: tuple[str, ...]) -> None:
    """When entities first ordered measures: one category, all categories, and how far each had spread."""
    text = view.text
    provinces = tuple(province for province in view.options.provinces if province != "000000")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        category = choose_category(view, "cat", text("compare.category"))
        scope = address.choose_one(
            "scope", text("compare.scope"), ("chosen", "all"), lambda v: text(f"compare.scope.{v}"), default="all"
        )
    shown = entities if scope == "chosen" else tuple(dict.fromkeys([*provinces, *entities]))
    known = adoption_of(view, shown)
    read = [entity for entity in shown if known.days.get(entity)]
    family = view.families().get(category)
    panel.draw(
        view,
        "compare-first",
        text("compare.lines.title", category=view.category(category)),
        text("compare.lines.line", n=len(read), seen=sum((entity, category) in known.firsts for entity in read)),
        lambda: adoption.lines(known, read, category, view.look.family(family), view.span, view.look, text),
        explanation=text("help.adoption"),
        keys=Keys(("period", "entity", "category")),
    )
    chosen = adoption_of(view, entities)
    categories = view.filters.categories or view.options.categories
    panel.draw(
        view,
        "compare-cells",
        text("compare.cells.title"),
        text("compare.cells.line"),
        lambda: adoption.cells(chosen, entities, categories, view.span, view.look.accent, view.look, text),
        explanation=text("help.adoption"),
        keys=Keys(("period", "entity", "category")),
        is_wide=len(entities) > 3,
    )
    everywhere = adoption_of(view, provinces)
    seen = {c: sum(group == c for _, group in everywhere.firsts) for c in categories}
    curves = address.choose_many(
        "curves",
        text("compare.curve.choose"),
        categories,
        view.category,
        placeholder=text("compare.curve.unchosen"),
        most=CURVES,
    ) or tuple(sorted(categories, key=lambda c: -seen[c])[:CURVES])
    n = sum(bool(everywhere.days.get(province)) for province in provinces)
    colours = view.groups("category").colours
    panel.draw(
        view,
        "compare-curve",
        text("compare.curve.title"),
        text("compare.curve.line", n=n),
        lambda: adoption.curve(everywhere, provinces, curves, colours, view.span, view.look, text),
        explanation=text("help.adoption"),
        keys=Keys(("period", "entity", "category")),
    )


# --- the page ----------------------------------------------------------------------------------------------------


def draw(view: View) -> None:
    """Who is compared, then the section that the reader chooses."""
    text, build, filters = view.text, view.build, view.filters
    st.html(markup.title(text("compare.title"), text("compare.line")))
    sidebar.draw_active(view)
    entities = choose(view)
    documents = comparing.entity_documents(build, filters, entities, "quarter") if entities else pd.DataFrame()
    shown = () if documents.empty else tuple(e for e in entities if (documents["entity"] == e).any())
    if len(entities) == 1 and shown:
        st.html(markup.note(text("compare.only_one", name=view.entity(entities[0]))))
        return
    if len(entities) < 2 or not shown:
        panel.nothing(view, text("compare.title"))
        return
    missing = [view.entity(entity) for entity in entities if entity not in shown]
    if missing:
        st.html(markup.note(text("compare.missing", names=text.listing(missing))))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="sections"):
        section = address.choose_one(
            "section",
            text("compare.section"),
            SECTIONS,
            lambda v: text(f"compare.section.{v}"),
            default="trends",
            show_label=False,
        )
        brief.draw(view, shown, nested_pairs(view, shown))
    if section == "trends":
        draw_trends(view, entities)
    elif section == "profile":
        names = {entity: view.entity(entity) for entity in shown}
        profiles.draw(view, "compare", "entity", shown, names, nested_pairs(view, shown))
    else:
        draw_adoption(view, entities)


draw(current_view())
