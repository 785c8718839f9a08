"""No page mixes languages: every string that a page shows, in every language, over a warehouse without Chinese texts.

Documents, terms and names of bodies are in Chinese whatever the reader's language. So they are blotted out, letter by
letter: what Chinese is left is the interface's own, or a name that the warehouse has in both languages.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from dashboard.sidebar import PARAMETERS
from dashboard.text import LANGUAGES
from dashboard.traditional import traditional
from etl.normalise.script import opencc_dictionary
from tests.test_dashboard_pages import PAGES, run
from warehouse.connection import published_path

HAN = re.compile("[㐀-鿿]")
LATIN = re.compile("[A-Za-z]{2,}")
BOTH = ("name_zh", "short_zh", "covers_zh")  # what the interface shows in the reader's language
BLOT = "◆"
# Latin that belongs in Chinese too: versions, files and hosts, formats, names.
LATIN_ALLOWED = re.compile(
    r"\b[0-9a-f]{8,}\b|\w+(\\?[-./]\w+)+|\bn\b|CSV|XLSX|PNG|SVG|SQL|OxCGRT|Parquet|SELECT|Esc", re.ASCII
)
VIEWS = [
    *((page, {}) for page in PAGES if page not in ("sql", "dictionary")),
    ("timeline", {"shape": "calendar"}),
    ("timeline", {"measure": "strength", "mark": "timeline.period-2022-01-01_2022-03-31.strength-strict"}),
    ("compare", {"section": "profile", "regions": "310000.110000.420000"}),
    ("compare", {"section": "adoption"}),
    ("compare", {"align": "event"}),
    ("map", {"shape": "rows"}),
    ("issuers", {"section": "groups"}),
    ("issuers", {"section": "transmission"}),
    ("search", {"view": "trend", "q": BLOT}),
    ("search", {"view": "new"}),
    *(("quality", {"view": name}) for name in ("coverage", "undated", "rejects", "repairs", "changes")),
    ("overview", {"province": "310000", "level": "national"}),
]


def blotted(kind: str, column: str) -> str | None:
    """The expression that blots the Chinese out of a column; None where a column of this type has none."""
    name = f'"{column}"'
    letters = "[㐀-鿿A-Za-z]" if column == "title" else "[㐀-鿿]"  # a title may be the name of a file
    blot = f"regexp_replace({{}}, '{letters}', '{BLOT}', 'g')"
    if kind == "VARCHAR":
        return blot.format(name)
    if kind == "VARCHAR[]":
        return f"list_transform({name}, lambda x: {blot.format('x')})"
    if kind.startswith("STRUCT") and "term VARCHAR" in kind:
        return f"list_transform({name}, lambda x: struct_update(x, term := {blot.format('x.term')}))"
    if kind.startswith("STRUCT") and "predicted VARCHAR" in kind:
        fields = ", ".join(f"{field} := {blot.format(f'x.{field}')}" for field in ("item", "predicted", "expected"))
        return f"list_transform({name}, lambda x: struct_update(x, {fields}))"
    return None


@pytest.fixture(scope="module")
def blank(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with every Chinese letter of documents and bodies blotted out."""
    folder = tmp_path_factory.mktemp("blank") / "warehouse"
    shutil.copytree(sample_warehouse, folder, symlinks=True)
    path = published_path(folder)
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        columns = connection.execute(
            """SELECT table_name, column_name, data_type FROM duckdb_columns() SEMI JOIN
            (SELECT table_name FROM duckdb_tables()) USING (table_name) WHERE NOT internal"""
        ).fetchall()
        for table, column, kind in columns:
            words = blotted(kind, column)
            if words and column not in BOTH:
                connection.execute(f'UPDATE "{table}" SET "{column}" = {words}')
    return folder


SHOWN = ("label", "options", "placeholder", "help", "alt", "body", "text", "name", "hovertext", "ticktext", "content")


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside a message, with the name of its field; charts and components are JSON inside."""
    if isinstance(value, str) and key in ("spec", "json", "jsonData"):
        yield from strings(json.loads(value))
    elif isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            is_hidden = name == "name" and not value.get("showlegend", "type" in value)  # of a trace, or of a shape
            if name not in ("customdata", "id", "font", "elementId") and not is_hidden:
                yield from strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, key)


def shown(app: AppTest) -> list[tuple[str, str]]:
    """What a run sends to the browser, without style sheets, names of languages and the hidden boxes of the URL."""
    found = []
    for element in app._tree:
        message = getattr(element, "proto", None)
        if message is None or (element.type == "text_input" and message.label in (*PARAMETERS, "lang")):
            continue
        found += [
            (key, unescape(re.sub("<[^>]*>", " ", words)))
            for key, words in strings(MessageToDict(message))
            if not words.startswith("<style>") and words not in LANGUAGES.values()
        ]
    return found


@cache
def simplified_only() -> frozenset[str]:
    """Letters that Traditional Chinese does not have."""
    pairs = opencc_dictionary("STCharacters.txt").items()
    return frozenset(one for one, many in pairs if one not in many and traditional(one) != one)


@pytest.mark.parametrize(("page", "url"), VIEWS, ids=[f"{p}-{'-'.join(u)}" for p, u in VIEWS])
def test_no_page_mixes_languages(page: str, url: dict[str, str], blank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = shown(run(blank, monkeypatch, page, lang="en", **url))
    assert len(english) > 20
    assert [words for _, words in english if HAN.search(words)] == []
    simplified = shown(run(blank, monkeypatch, page, lang="zh", **url))
    left = [words for key, words in simplified if key in SHOWN and LATIN.search(LATIN_ALLOWED.sub("", words))]
    assert left == []
    hant = shown(run(blank, monkeypatch, page, lang="hant", **url))
    assert [words for _, words in hant if simplified_only() & set(words)] == []
    assert len(hant) == len(simplified)
