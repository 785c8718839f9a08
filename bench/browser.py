"""What a reader waits for: in a real browser, and in many sessions at once. Imports tests.browser and tests.stream.

Server and browser share the machine's cores here; the figures of `sessions` are the server's alone.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page

from bench.table import Figure, percentile
from dashboard.text import Text
from etl.build import build
from etl.quality import SAMPLE
from tests.browser import open_chromium, serve, settle
from tests.stream import open_stream
from warehouse.connection import open_published

EN = Text("en")
ONE_BAR = """import pandas as pd
import plotly.express as px
import streamlit as st

st.plotly_chart(px.bar(pd.DataFrame({"x": list("abcdefgh"), "y": range(8)}), x="x", y="y"))
"""
CHART = ".js-plotly-plot .main-svg"
ROUNDS = 7
CHANGES = 6  # of a filter, a page
SLOWER = 1.3  # times the app of one bar
REDRAWN_P50_MS, REDRAWN_P95_MS, CHANGE_KB = 400.0, 800.0, 150.0
SESSIONS = (1, 10, 50)
ARRIVAL_S, FIRST_CHART_S = 10.0, 1.0
# When a chart was last drawn since it began to watch, in ms of performance.now().
WATCH = """() => { window.drawn = 0; window.began = performance.now();
  const isChart = node => node.closest && (node.closest('.js-plotly-plot') || node.querySelector('.js-plotly-plot'));
  new MutationObserver(found => { for (const m of found)
    if (m.target.closest('.js-plotly-plot') || [...m.addedNodes].some(isChart)) window.drawn = performance.now(); })
  .observe(document.body, {subtree: true, childList: true, attributes: true}); }"""


def measure(scratch: Path) -> Iterator[Figure]:
    """Figures of the browser, then of sessions, on the bundled sample."""
    warehouse = scratch / "sample"
    build([SAMPLE], warehouse)
    with serve(warehouse, scratch / "server.log") as address:
        with one_bar(scratch) as other, open_chromium() as chromium:
            yield from first_charts(chromium, address, other)
            yield from changes(chromium, address, warehouse)
            yield from a_document(chromium, address, warehouse)
        yield from sessions(address)


@contextmanager
def one_bar(scratch: Path) -> Iterator[str]:
    """A Streamlit app of one bar chart, served as the dashboard is."""
    app = scratch / "one_bar.py"
    app.write_text(ONE_BAR, "utf-8")
    with serve(scratch, scratch / "one_bar.log", script=app) as address:
        yield address


def first_charts(chromium: Browser, address: str, other: str) -> Iterator[Figure]:
    """Cold browser, warm server: both apps in turns, each in a browser context without a cache."""
    ours, theirs = [], []
    for turn in range(ROUNDS + 1):
        taken = (first_chart(chromium, address + "/?lang=en"), first_chart(chromium, other))
        if turn:  # the first warms the server
            ours.append(taken[0])
            theirs.append(taken[1])
    yield Figure("browser", "Overview, first chart", None, statistics.median(ours), "ms")
    yield Figure("browser", "one bar, first chart", None, statistics.median(theirs), "ms")
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    yield Figure("browser", "Overview against one bar", None, ratio, "times", SLOWER)


def first_chart(chromium: Browser, address: str) -> float:
    """Milliseconds from the address to a drawn chart."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(CHART)
    taken = 1000 * (time.perf_counter() - started)
    context.close()
    return taken


