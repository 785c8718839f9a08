"""Citations of a document."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Citation, Document, Page


def find_citations(document: Document, page: Page, lexicon: Lexicon) -> tuple[Citation, ...]:
    """The citations of a document, in text order."""
    return ()
