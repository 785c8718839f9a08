"""Questions of announcements: the list of a selection, and one document with its parts, sources and copies.

Imports builds and selection only.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from dashboard.builds import PAGE_SIZE, Build, ask, cached, records
from dashboard.filters import Filters
from dashboard.selection import DATE, DIRECTIVES, INFERRED, selected

MAX_PARTS = 2000  # of one kind in one document
Order = Literal["newest", "oldest", "directives"]
ORDERS: dict[Order, str] = {  # closed: these words go into the query's text
    "newest": "m.date DESC NULLS LAST, m.document_no DESC",
    "oldest": "m.date NULLS LAST, m.document_no",
    "directives": "matching DESC, m.date DESC NULLS LAST, m.document_no DESC",
}


# Documents whose title or issuer has the words that the reader types.
NAMED = """AND document_id IN (SELECT document_id FROM documents LEFT JOIN issuers AS i USING (issuer_id)
    WHERE contains(title, $needle) OR contains(i.name, $needle))"""


@cached
def count_documents(build: Build, filters: Filters, needle: str) -> int:
    """How many documents the list has."""
    rows = ask(
        build,
        f"""SELECT count(*) AS n FROM mart_documents AS m
        WHERE {selected(filters)} {NAMED if needle else ""}""",
        filters.parameters() | {"needle": needle},
    )
    return int(rows.iloc[0]["n"])


@cached
def list_documents(
    build: Build, filters: Filters, needle: str = "", order: Order = "newest", page: int = 1, size: int = PAGE_SIZE
) -> pd.DataFrame:
    """One page of documents: document_id, date, is_date_inferred, title, doc_type, level, adcodes, issuer,
    matching.

    matching: its directives that the filters choose.
    """
    matching = " FROM mart_documents AS m"
    if order == "directives":  # only then are those of all documents counted
        matching = f""", coalesce(n.matching, 0) AS matching FROM mart_documents AS m LEFT JOIN (
            SELECT document_no, count(*) AS matching FROM mart_directives WHERE {DIRECTIVES} GROUP BY document_no
        ) AS n USING (document_no)"""
    return ask(
        build,
        f"""WITH listed AS (
            SELECT m.document_no, m.document_id, m.place_adcode, {DATE} AS date{matching}
            WHERE {selected(filters)} {NAMED if needle else ""}
            ORDER BY {ORDERS[order]} LIMIT $size OFFSET $offset
        ), chosen AS (
            SELECT document_no, count(*) AS matching FROM mart_directives
            WHERE {DIRECTIVES} AND document_no IN (SELECT document_no FROM listed) GROUP BY document_no
        )
        SELECT m.document_id, m.date, {INFERRED} AS is_date_inferred, d.title, d.doc_type, d.level,
            list_distinct([d.province_adcode, m.place_adcode, d.adcode]) AS adcodes,
            coalesce(i.name, d.issuer_as_written) AS issuer,
            CAST(coalesce(c.matching, 0) AS INTEGER) AS matching, d.is_primary
        FROM listed AS m INNER JOIN documents AS d USING (document_id) LEFT JOIN issuers AS i USING (issuer_id)
        LEFT JOIN chosen AS c USING (document_no)
        ORDER BY {ORDERS[order]}""",
        filters.parameters() | {"needle": needle, "size": size, "offset": (page - 1) * size},
    )


@cached
def document(build: Build, document_id: str) -> dict[str, Any] | None:
    """One document with its issuer's name; None if there is no such document."""
    rows = ask(
        build,
        """SELECT d.* EXCLUDE (text_starts, raw_starts), i.name AS issuer, i.kind AS issuer_kind,
            list_distinct([d.province_adcode, m.place_adcode, d.adcode]) AS adcodes
        FROM documents AS d INNER JOIN mart_documents AS m USING (document_id)
        LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id WHERE d.document_id = $document_id""",
        {"document_id": document_id},
    )
    return None if rows.empty else records(rows)[0]


@cached
def directives_of(build: Build, document_id: str) -> list[dict[str, Any]]:
    """Directives of a document in order, each with its measures: [{category_id, terms}], terms with their places."""
    rows = ask(
        build,
        """SELECT d.*, coalesce(m.measures, []) AS measures FROM directives AS d
        LEFT JOIN (SELECT directive_id, list({'category_id': category_id, 'terms': terms} ORDER BY rank) AS measures
            FROM measures WHERE document_id = $document_id GROUP BY directive_id) AS m USING (directive_id)
        WHERE d.document_id = $document_id ORDER BY seq""",
        {"document_id": document_id},
    )
    return records(rows)


@cached
def parts_of(
    build: Build, document_id: str, part: Literal["people", "figures", "citations", "slogans", "repairs", "reported"]
) -> list[dict[str, Any]]:
    """What else was found in a document, in text order."""
    rows = ask(
        build,
        f"""SELECT * EXCLUDE (document_id) FROM {part} WHERE document_id = $document_id
        ORDER BY start_char LIMIT {MAX_PARTS}""",
        {"document_id": document_id},
    )
    return records(rows)


@cached
def offsets_of(build: Build, document_id: str) -> tuple[list[int], list[int]]:
    """Where the text of a document lies in its raw text: starts in the one, starts in the other."""
    rows = ask(
        build,
        "SELECT text_starts, raw_starts FROM documents WHERE document_id = $document_id",
        {"document_id": document_id},
    )
    row = rows.iloc[0]
    return [int(n) for n in row["text_starts"]], [int(n) for n in row["raw_starts"]]


@cached
def forwards_of(build: Build, document_id: str) -> dict[str, dict[str, Any]]:
    """By directive of a document: the higher-level directive that its words repeat most, and the words they share."""
    rows = ask(
        build,
        """SELECT f.directive_id, f.similarity, f.shared_text, s.document_id AS source_document, s.seq AS source_seq,
            d.title, d.date, coalesce(i.name, d.issuer_as_written) AS issuer
        FROM forwards AS f INNER JOIN directives AS x USING (directive_id)
        INNER JOIN directives AS s ON s.directive_id = f.source_directive_id
        INNER JOIN documents AS d ON d.document_id = s.document_id LEFT JOIN issuers AS i ON i.issuer_id = d.issuer_id
        WHERE x.document_id = $document_id
        QUALIFY row_number() OVER (PARTITION BY f.directive_id ORDER BY f.similarity DESC, s.directive_id) = 1""",
        {"document_id": document_id},
    )
    return {row["directive_id"]: row for row in records(rows)}


@cached
def copies_of(build: Build, document_id: str) -> pd.DataFrame:
    """Other documents of its group of near-duplicates: document_id, title, url, similarity, is_primary."""
    return ask(
        build,
        """SELECT document_id, title, url, similarity, is_primary FROM documents
        WHERE document_id <> $document_id AND coalesce(duplicate_of, document_id) = (
            SELECT coalesce(duplicate_of, document_id) FROM documents WHERE document_id = $document_id)
        ORDER BY is_primary DESC, document_id LIMIT 50""",
        {"document_id": document_id},
    )
