"""What a selection is in SQL: conditions over the marts, whose parameters are Filters.parameters. Imports filters only.

Optional filters need no string building: `$issuers IS NULL OR list_contains($issuers, issuer_id)`. What is put into a
query's text comes from closed sets here and in the questions, never from a reader.
"""

from __future__ import annotations

from dashboard.filters import Filters

# Which of a document's dates counts.
DATE = "CASE $date_kind WHEN 'meeting' THEN meeting_date WHEN 'published' THEN published_date ELSE date END"

# Whether that date was inferred: a published date is always stated.
INFERRED = "(is_date_inferred AND $date_kind <> 'published')"

DOCUMENTS = f"""
    ($with_copies OR is_primary)
    AND NOT ($explicit_only AND {INFERRED})
    AND ($date_from IS NULL OR {DATE} >= $date_from)
    AND ($date_to IS NULL OR {DATE} <= $date_to)
    AND (($provinces IS NULL AND $places IS NULL) OR coalesce(list_contains($provinces, province_adcode), false)
        OR coalesce(list_contains($places, place_adcode), false))
    AND ($issuers IS NULL OR list_contains($issuers, issuer_id))
    AND ($kinds IS NULL OR list_contains($kinds, issuer_kind))
    AND ($levels IS NULL OR list_contains($levels, level))
"""
DIRECTIVES = f"""{DOCUMENTS}
    AND ($with_forwarded OR NOT is_forwarded)
    AND ($categories IS NULL OR (category_bits & $category_bits) <> 0)
    AND ($strengths IS NULL OR list_contains($strengths, strength))
"""
# Over mart_document_groups, a document's directives of a group that the filters choose; a category chosen is a group.
TALLIES = {
    strength: f"""CASE WHEN $strengths IS NULL OR list_contains($strengths, '{strength}')
        THEN {strength} + CASE WHEN $with_forwarded THEN {strength}_forwarded ELSE 0 END ELSE 0 END"""
    for strength in ("encourage", "require", "strict")
}
TALLY = " + ".join(TALLIES.values())
TALLIED = f"{DOCUMENTS} AND {TALLY} > 0"
IN_CATEGORIES = "($categories IS NULL OR list_contains($categories, group_id))"

# Documents that have a directive of the categories and wordings chosen.
WITH_CHOSEN = f"""document_no IN (SELECT document_no FROM mart_document_groups WHERE {TALLIED}
    AND CASE WHEN $categories IS NULL THEN grouping = 'directive'
        ELSE grouping = 'category' AND list_contains($categories, group_id) END)"""


def selected(filters: Filters) -> str:
    """The condition for documents of a selection: with a category or wording chosen, those with such a directive."""
    return f"{DOCUMENTS} AND {WITH_CHOSEN}" if filters.narrows_directives else DOCUMENTS


# The same over the daily cube, for filters that it can answer (see fits_days).
DAYS = """
    NOT ($explicit_only AND is_date_inferred)
    AND ($date_from IS NULL OR date >= $date_from)
    AND ($date_to IS NULL OR date <= $date_to)
"""


def fits_days(filters: Filters, grouping: str) -> bool:
    """Whether the daily cube answers: nothing asked that it does not carry."""
    return not (
        filters.issuers
        or filters.places
        or filters.provinces
        or filters.kinds
        or filters.levels
        or filters.with_copies
        or filters.with_forwarded
        or filters.date_kind != "default"
        or len(filters.strengths) > 1
        or (filters.categories and grouping != "category")
    )


def strength_of(filters: Filters) -> str:
    """The cube's strength for filters that it fits."""
    return filters.strengths[0] if filters.strengths else "any"
