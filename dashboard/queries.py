"""Questions of every page: what there is, and how much of it over time. Imports builds and selection.

Questions of one subject have a module of their own: documents (their list, and one with its parts), provenance (what is
behind a mark), comparing, searching, checking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pandas as pd

from dashboard.builds import Build, as_date, ask, cached, kept, named
from dashboard.filters import Filters, Options
from dashboard.periods import Grain
from dashboard.selection import (
    DATE,
    DAYS,
    DIRECTIVES,
    DOCUMENTS,
    IN_CATEGORIES,
    INFERRED,
    TALLIED,
    TALLIES,
    TALLY,
    fits_days,
    selected,
    strength_of,
)

Grouping = Literal["category", "family"]

MAX_ISSUERS = 2000  # offered in the sidebar; beyond them the reader narrows by name
MAX_TIME_ROWS = 60_000  # 1,096 days × 24 categories, twice over


# --- what there is -----------------------------------------------------------------------------------------------


@kept
def options(build: Build) -> Options:
    """What the sidebar offers: only what occurs."""
    bounds = ask(
        build,
        """SELECT min(date) AS first, max(date) AS last, min(published_date) AS first_published,
            max(published_date) AS last_published FROM mart_documents""",
    ).iloc[0]
    first_published, last_published = as_date(bounds["first_published"]), as_date(bounds["last_published"])
    provinces = ask(build, "SELECT DISTINCT province_adcode AS id FROM mart_documents WHERE id IS NOT NULL ORDER BY id")
    places = ask(
        build,
        """SELECT DISTINCT province_adcode, place_adcode FROM mart_documents WHERE place_adcode IS NOT NULL
        ORDER BY place_adcode""",
    )
    issuers = ask(
        build,
        """SELECT issuer_id FROM mart_documents WHERE issuer_id IS NOT NULL
        GROUP BY issuer_id ORDER BY count(*) DESC, issuer_id LIMIT $limit""",
        {"limit": MAX_ISSUERS},
    )
    kinds = ask(
        build, "SELECT issuer_kind AS id FROM mart_documents WHERE id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    levels = ask(
        build,
        """SELECT DISTINCT level AS id FROM mart_documents WHERE level IS NOT NULL ORDER BY
        list_position(['national', 'province', 'prefecture', 'county', 'township', 'unit'], level)""",
    )
    categories = ask(build, "SELECT category_id AS id FROM categories ORDER BY sort_order")
    today = dt.date.today()
    return Options(
        first_date=as_date(bounds["first"]) or today,
        last_date=as_date(bounds["last"]) or today,
        provinces=tuple(provinces["id"]),
        places=tuple(places.itertuples(index=False, name=None)),
        issuers=tuple(issuers["issuer_id"]),
        kinds=tuple(kinds["id"]),
        levels=tuple(levels["id"]),
        categories=tuple(categories["id"]),
        published=(first_published, last_published) if first_published and last_published else None,
    )


@cached
def taxonomy(build: Build) -> pd.DataFrame:
    """Categories in order: category_id, family, name_zh, name_en, covers_zh, oxcgrt."""
    return ask(build, "SELECT * EXCLUDE (sort_order) FROM categories ORDER BY sort_order")


@kept
def families(build: Build) -> Mapping[str, str]:
    """The family of every category, in the taxonomy's order."""
    rows = taxonomy(build)
    return MappingProxyType(dict(zip(rows["category_id"], rows["family"], strict=True)))


@kept
def names_of_categories(build: Build, english: bool) -> Mapping[str, str]:
    """Names of all categories by id."""
    column = "name_en" if english else "name_zh"
    return named(ask(build, f"SELECT category_id, {column} FROM categories"))


@kept
def names_of_regions(build: Build, english: bool) -> Mapping[str, str]:
    """Names of all regions; in English the official name where there is no other."""
    column = "coalesce(name_en, name_zh)" if english else "name_zh"
    return named(ask(build, f"SELECT adcode, {column} AS name FROM regions"))


@kept
def names_of_issuers(build: Build) -> Mapping[str, str]:
    """Names of the issuers that can be chosen, by id."""
    rows = ask(
        build,
        """SELECT issuer_id, name FROM issuers SEMI JOIN (SELECT issuer_id FROM mart_documents
        GROUP BY issuer_id ORDER BY count(*) DESC, issuer_id LIMIT $limit) USING (issuer_id)""",
        {"limit": MAX_ISSUERS},
    )
    return named(rows)


