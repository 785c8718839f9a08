"""A document as it reads, with its directives marked. Imports markup only; values in, HTML out.

Positions are the warehouse's: half-open, in code points of documents.text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.markup import Html, html, tag


@dataclass(frozen=True, slots=True)
class Mark:
    """A directive, or an evidence term of the chosen one."""

    start: int
    end: int
    kind: str  # directive | term
    seq: int = 0
    family: str = ""


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


def reading(text: str, marks: Sequence[Mark], chosen: int | None = None) -> Html:
    """The text, escaped, one paragraph a line, with its marks."""
    directives = [mark for mark in marks if mark.kind == "directive"]
    terms = [mark for mark in marks if mark.kind == "term"]
    started: set[int] = set()
    paragraphs = []
    for first, last in lines_of(text):
        parts: list[object] = []
        for start, end, directive in pieces(first, last, directives):
            if directive is None:
                parts.append(text[start:end])
                continue
            inner: list[object] = []
            if directive.seq not in started:
                started.add(directive.seq)
                inner.append(tag("span", str(directive.seq), class_="em-number"))
            for a, b, term in pieces(start, end, terms):
                words = text[a:b]
                inner.append(words if term is None else tag("mark", words, class_=f"em-term em-{term.family}"))
            is_chosen = directive.seq == chosen
            parts.append(
                tag(
                    "span",
                    inner,
                    class_="em-directive em-chosen" if is_chosen else "em-directive",
                    aria_current="true" if is_chosen else None,
                )
            )
        paragraphs.append(tag("p", html(parts)))
    return tag("article", paragraphs, class_="em-reading em-has-choice" if chosen else "em-reading", lang="zh")
