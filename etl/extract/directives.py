"""What was ordered, and what was only reported.

The text is cut into numbered items and sentences; speech frames say who speaks and whether it is an order; wording
says whether a sentence instructs. A document's type decides what counts where nobody speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from etl.lexicon import DirectiveCues, Lexicon
from etl.numbering import Marker, find_markers
from etl.records import Directive, Document, DocumentType, Meeting, Page, Reported, Span
from etl.sentences import paragraphs, sentences
from etl.speech import Frame, find_frames
from etl.wording import (
    CLAUSE,
    addressee_of,
    blank_quotes,
    deadline_of,
    has_modal,
    has_opener,
    strength_of,
)

Mode = Literal["none", "order", "say", "tell", "relay", "promise"]

BULLET = re.compile(r"[●○◆◇■□▪•·※★☆➢►▶*]+\s*|——+\s*|-{1,2}\s+")
LIST_END = re.compile(
    r"会议(?:还|同时|以|由|听取|传达|审议|通报|研究|最后|期间|结束)|会上|会后|会前|随后，|最后，|(?:市|区|县|省|校|院|公司|集团|委)领导[^，。]{0,60}(?:出席|参加)"
    r"|[^。，；]{0,60}(?:参加|出席|列席|参加了|出席了)(?:会议|了会议|此次|本次|活动|调研|督导|检查)|[^。]{0,80}(?:参加会议|出席会议|列席会议|参加活动|陪同调研|陪同检查)"
    r"|(?:据悉|据了解|目前，|截至)"
)
NARRATIVE = re.compile(
    r"随后|之后|接着|会后|会前|会上|会议(?:听取|传达|审议|通报|以|由|还听取|还传达|还审议|还研究)|据(?:悉|了解|介绍|统计|通报|不完全)|截至|截止|连日来|近日|日前|当天|当日|当晚|"
    r"与此同时|期间|其间|此前|今年以来|疫情发生|疫情期间|为支援|在[^，。]{2,30}[，]|[^，。]{0,40}(?:一行|先后|来到|走进|深入)[^，。]{0,30}"
)
AFTERWARDS = re.compile(r"随后|会后|会前|之后，|据悉|据了解|当日晚|当晚|次日")
TOGETHER = re.compile(
    r"一手|又要|也要|还要|另一方面|要么|又|也(?!要)|同时也"
)  # a part behind ； that belongs to the one before
SQUASHED = re.compile(r"[\W_]+")
ANCHOR_WINDOW = 38  # squashed characters a reader allows before the instructing clause
PURPOSE = re.compile(r"为|针对|但|面对|当前|随着|鉴于|由于|围绕|根据|按照|结合|在|对")
ITEM_HEADING = 45  # a numbered line up to this length without an end mark is the heading of what follows
MOSTLY_DONE = re.compile(
    r"(?<!而)已(?!采购|有的|建成|知|确诊|复工的|接种的|经(?:接种|确诊|复工)的)|(?<![为除])了(?!解|如|然|望|结)|先后|累计"
)
ATTENDED = re.compile(r"(?:出席|参加|列席|陪同)(?:了)?(?:会议|活动|调研|检查|督导|座谈)?[。；]?$|分会场|设主会场")
IS_JUDGED = re.compile(r"[^，。；]{2,40}?(?:(?<![但凡若于可还只要就总])是(?!否)|事关|关系到|关乎|意义)")
REPORT_STRICT = re.compile(r"必须|不得|严禁|一律|禁止|务必")


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item: where it lies and whether it only heads a list of its own."""

    start: int
    end: int
    ordinal: int
    list: int
    heads_list: bool


@dataclass(slots=True)
class _State:
    """Who speaks at a place of the text."""

    mode: Mode = "none"
    speaker: str | None = None


