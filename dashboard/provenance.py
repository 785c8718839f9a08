"""Questions of what stands behind a mark of a chart: its directives or its announcements.

A mark narrows the selection further. Its values are parameters; which conditions stand in a query's text depends only
on which of them it has. Imports builds, selection and marks.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from dashboard.builds import PAGE_SIZE, Build, ask, cached, records
from dashboard.filters import Filters
from dashboard.marks import Mark
from dashboard.selection import DATE, DIRECTIVES, DOCUMENTS, INFERRED

# What a mark on a chart narrows beyond the filters.
MARK = f"""
    ($mark_from IS NULL OR {DATE} >= $mark_from) AND ($mark_to IS NULL OR {DATE} <= $mark_to)
    AND ($mark_entity IS NULL OR $mark_entity IN (
        coalesce(province_adcode, ''), coalesce(place_adcode, ''), coalesce(issuer_id, '')))
    AND ($mark_level IS NULL OR level = $mark_level)
    AND ($mark_kind IS NULL OR issuer_kind = $mark_kind)
"""
MARK_DIRECTIVES = f"""{MARK}
    AND ($mark_family IS NULL OR list_contains(families, $mark_family))
    AND ($mark_category IS NULL OR (category_bits & $mark_bits) <> 0)
    AND ($mark_also IS NULL OR (category_bits & $also_bits) <> 0)
    AND ($mark_strength IS NULL OR strength = $mark_strength)
"""
MARK_TERM = """
    AND directive_id IN (SELECT directive_id FROM mart_groups
        WHERE grouping = 'category' AND ($mark_category IS NULL OR group_id = $mark_category)
            AND list_contains(terms, $mark_term))
"""
MARK_TERM_OF_DOCUMENT = "AND document_no IN (SELECT document_no FROM mart_terms WHERE term = $mark_term)"
MARK_CHAIR = "AND document_id IN (SELECT document_id FROM people WHERE role = 'chair' AND name = $mark_chair)"
EvidenceOrder = Literal["newest", "oldest"]
EVIDENCE_ORDERS: dict[EvidenceOrder, str] = {  # closed: these words go into the query's text
    "newest": "date DESC NULLS LAST, document_no DESC, seq",
    "oldest": "date NULLS LAST, document_no, seq",
}


def behind(mark: Mark) -> str:
    """The condition for the directives behind a mark. Only a mark of a term pays for looking terms up."""
    term = MARK_TERM if mark.get("term") else ""
    return f"{DIRECTIVES} AND {MARK_DIRECTIVES} {term} {chaired(mark)} {holding(mark, 'directive')}"


def documents_behind(mark: Mark) -> str:
    """The condition for the documents behind a mark, whatever they order."""
    term = MARK_TERM_OF_DOCUMENT if mark.get("term") else ""
    return f"{DOCUMENTS} AND {MARK} {term} {chaired(mark)} {holding(mark, 'document')}"


def chaired(mark: Mark) -> str:
    """The condition that a mark's person chaired."""
    return MARK_CHAIR if mark.get("chair") else ""


def holding(mark: Mark, unit: Literal["directive", "document"]) -> str:
    """The condition that a mark's phrase stands in the text, in letters of either case."""
    phrase = mark.get("phrase")
    if not phrase:
        return ""
    words = "text" if phrase.lower() == phrase.upper() else "lower(text)"
    return f"AND {unit}_id IN (SELECT {unit}_id FROM {unit}s WHERE contains({words}, lower($mark_phrase)))"


@cached
def count_evidence(build: Build, filters: Filters, mark: Mark) -> tuple[int, int]:
    """Directives behind a mark, and the documents that they stand in."""
    row = ask(
        build,
        f"""SELECT count(*) AS directives, count(DISTINCT document_no) AS documents FROM mart_directives
        WHERE {behind(mark)}""",
        filters.parameters() | mark.parameters(),
    ).iloc[0]
    return int(row["directives"]), int(row["documents"])


