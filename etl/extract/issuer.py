"""Who met or issued, of what kind and level, and for which region."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Document, Issuer, Page, Region


def find_issuer(document: Document, page: Page, lexicon: Lexicon) -> tuple[Issuer, Region]:
    """The issuer and its region; empty where the document does not show them."""
    return Issuer(), Region()
