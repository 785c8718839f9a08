"""Weighs the cue terms of measures: fits the numbers of measure_*.tsv to labelled directives.

    python etl/data/make_measures.py [GOLD_FOLDER:TEXT_FOLDER …]        # needs numpy (development only)

Reads measure_terms.tsv (terms, categories, hand-set priors), the labelled sample without its held-aside fifth, the
directives written in tests/cases/measures, tests/cases/pages, and further labelled folders. Writes the column `weight`
of measure_terms.tsv, and measure_places.tsv, measure_priors.tsv, measure_topics.tsv, measure_wording.tsv. A weight is
drawn to its prior, so that a term that the sample does not know keeps it. Terms, topics and wording are fitted apart
and added up: three readers that err differently. Prints agreement over five folds of the sample: each fold is judged by
weights that have not seen its documents.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from etl.extract import measures  # noqa: E402
from etl.lexicon import Lexicon, load_lexicon  # noqa: E402
from etl.lexicon.measures import TOPIC_PLACES, stack_weights  # noqa: E402
from etl.lexicon.tables import read_table  # noqa: E402
from etl.pipeline import extract  # noqa: E402
from etl.records import RawDocument  # noqa: E402

PRIOR_SCALE = 0.65  # a prior of 3 begins with a weight of about 2
HOLD = 3.0  # how firmly a weight is held to its prior
HOLD_WORDING = 0.1  # how firmly the weight of a character or pair is held to nothing
HOLD_REST = 0.05
HOLD_TOPICS = 0.5
MAIN_SHARE = 0.5  # of the loss
TOPIC_SHARES = (0.67, 1.5)  # of the topics in the sum: any, main
WORDING_SHARE = 3.0  # of the wording in the sum
LEAST_WORDING = 3
LEAST_WEIGHT = 0.3
STEPS = 400
Array = NDArray[Any]


@dataclass(frozen=True)
class Example:
    document: str
    categories: tuple[str, ...]
    text: str


def core(text: str) -> str:
    """As score.py compares anchors."""
    return re.sub("[一最领极级]", "", re.sub(r"[\W_]+", "", text).lower())


def read_labelled(gold_folder: Path, texts: Path, lexicon: Lexicon) -> list[Example]:
    """Directives as the extractor cuts them, with the categories of the gold directive whose anchor they begin with."""
    examples = []
    for path in sorted(gold_folder.glob("*.json")):
        number = re.search(r"-d(\d+)$", path.stem)
        if number and int(number[1]) % 5 == 4:
            continue  # held aside: neither read nor fitted
        gold = json.loads(path.read_text("utf-8"))["directives"]
        raw = RawDocument(f"{path.stem}.txt", (texts / f"{path.stem}.txt").read_bytes())
        unused = list(extract(raw, lexicon).directives) if gold else []
        for label in gold:
            for directive in unused:
                if 0 <= core(directive.text).find(core(label["anchor"])) <= 40:
                    examples.append(Example(path.stem, tuple(label["categories"]), directive.text))
                    unused.remove(directive)
                    break
    return examples


def read_written(path: Path) -> list[Example]:
    rows = read_table(path)
    return [Example(f"written-{r.line}", tuple(r["categories"].split(",")), r["text"]) for r in rows]


class Model:
    """All numbers as arrays, and how they add up."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon.measures
        self.categories = self.words.categories
        self.index = {c: i for i, c in enumerate(self.categories)}
        rows = [r for r in read_table(DATA / "measure_terms.tsv") if r["category"] != "-"]
        self.pairs = {(r["term"], r["category"]): i for i, r in enumerate(rows)}
        self.prior = np.array([float(r["prior"]) for r in rows]) * PRIOR_SCALE
        self.of_category = np.array([self.index[r["category"]] for r in rows])

    def read(self, examples: list[Example]) -> tuple[Array, ...]:
        """Cues as parallel arrays (example, pair, place, clause), and the labels as (n, 24) matrices (any, main)."""
        cues = [
            (i, self.pairs[cue.term, self.categories[cue.category]], cue.place, cue.clause)
            for i, e in enumerate(examples)
            for cue in measures.find_cues(e.text, measures.body_start(e.text), self.words)
        ]
        row, pair, place, clause = (np.array(column) for column in zip(*cues, strict=True))
        there = np.zeros((len(examples), len(self.categories)))
        main = np.zeros_like(there)
        for i, e in enumerate(examples):
            there[i, [self.index[c] for c in e.categories]] = 1
            main[i, self.index[e.categories[0]]] = 1
        return row, pair, place, clause, there, main

    def share(self, value: Array, row: Array, category: Array, clause: Array) -> Array:
        """What each cue counts beside the others of its example and category, as `measures._add_up` has it."""
        group = (row * len(self.categories) + category) * 1000 + np.minimum(clause, 999)
        order = np.lexsort((-value, group))
        first = np.ones(len(order), bool)
        first[1:] = group[order][1:] != group[order][:-1]
        strongest = order[first]
        share = np.full(len(value), measures.OTHERS_OF_CLAUSE)
        share[strongest] = 1
        whole = group[strongest] // 1000
        by_value = np.lexsort((-value[strongest], whole))
        begins = np.ones(len(by_value), bool)
        begins[1:] = whole[by_value][1:] != whole[by_value][:-1]
        places = np.arange(len(by_value))
        rank = places - np.maximum.accumulate(np.where(begins, places, 0))
        factor = dict(zip(group[strongest][by_value], measures.LATER_CLAUSE ** np.minimum(rank, 5), strict=True))
        return share * np.array([factor[g] for g in group])


