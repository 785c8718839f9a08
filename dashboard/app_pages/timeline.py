"""Timeline: measures over time, at any grain, counted any way, in three shapes, with reference events."""

from __future__ import annotations

from typing import cast

import streamlit as st

from dashboard import address, markup, panel, queries, sidebar
from dashboard.charts import over_time
from dashboard.charts.over_time import ADDITIVE, MEASURES, Measure
from dashboard.marks import Keys
from dashboard.periods import THIN, Grain, best_grain, periods
from dashboard.queries import Grouping, Headline
from dashboard.view import View, current_view

GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter")
SHAPES = ("stacked", "lines", "rows")
EVENT_LEVELS = ("none", "national", "all")
MAX_PERIODS = 400


def choose(view: View, head: Headline) -> tuple[Grain, Grouping, Measure, str, str]:
    """The chart's options: grain, grouping, measure, shape, events."""
    text = view.text
    first, last = view.span
    best = best_grain(first, last, head.dated)
    grains = [g for g in GRAINS if len(periods(first, last, g)) <= MAX_PERIODS or g == best]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        grain = address.choose_one("grain", text("option.grain"), grains, lambda v: text(f"grain.{v}"), default=best)
        group = address.choose_one(
            "group", text("option.group"), ("family", "category"), lambda v: text(f"grouping.{v}"), default="family"
        )
        measure = address.choose_one(
            "measure", text("option.measure"), MEASURES, lambda v: text(f"measure.{v}"), default="directives"
        )
        shapes = [shape for shape in SHAPES if shape != "stacked" or measure in ADDITIVE]
        shape = address.choose_one(
            "shape", text("option.shape"), shapes, lambda v: text(f"shape.{v}"), default=shapes[0]
        )
        events = address.choose_one(
            "events", text("option.events"), EVENT_LEVELS, lambda v: text(f"events.{v}"), default="national"
        )
    return cast(Grain, grain), cast(Grouping, group), cast(Measure, measure), shape, events


def draw(view: View) -> None:
    text = view.text
    head = queries.headline(view.build, view.filters)
    st.html(
        markup.title(
            text("timeline.title"),
            text(
                "timeline.line",
                documents=text.count("document", head.dated),
                directives=text.count("directive", head.directives),
                undated=text.count("document", head.documents - head.dated),
            ),
        )
    )
    sidebar.draw_active(view)
    grain, grouping, measure, shape, event_levels = choose(view, head)
    heading = text(f"timeline.heading.{measure}", group=text(f"grouping.{grouping}"))
    if not head.first_date or not head.last_date or not head.directives:
        panel.nothing(view, heading)
        return
    first, last = view.span
    groups = view.groups(grouping)
    levels = {"none": (), "national": ("national",), "all": ("national", "province", "prefecture")}[event_levels]
    events = queries.events(view.build, first, last, levels, view.filters.provinces) if levels else None
    name = "name_en" if text.language == "en" else "name_zh"
    data = over_time.TimeData(
        groups=queries.groups_over_time(view.build, view.filters, grain, grouping),
        documents=queries.documents_over_time(view.build, view.filters, grain),
        order=groups.order,
        labels=groups.labels,
        colours=groups.colours,
        first=first,
        last=last,
        grain=grain,
        events=None if events is None else events.assign(label=events[name]) if shape != "rows" else None,
    )
    if shape == "stacked":
        chart = over_time.stacked(data, measure, view.look, text)
    elif shape == "lines":
        chart = over_time.lines(data, measure, view.look, text)
    else:
        chart = over_time.multiples(data, measure, view.look, text)
    panel.draw(
        view,
        "timeline",
        heading,
        text(
            "timeline.unit",
            unit=text(f"unit.{measure}"),
            grain=text(f"grain.{grain}"),
            documents=text.count("document", head.dated),
            n=THIN,
        ),
        chart,
        explanation=text(f"help.{measure}"),
        keys=Keys(("period", grouping), grain),
    )
    if events is not None and not events.empty:
        with st.expander(text("timeline.events", n=len(events)), expanded=False):
            st.html(
                markup.event_list(
                    (text.date(queries.as_date(row.date)), markup.link(row.source_url, getattr(row, name)))
                    for row in events.itertuples()
                )
            )


draw(current_view())
