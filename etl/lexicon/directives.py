"""Wording that makes a sentence an instruction, or shows that it is none: directive_cues.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.lexicon.tables import DATA, read_table
from etl.patterns import compile_presence, compile_rows

KINDS = (
    *(
        "modal",
        "opener",
        "predicate",
        "actor",
        "state",
        "verdict",
        "judged",
        "done",
        "perfect",
        "thanks",
        "closing",
        "promise",
    ),
    *("relay", "attended", "list_end", "narrative", "afterwards", "asked", "told", "visited", "facts", "deadline"),
)
ASKED_FOR = frozenset(  # kinds of which only is asked whether a sentence has one
    (
        "state",
        "verdict",
        "done",
        "perfect",
        "thanks",
        "closing",
        "promise",
        "relay",
        "attended",
        "told",
        "visited",
        "facts",
    )
)
STRENGTHS = ("strict", "require", "encourage", "-")


@dataclass(frozen=True, slots=True, eq=False)
class DirectiveCues:
    """Wording of instructions (directive_cues.tsv): one pattern a kind, and one a kind and strength."""

    kinds: dict[str, re.Pattern[str]]
    ladder: dict[tuple[str, str], re.Pattern[str]]  # (kind, strict | require | encourage)
    actor_opener: re.Pattern[str]  # an actor and an imperative behind it: 各企业…落实


def load_directive_cues() -> DirectiveCues:
    """directive_cues.tsv compiled. Raises LexiconError for an unknown kind or strength, or a bad pattern."""
    kinds: dict[str, list[str]] = {}
    ladder: dict[tuple[str, str], list[str]] = {}
    for row in read_table(DATA / "directive_cues.tsv"):
        if row["kind"] not in KINDS or row["strength"] not in STRENGTHS:
            raise row.error(f"kind {row['kind']!r} or strength {row['strength']!r} is not one of the header's")
        kinds.setdefault(row["kind"], []).append(row.pattern)
        ladder.setdefault((row["kind"], row["strength"]), []).append(row.pattern)
    return DirectiveCues(
        {kind: (compile_presence if kind in ASKED_FOR else compile_rows)(rows) for kind, rows in kinds.items()},
        {key: compile_rows(rows) for key, rows in ladder.items() if key[1] != "-"},
        re.compile(f"(?:{'|'.join(kinds['actor'])})[^，。；：！？]{{0,30}}?(?:{'|'.join(kinds['opener'])})"),
    )
