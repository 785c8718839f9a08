"""Which of the 24 categories of measures a directive orders, with the terms that say so. Imports records and lexicon.

    find_measures("一要抓实核酸检测，备足隔离房源。", 0, lexicon)
    -> (Measure("testing", (Term("核酸检测", 4, 8),)), Measure("isolation", (Term("隔离房源", 11, 15),)))

Every term of measure_terms.tsv speaks for its category with its weight: most where it stands in the head clause, which
names the topic, less in later ones; the strongest of a clause counts in full, the others a little. What is named where
also speaks for and against the other categories (measure_topics.tsv): a school beside testing, a duty before a border.
What the terms leave open, the wording decides: characters and pairs of them, each with a small weight
(measure_wording.tsv). A category is given where the sum is clear; the main one is chosen by sums of its own. All
numbers are in the data files, fitted by etl/data/make_measures.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, compress, repeat
from math import hypot
from operator import add, attrgetter, itemgetter, mul, truediv
from typing import NamedTuple, TypeVar

import numpy as np

from etl.lexicon import Lexicon
from etl.lexicon.measures import TOPIC_PLACES, MeasureWords
from etl.records import Measure, Term

LONGEST_READ = 2000  # characters; whatever a directive says after them does not change its topic
GAP = 8  # characters between the two parts of a term A…B
OTHERS_OF_CLAUSE = 0.15  # what a term counts beside a stronger one for the same category in the same clause
LATER_CLAUSE = 0.5  # what each further clause that speaks for the same category counts
LEAST_OF_CLAUSES = LATER_CLAUSE**5
LATER_WORDING = 0.7  # what a character or pair of them after the first clause counts
SECOND, THIRD = 0.5, 1.5  # sums from which a second and a third category are given
MOST_TERMS = 8  # evidence terms kept of a measure
CLEARLY = 0.2  # evidence terms count at least this share of the strongest
PLACE_AFTER = (0, 2, 3, 4, 4, 5, 5, 5, 6)  # by how many clauses after the head: row of measure_places.tsv; 6 beyond
CLAUSE_END = re.compile(r"[，。；：！？,;:!?\n]")
LATER, ANYWHERE, FIRST = (TOPIC_PLACES.index(place) for place in ("later", "anywhere", "first"))
HAN = re.compile(r"[\u4e00-\u9fff]+")
NUMBER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+(?:[、，]|是要?|要)|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])"
)
Known = TypeVar("Known")
START, VALUE = attrgetter("start"), attrgetter("value")
MODAL = re.compile(r"要|须|应|必须|不得|一律|严禁")
TOGETHER = 16  # sentences whose sums are made at once
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
    by_category: dict[int, list[Cue]]
    wording: dict[int, float]  # row of MeasureWords.weights → share


def find_measures(text: str, start: int, lexicon: Lexicon) -> tuple[Measure, ...]:
    """One to three measures of a directive's text, main first; `start` is where the text stands in the document."""
    return measures_of([(text, start)], lexicon)[0]


def measures_of(sentences: Sequence[tuple[str, int]], lexicon: Lexicon) -> list[tuple[Measure, ...]]:
    """find_measures of the sentences of a document (text, start), together, which is faster."""
    words = lexicon.measures
    found: list[tuple[Measure, ...]] = []
    for at in range(0, len(sentences), TOGETHER):
        readings = [_read(text[:LONGEST_READ], start, words) for text, start in sentences[at : at + TOGETHER]]
        for reading, sums in zip(readings, _add_up(readings, words), strict=True):
            if reading.cues or reading.wording:
                chosen = _choose(sums)
                found.append(tuple(Measure(words.categories[c], _evidence(c, reading, words)) for c in chosen))
            else:
                found.append((Measure(DEFAULT, ()),))
    return found


def _read(text: str, start: int, words: MeasureWords) -> Reading:
    body = body_start(text)
    cues = find_cues(text, body, words)
    by_category: dict[int, list[Cue]] = {}
    for cue in cues:
        by_category.setdefault(cue.category, []).append(cue)
    return Reading(text, start, body, cues, by_category, count_wording(text[body:], words.wording.get))


def body_start(text: str) -> int:
    """Where a directive's text begins after its number."""
    number = NUMBER.match(text)
    return number.end() if number else 0


def find_terms(text: str, words: MeasureWords) -> list[tuple[int, int, str]]:
    """Terms in text order as (start, end, term): none inside a longer one, and the terms A…B across them."""
    found: list[tuple[int, int, str]] = []
    lengths, entries, size = words.lengths, words.entries, len(text)
    reach = -1  # where the terms so far end
    for begin in compress(range(size), map(lengths.__contains__, map(add, text, text[1:]))):
        is_longest = True
        for length in lengths[text[begin : begin + 2]]:
            end = begin + length
            entry = entries.get(text[begin:end])
            if entry is None or end > size:
                continue
            if entry.is_term and is_longest:
                is_longest = False
                if end > reach:
                    reach = end
                    found.append((begin, end, entry.word))
            if entry.tails:
                found += _spread(text, begin, end, entry.tails)
    if words.short_heads:
        for head in words.short_heads.finditer(text):
            found += _spread(text, head.start(), head.end(), entries[head.group()].tails)
    found.sort()
    return found


def _spread(text: str, begin: int, end: int, tails: tuple[tuple[str, str], ...]) -> list[tuple[int, int, str]]:
    """The terms A…B whose A is text[begin:end] and whose B follows it in its clause."""
    found = []
    for tail, whole in tails:
        at = text.find(tail, end, end + GAP + len(tail))
        if at >= 0 and not CLAUSE_END.search(text, end, at):
            found.append((begin, at + len(tail), whole))
    return found


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
    seen: dict[str, tuple[int, int, int, int]] = {}  # term → (begin, end, clause, place)
    for (begin, end, term), clause in zip(found, clauses, strict=True):
        if clause > head:
            place = PLACE_AFTER[min(clause - head, len(PLACE_AFTER) - 1)]
        else:
            if clause not in subjects:
                opened = ends[clause - 1] + 1 if clause else body
                closed = ends[clause] if clause < len(ends) else len(text)
                modal = MODAL.search(text, opened, closed)
                subjects[clause] = modal.start() if modal else opened
            place = 1 if begin < subjects[clause] else 0
        if term not in seen or seen[term][3] > place:
            seen[term] = (begin, end, clause, place)
    cues: list[Cue] = []
    for term, (begin, end, clause, place) in seen.items():
        any_factor, main_factor = words.places[place]
        for category, weight, strength in words.terms[term]:
            value, main_value = weight * any_factor, weight * main_factor
            cues.append(Cue(term, category, begin, end, clause, place, strength, value, main_value))
    return cues


def _add_up(readings: list[Reading], words: MeasureWords) -> list[list[float]]:
    """For each reading what it says by category: for being there at all, then for being the main one."""
    rows: list[int] = []  # of the weights: what is named where, and the wording
    factors: list[float] = []
    starts: list[int] = []  # where each reading's begin
    for reading in readings:
        starts.append(len(rows))
        topics = find_topics(reading.cues, words)
        rows += topics
        factors += topics.values()
        # Rare ones count most; normalised, so that length does not count.
        said = list(map(mul, map(words.rarity.__getitem__, reading.wording), reading.wording.values()))
        rows += reading.wording
        factors += map(truediv, said, repeat(hypot(*said)))
        rows.append(0)  # of no weight, so that every reading has one
        factors.append(0.0)
    # Added up without a matrix product: a library's threads for that would take the other workers' cores.
    told = np.add.reduceat(words.weights[rows] * np.array(factors, np.float32)[:, None], starts)
    return (told + [_sums_of_cues(reading.by_category, words) for reading in readings]).tolist()


def _sums_of_cues(by_category: dict[int, list[Cue]], words: MeasureWords) -> list[float]:
    """What the terms say: of a clause the strongest in full, of the clauses the first in full."""
    sums = [*words.priors_any, *words.priors_main]
    half = len(words.categories)
    for category, cues in by_category.items():
        if len(cues) == 1:
            sums[category] += cues[0].value
            sums[half + category] += cues[0].main_value
            continue
        share = 1.0
        for _, value, main_value in sorted(_clauses(cues), reverse=True):
            sums[category] += share * value
            sums[half + category] += share * main_value
            share = max(share * LATER_CLAUSE, LEAST_OF_CLAUSES)
    return sums


def _clauses(cues: list[Cue]) -> Iterator[tuple[float, float, float]]:
    """For each clause the value of its strongest cue, and the values of all its cues together."""
    groups: dict[int, list[Cue]] = {}
    for cue in cues:
        groups.setdefault(cue.clause, []).append(cue)
    for group in groups.values():
        strongest = group[0] if len(group) == 1 else max(group, key=VALUE)
        value, main_value = strongest.value, strongest.main_value
        if len(group) > 1:
            value += OTHERS_OF_CLAUSE * (sum(c.value for c in group) - value)
            main_value += OTHERS_OF_CLAUSE * (sum(c.main_value for c in group) - main_value)
        yield strongest.value, value, main_value


def find_topics(cues: list[Cue], words: MeasureWords) -> dict[int, float]:
    """Which categories are named at which of TOPIC_PLACES, as rows of weights, and how clearly."""
    topics: dict[int, float] = {}
    anywhere: dict[int, float] = {}
    for cue in cues:
        rows, strength = words.topics[cue.category], cue.strength
        row = rows[cue.place if cue.place < LATER else LATER]
        if strength > topics.get(row, -1.0):
            topics[row] = strength
        row = rows[ANYWHERE]
        if strength > anywhere.get(row, -1.0):
            anywhere[row] = strength
    if cues:
        topics[words.topics[min(cues, key=START).category][FIRST]] = 1.0
    return topics | anywhere


def count_wording(body: str, known: Callable[[str], Known | None]) -> dict[Known, float]:
    """What `known` knows each character and pair of neighbours as: 1 in the first clause, less where only later."""
    first = HAN.search(body)
    head = first.group() if first else ""
    wording = dict.fromkeys(map(known, chain(body, map(add, body, body[1:]))), LATER_WORDING)
    wording |= dict.fromkeys(map(known, chain(head, map(add, head, head[1:]))), 1.0)
    wording.pop(None, None)
    return wording  # type: ignore[return-value]


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
    telling = reading.by_category.get(category, [])
    if len(telling) > 1:
        telling = sorted(telling, key=VALUE, reverse=True)[:MOST_TERMS]
    spans = sorted({(c.start, c.end) for c in telling if c.value >= CLEARLY * telling[0].value})
    if not spans:
        spans = _telling_pair(category, reading, words)
    return tuple(Term(text[a:b], start + a, start + b) for a, b in spans)


def _telling_pair(category: int, reading: Reading, words: MeasureWords) -> list[tuple[int, int]]:
    body = reading.text[reading.body :]
    pairs = [(at, row) for at, row in enumerate(map(words.wording.get, map(add, body, body[1:]))) if row is not None]
    weights = words.weights[[row for _, row in pairs], category].tolist()
    value, at = max(
        ((weight * words.rarity[row], reading.body + at) for weight, (at, row) in zip(weights, pairs, strict=True)),
        key=itemgetter(0),
        default=(0.0, 0),
    )
    return [(at, at + 2)] if value > 0 else []
