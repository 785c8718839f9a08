"""When: meeting, published and effective dates, each with its basis and evidence.

Imports records, lexicon and written_dates only.

A wrong date is far worse than none. A date is taken only from a place that speaks of this meeting or notice (the lead,
the title, the signature), and a year only from evidence that leaves no other: a published line or another date close
to it, the URL, or the calendar (weekday, lunar day, first working day after a holiday).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from etl.lexicon import Lexicon
from etl.lexicon.dates import DateCueKind
from etl.records import DateBasis, Dates, Document, Page, Segment
from etl.written_dates import Mention, day_of, mentions

YEARS = (2020, 2021, 2022)  # what a date without a year may be completed to by the calendar
EARLIEST, LATEST = date(2019, 12, 1), date(2023, 6, 30)  # of a written meeting date
PUBLISHED_WITHIN = 60  # days between a meeting and the published line that tells its year
CONTEXT_WITHIN = 45  # days between a meeting and another date of the text that tells its year
SEASON_WITHIN = 75
SENTENCES = 14  # of the body that may hold the meeting's date
SENTENCE = re.compile(r"(?:[^。！？；!?;.]++|(?<![一-鿿”）)])\.)+")  # a stop behind a character may be half-width
SPAN = 400  # code points of a sentence that are looked at

RANGE = re.compile(r"\s?[至到—–~～、和及-]{1,2}\s?(?:(?:20\d\d年)?\d{1,2}月)?(\d{1,2})日")
WEEKDAY = re.compile(r"\s?[（(，,]?\s?(?:星期|周|礼拜)([一二三四五六日天末])")
NAMED_LINK = re.compile(
    r"[（(，,、\s]{0,2}(?:也|又|当天|今天|这天|这一天)?(?:正值|恰逢|适逢|正逢|时值|是|即|系|为|正是)?(?:农历|中国农历|夏历)?(?:新年|春节)?"
)
WORKDAY = re.compile(
    r"(春节|元旦|清明|五一|端午|中秋|国庆)?[”\"]?(?:佳节|小?长假|假期|假日|节日|假)?节?(?:之?后|结束后|过后)(?:的)?(?:上班|复工|开工|返岗)?"
    r"(?:的)?(?:第?一?个?|首个?|头一?个?)(?:工作日|上班日|上班的?第?一?天)"
)
DATELINE_END = re.compile(r"\s?(?:讯|电|消息|报道(?![称说])|综合消息)(?![会话])")
DATE_AND_TIME = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s{0,4}\d{1,2}[:：]\d\d(?:[:：]\d\d)?")
CLOCK = re.compile("今天是|现在是|当前|欢迎|星期|北京时间")  # the clock of a site's head
DATED_LINE = 90  # code points of a line of the head that may hold a publication date
SHORT_YEAR = re.compile(r"(?<!\d)(2[0-3])-(\d\d)-(\d\d)(?!\d)")  # 22-10-11 behind a label
DAY_FIRST = re.compile(r"(?<!\d)(1[3-9]|2\d|3[01])\.(0[1-9]|1[0-2])\.(20[12]\d)(?!\d)")
LABEL = re.compile(
    r"(?:发布|发表|刊发|更新|录入|添加|创建|上传|提交|上线|发文|成文|刊登|撰写|编辑)?(?:时间|日期|发布于|发表于|更新于|最后更新|更新)\s?[:：]?\s?$"
)
FIRST_LABEL = re.compile(r"(?:发布|发表|刊发|刊登|上线|发文|成文|录入|添加)(?:时间|日期)")
COMPACT = re.compile(r"(?<!\d)(20[12]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
URL_DAY = re.compile(
    r"(?<!\d)(?:t|/)?(20[12]\d)(?:([-_/])(\d{1,2})\2(\d{1,2})|[-/_](0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01]))(?=[/_.?-]|$)"
)
URL_MONTH = re.compile(r"/(20[12]\d)[-_/]?(0[1-9]|1[0-2])/")
NOW = re.compile("即日起|自(?:发布|公布|印发|通告发布|公告发布)之日起|(?:发布|公布|印发)之?日起|当[天日]起|自即日起")
SITS = re.compile("召开|举行|主持")
ACTS = re.compile("召开|举行|主持|印发|发布|发出")
MARKED = re.compile("[，。；：:]")
COUNTED_TO = re.compile("截[至止]|统计到|统计至")
BEGINS = re.compile(r"[\d:：时点零分凌晨上中下午晚\s]{0,8}起")
SINCE = re.compile("[^，。]{0,4}以来")
BRACKETED_YEAR = re.compile(r"[（(](20[12]\d)年?[）)]")
YEAR = re.compile(r"(20[12]\d)年")
BEFORE_DATE = re.compile(r"(?:20\d\d年|[于在])$")
SAME_DAY = re.compile("同日|当[天日晚]")
IS_A_DAY = re.compile("是[^，。]{0,14}[日节]")
HIGHER = re.compile(
    r"[日号上中下午晚夜凌晨，,\s]{1,5}(中共中央|党中央|中央|国务院|习近平|全国|国家|教育部|省|自治区)(?!级?[领分]导小组.{0,4}$)"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """Cue patterns compiled, and named days by what they are called."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    cues: dict[DateCueKind, re.Pattern[str]]
    named: re.Pattern[str]  # lunar days and festivals
    year_named: re.Pattern[str]  # 2020年冬季
    days: dict[str, tuple[date, ...]]
    seasons: frozenset[str]
    workdays: dict[str, tuple[date, ...]]


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> _Rules:
    words = lexicon.dates
    days: dict[str, tuple[date, ...]] = {}
    workdays: dict[str, tuple[date, ...]] = {}
    for row in words.days:
        table = workdays if row.kind == "workday" else days
        for name in row.names:
            table[name] = (*table.get(name, ()), row.day)
    seasons = frozenset(n for row in words.days if row.kind == "season" for n in row.names)

    def choice(names: Iterator[str]) -> str:
        return "|".join(sorted(set(names), key=lambda n: (-len(n), n)))

    all_names = choice(iter(days))
    return _Rules(
        before=re.compile(rf"(?:{'|'.join(words.cues['before'])})\s?$"),
        after=re.compile("|".join(words.cues["after"])),
        cues={kind: re.compile("|".join(patterns)) for kind, patterns in words.cues.items()},
        named=re.compile(choice(n for n in days if n not in seasons)),
        year_named=re.compile(
            rf"(20[12]\d)年(?:(?:全国|全市|全省|全县|全区)?[“\"]?({all_names})|第\s?[\d一二三四五六七八九十]{{1,4}}\s?(?:号|次|期|场))"
        ),
        days=days,
        seasons=seasons,
        workdays=workdays,
    )


