"""Views and checks: what they say of the small warehouse, written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tests.small_warehouse import add_document, fill_small
from warehouse.load import sql_files

WIDEST_VIEW = 31  # columns: one screen
NEEDS_FULL_LISTS = {"nothing_missing"}  # the small warehouse has 2 of 24 categories and 3 of 31 provinces


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        fill_small(connection)
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def test_directives_carry_every_dimension(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        small,
        """SELECT date, province, province_en, region, issuer, issuer_kind, text, family, category_zh, categories, url
        FROM v_directives WHERE directive_id = 'a-2'""",
    ) == [
        (
            date(2022, 3, 1),
            "上海市",
            "Shanghai",
            "上海市",
            "上海市政府",
            "government",
            "学校一律停课。",
            "containment",
            "校园防控",
            ["schools", "testing"],
            "https://example.org/1",
        )
    ]


def test_copies_are_flagged_not_dropped(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(small, "SELECT is_primary, count(*) FROM v_directives GROUP BY 1 ORDER BY 1") == [(False, 1), (True, 3)]


def test_national_documents_have_a_place_of_their_own(small: duckdb.DuckDBPyConnection) -> None:
    add_document(small, "n", {"要抓好复课。": ("schools",)}, level="national", adcode=None, province_adcode=None)
    assert rows(small, "SELECT province, province_en FROM v_measures WHERE document_id = 'n'") == [
        ("全国", "Nationwide")
    ]


def test_measures_have_a_row_a_category_with_its_evidence(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(small, "SELECT category, rank, terms FROM v_measures WHERE directive_id = 'a-2' ORDER BY rank") == [
        ("schools", 1, ["学校"]),
        ("testing", 2, ["学校"]),
    ]


def test_meetings_say_who_chaired_and_what_of(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        small, "SELECT chairs, attendees, directive_count, categories FROM v_meetings WHERE document_id = 'a'"
    ) == [(["王某"], [], 2, ["testing", "schools"])]


def test_adoption_tells_no_order_from_no_document(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        small,
        """SELECT province, category, status, first_date, directive_id, directives, undated_directives, documents,
            is_left_censored, is_right_censored
        FROM v_adoption ORDER BY province, category""",
    ) == [
        ("上海市", "schools", "ordered", date(2022, 3, 1), "a-2", 1, 0, 1, True, False),
        ("上海市", "testing", "ordered", date(2022, 3, 1), "a-1", 2, 0, 1, True, False),
        ("全国", "schools", "no_documents", None, None, 0, 0, 0, None, True),
        ("全国", "testing", "no_documents", None, None, 0, 0, 0, None, True),
        ("北京市", "schools", "no_documents", None, None, 0, 0, 0, None, True),
        ("北京市", "testing", "no_documents", None, None, 0, 1, 0, None, True),
        ("湖北省", "schools", "no_documents", None, None, 0, 0, 0, None, True),
        ("湖北省", "testing", "no_documents", None, None, 0, 0, 0, None, True),
    ]


def test_coverage_has_zeros_and_the_undated(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        small,
        "SELECT month, province, documents, meetings, directives, copies FROM v_coverage ORDER BY month, province",
    ) == [
        (date(2022, 3, 1), "上海市", 1, 1, 2, 1),
        (date(2022, 3, 1), "全国", 0, 0, 0, 0),
        (date(2022, 3, 1), "北京市", 0, 0, 0, 0),
        (date(2022, 3, 1), "湖北省", 0, 0, 0, 0),
        (None, "北京市", 1, 1, 1, 0),
    ]


def test_coverage_adds_up_to_the_documents(small: duckdb.DuckDBPyConnection) -> None:
    assert rows(small, "SELECT CAST(sum(documents) + sum(copies) AS INTEGER) FROM v_coverage") == [(3,)]


def test_changes_outlive_their_documents(small: duckdb.DuckDBPyConnection) -> None:
    small.execute("INSERT INTO changes VALUES (1, 'gone', 'invented/gone.txt', '旧标题', 'withdrawn', [])")
    assert rows(small, "SELECT change, title, is_present, engine FROM v_changes") == [
        ("withdrawn", "旧标题", False, "local")
    ]


def test_quality_shows_labels_and_what_is_known(small: duckdb.DuckDBPyConnection) -> None:
    small.execute("INSERT INTO quality VALUES ('meeting_date', 'working', 'rate', 0.97, 0.95, 0.99, 200, [])")
    assert rows(
        small, "SELECT split, metric, round(value, 2), n FROM v_quality WHERE field = 'meeting_date' ORDER BY split"
    ) == [("warehouse", "known", 0.67, 3), ("working", "rate", 0.97, 200)]


def test_views_answer_when_there_is_no_document() -> None:
    with duckdb.connect(":memory:") as connection:
        for folder in ("schema", "marts", "views"):
            for path in sql_files(folder):
                connection.execute(path.read_text("utf-8"))
        for path in sql_files("views"):
            assert connection.execute(f"SELECT count(*) FROM {path.stem[3:]}").fetchone() is not None


@pytest.mark.parametrize("path", sql_files("views"), ids=lambda path: path.stem)
def test_a_view_is_named_after_its_file_and_fits_a_screen(small: duckdb.DuckDBPyConnection, path) -> None:
    name = path.stem[3:]
    assert name in {view for (view,) in rows(small, "SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    assert len(rows(small, f"DESCRIBE {name}")) <= WIDEST_VIEW


@pytest.mark.parametrize("path", sql_files("checks"), ids=lambda path: path.stem)
def test_a_check_passes_when_all_is_well(small: duckdb.DuckDBPyConnection, path) -> None:
    if path.stem not in NEEDS_FULL_LISTS:
        assert rows(small, path.read_text("utf-8")) == []


BREAKAGES = {
    "counts": "UPDATE documents SET directive_count = 5 WHERE document_id = 'a'",
    "dates": "UPDATE documents SET meeting_date = DATE '2016-02-03', date = DATE '2016-02-03' WHERE document_id = 'a'",
    "directive_order": "UPDATE directives SET seq = 7 WHERE directive_id = 'a-2'",
    "directive_spans": "UPDATE directives SET start_char = start_char + 1 WHERE directive_id = 'a-1'",
    "known_regions": "UPDATE documents SET adcode = '999999' WHERE document_id = 'a'",
    "known_values": "UPDATE directives SET strength = 'stringent' WHERE directive_id = 'a-1'",
    "marts_agree": "DELETE FROM measures WHERE directive_id = 'a-2' AND rank = 2",
    "rows_agree": "UPDATE mart_directives SET directive_row = directive_row + 1",
    "measure_ranks": "UPDATE measures SET rank = 3 WHERE directive_id = 'a-2' AND rank = 2",
    "nothing_missing": "DELETE FROM categories",
    "offsets": "UPDATE documents SET text_starts = [0, 3] WHERE document_id = 'a'",
    "orphans": "UPDATE people SET document_id = 'nowhere' WHERE document_id = 'a'",
    "primaries": "UPDATE documents SET duplicate_of = 'b' WHERE document_id = 'c'",
    "reported_spans": "INSERT INTO reported VALUES ('a', 1, '已完成检测。', 0, 6, [], [])",
    "spans_inside_text": "INSERT INTO slogans VALUES ('a', 1, '应检尽检', 900, 904)",
    "term_spans": "UPDATE measures SET terms = [{'term': '核酸', 'start_char': 0, 'end_char': 2}] WHERE rank = 2",
    "unique_keys": "INSERT INTO directives FROM directives",
}


@pytest.mark.parametrize("path", sql_files("checks"), ids=lambda path: path.stem)
def test_a_check_shows_what_offends(small: duckdb.DuckDBPyConnection, path) -> None:
    small.execute(BREAKAGES[path.stem])
    assert rows(small, path.read_text("utf-8")) != []


@pytest.mark.parametrize("kind", ["meeting", "other"])
@pytest.mark.parametrize("field", ["meeting_date", "published_date", "effective_date"])
@pytest.mark.parametrize("day", ["1021-02-03", "2099-12-31"])
def test_dates_out_of_bounds_are_shown_whatever_the_kind(
    small: duckdb.DuckDBPyConnection, kind: str, field: str, day: str
) -> None:
    small.execute(f"UPDATE documents SET doc_type = '{kind}', {field} = DATE '{day}' WHERE document_id = 'a'")
    small.execute("UPDATE documents SET date = coalesce(meeting_date, published_date)")
    dates = next(path for path in sql_files("checks") if path.stem == "dates")
    assert [row[0] for row in rows(small, dates.read_text("utf-8"))] == ["a"]
