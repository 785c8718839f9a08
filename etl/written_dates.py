"""Dates as they are written: 2020年2月3日, 二〇二〇年二月四日, 2020-02-03, 2月3日, 3日上午, 昨日. Imports nothing.

Reads what stands there and nothing more: a year that is not written stays None, and what cannot be a date
(4/5G, hotline 12345, 第5次, 24时, 民国109年) is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

NUMERALS = "一二三四五六七八九十廿"
TO_DAY = r"\s?[-—–~～至到、和]{1,2}\s?\d{1,2}\s?日"  # 4月1-2日: the first day of two
MENTION = re.compile(
    rf"""(?=[\d{NUMERALS}元今昨前])(?:  # nothing else begins a date
      (?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{{1,2}}|元)\s?月
          (?:\s?(?P<day>\d{{1,2}})(?:\s?[日号]|(?=[上下中晚凌]|\s{{0,2}}(?:[\n）)]|$)|{TO_DAY})))?
    | (?P<nyear>20\d\d)\s?(?P<mark>[-/.])\s?(?P<nmonth>\d{{1,2}})\s?(?P=mark)\s?(?P<nday>\d{{1,2}})
    | (?P<cyear>二[〇○零Oo0][一二][〇○零Oo0一二三])年
          (?P<cmonth>[{NUMERALS}]{{1,2}})月(?P<cday>[{NUMERALS}]{{1,3}})[日号]
    | (?P<smonth>\d{{1,2}}|元)\s?月\s?(?P<sday>\d{{1,2}})\s?(?:[日号]|(?=[上下]午|[晚凌]|{TO_DAY}))
    | (?P<tmonth>[{NUMERALS}]{{1,2}})月(?P<tday>[{NUMERALS}]{{1,3}})[日号]
    | (?:(?P<lyear>20\d\d)\s?年)?(?P<slip>\d{{2,4}})日
    | (?P<only>\d{{1,2}})[日号]
    | (?P<relative>今[天日晨早晚]|昨[天日晚夜晨]|前[天晚](?!后)))
    """,
    re.VERBOSE,
)
YEAR_BEFORE = re.compile(rf"(?:(?P<long>(?:19|20)\d\d)|(?P<short>\d{{1,3}}|[{NUMERALS}〇○零\d]{{2,4}}))\s?年度?\s?$")
YEAR_BEHIND = re.compile(r"\s?[（(]\s?(20\d\d)\s?年?\s?[)）]")
STAMP = re.compile(r"(?:\d\d-\d\d-|\d\d:)\d\d$")  # 发布时间：2020-02-13|2月12日
TIME_GLUED = re.compile(r"\d\d[:：]\d\d")
HALF_DAY = re.compile(r"[（(]?(?:星期.|周.)?[)）]?(?:[上下中]午|晚|凌晨|清晨|早上|夜|傍晚|深夜)")
AFTER_ONLY = re.compile("[上中下晚夜凌清傍早深，,)）]|召开|举行|主持|开会|从|获悉")
COUNTED = re.compile(r"[第近前满约共每为]$|[一-龥]{2}(?:了|过)$")


METADATA = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
METADATA_LENGTH = 60  # of a cell or tag that are looked at


class Mention(NamedTuple):
    """A date as it is written; parts that are not written are None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    relative: str | None = None  # 今天, 昨天
    is_valid: bool = True  # False: no day of the calendar, or of another era

    @property
    def full(self) -> date | None:
        """The day where year, month and day are written and the calendar has it."""
        return day_of(self.year, self.month, self.day) if self.year and self.month and self.day else None


def mentions(text: str, start: int, end: int) -> Iterator[Mention]:
    """Dates written in text[start:end], in order; impossible ones are marked invalid.

    >>> [(m.year, m.month, m.day) for m in mentions("二○二○年二月四日、2月5日、5G、12345", 0, 21)]
    [(2020, 2, 4), (None, 2, 5)]
    """
    for found in MENTION.finditer(text, start, end):
        mention = _read(text, found)
        if mention is not None:
            yield mention


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def metadata_day(written: str) -> date | None:
    """The first day that a cell, a key or a tag of metadata gives in digits; None where it gives none.

    >>> metadata_day("2020年2月6日 09:35") == metadata_day("2020-02-06T01:35:03Z") == date(2020, 2, 6)
    True
    """
    found = METADATA.search(written[:METADATA_LENGTH])
    return day_of(*map(int, found.groups())) if found else None


def numeral(written: str) -> int:
    """二十三 → 23, 廿九 → 29; 0 for what is no number."""
    tens, ten, units = written.replace("廿", "二十").rpartition("十")
    if not ten:
        return NUMERALS.find(written) + 1 if len(written) == 1 else 0
    return (NUMERALS.find(tens) + 1 if tens else 1) * 10 + (NUMERALS.find(units) + 1 if units else 0)


