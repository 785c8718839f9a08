"""Meeting, notice, report or other?"""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, DocumentType, Page


def classify(document: Document, page: Page, lexicon: Lexicon) -> DocumentType:
    """The type of a document."""
    return "meeting"
