"""Publishing: a build is made beside the one that is served, proved, and switched to in one step.

    with new_build(directory) as made:
        fill(made.connection, made.staging, reading)
        publish(made)

Imports warehouse.connection, errors and settings only. Readers never wait and never see half a build: they follow a
symbolic link that `os.replace` swaps. Whatever ends the process before that leaves the last good build published;
what it left behind is removed by the next build.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.connection import POINTER, open_build, published_path
from warehouse.errors import LockedError, NotPublishedError, WarehouseError
from warehouse.settings import KEPT_BUILDS

LOCK = ".build.lock"
BUILD_PREFIX, STAGING_PREFIX, PUBLISHED_PREFIX = ".build-", ".staging-", "warehouse-"


@dataclass(frozen=True, slots=True)
class Build:
    """A build in the making: its own file, its own staging folder, and the build it follows."""

    build_id: str  # 20261124T080102345678, UTC; sorts by time
    directory: Path
    connection: duckdb.DuckDBPyConnection
    previous: Path | None  # the build that it carries over from: the published one, or the newest that can be read
    damaged: tuple[Path, ...]  # builds that were passed over because they cannot be read any more

    @property
    def file(self) -> Path:
        """The DuckDB file that is written, and served once it is published."""
        return self.directory / f"{BUILD_PREFIX}{self.build_id}.duckdb"

    @property
    def staging(self) -> Path:
        """The folder of Parquet files that it loads."""
        return self.directory / f"{STAGING_PREFIX}{self.build_id}"


@contextmanager
def new_build(directory: Path, from_nothing: bool = False) -> Iterator[Build]:
    """A fresh build under the folder's lock; what is left of it at the end is removed, published or not.

    Raises LockedError where another build runs, and WarehouseError where earlier builds are there and none can be read
    (unless `from_nothing`).
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LockedError(
            f"Another build runs in {directory}; wait for it to end, or name another folder with --warehouse."
        ) from None
    try:
        remove_leftovers(directory)
        previous, damaged = find_previous(directory)
        if damaged and previous is None and not from_nothing:
            raise WarehouseError(
                f"No earlier build in {directory} can be read ({', '.join(path.name for path in damaged)}). "
                "Restore one from a backup, or build all your sources with --full to begin again from nothing."
            )
        build_id = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        connection = open_build(directory / f"{BUILD_PREFIX}{build_id}.duckdb")
        try:
            made = Build(build_id, directory, connection, previous, damaged)
            made.staging.mkdir()
            yield made
        finally:
            connection.close()
            remove_leftovers(directory)
    finally:
        lock.release()


def publish(made: Build) -> Path:
    """Switches readers to the build and returns its file; closes its connection."""
    made.connection.execute("CHECKPOINT")
    made.connection.close()
    log = made.file.with_name(f"{made.file.name}.wal")
    if log.exists():
        raise WarehouseError(f"{log.name} is left after closing the build; a file that needs it is not published")
    read_whole(made.file)
    with made.file.open("rb") as file:
        os.fsync(file.fileno())
    made.file.chmod(0o444)  # a client that forgets -readonly cannot lock readers out
    published = made.directory / f"{PUBLISHED_PREFIX}{made.build_id}.duckdb"
    os.replace(made.file, published)
    sync_folder(made.directory)
    point_to(published)
    prune(made.directory, keep=KEPT_BUILDS)
    return published


def point_to(published: Path) -> None:
    """Makes a build the published one, atomically. Also the way back: point to an older build of the folder."""
    pointer = published.with_name(POINTER)
    fresh = published.with_name(f"{BUILD_PREFIX}{POINTER}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(published.name)
    os.replace(fresh, pointer)
    sync_folder(published.parent)


def published_builds(directory: Path) -> list[Path]:
    """Finished builds of a folder, newest first."""
    return sorted(directory.glob(f"{PUBLISHED_PREFIX}*.duckdb"), reverse=True)


def find_previous(directory: Path) -> tuple[Path | None, tuple[Path, ...]]:
    """The build to carry over from, and those that had to be passed over because they are damaged."""
    candidates = published_builds(directory)
    try:
        current = published_path(directory)
    except NotPublishedError:
        pass
    else:
        candidates = [current, *(path for path in candidates if path.name != current.name)]
    damaged: list[Path] = []
    for path in candidates:
        try:
            read_whole(path)
        except (duckdb.Error, OSError):
            damaged.append(path)
        else:
            return path, tuple(damaged)
    return None, tuple(damaged)


def read_whole(path: Path) -> None:
    """Reads every value of every table, so that DuckDB's checksums prove the file. Raises duckdb.Error."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        if ("loads",) not in tables:
            raise duckdb.CatalogException(f"{path.name} is no warehouse: it has no table loads")
        for (table,) in tables:
            connection.execute(f'SELECT bit_xor(hash(t)) FROM "{table}" AS t').fetchall()


def sync_folder(directory: Path) -> None:
    """Makes renames in a folder durable."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(directory: Path) -> None:
    """Removes what dead builds left. Only under the lock."""
    for path in directory.iterdir():
        if path.name.startswith((BUILD_PREFIX, STAGING_PREFIX)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def prune(directory: Path, keep: int) -> None:
    """Removes old builds but the `keep` newest, the published one, and those that a process has open."""
    current = published_path(directory)
    for path in published_builds(directory)[keep:]:
        if path.name != current.name:
            remove_unread(path)


def remove_unread(path: Path) -> bool:
    """Removes a build unless a reader has it open, or it is not ours. DuckDB's readers hold a shared lock on theirs."""
    try:
        path.chmod(0o600)  # an exclusive lock, which no reader can share, needs a file that may be written
        with path.open("r+b") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            except OSError:
                path.chmod(0o444)
                return False
    except OSError:
        return False  # what is published is published; the next build tries again
    return True