@dataclass
class Fitted:
    weight: Array  # (terms)
    places: Array  # (places, 2)
    priors: Array  # (categories, 2)
    topics: Array  # (topics, 2 × categories): any, main
    wording: dict[str, tuple[float, Array]]  # a character or pair of them → rarity, (categories)


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


class Adam:
    """Steps down a gradient, kept at or above a floor where one is given."""

    def __init__(self, value: Array, rate: float, floor: float | None = None) -> None:
        self.value, self.rate, self.floor = value.copy(), rate, floor
        self.mean = np.zeros_like(value)
        self.square = np.zeros_like(value)
        self.steps = 0

    def step(self, gradient: Array) -> None:
        self.steps += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient**2 - self.square)
        scale = (self.mean / (1 - 0.9**self.steps)) / (np.sqrt(self.square / (1 - 0.999**self.steps)) + 1e-8)
        rate = self.rate * min(1.0, 2 * (1 - self.steps / (STEPS + 1)))
        self.value -= rate * scale
        if self.floor is not None:
            np.maximum(self.value, self.floor, out=self.value)


def fit(model: Model, examples: list[Example]) -> Fitted:
    row, pair, place, clause, there, main = model.read(examples)
    category = model.of_category[pair]
    weight = Adam(model.prior, 0.02, floor=0.0)
    places = Adam(np.array(model.words.places), 0.03, floor=0.0)
    priors = Adam(np.column_stack([np.full(len(model.categories), -5.0), np.zeros(len(model.categories))]), 0.05)
    for _ in range(STEPS):
        w, p = weight.value[pair], places.value[place]
        share = model.share(w * p[:, 0], row, category, clause)
        sums = np.tile(priors.value[:, 0], (len(examples), 1))
        mains = np.tile(priors.value[:, 1], (len(examples), 1))
        np.add.at(sums, (row, category), share * w * p[:, 0])
        np.add.at(mains, (row, category), share * w * p[:, 1])
        error = sigmoid(sums) - there
        error_main = MAIN_SHARE * (softmax(mains) - main)
        of_any, of_main = error[row, category] * share, error_main[row, category] * share
        gradient = HOLD * (weight.value - model.prior)
        np.add.at(gradient, pair, of_any * p[:, 0] + of_main * p[:, 1])
        of_places = np.zeros_like(places.value)
        np.add.at(of_places, place, np.column_stack([of_any * w, of_main * w]))
        of_priors = np.column_stack([error.sum(0), error_main.sum(0)]) + HOLD_REST * priors.value
        weight.step(gradient)
        places.step(of_places)
        priors.step(of_priors)
    rarity, weights, offset = fit_wording(examples, there)
    topics, topic_offsets = fit_topics(model, examples, there, main)
    offsets = priors.value + WORDING_SHARE * np.column_stack([offset + 3, offset]) + topic_offsets
    wording = {w: (r, weights[i]) for i, (w, r) in enumerate(rarity.items())}
    return Fitted(weight.value, places.value, offsets, topics, wording)


