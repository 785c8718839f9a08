"""Questions of the search page: where words stand, how often over time, which are new.

Full text is searched by reading it: `contains` on the column of texts, once a query and selection; sorting and turning
pages work on the keys that it gave. Words are parameters; what goes into a query's text is their number.
Imports builds, selection and search.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.builds import Build, ask, cached, records
from dashboard.filters import Filters
from dashboard.periods import Grain
from dashboard.search import Wanted
from dashboard.selection import DATE, DIRECTIVES, DOCUMENTS, INFERRED, selected

Unit = Literal["directive", "document"]
UNITS: tuple[Unit, ...] = ("directive", "document")
Order = Literal["relevance", "newest", "oldest"]
ORDERS: tuple[Order, ...] = ("relevance", "newest", "oldest")
# What joins a text to its row of the mart, as its table and as the mart name it: a number, where the mart keeps one.
KEYS: dict[Unit, tuple[str, str]] = {
    "directive": ("rowid", "directive_row"),
    "document": ("document_id", "document_id"),
}
SORTED_BY: dict[Order, tuple[list[str], list[bool]]] = {
    "relevance": (["score", "date", "document_no", "seq"], [False, False, False, True]),
    "newest": (["date", "document_no", "seq"], [False, False, True]),
    "oldest": (["date", "document_no", "seq"], [True, True, True]),
}
MAX_TERMS = 4000  # compared at once
LEAST_DOCUMENTS = 4  # of both spans together, that a word needs to be compared: fewer could not tell anything
SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # of BM25: how soon more of a word says no more; how much a long text counts less
MAX_TAIL = 5000  # terms of a tail; they fall off long before
FALSE_DISCOVERIES = 0.05  # share of words called new that may be chance


def searched(function: Callable[..., Any]) -> Callable[..., Any]:
    """Caches the keys that a search gave: larger than other answers, so fewer are kept."""
    return st.cache_data(max_entries=24, show_spinner=False)(function)


def parameters_of(filters: Filters, wanted: Wanted | None = None) -> dict[str, object]:
    """Parameters of the filters and, where words are wanted, of those."""
    return filters.parameters() | (wanted.parameters() if wanted else {})


def holds(unit: Unit, parameter: str, is_cased: bool) -> str:
    """The condition that a text of a unit (of a document, or its title) has the word of a parameter."""
    columns = ("text", "coalesce(title, '')") if unit == "document" else ("text",)
    tests = [f"contains({f'lower({column})' if is_cased else column}, ${parameter})" for column in columns]
    return f"({' OR '.join(tests)})"


def holds_all(unit: Unit, wanted: Wanted) -> str:
    """The condition that a text has every word and none that is excluded."""
    needs = [holds(unit, f"word{i}", wanted.is_cased) for i in range(len(wanted.words))]
    bars = [f"NOT {holds(unit, f'without{i}', wanted.is_cased)}" for i in range(len(wanted.excluded))]
    return " AND ".join([*needs, *bars]) or "true"


def with_words(unit: Unit, columns: str, condition: str) -> str:
    """The query for a unit's texts that meet a condition: key (see KEYS) and columns."""
    return f"SELECT {KEYS[unit][0]} AS key, {columns} FROM {unit}s WHERE {condition}"


def occurrences(unit: Unit, wanted: Wanted) -> str:
    """Columns that relevance is made of: length (characters), often0… and, of documents, titled0… (a word's place)."""
    text = "lower(text)" if wanted.is_cased else "text"
    title = "lower(coalesce(title, ''))" if wanted.is_cased else "coalesce(title, '')"
    columns = ["CAST(length(text) AS INTEGER) AS length"]
    for i in range(len(wanted.words)):
        columns.append(
            f"CAST((length({text}) - length(replace({text}, $word{i}, ''))) // length($word{i}) AS INTEGER) AS often{i}"
        )
        if unit == "document":
            columns.append(f"contains({title}, $word{i}) AS titled{i}")
    return ", ".join(columns)


