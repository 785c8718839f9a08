"""What a number counts or measures: units.tsv."""

from __future__ import annotations

from dataclasses import dataclass

from etl.lexicon.tables import DATA, read_table, split_aliases


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts or measures, where it is written after it (units.tsv)."""

    written: str
    unit: str  # as the record carries it
    factor: int
    not_before: tuple[str, ...]  # followed by one of these it is no unit but the beginning of a word
    least_numeral: int | None  # from where Chinese numerals count too: 两例 (2), 二十辆 (10), never for 个 (None)


def load_units() -> dict[str, Unit]:
    """units.tsv by the unit as written. Raises LexiconError for a bad factor, numerals or a repeated unit."""
    units = {}
    least = {"digits": None, "ten": 10, "any": 2}
    for row in read_table(DATA / "units.tsv", unique=("written",)):
        if not row["factor"].isdigit() or row["numerals"] not in least:
            raise row.error(f"factor {row['factor']!r} is no whole number, or numerals {row['numerals']!r} is unknown")
        units[row["written"]] = Unit(
            row["written"],
            row["unit"],
            int(row["factor"]),
            split_aliases(row["not_before"]),
            least[row["numerals"]],
        )
    return units
