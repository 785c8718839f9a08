"""Filters out of a URL that anyone may have written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filters, Options, join, known, read_date, read_filters, split, unknown_values

OPTIONS = Options(
    first_date=dt.date(2020, 1, 22),
    last_date=dt.date(2022, 12, 7),
    provinces=("000000", "310000", "420000"),
    places=(("310000", "310115"), ("420000", "420100")),
    issuers=("i1", "i2"),
    kinds=("government",),
    levels=("national", "county"),
    categories=("testing", "schools"),
)
PARAMETERS = (
    "from to province place issuer kind level category strength datekind explicit copies".split()  # noqa: SIM905
)


def test_filters_are_read_when_the_url_is_sound() -> None:
    url = {
        "from": "2022-01-01",
        "to": "2022-06-30",
        "province": "310000.420000",
        "place": "310115",
        "issuer": "i2",
        "category": "schools.testing",
        "strength": "strict",
        "datekind": "published",
        "explicit": "1",
        "copies": "1",
    }
    assert read_filters(url, OPTIONS, OPTIONS.issuers) == Filters(
        date_from=dt.date(2022, 1, 1),
        date_to=dt.date(2022, 6, 30),
        provinces=("310000", "420000"),
        places=("310115",),
        issuers=("i2",),
        categories=("schools", "testing"),
        strengths=("strict",),
        date_kind="published",
        explicit_only=True,
        with_copies=True,
    )


@pytest.mark.parametrize(
    "url",
    [
        {},
        {"from": "yesterday", "to": "2022-13-45"},
        {"province": "999999.' OR 1=1 --", "category": "<script>", "issuer": "i3"},
        {"place": "310115"},  # a place without its province
        {"datekind": "birthday", "explicit": "true", "copies": "yes"},
        {"from": "1900-01-01", "to": "2100-01-01"},  # wider than what there is: the same as all
    ],
)
def test_filters_are_empty_when_nothing_in_the_url_is_known(url: dict[str, str]) -> None:
    assert read_filters(url, OPTIONS, OPTIONS.issuers) == Filters()


def test_what_a_url_asks_for_in_vain_is_told() -> None:
    url = {"from": "yesterday", "to": "2100-01-01", "province": "999999.310000", "issuer": "i3", "datekind": "birthday"}
    assert unknown_values(url, OPTIONS, OPTIONS.issuers) == [
        ("province", "999999"),
        ("issuer", "i3"),
        ("datekind", "birthday"),
        ("from", "yesterday"),
    ]
    assert unknown_values({"issuer": "i3"}, OPTIONS, [*OPTIONS.issuers, "i3"]) == []


def test_an_issuer_beyond_those_that_are_offered_is_kept() -> None:
    assert read_filters({"issuer": "i3"}, OPTIONS, [*OPTIONS.issuers, "i3"]).issuers == ("i3",)


def test_reversed_dates_are_turned_round() -> None:
    filters = read_filters({"from": "2022-06-30", "to": "2022-01-01"}, OPTIONS, OPTIONS.issuers)
    assert (filters.date_from, filters.date_to) == (dt.date(2022, 1, 1), dt.date(2022, 6, 30))


def test_a_place_narrows_its_own_province_only() -> None:
    filters = Filters(provinces=("310000", "420000"), places=("310115",))
    assert filters.whole_provinces == ("420000",)
    assert filters.parameters()["provinces"] == ["420000"]
    assert filters.parameters()["places"] == ["310115"]


def test_parameters_are_null_where_anything_goes() -> None:
    parameters = Filters().parameters()
    assert parameters["issuers"] is None
    assert parameters["date_from"] is None
    assert parameters["with_copies"] is False


def test_values_are_joined_and_split() -> None:
    assert join(("testing", "schools")) == "testing.schools"
    assert split("a..b.a.") == ("a", "b")
    assert split(None) == ()
    assert known("b.x.a", ("a", "b")) == ("b", "a")


def test_dates_stay_within_bounds() -> None:
    first, last = OPTIONS.first_date, OPTIONS.last_date
    assert read_date("2019-01-01", first, last) == first
    assert read_date("2023-01-01", first, last) == last
    assert read_date("2022-02-30", first, last) is None


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60)))
def test_any_url_gives_filters_of_known_values(url: dict[str, str]) -> None:
    filters = read_filters(url, OPTIONS, OPTIONS.issuers)
    assert set(filters.provinces) <= set(OPTIONS.provinces)
    assert set(filters.categories) <= set(OPTIONS.categories)
    assert set(filters.places) <= {"310115", "420100"}
    assert filters.date_kind in ("default", "meeting", "published")
