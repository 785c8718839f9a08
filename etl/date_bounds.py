"""Between which days the dates of an announcement lie. Imports nothing of ours.

A date outside is wrong (a slip of the pen, a clock that is off, a page of another year), and one such date stretches
every chart to it. warehouse/checks/dates.sql and the form of dashboard/corrections.py hold the same bounds, since the
packages do not import each other; tests/test_date_bounds.py holds the three together.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2019, 12, 1)
LAST_MEETING = date(2023, 6, 30)  # of the response to the epidemic; pages are published again for years
# days after today, in UTC: China's day begins earlier, and an order may take effect later
DAYS_AHEAD = {"meeting_date": 1, "published_date": 1, "effective_date": 366}


def date_fault(field: str, iso: str, doc_type: str | None = None) -> str | None:
    """What is wrong with a date: no day of the calendar, or out of bounds; None if nothing is.

    Meetings, notices and reports are of the epidemic, so that their meeting_date ends with it.
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return f"{field} {iso[:40]!r} is no day such as 2020-02-03"
    last = datetime.now(UTC).date() + timedelta(DAYS_AHEAD[field])
    if field == "meeting_date" and doc_type not in ("other", None):
        last = min(last, LAST_MEETING)
    return None if FIRST_DAY <= day <= last else f"{field} {day} lies outside {FIRST_DAY} to {last}"
