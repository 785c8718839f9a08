"""Issuers: one body by itself, levels and kinds side by side, days until a higher level's meeting was conveyed."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st

from dashboard import address, builds, comparing, documents, listing, markup, panel, profiles, queries, sidebar
from dashboard.charts import over_time, ranked, transmission
from dashboard.charts.series import Measure, TimeData
from dashboard.comparing import LEVELS, Body
from dashboard.filters import Filters
from dashboard.marks import Keys
from dashboard.periods import THIN, best_grain
from dashboard.view import View, current_view

SECTIONS = ("body", "groups", "transmission")
MOST_GROUPS = 6
LATEST = 8
LISTED = 40

Fixed = tuple[tuple[str, str], ...]  # what holds for all marks of a chart
OF_DOCUMENTS = ("of", "documents")  # they stand for announcements


# --- one body ----------------------------------------------------------------------------------------------------


def choose_body(view: View) -> Body | None:
    """The issuer to look at: among those filtered, else all; by default the one with most announcements."""
    text = view.text
    options = view.filters.issuers or view.options.issuers
    if not options:
        return None
    busiest = comparing.busiest(view.build, view.filters, "issuer", 1)["entity"].tolist()
    default = busiest[0] if busiest and busiest[0] in options else options[0]
    chosen = address.choose_one("body", text("issuers.choose"), options, view.issuer, default=default, shape="list")
    return comparing.body(view.build, chosen)


def draw_body(view: View) -> None:
    """One body: its announcements in numbers, families over time, measures, chairs, named policies, latest texts."""
    body = choose_body(view)
    if body is None:
        panel.nothing(view, view.text("issuers.section.body"))
        return
    text, build = view.text, view.build
    own = replace(view.filters, issuers=(body.issuer_id,))
    head, sat = queries.headline(build, own), comparing.sittings(build, own)
    place = view.region(body.adcode) if body.adcode else text("region.centre") if body.level == "national" else "—"
    st.html(
        markup.chart_head(
            text.named(body.name), " · ".join([place, view.code("level", body.level), view.code("kind", body.kind)])
        )
    )
    if body.aliases:
        st.html(
            markup.note(f"{text('issuers.known_as')}：{text.listing([text.named(alias) for alias in body.aliases])}")
        )
    if not head.documents:
        panel.nothing(view, text("issuers.focus"))
        return
    st.html(
        markup.cards(
            [
                (text("card.documents"), text.number(head.documents), text.span(head.first_date, head.last_date)),
                (
                    text("card.directives"),
                    text.number(head.directives),
                    text("card.directives.note", mean=text.number(round(head.directives / head.documents, 1))),
                ),
                (
                    text("issuers.meetings"),
                    text.number(sat.meetings),
                    text("issuers.meetings.note", video=text.number(sat.by_video)),
                ),
                (
                    text("card.dated"),
                    text.percent(head.dated / head.documents),
                    text("card.dated.note", inferred=text.number(head.inferred)),
                ),
            ]
        )
    )
    fixed = (("entity", body.issuer_id),)
    draw_focus(view, own, fixed, head.dated)
    announcements = text.count("document", head.documents)
    with st.container(key="pair-issuers"):
        left, right = st.columns(2, gap="large")
    with left:
        rows = queries.strengths_of_categories(build, own)
        if rows.empty:
            panel.nothing(view, text("issuers.totals"))
        else:
            groups = view.groups("category")
            panel.draw(
                view,
                "issuer-totals",
                text("issuers.totals"),
                text("issuers.totals.line", documents=announcements),
                lambda: ranked.totals(rows, groups.labels, groups.colours, head.directives, view.look, text),
                explanation=text("help.strength"),
                keys=Keys(("category", "strength"), fixed=fixed),
            )
    with right:
        draw_chairs(view, own, fixed, sat)
        draw_policies(view, own, fixed, announcements)
    st.html(markup.chart_head(text("issuers.latest"), text("overview.latest.line")))
    listing.draw_documents(view, documents.list_documents(build, own, size=LATEST), "latest", columns=2)


def draw_focus(view: View, own: Filters, fixed: Fixed, dated: int) -> None:
    """Families over time, above what was read; too few announcements are counted, not shared out."""
    text = view.text
    groups = view.groups("family")
    first, last = view.span
    grain = best_grain(first, last, dated)
    rows = queries.groups_over_time(view.build, own, grain, "family")
    if rows.empty:
        panel.too_little(view, text("issuers.focus"), dated)
        return
    data = TimeData(
        groups=rows,
        documents=queries.documents_over_time(view.build, own, grain),
        order=groups.order,
        labels=groups.labels,
        colours=groups.colours,
        first=first,
        last=last,
        grain=grain,
    )
    measure: Measure = "share" if dated >= THIN else "directives"
    panel.draw(
        view,
        "issuer-focus",
        text("issuers.focus"),
        text(
            f"issuers.focus.{measure}",
            grain=text(f"grain.{grain}"),
            documents=text.count("document", dated),
            n=THIN,
        ),
        lambda: over_time.stacked(data, measure, view.look, text, height=340),
        explanation=text(f"help.{measure}"),
        keys=Keys(("period", "family"), grain, fixed),
    )


def draw_chairs(view: View, own: Filters, fixed: Fixed, sat: comparing.Sittings) -> None:
    """Who chaired the body's meetings."""
    text = view.text
    rows = comparing.chairs(view.build, own)
    draw_ranked(
        view,
        "chairs",
        text("issuers.chairs.line", meetings=text.count("meeting", sat.meetings), named=text.number(sat.with_chair)),
        rows["name"],
        rows["meetings"],
        unit="meeting",
        head=(text("column.chair"), text("column.meetings")),
        keys=Keys(("chair",), fixed=(*fixed, OF_DOCUMENTS)),
    )


