"""Corrections: rows of a text file that change what a build says of a document, or say loudly that they cannot."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from etl.build import build
from etl.cli import main
from etl.errors import CorrectionError
from etl.load import load_records
from etl.pipeline import document_id
from tests.announcements import CHENGDU, NANNING, WUHAN, make_folder
from tests.test_build import rows
from warehouse.corrections import COLUMNS, Correction, add_correction, encode, read_corrections
from warehouse.errors import CorrectionsError

WUHAN_ID = document_id("city/wuhan.txt")
TESTING = "一要开展全员核酸检测，做到应检尽检。"
BASE = Correction(
    WUHAN_ID,
    "",
    "meeting_date",
    "2022-03-01",
    "2022-03-02",
    "原文日期有误",
    "editor@example.org",
    "2026-11-28T09:00:00Z",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


def write_file(warehouse: Path, *corrections: Correction) -> Path:
    path = warehouse / "corrections.tsv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(encode(COLUMNS) + b"".join(encode(astuple(row)) for row in corrections))
    return path


def correction(field: str, expected: str, value: str, directive: str = "", **changed: str) -> Correction:
    return replace(BASE, field=field, expected=expected, value=value, directive=directive, **changed)


def of_wuhan(warehouse: Path, columns: str) -> tuple[Any, ...]:
    (found,) = rows(warehouse, f"SELECT {columns} FROM documents WHERE document_id = ?", WUHAN_ID)
    return found


def outcomes(warehouse: Path) -> list[tuple[Any, ...]]:
    return rows(warehouse, "SELECT field, is_applied, failure FROM corrections ORDER BY seq")


def contents(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of documents, without when it was loaded."""
    tables = [t for (t,) in rows(warehouse, "SELECT table_name FROM duckdb_tables() WHERE NOT internal")]
    kept = {"loads", "changes", "corrections", "rejects"}
    hidden = {
        "documents": " EXCLUDE (load_id, first_load_id, effective_date)",
        "mart_directives": " EXCLUDE (directive_row, measure_rows)",  # places in the file
    }
    return {
        table: sorted(rows(warehouse, f"SELECT *{hidden.get(table, '')} FROM {table}"), key=repr)
        for table in tables
        if table not in kept
    }


def test_fields_are_corrected_when_the_file_says_so(folder: Path, warehouse: Path) -> None:
    build([folder], warehouse)
    before = of_wuhan(warehouse, "issuer_name, level, issuer_kind, title")
    write_file(
        warehouse,
        BASE,
        correction("published_date", "", "2022-03-03"),
        correction("region", "湖北省/武汉市", "四川省/成都市"),
        correction("issuer", before[0], "成都市疫情防控指挥部"),
        correction("level", before[1], "province"),
        correction("issuer_kind", before[2], "leading_group"),
    )
    summary = build([folder], warehouse)
    assert summary.failed_corrections == ()
    assert (summary.load.documents_changed, summary.load.documents_unchanged) == (1, 1)
    assert of_wuhan(
        warehouse,
        "meeting_date::VARCHAR, date::VARCHAR, date_basis, published_date::VARCHAR, adcode, province_adcode, "
        "issuer_name, level, issuer_kind, region_path",
    ) == (
        *("2022-03-02", "2022-03-02", "metadata", "2022-03-03", "510100", "510000", "成都市疫情防控指挥部"),
        *("province", "leading_group", ["四川省", "成都市"]),
    )
    assert rows(warehouse, "SELECT meeting_date::VARCHAR FROM meetings WHERE document_id = ?", WUHAN_ID) == [
        ("2022-03-02",)
    ]
    assert rows(warehouse, "SELECT change FROM changes WHERE load_id = 2") == [("corrected",)]
    assert all(is_applied and failure is None for _, is_applied, failure in outcomes(warehouse))


