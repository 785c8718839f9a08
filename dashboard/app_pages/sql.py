"""SQL: a stored question or one's own SELECT, sandboxed; its rows, a chart of them, and the URL that asks it again."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard import address, ask, catalogue, download, editor, markup, panel, queries
from dashboard.ask import Answer, Failure, Parameter, Question, Running
from dashboard.charts import chosen
from dashboard.view import View, current_view

OWN = ""  # in place of a question's name
PARAMETER = "p_"  # before a question's parameters in the URL
CHART_PARAMETERS = ("chart", "x", "y", "colour")
EVENT_LEVELS = ("national", "province", "prefecture")
CONTEXT = 120  # characters shown on either side of a fault
PATIENCE = 0.1  # seconds between two looks at a running query
LONGEST_IN_ADDRESS = 7000  # bytes of a query as a URL writes it: proxies refuse request lines beyond 8,000


def title_of(question: Question, view: View) -> str:
    """The question's title in the reader's language."""
    return view.text.either(question.title.zh, question.title.en)


def pick_question(view: View, questions: dict[str, Question]) -> Question | None:
    """The stored question that the reader begins from, if any."""
    text = view.text
    name = address.recall("ask")
    chosen_name = name if name in questions else OWN
    st.session_state["pick_ask"] = chosen_name
    if name and name not in questions:
        st.html(markup.alert(text("sql.unknown", name=name[:40])))
    st.selectbox(
        text("sql.question"),
        [OWN, *questions],
        key="pick_ask",
        format_func=lambda key: title_of(questions[key], view) if key else text("sql.own"),
        on_change=begin_question,
    )
    return questions.get(chosen_name)


def begin_question() -> None:
    """Callback: another question starts from its own SQL, values and no chart."""
    stale = [name for name in st.query_params if name.startswith(PARAMETER)]
    address.forget([*stale, *CHART_PARAMETERS, "sql", "explain"])
    st.session_state["sql_long"] = ""
    address.assign(ask=st.session_state["pick_ask"])


def pick_values(view: View, question: Question) -> dict[str, Any] | None:
    """Values of a question's parameters; None where one cannot be read, which is then said."""
    text = view.text
    st.html(markup.note(text.either(question.about.zh, question.about.en)))
    values: dict[str, Any] = {}
    places = st.columns(max(1, min(4, len(question.parameters))))
    for i, parameter in enumerate(question.parameters):
        with places[i % len(places)]:
            try:
                values[parameter.name] = ask.read_parameter(parameter, pick_value(view, parameter))
            except ValueError:
                label = text.either(parameter.meaning.zh, parameter.meaning.en)
                kind, example = text(f"sql.kind.{parameter.type}"), parameter.example
                value = address.recall(PARAMETER + parameter.name)
                st.html(markup.alert(text("sql.value", name=label, kind=kind, example=example, value=value)))
                return None
    return values


def pick_value(view: View, parameter: Parameter) -> str:
    """The text of one parameter: from a list where the question has one."""
    label = markup.markdown(view.text.either(parameter.meaning.zh, parameter.meaning.en))
    default = "" if parameter.default is None else str(parameter.default)
    offered = ask.choices(view.build, parameter.choices_sql) if parameter.choices_sql else []
    name = PARAMETER + parameter.name
    if not offered:
        return address.text_box(name, label, default)
    options = list(dict.fromkeys([*([default] if default in offered else [""]), *offered]))
    words = words_of(view, parameter)
    return address.choose_one(name, label, options, words, default=options[0], shape="list")


def words_of(view: View, parameter: Parameter) -> Callable[[str], str]:
    """Names the values of a parameter: in words where the reader has any for it, the value itself behind them."""
    events: dict[str, str] = {}
    if parameter.name == "event":
        rows = queries.events(view.build, dt.date.min, dt.date.max, EVENT_LEVELS, ())
        events = {
            str(row.event_id): f"{view.text.date(pd.Timestamp(row.date).date())} "
            f"{view.text.either(row.name_zh, row.name_en)}"
            for row in rows.itertuples()
        }

    def name(value: str) -> str:
        words = view.category(value) if parameter.name == "category" else view.code(parameter.name, value)
        words = events.get(value, words)
        return words if words == value or not value else f"{words} ({value})"

    return name


def fits_address(sql: str) -> bool:
    """Whether a query can be kept in the URL, and a link with it be opened."""
    return len(sql) <= address.MAX_LENGTH and len(quote(sql)) <= LONGEST_IN_ADDRESS


