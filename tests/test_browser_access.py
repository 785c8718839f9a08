"""axe-core on every page, light and dark: no serious violation in what is ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser import open_chromium, serve, settle, watch

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# Streamlit's own menu of pages: its list holds group headers between the items, and no app can change that markup.
NOT_OURS = ['[data-testid="stSidebarNavItems"]']
PLACES = (
    "/",
    "/timeline?mark=timeline.period-2022-01-01_2022-03-31.family-health",
    "/measures",
    "/compare?regions=310000.110000&province=310000",
    "/compare?regions=310000.110000&section=profile",
    "/map",
    "/issuers",
    "/search?q=核酸",
    "/search?view=new",
    "/meetings",
    "/quality",
    "/quality?view=changes",
    "/sql",
    "/dictionary",
    "/method",
    "/document",
)


@pytest.fixture(scope="module")
def reader(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    log = tmp_path_factory.mktemp("served") / "server.log"
    with serve(sample_warehouse, log) as address, open_chromium() as browser:
        page = browser.new_page(locale="en-GB", viewport={"width": 1440, "height": 1000})
        faults = watch(page)
        yield page, address
        assert faults == []


def violations(page: Page, rules: dict[str, object]) -> list[tuple[str, str]]:
    """Serious and critical violations: rule and element."""
    page.evaluate(AXE)
    found = page.evaluate(
        "([context, options]) => axe.run(context, options)",
        [{"include": [["body"]], "exclude": [[place] for place in NOT_OURS]}, {"resultTypes": ["violations"], **rules}],
    )
    return [
        (violation["id"], node["html"][:160])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_no_serious_violation(place: str, reader: tuple[Page, str]) -> None:
    page, address = reader
    page.emulate_media(color_scheme="light")
    if place == "/document":
        page.goto(f"{address}/meetings?order=directives")
        settle(page)
        href = page.get_by_test_id("stPageLink").get_by_role("link").first.get_attribute("href") or ""
        place = f"/{href.removeprefix(address).lstrip('/')}&directive=1"
    page.goto(address + place)
    settle(page)
    assert violations(page, {"runOnly": RULES}) == []
    assert page.evaluate("document.documentElement.lang") == "en"
    page.emulate_media(color_scheme="dark")  # of all the rules, only that of contrast depends on the ground
    page.goto(address + place)
    settle(page)
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert ground == "rgb(17, 24, 29)"
    assert violations(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}}) == []


def test_a_menu_and_its_chart_are_reached_by_the_keyboard(reader: tuple[Page, str]) -> None:
    page, address = reader
    page.goto(f"{address}/compare?regions=310000.110000")
    settle(page)
    page.locator(".st-key-menu-compare-trends button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="CSV").wait_for()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement)
                e = e.shadowRoot.activeElement; return e?.textContent ?? ''; }"""
            )
        )
    assert [any(kind in words for words in reached) for kind in ("CSV", "XLSX", "PNG", "SVG")] == [True] * 4
    assert violations(page, {"runOnly": RULES}) == []
