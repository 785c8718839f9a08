"""Copies among announcements: near-duplicate documents, and directives that pass on a higher level's words.

    group_duplicates([Announcement("a", text=text), Announcement("b", text=text + "来源：某网")])
    -> {"a": Copy(None, None), "b": Copy("a", 0.98)}

Pure functions over values; imports nothing of ours. Both scale by sketches: a document is 128 minimal hashes of its
runs of characters, so that two documents are compared by counting equal ones, and only those are compared that agree in
some band of four. Its first days and numbers come with it: notice No. 4 is no copy of No. 3, however alike they are.
A sketch depends on its text alone: keep it, and a later build need not read unchanged texts again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

RUN = 5  # characters of a run whose hashes a document's sketch is made of
HASHES = 128
BAND = (
    4  # equal hashes in a row that make two documents worth comparing: at 0.7 similarity all but 1 in 5000 pairs meet
)
HASH_BYTES = 4 * HASHES
NEAR = 0.7  # share of equal hashes from which on two documents are one announcement
CHUNK = 2048  # runs that are hashed at a time
ROUNDS = 6  # groups of documents that may share a band without being copies
LEVELS = ("national", "province", "prefecture", "county", "township", "unit")
FORWARDED = 0.6  # share of a directive's characters that stand in the higher level's
LEAST_SHARED = 16  # characters; a shorter run is an idiom
SHARED_RUN = 6  # characters of a run that counts as the same words
TRACE = 8  # characters of a run that leads from a directive to its possible sources
TRACE_EVERY = 3  # one run in three is kept as a trace
COMMON_TRACE = 64  # directives; what more of them say is an idiom
STRETCHES = 1 << 18  # traces whose pairs are counted at a time
CANDIDATES = 4  # possible sources that are compared in full
SHIFT = np.uint64(29)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
# Mirrors drop these characters (advertising rules); without them damaged and clean copies compare equal.
NOT_CONTENT = re.compile(r"[\W_一最第领极级]+")
HEAD = 300  # characters of title and lead, whose days and numbers tell sittings and notices of one wording apart
DISTINCTION = re.compile(
    r"(?P<day>[0-9]{1,2}月[0-9]{1,2}日)|第(?:[0-9]{1,4}|[零〇一二三四五六七八九十百]{1,5})(?P<kind>[号次期批])"
)
KINDS = "日号次期批"
Hashes = NDArray[np.uint64]
DIRECTIVES = pa.schema(  # of all documents that count: who gave them and when
    [
        ("directive_id", pa.string()),
        ("text", pa.large_string()),  # of millions more than 2 GB
        ("date", pa.date32()),
        ("level", pa.string()),  # of the issuer
        ("adcode", pa.string()),  # of the issuer's region; null for the nation
    ]
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is compared of a document: its content (without site furniture), or the sketch that was made of it."""

    document_id: str
    text: str = ""
    sketch: bytes | None = None
    published_date: str | None = None  # ISO
    meeting_date: str | None = None  # two sittings are never copies, however alike
    adcode: str | None = None  # nor are two regions' announcements
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What a document is a near-duplicate of, and how like it; nothing for a primary."""

    duplicate_of: str | None
    similarity: float | None


@dataclass(frozen=True, slots=True)
class Forward:
    """The higher level's directive whose words a directive passes on."""

    directive_id: str
    source_directive_id: str
    similarity: float  # share of the directive's characters that are the source's
    shared_text: str  # the shared runs as the directive has them, joined by …


def sketch(text: str) -> bytes:
    """The sketch of a text: 512 bytes of hashes, equal for equal content, then its distinctions, four bytes each.

    Empty where there is too little to tell.
    """
    runs = _hash_runs(NOT_CONTENT.sub("", text), RUN)
    if len(runs) < RUN:
        return b""
    factors, offsets = _salts()
    least = np.full(HASHES, np.iinfo(np.uint32).max, np.uint32)
    mixed = (runs >> np.uint64(32)).astype(np.uint32)
    for at in range(0, len(mixed), CHUNK):  # so that a huge text needs little memory
        values = mixed[at : at + CHUNK] * factors
        values += offsets
        np.minimum(least, np.minimum.reduce(values, axis=1), out=least)
    return least.tobytes() + _distinctions(text)


def similarity(a: bytes, b: bytes) -> float:
    """Estimated share of runs that two texts have in common (Jaccard), from their sketches; 0 for an empty one."""
    if not a or not b:
        return 0.0
    return float(np.mean(_hashes(a) == _hashes(b)))