def test_directives_are_corrected_when_the_file_says_so(folder: Path, warehouse: Path) -> None:
    build([folder], warehouse)
    found = rows(
        warehouse,
        "SELECT d.text, string_agg(category_id, ',' ORDER BY rank) FROM directives AS d LEFT JOIN measures AS m "
        "USING (directive_id) WHERE d.document_id = ? GROUP BY ALL ORDER BY min(seq)",
        WUHAN_ID,
    )
    (first, its), (second, _) = found
    assert first == TESTING
    write_file(
        warehouse,
        correction("categories", its, "schools,testing", first),
        correction("is_directive", "true", "false", second),
    )
    assert build([folder], warehouse).failed_corrections == ()
    assert rows(
        warehouse,
        "SELECT d.seq, d.main_category, category_id, rank, len(terms) > 0 FROM directives AS d "
        "INNER JOIN measures AS m USING (directive_id) WHERE d.document_id = ? ORDER BY rank",
        WUHAN_ID,
    ) == [(1, "schools", "schools", 1, False), (1, "schools", "testing", 2, True)]
    assert of_wuhan(warehouse, "directive_count") == (1,)


def test_document_is_withdrawn_and_comes_back_when_its_row_goes(folder: Path, warehouse: Path) -> None:
    build([folder], warehouse)
    plain = contents(warehouse)
    (title,) = of_wuhan(warehouse, "title")
    write_file(warehouse, correction("document", title, "withdrawn"))
    summary = build([folder], warehouse)
    assert (summary.document_count, summary.load.documents_withdrawn) == (1, 1)
    assert rows(warehouse, "SELECT change FROM changes WHERE load_id = 2") == [("withdrawn",)]
    assert build([folder], warehouse).published is None  # and it stays so, without a build each time
    make_folder(folder, nanning=NANNING)
    assert build([folder], warehouse).document_count == 2
    (folder / "nanning.txt").unlink()
    write_file(warehouse)
    assert build([folder], warehouse).document_count == 2
    assert contents(warehouse) == plain


def test_corrections_survive_when_everything_is_extracted_again(folder: Path, warehouse: Path) -> None:
    write_file(warehouse, BASE)
    build([folder], warehouse)
    for full in (False, True):
        make_folder(folder, **{f"nanning{full}": NANNING})
        build([folder], warehouse, full=full)
        assert of_wuhan(warehouse, "meeting_date::VARCHAR") == ("2022-03-02",)
        assert outcomes(warehouse) == [("meeting_date", True, None)]


def test_later_row_builds_on_an_earlier_one(folder: Path, warehouse: Path) -> None:
    write_file(warehouse, BASE, correction("meeting_date", "2022-03-02", ""))
    build([folder], warehouse)
    assert of_wuhan(warehouse, "meeting_date, date_basis, date_precision") == (None, "none", "none")


