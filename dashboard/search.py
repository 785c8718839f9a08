"""What a reader searches for, and where it stands in a text. Imports nothing of ours; knows no Streamlit.

Texts in the warehouse are simplified and free of bracketed readings, so a query is brought into the same form:
核酸檢測, 核酸檢(jiǎn)測 and 核酸检测 are one. Every word must occur; a phrase stands in quotation marks of any kind; a
word behind a minus must not occur. Chinese has no spaces between words, so a word is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import opencc

MAX_WORDS = 6
MAX_EXCLUDED = 3
MAX_LENGTH = 40  # of a word
MAX_QUERY = 160
AROUND = 38  # characters shown on either side of a hit

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KEPT = "！（），：；？～"  # Chinese punctuation that NFKC would make half-width
QUOTES = {"“": "”", "”": "”", '"': '"', "„": "”", "‘": "’", "’": "’", "'": "'", "「": "」", "『": "』", "«": "»"}
MINUS = "-－−–—"
SEPARATOR = re.compile(r"[\s,，、;；。]+")
# A reading in brackets behind a character: one syllable in letters with or without tone marks, or a tone's digit.
READING = re.compile(rf"(?<=[{HAN}])\s?[（(][A-Za-zÀ-ÖØ-öø-ÿĀ-ǜḿńňǹ]{{1,7}}[1-5]?[）)]")
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
HALF_WIDTH = re.compile(rf"(?<=[{HAN}])[,:;!?](?=[{HAN}])")
FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
EDGES = "".join(QUOTES) + "".join(QUOTES.values()) + MINUS + " ，、；。：！？,;:!?"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as understood: simplified, in lower case."""

    words: tuple[str, ...] = ()  # all must occur
    excluded: tuple[str, ...] = ()  # none may
    is_cut: bool = False  # whether it named more, or longer, words than are looked for

    @property
    def is_cased(self) -> bool:
        """Whether it has letters that come in two cases."""
        return any(letter.upper() != letter for word in (*self.words, *self.excluded) for letter in word)

    def parameters(self) -> dict[str, object]:
        """Query parameters $word0… and $without0…."""
        named: dict[str, object] = {f"word{i}": word for i, word in enumerate(self.words)}
        return named | {f"without{i}": word for i, word in enumerate(self.excluded)}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text around hits: (words, whether they are a hit), and whether the text goes on."""

    pieces: tuple[tuple[str, bool], ...]
    is_cut_before: bool = False
    is_cut_after: bool = False

    def plain(self) -> str:
        """As one string: …严格落实核酸检测要求…"""
        words = "".join(words for words, _ in self.pieces)
        return ("…" if self.is_cut_before else "") + words + ("…" if self.is_cut_after else "")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def as_stored(words: str) -> str:
    """Words in the form of the warehouse's texts: '核酸檢(jiǎn)測１０次' → '核酸检测10次'."""
    kept = {ord(letter): chr(0xE000 + i) for i, letter in enumerate(KEPT)}  # private characters: out of NFKC's reach
    words = unicodedata.normalize("NFC", words)
    words = READING.sub("", words)
    words = unicodedata.normalize("NFKC", words.translate(kept))
    words = words.translate({ord(private): chr(letter) for letter, private in kept.items()})
    words = "".join(" " if letter.isspace() else letter for letter in words if letter.isspace() or letter.isprintable())
    words = HALF_WIDTH.sub(lambda m: FULL_WIDTH[m[0]], BETWEEN_HAN.sub("", words))
    return str(_converter().convert(words))


def understand(query: str) -> Wanted:
    """A reader's query: '核酸檢測 “动态清零” -抗原' → words 核酸检测 and 动态清零, without 抗原."""
    words: dict[str, None] = {}
    excluded: dict[str, None] = {}
    is_cut = len(query) > MAX_QUERY
    for part, is_excluded in _parts(query[:MAX_QUERY]):
        found = as_stored(part).strip(EDGES).lower()
        word = found[:MAX_LENGTH].strip(EDGES)
        is_cut |= len(found) > MAX_LENGTH
        if any(letter.isalnum() for letter in word):
            (excluded if is_excluded else words).setdefault(word)
    return Wanted(
        tuple(words)[:MAX_WORDS],
        tuple(excluded)[:MAX_EXCLUDED],
        is_cut or len(words) > MAX_WORDS or len(excluded) > MAX_EXCLUDED,
    )


