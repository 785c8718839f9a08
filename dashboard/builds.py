"""The build that answers, and how it is asked: the ground of all questions. Only this module opens it for them.

A question is one function, which takes the build first, so that its cache is keyed by the file that answered; every
answer is bounded. Imports warehouse only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from warehouse.connection import published_path
from warehouse.errors import WarehouseError
from warehouse.layout import is_current
from warehouse.settings import warehouse_dir

PAGE_SIZE = 50  # rows of a list


@dataclass(frozen=True, slots=True)
class Build:
    """A published build: the file that answers, and what to call it."""

    path: str
    build_id: str


def current_build() -> Build | None:
    """The build that is published now; None where there is none."""
    try:
        path = published_path(warehouse_dir())
    except WarehouseError:
        return None
    return Build(str(path), path.stem.removeprefix("warehouse-"))


@st.cache_resource(max_entries=3, show_spinner=False)
def connect(path: str) -> duckdb.DuckDBPyConnection:
    """One read-only connection a build and process; every query takes a cursor of its own."""
    return duckdb.connect(path, read_only=True)


def is_readable(build: Build) -> bool:
    """Whether a build's file can be opened and its tables read."""
    try:
        with connect(build.path).cursor() as cursor:
            cursor.execute("SELECT count(*), min(title) FROM documents").fetchall()
    except duckdb.Error:
        return False
    return True


def ask(build: Build, sql: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
    """The rows of a query, given those of the parameters that it names."""
    known = dict(parameters or {})
    if "$category_bits" in sql:
        known["category_bits"] = bits_of(build, known["categories"])
    if "$mark_bits" in sql:
        known["mark_bits"] = bits_of(build, [known["mark_category"]])
        known["also_bits"] = bits_of(build, [known["mark_also"]])
    named = {name: value for name, value in known.items() if f"${name}" in sql}
    cursor = connect(build.path).cursor()
    try:
        return cursor.execute(sql, named).df()
    finally:
        cursor.close()


def bits_of(build: Build, categories: Any) -> int:
    """Categories as the marts' category_bits has them; what is no category has no bit."""
    places = category_places(build)
    return sum(1 << places[category] for category in set(categories or ()) & places.keys())


def cached(function: Callable[..., Any]) -> Callable[..., Any]:
    """Caches a question's answer by its arguments, bounded, without a spinner for what takes milliseconds."""
    return st.cache_data(max_entries=400, show_spinner=False)(function)


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps what a run asks hundreds of times and is the same all through a build: handed out as it is."""
    return lru_cache(maxsize=16)(function)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column name, values as plain_value."""
    return [
        {column: plain_value(value) for column, value in zip(rows.columns, row, strict=True)}
        for row in rows.itertuples(index=False, name=None)
    ]


def plain_value(value: Any) -> Any:
    """A pandas cell as Python's own: arrays as lists, timestamps as dates, any missing as None."""
    if isinstance(value, (list, dict)) or hasattr(value, "tolist"):
        return value.tolist() if hasattr(value, "tolist") and not isinstance(value, pd.Timestamp) else value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def as_date(value: Any) -> dt.date | None:
    """A pandas cell as a date; NaT → None."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def named(rows: pd.DataFrame) -> Mapping[str, Any]:
    """The second column by the first, to read only."""
    return MappingProxyType(dict(rows.itertuples(index=False, name=None)))


@kept
def category_places(build: Build) -> Mapping[str, int]:
    """Which bit of category_bits each category is."""
    return named(ask(build, "SELECT category_id, sort_order - 1 FROM categories"))


@dataclass(frozen=True, slots=True)
class Load:
    """The latest load of a build."""

    sources: tuple[str, ...]
    finished_at: dt.datetime
    rules_version: str
    documents: int
    is_facts_only: bool  # the pages linked are where the facts come from, not the words
    is_layout_current: bool  # its tables are those that this program reads


@kept
def load_of(build: Build) -> Load:
    """The latest load, with the number of all documents of the build."""
    row = ask(build, "SELECT * FROM loads ORDER BY load_id DESC LIMIT 1").iloc[0]
    documents = ask(build, "SELECT count(*) AS n, bool_and(url_role <> 'source') AS facts FROM documents").iloc[0]
    return Load(
        tuple(row["sources"]),
        pd.Timestamp(row["finished_at"] if not pd.isna(row["finished_at"]) else row["started_at"]).to_pydatetime(),
        str(row["rules_version"]),
        int(documents["n"]),
        bool(documents["facts"]),
        is_current(str(row["layout_version"])),
    )
