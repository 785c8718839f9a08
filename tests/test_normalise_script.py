"""Pinyin in brackets, script detection, and Traditional to Simplified as OpenCC does it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from opencc import OpenCC

from etl.lexicon.tables import DATA, read_table
from etl.normalise import normalise_text
from etl.normalise.draft import Draft
from etl.normalise.pinyin import remove_pinyin
from etl.normalise.script import detect_script, load_tables, simplified

SAMPLE = sorted((Path(__file__).parents[1] / "etl" / "sample").glob("*.txt"))


@pytest.mark.parametrize(
    ("written", "meant", "count"),
    [
        ("國務(wù)院召開（kāi）會(huì)議(yì)", "國務院召開會議", 4),
        ("上海(shànghǎi)市、西安（xī'ān）市", "上海市、西安市", 2),
        ("聯(lián)防的領(lǐng)導們(men)做了個(ge)報告", "聯防的領導們做了個報告", 4),
        ("旅(lǚ)客、綠(lǜ)碼、戰(zhɑ̀n)略、恶(ě)化", "旅客、綠碼、戰略、恶化", 4),
        ("國(guo)家(jia)發(fa)展(zhan)委員會", "國家發展委員會", 4),
        ("疾控中心(CDC)、（PPE）、应用(APP)", "疾控中心(CDC)、（PPE）、应用(APP)", 0),
        ("时间(min)、口罩(mask)、甲(a)乙(b)", "时间(min)、口罩(mask)、甲(a)乙(b)", 0),
        ("会议(café)、résumé(wù)", "会议(café)、résumé(wù)", 0),
        ("務(wù", "務(wù", 0),
    ],
)
def test_readings_go_and_other_brackets_stay(written: str, meant: str, count: int) -> None:
    draft, found = remove_pinyin(Draft(written, written))
    assert (draft.text, found) == (meant, count)
    assert [r.rule for r in draft.repairs()] == ["pinyin"] * count


@pytest.mark.parametrize(
    "text",
    [
        "（" * 200_000,
        "(a" * 200_000,
        "國(wù" * 100_000,
        "國(" + "a" * 400_000,
        "國(wù)" * 60_000,
        "((((wù))))" * 40_000,
    ],
)
def test_pinyin_takes_linear_time_when_brackets_are_hostile(text: str) -> None:
    draft, _ = remove_pinyin(Draft(text, text))
    assert len(draft.text) <= len(text)


def test_simplified_text_is_opencc_s_when_variants_of_ours_do_not_apply() -> None:
    rows = read_table(DATA / "variants.tsv", unique=("written",))
    ours = re.compile("|".join(row["written"] for row in rows))
    to_traditional, to_taiwan, to_simplified = OpenCC("s2t"), OpenCC("s2twp"), OpenCC("t2s")
    compared = 0
    for path in SAMPLE:
        text = path.read_text("utf-8")
        for traditional in (text, to_traditional.convert(text), to_taiwan.convert(text)):
            for line in traditional.splitlines():
                if not ours.search(line):
                    assert simplified(line) == to_simplified.convert(line)
                    compared += 1
    assert compared > 4_000


def test_every_phrase_and_character_of_opencc_is_converted_as_opencc_does() -> None:
    tables = load_tables()
    ours = {row["written"] for row in read_table(DATA / "variants.tsv")}
    convert = OpenCC("t2s").convert
    phrases = [p for p in tables.phrases if p not in ours and not any(v in p for v in ours)]
    characters = [chr(c) for c in tables.characters if chr(c) not in ours]
    assert [p for p in phrases if simplified(p) != convert(p)] == []
    assert [c for c in characters if simplified(c) != convert(c)] == []
    assert len(phrases) > 200
    assert len(characters) > 4_000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("關於、幹部、乾坤、裡面、方麵、反覆、憑藉", "关于、干部、乾坤、里面、方面、反复、凭借"),
        ("隨著疫情，圍繞著防控，著力保障，取得瞭成效", "随着疫情，围绕着防控，着力保障，取得了成效"),
        ("顯著成效，著名專家，瞭望塔，瞭解", "显著成效，著名专家，瞭望塔，了解"),
        ("衞生部門、羣眾、啓動、淸零", "卫生部门、群众、启动、清零"),
    ],
)
def test_variants_are_simplified_as_the_text_means(written: str, meant: str) -> None:
    assert simplified(written) == meant


@pytest.mark.parametrize(
    ("text", "readings", "script"),
    [
        ("会议强调，要做好疫情防控工作。", 0, "hans"),
        ("會議強調，要做好疫情防控工作。", 0, "hant"),
        ("會議強調，要做好疫情防控工作。", 1, "hant"),
        ("會議強調，要做好疫情防控工作。", 2, "hant-pinyin"),
        ("朱鎔基、劉翀出席会议，强调疫情防控工作。", 2, "hans"),
        ("", 0, "hans"),
        ("后里干面于", 0, "hans"),
    ],
)
def test_script_is_that_of_most_telling_characters(text: str, readings: int, script: str) -> None:
    assert detect_script(text, readings) == script


def test_names_in_traditional_characters_stay_when_the_text_is_simplified() -> None:
    draft, script = normalise_text("市委书记朱鎔主持会议，强调压实责任，做好疫情防控。\n")
    assert script == "hans"
    assert "朱鎔" in draft.text
