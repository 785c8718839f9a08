"""Tables of the warehouse with their columns: for the SQL page and the dictionary. Imports ask, markup and view."""

from __future__ import annotations

from dashboard import markup
from dashboard.ask import Table
from dashboard.markup import Html
from dashboard.view import View


def meaning(view: View, english: str, chinese: str) -> str:
    """A comment in the reader's language."""
    return view.text.either(chinese, english) if chinese else english


def heading(view: View, table: Table, rows: int | None = None) -> str:
    """What a table holds, and how many rows where that is known: one line."""
    words = meaning(view, table.comment_en, table.comment_zh)
    known = table.rows if rows is None else rows
    return words if known is None else f"{words} · {view.text.count('row', known)}"


def columns(view: View, table: Table) -> Html:
    """Columns with type and meaning."""
    text = view.text
    return markup.table(
        [(text("column.name"), ""), (text("column.type"), "d"), (text("column.meaning"), "")],
        (
            [
                markup.tag("code", c.name),
                markup.tag("code", short_type(c.type)),
                meaning(view, c.comment_en, c.comment_zh),
            ]
            for c in table.columns
        ),
    )


def short_type(name: str) -> str:
    """STRUCT(term VARCHAR, start_char INTEGER)[] → STRUCT(…)[]; docs/dictionary.md has it whole."""
    head, bracket, rest = name.partition("(")
    return name if len(name) <= 20 or not bracket else f"{head}{bracket}…){rest.rpartition(')')[2]}"
