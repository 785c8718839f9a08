"""Repair of damage: GBK out of step, deleted and replaced words, fused times. A wrong repair is worse than none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.errors import LexiconError
from etl.lexicon.tables import DATA, read_table
from etl.normalise import normalise_text
from etl.normalise.deleted import load_rules, restore_deleted
from etl.normalise.draft import Draft
from etl.normalise.fused import part_fused_times
from etl.normalise.language import load_language
from etl.normalise.shifted import repair_shifted
from tests.growth import is_linear

SAMPLE = sorted((Path(__file__).parents[1] / "etl" / "sample").glob("*.txt"))
REPAIRS = DATA / "repairs.tsv"


def shift(text: str, decoder: str = "gb18030", errors: str = "replace") -> str:
    """What a mirror makes of a text that replaces A3 BF by 3F and decodes what is left."""
    return text.encode("gb18030").replace(b"\xa3\xbf", b"?").decode(decoder, errors).replace("\ufffd", "?")


def repaired(text: str) -> str:
    return repair_shifted(Draft(text, text)).text


@pytest.mark.parametrize("decoder", ["gb18030", "gbk"])
@pytest.mark.parametrize(
    "sound",
    [
        "各单位要齐心协同。口岸防控要看得紧、守得牢，不留空当。\n",
        "各單位要齊心協同。口岸防控要看得緊、守得牢，不留空當。\n",
        "会议要求，严格落实“四方责任”。开展环境消杀，做好群众工作。\n",
        "会议要求，学校停课不停学，家长要配合。\n",
        "经上海口岸入境人员一律隔离14天。\n",
    ],
)
def test_run_out_of_step_is_put_back(sound: str, decoder: str) -> None:
    damaged = shift(sound, decoder)
    assert damaged != sound
    assert repaired(damaged) == sound


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("齊心協同??诎堵?lián)防要強化", "齊心協同。口岸聯防要強化"),
        ("各校要日?qǐng)?bào)告情況", "各校要日報告情況"),
        ("看作擔當?shù)脑嚱鹗\ue1ef湍サ妒?,做好防控", "看作擔當的試金石和磨刀石,做好防控"),
    ],
)
def test_run_is_put_back_when_pinyin_stands_in_it(damaged: str, sound: str) -> None:
    assert repaired(damaged) == sound


def test_repair_is_recorded_with_what_stood_before() -> None:
    draft = repair_shifted(Draft(raw := "齊心協同??诎堵?lián)防", raw))
    assert [(r.rule, r.before, r.after) for r in draft.repairs()] == [("gbk-shift", "??诎堵?lián)", "。口岸聯")]


@pytest.mark.parametrize("damaged", ["班车专场???、分流到位", "出席的有王\ufffd\ufffd等同志", "他说??，会议结束"])
def test_marks_are_left_alone_and_recorded_when_nothing_clearly_fits(damaged: str) -> None:
    draft = repair_shifted(Draft(damaged, damaged))
    assert draft.text == damaged
    assert [(r.rule, r.before == r.after) for r in draft.repairs()] == [("gbk-shift-marked", True)]


@pytest.mark.parametrize(
    "text",
    [
        "要不要?可以再研究。",
        "防控怎么管?口罩要戴好!",
        "http://a.cn/?口罩",
        "为什么?开展核酸检测是为了早发现。",
        "真的吗??会议强调,要做好防控。",
        "Copyright ? 2016 看东方(上海)传媒有限公司",
    ],
)
def test_genuine_question_marks_stay(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("unit", ["?", "?汉", "\ufffd字", "??诎堵", "?wù)的", "会议强调，要做好防控工作??诎堵\n"])
def test_work_is_bounded_when_marks_are_hostile(unit: str) -> None:
    def repair(size: int) -> None:
        text = unit * (size // len(unit))
        assert repair_shifted(Draft(text, text)).text

    assert is_linear(repair, 200_000)


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("委疫情防控工作导小组会议", "委疫情防控工作领导小组会议"),
        ("第时间送往防疫第线，进步加强管理", "第一时间送往防疫第一线，进一步加强管理"),
        ("省委省中国高度重视，市中国办公室", "省委省政府高度重视，市政府办公室"),
        ("想尽切办法，不惜切代价，积组织", "想尽一切办法，不惜一切代价，积极组织"),
        ("统调度，统指挥，形成最广泛的统战线", "统一调度，统一指挥，形成最广泛的统一战线"),
        ("各各部门要压实责任，以大限度、尽大努力落实", "各级各部门要压实责任，以最大限度、尽最大努力落实"),
        ("打通服务后公里，防止刀切", "打通服务最后一公里，防止一刀切"),
    ],
)
def test_deleted_words_come_back_when_only_one_fits(damaged: str, sound: str) -> None:
    assert restore_deleted(Draft(damaged, damaged)).text == sound


@pytest.mark.parametrize(
    "text",
    [
        "中国银行市分行、省中国移动公司、中国政府高度重视",
        "督导小组、指导小组、辅导小组、领导小组、引导小组",
        "取得明显进步，社会进步推动发展，思想进步",
        "密切配合，亲切慰问，一切为了人民，迫切需要，第三次会议，第十批，次第开放",
        "系统管理，传统思想，总统部署，系统部署，纪律要求，法律实行",
        "元旦发现，具体化管理，一视同仁，一鼓作气，组织导游上岗",
        "累积有效经验，面积向外扩展",
    ],
)
def test_sound_words_stay(text: str) -> None:
    assert restore_deleted(Draft(text, text)).text == text


def test_first_item_gets_its_number_back_when_the_second_has_one_and_the_words_are_gone() -> None:
    text = "李明要求，要加强排查。要紧盯重点。二要做好保供，加强管理。三要落实责任。\n" + "各部门抓好落实。" * 30
    draft = restore_deleted(Draft(text, text))
    assert draft.text.startswith("李明要求，要加强")  # two places fit: left alone
    text = "李明要求，要加强排查。压实责任。二要做好保供，加强管理。三要落实责任。\n" + "各部门抓好落实。" * 30
    draft = restore_deleted(Draft(text, text))
    assert draft.text.startswith("李明要求，一要加强排查。")
    text = "通告如下：\n、停业。\n二、停课。\n" + "各部门抓好落实。" * 40
    assert "\n一、停业" in restore_deleted(Draft(text, text)).text


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.stem)
def test_nothing_is_put_back_when_nothing_was_deleted(path: Path) -> None:
    text = path.read_text("utf-8")
    draft, _ = normalise_text(text)
    assert [r for r in draft.repairs() if r.rule not in ("pinyin",)] == []


def test_dates_part_and_slips_are_marked_when_fused() -> None:
    raw = "2020-02-0609:35发布，2020年10月22日，1022日召开，14日，2022-04-06 14:14"
    draft = part_fused_times(Draft(raw, raw))
    assert draft.text == "2020-02-06 09:35发布，2020年10月22日，1022日召开，14日，2022-04-06 14:14"
    assert [(r.rule, r.before, r.after) for r in draft.repairs()] == [
        ("fused-time", "", " "),
        ("fused-date-marked", "1022日", "1022日"),
    ]


def test_every_rule_that_is_recorded_is_documented() -> None:
    documented = {row["rule"] for row in read_table(REPAIRS)}
    code = "".join(p.read_text("utf-8") for p in (Path(__file__).parents[1] / "etl" / "normalise").glob("*.py"))
    written = set(re.findall(r'"(pinyin|[a-z]+-(?:shift|word|mark|marked|time)(?:-marked)?|fused-date-marked)"', code))
    assert {"pinyin", "gbk-shift", "gbk-shift-marked", "deleted-word", "doubled-mark"} <= written
    assert written <= documented


def test_every_repair_row_matches_something_it_changes() -> None:
    rules = load_rules()
    assert sum(map(len, rules.censored.values())) > 60
    for begins, row_rules in rules.censored.items():
        assert all(row["pattern"].startswith(begins) and row["after"] for _, row in row_rules)


def test_rule_is_refused_by_file_and_line_when_its_pattern_is_broken(tmp_path: Path) -> None:
    bad = tmp_path / "repairs.tsv"
    header = "".join(f"# column {c}: x\n" for c in ("rule", "when", "pattern", "after", "note"))
    bad.write_text(header + "rule\twhen\tpattern\tafter\tnote\nr\talways\t导(\t领导\t\n", "utf-8")
    with pytest.raises(LexiconError, match=r"repairs\.tsv line 7: pattern '导\('"):
        load_rules(bad)


def test_language_knows_chinese_from_none() -> None:
    language = load_language()
    assert language.chain_cost("会议强调要做好疫情防控工作") < language.chain_cost("诎堵聯嚱鹗湍サ妒奔涞耐ㄖ")
    assert language.word_cost("协同。口岸联防") < language.word_cost("协同海口岸联防")
    assert {"疫", "國", "，"} <= language.common
    assert "嚱" not in language.common
