"""A date that is known: the day, how it is known, and the words that say so. Imports records and date_bounds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from etl.date_bounds import FIRST_DAY, LAST_MEETING
from etl.records import DateBasis

EARLIEST, LATEST = FIRST_DAY, LAST_MEETING  # of a written meeting date
SPAN = 400  # code points of a sentence that are looked at


class KnownDate(NamedTuple):
    """2020-02-03, published, 2月3日；发布时间：2020-02-06."""

    day: date
    basis: DateBasis
    evidence: str  # the words that give the day and, after a ；, those that give its year
