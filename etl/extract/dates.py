"""When: meeting, published and effective dates, each with its basis and evidence."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Dates, Document, Page


def find_dates(document: Document, page: Page, lexicon: Lexicon) -> Dates:
    """The dates of a document; empty where nothing supports one."""
    return Dates()
