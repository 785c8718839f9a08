"""Timeline: measures over time, at any grain, counted any way, in five shapes, beside events and an outside index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import pandas as pd
import streamlit as st

from dashboard import address, builds, markup, panel, queries, sidebar
from dashboard.charts import calendar, over_time
from dashboard.charts.calendar import COUNTED, Counted
from dashboard.charts.canvas import Chart
from dashboard.charts.series import ADDITIVE, Index, Measure, TimeData
from dashboard.marks import Keys
from dashboard.periods import GRAINS, THIN, Grain, best_grain, periods
from dashboard.queries import Grouping, Headline
from dashboard.theme import tints
from dashboard.view import Groups, View, current_view

TimelineMeasure = Literal["directives", "share", "documents", "reach", "strength"]
TIMELINE_MEASURES: tuple[TimelineMeasure, ...] = ("directives", "share", "documents", "reach", "strength")
DRAWN = {
    "stacked": over_time.stacked,
    "lines": over_time.lines,
    "rows": over_time.multiples,
    "cells": over_time.cells,
}
SHAPES = (*DRAWN, "calendar")
WITH_EVENTS = ("stacked", "lines", "cells")
WITH_INDEX = ("stacked", "lines")
EVENT_LEVELS = {"none": (), "national": ("national",), "all": ("national", "province", "prefecture")}
MAX_PERIODS = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """The chart's options, as the URL holds them."""

    grain: Grain
    measure: TimelineMeasure
    shape: str
    grouping: Grouping
    shown: tuple[str, ...]  # groups; none: all
    events: str  # of EVENT_LEVELS
    index: str  # name of an independent index; none
    place: str  # its adcode; '' is the whole country

    @property
    def is_of_all(self) -> bool:
        """Whether the marks stand for the chosen groups together, not for one each."""
        return self.shape == "calendar" or self.measure == "strength"


def fits(shape: str, measure: str) -> bool:
    """Whether a shape can show a measure."""
    if shape == "stacked":
        return measure in ADDITIVE or measure == "strength"
    return shape != "calendar" or measure in COUNTED


def choose(view: View, head: Headline) -> Choice:
    """The widgets of the options."""
    text = view.text
    first, last = view.span
    best = best_grain(first, last, head.dated)
    grains = [g for g in GRAINS if len(periods(first, last, g)) <= MAX_PERIODS or g == best]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        measure = address.choose_one(
            "measure", text("option.measure"), TIMELINE_MEASURES, lambda v: text(f"measure.{v}"), default="directives"
        )
        shapes = [shape for shape in SHAPES if fits(shape, measure)]
        shape = address.choose_one(
            "shape", text("option.shape"), shapes, lambda v: text(f"shape.{v}"), default=shapes[0]
        )
        grain = best
        if shape != "calendar":
            grain = cast(
                Grain,
                address.choose_one("grain", text("option.grain"), grains, lambda v: text(f"grain.{v}"), default=best),
            )
        grouping = cast(
            Grouping,
            address.choose_one(
                "group", text("option.group"), ("family", "category"), lambda v: text(f"grouping.{v}"), default="family"
            ),
        )
    is_of_all = shape == "calendar" or measure == "strength"
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options-more"):
        with st.container(width=380):
            shown = choose_groups(view, grouping, one=is_of_all)
        events = "none"
        if shape in WITH_EVENTS:
            with st.container(width=170):
                events = address.choose_one(
                    "events",
                    text("option.events"),
                    tuple(EVENT_LEVELS),
                    lambda v: text(f"events.{v}"),
                    default="national",
                    shape="list",
                )
        index, place = choose_index(view) if shape in WITH_INDEX else ("none", "")
    return Choice(grain, cast(TimelineMeasure, measure), shape, grouping, shown, events, index, place)


