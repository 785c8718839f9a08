"""What Compare, Map and Issuers show is what the views give, whatever the filters."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import builds, comparing, provenance, queries
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.marks import Mark
from dashboard.profiles import shares_of
from tests.test_dashboard_queries import filters

EXAMPLES = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rows_of(build: Build, sql: str) -> list[dict[str, Any]]:
    """All rows of a query over the views."""
    with duckdb.connect(build.path, read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def province_of(row: dict[str, Any]) -> str | None:
    """The code of a row's province, from its name or region as the views show them."""
    if row["province"] == "全国":
        return "000000"
    return f"{row['adcode'][:2]}0000" if row["adcode"] else None


def is_chosen(row: dict[str, Any], chosen: Filters) -> bool:
    """Whether the announcement of a row of a view is among those that the filters choose."""
    day = row["day"]
    inferred = row["is_date_inferred"] and chosen.date_kind != "published"
    province = province_of(row)
    in_place = not (chosen.provinces or chosen.places)
    for wanted in chosen.provinces:
        places = [place for place in chosen.places if place[:2] == wanted[:2]]
        if not places:
            in_place = in_place or province == wanted
        for place in places:
            in_place = in_place or bool(row["adcode"] and row["adcode"].startswith(place.removesuffix("00")))
    return (
        in_place
        and (chosen.with_copies or row["is_primary"])
        and not (chosen.explicit_only and inferred)
        and (chosen.date_from is None or (day is not None and day >= chosen.date_from))
        and (chosen.date_to is None or (day is not None and day <= chosen.date_to))
        and (not chosen.issuers or row["issuer_id"] in chosen.issuers)
        and (not chosen.kinds or row["issuer_kind"] in chosen.kinds)
        and (not chosen.levels or row["level"] in chosen.levels)
    )


def day_of(chosen: Filters, alias: str = "d") -> str:
    return {"default": f"{alias}.date", "meeting": f"{alias}.meeting_date", "published": f"{alias}.published_date"}[
        chosen.date_kind
    ]


def orders(build: Build, chosen: Filters) -> list[dict[str, Any]]:
    """Rows of v_measures that the filters choose, with the day that counts."""
    rows = rows_of(
        build,
        f"""SELECT m.*, {day_of(chosen)} AS day, d.issuer_id FROM v_measures AS m
        INNER JOIN documents AS d USING (document_id)""",
    )
    by_directive = defaultdict(set)
    for row in rows:
        by_directive[row["directive_id"]].add(row["category"])
    return [
        row
        for row in rows
        if is_chosen(row, chosen)
        and (chosen.with_forwarded or not row["is_forwarded"])
        and (not chosen.strengths or row["strength"] in chosen.strengths)
        and (not chosen.categories or by_directive[row["directive_id"]] & set(chosen.categories))
    ]


def ordering(build: Build, chosen: Filters) -> list[dict[str, Any]]:
    """Rows of v_directives of the same announcements, whatever they order."""
    rows = rows_of(
        build,
        f"""SELECT v.* EXCLUDE (meeting_date, published_date), {day_of(chosen)} AS day, d.issuer_id
        FROM v_directives AS v INNER JOIN documents AS d USING (document_id)""",
    )
    return [r for r in rows if is_chosen(r, chosen) and (chosen.with_forwarded or not r["is_forwarded"])]


@EXAMPLES
@given(data=st.data())
def test_profiles_are_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    provinces = queries.options(sample).provinces
    shown = shares_of(comparing.profile(sample, chosen, "entity", provinces))
    documents = defaultdict(set)
    for row in orders(sample, chosen):
        documents[province_of(row), row["category"]].add(row["document_id"])
    wholes = defaultdict(set)
    for row in ordering(sample, chosen):
        wholes[province_of(row)].add(row["document_id"])
    groups = chosen.categories or queries.options(sample).categories
    assert set(shown.groups) == set(groups)
    assert {key: n for key, n in shown.counts.items() if n} == {
        (entity, group): len(found) for (entity, group), found in documents.items() if group in groups and entity
    }
    assert {e: n for e, n in shown.sizes.items() if n} == {e: len(found) for e, found in wholes.items() if e}


