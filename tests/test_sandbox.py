"""The SQL sandbox: what it answers, and that nothing gets out of it, file by file of tests/cases/sql_attacks."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.small_warehouse import publish_small
from warehouse import sandbox
from warehouse.errors import (
    QueryBusyError,
    QueryCancelledError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeError,
)
from warehouse.gate import SYSTEM_VIEWS, TABLE_FUNCTIONS, Refusal, find_refusal
from warehouse.sandbox import Limits, Result, RunningQuery, run_query, start_query

ATTACKS = Path(__file__).parent / "cases" / "sql_attacks"
WORKER_COMMAND = sandbox._worker_command
TIGHT = Limits(seconds=0.3, threads=1, memory_mb=256, address_space=1 << 30)
SLACK = 1.7  # seconds beyond the limit that a start and a kill may take on a busy machine
EVERY_LAYER = {"limits", "network", "landlock", "system-calls", "root-directory", "ordinary-user"}

# What the names in braces of bombs.tsv stand for.
BUILT = {
    "deep_parens": "(" * 5000 + "1" + ")" * 5000,
    "deep_sum": "+".join(["1"] * 20000),
    "deep_list": "[" * 3000 + "1" + "]" * 3000,
    "deep_struct": "{'a': " * 2000 + "1" + "}" * 2000,
    "deep_subquery": "(SELECT " * 1500 + "1" + ")" * 1500,
    "deep_case": "CASE WHEN true THEN " * 1500 + "1" + " END" * 1500,
    "deep_not": "NOT " * 20000 + "true",
    "wide": ",".join(["1"] * 30000),
    "long_in": "1 IN (" + ",".join(["1"] * 40000) + ")",
    "many_tables": ", ".join(f"documents AS t{i}" for i in range(2000)),
    "many_ctes": "c60 AS (FROM documents), "
    + ", ".join(f"c{i} AS (FROM c{i + 1} AS a, c{i + 1} AS b)" for i in reversed(range(60))),
    "doubling_struct": "x FROM (SELECT {'a': x, 'b': x} AS x FROM " * 30 + "(SELECT 1 AS x)" + ")" * 30,
    "nested_lists": "::INTEGER" + "[]" * 2000,
    "cube": ", ".join(f"range % {i}" for i in range(2, 17)),
    "nested_lambdas": "list_transform(" * 60 + "[1]" + "".join(f", lambda x{i}: [x{i}, x{i}])" for i in range(60)),
    "many_joins": " ".join(f"JOIN documents AS d{i} USING (document_id)" for i in range(200)),
    "semicolons": ";" * 90000,
    "quotes": "'" * 99001,
    "many_unions": " UNION ALL ".join(["SELECT 1"] * 5000),
}


@dataclass(frozen=True)
class Prey:
    """What attacks are after: a published warehouse, a file beside it, a port that listens."""

    database: Path
    canary: Path
    port: int

    def fill(self, sql: str) -> str:
        for name, value in {
            "canary": self.canary,
            "folder": self.canary.parent,
            "database": self.database,
            "port": self.port,
            **BUILT,
        }.items():
            sql = sql.replace("{" + name + "}", str(value))
        return sql.replace("\\n", "\n").replace("\\x00", "\0").replace("\\ud800", "\ud800")

    def state(self) -> tuple[str, str, list[str]]:
        """Everything that an attack might have changed."""
        return (
            hashlib.sha256(self.database.read_bytes()).hexdigest(),
            self.canary.read_text(),
            sorted(str(p) for folder in (self.database.parent, self.canary.parent) for p in folder.iterdir()),
        )


@pytest.fixture(autouse=True, scope="module")
def own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Places for queries that no other process of this user shares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("places")))
        yield


@pytest.fixture(scope="module")
def prey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prey]:
    database = publish_small(tmp_path_factory.mktemp("published"))
    database.chmod(0o666)  # so that the file's own mode is not what saves it
    folder = tmp_path_factory.mktemp("elsewhere")
    folder.chmod(0o777)
    canary = folder / "canary.csv"
    canary.write_text("a\ncanary-was-read\n")
    canary.chmod(0o666)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        listener.settimeout(0.1)
        yield Prey(database, canary, listener.getsockname()[1])
        with pytest.raises(TimeoutError):
            listener.accept()  # nobody called


@pytest.fixture(scope="module")
def database(prey: Prey) -> Path:
    return prey.database


def attacks(file: str) -> list[list[str]]:
    lines = (ATTACKS / file).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def outcome(sql: str, database: Path, limits: Limits | None = None) -> Result | QueryError:
    try:
        return run_query(sql, database=database, limits=limits)
    except QueryError as error:
        return error


# What it answers


def test_values_come_back_in_their_types(database: Path) -> None:
    result = run_query(
        """SELECT 1 AS i, 1.5::DECIMAL(3, 2) AS d, DATE '2022-03-01' AS day, TIMESTAMP '2022-03-01 08:00:00' AS moment,
        'a'::BLOB AS bytes, ['会议', NULL] AS list, {'a': DATE '2022-03-01'} AS struct, MAP {1: 2} AS map,
        NULL AS nothing, 'NaN'::DOUBLE <> 0 AS yes, TIME '08:30:00' AS clock, INTERVAL 1 DAY AS span""",
        database=database,
    )
    assert result.columns[:4] == ("i", "d", "day", "moment")
    assert result.types[:4] == ("INTEGER", "DECIMAL(3,2)", "DATE", "TIMESTAMP")
    (row,) = result.rows
    assert row[:10] == (
        1,
        Decimal("1.50"),
        date(2022, 3, 1),
        datetime(2022, 3, 1, 8),
        b"a",
        ["会议", None],
        {"a": "2022-03-01"},
        {"1": 2},
        None,
        True,
    )
    assert row[10].isoformat() == "08:30:00"
    assert row[11] == "1 day, 0:00:00"


def test_times_with_a_zone_are_in_utc(database: Path) -> None:
    result = run_query("SELECT TIMESTAMPTZ '2022-03-01 08:00:00+08' AS t, now() AS n", database=database)
    assert result.rows[0][0] == datetime(2022, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "DESCRIBE documents",
        "SUMMARIZE SELECT title FROM documents",
        "FROM v_directives SELECT title",
        "TABLE documents",
        "VALUES (1), (2)",
        "SELECT * FROM warehouse.main.documents",
        "SELECT * FROM main.v_measures WHERE category IN (SELECT category_id FROM categories)",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t",
        "SELECT d.title, x.text FROM documents AS d JOIN directives AS x USING (document_id)",
        "SELECT u FROM documents, UNNEST(region_path) AS t(u)",
        "PIVOT documents ON doc_type IN ('meeting', 'notice') USING count(*)",
        "UNPIVOT (SELECT document_id, title, text FROM documents) ON title, text INTO NAME field VALUE words",
        "SELECT table_name, comment FROM duckdb_tables()",
        "SELECT column_name FROM information_schema.columns",
        "SELECT list_transform([1, 2], lambda x: x + 1), range(3)",
        "SELECT * FROM range(3), generate_series(1, 2)",
        "SELECT COLUMNS('.*_date') FROM documents",
        "SELECT count(*) FILTER (is_primary) OVER (PARTITION BY level ORDER BY date) FROM documents",
        "SELECT doc_type, count(*) FROM documents GROUP BY ROLLUP (doc_type) HAVING count(*) > 0",
        "-- a remark\nSELECT 1 /* and another */;",
        "SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3",
        "FROM documents TABLESAMPLE 50 PERCENT",
        "SELECT * FROM documents ASOF JOIN events ON documents.date >= events.date",
        "SELECT CASE WHEN true THEN 1 END, CAST('1' AS INTEGER), 'a' COLLATE NOCASE, 1 BETWEEN 0 AND 2",
        "SELECT j.value FROM json_each('[1, 2]') AS j",
        "SELECT * EXCLUDE (raw_text) REPLACE (upper(source) AS source) FROM documents ORDER BY ALL LIMIT 1",
    ],
)
def test_an_analysts_select_runs_as_it_is(database: Path, sql: str) -> None:
    assert isinstance(run_query(sql, database=database), Result)


def test_parameters_are_bound_never_spliced(database: Path) -> None:
    result = run_query(
        "SELECT $word AS word, $day::DATE AS day, $many AS many, $none::VARCHAR IS NULL AS none",
        {"word": "'); DROP TABLE documents; --", "day": date(2022, 3, 1), "many": ["a", "b"], "none": None},
        database=database,
    )
    assert result.rows == [("'); DROP TABLE documents; --", date(2022, 3, 1), ["a", "b"], True)]


def test_rows_beyond_the_limit_are_cut_and_said_so(database: Path) -> None:
    result = run_query("SELECT * FROM range(1000)", database=database, limits=Limits(rows=300))
    assert (len(result.rows), result.cut, result.truncated) == (300, "rows", True)
    result = run_query("SELECT * FROM range(300)", database=database, limits=Limits(rows=300))
    assert (len(result.rows), result.cut, result.truncated) == (300, None, False)


def test_bytes_beyond_the_limit_are_cut_and_said_so(database: Path) -> None:
    result = run_query("SELECT repeat('会', 1000) FROM range(100)", database=database, limits=Limits(bytes=10_000))
    assert (len(result.rows), result.cut) == (3, "bytes")


def test_one_row_that_is_too_large_says_what_to_do(database: Path) -> None:
    with pytest.raises(QueryFailedError, match="One row alone is larger than 1 MB; select fewer columns"):
        run_query("SELECT repeat('a', 2000000)", database=database, limits=Limits(bytes=1_000_000))


def test_explain_shows_the_plan_and_runs_nothing(database: Path) -> None:
    result = run_query("SELECT count(*) FROM range(1000000000000)", database=database, explain=True)
    assert "RANGE" in str(result.rows).upper()


@pytest.mark.parametrize(
    ("sql", "kind", "line", "column", "message"),
    [
        ("SELECT\n  nope\nFROM documents", QueryFailedError, 2, 3, 'Referenced column "nope" not found'),
        ("SELECT '会议' AS x y", QueryFailedError, 1, 18, "syntax error"),
        ("SELECT '会议' FROM dokuments", QueryRefusedError, 1, 18, "did you mean documents"),
        ("SELECT 1\n;DROP TABLE documents", QueryRefusedError, None, None, "Only one statement"),
        ("SELECT *\nFROM read_text('/etc/passwd')", QueryRefusedError, 2, 6, "Table function read_text cannot run"),
        ("PIVOT documents ON level USING count(*)", QueryRefusedError, None, None, "PIVOT needs its columns named"),
        ("EXPLAIN SELECT 1", QueryRefusedError, None, None, "--explain"),
        ("", QueryRefusedError, None, None, "holds no statement"),
        ("SELECT $nothing", QueryFailedError, None, None, "Values were not provided"),
        (f"SELECT {BUILT['wide']}", QueryFailedError, None, None, "has 30000 columns; 1000 are allowed"),
        ("SELECT 'x'::INTEGER", QueryFailedError, None, None, "Could not convert string 'x'"),
    ],
)
def test_an_error_names_its_place(
    database: Path, sql: str, kind: type[QueryError], line: int | None, column: int | None, message: str
) -> None:
    with pytest.raises(kind, match=message) as raised:
        run_query(sql, database=database)
    if line is not None:
        assert (raised.value.line, raised.value.column) == (line, column)


def has_ended(running: RunningQuery) -> bool:
    return running._process.poll() is not None


def test_a_query_can_be_cancelled_from_another_thread(database: Path) -> None:
    running = start_query("SELECT count(*) FROM range(1000000000000)", database=database)
    timer = threading.Timer(0.3, running.cancel)
    timer.start()
    started = time.monotonic()
    with pytest.raises(QueryCancelledError):
        running.result()
    assert time.monotonic() - started < 5
    assert has_ended(running)


def test_a_query_that_nobody_waits_for_ends_all_the_same(database: Path) -> None:
    running = start_query("SELECT count(*) FROM range(1000000000000)", database=database, limits=TIGHT)
    until = time.monotonic() + TIGHT.seconds + 3
    while not has_ended(running) and time.monotonic() < until:
        time.sleep(0.05)
    assert has_ended(running)
    with pytest.raises(QueryTimeError):
        running.result()


ENDLESS = "SELECT sum(a.range * b.range) FROM range(1000000) AS a, range(1000000) AS b"


def test_no_more_queries_run_than_allowed(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    limits = Limits(seconds=5, quick_at_once=1, queue_seconds=0.2)
    running = start_query(ENDLESS, database=database, limits=limits)
    with pytest.raises(QueryBusyError, match="1 queries are running"):
        run_query("SELECT 1", database=database, limits=limits)
    running.cancel()
    with pytest.raises(QueryCancelledError):
        running.result()
    assert run_query("SELECT 1", database=database, limits=limits).rows == [(1,)]


def test_a_long_query_leaves_its_place_to_quick_ones(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    limits = Limits(seconds=8, quick_at_once=1, long_at_once=1)
    with ThreadPoolExecutor(1) as pool:
        first = start_query(ENDLESS, database=database, limits=limits)
        end = pool.submit(first.result)
        assert run_query("SELECT 1", database=database, limits=limits).rows == [(1,)]
        with pytest.raises(QueryBusyError, match="Stopped after 1 s: 1 long queries are running"):
            run_query(ENDLESS, database=database, limits=limits)
        assert not end.done()
        first.cancel()
        assert isinstance(end.exception(), QueryCancelledError)


# What it refuses


@pytest.mark.parametrize(("kind", "without", "sql"), attacks("intrusions.tsv"))
def test_an_intrusion_gets_nothing(prey: Prey, kind: str, without: str, sql: str) -> None:
    before = prey.state()
    answer = outcome(prey.fill(sql), prey.database)
    assert isinstance(answer, QueryRefusedError | QueryFailedError), answer
    assert "canary-was-read" not in str(answer)
    assert prey.state() == before


def refusal_of(sql: str) -> Refusal | None:
    with duckdb.connect(":memory:") as connection:
        (tree,) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", [sql]).fetchall()[0]
    return find_refusal(json.loads(tree), frozenset({"documents"}))


def test_every_table_function_is_allowed_by_name_or_refused() -> None:
    """A later DuckDB may bring new ones: they are shut out until somebody reads what they do."""
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            """SELECT DISTINCT function_name FROM duckdb_functions()
            WHERE function_type IN ('table', 'table_macro', 'pragma')
                AND regexp_matches(function_name, '^[a-z_0-9]+$')"""
        ).fetchall()
    refused = {name for (name,) in found} - TABLE_FUNCTIONS
    assert {"read_text", "glob", "query", "duckdb_settings", "sniff_csv"} < refused and len(refused) > 60
    assert [name for name in sorted(refused) if refusal_of(f'SELECT * FROM "{name}"()') is None] == []


def test_every_built_in_view_is_allowed_by_name_or_refused() -> None:
    with duckdb.connect(":memory:") as connection:
        found = connection.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE internal").fetchall()
    refused = [f"{schema}.{view}" for schema, view in found if view not in SYSTEM_VIEWS.get(schema, ())]
    assert {"pg_catalog.pg_settings", "main.duckdb_databases"} < set(refused)
    assert [name for name in refused if refusal_of(f"SELECT * FROM {name}") is None] == []


@pytest.mark.parametrize("schema", sorted(SYSTEM_VIEWS))
def test_an_allowed_view_shows_no_path(prey: Prey, schema: str) -> None:
    for view in sorted(SYSTEM_VIEWS[schema]):
        answer = outcome(f"SELECT * FROM {schema}.{view}", prey.database)
        assert isinstance(answer, Result), (view, answer)
        assert str(prey.database.parent) not in str(answer.rows)


@pytest.mark.parametrize("function", sorted(TABLE_FUNCTIONS))
def test_an_allowed_function_shows_no_path(prey: Prey, function: str) -> None:
    for arguments in (f"'{prey.canary}'", f"'{prey.canary}', 2"):
        answer = outcome(f"SELECT * FROM {function}({arguments})", prey.database)
        told = str(answer.rows) if isinstance(answer, Result) else str(answer)
        assert "canary-was-read" not in told
        assert str(prey.database.parent) not in told


# What it survives


@pytest.mark.parametrize(("kind", "sql"), attacks("bombs.tsv"))
def test_a_bomb_ends_within_its_limits(prey: Prey, kind: str, sql: str) -> None:
    started = time.monotonic()
    answer = outcome(prey.fill(sql), prey.database, TIGHT)
    assert time.monotonic() - started < TIGHT.seconds + SLACK
    assert isinstance(answer, Result | QueryTimeError | QueryMemoryError | QueryFailedError | QueryRefusedError), answer
    if isinstance(answer, Result):
        assert len(answer.rows) <= TIGHT.rows


def test_a_plain_query_beside_four_bombs_answers_within_a_second(database: Path) -> None:
    bombs = (ENDLESS, "SELECT levenshtein(repeat('a', 100000), repeat('b', 100000))") * 2
    with ThreadPoolExecutor(len(bombs)) as pool:
        running = [start_query(sql, database=database, limits=Limits(seconds=3)) for sql in bombs]
        ends = [pool.submit(one.result) for one in running]
        times = []
        while not all(end.done() for end in ends):
            started = time.monotonic()
            assert run_query("SELECT count(*) FROM documents", database=database).rows == [(3,)]
            times.append(time.monotonic() - started)
        assert all(isinstance(end.exception(), QueryTimeError) for end in ends)
    assert len(times) >= 3
    assert sorted(times)[len(times) // 2] < 1.0, times


# What holds where another layer does not


def worker_without(*removed: str) -> list[str]:
    """A worker's command that lacks the gate, DuckDB's settings or the operating system's layers."""
    changes = {
        "gate": "w.admit = lambda duckdb, connection, sql: (connection.extract_statements(sql)[0], None)",
        "settings": (
            "w.open_warehouse = lambda duckdb, job: "
            "(c := duckdb.connect(':memory:'), c.execute('ATTACH \\'' + job['path'] + '\\' AS warehouse (READ_ONLY)'), "
            "c.execute('USE warehouse'), c.execute('SET errors_as_json = true'))[0]"
        ),
        "system": "w.confine_early = lambda *a: []; w.confine_late = lambda: []",
    }
    *interpreter, program = WORKER_COMMAND()
    head, tail = program.split("from warehouse.sandbox_worker import main; main()")
    assert not tail
    program = head + "import warehouse.sandbox_worker as w\n" + "\n".join(changes[name] for name in removed)
    return [*interpreter, program + "\nw.main()"]


