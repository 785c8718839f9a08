"""Questions of the pages that compare: regions, bodies, levels and kinds, and one body by itself.

Wherever shares are formed, the whole is the announcements that order anything at all, whatever category or wording the
filters choose: else every announcement chosen by a category would order it. Imports builds, selection and queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.builds import Build, ask, cached, records
from dashboard.filters import Filters
from dashboard.periods import Grain
from dashboard.queries import MAX_TIME_ROWS, Grouping
from dashboard.selection import DATE, DIRECTIVES, DOCUMENTS, IN_CATEGORIES, INFERRED, TALLIED, TALLY

Dimension = Literal["entity", "level", "kind"]
DIMENSIONS = {"level": "level", "kind": "issuer_kind"}  # columns: closed, since they go into a query's text
MAX_CONVEYED = 5000


def joined(entities: tuple[str, ...], dimension: Dimension = "entity") -> str:
    """The join of a mart with what is compared, its column being `entity`.

    Provinces only, places only or issuers only are looked up in one column, many times as fast as in three.
    """
    columns = {column_of(entity) for entity in entities} if dimension == "entity" else {DIMENSIONS[dimension]}
    of = f"= {columns.pop()}" if len(columns) == 1 else "IN (province_adcode, place_adcode, issuer_id)"
    return f"INNER JOIN (SELECT unnest($entities) AS entity) AS e ON e.entity {of}"


def column_of(entity: str) -> str:
    """Where a mart holds an entity: 310000 is a province, 420100 a place, all else an issuer."""
    if len(entity) == 6 and entity.isdigit():
        return "province_adcode" if entity.endswith("0000") else "place_adcode"
    return "issuer_id"


@cached
def entity_documents(build: Build, filters: Filters, entities: tuple[str, ...], grain: Grain) -> pd.DataFrame:
    """Documents by entity and period: entity, period (null where undated), documents, ordering (with a directive)."""
    return ask(
        build,
        f"""SELECT entity, CAST(date_trunc($grain, {DATE}) AS DATE) AS period, CAST(count(*) AS INTEGER) AS documents,
            CAST(count(*) FILTER (directive_count > 0) AS INTEGER) AS ordering
        FROM mart_documents {joined(entities)} WHERE {DOCUMENTS} GROUP BY entity, period ORDER BY entity, period""",
        filters.parameters() | {"entities": list(entities), "grain": grain},
    )


@cached
def entity_groups(
    build: Build, filters: Filters, entities: tuple[str, ...], grain: Grain, grouping: Grouping
) -> pd.DataFrame:
    """Directives by entity, period and category or family: entity, period, group_id, directives, documents."""
    if grouping == "category" or not filters.categories:
        counts = f"""CAST(sum({TALLY}) AS INTEGER) AS directives, CAST(count(*) AS INTEGER) AS documents
            FROM mart_document_groups {joined(entities)} WHERE grouping = $grouping AND {TALLIED} AND {IN_CATEGORIES}"""
    else:
        counts = f"""CAST(count(*) AS INTEGER) AS directives, CAST(count(DISTINCT document_no) AS INTEGER) AS documents
            FROM mart_groups {joined(entities)} WHERE grouping = $grouping AND {DIRECTIVES}"""
    return ask(
        build,
        f"""SELECT entity, CAST(date_trunc($grain, {DATE}) AS DATE) AS period, group_id, {counts}
        GROUP BY entity, period, group_id ORDER BY entity, period, group_id LIMIT $limit""",
        filters.parameters()
        | {"entities": list(entities), "grain": grain, "grouping": grouping, "limit": MAX_TIME_ROWS},
    )


@cached
def profile(build: Build, filters: Filters, dimension: Dimension, entities: tuple[str, ...]) -> pd.DataFrame:
    """Announcements that order each category: entity, group_id, documents, directives, n; every pair one row.

    n: announcements of the entity that order anything. A category that the filters leave out has no rows.
    """
    return ask(
        build,
        f"""WITH sizes AS (
            SELECT entity, count(*) AS n FROM mart_document_groups {joined(entities, dimension)}
            WHERE grouping = 'directive' AND {DOCUMENTS} AND ($with_forwarded OR encourage + require + strict > 0)
            GROUP BY entity
        ), counts AS (
            SELECT entity, group_id, count(*) AS documents, sum({TALLY}) AS directives
            FROM mart_document_groups {joined(entities, dimension)}
            WHERE grouping = 'category' AND {TALLIED} AND {IN_CATEGORIES}
            GROUP BY entity, group_id
        )
        SELECT e.entity, c.category_id AS group_id, CAST(coalesce(documents, 0) AS INTEGER) AS documents,
            CAST(coalesce(directives, 0) AS INTEGER) AS directives, CAST(coalesce(n, 0) AS INTEGER) AS n
        FROM (SELECT unnest($entities) AS entity) AS e CROSS JOIN categories AS c
        LEFT JOIN sizes AS s ON s.entity = e.entity
        LEFT JOIN counts AS x ON x.entity = e.entity AND x.group_id = c.category_id
        WHERE $categories IS NULL OR list_contains($categories, c.category_id)
        ORDER BY list_position($entities, e.entity), c.sort_order""",
        filters.parameters() | {"entities": list(entities)},
    )


@cached
def first_orders(build: Build, filters: Filters, entities: tuple[str, ...]) -> pd.DataFrame:
    """First dated order of each category by entity: entity, group_id, date, document_id, is_date_inferred."""
    return ask(
        build,
        f"""SELECT entity, group_id, min({DATE}) AS date,
            arg_min(document_id, ({DATE}, document_no)) AS document_id,
            arg_min({INFERRED}, ({DATE}, document_no)) AS is_date_inferred
        FROM mart_document_groups {joined(entities)}
        WHERE grouping = 'category' AND {TALLIED} AND {DATE} IS NOT NULL AND {IN_CATEGORIES}
        GROUP BY entity, group_id ORDER BY entity, date, group_id""",
        filters.parameters() | {"entities": list(entities)},
    )


@cached
def days_of(build: Build, filters: Filters, entities: tuple[str, ...]) -> pd.DataFrame:
    """Days on which an entity has an announcement: entity, day, documents; undated ones are left out."""
    return ask(
        build,
        f"""SELECT entity, {DATE} AS day, CAST(count(*) AS INTEGER) AS documents FROM mart_documents {joined(entities)}
        WHERE {DOCUMENTS} AND {DATE} IS NOT NULL GROUP BY entity, day ORDER BY entity, day""",
        filters.parameters() | {"entities": list(entities)},
    )


@cached
def provinces_over_time(build: Build, filters: Filters, grain: Grain, category: str | None) -> pd.DataFrame:
    """Every province and period: entity, period (null where undated), documents, ordering, directives, strict.

    documents: all that were read; ordering: those that order the category (anything, without one); directives and
    strict: how many, and how many of them strictly worded.
    """
    period = f"CAST(date_trunc($grain, {DATE}) AS DATE)"
    parameters = filters.parameters() | {"grain": grain, "category": category}
    if filters.categories:
        ordered = f"""count(DISTINCT document_no) AS ordering, count(*) AS directives,
                count(*) FILTER (strength = 'strict') AS strict
            FROM mart_directives WHERE {DIRECTIVES} AND ($category IS NULL OR list_contains(categories, $category))"""
    else:
        strict = "strict + CASE WHEN $with_forwarded THEN strict_forwarded ELSE 0 END"
        ordered = f"""count(*) AS ordering, sum({TALLY}) AS directives, CASE WHEN $strengths IS NULL
                OR list_contains($strengths, 'strict') THEN sum({strict}) ELSE 0 END AS strict
            FROM mart_document_groups WHERE {TALLIED} AND CASE WHEN $category IS NULL THEN grouping = 'directive'
                ELSE grouping = 'category' AND group_id = $category END"""
    return ask(
        build,
        f"""WITH read AS (
            SELECT province_adcode AS entity, {period} AS period, count(*) AS documents
            FROM mart_documents WHERE {DOCUMENTS} AND entity IS NOT NULL GROUP BY ALL
        ), ordered AS (
            SELECT province_adcode AS entity, {period} AS period, {ordered} AND entity IS NOT NULL GROUP BY ALL
        )
        SELECT r.entity, r.period, CAST(documents AS INTEGER) AS documents,
            CAST(coalesce(ordering, 0) AS INTEGER) AS ordering, CAST(coalesce(directives, 0) AS INTEGER) AS directives,
            CAST(coalesce(strict, 0) AS INTEGER) AS strict
        FROM read AS r LEFT JOIN ordered AS o ON o.entity = r.entity AND o.period IS NOT DISTINCT FROM r.period
        ORDER BY r.entity, r.period""",
        parameters,
    )


@cached
def short_names(build: Build, english: bool) -> dict[str, str]:
    """Short names of provinces: 内蒙古, Inner Mongolia."""
    column = "coalesce(name_en, short_zh)" if english else "short_zh"
    rows = ask(build, f"SELECT adcode, {column} AS name FROM regions WHERE level = 'province' ORDER BY adcode")
    return dict(rows.itertuples(index=False, name=None))


@dataclass(frozen=True, slots=True)
class Body:
    """One issuer."""

    issuer_id: str
    name: str
    kind: str
    level: str | None
    adcode: str | None
    aliases: tuple[str, ...]


@cached
def body(build: Build, issuer_id: str) -> Body | None:
    """An issuer by its key; None if there is none."""
    rows = ask(build, "SELECT * FROM issuers WHERE issuer_id = $issuer", {"issuer": issuer_id})
    if rows.empty:
        return None
    row: dict[str, Any] = records(rows)[0]
    aliases = tuple(str(name) for name in row["aliases"] if name != row["name"])
    return Body(issuer_id, str(row["name"]), str(row["kind"]), row["level"], row["adcode"], aliases)


@dataclass(frozen=True, slots=True)
class Sittings:
    """What a selection's meetings were."""

    meetings: int
    by_video: int
    with_chair: int  # meetings whose chair the text names


