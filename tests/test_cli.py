"""python -m etl: exit codes, what goes to which stream, messages."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from etl.cli import main
from tests.announcements import CHENGDU, WUHAN, make_folder
from warehouse.connection import open_published, published_path
from warehouse.publish import new_build
from warehouse.settings import ROOT

BROKEN = b"\x00\x01\x02" * 50


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


def test_build_sums_up_when_done(folder: Path, warehouse: Path) -> None:
    first = run("build", folder, "--warehouse", warehouse)
    assert (first.exit_code, first.stderr) == (0, "")
    lines = first.stdout.splitlines()
    assert lines[0] == "read 2 documents: 2 new"
    assert lines[1].startswith("warehouse: 2 documents, ")
    assert lines[2].startswith(f"published {warehouse.resolve() / 'warehouse-'}")
    second = run("build", folder, "--warehouse", warehouse)
    assert (second.exit_code, second.stderr) == (0, "")
    assert second.stdout.splitlines()[0] == "read 2 documents: 2 unchanged"
    assert second.stdout.splitlines()[2].startswith("nothing changed; the build before stands")


def test_build_ends_well_and_tells_when_a_document_is_rejected(folder: Path, warehouse: Path) -> None:
    make_folder(folder, broken=BROKEN)
    result = run("build", folder, "--warehouse", warehouse)
    assert result.exit_code == 0
    assert "rejected: 1; why: python -m etl status" in result.stdout
    shown = run("status", "--warehouse", warehouse).stdout
    assert "city/broken.txt" in shown


@pytest.mark.parametrize("command", ["build", "load", "indicators", "extract"])
def test_exit_code_is_2_when_a_source_is_missing(command: str, tmp_path: Path, warehouse: Path) -> None:
    options = [] if command == "extract" else ["--warehouse", warehouse]
    result = run(command, tmp_path / "nowhere", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path / 'nowhere'}: no such file or folder; check the path\n"
    assert not warehouse.exists()


def test_exit_code_is_2_when_a_folder_is_empty(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("build", tmp_path / "empty", "--warehouse", warehouse)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "empty" in result.stderr
    assert "Traceback" not in result.stderr


def test_exit_code_is_2_when_the_command_line_is_wrong() -> None:
    assert run("build").exit_code == 2
    assert run("extract", "x", "--format", "xml").exit_code == 2
    assert run("build", "x", "--workers", "0").exit_code == 2


@pytest.mark.parametrize("command", ["build", "load", "indicators", "extract"])
def test_exit_code_is_2_when_a_source_is_an_empty_word(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_folder(tmp_path / "city", wuhan=WUHAN))
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path / "warehouse"))
    result = run(command, "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a source is empty" in result.stderr
    assert not (tmp_path / "warehouse").exists()


def test_exit_code_is_1_when_nothing_can_be_read(tmp_path: Path, warehouse: Path) -> None:
    result = run("build", make_folder(tmp_path / "city", broken=BROKEN), "--warehouse", warehouse)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing was published" in result.stderr


def test_exit_code_is_1_when_another_build_runs(folder: Path, warehouse: Path) -> None:
    with new_build(warehouse):
        result = run("build", folder, "--warehouse", warehouse)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Another build runs in {warehouse}; wait for it to end")


def test_exit_code_is_1_when_the_folder_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    result = run("build", folder, "--warehouse", tmp_path / "file" / "warehouse")
    assert result.exit_code == 1
    assert "Nothing was published" in result.stderr


def test_exit_code_is_1_when_there_is_no_status(tmp_path: Path) -> None:
    result = run("status", "--warehouse", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "python -m etl build SOURCE" in result.stderr


def test_records_alone_are_on_standard_output_when_extracted(folder: Path) -> None:
    make_folder(folder, broken=BROKEN)
    result = run("extract", folder)
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["source"] for record in records] == ["city/chengdu.txt", "city/wuhan.txt"]
    (line,) = result.stderr.splitlines()
    assert line.startswith("city/broken.txt: ")
    (folder / "broken.txt").unlink()
    assert run("extract", folder).exit_code == 0


def test_records_can_be_loaded_when_extracted(folder: Path, warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(run("extract", folder).stdout)
    result = run("load", tmp_path / "records.jsonl", "--warehouse", warehouse)
    assert result.exit_code == 0
    assert result.stdout.startswith("read 2 documents: 2 new\n")


def test_variable_names_the_folder_when_no_option_does(
    folder: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouse))
    assert run("build", folder).exit_code == 0
    with open_published(warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(2,)]


def test_status_tells_counts_loads_and_changes(folder: Path, warehouse: Path) -> None:
    run("build", folder, "--warehouse", warehouse)
    (folder / "wuhan.txt").unlink()
    make_folder(folder, chengdu=CHENGDU.replace("4月2日", "4月3日"))
    run("build", folder, "--warehouse", warehouse)
    found = json.loads(run("status", "--warehouse", warehouse, "--format", "json").stdout)
    assert found["counts"]["documents"] == 1
    assert [load["load_id"] for load in found["loads"]] == [2, 1]
    assert found["loads"][0]["sources"] == ["city"]
    assert found["changes"] == [{"change": "text_changed", "documents": 1}, {"change": "withdrawn", "documents": 1}]
    assert {"field": "meeting_date", "documents": 1} in found["changed_fields"]
    assert found["coverage"] == {"first_date": "2022-04-03", "last_date": "2022-04-03", "dated": 1, "provinces": 1}
    shown = run("status", "--warehouse", warehouse).stdout
    assert "1 documents" in shown
    assert "local: city: 1 changed, 1 withdrawn" in shown


def test_status_lists_rejects_in_order_and_says_how_to_list_all(warehouse: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"source": "x", "text": "某市召开会议。"}), *["{"] * 11]
    (tmp_path / "rec.jsonl").write_text("\n".join(lines))
    run("load", tmp_path / "rec.jsonl", "--warehouse", warehouse)
    found = json.loads(run("status", "--warehouse", warehouse, "--format", "json").stdout)
    (row,) = found["rejects"]
    assert (row["reason"], row["rejects"]) == ("malformed", 11)
    assert [example["source"] for example in row["examples"]] == [f"rec.jsonl#{n}" for n in range(2, 7)]
    shown = run("status", "--warehouse", warehouse).stdout
    assert "malformed: 11, the first 5:" in shown
    command = shown.splitlines()[-1].removeprefix("all of them: python ")
    done = subprocess.run(
        [sys.executable, *shlex.split(command)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count("rec.jsonl#")) == (0, 11)


def test_status_says_what_is_damaged_and_what_to_do(folder: Path, warehouse: Path) -> None:
    run("build", folder, "--warehouse", warehouse)
    path = published_path(warehouse)
    path.chmod(0o644)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 8)
        file.write(b"\xa5" * (size * 3 // 4))
    result = run("status", "--warehouse", warehouse)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(str(path))
    assert "Run `python -m etl build SOURCE` again, or restore the file" in result.stderr
    assert "Nothing was published" not in result.stderr


def test_extract_ends_quietly_when_nobody_reads_on() -> None:
    command = [sys.executable, "-m", "etl", "extract", "etl/sample"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_every_command_explains_itself() -> None:
    assert {"build", "extract", "indicators", "load", "status"} <= set(main.commands)
    for name, command in main.commands.items():
        shown = run(name, "--help").stdout
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in shown
    for name in ("build", "load", "indicators", "extract"):
        assert "Exit codes:\n" in run(name, "--help").stdout


def test_python_m_etl_works_when_run_as_people_run_it(folder: Path, warehouse: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build", str(folder)],
        cwd=ROOT,
        env={**os.environ, "WAREHOUSE_DIR": str(warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")  # no progress bar where nobody watches
    assert done.stdout.startswith("read 2 documents: 2 new\n")


def test_standard_input_is_a_source_when_named_so(warehouse: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build", "-", "--warehouse", str(warehouse)],
        cwd=ROOT,
        input=WUHAN.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    with open_published(warehouse) as connection:
        assert connection.execute("SELECT meeting_date::VARCHAR FROM documents").fetchall() == [("2022-03-01",)]
