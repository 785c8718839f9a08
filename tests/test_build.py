"""Builds of folders: what is loaded, carried over, changed, withdrawn, rejected; and what bad sources do."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

import etl.build
from etl.build import Summary, build
from etl.errors import BuildError, SourceError
from tests.announcements import CHENGDU, NANNING, WUHAN, make_folder
from warehouse.connection import open_published, published_path
from warehouse.errors import NotPublishedError

BOOKKEEPING = {"load_id", "first_load_id"}


def rows(directory: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with open_published(directory) as connection:
        return connection.execute(query, list(values)).fetchall()


def sources(directory: Path) -> list[str]:
    return [source for (source,) in rows(directory, "SELECT source FROM documents ORDER BY source")]


def changes(directory: Path, load_id: int) -> dict[str, str]:
    """Source → change of a load."""
    return dict(rows(directory, "SELECT source, change FROM changes WHERE load_id = ? ORDER BY source", load_id))


def contents(directory: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that holds rows of documents, sorted, without what says when a row was loaded."""
    with open_published(directory) as connection:
        tables = connection.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE NOT internal AND table_name NOT LIKE 'mart%' AND table_name NOT LIKE 'v\\_%' ESCAPE '\\' "
            "AND table_name NOT IN ('loads', 'changes', 'source_roots') GROUP BY table_name"
        ).fetchall()
        shown = {table: ", ".join(c for c in columns if c not in BOOKKEEPING) for table, columns in tables}
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
            for table, columns in shown.items()
        }


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


# What is loaded


def test_sample_fills_every_table_of_findings_when_built(sample_warehouse: Path) -> None:
    with open_published(sample_warehouse) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            for table in ("documents", "meetings", "directives", "measures", "people", "issuers", "figures", "reported")
        }
    assert counts.pop("documents") == 264
    assert all(count > 20 for count in counts.values()), counts


def test_sample_urls_are_pages_of_facts_when_built(sample_warehouse: Path) -> None:
    assert rows(sample_warehouse, "SELECT url_role, count(*) FROM documents GROUP BY url_role ORDER BY url_role") == [
        ("facts", 261),
        ("none", 3),  # their facts come from no page
    ]


def test_every_span_cuts_its_text_when_sample_is_built(sample_warehouse: Path) -> None:
    query = """SELECT count(*), count(*) FILTER (x.text = substr(d.text, start_char + 1, end_char - start_char))
    FROM directives AS x JOIN documents AS d USING (document_id)"""
    ((total, cut),) = rows(sample_warehouse, query)
    assert cut == total > 500


def test_document_is_stored_with_its_source_and_bytes_when_built(tmp_path: Path, warehouse: Path) -> None:
    build([make_folder(tmp_path / "city", wuhan=WUHAN)], warehouse)
    assert rows(
        warehouse,
        "SELECT document_id, source, source_root, url, url_role, meeting_date::VARCHAR, region_path, raw_sha256, "
        "first_load_id, load_id FROM documents",
    ) == [
        (
            hashlib.sha256(b"city/wuhan.txt").hexdigest()[:16],
            "city/wuhan.txt",
            "city",
            None,
            "none",
            "2022-03-01",
            ["湖北省", "武汉市"],
            hashlib.sha256(WUHAN.encode()).hexdigest(),
            1,
            1,
        )
    ]


def test_summary_counts_what_was_done_when_built(tmp_path: Path, warehouse: Path) -> None:
    summary = build([make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)], warehouse)
    load = summary.load
    assert (load.load_id, load.documents_read, load.documents_new, load.documents_rejected) == (1, 2, 2, 0)
    assert (summary.document_count, summary.published) == (2, published_path(warehouse))
    assert summary.directive_count >= 3


