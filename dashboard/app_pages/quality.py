"""Quality and changes: how good each field is, what is missing, refused or repaired, and what a load changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import address, checking, corrections, download, listing, markup, panel, queries, sidebar
from dashboard.builds import as_date
from dashboard.charts import quality, ranked
from dashboard.checking import MAX_ROWS
from dashboard.marks import Keys
from dashboard.periods import Grain, periods
from dashboard.view import View, current_view

VIEWS = ("fields", "coverage", "undated", "rejects", "repairs", "changes")
ROWS = 20
MAX_PAGES = 250
MAX_MONTHS = 48  # beyond them cells are quarters
MAX_EXAMPLES = 24
CARRIED = ("view", "field", "rule", "reason", "since", "change", "page")


def field_name(view: View, field: str) -> str:
    """A measured field in the reader's words."""
    return view.code("measured", field)


def turn_and_take(view: View, name: str, heading: str, line: str, total: int, take: Callable[[], pd.DataFrame]) -> None:
    """Under a list: the turning of its pages, and the whole of it to take away."""
    pages = min(MAX_PAGES, -(-total // ROWS))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="pages"):
        if pages > 1:
            address.turn_pages("page", pages)
        download.offer(
            view, name, take, download.notes(view, heading, line), label=view.text("meetings.csv"), kind="tertiary"
        )


def read_page(total: int) -> int:
    """The page that the URL names, within what a list of `total` rows has."""
    return address.read_page("page", min(MAX_PAGES, -(-total // ROWS)) or 1)


def draw_fields(view: View) -> None:
    """Every field on labelled documents, and the failures of one."""
    text = view.text
    found = checking.qualities(view.build)
    heading = text("quality.fields.title")
    if not found:
        st.html(markup.chart_head(heading, ""))
        st.html(markup.note(text("quality.unmeasured")))
        return
    rows = pd.DataFrame([row for row in found if row["metric"] in ("rate", "f1") and row["value"] is not None])
    rows = rows[rows["split"].isin(quality.SPLITS)]
    is_fault = rows["field"].str.startswith("false_")
    for name, part, ascending in (("fields", rows[~is_fault], True), ("faults", rows[is_fault], False)):
        if part.empty:
            continue
        order = part.groupby("field")["value"].min().sort_values(ascending=ascending, kind="stable")
        labels = {field: field_name(view, field) for field in order.index}
        panel.draw(
            view,
            f"quality-{name}",
            text(f"quality.{name}.title"),
            text(f"quality.{name}.line"),
            quality.intervals(part, list(order.index), labels, view.look, text),
            explanation=text("help.quality"),
        )
    draw_failures(view, found)
    draw_known(view)


def draw_failures(view: View, found: Sequence[dict[str, Any]]) -> None:
    """One field: precision and recall, and where it went wrong."""
    text = view.text
    fields = list(dict.fromkeys(row["field"] for row in found))
    failing = [row["field"] for row in found if len(row["failures"])]
    st.divider()
    field = address.choose_one(
        "field",
        text("quality.field"),
        fields,
        lambda v: field_name(view, v),
        default=next(iter(failing), fields[0]),
        shape="list",
    )
    shown = [row for row in found if row["field"] == field and row["split"] in quality.SPLITS]
    st.html(
        markup.table(
            [
                (text("column.split"), ""),
                (text("column.metric"), "d"),
                (text("column.value"), "d"),
                (text("column.n"), "n"),
            ],
            [
                [
                    text(f"split.{row['split']}"),
                    text(f"metric.{row['metric']}"),
                    text(
                        "quality.interval",
                        value=text.percent(row["value"]),
                        low=text.percent(row["low"]),
                        high=text.percent(row["high"]),
                    )
                    if row["value"] is not None
                    else "—",
                    text.number(row["n"]),
                ]
                for row in shown
            ],
        )
    )
    failures = list({str(f): f for row in shown for f in row["failures"]}.values())
    st.html(markup.chart_head(text("quality.failures"), text("quality.failures.line")))
    if not failures:
        st.html(markup.note(text("quality.no_failures")))
        return
    here = checking.present(view.build, tuple(f["document_id"] for f in failures if f["document_id"]))
    for i, failure in enumerate(failures):
        with st.container(gap=None, key=f"entry-failure-{i}"):
            if failure["document_id"] in here:
                st.page_link(
                    "app_pages/document.py",
                    label=markup.markdown(failure["item"] or failure["document"]),
                    query_params={**address.here(*CARRIED), "via": "quality", "document": failure["document_id"]},
                )
            else:
                st.html(markup.tag("p", failure["item"] or failure["document"], class_="em-entry"))
            words = text(
                "quality.failure",
                predicted=name_value(view, field, failure["predicted"]),
                expected=name_value(view, field, failure["expected"]),
            )
            st.html(markup.tag("p", words, class_="em-entry"))


def name_value(view: View, field: str, value: str | None) -> str:
    """A value of a field in words: codes and categories under their names."""
    if not value or value == "-":
        return "—"
    if field == "doc_type":
        return view.code("doc_type", value)
    if field == "level":
        return view.code("level", value)
    if field == "script":
        return view.code("script", value)
    if "categor" in field:
        return view.text.listing([view.category(part) for part in value.split("、")])
    return value


def draw_known(view: View) -> None:
    """How often each field is known in the documents of this build."""
    text = view.text
    rows = checking.known_shares(view.build)
    if rows.empty:
        return
    n = text.count("document", int(rows["n"].max()))
    st.html(markup.chart_head(text("quality.known.title"), text("quality.known.line", documents=n)))
    st.html(
        markup.table(
            [(text("column.field"), ""), (text("quality.known"), "n")],
            [[field_name(view, row.field), text.percent(row.value)] for row in rows.itertuples()],
        )
    )


def draw_coverage(view: View) -> None:
    """Which places and months documents speak of."""
    text = view.text
    first, last = view.span
    grain: Grain = "month" if len(periods(first, last, "month")) <= MAX_MONTHS else "quarter"
    rows = checking.coverage(view.build, view.filters, grain)
    heading = text("coverage.title")
    if rows.empty:
        panel.nothing(view, heading)
        return
    rows = rows.assign(adcode=rows["adcode"].fillna(""))
    chosen = set(view.filters.provinces)
    order = [adcode for adcode in checking.provinces(view.build) if not chosen or adcode in chosen]
    order += [adcode for adcode in dict.fromkeys(rows["adcode"]) if adcode not in order]
    starts = periods(first, last, grain)
    covered = {(r.adcode, as_date(r.period)) for r in rows.itertuples()}
    labels = {adcode: view.region(adcode) if adcode else text("region.unknown") for adcode in order}
    panel.draw(
        view,
        "quality-coverage",
        heading,
        text(
            "coverage.line",
            grain=text(f"grain.{grain}"),
            documents=text.count("document", int(rows["documents"].sum())),
            cells=text.number(len(order) * len(starts)),
            empty=text.number(len(order) * len(starts) - len(covered)),
        ),
        quality.coverage(rows, order, labels, starts, grain, view.look, text),
        explanation=text("method.coverage.text"),
        is_wide=True,
        keys=Keys(("entity", "period"), grain, (("of", "documents"),)),
    )


def why_undated(view: View, row: Any) -> str:
    """Why a document has no date of the kind that counts."""
    text = view.text
    kind = view.filters.date_kind
    other = as_date(row["published_date"] if kind == "meeting" else row["meeting_date"])
    if kind != "default" and other:
        return text(f"undated.only_{'published' if kind == 'meeting' else 'meeting'}", date=text.date(other))
    if isinstance(row["date_evidence"], str) and row["date_evidence"]:
        return text("undated.too_vague", words=row["date_evidence"])
    return text("undated.none")


def draw_undated(view: View) -> None:
    """Documents that no chart over time can show."""
    text, build, filters = view.text, view.build, view.filters
    undated, documents = checking.count_undated(build, filters)
    heading = text("undated.title")
    if not documents:
        panel.nothing(view, heading)
        return
    share = text.percent(undated / documents)
    line = text("undated.line", n=text.count("document", undated), documents=text.number(documents), share=share)
    st.html(markup.chart_head(heading, line))
    if not undated:
        st.html(markup.note(text("undated.all_dated")))
        return
    rows = checking.list_undated(build, filters, read_page(undated), ROWS)
    for _, row in rows.iterrows():
        with st.container(gap=None, key=f"entry-undated-{row['document_id']}"):
            st.page_link(
                "app_pages/document.py",
                label=markup.markdown(row["title"] if isinstance(row["title"], str) else text("document.untitled")),
                query_params={**address.here(*CARRIED), "via": "quality", "document": row["document_id"]},
            )
            facts = [why_undated(view, row), *listing.facts_of(view, row)[1:], view.code("doc_type", row["doc_type"])]
            st.html(markup.entry(facts))

    def take() -> pd.DataFrame:
        every = checking.list_undated(build, filters, 1, MAX_ROWS)
        return listing.as_table(view, every).assign(
            **{text("column.why"): [why_undated(view, row) for _, row in every.iterrows()]}
        )

    turn_and_take(view, "undated", heading, line, undated, take)


def draw_rejects(view: View) -> None:
    """What could not be read, and which corrections could not be made, each with why."""
    draw_unread(view)
    corrections.show_failed(view)


def draw_unread(view: View) -> None:
    """Rejects, all or of one reason, a page at a time."""
    text, build = view.text, view.build
    reasons = checking.reject_reasons(build)
    total = int(reasons["n"].sum()) if len(reasons) else 0
    heading, line = text("rejects.title"), text("rejects.line", n=text.number(total))
    st.html(markup.chart_head(heading, line))
    if not total:
        st.html(markup.note(text("rejects.none")))
        return
    counts = dict(reasons.itertuples(index=False, name=None))
    reason = address.choose_one(
        "reason",
        text("rejects.reason"),
        ["", *counts],
        lambda v: f"{view.code('reject', v)} {text.number(counts[v])}" if v else text("filter.all"),
        default="",
        show_label=False,
    )
    listed = counts[reason] if reason else total

    def table(page: int, size: int) -> list[list[str]]:
        rows = checking.list_rejects(build, reason, page, size)
        return [
            [r.source, view.code("reject", r.reason), r.detail, r.sample if isinstance(r.sample, str) else ""]
            for r in rows.itertuples()
        ]

    head = [text(f"column.{name}") for name in ("source", "reason", "detail", "sample")]
    st.html(markup.table([(name, "") for name in head], table(read_page(listed), ROWS)))
    turn_and_take(view, "rejects", heading, line, listed, lambda: pd.DataFrame(table(1, MAX_ROWS), columns=head))


def draw_repairs(view: View) -> None:
    """What normalisation mended, by rule, with examples."""
    text, build, filters = view.text, view.build, view.filters
    rows = checking.repair_rules(build, filters)
    heading = text("quality.repairs.title")
    if rows.empty:
        st.html(markup.chart_head(heading, ""))
        st.html(markup.note(text("quality.repairs.none")))
        return
    head = queries.headline(build, filters)
    panel.draw(
        view,
        "quality-repairs",
        heading,
        text(
            "quality.repairs.line",
            n=text.number(int(rows["repairs"].sum())),
            documents=text.count("document", head.documents),
        ),
        ranked.bars(
            [view.code("rule", rule) for rule in rows["rule"]],
            [int(n) for n in rows["repairs"]],
            view.look.accent,
            view.look,
            text,
            unit="repair",
            head=(text("repairs.rule"), text("repairs.count")),
        ),
        explanation=text("help.repairs"),
    )
    rules = list(rows["rule"])
    rule = address.choose_one(
        "rule", text("repairs.rule"), rules, lambda v: view.code("rule", v), default=rules[0], shape="list"
    )
    examples = checking.repair_examples(build, filters, rule, MAX_EXAMPLES)
    count = text.count("document", int(rows.set_index("rule").at[rule, "documents"]))
    st.html(markup.chart_head(text("quality.examples"), text("quality.examples.line", documents=count)))
    with st.container(gap=None, key="examples"):
        for i, row in enumerate(examples):
            draw_example(view, i, row)


def draw_example(view: View, i: int, row: dict[str, Any]) -> None:
    """One repair where it was made: what stood there struck out, what stands there now marked."""
    text = view.text
    with st.container(gap=None, key=f"card-repair-{i}"):
        struck = markup.tag("del", flat(row["before"]))
        mended = markup.tag("mark", flat(row["inside"]), class_="em-hit") if row["inside"] else None
        words = [part for part in (flat(row["left"]), struck, mended, flat(row["right"])) if part]
        st.html(markup.tag("p", words, class_="em-quotation", lang="zh"))
        counts = [text.count("repair", row["repairs"]), text.count("document", row["documents"])]
        st.html(markup.entry(counts))
        st.page_link(
            "app_pages/document.py",
            label=markup.markdown(row["title"] or text("document.untitled")),
            query_params={
                **address.here(*CARRIED),
                "via": "quality",
                "document": row["document_id"],
                "show": "repairs",
            },
        )


def flat(words: str | None) -> str:
    """Words on one line, as in the cell of a table; none for None."""
    return (words or "").replace("\n", " ")


def name_load(view: View, load: dict[str, Any]) -> str:
    """A load in words: 第 3 次入库，2026年11月28日 09:33."""
    moment = load["finished_at"]
    return view.text("changes.load", n=load["load_id"], date=view.text.date(moment.date()), time=f"{moment:%H:%M}")


def draw_changes(view: View) -> None:
    """What became of each document in the loads after one that the reader picks."""
    text, build = view.text, view.build
    loads = checking.loads(build)
    names = {str(load["load_id"]): name_load(view, load) for load in loads[1:]} | {"0": text("changes.from_nothing")}
    since = address.choose_one(
        "since", text("changes.since"), list(names), lambda v: names[v], default=next(iter(names)), shape="list"
    )
    counts = checking.count_changes(build, int(since))
    heading = text("changes.title")
    line = text("changes.line", now=name_load(view, loads[0]), since=names[since])
    st.html(markup.chart_head(heading, line))
    if counts:
        change = address.choose_one(
            "change",
            text("column.change"),
            ["", *counts],
            lambda v: f"{text(f'change.{v}')} {text.number(counts[v])}" if v else text("filter.all"),
            default="",
            show_label=False,
        )
        total = counts[change] if change else sum(counts.values())
        draw_changed(view, checking.list_changes(build, int(since), change, read_page(total), ROWS))

        def take() -> pd.DataFrame:
            rows = checking.list_changes(build, int(since), change, 1, MAX_ROWS)
            return pd.DataFrame(
                {
                    text("column.change"): [text(f"change.{row['change']}") for row in rows],
                    text("column.title"): [row["title"] or "" for row in rows],
                    text("column.source"): [row["source"] for row in rows],
                    text("column.fields"): [fields_of(view, row) for row in rows],
                    text("column.load"): [row["load_id"] for row in rows],
                    text("column.document_id"): [row["document_id"] for row in rows],
                }
            )

        turn_and_take(view, "changes", heading, line, total, take)
    else:
        st.html(markup.note(text("changes.none")))
    draw_loads(view, loads)


def fields_of(view: View, row: dict[str, Any]) -> str:
    """The fields that a change touched, in words. `row`: of checking.list_changes."""
    return view.text.listing([view.code("changed", name) for name in row["fields"]])


def draw_changed(view: View, rows: Sequence[dict[str, Any]]) -> None:
    """Changed documents, each with what became of it; those that are still there can be opened."""
    text = view.text
    for row in rows:
        with st.container(gap=None, key=f"entry-change-{row['document_id']}"):
            title = row["title"] or text("document.untitled")
            if row["is_present"]:
                st.page_link(
                    "app_pages/document.py",
                    label=markup.markdown(title),
                    query_params={**address.here(*CARRIED), "via": "quality", "document": row["document_id"]},
                )
            else:
                st.html(markup.tag("p", markup.tag("b", title), class_="em-entry"))
            words = [row["source"]]
            words += [text("changes.fields", fields=fields_of(view, row))] if row["fields"] else []
            tag = markup.tag("span", text(f"change.{row['change']}"), class_="em-plain-tag")
            st.html(markup.tag("p", tag, " · ".join(words), class_="em-entry"))


def draw_loads(view: View, loads: Sequence[dict[str, Any]]) -> None:
    """Every load: when, by what rules, with what."""
    text = view.text
    st.html(markup.chart_head(text("changes.loads"), text("changes.loads.line")))
    names = ("read", "new", "changed", "withdrawn", "rejected")
    st.html(
        markup.table(
            [
                (text("column.load"), "d"),
                (text("column.rules"), "d"),
                *((text(f"loads.{name}"), "n") for name in names),
            ],
            [
                [
                    name_load(view, load),
                    load["rules_version"][:8],
                    *(text.number(load[f"documents_{name}"]) for name in names),
                ]
                for load in loads[:ROWS]
            ],
        )
    )


DRAW = {
    "fields": draw_fields,
    "coverage": draw_coverage,
    "undated": draw_undated,
    "rejects": draw_rejects,
    "repairs": draw_repairs,
    "changes": draw_changes,
}
FOLLOWS_FILTERS = ("coverage", "undated", "repairs")


def draw(view: View) -> None:
    """The view that the reader chooses; a note where it does not follow the filters."""
    text = view.text
    st.html(markup.title(text("quality.title"), text("quality.line", build=view.build.build_id)))
    show = address.choose_one(
        "view", text("quality.view"), VIEWS, lambda v: text(f"quality.view_{v}"), default=VIEWS[0], show_label=False
    )
    if show in FOLLOWS_FILTERS:
        sidebar.draw_active(view)
    elif sidebar.active(view):
        st.html(markup.note(text("quality.unfiltered")))
    DRAW[show](view)


draw(current_view())
