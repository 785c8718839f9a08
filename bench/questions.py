"""How long the dashboard's questions take: every one, cold and warm, beside pandas and SQLite on the raw table.

Imports the dashboard's question modules and warehouse. A question is asked as pages ask it, past the cache, for every
selection of SELECTIONS that it takes: warm figures are over all of them.
"""

from __future__ import annotations

import datetime as dt
import inspect
import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bench.table import Figure, Times, evict, percentile, times
from dashboard import builds, checking, comparing, documents, provenance, queries, searching
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.marks import Mark
from dashboard.search import Wanted

ROUNDS = 5  # warm, a selection: thirty answers a question
SMALL, SMALL_LIMIT_MS, LIMIT_MS = 10_000, 30.0, 150.0
LARGE, FASTER = 1_000_000, 20.0  # times, than pandas
SELECTIONS: dict[str, Filters] = {
    "all": Filters(),
    "province": Filters(provinces=("420000",)),
    "span": Filters(date_from=dt.date(2020, 2, 1), date_to=dt.date(2020, 4, 30)),
    "category": Filters(categories=("testing",)),
    "wording": Filters(strengths=("strict",), levels=("county",)),
    "everything counted": Filters(with_copies=True, with_forwarded=True, date_kind="published"),
}
Ask = Callable[[Filters], Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """What occurs in a warehouse, for questions about one thing."""

    document_id: str
    issuers: tuple[str, ...]
    term: str
    keys: tuple[tuple[int, int], ...]  # (document_no, seq) of directives


def subject_of(build: Build) -> Subject:
    document = builds.ask(build, "SELECT document_id FROM mart_documents WHERE directive_count > 2 LIMIT 1").iloc[0, 0]
    issuers = unwrapped(comparing.busiest)(build, Filters(), "issuer", 4)["entity"]
    term = builds.ask(build, "SELECT term FROM mart_terms GROUP BY term ORDER BY count(*) DESC, term LIMIT 1")
    keys = builds.ask(build, "SELECT document_no, seq FROM mart_directives ORDER BY document_no DESC LIMIT 20")
    return Subject(str(document), tuple(issuers), str(term.iloc[0, 0]), tuple(map(tuple, keys.to_numpy().tolist())))


def questions(build: Build, about: Subject) -> dict[str, Ask]:
    """Every question of the modules by its name, with what a page would ask it; those of one thing ignore filters."""
    b, q, t, d, c, s, k = builds, queries, provenance, documents, comparing, searching, checking
    regions = ("310000", "420000", "440000", "110000")
    first, last = dt.date(2022, 3, 1), dt.date(2022, 5, 31)
    spans = s.Spans((first, last), (dt.date(2021, 12, 1), dt.date(2022, 2, 28)))
    mark = Mark("bench", (("period", "2022-03-01_2022-03-31"), ("category", "testing")))
    term = Mark("bench", (("category", "testing"), ("term", about.term)))
    words = Wanted(("核酸检测",))
    one = about.document_id
    return {
        "load_of": lambda f: unwrapped(b.load_of)(build),
        "options": lambda f: unwrapped(q.options)(build),
        "taxonomy": lambda f: unwrapped(q.taxonomy)(build),
        "families": lambda f: unwrapped(q.families)(build),
        "names_of_categories": lambda f: unwrapped(q.names_of_categories)(build, "en"),
        "names_of_regions": lambda f: unwrapped(q.names_of_regions)(build, "en"),
        "names_of_issuers": lambda f: unwrapped(q.names_of_issuers)(build),
        "find_issuers": lambda f: unwrapped(q.find_issuers)(build, "武汉"),
        "category_places": lambda f: unwrapped(b.category_places)(build),
        "headline": lambda f: unwrapped(q.headline)(build, f),
        "documents_over_time": lambda f: unwrapped(q.documents_over_time)(build, f, "week"),
        "groups_over_time": lambda f: unwrapped(q.groups_over_time)(build, f, "week", "category"),
        "wordings_over_time": lambda f: unwrapped(q.wordings_over_time)(build, f, "week", "category"),
        "strengths_of_categories": lambda f: unwrapped(q.strengths_of_categories)(build, f),
        "focus": lambda f: unwrapped(q.focus)(build, f, dt.date(2022, 9, 1), dt.date(2021, 9, 1)),
        "top_terms": lambda f: unwrapped(q.top_terms)(build, f, "testing"),
        "together": lambda f: unwrapped(q.together)(build, f),
        "events": lambda f: unwrapped(q.events)(build, first, last, ("national",), ()),
        "indices": lambda f: unwrapped(q.indices)(build),
        "index_over_time": lambda f: unwrapped(q.index_over_time)(build, "stringency", "", first, last),
        "busiest": lambda f: unwrapped(c.busiest)(build, f, "issuer", 8),
        "entity_documents": lambda f: unwrapped(c.entity_documents)(build, f, regions, "month"),
        "entity_groups": lambda f: unwrapped(c.entity_groups)(build, f, regions, "month", "category"),
        "count_evidence": lambda f: unwrapped(t.count_evidence)(build, f, mark),
        "list_evidence": lambda f: unwrapped(t.list_evidence)(build, f, mark),
        "count_evidence (a term)": lambda f: unwrapped(t.count_evidence)(build, f, term),
        "count_documents_behind": lambda f: unwrapped(t.count_documents_behind)(build, f, mark),
        "list_documents_behind": lambda f: unwrapped(t.list_documents_behind)(build, f, mark),
        "count_documents": lambda f: unwrapped(d.count_documents)(build, f, ""),
        "count_documents (a name)": lambda f: unwrapped(d.count_documents)(build, f, "武汉"),
        "list_documents": lambda f: unwrapped(d.list_documents)(build, f),
        "list_documents (a name)": lambda f: unwrapped(d.list_documents)(build, f, "武汉"),
        "document": lambda f: unwrapped(d.document)(build, one),
        "directives_of": lambda f: unwrapped(d.directives_of)(build, one),
        "parts_of": lambda f: unwrapped(d.parts_of)(build, one, "people"),
        "offsets_of": lambda f: unwrapped(d.offsets_of)(build, one),
        "forwards_of": lambda f: unwrapped(d.forwards_of)(build, one),
        "accuracies": lambda f: unwrapped(k.accuracies)(build),
        "copies_of": lambda f: unwrapped(d.copies_of)(build, one),
        "profile": lambda f: unwrapped(c.profile)(build, f, "entity", regions),
        "first_orders": lambda f: unwrapped(c.first_orders)(build, f, regions),
        "days_of": lambda f: unwrapped(c.days_of)(build, f, regions),
        "provinces_over_time": lambda f: unwrapped(c.provinces_over_time)(build, f, "month", None),
        "short_names": lambda f: unwrapped(c.short_names)(build, True),
        "body": lambda f: unwrapped(c.body)(build, about.issuers[0]),
        "sittings": lambda f: unwrapped(c.sittings)(build, f),
        "chairs": lambda f: unwrapped(c.chairs)(build, f),
        "named_policies": lambda f: unwrapped(c.named_policies)(build, f),
        "busiest_of": lambda f: unwrapped(c.busiest_of)(build, f, "level", 6),
        "conveyed": lambda f: unwrapped(c.conveyed)(build, f),
        "find (directives)": lambda f: unwrapped(s.find)(build, f, words, "directive"),
        "find (documents)": lambda f: unwrapped(s.find)(build, f, words, "document"),
        "hits": lambda f: unwrapped(s.hits)(build, f, "directive", about.keys),
        "each_word": lambda f: unwrapped(s.each_word)(build, f, words, "directive"),
        "common_labels": lambda f: unwrapped(s.common_labels)(build, f, 12),
        "words_over_time": lambda f: unwrapped(s.words_over_time)(build, f, ("核酸检测", "复工"), "week", "directive"),
        "spans_read": lambda f: unwrapped(s.spans_read)(build, f, spans),
        "terms_of_spans": lambda f: unwrapped(s.terms_of_spans)(build, f, spans),
        "qualities": lambda f: unwrapped(k.qualities)(build),
        "known_shares": lambda f: unwrapped(k.known_shares)(build),
        "present": lambda f: unwrapped(k.present)(build, (one,)),
        "coverage": lambda f: unwrapped(k.coverage)(build, f, "month"),
        "provinces": lambda f: unwrapped(k.provinces)(build),
        "count_undated": lambda f: unwrapped(k.count_undated)(build, f),
        "list_undated": lambda f: unwrapped(k.list_undated)(build, f, 1, 50),
        "reject_reasons": lambda f: unwrapped(k.reject_reasons)(build),
        "list_rejects": lambda f: unwrapped(k.list_rejects)(build, "", 1, 50),
        "repair_rules": lambda f: unwrapped(k.repair_rules)(build, f),
        "repair_examples": lambda f: unwrapped(k.repair_examples)(build, f, "pinyin", 20),
        "loads": lambda f: unwrapped(k.loads)(build),
        "count_changes": lambda f: unwrapped(k.count_changes)(build, 0),
        "list_changes": lambda f: unwrapped(k.list_changes)(build, 0, "", 1, 50),
    }


def unwrapped(question: Any) -> Callable[..., Any]:
    """A question without its cache."""
    return inspect.unwrap(question)


def measure(file: Path, documents: int, baselines: bool) -> Iterator[Figure]:
    """Figures of every question over a published file; with `baselines`, of pandas and SQLite on the same rows."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    build = Build(str(file), file.stem)
    asked = questions(build, subject_of(build))
    limit = SMALL_LIMIT_MS if documents <= SMALL else LIMIT_MS
    warm: dict[str, Times] = {}
    cold: list[float] = []
    for name, ask in asked.items():
        builds.connect.clear()
        evict(file)
        cold.append(times(partial(ask, Filters()), 1).median)
        taken = [times(partial(ask, chosen), ROUNDS).seconds for chosen in SELECTIONS.values()]
        warm[name] = Times(tuple(second for seconds in taken for second in seconds))
        yield Figure("questions", f"{name}, warm p50", documents, 1000 * warm[name].median, "ms")
        yield Figure("questions", f"{name}, warm p95", documents, 1000 * warm[name].p95, "ms", limit)
        yield Figure("questions", f"{name}, cold", documents, 1000 * cold[-1], "ms")
    everything = [second for taken in warm.values() for second in taken.seconds]
    yield Figure("questions", "all questions, warm p50", documents, 1000 * percentile(everything, 50), "ms")
    yield Figure("questions", "all questions, warm p95", documents, 1000 * percentile(everything, 95), "ms", limit)
    yield Figure("questions", "slowest question, warm p95", documents, 1000 * max(t.p95 for t in warm.values()), "ms")
    if baselines:
        ours = {name: times(partial(asked[name], Filters()), ROUNDS).median for name in RAW}
        yield from compare("pandas", {n: by_pandas for n, (by_pandas, _) in RAW.items()}, ours, file, documents)
        yield from compare("sqlite", {n: by_sql for n, (_, by_sql) in RAW.items()}, ours, file, documents)


# --- the same questions on the raw table: one row a directive and category, everything joined ----------------------

RAW_TABLE = """
    SELECT x.directive_id, x.seq, x.strength, m.category_id, x.text, d.document_id, d.date, d.published_date,
        d.province_adcode, d.level, d.issuer_id, d.issuer_kind, d.title, d.is_date_inferred
    FROM directives AS x INNER JOIN documents AS d USING (document_id) LEFT JOIN measures AS m USING (directive_id)
    WHERE d.is_primary AND NOT x.is_forwarded
"""
REGIONS = ("310000", "420000", "440000", "110000")
RAW: dict[str, tuple[Callable[[pd.DataFrame], Any], str]] = {
    "headline": (
        lambda t: (
            t["directive_id"].nunique(),
            t["document_id"].nunique(),
            t["issuer_id"].nunique(),
            t["date"].min(),
            t["date"].max(),
        ),
        "SELECT count(DISTINCT directive_id), count(DISTINCT document_id), count(DISTINCT issuer_id), min(date), "
        "max(date) FROM raw",
    ),
    "groups_over_time": (
        lambda t: t.groupby([t["date"].dt.to_period("W"), "category_id"]).agg(
            directives=("directive_id", "size"), documents=("document_id", "nunique")
        ),
        "SELECT strftime('%Y-%W', date) AS week, category_id, count(*), count(DISTINCT document_id) FROM raw "
        "WHERE date IS NOT NULL GROUP BY 1, 2",
    ),
    "strengths_of_categories": (
        lambda t: (
            t.groupby(["category_id", "strength"]).size(),
            t.groupby("category_id")["document_id"].nunique(),
        ),
        "SELECT category_id, strength, count(*), count(DISTINCT document_id) FROM raw GROUP BY 1, 2",
    ),
    "focus": (
        lambda t: (
            t[t["date"] >= "2021-09-01"].groupby(["category_id", t["date"] >= "2022-09-01"])["document_id"].nunique()
        ),
        "SELECT category_id, date >= '2022-09-01', count(DISTINCT document_id) FROM raw WHERE date >= '2021-09-01' "
        "GROUP BY 1, 2",
    ),
    "entity_groups": (
        lambda t: (
            t[t["province_adcode"].isin(REGIONS)]
            .groupby(["province_adcode", t["date"].dt.to_period("M"), "category_id"])["document_id"]
            .nunique()
        ),
        "SELECT province_adcode, strftime('%Y-%m', date), category_id, count(DISTINCT document_id) FROM raw "
        "WHERE province_adcode IN ('310000', '420000', '440000', '110000') GROUP BY 1, 2, 3",
    ),
    "provinces_over_time": (
        lambda t: t.groupby(["province_adcode", t["date"].dt.to_period("M")]).agg(
            directives=("directive_id", "nunique"), documents=("document_id", "nunique")
        ),
        "SELECT province_adcode, strftime('%Y-%m', date), count(DISTINCT directive_id), count(DISTINCT document_id) "
        "FROM raw GROUP BY 1, 2",
    ),
    "list_documents": (
        lambda t: (
            t.groupby("document_id")
            .agg(date=("date", "first"), title=("title", "first"), matching=("directive_id", "nunique"))
            .sort_values("date", ascending=False)
            .head(50)
        ),
        "SELECT document_id, max(date) AS day, max(title), count(DISTINCT directive_id) FROM raw GROUP BY document_id "
        "ORDER BY day DESC LIMIT 50",
    ),
    "find (directives)": (
        lambda t: t[t["text"].str.contains("核酸检测", regex=False)][["document_id", "seq", "date"]],
        "SELECT document_id, seq, date FROM raw WHERE instr(text, '核酸检测') > 0",
    ),
}
INDEXED = ("date, category_id", "category_id, strength", "province_adcode, date", "document_id", "issuer_id")


def compare(engine: str, raw: dict[str, Any], ours: dict[str, float], file: Path, documents: int) -> Iterator[Figure]:
    """How many times as long the same takes on the raw table, which is in memory already, or indexed."""
    with duckdb.connect(str(file), read_only=True) as connection:
        if engine == "pandas":
            table = connection.execute(RAW_TABLE).df()
            seconds = {name: times(partial(ask, table), ROUNDS).median for name, ask in raw.items()}
        else:
            beside = file.with_name("raw.sqlite")
            beside.unlink(missing_ok=True)
            other = sqlite3.connect(beside)
            fill_sqlite(connection, other)
            seconds = {
                name: times(partial(fetch, other, sql), 1 if documents >= LARGE else ROUNDS).median
                for name, sql in raw.items()
            }
            other.close()
            beside.unlink()
    floor = FASTER if engine == "pandas" and documents >= LARGE else None
    for name, taken in seconds.items():
        yield Figure(engine, name, documents, 1000 * taken, "ms")
        yield Figure(engine, f"{name}, against ours", documents, taken / ours[name], "times", floor, at_least=True)


def fetch(other: sqlite3.Connection, sql: str) -> list[Any]:
    return other.execute(sql).fetchall()


def fill_sqlite(connection: duckdb.DuckDBPyConnection, other: sqlite3.Connection) -> None:
    """The raw table with the indexes that its questions would want."""
    names = [column[0] for column in connection.execute(f"SELECT * FROM ({RAW_TABLE}) LIMIT 0").description]
    other.execute(f"CREATE TABLE raw ({', '.join(names)})")
    dates = "date::VARCHAR AS date, published_date::VARCHAR AS published_date"
    rows = connection.execute(f"SELECT * REPLACE ({dates}) FROM ({RAW_TABLE})")
    while part := rows.fetchmany(50_000):
        other.executemany(f"INSERT INTO raw VALUES ({', '.join('?' * len(names))})", part)
    for number, columns in enumerate(INDEXED):
        other.execute(f"CREATE INDEX raw_{number} ON raw ({columns})")
    other.execute("ANALYZE")
    other.commit()
