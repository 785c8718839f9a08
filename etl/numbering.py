"""Numbered items in running text and lists: 一要, 二是, 第一，, （三）, (4), 5., ⑥, 七、, 其一. Imports records only.

A number counts only as a member of a list: 一 opens one, n+1 continues it. 二 without 一 opens one too, because some
mirrors delete 一; the list then says that its first number is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from etl.records import Span

DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
CIRCLED = {chr(c): c - 0x245F for c in range(0x2460, 0x2474)}
CIRCLED |= {chr(c): c - 0x2473 for c in range(0x2474, 0x2488)} | {chr(c): c - 0x321F for c in range(0x3220, 0x322A)}
IN_TURN = {"首先": 1, "其次": 2, "再次": 3, "再者": 3}
LAST = "最后"

HAN = "[一二三四五六七八九十]{1,3}"
MARK = re.compile(
    r"(?=[一二三四五六七八九十第（(\d①-⑳⑴-⒇㈠-㈩其首再最])(?:"  # nothing else begins a number
    rf"(?:(?<=[，。；：:！？、\s”）])|^)(?P<yao>{HAN})(?:要(?!求|点|素|件|么)|是(?!否)|须(?!知)|必须|应(?!急|当时|对))"
    rf"|(?:(?<=[，。；：:！？\s”）])|^)第(?P<ord>{HAN})(?:[，、：:,]|是|要|方面|必须|点[，、：])"
    rf"|[（(](?P<paren>{HAN})[)）]|(?:(?<=[。；：\s])|^)(?P<paren2>{HAN})[)）]"
    r"|[（(](?P<pdigit>\d{1,2})[)）]|(?:(?<=[。；：\s])|^)(?P<pdigit2>\d{1,2})[)）]"
    r"|(?:(?<=[。；：:！\s）”])|^)(?P<digit>\d{1,2})\s?[.．、](?!\d(?!\d?月))"
    r"|(?P<circled>[①-⑳⑴-⒇㈠-㈩])"
    rf"|(?:(?<=[。；：:！\s）”])|^)(?P<dun>{HAN})\s?[、.．](?![一二三四五六七八九十两]{{1,2}}[、年级季])"
    r"|(?:(?<=[，。；：:！\s”）])|^)其(?P<qi>[一二三四五六])[，、是：]"
    r"|(?:(?<=[，。；：:！\s”）])|^)(?P<turn>首先|其次|再次|再者|最后)[，、：要是]"
    r"|(?:(?<=[，。；：:\s”）])|^)(?P<verb>[一二三四五六七八九])(?=(?:抓|强化|加强|突出|压实|坚持|落实|做好|做实|提高|把好|严防|严把|严管|狠抓|"
    r"注重|聚焦|统筹|确保|着力|用好|防|查|严|控|盯|守|促|稳|管|看|靠)[^是的。，]{1,20}[，。；：]))"
)
ALIASES = {"paren2": "paren", "pdigit2": "pdigit"}
LINE_STYLES = frozenset({"paren", "pdigit", "digit", "circled", "dun"})
NEEDS_TWO = frozenset({"qi", "turn", "verb"})  # one of these alone is no list
LEFT_OF_NUMBER = re.compile(r"[、.．]|[（(][)）]")  # what is left of 一、 and （一） where 一 was deleted
MAX_ORDINAL = 60


class Marker(NamedTuple):
    """The number of an item and the list it belongs to."""

    start: int
    end: int
    ordinal: int
    style: str
    paragraph: int  # index
    opens_paragraph: bool
    list: int
    depth: int  # 0 outermost
    first_missing: bool = False  # 二 opened the list: item 1 stands before this marker without its number


@dataclass(slots=True)
class _List:
    number: int
    style: str
    last: int
    paragraph: int  # of its current item


def find_markers(text: str, paragraphs: list[Span], breaks: list[int]) -> list[Marker]:
    """Numbers of items in order. `breaks` (ascending): where somebody else begins to speak; lists end there.

    A list inside an item of the same paragraph is part of that item and gives no markers.
    """
    found: list[Marker] = []
    open_lists: list[_List] = []
    swallowed: _List | None = None
    count = 0
    checked = 0
    for index, paragraph in enumerate(paragraphs):
        for mark in MARK.finditer(text, paragraph.start, paragraph.end):
            style = mark.lastgroup or ""
            start = mark.start()
            opens = start == paragraph.start
            if bisect_left(breaks, start + 1) > checked:
                checked = bisect_left(breaks, start + 1)
                open_lists, swallowed = [], None
            ordinal = _ordinal(style, mark.group(style), open_lists)
            style = ALIASES.get(style, style)
            if ordinal is None or not 1 <= ordinal <= MAX_ORDINAL:
                continue
            at = next((i for i in reversed(range(len(open_lists))) if open_lists[i].style == style), None)
            if at is not None and _follows(open_lists[at].last, ordinal, opens):
                del open_lists[at + 1 :]
                current = open_lists[at]
                current.last, current.paragraph = ordinal, index
                first_missing = False
            elif ordinal == 1 or (ordinal == 2 and _may_open_with_two(style, opens)):
                if swallowed and swallowed.style == style and _follows(swallowed.last, ordinal, opens):
                    swallowed.last = ordinal
                    continue
                if at is not None:
                    del open_lists[at:]
                if open_lists and open_lists[-1].paragraph == index and not opens:
                    swallowed = _List(-1, style, ordinal, index)
                    continue
                if style in LINE_STYLES and not opens and ordinal == 2:
                    continue
                current = _List(count, style, ordinal, index)
                count += 1
                open_lists.append(current)
                first_missing = ordinal == 2
            else:
                if swallowed and swallowed.style == style:
                    swallowed.last = ordinal
                continue
            found.append(
                Marker(
                    start,
                    mark.end(),
                    ordinal,
                    style,
                    index,
                    opens,
                    current.number,
                    open_lists.index(current),
                    first_missing,
                )
            )
    return _without_lone(text, paragraphs, found)


def _ordinal(style: str, written: str, open_lists: list[_List]) -> int | None:
    if style == "circled":
        return CIRCLED.get(written)
    if style == "turn":
        if written == LAST:
            return next((a.last + 1 for a in reversed(open_lists) if a.style == "turn"), None)
        return IN_TURN[written]
    if written.isdigit():
        return int(written)
    return han_number(written)


def han_number(written: str) -> int | None:
    """十二 → 12; None for what is no number below one hundred.

    >>> [han_number(w) for w in ("三", "十", "十二", "二十一", "一二")]
    [3, 10, 12, 21, None]
    """
    if "十" not in written:
        return DIGITS.get(written)
    tens, ones = written.split("十", 1)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return 10 * (DIGITS.get(tens, 0) if tens else 1) + (DIGITS.get(ones, 0) if ones else 0)


def _follows(last: int, ordinal: int, opens: bool) -> bool:
    """n+1 continues a list; so does a later number where a number in between was lost."""
    return ordinal == last + 1 or last < ordinal <= last + (9 if opens else 2)


def _may_open_with_two(style: str, opens: bool) -> bool:
    return style in ("yao", "ord") or (style in LINE_STYLES and opens)


def _without_lone(text: str, paragraphs: list[Span], markers: list[Marker]) -> list[Marker]:
    """Without lists of one member in a style that needs two, and without a lone 二 whose 一 nobody misses."""
    sizes = Counter(m.list for m in markers)

    def stays(m: Marker) -> bool:
        if sizes[m.list] > 1:
            return True
        if m.first_missing:
            before = paragraphs[m.paragraph - 1] if m.paragraph else None
            left = before is not None and LEFT_OF_NUMBER.match(text, before.start, before.end) is not None
            return m.style in ("yao", "ord") or left
        return m.ordinal == 1 and m.style not in NEEDS_TWO and (m.style != "digit" or m.opens_paragraph)

    return [m for m in markers if stays(m)]
