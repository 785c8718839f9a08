"""Tables to take away, safe to open in a spreadsheet, and saying where they come from. Imports sidebar and view."""

from __future__ import annotations

import re

import pandas as pd

from dashboard import sidebar
from dashboard.view import View

# Full-width signs begin a formula in Chinese spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A note is no quoted field, so whatever separates cells may begin one inside it, and a quotation mark a quoted one.
INNER_CELL = re.compile(r"([,;][\s”']*)(?=[=+\-@＝＋－＠])")


def harmless(value: object) -> object:
    """Text that no spreadsheet takes for a formula: '=1+1' → "'=1+1"; anything but text as it is."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + value
    return value


def harmless_note(line: str) -> str:
    """A note as one line none of whose parts is a formula or opens a quotation: 'a,=1+1' → "a,'=1+1"."""
    return INNER_CELL.sub(r"\1'", " ".join(line.split()).replace('"', "”"))


def notes(view: View, heading: str, line: str) -> list[str]:
    """What a table is, of what selection, of which build."""
    text = view.text
    active = "; ".join(f"{name}: {values}" for name, values in sidebar.active(view)) or text("download.unfiltered")
    return [
        heading,
        line,
        f"{text('download.filters')}: {active}",
        f"{text('download.build')}: {view.build.build_id}",
    ]


def as_csv(table: pd.DataFrame, lines: list[str]) -> bytes:
    """CSV in UTF-8 with a byte order mark, which Excel needs for Chinese; the notes stand above as # lines."""
    safe = table.map(harmless)
    safe.columns = [harmless(str(column)) for column in table.columns]
    head = "".join(f"# {harmless_note(line)}\r\n" for line in lines if line)
    return ("\ufeff" + head + safe.to_csv(index=False, lineterminator="\r\n")).encode("utf-8")
