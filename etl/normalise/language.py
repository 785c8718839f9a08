"""How Chinese a text looks: probabilities of characters and of pairs of them. Imports lexicon only.

Loaded when damaged or doubtful text is met, not before: most documents never need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from etl.lexicon.tables import DATA, read_table
from etl.normalise.script import traditional_forms

DIGITS = {d: i for i, d in enumerate("0123456789abcdefghijklmnopqrstuvwxyz")}
UNKNOWN = 40  # half bits: a character that is not in the table
BACKOFF = 3  # half bits on top of the single character's cost where a pair is not in the table
OTHER = 16  # half bits of a letter, digit or mark, of which the table says nothing
LONE = 4  # half bits on top for a character that stands for a word of its own
UNSEEN = 12  # half bits on top for a mark behind a mark that it never follows
STOPS = "¶0，。、；：？！（）“”《》"  # behind which any word may begin; 0 stands for every digit


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Costs in half bits (−2·log2 of a probability): low is usual Chinese, 40 and above is none."""

    single: dict[str, int]
    pairs: dict[str, int]
    common: frozenset[str]  # the 3,500 most frequent characters, their traditional forms, and Chinese punctuation

    def cost(self, before: str, character: str) -> int:
        """Cost of a simplified character behind another: cost("疫", "情") == 0."""
        pair = self.pairs.get(before + character)
        if pair is not None:
            return pair
        if character.isascii():
            return OTHER
        if character in STOPS:
            return self.single.get(character, UNKNOWN) + (UNSEEN if before in STOPS else 0)
        return self.single.get(character, UNKNOWN) + (0 if before in STOPS else BACKOFF)

    def word_cost(self, text: str) -> int:
        """Cost of a short simplified text parted into words of one or two characters, the cheapest way.

        Chains of pairs overlap (协同海口岸: 海口, 口岸); words do not, so that this tells 。口岸 from 海口岸.
        """
        best, previous, before = 0, 0, ""
        for character in text:
            alone = self.single.get(character, OTHER if character.isascii() else UNKNOWN)
            cost = best + alone + (0 if character in STOPS else LONE)
            if before:
                pair = self.pairs.get(before + character)
                if pair is not None and (before not in STOPS or character in STOPS):
                    cost = min(cost, previous + self.single.get(before, UNKNOWN) + pair)
            best, previous, before = cost, best, character
        return best

    def chain_cost(self, text: str, before: str = "¶") -> int:
        """Cost of a simplified text, each character behind the one before it."""
        total = 0
        for character in text:
            total += self.cost(before, character)
            before = character
        return total

    def fit(self, text: str) -> int:
        """Cost of a short simplified text, as a chain and as words: what decides between close readings."""
        return self.chain_cost(text[1:], text[:1]) + self.word_cost(text)


@cache
def load_words() -> frozenset[str]:
    """Words of three and four characters in jieba's list: evidence where a character is lost inside one.

    Empty where jieba is not installed. About 0.2 s, once a process, and only where a lost character is in doubt.
    """
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        return frozenset()
    path = Path(spec.submodule_search_locations[0]) / "dict.txt"
    with path.open(encoding="utf-8") as lines:
        return frozenset(word for line in lines if 3 <= len(word := line.partition(" ")[0]) <= 4)


PUNCTUATION = "，。、；：？！（）“”‘’《》〈〉【】…—·％～　①②③④⑤⑥⑦⑧⑨⑩"


@cache
def load_language() -> Language:
    """The costs of etl/data/characters.tsv. About 60 ms, once a process."""
    single: dict[str, int] = {}
    pairs: dict[str, int] = {}
    for row in read_table(DATA / "characters.tsv", unique=("character",)):
        character, followers = row["character"], row["followers"]
        single[character] = int(row["cost"])
        for follower, digit in zip(followers[::2], followers[1::2], strict=True):
            pairs[character + follower] = DIGITS[digit]
    common = sorted((c for c in single if "\u4e00" <= c <= "\u9fff"), key=single.__getitem__)[:3500]
    known = frozenset(common) | traditional_forms(common) | frozenset(PUNCTUATION)
    return Language(single, pairs, known)
