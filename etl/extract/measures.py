"""Which of the 24 categories of measures a directive orders, with the terms that say so. Imports records and lexicon.

    find_measures("一要抓实核酸检测，备足隔离房源。", 0, lexicon)
    -> (Measure("testing", (Term("核酸检测", 4, 8),)), Measure("isolation", (Term("隔离房源", 11, 15),)))

Every term of measure_terms.tsv speaks for its category with its weight: most where it stands in the head clause, which
names the topic, less in later ones; the strongest of a clause counts in full, the others a little. What is named where
also speaks for and against the other categories (measure_topics.tsv): a school beside testing, a duty before a border.
What the terms leave open, the wording decides: pairs of characters, each with a small weight (measure_wording.tsv). A
category is given where the sum is clear; the main one is chosen by sums of its own. All numbers are in the data files,
fitted by etl/data/make_measures.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from math import sqrt
from operator import add
from typing import NamedTuple

import numpy as np

from etl.lexicon import Lexicon, MeasureWords
from etl.records import Measure, Term

LONGEST_READ = 2000  # characters; whatever a directive says after them does not change its topic
GAP = 8  # characters between the two parts of a term A…B
OTHERS_OF_CLAUSE = 0.15  # what a term counts beside a stronger one for the same category in the same clause
LATER_CLAUSE = 0.5  # what each further clause that speaks for the same category counts
LEAST_OF_CLAUSES = LATER_CLAUSE**5
LATER_WORDING = 0.7  # what a pair of characters after the first clause counts
SECOND, THIRD = 0.0, 0.6  # sums from which a second and a third category are given
MOST_TERMS = 8  # evidence terms kept of a measure
CLEARLY = 0.2  # evidence terms count at least this share of the strongest
CLAUSES_AFTER = (1, 2, 4, 7)  # how many clauses after the head the places from the third row on reach
CLAUSE_END = re.compile(r"[，。；：！？,;:!?\n]")
TOPIC_PLACES = ("head", "subject", "second", "third", "later", "anywhere", "first")  # first: named before all others
LATER = TOPIC_PLACES.index("later")
HAN = re.compile(r"[\u4e00-\u9fff]+")
NUMBER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+(?:[、，]|是要?|要)|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])"
)
MODAL = re.compile(r"要|须|应|必须|不得|一律|严禁")
DEFAULT = "leadership"  # general exhortation: what is said where nothing is said


class Cue(NamedTuple):
    """A term found in a text, for which category it speaks, and how much at its place."""

    term: str
    category: int  # column of MeasureWords.categories
    start: int
    end: int
    clause: int
    place: int  # row of measure_places.tsv
    strength: float  # how clearly the term speaks, by its prior: 1 by itself
    value: float  # for the category being there at all
    main_value: float  # for it being the main one


class Reading(NamedTuple):
    """What a directive's text says by its cues and its wording."""

    text: str
    start: int  # where the text stands in the document
    body: int  # where it begins after its number
    cues: list[Cue]
    pairs: dict[int, float]  # row of MeasureWords.rarity → share


def find_measures(text: str, start: int, lexicon: Lexicon) -> tuple[Measure, ...]:
    """One to three measures of a directive's text, main first; `start` is where the text stands in the document."""
    return measures_of([(text, start)], lexicon)[0]


def measures_of(sentences: Sequence[tuple[str, int]], lexicon: Lexicon) -> list[tuple[Measure, ...]]:
    """find_measures of all sentences of a document (text, start) in one go, which is several times faster."""
    words = lexicon.measures
    readings = [_read(text[:LONGEST_READ], start, words) for text, start in sentences]
    sums = _add_up(readings, words) if readings else []
    return [
        tuple(Measure(words.categories[chosen], _evidence(chosen, reading, words)) for chosen in _choose(of_all))
        if reading.cues or reading.pairs
        else (Measure(DEFAULT, ()),)
        for reading, of_all in zip(readings, sums, strict=True)
    ]


