"""What a reader does, in a real browser: look, narrow, see the charts change, open a document, read its directive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.text import Text
from tests.browser import choose, settle, watched_page

ZH, EN = Text("zh"), Text("en")


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A Chinese reader's page on a wide screen; at the end its console must have been silent."""
    with watched_page(chromium, "zh-CN") as page:
        yield page


def figures(page: Page) -> list[Any]:
    """The numbers that each chart of the page draws."""
    page.wait_for_selector(".js-plotly-plot .main-svg")
    found: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(
            plot => plot.data.filter(t => t.type === 'bar').map(t => Array.from(t.y ?? [])))"""
    )
    return found


def number(page: Page, label: str) -> int:
    """The headline number on a card."""
    card = page.locator(".em-card", has=page.get_by_text(label, exact=True))
    return int(card.locator("dd").first.inner_text().replace(",", ""))


def go(page: Page, name: str, text: Text) -> None:
    """Opens a page through the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=text(f"page.{name}")).click()
    page.wait_for_url(re.compile(r"/(\?.*)?$" if name == "overview" else rf"/{name}(\?.*)?$"))
    settle(page)


def test_reader_narrows_sees_charts_change_and_reads_a_directive(address: str, reader: Page) -> None:
    reader.goto(address)
    settle(reader)
    documents, drawn = number(reader, ZH("card.documents")), figures(reader)
    assert documents > 200

    first = reader.get_by_role("group", name=f"{ZH('filter.dates')} start date")
    first.get_by_role("spinbutton").first.click()
    reader.keyboard.type("20220101")
    reader.locator(".em-title h1").click()  # leaving the field commits the range
    reader.wait_for_url("**from=2022-01-01**")
    settle(reader)
    in_2022, drawn_in_2022 = number(reader, ZH("card.documents")), figures(reader)
    assert 0 < in_2022 < documents
    assert drawn_in_2022 != drawn

    box = reader.get_by_role("combobox", name=ZH("filter.issuer"))
    issuer = choose(reader, box, "国务院联防联控机制", exact=False)  # which met in 2022, more than once
    reader.wait_for_url("**issuer=**")
    reader.keyboard.press("Escape")
    settle(reader)
    expect(reader.locator(".em-chips")).to_contain_text(issuer)
    assert 0 < number(reader, ZH("card.documents")) < in_2022
    assert figures(reader) != drawn_in_2022

    go(reader, "meetings", ZH)
    expect(reader.locator(".em-chips")).to_contain_text(issuer)
    assert "from=2022-01-01" in reader.url
    reader.get_by_test_id("stPageLink").get_by_role("link").first.click()
    reader.wait_for_url("**/document?**document=**")
    settle(reader)
    reader.get_by_role("radio", name="1", exact=True).click()
    chosen = reader.locator(".em-chosen").first
    expect(chosen).to_be_visible()
    directive = chosen.inner_text().removeprefix("1")
    assert len(directive) > 4
    assert directive in "".join(reader.locator(".em-reading").inner_text().split("\n"))
    assert "directive=1" in reader.url
    assert "issuer=" in reader.url


def test_phone_shows_the_page_with_the_sidebar_shut(address: str, chromium: Browser) -> None:
    context = chromium.new_context(
        locale="en-GB", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{address}/?category=testing")
    settle(page)
    expect(page.locator(".em-title h1")).to_be_in_viewport()
    expect(page.locator(".em-chips")).to_contain_text(EN("filter.category"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