@cached
def find_issuers(build: Build, needle: str) -> tuple[str, ...]:
    """Issuers whose name or an alias contains the words, most announcements first; at most 50."""
    rows = ask(
        build,
        """SELECT i.issuer_id FROM issuers AS i INNER JOIN mart_documents AS d USING (issuer_id)
        WHERE contains(i.name, $needle) OR len(list_filter(i.aliases, lambda alias: contains(alias, $needle))) > 0
        GROUP BY i.issuer_id ORDER BY count(*) DESC, i.issuer_id LIMIT 50""",
        {"needle": needle},
    )
    return tuple(rows["issuer_id"])


# --- how many ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """What a selection rests on."""

    documents: int
    directives: int
    dated: int  # documents with a date
    inferred: int  # of those, how many dates were inferred
    provinces: int
    issuers: int
    first_date: dt.date | None
    last_date: dt.date | None


@cached
def headline(build: Build, filters: Filters) -> Headline:
    """Counts over the selection. With a category or strength chosen, documents are those with such a directive."""
    if filters.categories:
        counting = f"SELECT count(*) AS directives FROM mart_directives WHERE {DIRECTIVES}"
    else:
        counting = f"""SELECT coalesce(sum({TALLY}), 0) AS directives FROM mart_document_groups
            WHERE grouping = 'directive' AND {TALLIED}"""
    directives = ask(build, counting, filters.parameters()).iloc[0]
    row = ask(
        build,
        f"""SELECT count(*) AS documents, count({DATE}) AS dated,
            count(*) FILTER ({DATE} IS NOT NULL AND {INFERRED}) AS inferred,
            count(DISTINCT province_adcode) FILTER (province_adcode <> '000000') AS provinces,
            count(DISTINCT issuer_id) AS issuers, min({DATE}) AS first, max({DATE}) AS last
        FROM mart_documents
        WHERE {selected(filters)}""",
        filters.parameters(),
    ).iloc[0]
    return Headline(
        documents=int(row["documents"]),
        directives=int(directives["directives"]),
        dated=int(row["dated"]),
        inferred=int(row["inferred"]),
        provinces=int(row["provinces"]),
        issuers=int(row["issuers"]),
        first_date=as_date(row["first"]),
        last_date=as_date(row["last"]),
    )


@cached
def documents_over_time(build: Build, filters: Filters, grain: Grain) -> pd.DataFrame:
    """Documents by period, whatever they order: period, documents, inferred (of them, by an inferred date).

    They are what was read, so a category does not narrow them.
    """
    if fits_days(filters, "category"):
        sql = f"""SELECT CAST(date_trunc($grain, date) AS DATE) AS period, CAST(sum(documents) AS INTEGER) AS documents,
                CAST(coalesce(sum(documents) FILTER (is_date_inferred), 0) AS INTEGER) AS inferred
            FROM mart_days WHERE grouping = 'document' AND {DAYS} GROUP BY period ORDER BY period"""
    else:
        sql = f"""SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, CAST(count(*) AS INTEGER) AS documents,
                CAST(count(*) FILTER ({INFERRED}) AS INTEGER) AS inferred
            FROM mart_documents WHERE {DOCUMENTS} AND {DATE} IS NOT NULL GROUP BY period ORDER BY period"""
    return ask(build, sql, filters.parameters() | {"grain": grain})


@cached
def groups_over_time(build: Build, filters: Filters, grain: Grain, grouping: Grouping) -> pd.DataFrame:
    """Directives by period and category or family: period, group_id, directives, documents."""
    parameters = filters.parameters() | {"grain": grain, "grouping": grouping, "limit": MAX_TIME_ROWS}
    if fits_days(filters, grouping):
        sql = f"""SELECT CAST(date_trunc($grain, date) AS DATE) AS period, group_id,
                CAST(sum(directives) AS INTEGER) AS directives, CAST(sum(documents) AS INTEGER) AS documents
            FROM mart_days WHERE grouping = $grouping AND strength = $strength
                AND ($categories IS NULL OR list_contains($categories, group_id)) AND {DAYS}
            GROUP BY period, group_id ORDER BY period, group_id LIMIT $limit"""
        parameters["strength"] = strength_of(filters)
    elif grouping == "category" or not filters.categories:
        sql = f"""SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, group_id,
                CAST(sum({TALLY}) AS INTEGER) AS directives, CAST(count(*) AS INTEGER) AS documents
            FROM mart_document_groups WHERE grouping = $grouping AND {TALLIED} AND {DATE} IS NOT NULL
                AND {IN_CATEGORIES} GROUP BY period, group_id ORDER BY period, group_id LIMIT $limit"""
    else:
        sql = f"""SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, group_id,
                CAST(count(*) AS INTEGER) AS directives, CAST(count(DISTINCT document_no) AS INTEGER) AS documents
            FROM mart_groups WHERE grouping = $grouping AND {DIRECTIVES} AND {DATE} IS NOT NULL
            GROUP BY period, group_id ORDER BY period, group_id LIMIT $limit"""
    return ask(build, sql, parameters)


