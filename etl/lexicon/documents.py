"""What speaks for a document being a meeting, a notice or a report: document_cues.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from etl.lexicon.tables import DATA, read_table
from etl.patterns import compile_presence

TYPES = ("meeting", "notice", "report", "essay", "epidemic", "other")


@dataclass(frozen=True, slots=True)
class DocumentCue:
    """Points for a document type (document_cues.tsv)."""

    type: str  # meeting | notice | report | essay | epidemic | other
    zone: str  # title | lead | text
    weight: float
    times: int  # how often the pattern must occur
    pattern: re.Pattern[str]  # what it finds is the first character

    def holds(self, text: str) -> bool:
        """Whether the pattern occurs often enough in the text."""
        if self.times == 1:
            return self.pattern.search(text) is not None
        return sum(1 for _ in islice(self.pattern.finditer(text), self.times)) == self.times


def load_document_cues() -> dict[str, tuple[DocumentCue, ...]]:
    """document_cues.tsv compiled, by type. Raises LexiconError for an unknown type or zone, a bad weight or pattern."""
    cues: dict[str, list[DocumentCue]] = {kind: [] for kind in TYPES}
    for row in read_table(DATA / "document_cues.tsv"):
        if row["type"] not in TYPES or row["zone"] not in ("title", "lead", "text"):
            raise row.error(f"type {row['type']!r} or zone {row['zone']!r} is not one of the header's")
        try:
            cues[row["type"]].append(
                DocumentCue(
                    row["type"],
                    row["zone"],
                    float(row["weight"]),
                    int(row["times"]),
                    compile_presence([row["pattern"]]),
                )
            )
        except (ValueError, re.error) as bad:
            raise row.error(f"a number or the pattern is bad: {bad}") from bad
    return {kind: tuple(rows) for kind, rows in cues.items()}