@cached
def sittings(build: Build, filters: Filters) -> Sittings:
    """Meetings of the selection by form; a document that records a meeting is one, copies as the filters say."""
    row = ask(
        build,
        f"""SELECT count(*) AS meetings, count(*) FILTER (venue_format = 'teleconference') AS by_video,
            count(*) FILTER (len(chairs) > 0) AS with_chair
        FROM meetings SEMI JOIN (SELECT document_id FROM mart_documents WHERE {DOCUMENTS}) USING (document_id)""",
        filters.parameters(),
    ).iloc[0]
    return Sittings(int(row["meetings"]), int(row["by_video"]), int(row["with_chair"]))


@cached
def chairs(build: Build, filters: Filters, limit: int = 12) -> pd.DataFrame:
    """Who chaired meetings: name, meetings, first, last; most first. Names as written: namesakes are one."""
    return ask(
        build,
        f"""SELECT name, CAST(count(DISTINCT document_id) AS INTEGER) AS meetings, min(date) AS first, max(date) AS last
        FROM people INNER JOIN (SELECT document_id, {DATE} AS date FROM mart_documents WHERE {DOCUMENTS})
            USING (document_id)
        WHERE role = 'chair' GROUP BY name ORDER BY meetings DESC, first, name LIMIT $limit""",
        filters.parameters() | {"limit": limit},
    )


