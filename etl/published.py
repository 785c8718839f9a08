"""The day a page was published: from its metadata, a publication line, the dateline of its lead, or its URL.

    发布时间：2020-02-06 09:35:03 → 2020-02-06; 本报2020年2月3日讯 → 2020-02-03; …/202002/t20200206_12.html → 2020-02-06

Imports records, date_bounds, known_dates and written_dates only.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import islice

from etl.date_bounds import date_fault
from etl.known_dates import EARLIEST, LATEST, SPAN, KnownDate
from etl.records import Document, Page, Segment
from etl.written_dates import Mention, day_of, mentions, metadata_day

DATELINE_END = re.compile(r"\s?(?:讯|电|消息|报道(?![称说])|综合消息)(?![会话])")
DATE_AND_TIME = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s{0,4}\d{1,2}[:：]\d\d(?:[:：]\d\d)?")
SOURCE_NEXT = re.compile(r"\s{0,4}(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?\s{0,4}(?:来源|作者|编辑|责编|记者)\s?[:：]")
CLOCK = re.compile("今天是|现在是|当前|欢迎|星期|北京时间|至今")  # the clock of a site's head
CRAWLED = re.compile("抓取|采集时间|访问时间|下载时间|快照")
OTHER_PAGES = re.compile("[上下前后]一?[篇条则页个]|相关|推荐|延伸|热点|热门|最新|更多|往期|猜你|友情")
DATED_LINE = 90  # code points of a line of the head that may hold a publication date
SHORT_YEAR = re.compile(r"(?<!\d)(2[0-3])-(\d\d)-(\d\d)(?!\d)")  # 22-10-11 behind a label
DAY_FIRST = re.compile(r"(?<!\d)(1[3-9]|2\d|3[01])\.(0[1-9]|1[0-2])\.(20[12]\d)(?!\d)")
YEARLESS = re.compile(r"(?<![\d-])(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d-])")  # 日期：01-21, of a month's folder
CLOCKED_LINE = re.compile(r"\s{1,3}\d{1,2}[:：]\d\d")
LABEL = re.compile(
    r"(?:发布|发表|刊发|更新|录入|添加|创建|上传|提交|上线|发文|成文|刊登|撰写|编辑|公开)?(?:时间|日期|发布于|发表于|更新于|最后更新|更新)\s?[:：]?\s?$"
)
LABELLED = re.compile("(?:时间|日期|发布|来源|作者|编辑)")
CLOCKED = 4  # rank of a bare date above the title: the clock of the site, unless nothing else tells
FIRST_LABEL = re.compile(r"(?:发布|发表|刊发|刊登|上线|发文|成文|录入|添加|公开)(?:时间|日期)")
COMPACT = re.compile(r"(?<!\d)(20[12]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
URL_DAY = re.compile(
    r"(?<!\d)(?:t|/)?(20[12]\d)(?:([-_/])(\d{1,2})\2(\d{1,2})|[-/_](0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01]))(?=[/_.?-]|$)"
)
URL_MONTH = re.compile(r"/(20[12]\d)[-_/]?(0[1-9]|1[0-2])/")


def find_published(document: Document, page: Page) -> KnownDate | None:
    """From the metadata, else the best publication line, else the dateline of the lead; None where none tells a day."""
    if document.published_date:
        day = metadata_day(document.published_date)
        if day and not date_fault("published_date", day.isoformat()):
            return KnownDate(day, "metadata", document.published_date)
    text, lead, title = document.text, page.lead, page.title
    body = lead.start if lead else len(text)
    best: tuple[int, KnownDate] | None = None
    for segment in page.segments:
        if segment.start > body and segment.kind == "furniture" and OTHER_PAGES.search(segment.cut(text)[:SPAN]):
            break  # what follows is dated for itself
        rank = _published_rank(text, segment, body, title.start if title else 0)
        if rank is None or (best and best[0] <= rank):
            continue
        words = text[segment.start : min(segment.end, segment.start + SPAN)]
        day, at = _line_date(words, url_dates(document.url)[1])
        bare = segment.start > body and not LABEL.search(words[:at]) and not DATE_AND_TIME.fullmatch(words.strip())
        if day is None or bare:
            continue  # a bare date behind the text is a signature, or belongs to another page
        best = (0 if FIRST_LABEL.search(words[:at]) else rank, KnownDate(day, "published", words.strip()[:60]))
    if best and not (best[0] == CLOCKED and _is_overtaken(text, page, best[1].day)):
        return best[1]
    return _dateline(text, lead) if lead else None


def published_in_url(url: str | None, meeting: KnownDate | None) -> KnownDate | None:
    """The day in the URL, unless it is far from the meeting's: mirrors file old pages under new days."""
    day, _ = url_dates(url)
    if day is None or not EARLIEST <= day <= LATEST:
        return None
    if meeting and not 0 <= (day - meeting.day).days <= 15:
        return None
    return KnownDate(day, "url", url or "")