def relevance(rows: pd.DataFrame, wanted: Wanted) -> pd.Series:
    """How much each text is about the words: BM25 without the words' rarity, since every text has all of them.

    rows: the columns of occurrences. A word in a title counts as much as any number in the text.
    """
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * rows["length"] / max(1.0, rows["length"].mean()))
    score = pd.Series(0.0, rows.index)
    for i in range(len(wanted.words)):
        score += rows[f"often{i}"] / (rows[f"often{i}"] + norm)
        if f"titled{i}" in rows:
            score += rows[f"titled{i}"]
    return score


@searched
def find(build: Build, filters: Filters, wanted: Wanted, unit: Unit) -> pd.DataFrame:
    """All hits of a selection, in no order: document_no, seq (0 for a document), date, score."""
    if not wanted.words:
        return pd.DataFrame({"document_no": [], "seq": [], "date": [], "score": []})
    held = with_words(unit, occurrences(unit, wanted), holds_all(unit, wanted))
    mart, chosen = ("mart_documents", selected(filters)) if unit == "document" else ("mart_directives", DIRECTIVES)
    seq = "CAST(0 AS INTEGER)" if unit == "document" else "seq"
    rows = ask(
        build,
        f"""WITH held AS ({held}) SELECT document_no, {seq} AS seq, {DATE} AS date, held.* EXCLUDE (key)
        FROM {mart} INNER JOIN held ON {KEYS[unit][1]} = key WHERE {chosen}""",
        parameters_of(filters, wanted),
    )
    return rows[["document_no", "seq", "date"]].assign(score=relevance(rows, wanted).astype("float32"))


def part_of(found: pd.DataFrame, order: Order, page: int, size: int) -> list[tuple[int, int]]:
    """Keys of one page of hits: (document_no, seq)."""
    by, ascending = SORTED_BY[order]
    rows = found.sort_values(by, ascending=ascending, na_position="last", kind="stable")
    rows = rows.iloc[(page - 1) * size : page * size]
    return [(int(n), int(seq)) for n, seq in zip(rows["document_no"], rows["seq"], strict=True)]


ABOUT = (
    f"""m.document_no, m.document_id, m.place_adcode, {DATE} AS date, {INFERRED} AS is_date_inferred, m.is_primary"""
)
OF_DOCUMENT = """d.title, d.level, d.doc_type, d.url, d.url_role, coalesce(i.name, d.issuer_as_written) AS issuer,
    list_distinct([d.province_adcode, m.place_adcode, d.adcode]) AS adcodes"""


@cached
def hits(build: Build, filters: Filters, unit: Unit, keys: tuple[tuple[int, int], ...]) -> list[dict[str, Any]]:
    """Hits by their keys, in that order, with their text and all that is said of them.

    A directive's measures are {category_id, terms}; a document's directives are {seq, start_char, end_char}.
    """
    wanted = f"""WITH asked AS (SELECT unnest($numbers) AS document_no, unnest($seqs) AS seq),
        m AS (SELECT {ABOUT.replace("m.", "")} FROM mart_documents
            WHERE document_no IN (SELECT document_no FROM asked))"""
    if unit == "document":
        sql = f"""{wanted}, inside AS (
            SELECT document_id,
                list({{'seq': seq, 'start_char': start_char, 'end_char': end_char}} ORDER BY seq) AS found
            FROM directives SEMI JOIN m USING (document_id) GROUP BY document_id)
            SELECT m.*, 0 AS seq, d.text, {OF_DOCUMENT}, d.directive_count AS matching,
                coalesce(x.found, []) AS directives
            FROM m INNER JOIN documents AS d USING (document_id) LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
            LEFT JOIN inside AS x USING (document_id)"""
    else:
        sql = f"""{wanted}, chosen AS (
            SELECT x.*, m.document_no FROM directives AS x INNER JOIN m USING (document_id)
            SEMI JOIN asked AS a ON a.document_no = m.document_no AND a.seq = x.seq
        ), found AS (
            SELECT directive_id, list({{'category_id': category_id, 'terms': terms}} ORDER BY rank) AS measures
            FROM measures SEMI JOIN chosen USING (document_id) GROUP BY directive_id)
            SELECT m.*, c.seq, c.directive_id, c.text, c.strength, c.is_forwarded, {OF_DOCUMENT},
                coalesce(f.measures, []) AS measures
            FROM chosen AS c INNER JOIN m USING (document_no)
            INNER JOIN documents AS d ON d.document_id = m.document_id
            LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id LEFT JOIN found AS f USING (directive_id)"""
    asked = {"numbers": [n for n, _ in keys], "seqs": [seq for _, seq in keys]}
    rows = ask(build, sql, filters.parameters() | asked) if keys else pd.DataFrame()
    by_key = {(row["document_no"], row["seq"]): row for row in records(rows)}
    return [by_key[key] for key in keys if key in by_key]