def _read(text: str, start: int, words: MeasureWords) -> Reading:
    body = body_start(text)
    counts = count_pairs(text[body:], words.wording)
    pairs = {words.wording[pair]: share for pair, share in counts.items()}
    return Reading(text, start, body, find_cues(text, body, words), pairs)


def body_start(text: str) -> int:
    """Where a directive's text begins after its number."""
    number = NUMBER.match(text)
    return number.end() if number else 0


def find_terms(text: str, words: MeasureWords) -> list[tuple[int, int, str]]:
    """Terms in text order as (start, end, term): none inside a longer one, and the terms A…B across them."""
    plain: list[tuple[int, int, str]] = []
    spread: list[tuple[int, int, str]] = []
    for last, (term, is_term, tails) in words.automaton.iter(text):
        end = last + 1
        begin = end - len(term)
        if is_term:
            plain.append((begin, -end, term))
        for tail, whole in tails:
            at = text.find(tail, end, end + GAP + len(tail))
            if at >= 0 and not CLAUSE_END.search(text, end, at):
                spread.append((begin, at + len(tail), whole))
    plain.sort()
    kept, reach = spread, -1
    for begin, minus_end, term in plain:
        if -minus_end > reach:
            reach = -minus_end
            kept.append((begin, reach, term))
    kept.sort()
    return kept


def find_cues(text: str, body: int, words: MeasureWords) -> list[Cue]:
    """What each term says where it first stands in the most telling place."""
    found = find_terms(text, words)
    if not found:
        return []
    ends = [m.start() for m in CLAUSE_END.finditer(text)]
    clauses = [bisect_right(ends, begin) for begin, _, _ in found]
    head = clauses[0]
    for clause, (_, _, term) in zip(clauses, found, strict=True):
        if term in words.clear:
            head = clause
            break
    subjects: dict[int, int] = {}  # clause at or before the head → where its subject ends
    cues: dict[tuple[str, int], Cue] = {}
    for (begin, end, term), clause in zip(found, clauses, strict=True):
        if clause > head:
            place = 2 + bisect_right(CLAUSES_AFTER, clause - head - 1)
        else:
            if clause not in subjects:
                opened = ends[clause - 1] + 1 if clause else body
                closed = ends[clause] if clause < len(ends) else len(text)
                modal = MODAL.search(text, opened, closed)
                subjects[clause] = modal.start() if modal else opened
            place = 1 if begin < subjects[clause] else 0
        for category, weight, strength in words.terms[term]:
            known = cues.get((term, category))
            if known is None or known.place > place:
                any_factor, main_factor = words.places[place]
                cues[term, category] = Cue(
                    term, category, begin, end, clause, place, strength, weight * any_factor, weight * main_factor
                )
    return list(cues.values())


def _add_up(readings: list[Reading], words: MeasureWords) -> list[list[float]]:
    """For each reading what it says by category: for being there at all, then for being the main one."""
    sums = np.array([_sums_of_cues(reading.cues, words) for reading in readings])
    topics = [find_topics(reading.cues) for reading in readings]
    rows = [words.topics[topic] for of_reading in topics for topic in of_reading]
    strengths = np.array([strength for of_reading in topics for strength in of_reading.values()])
    weights, at = words.topic_weights[rows], 0
    for i, of_reading in enumerate(topics):
        if of_reading:
            here = slice(at, at := at + len(of_reading))
            sums[i] += strengths[here] @ weights[here]
    # Pairs of characters, rare ones most; normalised, so that length does not count.
    rows = [row for reading in readings for row in reading.pairs]
    factors = words.rarity[rows] * np.array([share for reading in readings for share in reading.pairs.values()])
    weights, at = words.pair_weights[rows], 0
    for i, reading in enumerate(readings):
        if reading.pairs:
            here = slice(at, at := at + len(reading.pairs))
            said = factors[here]
            sums[i] += np.tile(said @ weights[here] / sqrt(said @ said), 2)
    return sums.tolist()


