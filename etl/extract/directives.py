"""What was ordered, and what was only reported.

The text is cut into numbered items and sentences; speech frames say who speaks and whether it is an order; wording
says whether a sentence instructs. A document's type decides what counts where nobody speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from etl.items import Item, find_items
from etl.lexicon import Lexicon
from etl.lexicon.directives import DirectiveCues
from etl.records import Directive, Document, DocumentType, Meeting, Page, Reported, Span
from etl.sentences import sentences
from etl.speech import ASKED, Frame, find_frames
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
PAIRED = re.compile(r"一手|另一方面|又|也|还|更要|要么")  # a part behind ； that may belong to the one before
PAIRS = re.compile(r"一手|一方面|既|不仅|不但|要么")
ASKS = re.compile("(?<!。)？[”’）]*$")  # a mark behind a full stop is one that a copy lost
LIST_ANNOUNCED = re.compile(
    "，(?:并|同时|还)[^，。；]{2,20}?(?:提出|作出|作了|提了)[^，。；]{0,8}?(?:要求|部署|安排|意见|建议)[：:]$"
)
LAST_SENTENCE = re.compile(r"[。！\n]")
INTRODUCTION = 80  # characters before a list that may introduce it
DECIDED = ("要求：", "决定：", "决定，", "议定：", "议定，", "商定：", "商定，")
OWN_LEVEL = re.compile("(?:我们|全[省市县区州盟旗校院系公集]|我[省市县区州校院]|本[省市县区校院])[^，。]*要")
OWN_MODAL = re.compile(r"必须|务必|不得|(?<!既)(?<!又)(?<![重主需])要")
SQUASHED = re.compile(r"[\W_]+")
ANCHOR_WINDOW = 38  # squashed characters a reader allows before the instructing clause
FIRST_SHALL = re.compile(  # of a briefing: 要继续严格按照…
    "要(?:继续|坚持|严格|进一步|加强|切实|全面|坚决|持续|认真|始终|毫不|压实|落实|强化|密切|高度)"
)
REPEATED = 16  # characters of a directive that is hardly given twice in the same words
PURPOSE = re.compile(r"为|针对|但|面对|当前|随着|鉴于|由于|围绕|根据|按照|结合|在|对")
WHO = re.compile("(?:人员|[游旅]客|师生|学生|病例|密接者?|史)[；。，]?$")
APPEALS = re.compile("(?:我们|我会|本会|协会|商会|特|谨|在此)[^。；，]{0,8}(?:倡议|号召|呼吁)")  # …踊跃捐款
INTRODUCES = re.compile(r"[一二三四五六七八九十\d][条项点](?:[一-龥]{2,4})?(?:措施|规定|要求|意见)[。：]?$")  # a list
FROM_NOW = re.compile(
    "研究决定|决定[，自从对将]|即日起|(?:研究|专家)[^，。；]{0,6}同意|之[日时]起|自[^，。；]{4,24}起，"
)
ISSUES = re.compile("发布|印发|下发|发出|公布|宣布|通报|启动|制定|消息|如下")
REPORT_STRICT = re.compile(r"必须|不得|严禁|一律|禁止|务必")


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
        self.paragraphs = list(page.paragraphs)
        self.paragraph_starts = {p.start for p in self.paragraphs}
        said = [s for p in self.paragraphs for s in sentences(text, p.start, p.end)]
        first = said if doc_type == "notice" else self.paragraphs  # a notice may be one paragraph, its rules included
        self.lead_end = first[0].end if first else 0
        self.frames: list[Frame] = find_frames(text, said, meeting, lexicon)
        self.next_frame = 0
        self.state = _State()
        self.told_on = _State()  # who passes on a higher level's words
        self.directives: list[Directive] = []
        self.said: set[tuple[str | None, str]] = set()  # speaker and text of each directive
        self.reported: list[Reported] = []

    def read(self) -> tuple[tuple[Directive, ...], tuple[Reported, ...]]:
        """Directives and what is reported as done, each in text order."""
        items = find_items(self.text, self.paragraphs, self.frames, self.cues)
        members: dict[int, list[Item]] = {}
        for item in items:
            members.setdefault(item.list, []).append(item)
        ordered: dict[int, bool] = {}
        for start, end, piece in self._pieces(items):
            if piece is None:
                for sentence in sentences(self.text, start, end):
                    self._read_sentence(sentence)
                continue
            if piece.list not in ordered:
                ordered[piece.list] = self._is_ordered(members[piece.list])
            while self.next_frame < len(self.frames) and self.frames[self.next_frame].content <= piece.end:
                self.next_frame += 1  # what an item quotes changes no speaker
            self._read_item(piece, ordered[piece.list])
        return tuple(self.directives), tuple(self.reported)

    # -- numbered items ------------------------------------------------------------------------------------------

    def _pieces(self, items: list[Item]) -> list[tuple[int, int, Item | None]]:
        """Items and the stretches between them, paragraph by paragraph, in text order."""
        pieces: list[tuple[int, int, Item | None]] = []
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

    def _is_ordered(self, members: list[Item]) -> bool:
        """Whether a list holds instructions: by who speaks, by its introduction, by its wording."""
        mode = self.state.mode
        if mode in ("relay", "promise"):
            return False
        start = members[0].start
        intro = LAST_SENTENCE.split(self.text[max(0, start - INTRODUCTION) : start].rstrip("。\n "))[-1]
        asked = self.cues.kinds["asked"].search(intro) is not None
        heard = self.frames[max(0, self.next_frame - 2) : self.next_frame]
        said = max((f.content for f in heard if f.subject == "person" and not f.glued), default=0)
        own = intro[max(0, len(intro) - max(0, start - said)) :]  # 在检查销售情况时，他指出：|…
        facts = self.cues.kinds["facts"].search(own) is not None and not asked
        blanked = [blank_quotes(self.text[i.start : i.end]) for i in members]
        done = sum(1 for b in blanked if self.cues.kinds["perfect"].search(b) and not has_modal(b[2:], self.cues))
        if 2 * done > len(members):
            return False
        if mode == "tell":
            return asked
        worded = sum(1 for b in blanked if has_modal(b[1:], self.cues) or has_opener(b, self.cues))
        ruled = any(self.cues.kinds["predicate"].search(b) for b in blanked)
        if not (worded or ruled) and self.cues.kinds["visited"].search(intro):
            return False
        if not (worded or ruled) and all(WHO.search(b) for b in blanked):
            return False  # 以下人员：1.7日内到过该市的人员
        if self.doc_type == "notice":
            return asked or self.cues.kinds["told"].search(intro) is None
        if mode in ("order", "say"):
            return not facts
        if self.doc_type == "report":  # 根据部署会议精神，扎实推进各项工作。一是…: what was done
            return self.cues.kinds["asked"].search(intro, intro.rfind("，") + 1) is not None
        return not facts and 2 * worded > len(members)

    def _read_item(self, item: Item, ordered: bool) -> None:
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

    def _read_sentence(self, sentence: Span) -> None:
        """Follow the speakers named in a sentence and take its instructions."""
        if sentence.start in self.paragraph_starts and self._tells_on(sentence):
            self.state = _State()
        if self.state.mode == "relay" and OWN_LEVEL.match(self.text, sentence.start, sentence.end):
            self.state = self.told_on
        at, asked = sentence.start, False
        while self.next_frame < len(self.frames) and self.frames[self.next_frame].content <= sentence.end:
            frame = self.frames[self.next_frame]
            self.next_frame += 1
            if frame.content <= at:
                continue
            if frame.start > at > sentence.start:
                self._read_words(at, frame.start)
            self._enter(frame)
            at, asked = frame.content, self.text.endswith(ASKED if frame.glued else DECIDED, frame.start, frame.content)
        if at < sentence.end:
            self._read_words(at, sentence.end, led=at > sentence.start, asked=asked)

    def _tells_on(self, sentence: Span) -> bool:
        """Whether a paragraph opens with what happened next, so that nobody speaks any more."""
        opening = self.cues.kinds["narrative" if self.doc_type == "report" else "afterwards"]
        if not opening.match(self.text, sentence.start, sentence.end):
            return False
        return not has_modal(blank_quotes(self.text[sentence.start : sentence.end]), self.cues)

    def _enter(self, frame: Frame) -> None:
        speaker = frame.speaker
        mode: Mode = frame.mode
        if frame.subject == "intro" and self.state.mode in ("tell", "relay", "promise"):
            return
        if self.doc_type == "report" and frame.glued and frame.subject != "person" and speaker is None:
            return  # 该会发出倡议书，号召企业家…: what was done
        if self.doc_type == "report" and mode == "say" and frame.subject == "body":
            mode = "tell"  # 店长说，每单都要消毒
        if mode == "relay" and self.state.mode != "relay":
            self.told_on = self.state
        self.state = _State(mode, speaker)

    def _read_words(self, start: int, end: int, led: bool = False, asked: bool = False) -> None:
        """Instructions among the words of one sentence: one a part between ；, where each part instructs.

        `led`: a frame stands before them; `asked`: right before them 要求 or the like (要求测温不漏一人), or 决定.
        """
        start, end = self._strip(start, end)
        if led and self.text.startswith("“", start) and self.text.find("”", start, end - 1) < 0:
            start += 1  # 他说：“大家要…。”
            end -= self.text.endswith("”", start, end)
        if start >= end or end - start < 4:
            return
        if self.text[end - 1] in "：:":  # introduces a list
            list_announced = LIST_ANNOUNCED.search(self.text, max(start, end - 60), end)
            if not list_announced:
                return
            end = list_announced.start()  # 药店要扫码登记，|并就下一步工作提出要求：
        bullet = BULLET.match(self.text, start, end)
        if bullet and start in self.paragraph_starts:
            start = bullet.end()
        if self.state.mode == "none" and self._is_told(blank_quotes(self.text[start:end])):
            self._report(start, end)
            return
        ordered = asked and self.state.mode == "order"
        for i, (a, b) in enumerate(self._parts(start, end)):
            # A part without wording of its own goes on with the order before it: …要复工；保障类企业，组织生产。
            if self._instructs(a, b, led and not i, bullet is not None or ordered):
                self._order(self._instructing_start(a, b), b, None, self.state.speaker)
                ordered = self.state.mode == "order"
            else:
                self._report(a, b)

    def _is_told(self, words: str) -> bool:
        """Whether a sentence that nobody speaks tells what happened."""
        if self.cues.kinds["perfect"].search(words):
            return True
        return APPEALS.match(words) is None and self.cues.kinds["done"].search(words) is not None

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of a sentence between ；; 一手…；一手… and 既…；又… stay together."""
        cuts = [start]
        at = self.text.find("；", start, end)
        while at >= 0:
            rest = self._strip(at + 1, end)[0]
            paired = PAIRED.match(self.text, rest, end) and PAIRS.search(self.text, cuts[-1], at)
            if rest < end and not paired:
                cuts.append(rest)
            at = self.text.find("；", at + 1, end)
        return [self._strip(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]

    def _instructs(self, start: int, end: int, led: bool, bullet: bool) -> bool:
        words = blank_quotes(self.text[start:end])
        cues = self.cues.kinds
        mode = self.state.mode
        if len(words) < 5 or mode in ("relay", "promise"):
            return False
        if cues["relay"].search(words) or cues["closing"].search(words) or ASKS.search(words):
            return False
        modal = has_modal(words, self.cues)
        if mode == "say" and led and not modal and cues["promise"].search(words):
            self.state.mode = "promise"
            return False
        promise = cues["promise"].search(words)
        if promise and not (modal and (mode in ("order", "tell") or cues["modal"].search(words, 0, promise.start()))):
            return False
        if cues["verdict"].search(words.rstrip("。！；")) and not OWN_MODAL.search(words):
            return False
        if mode == "order":
            return modal or self._orders_without_modal(words, bullet)
        if mode == "say":
            ruled = cues["predicate"].search(words)
            return modal or (
                ruled is not None
                and ruled.group() != "可以"  # what somebody explains, as often
                and cues["state"].search(words) is None
                and cues["done"].search(words) is None
            )
        if mode == "tell":
            orders = REPORT_STRICT.search(words) or FIRST_SHALL.match(words)
            return orders is not None and cues["done"].search(words) is None
        return self._instructs_unspoken(words, start, modal, bullet)

    def _orders_without_modal(self, words: str, bullet: bool) -> bool:
        """抓好…, 全力…, 各区履行…, …暂停开放: what a speaker orders without 要."""
        cues = self.cues.kinds
        if cues["thanks"].search(words) or cues["attended"].search(words):
            return False
        done = self.cues.kinds["perfect"].search(words) or cues["done"].search(words)
        opens = has_opener(words, self.cues)
        if opens and not done and not cues["judged"].match(words):
            return True
        if cues["state"].search(words) or (done and not bullet):
            return False
        return bullet or cues["deadline"].match(words) is not None or cues["predicate"].search(words) is not None

    def _instructs_unspoken(self, words: str, start: int, modal: bool, bullet: bool) -> bool:
        """Where nobody speaks: the wording alone, and the stricter the less the document is a notice."""
        cues = self.cues.kinds
        if self._is_told(words) or cues["thanks"].search(words):
            return False
        if start < self.lead_end:
            ruled = REPORT_STRICT.search(words) or APPEALS.match(words) or self._decides(words)
            ruled = ruled or (self._goes_on(start) and self._rules(words))  # …，决定自即日起解除…；解除…
            return self.doc_type == "notice" and bool(ruled)
        if self.doc_type == "report":
            return REPORT_STRICT.search(words) is not None
        if modal or (self._goes_on(start) and has_opener(words, self.cues)):
            return True
        return self.doc_type == "notice" and (bullet or self._rules(words))

    def _decides(self, words: str) -> bool:
        """Whether the first sentence of a notice is its rule, not news of one: …，经研究决定，暂停开放。"""
        decided = FROM_NOW.search(words)
        return decided is not None and ISSUES.search(words) is None and self._rules(words[decided.end() :])

    def _rules(self, words: str) -> bool:
        """Whether a clause states a rule and assesses nothing: 疫情形势严峻，…，暂停开放."""
        ruled = self.cues.kinds["predicate"].search(words)
        if ruled is None or INTRODUCES.search(words):
            return False
        clause = max(words.rfind(mark, 0, ruled.start()) for mark in "，。；：") + 1
        return self.cues.kinds["state"].search(words, clause) is None

    def _goes_on(self, start: int) -> bool:
        """Whether an order ends right before, in the same paragraph."""
        last = self.directives[-1].end if self.directives else -1
        return 0 <= last <= start and not self.text[last:start].strip(" \u3000；")

    def _instructing_start(self, start: int, end: int) -> int:
        """The start of the sentence; of its instructing clause where what stands before is too long to lead in."""
        if not PURPOSE.match(self.text, start, end):
            return start
        words = blank_quotes(self.text[start:end])
        for clause in CLAUSE.finditer(words):
            blanked = clause.group()
            ruled = clause.start() > 0 and self.cues.kinds["predicate"].search(blanked)
            if ruled or has_modal(blanked, self.cues) or has_opener(blanked, self.cues):
                before = SQUASHED.sub("", self.text[start : start + clause.start()])
                if len(before) > ANCHOR_WINDOW:
                    at = start + clause.start()
                    return self._strip(at, end)[0]
                return start
        return start

    # -- records -------------------------------------------------------------------------------------------------

    def _order(self, start: int, end: int, ordinal: int | None, speaker: str | None) -> None:
        words = self.text[start:end]
        if len(words) >= REPEATED and (speaker, words) in self.said:
            return  # a page that gives a paragraph twice orders once
        self.said.add((speaker, words))
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
        if (
            start >= self.lead_end
            and self.cues.kinds["perfect"].search(words)
            and not self.cues.kinds["list_end"].match(words)
        ):
            self.reported.append(Reported(words, start, end))

    def _strip(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end
