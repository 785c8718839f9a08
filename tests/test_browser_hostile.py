"""A hostile document in a real browser: every text is shown as it stands, nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import open_chromium, serve, settle
from tests.hostile_warehouse import publish_hostile

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
