"""What the pages ask is what the warehouse holds: the daily cube, the narrow tables and the views agree."""

from __future__ import annotations

import datetime as dt
import inspect
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import builds, documents, queries, selection
from dashboard.builds import Build
from dashboard.filters import Filters


def test_copies_count_once_unless_asked_for(small: Build) -> None:
    assert queries.headline(small, Filters()).directives == 3
    assert queries.headline(small, Filters(with_copies=True)).directives == 4


def test_headline_says_what_it_rests_on(small: Build) -> None:
    head = queries.headline(small, Filters())
    assert (head.documents, head.dated, head.inferred, head.provinces) == (2, 1, 0, 2)
    assert (head.first_date, head.last_date) == (dt.date(2022, 3, 1), dt.date(2022, 3, 1))


def test_a_directive_counts_once_in_each_category_and_family(small: Build) -> None:
    by_category = queries.groups_over_time(small, Filters(), "month", "category")
    assert {r.group_id: r.directives for r in by_category.itertuples()} == {"testing": 2, "schools": 1}
    by_family = queries.groups_over_time(small, Filters(), "month", "family")
    assert {r.group_id: r.directives for r in by_family.itertuples()} == {"containment": 2}


def test_undated_documents_are_left_out_of_time_only(small: Build) -> None:
    assert queries.documents_over_time(small, Filters(), "month")["documents"].sum() == 1
    assert documents.count_documents(small, Filters(), "") == 2


def test_documents_are_listed_with_their_matching_directives(small: Build) -> None:
    rows = documents.list_documents(small, Filters(categories=("schools",)))
    assert [(r.document_id, r.matching) for r in rows.itertuples()] == [("a", 1)]


def test_documents_are_found_by_title(small: Build) -> None:
    assert documents.count_documents(small, Filters(), "疫情") == 2
    assert documents.count_documents(small, Filters(), "' OR 1=1 --") == 0


def test_together_counts_pairs_in_the_same_directive(small: Build) -> None:
    rows = queries.together(small, Filters())
    assert {(r.first_id, r.second_id): r.directives for r in rows.itertuples()} == {
        ("testing", "testing"): 3,
        ("schools", "schools"): 1,
        ("schools", "testing"): 1,
        ("testing", "schools"): 1,
    }


def test_a_document_comes_with_its_parts(small: Build) -> None:
    row = documents.document(small, "a")
    assert row is not None
    assert (row["issuer"], row["adcodes"]) == ("上海市政府", ["310000"])
    directives = documents.directives_of(small, "a")
    assert [(d["seq"], [m["category_id"] for m in d["measures"]]) for d in directives] == [
        (1, ["testing"]),
        (2, ["schools", "testing"]),
    ]
    assert [p["name"] for p in documents.parts_of(small, "a", "people")] == ["王某"]
    assert documents.copies_of(small, "a")["document_id"].tolist() == ["b"]


def test_a_document_that_is_not_there_is_none(small: Build) -> None:
    assert documents.document(small, "' OR 1=1 --") is None


def test_no_build_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    assert builds.current_build() is None


@st.composite
def filters(draw: st.DrawFn, build: Build) -> Filters:
    """Filters of values that the build has, few at a time, as readers set them."""
    options = queries.options(build)
    days = st.none() | st.dates(options.first_date, options.last_date)

    def some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
        return st.just(()) | st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)

    provinces = draw(some(options.provinces))
    first, last = draw(days), draw(days)
    if first and last and first > last:
        first, last = last, first
    return Filters(
        date_from=first,
        date_to=last,
        provinces=provinces,
        places=draw(some(options.places_of(provinces))) if options.places_of(provinces) else (),
        issuers=draw(some(options.issuers)),
        kinds=draw(some(options.kinds)),
        levels=draw(some(options.levels, 3)),
        categories=draw(some(options.categories, 3)),
        strengths=draw(some(options.strengths)),
        date_kind=draw(st.sampled_from(("default", "default", "meeting", "published"))),
        explicit_only=draw(st.booleans()),
        with_copies=draw(st.booleans()),
        with_forwarded=draw(st.booleans()),
    )


