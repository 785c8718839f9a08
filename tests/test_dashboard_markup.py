"""No text becomes markup: HTML, Markdown, Plotly labels, spreadsheets."""

from __future__ import annotations

import datetime as dt
import io
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboard import markup
from dashboard.charts.canvas import folded, plain
from dashboard.download import as_csv, as_xlsx, harmless
from dashboard.markup import html, is_web_address, link, markdown, tag

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> **b** [c](javascript:alert(3)) &lt;i&gt;'


class Reader(HTMLParser):
    """What a browser would make of HTML: its tags, its attributes and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_text_is_escaped_when_put_into_an_element() -> None:
    assert tag("p", "1 < 2 & 'x'", title='a"b') == '<p title="a&quot;b">1 &lt; 2 &amp; &#x27;x&#x27;</p>'
    assert tag("b", None, tag("i", "x"), hidden=None) == "<b><i>x</i></b>"


@pytest.mark.parametrize(
    "written",
    [
        markup.title(HOSTILE, HOSTILE),
        markup.chart_head(HOSTILE, HOSTILE),
        markup.cards([(HOSTILE, HOSTILE, HOSTILE)]),
        markup.chips([(HOSTILE, HOSTILE)]),
        markup.category_tags([(HOSTILE, "health")]),
        markup.note(HOSTILE),
        markup.alert(HOSTILE),
        markup.facts([(HOSTILE, HOSTILE, HOSTILE)]),
        markup.event_list([(HOSTILE, HOSTILE)]),
        markup.table([(HOSTILE, "n")], [[HOSTILE]]),
        link('https://example.org/?a=<b>&c="d"', HOSTILE),
    ],
)
def test_hostile_text_stays_text_in_every_piece(written: str) -> None:
    seen = Reader(written)
    assert not {"script", "img", "i"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert HOSTILE in seen.text


@given(st.text(max_size=200))
def test_any_text_reads_back_as_it_was(words: str) -> None:
    clean = words.replace("\r", "").replace("\x00", "")  # which no HTML can carry
    seen = Reader(tag("p", clean))
    assert seen.tags == ["p"]
    assert seen.text == clean


def test_html_is_not_escaped_twice() -> None:
    assert html([tag("b", "&"), "<"]) == "<b>&amp;</b>&lt;"


@pytest.mark.parametrize(
    ("url", "may_link"),
    [
        ("https://www.gov.cn/a.htm", True),
        ("http://xn--fiqs8s/页", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
        (float("nan"), False),
    ],
)
def test_only_web_addresses_are_linked(url: object, may_link: bool) -> None:
    assert is_web_address(url) is may_link
    assert ("<a " in link(url, "words")) is may_link


def test_markdown_marks_are_escaped() -> None:
    assert markdown("**x** [a](b)\n# y :red[z] $1$") == ("\\*\\*x\\*\\* \\[a\\]\\(b\\) \\# y \\:red\\[z\\] \\$1\\$")


def test_plotly_labels_are_escaped() -> None:
    assert plain('<b>x</b> & <a href="y">') == '&lt;b&gt;x&lt;/b&gt; &amp; &lt;a href="y"&gt;'
    assert (
        folded("Mobilisation & community <b>control</b>")
        == "Mobilisation &amp; community<br>&lt;b&gt;control&lt;/b&gt;"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_formulas_are_disarmed_in_spreadsheets(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_csv_carries_its_notes_and_harmless_cells() -> None:
    table = pd.DataFrame({"=a": ["=1+1", "核酸"], "n": [-3, 2]})
    assert as_csv(table, ["各大类的\n指令数", "", "build: b1"]).decode("utf-8-sig").split("\r\n") == [
        "# 各大类的 指令数",
        "# build: b1",
        "'=a,n",
        "'=1+1,-3",
        "核酸,2",
        "",
    ]


def test_a_note_begins_no_cell_that_is_a_formula_and_no_quotation() -> None:
    line = 'SELECT 1 AS "a", /*,=HYPERLINK("http://x")*/ -1; ＝1,"+1'
    head = as_csv(pd.DataFrame({"n": [-1]}), [line]).decode("utf-8-sig").split("\r\n")[0]
    assert head == "# SELECT 1 AS ”a”, /*,'=HYPERLINK(”http://x”)*/ -1; '＝1,”'+1"


def test_xlsx_keeps_numbers_as_numbers_and_no_text_becomes_a_formula() -> None:
    table = pd.DataFrame(
        {
            "=a": ["=1+1", "＝2", "https://x", "007"],
            "n": [-3, 2, 10**16, 0],
            "share": [0.5, float("nan"), float("inf"), 1.0],
            "day": [dt.date(2022, 3, 1), None, pd.Timestamp("2022-03-02"), pd.Timestamp("2022-03-02 10:00")],
            "list": [["核酸"], None, [], {"a": 1}],
        }
    )
    sheet = load_workbook(io.BytesIO(as_xlsx(table, ["=各大类", "", "build: b1"]))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[:3] == [["=各大类", *[None] * 4], ["build: b1", *[None] * 4], [None] * 5]
    assert cells[3:] == [
        ["=a", "n", "share", "day", "list"],
        ["=1+1", -3, 0.5, dt.datetime(2022, 3, 1), "['核酸']"],
        ["＝2", 2, None, None, None],
        ["https://x", "10000000000000000", "inf", dt.datetime(2022, 3, 2), "[]"],
        ["007", 0, 1, "2022-03-02 10:00:00", "{'a': 1}"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}  # f would be a formula
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert sheet["A5"].quotePrefix


def test_facts_of_an_entry_break_between_not_within_and_stay_words() -> None:
    assert markup.entry(["5 Mar", "<b>市</b>"]) == (
        '<p class="em-entry"><span class="em-fact">5 Mar ·</span> '
        '<span class="em-fact">&lt;b&gt;市&lt;/b&gt;</span></p>'
    )
    assert markup.entry([]) == '<p class="em-entry"></p>'
