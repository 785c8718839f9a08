"""Paragraphs, sentences and clauses of a page's content, as spans of the document's text. Imports records only.

for paragraph in page.paragraphs:
    for sentence in sentences(document.text, paragraph.start, paragraph.end): ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.records import Segment, Span

ENDERS = re.compile(r"[。！？]+")
CLOSERS = "”’」』）)】"
CONTINUED = "，、；：的"  # “疫情要防住。”的要求: the sentence goes on behind the quotation
UNFINISHED = re.compile(r"[^。！？；：:…”’」』）)】—]$")
OPENS_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、)）.．是要]|[（(]\d{1,2}[)）]|\d{1,2}[.．、)）](?!\d)|第[一二三四五六七八九十]{1,2}[、，：是要]"
    r"|[①-⑳⑴-⒇㈠-㈩●○◆◇■□▪•·※★☆➢►▶]|——?"
)
SAYS = re.compile("(?:会议|会上|[一-龥]{2,8}?)(?:还|并|最后)?(?:强调|指出|要求|认为|决定)")  # alone in its line
BROKEN_LINE = 20  # a shorter unfinished line is an item or a signature, not the first half of a sentence


def paragraphs(text: str, segments: Sequence[Segment]) -> list[Span]:
    """The content of a page (lead and paragraphs) in order; lines that a hard break cut in two are joined.

    Headings, captions, bylines and furniture are left out, and part the paragraphs around them.
    """
    found: list[Span] = []
    joinable = False
    for segment in segments:
        if segment.kind not in ("lead", "paragraph"):
            joinable = joinable and segment.kind in ("caption", "furniture")
            continue
        if joinable and not OPENS_ITEM.match(text, segment.start, segment.end):
            found[-1] = Span(found[-1].start, segment.end)
        else:
            found.append(Span(segment.start, segment.end))
        length = segment.end - segment.start
        says = length <= BROKEN_LINE and SAYS.fullmatch(text, segment.start, segment.end)
        broken = length >= BROKEN_LINE or text[segment.end - 1] in "，、"
        joinable = bool(says or (broken and UNFINISHED.search(text, segment.end - 1, segment.end)))
    return found


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences of text[start:end], each with its end mark and what closes behind it, without blanks around.

    >>> t = "会议强调，要“快。”的字当头。各区要落实！"
    >>> [s.cut(t) for s in sentences(t, 0, len(t))]
    ['会议强调，要“快。”的字当头。', '各区要落实！']
    """
    found: list[Span] = []
    at = start
    for mark in ENDERS.finditer(text, start, end):
        stop = mark.end()
        if stop <= at:
            continue
        while stop < end and text[stop] in CLOSERS:
            stop += 1
        if stop > mark.end() and stop < end and text[stop] in CONTINUED:
            continue
        _add(found, text, at, stop)
        at = stop
    _add(found, text, at, end)
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
