"""python -m warehouse export: Parquet as it is, CSV that is safe in a spreadsheet, and no stranger's folder touched."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.small_warehouse import fill_small, insert, publish_small
from warehouse.cli import main
from warehouse.dictionary import describe_schema
from warehouse.export import csv_cell, export_tables
from warehouse.publish import new_build, publish


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    publish_small(folder)
    return folder


def call(directory: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"WAREHOUSE_DIR": str(directory)})


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    with new_build(folder) as build:
        fill_small(build.connection, build.build_id)
        build.connection.execute("UPDATE documents SET title = '=HYPERLINK(\"x\")' WHERE document_id = 'a'")
        build.connection.execute("UPDATE documents SET title = '多行\n\"引号\",逗号' WHERE document_id = 'b'")
        insert(
            build.connection,
            "figures",
            document_id="a",
            seq=1,
            value=-5.5,
            unit="元",
            as_written="-5.5元",
            start_char=0,
            end_char=2,
        )
        publish(build)
    return folder


def test_parquet_holds_every_value_as_it_is(hostile: Path, tmp_path: Path) -> None:
    done = call(hostile, "export", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stderr
    with duckdb.connect(":memory:") as connection:
        titles = connection.execute(
            "SELECT title FROM read_parquet(?) ORDER BY document_id", [str(tmp_path / "out" / "documents.parquet")]
        ).fetchall()
    assert titles == [('=HYPERLINK("x")',), ('多行\n"引号",逗号',), ("某市召开疫情防控会议",)]


def test_csv_is_safe_in_a_spreadsheet_and_whole(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call(hostile, "export", str(out), "--format", "csv").exit_code == 0
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["document_id"])
    assert [row["title"] for row in rows] == ['\'=HYPERLINK("x")', '多行\n"引号",逗号', "某市召开疫情防控会议"]
    assert [json.loads(row["region_path"]) for row in rows] == [["上海市"], ["上海市"], ["北京市"]]
    with (out / "figures.csv").open(encoding="utf-8", newline="") as file:
        (figure,) = csv.DictReader(file)
    assert (figure["value"], figure["as_written"]) == ("-5.5", "'-5.5元")


def test_nested_columns_hold_no_floats_since_csv_has_them_as_json() -> None:
    nested = {
        f"{table.name}.{column.name}": column.type
        for table in describe_schema()
        for column in table.columns
        if "to_json" in csv_cell(column)
    }
    assert "measures.terms" in nested
    assert {name: kind for name, kind in nested.items() if re.search("DOUBLE|FLOAT", kind)} == {}  # NaN is no JSON


def test_an_export_has_every_table_and_view_and_a_dictionary(directory: Path, tmp_path: Path) -> None:
    files = [path.name for path in export_tables(directory, tmp_path / "out", "parquet")]
    assert "v_directives.parquet" in files and "measures.parquet" in files and files[-1] == "dictionary.md"
    assert not any(name.startswith("mart_") for name in files)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(files)
    page = (tmp_path / "out" / "dictionary.md").read_text("utf-8")
    assert "Export of build" in page and "documents (3 rows)" in page


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["thesis.docx"], "holds thesis.docx, which no export writes"),
        (["documents.csv", "people.csv", "dictionary.md", "README.md"], "holds README.md, which no export writes"),
        (["documents.csv", "dictionary.md"], "holds dictionary.md, but no dictionary.md of an earlier export"),
        (["documents.csv"], "holds documents.csv, but no dictionary.md of an earlier export"),
    ],
)
def test_an_export_writes_into_no_strangers_folder(
    directory: Path, tmp_path: Path, names: list[str], said: str
) -> None:
    for name in names:
        (tmp_path / name).write_text("# Data dictionary · 数据字典\n\nmine\n", "utf-8")
    done = call(directory, "export", str(tmp_path), "--format", "csv")
    assert (done.exit_code, said in done.stderr, "Name a new or an empty folder" in done.stderr) == (1, True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert all("mine" in path.read_text("utf-8") for path in tmp_path.iterdir())


def test_an_export_replaces_an_earlier_one_alone(directory: Path, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "new" / "out", tmp_path / "elsewhere"
    assert call(directory, "export", str(out), "--format", "csv").exit_code == 0
    (out / "documents.csv").write_text("old", "utf-8")
    (out / ".documents.csv").symlink_to(elsewhere)  # under the name of an unfinished file
    assert call(directory, "export", str(out), "--format", "csv").exit_code == 0
    assert "old" not in (out / "documents.csv").read_text("utf-8") and not elsewhere.exists()
    (out / "notes.md").touch()
    assert "notes.md" in call(directory, "export", str(out), "--format", "csv").stderr


def test_an_export_that_cannot_be_written_is_one_line(directory: Path, tmp_path: Path) -> None:
    assert call(directory, "export", str(tmp_path / "out"), "--format", "csv").exit_code == 0
    (tmp_path / "out" / "measures.csv").unlink()
    (tmp_path / "out" / "measures.csv").mkdir()
    for target in ("/proc/x", str(tmp_path / "out")):
        done = call(directory, "export", target, "--format", "csv")
        assert (done.exit_code, done.stderr.splitlines()[-1].startswith("Cannot export ")) == (1, True), done.stderr
        assert target in done.stderr and "Name a folder that can be written" in done.stderr


def test_a_damaged_warehouse_is_one_line_when_it_is_exported(tmp_path: Path) -> None:
    publish_small(tmp_path)
    path = (tmp_path / "current.duckdb").resolve()
    path.chmod(0o600)
    whole = path.read_bytes()
    for damaged in (b"no database at all" * 1000, whole[:12288] + bytes(len(whole) - 12288), whole[: len(whole) // 2]):
        path.write_bytes(damaged)
        done = call(tmp_path, "export", str(tmp_path / "out"))
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1), done.stderr
        assert "python -m etl build SOURCE" in done.stderr
