"""Copies among announcements: near-duplicate documents, and directives that pass on a higher level's words.

    group_duplicates([Announcement("a", text=text), Announcement("b", text=text + "来源：某网")])
    -> {"a": Copy(None, None), "b": Copy("a", 0.98)}

Pure functions over values; imports nothing of ours. Both scale by sketches: a document is 128 minimal hashes of its
runs of characters, so that two documents are compared by counting equal ones, and only those are compared that agree in
some band of four. A sketch depends on its text alone: keep it, and a later build need not read unchanged texts again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

RUN = 5  # characters of a run whose hashes a document's sketch is made of
HASHES = 128
BAND = (
    4  # equal hashes in a row that make two documents worth comparing: at 0.7 similarity all but 1 in 5000 pairs meet
)
NEAR = 0.7  # share of equal hashes from which on two documents are one announcement
CHUNK = 2048  # runs that are hashed at a time
ROUNDS = 16  # groups of documents that may share a band without being copies
LEVELS = ("national", "province", "prefecture", "county", "township", "unit")
FORWARDED = 0.6  # share of a directive's characters that stand in the higher level's
LEAST_SHARED = 16  # characters; a shorter run is an idiom
SHARED_RUN = 6  # characters of a run that counts as the same words
TRACE = 8  # characters of a run that leads from a directive to its possible sources
TRACE_EVERY = 3  # one run in three is kept as a trace
COMMON_TRACE = 64  # directives; what more of them say is an idiom
CANDIDATES = 4  # possible sources that are compared in full
SPREAD = np.uint64(0x9E3779B97F4A7C15)
# Mirrors drop these characters (advertising rules); without them damaged and clean copies compare equal.
NOT_CONTENT = re.compile(r"[\W_一最第领极级]+")
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is compared of a document: its content (without site furniture), or the sketch that was made of it."""

    document_id: str
    text: str = ""
    sketch: bytes | None = None
    published_date: str | None = None  # ISO; the earliest of a group is its primary
    meeting_date: str | None = None  # two sittings are never copies, however alike
    adcode: str | None = None  # nor are two regions' announcements
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What a document is a near-duplicate of, and how like it; nothing for a primary."""

    duplicate_of: str | None
    similarity: float | None


@dataclass(frozen=True, slots=True)
class DatedDirective:
    """A directive, who gave it and when."""

    directive_id: str
    text: str
    date: str | None  # ISO
    level: str | None  # of the issuer
    adcode: str | None  # of the issuer's region; None for the nation


@dataclass(frozen=True, slots=True)
class Forward:
    """The higher level's directive whose words a directive passes on."""

    directive_id: str
    source_directive_id: str
    similarity: float  # share of the directive's characters that are the source's
    shared_text: str  # the shared runs as the directive has them, joined by …


def sketch(text: str) -> bytes:
    """The sketch of a text: 512 bytes, equal for equal content; empty where there is too little to tell."""
    runs = _hash_runs(NOT_CONTENT.sub("", text), RUN)
    if len(runs) < RUN:
        return b""
    factors, offsets = _salts()
    least = np.full(HASHES, np.iinfo(np.uint32).max, np.uint32)
    mixed = (runs >> np.uint64(32)).astype(np.uint32)
    for at in range(0, len(mixed), CHUNK):  # so that a huge text needs little memory
        np.minimum(least, (mixed[at : at + CHUNK] * factors + offsets).min(1), out=least)
    return least.tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """Estimated share of runs that two texts have in common (Jaccard), from their sketches; 0 for an empty one."""
    if not a or not b:
        return 0.0
    return float(np.mean(np.frombuffer(a, np.uint32) == np.frombuffer(b, np.uint32)))


def group_duplicates(documents: Iterable[Announcement]) -> dict[str, Copy]:
    """For each document what it copies: the primary of its group is the earliest published, then one with an address,
    then the smallest id. Deterministic whatever the order; O(n log n) in the number of documents.
    """
    kept = sorted(documents, key=lambda d: (d.published_date or "9999", not d.url, d.document_id))
    copies = {d.document_id: Copy(None, None) for d in kept}
    sketches = [sketch(d.text) if d.sketch is None else d.sketch for d in kept]
    known = [d for d, of in zip(kept, sketches, strict=True) if of]
    if len(known) < 2:
        return copies
    table = np.frombuffer(b"".join(sketches), np.uint32).reshape(len(known), HASHES)
    keys = [np.array([_key(d.meeting_date) for d in known]), np.array([_key(d.adcode) for d in known])]
    likes: dict[int, set[int]] = {}  # row → earlier rows that it is like
    for first in range(0, HASHES, BAND):
        _add_likes(table, keys, first, likes)
    primary: dict[int, int] = {}
    for row in sorted(likes):
        heads = {primary.get(earlier, earlier) for earlier in likes[row]}
        alike = [(float(np.mean(table[row] == table[head])), -head) for head in heads if _may_match(keys, row, head)]
        if alike and max(alike)[0] >= NEAR:
            like, minus_head = max(alike)
            primary[row] = -minus_head
            copies[known[row].document_id] = Copy(known[-minus_head].document_id, round(like, 3))
    return copies


def find_forwards(directives: Iterable[DatedDirective]) -> list[Forward]:
    """For each directive that passes on words of a higher level: its likeliest source, sorted by directive_id.

    A source is given by a higher level (LEVELS) whose region holds the directive's, and is dated no later. Directives
    without date or level have no source and are none.
    """
    known = sorted(
        (d for d in directives if d.date and d.level in LEVELS),
        key=lambda d: (LEVELS.index(str(d.level)), d.date, d.directive_id),
    )
    votes = _count_traces(known)
    forwards = []
    for later, sources in votes.items():
        best = max(
            (
                (share, -source, shared)
                for source, _ in sorted(sources.items(), key=lambda s: (-s[1], s[0]))[:CANDIDATES]
                for share, shared in [_shared(known[later].text, known[source].text)]
            ),
            default=(0.0, 0, ""),
        )
        if best[0] >= FORWARDED:
            forwards.append(
                Forward(known[later].directive_id, known[-best[1]].directive_id, round(best[0], 3), best[2])
            )
    return sorted(forwards, key=lambda f: f.directive_id)


