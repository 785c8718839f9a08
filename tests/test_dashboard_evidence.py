"""Marks: how they travel in the URL, and that behind each there is exactly what the chart counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import provenance, queries
from dashboard.builds import Build
from dashboard.filters import Filters, Options
from dashboard.marks import Keys, Mark, mark_of, read_mark, write_mark
from dashboard.periods import GRAINS, snapped
from tests.small_warehouse import publish_small

D = dt.date
FAMILIES = {"containment", "health"}
OPTIONS = Options(
    first_date=D(2020, 1, 1),
    last_date=D(2022, 12, 31),
    provinces=("310000",),
    places=(),
    issuers=("i1",),
    kinds=("government",),
    levels=("province",),
    categories=("testing", "schools"),
)


@pytest.fixture(scope="module")
def sample(sample_warehouse: Path) -> Build:
    path = max(sample_warehouse.glob("warehouse-*.duckdb"))
    return Build(str(path), path.stem)


@pytest.mark.parametrize(
    ("keys", "values", "written"),
    [
        (
            Keys(("period", "category"), "month"),
            ["2022-02-01", "testing"],
            "chart.period-2022-02-01_2022-02-28.category-testing",
        ),
        (Keys(("period", "family"), "quarter"), ["2022-01-01", ""], "chart.period-2022-01-01_2022-03-31.of-documents"),
        (
            Keys(("also",), fixed=(("category", "testing"),)),
            ["schools"],
            "chart.category-testing.also-schools",
        ),
        (
            Keys(("entity", "period")),
            ["310000", "2022-01-01_2022-05-01"],
            "chart.period-2022-01-01_2022-05-01.entity-310000",
        ),
        (
            Keys(("chair",), fixed=(("entity", "310000"), ("of", "documents"))),
            ["J. 某·某"],
            "chart.entity-310000.of-documents.chair-J. 某·某",
        ),
        (Keys(("level", "kind")), ["province", "government"], "chart.level-province.kind-government"),
    ],
)
def test_mark_survives_the_url(keys: Keys, values: list[str], written: str) -> None:
    mark = mark_of("chart", keys, values)
    assert mark is not None
    assert write_mark(mark) == written
    assert read_mark(written, OPTIONS, FAMILIES) == mark


@pytest.mark.parametrize(
    "address",
    [
        "",
        "chart",
        "chart.category-nothing",
        "chart.family-x' OR 1=1",
        "chart.period-2022-13-01_2022-02-01",
        "chart.period-2022-01-01",
        "chart.period-2022-01-01_9999-12-31",
        "ch art.category-testing",
        "chart.unknown-1",
        "chart.level-galaxy",
        f"chart.entity-{'9' * 65}",
    ],
)
def test_mark_of_a_url_that_means_nothing_is_none(address: str) -> None:
    assert read_mark(address, OPTIONS, FAMILIES) is None


def test_keys_that_are_not_a_charts_give_no_mark() -> None:
    keys = Keys(("period", "category"), "month")
    assert [mark_of("chart", keys, values) for values in (None, [], "ab", ["2022-01-01"], [1, 2], ["x", "y"])] == (
        [None] * 6
    )


def test_span_drawn_by_hand_becomes_whole_periods() -> None:
    assert snapped(D(2022, 2, 20), D(2022, 5, 20), "month") == (D(2022, 3, 1), D(2022, 5, 31))
    assert snapped(D(2022, 5, 2), D(2022, 5, 4), "quarter") == (D(2022, 4, 1), D(2022, 6, 30))


def test_mark_of_documents_lists_those_without_directives_too(tmp_path: Path) -> None:
    path = publish_small(tmp_path)
    build = Build(str(path), "small")
    march = Mark("timeline", (("period", "2022-03-01_2022-03-31"), ("of", "documents")))
    assert provenance.count_documents_behind(build, Filters(), march) == (1, 1)
    assert list(provenance.list_documents_behind(build, Filters(), march)["document_id"]) == ["a"]
    assert provenance.count_documents_behind(build, Filters(with_copies=True), march) == (2, 2)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_behind_a_mark_is_what_the_chart_counts(sample: Build, data: st.DataObject) -> None:
    options = queries.options(sample)
    filters = Filters(
        provinces=tuple(data.draw(st.lists(st.sampled_from(options.provinces), max_size=2, unique=True))),
        strengths=tuple(data.draw(st.lists(st.sampled_from(options.strengths), max_size=2, unique=True))),
        date_kind=data.draw(st.sampled_from(["default", "meeting", "published"])),
        explicit_only=data.draw(st.booleans()),
        with_copies=data.draw(st.booleans()),
        with_forwarded=data.draw(st.booleans()),
    )
    grain = data.draw(st.sampled_from(GRAINS))
    grouping = data.draw(st.sampled_from(["family", "category"]))
    wordings = queries.wordings_over_time(sample, filters, grain, grouping)
    (dated, _) = provenance.count_evidence(sample, filters, Mark("timeline", (("period", "1900-01-01_2099-12-31"),)))
    is_sum = wordings["group_id"] == "any"
    assert wordings.loc[is_sum, "directives"].sum() == wordings.loc[~is_sum, "directives"].sum() == dated
    rows = [
        (row.period, {grouping: row.group_id}, row.directives, row.documents)
        for row in queries.groups_over_time(sample, filters, grain, grouping).itertuples()
    ] + [
        (row.period, {"strength": row.group_id} if row.group_id != "any" else {}, row.directives, row.documents)
        for row in wordings.itertuples()
    ]
    for period, narrowing, directives, documents in data.draw(
        st.lists(st.sampled_from(rows), max_size=5) if rows else st.just([])
    ):
        values = [period.date().isoformat(), *narrowing.values()]
        mark = mark_of("timeline", Keys(("period", *narrowing), grain), values)
        assert mark is not None
        assert provenance.count_evidence(sample, filters, mark) == (directives, documents)
        assert len(provenance.list_evidence(sample, filters, mark, size=500)) == directives


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_behind_a_coverage_bar_is_what_was_read(sample: Build, data: st.DataObject) -> None:
    filters = Filters(
        provinces=tuple(data.draw(st.lists(st.sampled_from(queries.options(sample).provinces), max_size=2))),
        explicit_only=data.draw(st.booleans()),
        with_copies=data.draw(st.booleans()),
    )
    rows = list(queries.documents_over_time(sample, filters, "quarter").itertuples())
    assert not filters.explicit_only or not any(row.inferred for row in rows)
    for row in rows[:4]:
        mark = mark_of("timeline", Keys(("period", "family"), "quarter"), [row.period.date().isoformat(), ""])
        assert mark is not None
        assert provenance.count_documents_behind(sample, filters, mark)[0] == row.documents
