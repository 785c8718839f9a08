"""The SQL editor: a text area that colours what is typed, completes names, and marks where a query failed.

Imports text and theme only. Its markup, style sheet and script lie beside this file; they hold no text of a query, a
document or an address: all of that is handed over as data, and the script sets it as text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.text import Text
from dashboard.theme import Look, ink_on

ASSETS = Path(__file__).parent


@cache
def component() -> Any:
    """The component, registered once a process."""
    markup, style, script = ((ASSETS / f"editor.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component("sql_editor", html=markup, css=style, js=script)


def said_at(sql: str, mark: tuple[int, int] | None) -> int:
    """Milliseconds since 1970 when this session first said what it says now; a later saying has a larger one."""
    last, at = st.session_state.get("sql_editor_said") or (None, 0)
    if last != (sql, mark):
        at = max(at + 1, time.time_ns() // 1_000_000)
        st.session_state["sql_editor_said"] = ((sql, mark), at)
    return at


def draw(
    sql: str,
    text: Text,
    look: Look,
    *,
    limits: str,
    longest: int,
    relations: Sequence[str],
    columns: Sequence[str],
    mark: tuple[int, int] | None,
    on_run: Callable[[str, bool], None],
) -> None:
    """Draws the editor with a query in it.

    mark: line and column, from 1, of what failed. on_run takes the text as it is when the reader sends it, and whether
    its plan is asked for.
    """

    def sent() -> None:
        asked = st.session_state["sql_editor"].get("run") or {}
        if isinstance(words := asked.get("sql"), str):
            on_run(words[:longest], asked.get("explain") is True)

    component()(
        key="sql_editor",
        on_run_change=sent,
        data={
            "said": said_at(sql, mark),
            "sql": sql,
            "mark": {"line": mark[0], "column": mark[1]} if mark else None,
            "relations": list(relations),
            "columns": list(columns),
            "longest": longest,
            "words": {
                "editor": text("sql.editor"),
                "run": text("sql.run"),
                "explain": text("sql.explain"),
                "names": text("sql.names"),
                "limits": limits,
                "longest": text("sql.longest", n=text.number(longest)),
            },
            "colours": {
                "keyword": look.accent,
                "relation": look.entities[5],
                "string": look.families["health"],
                "number": look.families["economy"] if look.ground == "dark" else look.families["society"],
                "comment": look.muted,
                "wrong": look.families["health"],
                "on-accent": ink_on(look.accent),
            },
        },
    )