@cache
def _salts() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Odd factors and offsets of the 128 hash functions, the same in every process."""
    rng = np.random.Generator(np.random.PCG64(20200123))
    factors = rng.integers(1, 2**32, (HASHES, 1), np.uint32) | np.uint32(1)
    return factors, rng.integers(0, 2**32, (HASHES, 1), np.uint32)


def _hash_runs(text: str, length: int) -> Hashes:
    """64-bit hashes of the runs of a text, in text order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = len(codes) - length + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    for i in range(length):
        hashes = (hashes ^ codes[i : i + count]) * SPREAD
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _key(value: str | None) -> int:
    """A number for a date or code that must not differ; 0 where it is unknown."""
    return int("0" + re.sub(r"\D", "", value or ""))


def _may_match(keys: Sequence[NDArray[np.int64]], row: int, other: int) -> bool:
    return all(k[row] == k[other] or not k[row] or not k[other] for k in keys)


def _add_likes(
    table: NDArray[np.uint32], keys: Sequence[NDArray[np.int64]], first: int, likes: dict[int, set[int]]
) -> None:
    """Adds rows that agree in a band and are near: to each row, the leader of its group that stands before it."""
    band = np.zeros(len(table), np.uint64)
    for column in range(first, first + BAND):
        band = (band ^ table[:, column]) * SPREAD
    order = np.argsort(band, kind="stable")
    for start, end in _equal_stretches(band[order]):
        rest = order[start:end]
        for _ in range(ROUNDS):
            leader = int(rest[0])
            rest = np.array([row for row in rest[1:].tolist() if leader not in likes.get(row, ())], np.int64)
            if not len(rest):
                break
            near = np.mean(table[rest] == table[leader], axis=1) >= NEAR
            for key in keys:
                near &= (key[rest] == key[leader]) | (key[rest] == 0) | (key[leader] == 0)
            for row in rest[near].tolist():
                likes.setdefault(row, set()).add(leader)
            rest = rest[~near]
            if len(rest) < 2:
                break


def _equal_stretches(values: Hashes) -> Iterable[tuple[int, int]]:
    """Where two or more equal values stand in a row, in sorted values, as (start, end)."""
    if not len(values):
        return
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    ends = np.append(starts[1:], len(values))
    several = ends - starts > 1
    yield from zip(starts[several].tolist(), ends[several].tolist(), strict=True)


def _count_traces(known: Sequence[DatedDirective]) -> dict[int, Counter[int]]:
    """For each directive, how many traces it shares with each possible source; both as places in `known`."""
    votes: dict[int, Counter[int]] = {}
    of, trace = _traces([NOT_CONTENT.sub("", d.text) for d in known])
    order = np.argsort(trace, kind="stable")
    for start, end in _equal_stretches(trace[order]):
        if end - start <= COMMON_TRACE:
            members = of[order[start:end]].tolist()  # higher levels first, then by date
            for place, later in enumerate(members):
                for source in members[:place]:
                    if _may_be_source(known[source], known[later]):
                        votes.setdefault(later, Counter())[source] += 1
    return votes


def _traces(texts: Sequence[str]) -> tuple[NDArray[np.int64], Hashes]:
    """Kept traces of all texts and whose each is, in parallel arrays; texts are hashed together, many at a time."""
    owners, traces = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
    for at in range(0, len(texts), CHUNK):
        part = texts[at : at + CHUNK]
        owner = np.repeat(np.arange(at, at + len(part)), [len(text) for text in part])
        hashes = _hash_runs("".join(part), TRACE)
        count = len(hashes)
        own = owner[:count] == owner[len(owner) - count :] if count else np.empty(0, bool)
        kept = own & ((hashes >> np.uint64(32)) % np.uint64(TRACE_EVERY) == 0)
        owners.append(owner[:count][kept])
        traces.append(hashes[kept])
    return np.concatenate(owners), np.concatenate(traces)


def _may_be_source(source: DatedDirective, directive: DatedDirective) -> bool:
    """Whether a directive was given by a level above another's, over its region, and no later."""
    if LEVELS.index(str(source.level)) >= LEVELS.index(str(directive.level)):
        return False
    if str(source.date) > str(directive.date):
        return False
    if source.level == "national":
        return True
    region = (source.adcode or "").rstrip("0")
    region += "0" * (len(region) % 2)  # 110000 is 11, 500000 is 50
    return bool(region) and (directive.adcode or "").startswith(region)


def _shared(text: str, source: str) -> tuple[float, str]:
    """Share of a text's characters that stand in runs of the source, and those runs."""
    runs = {source[i : i + SHARED_RUN] for i in range(len(source) - SHARED_RUN + 1)}
    stretches: list[list[int]] = []
    for i in range(len(text) - SHARED_RUN + 1):
        if text[i : i + SHARED_RUN] in runs:
            if stretches and i <= stretches[-1][1]:
                stretches[-1][1] = i + SHARED_RUN
            else:
                stretches.append([i, i + SHARED_RUN])
    shared = sum(b - a for a, b in stretches)
    if shared < LEAST_SHARED:
        return 0.0, ""
    return shared / len(text), "…".join(text[a:b] for a, b in stretches)
