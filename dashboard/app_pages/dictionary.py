"""Dictionary: every view, table and mart of the warehouse, column by column, from the comments in its file."""

from __future__ import annotations

import streamlit as st

from dashboard import ask, catalogue, markup
from dashboard.view import View, current_view

KINDS = ("view", "table", "mart")


def draw(view: View) -> None:
    """Views first, as they are for people; then tables and marts."""
    text = view.text
    tables = ask.tables(view.build)
    st.html(markup.title(text("dictionary.title"), text("dictionary.line", build=view.build.build_id)))
    for kind in KINDS:
        st.html(markup.chart_head(text(f"dictionary.{kind}"), text(f"dictionary.{kind}.line")))
        for table in tables:
            if table.kind == kind:
                label = f"**{markup.markdown(table.name)}** {markup.markdown(catalogue.heading(view, table))}"
                with st.expander(label, key=f"table-{table.name}"):
                    st.html(catalogue.columns(view, table))


draw(current_view())
