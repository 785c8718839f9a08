"""How good the records are: every field against labels, with counts and intervals. Imports build and lexicon.

    python -m etl quality        # measures the bundled sample, writes etl/data/quality.tsv

A metric is a rate (hits of asked) or F1 of a set (true positives, predicted, labelled), counted by document, so that
resampling documents gives its interval. Every metric is a fraction; those named false_… are better low. Labels and
rules of counting are explained in docs/quality.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

import numpy as np

from etl.errors import SourceError

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"
GOLD = HERE.parent / "tests" / "cases" / "sample_gold"
TABLE = HERE / "data" / "quality.tsv"
ANCHOR_WINDOW = 40  # a lead-in clause may stand before the instructing one
SAMPLES, SEED = 1000, 20200123  # of the bootstrap
EXAMPLES = 8  # failures kept a field
LONGEST = 80  # characters of what a failure shows
PARTS: dict[str, tuple[bool, ...]] = {"working": (False,), "held_aside": (True,), "all": (False, True)}

Kind = Literal["rate", "f1"]
FIELDS: dict[str, Kind] = {
    "documents_found": "rate",
    "doc_type": "rate",
    "script": "rate",
    "meeting_date": "rate",
    "false_date": "rate",
    "published_date": "rate",
    "province": "rate",
    "region_path": "rate",
    "false_region": "rate",
    "issuer": "rate",
    "issuer_exact": "rate",
    "level": "rate",
    "chair": "f1",
    "attendees": "f1",
    "people": "f1",
    "directives": "f1",
    "ordinals": "rate",
    "speaker": "rate",
    "main_category": "rate",
    "first_category": "rate",
    "false_speaker": "rate",
    "false_ordinal": "rate",
    "directive_categories": "f1",
    "document_categories": "f1",
    "false_directive_docs": "rate",
    "figures": "f1",
    "cited": "f1",
    "slogans": "f1",
}
HEADER = """# Quality of every field on the labelled sample, by `python -m etl quality`. Edit the rules, not this file.
# Source: etl/sample against tests/cases/sample_gold; intervals from 1,000 resamples of the documents.
# column field: the metric; false_… are better low
# column split: working (labels seen while rules were written), held_aside (number % 5 = 4, never seen) or all
# column metric: rate, f1, precision or recall
# column value: 0 to 1; empty if nothing was asked
# column low: lower end of the 95 % bootstrap interval
# column high: upper end
# column n: documents or items asked
# column failures: examples as JSON [{document, document_id, item, predicted, expected}]; of working alone, so that
#   held_aside stays unseen; item: how the directive begins, null for a field of the document
field\tsplit\tmetric\tvalue\tlow\thigh\tn\tfailures
"""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured fraction, the 95 % interval of its bootstrap, and how many documents or items it is of."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a record differs from its labels; what stands on one side only is the other's "-"."""

    document: str  # stem of the source, e.g. west-d28
    document_id: str | None  # None where there is no record
    item: str | None  # how the directive begins; None for a field of the document
    predicted: str
    expected: str


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """One field over a set of documents."""

    field: str
    kind: Kind
    counts: np.ndarray  # documents × (hits, asked) for a rate, × (true positives, predicted, labelled) for F1
    failures: tuple[Failure, ...] = ()

    def measure(self, metric: Literal["rate", "f1", "precision", "recall"]) -> Interval:
        """The metric with its interval; value None where nothing was asked."""
        top, bottom = _fraction(self.counts, metric)
        total_top, total_bottom = float(top.sum()), float(bottom.sum())
        n = int(self.counts[:, 1 if metric in ("rate", "precision") else 2].sum())
        if total_bottom == 0:
            # nothing predicted where something is labelled (or the other way round) is a precision of 0, not unknown
            return Interval(0.0, 0.0, 0.0, n) if self.counts.any() else Interval(None, None, None, n)
        picks = np.random.default_rng(SEED).multinomial(len(top), np.full(len(top), 1 / len(top)), SAMPLES)
        tops, bottoms = picks @ top, picks @ bottom
        found = np.divide(tops, bottoms, out=np.zeros(SAMPLES), where=bottoms > 0)[bottoms > 0]
        low, high = np.quantile(found, (0.025, 0.975)) if len(found) else (0.0, 1.0)
        value = total_top / total_bottom
        if value in (0.0, 1.0) and n:  # all resamples are alike, which does not make it certain: the exact bound
            bound = 0.05 ** (1 / n)
            low, high = (bound, 1.0) if value else (0.0, 1 - bound)
        return Interval(value, float(low), float(high), n)

    @property
    def value(self) -> float | None:
        """The rate or the F1."""
        return self.measure(self.kind).value