@cached
def list_evidence(
    build: Build, filters: Filters, mark: Mark, order: EvidenceOrder = "newest", page: int = 1, size: int = PAGE_SIZE
) -> list[dict[str, Any]]:
    """One page of the directives behind a mark, each with its measures and terms, its document, date and issuer.

    Rows are found by their rowid, which reads a hundredth of what looking for a key reads; the key has to agree, and is
    compared last, since DuckDB would look for it first.
    """
    rows = ask(
        build,
        f"""WITH chosen AS (
            SELECT document_id, directive_id, document_no, seq, place_adcode, is_forwarded, {DATE} AS date,
                {INFERRED} AS is_date_inferred, directive_row, measure_rows
            FROM mart_directives WHERE {behind(mark)} ORDER BY {EVIDENCE_ORDERS[order]} LIMIT $size OFFSET $offset
        ), found AS (
            SELECT c.directive_id, list({{'category_id': category_id, 'terms': terms}} ORDER BY rank) AS measures
            FROM (SELECT directive_id, unnest(measure_rows) AS at FROM chosen) AS c
            INNER JOIN measures AS m ON m.rowid = c.at
            GROUP BY c.directive_id HAVING bool_and(m.directive_id = c.directive_id)
        )
        SELECT c.* EXCLUDE (directive_row, measure_rows), x.directive_id AS found_id, x.text, x.start_char, x.end_char,
            x.strength, coalesce(f.measures, []) AS measures,
            d.title, d.level, d.doc_type, d.is_primary, coalesce(i.name, d.issuer_as_written) AS issuer,
            list_distinct([d.province_adcode, c.place_adcode, d.adcode]) AS adcodes
        FROM chosen AS c INNER JOIN directives AS x ON x.rowid = c.directive_row
        INNER JOIN documents AS d ON d.document_id = c.document_id
        LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id LEFT JOIN found AS f ON f.directive_id = c.directive_id
        ORDER BY {EVIDENCE_ORDERS[order]}""",
        filters.parameters() | mark.parameters() | {"size": size, "offset": (page - 1) * size},
    )
    return [row for row in records(rows) if row.pop("found_id") == row["directive_id"]]


@cached
def count_documents_behind(build: Build, filters: Filters, mark: Mark) -> tuple[int, int]:
    """Documents behind a mark, whatever they order, and how many of them order anything."""
    row = ask(
        build,
        f"""SELECT count(*) AS documents, count(*) FILTER (directive_count > 0) AS ordering FROM mart_documents
        WHERE {documents_behind(mark)}""",
        filters.parameters() | mark.parameters(),
    ).iloc[0]
    return int(row["documents"]), int(row["ordering"])


@cached
def list_documents_behind(
    build: Build, filters: Filters, mark: Mark, order: EvidenceOrder = "newest", page: int = 1, size: int = PAGE_SIZE
) -> pd.DataFrame:
    """One page of the documents behind a mark: columns of documents.list_documents; matching: all their directives."""
    return ask(
        build,
        f"""WITH listed AS (
            SELECT document_no, document_id, place_adcode, {DATE} AS date, {INFERRED} AS is_date_inferred, 0 AS seq,
                directive_count AS matching
            FROM mart_documents WHERE {documents_behind(mark)}
            ORDER BY {EVIDENCE_ORDERS[order]} LIMIT $size OFFSET $offset
        )
        SELECT m.document_no, m.seq, m.document_id, m.date, m.is_date_inferred, d.title, d.doc_type, d.level,
            list_distinct([d.province_adcode, m.place_adcode, d.adcode]) AS adcodes,
            coalesce(i.name, d.issuer_as_written) AS issuer, m.matching, d.is_primary
        FROM listed AS m INNER JOIN documents AS d USING (document_id) LEFT JOIN issuers AS i USING (issuer_id)
        ORDER BY {EVIDENCE_ORDERS[order]}""",
        filters.parameters() | mark.parameters() | {"size": size, "offset": (page - 1) * size},
    )
