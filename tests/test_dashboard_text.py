"""The interface's words: complete in every language, and in the reader's format."""

from __future__ import annotations

import ast
import datetime as dt
import re
from typing import get_args

import pytest

from dashboard import ask
from dashboard.charts.series import MEASURES
from dashboard.text import LANGUAGES, MissingStringError, Text, fields_of, language_of, load_strings
from dashboard.theme import FAMILIES
from etl import records
from warehouse.settings import ROOT

HAN = re.compile(r"[\u4e00-\u9fff]")
DASHBOARD = sorted((ROOT / "dashboard").rglob("*.py"))


def literal_keys() -> set[str]:
    """Keys that the code asks for by name: text("…"), and the names that sidebar.py keeps in a table."""
    keys: set[str] = set()
    for path in DASHBOARD:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in load_strings():
                keys.add(node.value)
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "text"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                keys.add(str(node.args[0].value))
    return keys


def built_prefixes() -> set[str]:
    """Beginnings of keys that the code builds: text(f"grain.{grain}") → grain."""
    found = set()
    for path in DASHBOARD:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                head = str(node.values[0].value)
                if re.fullmatch(r"[a-z_]+\.([a-z_]+[._])*", head):
                    found.add(head)
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", "")
            if called == "code" and isinstance(node.args[0], ast.Constant):  # else it is Streamlit's
                found.add(f"{node.args[0].value!s}.")
            if called == "count" and len(node.args) == 2:
                found.add("count.")
    return found


def test_every_string_that_code_names_is_there() -> None:
    assert sorted(literal_keys() - set(load_strings())) == []


def test_no_string_is_left_over_when_code_changed() -> None:
    prefixes = tuple(built_prefixes())
    assert sorted(key for key in set(load_strings()) - literal_keys() if not key.startswith(prefixes)) == []


def test_english_strings_hold_no_chinese() -> None:
    assert [key for key, words in load_strings().items() if HAN.search(words["en"])] == []


def test_chinese_strings_are_chinese() -> None:
    allowed = re.compile(
        r"\{[a-z_]+\}|CSV|XLSX|PNG|SVG|SQL|OxCGRT|Parquet|SELECT|PIVOT|IN|SHOW|TABLES|DESCRIBE|n =|[\W\d_]|n"
    )
    assert [key for key, words in load_strings().items() if re.search("[A-Za-z]", allowed.sub("", words["zh"]))] == []


def test_fields_agree_in_every_language() -> None:
    assert [
        k for k, words in load_strings().items() if len({frozenset(fields_of(w)) for w in words.values()}) > 1
    ] == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("doc_type", get_args(records.DocumentType)),
        ("date_basis", get_args(records.DateBasis)),
        ("level", get_args(records.Level)),
        ("kind", get_args(records.IssuerKind)),
        ("strength", get_args(records.Strength)),
        ("role", get_args(records.Role)),
        ("script", get_args(records.Script)),
        ("venue", ("in_person", "teleconference")),
        ("family", FAMILIES),
        ("measure", MEASURES),
        ("unit", MEASURES),
        ("timeline.heading", MEASURES),
        ("help", MEASURES),
    ],
)
def test_every_coded_value_has_words(kind: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if f"{kind}.{value}" not in load_strings()] == []


def test_every_reason_against_a_query_has_words_with_its_fields() -> None:
    found = {key: fields_of(load_strings()[key]["zh"]) for key in load_strings() if key.startswith("sql.reason.")}
    assert found == {f"sql.reason.{code}": fields_of(words) for code, words in ask.REASONS.items()}


def test_missing_string_names_the_key_and_the_file() -> None:
    with pytest.raises(MissingStringError, match=r"'no\.such'.*interface\.tsv"):
        Text("zh")("no.such")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW", "hant"),
        ("zh_HK", "hant"),
        ("zh-Hant-MO", "hant"),
        ("zh-Hans-SG", "zh"),
        ("en-GB", "en"),
        ("de", "en"),
        (None, "zh"),
        ("", "zh"),
        ("ZH", "zh"),
    ],
)
def test_language_follows_the_browser(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_numbers_and_dates_are_in_the_readers_format() -> None:
    zh, en = Text("zh"), Text("en")
    day = dt.date(2022, 3, 5)
    assert (zh.date(day), en.date(day)) == ("2022年3月5日", "5 Mar 2022")
    assert (zh.date(None), en.span(None, day), en.span(None, None)) == ("—", "— – 5 Mar 2022", "—")
    assert en.span(day, day) == "5 Mar 2022"
    assert (zh.period(dt.date(2022, 4, 1), "quarter"), en.period(dt.date(2022, 4, 1), "quarter")) == (
        "2022年第2季度",
        "2022 Q2",
    )
    assert (zh.period(day, "month"), en.period(day, "month")) == ("2022年3月", "Mar 2022")
    assert en.period(dt.date(2022, 2, 28), "week") == "week of 28 Feb 2022"
    assert (en.count("directive", 1), en.count("directive", 1234)) == ("1 directive", "1,234 directives")
    assert zh.count("document", 264) == "264 份公告"
    assert [en.percent(share) for share in (0, 0.004, 0.0456, 0.4567, 1)] == ["0%", "0.4%", "4.6%", "46%", "100%"]
    assert [en.points(value) for value in (12.4, -12.4, 0.32, -0.0004, 0)] == ["12", "−12", "0.3", "−0.01", "0"]
    assert [en.points(value, signed=True) for value in (25.2, -0.4, 0)] == ["+25", "−0.4", "0"]
    assert (zh.number(12.345), zh.number(12.0)) == ("12.3", "12")


def test_every_language_names_itself() -> None:
    assert set(LANGUAGES) == {"zh", "hant", "en"}
    assert all(set(words) == set(LANGUAGES) for words in load_strings().values())
