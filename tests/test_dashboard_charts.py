"""Charts: the values, the fading, the shading and the words of each figure."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.charts import calendar, cells, over_time, ranked, terms
from dashboard.charts.canvas import FADED, canvas, middle_of, quoted, short, strokes, time_axis
from dashboard.charts.series import Index, TimeData
from dashboard.periods import best_grain, next_period, period_start, periods
from dashboard.text import Text
from dashboard.theme import LIGHT, luminance

D = dt.date
ZH, EN = Text("zh"), Text("en")
Q1, Q2, Q3 = D(2020, 1, 1), D(2020, 4, 1), D(2020, 7, 1)


def time_data(**changed: object) -> TimeData:
    """Two groups over three quarters: many documents, none, few."""
    fields = {
        "groups": pd.DataFrame(
            [(Q1, "a", 30, 12), (Q1, "b", 10, 6), (Q3, "a", 1, 1), (Q3, "b", 3, 2)],
            columns=["period", "group_id", "directives", "documents"],
        ),
        "documents": pd.DataFrame([(Q1, 20, 3), (Q3, 4, 0)], columns=["period", "documents", "inferred"]),
        "order": ["a", "b"],
        "labels": {"a": "甲", "b": "乙<b>"},
        "colours": {"a": "#0A5A75", "b": "#C9474F"},
        "first": D(2020, 1, 22),
        "last": D(2020, 9, 1),
        "grain": "quarter",
    }
    return TimeData(**(fields | changed))  # type: ignore[arg-type]


def trace(chart: object, name: str) -> object:
    return next(t for t in chart.figure.data if t.name == name)  # type: ignore[attr-defined]


def test_stacked_counts_are_the_directives() -> None:
    chart = over_time.stacked(time_data(), "directives", LIGHT, ZH)
    bars = trace(chart, "甲")
    assert list(bars.x) == [Q1, Q2, Q3]  # type: ignore[attr-defined]
    assert list(bars.y) == [30, 0, 1]  # type: ignore[attr-defined]
    assert [tuple(keys) for keys in bars.customdata] == [  # type: ignore[attr-defined]
        ("2020-01-01", "a"),
        ("2020-04-01", "a"),
        ("2020-07-01", "a"),
    ]


def test_shares_add_up_to_a_hundred_where_anything_was_ordered() -> None:
    chart = over_time.stacked(time_data(), "share", LIGHT, ZH)
    stacks = [trace(chart, name).y for name in ("甲", "乙&lt;b&gt;")]  # type: ignore[attr-defined]
    assert [sum(values) for values in zip(*stacks, strict=True)] == [100, 0, 100]


def test_periods_with_few_documents_fade() -> None:
    bars = trace(over_time.stacked(time_data(), "share", LIGHT, ZH), "甲")
    assert list(bars.marker.opacity) == [1, FADED, FADED]  # type: ignore[attr-defined]


def test_periods_without_documents_are_shaded_and_break_the_line() -> None:
    chart = over_time.lines(time_data(), "reach", LIGHT, ZH)
    assert [(s.x0, s.x1) for s in chart.figure.layout.shapes] == [("2020-04-01", "2020-07-01")]
    assert list(trace(chart, "甲").y) == [60, None, 25]  # type: ignore[attr-defined]
    assert list(trace(chart, "甲").marker.color) == ["#0A5A75", "#FFFFFF", "#FFFFFF"]  # type: ignore[attr-defined]


def test_what_does_not_add_up_is_not_stacked() -> None:
    with pytest.raises(ValueError, match="documents does not add up"):
        over_time.stacked(time_data(), "documents", LIGHT, ZH)


def test_hovers_say_what_a_mark_rests_on() -> None:
    bars = trace(over_time.stacked(time_data(), "share", LIGHT, EN), "乙&lt;b&gt;")
    assert bars.hovertext[2] == (  # type: ignore[attr-defined]
        "<b>2020 Q3</b><br>乙&lt;b&gt;  75%<br>3 directives in 2 announcements; 4 read in the period"
        "<br>Fewer than 10 announcements: read with care"
    )


def test_coverage_strip_shows_every_period() -> None:
    strip = trace(over_time.stacked(time_data(), "directives", LIGHT, ZH), "read")
    hollow = trace(over_time.stacked(time_data(), "directives", LIGHT, ZH), "日期为推断的公告")
    assert list(strip.y) == [17, 0, 4]  # type: ignore[attr-defined]
    assert list(hollow.y) == [3, 0, 0]  # type: ignore[attr-defined]
    assert hollow.marker.color == LIGHT.paper  # type: ignore[attr-defined]
    assert list(hollow.text) == ["20", "", "4"]  # type: ignore[attr-defined]


def test_events_are_numbered_and_never_touch() -> None:
    days = [D(2020, 1, 23), D(2020, 1, 24), D(2020, 2, 8), D(2020, 8, 1)]
    events = pd.DataFrame({"date": days, "label": ["甲<i>", "乙", "丙", "丁"]})
    chart = over_time.stacked(time_data(events=events), "directives", LIGHT, ZH)
    marks = [note for note in chart.figure.layout.annotations if note.name == "event"]
    assert [(mark.text, mark.yshift) for mark in marks] == [("1–2", 0), ("3", -19), ("4", 0)]
    assert marks[0].hovertext == "<b>1  2020年1月23日</b><br>甲&lt;i&gt;<br><b>2  2020年1月24日</b><br>乙"


def test_index_has_an_axis_of_its_own() -> None:
    values = pd.DataFrame({"date": [D(2020, 2, 1), D(2020, 3, 1)], "value": [10.0, 60.0]})
    chart = over_time.stacked(time_data(index=Index("指数<b>", values)), "directives", LIGHT, ZH)
    line = trace(chart, "指数&lt;b&gt;（右轴）")
    assert (line.yaxis, list(line.y)) == ("y4", [10, 60])  # type: ignore[attr-defined]
    assert line.customdata is None  # type: ignore[attr-defined]  # nothing of ours is behind it
    assert chart.figure.layout.yaxis4.range == (0, 100)


def test_cells_are_stronger_for_more_and_low_for_few_documents() -> None:
    chart = over_time.cells(time_data(), "directives", LIGHT, ZH)
    bars = trace(chart, "甲")
    assert list(bars.x) == [Q1, Q3]  # type: ignore[attr-defined]  # nothing is drawn where nothing was read
    assert list(bars.y) == [0.88, 0.42]  # type: ignore[attr-defined]
    dark, pale = bars.marker.color  # type: ignore[attr-defined]
    assert dark == LIGHT.accent and luminance(pale) > luminance(dark)
    (key,) = (name for one in chart.figure.data if "■" in (name := one.name or ""))
    assert key.endswith(f'<span style="color:{LIGHT.accent}">■</span> 30')
    assert [(s.x0, s.x1) for s in chart.figure.layout.shapes] == [("2020-04-01", "2020-07-01")]


def test_share_is_of_all_groups_when_some_are_left_out() -> None:
    bars = trace(over_time.stacked(time_data(order=["b"]), "share", LIGHT, ZH), "乙&lt;b&gt;")
    assert list(bars.y) == [25, 0, 75]  # type: ignore[attr-defined]


def test_calendar_tells_none_read_from_none_ordered_and_inferred_from_stated() -> None:
    days = [D(2020, 3, 2), D(2020, 3, 3), D(2020, 3, 4)]
    counts = pd.DataFrame([(days[0], 4, 2), (days[2], 1, 1)], columns=["period", "directives", "documents"])
    read = pd.DataFrame(
        [(days[0], 2, 0), (days[1], 1, 0), (days[2], 1, 1)], columns=["period", "documents", "inferred"]
    )
    chart = calendar.calendar(counts, read, "directives", days[0], D(2020, 3, 5), "#0A5A75", LIGHT, EN)
    notes = [note.text for note in chart.figure.layout.annotations]
    assert any(words.endswith('<span style="color:rgba(10,90,117,1)">■</span> 4') for words in notes)
    cells_of_days = chart.figure.data[0]
    assert list(cells_of_days.marker.color) == ["rgba(10,90,117,1)", LIGHT.paper, LIGHT.paper, LIGHT.void]
    assert cells_of_days.marker.line.width[2] > cells_of_days.marker.line.width[1] > cells_of_days.marker.line.width[3]
    assert [tuple(keys) for keys in cells_of_days.customdata] == [
        ("2020-03-02", "directives"),
        ("2020-03-03", ""),
        ("2020-03-04", "directives"),
        ("2020-03-05", ""),
    ]
    assert cells_of_days.hovertext[3] == "<b>5 Mar 2020</b><br>none read"
    assert chart.table["Announcements read"].tolist() == [2, 1, 1, 0]


def test_rows_share_one_scale_when_multiplied() -> None:
    chart = over_time.multiples(time_data(), "directives", LIGHT, ZH)
    assert chart.figure.layout.yaxis.range == chart.figure.layout.yaxis2.range == (0, 30)


def test_table_holds_what_the_chart_shows() -> None:
    table = over_time.stacked(time_data(), "share", LIGHT, EN).table
    assert table.iloc[0].to_dict() == {
        "Period": "2020-01-01",
        "Group": "甲",
        "Directives": 30,
        "Announcements": 12,
        "Announcements read": 20,
        "Of these, date inferred": 3,
        "Share of the period (%)": 75.0,
        "Share of announcements read (%)": 60.0,
    }


def test_alternative_says_what_the_chart_shows() -> None:
    assert over_time.stacked(time_data(), "directives", LIGHT, EN).alt == (
        "Directives over time, 22 Jan 2020 – 1 Sep 2020. Most: 甲, 乙<b>; peak in 2020 Q1."
    )


def test_groups_of_one_colour_are_told_apart() -> None:
    data = time_data(colours={"a": "#0A5A75", "b": "#0A5A75"})
    chart = over_time.stacked(data, "directives", LIGHT, ZH)
    assert trace(chart, "甲").marker.color != trace(chart, "乙&lt;b&gt;").marker.color  # type: ignore[attr-defined]


def test_totals_are_ordered_and_split_by_wording() -> None:
    rows = pd.DataFrame(
        [("a", "strict", 2, 3), ("a", "require", 5, 3), ("b", "require", 9, 4)],
        columns=["group_id", "strength", "directives", "documents"],
    )
    chart = ranked.totals(rows, {"a": "甲", "b": "乙"}, {}, 20, LIGHT, ZH)
    assert [note.text for note in chart.figure.layout.annotations] == ["7 · 35%", "9 · 45%"]
    assert [list(t.x) for t in chart.figure.data if t.type == "bar"] == [[2, 0], [5, 9], [0, 0]]
    assert chart.table["指令数"].tolist() == [9, 7]
    assert list(chart.figure.data[0].y) == ["甲", "乙"]


def test_differences_within_chance_are_faded() -> None:
    rows = pd.DataFrame(
        [("a", 16, 20, 18, 70), ("b", 4, 12, 18, 70)],
        columns=["group_id", "recent", "earlier", "recent_n", "earlier_n"],
    )
    chart = ranked.shifts(rows, {"a": "甲", "b": "乙"}, {"a": "#0A5A75", "b": "#0A5A75"}, LIGHT, ZH)
    shown = dict(zip(chart.figure.data[0].y, chart.figure.data[0].marker.color, strict=True))
    assert shown == {"甲": "#0A5A75", "乙": "rgba(10,90,117,0.38)"}


def test_no_change_is_never_clear() -> None:
    points, error = ranked.difference(5, 10, 5, 10)
    assert points == 0
    assert error > 0
    assert ranked.difference(0, 3, 0, 3)[1] > 0  # three of three is no certainty


def test_cells_are_shares_of_the_row() -> None:
    rows = pd.DataFrame(
        [("a", "a", 10), ("b", "b", 4), ("a", "b", 2), ("b", "a", 2)], columns=["first_id", "second_id", "directives"]
    )
    chart = cells.co_occurrence(rows, ["a", "b", "c"], {"a": "甲", "b": "乙"}, {}, LIGHT, EN)
    assert len(chart.figure.data) == 2
    assert "20% of the directives on 甲" in chart.figure.data[0].hovertext[1]
    assert "50% of the directives on 乙" in chart.figure.data[1].hovertext[0]
    assert chart.table.values.tolist() == [["甲", "乙", 2]]


@pytest.mark.parametrize(
    ("day", "grain", "start", "after"),
    [
        (D(2022, 3, 5), "day", D(2022, 3, 5), D(2022, 3, 6)),
        (D(2022, 3, 5), "week", D(2022, 2, 28), D(2022, 3, 7)),
        (D(2022, 12, 5), "month", D(2022, 12, 1), D(2023, 1, 1)),
        (D(2022, 12, 5), "quarter", D(2022, 10, 1), D(2023, 1, 1)),
    ],
)
def test_periods_begin_and_end(day: dt.date, grain: str, start: dt.date, after: dt.date) -> None:
    assert period_start(day, grain) == start  # type: ignore[arg-type]
    assert next_period(start, grain) == after  # type: ignore[arg-type]


def test_grain_follows_how_much_there_is() -> None:
    first, last = D(2020, 1, 1), D(2022, 12, 31)
    assert best_grain(first, last, 260) == "quarter"
    assert best_grain(first, last, 1000) == "month"
    assert best_grain(first, last, 100_000) == "week"
    assert best_grain(first, D(2020, 1, 20), 3) == "day"
    assert periods(D(2020, 2, 5), D(2020, 4, 1), "month") == [D(2020, 2, 1), D(2020, 3, 1), D(2020, 4, 1)]


def test_long_labels_are_cut() -> None:
    assert short("中国" * 20, 6) == "中国中国中…"
    assert short("上海", 6) == "上海"


def test_groups_of_one_colour_differ_in_dash_and_symbol() -> None:
    colours = {"a": "#0A5A75", "b": "#C9474F", "c": "#0A5A75"}
    found = strokes(["a", "b", "c", "d"], colours, LIGHT)
    assert [(s.colour, s.dash, s.symbol) for s in found.values()] == [
        ("#0A5A75", "solid", "circle"),
        ("#C9474F", "solid", "circle"),
        ("#0A5A75", "dot", "diamond"),
        (LIGHT.muted, "solid", "circle"),
    ]


def test_a_point_stands_in_the_middle_of_its_day_and_few_days_have_a_tick_each() -> None:
    day = dt.date(2020, 3, 9)
    assert middle_of(day, "day") == dt.datetime(2020, 3, 9, 12)
    figure = canvas(LIGHT, 200)
    time_axis(figure, day, day, "day", EN)
    assert figure.layout.xaxis.dtick == 86_400_000
    time_axis(figure, day, day + dt.timedelta(days=80), "day", EN)
    assert figure.layout.xaxis.nticks == 9


def test_a_lost_quotation_mark_is_given_back_unless_two_labels_would_be_one() -> None:
    assert quoted(["动态清零”总方针", "压实“四方责任", "“一刀切”", "人"]) == [
        "“动态清零”总方针", "压实“四方责任”", "“一刀切”", "人",
    ]  # fmt: skip
    assert quoted(["清零”", "“清零", "“清零”"]) == ["清零”", "“清零", "“清零”"]


def test_a_word_opens_the_time_before_by_its_ring_and_the_time_now_by_its_dot() -> None:
    rows = pd.DataFrame(
        [("清零", False, 5, 1, 3.0, True)], columns=["term", "is_slogan", "recent", "earlier", "z", "is_clear"]
    )
    ring, dot, *_ = terms.risen(rows, 10, 20, ("now", "before"), LIGHT, ZH).figure.data
    assert ([list(keys) for keys in ring.customdata], list(ring.x)) == ([["before", "清零"]], [5])
    assert ([list(keys) for keys in dot.customdata], list(dot.x)) == ([["now", "清零"]], [50])
