"""SQL: a stored question or one's own SELECT, sandboxed; its rows, a chart of them, and the URL that asks it again."""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

from dashboard import address, ask, catalogue, download, markup, panel
from dashboard.ask import Answer, Failure, Parameter, Question
from dashboard.charts import chosen
from dashboard.view import View, current_view

OWN = ""  # in place of a question's name
EXAMPLE = """SELECT province, count(*) AS directives
FROM v_directives
WHERE is_primary
GROUP BY province
ORDER BY directives DESC"""
PARAMETER = "p_"  # before a question's parameters in the URL
CHART_PARAMETERS = ("chart", "x", "y", "colour")
PATIENCE = 0.1  # seconds between two looks at a running query
EDITOR_HEIGHT = 260


def title_of(question: Question, view: View) -> str:
    return question.title.en if view.text.language == "en" else question.title.zh


def pick_question(view: View, questions: dict[str, Question]) -> Question | None:
    """The stored question that the reader begins from, if any."""
    text = view.text
    name = address.recall("ask")
    chosen_name = name if name in questions else OWN
    st.session_state["pick_ask"] = chosen_name
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
    address.assign(ask=st.session_state["pick_ask"])


def pick_values(view: View, question: Question) -> dict[str, Any] | None:
    """Values of a question's parameters; None where one cannot be read, which is then said."""
    text = view.text
    st.html(markup.note(question.about.en if text.language == "en" else question.about.zh))
    values: dict[str, Any] = {}
    places = st.columns(max(1, min(4, len(question.parameters))))
    for i, parameter in enumerate(question.parameters):
        with places[i % len(places)]:
            try:
                values[parameter.name] = ask.read_parameter(parameter, pick_value(view, parameter))
            except ValueError as error:
                st.html(markup.alert(text("sql.value"), str(error)))
                return None
    return values


def pick_value(view: View, parameter: Parameter) -> str:
    """The text of one parameter: from a list where the question has one."""
    label = markup.markdown(parameter.meaning.en if view.text.language == "en" else parameter.meaning.zh)
    default = "" if parameter.default is None else str(parameter.default)
    offered = ask.choices(view.build, parameter.choices_sql) if parameter.choices_sql else []
    name = PARAMETER + parameter.name
    if not offered:
        return address.search_box(name, label, default)
    options = list(dict.fromkeys([*([default] if default in offered else [""]), *offered]))
    return address.choose_one(name, label, options, lambda key: key or "—", default=options[0], shape="list")


def store_query(own: str, explain: bool) -> None:
    """Callback: what the editor holds goes into the URL, unless it is the question's own text."""
    words = str(st.session_state["sql_editor"] or "").strip()
    st.session_state["sql_cancelled"] = None
    address.assign(sql="" if words == own else words, explain="1" if explain else "")


def edit(view: View, own: str) -> str:
    """The editor; the query that is asked. Typing is kept until a button, or Ctrl+Enter, sends it."""
    text = view.text
    sql = address.recall("sql") or own
    if st.session_state.get("sql_shown") != sql:
        st.session_state["sql_shown"], st.session_state["sql_editor"] = sql, sql or EXAMPLE
    with st.form("sql-form", border=False):
        st.text_area(text("sql.editor"), key="sql_editor", height=EDITOR_HEIGHT, max_chars=address.MAX_LENGTH)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(
                text("sql.run"), type="primary", icon=":material/play_arrow:", on_click=store_query, args=(own, False)
            )
            st.form_submit_button(text("sql.explain"), on_click=store_query, args=(own, True))
            st.html(
                markup.note(text("sql.limits", seconds=f"{ask.LIMITS.seconds:g}", rows=text.number(ask.LIMITS.rows)))
            )
    return sql


