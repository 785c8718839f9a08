"""Which layout a build has: a fingerprint of the SQL that makes it and of the reference lists it holds.

A build of another layout is built anew, and whoever reads one is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
HALF = 8  # hexadecimal digits


def sql_files(folder: str) -> list[Path]:
    """SQL files of a folder in the order of their names."""
    return sorted((HERE / folder).glob("*.sql"))


@cache
def tables_version() -> str:
    """Fingerprint of the tables, marts and views that this program makes and reads: the SQL beside this file."""
    return digest(path for folder in ("schema", "insert", "marts", "views") for path in sql_files(folder))


def layout_version(reference: Iterable[Path]) -> str:
    """Fingerprint of everything but documents that a build shows: tables_version, then one of the reference lists."""
    return tables_version() + digest(reference)


def is_current(layout: str) -> bool:
    """Whether a build with this layout_version has the tables that this program reads."""
    return layout.startswith(tables_version())


def digest(files: Iterable[Path]) -> str:
    """Half a version: a SHA-256 over names and contents of files, in their order, cut to HALF hexadecimal digits."""
    found = hashlib.sha256()
    for path in files:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:HALF]
