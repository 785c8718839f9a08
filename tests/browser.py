"""A served dashboard and a headless Chromium, for the browser tests and the screenshots.

`serve` starts the dashboard as a user would, on a free port; `open_chromium` gives a browser that needs no network.
Both end what they started.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    TimeoutError,
    expect,
    sync_playwright,
)

from tests.chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 60
SETTLE_MS = 30_000
ATTEMPTS = 4  # at a list that a run of the page may close
OPENED_MS = 8_000
expect.set_options(timeout=SETTLE_MS)  # for every test: the five seconds it begins with are few on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def serve(
    warehouse: Path,
    log: Path,
    *options: str,
    port: int | None = None,
    host: str = "127.0.0.1",
    script: Path | None = None,
    **variables: str,
) -> Iterator[str]:
    """The dashboard over a warehouse folder, until the block ends. Yields its address; what it logs goes to `log`.

    `script`: another Streamlit app, served with the same settings.
    """
    port = port or free_port()
    address = f"http://{host}:{port}"
    app = ["streamlit", "run", str(script)] if script else ["dashboard"]
    command = [sys.executable, "-m", *app, "--server.port", str(port), "--server.address", host, *options]
    environment = {**os.environ, "WAREHOUSE_DIR": str(warehouse), "PYTHONPATH": str(ROOT), **variables}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + START_S
            while not is_healthy(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the dashboard did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
                time.sleep(0.2)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def open_chromium(*arguments: str) -> Iterator[Browser]:
    """A headless Chromium: the one on the path, else Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*CHROMIUM_ARGS, *arguments])
        try:
            yield browser
        finally:
            browser.close()


def settle(page: Page) -> None:
    """Waits until Streamlit has drawn the page and runs no more."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=SETTLE_MS)
    page.wait_for_selector('[data-testid="stMainBlockContainer"] .em-title', timeout=SETTLE_MS)
    page.wait_for_function(
        "!document.querySelector('[data-stale=\"true\"]') && !document.querySelector('[data-testid=\"stSkeleton\"]')",
        timeout=SETTLE_MS,
    )


def choose(page: Page, box: Locator, option: str, exact: bool = True) -> str:
    """Takes an option of a select box, found by its words: the list draws only what is in view. Returns its words.

    A run of the page that ends in between closes the list, and the same words do not open it again: they are cleared.
    """
    found = page.get_by_role("option", name=option, exact=exact).first
    for _ in range(ATTEMPTS):
        settle(page)
        box.fill("")
        box.fill(option)
        with suppress(TimeoutError):
            words = found.inner_text(timeout=OPENED_MS).strip()
            found.click(timeout=OPENED_MS)
            return words
    raise AssertionError(f"no option {option!r} could be taken in {ATTEMPTS} attempts")


# Opened at the address of a page, Streamlit's own client first asks below that address where its server is, hears 404,
# and asks at the root: the browser reports that as an error, and no app can prevent it.
PROBES = ("/_stcore/health", "/_stcore/host-config")


@contextmanager
def watched_page(browser: Browser, locale: str, **options: Any) -> Iterator[Page]:
    """A page on a wide screen, in a context of its own; at the end its console must have been silent."""
    context = browser.new_context(locale=locale, viewport={"width": 1440, "height": 1000}, **options)
    page = context.new_page()
    faults = watch(page)
    yield page
    context.close()
    assert faults == []


def watch(page: Page) -> list[str]:
    """Collects console errors and uncaught exceptions of a page."""
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        where = str(message.location.get("url", ""))
        if message.type == "error" and not ("404" in message.text and where.endswith(PROBES)):
            faults.append(f"{message.text} {where}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults
