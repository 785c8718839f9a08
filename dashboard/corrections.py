"""Corrections in the document page: their history, the form that records one, and where readers report an error.

Imports builds, markup, sign_in, text and view; of warehouse, the corrections file. What is recorded takes effect with
the next build. The old value that a correction expects is what this build says, never what a browser sends.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from filelock import Timeout

from dashboard import builds, markup
from dashboard.sign_in import current_access, current_visitor
from dashboard.text import load_strings
from dashboard.view import View
from warehouse.corrections import (
    DATES,
    OF_DIRECTIVE,
    OF_DOCUMENT,
    WITHDRAWN,
    Correction,
    add_correction,
    now,
    read_corrections,
)
from warehouse.errors import CorrectionsError
from warehouse.settings import corrections_file, warehouse_dir

log = logging.getLogger("dashboard.corrections")

# Between which days a corrected date may lie: as the build takes them (etl/date_bounds.py), else it would refuse them.
FIRST_DAY, LAST_MEETING = dt.date(2019, 12, 1), dt.date(2023, 6, 30)
DAYS_AHEAD = {"published_date": 1, "effective_date": 366}  # of today, in UTC
MAX_CATEGORIES = 3
MAX_ISSUER = 100
MAX_FAILED = 200  # shown of the corrections that are not applied


def show(
    view: View, row: Mapping[str, Any], directives: Sequence[Mapping[str, Any]], chosen: int | None = None
) -> None:
    """What was corrected in a document; for editors, the form; for readers, where to report an error.

    row: of documents; directives: with seq, text and measures; chosen: seq of the one that is looked at.
    """
    show_history(view, row["document_id"])
    link = current_access().report_url(row["document_id"])
    if link:
        st.link_button(view.text("correct.report"), link, icon=":material/flag:", type="tertiary")
    if current_visitor().may("correct"):
        with st.expander(view.text("correct.title"), icon=":material/edit:", key="correct"):
            directive = next((d for d in directives if d["seq"] == chosen), None)
            draw_form(view, row, directive)


def show_history(view: View, document_id: str) -> None:
    """Every correction of a document, also those that wait for the next build or no longer fit."""
    text = view.text
    known = history_of(view, document_id)
    applied = {row["correction_id"] for row in known}
    waiting = [row for row in pending(view, document_id) if row.correction_id not in applied]
    if not (known or waiting):
        return
    lines = [
        history_line(
            view,
            row["field"],
            row["directive"],
            row["expected"],
            row["value"],
            text("correct.applied") if row["is_applied"] else text("correct.failed", why=row["failure"]),
            text("correct.by", reason=row["reason"], author=row["author"], date=text.date(row["made_at"])),
        )
        for row in known
    ]
    lines += [
        history_line(
            view,
            row.field,
            row.directive,
            row.expected,
            row.value,
            text("correct.waiting"),
            text("correct.by", reason=row.reason, author=row.author, date=text.date(row.moment.date())),
        )
        for row in waiting
    ]
    st.html(markup.alert(text("correct.history"), *lines))


def show_failed(view: View) -> None:
    """The corrections of all documents that are not applied, and why, each with its document where that is left."""
    text = view.text
    rows = builds.ask(
        view.build,
        """SELECT c.*, d.title, d.document_id IS NOT NULL AS is_present
        FROM corrections AS c LEFT JOIN documents AS d USING (document_id)
        WHERE NOT c.is_applied ORDER BY c.seq LIMIT $limit""",
        {"limit": MAX_FAILED},
    )
    if rows.empty:
        return
    st.html(markup.chart_head(text("correct.failures"), text("correct.failures.line", n=text.number(len(rows)))))
    for row in builds.records(rows):
        with st.container(gap=None, key=f"card-correction-{row['correction_id']}"):
            if row["is_present"]:
                st.page_link(
                    "app_pages/document.py",
                    label=markup.markdown(row["title"] or text("document.untitled")),
                    query_params={"document": row["document_id"]},
                )
            by = text("correct.by", reason=row["reason"], author=row["author"], date=text.date(row["made_at"]))
            state = text("correct.failed", why=row["failure"])
            said = (row["field"], row["directive"], row["expected"], row["value"])
            st.html(markup.tag("p", history_line(view, *said, state, by), class_="em-entry"))


def history_line(
    view: View, field: str, directive: str | None, expected: str | None, value: str | None, state: str, why: str
) -> markup.Html:
    """One correction on a line."""
    text = view.text
    what = text(f"correct.field_{field}") + (f" “{directive[:24]}…”" if directive else "")
    change = text("correct.change", field=what, before=shown(view, field, expected), after=shown(view, field, value))
    return markup.html([change, " · ", why, " ", state])


def shown(view: View, field: str, value: str | None) -> str:
    """A value of the corrections file in words."""
    if not value:
        return "—"
    if field == "categories":
        return view.text.listing([view.category(category) for category in value.split(",")])
    if field == "level":
        return view.code("level", value)
    if field == "issuer_kind":
        return view.code("kind", value)
    if field == "is_directive":
        return view.text("correct.yes" if value == "true" else "correct.no")
    return view.text("correct.withdrawn") if field == "document" and value == WITHDRAWN else value


def history_of(view: View, document_id: str) -> list[dict[str, Any]]:
    """Corrections of a document that this build knows, in order."""
    rows = builds.ask(
        view.build,
        "SELECT * FROM corrections WHERE document_id = $document_id ORDER BY seq LIMIT 200",
        {"document_id": document_id},
    )
    return builds.records(rows)


def pending(view: View, document_id: str) -> list[Correction]:
    """Rows of the file about a document; none where the file cannot be read, which the next build will say."""
    try:
        found = read_corrections(corrections_file(warehouse_dir()))
    except (CorrectionsError, OSError) as error:
        log.error("the corrections file cannot be read: %s", error)
        return []
    return [row for row in found if row.document_id == document_id]


def current_value(view: View, row: Mapping[str, Any], directive: Mapping[str, Any] | None, field: str) -> str:
    """What the document will say of a field once the rows of the file that wait are applied."""
    if field == "region":
        value = "/".join(row["region_path"])
    elif field == "categories" and directive:
        value = ",".join(measure["category_id"] for measure in directive["measures"])
    elif field == "is_directive":
        value = "true"
    else:
        found = row[{"document": "title", "issuer": "issuer_name"}.get(field, field)]
        value = found.isoformat() if isinstance(found, dt.date) else str(found or "")
    known = {found["correction_id"] for found in history_of(view, row["document_id"])}
    about = directive["text"] if field in OF_DIRECTIVE and directive else ""
    for waiting in pending(view, row["document_id"]):
        if (waiting.field, waiting.directive) == (field, about) and waiting.correction_id not in known:
            value = waiting.value
    return value


def draw_form(view: View, row: Mapping[str, Any], directive: Mapping[str, Any] | None) -> None:
    """What to correct, the new value and the reason. Recorded where the button is pressed, not in a callback: those
    run before the entry file has asked who is there."""
    text = view.text
    fields = [*OF_DOCUMENT, *(OF_DIRECTIVE if directive else ())]
    field = st.selectbox(
        text("correct.what"), fields, format_func=lambda name: text(f"correct.field_{name}"), key="correct_field"
    )
    if not directive:
        st.html(markup.note(text("correct.choose_directive")))
    current = current_value(view, row, directive, field)
    st.html(markup.note(text("correct.now", value=shown(view, field, current))))
    value = pick_value(view, field, current, f"correct_{row['document_id']}_{directive and directive['seq']}_{field}")
    reason = st.text_input(text("correct.reason"), max_chars=500, key=f"correct_reason_{row['document_id']}")
    if not st.button(text("correct.record"), type="primary", key="correct_record"):
        return
    correction = Correction(
        document_id=row["document_id"],
        directive=directive["text"] if directive and field in OF_DIRECTIVE else "",
        field=field,
        expected=current,
        value=value,
        reason=" ".join(reason.split()),
        author=current_visitor().author,
        made_at=now(),
    )
    try:
        add_correction(corrections_file(warehouse_dir()), correction)
    except CorrectionsError as error:
        st.html(markup.alert(text("correct.refused"), str(error)))
    except (OSError, Timeout) as error:
        log.error("a correction could not be written: %s", error)
        st.html(markup.alert(text("correct.unwritten")))
    else:
        log.info("correction %s by %s: %s", correction.correction_id, correction.author, correction.field)
        st.html(markup.alert(text("correct.recorded")))


def pick_value(view: View, field: str, current: str, key: str) -> str:
    """The widget for a field's new value; what it holds as the corrections file writes it."""
    label = view.text("correct.value")
    if field in DATES:
        first, last = FIRST_DAY, last_day(field)
        before = dt.date.fromisoformat(current) if current else None
        day = st.date_input(
            label,
            value=before if before and first <= before <= last else None,
            min_value=first,
            max_value=last,
            format="YYYY-MM-DD",
            key=key,
        )
        return day.isoformat() if isinstance(day, dt.date) else ""
    if field == "region":
        options = ["", *regions(view)]
        return st.selectbox(label, options, index=options.index(current) if current in options else 0, key=key)
    if field in ("level", "issuer_kind"):
        kind = "level" if field == "level" else "kind"
        options = [*([""] if field == "level" else []), *values_of(kind)]
        return st.selectbox(
            label,
            options,
            index=options.index(current) if current in options else 0,
            format_func=lambda value: shown(view, field, value),
            key=key,
        )
    if field == "categories":
        names = list(view.families())
        chosen = st.multiselect(
            view.text("correct.categories"),
            names,
            default=[name for name in current.split(",") if name in names],
            format_func=view.category,
            max_selections=MAX_CATEGORIES,
            select_all=False,
            key=key,
        )
        return ",".join(chosen)
    if field == "issuer":
        return st.text_input(label, value=current, max_chars=MAX_ISSUER, key=key).strip()
    return WITHDRAWN if field == "document" else "false"


def last_day(field: str) -> dt.date:
    """The last day that a correction may give to a date, at this moment."""
    if field not in DAYS_AHEAD:
        return LAST_MEETING
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=DAYS_AHEAD[field])


@builds.cached
def _regions(build: builds.Build) -> list[str]:
    return builds.ask(build, "SELECT array_to_string(path, '/') AS path FROM regions ORDER BY adcode")["path"].tolist()


def regions(view: View) -> list[str]:
    """Every region as a path joined by /."""
    return list(_regions(view.build))


def values_of(kind: str) -> list[str]:
    """All levels, or all kinds of issuers, in the order of the interface's words."""
    return [key.removeprefix(f"{kind}.") for key in load_strings() if key.startswith(f"{kind}.")]
