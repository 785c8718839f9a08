"""Questions of the page on quality and changes: how good fields are, what is missing, refused, repaired, changed.

Imports builds and selection only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.builds import Build, ask, cached, records
from dashboard.filters import Filters
from dashboard.periods import Grain
from dashboard.selection import DATE, DOCUMENTS, INFERRED

MAX_ROWS = 5000  # of a list that is taken away
CHANGES = ("new", "text_changed", "rules_changed", "corrected", "metadata_changed", "withdrawn", "passing")
MACHINERY = ("text_starts", "raw_starts")  # fields of changes that say nothing to a reader


@cached
def qualities(build: Build) -> list[dict[str, Any]]:
    """Every measured field: field, split, metric, value, low, high, n, failures.

    failures are {document, document_id, item, predicted, expected}, of labelled documents that rules may see.
    """
    rows = ask(build, "SELECT field, split, metric, value, low, high, n, failures FROM quality WHERE n > 0")
    return records(rows)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good a field is on labelled documents."""

    metric: str  # rate or f1
    split: str  # held_aside, or working where nothing was held aside
    value: float
    low: float
    high: float
    n: int


@cached
def accuracies(build: Build) -> dict[str, Accuracy]:
    """Accuracy by field: on the documents held aside, which no rule has seen, where there are any."""
    rows = ask(
        build,
        """SELECT field, metric, split, value, low, high, n FROM quality
        WHERE metric IN ('rate', 'f1') AND value IS NOT NULL AND n > 0
        QUALIFY row_number() OVER (PARTITION BY field ORDER BY split = 'held_aside' DESC, metric DESC) = 1""",
    )
    return {
        row["field"]: Accuracy(row["metric"], row["split"], row["value"], row["low"], row["high"], row["n"])
        for row in records(rows)
    }


@cached
def known_shares(build: Build) -> pd.DataFrame:
    """How often a field is known in this build: field, value (a share), n documents."""
    return ask(build, "SELECT field, value, n FROM v_quality WHERE split = 'warehouse' ORDER BY value DESC, field")


@cached
def present(build: Build, document_ids: tuple[str, ...]) -> set[str]:
    """Those of the documents that this build has."""
    rows = ask(
        build,
        "SELECT document_id FROM documents WHERE document_id IN (SELECT unnest($ids))",
        {"ids": list(document_ids)},
    )
    return set(rows["document_id"])


@cached
def coverage(build: Build, filters: Filters, grain: Grain) -> pd.DataFrame:
    """Dated documents by province and period: adcode (null where unknown), period, documents, inferred."""
    return ask(
        build,
        f"""SELECT province_adcode AS adcode, CAST(date_trunc($grain, {DATE}) AS DATE) AS period,
            CAST(count(*) AS INTEGER) AS documents, CAST(count(*) FILTER ({INFERRED}) AS INTEGER) AS inferred
        FROM mart_documents WHERE {DOCUMENTS} AND {DATE} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2""",
        filters.parameters() | {"grain": grain},
    )


@cached
def provinces(build: Build) -> tuple[str, ...]:
    """All provinces, with documents or without, after the centre."""
    rows = ask(build, "SELECT adcode FROM regions WHERE level = 'province' ORDER BY adcode")
    return ("000000", *rows["adcode"])


def regardless_of_dates(filters: Filters) -> Filters:
    """The same selection without what only a dated document can meet."""
    return replace(filters, date_from=None, date_to=None, explicit_only=False)


@cached
def count_undated(build: Build, filters: Filters) -> tuple[int, int]:
    """Documents of a selection that have no date of the kind that counts, and all its documents."""
    row = ask(
        build,
        f"""SELECT count(*) FILTER ({DATE} IS NULL) AS undated, count(*) AS documents
        FROM mart_documents WHERE {DOCUMENTS}""",
        regardless_of_dates(filters).parameters(),
    ).iloc[0]
    return int(row["undated"]), int(row["documents"])


@cached
def list_undated(build: Build, filters: Filters, page: int, size: int) -> pd.DataFrame:
    """One page of documents without a date: the columns of documents.list_documents, and what is known of their day.

    Those are meeting_date, published_date, date_precision, date_evidence.
    """
    return ask(
        build,
        f"""WITH listed AS (
            SELECT document_no, document_id, place_adcode, directive_count AS matching FROM mart_documents
            WHERE {DOCUMENTS} AND {DATE} IS NULL ORDER BY document_no LIMIT $size OFFSET $offset
        )
        SELECT m.document_id, CAST(NULL AS DATE) AS date, false AS is_date_inferred, d.title, d.doc_type, d.level,
            list_distinct([d.province_adcode, m.place_adcode, d.adcode]) AS adcodes,
            coalesce(i.name, d.issuer_as_written) AS issuer, m.matching, d.is_primary,
            d.meeting_date, d.published_date, d.date_precision, d.date_evidence
        FROM listed AS m INNER JOIN documents AS d USING (document_id) LEFT JOIN issuers AS i USING (issuer_id)
        ORDER BY m.document_no""",
        regardless_of_dates(filters).parameters() | {"size": size, "offset": (page - 1) * size},
    )


@cached
def reject_reasons(build: Build) -> pd.DataFrame:
    """Why something could not be read: reason, n; most frequent first."""
    return ask(build, "SELECT reason, CAST(count(*) AS INTEGER) AS n FROM rejects GROUP BY 1 ORDER BY n DESC, reason")


@cached
def list_rejects(build: Build, reason: str, page: int, size: int) -> pd.DataFrame:
    """One page of what could not be read: source, reason, detail, sample, load_id. reason: empty for all."""
    return ask(
        build,
        """SELECT source, reason, detail, sample, load_id FROM rejects WHERE $reason = '' OR reason = $reason
        ORDER BY load_id DESC, source LIMIT $size OFFSET $offset""",
        {"reason": reason, "size": size, "offset": (page - 1) * size},
    )