@cached
def named_policies(build: Build, filters: Filters, limit: int = 12) -> pd.DataFrame:
    """Quoted labels of policies: label, documents, first, last; most first."""
    return ask(
        build,
        f"""SELECT label, CAST(count(DISTINCT document_id) AS INTEGER) AS documents, min(date) AS first,
            max(date) AS last
        FROM slogans INNER JOIN (SELECT document_id, {DATE} AS date FROM mart_documents WHERE {DOCUMENTS})
            USING (document_id)
        GROUP BY label ORDER BY documents DESC, first, label LIMIT $limit""",
        filters.parameters() | {"limit": limit},
    )


LEVELS = ("national", "province", "prefecture", "county", "township", "unit")


@cached
def busiest(build: Build, filters: Filters, kind: Literal["region", "issuer"], limit: int) -> pd.DataFrame:
    """Provinces (or issuers) with most documents in the selection: entity, documents."""
    column = "province_adcode" if kind == "region" else "issuer_id"
    return ask(
        build,
        f"""SELECT {column} AS entity, CAST(count(*) AS INTEGER) AS documents FROM mart_documents
        WHERE {DOCUMENTS} AND entity IS NOT NULL AND entity <> '000000'
        GROUP BY entity ORDER BY documents DESC, entity LIMIT $limit""",
        filters.parameters() | {"limit": limit},
    )


@cached
def busiest_of(build: Build, filters: Filters, dimension: Literal["level", "kind"], limit: int) -> tuple[str, ...]:
    """Levels, from the centre down, or kinds, most announcements first, that the selection has."""
    column = "level" if dimension == "level" else "issuer_kind"
    rows = ask(
        build,
        f"""SELECT {column} AS entity FROM mart_documents WHERE {DOCUMENTS} AND entity IS NOT NULL
        GROUP BY entity ORDER BY list_position($levels, entity), count(*) DESC, entity LIMIT $limit""",
        filters.parameters() | {"limit": limit, "levels": list(LEVELS)},
    )
    return tuple(rows["entity"])


@cached
def conveyed(build: Build, filters: Filters) -> pd.DataFrame:
    """Meetings that the selection's announcements say they pass on, with the columns of v_conveyed and DATE as day."""
    return ask(
        build,
        f"""SELECT c.*, d.day, d.place_adcode FROM v_conveyed AS c
        INNER JOIN (SELECT document_id, place_adcode, {DATE} AS day FROM mart_documents WHERE {DOCUMENTS}) AS d
            USING (document_id)
        ORDER BY c.days NULLS LAST, d.day, c.document_id, c.seq LIMIT $limit""",
        filters.parameters() | {"limit": MAX_CONVEYED},
    )
