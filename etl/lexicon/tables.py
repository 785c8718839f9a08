"""Data files under etl/data as rows that know where they stand. Imports errors only.

A data file is UTF-8, tab separated. Lines that begin with `#` are its header: what it is, its source and date, and
one line `# column <name>: <meaning>` a column. The first other line names the columns, and must agree with the header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from etl.errors import LexiconError

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file and where it stands, for error messages."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, message: str) -> LexiconError:
        """An error that names the row's file and line, to be raised."""
        return LexiconError(f"{self.file} line {self.line}: {message}")

    @property
    def pattern(self) -> str:
        """The column `pattern`, which compiles as a regular expression. Raises LexiconError where it does not."""
        written = self["pattern"]
        try:
            re.compile(written)
        except re.error as bad:
            raise self.error(f"pattern {written!r} does not compile: {bad}") from bad
        return written


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


def split_aliases(cell: str) -> tuple[str, ...]:
    """a|b -> (a, b); an empty cell has none."""
    return tuple(cell.split("|")) if cell else ()