@EXAMPLES
@given(data=st.data())
def test_levels_and_kinds_are_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    for dimension, column in (("level", "level"), ("kind", "issuer_kind")):
        groups = comparing.busiest_of(sample, chosen, dimension, 20)  # type: ignore[arg-type]
        shown = shares_of(comparing.profile(sample, chosen, dimension, groups))
        documents = defaultdict(set)
        for row in orders(sample, chosen):
            if not chosen.categories or row["category"] in chosen.categories:
                documents[row[column], row["category"]].add(row["document_id"])
        assert {key: n for key, n in shown.counts.items() if n} == {key: len(v) for key, v in documents.items()}


@EXAMPLES
@given(data=st.data())
def test_first_orders_are_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    provinces = queries.options(sample).provinces
    shown = {
        (r.entity, r.group_id): (builds.as_date(r.date), bool(r.is_date_inferred))
        for r in comparing.first_orders(sample, chosen, provinces).itertuples()
    }
    firsts: dict[tuple[str | None, str], dt.date] = {}
    inferred: dict[tuple[str | None, str], set[bool]] = {}
    for row in sorted((r for r in orders(sample, chosen) if r["day"]), key=lambda r: r["day"]):
        key = (province_of(row), row["category"])
        if key[0] is None or (chosen.categories and row["category"] not in chosen.categories):
            continue
        firsts.setdefault(key, row["day"])
        if firsts[key] == row["day"]:
            flag = row["is_date_inferred"] and chosen.date_kind != "published"
            inferred.setdefault(key, set()).add(flag)
    assert {key: day for key, (day, _) in shown.items()} == firsts
    assert all(flag in inferred[key] for key, (_, flag) in shown.items())


def test_first_orders_without_filters_are_those_of_the_adoption_view(sample: Build) -> None:
    provinces = queries.options(sample).provinces
    chosen = Filters(with_forwarded=True)
    shown = {
        (r.entity, r.group_id): builds.as_date(r.date)
        for r in comparing.first_orders(sample, chosen, provinces).itertuples()
    }
    rows = rows_of(sample, "SELECT * FROM v_adoption WHERE status <> 'no_documents'")
    assert shown == {(r["adcode"], r["category"]): r["first_date"] for r in rows if r["first_date"]}
    read = comparing.days_of(sample, chosen, provinces).groupby("entity")
    for row in rows:
        own = read.get_group(row["adcode"])
        assert (builds.as_date(own["day"].min()), builds.as_date(own["day"].max())) == (
            row["observed_from"],
            row["observed_until"],
        )
        assert own["documents"].sum() == row["documents"]


