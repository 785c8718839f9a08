"""Quality and changes: what the page counts is what the warehouse holds; every code that it shows has words."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import checking
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.text import load_strings
from etl.build import build as run_build
from etl.quality import FIELDS
from etl.records import Reject
from warehouse.changes import BOOKKEEPING, PARTS
from warehouse.connection import published_path
from warehouse.settings import ROOT

ALL = Filters()
SAMPLE = ROOT / "etl" / "sample"


def rows(build: Build, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(build.path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Three loads of a few announcements: the second adds, changes, damages and takes away; the third takes back."""
    folder = tmp_path_factory.mktemp("thrice")
    source, warehouse = folder / "texts", folder / "warehouse"
    source.mkdir()
    for name in ("bj-d01", "bj-d02", "sh-d01", "sh-d02"):
        shutil.copy(SAMPLE / f"{name}.txt", source)
    run_build([source], warehouse)
    (source / "bj-d01.txt").unlink()
    changed = source / "bj-d02.txt"
    changed.write_text(changed.read_text("utf-8") + "\n各区要加强核酸检测。\n", "utf-8")
    shutil.copy(SAMPLE / "sh-d03.txt", source)
    shutil.copy(SAMPLE / "sh-d06.txt", source)
    (source / "empty.txt").write_bytes(b"")
    run_build([source], warehouse)
    (source / "sh-d06.txt").unlink()
    run_build([source], warehouse)
    return Build(str(published_path(warehouse)), "thrice")


def test_changes_tell_what_became_of_each_document(thrice: Build) -> None:
    assert checking.count_changes(thrice, 1) == {"new": 1, "text_changed": 1, "withdrawn": 1, "passing": 1}
    assert checking.count_changes(thrice, 2) == {"withdrawn": 1}
    assert checking.count_changes(thrice, 3) == {}
    assert checking.count_changes(thrice, 0) == {"new": 4, "passing": 2}
    listed = checking.list_changes(thrice, 1, "", 1, 50)
    named = {Path(row["source"]).stem: (row["change"], row["is_present"]) for row in listed}
    assert named == {
        "sh-d03": ("new", True),
        "bj-d02": ("text_changed", True),
        "bj-d01": ("withdrawn", False),
        "sh-d06": ("passing", False),
    }
    (changed,) = checking.list_changes(thrice, 1, "text_changed", 1, 50)
    assert {"text", "raw_text", "directives"} <= set(changed["fields"])
    assert not set(changed["fields"]) & set(checking.MACHINERY)
    assert [load["load_id"] for load in checking.loads(thrice)] == [3, 2, 1]


def test_rejects_say_why(thrice: Build) -> None:
    reasons = checking.reject_reasons(thrice)
    assert list(reasons.itertuples(index=False, name=None)) == [("empty", 1)]
    listed = checking.list_rejects(thrice, "empty", 1, 10)
    assert list(listed["source"]) == ["texts/empty.txt"]
    assert checking.list_rejects(thrice, "encoding", 1, 10).empty


def test_coverage_is_what_the_view_says(sample: Build) -> None:
    found = checking.coverage(sample, ALL, "month")
    mine = {
        (row.adcode, row.period.date(), row.documents, row.inferred)
        for row in found.dropna(subset=["adcode"]).itertuples()
    }
    view = rows(
        sample,
        """SELECT adcode, month, documents, inferred_dates FROM v_coverage
        WHERE documents > 0 AND month IS NOT NULL AND adcode IS NOT NULL""",
    )
    assert mine == set(view)
    assert len(mine) > 50


def test_undated_and_dated_documents_are_all_documents(sample: Build) -> None:
    for kind in ("default", "meeting", "published"):
        filters = Filters(date_kind=kind, explicit_only=True)  # type: ignore[arg-type]
        undated, documents = checking.count_undated(sample, filters)
        dated = checking.coverage(sample, Filters(date_kind=kind), "month")["documents"].sum()  # type: ignore[arg-type]
        assert undated + dated == documents > 200
        assert len(checking.list_undated(sample, filters, 1, 1000)) == undated


def test_repairs_are_all_counted(thrice: Build, sample: Build) -> None:
    for build in (thrice, sample):
        rules = checking.repair_rules(build, Filters(with_copies=True))
        assert rules["repairs"].sum() == rows(build, "SELECT count(*) FROM repairs")[0][0]


def test_repair_is_shown_where_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    text = "上海市工商聯(lián)召開會議\n2022年3月1日，上海市工商聯(lián)要求企業(yè)開展核酸檢(jiǎn)測(cè)。\n"
    (tmp_path / "texts" / "one.txt").write_text(text, "utf-8")
    run_build([tmp_path / "texts"], tmp_path / "warehouse")
    build = Build(str(published_path(tmp_path / "warehouse")), "repaired")
    (first, *_) = checking.repair_examples(build, ALL, "pinyin", 5)
    assert (first["before"], first["after"], first["repairs"]) == ("(lián)", "", 2)
    assert (first["left"], first["right"][:2]) == ("上海市工商联", "召开")


def test_held_aside_shows_no_failures(sample: Build) -> None:
    found = checking.qualities(sample)
    assert {row["split"] for row in found} >= {"working", "held_aside"}
    assert all(not len(row["failures"]) for row in found if row["split"] == "held_aside")
    documents = {failure["document"] for row in found for failure in row["failures"]}
    assert documents
    assert not {name for name in documents if name[-1] in "49"}


def test_every_code_that_the_page_shows_has_words(sample: Build) -> None:
    strings = load_strings()
    columns = {
        name for (name,) in rows(sample, "SELECT column_name FROM duckdb_columns() WHERE table_name='documents'")
    }
    known = set(checking.known_shares(sample)["field"])
    wanted = {f"measured.{field}" for field in {*FIELDS, *known}}
    wanted |= {f"changed.{name}" for name in {*columns, *PARTS} - {*BOOKKEEPING, *checking.MACHINERY}}
    wanted |= {f"change.{name}" for name in checking.CHANGES}
    assert sorted(wanted - set(strings)) == []


def test_every_reason_of_a_reject_has_words() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "etl").rglob("*.py")))
    named = {key.removeprefix("reject.") for key in load_strings() if key.startswith("reject.")}
    assert Reject("x", "empty", "y").reason in named
    assert {reason for reason in named if f'"{reason}"' not in code} <= {"repeated"}  # the warehouse's own
