"""Connections to builds: read-only to the published one, read-write to one that is being made.

Imports warehouse.settings and warehouse.errors only. Ad hoc SQL goes through warehouse.sandbox instead.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.errors import DamagedError, NotPublishedError
from warehouse.settings import STORAGE_VERSION

POINTER = "current.duckdb"  # a symbolic link to the published build
ATTEMPTS = 5  # a publish may fall between resolving the pointer and opening what it named


def published_path(directory: str | Path) -> Path:
    """The file of the published build: data/ → /…/data/warehouse-20261124T080102.duckdb.

    Key connections and caches by this path: every build has its own. Raises NotPublishedError.
    """
    pointer = Path(directory) / POINTER
    path = pointer.resolve()
    if path == pointer.absolute() or not path.is_file():
        raise NotPublishedError(f"No warehouse is published in {directory}; run `python -m etl build SOURCE` first.")
    return path


def open_published(directory: str | Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published build. Raises NotPublishedError and DamagedError.

    It keeps answering from its build after a later publish; open again to see the newer one. Threads take a
    `cursor()` each.
    """
    for attempt in range(ATTEMPTS):
        path = published_path(directory)
        try:
            return duckdb.connect(str(path), read_only=True)
        except duckdb.Error as error:
            if attempt == ATTEMPTS - 1 or path == published_path(directory):
                raise DamagedError(
                    f"{path} cannot be opened: {str(error).splitlines()[0]}. Run `python -m etl build SOURCE` again, "
                    "or restore the file from a copy."
                ) from error
    raise AssertionError("unreachable")


def open_build(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-write connection to a build's own file, in a storage version that older command-line clients read."""
    return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
