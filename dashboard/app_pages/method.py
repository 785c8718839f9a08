"""Method: what is counted, how, and what not to conclude, in general and chart by chart; the taxonomy; the build.

The words are those of each chart's menu (help.* and method.* of locale/interface.tsv), so that they are said once.
"""

from __future__ import annotations

import streamlit as st

from dashboard import builds, markup, queries
from dashboard.view import View, current_view

# Topic of help.*, and the name of the charts that it explains.
CHARTS: dict[str, str] = {
    "directives": "measure.directives",
    "share": "measure.share",
    "documents": "measure.documents",
    "reach": "measure.reach",
    "strength": "measure.strength",
    "focus": "overview.focus.title",
    "terms": "column.term",
    "together": "measures.together.title",
    "differences": "difference.title",
    "adoption": "compare.section.adoption",
    "aligned": "compare.align.event",
    "tiles": "page.map",
    "chairs": "issuers.chairs",
    "policies": "issuers.policies",
    "conveyed": "issuers.section.transmission",
    "trend": "search.view_trend",
    "new": "search.view_new",
    "quality": "quality.fields.title",
    "repairs": "quality.repairs.title",
    "asked": "page.sql",
}
NOTES = ("document", "directive", "measure", "strength", "date", "copies", "coverage", "thin", "sample")


def draw(view: View) -> None:
    """How the load came about, what is counted, and how each chart is made."""
    text = view.text
    load = builds.load_of(view.build)
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
    st.html(markup.chart_head(text("method.charts"), text("method.charts.line")))
    st.html(markup.facts((text(name), text(f"help.{topic}"), None) for topic, name in CHARTS.items()))
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
