"""What the interface says, in the reader's language. Imports periods, traditional and word_lists; knows no Streamlit.

Strings lie in locale/interface.tsv, one row a string, the languages side by side; Traditional Chinese is made from the
Simplified (traditional.py). Numbers and dates are written in the reader's format here too, so that no page formats its
own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Literal

from dashboard.periods import Grain
from dashboard.traditional import of_interface, traditional
from dashboard.word_lists import LOCALE, read_rows

Language = Literal["zh", "hant", "en"]
LANGUAGES: dict[Language, str] = {"zh": "简体", "hant": "繁體", "en": "English"}  # each in its own words
TAGS: dict[Language, str] = {"zh": "zh-Hans", "hant": "zh-Hant", "en": "en"}  # BCP 47, as HTML names them
TRADITIONAL_LOCALES = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class MissingStringError(KeyError):
    """A page asks for a string that locale/interface.tsv does not have."""


@cache
def load_strings() -> dict[str, dict[Language, str]]:
    """Strings by key and language. Raises ValueError naming the line for a ragged row, a repeated key or unlike fields.

    A string's {fields} must be the same in every language.
    """
    path = LOCALE / "interface.tsv"
    strings: dict[str, dict[Language, str]] = {}
    for number, (key, zh, en) in read_rows(path):
        if fields_of(zh) != fields_of(en):
            raise ValueError(
                f"{path.name} line {number}: {key} has {fields_of(zh)} in Chinese, {fields_of(en)} in English"
            )
        strings[key] = {"zh": zh, "hant": of_interface(zh), "en": en}
    return strings


def fields_of(template: str) -> set[str]:
    """The fields of a template: '{n} of {total}' → {'n', 'total'}."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def language_of(locale: str | None) -> Language:
    """The interface language for a browser's locale: zh-CN → zh, zh-TW → hant, de → en; unknown → zh."""
    named = (locale or "zh").lower().replace("_", "-")
    if named.startswith(TRADITIONAL_LOCALES):
        return "hant"
    return "zh" if named.startswith("zh") else "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The interface's words in one language: `text("page.overview")`, `text.number(1234)`."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The string of a key with its fields filled. Raises MissingStringError."""
        try:
            template = load_strings()[key][self.language]
        except KeyError:
            raise MissingStringError(f"{key!r} is not in locale/interface.tsv; add it in every language") from None
        return template.format(**values) if values else template

    def has(self, key: str) -> bool:
        """Whether the interface has a string for the key."""
        return key in load_strings()

    @property
    def tag(self) -> str:
        """The language as HTML names it: zh-Hant."""
        return TAGS[self.language]

    @property
    def is_chinese(self) -> bool:
        """Whether the reader reads Chinese, in either script."""
        return self.language != "en"

    def named(self, name: str) -> str:
        """A Chinese name of the warehouse in the reader's characters; documents are not rewritten, only names are."""
        return traditional(name) if self.language == "hant" else name

    def either(self, chinese: str, english: str | None) -> str:
        """Of words in Chinese and in English, those of the reader; Chinese where there is no English."""
        return self.named(chinese) if self.is_chinese or not english else english

    def count(self, unit: str, n: int) -> str:
        """A number with its unit: 264 份公告; 1 announcement, 264 announcements."""
        form = "one" if n == 1 else "other"
        return self(f"count.{unit}.{form}", n=self.number(n))

    def number(self, value: float) -> str:
        """1234 → 1,234; 12.345 → 12.3."""
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"

    def points(self, value: float, signed: bool = False) -> str:
        """Whole points, with a true minus; what is not zero is never written as zero.

        −12.4 → −12; 0.32 → 0.3; 0.0004 → 0.01; signed, 12.4 → +12.
        """
        size = abs(value)
        digits = f"{size:.0f}" if round(size) or not size else f"{max(size, 0.01):.1g}"
        return f"{'−' if value < 0 else '+' if signed and value else ''}{digits}"

    def percent(self, share: float) -> str:
        """0.4567 → 46%; below one in ten, one decimal: 0.0456 → 4.6%."""
        return f"{share:.1%}" if 0 < share < 0.0995 else f"{share:.0%}"

    def date(self, day: dt.date | None) -> str:
        """2022年3月5日; 5 Mar 2022; a dash where there is none."""
        if day is None:
            return "—"
        if self.language == "en":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def span(self, first: dt.date | None, last: dt.date | None) -> str:
        """Two dates as a range, or the one that both are; a dash where there are none."""
        return self.date(first) if first == last else f"{self.date(first)} – {self.date(last)}"

    def period(self, start: dt.date, grain: Grain) -> str:
        """A period by its first day: 2020年第1季度; 2020 Q1; week of 3 Feb 2020."""
        if grain == "day":
            return self.date(start)
        if grain == "week":
            return self("period.week", start=self.date(start))
        if grain == "quarter":
            return self("period.quarter", year=start.year, quarter=(start.month + 2) // 3)
        return f"{MONTHS[start.month - 1]} {start.year}" if self.language == "en" else f"{start.year}年{start.month}月"

    def month(self, number: int) -> str:
        """A month by its number, in short: 3月; Mar."""
        return MONTHS[number - 1] if self.language == "en" else f"{number}月"

    def tick_format(self, grain: Grain) -> str:
        """How Plotly writes the ticks of a time axis."""
        if self.language == "en":
            return "%-d %b\n%Y" if grain == "day" else "%b\n%Y"
        return "%-m月%-d日\n%Y年" if grain == "day" else "%-m月\n%Y年"

    def listing(self, words: list[str]) -> str:
        """Words as a list: 甲、乙; a, b."""
        return ("、" if self.is_chinese else ", ").join(words)
