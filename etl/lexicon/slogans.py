"""What quoted words are slogans, and what are none: slogan_labels.tsv, slogan_stops.tsv."""

from __future__ import annotations

from dataclasses import dataclass

from etl.lexicon.tables import DATA, read_table


@dataclass(frozen=True, slots=True, eq=False)
class SloganWords:
    """What quoted words are slogans, and what are none (slogan_labels.tsv, slogan_stops.tsv)."""

    known: frozenset[str]
    stops: dict[str, str]  # words → holiday | emphasis


def load_slogan_words() -> SloganWords:
    """Raises LexiconError for an unknown kind, a repeated label, or one that both files claim."""
    known = frozenset(row["label"] for row in read_table(DATA / "slogan_labels.tsv", unique=("label",)))
    stops = {}
    for row in read_table(DATA / "slogan_stops.tsv", unique=("words",)):
        if row["kind"] not in ("holiday", "emphasis"):
            raise row.error(f"kind {row['kind']!r} is neither holiday nor emphasis")
        if row["words"] in known:
            raise row.error(f"{row['words']!r} is a slogan in slogan_labels.tsv; keep one")
        stops[row["words"]] = row["kind"]
    return SloganWords(known, stops)