@cached
def each_word(build: Build, filters: Filters, wanted: Wanted, unit: Unit) -> list[tuple[str, int, int]]:
    """For every word by itself: (word, hits in the selection, hits in all texts)."""
    mart, chosen = ("mart_documents", selected(filters)) if unit == "document" else ("mart_directives", DIRECTIVES)
    tests = [holds(unit, f"word{i}", wanted.is_cased) for i in range(len(wanted.words))]
    flags = ", ".join(f"{test} AS has{i}" for i, test in enumerate(tests))
    counts = ", ".join(
        f"count(*) FILTER (has{i} AND is_chosen) AS chosen{i}, count(*) FILTER (has{i}) AS all{i}"
        for i in range(len(wanted.words))
    )
    row = ask(
        build,
        f"""WITH held AS ({with_words(unit, flags, " OR ".join(tests))})
        SELECT {counts} FROM (SELECT held.*, coalesce({chosen}, false) AS is_chosen
            FROM {mart} INNER JOIN held ON {KEYS[unit][1]} = key)""",
        parameters_of(filters, wanted),
    ).iloc[0]
    return [(word, int(row[f"chosen{i}"]), int(row[f"all{i}"])) for i, word in enumerate(wanted.words)]


@cached
def common_labels(build: Build, filters: Filters, limit: int) -> tuple[str, ...]:
    """Labels of policies that most documents of a selection quote, most first."""
    rows = ask(
        build,
        f"""SELECT term FROM mart_terms WHERE is_slogan AND document_no IN (
            SELECT document_no FROM mart_documents WHERE {selected(filters)})
        GROUP BY term ORDER BY count(*) DESC, term LIMIT $limit""",
        parameters_of(filters) | {"limit": limit},
    )
    return tuple(rows["term"])


@cached
def words_over_time(build: Build, filters: Filters, words: tuple[str, ...], grain: Grain, unit: Unit) -> pd.DataFrame:
    """Texts with each word by period: period, group_id (the word), directives (0 for documents), documents."""
    wanted = Wanted(words)
    flags = ", ".join(f"{holds(unit, f'word{i}', wanted.is_cased)} AS has{i}" for i in range(len(words)))
    kept = " OR ".join(holds(unit, f"word{i}", wanted.is_cased) for i in range(len(words)))
    pairs = ", ".join(f"CASE WHEN has{i} THEN $word{i} END" for i in range(len(words)))
    mart, chosen = ("mart_documents", DOCUMENTS) if unit == "document" else ("mart_directives", DIRECTIVES)
    directives = "count(*)" if unit == "directive" else "0"
    return ask(
        build,
        f"""WITH held AS ({with_words(unit, flags, kept)}),
        dated AS (SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, document_no, [{pairs}] AS words
            FROM {mart} INNER JOIN held ON {KEYS[unit][1]} = key WHERE {chosen} AND {DATE} IS NOT NULL)
        SELECT period, group_id, CAST({directives} AS INTEGER) AS directives,
            CAST(count(DISTINCT document_no) AS INTEGER) AS documents
        FROM (SELECT period, document_no, unnest(words) AS group_id FROM dated) WHERE group_id IS NOT NULL
        GROUP BY period, group_id ORDER BY period, group_id""",
        filters.parameters() | wanted.parameters() | {"grain": grain},
    )


@dataclass(frozen=True, slots=True)
class Spans:
    """A span of days and the span before it that it is compared with; first and last days."""

    now: tuple[dt.date, dt.date]
    before: tuple[dt.date, dt.date]

    def parameters(self) -> dict[str, object]:
        """The four days as parameters of a query."""
        return {
            "now_from": self.now[0],
            "now_to": self.now[1],
            "before_from": self.before[0],
            "before_to": self.before[1],
        }


