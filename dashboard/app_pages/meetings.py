"""Meetings and texts: every document of the selection as a list, to search, sort and open."""

from __future__ import annotations

import streamlit as st

from dashboard import address, documents, download, listing, markup, sidebar
from dashboard.documents import ORDERS
from dashboard.view import View, current_view

ROWS = 20
MAX_PAGES = 500


def draw(view: View) -> None:
    """A page of the list, its search and order, and the whole list to take away."""
    text, build, filters = view.text, view.build, view.filters
    total = documents.count_documents(build, filters, "")
    st.html(markup.title(text("meetings.title"), text("meetings.line", documents=text.count("document", total))))
    sidebar.draw_active(view)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="options"):
        needle = address.search_box("q", text("meetings.search"), text("meetings.search_hint")).strip()
        order = address.choose_one(
            "order", text("meetings.order"), tuple(ORDERS), lambda v: text(f"order.{v}"), default="newest"
        )
    found = documents.count_documents(build, filters, needle) if needle else total
    if not found:
        st.html(markup.note(text("empty.none"), text("empty.next")))
        return
    pages = min(MAX_PAGES, -(-found // ROWS))
    page = address.read_page("page", pages)
    rows = documents.list_documents(build, filters, needle, order, page, ROWS)  # type: ignore[arg-type]
    listing.draw_documents(view, rows, "documents", carried=address.here("q", "order", "page"))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="pages"):
        address.turn_pages("page", pages)
        download.offer(
            view,
            "documents",
            lambda: listing.as_table(view, documents.list_documents(build, filters, needle, order, 1, 5000)),  # type: ignore[arg-type]
            download.notes(
                view, text("meetings.title"), text("meetings.line", documents=text.count("document", found))
            ),
            label=text("meetings.csv"),
            kind="tertiary",
        )


draw(current_view())