def group_duplicates(documents: Iterable[Announcement]) -> dict[str, Copy]:
    """For each document what it copies: the primary of its group is one whose meeting is dated, then the earliest
    published, then one with an address, then the smallest id. Deterministic whatever the order; O(n log n) in the
    number of documents.
    """
    kept = sorted(documents, key=lambda d: (not d.meeting_date, d.published_date or "9999", not d.url, d.document_id))
    copies = {d.document_id: Copy(None, None) for d in kept}
    sketches = [sketch(d.text) if d.sketch is None else d.sketch for d in kept]
    known = [d for d, of in zip(kept, sketches, strict=True) if of]
    if len(known) < 2:
        return copies
    numbers: dict[tuple[int, ...], int] = {}
    table = Table(
        hashes=np.stack([_hashes(of) for of in sketches if of]),
        dates=np.array([_key(d.meeting_date) for d in known]),
        places=np.array([_key(d.adcode) for d in known]),
        heads=np.array(
            [
                numbers.setdefault(tuple(np.frombuffer(of[HASH_BYTES:], np.uint32).tolist()), len(numbers))
                for of in sketches
                if of
            ]
        ),
        distinctions=list(numbers),
    )
    likes: dict[int, set[int]] = {}  # row → earlier rows that it is like
    for first in range(0, HASHES, BAND):
        _add_likes(table, first, likes)
    primary: dict[int, int] = {}
    for row in sorted(likes):
        heads = np.array(sorted({primary.get(earlier, earlier) for earlier in likes[row]}))
        shares = table.likeness(row, heads)
        if shares.max() >= NEAR:
            best = int(shares.argmax())  # the earliest of the likeliest
            primary[row] = int(heads[best])
            head = primary[row]
            table.places[head] = table.places[head] or table.places[row]  # its first placed copy speaks for it
            copies[known[row].document_id] = Copy(known[head].document_id, round(float(shares[best]), 3))
    return copies


def find_forwards(directives: pa.Table) -> list[Forward]:
    """For each directive that passes on words of a higher level: its likeliest source, sorted by directive_id.

    `directives` has the columns of DIRECTIVES. A source is given by a higher level (LEVELS) whose region holds the
    directive's, and is dated no later. Directives without date or level have no source and are none.
    """
    known = _givers_first(directives)
    ids, texts = known["directive_id"], known["text"]
    forwards = []
    for later, sources in _likeliest_sources(known):
        text = texts[later].as_py()
        share, source, shared = max(
            (share, -source, shared) for source in sources for share, shared in [_shared(text, texts[source].as_py())]
        )
        if share >= FORWARDED:
            forwards.append(Forward(ids[later].as_py(), ids[-source].as_py(), round(share, 3), shared))
    return sorted(forwards, key=lambda f: f.directive_id)


@cache
def _salts() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Odd factors and offsets of the 128 hash functions, the same in every process."""
    rng = np.random.Generator(np.random.PCG64(20200123))
    factors = rng.integers(1, 2**32, (HASHES, 1), np.uint32) | np.uint32(1)
    return factors, rng.integers(0, 2**32, (HASHES, 1), np.uint32)


def _hash_runs(text: str, length: int) -> Hashes:
    """64-bit hashes of the runs of a text, in text order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    count = len(codes) - length + 1
    if count < 1:
        return np.empty(0, np.uint64)
    hashes = np.zeros(count, np.uint64)
    for i in range(length):
        hashes ^= codes[i : i + count]
        hashes *= SPREAD
        hashes ^= hashes >> SHIFT
    return hashes


def _key(value: str | None) -> int:
    """A number for a date or code that must not differ; 0 where it is unknown."""
    return int("0" + re.sub(r"\D", "", value or ""))


def _hashes(sketch: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(sketch[:HASH_BYTES], np.uint32)


def _distinctions(text: str) -> bytes:
    """Days and numbers of a text's head, each kind in the high byte: 2月3日, 第4号, 第二次."""
    found = []
    for m in DISTINCTION.finditer(text[:HEAD]):
        if value := NOT_CONTENT.sub("", m["day"] or m[0].strip("第号次期批")):
            found.append(KINDS.index(m["kind"] or "日") << 24 | crc32(value.encode()) & 0xFFFFFF)
    return np.array(list(dict.fromkeys(found)), np.uint32).tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What is compared of all documents, a row each; dates and places are 0 where unknown."""

    hashes: NDArray[np.uint32]
    dates: NDArray[np.int64]
    places: NDArray[np.int64]
    heads: NDArray[np.int64]  # each row's place in `distinctions`
    distinctions: list[tuple[int, ...]]

    def likeness(self, row: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of equal hashes of a row with others; 0 where date, place or distinctions say that they differ."""
        shares = np.zeros(len(others))
        apart = np.zeros(len(others), bool)
        for key in (self.dates, self.places):
            if key[row] != 0:
                theirs = key[others]
                apart |= (theirs != key[row]) & (theirs != 0)
        alike = np.flatnonzero(~apart)  # most are apart: only the rest is worth comparing
        if not len(alike):
            return shares
        shares[alike] = np.count_nonzero(self.hashes[others[alike]] == self.hashes[row], axis=1) / HASHES
        if shares.max() < NEAR:
            return shares
        heads = self.heads[others]
        for head in np.unique(heads[shares >= NEAR]).tolist():
            if self._differ(self.distinctions[self.heads[row]], self.distinctions[head]):
                shares[heads == head] = 0
        return shares

    def _differ(self, a: tuple[int, ...], b: tuple[int, ...]) -> bool:
        """Whether each has a day, or each a number of one kind, that the other lacks."""
        return a != b and bool({d >> 24 for d in a if d not in b} & {d >> 24 for d in b if d not in a})

    def sortings(self, first: int) -> Iterable[Hashes]:
        """Values that are equal for rows which agree in a band: with all that tells them apart, and without."""
        band = np.zeros(len(self.hashes), np.uint64)
        for column in range(first, first + BAND):
            band = (band ^ self.hashes[:, column]) * SPREAD
        firsts = np.array([d[0] if d else 0 for d in self.distinctions], np.uint64)[self.heads]
        told_apart = band
        for key in (self.dates.astype(np.uint64), self.places.astype(np.uint64), firsts):
            told_apart = (told_apart ^ key) * SPREAD
        return told_apart, band


def _add_likes(table: Table, first: int, likes: dict[int, set[int]]) -> None:
    """Adds rows that agree in a band and are near: to each row, the leader of its group that stands before it."""
    for values in table.sortings(first):
        order = np.argsort(values, kind="stable")
        rows = order.tolist()
        for start, end in _equal_stretches(values[order]).tolist():
            rest = rows[start:end]
            for _ in range(ROUNDS):
                leader = rest[0]
                rest = [row for row in rest[1:] if leader not in likes.get(row, ())]
                if not rest:
                    break
                near = table.likeness(leader, np.array(rest)) >= NEAR
                for row, is_near in zip(rest, near.tolist(), strict=True):
                    if is_near:
                        likes.setdefault(row, set()).add(leader)
                rest = [row for row, is_near in zip(rest, near.tolist(), strict=True) if not is_near]
                if len(rest) < 2:
                    break


def _equal_stretches(values: Hashes) -> NDArray[np.int64]:
    """Where two or more equal values stand in a row, in sorted values: a row (start, end) each."""
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else np.empty(0, int)
    ends = np.append(starts[1:], len(values))
    several = ends - starts > 1
    return np.column_stack([starts[several], ends[several]])


def _givers_first(directives: pa.Table) -> pa.Table:
    """Directives with date and level, higher levels first, then by date and id."""
    directives = directives.cast(DIRECTIVES)
    rank = pc.index_in(directives["level"], pa.array(LEVELS))
    known = directives.append_column("rank", rank).filter(pc.and_(rank.is_valid(), directives["date"].is_valid()))
    order = pc.sort_indices(known, [(column, "ascending") for column in ("rank", "date", "directive_id")])
    return known.take(order).combine_chunks()


def _likeliest_sources(known: pa.Table) -> Iterator[tuple[int, list[int]]]:
    """For each directive its possible sources that share most traces with it, at most CANDIDATES; places in `known`."""
    pairs, votes = _count_traces(known)
    later, source = pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)
    order = np.lexsort((source, -votes, later))
    later, source = later[order], source[order].astype(np.int64)
    starts = np.flatnonzero(np.concatenate([[True], later[1:] != later[:-1]])[: len(later)])
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(later)], strict=False):
        yield int(later[start]), source[start : min(end, start + CANDIDATES)].tolist()