class _Known(NamedTuple):
    """A date that is known, how, and the words that say so."""

    day: date
    basis: DateBasis
    evidence: str


def find_dates(document: Document, page: Page, lexicon: Lexicon) -> Dates:
    """The dates of a document; empty where nothing supports one.

    `evidence` quotes the words that give the meeting date and, after a semicolon, those that give its year.
    """
    rules = _rules(lexicon)
    text = document.text
    published = _find_published(document, page)
    meeting = _find_meeting_date(document, page, published, rules)
    if published is None and (meeting is None or meeting.basis == "url"):
        published = _published_in_url(document.url, meeting)
    effective = _find_effective(text, page, meeting or published, rules)
    return Dates(
        meeting_date=meeting.day.isoformat() if meeting else None,
        published_date=published.day.isoformat() if published else None,
        effective_date=effective.isoformat() if effective else None,
        precision="day" if meeting else "none",
        basis=meeting.basis if meeting else "none",
        evidence=meeting.evidence if meeting else None,
    )


# Published dates


def _find_published(document: Document, page: Page) -> _Known | None:
    """The day the page was published: metadata, a publication line, or the dateline of the lead."""
    if document.published_date:
        day = _iso(document.published_date)
        if day:
            return _Known(day, "metadata", document.published_date)
    text, lead, title = document.text, page.lead, page.title
    body = lead.start if lead else len(text)
    best: tuple[int, _Known] | None = None
    for segment in page.segments:
        rank = _published_rank(text, segment, body, title.start if title else 0)
        if rank is None or (best and best[0] <= rank):
            continue
        words = text[segment.start : min(segment.end, segment.start + SPAN)]
        day, at = _line_date(words)
        bare = segment.start > body and not LABEL.search(words[:at]) and not DATE_AND_TIME.fullmatch(words.strip())
        if day is None or bare:
            continue  # a bare date behind the text is a signature, or belongs to another page
        best = (0 if FIRST_LABEL.search(words[:at]) else rank, _Known(day, "published", words.strip()[:60]))
    if best:
        return best[1]
    return _dateline(text, lead) if lead else None


