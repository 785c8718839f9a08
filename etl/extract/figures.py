"""Figures: amounts with their units. Imports records and lexicon only.

    定向捐赠1300余万元 -> Figure(value=13000000.0, unit="元", qualifier="over", as_written="1300余万元")

A number is a figure where a unit of units.tsv follows it. Dates, times, ages, ordinals (第3次会议), list numbers,
numbers inside names and slogans (“20条”, 《…（第16号）》, 14+7) and what stands in site furniture are not.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from etl.lexicon import Lexicon
from etl.lexicon.units import Unit
from etl.records import Document, Figure, Page

DIGITS = {**{d: i for i, d in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
AFTER = {
    "以上": "at_least",
    "及以上": "at_least",
    "以内": "at_most",
    "以下": "at_most",
    "左右": "about",
    "上下": "about",
}
BEFORE = {
    **dict.fromkeys(("近", "将近", "接近"), "nearly"),
    **dict.fromkeys(("约", "大约", "约为", "约有"), "about"),
    **dict.fromkeys(("超", "超过", "逾", "突破", "多达", "高达"), "over"),
    **dict.fromkeys(("至少", "不少于", "不低于", "不得少于", "不得低于", "不小于"), "at_least"),
    **dict.fromkeys(
        ("不超过", "不得超过", "不超", "最多", "至多", "不高于", "不多于", "不大于", "低于", "少于", "不足", "限"),
        "at_most",
    ),
}
SHOWN = frozenset({"近", "将近", "接近", "约", "大约", "超", "超过", "逾"})  # qualifiers that as_written takes in
QUALIFIER = re.compile("(?:" + "|".join(sorted(BEFORE, key=len, reverse=True)) + r") ?$")
QUALIFIER_REACH = 5
# “支持复工20条”, 《…（第16号）》: the number belongs to a name
NAME = re.compile(r"“[^“”\n]{1,30}”|「[^「」\n]{1,30}」|《[^《》\n]{1,120}》")
NUMBER = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?"
NUMERALS = "".join(DIGITS) + "".join(SCALES)


def find_figures(document: Document, page: Page, lexicon: Lexicon) -> tuple[Figure, ...]:
    """Figures in text order, every mention."""
    text = document.text
    names = [m.span() for m in NAME.finditer(text)]
    figures: list[Figure] = []
    name = 0
    for found in _pattern(lexicon).finditer(text):
        start = found.start()
        while name < len(names) and names[name][1] <= start:
            name += 1
        if name < len(names) and names[name][0] < start:
            continue
        if page.kind_at(start) in ("furniture", "published", "byline"):
            continue
        figures.extend(_read(found, text, lexicon.units))
    return tuple(figures)


@cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A number and its unit; 百分之八十; a count of people whose unit is left out (人数降到100万)."""
    units = "|".join(
        re.escape(u.written) + (f"(?!{'|'.join(map(re.escape, u.not_before))})" if u.not_before else "")
        for u in sorted(lexicon.units.values(), key=lambda u: -len(u.written))
    )
    return re.compile(
        rf"(?=[百人\d{NUMERALS}])(?<![\d.,A-Za-z第+/×])(?:"  # nothing else begins a figure
        rf"百分之(?P<share>[{NUMERALS}]{{1,5}}|{NUMBER})"
        rf"|人[数口][^\d，。；\n]{{0,6}}(?P<people>{NUMBER})(?P<people_scale>[万亿])(?![余多\u4e00-\u9fff]{{0,1}}[人名例元剂])"
        rf"|(?:(?:(?P<low>\d{{1,9}}(?:\.\d{{1,4}})?) ?[-－—–~～至到] ?)?(?P<number>{NUMBER})"
        rf"|(?<![{NUMERALS}初])(?P<numeral>[{NUMERALS}]{{1,12}}))"
        rf" ?(?P<more>[余多]?)(?P<scale>[十百千万亿]{{0,2}})(?P<still>[余多]?) ?(?P<unit>{units}))"
    )


def _read(found: re.Match[str], text: str, units: dict[str, Unit]) -> list[Figure]:
    """The figure of a match, the two ends of a range (3至5例), or none."""
    start, end = found.span()
    if found["share"]:
        share = _number(found["share"])
        return [_figure(share, "%", _qualifier(text, start, end)[0], text, start, end)] if share < 100 else []
    if found["people"]:
        start = found.start("people")
        value = _number(found["people"]) * SCALES[found["people_scale"]]
        return [_figure(value, "人", _qualifier(text, start, end)[0], text, start, end)]
    unit = units[found["unit"]]
    if found["numeral"] and not _counts(found["numeral"], unit):
        return []
    factor = unit.factor
    for word in found["scale"]:
        factor *= SCALES[word]
    qualifier, start = _qualifier(text, start, end)
    if found["more"] or found["still"]:
        qualifier = "over"
    ends = [found["low"], found["number"] or found["numeral"]]
    return [_figure(_number(n) * factor, unit.unit, qualifier, text, start, end) for n in ends if n]


def _figure(value: Decimal, unit: str, qualifier: str | None, text: str, start: int, end: int) -> Figure:
    return Figure(float(value), unit, qualifier, text[start:end], start, end)


def _qualifier(text: str, start: int, end: int) -> tuple[str | None, int]:
    """over | nearly | about | at_least | at_most, and where the figure begins with a qualifier that belongs to it."""
    before = QUALIFIER.search(text[max(0, start - QUALIFIER_REACH) : start])
    if before:
        word = before.group().strip()
        return BEFORE[word], start - len(before.group()) if word in SHOWN else start
    return next((meaning for tail, meaning in AFTER.items() if text.startswith(tail, end)), None), start


def _counts(numeral: str, unit: Unit) -> bool:
    """Whether a Chinese numeral counts: 三万 and 两 do where the unit allows; bare 百, 千, 万 do not."""
    if unit.least_numeral is None or numeral[0] in "百千万亿":
        return False
    return _number(numeral) >= unit.least_numeral


def _number(words: str) -> Decimal:
    """1,234 -> 1234, 一千二百三十四 -> 1234, 三万 -> 30000, 九八 -> 98."""
    if words[0].isascii():
        return Decimal(words.replace(",", ""))
    if not any(word in SCALES for word in words):
        return Decimal("".join(str(DIGITS[word]) for word in words))
    total = section = digit = 0
    for word in words:
        if word in ("万", "亿"):
            total = (total + section + digit or 1) * SCALES[word]
            section = digit = 0
        elif word in SCALES:
            section += (digit or 1) * SCALES[word]
            digit = 0
        else:
            digit = DIGITS[word]
    return Decimal(total + section + digit)
