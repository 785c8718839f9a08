"""Comparing: what a difference is worth, alignment on days, and what the charts of Compare and Map show and say."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

from dashboard import comparison
from dashboard.aligned import Counted, around, by_calendar
from dashboard.charts import adoption, profile, side_by_side, tiles
from dashboard.charts.adoption import Adoption, First
from dashboard.charts.side_by_side import Trends
from dashboard.charts.tiles import COLUMNS, PLACES, ROWS, Tile
from dashboard.comparison import Shares, contrast, from_mean, pairs, widest, wilson
from dashboard.profiles import clearest
from dashboard.text import Text
from dashboard.theme import LIGHT
from warehouse.connection import published_path

D = dt.date
ZH, EN = Text("zh"), Text("en")
Q1, Q2 = D(2020, 1, 1), D(2020, 4, 1)


def shares(**sizes: int) -> Shares:
    """Two categories: `wide` differs between x and y, `same` does not."""
    counts = {("x", "wide"): 27, ("y", "wide"): 6, ("x", "same"): 9, ("y", "same"): 9, ("z", "wide"): 2}
    return Shares(counts, {"x": 30, "y": 30, "z": 4} | sizes, ["wide", "same"])


# --- what a difference is worth ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "size", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
)
def test_wilson_gives_the_published_limits(count: int, size: int, low: float, high: float) -> None:
    interval = wilson(count, size)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0)],
)
def test_contrast_of_two_is_newcombes_interval(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    interval = contrast([(1, *first), (-1, *second)])
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_verdict_and_interval_agree_whatever_the_counts() -> None:
    chance = random.Random(7)
    for _ in range(40):
        sizes = {name: chance.randint(3, 60) for name in "abcd"}
        groups = [f"g{i}" for i in range(6)]
        counts = {(e, g): chance.randint(0, n) for e, n in sizes.items() for g in groups}
        found = pairs(Shares(counts, sizes, groups)) + from_mean(Shares(counts, sizes, groups))
        for d in found:
            if d.verdict == "clear":
                assert d.interval.low > 0 or d.interval.high < 0
            if d.verdict == "unclear":
                assert d.interval.low <= 0 <= d.interval.high


def test_false_finds_are_rare_where_nothing_differs() -> None:
    """All entities order everything equally often: in few of the tables is any difference called clear."""
    chance = random.Random(11)
    groups = [f"g{i}" for i in range(24)]
    found = 0
    for _ in range(60):
        sizes = {name: chance.randint(15, 40) for name in "abc"}
        counts = {(e, g): sum(chance.random() < 0.3 for _ in range(n)) for e, n in sizes.items() for g in groups}
        found += any(d.verdict == "clear" for d in pairs(Shares(counts, sizes, groups)))
    assert found <= 60 * 2 * comparison.RATE


def test_a_difference_is_clear_only_where_there_are_enough_documents() -> None:
    by_pair = {(d.group, d.entity, d.other): d.verdict for d in pairs(shares())}
    assert by_pair["wide", "x", "y"] == "clear"
    assert by_pair["same", "x", "y"] == "unclear"
    assert by_pair["wide", "x", "z"] == "too_few"
    few = {(d.group, d.entity, d.other): d.verdict for d in pairs(shares(y=9))}
    assert few["wide", "x", "y"] == "too_few"


def test_a_brief_spells_out_clear_differences_with_their_figures() -> None:
    view = SimpleNamespace(text=EN, category={"wide": "Testing", "same": "Schools"}.__getitem__)
    names = {"x": "Shanghai", "y": "Beijing", "z": "Tibet"}
    lines = clearest(view, shares(), pairs(shares()), names)  # type: ignore[arg-type]
    least, most = (EN.points(100 * limit) for limit in limits_of_wide())
    assert lines == [f"Testing: Shanghai 90% (27/30), Beijing 20% (6/30), 70 ({least} – {most}) points apart"]
    assert clearest(view, shares(y=9), pairs(shares(y=9)), names) == []  # type: ignore[arg-type]


def limits_of_wide() -> tuple[float, float]:
    (found,) = (d for d in pairs(shares()) if (d.group, d.entity, d.other) == ("wide", "x", "y"))
    return found.interval.low, found.interval.high


def test_a_place_is_not_judged_against_its_own_province() -> None:
    nested = Shares(shares().counts, {"x": 30, "y": 30}, ["wide"], frozenset([frozenset(("x", "y"))]))
    assert [d.verdict for d in pairs(nested)] == ["nested"]


def test_the_mean_is_of_those_with_enough_documents() -> None:
    found = {(d.group, d.entity): d for d in from_mean(shares())}
    assert found["wide", "x"].interval.value == pytest.approx((27 - 6) / 60)
    assert found["wide", "y"].interval.value == pytest.approx(-(27 - 6) / 60)
    assert found["wide", "z"].interval.value == pytest.approx(2 / 4 - (27 + 6) / 60)
    assert (found["wide", "x"].verdict, found["wide", "z"].verdict) == ("clear", "too_few")


def test_a_category_is_shown_by_its_widest_clear_pair() -> None:
    pair = widest(pairs(shares()), "wide")
    assert pair is not None
    assert (pair.entity, pair.other, pair.verdict) == ("x", "y", "clear")
    assert widest([], "wide") is None


def test_spread_needs_days_enough() -> None:
    assert comparison.spread([1, 2, 3, 4]) is None
    found = comparison.spread([0, 1, 1, 2, 9, 30])
    assert found is not None
    assert (found.n, found.median, found.ends, found.limits) == (6, 1.5, (0, 30), (0, 30))
    assert comparison.spread([1, 2, 3, 4, 5]).limits is None  # type: ignore[union-attr]  # 1 in 16 lies outside


# --- alignment ---------------------------------------------------------------------------------------------------

GROUPS = pd.DataFrame(
    [("x", D(2020, 2, 9), "a", 2, 1), ("x", D(2020, 2, 10), "a", 3, 2), ("y", D(2020, 3, 1), "a", 5, 1)],
    columns=["entity", "period", "group_id", "directives", "documents"],
)
READ = pd.DataFrame(
    [("x", D(2020, 2, 9), 1), ("x", D(2020, 2, 10), 2), ("x", None, 7), ("y", D(2020, 3, 1), 1)],
    columns=["entity", "period", "documents"],
)


def test_days_before_and_after_are_never_in_one_bin() -> None:
    found = around(GROUPS, READ, {"x": D(2020, 2, 10)}, 14, 14, 7, EN)
    assert [(b.start, b.end) for b in found.bins] == [(-14, -7), (-7, 0), (0, 7), (7, 14)]
    assert found.directives == {("x", 1, "a"): 2, ("x", 2, "a"): 3}
    assert found.read == {("x", 1): 1, ("x", 2): 2}
    assert found.spans["x"][2] == (D(2020, 2, 10), D(2020, 2, 16))
    assert found.is_aligned


def test_each_is_aligned_on_its_own_day() -> None:
    found = around(GROUPS, READ, {"x": D(2020, 2, 10), "y": D(2020, 3, 1)}, 7, 7, 7, EN)
    assert found.directives == {("x", 0, "a"): 2, ("x", 1, "a"): 3, ("y", 1, "a"): 5}


def trends(counted: Counted, measure: str = "directives", order: tuple[str, ...] = ("a",), **remarks: str) -> Trends:
    return Trends(
        counted, ["x", "y"], {"x": "沪", "y": "京<i>"}, order, {"a": "甲"}, {}, (Q1, D(2020, 6, 30)), "quarter",
        measure, remarks,  # type: ignore[arg-type]
    )  # fmt: skip


def calendar() -> Counted:
    return by_calendar(
        GROUPS.assign(period=[Q1, Q1, Q2]), READ.dropna().assign(period=[Q1, Q1, Q2]), ["x", "y"], (Q1, D(2020, 6, 30)),
        "quarter", EN,
    )  # fmt: skip


def test_trends_stand_on_one_scale_with_unread_periods_shaded() -> None:
    chart = side_by_side.trends(trends(calendar()), LIGHT, ZH)
    assert chart.figure.layout.yaxis.range == chart.figure.layout.yaxis2.range == (0, 5)
    assert [(s.x0, s.x1, s.yref) for s in chart.figure.layout.shapes] == [
        ("2020-04-01", "2020-07-01", "y domain"),
        ("2020-01-01", "2020-04-01", "y2 domain"),
    ]
    assert [list(t.y) for t in chart.figure.data if t.type == "bar"] == [[5, 0], [0, 5]]


def test_a_share_of_announcements_is_of_those_read_and_fades_when_few() -> None:
    chart = side_by_side.trends(trends(calendar(), "reach"), LIGHT, ZH)
    first = chart.figure.data[0]
    assert list(first.y) == [100, 0]
    assert list(first.marker.opacity) == [1, side_by_side.FADED]
    assert chart.table.iloc[0].tolist() == ["沪", "2020-01-01", "2020-03-31", "甲", 5, 3, 3, 100.0]


def test_marks_of_what_was_read_stand_for_announcements() -> None:
    chart = side_by_side.trends(trends(calendar(), "read", ()), LIGHT, ZH)
    assert [list(keys) for keys in chart.figure.data[0].customdata] == [
        ["2020-01-01_2020-03-31", "x", ""],
        ["2020-04-01_2020-06-30", "x", ""],
    ]


@pytest.mark.parametrize(("weeks", "ticks"), [(13, 7), (26, 7), (52, 5)])
def test_days_around_an_event_have_few_ticks_and_a_true_minus(weeks: int, ticks: int) -> None:
    counted = around(GROUPS, READ, {"x": D(2020, 2, 10)}, 7 * weeks, 7 * weeks, 14, ZH)
    axis = side_by_side.trends(trends(counted, y=""), LIGHT, ZH).figure.layout.xaxis
    assert len(axis.ticktext) == ticks and "当日" in axis.ticktext and axis.ticktext[0].startswith("−")


def test_whoever_has_no_first_order_says_so_in_its_row() -> None:
    counted = around(GROUPS, READ, {"x": D(2020, 2, 10)}, 7, 7, 7, ZH)
    chart = side_by_side.trends(trends(counted, y="截至2020年3月1日未见"), LIGHT, ZH)
    notes = [note.text for note in chart.figure.layout.annotations]
    assert "截至2020年3月1日未见" in notes
    assert "<b>京&lt;i&gt;</b>  " in notes
    assert [t.yaxis for t in chart.figure.data if t.type == "bar"] == ["y"]


# --- profiles ----------------------------------------------------------------------------------------------------

NAMES = {"x": "沪", "y": "京", "z": "津"}
LABELS = {"wide": "甲", "same": "乙"}


def test_profile_puts_clear_differences_first_and_fades_the_rest() -> None:
    chart = profile.dots(shares(), pairs(shares()), NAMES, LABELS, LIGHT, ZH)
    marks = {t.name: t for t in chart.figure.data if t.mode == "markers"}
    assert list(marks) == ["沪 (n=30)", "京 (n=30)", "津 (n=4)"]
    assert list(marks["沪 (n=30)"].x) == [90, 30]
    assert list(marks["沪 (n=30)"].marker.color) == ["#0A5A75", f"rgba(10,90,117,{profile.UNCLEAR:g})"]
    assert set(marks["津 (n=4)"].marker.color) == {"#FFFFFF"}
    assert list(chart.figure.layout.yaxis.ticktext) == ["<b>甲</b>", "乙"]
    assert "可以一提" in marks["沪 (n=30)"].hovertext[0]
    assert chart.table.iloc[0].tolist() == ["沪", "甲", 27, 30, 90.0, 74.4, 96.5]


def test_deviations_are_points_from_the_mean() -> None:
    chart = profile.deviations(shares(), NAMES, LABELS, LIGHT, EN)
    marks = {t.name: t for t in chart.figure.data if t.mode == "markers"}
    assert [round(x) for x in marks["沪 (n=30)"].x] == [35, 0]
    assert [list(keys) for keys in marks["沪 (n=30)"].customdata] == [["x", "wide"], ["x", "same"]]


def test_hostile_names_are_shown_as_they_stand() -> None:
    chart = profile.dots(
        shares(), pairs(shares()), NAMES | {"x": "<a href=x>"}, {"wide": "<b>甲", "same": "乙"}, LIGHT, ZH
    )
    assert "<a" not in chart.figure.to_json()
    assert "<b><b>" not in chart.figure.to_json()


# --- first orders ------------------------------------------------------------------------------------------------

KNOWN = Adoption(
    {("x", "a"): First(D(2020, 2, 1), False), ("y", "a"): First(D(2020, 3, 1), True)},
    {
        "x": {D(2020, 2, 1): 1, D(2021, 5, 1): 2},
        "y": {D(2020, 2, 1): 2, D(2020, 3, 1): 1},
        "z": {D(2020, 1, 5): 1, D(2020, 9, 9): 4},
    },
    NAMES | {"w": "渝"},
    {"a": "甲"},
)
SPAN = (D(2020, 1, 1), D(2022, 12, 31))


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("x", "First seen on 1 Feb 2020; in the first announcement read: it may have come earlier"),
        ("y", "First seen on 1 Mar 2020 (date inferred); not in the 2 announcements read before"),
        ("z", "No order seen up to 9 Sep 2020; 5 announcements until then"),
        ("w", "No announcement read: nothing is known"),
    ],
)
def test_what_is_known_of_a_first_order_is_said(entity: str, words: str) -> None:
    assert KNOWN.said(entity, "a", EN) == words


def test_rows_end_in_an_open_arrow_where_nothing_was_seen() -> None:
    chart = adoption.lines(KNOWN, ["z", "y", "x"], "a", "#0A5A75", SPAN, LIGHT, EN)
    by_name = {t.name: t for t in chart.figure.data if t.name}
    assert [list(keys) for keys in by_name["first order"].customdata] == [["2020-02-01", "x", "a"]]
    assert [list(keys) for keys in by_name["first order (date inferred)"].customdata] == [["2020-03-01", "y", "a"]]
    assert [list(keys) for keys in by_name["not seen up to the last one read"].customdata] == [["2020-09-09", "z", ""]]
    assert set(by_name["first order (date inferred)"].marker.color.split()) == {"#FFFFFF"}
    assert len(by_name["announcement read"].x) == 6
    assert [tick.split(" ")[0] for tick in chart.figure.layout.yaxis.ticktext] == ["沪", "京", "津"]


def test_cells_say_month_or_until_when_nothing_was_seen() -> None:
    chart = adoption.cells(KNOWN, ["x", "y", "z", "w"], ["a"], SPAN, "#0A5A75", LIGHT, EN)
    assert [trace.text[0] for trace in chart.figure.data] == ["2020-02", "2020-03*", "> 2020-09", ""]
    assert chart.figure.data[3].marker.color == (LIGHT.void,)
    assert chart.table["Not seen up to"].tolist() == ["", "", "2020-09-09", ""]


def test_curve_rises_by_one_region_a_step_under_what_was_read() -> None:
    chart = adoption.curve(KNOWN, ["x", "y", "z", "w"], ["a"], {"a": "#C9474F"}, SPAN, LIGHT, EN)
    ceiling, _, marks = chart.figure.data
    assert list(ceiling.y) == [0, 1, 2, 3, 3]  # the fourth has no announcement
    assert list(marks.y) == [1, 2] and marks.marker.line.color == "#C9474F"
    assert chart.table.values.tolist() == [["甲", "2020-02-01", "沪", 1, 3], ["甲", "2020-03-01", "京", 2, 3]]


# --- the tile map ------------------------------------------------------------------------------------------------


def test_every_province_has_a_square_of_its_own(sample_warehouse: Path) -> None:
    with duckdb.connect(str(published_path(sample_warehouse)), read_only=True) as connection:
        provinces = connection.execute("SELECT adcode FROM regions WHERE level = 'province'").fetchall()
    assert set(PLACES) == {adcode for (adcode,) in provinces}
    assert len(set(PLACES.values())) == len(PLACES)
    assert all(0 <= column < COLUMNS and 0 <= row < ROWS for column, row in PLACES.values())


MAP = {"310000": Tile(20, 5, 8, 2, D(2020, 3, 1)), "110000": Tile(3, 3, 4, 0, None), "420000": Tile(0)}
SHORT = {"310000": "上海", "110000": "北京", "420000": "湖北"}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("reach", {"上海": "25%", "北京": "100%"}),
        ("documents", {"上海": "20", "北京": "3"}),
        ("directives", {"上海": "8", "北京": "4"}),
        ("strict", {"上海": "25%", "北京": "0%"}),
        ("first", {"上海": "2020-03", "北京": "未见"}),
    ],
)
def test_tiles_show_their_value_and_what_it_rests_on(measure: str, expected: dict[str, str]) -> None:
    chart = tiles.tile_map(
        MAP, SHORT, SHORT, measure, "检测", "#0A5A75", SPAN, lambda a, _: [a], LIGHT, ZH  # type: ignore[arg-type]
    )  # fmt: skip
    shown = {words.split("</b>")[0][3:]: words.split("<br>")[1:] for words in chart.figure.data[0].text}
    assert {name: lines[0] for name, lines in shown.items() if lines} == expected
    assert shown["湖北"] == []  # nothing read: no value at all


def test_a_tile_of_few_documents_is_hollow() -> None:
    chart = tiles.tile_map(MAP, SHORT, SHORT, "reach", "检测", "#0A5A75", SPAN, lambda a, _: [a], LIGHT, ZH)
    widths = dict(zip([keys[0] for keys in chart.figure.data[0].customdata], chart.figure.data[0].marker.line.width,
                      strict=True))  # fmt: skip
    assert widths == {"310000": 1, "110000": 3, "420000": 1}


def test_tiles_over_time_are_grey_where_nothing_was_read() -> None:
    many = {"310000": {"2020-01-01": Tile(20, 5, 8, 2), "2020-04-01": Tile()}}
    chart = tiles.tile_rows(
        many, [("2020-01-01", "一"), ("2020-04-01", "二")], SHORT, SHORT, "reach", "检测", "#0A5A75",
        lambda a, p: [a, p], LIGHT, ZH,
    )  # fmt: skip
    voids, bars = chart.figure.data
    assert len(voids.x) == 1
    assert [list(keys) for keys in bars.customdata] == [["310000", "2020-01-01"]]
    assert bars.y[0] == pytest.approx(-0.62 * 0.25)
