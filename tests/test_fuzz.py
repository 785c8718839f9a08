"""Whatever a document is, extract gives records whose spans hold, or a DocumentError; never anything else."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import DocumentError
from etl.lexicon import load_lexicon
from etl.normalise.characters import clean
from etl.normalise.pinyin import is_han
from etl.pipeline import extract, to_record
from etl.records import Directive, Extraction, RawDocument, Reported
from tests.damage import DAMAGES

SAMPLE = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[1] / "etl" / "sample").glob("*-d0[1-3].txt"))]


def parts(text: str) -> list[str]:
    return text.split("|")


# What the language of announcements is made of, and what damage makes of it.
PIECES = parts(
    "某市|武汉市|北京市朝阳区|省委书记|市长|张三|李某某|主持召开|会议|强调|指出|要求|，|。|；|：|、|\n|一要|二要|三是|（一）|（二）"
    "|1.|①|第一，|要|必须|严禁|不得|鼓励|核酸检测|隔离|口罩|复工复产|疫苗|学校|口岸|2020年2月3日上午|2月3日|昨日|1300余万元"
    "|近4亿元|82.5%|200人次|《|》|关于做好防控工作的通知|“|”|四方责任|（|）|出席|参加|列席|发布时间：2020-02-06 09:35"
    "|Copyright 2016|通告|如下|\u200b|(wù)|國務|??诎堵|\ufffd|導小組|&nbsp;|\x00| |\u3000|１０|⻄安|。。|\U0001f637|ab"
    "|http://a.cn/2020/02/03/b.html"
)
TAGS = parts("<p>|</p>|<div class=nav>|</div>|<h1>|<a href=x>|</a>|<td>|<script>|</script>|<!--|-->")
WORDS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
STRETCHES = st.sampled_from(SAMPLE).flatmap(
    lambda text: st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: text[min(p) : max(p)])
)
TEXTS = st.lists(WORDS | STRETCHES | st.text(max_size=20), max_size=5).map("".join)
METADATA = st.none() | st.text(max_size=30)


def hold(e: Extraction) -> None:
    """Spans cut their own text, in order and within it; every position leads back; the record is plain JSON."""
    text, raw = e.document.text, e.document.raw_text
    told: list[Directive | Reported] = [*e.directives, *e.reported]
    for found in told:
        assert text[found.start : found.end] == found.text != ""
        for measure in found.measures:
            assert all(text[t.start : t.end] == t.text and found.start <= t.start for t in measure.terms)
    assert all(text[f.start : f.end] == f.as_written for f in e.figures)
    assert all(text[p.start : p.end].strip() for p in e.meeting.people)
    assert all(text[r.start : r.end] == r.after and r.before in raw for r in e.document.repairs)
    for spans in (e.citations, e.slogans, e.page.segments):
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
    segments = e.page.segments
    assert all(a.end <= b.start for a, b in pairwise(segments))
    covered = {i for s in segments for i in range(s.start, s.end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    places = [e.document.offsets.raw(i) for i in range(len(text) + 1)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= len(raw)
    repaired = {i for r in e.document.repairs for i in range(r.start, r.end)}
    for i, character in enumerate(text):  # the way back ends at what the character was made of
        if is_han(character) and i not in repaired:
            origin, before = raw[places[i]], raw[: places[i]][-1:]
            in_brackets = any("㈠" <= c <= "㈩" for c in origin + before)  # ㈤ is （五）
            assert in_brackets or origin in "&○◯" or is_han(clean(origin)), (i, character, origin)
    assert [d.seq for d in e.directives] == list(range(1, len(e.directives) + 1))
    json.dumps(to_record(e), allow_nan=False).encode("utf-8")


def check(raw: RawDocument) -> None:
    try:
        found = extract(raw, load_lexicon())
    except DocumentError as error:
        assert str(error)
    else:
        hold(found)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS, METADATA, METADATA)
def test_extraction_holds_when_text_is_pieced_together(text: str, title: str | None, url: str | None) -> None:
    data = text.encode("utf-8", "replace")
    check(RawDocument("a.txt", data, title=title, url=url))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS, st.sampled_from(["gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-8-sig"]), st.binary(max_size=6))
def test_extraction_holds_when_bytes_are_in_any_encoding(text: str, encoding: str, noise: bytes) -> None:
    data = text.encode(encoding, "replace")
    check(RawDocument("a.txt", data[: len(data) // 2] + noise + data[len(data) // 2 :]))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(TAGS) | WORDS))
def test_extraction_holds_when_markup_is_anything(pieces: list[str]) -> None:
    check(RawDocument("a.html", "".join(pieces).encode("utf-8", "replace"), "text/html"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_extraction_holds_when_bytes_are_anything(data: bytes) -> None:
    check(RawDocument("a.txt", data))
    check(RawDocument("a.md", data, "text/markdown"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(SAMPLE),
    st.lists(st.sampled_from(sorted(set(DAMAGES) - {"web_page"})), min_size=1, max_size=4, unique=True),
    st.booleans(),
    st.integers(0, 1_000_000),
)
def test_extraction_holds_when_a_copy_is_damaged_in_several_ways(
    text: str, names: list[str], is_page: bool, seed: int
) -> None:
    for name in names:
        text = DAMAGES[name].apply(text, Random(seed))
    check(RawDocument("a.txt", text.encode("utf-8", "replace")))
    if is_page:
        page = DAMAGES["web_page"]
        check(RawDocument("a.html", page.apply(text, Random(seed)).encode(page.encoding, "replace"), page.media_type))


@pytest.mark.parametrize("text", SAMPLE)
def test_extraction_holds_when_the_text_is_sound(text: str) -> None:
    check(RawDocument("a.txt", text.encode()))
