"""Titles in 《》: nested, broken over lines, damaged marks, and marks that cite nothing."""

from __future__ import annotations

import pytest

from etl.extract.citations import find_citations
from etl.lexicon import load_lexicon
from etl.records import Page, Segment
from tests.growth import is_linear
from tests.pages import document_of


def cited(text: str, furniture: tuple[int, int] | None = None) -> list[str]:
    document = document_of(text)
    segments = [Segment("paragraph", 0, len(text))]
    if furniture:
        segments = [Segment("furniture", *furniture)]
    return [c.title for c in find_citations(document, Page(tuple(segments)), load_lexicon())]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("印发《关于做好春运防疫的通知》，要求抓落实。", ["关于做好春运防疫的通知"]),
        ("依据《传染病防治法》《突发公共卫生事件应急条例》等", ["传染病防治法", "突发公共卫生事件应急条例"]),
        ("转发《关于印发〈防控方案（第九版）〉的通知》。", ["关于印发〈防控方案（第九版）〉的通知"]),
        ("转发《关于印发《防控方案》的通知》。", ["关于印发《防控方案》的通知"]),
        ("下发《关于加强小区\n管理的通告》后", ["关于加强小区管理的通告"]),
        ("<<疫情防控工作方案>>要落实", ["疫情防控工作方案"]),
        ("印发〈关于复工的意见〉", ["关于复工的意见"]),
        ("《众志成城 共克时艰》倡议书", ["众志成城 共克时艰"]),
        ("《甲乙方案》又见《甲乙方案》", ["甲乙方案"]),
    ],
)
def test_titles_are_cited_when_bracketed(text: str, titles: list[str]) -> None:
    assert cited(text) == titles


@pytest.mark.parametrize(
    "text", ["首页<<上一页>>", "气温<5且>3", "〈返回〉", "《没有写完的标题。下一句。》", "《》", "》《"]
)
def test_nothing_is_cited_when_marks_are_not_titles(text: str) -> None:
    assert cited(text) == []


def test_inner_title_is_cited_when_the_outer_never_closes() -> None:
    assert cited("《前半残缺，依据《防治法》执行。") == ["防治法"]
    assert cited("《残缺" + "长" * 200 + "《防治法》") == ["防治法"]


def test_site_furniture_is_not_read() -> None:
    text = "相关阅读：《另一篇通知》"
    assert cited(text, furniture=(0, len(text))) == []


def test_spans_cut_the_title_out_of_the_text() -> None:
    text = "学习《甲方案》和《乙条例》。"
    document = document_of(text)
    for c in find_citations(document, Page((Segment("paragraph", 0, len(text)),)), load_lexicon()):
        assert text[c.start : c.end] == c.title


@pytest.mark.parametrize("unit", ["《", "》", "《》", "<<", "《甲", "甲》"])
def test_time_is_linear_when_input_is_hostile(unit: str) -> None:
    assert is_linear(lambda size: cited(unit * size), 200_000)
