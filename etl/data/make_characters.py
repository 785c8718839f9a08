"""Write etl/data/characters.tsv: how probable a Chinese character is, and which follow it.

    python etl/data/make_characters.py > etl/data/characters.tsv

Counted in jieba's word list (its word frequencies, within words) and in the bundled sample announcements (across
words, with punctuation), of which the held-aside fifth is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import jieba
from opencc import OpenCC

ROOT = Path(__file__).parents[2]
SAMPLE_WEIGHT = 400  # one pair in the sample counts as much as so many in jieba's list: the genre matters more
FEWEST = 40  # rarer pairs are left to the single characters
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
HEADER = """\
# Probability of Chinese characters and of pairs of them, for telling damaged text from sound text.
# Source: jieba 0.42.1 dict.txt (MIT) and etl/sample, counted by etl/data/make_characters.py, November 2026.
# column character: a character of simplified text or Chinese punctuation; ¶ stands for a line break
# column cost: -log2 of its probability, in half bits
# column followers: pairs of a following character and -log2 of its probability here, in half bits, as a base-36 digit
character\tcost\tfollowers"""


MARKS = "，。、；：？！（）“”《》¶"


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def main() -> None:
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        if all(map(is_han, word)):
            for c in word:
                single[c] += int(frequency)
            for a, b in pairwise(word):
                pairs[a + b] += int(frequency)
    marks: Counter[str] = Counter()  # jieba's list has none: their share is their share in the sample
    sample: Counter[str] = Counter()
    sampled = 0
    for path in sorted((ROOT / "etl" / "sample").glob("*.txt")):
        if int(path.stem.rsplit("-d", 1)[1]) % 5 == 4:
            continue
        text = OpenCC("t2s").convert("\n" + path.read_text("utf-8") + "\n").replace("\n", "¶")
        sampled += len(text)
        marks.update(c for c in text if c in MARKS)
        for a, b in pairwise(text):
            if is_han(b):
                single[b] += SAMPLE_WEIGHT
                pairs[a + b] += SAMPLE_WEIGHT if is_han(a) or a in MARKS else 0
            elif a in MARKS and b in MARKS:
                pairs[a + b] += SAMPLE_WEIGHT
            sample[b] += 1
    total = sum(single.values())
    single.update({mark: count * total // sampled for mark, count in marks.items()})

    def size(pair: str) -> int:
        return sample[pair[0]] * SAMPLE_WEIGHT if pair[0] in MARKS or pair[1] in MARKS else single[pair[0]]

    def half_bits(share: float) -> int:
        return min(len(DIGITS) - 1, round(-2 * math.log2(share)))

    followers: dict[str, list[str]] = {}
    for pair, count in sorted(pairs.items(), key=lambda x: (x[0][0], -x[1], x[0])):
        if count >= FEWEST:
            followers.setdefault(pair[0], []).append(pair[1] + DIGITS[half_bits(min(1.0, count / size(pair)))])
    print(HEADER)
    for character, count in sorted(single.items(), key=lambda x: (-x[1], x[0])):
        if count >= 10:
            print(f"{character}\t{round(-2 * math.log2(count / total))}\t{''.join(followers.get(character, []))}")


if __name__ == "__main__":
    main()
