"""Wording that passes on what another meeting said: conveyed_cues.tsv."""

from __future__ import annotations

from etl.lexicon.tables import DATA, read_table

KINDS = ("verb", "told", "sitting", "gist", "next", "same_day")


def load_conveyed_cues() -> dict[str, tuple[str, ...]]:
    """conveyed_cues.tsv: patterns by kind. Raises LexiconError for an unknown kind or a bad pattern."""
    kinds: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in read_table(DATA / "conveyed_cues.tsv"):
        if row["kind"] not in kinds:
            raise row.error(f"kind {row['kind']!r} is not one of the header's")
        kinds[row["kind"]].append(row.pattern)
    return {kind: tuple(patterns) for kind, patterns in kinds.items()}
