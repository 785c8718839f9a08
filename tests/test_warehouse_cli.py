"""python -m warehouse: output, exit codes, the session."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.small_warehouse import publish_small
from warehouse.cli import main
from warehouse.output import spreadsheet_safe, unique_names, visible, write_csv, write_json, write_table
from warehouse.sandbox import Result as Rows
from warehouse.settings import ROOT


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    publish_small(folder)
    return folder


def call(directory: Path, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given, env={"WAREHOUSE_DIR": str(directory)})


def rows_of(*rows: tuple[object, ...], columns: tuple[str, ...], types: tuple[str, ...]) -> Rows:
    return Rows(columns, types, list(rows), None, 1.0, ())


# sql


def test_a_query_prints_a_table_and_remarks_on_standard_error(directory: Path) -> None:
    done = call(directory, "sql", "SELECT document_id, directive_count AS n FROM documents ORDER BY 1")
    assert done.exit_code == 0
    assert done.stdout == "document_id  n\n───────────  ─\na            2\nb            1\nc            1\n"
    assert done.stderr.startswith("3 rows in ")


def test_a_query_comes_from_standard_input_or_a_file(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.sql"
    path.write_text("SELECT '会议' AS word", "utf-8")
    expected = "word\n会议\n"
    assert call(directory, "sql", "--format", "csv", given="SELECT '会议' AS word").stdout == expected
    assert call(directory, "sql", "--format", "csv", "--file", str(path)).stdout == expected


@pytest.mark.parametrize("place", ["query.sql", "-", ""])
def test_a_query_that_is_no_utf_8_names_the_byte(directory: Path, tmp_path: Path, place: str) -> None:
    query = "SELECT '会议'".encode("gb18030")
    path = tmp_path / "query.sql"
    path.write_bytes(query)
    arguments = [] if not place else ["--file", str(path) if place == "query.sql" else place]
    done = subprocess.run(
        [sys.executable, "-m", "warehouse", "sql", *arguments],
        cwd=ROOT,
        env=os.environ | {"WAREHOUSE_DIR": str(directory)},
        input=query,
        capture_output=True,
    )
    said = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, done.stdout) == (2, b"")
    assert said.endswith(
        f"{path if place == 'query.sql' else '<stdin>'} is no UTF-8: byte 9 is 0xbb; save the query as UTF-8."
    )


def test_a_file_that_cannot_be_read_is_named(directory: Path) -> None:
    done = call(directory, "sql", "--file", "/proc/self/mem")
    assert (done.exit_code, "/proc/self/mem cannot be read" in done.stderr) == (2, True), done.stderr


def test_a_place_that_the_system_refuses_is_one_line(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/proc")
    for arguments in (("sql", "SELECT 1"), ("ask", "copies"), ("sandbox",)):
        done = call(directory, *arguments)
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1), (arguments, done.stderr, done.exception)
        assert "/proc/warehouse-sql-" in done.stderr and "who may read and write" in done.stderr


def test_json_is_an_array_of_objects(directory: Path) -> None:
    done = call(directory, "sql", "--format", "json", "SELECT 1 AS a, [1, 2] AS b, DATE '2022-03-01' AS c, 2 AS a")
    assert json.loads(done.stdout) == [{"a": 1, "b": [1, 2], "c": "2022-03-01", "a_2": 2}]


def test_json_is_json_whatever_the_number(directory: Path) -> None:
    query = """SELECT 1.5 AS x, 12345678901234567890.123456789 AS long, 0.0000001 AS small, 1e300 AS e,
        'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, ['inf'::DOUBLE, 1] AS many, {'a': 'nan'::DOUBLE} AS deep,
        170141183460469231731687303715884105727 AS huge, MAP {1: true} AS map"""

    def fail(word: str) -> None:
        raise AssertionError(word)

    for form in ("json", "csv"):
        printed = call(directory, "sql", "--format", form, query).stdout
        if form == "csv":
            (row,) = csv.DictReader(io.StringIO(printed))
            assert (row["x"], row["long"], row["nan"]) == ("1.5", "12345678901234567890.123456789", "nan")
            assert row["small"] == "0.0000001"
            assert json.loads(row["many"], parse_constant=fail) == [None, 1.0]
            continue
        (row,) = json.loads(printed, parse_constant=fail, parse_float=str, parse_int=str)
        assert row == {
            "x": "1.5",
            "long": "12345678901234567890.123456789",
            "small": "0.0000001",
            "e": "1e+300",
            "nan": None,
            "inf": None,
            "many": [None, "1.0"],
            "deep": {"a": None},
            "huge": "170141183460469231731687303715884105727",
            "map": {"1": True},
        }


def test_parameters_are_bound(directory: Path) -> None:
    done = call(
        directory,
        "sql",
        "--format",
        "csv",
        "--param",
        "w=核酸",
        "SELECT count(*) FROM directives WHERE contains(text, $w)",
    )
    assert done.stdout.splitlines()[1] == "3"


def test_explain_prints_the_plan(directory: Path) -> None:
    done = call(directory, "sql", "--explain", "SELECT count(*) FROM documents WHERE contains(text, '核酸')")
    assert "warehouse.main.documents" in done.stdout


def test_a_cut_result_says_so(directory: Path) -> None:
    done = call(directory, "sql", "--rows", "2", "SELECT * FROM range(5)")
    assert "2 rows in" in done.stderr and "there are more: raise --rows" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("sql", "SELECT 1"), 0, "1 row in"),
        (("sql", "--format", "xml", "SELECT 1"), 2, "'xml' is not one of"),
        (("sql", "--param", "x", "SELECT 1"), 2, "written NAME=VALUE"),
        (("sql", "--param", "x=1", "--param", "x=2", "SELECT $x"), 2, "x is given twice"),
        (("sql", "--file", "/nowhere.sql"), 2, "No such file"),
        (("sql", "DROP TABLE documents"), 3, "Only SELECT can run here, and this is DROP"),
        (("sql", "SELECT * FROM 'x.csv'"), 3, "line 1, column 15"),
        (("sql", "SELECT nope"), 4, 'column "nope"'),
        (("sql", "--seconds", "0.3", "SELECT count(*) FROM range(1000000000000)"), 5, "Stopped after 0.3 s"),
        (("sql", "SELECT repeat('a', 4000000000)"), 5, "more memory"),
        (("ask", "nothing_like_it"), 2, "There is no question"),
        (("ask", "latest_meetings", "--param", "until=May"), 2, "until is a DATE"),
        (("ask", "adoption_curve", "--param", "category=tesing"), 2, "close to it: testing"),
    ],
)
def test_exit_codes_tell_what_went_wrong(directory: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = call(directory, *arguments)
    assert (done.exit_code, message in done.stderr) == (code, True), done.stderr


def test_no_warehouse_is_exit_1_and_names_the_next_step(tmp_path: Path) -> None:
    for arguments in (
        ("sql", "SELECT 1"),
        ("path",),
        ("export", str(tmp_path / "out")),
        ("ask", "copies"),
        ("sandbox",),
    ):
        done = call(tmp_path / "none", *arguments)
        assert (done.exit_code, "python -m etl build" in done.stderr) == (1, True), arguments


def test_an_error_cannot_move_the_terminals_cursor(directory: Path) -> None:
    done = call(directory, "sql", "SELECT chr(27) || '[2J' || 'x'::INTEGER || (chr(27) || '[2J')::INTEGER")
    assert "\x1b" not in done.stderr + done.stdout


def test_ctrl_c_ends_a_query_and_its_process(directory: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "warehouse", "sql", "--seconds", "60", "SELECT count(*) FROM range(1000000000000)"],
        cwd=ROOT,
        env=os.environ | {"WAREHOUSE_DIR": str(directory)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    until = time.monotonic() + 30
    while not (worker := children.read_text().split()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=10)
    assert running.returncode == 130
    assert not Path(f"/proc/{worker[0]}").exists()


# ask, path, dictionary, sandbox


def test_ask_lists_questions_and_answers_one(directory: Path) -> None:
    assert "first_order_by_province" in call(directory, "ask").stdout
    done = call(directory, "ask", "directives_with_word", "--param", "word=停课", "--format", "json")
    assert [row["text"] for row in json.loads(done.stdout)] == ["学校一律停课。"]
    assert "SELECT" in call(directory, "ask", "copies", "--sql").stdout


def test_path_opens_read_only_in_another_client(directory: Path) -> None:
    path = call(directory, "path").stdout.strip()
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (3,)


def test_dictionary_prints_the_document(directory: Path) -> None:
    assert call(directory, "dictionary").stdout == (ROOT / "docs" / "dictionary.md").read_text("utf-8")


def test_sandbox_names_every_layer(directory: Path) -> None:
    printed = call(directory, "sandbox").stdout
    assert len(printed.splitlines()) == 6 and "holds    limits" in printed


# The session, in a real terminal


class Terminal:
    """A session in a pseudo-terminal."""

    def __init__(self, directory: Path, home: Path) -> None:
        self.main, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "warehouse", "sql"],
            cwd=ROOT,
            env=os.environ | {"WAREHOUSE_DIR": str(directory), "XDG_STATE_HOME": str(home), "TERM": "dumb"},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)
        self.unread = b""

    def read_until(self, word: str, seconds: float = 40) -> str:
        """What it printed up to and with the word; the rest waits for the next call."""
        until = time.monotonic() + seconds
        while word.encode() not in self.unread and time.monotonic() < until:
            if select.select([self.main], [], [], 0.2)[0]:
                try:
                    self.unread += os.read(self.main, 65536)
                except OSError:
                    break
        before, found, self.unread = self.unread.partition(word.encode())
        assert found, before.decode("utf-8", "replace")
        return (before + found).decode("utf-8", "replace")

    def type(self, text: str) -> None:
        os.write(self.main, text.encode())


def test_a_session_answers_over_several_lines_and_keeps_its_history(directory: Path, tmp_path: Path) -> None:
    terminal = Terminal(directory, tmp_path)
    terminal.read_until("sql> ")
    terminal.type("SELECT count(*) AS documents\n")
    terminal.read_until("...> ")
    terminal.type("FROM documents;\n")
    assert "3" in terminal.read_until("(1 row in")
    terminal.read_until("sql> ")
    terminal.type("SELECT nope;\n")
    terminal.read_until('column "nope"')
    terminal.type(".describe v_coverage\n")
    terminal.read_until("First day of the month")
    terminal.type(".tables\n")
    terminal.read_until("mart_document_groups  One row")
    terminal.type(".ask adoption_curve category=nope\n")
    terminal.read_until("category cannot be 'nope'")
    terminal.type(".format csv\n.ask directives_with_word word=停课\n")
    terminal.read_until("学校一律停课。")
    terminal.type(".ask directives_with_word 'word=停课\n")
    terminal.read_until("A quotation mark is not closed.")
    terminal.type(".nonsense\n")
    terminal.read_until("not understood")
    terminal.type(".quit\n")
    assert terminal.process.wait(timeout=10) == 0
    history = tmp_path / "epidemic-measures" / "sql_history"
    assert "FROM documents;" in history.read_text("utf-8")
    assert history.stat().st_mode & 0o077 == 0


# Output


def test_a_table_aligns_chinese_and_shows_what_cannot_be_seen() -> None:
    result = rows_of(
        ("上海", 12, None),
        ("a\x1b[2Jb\nc", 3, True),
        columns=("place", "n", "yes"),
        types=("VARCHAR", "BIGINT", "BOOLEAN"),
    )
    lines = write_table(result).splitlines()
    assert lines[2].startswith("上海") and lines[2].endswith("12  ∅")
    assert "\\x1b[2Jb⏎c" in lines[3]


def test_a_long_cell_is_cut_at_the_width_of_its_characters() -> None:
    result = rows_of(("会" * 50,), columns=("t",), types=("VARCHAR",))
    assert write_table(result, widest=10).splitlines()[2] == "会会会会…"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(start: str) -> None:
    result = rows_of((f"{start}1+1", -1), columns=(f"{start}a", "n"), types=("VARCHAR", "INTEGER"))
    header, row = list(csv.reader(io.StringIO(write_csv(result), newline="")))
    assert header == [f"'{start}a", "n"]
    assert row == [f"'{start}1+1", "-1"]


def test_text_that_is_none_stays_as_it_is() -> None:
    assert spreadsheet_safe("会议=部署") == "会议=部署"
    assert unique_names(["n", "n", "m", "n"]) == ["n", "n_2", "m", "n_3"]
    assert unique_names(["n", "n_2", "n", "n"]) == ["n", "n_2", "n_3", "n_4"]
    assert unique_names(["1"] * 50_000)[-1] == "1_50000"
    assert spreadsheet_safe("  =1") == "'  =1"
    assert visible("a‮b\tc\n") == "a\\u202eb\\tc\n"
    assert write_json(rows_of(columns=("a",), types=("INTEGER",))) == "[]\n"


def test_a_query_names_the_next_step_when_the_file_is_damaged(directory: Path, tmp_path: Path) -> None:
    whole = (directory / "current.duckdb").read_bytes()
    start, size = 12288, 262144  # DuckDB's headers, and a block
    blocks = [whole[: at + 8] + bytes(size) + whole[at + 8 + size :] for at in range(start, len(whole), size)]
    path = tmp_path / "current.duckdb"
    found = set()
    for damaged in (b"no database at all" * 1000, whole[: len(whole) // 2], *blocks):
        path.unlink(missing_ok=True)
        (tmp_path / "warehouse-1.duckdb").write_bytes(damaged)
        path.symlink_to("warehouse-1.duckdb")
        done = call(tmp_path, "sql", "SELECT count(text), count(title) FROM documents")
        assert len(done.stderr.splitlines()) == 1, done.stderr
        found.add((done.exit_code, "python -m etl build SOURCE" in done.stderr))
    assert found == {(4, True), (0, False)}  # a block that the query does not read does no harm
