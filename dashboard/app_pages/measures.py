"""Measures: how much each category was ordered, in what words, with what else."""

from __future__ import annotations

import streamlit as st

from dashboard import address, markup, panel, queries, sidebar
from dashboard.charts import cells, over_time, ranked
from dashboard.charts.series import TimeData
from dashboard.marks import Keys
from dashboard.periods import THIN, best_grain
from dashboard.queries import Headline
from dashboard.view import View, current_view


def draw_totals(view: View, head: Headline) -> list[str]:
    """All categories; the ids of those that occur, most first."""
    text = view.text
    rows = queries.strengths_of_categories(view.build, view.filters)
    if rows.empty:
        panel.nothing(view, text("measures.totals.title"))
        return []
    groups = view.groups("category")
    panel.draw(
        view,
        "measures-totals",
        text("measures.totals.title"),
        text(
            "measures.totals.line",
            directives=text.count("directive", head.directives),
            documents=text.count("document", head.documents),
        ),
        lambda: ranked.totals(rows, groups.labels, groups.colours, head.directives, view.look, text),
        explanation=text("help.strength"),
        keys=Keys(("category", "strength")),
    )
    return list(rows.groupby("group_id")["directives"].sum().sort_values(ascending=False).index)


def draw_category(view: View, head: Headline, category: str) -> None:
    """One category: over time, the words behind it, what comes with it."""
    text = view.text
    name, colour = view.category(category), view.look.family(view.families().get(category))
    pairs = queries.together(view.build, view.filters)
    total = int(pairs.loc[(pairs["first_id"] == category) & (pairs["second_id"] == category), "directives"].sum())
    covers = queries.taxonomy(view.build).set_index("category_id").at[category, "covers_zh"]
    if text.is_chinese and isinstance(covers, str):
        st.html(markup.note(text("measures.covers", covers=text.named(covers))))
    if head.first_date and head.last_date:
        first, last = view.span
        grain = best_grain(first, last, head.documents)
        groups = queries.groups_over_time(view.build, view.filters, grain, "category")
        data = TimeData(
            groups=groups[groups["group_id"] == category],
            documents=queries.documents_over_time(view.build, view.filters, grain),
            order=[category],
            labels={category: name},
            colours={category: colour},
            first=first,
            last=last,
            grain=grain,
        )
        panel.draw(
            view,
            "measures-trend",
            text("measures.trend.title", category=name),
            text(
                "measures.trend.line",
                grain=text(f"grain.{grain}"),
                documents=text.count("document", head.dated),
                n=THIN,
            ),
            lambda: over_time.lines(data, "reach", view.look, text, height=280),
            explanation=text("help.reach"),
            keys=Keys(("period", "category"), grain),
            brush=True,
        )
    with st.container(key="pair-measures"):
        left, right = st.columns(2, gap="large")
    with left:
        terms = queries.top_terms(view.build, view.filters, category)
        heading = text("measures.terms.title", category=name)
        if terms.empty:
            panel.nothing(view, heading)
        else:
            panel.draw(
                view,
                "measures-terms",
                heading,
                text("measures.terms.line", directives=text.count("directive", total)),
                lambda: ranked.bars(
                    list(terms["term"]),
                    [int(n) for n in terms["directives"]],
                    colour,
                    view.look,
                    text,
                    unit="directive",
                    head=(text("column.term"), text("column.directives")),
                    of=total,
                ),
                explanation=text("help.terms"),
                keys=Keys(("term",), fixed=(("category", category),)),
            )
    with right:
        others = pairs[(pairs["first_id"] == category) & (pairs["second_id"] != category)]
        others = others.sort_values("directives", ascending=False).head(12)
        heading = text("measures.others.title", category=name)
        if others.empty:
            panel.nothing(view, heading)
        else:
            panel.draw(
                view,
                "measures-others",
                heading,
                text("measures.others.line", directives=text.count("directive", total)),
                lambda: ranked.bars(
                    [view.category(group) for group in others["second_id"]],
                    [int(n) for n in others["directives"]],
                    view.look.strip,
                    view.look,
                    text,
                    unit="directive",
                    head=(text("column.category"), text("column.directives")),
                    keys=list(others["second_id"]),
                    of=total,
                ),
                explanation=text("help.together"),
                keys=Keys(("also",), fixed=(("category", category),)),
            )


def draw_matrix(view: View, head: Headline) -> None:
    """How often each pair of categories is ordered in one directive."""
    text = view.text
    pairs = queries.together(view.build, view.filters)
    groups = view.groups("category")
    panel.draw(
        view,
        "measures-together",
        text("measures.together.title"),
        text("measures.together.line", directives=text.count("directive", head.directives)),
        lambda: cells.co_occurrence(pairs, groups.order, groups.labels, groups.colours, view.look, text),
        explanation=text("help.together"),
        is_wide=True,
        keys=Keys(("category", "also")),
    )


def draw(view: View) -> None:
    """All categories, then the one that the reader chooses, then pairs."""
    text = view.text
    head = queries.headline(view.build, view.filters)
    st.html(markup.title(text("measures.title"), text("measures.line")))
    sidebar.draw_active(view)
    present = draw_totals(view, head)
    if not present:
        return
    st.divider()
    category = address.choose_one(
        "focus", text("measures.focus"), present, view.category, default=present[0], shape="list"
    )
    draw_category(view, head, category)
    st.divider()
    draw_matrix(view, head)


draw(current_view())