@cached
def repair_rules(build: Build, filters: Filters) -> pd.DataFrame:
    """Repairs of a selection: rule, repairs, documents; most first."""
    return ask(
        build,
        f"""SELECT rule, CAST(count(*) AS INTEGER) AS repairs,
            CAST(count(DISTINCT r.document_id) AS INTEGER) AS documents
        FROM repairs AS r SEMI JOIN (SELECT document_id FROM mart_documents WHERE {DOCUMENTS}) USING (document_id)
        GROUP BY rule ORDER BY repairs DESC, rule""",
        filters.parameters(),
    )


@cached
def repair_examples(build: Build, filters: Filters, rule: str, limit: int) -> list[dict[str, Any]]:
    """What a rule changed, most frequent first, each with one place where it did.

    before, after, repairs, documents, document_id, title, left and right (the words around the place).
    """
    rows = ask(
        build,
        f"""WITH grouped AS (
            SELECT r.before, r.after, count(*) AS repairs, count(DISTINCT r.document_id) AS documents,
                arg_min({{'id': r.document_id, 'start': r.start_char, 'end': r.end_char}}, (r.document_id, r.seq)) AS at
            FROM repairs AS r SEMI JOIN (SELECT document_id FROM mart_documents WHERE {DOCUMENTS}) USING (document_id)
            WHERE r.rule = $rule GROUP BY r.before, r.after ORDER BY repairs DESC, r.before, r.after LIMIT $limit
        )
        SELECT g.before, g.after, CAST(g.repairs AS INTEGER) AS repairs, CAST(g.documents AS INTEGER) AS documents,
            d.document_id, d.title,
            substr(d.text, greatest(0, g.at.start - 12) + 1, least(g.at.start, 12)) AS "left",
            substr(d.text, g.at.start + 1, g.at.end - g.at.start) AS inside,
            substr(d.text, g.at.end + 1, 12) AS "right"
        FROM grouped AS g INNER JOIN documents AS d ON d.document_id = g.at.id
        ORDER BY repairs DESC, before, after""",
        filters.parameters() | {"rule": rule, "limit": limit},
    )
    return records(rows)


@cached
def loads(build: Build) -> list[dict[str, Any]]:
    """Loads, newest first: load_id, finished_at, rules_version, engine, sources and counts of documents."""
    rows = ask(
        build,
        """SELECT load_id, coalesce(finished_at, started_at) AS finished_at, rules_version, engine, documents_read,
            documents_new, documents_changed, documents_withdrawn, documents_rejected
        FROM loads ORDER BY load_id DESC LIMIT 200""",
    )
    moments = rows["finished_at"]
    return [{**row, "finished_at": moment.to_pydatetime()} for row, moment in zip(records(rows), moments, strict=True)]


# What the loads after $since came to, a document: its first and its last state count, not every step between them.
# Most documents changed once: only those that changed again are put together.
SINCE = """
    WITH said AS (FROM changes WHERE load_id > $since),
    again AS (SELECT document_id FROM said GROUP BY document_id HAVING count(*) > 1)
    SELECT document_id, source, title, load_id, list_sort(list_distinct(fields)) AS fields, change
    FROM said ANTI JOIN again USING (document_id)
    UNION ALL BY NAME
    SELECT document_id, arg_max(source, load_id) AS source, arg_max(title, load_id) AS title,
        max(load_id) AS load_id, list_sort(list_distinct(flatten(list(fields)))) AS fields,
        CASE
            WHEN arg_min(change, load_id) = 'new' AND arg_max(change, load_id) = 'withdrawn' THEN 'passing'
            WHEN arg_max(change, load_id) = 'withdrawn' THEN 'withdrawn'
            WHEN arg_min(change, load_id) = 'new' THEN 'new'
            WHEN bool_or(change IN ('text_changed', 'new', 'withdrawn')) THEN 'text_changed'
            WHEN bool_or(change = 'rules_changed') THEN 'rules_changed'
            WHEN bool_or(change = 'corrected') THEN 'corrected'
            ELSE 'metadata_changed'
        END AS change
    FROM said SEMI JOIN again USING (document_id) GROUP BY document_id
"""


@cached
def count_changes(build: Build, since: int) -> dict[str, int]:
    """Documents by what became of them in the loads after one."""
    rows = ask(
        build,
        f"SELECT change, CAST(count(*) AS INTEGER) AS n FROM ({SINCE}) GROUP BY change",
        {"since": since},
    )
    found = dict(rows.itertuples(index=False, name=None))
    return {change: int(found[change]) for change in CHANGES if change in found}


@cached
def list_changes(build: Build, since: int, change: str, page: int, size: int) -> list[dict[str, Any]]:
    """One page of what changed in the loads after one: document_id, title, source, change, fields, load_id, is_present.

    change: one of CHANGES; empty for all.
    """
    rows = ask(
        build,
        f"""WITH listed AS (
            FROM ({SINCE}) WHERE $change = '' OR change = $change
            ORDER BY list_position($changes, change), source LIMIT $size OFFSET $offset
        )
        SELECT s.* REPLACE (coalesce(d.title, s.title) AS title), d.document_id IS NOT NULL AS is_present
        FROM listed AS s LEFT JOIN documents AS d USING (document_id)
        ORDER BY list_position($changes, s.change), s.source""",
        {"since": since, "change": change, "changes": list(CHANGES), "size": size, "offset": (page - 1) * size},
    )
    found = records(rows)
    return [row | {"fields": [name for name in row["fields"] if name not in MACHINERY]} for row in found]
