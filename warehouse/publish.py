"""Publishing: a build is made beside the one that is served, proved, and switched to in one step.

    with new_build(directory) as build:
        load(build.connection, …)
        publish(build)

Imports warehouse.connection, settings and errors only. Readers never wait and never see half a build: they follow
a symbolic link that `os.replace` swaps. Whatever ends the process before that leaves the last good build published;
what it left behind is removed by the next build.
"""

from __future__ import annotations

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
from warehouse.errors import LockedError, NotPublishedError
from warehouse.settings import KEPT_BUILDS

LOCK = ".build.lock"
BUILD_PREFIX, STAGING_PREFIX, PUBLISHED_PREFIX = ".build-", ".staging-", "warehouse-"


@dataclass(frozen=True, slots=True)
class Build:
    """A build in the making: its own file, its own staging folder, and the build it follows."""

    build_id: str  # 20261124T080102345678, UTC; sorts by time
    directory: Path
    connection: duckdb.DuckDBPyConnection
    previous: Path | None  # file of the published build, None for the first

    @property
    def file(self) -> Path:
        return self.directory / f"{BUILD_PREFIX}{self.build_id}.duckdb"

    @property
    def staging(self) -> Path:
        return self.directory / f"{STAGING_PREFIX}{self.build_id}"


@contextmanager
def new_build(directory: Path) -> Iterator[Build]:
    """A fresh build under the folder's lock; removed at the end unless it was published.

    Raises LockedError where another build runs.
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
        build_id = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        file = directory / f"{BUILD_PREFIX}{build_id}.duckdb"
        try:
            previous: Path | None = published_path(directory)
        except NotPublishedError:
            previous = None
        build = Build(build_id, directory, open_build(file), previous)
        build.staging.mkdir()
        try:
            yield build
        finally:
            build.connection.close()
            remove_leftovers(directory)
    finally:
        lock.release()


def publish(build: Build) -> Path:
    """Switches readers to the build and returns its file. The build's connection is closed by it."""
    build.connection.execute("CHECKPOINT")
    build.connection.close()
    wal = build.file.with_name(build.file.name + ".wal")
    if wal.exists():
        raise OSError(f"{wal.name} is left after closing the build; not publishing a file that needs it")
    with duckdb.connect(str(build.file), read_only=True) as proof:
        proof.execute("SELECT count(*) FROM documents").fetchone()
    with build.file.open("rb") as file:
        os.fsync(file.fileno())
    build.file.chmod(0o444)  # so that a client that forgets -readonly cannot lock readers out
    published = build.directory / f"{PUBLISHED_PREFIX}{build.build_id}.duckdb"
    os.replace(build.file, published)
    sync_folder(build.directory)
    point_to(published)
    prune(build.directory, keep=KEPT_BUILDS)
    return published


def point_to(published: Path) -> None:
    """Makes a build the published one, atomically."""
    pointer = published.with_name(POINTER)
    fresh = published.with_name(f".{POINTER}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(published.name)
    os.replace(fresh, pointer)
    sync_folder(published.parent)


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
        if path.name.startswith(STAGING_PREFIX):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(BUILD_PREFIX) and path.name != LOCK:
            path.unlink(missing_ok=True)


def prune(directory: Path, keep: int) -> None:
    """Removes old builds but the `keep` newest and the published one."""
    builds = sorted(directory.glob(f"{PUBLISHED_PREFIX}*.duckdb"), reverse=True)
    current = published_path(directory)
    for path in builds[keep:]:
        if path.resolve() != current:
            path.unlink(missing_ok=True)
