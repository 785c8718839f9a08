"""What a reader shares and takes away: links that show the same numbers to others, tables, pictures, the brief."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard import provenance
from dashboard.builds import Build
from dashboard.filters import Filters
from dashboard.marks import Mark
from dashboard.text import LANGUAGES, Text
from tests.browser import settle, watched_page
from warehouse.connection import published_path

EN = Text("en")
PAGES = ("overview", "timeline", "measures", "compare", "map", "issuers", "search", "meetings", "quality", "method")
IN_2022 = "from=2022-01-01&to=2022-12-31"
COMPARED = f"/compare?regions=310000.110000&section=profile&{IN_2022}"
SHARED = (
    "/?province=310000&category=testing",
    "/timeline?grain=month&measure=reach&shape=lines&group=category&events=none&mark="
    "timeline.period-2022-03-01_2022-03-31.category-testing",
    "/compare?regions=310000.110000.420000&align=event&window=52&as=share",
    "/map?shape=rows&measure=directives&focus=testing&level=province",
    "/search?q=核酸&in=document&order=oldest&page=2",
)
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    with watched_page(chromium, "en-GB", permissions=CLIPBOARD) as page:
        yield page


def visitor(chromium: Browser, locale: str) -> BrowserContext:
    """A browser of its own: nothing is remembered from another."""
    return chromium.new_context(
        locale=locale,
        viewport={"width": 1440, "height": 1000},
        accept_downloads=True,
        permissions=CLIPBOARD,
    )


def numbers(page: Page) -> dict[str, Any]:
    """All numbers that a page draws and writes, whatever its language."""
    settle(page)
    if page.locator('[data-testid="stPlotlyChart"]').count():
        page.wait_for_selector(".js-plotly-plot .main-svg")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.data.map(
            t => [Array.from(t.x ?? []), Array.from(t.y ?? [])].map(
                v => v.map(x => typeof x === 'number' ? Math.round(x * 1e6) : ''))))"""
    )
    links = page.locator('[data-testid="stPageLink"] a').evaluate_all(
        "all => all.map(a => new URL(a.href).searchParams.get('document'))"
    )
    cards = page.locator(".em-cards dd:not(.em-small)").all_inner_texts()
    hits = page.locator('[data-testid="stMain"] .em-hit').all_inner_texts()
    return {"drawn": drawn, "links": links, "cards": cards, "hits": hits}


@pytest.mark.parametrize("link", SHARED)
def test_a_shared_link_shows_the_same_numbers_in_a_fresh_browser(link: str, address: str, chromium: Browser) -> None:
    seen = []
    for locale in ("en-GB", "zh-TW"):
        context = visitor(chromium, locale)
        page = context.new_page()
        page.goto(address + link)
        seen.append(numbers(page))
        assert page.locator("html").get_attribute("lang") == ("en" if locale == "en-GB" else "zh-Hant")
        context.close()
    assert seen[0] == seen[1]
    assert seen[0]["drawn"] or seen[0]["links"]


def test_copied_link_restores_what_the_reader_chose(address: str, reader: Page, chromium: Browser) -> None:
    reader.goto(f"{address}/timeline?province=310000")
    settle(reader)
    reader.get_by_role("radio", name=EN("measure.reach")).click()
    reader.wait_for_url("**measure=reach**")
    settle(reader)
    reader.get_by_role("button", name=EN("share.copy")).click()
    expect(reader.get_by_role("button", name=EN("share.copied"))).to_be_visible()
    link = reader.evaluate("navigator.clipboard.readText()")
    assert link == reader.url
    context = visitor(chromium, "en-GB")
    page = context.new_page()
    page.goto(link)
    assert numbers(page) == numbers(reader)
    context.close()