def _fraction(counts: np.ndarray, metric: str) -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator of a metric, by document; sums of each give the metric of a set."""
    if metric == "rate":
        return counts[:, 0], counts[:, 1]
    hits, predicted, labelled = counts[:, 0], counts[:, 1], counts[:, 2]
    if metric == "precision":
        return hits, predicted
    return (hits, labelled) if metric == "recall" else (2 * hits, predicted + labelled)


def measure_sample(sample: Path = SAMPLE, gold: Path = GOLD) -> dict[str, dict[str, Score]]:
    """Scores of the bundled sample by split: PARTS. Raises SourceError where labels are missing."""
    from etl.build import extract_records
    from etl.records import Reject

    golds = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))}
    if not golds:
        raise SourceError(f"{gold} holds no labels; `python -m etl quality` needs a clone with its tests folder")
    records = [item for item in extract_records((sample,)) if not isinstance(item, Reject)]
    return {
        part: score_records(records, {key: g for key, g in golds.items() if is_held_aside(key) in held_aside})
        for part, held_aside in PARTS.items()
    }


def is_held_aside(document: str) -> bool:
    """Whether a digest belongs to the fifth that rules are never written from: number % 5 = 4.

    >>> [is_held_aside(d) for d in ("bj-d04", "bj-d05", "east-d14")]
    [True, False, True]
    """
    number = document.rpartition("-d")[2]
    return number.isdigit() and int(number) % 5 == 4


def write_table(scores: Mapping[str, Mapping[str, Score]], path: Path = TABLE) -> None:
    """The scores by split as a data file; the whole file or none of it."""
    lines = []
    for part, fields in scores.items():
        for score in fields.values():
            for metric in ("rate",) if score.kind == "rate" else ("f1", "precision", "recall"):
                found = score.measure(metric)  # type: ignore[arg-type]
                shown = score.failures[:EXAMPLES] if part == "working" and metric == score.kind else ()
                failures = json.dumps([asdict(f) for f in shown], ensure_ascii=False) if shown else ""
                numbers = [_shown(found.value), _shown(found.low), _shown(found.high), str(found.n)]
                lines.append("\t".join([score.field, part, metric, *numbers, failures]) + "\n")
    draft = path.with_suffix(".tsv.new")
    draft.write_text(HEADER + "".join(lines), "utf-8")
    draft.replace(path)


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:.4f}"


def show(scores: Mapping[str, Mapping[str, Score]]) -> str:
    """The scores as a table for a terminal, one line a field, the splits side by side."""
    lines = [f"{'':22}" + "".join(f"{part:32}" for part in scores)]
    for field, kind in FIELDS.items():
        cells = []
        for fields in scores.values():
            found = fields[field].measure(kind)
            shown = (
                "-" if found.value is None else f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}] of {found.n}"
            )
            cells.append(f"{shown:32}")
        lines.append(f"{field:22}" + "".join(cells).rstrip())
    return "\n".join(lines)


def score_records(records: Iterable[Record], golds: Mapping[str, Record]) -> dict[str, Score]:
    """Every field of FIELDS over the labelled documents; a record is matched by document_id or its source's stem."""
    found: dict[str, Record] = {}
    for record in records:
        for key in (Path(record.get("source") or "").stem, record.get("document_id")):
            if key:
                found[key] = record
    tallies = [_Tally(found.get(key), gold, key) for key, gold in golds.items()]
    scores = {}
    for field, kind in FIELDS.items():
        empty = (0, 0) if kind == "rate" else (0, 0, 0)
        counts = np.array([t.counts.get(field, empty) for t in tallies] or [empty], dtype=float)
        failures = [failure for t in tallies for failure in t.failures.get(field, [])]
        scores[field] = Score(field, kind, counts, tuple(failures))
    return scores


