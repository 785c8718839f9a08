"""Pinyin that mirror sites put in brackets behind Chinese characters: 國務(wù)院 → 國務院. Imports draft, lexicon."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.lexicon.tables import DATA, read_table
from etl.normalise.draft import Draft, Edit

TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ"
LETTERS = f"a-zɑɡüê{TONED}\u0300\u0301\u0304\u0306\u030c"
BRACKET = re.compile(rf"[(（] ?([{LETTERS}](?:[{LETTERS}' ]{{0,38}}[{LETTERS}])?) ?[)）]")
SPELLING = str.maketrans("ɑɡăĕĭŏŭ", "agǎěǐǒǔ")
HAS_TONE = re.compile(f"[{TONED}]")
FEWEST = 2  # bracketed readings with tone marks from which on ones without are believed too
MANY = 4  # bracketed readings without tone marks that do it on their own


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Syllables and who is read so."""

    characters: dict[str, frozenset[str]]  # "lián" → 聯, 连, …
    toneless: dict[str, frozenset[str]]  # "lian" → all of lián, liǎn, liàn
    longest: int  # letters of the longest syllable


@cache
def load_readings() -> Readings:
    """The readings of etl/data/pinyin.tsv. Raises LexiconError."""
    characters: dict[str, frozenset[str]] = {}
    toneless: dict[str, set[str]] = {}
    for row in read_table(DATA / "pinyin.tsv", unique=("reading",)):
        characters[row["reading"]] = frozenset(row["characters"])
        toneless.setdefault(_bare(row["reading"]), set()).update(row["characters"])
    return Readings(characters, {k: frozenset(v) for k, v in toneless.items()}, max(map(len, characters)))


def _bare(reading: str) -> str:
    """lǜ → lv, wù → wu."""
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ǖ", "v")


def spelled(letters: str) -> str:
    """The letters as the table spells them: composed, with plain a and g."""
    return unicodedata.normalize("NFC", letters.translate(SPELLING))


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or character in "〇"
        or ("\U00020000" <= character <= "\U0003ffff")
    )


def remove_pinyin(draft: Draft) -> tuple[Draft, int]:
    """The draft without bracketed readings, and how many there were. （PPE）, (CDC) and (APP) stay.

    A reading with a tone mark must be made of syllables; one without must be a reading of the character before it, and
    other readings must stand in the text.
    """
    text = draft.text
    if "(" not in text and "（" not in text:
        return draft, 0
    toned: list[re.Match[str]] = []
    bare: list[re.Match[str]] = []
    behind = -1  # where the last accepted bracket ended: another may follow it
    for m in BRACKET.finditer(text):
        start = m.start()
        if not (start and (is_han(text[start - 1]) or start == behind)):
            continue
        letters, has_tone, is_reading = _judge(m[1])
        if has_tone:
            if is_reading:
                toned.append(m)
                behind = m.end()
        elif text[start - 1] in load_readings().toneless.get(letters, ()):
            bare.append(m)
    found = toned
    if len(toned) >= FEWEST or len(bare) >= MANY:
        found = sorted([*toned, *bare], key=lambda m: m.start())
    return draft.edit([Edit(m.start(), m.end(), "", "pinyin") for m in found]), len(found)


@lru_cache(maxsize=4096)
def _judge(letters: str) -> tuple[str, bool, bool]:
    """The letters as the table spells them, whether they bear a tone mark, and whether they part into syllables."""
    letters = spelled(letters)
    has_tone = HAS_TONE.search(letters) is not None
    return letters, has_tone, has_tone and _is_pinyin(letters.replace(" ", "").replace("'", ""))


@cache
def _syllables() -> frozenset[str]:
    return frozenset(load_readings().characters)


def _is_pinyin(letters: str) -> bool:
    """Whether the letters (at most 40) part into syllables: shànghǎi."""
    syllables, longest = _syllables(), load_readings().longest
    if letters in syllables:
        return True
    reached = {0}
    for i in range(len(letters)):
        if i in reached:
            reached.update(j for j in range(i + 1, min(i + longest, len(letters)) + 1) if letters[i:j] in syllables)
    return len(letters) in reached
