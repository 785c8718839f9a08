"""Method: what is counted, how, and what not to conclude; the taxonomy; the build that answers."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, queries
from dashboard.view import View, current_view

NOTES = ("document", "directive", "measure", "strength", "date", "copies", "coverage", "thin", "sample")


def draw(view: View) -> None:
    text = view.text
    load = queries.load_of(view.build)
    st.html(
        markup.title(
            text("method.title"),
            text(
                "method.line",
                build=view.build.build_id,
                loaded=text.date(load.finished_at.date()),
                documents=text.count("document", load.documents),
                rules=load.rules_version[:12],
            ),
        )
    )
    shown = [name for name in NOTES if name != "sample" or load.is_facts_only]
    st.html(markup.facts((text(f"method.{name}"), text(f"method.{name}.text"), None) for name in shown))
    st.html(markup.chart_head(text("method.taxonomy"), text("method.taxonomy.line")))
    rows = queries.taxonomy(view.build)
    head = [(text("column.family"), ""), (text("column.category"), ""), (text("column.oxcgrt"), "")]
    if text.is_chinese:
        head.insert(2, (text("column.covers"), ""))
    st.html(
        markup.table(
            head,
            (
                [
                    view.code("family", row.family),
                    markup.category_tags([(view.category(row.category_id), row.family)]),
                    *([text.named(row.covers_zh or "")] if text.is_chinese else []),
                    row.oxcgrt if isinstance(row.oxcgrt, str) else "—",
                ]
                for row in rows.itertuples()
            ),
        )
    )


draw(current_view())
