"""The word lists under locale/: tab separated, `#` lines as header, the columns' names first. Imports nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows of a word list, each with the number of its line.

    Raises ValueError naming the line for a ragged or half-empty row, and for one whose first cell repeats another's.
    """
    columns: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns) or not all(cells):
            raise ValueError(f"{path.name} line {number}: fill the columns {', '.join(columns)}; it has {cells}")
        if cells[0] in seen:
            raise ValueError(f"{path.name} line {number}: {cells[0]} repeats an earlier row; keep one")
        seen.add(cells[0])
        yield number, cells