def store_query(own: str, words: str, explain: bool) -> None:
    """Callback: what was sent goes into the URL, unless it is the question's own text or too long for one."""
    sql = "" if words.strip() == own else words.strip()
    is_long = not fits_address(sql)
    st.session_state["sql_cancelled"] = None
    st.session_state["sql_long"] = sql if is_long else ""
    address.assign(sql="" if is_long else sql, explain="1" if explain else "")


def edit(view: View, own: str, sql: str, values: dict[str, Any]) -> None:
    """The editor. Typing is kept until a button, or Ctrl+Enter, sends it."""
    text = view.text
    tables = ask.tables(view.build)
    last_key, last = st.session_state.get("sql_answer") or (None, None)
    mark = None
    if isinstance(last, Failure) and last.line and last.column and last_key == key_of(view, sql, values):
        mark = (last.line, last.column)
    editor.draw(
        sql or ask.EXAMPLE,
        text,
        view.look,
        limits=text("sql.limits", seconds=f"{ask.LIMITS.seconds:g}", rows=text.number(ask.LIMITS.rows)),
        longest=ask.LONGEST_SQL,
        relations=[table.name for table in tables],
        columns=sorted({column.name for table in tables for column in table.columns}),
        mark=mark,
        on_run=lambda words, explain: store_query(own, words, explain),
    )


def key_of(view: View, sql: str, values: dict[str, Any]) -> tuple[object, ...]:
    """What an answer is kept by."""
    return (view.build.path, sql, repr(values), address.recall("explain") == "1")


def answer(view: View, sql: str, values: dict[str, Any]) -> Answer | Failure | None:
    """What the query gives, asked once a session and build; None after the reader has cancelled it."""
    key = key_of(view, sql, values)
    last_key, last = st.session_state.get("sql_answer") or (None, None)
    if last_key == key:
        return last
    if st.session_state.get("sql_cancelled") == key:
        return None
    outcome = wait(view, attach(view, sql, values, key), key)
    del st.session_state["sql_running"]
    if not (isinstance(outcome, Failure) and outcome.kind in ("busy", "cancelled")):
        st.session_state["sql_answer"] = (key, outcome)
        if isinstance(outcome, Failure) and outcome.line:
            st.rerun()  # so that the editor, drawn already, marks the place
    return outcome


def attach(view: View, sql: str, values: dict[str, Any], key: tuple[object, ...]) -> Running:
    """The query of this key: the one that runs already, else a new one in place of whatever else runs."""
    held: tuple[object, Running] | None = st.session_state.get("sql_running")
    if held and held[0] == key:
        return held[1]
    if held:
        held[1].cancel()
    running = ask.start(view.build, sql, values, key[-1] is True)
    st.session_state["sql_running"] = (key, running)
    return running


def wait(view: View, running: Running, key: tuple[object, ...]) -> Answer | Failure:
    """Says for how long the query has run, with a button that stops it.

    Whatever else the reader does ends this run of the page, not the query: the next run attaches to it.
    """
    outcome = running.outcome(3 * PATIENCE)
    if outcome is not None:
        return outcome
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        clock = st.empty()
        st.button(view.text("sql.cancel"), key="sql_cancel", icon=":material/stop:", on_click=cancel, args=(key,))
    while (outcome := running.outcome(PATIENCE)) is None:
        seconds = f"{time.monotonic() - running.started:.1f}"
        clock.html(markup.note(view.text("sql.running", seconds=seconds)))  # here Streamlit may end this run
    place.empty()
    return outcome


def cancel(key: object) -> None:
    """Callback: the query ends, and is not asked again until the reader runs it."""
    st.session_state["sql_cancelled"] = key
    _, running = st.session_state.pop("sql_running", None) or (None, None)
    if running:
        running.cancel()


def draw_failure(view: View, failure: Failure, sql: str) -> None:
    """What went wrong, where, and what to do; the engine's own words as they are, where it has any."""
    text = view.text
    lines: list[object] = [text(f"sql.failure.{failure.kind}")]
    if failure.line and failure.column:
        lines[0] = f"{lines[0]} {text('sql.place', line=failure.line, column=failure.column)}"
        lines.append(spot(sql, failure.line, failure.column))
    if failure.reason:
        lines.append(text(f"sql.reason.{failure.reason.code}", **failure.reason.fields))
    elif failure.kind == "failed":
        lines += [text("sql.engine"), markup.tag("code", failure.message)]
    st.html(markup.alert(*lines))