def test_correction_is_undone_when_its_row_is_taken_out(folder: Path, warehouse: Path) -> None:
    build([folder], warehouse)
    plain = contents(warehouse)
    write_file(warehouse, BASE)
    build([folder], warehouse)
    write_file(warehouse)
    build([folder], warehouse)
    assert contents(warehouse) == plain
    assert outcomes(warehouse) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (correction("meeting_date", "2022-03-09", "2022-03-02"), "meeting_date is '2022-03-01', not '2022-03-09'"),
        (correction("meeting_date", "2022-03-01", "2012-03-02"), "lies outside 2019-12-01"),
        (correction("meeting_date", "2022-03-01", "2022-02-30"), "no day such as"),
        (correction("published_date", "", "9999-12-31"), "published_date 9999-12-31 lies outside 2019-12-01"),
        (correction("effective_date", "", "2099-01-01"), "effective_date 2099-01-01 lies outside"),
        (correction("region", "湖北省/武汉市", "湖北省/无此市"), "no path of etl/data/regions.tsv"),
        (correction("level", "prefecture", "galaxy"), "must be one of national"),
        (correction("issuer_kind", "other", "party_committee"), "issuer_kind is '"),
        (correction("issuer", "无此主体", "某局"), "issuer is "),
        (correction("document", "另一标题", "withdrawn"), "document is '武汉市召开疫情防控工作调度会'"),
        (correction("is_directive", "true", "false", "没有这句话。"), "no directive of the document has this text"),
        (correction("categories", "schools", "testing", TESTING), "categories are 'testing"),
        (replace(BASE, document_id="nowhere"), "no document of this id was read"),
    ],
)
def test_build_says_so_when_a_correction_does_not_fit(row: Correction, why: str, folder: Path, warehouse: Path) -> None:
    write_file(warehouse, row)
    for _ in range(2):  # and again, as long as it stands
        done = CliRunner().invoke(main, ["build", str(folder), "--warehouse", str(warehouse)])
        assert done.exit_code == 3
        assert why in done.stderr and row.author in done.stderr
        ((_, is_applied, failure),) = outcomes(warehouse)
        assert not is_applied and why in failure
        assert of_wuhan(warehouse, "meeting_date::VARCHAR, adcode, level") == ("2022-03-01", "420100", "prefecture")
    shown = CliRunner().invoke(main, ["status", "--warehouse", str(warehouse)])
    assert why in shown.stdout


def test_correction_is_applied_later_when_the_text_comes_to_fit(folder: Path, warehouse: Path) -> None:
    row = correction("meeting_date", "2022-03-05", "2022-03-06")
    write_file(warehouse, row)
    assert build([folder], warehouse).failed_corrections
    make_folder(folder, wuhan=WUHAN.replace("3月1日", "3月5日"))
    assert build([folder], warehouse).failed_corrections == ()
    assert of_wuhan(warehouse, "meeting_date::VARCHAR") == ("2022-03-06",)
    make_folder(folder, wuhan=WUHAN.replace("3月1日", "3月6日"))  # the source now says it itself
    (failure,) = build([folder], warehouse).failed_corrections
    assert "meeting_date is '2022-03-06', not '2022-03-05'" in failure


def test_document_of_another_root_is_corrected_when_it_is_not_read(
    folder: Path, warehouse: Path, tmp_path: Path
) -> None:
    other = make_folder(tmp_path / "other", nanning=NANNING)
    build([folder], warehouse)
    build([other], warehouse)
    before = contents(warehouse)
    write_file(warehouse, BASE)
    assert build([other], warehouse).failed_corrections == ()
    assert of_wuhan(warehouse, "meeting_date::VARCHAR, first_load_id") == ("2022-03-02", 1)
    after = contents(warehouse)
    assert after["directives"] == before["directives"] and after["people"] == before["people"]
    write_file(warehouse, BASE, correction("level", "prefecture", "county"))
    assert build([other], warehouse).failed_corrections == ()  # a second one on what is corrected already
    assert of_wuhan(warehouse, "meeting_date::VARCHAR, level") == ("2022-03-02", "county")
    write_file(warehouse)
    with pytest.raises(CorrectionError, match="build the source city in the same run"):
        build([other], warehouse)
    build([folder, other], warehouse)
    assert contents(warehouse) == before


def test_loaded_records_are_corrected_too(folder: Path, warehouse: Path, tmp_path: Path) -> None:
    records = tmp_path / "made.jsonl"
    records.write_text(json.dumps({"source": "city/wuhan.txt", "text": "甲", "published_date": "2022-03-01"}))
    write_file(warehouse, correction("published_date", "2022-03-01", "2022-03-02"))
    assert load_records([records], warehouse).failed_corrections == ()
    assert of_wuhan(warehouse, "published_date::VARCHAR") == ("2022-03-02",)


