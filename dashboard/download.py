"""Tables to take away, safe to open in a spreadsheet, and saying where they come from.

Imports builds, sidebar and view.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import builds, sidebar
from dashboard.view import View

# Full-width signs begin a formula in Chinese spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A note is no quoted field, so whatever separates cells may begin one inside it, and a quotation mark a quoted one.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000  # characters; a spreadsheet's cell holds 32,767
WIDEST = 60  # characters of a column
EXACT = 10**15  # from here on a spreadsheet rounds whole numbers
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
    """What a table is, of what selection, of which build, taken when, and the link that shows it."""
    return [heading, line, selection(view), *origin(view)]


def selection(view: View) -> str:
    """The filters in words, as one line."""
    text = view.text
    active = "; ".join(f"{name}: {values}" for name, values in sidebar.active(view)) or text("download.unfiltered")
    return f"{text('download.filters')}: {active}"


def origin(view: View) -> list[str]:
    """What the source is, which build, taken when, and the link; a run without a browser has no link."""
    text = view.text
    today = text.date(dt.datetime.now(dt.UTC).date())
    lines = [text("download.sample" if builds.load_of(view.build).is_facts_only else "download.source")]
    lines += [f"{text('download.build')}: {view.build.build_id}", f"{text('download.taken')}: {today}"]
    return [*lines, f"{text('download.link')}: {link}"] if (link := link_here()) else lines


def link_here() -> str:
    """The address of the view that is shown; empty where no browser asks."""
    asked = urlencode(st.query_params.to_dict(), safe=".:,")
    place = st.context.url or ""
    if place and not urlsplit(place).path:
        place += "/"
    return f"{place}?{asked}" if place and asked else place


def offer(
    view: View,
    name: str,
    take: Callable[[], pd.DataFrame],
    lines: list[str],
    *,
    label: str | None = None,
    kind: Literal["secondary", "tertiary"] = "secondary",
    help: str | None = None,
) -> None:
    """Two buttons: the table as CSV and as XLSX, under its notes. It is made when a button is pressed."""
    text = view.text
    for ending, words, mime, write in (
        ("csv", label or text("panel.csv"), "text/csv", as_csv),
        ("xlsx", text("panel.xlsx"), XLSX, as_xlsx),
    ):
        st.download_button(
            words,
            data=lambda write=write: write(take(), lines),  # type: ignore[misc]
            file_name=f"{name}.{ending}",
            mime=mime,
            icon=":material/download:",
            type=kind,
            on_click="ignore",
            help=help,
            key=f"{ending}-{name}",
        )


def as_csv(table: pd.DataFrame, lines: list[str]) -> bytes:
    """CSV in UTF-8 with a byte order mark, which Excel needs for Chinese; the notes stand above as # lines."""
    safe = table.map(harmless)
    safe.columns = [harmless(str(column)) for column in table.columns]
    head = "".join(f"# {harmless_note(line)}\r\n" for line in lines if line)
    return ("\ufeff" + head + safe.to_csv(index=False, lineterminator="\r\n")).encode("utf-8")


def as_xlsx(table: pd.DataFrame, lines: list[str]) -> bytes:
    """XLSX: the notes, a blank row, the names of columns, the rows. Text cells are text and numbers are numbers."""
    written = io.BytesIO()
    notes = [" ".join(line.split()) for line in lines if line]
    with Workbook(written, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        quoted, day = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, line in enumerate(notes):
            sheet.write_string(row, 0, line[:LONGEST_CELL], quoted)
        top = len(notes) + 1
        for column, name in enumerate(map(str, table.columns)):
            sheet.write_string(top, column, name, bold)
            longest = max(len(words) for words in [name, *map(str, table.iloc[:200, column])])
            sheet.set_column(column, column, min(WIDEST, 2 + longest))
            for row, value in enumerate(table.iloc[:, column], start=top + 1):
                put(sheet, row, column, value, quoted, day)
        sheet.freeze_panes(top + 1, 0)
    return written.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: object, quoted: Format, day: Format) -> None:
    """Writes a value by its type, whatever it looks like: '=1+1' is text, and stays text when it is edited."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) and math.isfinite(value) and abs(value) < EXACT:
        sheet.write_number(row, column, float(value))
    elif isinstance(value, dt.date) and not pd.isna(value) and is_midnight(value):  # pandas' timestamps are dates too
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)
    elif isinstance(value, (list, dict)) or not pd.isna(value):  # type: ignore[call-overload]
        sheet.write_string(row, column, str(value)[:LONGEST_CELL], quoted)


def is_midnight(value: dt.date) -> bool:
    """Whether a date has no time of day: a spreadsheet has no time zones, so times stay as they are written."""
    return not isinstance(value, dt.datetime) or (value.time() == dt.time.min and value.tzinfo is None)
