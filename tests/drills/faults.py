"""Builds on a full disk, in a folder that may not be written, after a damaged build, and two at once."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from etl.build import build
from tests.announcements import CHENGDU, NANNING, WUHAN, make_folder
from tests.drills.kills import start_build, texts_of
from tests.small_warehouse import damage_file
from warehouse.connection import published_path
from warehouse.publish import published_builds, read_whole

LIMITS_KB = (0, 1, 16, 64, 256, 512, 1024, 2048, 3072)  # of a file: each stops a build at another step
DISK_KB = 30 * 1024
ROOMS_KB = (0, 64, 1024, 4096)


def drill(directory: Path, quick: bool = False) -> dict[str, Any]:
    """All faults, one after the other; after each the last good build stands and the next one succeeds.

    `quick`: with few limits on the size of a file only.
    """
    figures: dict[str, Any] = {"drill": "faults"}
    for name, fault in FAULTS.items():
        folder = make_folder(directory / name / "city", wuhan=WUHAN)
        warehouse = directory / name / "warehouse"
        build([folder], warehouse)
        limits = LIMITS_KB[2::4] if quick else LIMITS_KB
        figures[name] = small_files(folder, warehouse, limits) if fault is small_files else fault(folder, warehouse)
        make_folder(folder, last=NANNING)
        process = start_build(folder, warehouse)
        said = process.communicate()
        assert process.returncode == 0, (name, said)
        assert {"city/wuhan.txt", "city/last.txt"} <= texts_of(warehouse).keys(), name
    return figures


def fails_and_stands(folder: Path, warehouse: Path, prefix: tuple[str, ...] = ()) -> bool:
    """Whether a build of one more document fails; either way what was published is whole and there."""
    before = texts_of(warehouse)
    make_folder(folder, chengdu=CHENGDU)
    process = start_build(folder, warehouse, "--workers", "1", prefix=prefix)
    _, errors = process.communicate()
    assert process.returncode in (0, 1), errors
    assert process.returncode == 0 or errors.strip(), "a failed build said nothing"
    assert "Traceback" not in errors, errors
    read_whole(published_path(warehouse))
    assert before.keys() <= texts_of(warehouse).keys()
    (folder / "chengdu.txt").unlink()
    return process.returncode == 1


def small_files(folder: Path, warehouse: Path, limits: Sequence[int] = LIMITS_KB) -> str:
    """No file may grow beyond a limit: what a full disk does, on any machine."""
    failed = 0
    for limit in limits:
        failed += fails_and_stands(folder, warehouse, ("prlimit", f"--fsize={limit * 1024}", "--"))
    assert failed == len(limits), f"{failed} of {len(limits)} builds stopped"
    return f"{failed} of {len(limits)} builds stopped"


def full_disk(folder: Path, warehouse: Path) -> str:
    """A file system with little room or none, where one may be mounted."""
    with small_disk(warehouse.with_name("disk"), DISK_KB) as disk:
        if disk is None:
            return "not tried: no file system may be mounted here"
        build([folder], disk)
        for room in ROOMS_KB:
            fill(disk / "ballast", room)
            assert fails_and_stands(folder, disk), f"a build found room in {room} kB"
            (disk / "ballast").unlink()
        make_folder(folder, again=NANNING)
        build([folder], disk)  # and with room again it goes on
        assert "city/again.txt" in texts_of(disk)
    return f"{len(ROOMS_KB)} of {len(ROOMS_KB)} builds stopped"


def fill(path: Path, room_kb: int) -> None:
    """Fills the file system of a path but for some room."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() - room_kb * 1024))


@contextmanager
def small_disk(path: Path, size_kb: int) -> Iterator[Path | None]:
    path.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(path)], capture_output=True
    )
    try:
        yield path if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(path)], check=True)


def unwritable(folder: Path, warehouse: Path) -> str:
    """The folder's mode forbids writing; root is made to obey."""
    obey = (
        ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--") if not os.getuid() else ()
    )
    mode = warehouse.stat().st_mode
    warehouse.chmod(0o555)
    try:
        failed = fails_and_stands(folder, warehouse, obey)
    finally:
        warehouse.chmod(mode)
    assert failed
    return "1 of 1 builds stopped"


def damaged_build(folder: Path, warehouse: Path) -> str:
    """The published build is damaged in every way that a disk knows: the next follows the one before it."""
    ways: tuple[Callable[[Path], None], ...] = (
        damage_file,
        lambda path: truncate(path, 0.5),
        lambda path: truncate(path, 0),
    )
    for way in ways:
        make_folder(folder, more=CHENGDU)
        build([folder], warehouse)
        (folder / "more.txt").unlink()  # so that the sound one says all there is
        damaged = published_path(warehouse)
        way(damaged)
        summary = build([folder], warehouse)
        assert damaged in summary.damaged
        served = published_path(warehouse)
        assert served != damaged
        read_whole(served)
        assert texts_of(warehouse).keys() == {"city/wuhan.txt"}
        damaged.unlink()
    return f"{len(ways)} kinds passed over"


def truncate(path: Path, share: float) -> None:
    path.chmod(0o644)
    os.truncate(path, int(path.stat().st_size * share))
    path.chmod(0o444)


def two_at_once(folder: Path, warehouse: Path) -> str:
    """Of builds that start together one publishes, the others say that one runs."""
    make_folder(folder, **{f"more{i}": CHENGDU.replace("加快", f"第{i}次加快") for i in range(3)})
    processes = [start_build(folder, warehouse, "--workers", "1") for _ in range(4)]
    said = [process.communicate()[1] for process in processes]
    codes = [process.returncode for process in processes]
    assert set(codes) <= {0, 1} and 0 in codes, said
    refused = [errors for code, errors in zip(codes, said, strict=True) if code == 1]
    assert all("Another build runs in" in errors for errors in refused), said
    for path in published_builds(warehouse):
        read_whole(path)
    assert len(texts_of(warehouse)) == 4
    return f"{len(refused)} of 4 refused"


FAULTS: dict[str, Callable[[Path, Path], str]] = {
    "small_files": small_files,
    "full_disk": full_disk,
    "unwritable": unwritable,
    "damaged_build": damaged_build,
    "two_at_once": two_at_once,
}