def _count_traces(known: pa.Table) -> tuple[Hashes, NDArray[np.int64]]:
    """Pairs of directives that share traces, and how many: (later << 32 | possible source), as places in `known`."""
    of, trace = _traces(known["text"])
    order = np.argsort(trace, kind="stable")  # members of a stretch: higher levels first, then by date
    stretches = _equal_stretches(trace[order])
    stretches = stretches[stretches[:, 1] - stretches[:, 0] <= COMMON_TRACE]
    may_be_source = _sources(known)
    found, votes = np.empty(0, np.uint64), np.empty(0, np.int64)
    for at in range(0, len(stretches), STRETCHES):
        part = stretches[at : at + STRETCHES]
        first, last = part[:, 0], part[:, 1]
        pairs = []
        for _ in range(int((last - first).max()) - 1):  # the nth member of every stretch, with those behind it
            first, last = first[last - first > 1], last[last - first > 1]
            rest = last - first - 1
            sources = np.repeat(of[order[first]], rest)
            within = np.arange(len(sources)) - np.repeat(np.cumsum(rest) - rest, rest)
            later = of[order[np.repeat(first + 1, rest) + within]]
            kept = may_be_source(sources, later)
            pairs.append(later[kept].astype(np.uint64) << np.uint64(32) | sources[kept].astype(np.uint64))
            first = first + 1
        found, votes = _add_up(np.concatenate([found, *pairs]), votes)
    return found, votes


def _add_up(pairs: Hashes, votes: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
    """Every pair once, with the sum of its votes; pairs behind those that have votes count one each."""
    weights = np.concatenate([votes, np.ones(len(pairs) - len(votes), np.int64)])
    unique, place = np.unique(pairs, return_inverse=True)
    return unique, np.bincount(place, weights, len(unique)).astype(np.int64)


def _traces(texts: pa.ChunkedArray) -> tuple[NDArray[np.int64], Hashes]:
    """Kept traces of all texts and whose each is, in parallel arrays; texts are hashed together, many at a time."""
    owners, traces = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
    for at in range(0, len(texts), CHUNK):
        part = [NOT_CONTENT.sub("", text) for text in texts.slice(at, CHUNK).to_pylist()]
        owner = np.repeat(np.arange(at, at + len(part)), [len(text) for text in part])
        hashes = _hash_runs("".join(part), TRACE)
        count = len(hashes)
        own = owner[:count] == owner[len(owner) - count :] if count else np.empty(0, bool)
        kept = own & ((hashes >> np.uint64(32)) % np.uint64(TRACE_EVERY) == 0)
        owners.append(owner[:count][kept])
        traces.append(hashes[kept])
    return np.concatenate(owners), np.concatenate(traces)


def _sources(known: pa.Table) -> Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]:
    """Whether directives were given by a level above others', over their regions, and no later; places in `known`."""
    rank, day = (known[column].to_numpy() for column in ("rank", "date"))
    coded = known["adcode"].combine_chunks().dictionary_encode()
    codes = [(code or "") for code in coded.dictionary.to_pylist()] + [""]
    number = coded.indices.fill_null(len(codes) - 1).to_numpy(zero_copy_only=False)
    region = np.array([_stem(code) for code in codes])
    # 310000 stands for all of 31…: the stem of a region is compared with as many digits of the other's code
    shape = np.array([10 ** (6 - len(str(stem))) if stem else 1 for stem in region.tolist()])
    code = np.array([int(code) if code.isdigit() else -1 for code in codes])

    def may_be_source(source: NDArray[np.int64], later: NDArray[np.int64]) -> NDArray[np.bool_]:
        above = (rank[source] < rank[later]) & (day[source] <= day[later])
        of, to = number[source], number[later]
        holds = (region[of] > 0) & (code[to] // shape[of] == region[of])
        return np.asarray(above & ((rank[source] == 0) | holds))

    return may_be_source


def _stem(adcode: str) -> int:
    """The digits of a region's code that its parts' codes begin with; 0 for none: 310000 → 31, 110000 → 11."""
    digits = adcode.rstrip("0")
    digits += "0" * (len(digits) % 2)  # 500000 is 50
    return int(digits) if digits.isdigit() else 0


def _shared(text: str, source: str) -> tuple[float, str]:
    """Share of a text's characters that stand in runs of the source, and those runs."""
    if len(text) >= LEAST_SHARED and text in source:
        return 1.0, text
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