def draw_policies(view: View, own: Filters, fixed: Fixed, announcements: str) -> None:
    """Which policies the body's announcements name; `announcements`: how many there are, in words."""
    text = view.text
    rows = comparing.named_policies(view.build, own)
    draw_ranked(
        view,
        "policies",
        text("issuers.policies.line", documents=announcements),
        rows["label"],
        rows["documents"],
        unit="document",
        head=(text("column.policy"), text("column.documents")),
        keys=Keys(("term",), fixed=(*fixed, OF_DOCUMENTS)),
    )


def draw_ranked(
    view: View,
    what: Literal["chairs", "policies"],
    line: str,
    names: pd.Series,
    counts: pd.Series,
    *,
    unit: str,
    head: tuple[str, str],
    keys: Keys,
) -> None:
    """What a body names, as bars; a note where it names nothing. `unit` and `head` as for ranked.bars."""
    text = view.text
    if names.empty:
        st.html(markup.chart_head(text(f"issuers.{what}"), ""))
        st.html(markup.note(text(f"issuers.no_{what}")))
        return
    panel.draw(
        view,
        f"issuer-{what}",
        text(f"issuers.{what}"),
        line,
        lambda: ranked.bars(names.tolist(), counts.tolist(), view.look.accent, view.look, text, unit=unit, head=head),
        explanation=text(f"help.{what}"),
        keys=keys,
    )


# --- levels and kinds --------------------------------------------------------------------------------------------


def draw_groups(view: View) -> None:
    """Levels or kinds of issuers by what they order."""
    text = view.text
    by = address.choose_one(
        "by",
        text("issuers.by"),
        ("level", "kind"),
        lambda v: text(f"issuers.by.{v}"),
        default="level",
        show_label=False,
    )
    groups = comparing.busiest_of(view.build, view.filters, by, MOST_GROUPS)  # type: ignore[arg-type]
    names = {group: view.code(by, group) for group in groups}
    profiles.draw(view, f"issuers-{by}", by, groups, names)  # type: ignore[arg-type]


# --- conveyed meetings -------------------------------------------------------------------------------------------


def draw_transmission(view: View) -> None:
    """How many days after a higher level's meeting it was conveyed, where both days are known."""
    text = view.text
    rows = comparing.conveyed(view.build, view.filters)
    higher = rows[rows["is_higher"].fillna(False).astype(bool)]
    dated = higher.dropna(subset=["conveyed_date"])
    known = dated.dropna(subset=["days"])
    st.html(
        markup.cards(
            [
                (
                    text("transmission.all"),
                    text.number(len(rows)),
                    text("transmission.all.note", documents=text.count("document", rows["document_id"].nunique())),
                ),
                (text("transmission.higher"), text.number(len(higher)), text("transmission.higher.note")),
                (text("transmission.dated"), text.number(len(dated)), text("transmission.dated.note")),
                (text("transmission.both"), text.number(len(known)), text("transmission.both.note")),
            ]
        )
    )
    names = {level: view.code("level", level) for level in LEVELS}
    heading, line = text("transmission.title"), text("transmission.line", n=len(known))
    if known.empty:
        st.html(markup.chart_head(heading, line))
        st.html(markup.note(text("transmission.nothing")))
    else:
        panel.draw(
            view,
            "transmission",
            heading,
            line,
            lambda: transmission.days_between(known, LEVELS, names, view.look, text),
            explanation=text("help.conveyed"),
            keys=Keys(("period", "entity", "category")),
        )
    if not rows.empty:
        draw_conveyed(view, rows)


def draw_conveyed(view: View, rows: pd.DataFrame) -> None:
    """Every meeting that announcements say they convey, as written; each a link to its announcement."""
    text = view.text
    st.html(markup.chart_head(text("transmission.list"), text("transmission.list.line")))
    for i, row in enumerate(builds.records(rows.head(LISTED))):
        facts = [
            view.code("level", row["conveyed_level"] or "unknown"),
            text.date(row["conveyed_date"]) if row["conveyed_date"] else text("transmission.undated"),
            text("transmission.by", issuer=text.named(row["issuer"] or "") or text("document.no_issuer")),
            view.code("level", row["level"] or "unknown"),
            text.date(row["day"]),
        ]
        if row["is_higher"] and row["days"] is not None:
            facts.append(text("transmission.days", days=int(row["days"])))
        with st.container(gap=None, key=f"entry-conveyed-{i}"):
            st.page_link(
                "app_pages/document.py",
                label=markup.markdown(str(row["as_written"])),
                query_params={**address.own(), "via": "issuers", "document": str(row["document_id"])},
            )
            st.html(markup.entry(facts))


# --- the page ----------------------------------------------------------------------------------------------------


def draw(view: View) -> None:
    """The section that the reader chooses."""
    text = view.text
    st.html(markup.title(text("issuers.title"), text("issuers.line")))
    sidebar.draw_active(view)
    section = address.choose_one(
        "section",
        text("compare.section"),
        SECTIONS,
        lambda v: text(f"issuers.section.{v}"),
        default="body",
        show_label=False,
    )
    if not queries.headline(view.build, view.filters).documents:
        panel.nothing(view, text(f"issuers.section.{section}"))
    elif section == "body":
        draw_body(view)
    elif section == "groups":
        draw_groups(view)
    else:
        draw_transmission(view)


draw(current_view())
