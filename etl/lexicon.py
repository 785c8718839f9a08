"""Domain lists: loads the data files under etl/data, validates them by their own headers, and hands them out frozen.

A data file is UTF-8, tab separated. Lines that begin with `#` are its header: what it is, its source and date, and
one line `# column <name>: <meaning>` a column. The first other line names the columns, and must agree with the header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from etl.errors import LexiconError

DATA = Path(__file__).parent / "data"

LineKind = Literal["published", "byline", "caption", "furniture"]
LINE_KINDS: tuple[LineKind, ...] = ("published", "byline", "caption", "furniture")
LINE_PLACES = ("whole", "start", "label", "tail", "prefix", "end")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file and where it stands, for error messages."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, message: str) -> LexiconError:
        return LexiconError(f"{self.file} line {self.line}: {message}")


def read_table(path: Path, unique: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """Rows of a data file; `unique` names columns whose non-empty values may not repeat.

    Raises LexiconError naming file, line and value for an undocumented column, a ragged row or a duplicate.
    """
    documented: list[str] = []
    columns: list[str] = []
    rows: list[Row] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        if line.startswith("#"):
            if line.startswith("# column "):
                documented.append(line.removeprefix("# column ").split(":", 1)[0].strip())
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            if columns != documented:
                raise LexiconError(
                    f"{path.name} line {number}: columns {columns} differ from the header's {documented}"
                )
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path.name} line {number}: {len(cells)} cells where {len(columns)} columns are declared"
            )
        row = Row(path.name, number, dict(zip(columns, cells, strict=True)))
        for column in unique:
            value = row[column]
            if value and (column, value) in seen:
                raise row.error(f"{column} {value!r} already stands in line {seen[column, value]}; keep one")
            seen[column, value] = number
        rows.append(row)
    return tuple(rows)


@dataclass(frozen=True, slots=True, eq=False)
class PersonWords:
    """What person names are recognised by: family names, words that only look like names, offices, person verbs."""

    surnames: dict[str, str]  # family name → common | rare | ambiguous | compound
    ordinary: frozenset[str]  # words of 2-3 characters that begin with a family name
    titles: dict[str, str]  # last word of a title → office | group | unit | byline
    verbs: dict[str, str]  # word after a name → chair | speech | attend | observe | absent | adverb


def load_person_words() -> PersonWords:
    """From surnames.tsv, not_names.tsv, titles.tsv, person_verbs.tsv. Raises LexiconError."""
    return PersonWords(
        surnames={r["surname"]: r["kind"] for r in read_table(DATA / "surnames.tsv", unique=("surname",))},
        ordinary=frozenset(w for r in read_table(DATA / "not_names.tsv", ("surname",)) for w in r["words"].split()),
        titles={r["title"]: r["kind"] for r in read_table(DATA / "titles.tsv", unique=("title",))},
        verbs={r["word"]: r["role"] for r in read_table(DATA / "person_verbs.tsv", unique=("word",))},
    )


@dataclass(frozen=True, slots=True, eq=False)
class LineRules:
    """What the lines around an announcement look like (furniture.tsv): one pattern a kind and place."""

    patterns: dict[tuple[str, str], re.Pattern[str]]  # (kind, where) -> alternation of the rows

    def matches(self, kind: str, where: str, line: str) -> bool:
        pattern = self.patterns.get((kind, where))
        if pattern is None:
            return False
        if where in ("whole", "end"):
            return pattern.fullmatch(line) is not None
        return (pattern.search(line) if where == "label" else pattern.match(line)) is not None

    def search(self, kind: str, where: str, text: str, start: int, end: int) -> re.Match[str] | None:
        pattern = self.patterns.get((kind, where))
        return pattern.search(text, start, end) if pattern else None

    def kind_of(self, line: str, head: bool) -> LineKind | None:
        """What a line is for, where a rule says so; in the head of a page a bare date is its publication."""
        if len(line) > 160:
            return None
        if head and self.matches("published", "whole", line):
            return "published"
        flat = len(line) <= 120 and "。" not in line
        bare = line.lstrip("•·-*●◆ \u3000")
        for kind in LINE_KINDS:
            if self.matches(kind, "whole", line) and kind != "published":
                return kind
            if flat and (self.matches(kind, "start", bare) or self.matches(kind, "label", bare)):
                return kind
        return None


def load_line_rules() -> LineRules:
    """furniture.tsv compiled. Raises LexiconError naming the line of an unknown kind or place, or a bad pattern."""
    parts: dict[tuple[str, str], list[str]] = {}
    for row in read_table(DATA / "furniture.tsv"):
        if row["kind"] not in LINE_KINDS or row["where"] not in LINE_PLACES:
            raise row.error(f"kind {row['kind']!r} or place {row['where']!r} is not one of the header's")
        try:
            re.compile(row["pattern"])
        except re.error as bad:
            raise row.error(f"pattern {row['pattern']!r} does not compile: {bad}") from bad
        parts.setdefault((row["kind"], row["where"]), []).append(row["pattern"])
    return LineRules({key: re.compile("|".join(f"(?:{p})" for p in rows)) for key, rows in parts.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All domain lists. One instance a process; extractors receive it and read no files themselves."""

    line_rules: LineRules
    persons: PersonWords


@cache
def load_lexicon() -> Lexicon:
    """The lexicon from etl/data. Raises LexiconError."""
    return Lexicon(line_rules=load_line_rules(), persons=load_person_words())
