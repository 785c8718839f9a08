"""What tells which measures a directive orders: categories.tsv and measure_*.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.errors import LexiconError
from etl.lexicon.tables import DATA, Row, read_table

TOPIC_PLACES = ("head", "subject", "second", "third", "later", "anywhere", "first")  # first: named before all others


class TermWord(NamedTuple):
    """A word that is a term, or that begins terms A…B."""

    word: str
    is_term: bool
    tails: tuple[tuple[str, str], ...]  # (B, A…B)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureWords:
    """What tells which measures a directive orders: cue terms, places in the directive, its wording."""

    categories: tuple[str, ...]
    lengths: dict[str, tuple[int, ...]]  # two characters → lengths of the words they begin, longest first
    entries: dict[str, TermWord]  # every term, and every A of the terms A…B
    short_heads: re.Pattern[str] | None  # every A of one character
    terms: dict[str, tuple[tuple[int, float, float], ...]]  # term → (category, weight, strength); none where it shields
    clear: frozenset[str]  # terms that speak clearly enough to open the head clause
    places: tuple[tuple[float, float], ...]  # measure_places.tsv: (any, main) factors
    priors_any: tuple[float, ...]  # by category
    priors_main: tuple[float, ...]
    topics: tuple[tuple[int, ...], ...]  # by category, by place as in TOPIC_PLACES: row of weights
    wording: dict[str, int]  # a character or two neighbours → row of weights
    rarity: tuple[float, ...]  # by row of weights; 1 for topics
    weights: NDArray[np.float32]  # (topics, then wording; 2 × categories): for being there at all, then for being main


def stack_weights(topics: NDArray[np.float64], wording: NDArray[np.float64]) -> NDArray[np.float32]:
    """MeasureWords.weights of (topics, 2 × categories) and (wording, categories), which says the same of both sums."""
    return np.vstack([topics, np.hstack([wording, wording])]).astype(np.float32)


def load_measure_words() -> MeasureWords:
    """From measure_terms.tsv, measure_places.tsv, measure_priors.tsv, measure_topics.tsv and measure_wording.tsv.

    Raises LexiconError naming the line of an unknown category, a repeated term or a number that is none.
    """
    categories = tuple(row["id"] for row in read_table(DATA / "categories.tsv", unique=("id",)))

    def number(row: Row, cell: str) -> float:
        try:
            return float(cell)
        except ValueError as bad:
            raise row.error(f"{cell!r} is no number") from bad

    def known(row: Row, category: str) -> int:
        if category not in categories:
            raise row.error(f"category {category!r} is not in categories.tsv")
        return categories.index(category)

    terms: dict[str, list[tuple[int, float, float]]] = {}
    gaps: dict[str, list[tuple[str, str]]] = {}
    clear: set[str] = set()
    seen: dict[tuple[str, str], Row] = {}
    for row in read_table(DATA / "measure_terms.tsv"):
        term, category = row["term"], row["category"]
        first = seen.setdefault((term, category), row)
        if first is not row:
            raise row.error(f"term {term!r} already speaks for {category} in line {first.line}; keep one")
        pairs = terms.setdefault(term, [])
        if category != "-":
            prior = number(row, row["prior"])
            pairs.append((known(row, category), number(row, row["weight"]), prior / 3))
            if prior >= 2:
                clear.add(term)
        head, _, tail = term.partition("…")
        if tail and (tail, term) not in gaps.setdefault(head, []):
            gaps[head].append((tail, term))
    lengths: dict[str, set[int]] = {}
    entries: dict[str, TermWord] = {}
    for word in {*gaps, *(term for term in terms if "…" not in term)}:
        entries[word] = TermWord(word, word in terms, tuple(gaps.get(word, ())))
        lengths.setdefault(word[:2], set()).add(len(word))
    short_heads = [head for head in gaps if len(head) == 1]
    if short := next((row for (term, _), row in seen.items() if len(term) == 1), None):
        raise short.error(f"term {short['term']!r} has one character; give it a second")

    def spread(rows: tuple[Row, ...], column: str) -> NDArray[np.float64]:
        """The column's category:weight lists as (rows, categories)."""
        weights = np.zeros((len(rows), len(categories)))
        for i, row in enumerate(rows):
            for part in row[column].split():
                category, _, weight = part.partition(":")
                weights[i, known(row, category)] = number(row, weight)
        return weights

    wording_rows = read_table(DATA / "measure_wording.tsv", unique=("characters",))
    topic_rows = read_table(DATA / "measure_topics.tsv")
    topic_row = {(known(row, row["topic"]), row["place"]): i for i, row in enumerate(topic_rows)}
    wanted = {(category, place) for category in range(len(categories)) for place in TOPIC_PLACES}
    if set(topic_row) != wanted:
        raise LexiconError(
            f"measure_topics.tsv: its topics and places are not all there are: {wanted ^ set(topic_row)}"
        )
    priors = {r["category"]: r for r in read_table(DATA / "measure_priors.tsv", ("category",))}
    if set(priors) != set(categories):
        raise LexiconError(f"measure_priors.tsv: its categories are not those of categories.tsv: {sorted(priors)}")
    return MeasureWords(
        categories=categories,
        lengths={head: tuple(sorted(found, reverse=True)) for head, found in lengths.items() if len(head) > 1},
        entries=entries,
        short_heads=re.compile(f"[{''.join(short_heads)}]") if short_heads else None,
        terms={term: tuple(pairs) for term, pairs in terms.items()},
        clear=frozenset(clear),
        places=tuple(
            (number(r, r["any"]), number(r, r["main"])) for r in read_table(DATA / "measure_places.tsv", ("place",))
        ),
        priors_any=tuple(number(priors[c], priors[c]["any"]) for c in categories),
        priors_main=tuple(number(priors[c], priors[c]["main"]) for c in categories),
        topics=tuple(tuple(topic_row[c, place] for place in TOPIC_PLACES) for c in range(len(categories))),
        wording={row["characters"]: i for i, row in enumerate(wording_rows, len(topic_rows))},
        rarity=(1.0,) * len(topic_rows) + tuple(number(row, row["rarity"]) for row in wording_rows),
        weights=stack_weights(
            np.hstack([spread(topic_rows, "any"), spread(topic_rows, "main")]), spread(wording_rows, "weights")
        ),
    )
