"""Domain lists: loads the data files under etl/data, validates them by their own headers, and hands them out frozen.

One module a subject: the records its lists are handed out as, and the functions that load them from their data files.
Modules read through `tables`; of each other they know the gazetteer at most. Imports errors, patterns and records only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.lexicon.bodies import Body, BodyWords, load_bodies, load_body_words
from etl.lexicon.conveyed import load_conveyed_cues
from etl.lexicon.dates import DateWords, load_date_words
from etl.lexicon.directives import DirectiveCues, load_directive_cues
from etl.lexicon.documents import DocumentCue, load_document_cues
from etl.lexicon.lines import LineRules, load_line_rules
from etl.lexicon.measures import MeasureWords, load_measure_words
from etl.lexicon.people import PersonWords, load_person_words
from etl.lexicon.places import Gazetteer, load_gazetteer
from etl.lexicon.slogans import SloganWords, load_slogan_words
from etl.lexicon.speech import SpeechVerb, load_speech_verbs
from etl.lexicon.units import Unit, load_units


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All domain lists. One instance a process; extractors receive it and read no files themselves."""

    line_rules: LineRules
    speech_verbs: tuple[SpeechVerb, ...]
    directive_cues: DirectiveCues
    document_cues: dict[str, tuple[DocumentCue, ...]]  # by type
    persons: PersonWords
    dates: DateWords
    gazetteer: Gazetteer
    bodies: tuple[Body, ...]
    body_words: BodyWords
    units: dict[str, Unit]
    slogans: SloganWords
    conveyed_cues: dict[str, tuple[str, ...]]
    measures: MeasureWords


@cache
def load_lexicon() -> Lexicon:
    """The lexicon from etl/data. Raises LexiconError."""
    gazetteer = load_gazetteer()
    return Lexicon(
        line_rules=load_line_rules(),
        speech_verbs=load_speech_verbs(),
        directive_cues=load_directive_cues(),
        document_cues=load_document_cues(),
        persons=load_person_words(),
        dates=load_date_words(),
        gazetteer=gazetteer,
        bodies=load_bodies(gazetteer),
        body_words=load_body_words(),
        units=load_units(),
        slogans=load_slogan_words(),
        conveyed_cues=load_conveyed_cues(),
        measures=load_measure_words(),
    )
