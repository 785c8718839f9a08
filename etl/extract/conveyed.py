"""Meetings of others that a document passes on. Imports bodies, jurisdiction, lexicon, records and written_dates.

    传达学习2月3日中央政治局常委会会议精神 → "2月3日中央政治局常委会会议精神", national, 2020-02-03

Only what was passed on counts, not what others are told to pass on (要传达学习…). The day is kept where it is written;
its year, or its year and month, may come from the document's own day, and that is said. A meeting without a day is
kept without one. Linear: a stretch of bounded length is read after each verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from etl.bodies import read_zone
from etl.jurisdiction import level_of_word
from etl.lexicon import Lexicon
from etl.records import Conveyed, Dates, Document, Level, Page, Region
from etl.written_dates import Mention, day_of, mentions

STRETCH = 260  # characters after the verb in which the meetings are named
LONGEST_NAME = 90  # of one meeting, its day and speaker included
CLAUSE = 24  # characters before the verb that may tell others to do it
MOST = 20  # meetings of one document
FARTHEST = 183  # days between a meeting and its being passed on, where the year is not written
FARTHEST_IN_MONTH = 31  # the same where the month is not written either
SENTENCE_END = re.compile(r"[。！？；\n]")
CLAUSE_START = re.compile(r"[，。；：！？、\n]")
JOINT = re.compile(r"(?:[、，和及与了]|以及|并|暨|传达|学习|贯彻|落实|领会|宣传|宣讲|关于|有关|在|了)+")
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")
NATIONAL = re.compile("中央|党中央|国务院|全国|国家|总书记|总理|政治局|习近平")
LEVEL_WORD = re.compile("自治区|(?<![超城都])[省市州盟县旗](?!长)|(?<![社小园校战])区(?!域|别|分)|街道|[镇乡]")
UNIT = re.compile("集团|公司|[全本我][校院]|学校|大学|医院")


class Cues(NamedTuple):
    """conveyed_cues.tsv compiled."""

    verb: re.Pattern[str]
    told: re.Pattern[str]
    meeting: re.Pattern[str]  # from the word for a meeting to the end of what is passed on
    other: re.Pattern[str]  # what is passed on before it, and is no meeting: 重要指示精神和…
    gist: re.Pattern[str]
    next: re.Pattern[str]
    same_day: re.Pattern[str]


@cache
def compile_cues(lexicon: Lexicon) -> Cues:
    """The patterns of conveyed_cues.tsv, once a lexicon."""
    kinds = lexicon.conveyed_cues
    sitting, gist = "|".join(kinds["sitting"]), "|".join(kinds["gist"])
    return Cues(
        verb=re.compile("|".join(kinds["verb"])),
        told=re.compile("|".join(kinds["told"])),
        meeting=re.compile(
            rf"(?:{sitting})(?:会议)?(?:[（(][^（）()\n]{{0,16}}[)）])?(?:会议)?"
            rf"(?:[上中期间]{{1,2}})?的?(?:(?:重要|系列|最新|主要|有关|相关|[和及、与])?(?:{gist})){{0,5}}"
            rf"(?=[，、。；！？\n和及与并暨]|以及|$)"
        ),
        other=re.compile(rf".*(?:{gist})(?:[、，和及与]|以及)", re.DOTALL),
        gist=re.compile(rf"(?:{gist})$"),
        next=re.compile(
            rf"[，、](?:并|随后|进一步|认真|专题|还|就|对|集体|会议)?(?:{'|'.join(kinds['next'])})"
            r"|，(?:[^，。；、]{0,8})?(?:对|就|要求|强调|指出|提出|明确|再)"
        ),
        same_day=re.compile("|".join(kinds["same_day"])),
    )


def find_conveyed(
    document: Document, page: Page, dates: Dates, region: Region, lexicon: Lexicon
) -> tuple[Conveyed, ...]:
    """Meetings passed on, in text order; the same words for the same day once."""
    text, cues = document.text, compile_cues(lexicon)
    own = own_day(dates)
    found: dict[tuple[str, str | None], Conveyed] = {}
    free = 0
    for verb in cues.verb.finditer(text):
        if verb.start() < free or page.kind_at(verb.start()) == "furniture" or is_told(text, verb.start(), cues):
            continue
        for start, end in meetings_after(text, verb, cues):
            free = end
            for day, is_inferred in days_of(text, start, end, own, cues):
                words = text[start:end]
                iso = day.isoformat() if day else None
                level = level_of(text, start, end, region, lexicon)
                found.setdefault((words, iso), Conveyed(words, level, iso, is_inferred, start, end))
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def own_day(dates: Dates) -> date | None:
    """The document's own day, where it is known to the day: its meeting's, else its publication's."""
    if dates.meeting_date:
        return date.fromisoformat(dates.meeting_date) if dates.precision == "day" else None
    return date.fromisoformat(dates.published_date) if dates.published_date else None


