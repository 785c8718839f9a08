"""Figures of a document."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, Figure, Page


def find_figures(document: Document, page: Page, lexicon: Lexicon) -> tuple[Figure, ...]:
    """The figures of a document, in text order."""
    return ()