def fit_topics(model: Model, examples: list[Example], there: Array, main: Array) -> tuple[Array, Array]:
    """(topics, 2 × categories) weights and (categories, 2) offsets of logistic fits on the topics alone."""
    x = np.zeros((len(examples), sum(map(len, model.words.topics))))
    for i, e in enumerate(examples):
        cues = measures.find_cues(e.text[: measures.LONGEST_READ], measures.body_start(e.text), model.words)
        for row, strength in measures.find_topics(cues, model.words).items():
            x[i, row] = strength
    fits = []
    for labels, chance, share in ((there, sigmoid, TOPIC_SHARES[0]), (main, softmax, TOPIC_SHARES[1])):
        weights = Adam(np.zeros((x.shape[1], labels.shape[1])), 0.05)
        offset = Adam(np.zeros(labels.shape[1]), 0.05)
        for _ in range(STEPS):
            error = chance(x @ weights.value + offset.value) - labels
            weights.step(x.T @ error + HOLD_TOPICS * weights.value)
            offset.step(error.sum(0) + HOLD_REST * offset.value)
        fits.append((share * weights.value, share * offset.value))
    return np.hstack([w for w, _ in fits]), np.column_stack([o for _, o in fits])


def written_in_han(characters: str) -> str | None:
    """The characters themselves, where all are Chinese."""
    return characters if measures.HAN.fullmatch(characters) else None


def fit_wording(examples: list[Example], there: Array) -> tuple[dict[str, float], Array, Array]:
    """Rarity of characters and pairs, their (…, categories) weights, (categories) offsets: a logistic fit of them."""
    counts = [measures.count_wording(e.text[measures.body_start(e.text) :], written_in_han) for e in examples]
    known = Counter(w for c in counts for w in c)
    rarity = {w: log(len(examples) / n) + 0.3 for w, n in sorted(known.items()) if n >= LEAST_WORDING}
    column = {w: i for i, w in enumerate(rarity)}
    x = np.zeros((len(examples), len(rarity)), np.float32)
    for i, of_example in enumerate(counts):
        for w, share in of_example.items():
            if w in column:
                x[i, column[w]] = share * rarity[w]
    x /= np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    weights = Adam(np.zeros((len(rarity), there.shape[1]), np.float32), 0.1)
    offset = Adam(np.full(there.shape[1], -3.0, np.float32), 0.05)
    for _ in range(STEPS):
        error = (sigmoid(x @ weights.value + offset.value) - there).astype(np.float32)
        weights.step(x.T @ error + HOLD_WORDING * weights.value)
        offset.step(error.sum(0))
    found = np.where(np.abs(weights.value) >= LEAST_WEIGHT, weights.value, 0) * WORDING_SHARE
    return {w: round(r, 2) for w, r in rarity.items()}, found, offset.value


def with_numbers(lexicon: Lexicon, model: Model, fitted: Fitted) -> Lexicon:
    """The lexicon with other numbers."""
    of_term = {(t, model.index[c]): float(fitted.weight[i]) for (t, c), i in model.pairs.items()}
    return replace(
        lexicon,
        measures=replace(
            model.words,
            terms={t: tuple((c, of_term[t, c], s) for c, _, s in pairs) for t, pairs in model.words.terms.items()},
            places=tuple((float(a), float(m)) for a, m in fitted.places),
            priors_any=tuple(fitted.priors[:, 0]),
            priors_main=tuple(fitted.priors[:, 1]),
            wording={characters: i for i, characters in enumerate(fitted.wording, len(fitted.topics))},
            rarity=(1.0,) * len(fitted.topics) + tuple(rarity for rarity, _ in fitted.wording.values()),
            weights=stack_weights(fitted.topics, np.array([weights for _, weights in fitted.wording.values()])),
        ),
    )


