"""Meetings that a document passes on: which, of what level, of what day; and the view over them. Texts are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.build import build
from etl.extract.conveyed import find_conveyed
from etl.lexicon import load_lexicon
from etl.records import Conveyed, Dates, Page, Region, Segment, SegmentKind
from tests.announcements import make_folder
from tests.growth import is_linear
from tests.pages import document_of
from warehouse.connection import open_published

LEXICON = load_lexicon()
HONGHU = ("湖北省", "荆州市", "洪湖市")


def find(
    text: str,
    day: str | None = "2020-02-10",
    path: tuple[str, ...] = HONGHU,
    kind: SegmentKind = "paragraph",
    published: str | None = None,
) -> tuple[Conveyed, ...]:
    document = document_of(text)
    dates = Dates(meeting_date=day, published_date=published, precision="day" if day else "none")
    return find_conveyed(document, Page((Segment(kind, 0, len(text)),)), dates, Region(path=path), LEXICON)


def facts(found: tuple[Conveyed, ...]) -> list[tuple[str | None, str | None]]:
    return [(c.level, c.meeting_date) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "会议传达学习了2月3日中央政治局常委会会议精神，研究部署下一步工作。",
            [("2月3日中央政治局常委会会议精神", "national", "2020-02-03")],
        ),
        (
            "会议传达学习习近平总书记在2月3日中央政治局常委会会议上的重要讲话精神。",
            [("习近平总书记在2月3日中央政治局常委会会议上的重要讲话精神", "national", "2020-02-03")],
        ),
        (
            "会议传达省委常委会2月1日会议精神、省长在2月2日全省防控视频会议上的讲话，听取汇报。",
            [
                ("省委常委会2月1日会议精神", "province", "2020-02-01"),
                ("省长在2月2日全省防控视频会议上的讲话", "province", "2020-02-02"),
            ],
        ),
        (
            "会上传达中央政治局常委会会议精神和省委、省政府2月5日电视电话会议精神。",
            [
                ("中央政治局常委会会议精神", "national", None),
                ("省委、省政府2月5日电视电话会议精神", "province", "2020-02-05"),
            ],
        ),
        (
            "传达学习习近平总书记重要指示精神和2月3日、2月9日中央政治局常务委员会会议精神",
            [
                ("2月3日、2月9日中央政治局常务委员会会议精神", "national", "2020-02-03"),
                ("2月3日、2月9日中央政治局常务委员会会议精神", "national", "2020-02-09"),
            ],
        ),
        (
            "会议传达了荆州市指挥部第12次调度会议（2月7日）精神。",
            [("荆州市指挥部第12次调度会议（2月7日）精神", "prefecture", "2020-02-07")],
        ),
    ],
)
def test_meeting_passed_on_is_found_with_its_level_and_day(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert [(c.as_written, c.level, c.meeting_date) for c in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "各级各部门要及时传达学习2月3日会议精神。",  # told to
        "请各单位传达2月3日会议精神。",
        "2月3日，市委召开常委会会议，学习有关文件。",  # its own meeting
        "学生线上学习情况良好，2月3日召开家长会。",
        "会议传达学习了上级文件精神，研究了2月9日以来的形势。",  # no meeting
        "会议贯彻落实2月3日会议精神。",  # carried out, not passed on
    ],
)
def test_nothing_is_found_when_no_meeting_is_passed_on(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("2020年2月3日", "2020-02-10", ("2020-02-03", False)),
        ("2月3日", "2020-02-10", ("2020-02-03", True)),
        ("12月30日", "2021-01-04", ("2020-12-30", True)),
        ("2月12日", "2020-02-10", (None, False)),  # after the document, and long before it a year earlier
        ("2月3日", None, (None, False)),
        ("2月30日", "2020-03-10", (None, False)),
        ("31日上午", "2020-02-03", ("2020-01-31", True)),
        ("昨天", "2020-02-10", ("2020-02-09", True)),
        ("当天上午", "2020-02-10", ("2020-02-10", True)),
        ("近期", "2020-02-10", (None, False)),
    ],
)
def test_day_is_the_written_one_before_the_document(
    words: str, day: str | None, expected: tuple[str | None, bool]
) -> None:
    (found,) = find(f"会议传达了{words}召开的全省防控会议精神。", day)
    assert (found.meeting_date, found.is_date_inferred) == expected


@pytest.mark.parametrize(
    ("meeting", "path", "level"),
    [
        ("市委2月3日会议", ("上海市", "嘉定区"), "province"),
        ("市委2月3日会议", ("湖北省", "荆州市"), "prefecture"),
        ("市委2月3日会议", HONGHU, "county"),
        ("区委2月3日会议", ("上海市", "嘉定区"), "county"),
        ("自治区党委2月3日会议", ("西藏自治区",), "province"),
        ("集团公司2月3日会议", (), "unit"),
        ("教育部2月3日会议", HONGHU, "national"),
        ("武汉市2月3日会议", ("湖北省", "武汉市", "江岸区"), "prefecture"),
        ("2月3日会议", HONGHU, None),
    ],
)
def test_level_is_that_of_the_body_in_the_region(meeting: str, path: tuple[str, ...], level: str | None) -> None:
    assert facts(find(f"会议传达{meeting}精神。", path=path)) == [(level, "2020-02-03")]


def test_site_furniture_passes_nothing_on() -> None:
    assert find("传达学习2月3日全省会议精神", kind="furniture") == ()


def test_words_are_cut_out_of_the_text() -> None:
    text = "会议强调。会议传达了2月3日全省会议精神和2月4日全市会议精神，分析了形势。"
    assert [text[c.start : c.end] for c in find(text)] == ["2月3日全省会议精神", "2月4日全市会议精神"]


@pytest.mark.parametrize("piece", ["传达", "传达学习2月3日会议", "学习了", "会议精神和", "要传达，", "（会议"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: find(piece * size), 60_000)


def test_view_gives_days_between_and_whether_the_meeting_was_higher(tmp_path: Path) -> None:
    text = """洪湖市委部署疫情防控工作

2020年2月10日，湖北省荆州市洪湖市委召开会议。
会议传达学习2月3日中央政治局常委会会议精神和市委昨日会议精神。会议强调，一要开展排查。
"""
    build([make_folder(tmp_path / "county", honghu=text)], tmp_path / "warehouse")
    with open_published(tmp_path / "warehouse") as connection:
        found = connection.execute(
            """SELECT as_written, conveyed_level, conveyed_date, is_higher, days, len(events_zh) > 0,
                substr(d.text, start_char + 1, end_char - start_char) = as_written
            FROM v_conveyed INNER JOIN documents AS d USING (document_id) ORDER BY start_char"""
        ).fetchall()
    assert found == [
        ("2月3日中央政治局常委会会议精神", "national", date(2020, 2, 3), True, 7, True, True),
        ("市委昨日会议精神", "county", date(2020, 2, 9), False, 1, False, True),
    ]
