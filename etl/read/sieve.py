"""A first look at a page of a web archive: can it be about epidemic control? Imports lexicon and patterns only.

A crawl holds a hundred pages of anything else for one that matters, and understanding a page costs a hundred times
what looking for a few words in it does. What the sieve stops is counted, never lost silently; how much it lets through
and how much it misses is measured (docs/scaling.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

import ahocorasick
import opencc

from etl.lexicon.sieve import load_sieve_terms
from etl.patterns import compile_presence

LOOKED_AT = 400_000  # bytes; longer pages are lists
LEAST_ORDERS = 3  # different words of orders or meetings; the shortest announcements have three
BROKEN = 50  # one byte in so many that is no UTF-8, and the page is in another encoding
NULS = 150  # one byte in so many is none: digits and line ends in UTF-16
ESCAPE = re.compile(r"&#x?[0-9a-fA-F]{4,6};")
READING = re.compile(r"[(（][A-Za-z\u00c0-\u01dc]{1,7}[)）]")  # 疫(yì)情(qíng), as some mirrors write


def may_be_announcement(data: bytes) -> bool:
    """Whether a page names the epidemic and holds words of orders and meetings, in whatever encoding."""
    return any(_passes(text) for text in _readings(data[:LOOKED_AT]))


def _readings(data: bytes) -> Iterator[str]:
    """The page in the encodings that it may be in; what does not decode is left out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) * NULS > len(data):
        yield data.decode("utf-16-le", "ignore")
        yield data.decode("utf-16-be", "ignore")
        return
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * BROKEN <= len(data):
        yield text
    else:
        yield data.decode("gb18030", "ignore")
        yield data.decode("big5hkscs", "ignore")


def _passes(text: str) -> bool:
    if ESCAPE.search(text):
        text = html.unescape(text)
    if READING.search(text):
        text = READING.sub("", text)
    if not _topic().search(text):
        return False
    orders = set()
    for _, order in _orders().iter(text):
        orders.add(order)
        if len(orders) >= LEAST_ORDERS:
            return True
    return False


@cache
def _topic() -> re.Pattern[str]:
    """Finds a word of the topic in either script. Most pages have none, and are read no further."""
    topic, _ = load_sieve_terms()
    return compile_presence(sorted({form for word in topic for form in _forms(word)}))


@cache
def _orders() -> ahocorasick.Automaton:
    """Finds every word of orders and meetings in either script, as its number."""
    _, order = load_sieve_terms()
    words = ahocorasick.Automaton()
    for number, word in enumerate(order):
        for form in _forms(word):
            words.add_word(form, number)
    words.make_automaton()
    return words


def _forms(word: str) -> tuple[str, str]:
    return word, _to_traditional().convert(word)


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
