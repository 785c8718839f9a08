"""Simplified words in Traditional characters, for display alone: 检测筛查 → 檢測篩查. Imports word_lists.

OpenCC's s2tw changes characters and leaves words as they are. Its s2twp would also put Taiwan's computing terms in
their place, and with them misname what was ordered: an official 文件 would become 檔案 (a computer file), the wording
支持 would become 支援, and 发布 (to publish) 釋出; s2hk writes 説, 羣 and 衞, which fewer readers know. What the
interface itself should call by another name, or what the characters alone get wrong, stands in locale/traditional.tsv;
names of regions, categories and bodies are official and change characters only.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from opencc import OpenCC

from dashboard.word_lists import LOCALE, read_rows

TERMS = LOCALE / "traditional.tsv"


@cache
def load_terms(path: Path = TERMS) -> dict[str, str]:
    """Terms by their Simplified form. Raises ValueError naming the line for a ragged row or a repeated term."""
    return {simplified: shown for _, (simplified, shown) in read_rows(path)}


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


@cache
def _any_term() -> re.Pattern[str]:
    longest_first = sorted(load_terms(), key=len, reverse=True)
    return re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")


@lru_cache(maxsize=20_000)
def traditional(name: str) -> str:
    """A name in Traditional characters: 内蒙古自治区 → 內蒙古自治區."""
    converted: str = _converter().convert(name)
    return converted


def of_interface(words: str) -> str:
    """Words of the interface, listed terms first: 数据版本 → 資料版本."""
    terms = load_terms()
    return "".join(terms.get(part) or traditional(part) for part in _any_term().split(words))