def answers_without(prey: Prey, monkeypatch: pytest.MonkeyPatch, *removed: str) -> dict[str, Result | QueryError]:
    monkeypatch.setattr(sandbox, "_worker_command", lambda: worker_without(*removed))
    chosen = [sql for _, without, sql in attacks("intrusions.tsv") if without == "gate"]
    with ThreadPoolExecutor(2) as pool:
        return dict(
            zip(chosen, pool.map(lambda sql: outcome(prey.fill(sql), prey.database, TIGHT), chosen), strict=True)
        )


@pytest.mark.parametrize("removed", [("gate", "system"), ("gate", "settings"), ("settings", "system")], ids="-".join)
def test_files_are_safe_where_a_layer_is_missing(
    prey: Prey, monkeypatch: pytest.MonkeyPatch, removed: tuple[str, ...], database: Path
) -> None:
    layers = set(run_query("SELECT 1", database=database).layers)
    if "settings" in removed and not layers & {"landlock", "root-directory"}:
        pytest.skip("this kernel has neither Landlock nor user namespaces")
    before = prey.state()
    for sql, answer in answers_without(prey, monkeypatch, *removed).items():
        told = str(answer.rows) if isinstance(answer, Result) else str(answer)
        assert "canary-was-read" not in told, sql
    assert prey.state() == before


def test_every_layer_holds_here_or_is_named(database: Path) -> None:
    layers = set(run_query("SELECT 1", database=database).layers)
    assert layers <= EVERY_LAYER
    assert "limits" in layers and "ordinary-user" in layers


def test_the_worker_knows_nothing_of_its_parent(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    seen = {}

    class Recording(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: object, **options: object) -> None:
            seen.update(options)
            super().__init__(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", Recording)
    assert run_query("SELECT 1", database=database).rows == [(1,)]
    assert seen["env"] == {} and seen["cwd"] == "/" and seen["process_group"] == 0


def test_the_gate_and_worker_import_nothing_heavy() -> None:
    code = "import sys, warehouse.sandbox_worker; print(sorted(m for m in sys.modules if m.split('.')[0] in " + (
        "('duckdb', 'pandas', 'numpy', 'streamlit', 'click', 'etl', 'dashboard')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
