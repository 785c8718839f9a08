"""Names of bodies of every kind, each in a meeting, led by its head and under a notice; every person is invented."""

from __future__ import annotations

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
}

# What is read wrong today; a name that is read right is to be taken off.
KNOWN = {
    "meeting": """上海迪士尼度假区 上海市进才中学 中国国际贸易促进委员会湖北省分会 中国铁路上海局集团有限公司杭州站
        中国（陕西）自由贸易试验区管委会 侵华日军南京大屠杀遇难同胞纪念馆 南京市玄武湖公园管理处 大同市云冈区晋华宫矿
        宁波开放交易中心有限公司 新疆生产建设兵团第八师 沈阳北站 河池市推进数字经济发展工作办公室
        漳州招商局经济技术开发区管委会 黄山风景区管理委员会""",
    "head": """上海迪士尼度假区 上海市进才中学 中国国际贸易促进委员会湖北省分会 中国铁路上海局集团有限公司杭州站
        中国（陕西）自由贸易试验区管委会 侵华日军南京大屠杀遇难同胞纪念馆 南京市玄武湖公园管理处 大同市云冈区晋华宫矿
        宁波开放交易中心有限公司 沈阳北站 河池市推进数字经济发展工作办公室 漳州招商局经济技术开发区管委会
        黄山风景区管理委员会""",
    "signature": """上海迪士尼度假区 中国国际贸易促进委员会湖北省分会 中国铁路上海局集团有限公司杭州站
        中国（陕西）自由贸易试验区管委会 全国人大常委会 南京市玄武湖公园管理处 大同市云冈区晋华宫矿
        新疆生产建设兵团第八师 沈阳北站 河池市推进数字经济发展工作办公室 漳州招商局经济技术开发区管委会
        黄山风景区管理委员会""",
}


def is_read(row: Row, frame: str) -> bool:
    """Whether the body that a frame names is read as its issuer, with region, level and kind."""
    document = document_of(FRAMES[frame].format(name=row["name"], office=row["office"]))
    issuer, region = find_issuer(document, split(document, load_lexicon()), load_lexicon())
    found = (issuer.name, "/".join(region.path), issuer.level, issuer.kind)
    return found == (row["issuer"], row["path"], row["level"], row["kind"])


@pytest.mark.parametrize("frame", FRAMES)
def test_a_body_is_read_by_its_whole_name_when_it_acts(frame: str) -> None:
    rows = [row for row in BODIES if row["office"] or frame != "head"]
    wrong = {row["name"] for row in rows if not is_read(row, frame)}
    assert wrong == set(KNOWN[frame].split())


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