def _published_rank(text: str, segment: Segment, body: int, title: int) -> int | None:
    """How good a line is as publication line, best 0; None where it is none."""
    before = segment.start < body
    words = text[segment.start : min(segment.end, segment.start + DATED_LINE)]
    if segment.kind in ("published", "byline"):
        if segment.start < title and CLOCK.search(words) and not FIRST_LABEL.search(words):
            return None
        return 1 if before else 2
    if segment.start < body + 2 * SPAN and DATE_AND_TIME.fullmatch(words.strip()):
        return 2  # behind a title that was read as the lead
    if before and segment.kind in ("heading", "furniture") and segment.end - segment.start < DATED_LINE:
        return None if CLOCK.search(words) or segment.start < title else 3
    return None


def _line_date(words: str) -> tuple[date | None, int]:
    """The first full date of a publication line and where it begins."""
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
    return None, 0


def _dateline(text: str, lead: Segment) -> _Known | None:
    """The day of 本报2020年2月3日讯 and the like, where it has a year."""
    for mention in islice(mentions(text, lead.start, min(lead.end, lead.start + 80)), 2):
        behind = DATELINE_END.match(text, mention.end)
        if behind and mention.full:
            return _Known(mention.full, "published", text[lead.start : behind.end()])
    return None


def _iso(written: str) -> date | None:
    found = re.match(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})", written)
    return day_of(*map(int, found.groups())) if found else None


def _url_dates(url: str | None) -> tuple[date | None, tuple[date, date] | None]:
    """The day that a URL's path holds, and the first and last day of the month that it holds."""
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


def _published_in_url(url: str | None, meeting: _Known | None) -> _Known | None:
    """The day in the URL, unless it is far from the meeting's: mirrors file old pages under new days."""
    day, _ = _url_dates(url)
    if day is None or not EARLIEST <= day <= LATEST:
        return None
    if meeting and not 0 <= (day - meeting.day).days <= 15:
        return None
    return _Known(day, "url", url or "")


# The meeting's date


def _find_meeting_date(document: Document, page: Page, published: _Known | None, rules: _Rules) -> _Known | None:
    text = document.text
    title = page.title.cut(text) if page.title else (document.title or "")
    sentences = _sentences(text, page)
    is_notice = _is_notice(text, title, page, sentences, rules)
    years = _Years(document, page, published, rules)
    if is_notice:
        signed = _signed(text, page, years, rules)
        if signed:
            return signed
    chosen = _choose(text, title, sentences, is_notice, rules)
    if chosen is None:
        return _in_title(text, page, years, rules) or _starting(text, sentences, rules)
    mention, sentence = chosen
    if mention.full is None and mention != NOT_TOLD and sentence != sentences[0]:
        starting = _starting(text, sentences[:1], rules)
        if starting:
            return starting
    if mention == NOT_TOLD:
        return None
    return _complete(text, mention, sentence, years)


NOT_TOLD = Mention(-1, -1, None, None, None, is_valid=False)  # the lead says that it does not tell the day


def _sentences(text: str, page: Page) -> list[tuple[int, int]]:
    """The first sentences of the body."""
    found: list[tuple[int, int]] = []
    for segment in page.paragraphs:
        for sentence in SENTENCE.finditer(text, segment.start, segment.end):
            found.append((sentence.start(), min(sentence.end(), sentence.start() + SPAN)))
            if len(found) == SENTENCES:
                return found
    return found


