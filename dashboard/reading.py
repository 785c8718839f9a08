"""A document as it reads, with its directives marked. Imports markup only; values in, HTML out.

Positions are the warehouse's: half-open, in code points of documents.text. The original text is read with the same
marks, carried over by the offsets that normalisation kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.markup import Html, html, tag

LEFT_OUT = 16  # code points that normalisation took out behind a mark and that still belong to it: 聯(lián)


@dataclass(frozen=True, slots=True)
class Mark:
    """A directive, an evidence term or shared words of the chosen one, words searched for, or a repair."""

    start: int
    end: int
    kind: str  # directive | term | shared | found | repair
    seq: int = 0
    family: str = ""


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where stretches of the normalised text lie in the raw text: text_starts[i] maps to raw_starts[i]."""

    text_starts: Sequence[int]
    raw_starts: Sequence[int]

    def raw(self, position: int) -> int:
        """The raw position of a text position; what normalisation inserted maps to where it was inserted."""
        i = max(0, bisect_right(self.text_starts, position) - 1)
        at = self.raw_starts[i] + position - self.text_starts[i]
        return min(at, self.raw_starts[i + 1]) if i + 1 < len(self.raw_starts) else at

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch with what was taken out inside it and directly behind it: 聯 → 聯(lián)."""
        if start >= end:
            return (self.raw(start - 1) + 1 if start else 0), self.raw(start)
        last, after = self.raw(end - 1) + 1, self.raw(end)
        return self.raw(start), after if last < after <= last + LEFT_OUT else last

    def carry(self, marks: Sequence[Mark]) -> list[Mark]:
        """Marks of the text as marks of the raw text."""
        return [
            replace(mark, start=span[0], end=span[1])
            for mark in marks
            for span in [self.raw_span(mark.start, mark.end)]
        ]


def marks_of(directives: Sequence[Mapping[str, Any]], chosen: int | None, families: Mapping[str, str]) -> list[Mark]:
    """Directives of a document, and the terms of the chosen one, none overlapping another of its kind."""
    marks = [Mark(d["start_char"], d["end_char"], "directive", d["seq"]) for d in directives]
    for directive in directives:
        if directive["seq"] != chosen:
            continue
        end = -1
        terms = sorted(
            (term["start_char"], -term["end_char"], families.get(measure["category_id"], ""))
            for measure in directive["measures"]
            for term in measure["terms"]
        )
        for start, negative_end, family in terms:
            if start >= end:
                end = -negative_end
                marks.append(Mark(start, end, "term", directive["seq"], family))
    return marks


def quotation(directive: Mapping[str, Any], families: Mapping[str, str], most: int = 240) -> Html:
    """A directive by itself, its evidence terms marked; a long one cut.

    directive: text, start_char (where its text begins, as the terms' places count), end_char, seq, measures.
    """
    text, start = str(directive["text"]), directive["start_char"]
    end = start + len(text)
    last = end if len(text) <= most else start + most
    terms = [mark for mark in marks_of([directive], directive["seq"], families) if mark.kind == "term"]
    parts: list[object] = []
    for a, b, term in pieces(start, last, terms):
        words = text[a - start : b - start]
        parts.append(words if term is None else tag("mark", words, class_=f"em-term em-{term.family}"))
    return tag("blockquote", parts, "…" if last < end else None, class_="em-quotation", lang="zh")


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the non-blank lines of a text lie."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def pieces(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, Mark | None]]:
    """Cuts a stretch at the marks of one kind: every code point is in exactly one piece."""
    at = start
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.end <= at or mark.start >= end:
            continue
        if mark.start > at:
            yield at, mark.start, None
        yield max(at, mark.start), min(end, mark.end), mark
        at = min(end, mark.end)
    if at < end:
        yield at, end, None


class Page:
    """A text with its marks, written line by line; a directive's number stands where it begins."""

    def __init__(self, text: str, marks: Sequence[Mark], chosen: int | None) -> None:
        self.text, self.chosen = text, chosen
        self.kinds = {
            kind: [mark for mark in marks if mark.kind == kind]
            for kind in ("directive", "term", "shared", "found", "repair")
        }
        self.numbered: set[int] = set()

    def stretch(self, first: int, last: int) -> list[object]:
        """A stretch with all its marks."""
        parts: list[object] = []
        for start, end, directive in pieces(first, last, self.kinds["directive"]):
            if directive is None:
                parts += self._inside(start, end, "found", "repair")
                continue
            inner: list[object] = []
            if directive.seq not in self.numbered:
                self.numbered.add(directive.seq)
                inner.append(tag("span", str(directive.seq), class_="em-number"))
            is_chosen = directive.seq == self.chosen
            parts.append(
                tag(
                    "span",
                    inner + self._inside(start, end, "shared", "found", "term", "repair"),
                    class_="em-directive em-chosen" if is_chosen else "em-directive",
                    aria_current="true" if is_chosen else None,
                    data_seq=str(directive.seq),
                )
            )
        return parts

    def _inside(self, first: int, last: int, kind: str, *further: str) -> list[object]:
        parts: list[object] = []
        for start, end, mark in pieces(first, last, self.kinds[kind]):
            words = self._inside(start, end, *further) if further else [self.text[start:end]]
            if mark is None:
                parts += words
            elif kind == "term":
                parts.append(tag("mark", words, class_=f"em-term em-{mark.family}"))
            elif kind == "found":
                parts.append(tag("mark", words, class_="em-hit"))
            else:
                parts.append(tag("span", words, class_=f"em-{kind}"))
        return parts


def reading(text: str, marks: Sequence[Mark], chosen: int | None = None) -> Html:
    """The text, escaped, one paragraph a line, with its marks."""
    page = Page(text, marks, chosen)
    return article([tag("p", html(page.stretch(*line))) for line in lines_of(text)], chosen)


def article(parts: Sequence[Html], chosen: int | None, more: str = "") -> Html:
    """The element around what is read."""
    return tag(
        "article", parts, class_=f"em-reading{' em-has-choice' if chosen else ''}{more}", lang="zh", translate="no"
    )


def side_by_side(
    text: str, raw: str, offsets: Offsets, marks: Sequence[Mark], chosen: int | None, heads: tuple[str, str]
) -> Html:
    """The text and the original, line beside line, with the same marks. heads: what the two columns are."""
    left, right = Page(text, marks, chosen), Page(raw, offsets.carry(marks), chosen)
    lines = list(lines_of(text))
    starts = [0, *(offsets.raw(start) for start, _ in lines[1:]), len(raw)]
    rows = [tag("div", tag("p", heads[0]), tag("p", heads[1]), class_="em-pair em-pair-head")]
    for (first, last), raw_first, raw_last in zip(lines, starts, starts[1:], strict=False):
        rows.append(
            tag(
                "div",
                tag("p", html(left.stretch(first, last))),
                tag("p", html(right.stretch(*trimmed(raw, raw_first, raw_last)))),
                class_="em-pair",
            )
        )
    return article(rows, chosen, " em-both")


def trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """A stretch without the blanks at its ends."""
    last = max(first, last)
    words = text[first:last]
    return last - len(words.lstrip()), first + len(words.rstrip()) if words.strip() else last


def around(text: str, start: int, end: int, before: str, room: int = 12) -> Html:
    """A mended stretch in the words around it, on one line: what stood there struck out, what stands there marked."""
    struck = tag("del", before.replace("\n", " ")) if before.strip() else ""
    mended = tag("b", text[start:end].replace("\n", " ")) if end > start else ""
    left, right = text[max(0, start - room) : start], text[end : end + room]
    return html([left.replace("\n", " "), struck, mended, right.replace("\n", " ")])
