"""Numbered items of a text: where each begins and ends. Imports lexicon, numbering, sentences, speech and records.

An item runs from its number to the next one. The last of a list ends with its paragraph, or before somebody else
speaks; where items are headings with paragraphs below, those belong to them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from etl.lexicon.directives import DirectiveCues
from etl.numbering import Marker, find_markers
from etl.records import Span
from etl.sentences import sentences
from etl.speech import Frame

HEADING = 45  # a numbered line up to this length without an end mark is the heading of what follows
SIGNATURE = 30
OPENING = 60  # characters of a paragraph in which a new speaker may be named
ENDED = re.compile(r"[。；！]\s*$")
DATE_ONLY = re.compile(r"[\d〇○零一二三四五六七八九十年月日\s]+")
WITHOUT_NUMBER = re.compile(r"[、.．]|[（(][)）]|是|要")  # what is left of 一、, （一）, 一是, 一要 without 一
FIRST_WORDS = re.compile(r"(?:^|[，。；：])(?=是|要)")


class Item(NamedTuple):
    """A numbered item, and whether it only heads a list of its own."""

    start: int
    end: int
    ordinal: int
    list: int
    heads_list: bool = False


def find_items(text: str, paragraphs: list[Span], frames: list[Frame], cues: DirectiveCues) -> list[Item]:
    """Items in text order; none overlaps another."""
    # 一、…，入口处安排专人提醒…: no speaker between two items
    within = (f.glued and text[f.start - 1 : f.start] in ("，", "、", "；") for f in frames)
    breaks = [f.start for f, inner in zip(frames, within, strict=True) if f.subject in ("person", "body") and not inner]
    markers = find_markers(text, paragraphs, breaks)
    return _Outline(text, paragraphs, frames, markers, cues).items() if markers else []


class _Outline:
    """Markers, paragraphs and speakers of one text, by position."""

    def __init__(
        self, text: str, paragraphs: list[Span], frames: list[Frame], markers: list[Marker], cues: DirectiveCues
    ) -> None:
        self.text = text
        self.list_end = cues.kinds["list_end"]
        self.paragraphs = paragraphs
        self.paragraph_starts = [p.start for p in paragraphs]
        self.frames = frames
        self.frame_starts = [f.start for f in frames]
        self.contents = [f.content for f in frames]
        self.markers = markers
        self.first_of_list: dict[int, int] = {}
        for i, marker in enumerate(markers):
            self.first_of_list.setdefault(marker.list, i)

    def items(self) -> list[Item]:
        """Items in text order, each up to the next marker, the end of its list or of its speaker's words."""
        found: list[Item] = []
        longest: dict[int, int] = {}  # list → most paragraphs an item of it has
        for i, marker in enumerate(self.markers):
            following = self.markers[i + 1] if i + 1 < len(self.markers) else None
            if marker.first_missing:
                start = self._first_without_number(marker)
                if start is not None and (not found or found[-1].end <= start):
                    found.append(Item(start, marker.start, marker.ordinal - 1, marker.list))
            end = self._end(marker, following, self._goes_on(i), longest.get(marker.list, 1))
            last = bisect_right(self.paragraph_starts, end - 1) - 1
            longest[marker.list] = max(longest.get(marker.list, 1), last - marker.paragraph + 1)
            heads = following is not None and following.depth > marker.depth and self._is_heading(marker.end, end)
            found.append(Item(marker.start, end, marker.ordinal, marker.list, heads))
        return found

    def _goes_on(self, i: int) -> bool:
        """Whether the next marker belongs to the same list, to one inside this item, or to one around it."""
        if i + 1 == len(self.markers):
            return False
        here, following = self.markers[i], self.markers[i + 1]
        return following.depth > here.depth or self.first_of_list[following.list] <= i

    def _is_heading(self, start: int, end: int) -> bool:
        body = self.text[start : min(end, start + 2 * HEADING)].strip()
        return len(body) <= HEADING and "。" not in body and "；" not in body

    def _first_without_number(self, marker: Marker) -> int | None:
        """Where item 1 begins whose number was lost: behind the frame of the paragraph, or the paragraph before."""
        paragraph = self.paragraphs[marker.paragraph]
        if marker.opens_paragraph:
            if not marker.paragraph:
                return None
            before = self.paragraphs[marker.paragraph - 1]
            introduced = marker.paragraph > 1 and self.text[self.paragraphs[marker.paragraph - 2].end - 1] in "：:"
            left = WITHOUT_NUMBER.match(self.text, before.start, before.end)
            return before.start if introduced or left else None
        last = bisect_left(self.frame_starts, marker.start) - 1
        if last >= 0 and self.frames[last].start >= paragraph.start and self.frames[last].content < marker.start:
            at = self.frames[last].content
        else:
            opened = FIRST_WORDS.search(self.text[paragraph.start : marker.start])
            if not opened:
                return None
            at = paragraph.start + opened.end()
        while at < marker.start and self.text[at] in "，、：: \n":
            at += 1
        return at if at < marker.start else None

    def _end(self, marker: Marker, following: Marker | None, more: bool, longest: int) -> int:
        paragraph = self.paragraphs[marker.paragraph]
        stop = paragraph.end
        if following is not None and following.paragraph == marker.paragraph:
            if more:
                return following.start
            stop = following.start
        end = self._speech_ends(marker, stop)
        if end < paragraph.end:
            return end
        limit = following.paragraph if following is not None else len(self.paragraphs)
        heading = not ENDED.search(self.text, max(marker.start, paragraph.end - 3), paragraph.end)
        taken = 1
        for index in range(marker.paragraph + 1, limit):
            if not more and not (heading and taken <= max(1, longest - 1)):
                break
            if self._opens_anew(self.paragraphs[index]):
                break
            end = self.paragraphs[index].end
            taken += 1
        return end

    def _speech_ends(self, marker: Marker, stop: int) -> int:
        """Where an item ends inside its paragraph: before somebody else speaks, or who attended is told."""
        for sentence in sentences(self.text, marker.start, stop)[1:]:
            if self._frame_opens(sentence) or self.list_end.match(self.text, sentence.start, sentence.end):
                return sentence.start
        return stop

    def _frame_opens(self, span: Span) -> bool:
        """Whether a speaker is named in the first words of the span."""
        i = bisect_right(self.contents, span.start)
        if i == len(self.frames):
            return False
        frame = self.frames[i]
        return frame.start < span.start + 40 and frame.content <= span.end and frame.subject in ("person", "body")

    def _opens_anew(self, paragraph: Span) -> bool:
        """Whether a paragraph belongs to no item: a speaker, attendance, a date or a signature."""
        start, end = paragraph.start, paragraph.end
        if self._frame_opens(Span(start, min(end, start + OPENING))) or self.list_end.match(self.text, start, end):
            return True
        line = self.text[start : min(end, start + SIGNATURE + 1)]
        return DATE_ONLY.fullmatch(line) is not None or (
            len(line) <= SIGNATURE and not any(mark in line for mark in "。；，：")
        )