def choose_groups(view: View, grouping: Grouping, one: bool) -> tuple[str, ...]:
    """The groups that are shown: any, or where they are counted together, one or all."""
    text, groups = view.text, view.groups(grouping)
    if not one:
        return address.choose_many(
            "only",
            text("option.only"),
            groups.order,
            lambda v: groups.labels[v],
            placeholder=text("filter.all"),
        )
    chosen = address.choose_one(
        "of",
        text("option.of"),
        ["all", *groups.order],
        lambda v: groups.labels.get(v, text("option.all")),
        default="all",
        shape="list",
    )
    return () if chosen == "all" else (chosen,)


def choose_index(view: View) -> tuple[str, str]:
    """An independent index and its place, where any is loaded; ("none", "") otherwise."""
    text, loaded = view.text, queries.indices(view.build)
    if loaded.empty:
        return "none", ""
    with st.container(width=240):
        name = address.choose_one(
            "index",
            text("option.index"),
            ["none", *loaded["name"]],
            lambda v: text("index.none") if v == "none" else index_name(view, v),
            default="none",
            shape="list",
        )
    if name == "none":
        return name, ""
    places = [place or "000000" for place in loaded.set_index("name").at[name, "places"]]
    chosen = [place for place in view.filters.provinces if place in places]
    with st.container(width=200):
        place = address.choose_one(
            "place_of_index",
            text("option.place_of_index"),
            places,
            lambda v: text("index.country") if v == "000000" else view.region(v),
            default=chosen[0] if len(chosen) == 1 else places[0],
            shape="list",
        )
    return name, "" if place == "000000" else place


def index_name(view: View, name: str) -> str:
    """An index in the reader's language where the interface knows it, else as its file names it."""
    return view.code("index", name)


def index_data(view: View, choice: Choice) -> Index | None:
    """The chosen index over the span; None where none is chosen or it has no value there."""
    if choice.index == "none":
        return None
    values = queries.index_over_time(view.build, choice.index, choice.place, *view.span)
    place = view.region(choice.place) if choice.place else view.text("index.country")
    label = view.text("index.of", name=index_name(view, choice.index), place=place)
    return None if values.empty else Index(label, values)


def wording_groups(view: View) -> Groups:
    """The wording strengths as groups, strict first and darkest."""
    order = list(reversed(view.options.strengths))
    inks = tints(view.look.accent, len(order), view.look.paper)
    return Groups(order, {v: view.code("strength", v) for v in order}, dict(zip(order, inks, strict=True)))


def time_data(view: View, choice: Choice, events: pd.DataFrame | None) -> TimeData:
    """What the chart is drawn from."""
    build, filters, grain, grouping = view.build, view.filters, choice.grain, choice.grouping
    if choice.measure == "strength":
        groups = wording_groups(view)
        rows = queries.wordings_over_time(build, filters, grain, grouping, choice.shown)
        rows, order = rows[rows["group_id"] != "any"], groups.order
    else:
        groups = view.groups(grouping)
        rows = queries.groups_over_time(build, filters, grain, grouping)
        order = [group for group in groups.order if not choice.shown or group in choice.shown]
    first, last = view.span
    return TimeData(
        groups=rows,
        documents=queries.documents_over_time(build, filters, grain),
        order=order,
        labels=groups.labels,
        colours=groups.colours,
        first=first,
        last=last,
        grain=grain,
        events=events,
        index=index_data(view, choice),
    )


def draw_calendar(view: View, choice: Choice) -> Chart:
    """Every day of the span."""
    build, filters = view.build, view.filters
    first, last = view.span
    rows = queries.wordings_over_time(build, filters, "day", choice.grouping, choice.shown)
    colour = view.groups(choice.grouping).colours[choice.shown[0]] if choice.shown else view.look.accent
    return calendar.calendar(
        rows[rows["group_id"] == "any"],
        queries.documents_over_time(build, filters, "day"),
        cast(Counted, choice.measure),
        first,
        last,
        colour,
        view.look,
        view.text,
    )


def keys_of(choice: Choice) -> Keys:
    """What the marks of the chart stand for."""
    fixed = tuple((str(choice.grouping), group) for group in choice.shown) if choice.is_of_all else ()
    if choice.shape == "calendar":
        return Keys(("period", "of"), "day", fixed)
    return Keys(("period", "strength" if choice.measure == "strength" else choice.grouping), choice.grain, fixed)