def test_progress_adds_up_when_built(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    seen: list[tuple[int, int, int]] = []
    for _ in range(2):  # the second time nothing is extracted
        seen.clear()
        build([folder], warehouse, progress=lambda *counts: seen.append(counts))
        assert [sum(column) for column in zip(*seen, strict=True)] == [2, len((WUHAN + CHENGDU).encode()), 0]


# Again


def test_nothing_is_published_when_nothing_changed(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    first = build([folder], warehouse)
    second = build([folder], warehouse)
    assert (second.published, second.load.documents_unchanged, second.document_count) == (None, 1, 1)
    assert published_path(warehouse) == first.published


def test_nothing_is_published_when_full_build_finds_the_same(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    build([folder], warehouse)
    assert build([folder], warehouse, full=True).published is None


def test_only_new_document_is_a_change_when_added(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    build([folder], warehouse)
    make_folder(folder, chengdu=CHENGDU)
    load = build([folder], warehouse).load
    assert (load.documents_new, load.documents_changed, load.documents_unchanged) == (1, 0, 1)
    assert changes(warehouse, 2) == {"city/chengdu.txt": "new"}
    assert rows(warehouse, "SELECT source, first_load_id, load_id FROM documents ORDER BY source") == [
        ("city/chengdu.txt", 2, 2),
        ("city/wuhan.txt", 1, 1),
    ]


def test_changed_fields_are_listed_when_text_changed(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    build([folder], warehouse)
    make_folder(folder, wuhan=WUHAN.replace("3月1日", "3月8日"))
    build([folder], warehouse)
    assert rows(warehouse, "SELECT source, change FROM changes WHERE load_id = 2") == [
        ("city/wuhan.txt", "text_changed")
    ]
    ((fields,),) = rows(warehouse, "SELECT fields FROM changes WHERE load_id = 2")
    assert {"meeting_date", "text", "raw_text"} <= set(fields)
    assert not {"doc_type", "issuer_id", "directives", "people"} & set(fields)
    assert rows(warehouse, "SELECT meeting_date::VARCHAR, first_load_id, load_id FROM documents ORDER BY 1") == [
        ("2022-03-08", 1, 2),
        ("2022-04-02", 1, 1),
    ]


def test_document_is_withdrawn_when_its_file_is_gone(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    build([folder], warehouse)
    (folder / "wuhan.txt").unlink()
    load = build([folder], warehouse).load
    assert (load.documents_withdrawn, load.documents_unchanged) == (1, 1)
    assert sources(warehouse) == ["city/chengdu.txt"]
    assert changes(warehouse, 2) == {"city/wuhan.txt": "withdrawn"}
    orphans = "SELECT count(*) FROM directives WHERE document_id NOT IN (SELECT document_id FROM documents)"
    assert rows(warehouse, orphans) == [(0,)]


def test_metadata_change_is_told_when_manifest_changes(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    (folder / "manifest.csv").write_text("file,url\nwuhan.txt,https://example.org/1\n")
    build([folder], warehouse)
    (folder / "manifest.csv").write_text("file,url\nwuhan.txt,https://example.org/2\n")
    build([folder], warehouse)
    assert rows(warehouse, "SELECT change, fields FROM changes WHERE load_id = 2") == [("metadata_changed", ["url"])]
    assert rows(warehouse, "SELECT url, url_role, url_host FROM documents") == [
        ("https://example.org/2", "source", "example.org")
    ]


def test_only_the_version_moves_when_other_rules_find_the_same(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    build([folder], warehouse)
    monkeypatch.setattr(etl.build, "rules_version", lambda: "newer")
    summary = build([folder], warehouse)
    assert summary.published is not None
    assert (summary.load.documents_changed, summary.load.documents_unchanged) == (0, 1)
    assert rows(warehouse, "SELECT rules_version, load_id FROM documents") == [("newer", 1)]
    assert changes(warehouse, 2) == {}
    assert build([folder], warehouse).published is None


def test_incremental_build_equals_full_build_when_much_changed(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU, broken=b"\x00\x01\x02" * 50)
    build([folder], warehouse)
    make_folder(folder, chengdu=CHENGDU + WUHAN, nanning=NANNING)
    (folder / "wuhan.txt").unlink()
    build([folder], warehouse)
    build([folder], tmp_path / "fresh")
    assert contents(warehouse) == contents(tmp_path / "fresh")


# Roots


def test_other_roots_stay_when_one_is_built(tmp_path: Path, warehouse: Path) -> None:
    build([make_folder(tmp_path / "spring", wuhan=WUHAN)], warehouse)
    build([make_folder(tmp_path / "summer", nanning=NANNING)], warehouse)
    assert sources(warehouse) == ["spring/wuhan.txt", "summer/nanning.txt"]


def test_label_is_lengthened_when_another_root_has_it(tmp_path: Path, warehouse: Path) -> None:
    old, new = tmp_path / "2021" / "city", tmp_path / "2022" / "city"
    build([make_folder(old, nanning=NANNING)], warehouse)
    build([make_folder(new, wuhan=WUHAN)], warehouse)
    assert sources(warehouse) == ["city/nanning.txt", "city@2022/wuhan.txt"]
    (new / "wuhan.txt").rename(new / "chengdu.txt")
    build([new, old], warehouse)
    assert sources(warehouse) == ["city/nanning.txt", "city@2022/chengdu.txt"]


def test_path_of_a_root_is_kept_nowhere_when_built(tmp_path: Path, warehouse: Path) -> None:
    build([make_folder(tmp_path / "city", wuhan=WUHAN)], warehouse)
    assert str(tmp_path).encode() not in published_path(warehouse).read_bytes()
    assert rows(warehouse, "SELECT label, root_sha256 FROM source_roots") == [
        ("city", hashlib.sha256(str((tmp_path / "city").resolve()).encode()).hexdigest())
    ]


def test_root_is_read_once_when_named_twice(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    assert build([folder, folder], warehouse).load.documents_read == 1


# Rejects


def test_others_are_loaded_when_one_document_is_binary(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, picture=b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)) * 8)
    load = build([folder], warehouse).load
    assert (load.documents_new, load.documents_rejected) == (1, 1)
    ((source, reason, detail),) = rows(warehouse, "SELECT source, reason, detail FROM rejects")
    assert source == "city/picture.txt"
    assert reason
    assert len(detail) > 10


def test_reject_goes_when_its_document_is_mended(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=b"\x00\x01\x02" * 50)
    build([folder], warehouse)
    assert build([folder], warehouse).published is None  # the same reject is nothing new
    make_folder(folder, chengdu=CHENGDU)
    build([folder], warehouse)
    assert rows(warehouse, "SELECT count(*) FROM rejects") == [(0,)]
    assert sources(warehouse) == ["city/chengdu.txt", "city/wuhan.txt"]


def test_document_keeps_what_it_had_when_it_cannot_be_read_any_more(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    build([folder], warehouse)
    make_folder(folder, chengdu=b"\x00\x01\x02" * 50)
    load = build([folder], warehouse).load
    assert (load.documents_withdrawn, load.documents_rejected) == (0, 1)
    assert sources(warehouse) == ["city/chengdu.txt", "city/wuhan.txt"]


def test_date_is_none_when_it_is_out_of_bounds(tmp_path: Path, warehouse: Path) -> None:
    written = f"武汉市疫情防控会议\n发布时间：2029-03-01 09:00\n{WUHAN}"
    early = "关于放假的通知\n发布时间：2019-03-01 09:00\n某市召开会议，要求做好工作。\n"
    lines = [{"text": WUHAN, "published_date": "2099-12-31"}, {"text": written}, {"text": early}]
    (tmp_path / "crawl.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    build([tmp_path / "crawl.jsonl"], warehouse)
    assert rows(warehouse, "SELECT meeting_date::VARCHAR, published_date FROM documents ORDER BY source") == [
        ("2022-03-01", None),
        ("2022-03-01", None),
        (None, None),
    ]
    ((reason, detail),) = rows(warehouse, "SELECT reason, detail FROM rejects")
    assert reason == "metadata"
    assert "published_date 2099-12-31 lies outside 2019-12-01" in detail


def test_extractor_that_fails_costs_one_document(tmp_path: Path, warehouse: Path) -> None:
    lines = [json.dumps({"text": WUHAN}), json.dumps({"text": "\ud800" + CHENGDU}), '{"text": "cut off']
    (tmp_path / "crawl.jsonl").write_text("\n".join(lines), "utf-8")
    summary = build([tmp_path / "crawl.jsonl"], warehouse)
    assert "crawl.jsonl#1" in sources(warehouse)
    assert summary.load.documents_read == 3
    assert rows(warehouse, "SELECT source FROM rejects WHERE source LIKE '%#3'") == [("crawl.jsonl#3",)]


def test_good_build_stands_when_nothing_can_be_read(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    good = build([folder], warehouse).published
    bad = make_folder(tmp_path / "bad", one=b"\x00\x01\x02" * 50, two=b"\x00\xff" * 50)
    with pytest.raises(BuildError, match=r"None of the 2 documents could be read; nothing was published"):
        build([bad], warehouse)
    assert published_path(warehouse) == good


# Bad sources: a message or a reject, and the published build untouched


@pytest.fixture
def published(tmp_path: Path, warehouse: Path) -> Summary:
    return build([make_folder(tmp_path / "good", wuhan=WUHAN)], warehouse)


def assert_untouched(warehouse: Path, before: Summary) -> None:
    assert published_path(warehouse) == before.published
    assert sorted(path.name for path in warehouse.iterdir()) == [
        ".build.lock",
        "current.duckdb",
        published_path(warehouse).name,
    ]
    assert sources(warehouse) == ["good/wuhan.txt"]


def test_message_names_the_path_when_it_is_missing(tmp_path: Path, warehouse: Path, published: Summary) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        build([tmp_path / "good", tmp_path / "nowhere"], warehouse)
    assert_untouched(warehouse, published)


def test_nothing_is_made_when_the_first_source_is_missing(tmp_path: Path, warehouse: Path) -> None:
    with pytest.raises(SourceError):
        build([tmp_path / "nowhere"], warehouse)
    assert not warehouse.exists()
    with pytest.raises(NotPublishedError, match="python -m etl build"):
        open_published(warehouse)


def test_message_names_the_folder_when_it_is_empty(tmp_path: Path, warehouse: Path, published: Summary) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="empty"):
        build([tmp_path / "empty"], warehouse)
    assert_untouched(warehouse, published)


def test_nothing_is_withdrawn_when_a_root_is_suddenly_empty(
    tmp_path: Path, warehouse: Path, published: Summary
) -> None:
    (tmp_path / "good" / "wuhan.txt").unlink()
    with pytest.raises(SourceError):
        build([tmp_path / "good"], warehouse)
    assert_untouched(warehouse, published)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40, id="binary"),
        pytest.param(b"x" * 50_000_000, id="50 MB of one line"),
        pytest.param("疫情".encode() * 8_000_000, id="48 MB of one line in Chinese"),
        pytest.param(bytes((i * 7919) % 251 + 1 for i in range(4000)), id="unknown encoding"),
        pytest.param(b"", id="empty file"),
    ],
)
def test_document_is_rejected_or_loaded_when_its_file_is_strange(tmp_path: Path, warehouse: Path, data: bytes) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, strange=data)
    load = build([folder], warehouse).load
    found = rows(warehouse, "SELECT source FROM documents UNION SELECT source FROM rejects ORDER BY source")
    assert found == [("city/strange.txt",), ("city/wuhan.txt",)]
    assert load.documents_read == 2


def test_folder_that_looks_like_a_file_is_no_document(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    (folder / "trap.txt").mkdir()
    build([folder], warehouse)
    assert sources(warehouse) == ["city/wuhan.txt"]


def test_file_that_cannot_be_opened_is_rejected(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    (folder / "lost.txt").symlink_to(tmp_path / "nothing there")  # root reads every file, but not what is not there
    load = build([folder], warehouse).load
    assert sources(warehouse) == ["city/wuhan.txt"]
    assert load.documents_rejected in (0, 1)


def test_read_only_connection_opens_when_a_build_runs(tmp_path: Path, warehouse: Path, published: Summary) -> None:
    seen: list[int] = []

    def look(*_: int) -> None:
        with duckdb.connect(str(published_path(warehouse)), read_only=True) as connection:
            seen.extend(connection.execute("SELECT count(*) FROM documents").fetchall()[0])

    build([make_folder(tmp_path / "more", chengdu=CHENGDU)], warehouse, progress=look)
    assert seen == [1]
    assert len(sources(warehouse)) == 2
