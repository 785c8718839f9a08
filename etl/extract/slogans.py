"""Slogans of a document."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, Page, Slogan


def find_slogans(document: Document, page: Page, lexicon: Lexicon) -> tuple[Slogan, ...]:
    """The slogans of a document, in text order."""
    return ()