def _is_notice(text: str, title: str, page: Page, sentences: list[tuple[int, int]], rules: _Rules) -> bool:
    """Whether the text itself is a notice (not the news of one)."""
    pattern = rules.cues["notice"]
    lead = text[sentences[0][0] : sentences[0][1]] if sentences else ""
    if SITS.search(lead):
        return False
    if pattern.search(title):
        return True
    return any(pattern.search(text, s.start, min(s.end, s.start + SPAN)) for s in page.of("lead", "paragraph")[:6])


def _signed(text: str, page: Page, years: _Years, rules: _Rules) -> _Known | None:
    """The date under a notice: a line of its own, or at the end of the line of the signer."""
    lead = page.lead
    lines = [s for s in page.segments if s.kind != "furniture" and lead and s.start >= lead.start][-6:]
    for line in reversed(lines):
        start = max(line.start, line.end - 60)
        found = [m for m in mentions(text, start, line.end) if m.month and m.day]
        if not found:
            continue
        mention = found[-1]
        rest = text[mention.end : line.end].strip(" \u3000）)印发。")
        head = text[line.start : mention.start]
        head = head[max(head.rfind(mark) for mark in "。！；") + 1 :]
        if rest or LABEL.search(head) or MARKED.search(head, max(0, len(head) - 40)) or len(head) > 60:
            continue
        known = _complete(text, mention, (line.start, line.end), years)
        if known:
            return known
    return None


def _choose(
    text: str, title: str, sentences: list[tuple[int, int]], is_notice: bool, rules: _Rules
) -> tuple[Mention, tuple[int, int]] | None:
    """The mention that dates this meeting or notice, and its sentence; None where no sentence has one."""
    higher: tuple[Mention, tuple[int, int]] | None = None
    for i, (start, end) in enumerate(sentences):
        sitting = rules.cues["sitting"].search(text, start, end)
        event = (
            sitting or rules.cues["issuing"].search(text, start, end) or rules.cues["visiting"].search(text, start, end)
        )
        found = [m for m in mentions(text, start, end) if not _is_other(text, m, start, rules)]
        explicit = next((m for m in found if m.month), None)
        relative = next((m for m in found if m.relative and not _is_dateline(text, m)), None)
        only = next((m for m in found if m.month is None and m.relative is None), None)
        chosen = explicit or (relative if event else None) or (only if event and i < 3 else None)
        if (
            explicit
            and relative
            and abs(explicit.start - relative.end) > 20
            and relative.start < explicit.start
            and event
        ):
            chosen = relative
        if i == 0 and explicit is None and any(_is_month(text, m, start) for m in mentions(text, start, end)):
            return NOT_TOLD, (start, end)  # 2021年8月，株洲向市民发出公开信
        if chosen is None:
            vague = rules.cues["vague"].search(text, start, min(end, start + 40))
            if vague and ACTS.search(text, start, end) and i < 2:
                return NOT_TOLD, (start, end)
            continue
        if i > 1 and not _opens_clause(text, chosen, start):
            continue
        if not event and (i > 0 or not _opens_the_news(text, chosen, sentences, rules)):
            continue
        if i > 2 and not sitting and not is_notice:
            continue
        visiting = i == 0 and rules.cues["visiting"].search(text, start, end)
        if not sitting and not visiting and not is_notice and _counted_later(text, chosen, sentences):
            continue
        above = HIGHER.match(text, chosen.end)
        if above and above[1] not in title and _next_day(text, sentences[i:], chosen, rules):
            higher = higher or (chosen, (start, end))
            continue  # the news begins with what a higher level did
        return _first_sitting(text, chosen, sentences[i:], bool(sitting)), (start, end)
    return higher


def _opens_the_news(text: str, chosen: Mention, sentences: list[tuple[int, int]], rules: _Rules) -> bool:
    """Whether a date in a first sentence without an event still dates the news: 2月3日是节后第一个工作日。市委开会."""
    following = any(
        rules.cues["sitting"].search(text, *s) or SAME_DAY.match(text, s[0]) is not None for s in sentences[1:2]
    )
    return following or (chosen.full is not None and not IS_A_DAY.match(text, chosen.end))