class _Tally:
    """Counts of one document, field by field."""

    def __init__(self, record: Record | None, gold: Record, key: str) -> None:
        self.key = key
        self.document_id = (record or {}).get("document_id")
        self.counts: dict[str, tuple[int, ...]] = {}
        self.failures: dict[str, list[Failure]] = {}
        self.ask("documents_found", record is not None, None, key)
        record = record or {}
        self._document(record, gold)
        self._directives(record.get("directives") or [], gold["directives"])

    def ask(self, field: str, is_right: bool, found: object, expected: object, item: str | None = None) -> None:
        """Count one question; for false_… fields `is_right` says that the fault is there."""
        hits, asked = self.counts.get(field, (0, 0))
        self.counts[field] = (hits + bool(is_right), asked + 1)
        if is_right == field.startswith("false_"):
            self.fail(field, found, expected, item)

    def compare(self, field: str, found: Iterable[Any], expected: Iterable[Any]) -> None:
        """Count a set against its labels."""
        have, want = set(found), set(expected)
        self.counts[field] = _overlap(have, want)
        if have != want:
            self.fail(field, sorted(map(_plain, have - want)), sorted(map(_plain, want - have)))

    def fail(self, field: str, found: object, expected: object, item: str | None = None) -> None:
        """Keep what went wrong."""
        failure = Failure(self.key, self.document_id, item and _short(item), _short(found), _short(expected))
        self.failures.setdefault(field, []).append(failure)

    def _document(self, record: Record, gold: Record) -> None:
        for field in ("doc_type", "script"):
            self.ask(field, record.get(field) == gold[field], record.get(field), gold[field])
        day = record.get("meeting_date")
        if gold.get("meeting_date"):
            self.ask("meeting_date", day == gold["meeting_date"], day, gold["meeting_date"])
        else:
            self.ask("false_date", bool(day), day, None)
        for field in ("published_date", "level"):
            if gold.get(field):
                self.ask(field, record.get(field) == gold[field], record.get(field), gold[field])
        path, expected = region_path(record), list(gold.get("region") or [])
        if expected:
            self.ask("province", path[:1] == expected[:1], path, expected)
            self.ask("region_path", path == expected, path, expected)
        else:
            self.ask("false_region", bool(path), path, [])
        if gold.get("issuer"):
            issuer = record.get("issuer") or ""
            self.ask("issuer", is_same_issuer(issuer, gold["issuer"]), issuer, gold["issuer"])
            self.ask("issuer_exact", squash(issuer) == squash(gold["issuer"]), issuer, gold["issuer"])
        chair, attendees = record.get("chair") or [], record.get("attendees") or []
        self.compare("chair", chair, gold["chair"])
        self.compare("attendees", attendees, gold["attendees"])
        self.compare("people", (*chair, *attendees), (*gold["chair"], *gold["attendees"]))
        figures = [f for f in record.get("figures") or [] if f.get("value") is not None]
        self.compare("figures", map(_figure, figures), map(_figure, gold["figures"]))
        for field in ("cited", "slogans"):
            self.compare(field, map(squash, record.get(field) or []), map(squash, gold[field]))

    def _directives(self, found: list[Record], gold: list[Record]) -> None:
        if not gold:
            self.ask("false_directive_docs", bool(found), [x.get("text", "")[:30] for x in found], [])
        pairs = match_directives(found, gold)
        self.counts["directives"] = (len(pairs), len(found), len(gold))
        for expected in gold:
            if not any(y is expected for _, y in pairs):
                self.fail("directives", None, expected["anchor"])
        for directive in found:
            if not any(x is directive for x, _ in pairs):
                self.fail("directives", directive["text"], None)
        for directive, expected in pairs:
            self._directive(directive, expected)
        every = {c for x in found for c in categories(x)}
        self.compare("document_categories", every, {c for x in gold for c in x["categories"]})
        # categories compare by pair: the same category in two directives counts twice
        hits = predicted = labelled = 0
        for directive, expected in pairs:
            have, want = set(categories(directive)[:3]), set(expected["categories"])
            hits, predicted, labelled = hits + len(have & want), predicted + len(have), labelled + len(want)
            if have != want:
                self.fail("directive_categories", sorted(have - want), sorted(want - have), expected["anchor"])
        self.counts["directive_categories"] = (hits, predicted, labelled)

    def _directive(self, found: Record, gold: Record) -> None:
        item = gold["anchor"]
        ordinal, speaker = found.get("ordinal"), found.get("speaker")
        if gold.get("ordinal") is not None:
            self.ask("ordinals", ordinal == gold["ordinal"], ordinal, gold["ordinal"], item)
        else:
            self.ask("false_ordinal", ordinal is not None, ordinal, None, item)
        if gold.get("speaker"):
            self.ask("speaker", speaker == gold["speaker"], speaker, gold["speaker"], item)
        else:
            self.ask("false_speaker", bool(speaker), speaker, None, item)
        have, want = categories(found)[:3], gold["categories"]
        self.ask("main_category", bool(want) and want[0] in have, have, want, item)
        self.ask("first_category", bool(have and want) and have[0] == want[0], have, want, item)