def test_language_is_switched_on_every_page(address: str, reader: Page) -> None:
    reader.goto(address)
    settle(reader)
    for name in PAGES:
        text = Text("en")
        reader.get_by_test_id("stSidebarNav").get_by_role("link", name=text(f"page.{name}")).click()
        reader.wait_for_url(re.compile(r"/(\?.*)?$" if name == "overview" else rf"/{name}(\?.*)?$"))
        for language in ("hant", "zh", "en"):
            reader.get_by_role("radio", name=LANGUAGES[language]).click()  # type: ignore[index]
            heading = Text(language)(f"{name}.title")  # type: ignore[arg-type]
            expect(reader.locator(".em-title h1")).to_have_text(heading)
            expect(reader.locator("html")).to_have_attribute("lang", Text(language).tag)  # type: ignore[arg-type]
        settle(reader)


def saved(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path())


def test_a_chart_is_taken_away_as_table_and_as_picture(address: str, reader: Page) -> None:
    reader.goto(address + COMPARED)
    settle(reader)
    reader.locator(".st-key-menu-compare-profile button").first.click()
    lines = saved(reader, EN("panel.csv")).read_text("utf-8-sig").splitlines()
    notes = [line.removeprefix("# ") for line in lines if line.startswith("#")]
    rows = list(csv.reader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert notes[0] == EN("compare.profile.title")
    assert any(line.startswith(EN("download.filters")) and "1 Jan 2022" in line for line in notes)
    assert f"{EN('download.link')}: {reader.url}" in notes
    sheet = load_workbook(io.BytesIO(saved(reader, EN("panel.xlsx")).read_bytes())).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in cells[: len(notes)]] == notes
    table = cells[len(notes) + 1 :]
    assert [["" if cell is None else str(cell) for cell in row] for row in table] == [
        [re.sub(r"\.0$", "", cell) for cell in row] for row in rows
    ]
    assert any(isinstance(cell, (int, float)) for cell in table[1])
    picture = saved(reader, EN("picture.svg")).read_text("utf-8")
    assert EN("compare.profile.title") in picture
    assert "Filters: Dates: 1 Jan 2022" in picture
    assert "Shanghai (n=" in picture
    assert saved(reader, EN("picture.png")).read_bytes().startswith(b"\x89PNG")


def test_the_brief_holds_charts_figures_and_cited_sentences_and_needs_nothing_else(
    address: str, reader: Page, sample_warehouse: Path, tmp_path: Path
) -> None:
    reader.goto(address + COMPARED)
    settle(reader)
    reader.wait_for_selector(".js-plotly-plot .main-svg")
    reader.locator(".st-key-brief-menu button").first.click()
    path = tmp_path / "brief.html"
    path.write_bytes(saved(reader, EN("brief.save")).read_bytes())
    asked: list[str] = []
    brief = reader.context.new_page()
    brief.on("request", lambda request: asked.append(request.url))
    brief.goto(path.as_uri())
    assert asked == [path.as_uri()]
    expect(brief.locator("h1")).to_have_text(EN("brief.title", names="Shanghai, Beijing"))
    build = Build(str(published_path(sample_warehouse)), "sample")
    chosen = Filters(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    figures = [row.split("\t") for row in brief.locator("tbody tr").all_inner_texts()]
    assert [row[0] for row in figures] == ["Shanghai", "Beijing"]
    for row, entity in zip(figures, ("310000", "110000"), strict=True):
        directives, ordering = provenance.count_evidence(build, chosen, Mark("brief", (("entity", entity),)))
        assert row[2:4] == [EN.number(ordering), EN.number(directives)]
    assert brief.locator("figure svg .point").count() > 20
    assert brief.locator("blockquote").count() == 4
    assert brief.locator(f'a[href^="{address}/document?document="]').count() == 4
    assert brief.pdf(prefer_css_page_size=True, print_background=True).count(b"/Type /Page\n") == 1


def test_empty_selection_offers_no_brief_and_says_why(address: str, reader: Page) -> None:
    reader.goto(f"{address}/compare?province=310000&level=national")
    settle(reader)
    expect(reader.get_by_text(EN("empty.none"))).to_be_visible()
    expect(reader.get_by_role("button", name=EN("brief.name"))).to_have_count(0)
