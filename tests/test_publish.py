"""Publishing: readers see whole builds, and whatever kills a build leaves the last good one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import warehouse.load
from etl.build import build
from tests.announcements import CHENGDU, NANNING, WUHAN, make_folder
from tests.small_warehouse import damage_file
from warehouse.connection import POINTER, open_published, published_path
from warehouse.errors import CheckError, LockedError, NotPublishedError, WarehouseError
from warehouse.publish import find_previous, new_build, point_to, prune, publish, published_builds
from warehouse.settings import KEPT_BUILDS, ROOT, warehouse_dir

KILLS = 6  # builds killed at moments spread over their run; `make drill` does many more
READER = """
import sys, time
from warehouse.connection import open_published
connection = open_published(sys.argv[1])
print(connection.execute("SELECT count(*) FROM documents").fetchall()[0][0], flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM directives JOIN documents USING (document_id)").fetchall()[0][0])
"""
HOLDER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.read()
"""


def make_build(directory: Path, number: int) -> Path:
    """Publishes a build with `number` categories and nothing else: enough to tell builds apart."""
    with new_build(directory) as made:
        warehouse.load.run_folder(made.connection, "schema")
        for i in range(number):
            made.connection.execute(
                "INSERT INTO categories VALUES (?, 'health', ?, '甲', 'A', NULL, NULL)", [str(i), i]
            )
        return publish(made)


def number_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM categories").fetchall()[0][0]


def run_python(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_pointer_leads_to_a_finished_file_when_published(tmp_path: Path) -> None:
    published = make_build(tmp_path, 3)
    assert published_path(tmp_path) == published
    assert (tmp_path / POINTER).is_symlink()
    assert os.readlink(tmp_path / POINTER) == published.name  # relative: the folder may be moved or mounted elsewhere
    assert published.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build.lock", POINTER, published.name]
    assert number_in(published) == 3


def test_older_clients_can_open_the_file_when_published(tmp_path: Path) -> None:
    with duckdb.connect(str(make_build(tmp_path, 1)), read_only=True) as connection:
        ((tags,),) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchall()
    assert tags["storage_version"].startswith("v1.4"), tags


def test_message_names_the_command_when_nothing_is_published(tmp_path: Path) -> None:
    for look in (published_path, open_published):
        with pytest.raises(NotPublishedError, match="python -m etl build"):
            look(tmp_path / "none")


def test_nothing_can_be_written_when_published_is_opened(tmp_path: Path) -> None:
    make_build(tmp_path, 1)
    with open_published(tmp_path) as connection, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        connection.execute("DELETE FROM categories")


def test_reader_keeps_its_build_when_another_is_published(tmp_path: Path) -> None:
    make_build(tmp_path, 1)
    with open_published(tmp_path) as old:
        make_build(tmp_path, 2)
        with open_published(tmp_path) as new:  # in the same process too
            assert new.execute("SELECT count(*) FROM categories").fetchall() == [(2,)]
        assert old.execute("SELECT count(*) FROM categories").fetchall() == [(1,)]


def test_reader_in_another_process_answers_when_builds_are_published(tmp_path: Path) -> None:
    folder, directory = make_folder(tmp_path / "city", wuhan=WUHAN), tmp_path / "warehouse"
    build([folder], directory)
    reader = run_python("-c", READER, str(directory))
    assert reader.stdout and reader.stdout.readline() == "1\n"
    for name, text in (("chengdu", CHENGDU), ("nanning", NANNING)):
        make_folder(folder, **{name: text})
        build([folder], directory)
    answer, errors = reader.communicate("go\n", timeout=60)
    assert errors == ""
    assert int(answer) > 0
    with open_published(directory) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(3,)]


def test_second_build_is_refused_when_one_runs(tmp_path: Path) -> None:
    with new_build(tmp_path), pytest.raises(LockedError, match="Another build runs in"), new_build(tmp_path):
        pass
    make_build(tmp_path, 1)  # and the lock is free again


def test_leftovers_are_removed_when_the_next_build_starts(tmp_path: Path) -> None:
    for name in (".build-dead.duckdb", ".build-dead.duckdb.wal", f".build-{POINTER}"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".build-dead.duckdb.tmp").mkdir()
    (tmp_path / ".staging-dead" / "records").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("mine")
    published = make_build(tmp_path, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build.lock", POINTER, "notes.txt", published.name]


def test_published_build_stands_when_a_build_fails(tmp_path: Path) -> None:
    good = make_build(tmp_path, 1)
    with pytest.raises(ZeroDivisionError), new_build(tmp_path) as made:
        made.connection.execute("CREATE TABLE half (a INTEGER)")
        raise ZeroDivisionError
    assert published_path(tmp_path) == good
    assert published_builds(tmp_path) == [good]


def test_published_build_stands_when_a_check_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, directory = make_folder(tmp_path / "city", wuhan=WUHAN), tmp_path / "warehouse"
    good = build([folder], directory).published
    checks = make_folder(tmp_path / "checks")
    (checks / "no_chengdu.sql").write_text("SELECT source FROM documents WHERE source LIKE '%chengdu%'")
    plain = warehouse.load.sql_files
    monkeypatch.setattr(
        warehouse.load, "sql_files", lambda name: sorted(checks.glob("*.sql")) if name == "checks" else plain(name)
    )
    make_folder(folder, chengdu=CHENGDU)
    with pytest.raises(CheckError, match=r"no_chengdu: \('city/chengdu.txt',\)"):
        build([folder], directory)
    assert published_path(directory) == good


def test_old_builds_are_removed_when_enough_newer_ones_are_kept(tmp_path: Path) -> None:
    builds = [make_build(tmp_path, i) for i in range(KEPT_BUILDS + 2)]
    assert published_builds(tmp_path) == builds[: -KEPT_BUILDS - 1 : -1]


def test_published_build_is_kept_when_it_is_an_old_one(tmp_path: Path) -> None:
    first = make_build(tmp_path, 1)
    make_build(tmp_path, 2)
    point_to(first)
    assert number_in(published_path(tmp_path)) == 1
    prune(tmp_path, keep=0)
    assert published_builds(tmp_path) == [first]


def test_old_build_is_kept_when_another_process_reads_it(tmp_path: Path) -> None:
    first = make_build(tmp_path, 1)
    reader = run_python("-c", HOLDER, str(first))
    assert reader.stdout and reader.stdout.readline() == "open\n"
    second = make_build(tmp_path, 2)
    prune(tmp_path, keep=0)
    assert published_builds(tmp_path) == [second, first]
    assert first.stat().st_mode & 0o777 == 0o444
    reader.communicate("", timeout=30)
    prune(tmp_path, keep=0)
    assert published_builds(tmp_path) == [second]


def test_build_follows_the_last_sound_one_when_the_published_is_damaged(tmp_path: Path) -> None:
    folder, directory = make_folder(tmp_path / "city", wuhan=WUHAN), tmp_path / "warehouse"
    first = build([folder], directory).published
    make_folder(folder, chengdu=CHENGDU)
    second = build([folder], directory).published
    assert second
    damage_file(second)
    assert find_previous(directory) == (first, (second,))
    summary = build([folder], directory)
    assert (summary.damaged, summary.document_count, summary.load.documents_unchanged) == ((second,), 2, 1)
    assert published_path(directory) == summary.published


def test_build_is_refused_when_no_earlier_one_is_sound(tmp_path: Path) -> None:
    folder, directory = make_folder(tmp_path / "city", wuhan=WUHAN), tmp_path / "warehouse"
    first = build([folder], directory).published
    assert first
    damage_file(first)
    with pytest.raises(WarehouseError, match=r"No earlier build in .* can be read"):
        build([folder], directory)
    assert build([folder], directory, full=True).document_count == 1
    assert build([folder], directory).damaged == ()


def test_last_good_build_stands_when_builds_are_killed(tmp_path: Path) -> None:
    folder, directory = make_folder(tmp_path / "city", wuhan=WUHAN), tmp_path / "warehouse"
    started = time.monotonic()
    build([folder], directory)
    length = time.monotonic() - started + 1  # a process of its own also has to start
    expected = {"city/wuhan.txt"}
    for trial in range(KILLS):
        make_folder(folder, **{f"chengdu{trial}": CHENGDU.replace("加快", f"第{trial}次加快")})
        process = run_python("-m", "etl", "build", str(folder), "--warehouse", str(directory), "--workers", "1")
        time.sleep(length * (trial + 1) / (KILLS + 1))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        with open_published(directory) as connection:
            found = {source for (source,) in connection.execute("SELECT source FROM documents").fetchall()}
        assert expected <= found  # nothing that was published is lost
        expected = found
    summary = build([folder], directory)
    assert summary.document_count == KILLS + 1
    names = {path.name for path in directory.iterdir()}
    assert not [name for name in names if name.startswith((".build-", ".staging-"))]


def test_folder_is_the_named_one_then_the_variable_then_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", "/srv/warehouse")
    assert warehouse_dir("here") == Path("here")
    assert warehouse_dir() == Path("/srv/warehouse")
    monkeypatch.delenv("WAREHOUSE_DIR")
    assert warehouse_dir() == ROOT / "data"
