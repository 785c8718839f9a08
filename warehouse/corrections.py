"""The corrections file: what editors say of single documents, one row each, in the order in which they said it.

Imports warehouse.errors only. The file is text to be read, reviewed and kept under version control; whoever adds a row,
in the dashboard or by hand, does not change the warehouse: the next build does, and says so where a row no longer fits.
UTF-8, tab separated, one header line; `\\n`, `\\t` and `\\\\` stand for what they escape.

    document_id  directive  field  expected  value  reason  author  made_at
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from warehouse.errors import CorrectionsError

DATES = ("meeting_date", "published_date", "effective_date")
OF_DOCUMENT = (*DATES, "region", "level", "issuer", "issuer_kind", "document")
OF_DIRECTIVE = ("categories", "is_directive")
WITHDRAWN = "withdrawn"  # the value of the field document
MAX_LENGTH = {"reason": 500, "author": 254}  # characters; others are bounded by what they must match
FORMULA_STARTS = "=+-@＝＋－＠"  # the file may be opened in a spreadsheet
LOCK_S = 10
ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
ESCAPED = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One row. Values are text as the file has it; '' is none."""

    document_id: str
    directive: str  # the whole text of the directive that it is about; '' where it is about the document
    field: str  # of OF_DOCUMENT or OF_DIRECTIVE
    expected: str  # dates ISO; region a path joined by /; categories ids joined by commas; document: its title
    value: str  # the same; document: withdrawn; is_directive: false
    reason: str
    author: str
    made_at: str  # 2026-11-28T09:30:00Z

    @property
    def correction_id(self) -> str:
        """16 hexadecimal digits over all columns: the same row is the same correction."""
        return hashlib.sha256("\0".join(astuple(self)).encode()).hexdigest()[:16]

    @property
    def moment(self) -> datetime:
        """made_at in UTC, without a zone, as the warehouse keeps it. Raises ValueError."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC).replace(tzinfo=None)


COLUMNS = tuple(column.name for column in fields(Correction))


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The rows of the file; none where there is no file.

    Raises CorrectionsError naming the line where a row is ragged, repeated, of an unknown field, or lacks its reason,
    author or time: nothing is built from a file that cannot be understood.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise CorrectionsError(f"{path.name} is not UTF-8 ({error}); save it as UTF-8") from None
    rows: list[Correction] = []
    lines: dict[Correction, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        cells = [unescape(cell) for cell in line.removesuffix("\r").split("\t")]
        if number == 1:
            if cells != list(COLUMNS):
                raise CorrectionsError(f"{path.name} line 1: columns {cells}; they must be {', '.join(COLUMNS)}")
            continue
        if cells == [""]:
            continue
        if len(cells) != len(COLUMNS):
            raise CorrectionsError(
                f"{path.name} line {number}: {len(cells)} cells where {len(COLUMNS)} are due; separate them by tabs"
            )
        row = Correction(*cells)
        if fault := fault_of(row):
            raise CorrectionsError(f"{path.name} line {number}: {fault}")
        if row in lines:
            raise CorrectionsError(f"{path.name} line {number} repeats line {lines[row]}; keep one")
        lines[row] = number
        rows.append(row)
    return tuple(rows)


def fault_of(row: Correction) -> str | None:
    """What is wrong with a row in itself, whatever the document says."""
    if row.field not in (*OF_DOCUMENT, *OF_DIRECTIVE):
        return f"field {row.field!r} cannot be corrected; it must be one of {', '.join((*OF_DOCUMENT, *OF_DIRECTIVE))}"
    if not row.document_id:
        return "document_id is missing"
    if bool(row.directive) != (row.field in OF_DIRECTIVE):
        return f"directive must hold the directive's text for {', '.join(OF_DIRECTIVE)}, and nothing for other fields"
    if row.value == row.expected:
        return f"value {row.value!r} is what it expects: that corrects nothing"
    if row.field == "document" and row.value != WITHDRAWN:
        return f"value {row.value!r} of the field document must be {WITHDRAWN}"
    if row.field == "is_directive" and (row.expected, row.value) != ("true", "false"):
        return "is_directive corrects true to false, nothing else"
    for name, most in MAX_LENGTH.items():
        value = getattr(row, name)
        if not value.strip() or len(value) > most:
            return f"{name} must have 1 to {most} characters"
        if value[0] in FORMULA_STARTS or not value.isprintable():
            return f"{name} {value[:40]!r} must be one line and must not begin with = + - or @"
    try:
        _ = row.moment
        if "T" not in row.made_at or not row.made_at.endswith(("Z", "+00:00")):
            raise ValueError
    except (ValueError, OverflowError):
        return f"made_at {row.made_at!r} is no moment in UTC such as 2026-11-28T09:30:00Z"
    return None


def add_correction(path: Path, row: Correction) -> None:
    """Adds a row at the end of the file, whole or not at all, also when others add theirs.

    Raises CorrectionsError where the row has a fault or the file is not in order, OSError where it cannot be written.
    """
    if fault := fault_of(row):
        raise CorrectionsError(fault)
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_S):
        if row in read_corrections(path):
            raise CorrectionsError("The same correction has been made already")
        before = path.read_bytes() if path.exists() else encode(COLUMNS)
        if not before.endswith(b"\n"):
            before += b"\n"
        fresh = path.with_name(f".{path.name}.new")
        with fresh.open("wb") as file:
            file.write(before + encode(astuple(row)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def encode(cells: tuple[str, ...]) -> bytes:
    """A line of the file."""
    escaped = ("".join(ESCAPES.get(character, character) for character in cell) for cell in cells)
    return ("\t".join(escaped) + "\n").encode()


def unescape(cell: str) -> str:
    """a\\nb → a, line break, b. An escape that is none stays as it is."""
    if "\\" not in cell:
        return cell
    found: list[str] = []
    characters = iter(cell)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            character = ESCAPED.get(following, "\\" + following)
        found.append(character)
    return "".join(found)


def now() -> str:
    """The time as made_at has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
