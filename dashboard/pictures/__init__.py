"""Charts as pictures and in a brief to print, drawn in the reader's browser from what it shows. Imports text and theme.

Nothing is fetched: the scripts beside this file copy what Plotly has drawn. They set words as text, and the page of a
brief comes from markup.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.markup import Html
from dashboard.text import Text
from dashboard.theme import FONTS, Look

ASSETS = Path(__file__).parent


@cache
def _component(name: str, kinds: tuple[str, ...]) -> Any:
    """A row of buttons with a script, registered once a process."""
    script = "".join((ASSETS / f"{part}.js").read_text("utf-8") for part in ("compose", name))
    buttons = "".join(f'<button type="button" data-kind="{kind}" hidden></button>' for kind in kinds)
    style = (ASSETS / "buttons.css").read_text("utf-8")
    return st.components.v2.component(f"take_{name}", html=f"<div>{buttons}</div>", css=style, js=script)


def offer_picture(key: str, title: str, line: str, notes: Sequence[str], text: Text, look: Look) -> None:
    """Buttons that save the chart of a key as PNG and as SVG, with title, unit and notes in the picture."""
    kinds = ("png", "svg")
    _component("picture", kinds)(
        key=f"picture-{key}",
        data={
            "chart": key,
            "words": {"title": title, "line": line, "notes": [note for note in notes if note]},
            "look": {"paper": look.paper, "text": look.text, "muted": look.muted, "fonts": FONTS.replace('"', "'")},
            "labels": {kind: text(f"picture.{kind}") for kind in kinds},
        },
    )


def offer_brief(page: Html, text: Text) -> None:
    """Buttons that open a brief to print, and save it: the page given, with the charts that are on the screen."""
    kinds = ("open", "save")
    labels = {kind: text(f"brief.{kind}") for kind in kinds}
    _component("brief", kinds)(key="brief", data={"page": page, "labels": labels})
