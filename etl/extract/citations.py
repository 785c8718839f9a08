"""Documents that a document cites: titles in 《》. Imports records and lexicon only.

    学好《新冠肺炎防控方案第九版》 -> Citation(title="新冠肺炎防控方案第九版")

A title may hold other titles (《关于印发〈…〉的通知》 is one citation), run over a line's end, and stand in the
half-width or single marks that copies are damaged to. Marks that never close, or close after a sentence, cite nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.lexicon import Lexicon
from etl.records import Citation, Document, Page

LONGEST_TITLE = 120  # code points between the marks; laws and notices stay well below
MARKS = re.compile(r"[《》〈〉]|<<|>>|[＜＞]{2}")
OPENING = frozenset("《〈<＜")
BLANK = re.compile(r"\s+")
# What single marks must hold to be a title: in themselves they are also arrows, comparisons and menu marks.
DOCUMENT_NAME = re.compile(
    r"[\u4e00-\u9fff].{2,}(?:通知|通告|公告|公报|意见|方案|办法|规定|规范|条例|法|决定|决议|命令|措施|指南|指引|预案|手册|倡议书|公开信|"
    r"承诺书|告知书|报告|规程|制度|清单|要点|纲要|细则|批复|讲话|标准|规划|计划|政策|[0-9一二三四五六七八九十]+条)"
    r"(?:[（(].{1,12}[)）])?"
)


def find_citations(document: Document, page: Page, lexicon: Lexicon) -> tuple[Citation, ...]:
    """Cited titles in text order, the first mention of each; site furniture is not read."""
    text = document.text
    found: dict[str, Citation] = {}
    for start, end in _bracketed(text):
        title = BLANK.sub("", text[start:end]) if "\n" in text[start:end] else text[start:end].strip()
        if not title or page.kind_at(start) == "furniture":
            continue
        found.setdefault(title, Citation(title, start, end))
    return tuple(found.values())


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Spans between outermost title marks, in one pass; nested marks belong to the outer title."""
    spans: list[tuple[int, int]] = []
    opened: list[_Open] = []

    def give_up(left_open: _Open) -> None:
        (opened[-1].inner if opened else spans).extend(left_open.inner)

    for mark in MARKS.finditer(text):
        if opened and mark.start() - opened[0].start > LONGEST_TITLE:
            for left_open in reversed(opened[1:]):
                opened[0].inner[:0] = left_open.inner
            spans.extend(opened[0].inner)
            opened.clear()
        if mark.group()[0] in OPENING:
            opened.append(_Open(mark.end(), mark.group(), []))
        elif opened:
            title = opened.pop()
            inside = text[title.start : mark.start()]
            if "。" in inside or (title.mark != "《" and not DOCUMENT_NAME.fullmatch(inside)):
                give_up(title)
            else:
                (opened[-1].inner if opened else spans).append((title.start, mark.start()))
    while opened:
        give_up(opened.pop())
    return spans


@dataclass(slots=True)
class _Open:
    """A title mark that has not closed yet, and the titles that closed inside."""

    start: int  # where the title begins
    mark: str
    inner: list[tuple[int, int]]  # kept only if this one never closes
