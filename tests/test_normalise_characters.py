"""Characters that stand for others, Chinese punctuation, and Markdown's marks."""

from __future__ import annotations

import unicodedata

import pytest

from etl.normalise.characters import clean, load_tables
from etl.normalise.draft import Draft
from etl.normalise.markdown import strip_markdown
from etl.normalise.punctuation import fix_punctuation


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⻄安", "西安"),
        ("⼀要保障⺠⽣", "一要保障民生"),
        ("⾼⻛险⻋辆", "高风险车辆"),
        ("１３００余万元，８２．５％", "1300余万元，82.5%"),
        ("Ｎ９５口罩、ＡＰＰ", "N95口罩、APP"),
        ("会议\u200b强\ufeff调\u00ad：\x07要\u2060", "会议强调：要"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("\u3000\u3000会议\xa0强调", "  会议 强调"),
        ("&ldquo;四早&rdquo;&nbsp;&amp;nbsp;&#x4E2D;&#20013;", "“四早”  中中"),
        ("AT&T; R&D &unknown; &", "AT&T; R&D &unknown; &"),
        ("㈠加强管理；⑴排查；⒈检测；①消杀", "（一）加强管理；（1）排查；1.检测；①消杀"),
        ("二○二○年一月○日○", "二〇二〇年一月○日○"),
        ("阿不都・艾山", "阿不都·艾山"),
        ("\U000e0100葛\U000e0101城", "葛城"),
        ("，。；：？！（）“”《》、—…～", "，。；：？！（）“”《》、—…～"),
    ],
)
def test_characters_are_those_meant(written: str, meant: str) -> None:
    assert clean(written) == meant


def test_every_radical_with_an_equal_character_becomes_it() -> None:
    tables = load_tables()
    for point in {*range(0x2F00, 0x2FD6)} - {ord("⼾")}:  # Unicode's 戶 is 户 in simplified text
        assert tables.translation[point] == unicodedata.normalize("NFKC", chr(point))
    assert all(len(meant) == 1 for meant in tables.translation.values())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2月3日上午,市委召开会议;研究部署:要落实!", "2月3日上午，市委召开会议；研究部署：要落实！"),
        ("捐款1,300万元,物资10:30到", "捐款1,300万元，物资10:30到"),
        ("举报电话:12318(市文化执法总队)", "举报电话：12318（市文化执法总队）"),
        ("疾控中心(CDC)、(一)加强、(1)排查", "疾控中心（CDC）、（一）加强、（1）排查"),
        ("https://a.cn/b?c=(d),e;f", "https://a.cn/b?c=(d),e;f"),
        ("R(t) is 1.5; see f(x), ok?", "R(t) is 1.5; see f(x), ok?"),
        ("（PPE)和(APP）", "（PPE）和（APP）"),
        ('落实"四早"要求,"应检尽检"', "落实“四早”要求，“应检尽检”"),
        ("「四早」『動態清零』", "“四早”‘動態清零’"),
        ("会议强调,,要做好。。防控，，工作", "会议强调，要做好。防控，工作"),
        ("村莊,、企業,；檢測,。趙丹、,岳春出席：,先行", "村莊、企業；檢測。趙丹、岳春出席：先行"),
        ("出台<<通知>>和<b>", "出台《通知》和<b>"),
        ("谁来管?怎么管?\n好", "谁来管？怎么管？\n好"),
        ("Copyright ? 2016", "Copyright ? 2016"),
        ("会议召开.要做好防控.\n3.5万人", "会议召开。要做好防控。\n3.5万人"),
        ("一.加强领导.二要落实.\n", "一.加强领导。二要落实。\n"),
        ("会议召开。阿不都.艾山出席。", "会议召开。阿不都.艾山出席。"),
        ("｢防控｣､検査｡", "“防控”、検査。"),
    ],
)
def test_punctuation_is_chinese_beside_chinese_only(written: str, meant: str) -> None:
    assert fix_punctuation(Draft(written, written)).text == meant


def test_markdown_marks_go_and_positions_stay() -> None:
    raw = "## 会议要求\n\n- **一要**排查，见[通知](http://a.cn/b)。\n> ![图](a.png)引用\n2*3*4"
    draft = strip_markdown(Draft(raw, raw))
    assert draft.text == "会议要求\n\n一要排查，见通知。\n引用\n234"
    assert raw[draft.offsets().raw(draft.text.index("通知")) :].startswith("通知](")
