"""Search: how a query is understood, where words stand, what the counts rest on, and which words are new."""

from __future__ import annotations

import datetime as dt
from math import comb
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import provenance, searching
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.marks import Mark
from dashboard.search import (
    MAX_LENGTH,
    MAX_WORDS,
    Wanted,
    as_stored,
    concordance,
    excerpts,
    find_hits,
    quoted,
    understand,
    whole,
)
from warehouse.connection import published_path

ALL = Filters()
HOSTILE = (
    "<script>alert(1)</script>",
    "100%",
    "_%_核",
    "' OR 1=1 --",
    '"); DROP TABLE documents; --"',
    "(a|b)*+?[^x]{3}\\d$",
    "\\",
    "核" * 10_000,
    "🙂核酸🙂",
    "\x00\u202e核酸",
    "{0} {text} %s ${word0}",
    "=1+1",
)


@pytest.fixture(scope="module")
def build(sample_warehouse: Path) -> Build:
    return Build(str(published_path(sample_warehouse)), "sample")


def counted(build: Build, sql: str, *values: object) -> int:
    """What the warehouse itself says."""
    with duckdb.connect(build.path, read_only=True) as connection:
        return int(connection.execute(sql, list(values)).fetchall()[0][0])


@pytest.mark.parametrize(
    ("query", "words", "excluded"),
    [
        ("核酸检测", ("核酸检测",), ()),
        ("核酸檢測", ("核酸检测",), ()),
        ("核酸檢(jiǎn)測(cè)", ("核酸检测",), ()),
        ("核酸檢（jian3）測", ("核酸检测",), ()),
        ("核酸检测 停课，封控", ("核酸检测", "停课", "封控"), ()),
        ("“外防输入、内防反弹” -学校", ("外防输入、内防反弹",), ("学校",)),
        ("「動態清零」 －“一刀切”", ("动态清零",), ("一刀切",)),
        ("COVID-19 Omicron", ("covid-19", "omicron"), ()),
        ("１０次", ("10次",), ()),
        ("核酸 核酸檢測 核酸", ("核酸", "核酸检测"), ()),
        ("", (), ()),
        ("- -- “” % _ 。", (), ()),
    ],
)
def test_query_is_understood(query: str, words: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    assert understand(query) == Wanted(words, excluded)


def test_long_query_is_cut_and_says_so() -> None:
    assert understand("核" * 10_000) == Wanted(("核" * MAX_LENGTH,), (), True)
    many = understand("甲 乙 丙 丁 戊 己 庚 辛")
    assert (len(many.words), many.is_cut) == (MAX_WORDS, True)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_query_is_understood_within_bounds(query: str) -> None:
    wanted = understand(query)
    assert all(0 < len(word) <= MAX_LENGTH for word in (*wanted.words, *wanted.excluded))
    assert len(wanted.parameters()) == len(wanted.words) + len(wanted.excluded)


@pytest.mark.parametrize("words", ["核酸检测", "外防输入、内防反弹", "14+7", "-x"])
def test_quoted_words_are_found_as_one(words: str) -> None:
    assert understand(quoted(words)).words == (words.strip("-"),)


def test_hits_do_not_overlap_and_ignore_case() -> None:
    assert find_hits("核酸检测与核酸", ["核酸", "核酸检测"]) == [(0, 4), (5, 7)]
    assert find_hits("omicron, Omicron", ["omicron"]) == [(0, 7), (9, 16)]
    assert find_hits("a.b", ["."]) == [(1, 2)]
    assert find_hits("核酸", []) == []


def test_context_shows_every_word_once() -> None:
    text = "甲" * 100 + "核酸" + "乙" * 200 + "停课" + "丙" * 100
    first, second = excerpts(text, ["核酸", "停课"], around=5)
    assert first.plain() == "…甲甲甲甲甲核酸乙乙乙乙乙…"
    assert second.plain() == "…乙乙乙乙乙停课丙丙丙丙丙…"
    assert [words for words, is_hit in second.pieces if is_hit] == ["停课"]
    assert whole("要停课。", ["停课"]).pieces == (("要", False), ("停课", True), ("。", False))
    assert concordance("一行\n各区要停课三天。\n停课末行，停课停课", ["停课"], most=2) == [
        ("各区要", "停课", "三天。"),
        ("", "停课", "末行，停课停课"),
    ]
    assert concordance("各区", ["停课"]) == []


@given(st.text(alphabet="核酸检测停课\n，ab", max_size=120))
def test_context_is_cut_out_of_the_text(text: str) -> None:
    for part in excerpts(text, ["核酸", "ab"], around=6):
        assert "".join(words for words, _ in part.pieces) in text.replace("\n", " ")


@pytest.mark.parametrize("query", ["核酸檢測", "核酸檢(jiǎn)測", "核酸检测"])
@pytest.mark.parametrize("unit", searching.UNITS)
def test_scripts_find_the_same_as_the_warehouse_counts(query: str, unit: searching.Unit, build: Build) -> None:
    found = searching.find(build, ALL, understand(query), unit)
    view = "v_directives WHERE is_primary AND NOT is_forwarded" if unit == "directive" else "documents WHERE is_primary"
    assert len(found) == counted(build, f"SELECT count(*) FROM {view} AND contains(text, '核酸检测')") > 30


def test_words_exclusion_and_filters_hold(build: Build) -> None:
    filters = Filters(provinces=("310000",), date_from=dt.date(2022, 1, 1))
    found = searching.find(build, filters, understand("核酸 -学校"), "directive")
    keys = tuple(searching.part_of(found, "newest", 1, 100))
    rows = searching.hits(build, filters, "directive", keys)
    assert len(rows) == len(found) > 0
    assert [(row["document_no"], row["seq"]) for row in rows] == list(keys)
    assert all("核酸" in row["text"] and "学校" not in row["text"] for row in rows)
    assert all(row["date"] >= dt.date(2022, 1, 1) and "310000" in row["adcodes"] for row in rows)
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)


