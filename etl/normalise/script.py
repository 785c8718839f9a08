"""Which script a text is in, and Traditional to Simplified: 國務院 → 国务院. Imports lexicon only.

The tables are OpenCC's own (t2s: TSPhrases, TSCharacters); in them no conversion changes the length of a text, so
that positions stay. On top come rows of etl/data/variants.tsv for what mirror sites convert wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from etl.errors import LexiconError
from etl.lexicon.tables import DATA, read_table
from etl.records import Script

ASTRAL = "\U00010000"
PROSE = re.compile("[，。,]")


@dataclass(frozen=True, slots=True, eq=False)
class ScriptTables:
    """Conversion tables; `phrases` go before `characters`, longest first, from left to right."""

    characters: dict[int, str]
    phrases: dict[str, str]
    phrase_pattern: re.Pattern[str]
    traditional: re.Pattern[str]  # characters that simplified text does not use
    simplified: re.Pattern[str]  # characters that traditional text does not use


def opencc_dictionary(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionary files as {from: targets, the preferred first}. Raises LexiconError."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise LexiconError("opencc-python-reimplemented is not installed; pip install -r requirements.txt")
    path = Path(spec.submodule_search_locations[0]) / "dictionary" / name
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise LexiconError(f"{path.name}: not in the opencc package; reinstall opencc-python-reimplemented") from error
    return {source: targets.split(" ") for source, _, targets in (line.partition("\t") for line in lines) if targets}


def longest_first(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of literal words that, at each place, matches the longest."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))))


@cache
def load_tables() -> ScriptTables:
    """The tables of OpenCC's t2s with our rows on top. Raises LexiconError."""
    characters = {a: b[0] for a, b in opencc_dictionary("TSCharacters.txt").items()}
    phrases = {a: b[0] for a, b in opencc_dictionary("TSPhrases.txt").items()}
    for row in read_table(DATA / "variants.tsv", unique=("written",)):
        written, meant = row["written"], row["meant"]
        if len(written) != len(meant):
            raise row.error(f"{written!r} and {meant!r} differ in length; positions must stay")
        (characters if len(written) == 1 else phrases)[written] = meant
    changed = {a for a, b in characters.items() if a != b}
    # 后, 里 and 干 are simplified forms and traditional characters of their own: they tell nothing.
    telling = {a for a, b in opencc_dictionary("STCharacters.txt").items() if a not in b} - changed
    return ScriptTables(
        characters={ord(a): b for a, b in characters.items() if a != b},
        phrases=phrases,
        phrase_pattern=longest_first(phrases),
        # Characters beyond U+FFFF are left out: they are rare, and a class with them is 20 times slower.
        traditional=re.compile(f"[{''.join(sorted(c for c in changed if c < ASTRAL))}]"),
        simplified=re.compile(f"[{''.join(sorted(c for c in telling if c < ASTRAL))}]"),
    )


@cache
def simplified_to_traditional() -> dict[str, str]:
    """The traditional forms of a simplified character, run together: 后 → 後后."""
    return {a: "".join(b) for a, b in opencc_dictionary("STCharacters.txt").items()}


def traditional_forms(characters: Iterable[str]) -> frozenset[str]:
    """All that become one of the characters: 历 → 歷, 曆."""
    wanted = set(characters)
    return frozenset(chr(a) for a, b in load_tables().characters.items() if b in wanted)


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length: 於是關於乾坤 → 于是关于乾坤."""
    tables = load_tables()
    pieces = []
    done = 0
    for m in tables.phrase_pattern.finditer(text):
        pieces.append(text[done : m.start()].translate(tables.characters))
        pieces.append(tables.phrases[m[0]])
        done = m.end()
    pieces.append(text[done:].translate(tables.characters))
    return "".join(pieces)


def detect_script(text: str, readings: int) -> Script:
    """hans, hant or hant-pinyin, by whose own characters prevail, and how many bracketed readings stood in it.

    Prose decides, not the lines of a site around it: a simplified site may show a traditional article.
    """
    tables = load_tables()
    text = "\n".join(line for line in text.split("\n") if PROSE.search(line)) or text
    traditional = len(tables.traditional.findall(text))
    if traditional < 2 or traditional <= len(tables.simplified.findall(text)):
        return "hans"
    return "hant-pinyin" if readings >= 2 else "hant"