@cached
def spans_read(build: Build, filters: Filters, spans: Spans) -> tuple[int, int]:
    """Documents of a span, and of the span before it."""
    row = ask(
        build,
        f"""SELECT count(*) FILTER ({DATE} BETWEEN $now_from AND $now_to) AS now,
            count(*) FILTER ({DATE} BETWEEN $before_from AND $before_to) AS before
        FROM mart_documents WHERE {DOCUMENTS}""",
        filters.parameters() | spans.parameters(),
    ).iloc[0]
    return int(row["now"]), int(row["before"])


@cached
def terms_of_spans(build: Build, filters: Filters, spans: Spans) -> pd.DataFrame:
    """Telling words of the two spans that enough documents have: term, is_slogan, recent, earlier (documents)."""
    return ask(
        build,
        f"""WITH chosen AS (
            SELECT document_no, {DATE} BETWEEN $now_from AND $now_to AS is_now FROM mart_documents
            WHERE {DOCUMENTS} AND ({DATE} BETWEEN $now_from AND $now_to OR {DATE} BETWEEN $before_from AND $before_to)
        )
        SELECT term, bool_or(is_slogan) AS is_slogan, CAST(count(*) FILTER (is_now) AS INTEGER) AS recent,
            CAST(count(*) FILTER (NOT is_now) AS INTEGER) AS earlier
        FROM mart_terms INNER JOIN chosen USING (document_no)
        GROUP BY term HAVING count(*) >= $least ORDER BY recent DESC, term LIMIT $limit""",
        filters.parameters() | spans.parameters() | {"limit": MAX_TERMS, "least": LEAST_DOCUMENTS},
    )


def compare_spans(rows: pd.DataFrame, recent_n: int, earlier_n: int) -> pd.DataFrame:
    """Words by how clearly more documents of a span have them than documents before: adds z and is_clear.

    rows: recent, earlier (documents with the word, of recent_n and earlier_n). z is the standard score of Fisher's
    exact test, one-sided: exact where a word is in a handful of documents, as most are; 0 where it is no more frequent
    than before. is_clear holds the share of chance among the words called new to one in twenty (Benjamini and
    Hochberg 1995), since many words are compared.
    """
    rows = without_parts(rows)
    chance = chance_of_rise(rows["recent"].to_numpy(int), rows["earlier"].to_numpy(int), recent_n, earlier_n)
    order = np.sort(chance)
    allowed = order <= FALSE_DISCOVERIES * np.arange(1, len(order) + 1) / max(1, len(order))
    limit = order[allowed].max() if allowed.any() else -1.0
    z = [max(0.0, -NormalDist().inv_cdf(max(p, 1e-300))) if p < 1 else 0.0 for p in chance]
    found = rows.assign(z=z, is_clear=chance <= limit)
    return found.sort_values(["z", "recent"], ascending=False, kind="stable")


def chance_of_rise(recent: np.ndarray, earlier: np.ndarray, recent_n: int, earlier_n: int) -> np.ndarray:
    """Chance that as many documents of a span, or more, have a word if the spans are alike: a hypergeometric tail.

    1 where the word is no more frequent than before.
    """
    n, having = recent_n + earlier_n, recent + earlier
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])

    def log_ways(of: np.ndarray | int, chosen: np.ndarray | int) -> np.ndarray:
        return np.asarray(log_factorial[of] - log_factorial[chosen] - log_factorial[of - chosen])

    tail = np.zeros(len(recent))
    most = np.minimum(having, recent_n)
    for more in range(MAX_TAIL):
        k = np.minimum(recent + more, most)
        lacking = np.clip(recent_n - k, 0, n - having)
        term = np.exp(log_ways(having, k) + log_ways(n - having, lacking) - log_ways(n, recent_n))
        term = np.where(recent + more <= most, term, 0.0)
        tail += term
        if not (term > 1e-12 * tail).any():
            break
    return np.where(recent * earlier_n > earlier * recent_n, np.minimum(tail, 1.0), 1.0)


def without_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Words without those that stand inside a longer one just as often: 总方针 inside “动态清零”总方针."""
    kept = []
    for _, alike in rows.groupby(["recent", "earlier"], sort=False):
        terms = list(alike["term"])
        whole = [term for term in terms if not any(term in other for other in terms if other != term)]
        kept += [index for index, term in zip(alike.index, terms, strict=True) if term in whole]
    return rows.loc[sorted(kept)]
