"""Lines of a document and what each is for: title, lead, paragraph, furniture. Imports records and lexicon only."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, Page, Segment, SegmentKind


def split(document: Document, lexicon: Lexicon) -> Page:
    """The page of a document: every non-blank line in one segment."""
    segments, at = [], 0
    kinds: list[SegmentKind] = ["title", "lead"]
    for line in document.text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            segments.append(Segment(kinds.pop(0) if kinds else "paragraph", start, start + len(body)))
        at += len(line)
    return Page(tuple(segments))
