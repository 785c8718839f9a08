"""Builds killed with SIGKILL at random moments: no published document is lost, readers always find a sound build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from etl.build import build
from tests.announcements import CHENGDU, WUHAN, make_folder
from warehouse.connection import open_published, published_path
from warehouse.publish import read_whole
from warehouse.settings import ROOT


def start_build(folder: Path, directory: Path, *options: str, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
    """`python -m etl build` in a process group of its own."""
    command = [*prefix, sys.executable, "-m", "etl", "build", str(folder), "--warehouse", str(directory), *options]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def texts_of(directory: Path) -> dict[str, str]:
    """Source and text of every published document."""
    with open_published(directory) as connection:
        return dict(connection.execute("SELECT source, text FROM documents").fetchall())


def drill(count: int, directory: Path, seed: int = 1) -> dict[str, Any]:
    """Kills `count` builds, each of which was to add a document and change another; then builds once in peace.

    Raises AssertionError where a document that was published is gone or half of another, or where a build is unsound.
    """
    random, started = Random(seed), time.monotonic()
    folder, warehouse = make_folder(directory / "city", wuhan=WUHAN), directory / "warehouse"
    build([folder], warehouse)
    before = time.monotonic()
    first = start_build(make_folder(folder, chengdu=CHENGDU), warehouse)
    first.communicate()
    length = time.monotonic() - before
    killed = finished = changed = 0
    served = texts_of(warehouse)
    for trial in range(count):
        new = CHENGDU.replace("加快", f"第{trial}次加快")
        make_folder(folder, wuhan=WUHAN.replace("做好隔离", f"第{trial}次做好隔离"), **{f"new{trial:04}": new})
        process = start_build(folder, warehouse, "--workers", "1")
        try:
            process.communicate(timeout=random.uniform(0, length * 1.2))
            finished += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            killed += 1
        read_whole(published_path(warehouse))
        found = texts_of(warehouse)
        assert served.keys() <= found.keys(), f"trial {trial} lost {sorted(served.keys() - found.keys())}"
        changed += found != served
        served = found
    done = start_build(folder, warehouse)
    said = done.communicate()
    assert done.returncode == 0, said
    assert len(texts_of(warehouse)) == count + 2, "the last build has not all documents"
    left = [path.name for path in warehouse.iterdir() if path.name.startswith((".build-", ".staging-"))]
    assert left == [], left
    seconds = round(time.monotonic() - started)
    return {
        "drill": "kills",
        "killed": killed,
        "finished": finished,
        "published": changed,
        "lost": 0,
        "seconds": seconds,
    }
