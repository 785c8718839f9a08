"""Fixtures that several test modules share. pytest-xdist: every worker process builds its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.builds import Build
from etl.build import build
from tests.browser import open_chromium, serve
from tests.small_warehouse import publish_small
from warehouse.connection import published_path
from warehouse.settings import ROOT

SAMPLE = ROOT / "etl" / "sample"
IN_A_BROWSER = ("test_browser_", "test_sign_in", "test_deploy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser that shares two cores with a server and other tests at times loses a click between two runs of a page.

    Its tests may try once more, which pytest's last line counts as a rerun; a true fault fails both times.
    """
    for item in items:
        if item.path.name.startswith(IN_A_BROWSER):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse built from the bundled sample, once a session; read it, never write to it."""
    directory = tmp_path_factory.mktemp("sample") / "warehouse"
    build([SAMPLE], directory)
    return directory


@pytest.fixture(scope="session")
def sample(sample_warehouse: Path) -> Build:
    """The sample as questions take it."""
    return Build(str(published_path(sample_warehouse)), "sample")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Two documents of Shanghai, one a copy, and one of Beijing without a date, as questions take them."""
    return Build(str(publish_small(tmp_path_factory.mktemp("small"))), "small")


@pytest.fixture(scope="module")
def address(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that serves the sample; its log must stay free of tracebacks and of widgets given two values."""
    log = tmp_path_factory.mktemp("served") / "server.log"
    with serve(sample_warehouse, log) as served:
        yield served
    written = log.read_text("utf-8")
    assert "Traceback" not in written
    assert "created with a default value" not in written


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One headless browser a module."""
    with open_chromium() as browser:
        yield browser
