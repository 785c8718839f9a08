"""Writes a query's result as a table for people, CSV for spreadsheets or JSON for programs.

Imports warehouse.sandbox for its Result only. All three are safe to open: a table shows control characters instead of
sending them to the terminal, and CSV keeps spreadsheets from reading a text as a formula.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from warehouse.sandbox import Result

# A text cell that begins with one of these is a formula to some spreadsheet, full-width signs in Chinese ones too.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
WIDEST_CELL = 60  # columns of a terminal
NULL = "∅"


def write_table(result: Result, widest: int = WIDEST_CELL) -> str:
    """A table with aligned columns, Chinese characters counted as two; long cells end in …"""
    cells = [[_visible(name, widest) for name in result.columns]]
    cells += [[_visible(NULL if v is None else as_text(v), widest) for v in row] for row in result.rows]
    widths = [max((_width(row[i]) for row in cells), default=0) for i in range(len(result.columns))]
    right = [_is_number(name) for name in result.types]
    lines = ["  ".join(_pad(cell, widths[i], right[i]) for i, cell in enumerate(row)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def write_csv(result: Result) -> str:
    """CSV with a header; text that a spreadsheet would take for a formula gets a ' in front, numbers never."""
    numbers = [_is_number(name) for name in result.types]
    lines = [[spreadsheet_safe(name) for name in result.columns]]
    for row in result.rows:
        texts = ["" if value is None else as_text(value) for value in row]
        lines.append([text if numbers[i] else spreadsheet_safe(text) for i, text in enumerate(texts)])
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines)


def write_json(result: Result) -> str:
    """A JSON array with one object a row and line, values as `as_json`; a repeated column name gets a number."""
    names = unique_names(result.columns)
    lines = [as_json(dict(zip(names, row, strict=True))) for row in result.rows]
    return "[" + ",\n ".join(lines) + "]\n"


FORMATS: dict[str, Callable[[Result], str]] = {"table": write_table, "csv": write_csv, "json": write_json}


def remark(result: Result) -> str:
    """23 rows in 14 ms."""
    count = len(result.rows)
    cut = {"rows": "; there are more: raise --rows", "bytes": "; cut, the rest is too large: select fewer columns"}
    return f"{count:,} row{'' if count == 1 else 's'} in {result.elapsed_ms:.0f} ms{cut.get(result.cut or '', '')}"


def spreadsheet_safe(text: str) -> str:
    """=1+1 → '=1+1, so that it stays a text."""
    return "'" + text if text.lstrip(" ").startswith(tuple(FORMULA_STARTS)) else text


def unique_names(columns: Iterable[str]) -> list[str]:
    """n, n, m → n, n_2, m."""
    names: list[str] = []
    taken: set[str] = set()
    numbers: dict[str, int] = {}  # where to go on counting: thousands of columns may share a name
    for column in columns:
        name = column
        while name in taken:
            numbers[column] = numbers.get(column, 1) + 1
            name = f"{column}_{numbers[column]}"
        taken.add(name)
        names.append(name)
    return names


def as_text(value: Any) -> str:
    """A value as people write it: lists and structs as JSON, days and times as ISO, bytes as hexadecimal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return as_json(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "day") else str(value)


def as_json(value: Any) -> str:
    """A value as JSON: decimals with every digit, NaN and infinity null, what JSON has no word for as `as_text`.

    >>> as_json({"x": [Decimal("1.50"), float("nan")]})
    '{"x": [1.50, null]}'
    """
    match value:
        case dict():
            return "{" + ", ".join(f"{as_json(str(name))}: {as_json(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_json, value)) + "]"
        case Decimal():
            return f"{value:f}"
        case float() if not math.isfinite(value):
            return "null"
        case None | bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
    return as_json(as_text(value))


def visible(text: str) -> str:
    """Control and format characters as escapes, line breaks apart: nothing else may move a terminal's cursor."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text
    )


def _quoted(text: str) -> str:
    """A CSV field; Python's own writer leaves a lone carriage return bare."""
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def _visible(text: str, widest: int) -> str:
    text = visible(text[: widest + 1]).replace("\n", "⏎")
    if _width(text) <= widest:
        return text
    kept, used = [], 1
    for character in text:
        used += _width(character)
        if used > widest:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _is_number(type_name: str) -> bool:
    return type_name.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or type_name.endswith(("INT", "INTEGER", "HUGEINT"))
