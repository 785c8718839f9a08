"""Who was there: chair, attendees, observers; and how they met."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, Meeting, Page


def find_meeting(document: Document, page: Page, lexicon: Lexicon) -> Meeting:
    """The people who were there and the venue format."""
    return Meeting()