def url_dates(url: str | None) -> tuple[date | None, tuple[date, date] | None]:
    """The day that a URL's path holds, and the first and last day that it can stand for: of the day, or of the month.

    >>> url_dates("http://www.example.cn/202002/content_12.html")
    (None, (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)))
    """
    if not url:
        return None, None
    path = re.sub(r"^[a-z]+://[^/]*", "", url)[:500].split("?", 1)[0]
    found = URL_DAY.search(path)
    if found:
        year, month, day = (int(n) for n in (found[1], *[g for g in found.groups()[2:] if g]))
        full = day_of(year, month, day)
        if full:
            return full, (full, full)
    found = URL_MONTH.search(path)
    if found:
        first = date(int(found[1]), int(found[2]), 1)
        return None, (first, (first + timedelta(31)).replace(day=1) - timedelta(1))
    return None, None


def is_dateline(text: str, mention: Mention) -> bool:
    """Whether a date is that of the news, not of what it tells: 本报2月3日讯."""
    return DATELINE_END.match(text, mention.end) is not None


def _published_rank(text: str, segment: Segment, body: int, title: int) -> int | None:
    """How good a line is as publication line, best 0; None where it is none."""
    before = segment.start < body
    words = text[segment.start : min(segment.end, segment.start + DATED_LINE)]
    if CRAWLED.search(words):
        return None
    if segment.kind in ("published", "byline"):
        if segment.start < title and CLOCK.search(words) and not FIRST_LABEL.search(words):
            return None
        if segment.start < title and not LABELLED.search(words):
            return CLOCKED
        return 1 if before else 2
    if segment.start < body + 2 * SPAN and DATE_AND_TIME.fullmatch(words.strip()):
        return 2  # behind a title that was read as the lead
    if before and segment.kind in ("heading", "furniture") and segment.end - segment.start < DATED_LINE:
        above = segment.start < title and not FIRST_LABEL.search(words)  # 索引号 … 发布日期 2020-01-27
        return None if CLOCK.search(words) or above else 3
    return None


def _line_date(words: str, filed: tuple[date, date] | None) -> tuple[date | None, int]:
    """The first full date of a publication line and where it begins; `filed` is the span of days of the URL."""
    for mention in mentions(words, 0, len(words)):
        if mention.full and date(2019, 1, 1) <= mention.full <= date(2030, 1, 1):
            return mention.full, mention.start
    compact = COMPACT.search(words)
    if compact:
        return day_of(*map(int, compact.groups())), compact.start()
    short = SHORT_YEAR.search(words)
    if short and LABEL.search(words[: short.start()]):
        return day_of(2000 + int(short[1]), int(short[2]), int(short[3])), short.start()
    first = DAY_FIRST.search(words)
    if first:
        return day_of(int(first[3]), int(first[2]), int(first[1])), first.start()
    yearless = YEARLESS.search(words)
    # a line with a clock needs no label where it is the very day of the URL: 02-06 19:15:33 来源
    clocked = yearless and filed and filed[0] == filed[1] and CLOCKED_LINE.match(words, yearless.end())
    if yearless and filed and (clocked or LABEL.search(words[: yearless.start()])):
        day = day_of(filed[0].year, int(yearless[1]), int(yearless[2]))
        if day and filed[0] <= day <= filed[1]:
            return day, yearless.start()
    return None, 0


def _is_overtaken(text: str, page: Page, day: date) -> bool:
    """Whether the first or the last paragraph tells of a later day, so that the page cannot be of this one."""
    ends = page.paragraphs[:1] + page.paragraphs[-1:]
    told = (m.full for p in ends for m in mentions(text, p.start, min(p.end, p.start + SPAN)))
    return any(d is not None and d > day + timedelta(1) for d in told)


def _dateline(text: str, lead: Segment) -> KnownDate | None:
    """The day of 本报2020年2月3日讯 and of 2020-2-3 来源：…, where it has a year."""
    for mention in islice(mentions(text, lead.start, min(lead.end, lead.start + 80)), 2):
        if mention.start == lead.start and mention.full and SOURCE_NEXT.match(text, mention.end):
            return KnownDate(mention.full, "published", text[lead.start : mention.end])
        behind = DATELINE_END.match(text, mention.end)
        if behind and mention.full:
            return KnownDate(mention.full, "published", text[lead.start : behind.end()])
    return None