def _month(written: str) -> int:
    """元月 is January."""
    return 1 if written == "元" else int(written)


def _read(text: str, found: re.Match[str]) -> Mention | None:
    start, end = found.span()
    before = text[max(0, start - 8) : start]
    if found["relative"]:
        return Mention(start, end, None, None, None, relative=found["relative"])
    if found["year"]:
        day_written = int(found["day"]) if found["day"] else None
        return _checked(start, end, int(found["year"]), _month(found["month"]), day_written)
    if found["nyear"]:
        return _read_numeric(text, found)
    if found["cyear"]:
        year = int("".join(str("〇一二三".find(c)) if c in "一二三" else "0" for c in found["cyear"]))
        return _checked(start, end, year, numeral(found["cmonth"]), numeral(found["cday"]))
    if found["smonth"] or found["tmonth"]:
        return _read_short(text, found, before)
    if found["slip"] and (found["lyear"] or len(found["slip"]) > 2 or int(found["slip"]) > 31):
        return _read_slip(text, found, before)
    if before[-1:].isdigit() or before.endswith(
        ("月", "年", "第", "近", "前", "每", "-", "/", ".", "至", "满", "约", "共")
    ):
        return None
    day = int(found["only"] or found["slip"])
    return _checked(start, end, None, None, day) if AFTER_ONLY.match(text, end) else None


def _read_short(text: str, found: re.Match[str], before: str) -> Mention | None:
    """2月3日, 二月三日; a year in brackets behind it, or two digits of one before it, belong to it."""
    start, end = found.span()
    if (before[-1:].isdigit() and not STAMP.search(before)) or before.endswith(("第", "前", "近", "每")):
        return None
    month = _month(found["smonth"]) if found["smonth"] else numeral(found["tmonth"])
    day = int(found["sday"]) if found["sday"] else numeral(found["tday"])
    year, usable = _year_before(before)
    behind = YEAR_BEHIND.match(text, end)
    if behind and year is None:
        year, end = int(behind[1]), behind.end()
    return _checked(start, end, year, month, day) if usable else Mention(start, end, None, month, day, is_valid=False)


def _read_numeric(text: str, found: re.Match[str]) -> Mention | None:
    """2020-02-03, 2020.2.3; a time or a count glued behind it is parted: 2020-02-0609:35, 2021-09-154733."""
    day, end = found["nday"], found.end()
    if found["mark"] == "." and text[found.start() - 1 : found.start()] in (".", "/"):
        return None
    if text[end : end + 1].isdigit():
        if len(day) == 2 and int(day) > 31 and TIME_GLUED.match(text, end - 1):
            day, end = day[0], end - 1
        elif not TIME_GLUED.match(text, end) and not found["nmonth"].startswith("0"):
            return None  # a longer number, or a day that may end at two places
    elif len(day) == 2 and int(day) > 31 and text[end : end + 1] in (":", "："):
        day, end = day[0], end - 1  # 2020-2-39:35
    return _checked(found.start(), end, int(found["nyear"]), int(found["nmonth"]), int(day))


def _read_slip(text: str, found: re.Match[str], before: str) -> Mention | None:
    """1022日 → 10月22日, 88日下午 → 8月8日: digits that part in one way only, beside a year, a half day, or alone."""
    digits, end = found["slip"], found.end()
    year = int(found["lyear"]) if found["lyear"] else None
    if before[-1:].isdigit():
        return None
    stands_alone = before[-1:] in ("，", "。", "\n", "") and text.startswith("，", end)  # 开学在即，210日，
    if year is None and (COUNTED.search(before) or not (stands_alone or HALF_DAY.match(text, end))):
        return None
    ways = [(digits[:n], digits[n:]) for n in (1, 2) if 1 <= len(digits) - n <= 2]
    days = [(int(m), int(d)) for m, d in ways if d[0] != "0" or len(digits) == 4]
    days = [(m, d) for m, d in days if day_of(year or 2020, m, d)]
    return Mention(found.start(), end, year, *days[0]) if len(days) == 1 else None


def _checked(start: int, end: int, year: int | None, month: int | None, day: int | None) -> Mention:
    usable = day_of(year or 2020, month or 1, day or 1) is not None
    return Mention(start, end, year, month, day, is_valid=usable and day != 0 and month != 0)


def _year_before(before: str) -> tuple[int | None, bool]:
    """The year that stands right before a month, and whether the date is usable (no year of another era)."""
    found = YEAR_BEFORE.search(before)
    if found is None:
        return None, True
    if found["long"]:
        return int(found["long"]), True
    digits = "".join(str(NUMERALS.find(c) + 1) if c in NUMERALS[:9] else c for c in found["short"])
    digits = re.sub("[〇○零]", "0", digits)
    if digits in ("20", "21", "22"):
        return 2000 + int(digits), True
    return (int(digits), True) if re.fullmatch(r"20[12]\d", digits) else (None, False)