def _next_day(text: str, sentences: list[tuple[int, int]], chosen: Mention, rules: _Rules) -> bool:
    """Whether another date with a sitting of this level follows soon."""
    for start, end in sentences[:5]:
        for mention in mentions(text, start, end):
            if mention.start <= chosen.start or not mention.month or _is_other(text, mention, start, rules):
                continue
            if rules.cues["sitting"].search(text, mention.end, end) and not HIGHER.match(text, mention.end):
                return True
    return False


def _is_month(text: str, mention: Mention, start: int) -> bool:
    """Whether a month without a day opens the clause."""
    return mention.month is not None and mention.day is None and _opens_clause(text, mention, start)


def _is_other(text: str, mention: Mention, start: int, rules: _Rules) -> bool:
    """Whether the words around a date say that it is not the meeting's."""
    if not mention.is_valid or (mention.month and not mention.day):
        return True
    if mention.year and not 2019 <= mention.year <= 2023:
        return True
    if mention.relative:
        return rules.after.match(text, mention.end) is not None or text.startswith(("头条", "说法"), mention.end)
    before = text[max(start, mention.start - 14) : mention.start]
    if rules.before.search(before) or rules.after.match(text, mention.end):
        return True
    clause = text[max(start, mention.start - 40) : mention.start]
    clause = clause[max(clause.rfind(mark) for mark in "，,：:（( \u3000") + 1 :]
    if rules.cues["conveying"].search(clause) or "《" in clause[clause.rfind("》") + 1 :]:
        return True
    return _is_dateline(text, mention)


def _is_dateline(text: str, mention: Mention) -> bool:
    return DATELINE_END.match(text, mention.end) is not None


def _opens_clause(text: str, mention: Mention, start: int) -> bool:
    """Whether the date stands at the head of its clause, or behind 于 or 在."""
    before = text[max(start, mention.start - 8) : mention.start].rstrip()
    before = BEFORE_DATE.sub("", before)
    return not before or before[-1] in "，,。；：:）)】]日"


def _counted_later(text: str, chosen: Mention, sentences: list[tuple[int, int]]) -> bool:
    """Whether the text counts something up to a later day (截至3月10日), so that it tells of more than this day."""
    if not (chosen.month and chosen.day):
        return False
    begin, stop = sentences[0][0], sentences[-1][1]
    for cue in COUNTED_TO.finditer(text, begin, stop):
        at = cue.end()
        for mention in islice(mentions(text, at, at + 16), 1):
            if mention.month and mention.day:
                later = (mention.month, mention.day) > (chosen.month, chosen.day)
                return later and (mention.month - chosen.month, mention.day - chosen.day) != (0, 1)
    return False


def _first_sitting(text: str, chosen: Mention, sentences: list[tuple[int, int]], sits: bool) -> Mention:
    """Of a visit of several days, the day of its meeting where a later sentence tells it (31日，阮成发主持召开)."""
    span = RANGE.match(text, chosen.end)
    if span is None or sits or not chosen.day:
        return chosen
    for start, end in sentences[1:4]:
        for mention in mentions(text, start, end):
            if mention.relative or not mention.day or mention.month not in (None, chosen.month):
                continue
            if chosen.day <= mention.day <= int(span[1]) and re.search(
                "主持|召开", text[mention.end : mention.end + 30]
            ):
                return Mention(mention.start, mention.end, chosen.year, chosen.month, mention.day)
    return chosen


def _in_title(text: str, page: Page, years: _Years, rules: _Rules) -> _Known | None:
    """A full date in the title."""
    if page.title is None:
        return None
    for mention in mentions(text, page.title.start, page.title.end):
        if mention.full and not _is_other(text, mention, page.title.start, rules):
            return _complete(text, mention, (page.title.start, page.title.end), years)
    return None


