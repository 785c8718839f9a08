"""Verbs that open what somebody says: speech_verbs.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.lexicon.tables import DATA, read_table

SpeechMode = Literal["order", "say", "tell"]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that opens what somebody says (speech_verbs.tsv)."""

    verb: str
    mode: SpeechMode
    noun: bool  # often a noun: needs a clear subject
    glued: Literal["free", "modal", "no"]  # what may follow without a comma: an imperative, only 要 or 各…, nothing


def load_speech_verbs() -> tuple[SpeechVerb, ...]:
    """speech_verbs.tsv. Raises LexiconError for an unknown mode or a verb that stands twice."""
    verbs = []
    for row in read_table(DATA / "speech_verbs.tsv", unique=("verb",)):
        if row["mode"] not in ("order", "say", "tell") or row["glued"] not in ("free", "modal", "no"):
            raise row.error(f"mode {row['mode']!r} or glued {row['glued']!r} is not one of the header's")
        verbs.append(SpeechVerb(row["verb"], row["mode"], row["noun"] == "yes", row["glued"]))  # type: ignore[arg-type]
    return tuple(verbs)