def test_every_part_of_a_document_stays_when_it_is_corrected_without_being_read(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    directory = tmp_path / "copy"
    shutil.copytree(sample_warehouse, directory, symlinks=True)
    before = contents(directory)
    ids = [key for (key,) in rows(directory, "SELECT document_id FROM documents WHERE effective_date IS NULL")]
    assert len(ids) > 100
    write_file(directory, *(replace(BASE, document_id=key, field="effective_date", expected="") for key in ids))
    other = make_folder(tmp_path / "other", nanning=NANNING)
    assert build([other], directory).failed_corrections == ()
    assert rows(directory, "SELECT count(*) FROM documents WHERE effective_date = DATE '2022-03-02'") == [(len(ids),)]
    after = contents(directory)
    of_documents = [table for table in before if before[table] and "issuers" not in table and "mart" not in table]
    assert len(of_documents) > 8
    for table in of_documents:
        lost = set(map(repr, before[table])) - set(map(repr, after[table]))
        assert len(lost) == 0, table  # the texts of the sample are not for a test's output


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"field": "text"}, "cannot be corrected"),
        ({"document_id": ""}, "document_id is missing"),
        ({"directive": "甲"}, "directive must hold"),
        ({"field": "categories"}, "directive must hold"),
        ({"value": "2022-03-01"}, "corrects nothing"),
        ({"field": "document"}, "must be withdrawn"),
        ({"field": "is_directive", "directive": "甲"}, "corrects true to false"),
        ({"reason": " "}, "reason must have"),
        ({"reason": "因" * 501}, "reason must have"),
        ({"reason": "=HYPERLINK(1)"}, "must not begin with"),
        ({"author": ""}, "author must have"),
        ({"author": "a\nb"}, "must be one line"),
        ({"made_at": "yesterday"}, "no moment in UTC"),
        ({"made_at": "2022-03-01"}, "no moment in UTC"),
        ({"made_at": "2022-03-01T00:00:00+08:00"}, "no moment in UTC"),
    ],
)
def test_row_is_refused_when_it_has_a_fault(changed: dict[str, str], fault: str, folder: Path, warehouse: Path) -> None:
    row = replace(BASE, **changed)
    with pytest.raises(CorrectionsError, match=fault):
        add_correction(warehouse / "corrections.tsv", row)
    write_file(warehouse, BASE, row)
    done = CliRunner().invoke(main, ["build", str(folder), "--warehouse", str(warehouse)])
    assert done.exit_code == 1
    assert "corrections.tsv line 3: " in done.stderr and fault in done.stderr
    assert not list(warehouse.glob("*.duckdb"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"document_id,field\n", "line 1: columns"),
        (encode(COLUMNS) + b"a\tb\n", "line 2: 2 cells where 8 are due"),
        (encode(COLUMNS) + encode(astuple(BASE)) * 2, "line 3 repeats line 2"),
        (encode(COLUMNS) + "原因".encode("gb18030"), "is not UTF-8"),
    ],
)
def test_file_is_refused_when_it_cannot_be_understood(text: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_bytes(text)
    with pytest.raises(CorrectionsError, match=fault):
        read_corrections(path)
    with pytest.raises(CorrectionsError):
        add_correction(path, replace(BASE, reason="又一条"))
    assert path.read_bytes() == text


def test_rows_are_read_as_written_when_values_hold_tabs_and_breaks(tmp_path: Path) -> None:
    path = tmp_path / "new" / "corrections.tsv"
    row = replace(BASE, field="is_directive", expected="true", value="false", directive="一\t二\n三\\n四\r")
    add_correction(path, row)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))  # as some editors leave a file
    add_correction(path, BASE)
    assert read_corrections(path) == (row, BASE)
    assert path.read_bytes().count(b"\n") == 3
    with pytest.raises(CorrectionsError, match="made already"):
        add_correction(path, BASE)


def test_no_row_is_lost_when_many_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    rows = [replace(BASE, reason=f"第{i}条") for i in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: add_correction(path, row), rows))
    assert set(read_corrections(path)) == set(rows)
