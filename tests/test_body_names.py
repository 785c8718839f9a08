"""Names of bodies of every kind, in meetings and notices and as heads sign and chair; every person is invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from etl.extract.issuer import find_issuer
from etl.lexicon import load_lexicon
from etl.lexicon.tables import Row, read_table
from etl.segment import split
from tests.pages import document_of

BODIES = read_table(Path(__file__).parent / "cases" / "bodies.tsv", unique=("name",))

FRAMES = {
    "meeting": """{name}召开疫情防控工作会议
2022年3月12日上午，{name}召开疫情防控工作会议，部署下一阶段工作。
会议强调，要严格落实各项措施。""",
    "head": """传达学习有关精神 部署疫情防控工作
2022年3月12日上午，{name}{office}张建国主持召开疫情防控工作会议，部署下一阶段工作。
会议强调，要严格落实各项措施。""",
    "signature": """关于做好疫情防控工作的通知
各有关单位：
根据疫情形势，现就有关事项通知如下：
一、严格扫码测温。
二、科学佩戴口罩。
特此通知。
{name}
2022年3月12日""",
    "title": """{name}关于做好疫情防控工作的通知
各有关单位：
根据疫情形势，现就有关事项通知如下：
一、严格扫码测温。
二、科学佩戴口罩。
特此通知。""",
    "group": """{name}部署疫情防控工作
2022年3月12日上午，{name}{group}召开会议，部署下一阶段工作。
会议强调，要严格落实各项措施。""",
}
PASSED_ON = """部署疫情防控工作
2022年3月12日上午，岳池县召开疫情防控工作会议，传达{name}会议精神，部署下一阶段工作。
会议强调，要严格落实各项措施。"""

GROUP = "新冠肺炎疫情防控工作领导小组"
WITH_GROUPS = ("department", "judiciary", "federation", "congress_cppcc", "school", "hospital", "soe", "enterprise")

# What is read wrong today, and in which frames; a name that is read right is to be taken off.
KNOWN = {
    "上海市进才中学": "meeting head title group",
    "上海迪士尼度假区": "meeting head signature title group",
    "中国国际贸易促进委员会湖北省分会": "meeting head signature title group",
    "中国铁路上海局集团有限公司杭州站": "meeting head signature title group",
    "中国（陕西）自由贸易试验区管委会": "meeting head signature title",
    "九三学社成都市委": "group",
    "侵华日军南京大屠杀遇难同胞纪念馆": "meeting head title",
    "全国人大常委会": "signature title",
    "共青团云南省委": "group",
    "共青团南京市委": "group",
    "共青团大理州委": "group",
    "南京市玄武湖公园管理处": "meeting head signature title group",
    "大同市云冈区晋华宫矿": "meeting head signature title group",
    "宁波开放交易中心有限公司": "meeting head title group",
    "新疆生产建设兵团第八师": "meeting signature title",
    "民建上海市委": "group",
    "民革湖南省委": "group",
    "沈阳北站": "meeting head signature title group",
    "河池市推进数字经济发展工作办公室": "meeting head signature title group",
    "漳州招商局经济技术开发区管委会": "meeting head signature title",
    "黄山风景区管理委员会": "meeting head signature title",
}


def wrong_in(frame: str, rows: Iterable[Row], added: str = "") -> set[str]:
    """Names of bodies that are not read as the issuer, with region, level and kind, where a frame names them."""
    wrong = set()
    for row in rows:
        document = document_of(FRAMES[frame].format(name=row["name"], office=row["office"], group=GROUP))
        issuer, region = find_issuer(document, split(document, load_lexicon()), load_lexicon())
        found = (issuer.name, "/".join(region.path), issuer.level, issuer.kind)
        if found != (row["issuer"] + added, row["path"], row["level"], row["kind"]):
            wrong.add(row["name"])
    return wrong


def known_in(frame: str) -> set[str]:
    return {name for name, frames in KNOWN.items() if frame in frames.split()}


@pytest.mark.parametrize("frame", ["meeting", "signature", "title"])
def test_a_body_is_read_by_its_whole_name_when_it_acts(frame: str) -> None:
    assert wrong_in(frame, BODIES) == known_in(frame)


def test_a_body_is_read_by_its_whole_name_when_its_head_acts() -> None:
    assert wrong_in("head", (row for row in BODIES if row["office"])) == known_in("head")


def test_a_group_is_its_bodys_own_when_it_bears_its_name() -> None:
    rows = (row for row in BODIES if row["kind"] in WITH_GROUPS and row["level"] != "national")
    assert wrong_in("group", rows, GROUP) == known_in("group")


def test_a_body_issues_nothing_when_its_words_are_passed_on() -> None:
    for row in BODIES:
        document = document_of(PASSED_ON.format(name=row["name"]))
        issuer, _ = find_issuer(document, split(document, load_lexicon()), load_lexicon())
        assert issuer.name == "岳池县", row["name"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6月15日，北京新发地批发市场发生疫情后，石家庄市召开会议部署防控。", "石家庄市"),
        ("3月12日，岳池县以项目建设为中心，召开疫情防控会议。", "岳池县"),
        ("富县融媒体中心：3月12日，富县召开疫情防控会议。", "富县"),
        ("3月12日，杭州市在国际博览中心召开疫情防控会议。", "杭州市"),
        ("3月12日，复旦大学和附属华山医院召开会议，部署防控。", "复旦大学"),
        ("3月12日，襄阳市公安局各派出所召开会议，部署防控。", "襄阳市公安局"),
        ("3月12日，湖北省促进企业复工，武汉市召开会议部署防控。", "武汉市"),
        ("3月12日，辽宁省对口支援襄阳市中心医院医疗队召开会议。", "辽宁省"),
    ],
)
def test_a_body_ends_where_its_name_does_when_its_words_are_those_of_names(text: str, name: str) -> None:
    document = document_of(f"部署疫情防控工作\n{text}\n会议强调，要管住卡口。")
    issuer, _ = find_issuer(document, split(document, load_lexicon()), load_lexicon())
    assert issuer.name == name
