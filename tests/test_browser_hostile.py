"""A hostile document in a real browser: every text is shown as it stands, nothing of it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from dashboard.download import FORMULA_STARTS
from dashboard.text import Text
from tests.browser import open_chromium, serve, settle
from tests.hostile_warehouse import ATTACK, publish_hostile

EN = Text("en")

PLACES = (
    "/",
    "/timeline?group=category",
    "/timeline?shape=lines&measure=reach&events=all",
    "/timeline?shape=rows&group=category",
    "/measures",
    "/compare?regions=310000.420000",
    "/compare?by=issuer&bodies=hostile1.hostile2",
    "/meetings?province=310000&issuer=hostile1&category=testing",
    "/document?document=h00&directive=1",
    "/method",
    "/search?q=bold",
    "/search?q=bold&in=document&as=lines",
    "/quality?view=coverage",
)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    publish_hostile(folder)
    with serve(folder, folder / "server.log") as address, open_chromium() as browser:
        page = browser.new_page(locale="en-GB", viewport={"width": 1440, "height": 1000})
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        yield page, address
        assert "Traceback" not in (folder / "server.log").read_text("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_plain_text(place: str, visitor: tuple[Page, str]) -> None:
    page, address = visitor
    page.goto(address + place)
    settle(page)
    if place.startswith(("/timeline", "/measures", "/compare", "/quality")):
        page.wait_for_selector(".js-plotly-plot .main-svg")
        for bar in page.locator(".js-plotly-plot .nsewdrag").all()[:3]:  # hovers are drawn from the same text
            bar.hover()
            page.wait_for_timeout(150)
    assert page.evaluate("window.hacked") is None
    assert page.locator('img[src="x"], [onerror], [href^="javascript:"]').count() == 0
    assert page.locator("[data-testid=stMain] script").count() == 0
    shown = page.evaluate("document.querySelector('[data-testid=stMain]').textContent")
    if place != "/timeline?shape=lines&measure=reach&events=all":
        assert "<b>bold</b>" in shown
        assert "**strong**" in shown


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


def test_hostile_text_is_plain_text_in_what_is_taken_away(visitor: tuple[Page, str], tmp_path: Path) -> None:
    page, address = visitor
    page.goto(f"{address}/compare?by=issuer&bodies=hostile1.hostile2&section=profile&issuer=hostile1.hostile2")
    settle(page)
    page.locator(".st-key-menu-compare-profile button").first.click()
    table = saved(page, EN("panel.csv")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any(ATTACK[:20] in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    sheet = load_workbook(io.BytesIO(saved(page, EN("panel.xlsx")))).active
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=1+1<script>") for cell in values)
    assert {cell.data_type for cell in values} == {"s", "n"}
    (tmp_path / "chart.svg").write_bytes(saved(page, EN("picture.svg")))
    assert saved(page, EN("picture.png")).startswith(b"\x89PNG")
    page.keyboard.press("Escape")
    page.locator(".st-key-brief-menu button").first.click()
    (tmp_path / "brief.html").write_bytes(saved(page, EN("brief.save")))
    for name in ("chart.svg", "brief.html"):
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("window.hacked") is None
        assert page.locator('script, img, foreignObject, [onerror], [href^="javascript:"]').count() == 0
        shown = page.evaluate("document.documentElement.textContent")
        assert "<b>bold</b>" in shown