def test_pages_hold_every_hit_once(build: Build) -> None:
    found = searching.find(build, ALL, understand("核酸"), "document")
    for order in searching.ORDERS:
        pages = [searching.part_of(found, order, page, 7) for page in range(1, len(found) // 7 + 2)]
        keys = [key for page in pages for key in page]
        assert len(keys) == len(set(keys)) == len(found)


def test_relevance_puts_the_title_and_the_often_said_first(build: Build) -> None:
    found = searching.find(build, ALL, understand("核酸检测"), "document")
    rows = searching.hits(build, ALL, "document", tuple(searching.part_of(found, "relevance", 1, 3)))
    assert all("核酸" in row["title"] for row in rows)


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("unit", searching.UNITS)
def test_hostile_query_finds_what_it_says_and_no_more(query: str, unit: searching.Unit, build: Build) -> None:
    wanted = understand(query)
    found = searching.find(build, ALL, wanted, unit)
    rows = searching.hits(build, ALL, unit, tuple(searching.part_of(found, "relevance", 1, 5)))
    assert all(word in f"{row['title']}\n{row['text']}".lower() for row in rows for word in wanted.words)
    if wanted.words and not rows:
        assert any(not everywhere for _, _, everywhere in searching.each_word(build, ALL, wanted, unit))


def test_zero_hits_name_the_word_that_is_missing(build: Build) -> None:
    filters = Filters(provinces=("310000",))
    words = searching.each_word(build, filters, understand("核酸 方舱 无此词语"), "directive")
    assert [(word, everywhere > 0) for word, _, everywhere in words] == [
        ("核酸", True),
        ("方舱", True),
        ("无此词语", False),
    ]
    assert all(here <= everywhere for _, here, everywhere in words)
    assert words[0][1] == len(searching.find(build, filters, understand("核酸"), "directive"))


@pytest.mark.parametrize("unit", searching.UNITS)
def test_words_over_time_add_up_to_what_is_found(unit: searching.Unit, build: Build) -> None:
    rows = searching.words_over_time(build, ALL, ("核酸", "停课"), "month", unit)
    for word in ("核酸", "停课"):
        found = searching.find(build, ALL, understand(word), unit).dropna(subset=["date"])
        column = "documents" if unit == "document" else "directives"
        assert rows.loc[rows["group_id"] == word, column].sum() == len(found) > 0


@pytest.mark.parametrize("unit", searching.UNITS)
def test_mark_of_a_word_opens_what_its_point_counts(unit: searching.Unit, build: Build) -> None:
    rows = searching.words_over_time(build, ALL, ("核酸",), "quarter", unit)
    row = rows.sort_values("documents").iloc[-1]
    start = pd.Timestamp(row["period"]).date()
    end = (pd.Timestamp(start) + pd.offsets.QuarterEnd()).date()
    narrowing = (("period", f"{start}_{end}"), ("phrase", "核酸"))
    if unit == "document":
        mark = Mark("search-trend", (narrowing[0], ("of", "documents"), narrowing[1]))
        assert provenance.count_documents_behind(build, ALL, mark)[0] == row["documents"]
    else:
        assert provenance.count_evidence(build, ALL, Mark("search-trend", narrowing)) == (
            row["directives"],
            row["documents"],
        )


def test_terms_of_spans_are_what_their_marks_open(build: Build) -> None:
    spans = searching.Spans((dt.date(2022, 10, 1), dt.date(2022, 12, 31)), (dt.date(2020, 1, 1), dt.date(2022, 9, 30)))
    rows = searching.compare_spans(
        searching.terms_of_spans(build, ALL, spans), *searching.spans_read(build, ALL, spans)
    )
    for term, recent in zip(rows["term"].head(5), rows["recent"].head(5), strict=True):
        mark = Mark("search-new", (("period", "2022-10-01_2022-12-31"), ("of", "documents"), ("term", term)))
        assert provenance.count_documents_behind(build, ALL, mark)[0] == recent
    assert "二十条" in set(rows.loc[rows["z"] > 0, "term"].head(12))  # of November 2022


def test_new_words_are_told_from_chance() -> None:
    rows = pd.DataFrame(
        {
            "term": ["新词", "常词", "偶见", "少了"],
            "is_slogan": False,
            "recent": [30, 50, 1, 1],
            "earlier": [2, 50, 0, 60],
        }
    )
    found = searching.compare_spans(rows, 100, 100).set_index("term")
    assert found["is_clear"].to_dict() == {"新词": True, "常词": False, "偶见": False, "少了": False}
    assert list(found.index[:2]) == ["新词", "偶见"]
    assert found.at["偶见", "z"] == pytest.approx(0, abs=1e-9)  # one of 100 against none: chance 0.5
    assert found.loc[["常词", "少了"], "z"].tolist() == [0, 0]


def test_chance_of_a_rise_is_exact() -> None:
    recent, earlier = np.array([5, 2, 3, 0]), np.array([0, 0, 1, 4])
    found = searching.chance_of_rise(recent, earlier, 17, 240)
    ways = comb(257, 4)
    three_or_more = (comb(17, 3) * comb(240, 1) + comb(17, 4)) / ways
    assert found == pytest.approx([comb(17, 5) / comb(257, 5), comb(17, 2) / comb(257, 2), three_or_more, 1.0])


def test_words_inside_a_longer_one_as_frequent_are_left_out() -> None:
    rows = pd.DataFrame({"term": ["总方针", "动态清零总方针", "总"], "recent": [5, 5, 9], "earlier": [4, 4, 4]})
    assert list(searching.without_parts(rows)["term"]) == ["动态清零总方针", "总"]


def test_too_little_is_found_in_the_small_warehouse(small: Build) -> None:
    spans = searching.Spans((dt.date(2022, 1, 1), dt.date(2022, 12, 31)), (dt.date(2021, 1, 1), dt.date(2021, 12, 31)))
    assert searching.spans_read(small, ALL, spans) == (1, 0)
    assert searching.terms_of_spans(small, ALL, spans).empty
    assert searching.find(small, ALL, Wanted(), "directive").empty
    assert len(searching.find(small, Filters(with_copies=True), Wanted(("核酸",)), "document")) == 3


def test_stored_form_keeps_chinese_punctuation() -> None:
    assert as_stored("外防輸入、內防反彈：「動態清零」！") == "外防输入、内防反弹：「动态清零」！"