def expected(build: Build, chosen: Filters) -> dict[tuple[dt.date, str], tuple[int, int]]:
    """Directives and documents by month and category, counted from the views that people query."""
    date = {"default": "date", "meeting": "meeting_date", "published": "published_date"}[chosen.date_kind]
    conditions, values = [f"{date} IS NOT NULL"], []
    if not chosen.with_copies:
        conditions.append("is_primary")
    if not chosen.with_forwarded:
        conditions.append("NOT is_forwarded")
    if chosen.explicit_only and chosen.date_kind != "published":  # a published date is always stated
        conditions.append("NOT is_date_inferred")
    for condition, value in (
        (f"{date} >= ?", chosen.date_from),
        (f"{date} <= ?", chosen.date_to),
        ("list_contains(?, issuer_id)", list(chosen.issuers)),
        ("list_contains(?, issuer_kind)", list(chosen.kinds)),
        ("list_contains(?, level)", list(chosen.levels)),
        ("list_contains(?, category)", list(chosen.categories)),
        ("list_contains(?, strength)", list(chosen.strengths)),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    if chosen.provinces:
        parts = []
        for province in chosen.provinces:
            places = [place for place in chosen.places if place[:2] == province[:2]]
            if province == "000000":
                parts.append("(province = '全国')")
            elif places:
                names = [
                    f"adcode[1:{4 if place.endswith('00') else 6}] = '{place.removesuffix('00')}'" for place in places
                ]
                parts.append(f"({' OR '.join(names)})")
            else:
                parts.append(f"(adcode[1:2] = '{province[:2]}')")
        conditions.append(f"({' OR '.join(parts)})")
    with duckdb.connect(build.path, read_only=True) as connection:
        rows = connection.execute(
            f"""SELECT CAST(date_trunc('month', {date}) AS DATE), category, count(DISTINCT directive_id),
                count(DISTINCT document_id)
            FROM (SELECT m.*, x.meeting_date, x.published_date, i.issuer_id FROM v_measures AS m
                INNER JOIN v_directives AS x USING (directive_id) LEFT JOIN issuers AS i ON i.name = m.issuer)
            WHERE {" AND ".join(conditions)} GROUP BY 1, 2""",
            values,
        ).fetchall()
    return {(month, category): (directives, documents) for month, category, directives, documents in rows}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_charts_show_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    shown = {
        (builds.as_date(r.period), r.group_id): (r.directives, r.documents)
        for r in queries.groups_over_time(sample, chosen, "month", "category").itertuples()
    }
    assert shown == expected(sample, chosen)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_cube_and_narrow_tables_agree(sample: Build, data: st.DataObject) -> None:
    """The same question answered both ways: over mart_days, and over mart_groups with the cube forbidden."""
    chosen = data.draw(filters(sample))
    if not selection.fits_days(chosen, "family"):
        return
    spans = (dt.date(2022, 3, 1), dt.date(2021, 3, 1))
    fast = queries.groups_over_time(sample, chosen, "quarter", "family"), queries.focus(sample, chosen, *spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "fits_days", lambda *_: False)
        slow = (
            inspect.unwrap(queries.groups_over_time)(sample, chosen, "quarter", "family"),
            inspect.unwrap(queries.focus)(sample, chosen, *spans),
        )
    assert [rows.to_dict("records") for rows in fast] == [rows.to_dict("records") for rows in slow]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_focus_counts_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    recent_from, earlier_from = dt.date(2022, 3, 1), dt.date(2021, 3, 1)
    recent, earlier = Counter[str](), Counter[str]()
    for (month, category), (_, n) in expected(sample, chosen).items():
        if month >= earlier_from:
            (recent if month >= recent_from else earlier)[category] += n
    rows = queries.focus(sample, chosen, recent_from, earlier_from)
    assert {r.group_id: (r.recent, r.earlier) for r in rows.itertuples()} == {
        category: (recent[category], earlier[category]) for category in recent.keys() | earlier.keys()
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_headline_agrees_with_lists_and_charts(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    head = queries.headline(sample, chosen)
    assert head.documents == documents.count_documents(sample, chosen, "")
    if not chosen.narrows_directives:
        assert head.dated == queries.documents_over_time(sample, chosen, "day")["documents"].sum()
    listed = documents.list_documents(sample, chosen, size=5000)
    assert head.directives == listed["matching"].sum()
