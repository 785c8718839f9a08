"""Which of the 24 categories of measures a directive orders, with the terms that say so."""

from __future__ import annotations

from etl.lexicon import Lexicon
from etl.records import Measure


def find_measures(text: str, start: int, lexicon: Lexicon) -> tuple[Measure, ...]:
    """One to three measures of a directive's text, main first; `start` is where the text stands in the document."""
    return ()
