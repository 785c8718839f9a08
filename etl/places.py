"""Names of places and named bodies in a text, in one pass. Imports lexicon and records only; issuer.py reads it.

A compiled table holds every way to write a unit: full name, short name, ethnic prefectures by their everyday names
(德宏州), functional districts, abbreviations after a verb (离沪), and bodies under names of their own (教育部). At each
position the longest match wins. A name that follows another and lies within it joins it: 湖北省 + 武汉市 + 江岸区.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import compress
from operator import add
from typing import Literal, NamedTuple

from etl.lexicon import Lexicon
from etl.lexicon.bodies import Body
from etl.lexicon.places import Place

# full: an official name. short: a province's or prefecture's short name. weak: a county's short name, or a name that is
# also a common word: worth something only beside other evidence. zone: a functional district. stay: 离沪, 抵穗.
Form = Literal["full", "short", "weak", "zone", "stay", "body"]


# After a short name: 南京西路, 北京路街道, 大同镇 are not the cities.
STREET = re.compile("[东西南北中]?(?:路|街|大道|大街|广场|大厦|镇|乡)")


class Mention(NamedTuple):
    """A place or a named body as it stands in the text; `places` are the units that it may mean, deepest ones."""

    start: int
    end: int
    form: Form
    places: tuple[Place, ...] = ()
    body: Body | None = None
    top: int = 0  # where the part of the deepest unit begins: 吉林省|蛟河市
    is_strong: bool = True  # for form stay: the writer is there

    @property
    def place(self) -> Place | None:
        """The unit, where there is no doubt which."""
        return self.places[0] if len(self.places) == 1 else None


class Entry(NamedTuple):
    """What a written form may mean: units by strength of the form, or one body."""

    full: tuple[Place, ...] = ()
    short: tuple[Place, ...] = ()
    weak: tuple[Place, ...] = ()  # readings that hold inside a chain (北京 + 朝阳); alone, only with other evidence
    body: Body | None = None
    stay: tuple[Place, ...] = ()
    is_strong: bool = True
    is_zone: bool = False
    is_trap: bool = False
    is_word: bool = False  # a word of the language: a place only inside a chain


class Table(NamedTuple):
    """Entries by written form, and for each two first characters the lengths to try, longest first."""

    entries: dict[str, Entry]
    lengths: dict[str, tuple[int, ...]]
    zones: dict[str, tuple[str, ...]]  # two first characters → zone words, longest first


def ways_to_write(place: Place) -> Iterable[str]:
    """Everyday full names: 德宏傣族景颇族自治州 → itself, 德宏州, 德宏自治州."""
    yield place.name_zh
    for ending in ("自治州", "自治县", "自治旗"):
        if place.name_zh.endswith(ending) and len(place.short_zh) > 1:
            yield place.short_zh + ending[-1]
            yield place.short_zh + ending
    if place.name_zh.endswith("族区") and len(place.short_zh) > 1:
        yield place.short_zh + "区"


@cache
def compile_table(lexicon: Lexicon) -> Table:
    """The table of a lexicon; made once."""
    gazetteer = lexicon.gazetteer
    words = gazetteer.words
    parts: dict[str, dict[str, list[Place]]] = {}

    def enter(form: str, slot: str, place: Place) -> None:
        found = parts.setdefault(form, {}).setdefault(slot, [])
        if place not in found:
            found.append(place)

    for place in gazetteer.places.values():
        for form in ways_to_write(place):
            enter(form, "weak" if form in words["generic"] else "full", place)
        if len(place.short_zh) > 1 and place.short_zh not in words["generic"]:
            is_weak = place.level == "county" or place.short_zh in words["common"]
            enter(place.short_zh, "weak" if is_weak else "short", place)
    ordinary = words["common"] | words["generic"]
    entries = {
        form: Entry(
            tuple(slots.get("full", ())),
            tuple(slots.get("short", ())),
            tuple(slots.get("weak", ())),
            is_word=form in ordinary,
        )
        for form, slots in parts.items()
    }
    for district in gazetteer.districts:
        at = (gazetteer.places[district.adcode],)
        for form in (district.name, *district.aliases):
            entries.setdefault(form, Entry(full=at, is_zone=True))
    for abbreviation in gazetteer.abbreviations:
        at = (gazetteer.places[abbreviation.adcode],)
        if not abbreviation.verbs:
            entries.setdefault(abbreviation.word, Entry(short=at))
        for verb in abbreviation.verbs:
            form = verb + abbreviation.word
            before = entries.get(form, Entry())
            entries[form] = Entry(stay=before.stay + at, is_strong=abbreviation.is_strong and not before.stay)
    for body in lexicon.bodies:
        for form in (body.name, *body.aliases):
            entries[form] = Entry(body=body)
    for form in words["trap"]:
        entries[form] = Entry(is_trap=True)
    lengths: dict[str, set[int]] = {}
    for form in entries:
        lengths.setdefault(form[:2], set()).add(len(form))
    zones: dict[str, list[str]] = {}
    for word in words["zone"]:
        zones.setdefault(word[:2], []).append(word)
    return Table(
        entries,
        {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()},
        {head: tuple(sorted(found, key=len, reverse=True)) for head, found in zones.items()},
    )


def find_places(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """Mentions in text[start:end], in order and without overlap; chains are joined.

    吉林省蛟河市召开 → one mention 吉林省蛟河市, place 蛟河市, `top` at 蛟河市.
    """
    table = compile_table(lexicon)
    end = len(text) if end is None else end
    lengths = table.lengths
    pairs = map(add, text[start : end - 1], text[start + 1 : end])
    heads = compress(range(start, end), map(lengths.__contains__, pairs))
    mentions: list[Mention] = []
    free = start  # the first position that no mention holds
    for at in heads:
        if at < free:
            continue
        for length in lengths[text[at : at + 2]]:
            entry = table.entries.get(text[at : at + length])
            if entry is None or at + length > end or _runs_on(text, at, length):
                continue
            if not entry.full and (entry.short or entry.weak) and STREET.match(text, at + length):
                continue
            if text.startswith("和县", at) and length == 2 and _is_and(text, at, mentions):
                continue
            if not entry.full and text[at] == "开" and text[at - 1 : at] in ("召", "展", "公", "离", "打"):
                continue  # 召开|州委会议 is not in 开州
            free = at + length
            if entry.is_trap:
                break
            mention = _read(entry, at, free, mentions[-1] if mentions and mentions[-1].end == at else None)
            if mention.start == at and (entry.is_word or (mention.form == "weak" and _is_cut(text, at, free, table))):
                free = at
                continue
            if mention.places and mention.form != "stay":
                mention = _with_zone(mention, text, table)
                free = mention.end
            if mentions and mention.start == mentions[-1].start:
                mentions[-1] = mention
            else:
                mentions.append(mention)
            break
    return tuple(mentions)


def _is_cut(text: str, at: int, end: int, table: Table) -> bool:
    """建湖 in 民建|湖北省: a stronger name begins inside it and ends behind it."""
    for inner in range(at + 1, end):
        for length in table.lengths.get(text[inner : inner + 2], ()):
            entry = table.entries.get(text[inner : inner + length])
            if entry is not None and inner + length > end and (entry.full or entry.short):
                return True
    return False


def _is_and(text: str, at: int, mentions: list[Mention]) -> bool:
    """Whether the 和 of 和县 means "and": 市委|和|县委, 乡镇|和|县直部门; not 安徽省和县, 走进和县."""
    follows_place = bool(mentions) and mentions[-1].end == at
    return (
        not follows_place and at > 0 and "一" <= text[at - 1] <= "鿿" and text[at - 1] not in "在到赴往进自于由向从至是"
    )


def _runs_on(text: str, at: int, length: int) -> bool:
    """西安区 in 西安区县, 海南区 in 海南区域: the last character belongs to the next word."""
    following = text[at + length : at + length + 1]
    return (
        length > 2
        and text[at + length - 1] == "区"
        and following in ("县", "域", "委", "块")
        and (following != "委" or text[at + length + 1 : at + length + 2] == "办")
    )


def _read(entry: Entry, start: int, end: int, before: Mention | None) -> Mention:
    """The mention of an entry; joined to the one right before it where that one contains it."""
    if entry.body is not None:
        # 上海 + 百联集团: the place before a body of that place is part of its name
        near = before is not None and any(place.adcode == entry.body.adcode for place in before.places)
        return Mention(before.start if before and near else start, end, "body", body=entry.body, top=start)
    if entry.stay:
        return Mention(start, end, "stay", entry.stay, top=start, is_strong=entry.is_strong)
    everything = tuple(dict.fromkeys(entry.full + entry.short + entry.weak))
    if before is not None and before.places and before.form != "stay":
        above = {place.adcode for place in before.places}
        # a functional district bears the code of the unit that it lies in: 湖州市|南太湖新区
        depth = None if entry.is_zone else -1
        within = tuple(place for place in everything if any(code in above for code in place.codes[:depth]))
        if within:
            return Mention(before.start, end, "zone" if entry.is_zone else "full", within, top=start)
    if entry.full:
        return Mention(start, end, "zone" if entry.is_zone else "full", entry.full, top=start)
    if entry.short:
        # 吉林 is the province before it is the city; 海南 the province before the prefecture in Qinghai
        provinces = tuple(place for place in entry.short if place.level == "province")
        return Mention(start, end, "short", provinces or entry.short, top=start)
    return Mention(start, end, "weak", entry.weak, top=start)


def _with_zone(mention: Mention, text: str, table: Table) -> Mention:
    """洛阳 + 高新区: a functional district under 洛阳市; the place stays, the words grow."""
    for word in table.zones.get(text[mention.end : mention.end + 2], ()):
        if text.startswith(word, mention.end):
            end = mention.end + len(word)
            return Mention(mention.start, end, "zone", mention.places, top=mention.top)
    return mention
