"""What was ordered, and what was only reported."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Directive, Document, DocumentType, Meeting, Page, Reported


def find_directives(
    document: Document, page: Page, doc_type: DocumentType, meeting: Meeting, lexicon: Lexicon
) -> tuple[tuple[Directive, ...], tuple[Reported, ...]]:
    """Directives and reported sentences in text order, without measures (the pipeline adds those)."""
    return (), ()