def is_told(text: str, at: int, cues: Cues) -> bool:
    """Whether the verb at a position is what others are told to do: 各单位要及时传达学习…."""
    clause = text[max(0, at - CLAUSE) : at]
    starts = [mark.end() for mark in CLAUSE_START.finditer(clause)]
    return bool(cues.told.search(clause, starts[-1] if starts else 0))


def meetings_after(text: str, verb: re.Match[str], cues: Cues) -> Iterator[tuple[int, int]]:
    """Spans of the meetings that a verb passes on: each from where the one before ends to its own end."""
    high = min(len(text), verb.end() + STRETCH)
    stop = SENTENCE_END.search(text, verb.end(), high)
    high = stop.start() if stop else high
    cut = cues.next.search(text, verb.end(), high)
    high = cut.start() if cut else high
    spans: list[tuple[int, int]] = []
    low = verb.end()
    for head in cues.meeting.finditer(text, verb.end(), high):
        joint = JOINT.match(text, low, head.start())
        start = joint.end() if joint else low
        if other := cues.other.match(text, start, head.start()):
            start = other.end()
        if head.end() - start <= LONGEST_NAME and (not spans or joint):
            spans.append((start, head.end()))
        low = head.end()
    # 学习 alone is also what pupils do: the list of meetings must end in what was said there
    if spans and (verb.group() == "传达" or cues.gist.search(text, spans[-1][0], spans[-1][1])):
        yield from spans


def days_of(text: str, start: int, end: int, own: date | None, cues: Cues) -> list[tuple[date | None, bool]]:
    """Days written in a meeting's name, each with whether a part of it was inferred; one None where there is none."""
    found = [resolve(mention, own) for mention in mentions(text, start, end) if mention.is_valid]
    days: list[tuple[date | None, bool]] = [(day, is_inferred) for day, is_inferred in found if day is not None]
    if not found and own is not None and cues.same_day.search(text, start, end):
        days = [(own, True)]
    return days or [(None, False)]


def resolve(mention: Mention, own: date | None) -> tuple[date | None, bool]:
    """The day that a mention means, by the document's own day: the last such day up to it, not too long before.

    (2月3日, 2020-02-10) → 2020-02-03; (12月30日, 2021-01-04) → 2020-12-30; (昨天, 2020-02-10) → 2020-02-09.
    """
    if mention.full:
        return mention.full, False
    if own is None:
        return None, False
    if mention.relative:
        return own - timedelta(days="今昨前".index(mention.relative[0])), True
    if mention.day is None or (mention.year and mention.month is None):
        return None, False
    if mention.month:
        candidates = [day_of(year, mention.month, mention.day) for year in (own.year, own.year - 1)]
        farthest = FARTHEST
    else:
        before = own.replace(day=1) - timedelta(days=1)
        candidates = [day_of(own.year, own.month, mention.day), day_of(before.year, before.month, mention.day)]
        farthest = FARTHEST_IN_MONTH
    for day in candidates:
        if day is not None and 0 <= (own - day).days <= farthest:
            return day, True
    return None, False


def level_of(text: str, start: int, end: int, region: Region, lexicon: Lexicon) -> Level | None:
    """Level of the body that a meeting's name shows: a body or place named, else a level word (市委) by the region."""
    zone = read_zone(text, "rest", start, end, lexicon)
    shown: list[tuple[int, Level | None]] = []
    for mention in zone.mentions:
        if mention.body is not None:
            shown.append((mention.start, mention.body.level))
        elif mention.place is not None and mention.form in ("full", "short", "zone"):
            shown.append((mention.start, mention.place.level))
    if national := NATIONAL.search(text, start, end):
        shown.append((national.start(), "national"))
    if unit := UNIT.search(text, start, end):
        shown.append((unit.start(), "unit"))
    if word := LEVEL_WORD.search(text, start, end):
        shown.append((word.start(), level_in(region, word.group())))
    return min(shown, key=lambda pair: pair[0])[1] if shown else None


def level_in(region: Region, word: str) -> Level | None:
    """Level of a bare word in a document's region: 市 is a province in Shanghai, a county in Honghu."""
    is_municipal = bool(region.path) and region.path[0].endswith("市")
    for depth in reversed(range(len(region.path))):
        if region.path[depth].endswith(word):
            return LEVELS[min(depth + (is_municipal and depth > 0), len(LEVELS) - 1)]
    return level_of_word(word)
