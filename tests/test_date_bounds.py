"""One pair of bounds for dates: what the build takes, the check lets pass and the form for corrections offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from dashboard import corrections
from etl.date_bounds import DAYS_AHEAD, FIRST_DAY, LAST_MEETING, date_fault
from tests.small_warehouse import fill_small
from warehouse.corrections import DATES
from warehouse.load import sql_files

DAY = timedelta(days=1)
CHECK = next(path for path in sql_files("checks") if path.stem == "dates").read_text("utf-8")


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        fill_small(connection)
        yield connection


def passes(connection: duckdb.DuckDBPyConnection, doc_type: str, field: str, day: date) -> bool:
    """Whether the check finds nothing once a document's date is this day."""
    assert field in DAYS_AHEAD
    connection.execute(f"UPDATE documents SET doc_type = ?, {field} = ? WHERE document_id = 'a'", [doc_type, day])
    connection.execute("UPDATE documents SET date = coalesce(meeting_date, published_date)")
    return connection.execute(CHECK).fetchall() == []


@pytest.mark.parametrize("doc_type", ["meeting", "other"])
@pytest.mark.parametrize("field", DAYS_AHEAD)
def test_check_lets_pass_what_the_build_takes(small: duckdb.DuckDBPyConnection, field: str, doc_type: str) -> None:
    is_of_epidemic = field == "meeting_date" and doc_type == "meeting"
    last = LAST_MEETING if is_of_epidemic else datetime.now(UTC).date() + DAYS_AHEAD[field] * DAY
    spare = timedelta() if is_of_epidemic else DAY  # a session's day may be the next one
    assert date_fault(field, FIRST_DAY.isoformat(), doc_type) is None
    assert date_fault(field, last.isoformat(), doc_type) is None
    assert date_fault(field, (FIRST_DAY - DAY).isoformat(), doc_type)
    assert date_fault(field, (last + DAY).isoformat(), doc_type)
    assert passes(small, doc_type, field, FIRST_DAY)
    assert passes(small, doc_type, field, last + spare)
    assert not passes(small, doc_type, field, FIRST_DAY - DAY)
    assert not passes(small, doc_type, field, last + spare + DAY)


@pytest.mark.parametrize("field", DATES)
def test_form_offers_what_the_build_takes(field: str) -> None:
    first, last = corrections.FIRST_DAY, corrections.last_day(field)
    assert date_fault(field, first.isoformat(), "meeting") is None
    assert date_fault(field, last.isoformat(), "meeting") is None
    assert date_fault(field, (first - DAY).isoformat(), "meeting")
    assert date_fault(field, (last + DAY).isoformat(), "meeting")
