"""Compare: two to eight regions or bodies side by side: trends, profiles, first orders."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from dashboard import address, markup, panel, queries, sidebar
from dashboard.charts import side_by_side
from dashboard.periods import THIN, best_grain
from dashboard.view import View, current_view

MOST = 8
DEFAULT = 4


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
    provinces = [province for province in view.options.provinces]
    options = (
        [*provinces, *(place for _, place in view.options.places)] if kind == "region" else list(view.options.issuers)
    )
    parameter = "regions" if kind == "region" else "bodies"
    chosen = address.choose_many(
        parameter,
        text(f"compare.choose_{kind}"),
        options,
        view.entity,
        placeholder=text("compare.placeholder"),
        most=MOST,
    )
    if len(chosen) >= 2:
        return chosen
    busiest = queries.busiest(view.build, view.filters, kind, DEFAULT)  # type: ignore[arg-type]
    return tuple(dict.fromkeys([*chosen, *busiest["entity"]]))[:DEFAULT]


def coverage_of(documents: pd.DataFrame) -> dict[str, tuple[dt.date, dt.date, int]]:
    """First and last day and number of documents of each entity, from its documents by day."""
    dated = documents.dropna(subset=["period"])
    return {
        str(entity): (
            queries.as_date(rows["period"].min()),
            queries.as_date(rows["period"].max()),
            int(rows["documents"].sum()),
        )  # type: ignore[misc]
        for entity, rows in dated.groupby("entity")
    }


def draw(view: View) -> None:
    text, build, filters = view.text, view.build, view.filters
    st.html(markup.title(text("compare.title"), text("compare.line")))
    sidebar.draw_active(view)
    entities = choose(view)
    head = queries.headline(build, filters)
    if len(entities) < 2 or not head.first_date or not head.last_date:
        panel.nothing(view, text("compare.trends.title"))
        return
    names = {entity: view.entity(entity) for entity in entities}
    span = view.span
    by_day = queries.entity_documents(build, filters, entities, "day")
    coverage = coverage_of(by_day)
    missing = [names[entity] for entity in entities if entity not in coverage]
    if missing:
        st.html(markup.note(text("compare.missing", names=text.listing(missing))))
    shown = tuple(entity for entity in entities if entity in coverage)
    if not shown:
        panel.nothing(view, text("compare.trends.title"))
        return
    grain = best_grain(*span, sum(n for _, _, n in coverage.values()) * 2 // len(shown))
    families = view.groups("family")
    unit = address.choose_one(
        "as",
        text("option.measure"),
        ("count", "share"),
        lambda v: text(f"compare.as_{v}"),
        default="count",
        show_label=False,
    )
    panel.draw(
        view,
        "compare-trends",
        text("compare.trends.title"),
        text(f"compare.trends.line_{unit}", grain=text(f"grain.{grain}")),
        side_by_side.trends(
            queries.entity_groups(build, filters, shown, grain, "family"),
            queries.entity_documents(build, filters, shown, grain),
            shown,
            names,
            families.order,
            families.labels,
            families.colours,
            span,
            grain,
            unit == "share",
            view.look,
            text,
        ),
        explanation=text("help.directives"),
    )
    rows = queries.entity_profile(build, filters, shown)
    labels = view.groups("category").labels
    if not rows.empty:
        panel.draw(
            view,
            "compare-profile",
            text("compare.profile.title"),
            text("compare.profile.line", n=THIN),
            side_by_side.profile(rows, shown, names, labels, view.look, text),
            explanation=text("help.profile"),
        )
    firsts = queries.first_orders(build, filters, shown)
    if not firsts.empty:
        panel.draw(
            view,
            "compare-first",
            text("compare.first.title"),
            text("compare.first.line"),
            side_by_side.first_orders(
                firsts, coverage, shown, names, view.options.categories, labels, span[1], view.look, text
            ),
            explanation=text("help.first"),
        )


draw(current_view())
