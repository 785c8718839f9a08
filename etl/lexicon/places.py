"""Places, functional districts, short words for places, and the words that decide how a name is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from etl.lexicon.tables import DATA, Row, read_table, split_aliases


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A unit of GB/T 2260 under the name it bore between `valid_from` and `valid_to`."""

    adcode: str
    name_zh: str  # 德宏傣族景颇族自治州
    short_zh: str  # 德宏
    name_en: str
    level: Literal["province", "prefecture", "county"]
    parent_adcode: str | None
    province_adcode: str
    path: tuple[str, ...]  # names from the province down; a municipality's district has two
    codes: tuple[str, ...]  # adcodes of the same units
    oxcgrt_name: str | None = None  # provinces only
    capital: str | None = None  # provinces only: adcode of the seat of government
    valid_from: str | None = None  # YYYY-MM
    valid_to: str | None = None
    hosts: tuple[str, ...] = ()  # provinces only: labels of its government hosts under gov.cn


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """A functional district: a zone without a code of its own, under the unit whose part it is."""

    name: str
    aliases: tuple[str, ...]
    adcode: str


@dataclass(frozen=True, slots=True, eq=False)
class Abbreviation:
    """A character that stands for a place after certain verbs (离沪), or a word that does by itself (no verbs)."""

    word: str
    adcode: str
    verbs: str
    is_strong: bool  # the phrase shows that the writer is there


PlaceWordRole = Literal["trap", "generic", "common", "zone", "away_before", "away_after"]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places, functional districts and the words that decide how a name is read."""

    places: dict[str, Place]  # by adcode
    districts: tuple[District, ...]
    abbreviations: tuple[Abbreviation, ...]
    words: dict[str, frozenset[str]]  # role (PlaceWordRole) → words


def load_gazetteer() -> Gazetteer:
    """From regions.tsv, province_names.tsv, functional_districts.tsv, place_abbreviations.tsv and place_words.tsv.

    Raises LexiconError naming the line of an unknown code, parent, level or role.
    """
    provinces = {row["adcode"]: row for row in read_table(DATA / "province_names.tsv", ("adcode", "short_zh"))}
    rows = read_table(DATA / "regions.tsv", unique=("adcode",))
    by_code = {row["adcode"]: row for row in rows}
    places: dict[str, Place] = {}
    # a code sorts after those of the units above it, except 133100's kind, whose parents end in 0000 all the same
    for row in sorted(rows, key=lambda row: (row["level"] == "county", row["level"] == "prefecture", row["adcode"])):
        code, parent = row["adcode"], row["parent_adcode"]
        if row["level"] not in ("province", "prefecture", "county"):
            raise row.error(f"level {row['level']!r} is not province, prefecture or county")
        if (parent not in by_code) if row["level"] != "province" else bool(parent):
            raise row.error(f"parent_adcode {parent!r} of {row['name_zh']} is not a unit above it")
        above = places.get(parent)
        named = provinces.get(code)
        places[code] = Place(
            code,
            row["name_zh"],
            row["short_zh"],
            row["name_en"],
            cast(Literal["province", "prefecture", "county"], row["level"]),
            parent or None,
            above.province_adcode if above else code,
            ((*above.path, row["name_zh"]) if above else (row["name_zh"],)),
            ((*above.codes, code) if above else (code,)),
            (named["oxcgrt_name"] or None) if named else None,
            named["capital"] if named else None,
            row["valid_from"] or None,
            row["valid_to"] or None,
            split_aliases(named["hosts"]) if named else (),
        )

    def known(row: Row) -> str:
        if row["adcode"] not in places:
            raise row.error(f"adcode {row['adcode']!r} is not in regions.tsv")
        return row["adcode"]

    words: dict[str, set[str]] = {role: set() for role in get_args(PlaceWordRole)}
    for row in read_table(DATA / "place_words.tsv"):
        if row["role"] not in words:
            raise row.error(f"role {row['role']!r} is not one of {', '.join(words)}")
        words[row["role"]].add(row["word"])
    return Gazetteer(
        places=places,
        districts=tuple(
            District(row["name"], split_aliases(row["aliases"]), known(row))
            for row in read_table(DATA / "functional_districts.tsv", unique=("name",))
        ),
        abbreviations=tuple(
            Abbreviation(row["word"], known(row), row["verbs"], row["weight"] == "strong")
            for row in read_table(DATA / "place_abbreviations.tsv")
        ),
        words={role: frozenset(found) for role, found in words.items()},
    )