def match_directives(found: list[Record], gold: list[Record]) -> list[tuple[Record, Record]]:
    """Each labelled directive with the first unused one that begins with its anchor, give or take a lead-in clause."""
    texts = [core(directive.get("text")) for directive in found]
    free = list(range(len(found)))
    pairs = []
    for expected in gold:
        anchor = core(expected["anchor"])
        match = next((i for i in free if 0 <= texts[i].find(anchor) <= ANCHOR_WINDOW), None)
        if match is not None:
            free.remove(match)
            pairs.append((found[match], expected))
    return pairs


def is_same_issuer(found: str, gold: str) -> bool:
    """The same body under a fuller or shorter name: 湖北省人民政府 and 湖北省, not 领导小组 and 上海市…领导小组."""
    a, b = (re.sub("^中共|人民政府$|政府$", "", squash(name)) for name in (found, gold))
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (short in long and len(short) >= 0.7 * len(long)) or SequenceMatcher(None, a, b).ratio() >= 0.8


def squash(text: str | None) -> str:
    """Text without white space and punctuation."""
    return re.sub(r"[\W_]+", "", text or "").lower()


def core(text: str | None) -> str:
    """Squashed text without the characters that some mirrors delete, so that repaired and damaged copies are equal."""
    return re.sub("[一最领极级]", "", squash(text))


def categories(directive: Record) -> list[str]:
    """Category ids of a directive's measures, of a record or of a label."""
    if "measures" in directive:
        return [m["category"] if isinstance(m, dict) else m for m in directive["measures"]]
    return list(directive.get("categories") or [])


def region_path(record: Record) -> list[str]:
    """Names from the province down."""
    region = record.get("region")
    return list((region.get("path") if isinstance(region, dict) else region) or [])


def _figure(figure: Record) -> tuple[float, str]:
    return round(float(figure["value"]), 6), figure["unit"]


def _overlap(have: set[str], want: set[str]) -> tuple[int, int, int]:
    return len(have & want), len(have), len(want)


def _short(value: object) -> str:
    """A value in one line."""
    return " ".join(_plain(value).split())[:LONGEST]


def _plain(value: object) -> str:
    if isinstance(value, tuple | list):
        return "、".join(map(_plain, value)) or "-"
    return "-" if value is None else str(value)
