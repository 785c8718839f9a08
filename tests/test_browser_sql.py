"""The SQL page in a real browser: typing, completion, running, the mark of an error, stopping, taking away."""

from __future__ import annotations

import csv
import io
import re
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import editor
from dashboard.text import Text
from tests.browser import open_chromium, serve, settle, watch
from tests.small_warehouse import publish_small

EN = Text("en")
BOMB = "SELECT sum(a.range * b.range) FROM range(1000000) AS a, range(1000000) AS b"
# What Streamlit does now and then while a page loads: the first drawing, which had no mark, comes after the second.
CALL_LATE = """async (field, script) => {
  const { default: draw } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const data = { said: 1, sql: field.value, mark: null, relations: [], columns: [], colours: {}, words: {} };
  draw({ data, parentElement: field.getRootNode(), setTriggerValue: () => {} });
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("small")
    publish_small(directory)
    log = tmp_path_factory.mktemp("served") / "server.log"
    with serve(directory, log) as served:
        yield served
    assert "Traceback" not in log.read_text("utf-8")


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with open_chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
        page = context.new_page()
        faults = watch(page)
        yield page
        assert faults == []


def open_sql(page: Page, address: str, query: str = "") -> Locator:
    """The SQL page; its editor's field."""
    page.goto(f"{address}/sql?lang=en{query}")
    settle(page)
    field = page.get_by_label(EN("sql.editor"))
    expect(field).to_be_visible()
    return field


def test_reader_types_completes_runs_and_takes_away(page: Page, address: str) -> None:
    field = open_sql(page, address)
    field.fill("")
    field.press_sequentially("select document_id, '=1+1' AS x, -1 AS n from docu")
    expect(page.get_by_role("option").first).to_have_text("documents")
    field.press("Tab")
    assert field.input_value().endswith("from documents")
    expect(page.locator(".keyword").first).to_have_text("select")
    expect(page.locator(".relation")).to_have_text("documents")
    field.press_sequentially("\nORDER BY 1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("3 rows in"))).to_be_visible()
    assert quote("from documents\nORDER BY 1") in page.url.replace("+", "%20")

    with page.expect_download() as download:
        page.get_by_role("button", name=EN("panel.csv")).first.click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"), newline="")))
    assert rows[-3:] == [["a", "'=1+1", "-1"], ["b", "'=1+1", "-1"], ["c", "'=1+1", "-1"]]
    with page.expect_download() as download:
        page.get_by_role("button", name=EN("sql.parquet")).click()
    assert pq.read_table(download.value.path()).to_pylist()[0] == {"document_id": "a", "x": "=1+1", "n": -1}


def test_an_error_is_marked_where_it_is_until_it_is_mended(page: Page, address: str) -> None:
    field = open_sql(page, address, "&sql=" + quote("SELECT '会议',\n  nope\nFROM documents"))
    expect(page.locator(".wrong")).to_have_text("nope")
    expect(page.locator(".em-alert mark")).to_have_text("nope")
    expect(page.get_by_text("Line 2, column 3")).to_be_visible()
    field.evaluate(CALL_LATE, (editor.ASSETS / "editor.js").read_text("utf-8"))
    expect(page.locator(".wrong")).to_have_text("nope")
    field.press_sequentially(" ")
    expect(page.locator(".wrong")).to_have_count(0)


def test_a_bomb_is_stopped_by_the_reader_while_the_server_answers(page: Page, address: str) -> None:
    field = open_sql(page, address)
    field.fill(BOMB)
    page.get_by_role("button", name=EN("sql.run"), exact=True).click()
    stop = page.get_by_role("button", name=EN("sql.cancel"))
    expect(stop).to_be_visible()
    started = time.monotonic()
    assert urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).read() == b"ok"
    assert time.monotonic() - started < 4  # long before the bomb would end by itself
    stop.click()
    expect(page.get_by_text(EN("sql.cancelled"))).to_be_visible()
    settle(page)
    field.fill("SELECT 41 + 1 AS n")
    page.get_by_role("button", name=EN("sql.run"), exact=True).click()
    expect(page.get_by_text(re.compile("1 row in"))).to_be_visible()