def _starting(text: str, sentences: list[tuple[int, int]], rules: _Rules) -> _Known | None:
    """Where rules are told with no other day than the one from which they apply (自2021年8月24日零时起), that day."""
    for start, end in sentences[:2]:
        for mention in mentions(text, start, end):
            if mention.full and EARLIEST <= mention.full <= LATEST and _begins(text, mention):
                return _Known(mention.full, "text", text[mention.start : mention.end])
    return None


def _begins(text: str, mention: Mention) -> bool:
    return BEGINS.match(text, mention.end) is not None


def _complete(text: str, mention: Mention, sentence: tuple[int, int], years: _Years) -> _Known | None:
    """The mention as a known date; None where its year is not supported."""
    words = text[mention.start : mention.end]
    if mention.relative:
        base = years.base
        if base is None:
            return None
        back = {"今": 0, "昨": 1, "前": 2}[mention.relative[0]]
        day = base.day - timedelta(back)
        return _Known(day, "relative", f"{words}；{base.evidence}") if EARLIEST <= day <= LATEST else None
    if mention.full:
        behind = years.base and (mention.full - years.base.day).days > 1
        ok = EARLIEST <= mention.full <= LATEST and not behind
        return _Known(mention.full, "text", words) if ok else None
    return years.complete(text, mention, sentence)


