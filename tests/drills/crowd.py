"""Many sessions at one dashboard while builds are published: no error page, no restart, memory bounded.

Sessions speak the websocket (tests/stream.py), so times are the server's, without the browser's painting: from the
change of a filter or page to the end of the run. Each waits a few seconds between two changes, as a reader does.
"""

from __future__ import annotations

import statistics
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

import psutil

from dashboard.text import Text
from etl.build import build
from tests.announcements import CHENGDU, WUHAN, make_folder
from tests.browser import serve
from tests.drills.kills import start_build
from tests.stream import open_stream
from warehouse.settings import ROOT

PAGES = ("overview", "timeline", "measures", "compare", "meetings")
FILTERS = (
    "",
    "province=310000",
    "province=420000",
    "category=testing",
    "from=2020-02-01&to=2020-04-30",
    "level=county",
)
THINK_S = (8.0, 22.0)  # between two changes of one reader
BUILD_EVERY_S = 60.0
ERRORS = (Text("en")("error.page"), "Traceback")


class Reader(threading.Thread):
    """One session: changes a filter or the page until time is up."""

    def __init__(self, address: str, until: float, number: int, think_s: tuple[float, float]) -> None:
        super().__init__(daemon=True)
        self.think_s = think_s
        self.address, self.until, self.random = address, until, Random(number)
        self.seconds: list[float] = []
        self.faults: list[str] = []
        self.builds_seen = 0

    def run(self) -> None:
        try:
            time.sleep(self.random.uniform(0, self.think_s[1]))
            with open_stream(self.address) as stream:
                stream.run("lang=en")
                while time.time() < self.until:
                    page, chosen = self.random.choice(PAGES), self.random.choice(FILTERS)
                    started = time.monotonic()
                    said = stream.run(f"lang=en&{chosen}", page)
                    self.seconds.append(time.monotonic() - started)
                    stream.received = b""
                    self.faults += [error for error in ERRORS if error in said]
                    self.builds_seen += "Data refreshed" in said
                    time.sleep(self.random.uniform(*self.think_s))
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}"[:200])


def drill(
    sessions: int,
    minutes: float,
    directory: Path,
    build_every_s: float = BUILD_EVERY_S,
    think_s: tuple[float, float] = THINK_S,
) -> dict[str, Any]:
    """Figures of `sessions` readers over `minutes`, a build a minute. Raises AssertionError on any error page."""
    warehouse = directory / "warehouse"
    build([ROOT / "etl" / "sample"], warehouse)
    folder = make_folder(directory / "city", wuhan=WUHAN)
    log = directory / "server.log"
    with serve(warehouse, log) as address:
        (server,) = [
            process
            for process in psutil.Process().children(recursive=True)
            if f"{address.rpartition(':')[2]}" in process.cmdline()
        ]
        until = time.time() + minutes * 60
        readers = [Reader(address, until, number, think_s) for number in range(sessions)]
        memory: list[int] = []
        builds = 0
        for reader in readers:
            reader.start()
        started = time.monotonic()
        while time.time() < until:
            if time.monotonic() - started >= builds * build_every_s:
                make_folder(folder, **{f"new{builds}": CHENGDU.replace("加快", f"第{builds}次加快")})
                done = start_build(folder, warehouse, "--workers", "1")
                said = done.communicate()
                assert done.returncode == 0, said
                builds += 1
            memory.append(server.memory_info().rss)
            time.sleep(1)
        for reader in readers:
            reader.join(timeout=120)
        assert server.is_running()
        kept = len(list(warehouse.glob("warehouse-*.duckdb")))
    faults = [fault for reader in readers for fault in reader.faults]
    assert not faults, f"{len(faults)} faults, such as {faults[0]}"
    assert "Traceback" not in log.read_text("utf-8")
    seconds = sorted(second for reader in readers for second in reader.seconds)
    return {
        "drill": "crowd",
        "sessions": sessions,
        "minutes": minutes,
        "builds": builds,
        "notices": sum(reader.builds_seen for reader in readers),
        "think_s": list(think_s),
        "changes": len(seconds),
        "faults": 0,
        "p50_s": round(statistics.median(seconds), 2),
        "p95_s": round(seconds[int(len(seconds) * 0.95)], 2),
        "max_s": round(seconds[-1], 2),
        "memory_first_mb": round(memory[0] / 1e6),
        "memory_most_mb": round(max(memory) / 1e6),
        "memory_last_mb": round(memory[-1] / 1e6),
        "builds_kept": kept,
    }
