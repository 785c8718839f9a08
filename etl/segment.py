"""Lines of a document and what each is for: title, lead, paragraph, furniture. Imports records, lexicon and
sentences only.

    split(document, lexicon).of("lead", "paragraph")     # what the announcement says, without the site around it

A page is read top down: the head (menus, publication line, title), the body from the first prose line (the lead), and
the foot, which opens at the first line such as 上一篇 or 版权所有 that has the body behind it.
"""

from __future__ import annotations

import re
from itertools import accumulate

from etl.lexicon import Lexicon
from etl.lexicon.lines import LineRules
from etl.records import Document, Page, Segment, SegmentKind
from etl.sentences import SAYS, paragraphs

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
GLUED = re.compile(  # the day of publication, and the text without a blank behind it
    r"(?:发布|发表|刊发|更新|录入)?(?:时间|日期)[:：]\s?20\d\d-\d\d-\d\d(?:\s\d\d:\d\d(?::\d\d)?)?(?=\d{1,2}月\d{1,2}日|[一-龥])"
)
SHORT_LINE = 30
LONGEST_HEADLINE = 90
CLOSING_LINES = 3  # lines of the site one after another that close an article
MOST_MARKS = 8  # lines that may open an article, looked at in a page
LONG_LINE = 120  # code points; a longer line is prose, whatever it begins with
PROSE = re.compile(r"[。！？；][”’」』）)】]?\s*$|。")
ENDED = re.compile(r"[。！？；：:…—][”’」』）)】\]]{0,3}$")
CLOCK = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?")
SENTENCE_ENDS = re.compile(r"[。；！]")
PAGE_MARK = re.compile(r"(?:位置|时间|日期|来源)\s?[是为]?\s?[:：]|\d\d:\d\d")
DATED_LINE = re.compile(r"(?:时间|日期|来源|作者|编辑)\s?[:：]|20\d\d-\d\d-\d\d \d\d:")
FIELD = re.compile(r"[一-龥 ]{2,6}[：:]")  # 公开目录：通知公告
SEPARATORS = re.compile(r"[\s|｜/·•]+")
SITE_MARKS = re.compile(r"[>›»|_｜]|网$|网站$|门户")
PROSE_MARKS = re.compile(r"[。，；：]")
BLANK = re.compile(r"\s+")
SIGN_OFF = re.compile(
    r"(?<=[。！])\s+(?P<signer>[一-龥（）]{4,40})\s+(?P<day>20\d\d年\d{1,2}月\d{1,2}日)(?!\S)"
)  # who signed a one-line page, and when
WORD = re.compile(r"\S+")
GAP = re.compile(r"(?<=[。！）】)])\s*(?=[^\s。])|\s+(?=[^\s。])")  # where the foot of a one-line page may begin
NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[、)）.．是要]|[（(]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,2}[、，：]|[①-⑳⑴-⒇●○◆◇■□▪•·※★☆➢►▶]|——?)"
)
TITLE_WORDS = re.compile(
    r"疫情|防控|防疫|抗疫|战疫|新冠|肺炎|新型冠状|核酸|疫苗|复工|复产|会议|召开|部署|通告|通知|公告|公开信|倡议|强调|要求|调研|督导|检查|"
    r"一封信|告知书|承诺书|须知|提示|提醒|问答|指引|指挥部|领导小组|例会|调度|专题|传达|研究|主持|发布|举行|推进|落实|通报|措施|隔离|封控|管控"
)
GENRE = re.compile(
    r"(?:紧\s*急\s*)?(?:通\s*[告知报]|公\s*告|倡\s*议(?:\s*书)?|公\s*开\s*信|告\s*知\s*书|承\s*诺\s*书|温\s*馨\s*提\s*示|"
    r"告[居市村业]?[民主]书)"
)  # a whole title: 倡 议 书
NAVIGATION = re.compile(
    r"首页|新闻|公开|服务|互动|中心|政务|概况|简介|动态|党建|联系|视频|频道|专栏|要闻|导航|专题|网站|公告|机构|信息|政策|下载|教育|财经"
)
DATED = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|今天|今日|昨天|昨日|日前|近日|连日来|为")
SIGNED = re.compile(
    r"(?:20\d\d|二[〇○零]二[〇○零一二])年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
BODY = re.compile(
    r"(?:指挥部|领导小组|小组|办公室|委员会|政府|党委|党组|[局厅委院会部署办]|集团|公司|大学|学院|学校|医院|机制)(?:（.{1,12}）)?"
)


def split(document: Document, lexicon: Lexicon) -> Page:
    """The page of a document: every non-blank character in one segment, in order."""
    text, rules = document.text, lexicon.line_rules
    lines = _lines(text, rules)
    width = _wrap_width(text, lines)
    body = _body_start(text, lines, rules, width)
    above = 0
    again = _begins_again(text, lines, body, rules)
    if again:
        above, body = again, again + _body_start(text, lines[again:], rules, width)
    head = [Segment("furniture", start, end) for start, end in lines[:above]]
    head += _read_head(text, lines[above:body], rules, document.title)
    segments = tuple(head + _read_body(text, lines[body:], rules, width))
    return Page(segments, tuple(paragraphs(text, segments)))


def _lines(text: str, rules: LineRules) -> list[tuple[int, int]]:
    """Non-blank lines without the blanks around them; what follows or precedes the prose of a long line apart."""
    lines: list[tuple[int, int]] = []
    for found in LINE.finditer(text):
        start, end = _strip(text, *found.span())
        if start == end:
            continue
        if glued := GLUED.match(text, start, end):
            lines.append((start, glued.end()))
            start = glued.end()
        if end - start > LONG_LINE:
            lines.extend(_cut_long_line(text, start, end, rules, first=not lines))
        else:
            lines.extend(_cut_end(text, start, end, rules))
    return lines


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut_long_line(text: str, start: int, end: int, rules: LineRules, first: bool) -> list[tuple[int, int]]:
    """A page in one line: its head is cut at blanks, its foot where a foot line opens after a sentence."""
    pieces: list[tuple[int, int]] = []
    stop = text.find("。", start, end)
    if first and stop > 0:
        pieces, start = _cut_head(text, start, stop, rules)
    foot = _foot_in_line(text, start, end, rules, whole_page=first)
    stop = foot.start() if foot else end
    signed = list(SIGN_OFF.finditer(text, start, stop)) if first else []
    if signed:
        pieces += [(start, signed[-1].start()), signed[-1].span("signer"), signed[-1].span("day")]
        pieces += [word.span() for word in WORD.finditer(text, signed[-1].end(), stop)]
    else:
        pieces += _cut_end(text, *_strip(text, start, stop), rules)
    if foot is None:
        return pieces
    if end - foot.end() <= LONG_LINE:
        return [*pieces, (foot.end(), end)]
    return pieces + [word.span() for word in WORD.finditer(text, foot.end(), end)]


def _foot_in_line(text: str, start: int, end: int, rules: LineRules, whole_page: bool) -> re.Match[str] | None:
    """The gap before the foot; a line that is the whole page may have a foot that is longer than its article."""
    sentences = text.count("。", start, end) if whole_page else 0
    at, before = start, 0
    for gap in GAP.finditer(text, start if whole_page else (start + end) // 2, end):
        words = text[gap.end() : gap.end() + LONG_LINE].split("。", 1)[0]
        opens = rules.matches("furniture", "tail", words)
        if whole_page:
            before += text.count("。", at, gap.start())
            at = gap.start()
            if 2 * before < sentences or not before:
                continue
            ends = text[gap.start() - 1] in "。！）)" and gap.start() < gap.end()
            opens = opens or (ends and rules.kind_of(words.split(maxsplit=1)[0], head=False) is not None)
        if opens:
            return gap
    return None


def _cut_head(text: str, start: int, stop: int, rules: LineRules) -> tuple[list[tuple[int, int]], int]:
    """Title and publication line in front of the first sentence of a one-line page, and where the sentence begins.

    Cut only at blanks, and only where a piece is recognised or the sentence behind it begins with a date.
    """
    blanks = list(BLANK.finditer(text, start, min(stop, start + 400)))
    cut = 0
    for i, blank in enumerate(blanks):
        before = text[blanks[i - 1].end() if i else start : blank.start()]
        known = rules.kind_of(before, head=True)
        titled = (len(before) >= 8 and "，" not in before and TITLE_WORDS.search(before)) and DATED.match(
            text, blank.end()
        )
        if known or titled:
            cut = i + 1
    if not cut:
        return [], start
    pieces: list[tuple[int, int]] = []
    for begin, end in zip([start, *(b.end() for b in blanks)], (b.start() for b in blanks[:cut]), strict=False):
        if pieces and CLOCK.fullmatch(text, begin, end):
            pieces[-1] = (pieces[-1][0], end)  # 2020-02-06 09:35
        else:
            pieces.append((begin, end))
    return pieces, blanks[cut - 1].end()


def _cut_end(text: str, start: int, end: int, rules: LineRules) -> list[tuple[int, int]]:
    """The line, and apart from it a byline behind its last sentence."""
    stop = max(text.rfind(mark, start, end) for mark in "。！？")
    if stop > start and stop + 1 < end:
        tail = stop + 1
        while tail < end and text[tail] in "”’」』）)】":
            tail += 1
        if tail < end and rules.matches("byline", "end", " " + text[tail:end].strip()):
            return [(start, tail), _strip(text, tail, end)]
    if stop == end - 1 or end - start < 12:
        return [(start, end)]
    found = rules.search("byline", "end", text, max(start, end - 90), end)  # …（记者 张三） without a full stop before
    if found and found.end() == end and start < found.start() and text[found.start() - 1] in "。！”":
        return [(start, found.start()), _strip(text, found.start(), end)]
    return [(start, end)]


def _is_prose(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    if "，" in line and (len(line) >= 45 or (len(line) >= 15 and line.endswith("："))):
        return True  # 为减少人员流动，经研究决定：
    return (len(line) >= 15 and bool(PROSE.search(line))) or len(line) > LONG_LINE


def _body_start(text: str, lines: list[tuple[int, int]], rules: LineRules, width: int | None) -> int:
    """Which line is the lead: the first prose that is no furniture; all lines where there is none."""
    for i, (start, end) in enumerate(lines):
        line = text[start:end]
        if line.endswith(("：", ":")) and i + 1 < len(lines) and NUMBERED.match(text, *lines[i + 1]):
            return i  # 现将有关事项通告如下：
        broken = width is not None and len(line) >= width - 3 and "，" in line
        if rules.kind_of(line, head=True) or not (broken or _is_prose(text, start, end)):
            continue
        if line.endswith(("！", "？", "!", "?")) and line.count("。") == 0 and len(line) <= 50 and i + 1 < len(lines):
            continue  # a title may call out
        if i + 1 < len(lines) and _is_long_headline(line, text[slice(*lines[i + 1])], rules):
            continue
        return i
    for i, (start, end) in enumerate(lines):  # no prose: the first numbered line begins the body
        if i and NUMBERED.match(text, start, end):
            return i
    return len(lines)


def _is_long_headline(line: str, following: str, rules: LineRules) -> bool:
    """Whether a line that is as long as prose is the headline: no sentence, and below it when, or a lead with a day."""
    if len(line) > LONGEST_HEADLINE or PROSE.search(line) or not TITLE_WORDS.search(line):
        return False
    if rules.kind_of(following, head=True) == "published":
        return True
    return "。" in following and DATED.match(following) is not None


def _begins_again(text: str, lines: list[tuple[int, int]], body: int, rules: LineRules) -> int | None:
    """Which line is the headline of the article where excerpts of other pages stand above it; None where none do.

    It has bread crumbs above it or a line of publication below it, no such line is above the first prose, and most of
    the prose is behind it.
    """
    if body + 2 >= len(lines) or any(DATED_LINE.search(text, *_opening(line)) for line in lines[:body]):
        return None
    short = (i for i in range(body + 1, len(lines) - 1) if lines[i][1] - lines[i][0] <= LONG_LINE)
    marks = [i for i in short if text[lines[i][1] - 1] != "。" and PAGE_MARK.search(text, *lines[i])][:MOST_MARKS]
    if not marks:
        return None
    prose = [end - start if _is_prose(text, start, end) else 0 for start, end in lines]
    total = sum(prose)
    for i in marks:
        before = sum(prose[:i])
        if 5 * before > 2 * total or any(rules.matches("furniture", "tail", text[s:e]) for s, e in lines[body:i]):
            return None
        line = text[slice(*lines[i])]
        kind = rules.kind_of(line, head=True)
        if kind == "published" and DATED_LINE.search(line) and _is_headline(text[slice(*lines[i - 1])]):
            return i - 1
        if kind == "furniture" and _is_headline(text[slice(*lines[i + 1])]):
            return i + 1
    return None


def _opening(line: tuple[int, int]) -> tuple[int, int]:
    return line[0], min(line[1], line[0] + LONG_LINE)


def _is_headline(line: str) -> bool:
    return "。" not in line and _title_score(line, 0, None) >= 3


def _read_head(text: str, lines: list[tuple[int, int]], rules: LineRules, known_title: str | None) -> list[Segment]:
    segments: list[Segment] = []
    open_lines: list[int] = []  # indices of segments that may be the title
    for start, end in lines:
        line = text[start:end]
        kind: SegmentKind | None = rules.kind_of(line, head=True)
        if kind is None and _is_menu(line):
            kind = "furniture"
        if kind is None:
            prefix = rules.search("furniture", "prefix", text, start, end)
            if prefix and prefix.start() == start and prefix.end() < end:
                segments.append(Segment("furniture", *_strip(text, start, prefix.end())))
                start, end = _strip(text, prefix.end(), end)
            open_lines.append(len(segments))
            kind = "heading"
        segments.append(Segment(kind, start, end))
    scores = {i: _title_score(segments[i].cut(text), i, known_title) for i in open_lines}
    for i in open_lines:
        if i + 1 < len(segments) and segments[i + 1].kind == "published" and scores[i] > 0:
            scores[i] += 2  # the headline, and below it when it was published
    best = max(open_lines, key=lambda i: scores[i], default=None)
    if best is None:
        return segments
    if scores[best] <= 0:
        best = None
    title = segments[best].cut(text) if best is not None else None
    for i in open_lines:
        segment = segments[i]
        role: SegmentKind = "title" if i == best else _beside_title(segment.cut(text), title)
        segments[i] = Segment(role, segment.start, segment.end)
    return segments


def _beside_title(line: str, title: str | None) -> SegmentKind:
    """A line of the head that is not the title: the kicker or subtitle of the article, or a word of the site."""
    if line == title:
        return "furniture"
    if line.endswith((":", "：")):
        return "heading"
    short = len(line) <= 6 or (len(line) <= 12 and not TITLE_WORDS.search(line))
    return "furniture" if short else "heading"


def _title_score(line: str, position: int, known_title: str | None) -> float:
    """How much a line looks like the headline: its length, the words of the genre, and the page's own title."""
    score = 0.0
    if 8 <= len(line) <= 70:
        score += 2
    elif len(line) < 5 or len(line) > 120:
        score -= 3
    score += min(3, len(TITLE_WORDS.findall(line)))
    if len(line) <= 16 and GENRE.fullmatch(line):
        score = 1.5  # less than a headline of some length, more than the address below it
    if known_title and len(line) >= 4 and (line in known_title or known_title in line):
        score += 8
    if line.endswith((":", "：", "，", "、")):
        score -= 2
    if SITE_MARKS.search(line) or (len(line) <= 16 and FIELD.match(line)):
        score -= 3
    return score + 0.01 * min(position, 50)


def _is_menu(line: str) -> bool:
    """Several short words of navigation in one line."""
    if len(line) > 400 or PROSE_MARKS.search(line):
        return False
    words = SEPARATORS.split(line)
    return len(words) >= 4 and all(len(w) <= 10 for w in words) and len(NAVIGATION.findall(line)) >= 2


def _read_body(text: str, lines: list[tuple[int, int]], rules: LineRules, width: int | None) -> list[Segment]:
    foot = _foot_start(text, lines, rules)
    body = lines[:foot]
    sentences = _Sentences(text, body)
    segments: list[Segment] = []
    led = False
    for i, (start, end) in enumerate(body):
        kind: SegmentKind | None = rules.kind_of(text[start:end], head=False)
        if kind is None and not led:
            kind, led = "lead", True
        elif kind is None:
            kind = _body_kind(text, body, i, width, sentences)
        segments.append(Segment(kind, start, end))
    segments.extend(
        Segment(rules.kind_of(text[start:end], head=False) or "furniture", start, end) for start, end in lines[foot:]
    )
    return segments


def _foot_start(text: str, lines: list[tuple[int, int]], rules: LineRules) -> int:
    """Which line opens the foot: one that begins as feet do with more prose before it than behind it, or the first of
    several lines of the site with nearly all prose before them.
    """
    prose = [end - start if _is_prose(text, start, end) else 0 for start, end in lines]
    total, before = sum(prose), 0
    ruled: list[int] | None = None
    run = 0  # lines of the site one after another
    for i, (start, end) in enumerate(lines):
        rest = total - prose[i]
        near = 2 * before >= rest
        opens = before and end - start <= (LONG_LINE if near else SHORT_LINE)
        if opens and rules.matches("furniture", "tail", text[start:end]):
            if not near and ruled is None:
                ruled = _ruled_prose(text, lines, prose, rules)
            if near or (ruled and 2 * before >= total - ruled[i]):
                return i
        late = before and end - start <= SHORT_LINE and 4 * before >= 3 * total
        run = run + 1 if late and rules.kind_of(text[start:end], head=False) in ("furniture", "byline") else 0
        if run == CLOSING_LINES:
            return i - CLOSING_LINES + 1
        before += prose[i]
    return len(lines)


def _ruled_prose(text: str, lines: list[tuple[int, int]], prose: list[int], rules: LineRules) -> list[int]:
    """From each line on, how much of the prose is the site's own by its wording."""
    own = (
        n if n and rules.kind_of(text[start:end], head=False) else 0
        for n, (start, end) in zip(reversed(prose), reversed(lines), strict=True)
    )
    return list(accumulate(own))[::-1]


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """The width at which lines were broken by hand, where most lines that end nothing share one; else None."""
    longest = max((end - start for start, end in lines), default=0)
    if not 15 <= longest <= 100:
        return None
    unfinished = [end - start for start, end in lines if not ENDED.search(text[max(start, end - 5) : end])]
    full = sum(1 for n in unfinished if n >= longest - 3)
    return longest if full >= 3 and 2 * full >= len(unfinished) else None


class _Sentences:
    """Sentences of the body without their end marks, collected when the first sub-heading asks for them."""

    def __init__(self, text: str, lines: list[tuple[int, int]]) -> None:
        self.text = text
        self.lines = lines
        self.found: set[str] | None = None

    def __contains__(self, line: str) -> bool:
        if self.found is None:
            self.found = set()
            for start, end in self.lines:
                if self.text.find("。", start, end) >= 0:
                    self.found.update(SENTENCE_ENDS.split(self.text[start:end]))
        return line in self.found


def _body_kind(
    text: str, lines: list[tuple[int, int]], i: int, width: int | None, sentences: _Sentences
) -> SegmentKind:
    """Paragraph or heading: a heading is a short line that ends nothing and continues nothing."""
    start, end = lines[i]
    line = text[start:end]
    if len(line) > LONG_LINE or ENDED.search(line) or "。" in line or line[-1] in "，、" or NUMBERED.match(line):
        return "paragraph"
    if line in sentences:
        return "heading"
    if SAYS.fullmatch(line):
        return "paragraph"
    if width and (len(line) >= width - 3 or _continues(text, lines, i, width)):
        return "paragraph"
    closing = i >= len(lines) - 3 or SIGNED.fullmatch(text, *lines[i + 1])
    if SIGNED.fullmatch(line) or (closing and BODY.search(line, max(0, len(line) - 14))):
        return "paragraph"  # who signed, and when
    if len(line) > 60 or (len(line) > 30 and "，" in line):
        return "paragraph"
    previous = text[lines[i - 1][0] : lines[i - 1][1]]
    if previous.endswith(("：", ":")) or (previous.endswith(("，", "、")) and len(previous) > 15):
        return "paragraph"  # an item of a list without numbers, or the rest of a broken sentence
    return "heading"


def _continues(text: str, lines: list[tuple[int, int]], i: int, width: int) -> bool:
    """Whether the line is the rest of a line that was broken at the width."""
    start, end = lines[i - 1]
    return end - start >= width - 3 and not ENDED.search(text[start:end])
