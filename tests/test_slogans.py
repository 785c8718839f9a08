"""Slogans: policy labels in quotation marks; not speech, festivals, titles or words quoted for emphasis."""

from __future__ import annotations

import pytest

from etl.extract.slogans import find_slogans
from etl.lexicon import load_lexicon
from etl.records import Page, Segment, SegmentKind, Slogan
from tests.growth import is_linear
from tests.pages import document_of


def find(text: str, kind: SegmentKind = "paragraph") -> tuple[Slogan, ...]:
    document = document_of(text)
    return find_slogans(document, Page((Segment(kind, 0, len(text)),)), load_lexicon())


def labels(text: str, kind: SegmentKind = "paragraph") -> list[str]:
    return [s.label for s in find(text, kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("压实“四方责任”，落实“四早”。", ["四方责任", "四早"]),
        ("坚持“外防输入、内防反弹”", ["外防输入、内防反弹"]),
        ("坚持“外防输入，内防反弹”", ["外防输入，内防反弹"]),
        ("执行“14+7”闭环管理", ["14+7"]),
        ("守好“护城河”，当好「头雁」", ["护城河", "头雁"]),
        ("『应检尽检』和‘一校一策’", ["应检尽检", "一校一策"]),
        ('落实"三个覆盖"要求', ["三个覆盖"]),
        ("“四早”要落实，“四早”要坚持", ["四早"]),
        ("做到“身份必问、信息必录、体温必测、口罩必戴”", ["身份必问、信息必录、体温必测、口罩必戴"]),
        ("支持“抗疫惠企20条”落地", ["抗疫惠企20条"]),
    ],
)
def test_label_is_found_when_it_stands_in_quotation_marks(text: str, found: list[str]) -> None:
    assert labels(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "“五一”假期和“两会”期间",
        "“3·29”疫情处置",
        "不能“松”，不能“漏”",
        "他说：“大家辛苦了，要注意身体。”",
        "书记强调：“各级干部必须冲在最前面”",
        "印发“关于加强防控的通知”",
        "省应急指挥部（以下简称“省指挥部”）",
        "《关于调整“人人有责”措施的通告》",
        "扫描“ABC”",
        "“没有合上的引号",
        "四方责任",
    ],
)
def test_nothing_is_found_when_the_quotation_is_no_label(text: str) -> None:
    assert labels(text) == []


def test_only_marked_labels_are_kept_when_the_writer_quotes_for_emphasis() -> None:
    text = "聚力“定民心”，搭好“小平台”，唱响“连心曲”，送上“及时雨”，压实“四方责任”。"
    assert labels(text) == ["四方责任"]


def test_labels_of_one_series_are_kept_when_the_writer_quotes_for_emphasis() -> None:
    text = "要围绕“早发现”，多渠道监测。要围绕“快处置”，加快流调。要围绕“保畅通”，保供。要围绕“守底线”，守校园。"
    assert labels(text) == ["早发现", "快处置", "保畅通", "守底线"]


def test_unmarked_label_is_kept_when_it_stands_alone_or_in_the_title() -> None:
    assert labels("推行“连心牌”管理") == ["连心牌"]
    text = "构建“大防控”\n聚力“定民心”，搭好“小平台”，唱响“连心曲”，送上“及时雨”。"
    document = document_of(text)
    page = Page((Segment("title", 0, 7), Segment("paragraph", 8, len(text))))
    assert [s.label for s in find_slogans(document, page, load_lexicon())] == ["大防控"]


@pytest.mark.parametrize("kind", ["furniture", "published", "byline"])
def test_site_furniture_is_not_read(kind: SegmentKind) -> None:
    assert labels("专题：“四方责任”", kind) == []


def test_spans_cut_the_label_out_of_the_text() -> None:
    text = "落实“四早”和“ 四方责任 ”。"
    assert [text[s.start : s.end] for s in find(text)] == ["四早", "四方责任"]


@pytest.mark.parametrize("unit", ["“", "”", "“四早”", '"', "‘四", "“一"])
def test_time_is_linear_when_input_is_hostile(unit: str) -> None:
    assert is_linear(lambda size: find(unit * size), 100_000)
