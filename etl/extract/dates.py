"""When: meeting, published and effective dates, each with its basis and evidence.

Imports records, lexicon, known_dates, published, years and written_dates only.

A wrong date is far worse than none. A date is taken only from a place that speaks of this meeting or notice (the lead,
the title, the signature), and a year only from evidence that leaves no other (etl/years.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise

from etl.known_dates import EARLIEST, LATEST, SPAN, KnownDate
from etl.lexicon import Lexicon
from etl.lexicon.dates import DateCueKind
from etl.published import LABEL, find_published, is_dateline, published_in_url
from etl.records import Dates, Document, Page, Segment
from etl.written_dates import Mention, day_of, mentions
from etl.years import Years

SENTENCES = 14  # of the body that may hold the meeting's date
SENTENCE = re.compile(r"(?:[^。！？；!?;.]++|(?<![一-鿿”）)])\.)+")  # a stop behind a character may be half-width

RANGE = re.compile(r"\s?[至到—–~～、和及-]{1,2}\s?(?:(?:20\d\d年)?\d{1,2}月)?(\d{1,2})日")
NOW = re.compile("即日起|自(?:发布|公布|印发|通告发布|公告发布)之日起|(?:发布|公布|印发)之?日起|当[天日]起|自即日起")
AROUND = ("furniture", "published", "byline", "caption")  # kinds of lines that may stand behind a signature
LAST_LINES = 4  # behind the signature a word of the site may stand
SOURCE = re.compile(r"\s(?:来源|作者|编辑|责编|供稿)\s?[:：]")
SIGN_LENGTH = 45  # a longer line is no signature
DAY_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{4}\s?年\s?[\d元一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
)
SIGNER = re.compile(
    "(?:指挥部|小组|办公室|委员会|政府|办事处|机制|公司|集团|中心|[局厅委院会校学园所站部店行社馆办寺])(?:（[^（）]{1,12}）)?$"
)
AFTER_IT = re.compile("[^。；]{2,40}?后，")
SITS = re.compile("召开|举行|主持")
ACTS = re.compile("召开|举行|主持|印发|发布|发出")
MARKED = re.compile("[，。；：:]")
COUNTED_TO = re.compile("截[至止]|统计到|统计至")
BEGINS = re.compile(r"[\d:：时点零分凌晨上中下午晚\s]{0,8}起")
REPORTER_AT = re.compile("记者从$")  # 记者从|6日|下午举行的发布会上获悉
SAT_THEN = re.compile("(?:[上下中]午|晚上?)?(?:举行|召开)的")
BEFORE_DATE = re.compile(r"(?:20\d\d年|[于在])$")
SAME_DAY = re.compile("同日|当[天日晚]")
IS_A_DAY = re.compile("是[^，。]{0,14}[日节]")
HIGHER = re.compile(
    r"[日号上中下午晚夜凌晨，,\s]{1,5}(中共中央|党中央|中央|国务院|习近平|全国|国家|教育部|省|自治区)(?!级?[领分]导小组.{0,4}$)"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """Cue patterns compiled."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    cues: dict[DateCueKind, re.Pattern[str]]


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> _Rules:
    words = lexicon.dates
    return _Rules(
        before=re.compile(rf"(?:{'|'.join(words.cues['before'])})\s?$"),
        after=re.compile("|".join(words.cues["after"])),
        cues={kind: re.compile("|".join(patterns)) for kind, patterns in words.cues.items()},
    )


def find_dates(document: Document, page: Page, lexicon: Lexicon) -> Dates:
    """The dates of a document; empty where nothing supports one.

    `evidence` quotes the words that give the meeting date and, after a semicolon, those that give its year.
    """
    rules = _rules(lexicon)
    text = document.text
    published = find_published(document, page)
    meeting = _find_meeting_date(document, page, Years(document, page, published, lexicon), rules)
    if published is None and (meeting is None or meeting.basis == "url"):
        published = published_in_url(document.url, meeting)
    effective = _find_effective(text, page, meeting or published)
    return Dates(
        meeting_date=meeting.day.isoformat() if meeting else None,
        published_date=published.day.isoformat() if published else None,
        effective_date=effective.isoformat() if effective else None,
        precision="day" if meeting else "none",
        basis=meeting.basis if meeting else "none",
        evidence=meeting.evidence if meeting else None,
    )


# The meeting's date