def find_directives(
    document: Document, page: Page, doc_type: DocumentType, meeting: Meeting, lexicon: Lexicon
) -> tuple[tuple[Directive, ...], tuple[Reported, ...]]:
    """Directives and reported sentences in text order, without measures (the pipeline adds those)."""
    if doc_type == "other":
        return (), ()
    return _Reader(document.text, page, doc_type, meeting, lexicon).read()


class _Reader:
    """Reads one document from top to bottom."""

    def __init__(self, text: str, page: Page, doc_type: DocumentType, meeting: Meeting, lexicon: Lexicon) -> None:
        self.text = text
        self.doc_type = doc_type
        self.cues: DirectiveCues = lexicon.directive_cues
        self.paragraphs = paragraphs(text, page)
        self.lead_end = self.paragraphs[0].end if self.paragraphs else 0
        self.sentences = [s for p in self.paragraphs for s in sentences(text, p.start, p.end)]
        self.frames: list[Frame] = find_frames(text, self.sentences, meeting, lexicon)
        self.starts = [f.content for f in self.frames]
        self.state = _State()
        self.directives: list[Directive] = []
        self.reported: list[Reported] = []

    def read(self) -> tuple[tuple[Directive, ...], tuple[Reported, ...]]:
        breaks = [f.start for f in self.frames if f.subject in ("person", "body")]
        markers = find_markers(self.text, self.paragraphs, breaks)
        items = self._items(markers)
        next_frame = 0
        kept: dict[int, bool] = {}
        for start, end, item in self._pieces(items):
            if item is None:
                for sentence in sentences(self.text, start, end):
                    next_frame = self._read_sentence(sentence, next_frame)
                continue
            if item.list not in kept:
                kept[item.list] = self._is_ordered(item, items)
            while next_frame < len(self.frames) and self.frames[next_frame].content <= item.end:
                next_frame += 1  # what an item quotes changes no speaker
            self._read_item(item, kept[item.list])
        return tuple(self.directives), tuple(self.reported)

    # -- numbered items ------------------------------------------------------------------------------------------

    def _items(self, markers: list[Marker]) -> list[_Item]:
        items: list[_Item] = []
        longest: dict[int, int] = {}  # list → most paragraphs an item of it has
        for i, marker in enumerate(markers):
            following = markers[i + 1] if i + 1 < len(markers) else None
            if marker.first_missing:
                first = self._first_without_number(marker)
                if first is not None:
                    items.append(_Item(first, marker.start, marker.ordinal - 1, marker.list, False))
            more = following is not None and (
                following.list == marker.list or following.depth > marker.depth or self._list_goes_on(markers, i)
            )
            end = self._item_end(marker, following, more, longest.get(marker.list, 1))
            last = self._paragraph_of(end - 1)
            longest[marker.list] = max(longest.get(marker.list, 1), last - marker.paragraph + 1)
            body = self.text[marker.end : end].strip()
            heads = (
                following is not None
                and following.depth > marker.depth
                and following.start >= end
                and len(body) <= ITEM_HEADING
                and not re.search(r"[。；]", body)
            )
            items.append(_Item(marker.start, end, marker.ordinal, marker.list, heads))
        return items

    def _list_goes_on(self, markers: list[Marker], i: int) -> bool:
        """Whether an outer list is continued right after the last item of an inner one."""
        return any(m.list == markers[i + 1].list for m in markers[:i])

    def _first_without_number(self, marker: Marker) -> int | None:
        """Where item 1 begins whose number was lost: behind the frame of the paragraph, or the paragraph before."""
        paragraph = self.paragraphs[marker.paragraph]
        if marker.opens_paragraph:
            if not marker.paragraph:
                return None
            before = self.paragraphs[marker.paragraph - 1]
            introduced = marker.paragraph > 1 and self.text[self.paragraphs[marker.paragraph - 2].end - 1] in "：:"
            opens = re.match(r"[、.．]|[（(][)）]|是|要", self.text[before.start : before.start + 2])
            return before.start if introduced or opens else None
        frames = [f for f in self.frames if paragraph.start <= f.start < marker.start]
        if frames and frames[-1].content < marker.start:
            at = frames[-1].content
        else:
            opened = re.search(r"(?:^|[，。；：])(?=是|要)", self.text[paragraph.start : marker.start])
            if not opened:
                return None
            at = paragraph.start + opened.end()
        while at < marker.start and self.text[at] in "，、：: \n":
            at += 1
        return at if at < marker.start else None

    def _item_end(self, marker: Marker, following: Marker | None, more: bool, longest: int) -> int:
        paragraph = self.paragraphs[marker.paragraph]
        if following is not None and following.paragraph == marker.paragraph and more:
            return following.start
        stop = following.start if following is not None and following.paragraph == marker.paragraph else paragraph.end
        end = self._speech_ends(marker, stop)
        if end < paragraph.end:
            return end
        limit = following.paragraph if following is not None else len(self.paragraphs)
        heading = not re.search(r"[。；！]\s*$", self.text[marker.start : paragraph.end])
        taken = 1
        for index in range(marker.paragraph + 1, limit):
            if self._opens_anew(self.paragraphs[index]):
                break
            if not more and not (heading and taken <= max(1, longest - 1)):
                break
            end = self.paragraphs[index].end
            taken += 1
        return end

    def _speech_ends(self, marker: Marker, stop: int) -> int:
        """Where an item ends inside its paragraph: before somebody else speaks, or who attended is told."""
        parts = sentences(self.text, marker.start, stop)
        for sentence in parts[1:]:
            if self._frame_opens(sentence) or LIST_END.match(self.text, sentence.start, sentence.end):
                return sentence.start
        return stop

    def _frame_opens(self, span: Span) -> bool:
        """Whether a speaker is named in the first words of the span."""
        i = bisect_right(self.starts, span.start)
        if i == len(self.frames):
            return False
        frame = self.frames[i]
        return frame.start < span.start + 40 and frame.content <= span.end and frame.subject in ("person", "body")

    def _opens_anew(self, paragraph: Span) -> bool:
        line = self.text[paragraph.start : paragraph.end]
        return (
            self._frame_opens(Span(paragraph.start, min(paragraph.end, paragraph.start + 60)))
            or LIST_END.match(line) is not None
            or re.fullmatch(r"[\d〇○零一二三四五六七八九十年月日\s]+", line) is not None
            or (len(line) <= 30 and not re.search(r"[。；，：]", line))
        )

    def _paragraph_of(self, position: int) -> int:
        return bisect_right([p.start for p in self.paragraphs], position) - 1

    def _pieces(self, items: list[_Item]) -> list[tuple[int, int, _Item | None]]:
        """Items and the stretches between them, paragraph by paragraph, in text order."""
        pieces: list[tuple[int, int, _Item | None]] = []
        todo = iter(items)
        item = next(todo, None)
        for paragraph in self.paragraphs:
            at = paragraph.start
            while at < paragraph.end:
                while item is not None and item.end <= at:
                    item = next(todo, None)
                if item is None or item.start >= paragraph.end:
                    pieces.append((at, paragraph.end, None))
                    break
                if item.start > at:
                    pieces.append((at, item.start, None))
                if item.start >= at:
                    pieces.append((item.start, item.end, item))
                at = max(item.end, at)
        return pieces

    def _is_ordered(self, item: _Item, items: list[_Item]) -> bool:
        """Whether a list holds instructions: by who speaks, by its introduction, by its wording."""
        before = self.text[max(0, item.start - 80) : item.start].rstrip()
        intro = re.split(r"[。！\n]", before.rstrip("。\n "))[-1]
        members = [i for i in items if i.list == item.list]
        blanked = [blank_quotes(self.text[i.start : i.end]) for i in members]
        done = sum(1 for b in blanked if MOSTLY_DONE.search(b) and not has_modal(b[2:], self.cues))
        facts = self.cues.kinds["facts"].search(intro) is not None
        asked = re.search(r"要求|部署|下一步|措施如下|强调|规定|安排|提出|意见", intro) is not None
        mostly_done = done > len(members) / 2
        if self.state.mode in ("relay", "promise"):
            return False
        if self.state.mode in ("order", "say") and self.doc_type != "notice":
            return not ((facts and not asked) or mostly_done)
        if self.state.mode == "tell":
            return asked and not mostly_done
        if self.doc_type == "notice":
            return not mostly_done and (asked or re.search(r"情况|通报|介绍|汇报", intro) is None)
        worded = sum(1 for b in blanked if has_modal(b[1:], self.cues) or has_opener(b, self.cues))
        if self.doc_type == "report":
            return asked and not mostly_done and not facts
        return not facts and not mostly_done and worded > len(members) / 2

    def _read_item(self, item: _Item, ordered: bool) -> None:
        if item.heads_list:
            return
        start, end = self._strip(item.start, item.end)
        if start >= end:
            return
        if ordered:
            speaker = self.state.speaker if self.state.mode in ("order", "say") else None
            self._order(start, end, item.ordinal, speaker)
        else:
            self._report(start, end)

    # -- sentences -----------------------------------------------------------------------------------------------

    def _read_sentence(self, sentence: Span, next_frame: int) -> int:
        """Follow the speakers named in a sentence and take its instructions. Returns the next frame to come."""
        at = sentence.start
        opens_paragraph = any(p.start == sentence.start for p in self.paragraphs)
        if opens_paragraph and (NARRATIVE if self.doc_type == "report" else AFTERWARDS).match(
            self.text, sentence.start, sentence.end
        ):
            self.state = _State()
        while next_frame < len(self.frames) and self.frames[next_frame].content <= sentence.end:
            frame = self.frames[next_frame]
            next_frame += 1
            if frame.content <= at:
                continue
            if frame.start > at and at > sentence.start:
                self._read_words(at, frame.start)
            self._enter(frame)
            at = frame.content
        if at < sentence.end:
            self._read_words(at, sentence.end, led=at > sentence.start)
        return next_frame

    def _enter(self, frame: Frame) -> None:
        speaker = frame.speaker
        mode: Mode = frame.mode
        if frame.subject == "intro" and self.state.mode in ("tell", "relay", "promise"):
            return
        if self.doc_type == "report" and frame.glued and frame.subject != "person":
            return  # 该会发出倡议书，号召企业家…: what was done
        self.state = _State(mode, speaker)

    def _read_words(self, start: int, end: int, led: bool = False) -> None:
        """Instructions among the words of one sentence: one a part between ；, where each part instructs."""
        start, end = self._strip(start, end)
        if start >= end or end - start < 4:
            return
        if self.text[end - 1] in "：:":
            return  # introduces a list
        bullet = BULLET.match(self.text, start, end)
        if bullet and any(p.start == start for p in self.paragraphs):
            start = bullet.end()
        if self.state.mode == "none" and self._is_told(blank_quotes(self.text[start:end])):
            self._report(start, end)
            return
        parts = self._parts(start, end)
        first = True
        for a, b in parts:
            if self._instructs(a, b, first and led, bullet is not None):
                self._order(self._instructing_start(a, b), b, None, self.state.speaker)
            else:
                self._report(a, b)
            first = False

    def _is_told(self, words: str) -> bool:
        """Whether a sentence that nobody speaks tells what happened."""
        return bool(MOSTLY_DONE.search(words) or self.cues.kinds["done"].search(words))

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        cuts = [start]
        at = self.text.find("；", start, end)
        while at >= 0:
            rest = self._strip(at + 1, end)[0]
            if rest < end and not TOGETHER.match(self.text, rest, end):
                cuts.append(rest)
            at = self.text.find("；", at + 1, end)
        bounds = [*cuts[1:], end]
        return [self._strip(a, b) for a, b in zip(cuts, bounds, strict=True)]

    def _instructs(self, start: int, end: int, led: bool, bullet: bool) -> bool:
        words = blank_quotes(self.text[start:end])
        cues = self.cues.kinds
        mode = self.state.mode
        if len(words) < 5 or mode in ("relay", "promise"):
            return False
        if cues["relay"].search(words):
            return False
        modal = has_modal(words, self.cues)
        if mode == "say" and led and not modal and cues["promise"].search(words):
            self.state.mode = "promise"
            return False
        if cues["promise"].search(words) and (not modal or mode in ("say", "none")):
            return False
        if cues["verdict"].search(words.rstrip("。！；")) and not re.search(
            r"必须|务必|不得|(?<!既)(?<!又)(?<![重主需])要", words
        ):
            return False
        if mode == "order":
            return modal or self._orders_without_modal(words, bullet)
        if mode == "say":
            return modal or (
                cues["predicate"].search(words) is not None
                and cues["state"].search(words) is None
                and cues["done"].search(words) is None
            )
        if mode == "tell":
            return REPORT_STRICT.search(words) is not None and cues["done"].search(words) is None
        return self._instructs_unspoken(words, start, modal, bullet)

    def _orders_without_modal(self, words: str, bullet: bool) -> bool:
        """抓好…, 全力…, 各区履行…, …暂停开放: what a speaker orders without 要."""
        cues = self.cues.kinds
        if cues["thanks"].search(words) or ATTENDED.search(words):
            return False
        done = MOSTLY_DONE.search(words) or cues["done"].search(words)
        opens = has_opener(words, self.cues)
        if opens and not done and not IS_JUDGED.match(words):
            return True
        if cues["state"].search(words) or (done and not bullet):
            return False
        return bullet or cues["predicate"].search(words) is not None

    def _instructs_unspoken(self, words: str, start: int, modal: bool, bullet: bool) -> bool:
        """Where nobody speaks: the wording alone, and the stricter the less the document is a notice."""
        cues = self.cues.kinds
        if self._is_told(words) or cues["thanks"].search(words):
            return False
        if start < self.lead_end:
            return self.doc_type == "notice" and REPORT_STRICT.search(words) is not None
        if self.doc_type == "notice":
            ruled = cues["predicate"].search(words) is not None and not cues["state"].search(words)
            return modal or bullet or ruled
        if self.doc_type == "meeting":
            return modal
        return REPORT_STRICT.search(words) is not None

    def _instructing_start(self, start: int, end: int) -> int:
        """The start of the sentence; of its instructing clause where what stands before is too long to lead in."""
        if not PURPOSE.match(self.text, start, end):
            return start
        words = blank_quotes(self.text[start:end])
        for clause in CLAUSE.finditer(words):
            blanked = clause.group()
            if has_modal(blanked, self.cues) or has_opener(blanked, self.cues):
                before = SQUASHED.sub("", self.text[start : start + clause.start()])
                if len(before) > ANCHOR_WINDOW:
                    at = start + clause.start()
                    return self._strip(at, end)[0]
                return start
        return start

    # -- records -------------------------------------------------------------------------------------------------

    def _order(self, start: int, end: int, ordinal: int | None, speaker: str | None) -> None:
        words = self.text[start:end]
        self.directives.append(
            Directive(
                seq=len(self.directives) + 1,
                text=words,
                start=start,
                end=end,
                ordinal=ordinal,
                speaker=speaker,
                addressee=addressee_of(words),
                strength=strength_of(words, self.cues),
                deadline=deadline_of(words, self.cues),
            )
        )

    def _report(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if start >= self.lead_end and MOSTLY_DONE.search(words) and not LIST_END.match(words):
            self.reported.append(Reported(words, start, end))

    def _strip(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end
