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
from math import sqrt
from typing import NamedTuple

import numpy as np

from etl.lexicon import Lexicon, MeasureWords
from etl.records import Measure, Term

LONGEST_READ = 2000  # characters; whatever a directive says after them does not change its topic
GAP = 8  # characters between the two parts of a term A…B
OTHERS_OF_CLAUSE = 0.15  # what a term counts beside a stronger one for the same category in the same clause
LATER_CLAUSE = 0.5  # what each further clause that speaks for the same category counts
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


def find_measures(text: str, start: int, lexicon: Lexicon) -> tuple[Measure, ...]:
    """One to three measures of a directive's text, main first; `start` is where the text stands in the document."""
    words = lexicon.measures
    text = text[:LONGEST_READ]
    body = body_start(text)
    cues = find_cues(text, body, words)
    pairs = count_pairs(text[body:], words)
    if not cues and not pairs:
        return (Measure(DEFAULT, ()),)
    sums, main_sums = list(words.priors_any), list(words.priors_main)
    _add_cues(cues, sums, main_sums)
    _add_topics(cues, sums, main_sums, words)
    _add_wording(pairs, sums, main_sums, words)
    return tuple(
        Measure(words.categories[chosen], _evidence(chosen, cues, text, body, start, words))
        for chosen in _choose(sums, main_sums)
    )


def body_start(text: str) -> int:
    """Where a directive's text begins after its number."""
    number = NUMBER.match(text)
    return number.end() if number else 0


def find_terms(text: str, words: MeasureWords) -> list[tuple[int, int, str]]:
    """Terms in text order as (start, end, term): none inside a longer one, and the terms A…B across them."""
    plain: list[tuple[int, int, str]] = []
    spread: list[tuple[int, int, str]] = []
    for last, term in words.automaton.iter(text):
        begin, end = last + 1 - len(term), last + 1
        if term in words.terms:
            plain.append((begin, -end, term))
        if term in words.gaps:
            clause = CLAUSE_END.split(text[end : end + GAP + words.longest_tail], maxsplit=1)[0]
            for tail, whole in words.gaps[term]:
                at = clause.find(tail, 0, GAP + len(tail))
                if at >= 0:
                    spread.append((begin, end + at + len(tail), whole))
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


def _add_cues(cues: list[Cue], sums: list[float], main_sums: list[float]) -> None:
    """Adds what the terms say: of a clause the strongest in full, of the clauses the first in full."""
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
            main_sums[category] += share * main_value
            share = max(share * LATER_CLAUSE, LATER_CLAUSE**5)


def find_topics(cues: list[Cue]) -> dict[tuple[int, str], float]:
    """Which categories are named at which of TOPIC_PLACES, and how clearly."""
    topics: dict[tuple[int, str], float] = {}
    for cue in cues:
        for place in (TOPIC_PLACES[min(cue.place, LATER)], "anywhere"):
            topics[cue.category, place] = max(topics.get((cue.category, place), 0.0), cue.strength)
    if cues:
        topics[min(cues, key=lambda c: c.start).category, "first"] = 1.0
    return topics


def _add_topics(cues: list[Cue], sums: list[float], main_sums: list[float], words: MeasureWords) -> None:
    """Adds what the categories named at each place say of all categories."""
    if not cues:
        return
    topics = find_topics(cues)
    added = np.fromiter(topics.values(), float, len(topics)) @ words.topic_weights[[words.topics[t] for t in topics]]
    half = len(sums)
    for category, value in enumerate(added.tolist()):
        if category < half:
            sums[category] += value
        else:
            main_sums[category - half] += value


def count_pairs(body: str, words: MeasureWords | None = None) -> dict[str, float]:
    """Known pairs of neighbouring characters (all, without `words`): 1 in the first clause, less where only later."""
    known = words.wording if words else None
    counts: dict[str, float] = {}
    share = 1.0
    for run in HAN.findall(body):
        for i in range(len(run) - 1):
            pair = run[i : i + 2]
            if (known is None or pair in known) and pair not in counts:
                counts[pair] = share
        share = LATER_WORDING
    return counts


def _add_wording(pairs: dict[str, float], sums: list[float], main_sums: list[float], words: MeasureWords) -> None:
    """Adds what the pairs say, rare ones most; normalised, so that length does not count."""
    if not pairs:
        return
    rows = [words.wording[pair] for pair in pairs]
    factors = words.rarity[rows] * np.fromiter(pairs.values(), float, len(pairs))
    added = (factors @ words.pair_weights[rows] / sqrt(factors @ factors)).tolist()
    for category, value in enumerate(added):
        sums[category] += value
        main_sums[category] += value


def _choose(sums: list[float], main_sums: list[float]) -> list[int]:
    """The main category and up to two more that are clear."""
    main = main_sums.index(max(main_sums))
    clear = sorted(((value, c) for c, value in enumerate(sums) if value >= SECOND and c != main), reverse=True)
    given = [c for value, c in clear[:1]] + [c for value, c in clear[1:2] if value >= THIRD]
    return [main, *sorted(given, key=lambda c: -main_sums[c])]


def _evidence(
    category: int, cues: list[Cue], text: str, body: int, start: int, words: MeasureWords
) -> tuple[Term, ...]:
    """The terms that speak for a category, in text order; where only the wording does, its most telling pair."""
    telling = sorted((c for c in cues if c.category == category), key=lambda c: -c.value)[:MOST_TERMS]
    spans = sorted({(c.start, c.end) for c in telling if c.value >= CLEARLY * telling[0].value})
    if not spans:
        spans = _telling_pair(category, text, body, words)
    return tuple(Term(text[a:b], start + a, start + b) for a, b in spans)


def _telling_pair(category: int, text: str, body: int, words: MeasureWords) -> list[tuple[int, int]]:
    best, at = 0.0, -1
    for i in range(body, len(text) - 1):
        row = words.wording.get(text[i : i + 2])
        if row is not None and (value := words.rarity[row] * words.pair_weights[row, category]) > best:
            best, at = value, i
    return [(at, at + 2)] if at >= 0 else []