def spot(sql: str, line: int, column: int) -> markup.Html:
    """The line of a query that has a fault, with the word at fault marked."""
    words = sql.split("\n")[line - 1]
    before, rest = words[: column - 1][-CONTEXT:], words[column - 1 :]
    found = re.match(r"\w+|.?", rest)
    fault = found.group() if found else ""
    after = rest[len(fault) :][:CONTEXT]
    return markup.tag("code", f"{line}  {before}", markup.tag("mark", fault or " ", class_="em-hit"), after)


def draw_answer(view: View, found: Answer, sql: str, name: str) -> None:
    """Rows, what cut them short, and what takes them away; then the reader's chart. `name`: of the stored question."""
    text = view.text
    rows = text.count("row", len(found.frame))
    line = text("sql.answer", rows=rows, time=text.number(round(found.elapsed_ms)))
    if found.cut:
        line = f"{line} · {text(f'sql.cut.{found.cut}')}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(markup.chart_head(text("sql.rows"), line))
        download.offer(view, "query", lambda: found.frame, [name, " ".join(sql.split()), *download.origin(view)])
        st.download_button(
            text("sql.parquet"),
            data=lambda: ask.to_parquet(found),
            file_name="query.parquet",
            mime="application/vnd.apache.parquet",
            icon=":material/download:",
            on_click="ignore",
            key="parquet-sql",
        )
    if found.frame.empty:
        st.html(markup.note(text("sql.no_rows")))
        return
    st.dataframe(found.frame, hide_index=True, height="auto" if len(found.frame) < 12 else 440, key="sql-rows")
    draw_chart(view, found)


def draw_chart(view: View, found: Answer) -> None:
    """Pickers of columns, and the chart of them."""
    text = view.text
    first = chosen.first_choice(found.frame)
    if first is None:
        st.html(markup.note(text("sql.no_chart")))
        return
    names = [str(name) for name in found.frame.columns]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = address.choose_one(
            "chart",
            text("sql.chart"),
            ["none", *chosen.KINDS],
            lambda key: text(f"sql.chart.{key}"),
            default="none",
        )
        if kind == "none":
            return
        numbers = chosen.number_columns(found.frame)
        x = address.choose_one("x", text("sql.x"), names, str, default=first[0], shape="list")
        y = address.choose_one("y", text("sql.y"), numbers, str, default=first[1], shape="list")
        colour = address.choose_one(
            "colour", text("sql.colour"), ["", *names], lambda key: key or "—", default="", shape="list"
        )
    panel.draw(
        view,
        "sql-chart",
        text("sql.drawn", y=y, x=x),
        text("sql.drawn.line", rows=text.count("row", len(found.frame))),
        chosen.chosen(found.frame, kind, x, y, colour or None, view.look, text),  # type: ignore[arg-type]
        explanation=text("help.asked"),
    )


def draw_tables(view: View) -> None:
    """The schema browser: all tables with their rows, and the columns of one."""
    text = view.text
    tables = {table.name: table for table in ask.tables(view.build)}
    with st.expander(text("sql.tables"), icon=":material/table:", key="sql-tables"):
        name = address.choose_one(
            "table", text("sql.table"), list(tables), str, default=next(iter(tables)), shape="list"
        )
        table = tables[name]
        st.html(markup.note(catalogue.heading(view, table, ask.count_rows(view.build, table))))
        st.html(catalogue.columns(view, table))


def draw(view: View) -> None:
    """Question, parameters, editor, and the answer or why there is none."""
    text = view.text
    st.html(markup.title(text("sql.title"), text("sql.line")))
    questions = {question.name: question for question in ask.questions()}
    question = pick_question(view, questions)
    values = pick_values(view, question) if question else {}
    own = question.sql if question else ""
    in_address = st.query_params.get("sql", "")
    long = "" if in_address else str(st.session_state.get("sql_long") or "")
    sql = in_address or long or own
    edit(view, own, sql, values or {})
    draw_tables(view)
    if len(in_address) > address.MAX_LENGTH:
        st.html(markup.alert(text("sql.long_link", n=text.number(len(in_address)))))
        return
    if not sql or values is None:
        return
    if long:
        st.html(markup.note(text("sql.long", n=text.number(len(quote(long))), most=text.number(LONGEST_IN_ADDRESS))))
    found = answer(view, sql, values)
    if found is None:
        st.html(markup.note(text("sql.cancelled")))
    elif isinstance(found, Failure):
        draw_failure(view, found, sql)
    elif address.recall("explain") == "1":
        st.html(markup.chart_head(text("sql.plan"), text("sql.plan.line")))
        st.code("\n".join(str(row) for row in found.frame.iloc[:, -1]), language=None)
    else:
        draw_answer(view, found, sql, title_of(question, view) if question else text("sql.own"))


draw(current_view())
