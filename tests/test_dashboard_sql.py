"""The SQL page and the dictionary: questions, own queries, what the URL restores, failures, charts."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import ask, builds
from dashboard.ask import Answer, Failure, answer_of, to_parquet
from dashboard.builds import Build
from dashboard.charts.chosen import MOST_BARS, chosen, first_choice, number_columns
from dashboard.text import LANGUAGES, Text
from dashboard.theme import LIGHT
from tests.small_warehouse import publish_small
from tests.test_dashboard_pages import charts, run, words
from warehouse.ask import list_questions
from warehouse.connection import published_path
from warehouse.sandbox import Limits, Result, RunningQuery, start_query

EN = Text("en")
ENDLESS = "SELECT count(*) FROM range(1000000000000)"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small")
    publish_small(directory)
    return directory


# The page


def editor(app: AppTest) -> dict[str, Any]:
    """What the editor is given."""
    given = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    (found,) = [data for data in given if "relations" in data]
    return found


def test_page_asks_nothing_before_the_reader_does(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en")
    assert not app.dataframe
    assert editor(app)["sql"].startswith("SELECT province")
    assert {"v_directives", "documents"} <= set(editor(app)["relations"]) and "province" in editor(app)["columns"]


def test_a_query_that_no_url_holds_is_run_and_said_not_to_be_in_the_link(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(small, monkeypatch, "sql", lang="en")
    app.session_state["sql_long"] = f"SELECT 7 AS n -- {'字' * 3000}"
    app.run()
    assert list(app.dataframe[0].value["n"]) == [7] and "sql" not in app.query_params
    assert "too long for the address" in words(app)
    app.selectbox(key="pick_ask").set_value("wording_by_level").run()
    assert "too long" not in words(app) and "字字" not in editor(app)["sql"]


def test_a_link_whose_query_is_too_long_is_not_cut_and_run(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", sql=f"SELECT 1 -- {'x' * 5000}\n+ 1")
    assert "has 5,016 characters" in words(app) and not app.dataframe


def test_a_shared_link_gives_the_same_rows_and_chart(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT province, count(*) AS n FROM v_directives GROUP BY 1 ORDER BY 1"
    app = run(small, monkeypatch, "sql", lang="en", sql=sql, chart="bar", x="province", y="n")
    assert editor(app)["sql"] == sql
    assert app.dataframe[0].value.to_dict("list") == {"province": ["上海市", "北京市"], "n": [3, 1]}
    assert len(charts(app)) == 1 and "n by province" in words(app)


def test_stored_question_takes_its_values_from_the_url(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", ask="directives_with_word", p_word="停课")
    assert list(app.dataframe[0].value["text"]) == ["学校一律停课。"]
    assert "sql" not in app.query_params


def test_values_to_choose_from_are_in_words(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_warehouse, monkeypatch, "sql", lang="zh", ask="adoption_curve")
    assert app.selectbox(key="pick_p_category").options[:2] == ["检测筛查 (testing)", "流调排查 (tracing)"]
    app = run(sample_warehouse, monkeypatch, "sql", lang="en", ask="most_active_issuers")
    assert "Government (government)" in app.selectbox(key="pick_p_kind").options
    app = run(sample_warehouse, monkeypatch, "sql", lang="en", ask="after_an_event")
    assert app.selectbox(key="pick_p_event").options[0].endswith("(1)")
    assert not app.selectbox(key="pick_p_event").options[0].startswith("1")


def test_another_question_begins_afresh(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(
        small, monkeypatch, "sql", lang="en", ask="directives_with_word", p_word="停课", chart="bar", sql="SELECT 1"
    )
    app.selectbox(key="pick_ask").set_value("wording_by_level").run()
    assert not {"sql", "chart", "p_word"} & set(app.query_params)
    assert list(app.dataframe[0].value["level"]) == ["province"]


def test_a_value_of_the_wrong_type_is_said_to_be(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", ask="latest_meetings", p_until="May")
    assert "is to be a date, such as 2020-02-03, not “May”" in words(app) and not app.dataframe
    app = run(small, monkeypatch, "sql", lang="zh", ask="latest_meetings", p_until="May")
    assert "应是日期，如 2020-02-03；填的是“May”" in words(app) and not app.dataframe


def test_a_link_to_no_stored_question_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", ask="<b>nope")
    assert "No such stored question: &lt;b&gt;nope" in words(app)


@pytest.mark.parametrize(
    ("sql", "kind", "place"),
    [
        ("SELECT *\nFROM nowhere", "refused", (2, 6)),
        ("SELECT nope FROM documents", "failed", (1, 8)),
        ("SELECT '会议', <b>nope</b> FROM documents", "failed", (1, 14)),
        ("DROP TABLE documents", "refused", None),
        ("SELECT * FROM read_text('/etc/passwd')", "refused", (1, 15)),
        ("SELECT repeat('a', 4000000000)", "memory", None),
    ],
)
def test_failures_say_what_where_and_what_next(
    small: Path, monkeypatch: pytest.MonkeyPatch, sql: str, kind: str, place: tuple[int, int] | None
) -> None:
    app = run(small, monkeypatch, "sql", lang="en", sql=sql)
    assert EN(f"sql.failure.{kind}") in words(app)
    assert not app.dataframe
    if place is None:
        assert editor(app)["mark"] is None
    else:
        assert editor(app)["mark"] == {"line": place[0], "column": place[1]}
        assert EN("sql.place", line=place[0], column=place[1]) in words(app)
        assert '<mark class="em-hit">' in words(app) and "<b>nope" not in words(app)


def test_a_refusal_is_in_the_readers_language(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT * FROM dokuments"
    assert "本库没有表 dokuments；是不是 documents" in words(run(small, monkeypatch, "sql", lang="zh", sql=sql))
    assert "did you mean documents" in words(run(small, monkeypatch, "sql", lang="en", sql=sql))
    shown = words(run(small, monkeypatch, "sql", lang="hant", sql="DROP TABLE documents"))
    assert "這裡只能查詢，而這是 DROP。" in shown and "SELECT can run" not in shown


def test_a_bomb_is_stopped_and_the_page_stands(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "LIMITS", Limits(seconds=0.6))
    app = run(small, monkeypatch, "sql", lang="zh", sql=ENDLESS)
    assert Text("zh")("sql.failure.time") in words(app)


def test_what_was_stopped_is_not_asked_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def start(sql: str, *rest: Any, **limits: Any) -> RunningQuery:
        asked.append(sql)
        return start_query(sql, *rest, **limits)

    monkeypatch.setattr(ask, "LIMITS", Limits(seconds=0.4))
    monkeypatch.setattr(ask, "start_query", start)
    app = run(small, monkeypatch, "sql", lang="en", sql="SELECT 1 AS n")
    assert len(asked) == 1
    del app.session_state["sql_answer"]
    build = builds.current_build()
    assert build
    app.session_state["sql_cancelled"] = (build.path, "SELECT 1 AS n", "{}", False)
    app.run()
    assert EN("sql.cancelled") in words(app) and len(asked) == 1


def test_a_query_goes_on_until_it_is_stopped(small: Path) -> None:
    running = ask.start(Build(str(published_path(small)), "b"), ENDLESS, {}, False)
    assert running.outcome(0.3) is None
    running.cancel()
    ended = running.outcome(5)
    assert isinstance(ended, Failure) and ended.kind == "cancelled"


def test_an_answer_is_asked_once_when_the_chart_changes(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", sql="SELECT gen_random_uuid()::VARCHAR AS u, 1 AS n")
    first = app.dataframe[0].value["u"][0]
    app.segmented_control(key="pick_chart").set_value("point").run()
    assert app.dataframe[0].value["u"][0] == first and len(charts(app)) == 1


def test_plan_is_shown_and_nothing_run(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "sql", lang="en", sql=ENDLESS, explain="1")
    assert "RANGE" in app.code[0].value.upper() and not app.dataframe


def test_tables_are_browsed_with_their_comments(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = words(run(small, monkeypatch, "sql", lang="en", table="documents"))
    assert "One row an announcement. · 3 rows" in shown and "<code>raw_sha256</code>" in shown
    assert "每篇公告一行" in words(run(small, monkeypatch, "sql", lang="zh", table="documents"))


def test_every_question_is_asked_from_the_page(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for question, language in zip(list_questions(), itertools.cycle(LANGUAGES)):
        app = run(sample_warehouse, monkeypatch, "sql", lang=language, ask=question.name)
        assert app.dataframe or question.empty, question.name
        assert 'class="em-alert"' not in words(app), question.name


def test_dictionary_has_every_table_and_column(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "dictionary", lang="en")
    labels = {expander.label.replace("\\", "") for expander in app.expander}
    named = {label.split("**")[1] for label in labels if label.startswith("**")}
    assert {"v_directives", "documents", "mart_days"} <= named
    assert "**documents** One row an announcement. · 3 rows" in labels
    assert "Wording strength: encourage, require or strict." in words(app)


# Answers as tables


def result(types: tuple[str, ...], *rows: tuple[object, ...]) -> Result:
    return Result(tuple(f"c{i}" for i in range(len(types))), types, list(rows), None, 1.0, ())


def test_answer_holds_what_a_table_can_show() -> None:
    frame = answer_of(
        result(
            ("BIGINT", "HUGEINT", "DECIMAL(3,2)", "VARCHAR[]", "STRUCT(a INTEGER)", "DATE"),
            (1, 2**100, Decimal("1.50"), ["会", None], {"a": 1}, dt.date(2022, 3, 1)),
            (None, None, None, None, None, None),
        )
    ).frame
    assert [None if pd.isna(value) else value for value in frame.iloc[1]] == [None] * 6
    assert list(frame.iloc[0]) == [1, str(2**100), 1.5, '["会", null]', '{"a": 1}', dt.date(2022, 3, 1)]


def test_decimals_are_numbers_where_a_float_holds_every_digit() -> None:
    long = Decimal("12345678901234567890.123456789")
    frame = answer_of(
        result(("DECIMAL(38,9)", "DECIMAL(38,2)"), (long, Decimal("0.10")), (Decimal("0.000000001"), None))
    ).frame
    assert list(frame["c0"]) == ["12345678901234567890.123456789", "0.000000001"]
    assert frame["c1"].dtype == float and frame["c1"].iloc[0] == 0.1


def test_parquet_keeps_types() -> None:
    answer = answer_of(result(("BIGINT", "DATE", "VARCHAR"), (1, dt.date(2022, 3, 1), "=1+1"), (None, None, None)))
    table = pq.read_table(io.BytesIO(to_parquet(answer)))
    assert [str(field.type) for field in table.schema] == ["int64", "date32[day]", "large_string"]
    assert table.to_pylist()[0] == {"c0": 1, "c1": dt.date(2022, 3, 1), "c2": "=1+1"}


# Charts of picked columns


def test_chart_begins_with_time_across_and_a_number_up() -> None:
    frame = pd.DataFrame({"name": ["a"], "day": [dt.date(2022, 3, 1)], "n": [1], "yes": [True]})
    assert first_choice(frame) == ("day", "n")
    assert number_columns(frame) == ["n"]
    assert first_choice(frame[["name", "yes"]]) is None
    assert first_choice(frame[["n"]]) == ("n", "n")


def test_bars_of_names_keep_the_order_of_the_rows_and_are_bounded() -> None:
    frame = pd.DataFrame({"name": [f"省{i}" for i in range(100)], "n": range(100)})
    chart = chosen(frame, "bar", "name", "n", None, LIGHT, EN)
    assert list(chart.figure.data[0].y) == [f"省{i}" for i in range(MOST_BARS)]
    assert list(chart.figure.layout.yaxis.categoryarray)[-1] == "省0"
    assert len(chart.table) == MOST_BARS


def test_a_trace_for_every_value_of_the_colour_and_hostile_names_stay_words() -> None:
    frame = pd.DataFrame({"day": [dt.date(2022, 3, 1)] * 3, "n": [1, 2, None], "who": ["<b>x</b>", "y", "y"]})
    chart = chosen(frame, "line", "day", "n", "who", LIGHT, EN)
    assert [trace.name for trace in chart.figure.data] == ["&lt;b&gt;x&lt;/b&gt;", "y"]
    assert all("<b>x</b>" not in str(trace.hovertext) for trace in chart.figure.data)
    assert chart.alt == "n over day, 2 points."


def test_an_axis_of_time_is_in_the_readers_words() -> None:
    frame = pd.DataFrame({"day": [dt.date(2022, 3, 1), dt.date(2022, 12, 1)], "n": [1, 2]})
    assert chosen(frame, "line", "day", "n", None, LIGHT, Text("zh")).figure.layout.xaxis.tickformat == "%-m月\n%Y年"
    assert chosen(frame[:1], "bar", "day", "n", None, LIGHT, EN).figure.layout.xaxis.tickformat == "%-d %b\n%Y"


def test_a_chart_of_one_column_over_itself_is_drawn() -> None:
    assert list(chosen(pd.DataFrame({"n": [1, 2]}), "point", "n", "n", None, LIGHT, EN).table.columns) == ["n"]


def test_answer_is_a_record_of_its_own() -> None:
    assert isinstance(answer_of(result(("INTEGER",), (1,))), Answer)