class _Years:
    """What tells the year of a date without one, looked up only when it is asked for."""

    def __init__(self, document: Document, page: Page, published: _Known | None, rules: _Rules) -> None:
        self.document, self.page, self.published, self.rules = document, page, published, rules
        self._base: _Known | None = None
        self._looked = False

    @property
    def base(self) -> _Known | None:
        """The day that 今天 stands for: that of the dateline (本报4月12日讯), else the published one."""
        if not self._looked:
            self._looked = True
            self._base = self.published
            lead, text = self.page.lead, self.document.text
            if lead:
                for mention in islice(mentions(text, lead.start, min(lead.end, lead.start + 80)), 2):
                    if _is_dateline(text, mention) and mention.month and mention.day:
                        told = self.complete(text, mention, (lead.start, lead.end))
                        written = mention.full
                        self._base = (
                            _Known(written, "published", text[mention.start : mention.end]) if written else told
                        )
                        break
        return self._base

    def complete(self, text: str, mention: Mention, sentence: tuple[int, int]) -> _Known | None:
        """A date with its year (and month), from the strongest evidence there is; None where evidence disagrees."""
        words = text[mention.start : mention.end]
        if mention.month is None:
            return self._complete_day(words, mention)
        calendar, calendar_words = self._calendar(text, mention, sentence)
        published = self._near_published(mention)
        if published:
            if calendar and calendar != {published.day.year}:
                return None
            return _Known(published.day, published.basis, f"{words}；{published.evidence}")
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
        return _Known(day, basis, f"{words}；{evidence}" if evidence else words)

    def _complete_day(self, words: str, mention: Mention) -> _Known | None:
        """11日晚 against the published day: the last such day before it, at most twenty days back."""
        base = self.base
        if base is None or mention.day is None:
            return None
        for back in range(21):
            day = base.day - timedelta(back)
            if day.day == mention.day:
                basis: DateBasis = "metadata" if base.basis == "metadata" else "published"
                return _Known(day, basis, f"{words}；{base.evidence}") if EARLIEST <= day <= LATEST else None
        return None

    def _near_published(self, mention: Mention) -> _Known | None:
        """The last such day up to the published one, if it is close enough."""
        known = self.published
        if known is None or not mention.month or not mention.day:
            return None
        for year in (known.day.year, known.day.year - 1):
            day = day_of(year, mention.month, mention.day)
            if day and -1 <= (known.day - day).days <= PUBLISHED_WITHIN and EARLIEST <= day <= LATEST:
                return _Known(day, known.basis, known.evidence)
        return None

    def _near_url(self, mention: Mention) -> int | None:
        _, span = _url_dates(self.document.url)
        if span is None or not mention.month or not mention.day:
            return None
        for year in (span[0].year, span[0].year - 1):
            day = day_of(year, mention.month, mention.day)
            if day and (day - span[0]).days >= -31 and (span[1] - day).days >= -1:
                return year
        return None

    def _context(self, mention: Mention) -> list[tuple[int, str]]:
        """Years of other dates of the title, the lead and the signature that lie close to this one."""
        text, rules = self.document.text, self.rules
        zones = [s for s in self.page.segments if s.kind in ("title", "heading", "lead", "paragraph")]
        body = [s for s in zones if s.kind in ("lead", "paragraph")]
        near = [s for s in zones if s.kind in ("title", "heading")] + body[:3]
        near += [s for s in body[3:][-3:] if s.end - s.start < 80]
        found: list[tuple[int, str]] = []
        for segment in near:
            stop = min(segment.end, segment.start + 2 * SPAN)
            for other in mentions(text, segment.start, stop):
                if other.year is None or other.start == mention.start or not other.is_valid or not other.month:
                    continue
                if SINCE.match(text, other.end) or text[other.start - 1 : other.start] == "自":
                    continue
                anchor = day_of(other.year, other.month, other.day or 15)
                if anchor:
                    found += self._years_near(mention, anchor, CONTEXT_WITHIN, text[other.start : other.end])
            for named in rules.year_named.finditer(text, segment.start, stop):
                year, name = int(named[1]), named[2]
                if name is None:
                    found.append((year, named.group()))
                    continue
                within = SEASON_WITHIN if name in rules.seasons else CONTEXT_WITHIN
                for anchor in rules.days[name]:
                    if anchor.year == year:
                        found += self._years_near(mention, anchor, within, named.group())
            for other_year in BRACKETED_YEAR.finditer(text, segment.start, stop):
                found.append((int(other_year[1]), other_year.group()))
        if found and self._speaks_later(max(year for year, _ in found), mention):
            return []
        return found

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

    def _calendar(self, text: str, mention: Mention, sentence: tuple[int, int]) -> tuple[set[int], str]:
        """Years in which the weekday, the lunar day or the holiday that is named beside a date falls on it."""
        if not mention.month or not mention.day:
            return set(), ""
        days = [day for year in YEARS if (day := day_of(year, mention.month, mention.day))]
        weekday = WEEKDAY.match(text, mention.end)
        if weekday and weekday[1] != "末":
            number = "一二三四五六日".find(weekday[1].replace("天", "日"))
            return {d.year for d in days if d.weekday() == number}, weekday.group().strip("（(，, ")
        link = NAMED_LINK.match(text, mention.end)
        named = self.rules.named.match(text, link.end()) if link else None
        if named:
            years = {d.year for d in self.rules.days[named.group()] if (d.month, d.day) == (mention.month, mention.day)}
            if years:
                return years, named.group()
        workday = WORKDAY.search(text, mention.end, min(sentence[1], mention.end + 24))
        if workday:
            tables = [self.rules.workdays[workday[1]]] if workday[1] else list(self.rules.workdays.values())
            years = {d.year for table in tables for d in table if (d.month, d.day) == (mention.month, mention.day)}
            return years, workday.group()
        if (mention.month, mention.day) == (2, 29):
            return {2020}, ""
        return set(), ""


# Effective dates


def _find_effective(text: str, page: Page, near: _Known | None, rules: _Rules) -> date | None:
    """The first day from which something applies (自8月29日0时起), on or after the meeting or notice."""
    if near is None:
        return None
    for segment in islice(page.of("title", "lead", "paragraph"), 60):
        stop = min(segment.end, segment.start + 2 * SPAN)
        if text.find("起", segment.start, stop) < 0:
            continue
        for mention in mentions(text, segment.start, stop):
            if not mention.is_valid or not mention.day or not _begins(text, mention):
                continue
            day = mention.full or _next(near.day, mention.month, mention.day)
            if day and 0 <= (day - near.day).days <= 120:
                return day
        if NOW.search(text, segment.start, stop):
            return near.day
    return None


def _next(near: date, month: int | None, day: int) -> date | None:
    """The first such day from `near` on."""
    if month is None:
        month = near.month if day >= near.day else near.month % 12 + 1
    days = (day_of(near.year + step, month, day) for step in (0, 1))
    return next((d for d in days if d and d >= near), None)