def answer(view: View, sql: str, values: dict[str, Any], explain: bool) -> Answer | Failure | None:
    """What the query gives, asked once a session and build; None after the reader has cancelled it."""
    key = (view.build.path, sql, repr(values), explain)
    last = st.session_state.get("sql_answer")
    if last and last[0] == key:
        return last[1]
    if st.session_state.get("sql_cancelled") == key:
        return None
    outcome = wait(view, sql, values, explain, key)
    if not (isinstance(outcome, Failure) and outcome.kind in ("busy", "cancelled")):
        st.session_state["sql_answer"] = (key, outcome)
    return outcome


def wait(view: View, sql: str, values: dict[str, Any], explain: bool, key: object) -> Answer | Failure:
    """Runs the query and says for how long, with a button that stops it; so does whatever else the reader does."""
    running = ask.start(view.build, sql, values, explain)
    if isinstance(running, Failure):
        return running
    started = time.monotonic()
    try:
        outcome = running.outcome(3 * PATIENCE)
        if outcome is not None:
            return outcome
        place = st.empty()
        with place.container(horizontal=True, vertical_alignment="center"):
            clock = st.empty()
            st.button(view.text("sql.cancel"), key="sql_cancel", on_click=cancel, args=(key,))
        while (outcome := running.outcome(PATIENCE)) is None:
            seconds = f"{time.monotonic() - started:.1f}"
            clock.html(markup.note(view.text("sql.running", seconds=seconds)))  # here Streamlit may end this run
        place.empty()
        return outcome
    finally:
        running.cancel()


def cancel(key: object) -> None:
    """Callback: the query is not asked again until the reader runs it."""
    st.session_state["sql_cancelled"] = key


def draw_failure(view: View, failure: Failure) -> None:
    """What went wrong, where, and what to do; the engine's own words as they are."""
    text = view.text
    place = text("sql.place", line=failure.line, column=failure.column) if failure.line else None
    lines = [text(f"sql.failure.{failure.kind}"), *([place] if place else [])]
    st.html(markup.alert(*lines, markup.tag("code", failure.message)))


def draw_answer(view: View, found: Answer, sql: str, name: str) -> None:
    text = view.text
    rows = text.count("row", len(found.frame))
    line = text("sql.answer", rows=rows, time=text.number(round(found.elapsed_ms)))
    if found.cut:
        line = f"{line} · {text(f'sql.cut.{found.cut}')}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(markup.chart_head(text("sql.rows"), line))
        notes = [name, " ".join(sql.split()), f"{text('download.build')}: {view.build.build_id}"]
        st.download_button(
            text("panel.csv"),
            data=download.as_csv(found.frame, notes),
            file_name="query.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="csv-sql",
        )
        st.download_button(
            text("sql.parquet"),
            data=ask.to_parquet(found),
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
    )


def draw_tables(view: View) -> None:
    """The schema browser."""
    text = view.text
    tables = {table.name: table for table in ask.tables(view.build)}
    with st.expander(text("sql.tables"), icon=":material/table:", key="sql-tables"):
        name = address.choose_one(
            "table", text("sql.table"), list(tables), str, default=next(iter(tables)), shape="list"
        )
        st.html(markup.note(catalogue.heading(view, tables[name])))
        st.html(catalogue.columns(view, tables[name]))


def draw(view: View) -> None:
    text = view.text
    st.html(markup.title(text("sql.title"), text("sql.line")))
    questions = {question.name: question for question in ask.questions()}
    question = pick_question(view, questions)
    values = pick_values(view, question) if question else {}
    own = question.sql if question else ""
    sql = edit(view, own)
    draw_tables(view)
    if not sql or values is None:
        return
    explain = address.recall("explain") == "1"
    found = answer(view, sql, values, explain)
    if found is None:
        st.html(markup.note(text("sql.cancelled")))
    elif isinstance(found, Failure):
        draw_failure(view, found)
    elif explain:
        st.html(markup.chart_head(text("sql.plan"), text("sql.plan.line")))
        st.code("\n".join(str(row) for row in found.frame.iloc[:, -1]), language=None)
    else:
        draw_answer(view, found, sql, title_of(question, view) if question else text("sql.own"))


draw(current_view())