def agreement(examples: list[Example], lexicon: Lexicon) -> Counter[str]:
    """Counts of agreement, as score.py has it."""
    tally: Counter[str] = Counter()
    documents: dict[str, tuple[set[str], set[str]]] = {}
    for e in examples:
        found = [m.category for m in measures.find_measures(e.text, 0, lexicon)]
        tally += Counter(asked=1, main=int(e.categories[0] in found), first=int(found[0] == e.categories[0]))
        tally += Counter(hit=len(set(found) & set(e.categories)), both=len(found) + len(e.categories))
        of_document = documents.setdefault(e.document, (set(), set()))
        of_document[0].update(found)
        of_document[1].update(e.categories)
    for found_, gold in documents.values():
        tally += Counter(document_hit=len(found_ & gold), document_both=len(found_) + len(gold))
    return tally


def show(name: str, t: Counter[str]) -> None:
    print(
        f"{name}: main {t['main'] / t['asked']:.3f}  first {t['first'] / t['asked']:.3f}  "
        f"F1 {2 * t['hit'] / t['both']:.3f}  document F1 {2 * t['document_hit'] / t['document_both']:.3f}  "
        f"({t['asked']} directives)"
    )


def cross_validate(sample: list[Example], rest: list[Example], lexicon: Lexicon, model: Model, folds: int = 5) -> None:
    names = sorted({e.document for e in sample})
    tally: Counter[str] = Counter()
    for fold in range(folds):
        out = set(names[fold::folds])
        fitted = fit(model, [e for e in sample if e.document not in out] + rest)
        tally += agreement([e for e in sample if e.document in out], with_numbers(lexicon, model, fitted))
    show("unseen fifths of the sample", tally)


def listed(model: Model, weights: Array) -> str:
    return " ".join(f"{model.categories[i]}:{weights[i]:.2f}" for i in np.flatnonzero(weights))


def write(model: Model, fitted: Fitted) -> None:
    """The five files, keeping their headers."""

    def rewrite(name: str, lines: list[str]) -> None:
        head: list[str] = []
        for line in (DATA / name).read_text("utf-8").splitlines():
            head.append(line)
            if not line.startswith("#"):
                break
        (DATA / name).write_text("\n".join([*head, *lines]) + "\n", "utf-8")

    terms = []
    for r in read_table(DATA / "measure_terms.tsv"):
        weight = "0" if r["category"] == "-" else f"{fitted.weight[model.pairs[r['term'], r['category']]]:.2f}"
        terms.append("\t".join([r["term"], r["category"], r["prior"], weight, r["note"]]))
    rewrite("measure_terms.tsv", terms)
    names = [r["place"] for r in read_table(DATA / "measure_places.tsv")]
    rewrite("measure_places.tsv", [f"{n}\t{a:.2f}\t{m:.2f}" for n, (a, m) in zip(names, fitted.places, strict=True)])
    rewrite(
        "measure_priors.tsv",
        [f"{c}\t{a:.2f}\t{m:.2f}" for c, (a, m) in zip(model.categories, fitted.priors, strict=True)],
    )
    half = len(model.categories)
    rewrite(
        "measure_topics.tsv",
        [
            f"{category}\t{place}\t{listed(model, w[:half])}\t{listed(model, w[half:])}"
            for category, rows in zip(model.categories, model.words.topics, strict=True)
            for place, w in zip(TOPIC_PLACES, np.round(fitted.topics[list(rows)], 2), strict=True)
        ],
    )
    rewrite(
        "measure_wording.tsv",
        [f"{characters}\t{r:.2f}\t{listed(model, w)}" for characters, (r, w) in fitted.wording.items()],
    )


def main(folders: list[str]) -> None:
    lexicon = load_lexicon()
    model = Model(lexicon)
    sample = read_labelled(ROOT / "tests/cases/sample_gold", ROOT / "etl/sample", lexicon)
    pages = ROOT / "tests/cases/pages"
    written = sorted((ROOT / "tests/cases/measures").glob("*.tsv"))
    rest = [example for path in written for example in read_written(path)] + read_labelled(pages, pages, lexicon)
    for folder in folders:
        gold, texts = folder.split(":")
        rest += read_labelled(Path(gold), Path(texts), lexicon)
    print(f"{len(sample)} directives of the sample, {len(rest)} others")
    cross_validate(sample, rest, lexicon, model)
    fitted = fit(model, sample + rest)
    show("fitted sample", agreement(sample, with_numbers(lexicon, model, fitted)))
    write(model, fitted)


if __name__ == "__main__":
    main(sys.argv[1:])
