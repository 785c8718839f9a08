"""A reader compares two cities over a year, takes the numbers away, and opens a square of the map."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import comparing, queries
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.text import Text
from tests.browser import choose, settle, watched_page
from warehouse.connection import published_path

EN = Text("en")
IN_2022 = "from=2022-01-01&to=2022-12-31"


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    with watched_page(chromium, "en-GB") as page:
        yield page


def test_reader_compares_two_cities_and_takes_the_numbers_away(
    address: str, reader: Page, sample_warehouse: Path
) -> None:
    reader.goto(f"{address}/compare?{IN_2022}")
    settle(reader)
    box = reader.get_by_role("combobox", name=EN("compare.choose_region"))
    for city in ("Shanghai", "Beijing"):
        choose(reader, box, city)
        settle(reader)
    reader.keyboard.press("Escape")
    reader.wait_for_url("**regions=310000.110000**")
    reader.get_by_role("radio", name=EN("compare.section.profile")).click()
    reader.wait_for_url("**section=profile**")
    settle(reader)
    reader.locator(".st-key-menu-compare-profile button").click()
    with reader.expect_download() as download:
        reader.get_by_role("button", name=EN("panel.csv")).click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert any(line.startswith("#") and "2022" in line for line in lines)
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    build = Build(str(published_path(sample_warehouse)), "sample")
    chosen = Filters(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    expected = comparing.profile(build, chosen, "entity", ("310000", "110000"))
    taken = sum(int(row[EN("column.documents")]) for row in rows)
    assert taken == expected["documents"].sum() > 0


def test_a_square_of_the_map_opens_what_it_counts(address: str, reader: Page) -> None:
    reader.goto(f"{address}/map?measure=documents")
    settle(reader)
    square = reader.locator(".js-plotly-plot .point path").first
    square.wait_for()
    box = square.bounding_box()
    assert box is not None
    assert abs(box["width"] - box["height"]) < 1.5  # equal squares
    reader.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.mouse.down()
    reader.mouse.up()
    reader.wait_for_url("**mark=map.entity-230000.of-documents**")
    expect(reader.locator(".st-key-evidence .em-chart").first).to_contain_text("Heilongjiang")


def test_a_chairs_bar_leads_to_the_name_in_the_text(address: str, reader: Page, sample_warehouse: Path) -> None:
    build = Build(str(published_path(sample_warehouse)), "sample")
    bodies = ((body, comparing.chairs(build, Filters(issuers=(body,)))) for body in queries.options(build).issuers)
    body, chairs = next((body, chairs) for body, chairs in bodies if len(chairs))
    reader.goto(f"{address}/issuers?body={body}")
    settle(reader)
    bar = reader.locator("[class*=st-key-chart-issuer-chairs] .point path")
    bar.last.scroll_into_view_if_needed()
    box = bar.last.bounding_box()
    assert box is not None
    reader.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.wait_for_url("**mark=issuer-chairs.entity-**chair-**")
    evidence = reader.locator(".st-key-evidence")
    name = str(chairs["name"].iloc[0])
    expect(evidence.locator(".em-chart").first).to_contain_text(name)
    evidence.get_by_role("link").first.click()
    reader.wait_for_url("**/document**")
    expect(reader.locator(".em-reading .em-hit").first).to_have_text(name)


def test_phone_shows_the_whole_map_in_chinese(address: str, chromium: Browser) -> None:
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{address}/map")
    settle(page)
    page.locator(".js-plotly-plot .point path").first.wait_for()
    widths = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot .point path')].map(p => p.getBoundingClientRect().right)"
    )
    assert len(widths) == 34
    assert max(widths) <= 390
    context.close()
