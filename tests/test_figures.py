"""Figures: values, units and qualifiers; and the many numbers that are none."""

from __future__ import annotations

import pytest

from etl.extract.figures import find_figures
from etl.lexicon import load_lexicon
from etl.records import Figure, Page, Segment, SegmentKind
from tests.growth import is_linear
from tests.pages import document_of


def figures(text: str, kind: SegmentKind = "paragraph") -> tuple[Figure, ...]:
    document = document_of(text)
    return find_figures(document, Page((Segment(kind, 0, len(text)),)), load_lexicon())


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "as_written"),
    [
        ("累计确诊29例", 29, "例", None, "29例"),
        ("确诊 29 例", 29, "例", None, "29 例"),
        ("新增1,234例", 1234, "例", None, "1,234例"),
        ("定向捐赠1300余万元", 13_000_000, "元", "over", "1300余万元"),
        ("捐款157万余元", 1_570_000, "元", "over", "157万余元"),
        ("总计近4亿元", 400_000_000, "元", "nearly", "近4亿元"),
        ("价值约2.5万元", 25_000, "元", "about", "约2.5万元"),
        ("覆盖率82.44%", 82.44, "%", None, "82.44%"),
        ("覆盖率百分之八十", 80, "%", None, "百分之八十"),
        ("客流不得超过50%", 50, "%", "at_most", "50%"),
        ("规模不超过500人", 500, "人", "at_most", "500人"),
        ("聚餐10人以上的须报备", 10, "人", "at_least", "10人"),
        ("参与值守近200人次", 200, "人次", "nearly", "近200人次"),
        ("派出三万多名医务人员", 30_000, "名", "over", "三万多名"),
        ("新增两例", 2, "例", None, "两例"),
        ("一千二百三十四名志愿者", 1234, "名", None, "一千二百三十四名"),
        ("日产口罩30万只", 300_000, "只", None, "30万只"),
        ("消毒面积100万平方米", 1_000_000, "平方米", None, "100万平方米"),
        ("走访企业135家", 135, "家", None, "135家"),
        ("帮助6个企业解决问题", 6, "个", None, "6个"),
        ("封控区人数降到100万以内", 1_000_000, "人", "at_most", "100万"),
        ("共接种1333.39万剂", 13_333_900, "剂", None, "1333.39万剂"),
    ],
)
def test_figure_is_read_when_a_unit_follows(
    text: str, value: float, unit: str, qualifier: str | None, as_written: str
) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.unit, figure.qualifier, figure.as_written) == (value, unit, qualifier, as_written)
    assert text[figure.start : figure.end] == as_written


def test_both_ends_are_figures_when_a_range_is_given() -> None:
    assert [(f.value, f.unit) for f in figures("每组3至5人，发放10-20万元")] == [
        (3, "人"),
        (5, "人"),
        (100_000, "元"),
        (200_000, "元"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020年1月24日14时30分",
        "须持48小时核酸阴性证明，隔离14天",
        "封闭3个月，每2个小时通风",
        "每户可指派1名成员外出采购",
        "60岁以上老人，15至17周岁人员",
        "召开第3次会议，第195场发布会，第二次调整",
        "做到“三个覆盖”，落实“20条”",
        "实行“14+7”和1+1+N工作法",
        "《关于分级防控的通告（第16号）》",
        "拨打12345热线，电话021-64334547",
        "佩戴N95口罩，开通5G，做CT检查",
        "1.个人防护要到位",
        "（2）人员管控",
        "用75%酒精擦拭，体温37.3℃",
        "保持1米线",
        "提出十条措施，抓好三个方面，四套班子齐上",
        "不漏一人，一户一人，两人约谈",
        "地铁2号线、101号文件",
        "百家企业，万人空巷",
    ],
)
def test_number_is_no_figure_when_it_dates_orders_or_names(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("kind", ["furniture", "published", "byline"])
def test_site_furniture_is_not_read(kind: SegmentKind) -> None:
    assert figures("浏览次数：1234次", kind) == ()


@pytest.mark.parametrize("unit", ["1", "1,111", "百分之", "一", "人数", "1.", "1至", "“", "3例"])
def test_time_is_linear_when_input_is_hostile(unit: str) -> None:
    assert is_linear(lambda size: figures(unit * size), 100_000)
