"""Words by which a page of a web archive is let through: sieve_terms.tsv."""

from __future__ import annotations

from etl.lexicon.tables import DATA, read_table


def load_sieve_terms() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """sieve_terms.tsv: words of the topic, words of orders and meetings. Raises LexiconError for an unknown kind."""
    kinds: dict[str, list[str]] = {"topic": [], "order": []}
    for row in read_table(DATA / "sieve_terms.tsv", unique=("term",)):
        if row["kind"] not in kinds:
            raise row.error(f"kind {row['kind']!r} is not one of {', '.join(kinds)}")
        kinds[row["kind"]].append(row["term"])
    return tuple(kinds["topic"]), tuple(kinds["order"])
