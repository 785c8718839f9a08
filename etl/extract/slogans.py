"""Slogans: short policy labels in quotation marks. Imports records and lexicon only.

    坚决压实“四方责任” -> Slogan("四方责任")

What is said (：“……。”), quoted titles, festivals (“五一”) and abbreviations (以下简称“省指挥部”) are no labels. Nor are
words quoted for emphasis; but a writer who does that does it often. So a label that nothing marks as one (no number, no
known slogan, not in the title, not of a series) counts only where the document quotes few such words.
"""

from __future__ import annotations

import re
from collections import Counter

from etl.lexicon import Lexicon
from etl.records import Document, Page, Slogan

LONGEST_LABEL = 24  # without punctuation; 身份必问、信息必录、体温必测、口罩必戴 has 16
SERIES = 3  # labels of one length behind the same words are the writer's own policy: 围绕“早发现”… 围绕“快处置”…
EMPHATIC_WRITER = 4  # distinct unmarked quotations from which on a writer quotes for emphasis
QUOTED = re.compile(
    r"“([^“”\n]{1,40})”|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|‘([^‘’\n]{1,40})’|\"([^\"\n]{1,40})\""
)
TITLE = re.compile(r"《[^《》\n]{1,120}》")
NUMBERED = re.compile(r"[二三四五六七八九十两双零]|\d|一.{1,3}一|一.{1,3}[二三四五六七八九]|应.尽|.必.、")
SENTENCE = re.compile(r"[。！？；：!?;:…]")
LETTER = re.compile(r"[\u4e00-\u9fff]")
NOT_LETTER = re.compile(r"[^\w+]")
DAY = re.compile(r"\d{1,2}[·.．•‧]\d{1,2}")  # “3·29”疫情
QUOTED_TITLE = re.compile(r"关于.*|.*(?:通知|通告|公告|意见|倡议书|公开信|承诺书)")
SAID = re.compile(r"(?:[：:]|[说称道问写]，?)$")
DEFINED = re.compile(r"(?:简称|下称|统称|合称|俗称|全称|名为|题为)[为：]?$")
LONGEST_ANSWER = 8  # after a colon anything longer is speech


def find_slogans(document: Document, page: Page, lexicon: Lexicon) -> tuple[Slogan, ...]:
    """Slogans in text order, the first mention of each; site furniture is not read."""
    text = document.text
    titles = [m.span() for m in TITLE.finditer(text)]
    at = 0
    marked: dict[str, Slogan] = {}
    unmarked: dict[str, Slogan] = {}
    emphasised: set[str] = set()
    for found in QUOTED.finditer(text):
        group = found.lastindex or 0
        start, end = found.span(group)
        label = text[start:end].strip()
        start = text.find(label, start)
        while at < len(titles) and titles[at][1] <= start:
            at += 1
        kind = page.kind_at(start)
        if kind in ("furniture", "published", "byline") or (at < len(titles) and titles[at][0] < start):
            continue
        reason = lexicon.slogans.stops.get(label)
        if reason == "emphasis":
            emphasised.add(label)
        if reason or not _is_label(label, text[max(0, found.start() - 4) : found.start()]):
            continue
        is_marked = kind == "title" or label in lexicon.slogans.known or NUMBERED.search(label) is not None
        (marked if is_marked else unmarked).setdefault(label, Slogan(label, start, start + len(label)))
    series = Counter(_frame(text, slogan) for slogan in unmarked.values())
    marked |= {k: s for k, s in unmarked.items() if series[_frame(text, s)] >= SERIES}
    if len(unmarked.keys() - marked.keys()) + len(emphasised) >= EMPHATIC_WRITER:
        unmarked = {}
    kept = {**unmarked, **marked}
    return tuple(sorted(kept.values(), key=lambda s: s.start))


def _frame(text: str, slogan: Slogan) -> tuple[str, int]:
    """What stands around a label, so that those of one series have the same: 围绕“…”, three characters."""
    return text[max(0, slogan.start - 3) : slogan.start], slogan.end - slogan.start


def _is_label(label: str, before: str) -> bool:
    """Whether words between quotation marks have the form of a label; `before` is what stands before the marks."""
    letters = NOT_LETTER.sub("", label)
    if not 2 <= len(letters) <= LONGEST_LABEL or (not LETTER.search(label) and "+" not in label):
        return False
    if SENTENCE.search(label) or DAY.fullmatch(label) or QUOTED_TITLE.fullmatch(label) or DEFINED.search(before):
        return False
    if SAID.search(before) and len(letters) > LONGEST_ANSWER and "、" not in label:
        return False
    parts = re.split("[，,]", label)
    return len({len(part) for part in parts}) == 1  # 外防输入，内防反弹 but no sentence with a comma