def line_of(view: View, choice: Choice, head: Headline) -> str:
    """The chart's unit, its n, and how to read what is faint."""
    text = view.text
    if choice.shape == "calendar":
        return text(
            "timeline.unit.calendar",
            unit=text(f"unit.{choice.measure}.once"),
            documents=text.count("document", head.dated),
        )
    return text(
        "timeline.unit.cells" if choice.shape == "cells" else "timeline.unit",
        unit=text(f"unit.{choice.measure}"),
        grain=text(f"grain.{choice.grain}"),
        documents=text.count("document", head.dated),
        n=THIN,
    )


def heading_of(view: View, choice: Choice) -> str:
    """What is counted, of which groups."""
    text, names = view.text, view.groups(choice.grouping).labels
    if choice.is_of_all:
        of = text.listing([names[group] for group in choice.shown]) or text("option.all")
        return text(f"timeline.of.{choice.measure}", of=of)
    return text(f"timeline.heading.{choice.measure}", group=text(f"grouping.{choice.grouping}"))


def draw_chart(view: View, choice: Choice, head: Headline, events: pd.DataFrame | None) -> None:
    """The chart in the chosen measure and shape, drawn when the panel asks for it."""

    def make() -> Chart:
        if choice.shape == "calendar":
            return draw_calendar(view, choice)
        measure = cast(Measure, "share" if choice.measure == "strength" else choice.measure)
        return DRAWN[choice.shape](time_data(view, choice, events), measure, view.look, view.text)

    panel.draw(
        view,
        "timeline",
        heading_of(view, choice),
        line_of(view, choice, head),
        make,
        explanation=view.text(f"help.{choice.measure}"),
        is_wide=choice.shape == "calendar",
        keys=keys_of(choice),
        brush=choice.shape != "calendar",
    )


def draw_below(view: View, choice: Choice, events: pd.DataFrame | None) -> None:
    """How to narrow the dates, whose the index is, and the events in words."""
    text = view.text
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="below"):
        st.html(markup.tag("p", text("timeline.click"), class_="em-entry"), width="content")
        if choice.shape != "calendar":
            st.html(markup.tag("p", text("panel.brush"), class_="em-entry"), width="content")
        if view.filters.is_dated:
            st.button(
                text("timeline.unbrush"),
                type="tertiary",
                icon=":material/zoom_out:",
                on_click=address.forget,
                args=(("from", "to"),),
                key="unbrush",
            )
    if choice.index != "none":
        attribution = queries.indices(view.build).set_index("name").at[choice.index, "attribution"]
        st.html(
            markup.note(
                text("index.note", name=index_name(view, choice.index)),
                text("index.source", attribution=attribution if isinstance(attribution, str) else choice.index),
            )
        )
    if events is not None and not events.empty:
        with st.expander(text("timeline.events", n=len(events)), expanded=False):
            st.html(
                markup.event_list(
                    (f"{i}  {text.date(builds.as_date(row.date))}", markup.link(row.source_url, row.label))
                    for i, row in enumerate(events.itertuples(), start=1)
                )
            )


def draw(view: View) -> None:
    """Options, the chart, and what it needs below it."""
    text = view.text
    head = queries.headline(view.build, view.filters)
    facts = [text.count("document", head.dated), text.count("directive", head.directives)]
    if undated := head.documents - head.dated:
        facts.append(text("timeline.undated", undated=text.count("document", undated)))
    st.html(markup.title(text("timeline.title"), " · ".join(facts)))
    sidebar.draw_active(view)
    choice = choose(view, head)
    if not head.first_date or not head.last_date or not head.directives:
        panel.nothing(view, heading_of(view, choice))
        return
    events = None
    if levels := EVENT_LEVELS[choice.events]:
        events = queries.events(view.build, *view.span, levels, view.filters.provinces)
        events = events.assign(label=[text.either(row.name_zh, row.name_en) for row in events.itertuples()])
    draw_chart(view, choice, head, events)
    draw_below(view, choice, events)


draw(current_view())