def changes(chromium: Browser, address: str, warehouse: Path) -> Iterator[Figure]:
    """A filter changed to the charts redrawn, another page, and what they cost in bytes."""
    with open_published(warehouse) as connection:
        rows = connection.execute("SELECT name_en FROM categories ORDER BY sort_order LIMIT ?", [CHANGES]).fetchall()
    names = [name for (name,) in rows]
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    received = [0]

    def count(payload: bytes | str) -> None:
        received[0] += len(payload)

    page.on("websocket", lambda socket: socket.on("framereceived", count))
    page.goto(f"{address}/timeline?lang=en")
    page.wait_for_selector(CHART)
    settle(page)
    redrawn, sent = [], []
    for name in names:
        box = page.get_by_role("combobox", name=EN("filter.category"))
        box.click()
        box.press_sequentially(name)
        page.get_by_role("option", name=name, exact=True).wait_for()
        before = received[0]
        redrawn.append(drawn_after(page, partial(box.press, "Enter")))
        sent.append((received[0] - before) / 1024)
    yield Figure("browser", "filter change to redrawn chart, p50", None, percentile(redrawn, 50), "ms", REDRAWN_P50_MS)
    yield Figure("browser", "filter change to redrawn chart, p95", None, percentile(redrawn, 95), "ms", REDRAWN_P95_MS)
    yield Figure("browser", "bytes of a filter change, most", None, max(sent), "KB", CHANGE_KB)
    page.keyboard.press("Escape")  # an open list hides the rest from roles
    turned = []
    for turn in range(CHANGES):
        name = EN("page.measures" if turn % 2 == 0 else "page.timeline")
        link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name)
        turned.append(drawn_after(page, link.click))
    yield Figure("browser", "page change to drawn chart, p50", None, percentile(turned, 50), "ms")
    context.close()


def drawn_after(page: Page, act: Callable[[], None]) -> float:
    """Milliseconds from an act to the last change of a chart that it causes."""
    page.evaluate(WATCH)
    act()
    page.wait_for_function("window.drawn > 0")
    settle(page)
    page.wait_for_timeout(300)
    return float(page.evaluate("window.drawn - window.began"))


def a_document(chromium: Browser, address: str, warehouse: Path) -> Iterator[Figure]:
    """A document opened by its link, in a browser that has the app's files."""
    with open_published(warehouse) as connection:
        rows = connection.execute("SELECT document_id FROM documents ORDER BY 1 LIMIT ?", [ROUNDS]).fetchall()
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    taken = []
    for (document_id,) in rows:
        started = time.perf_counter()
        page.goto(f"{address}/document?lang=en&doc={document_id}")
        settle(page)
        taken.append(1000 * (time.perf_counter() - started))
    yield Figure("browser", "a document by its link, p50", None, statistics.median(taken), "ms")
    context.close()


def sessions(address: str) -> Iterator[Figure]:
    """Server time to the end of the first run, sessions arriving over ten seconds; memory of an idle one."""
    port = address.rpartition(":")[2]
    alive = [p for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]
    (server,) = [p for p in alive if port in p.cmdline()]
    for count in SESSIONS:
        before = server.memory_info().rss
        seconds, faults, idle = arrive(address, count, server)
        yield Figure("sessions", f"{count} users, first run p50", None, percentile(seconds, 50), "s")
        limit = FIRST_CHART_S if count == SESSIONS[-1] else None
        yield Figure("sessions", f"{count} users, first run p95", None, percentile(seconds, 95), "s", limit)
        yield Figure("sessions", f"{count} users, errors", None, faults, "sessions", 0)
        yield Figure("sessions", f"{count} users, memory of an idle one", None, (idle - before) / count / 1e6, "MB")


def arrive(address: str, count: int, server: psutil.Process) -> tuple[list[float], int, int]:
    """Seconds of each session's first run, how many failed, and the server's memory while all are open and idle."""
    seconds: list[float] = []
    faults: list[str] = []
    all_done, leave = threading.Barrier(count + 1, timeout=300), threading.Event()

    def read(number: int) -> None:
        try:
            time.sleep(number * ARRIVAL_S / count)
            started = time.perf_counter()
            with open_stream(address) as stream:
                said = stream.run("lang=en")
                seconds.append(time.perf_counter() - started)
                if EN("error.page") in said or "Traceback" in said:
                    faults.append(said[:200])
                all_done.wait()
                leave.wait(60)
        except Exception as error:
            faults.append(repr(error))
            all_done.abort()

    readers = [threading.Thread(target=read, args=(number,), daemon=True) for number in range(count)]
    for reader in readers:
        reader.start()
    with suppress(threading.BrokenBarrierError):
        all_done.wait()
    time.sleep(1)
    idle = server.memory_info().rss
    leave.set()
    for reader in readers:
        reader.join(timeout=60)
    return seconds, len(faults), idle
