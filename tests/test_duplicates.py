"""Near-duplicates form groups with one primary; forwarded words are traced to the higher level."""

from __future__ import annotations

import datetime as dt
import random
import time

import pyarrow as pa
import pytest

from etl.duplicates import (
    DIRECTIVES,
    Announcement,
    Copy,
    Forward,
    find_forwards,
    group_duplicates,
    similarity,
    sketch,
)

WORDS = (
    "防控疫情会议要求落实责任加强排查隔离转运检测救治社区网格宣传引导督导保障供应复工学校口岸人员物资群众党员机关企业"
)


def announcement(seed: int, length: int = 600) -> str:
    """Invented text, alike for nothing but equal seeds."""
    rng = random.Random(seed)
    return "".join(rng.choice(WORDS) + ("，" if rng.random() < 0.08 else "") for _ in range(length))


def test_copies_form_a_group_when_sites_add_their_furniture() -> None:
    text = announcement(1)
    found = group_duplicates(
        [
            Announcement("c", text + "来源：某地发布，责任编辑：某某，版权所有，未经许可不得转载。"),
            Announcement("b", "首页 新闻 要闻 " + text, published_date="2020-02-04"),
            Announcement("a", text, published_date="2020-02-03"),
            Announcement("d", announcement(2)),
        ]
    )
    assert found["a"] == Copy(None, None)
    assert found["d"] == Copy(None, None)
    assert (found["b"].duplicate_of, found["c"].duplicate_of) == ("a", "a")
    assert 0.85 < (found["b"].similarity or 0) <= 1 and 0.85 < (found["c"].similarity or 0) <= 1


def test_primary_is_dated_when_a_copy_is() -> None:
    text = announcement(3)
    undated = Announcement("a", text, published_date="2020-03-01", url="https://example.org/1")
    dated = Announcement("b", text, published_date="2020-03-02", meeting_date="2020-02-29")
    assert group_duplicates([undated, dated]) == {"a": Copy("b", 1.0), "b": Copy(None, None)}


def test_primary_is_the_earliest_published_then_with_an_address_then_the_smallest_id() -> None:
    text = announcement(3)
    late = Announcement("a", text, published_date="2020-03-02")
    early = Announcement("z", text, published_date="2020-03-01")
    addressed = Announcement("y", text, url="https://example.org/1")
    bare = Announcement("b", text)
    assert {k for k, v in group_duplicates([late, early, addressed, bare]).items() if not v.duplicate_of} == {"z"}
    assert {k for k, v in group_duplicates([bare, addressed]).items() if not v.duplicate_of} == {"y"}
    assert {k for k, v in group_duplicates([Announcement("c", text), bare]).items() if not v.duplicate_of} == {"b"}


