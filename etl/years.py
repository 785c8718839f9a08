"""What tells the year of a date that is written without one, and the day of 今天 or 11日.

    发布时间：2020-02-06 … 2月3日上午，市委召开会议 → 2020-02-03, published

Evidence in the order of its strength: a published date close to it, other dates of the text, the URL; and the calendar
(weekday, lunar day, first working day after a holiday), which none of them may contradict.
Imports records, lexicon, known_dates, published and written_dates only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import islice

from etl.known_dates import EARLIEST, LATEST, SPAN, KnownDate
from etl.lexicon import Lexicon
from etl.published import is_dateline, url_dates
from etl.records import DateBasis, Document, Page
from etl.written_dates import Mention, day_of, mentions

YEARS = (2020, 2021, 2022)  # what a date without a year may be completed to by the calendar
PUBLISHED_WITHIN = 60  # days between a meeting and the published line that tells its year
FIRST_YEAR_WITHIN = 120  # the same in 2020, before which there is no other year
CONTEXT_WITHIN = 45  # days between a meeting and another date of the text that tells its year
SEASON_WITHIN = 75
WEEKDAY = re.compile(r"\s?[（(，,]?\s?(?:星期|周|礼拜)([一二三四五六日天末])")
NAMED_LINK = re.compile(
    r"[（(，,、\s]{0,2}(?:也|又|当天|今天|这天|这一天)?(?:正值|恰逢|适逢|正逢|时值|是|即|系|为|正是)?(?:农历|中国农历|夏历)?(?:新年|春节)?"
)
WORKDAY = re.compile(
    r"(春节|元旦|清明|五一|端午|中秋|国庆)?[”\"]?(?:佳节|小?长假|假期|假日|节日|假)?节?(?:之?后|结束后|过后)(?:的)?(?:上班|复工|开工|返岗)?"
    r"(?:的)?(?:第?一?个?|首个?|头一?个?)(?:工作日|上班日|上班的?第?一?天)"
)
SINCE = re.compile("[^，。]{0,4}以来")
BRACKETED_YEAR = re.compile(r"[（(](20[12]\d)年?[）)]")
QUARTER = re.compile(r"(20[12]\d)年第?([一二三四1234])季度")
QUARTERS = dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True))
YEAR = re.compile(r"(20[12]\d)年")


@dataclass(frozen=True, slots=True, eq=False)
class _Calendar:
    """Named days by what they are called."""

    named: re.Pattern[str]  # lunar days and festivals
    year_named: re.Pattern[str]  # 2020年冬季
    days: dict[str, tuple[date, ...]]
    seasons: frozenset[str]
    workdays: dict[str, tuple[date, ...]]


@lru_cache(maxsize=8)
def _calendar(lexicon: Lexicon) -> _Calendar:
    days: dict[str, tuple[date, ...]] = {}
    workdays: dict[str, tuple[date, ...]] = {}
    for row in lexicon.dates.days:
        table = workdays if row.kind == "workday" else days
        for name in row.names:
            table[name] = (*table.get(name, ()), row.day)
    seasons = frozenset(n for row in lexicon.dates.days if row.kind == "season" for n in row.names)

    def choice(names: Iterable[str]) -> str:
        return "|".join(sorted(set(names), key=lambda n: (-len(n), n)))

    all_names = choice(days)
    return _Calendar(
        named=re.compile(choice(n for n in days if n not in seasons)),
        year_named=re.compile(
            rf"(20[12]\d)年(?:(?:全国|全市|全省|全县|全区)?[“\"]?({all_names})|第\s?[\d一二三四五六七八九十]{{1,4}}\s?(?:号|次|期|场))"
        ),
        days=days,
        seasons=seasons,
        workdays=workdays,
    )


class Years:
    """Completes the dates of one document, each from the strongest evidence for its year; looked up when asked for."""

    def __init__(self, document: Document, page: Page, published: KnownDate | None, lexicon: Lexicon) -> None:
        self.document, self.page, self.published, self.calendar = document, page, published, _calendar(lexicon)

    @cached_property
    def base(self) -> KnownDate | None:
        """The day that 今天 stands for: that of the dateline (本报4月12日讯), else the published one."""
        lead, text = self.page.lead, self.document.text
        if lead:
            for mention in islice(mentions(text, lead.start, min(lead.end, lead.start + 80)), 2):
                if is_dateline(text, mention) and mention.month and mention.day:
                    if mention.full:
                        return KnownDate(mention.full, "published", text[mention.start : mention.end])
                    return self._complete_year(mention, (lead.start, lead.end))
        return self.published

    def complete(self, mention: Mention, sentence: tuple[int, int]) -> KnownDate | None:
        """The mention as a known date; None where its year is not supported, or the text was published before it.

        `sentence` is where it stands: (start, end) in the document's text.
        """
        words = self.document.text[mention.start : mention.end]
        if mention.relative:
            base = self.base
            if base is None:
                return None
            back = {"今": 0, "昨": 1, "前": 2}[mention.relative[0]]
            day = base.day - timedelta(back)
            return KnownDate(day, "relative", f"{words}；{base.evidence}") if EARLIEST <= day <= LATEST else None
        if mention.full:
            behind = self.base and (mention.full - self.base.day).days > 1
            ok = EARLIEST <= mention.full <= LATEST and not behind
            return KnownDate(mention.full, "text", words) if ok else None
        return self._complete_year(mention, sentence)

    def _complete_year(self, mention: Mention, sentence: tuple[int, int]) -> KnownDate | None:
        """A date with its year (and month), from the strongest evidence there is; None where evidence disagrees."""
        words = self.document.text[mention.start : mention.end]
        if mention.month is None:
            return self._complete_day(words, mention)
        calendar, calendar_words = self._on_calendar(mention, sentence)
        published = self._near_published(mention)
        if published:
            if calendar and calendar != {published.day.year}:
                return None
            return KnownDate(published.day, published.basis, f"{words}；{published.evidence}")
        found: dict[int, tuple[DateBasis, str]] = {}
        for year, evidence in self._context(mention):
            found.setdefault(year, ("context", evidence))
        if not found:
            year_of_url = self._near_url(mention)
            if year_of_url:
                found[year_of_url] = ("url", self.document.url or "")
        if not found and self.published is not None and not calendar:
            return None
        if len(calendar) == 1:
            year = next(iter(calendar))
            if not found or set(found) == {year}:
                found = {year: found.get(year, ("calendar", calendar_words))}
            else:
                return None
        if len(found) != 1 or not mention.day:
            return None
        year, (basis, evidence) = next(iter(found.items()))
        day = day_of(year, mention.month, mention.day)
        if day is None or not EARLIEST <= day <= LATEST:
            return None
        return KnownDate(day, basis, f"{words}；{evidence}" if evidence else words)

    def _complete_day(self, words: str, mention: Mention) -> KnownDate | None:
        """11日晚 against the published day: the last such day before it, at most twenty days back."""
        base = self.base
        if base is None or mention.day is None:
            return None
        for back in range(21):
            day = base.day - timedelta(back)
            if day.day == mention.day:
                basis: DateBasis = "metadata" if base.basis == "metadata" else "published"
                return KnownDate(day, basis, f"{words}；{base.evidence}") if EARLIEST <= day <= LATEST else None
        return None

    def _near_published(self, mention: Mention) -> KnownDate | None:
        """The last such day up to the published one, if it is close enough."""
        known = self.published
        if known is None or not mention.month or not mention.day:
            return None
        for year in (known.day.year, known.day.year - 1):
            day = day_of(year, mention.month, mention.day)
            within = FIRST_YEAR_WITHIN if known.day.year == YEARS[0] else PUBLISHED_WITHIN
            if day and -1 <= (known.day - day).days <= within and EARLIEST <= day <= LATEST:
                return KnownDate(day, known.basis, known.evidence)
        return None

    def _near_url(self, mention: Mention) -> int | None:
        _, span = url_dates(self.document.url)
        if span is None or not mention.month or not mention.day:
            return None
        for year in (span[0].year, span[0].year - 1):
            day = day_of(year, mention.month, mention.day)
            if day and (day - span[0]).days >= -31 and (span[1] - day).days >= -1:
                return year
        return None

    def _context(self, mention: Mention) -> list[tuple[int, str]]:
        """Years of other dates of the title, the lead and the signature that lie close to this one."""
        text, calendar = self.document.text, self.calendar
        zones = [s for s in self.page.segments if s.kind in ("title", "heading", "lead", "paragraph")]
        body = [s for s in zones if s.kind in ("lead", "paragraph")]
        near = [s for s in zones if s.kind in ("title", "heading")] + body[:3]
        near += [s for s in body[3:][-3:] if s.end - s.start < 80]
        found: list[tuple[int, str]] = []
        for segment in near:
            stop = min(segment.end, segment.start + 2 * SPAN)
            for other in mentions(text, segment.start, stop):
                if other.start == mention.start or not other.is_valid or not other.month:
                    continue
                if other.year is None:
                    found += self._years_by_name(mention, other, (segment.start, stop))
                    continue
                if SINCE.match(text, other.end) or text[other.start - 1 : other.start] == "自":
                    continue
                anchor = day_of(other.year, other.month, other.day or 15)
                if anchor:
                    found += self._years_near(mention, anchor, CONTEXT_WITHIN, text[other.start : other.end])
            for named in calendar.year_named.finditer(text, segment.start, stop):
                year, name = int(named[1]), named[2]
                if name is None:
                    found.append((year, named.group()))
                    continue
                within = SEASON_WITHIN if name in calendar.seasons else CONTEXT_WITHIN
                for anchor in calendar.days[name]:
                    if anchor.year == year:
                        found += self._years_near(mention, anchor, within, named.group())
            for quarter in QUARTER.finditer(text, segment.start, stop):
                if mention.month and (mention.month + 2) // 3 == QUARTERS[quarter[2]]:
                    found.append((int(quarter[1]), quarter.group()))
            for other_year in BRACKETED_YEAR.finditer(text, segment.start, stop):
                found.append((int(other_year[1]), other_year.group()))
        if found and self._speaks_later(max(year for year, _ in found), mention):
            return []
        return found

    def _years_by_name(self, mention: Mention, other: Mention, sentence: tuple[int, int]) -> list[tuple[int, str]]:
        """Years near another date whose lunar day or weekday fits one year only: 2月10日（正月十七）."""
        years, words = self._on_calendar(other, sentence)
        if len(years) != 1 or not words or not other.month or not other.day:
            return []
        day = day_of(next(iter(years)), other.month, other.day)
        evidence = self.document.text[other.start : other.end] + words
        return self._years_near(mention, day, CONTEXT_WITHIN, evidence) if day else []

    def _years_near(self, mention: Mention, anchor: date, within: int, evidence: str) -> list[tuple[int, str]]:
        days = (day_of(anchor.year + step, mention.month or 1, mention.day or 1) for step in (-1, 0, 1))
        return [(day.year, evidence) for day in days if day and abs((day - anchor).days) <= within]

    def _speaks_later(self, year: int, mention: Mention) -> bool:
        """Whether the text names a later year than the date's could be, but for plans made at the end of a year."""
        last = year + ((mention.month or 1) >= 9)
        for segment in self.page.of("title", "heading", "lead", "paragraph"):
            for found in YEAR.finditer(self.document.text, segment.start, segment.end):
                if last < int(found[1]) <= 2023:
                    return True
        return False

    def _on_calendar(self, mention: Mention, sentence: tuple[int, int]) -> tuple[set[int], str]:
        """Years in which the weekday, the lunar day or the holiday that is named beside a date falls on it."""
        if not mention.month or not mention.day:
            return set(), ""
        days = [day for year in YEARS if (day := day_of(year, mention.month, mention.day))]
        text, calendar = self.document.text, self.calendar
        weekday = WEEKDAY.match(text, mention.end)
        if weekday and weekday[1] != "末":
            number = "一二三四五六日".find(weekday[1].replace("天", "日"))
            return {d.year for d in days if d.weekday() == number}, weekday.group().strip("（(，, ")
        link = NAMED_LINK.match(text, mention.end)
        named = calendar.named.match(text, link.end()) if link else None
        if named:
            years = {d.year for d in calendar.days[named.group()] if (d.month, d.day) == (mention.month, mention.day)}
            if years:
                return years, named.group()
        workday = WORKDAY.search(text, mention.end, min(sentence[1], mention.end + 24))
        if workday:
            tables = [calendar.workdays[workday[1]]] if workday[1] else list(calendar.workdays.values())
            years = {d.year for table in tables for d in table if (d.month, d.day) == (mention.month, mention.day)}
            return years, workday.group()
        if (mention.month, mention.day) == (2, 29):
            return {2020}, ""
        return set(), ""
