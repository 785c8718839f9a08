"""Whole documents: the seeds, the sample, web pages, and offsets through all steps on generated damage."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import DocumentError, EncodingError
from etl.lexicon import load_lexicon
from etl.normalise import normalise
from etl.normalise.characters import load_tables as character_tables
from etl.normalise.html import LONGEST_MARKUP, declared_charset, read_page
from etl.normalise.punctuation import ALWAYS, PLAIN
from etl.normalise.script import load_tables as script_tables
from etl.normalise.script import simplified
from etl.records import Document, RawDocument

ROOT = Path(__file__).parents[1]
SAMPLE = sorted((ROOT / "etl" / "sample").glob("*.txt"))
SEEDS = ROOT.parent / "shared" / "corpus" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds stand beside a checkout of the project only")


def read(data: bytes | str, media_type: str = "text/plain", encoding: str | None = None) -> Document:
    raw = RawDocument("a.txt", data.encode() if isinstance(data, str) else data, media_type, encoding)
    return normalise(raw, load_lexicon())


def read_seed(prefix: str) -> Document:
    (path,) = SEEDS.glob(f"{prefix}*.txt")
    return read(path.read_bytes())


def may_become(before: str, after: str) -> bool:
    """Whether a character may stand for another without a recorded repair: script, width, look-alikes, punctuation."""
    plain = character_tables().translation.get(ord(before), before)
    simple = script_tables().characters.get(ord(plain), plain)
    phrase_targets = "".join(script_tables().phrases.values())
    marks = {PLAIN.get(plain), chr(ALWAYS.get(ord(plain), 0) or 0), *("“”" if plain == '"' else "")}
    return after in {
        before,
        plain,
        simple,
        "〇" if before in "○◯" else None,
        "\n" if before == "\r" else None,
    } | marks or (after in phrase_targets)


def hold_offsets(document: Document) -> None:
    """Every position maps, in order, and what no repair touched is the raw character there, or stands for it."""
    text, raw, offsets = document.text, document.raw_text, document.offsets
    places = [offsets.raw(i) for i in range(len(text) + 1)]
    assert places == sorted(places)
    assert not places or 0 <= places[0] <= places[-1] <= len(raw)
    repaired = {i for r in document.repairs for i in range(r.start, r.end)}
    widened = "（）0123456789一二三四五六七八九十.《》"  # ㈠ → （一）, << → 《
    for i, character in enumerate(text):
        if i not in repaired and character not in widened:
            assert may_become(raw[places[i]], character) or "&" in raw[max(0, places[i] - 40) : places[i] + 1]
    for r in document.repairs:
        assert r.after == text[r.start : r.end]
        assert r.before in raw


@needs_seeds
@pytest.mark.parametrize(
    ("seed", "script"),
    [("000", "hant-pinyin"), ("001", "hant-pinyin"), ("002", "hant-pinyin"), ("003", "hans"), ("004", "hans")],
)
def test_seed_has_its_script_and_no_pinyin_left(seed: str, script: str) -> None:
    document = read_seed(seed)
    assert document.script == script
    assert re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", document.text) is None
    assert document.text == simplified(document.text)
    hold_offsets(document)


@needs_seeds
def test_seed_runs_out_of_step_are_repaired_and_others_marked() -> None:
    def of(document: Document, rule: str) -> list[tuple[str, str]]:
        return [(r.before, r.after) for r in document.repairs if r.rule == rule]

    assert of(read_seed("000"), "gbk-shift") == [("?qǐng)?bào)", "报")]
    assert [after for _, after in of(read_seed("001"), "gbk-shift")] == ["的试金石和磨刀石"]
    assert of(read_seed("002"), "gbk-shift") == [("??诎堵?lián)", "。口岸联")]
    assert of(read_seed("002"), "gbk-shift-marked") == [("???", "???")]


@needs_seeds
def test_seed_words_come_back_when_a_mirror_deleted_them() -> None:
    text = read_seed("001").text
    for word in ("省委省政府", "领导小组", "第一时间", "第一线", "一要深入", "进一步加强", "不惜一切", "分管领域"):
        assert word in text
    for damage in ("省中国", "工作导小组", "第时间", "集中统、"):
        assert damage not in text


@needs_seeds
@pytest.mark.parametrize("seed", ["003", "004"])
def test_seed_is_as_it_was_but_for_half_width_marks_when_it_is_sound(seed: str) -> None:
    document = read_seed(seed)
    assert document.repairs == ()
    changed = {(a, b) for a, b in zip(document.raw_text, document.text, strict=True) if a != b}
    assert changed <= {(",", "，"), (";", "；"), (":", "："), ("(", "（"), (")", "）")}


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.stem)
def test_sample_is_as_it_was_when_it_is_sound(path: Path) -> None:
    document = read(path.read_bytes())
    assert document.encoding == "utf-8"
    assert document.offsets.text_starts == (0,)
    sound = document.raw_text if document.script == "hans" else simplified(document.raw_text)
    changed = {(a, b) for a, b in zip(sound, document.text, strict=True) if a != b}
    assert changed <= {("．", "."), ("\u3000", " "), ("「", "“"), ("」", "”")}
    hold_offsets(document)


NOISE = st.sampled_from(
    [
        "(wù)",
        "（kāi）",
        "(CDC)",
        ",",
        ",,",
        "，，",
        "?",
        "??诎堵",
        "?wù)",
        "\ufffd",
        "&nbsp;",
        "&ldquo;",
        "\u200b",
        "\r\n",
    ]
) | st.sampled_from(
    [
        "⻄",
        "１０",
        "㈠",
        "⒈",
        "○",
        "國務",
        "於",
        "麵",
        "「",
        '"',
        "(",
        "）",
        "导小组",
        "第时间",
        "1022日",
        "\x00",
        "\U0001f637",
    ]
)


@settings(deadline=None)  # lists load when they are first asked for
@given(st.sampled_from(SAMPLE), st.data())
def test_offsets_hold_when_damage_is_strewn_over_a_sample(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")[:200]
    for place in sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)), reverse=True):
        text = text[:place] + data.draw(NOISE) + text[place:]
    hold_offsets(read(text))


@settings(deadline=None)  # lists load when they are first asked for
@given(st.text(min_size=1, max_size=200))
def test_offsets_hold_when_text_is_anything(text: str) -> None:
    text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    try:
        document = read(text)
    except DocumentError:
        return
    places = [document.offsets.raw(i) for i in range(len(document.text) + 1)]
    assert places == sorted(places)


@settings(deadline=None)  # lists load when they are first asked for
@given(st.binary(max_size=400))
def test_bytes_are_text_or_a_document_error(data: bytes) -> None:
    try:
        read(data)
        read(data, "text/html")
    except DocumentError:
        pass


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>某市部署疫情防控_某市新闻网</title>
<meta name="PubDate" content="2022/3/1 18:00"><script>var a = "<p>会议强调，要</p>"</script><style>p{}</style></head>
<body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/x">要闻</a></li></ul>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; 要闻</div>
<h1>某市部署疫情防控</h1>
<div class="info">发布时间：2022-03-01　来源：某市新闻网<span style="display:none">隐藏</span></div>
<div class="article-content"><p>　　2022年3月1日，某市召开会议，市长甲某主持，
各部门参加。</p><p>会议要求：<br>一要加强排查，做到应检尽检，不漏一人；<br>二要做好保供，稳定价格，满足需要。
<table><tr><td>单位</td><td>人数</td></tr><tr><td>甲</td><td>1,300</td></tr></table>
<p>会议强调，要压实责任，落实到位，不得有误。</p></div>
<div class="share">分享到：<a href="#">微信</a></div></div>
<div class="right"><h3>推荐</h3><ul><li><a href="1">某县召开会议，要求严格管控</a></li></ul></div>
<div class="comments"><p>网友：说得很好，大家都要戴口罩，非常好。</p></div>
<div id="footer">版权所有 2016</div></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_page_gives_its_article_headline_and_date(encoding: str) -> None:
    document = read(PAGE.encode(encoding), "text/html")
    assert (document.encoding, document.title, document.published_date) == (encoding, "某市部署疫情防控", "2022-03-01")
    assert document.text.splitlines() == [
        "某市部署疫情防控",
        "发布时间：2022-03-01 来源：某市新闻网",
        "2022年3月1日，某市召开会议，市长甲某主持，各部门参加。",
        "会议要求：",
        "一要加强排查，做到应检尽检，不漏一人；",
        "二要做好保供，稳定价格，满足需要。",
        "单位 人数",
        "甲 1,300",
        "会议强调，要压实责任，落实到位，不得有误。",
    ]
    hold_offsets(document)


def test_metadata_count_before_what_the_page_says() -> None:
    raw = RawDocument("a.html", PAGE.encode(), "text/html", title="元数据", published_date="2022-03-02")
    document = normalise(raw, load_lexicon())
    assert (document.title, document.published_date) == ("元数据", "2022-03-02")
    assert normalise(replace(raw, title="【國務(wù)院】&nbsp;通知"), load_lexicon()).title == "【国务院】 通知"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>会议<b>强调</b>，<a href=x>要</a>做好", "会议强调，要做好"),
        ("纯文字", "纯文字"),
        ("<div>" * 50_000 + "深处", "深处"),
        ("<p>一<br/>二<hr>三", "一\n二\n三"),
        ("<body hidden><p>看不见</p></body>", ""),
        ("<form class='nav'><div>会议强调，要做好防控。</div></form>", "会议强调，要做好防控。"),
        ("<p>a\x00b</p><![CDATA[x]]>", "ab"),
        ("<a" + " x=1" * 50_000 + ">链接", "链接"),
        ("", ""),
        ("<div style='visibility: hidden;'><p>公众号的正文</p></div>", "公众号的正文"),
        ("<ol><li>测温<li>消毒<ul><li>每日两次</ul><li>三、通风</ol><p>完", "1. 测温\n2. 消毒\n每日两次\n三、通风\n完"),
        ("<pre>一、测温\n  二、消毒</pre><p>通\n风", "一、测温\n二、消毒\n通风"),
    ],
)
def test_visible_text_is_read_when_markup_is_odd(markup: str, text: str) -> None:
    assert read_page(markup).text == text


@pytest.mark.parametrize(
    "written",
    [
        '<p class="x"> 1月6日，我镇召开会议。</p> <p>会议要求：</p><p>一是加强排查。<br></p>',
        "1月6日，我镇召开会议。<br>会议要求：<br />一是加强排查。<br>",
        r"1月6日，我镇召开会议。<\/p>会议要求：<\/p>一是加强排查。<\/p>",
        "1月6日，我镇召开会议。\n<div>会议要求：</div>\n<div>一是加强排查。</div>\n",
    ],
)
def test_lines_are_seen_when_a_text_keeps_its_markup(written: str) -> None:
    document = normalise(RawDocument("a.txt", written.encode()), load_lexicon())
    assert [line.strip() for line in document.text.split("\n") if line.strip()] == [
        "1月6日，我镇召开会议。",
        "会议要求：",
        "一是加强排查。",
    ]


def test_text_is_as_it_was_when_it_speaks_of_a_tag() -> None:
    written = "要求网站在页面加上<br>和<p>两个标签。\n比较时用a<b。"
    assert normalise(RawDocument("a.txt", written.encode()), load_lexicon()).raw_text == written


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<script type="application/ld+json">{"datePublished": "2022-03-01T08:00:00+08:00"}</script>', "2022-03-01"),
        ('<script>{"title":"","pubDate":"2022-03-01T08:00:00"}</script>', "2022-03-01"),
        ('<script>var ct = "1646064000";</script>', "2022-03-01"),  # midnight in China
        ("<script>var createTime = '2022-03-01 17:03';</script>", "2022-03-01"),
        ('<script>"pubDate":"2022-03-02"</script><meta name="pubdate" content="2022-03-01">', "2022-03-01"),
        ('<meta name="date" content="0001-01-01"><time datetime="2022-03-01">', "2022-03-01"),
        ('<aside><time datetime="2023-01-01">近日</time></aside>', None),
        ('<script>var act = "1646064000", dateModified = "2022-03-01"</script>', None),
    ],
)
def test_date_of_a_page_is_read_when_a_script_tells_it(head: str, day: str | None) -> None:
    assert read_page(f"<html><head>{head}</head><body><p>正文</p></body></html>").published_date == day


def test_lines_around_the_article_are_kept_when_they_hold_headline_and_date() -> None:
    body = "<br>".join(["会议强调，要加强排查，做到应检尽检，不漏一人。"] * 4)
    row = f"<tr><td>标题<td>某县部署疫情防控<tr><td>公开日期<td>2022-03-01<tr><td>内容<td><p>{body}</p>"
    page = f"<title>某县部署疫情防控</title><p>欢迎访问<table>{row}</table>"
    assert read_page(page).text.splitlines()[:2] == ["标题 某县部署疫情防控", "公开日期 2022-03-01"]
    behind = f"<div><p>首页</p></div><font>{body}</font><br>发布时间：2022-03-01<p>有事请留言，我们会回复。"
    assert read_page(behind).text.splitlines()[-1] == "发布时间：2022-03-01"


def test_excerpts_above_the_headline_are_left_out() -> None:
    body = "".join(["<p>会议强调，要加强排查，不漏一人。</p>"] * 3)
    page = f"<title>某县部署疫情防控-政府网</title><p>商户必须明码标价。<p>某县部署疫情防控<p>2022-03-01{body}"
    assert read_page(page).text.splitlines()[:2] == ["某县部署疫情防控", "2022-03-01"]


def test_page_is_refused_when_it_is_too_long_or_shows_nothing() -> None:
    with pytest.raises(DocumentError, match="at most 8000000 are read"):
        read_page(" " * (LONGEST_MARKUP + 1))
    with pytest.raises(DocumentError, match="no text"):
        read("<script>1</script>", "text/html")
    with pytest.raises(EncodingError, match="binary"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(100))


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b"<meta charset = 'big5' >", "big5"),
        (b'<?xml version="1.0" encoding="GBK"?><html>', "GBK"),
        (b"<html>", None),
    ],
)
def test_declared_charset_is_found_in_the_head(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset
