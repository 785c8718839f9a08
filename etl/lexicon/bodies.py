"""Bodies with a name of their own (bodies.tsv), and what other names are made of and stand beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from etl.lexicon.places import Gazetteer
from etl.lexicon.tables import DATA, Row, read_table, split_aliases
from etl.records import IssuerKind, Level


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A body under a name of its own, which does not begin with its place: 教育部, 南开大学."""

    name: str
    aliases: tuple[str, ...]
    kind: IssuerKind
    level: Level
    adcode: str | None  # seat or jurisdiction; None for national bodies and country-wide groups


@dataclass(frozen=True, slots=True, eq=False)
class BodyWords:
    """What names of bodies are made of, and the words around them that tell who acts from who is referred to."""

    kinds: dict[str, dict[str, IssuerKind | None]]  # role (body_words.tsv) → word → kind of the body it makes
    cues: dict[str, frozenset[str]]  # role (issuer_cues.tsv) → words


def load_bodies(gazetteer: Gazetteer) -> tuple[Body, ...]:
    """From bodies.tsv. Raises LexiconError for an unknown kind, level or code, and for a name that two bodies bear."""
    owners: dict[str, Row] = {}
    bodies = []
    for row in read_table(DATA / "bodies.tsv"):
        if row["kind"] not in get_args(IssuerKind) or row["level"] not in get_args(Level):
            raise row.error(f"kind {row['kind']!r} or level {row['level']!r} is not one of the extraction record's")
        if row["adcode"] and row["adcode"] not in gazetteer.places:
            raise row.error(f"adcode {row['adcode']!r} is not in regions.tsv")
        aliases = split_aliases(row["aliases"])
        for name in (row["name"], *aliases):
            if name in owners:
                raise row.error(f"{name!r} already belongs to {owners[name]['name']} in line {owners[name].line}")
            owners[name] = row
        bodies.append(
            Body(
                row["name"],
                aliases,
                cast(IssuerKind, row["kind"]),
                cast(Level, row["level"]),
                row["adcode"] or None,
            )
        )
    return tuple(bodies)


def load_body_words() -> BodyWords:
    """From body_words.tsv and issuer_cues.tsv. Raises LexiconError for an unknown kind or a repeated word of a role."""
    kinds: dict[str, dict[str, IssuerKind | None]] = {}
    for row in read_table(DATA / "body_words.tsv"):
        if row["kind"] and row["kind"] not in get_args(IssuerKind):
            raise row.error(f"kind {row['kind']!r} is not one of the extraction record's")
        of_role = kinds.setdefault(row["role"], {})
        if row["word"] in of_role:
            raise row.error(f"{row['word']!r} already stands under {row['role']}; keep one")
        of_role[row["word"]] = cast(IssuerKind, row["kind"]) if row["kind"] else None
    cues: dict[str, set[str]] = {}
    for row in read_table(DATA / "issuer_cues.tsv"):
        of_cue = cues.setdefault(row["role"], set())
        if row["word"] in of_cue:
            raise row.error(f"{row['word']!r} already stands under {row['role']}; keep one")
        of_cue.add(row["word"])
    return BodyWords(kinds, {role: frozenset(words) for role, words in cues.items()})
