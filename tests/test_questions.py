"""Stored questions: their headers, and every one asked of the sample through the sandbox."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from warehouse.ask import (
    Parameter,
    Question,
    Words,
    check_choices,
    find_question,
    list_questions,
    read_pairs,
    read_question,
)
from warehouse.connection import published_path
from warehouse.errors import QuestionError
from warehouse.sandbox import run_query

QUESTIONS = list_questions()
LEAST_QUESTIONS = 15


def test_there_are_enough_and_all_are_found_by_name() -> None:
    assert len(QUESTIONS) >= LEAST_QUESTIONS
    assert [find_question(question.name) for question in QUESTIONS] == list(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_question_has_rows_or_says_when_it_has_none(question: Question, sample_warehouse: Path) -> None:
    result = run_query(question.sql, question.bind({}), database=published_path(sample_warehouse))
    assert result.rows or question.empty
    assert result.cut is None
    assert len(set(result.columns)) == len(result.columns)


@pytest.mark.parametrize(
    ("question", "parameter"),
    [(q, p) for q in QUESTIONS for p in q.parameters if p.choices_sql],
    ids=lambda value: value.name,
)
def test_choices_are_one_column_that_holds_the_default(
    question: Question, parameter: Parameter, sample_warehouse: Path
) -> None:
    result = run_query(parameter.choices_sql or "", database=published_path(sample_warehouse))
    values = [value for (value,) in result.rows]
    assert None not in values
    assert parameter.default is None or parameter.default in values or question.empty


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_question_takes_null_for_what_it_calls_empty(question: Question, sample_warehouse: Path) -> None:
    optional = [p for p in question.parameters if p.default is None]
    assert all("empty for all" in p.meaning.en for p in optional)
    for parameter in optional:
        chosen = (
            run_query(parameter.choices_sql, database=published_path(sample_warehouse))
            if parameter.choices_sql
            else None
        )
        value = chosen.rows[0][0] if chosen and chosen.rows else "疫情"
        run_query(question.sql, question.bind({parameter.name: value}), database=published_path(sample_warehouse))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_parameter_is_used_and_every_name_explained(question: Question) -> None:
    assert [p.name for p in question.parameters if f"${p.name}" not in question.sql] == []
    assert (
        question.title.en and question.title.zh and question.about.en.endswith(".") and question.about.zh.endswith("。")
    )


def test_first_order_of_mass_testing_has_every_province(sample_warehouse: Path) -> None:
    question = find_question("first_order_by_province")
    rows = run_query(question.sql, question.bind({}), database=published_path(sample_warehouse)).rows
    assert len(rows) >= 31
    dates = [row[2] for row in rows if row[2] is not None]
    assert dates == sorted(dates)
    assert {row[1] for row in rows} <= {"ordered", "not_ordered", "no_documents"}


def test_values_are_read_as_their_types() -> None:
    question = find_question("latest_meetings")
    assert question.bind({"until": "2022-03-31", "how_many": "5"}) == {
        "until": date(2022, 3, 31),
        "province": None,
        "how_many": 5,
    }


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("latest_meetings", {"until": "31.3.2022"}, "until is a DATE such as 2020-02-03, not '31.3.2022'"),
        ("latest_meetings", {"how_many": "many"}, "how_many is a INTEGER such as 20"),
        (
            "latest_meetings",
            {"month": "3"},
            "latest_meetings has no parameter 'month'; it takes how_many, province, until",
        ),
        ("copies", {"a": "b"}, "it takes no parameters"),
    ],
)
def test_wrong_values_are_named(name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        find_question(name).bind(given)


def test_names_that_are_near_are_offered_as_such() -> None:
    every = f"lists all {len(QUESTIONS)}"
    with pytest.raises(QuestionError, match=f"no question 'latest_meeting'; close to it: latest_meetings.*{every}"):
        find_question("latest_meeting")
    with pytest.raises(QuestionError, match=rf"no question 'weather'\. `python -m warehouse ask`.* {every}"):
        find_question("weather")


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["word=a", "$word=b"], "word is given twice, as 'a' and 'b'; keep one"),
        (["word"], "written NAME=VALUE, not 'word'"),
        (["=a"], "written NAME=VALUE, not '=a'"),
    ],
)
def test_pairs_that_are_not_plain_are_refused(pairs: list[str], message: str) -> None:
    with pytest.raises(QuestionError, match=re.escape(message)):
        read_pairs(pairs)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("first_order_by_province", {"category": "tesing"}, "category cannot be 'tesing'; close to it: testing"),
        ("first_order_by_province", {"category": "nope"}, "category cannot be 'nope'. `python -m warehouse sql"),
        ("category_profile", {"province": "上海"}, "province cannot be '上海'; close to it: 上海市"),
        ("after_an_event", {"event": "99999"}, "event cannot be '99999'"),
    ],
)
def test_a_value_outside_the_choices_is_refused(
    name: str, given: dict[str, str], message: str, sample_warehouse: Path
) -> None:
    question = find_question(name)
    with pytest.raises(QuestionError, match=re.escape(message)):
        check_choices(question, question.bind(given), published_path(sample_warehouse))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("first_order_by_province", {"category": "schools"}),
        ("directives_by_month", {"category": ""}),
        ("after_an_event", {"event": "2"}),
        ("directives_with_word", {"word": "nope"}),  # has no choices
        ("index_beside_directives", {"index": "nope"}),  # the sample has no index to choose
    ],
)
def test_a_value_that_may_be_asked_for_passes(name: str, given: dict[str, str], sample_warehouse: Path) -> None:
    question = find_question(name)
    check_choices(question, question.bind(given), published_path(sample_warehouse))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-- title: A | 甲\nSELECT 1", "line 1: the header has no about"),
        ("-- title: A\n-- about: B. | 乙。\nSELECT 1", "write English | 中文, not 'A'"),
        ("-- titel: A | 甲\nSELECT 1", "line 1: a header line is title, about"),
        (
            "-- title: A | 甲\n-- about: B. | 乙。\n-- parameter x NUMBER = 1: X | 丙\nSELECT 1",
            "line 3: write -- parameter",
        ),
        (
            "-- title: A | 甲\n-- about: B. | 乙。\n-- choices x: SELECT 1\nSELECT 1",
            "choices for x, which is no parameter",
        ),
        ("-- title: A | 甲\n-- about: B. | 乙。\n-- parameter x DATE = may: X | 丙\nSELECT 1", "x is a DATE such as"),
    ],
)
def test_a_header_that_is_not_understood_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "q.sql"
    path.write_text(text, "utf-8")
    with pytest.raises(QuestionError, match=message.replace("|", r"\|")):
        read_question(path)


def test_a_header_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "q.sql"
    path.write_text(
        """-- title: A | 甲
-- about: B. | 乙。
-- parameter x DOUBLE = 0.5: X: at least | 丙
-- choices x: SELECT 1
-- empty: on Sundays

-- a remark
SELECT $x
""",
        "utf-8",
    )
    assert read_question(path) == Question(
        name="q",
        title=Words("A", "甲"),
        about=Words("B.", "乙。"),
        parameters=(Parameter("x", "DOUBLE", 0.5, Words("X: at least", "丙"), "SELECT 1"),),
        empty="on Sundays",
        sql="-- a remark\nSELECT $x",
    )