@cached
def wordings_over_time(
    build: Build, filters: Filters, grain: Grain, grouping: Grouping, groups: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Directives by period and wording strength, each once: period, group_id, directives, documents.

    group_id: a strength, or any. groups: categories (families) to which the directives belong; none: all directives.
    """
    parameters = filters.parameters() | {"grain": grain, "grouping": grouping, "groups": list(groups) or None}
    if not groups and fits_days(filters, "directive"):
        sql = f"""SELECT CAST(date_trunc($grain, date) AS DATE) AS period, strength AS group_id,
                CAST(sum(directives) AS INTEGER) AS directives, CAST(sum(documents) AS INTEGER) AS documents
            FROM mart_days WHERE grouping = 'directive' AND {DAYS}
                AND ($strength = 'any' OR strength = $strength)
            GROUP BY 1, 2 ORDER BY 1, 2"""
        rows = ask(build, sql, parameters | {"strength": strength_of(filters)})
        return rows if not filters.strengths else pd.concat([rows, rows.assign(group_id="any")], ignore_index=True)
    if not groups and not filters.categories:
        told = ", ".join(f"{tally} AS of_{strength}" for strength, tally in (*TALLIES.items(), ("any", TALLY)))
        pairs = " UNION ALL ".join(
            f"""SELECT period, '{strength}' AS group_id, CAST(sum(of_{strength}) AS INTEGER) AS directives,
                CAST(count(*) FILTER (of_{strength} > 0) AS INTEGER) AS documents
            FROM told GROUP BY period HAVING sum(of_{strength}) > 0"""
            for strength in (*TALLIES, "any")
        )
        return ask(
            build,
            f"""WITH told AS (
                SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, {told}
                FROM mart_document_groups WHERE grouping = 'directive' AND {TALLIED} AND {DATE} IS NOT NULL
            )
            FROM ({pairs}) ORDER BY period, group_id""",
            parameters,
        )
    return ask(
        build,
        f"""SELECT CAST(date_trunc($grain, {DATE}) AS DATE) AS period, coalesce(strength, 'any') AS group_id,
            CAST(count(*) AS INTEGER) AS directives, CAST(count(DISTINCT document_no) AS INTEGER) AS documents
        FROM mart_directives WHERE {DIRECTIVES} AND {DATE} IS NOT NULL AND ($groups IS NULL
            OR list_has_any(CASE $grouping WHEN 'family' THEN families ELSE categories END, $groups))
        GROUP BY period, CUBE (strength) ORDER BY period, group_id""",
        parameters,
    )


@cached
def strengths_of_categories(build: Build, filters: Filters) -> pd.DataFrame:
    """Directives by category and wording strength: group_id, strength, directives, and the category's documents."""
    return ask(
        build,
        f"""WITH counted AS (
            SELECT group_id, unnest(['encourage', 'require', 'strict']) AS strength, count(*) AS documents, unnest([
                sum(encourage + CASE WHEN $with_forwarded THEN encourage_forwarded ELSE 0 END),
                sum(require + CASE WHEN $with_forwarded THEN require_forwarded ELSE 0 END),
                sum(strict + CASE WHEN $with_forwarded THEN strict_forwarded ELSE 0 END)]) AS directives
            FROM mart_document_groups WHERE grouping = 'category' AND {TALLIED} AND {IN_CATEGORIES} GROUP BY group_id
        )
        SELECT group_id, strength, CAST(directives AS INTEGER) AS directives, CAST(documents AS INTEGER) AS documents
        FROM counted WHERE directives > 0 AND ($strengths IS NULL OR list_contains($strengths, strength))
        ORDER BY group_id, strength""",
        filters.parameters(),
    )


@cached
def focus(build: Build, filters: Filters, recent_from: dt.date, earlier_from: dt.date) -> pd.DataFrame:
    """Documents that order each category, recently and before: group_id, recent, earlier, recent_n, earlier_n.

    The n are all documents of the two spans that order anything.
    """
    parameters = filters.parameters() | {"recent_from": recent_from, "earlier_from": earlier_from}
    if not filters.categories and fits_days(filters, "category"):
        sql = f"""WITH chosen AS (
                SELECT grouping, group_id, documents, date >= $recent_from AS is_recent FROM mart_days
                WHERE grouping IN ('category', 'measured') AND strength = $strength AND {DAYS} AND date >= $earlier_from
            ), counted AS (
                SELECT grouping, group_id, CAST(coalesce(sum(documents) FILTER (is_recent), 0) AS BIGINT) AS recent,
                    CAST(coalesce(sum(documents) FILTER (NOT is_recent), 0) AS BIGINT) AS earlier
                FROM chosen GROUP BY grouping, group_id
            )
            SELECT c.group_id, c.recent, c.earlier, n.recent AS recent_n, n.earlier AS earlier_n
            FROM counted AS c INNER JOIN counted AS n ON n.grouping = 'measured'
            WHERE c.grouping = 'category' ORDER BY c.group_id"""
        return ask(build, sql, parameters | {"strength": strength_of(filters)})
    whole = "DISTINCT document_no" if filters.categories else "*"
    return ask(
        build,
        f"""WITH chosen AS (
            SELECT document_no, grouping, group_id, {DATE} >= $recent_from AS is_recent FROM mart_document_groups
            WHERE grouping IN ('category', 'measured') AND {TALLIED} AND {DATE} >= $earlier_from
                AND ($categories IS NULL OR list_contains($categories, group_id))
        ), totals AS (
            SELECT count({whole}) FILTER (is_recent) AS recent_n, count({whole}) FILTER (NOT is_recent) AS earlier_n
            FROM chosen WHERE grouping = CASE WHEN $categories IS NULL THEN 'measured' ELSE 'category' END
        )
        SELECT group_id, count(*) FILTER (is_recent) AS recent, count(*) FILTER (NOT is_recent) AS earlier,
            any_value(recent_n) AS recent_n, any_value(earlier_n) AS earlier_n
        FROM chosen CROSS JOIN totals WHERE grouping = 'category' GROUP BY group_id ORDER BY group_id""",
        parameters,
    )


@cached
def top_terms(build: Build, filters: Filters, category: str, limit: int = 12) -> pd.DataFrame:
    """Words that put directives into a category: term, directives."""
    return ask(
        build,
        f"""SELECT term, CAST(count(*) AS INTEGER) AS directives
        FROM (SELECT unnest(terms) AS term FROM mart_groups
            WHERE grouping = 'category' AND group_id = $category AND {DIRECTIVES})
        GROUP BY term ORDER BY directives DESC, term LIMIT $limit""",
        filters.parameters() | {"category": category, "limit": limit},
    )


@cached
def together(build: Build, filters: Filters) -> pd.DataFrame:
    """Categories in the same directive: first_id, second_id, directives; both orders, and each with itself."""
    return ask(
        build,
        f"""WITH sets AS (
            SELECT category_bits, count(*) AS n FROM mart_directives
            WHERE {DIRECTIVES} AND category_bits <> 0 GROUP BY category_bits
        )
        SELECT a.category_id AS first_id, b.category_id AS second_id, CAST(sum(n) AS INTEGER) AS directives
        FROM sets INNER JOIN categories AS a ON (category_bits >> (a.sort_order - 1)) & 1 = 1
        INNER JOIN categories AS b ON (category_bits >> (b.sort_order - 1)) & 1 = 1
        GROUP BY ALL ORDER BY first_id, second_id""",
        filters.parameters(),
    )


@cached
def events(
    build: Build, first: dt.date, last: dt.date, levels: tuple[str, ...], regions: tuple[str, ...]
) -> pd.DataFrame:
    """Reference events of a span: date, level, region, name_zh, name_en, source_url; at most 120.

    National ones where 'national' is among the levels, others where their level is and their region is among those
    chosen (or none is).
    """
    return ask(
        build,
        """SELECT event_id, date, level, region, name_zh, name_en, source_url FROM events
        WHERE date BETWEEN $first AND $last AND list_contains($levels, level)
            AND (level = 'national' OR $regions IS NULL OR adcode IS NULL
                OR list_contains(list_transform($regions, lambda region: region[1:2]), adcode[1:2]))
        ORDER BY date, event_id LIMIT 120""",
        {"first": first, "last": last, "levels": list(levels), "regions": list(regions) or None},
    )


@cached
def indices(build: Build) -> pd.DataFrame:
    """Independent indices that are loaded: name, places (adcodes; '' is the whole country), attribution."""
    return ask(
        build,
        """SELECT name, list(DISTINCT coalesce(adcode, '') ORDER BY coalesce(adcode, '')) AS places,
            any_value(attribution) AS attribution FROM indicators GROUP BY name ORDER BY name""",
    )


@cached
def index_over_time(build: Build, name: str, place: str, first: dt.date, last: dt.date) -> pd.DataFrame:
    """An independent index of a place by day: date, value. Days that only repeat the day before and after are left out.

    place: an adcode; '' is the whole country.
    """
    return ask(
        build,
        """SELECT date, value FROM indicators
        WHERE name = $name AND coalesce(adcode, '') = $place AND date BETWEEN $first AND $last
        QUALIFY value IS DISTINCT FROM lag(value) OVER (ORDER BY date)
            OR value IS DISTINCT FROM lead(value) OVER (ORDER BY date)
        ORDER BY date""",
        {"name": name, "place": place, "first": first, "last": last},
    )