@EXAMPLES
@given(data=st.data())
def test_map_is_what_the_views_give(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    category = data.draw(st.none() | st.sampled_from(queries.options(sample).categories))
    rows = comparing.provinces_over_time(sample, chosen, "quarter", category)
    documents = defaultdict(set)
    for row in rows_of(sample, f"SELECT d.*, {day_of(chosen)} AS day, CASE WHEN level = 'national' AND "
                               "province_adcode IS NULL THEN '全国' END AS province FROM documents AS d"):  # fmt: skip
        if is_chosen(row, chosen):
            documents[province_of(row)].add(row["document_id"])
    found = {e: int(own["documents"].sum()) for e, own in rows.groupby("entity")}
    assert found == {e: len(ids) for e, ids in documents.items() if e}
    if category:
        directives, strict = defaultdict(set), defaultdict(set)
        for row in orders(sample, chosen):
            if row["category"] == category:
                directives[province_of(row)].add(row["directive_id"])
                if row["strength"] == "strict":
                    strict[province_of(row)].add(row["directive_id"])
        assert {e: n for e, own in rows.groupby("entity") if (n := int(own["directives"].sum()))} == {
            e: len(ids) for e, ids in directives.items() if e
        }
        assert {e: n for e, own in rows.groupby("entity") if (n := int(own["strict"].sum()))} == {
            e: len(ids) for e, ids in strict.items() if e
        }


def test_documents_read_are_those_of_the_coverage_view(sample: Build) -> None:
    rows = comparing.provinces_over_time(sample, Filters(), "month", None)
    shown = {(r.entity, builds.as_date(r.period)): r.documents for r in rows.itertuples()}
    view = rows_of(sample, "SELECT * FROM v_coverage WHERE documents > 0 AND adcode IS NOT NULL")
    assert shown == {(r["adcode"], r["month"]): r["documents"] for r in view}


@EXAMPLES
@given(data=st.data())
def test_conveyed_meetings_are_those_of_the_view(sample: Build, data: st.DataObject) -> None:
    chosen = data.draw(filters(sample))
    shown = {(r.document_id, r.seq) for r in comparing.conveyed(sample, chosen).itertuples()}
    rows = rows_of(
        sample,
        f"""SELECT v.* EXCLUDE (province), {day_of(chosen)} AS day, d.adcode, d.is_date_inferred,
            CASE WHEN d.level = 'national' AND d.province_adcode IS NULL THEN '全国' ELSE v.province END AS province
        FROM v_conveyed AS v INNER JOIN documents AS d USING (document_id)""",
    )
    assert shown == {(r["document_id"], r["seq"]) for r in rows if is_chosen(r, chosen)}


@EXAMPLES
@given(data=st.data())
def test_one_body_is_what_the_meetings_view_gives(sample: Build, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(queries.options(sample).issuers))
    chosen = replace(data.draw(filters(sample)), issuers=(body,))
    rows = rows_of(
        sample,
        f"""SELECT v.*, {day_of(chosen)} AS day, d.issuer_id FROM v_meetings AS v
        INNER JOIN documents AS d USING (document_id)""",
    )
    own = [row for row in rows if is_chosen(row, chosen)]
    found = comparing.sittings(sample, chosen)
    assert found.meetings == len(own)
    assert found.with_chair == sum(bool(row["chairs"]) for row in own)
    assert found.by_video == sum(row["venue_format"] == "teleconference" for row in own)
    named = comparing.chairs(sample, chosen, 500)
    assert set(named["name"]) == {name for row in own for name in row["chairs"]}
    about = (("entity", body), ("of", "documents"))
    for row in named.itertuples():
        mark = Mark("issuer-chairs", (*about, ("chair", row.name)))
        assert provenance.count_documents_behind(sample, chosen, mark)[0] == row.meetings
    for row in comparing.named_policies(sample, chosen).itertuples():
        mark = Mark("issuer-policies", (*about, ("term", row.label)))
        assert provenance.count_documents_behind(sample, chosen, mark)[0] == row.documents


def test_a_share_is_of_all_that_order_anything_whatever_category_is_chosen(small: Build) -> None:
    rows = comparing.profile(small, Filters(categories=("schools",)), "entity", ("310000", "110000", "420000"))
    assert rows.values.tolist() == [
        ["310000", "schools", 1, 1, 1],
        ["110000", "schools", 0, 0, 1],
        ["420000", "schools", 0, 0, 0],
    ]


def test_first_orders_are_the_earliest(small: Build) -> None:
    rows = comparing.first_orders(small, Filters(), ("310000", "110000"))
    assert [(r.entity, r.group_id, r.document_id) for r in rows.sort_values("group_id").itertuples()] == [
        ("310000", "schools", "a"),
        ("310000", "testing", "a"),
    ]


def test_a_body_that_is_not_there_is_none(small: Build) -> None:
    assert comparing.body(small, "' OR 1=1 --") is None
    found = comparing.body(small, "i1")
    assert found is not None
    assert (found.name, found.level, found.aliases) == ("上海市政府", "province", ())