def _parts(query: str) -> Iterator[tuple[str, bool]]:
    """Words and phrases of a query in order, each with whether a minus stands before it."""
    at = 0
    while at < len(query):
        if SEPARATOR.match(query[at]):
            at += 1
            continue
        is_excluded = query[at] in MINUS
        at += is_excluded
        if at < len(query) and query[at] in QUOTES:
            end = query.find(QUOTES[query[at]], at + 1)
            end = len(query) if end < 0 else end
            yield query[at + 1 : end], is_excluded
            at = end + 1
            continue
        end = at
        while end < len(query) and not SEPARATOR.match(query[end]) and query[end] not in QUOTES:
            end += 1
        yield query[at:end], is_excluded
        at = max(end, at + 1)


def quoted(words: str) -> str:
    """Words as a query that finds just them: '外防输入、内防反弹' → '"外防输入、内防反弹"'."""
    is_plain = not SEPARATOR.search(words) and words[:1] not in MINUS and not set(words) & set(QUOTES)
    return words if is_plain else '"' + words.replace('"', " ") + '"'


def find_hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stands, in order, none overlapping; of two that begin together the longer."""
    if not words:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def excerpts(text: str, words: Sequence[str], around: int = AROUND, most: int = 2) -> tuple[Excerpt, ...]:
    """Keywords in context: the first stretches of a text that show its hits, with every word shown once if possible.

    Stretches that touch are one. A text without a hit gives its beginning.
    """
    hits = find_hits(text, words)
    if not hits:
        return (_excerpt(text, 0, min(len(text), 2 * around), []),)
    firsts = {text[a:b].lower(): (a, b) for a, b in reversed(hits)}
    spans: list[tuple[int, int]] = []
    for a, b in [*sorted(firsts.values()), *hits]:
        start, end = max(0, a - around), min(len(text), b + around)
        touching = [span for span in spans if span[0] <= end and start <= span[1]]
        if not touching and len(spans) == most:
            continue
        if touching and all(start >= span[0] and end <= span[1] for span in touching):
            continue
        if touching and max(end, *(e for _, e in touching)) - min(start, *(s for s, _ in touching)) > 5 * around:
            continue
        spans = [span for span in spans if span not in touching]
        spans.append((min([start, *(s for s, _ in touching)]), max([end, *(e for _, e in touching)])))
    return tuple(_excerpt(text, start, end, hits) for start, end in sorted(spans))


def concordance(text: str, words: Sequence[str], most: int = 3, room: int = 60) -> list[tuple[str, str, str]]:
    """The first hits of a text, each with what stands before and behind it in its line."""
    lines = []
    for start, end in find_hits(text, words)[:most]:
        before, after = text[max(0, start - room) : start], text[end : end + room]
        lines.append((before.rpartition("\n")[2], text[start:end], after.partition("\n")[0]))
    return lines


def whole(text: str, words: Sequence[str]) -> Excerpt:
    """All of a text with its hits."""
    return _excerpt(text, 0, len(text), find_hits(text, words))


def _excerpt(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> Excerpt:
    pieces: list[tuple[str, bool]] = []
    at = start
    for a, b in hits:
        if b <= at or a >= end:
            continue
        if a > at:
            pieces.append((text[at:a], False))
        pieces.append((text[max(at, a) : min(b, end)], True))
        at = min(b, end)
    if at < end:
        pieces.append((text[at:end], False))
    flat = tuple((words.replace("\n", " "), is_hit) for words, is_hit in pieces)
    return Excerpt(flat, start > 0, end < len(text))