def test_order_of_reading_changes_nothing() -> None:
    documents = [Announcement(f"d{i}", announcement(i // 3) + announcement(100 + i, 40)) for i in range(30)]
    expected = group_duplicates(documents)
    assert sum(v.duplicate_of is None for v in expected.values()) == 10
    random.Random(0).shuffle(documents)
    assert group_duplicates(documents) == expected


def test_damaged_copy_is_found_when_a_mirror_drops_words() -> None:
    text = "一要" + announcement(4) + "第一时间落实领导小组最新要求"
    dropped = text.translate(str.maketrans("", "", "一最第领极级"))
    assert similarity(sketch(text), sketch(dropped)) == 1.0


def test_two_sittings_or_regions_are_no_copies_however_alike() -> None:
    text = announcement(5)
    assert not any(
        v.duplicate_of
        for v in group_duplicates(
            [Announcement("a", text, meeting_date="2022-04-01"), Announcement("b", text, meeting_date="2022-04-02")]
        ).values()
    )
    assert not any(
        v.duplicate_of
        for v in group_duplicates(
            [Announcement("a", text, adcode="310000"), Announcement("b", text, adcode="330100")]
        ).values()
    )
    unknown = group_duplicates([Announcement("a", text, adcode="310000"), Announcement("b", text)])
    assert unknown["b"].duplicate_of == "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [("2月3日上午，", "2月10日上午，"), ("（第3号）", "（第4号）"), ("第三次会议", "第四次会议")],
)
def test_one_wording_is_no_copy_when_its_days_or_numbers_differ(one: str, other: str) -> None:
    text = announcement(5)
    documents = [
        Announcement("a", one + text),
        Announcement("b", other + text),
        Announcement("c", "来源：2月11日某报 " + one + text),  # a day more is no other day
        Announcement("d", text),
    ]
    found = group_duplicates(documents)
    assert {k: v.duplicate_of for k, v in found.items()} == {"a": None, "b": None, "c": "a", "d": "a"}


def test_copies_find_each_other_when_many_sittings_share_a_wording() -> None:
    base = announcement(7)
    days = [f"{month}月{day}日" for month in range(1, 13) for day in range(1, 29)]
    sketches = [sketch(f"{day}，{base}") for day in days]
    found = group_duplicates(Announcement(f"{i:05}", sketch=sketches[i % len(days)]) for i in range(3 * len(days)))
    assert {k: v.duplicate_of for k, v in found.items() if v.duplicate_of} == {
        f"{i:05}": f"{i % len(days):05}" for i in range(len(days), 3 * len(days))
    }


def test_kept_sketch_stands_for_its_text() -> None:
    text = announcement(6)
    found = group_duplicates([Announcement("a", text), Announcement("b", sketch=sketch(text))])
    assert found["b"] == Copy("a", 1.0)
    assert len(sketch(text)) == 512
    assert len(sketch("2月3日，第4号" + text)) == 520


def test_too_little_text_is_never_a_copy() -> None:
    assert sketch("疫情") == b""
    assert group_duplicates([Announcement("a", "疫情"), Announcement("b", "疫情")]) == {
        "a": Copy(None, None),
        "b": Copy(None, None),
    }
    assert group_duplicates([]) == {}


def seconds(documents: list[Announcement]) -> float:
    began = time.process_time()
    group_duplicates(documents)
    return time.process_time() - began


def test_ten_thousand_are_grouped_in_seconds_when_copies_are_of_few_or_many() -> None:
    base = announcement(1)
    few = [sketch(announcement(i, 200)) for i in range(400)]
    many = [sketch(f"{i // 28 + 1}月{i % 28 + 1}日，{base}") for i in range(336)]
    for sketches in (few, many):
        assert seconds([Announcement(f"{i:05}", sketch=sketches[i % len(sketches)]) for i in range(10_000)]) < 20


HIGHER = "要把疫情防控作为当前最重要的工作来抓，坚决遏制疫情蔓延势头，保护人民生命安全"


Row = dict[str, object]


def given(directive_id: str, text: str, date: str | None, level: str, adcode: str | None) -> Row:
    day = dt.date.fromisoformat(date) if date else None
    return {"directive_id": directive_id, "text": text, "date": day, "level": level, "adcode": adcode}


def forwards_of(*rows: Row) -> list[Forward]:
    return find_forwards(pa.Table.from_pylist(list(rows), schema=DIRECTIVES))


def test_forwarded_words_are_traced_to_the_higher_level() -> None:
    lower = "各乡镇要把疫情防控作为当前最重要的工作来抓，坚决遏制疫情蔓延势头。"
    (forward,) = forwards_of(
        given("county", lower, "2020-02-03", "county", "330381"),
        given("province", HIGHER, "2020-02-01", "province", "330000"),
    )
    assert (forward.directive_id, forward.source_directive_id) == ("county", "province")
    assert forward.shared_text == "要把疫情防控作为当前最重要的工作来抓，坚决遏制疫情蔓延势头"
    assert forward.similarity == round(29 / 33, 3)


def test_nothing_is_forwarded_when_the_source_is_later_lower_or_elsewhere() -> None:
    lower = given("x", HIGHER, "2020-02-03", "county", "330381")
    for source in (
        given("later", HIGHER, "2020-02-04", "province", "330000"),
        given("same level", HIGHER, "2020-02-01", "county", "330382"),
        given("lower", HIGHER, "2020-02-01", "township", "330381"),
        given("elsewhere", HIGHER, "2020-02-01", "province", "320000"),
        given("undated", HIGHER, None, "province", "330000"),
        given("other words", "要加快复工复产，帮助企业解决用工难题", "2020-02-01", "province", "330000"),
    ):
        assert forwards_of(lower, source) == []


def test_national_words_reach_every_region() -> None:
    (forward,) = forwards_of(
        given("n", HIGHER, "2020-02-03", "national", None),
        given("u", HIGHER, "2020-02-03", "unit", None),
    )
    assert forward == Forward("u", "n", 1.0, HIGHER)


def test_short_idioms_are_no_forwarding() -> None:
    assert (
        forwards_of(
            given("n", "坚持外防输入、内防反弹", "2020-02-03", "national", None),
            given("u", "坚持外防输入、内防反弹", "2020-02-03", "county", "330381"),
        )
        == []
    )
    assert forwards_of() == []