def _sums_of_cues(cues: list[Cue], words: MeasureWords) -> list[float]:
    """What the terms say: of a clause the strongest in full, of the clauses the first in full."""
    sums = [*words.priors_any, *words.priors_main]
    half = len(words.categories)
    groups: dict[tuple[int, int], list[Cue]] = {}
    for cue in cues:
        groups.setdefault((cue.category, cue.clause), []).append(cue)
    by_category: dict[int, list[tuple[float, float, float]]] = {}
    for (category, _), group in groups.items():
        strongest = group[0] if len(group) == 1 else max(group, key=lambda c: c.value)
        value, main_value = strongest.value, strongest.main_value
        if len(group) > 1:
            value += OTHERS_OF_CLAUSE * (sum(c.value for c in group) - value)
            main_value += OTHERS_OF_CLAUSE * (sum(c.main_value for c in group) - main_value)
        by_category.setdefault(category, []).append((strongest.value, value, main_value))
    for category, clauses in by_category.items():
        share = 1.0
        for _, value, main_value in sorted(clauses, reverse=True) if len(clauses) > 1 else clauses:
            sums[category] += share * value
            sums[half + category] += share * main_value
            share = max(share * LATER_CLAUSE, LEAST_OF_CLAUSES)
    return sums


def find_topics(cues: list[Cue]) -> dict[tuple[int, str], float]:
    """Which categories are named at which of TOPIC_PLACES, and how clearly."""
    topics: dict[tuple[int, str], float] = {}
    for cue in cues:
        for place in (TOPIC_PLACES[min(cue.place, LATER)], "anywhere"):
            topics[cue.category, place] = max(topics.get((cue.category, place), 0.0), cue.strength)
    if cues:
        topics[min(cues, key=lambda c: c.start).category, "first"] = 1.0
    return topics


def count_pairs(body: str, known: Collection[str] | None = None) -> dict[str, float]:
    """Known pairs of neighbouring Chinese characters (or all): 1 in the first clause, less where only later."""
    first = HAN.search(body)
    head = first.group() if first else ""
    shares = dict.fromkeys(map(add, body, body[1:]), LATER_WORDING) | dict.fromkeys(map(add, head, head[1:]), 1.0)
    if known is None:
        return {pair: share for pair, share in shares.items() if HAN.fullmatch(pair)}
    return {pair: share for pair, share in shares.items() if pair in known}


def _choose(sums: list[float]) -> list[int]:
    """The main category and up to two more that are clear."""
    half = len(sums) // 2
    main_sums = sums[half:]
    main = main_sums.index(max(main_sums))
    clear = sorted(((value, c) for c, value in enumerate(sums[:half]) if value >= SECOND and c != main), reverse=True)
    given = [c for value, c in clear[:1]] + [c for value, c in clear[1:2] if value >= THIRD]
    return [main, *sorted(given, key=lambda c: -main_sums[c])]


def _evidence(category: int, reading: Reading, words: MeasureWords) -> tuple[Term, ...]:
    """The terms that speak for a category, in text order; where only the wording does, its most telling pair."""
    text, start = reading.text, reading.start
    telling = sorted((c for c in reading.cues if c.category == category), key=lambda c: -c.value)[:MOST_TERMS]
    spans = sorted({(c.start, c.end) for c in telling if c.value >= CLEARLY * telling[0].value})
    if not spans:
        spans = _telling_pair(category, text, reading.body, words)
    return tuple(Term(text[a:b], start + a, start + b) for a, b in spans)


def _telling_pair(category: int, text: str, body: int, words: MeasureWords) -> list[tuple[int, int]]:
    best, at = 0.0, -1
    for i in range(body, len(text) - 1):
        row = words.wording.get(text[i : i + 2])
        if row is not None and (value := words.rarity[row] * words.pair_weights[row, category]) > best:
            best, at = value, i
    return [(at, at + 2)] if at >= 0 else []