def _find_meeting_date(document: Document, page: Page, years: Years, rules: _Rules) -> KnownDate | None:
    text = document.text
    title = page.title.cut(text) if page.title else (document.title or "")
    if all(len(word) == 1 for word in title.split()):
        title = "".join(title.split())  # 通 告
    sentences = _sentences(text, page)
    is_notice = _is_notice(text, title, page, sentences, rules)
    if is_notice:
        signed = _signed(text, page, years)
        if signed:
            return signed
    chosen = _choose(text, title, sentences, is_notice, rules)
    if chosen is None:
        headed = _headed(text, page) if is_notice else None
        return headed or _in_title(text, page, years, rules) or _starting(text, sentences)
    mention, sentence = chosen
    if mention.full is None and mention != NOT_TOLD and sentence != sentences[0]:
        starting = _starting(text, sentences[:1])
        if starting:
            return starting
    if mention == NOT_TOLD:
        return None
    headed = _headed(text, page) if is_notice and mention.full is None and sentence != sentences[0] else None
    # 1月23日，全市已启动响应: below a title that has the day of the notice under it
    return headed or years.complete(mention, sentence)


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
    if pattern.search(title) or _ends_signed(text, page):
        return True
    return any(pattern.search(text, s.start, min(s.end, s.start + SPAN)) for s in _ends(page.of("lead", "paragraph")))


def _ends(paragraphs: Sequence[Segment]) -> Iterator[Segment]:
    """The first paragraphs and the last, of which one may say that it is a notice."""
    yield from paragraphs[:6]
    yield from paragraphs[6:][-3:]


def _ends_signed(text: str, page: Page) -> bool:
    """Whether it ends as a letter does: who signs, and below it the day."""
    lines = [s for s in page.segments if s.kind not in AROUND][-LAST_LINES:]
    return any(
        max(signer.end - signer.start, day.end - day.start) <= SIGN_LENGTH
        and DAY_LINE.fullmatch(text, day.start, day.end)
        and SIGNER.search(signer.cut(text))
        for signer, day in pairwise(lines)
    )


def _signed(text: str, page: Page, years: Years) -> KnownDate | None:
    """The date under a notice: a line of its own, or at the end of the line of the signer."""
    lead = page.lead
    lines = [s for s in page.segments if s.kind not in AROUND and lead and s.start >= lead.start][-6:]
    for line in reversed(lines):
        start = max(line.start, line.end - 60)
        found = [m for m in mentions(text, start, line.end) if m.month and m.day]
        if not found:
            continue
        mention = found[-1]
        rest = SOURCE.split(text[mention.end : line.end], maxsplit=1)[0].strip(" \u3000）)印发。")
        head = text[line.start : mention.start]
        head = head[max(head.rfind(mark) for mark in "。！；") + 1 :]
        if rest or LABEL.search(head) or MARKED.search(head, max(0, len(head) - 40)) or len(head) > 60:
            continue
        known = years.complete(mention, (line.start, line.end))
        if known:
            return known
    return None


def _headed(text: str, page: Page) -> KnownDate | None:
    """The day that stands alone in the head of a notice, as its papers write it: 2020年1月25日."""
    for segment in page.of("published", "heading"):
        if page.lead is None or segment.start > page.lead.start:
            break
        if DAY_LINE.fullmatch(text, segment.start, segment.end):
            day = next((m.full for m in mentions(text, segment.start, segment.end)), None)
            if day and EARLIEST <= day <= LATEST:
                return KnownDate(day, "text", segment.cut(text))
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
        days = [m for m in found if m.month]
        explicit = days[0] if days else None
        if explicit and len(days) > 1 and text[days[1].start - 1] == "于" and AFTER_IT.match(text, explicit.end, end):
            explicit = days[1]  # 11月2日，邻市发现病例后，县指挥部于11月3日召开会议
        relative = next((m for m in found if m.relative and not is_dateline(text, m)), None)
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
            if vague and i < 2 and (ACTS if i == 0 else SITS).search(text, start, end):
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
    if rules.after.match(text, mention.end):
        return True
    if rules.before.search(before) and not (REPORTER_AT.search(before) and SAT_THEN.match(text, mention.end)):
        return True
    clause = text[max(start, mention.start - 40) : mention.start]
    clause = clause[max(clause.rfind(mark) for mark in "，,：:（( \u3000") + 1 :]
    if rules.cues["conveying"].search(clause) or "《" in clause[clause.rfind("》") + 1 :]:
        return True
    return is_dateline(text, mention)


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


def _in_title(text: str, page: Page, years: Years, rules: _Rules) -> KnownDate | None:
    """A full date in the title."""
    if page.title is None:
        return None
    for mention in mentions(text, page.title.start, page.title.end):
        if mention.full and not _is_other(text, mention, page.title.start, rules):
            return years.complete(mention, (page.title.start, page.title.end))
    return None


def _starting(text: str, sentences: list[tuple[int, int]]) -> KnownDate | None:
    """Where rules are told with no other day than the one from which they apply (自2021年8月24日零时起), that day."""
    for start, end in sentences[:2]:
        for mention in mentions(text, start, end):
            if mention.full and EARLIEST <= mention.full <= LATEST and _begins(text, mention):
                return KnownDate(mention.full, "text", text[mention.start : mention.end])
    return None


def _begins(text: str, mention: Mention) -> bool:
    return BEGINS.match(text, mention.end) is not None


# Effective dates


def _find_effective(text: str, page: Page, near: KnownDate | None) -> date | None:
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
