"""Write etl/data/pinyin.tsv: the readings of the characters of GBK.

    python etl/data/make_pinyin.py > etl/data/pinyin.tsv

Needs pypinyin, which nothing else here does.
"""

from __future__ import annotations

from pypinyin.constants import PINYIN_DICT

HEADER = """\
# Readings of the characters of GBK, to tell pinyin that mirror sites put in brackets from other bracketed letters.
# Source: pypinyin 0.55.0 (MIT), written by etl/data/make_pinyin.py, November 2026.
# column reading: a syllable in pinyin with its tone mark, lower case, composed
# column characters: all characters of GBK that may be read so
reading\tcharacters"""


def main() -> None:
    """Print the table on standard output."""
    characters: dict[str, list[str]] = {}
    for point, readings in sorted(PINYIN_DICT.items()):
        character = chr(point)
        if "\u4e00" <= character <= "\u9fa5" and character.encode("gbk", "ignore"):
            for reading in readings.split(","):
                characters.setdefault(reading, []).append(character)
    print(HEADER)
    for reading, found in sorted(characters.items()):
        print(f"{reading}\t{''.join(found)}")


if __name__ == "__main__":
    main()
