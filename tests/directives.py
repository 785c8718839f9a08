"""Directives of a text, as the tests of directives, items and speakers ask for them."""

from __future__ import annotations

from etl.extract.directives import find_directives
from etl.extract.people import find_meeting
from etl.lexicon import load_lexicon
from etl.records import Directive, DocumentType, Meeting, Reported
from etl.segment import split
from tests.pages import document_of

LEAD = "东岭县召开疫情防控会议\n2022年3月1日，东岭县召开疫情防控会议，县委书记高建民主持，县长陈立新出席。\n"


def read(
    text: str, doc_type: DocumentType = "meeting", meeting: Meeting | None = None
) -> tuple[tuple[Directive, ...], tuple[Reported, ...]]:
    """Directives and what is reported as done; who met is `meeting`, else read out of the text."""
    document = document_of(text)
    page = split(document, load_lexicon())
    found = meeting if meeting is not None else find_meeting(document, page, load_lexicon())
    return find_directives(document, page, doc_type, found, load_lexicon())


def orders(text: str, doc_type: DocumentType = "meeting") -> list[str]:
    """The words of every directive."""
    return [d.text for d in read(text, doc_type)[0]]


def numbered(text: str, doc_type: DocumentType = "meeting") -> list[tuple[int | None, str | None, str]]:
    """(ordinal, speaker, first characters) of every directive."""
    return [(d.ordinal, d.speaker, d.text[:8]) for d in read(text, doc_type)[0]]
