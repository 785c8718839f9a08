"""A reader looks for words in a real browser: in any script, with hostile queries, from a hit to its sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.text import Text
from tests.browser import settle, watched_page

ZH = Text("zh")
HOSTILE = (
    "<img src=x onerror=window.hacked=1>核酸",
    "100% _ %",
    "' OR '1'='1",
    '"); DROP TABLE documents; --',
    "(核酸|检测)*.+[^x]$",
    "**核酸** [x](javascript:window.hacked=2) :red[核酸] $x^2$",
    "🙂核酸👩‍👩‍👧",
    "核酸" * 500,
)


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    with watched_page(chromium, "zh-CN") as page:
        yield page


def look_for(page: Page, words: str) -> None:
    """Types a query and sends it."""
    box = page.get_by_role("searchbox", name=ZH("search.box"))
    box.fill(words)
    box.press("Enter")
    page.wait_for_url(f"**q={quote(words[:3])}**")
    settle(page)


def hits(page: Page) -> list[str]:
    return page.locator(".st-key-hits .em-quotation").all_inner_texts()


def test_any_script_finds_the_same_and_a_hit_opens_its_sentence(address: str, reader: Page) -> None:
    reader.goto(f"{address}/search")
    settle(reader)
    found = []
    for words in ("核酸检测", "核酸檢測", "核酸檢(jiǎn)測(cè)"):
        look_for(reader, words)
        expect(reader.locator(".em-chart").first).to_contain_text(ZH("search.with", words="“核酸检测”"))
        found.append((reader.locator(".em-chart p").first.inner_text(), hits(reader)))
    assert found[0] == found[1] == found[2]
    assert len(found[0][1]) == 15
    assert all("核酸检测" in words for words in found[0][1])

    reader.locator(".st-key-hits").get_by_test_id("stPageLink").get_by_role("link").first.click()
    reader.wait_for_url("**/document?**directive=**")
    settle(reader)
    chosen = reader.locator(".em-chosen")
    expect(chosen.locator(".em-hit").first).to_have_text("核酸检测")
    assert found[0][1][0][:12] in chosen.inner_text().replace("\n", "")
    back = reader.get_by_role("link", name=ZH("document.back_to", page=ZH("page.search")))
    back.click()
    reader.wait_for_url("**/search?**q=**")
    settle(reader)
    assert hits(reader) == found[0][1]


def test_results_are_taken_away_as_shown(address: str, reader: Page) -> None:
    reader.goto(f"{address}/search?q={quote('核酸檢測')}&by=newest&province=310000")
    settle(reader)
    n = int(re.findall(r"[\d,]+", reader.locator(".em-chart p").first.inner_text())[0].replace(",", ""))
    with reader.expect_download() as download:
        reader.get_by_role("button", name=ZH("search.csv")).click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines(keepends=True)
    notes = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("".join(line for line in lines if not line.startswith("#")))))
    assert any("上海市" in line for line in notes)
    assert len(rows) == n > 0
    assert all("核酸检测" in row[ZH("column.directive")] for row in rows)
    assert [row[ZH("column.date")] for row in rows] == sorted((row[ZH("column.date")] for row in rows), reverse=True)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_query_is_only_looked_for(words: str, address: str, reader: Page) -> None:
    for view in ("find", "trend"):
        reader.goto(f"{address}/search?view={view}&q={quote(words)}")
        settle(reader)
        expect(reader.get_by_text(ZH("error.page"))).to_have_count(0)
        assert reader.evaluate("window.hacked") is None
        assert reader.locator("[onerror], [href^='javascript:']").count() == 0


def test_a_point_of_a_word_opens_its_announcements(address: str, reader: Page) -> None:
    reader.goto(f"{address}/search?view=trend&q={quote('动态清零 方舱')}&in=document&grain=quarter")
    settle(reader)
    reader.wait_for_selector(".js-plotly-plot .main-svg")
    reader.wait_for_timeout(500)
    point, expected = reader.evaluate(
        """() => {
            const plot = document.querySelector('.js-plotly-plot'), trace = plot.data.find(t => t.name === '动态清零');
            const i = trace.y.indexOf(Math.max(...trace.y)), box = plot.getBoundingClientRect();
            const layout = plot._fullLayout, x = layout.xaxis, y = layout.yaxis;
            return [[box.x + x._offset + x.d2p(trace.x[i]), box.y + y._offset + y.d2p(trace.y[i])],
                trace.hovertext[i]];
        }"""
    )
    reader.mouse.move(*point)
    reader.wait_for_timeout(300)
    reader.mouse.click(*point)
    reader.wait_for_url("**mark=search-trend**")
    settle(reader)
    n = re.findall(r"中 (\d+) 份", expected)[0]
    expect(reader.locator(".st-key-evidence .em-chart p")).to_contain_text(f"{n} 份公告")
    reader.locator(".st-key-evidence").get_by_test_id("stPageLink").get_by_role("link").first.click()
    reader.wait_for_url("**/document?**")
    settle(reader)
    expect(reader.locator(".em-reading .em-hit").first).to_have_text("动态清零")


def test_a_cell_of_coverage_opens_its_announcements_and_an_empty_one_says_so(address: str, reader: Page) -> None:
    reader.goto(f"{address}/quality?view=coverage")
    settle(reader)
    reader.wait_for_selector(".js-plotly-plot .main-svg")
    reader.wait_for_timeout(500)
    for is_empty in (False, True):
        reader.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")
        point, words = reader.evaluate(
            """(isEmpty) => {
                const plot = document.querySelector('.js-plotly-plot'), trace = plot.data[1];
                const i = trace.hovertext.findIndex(words => /\\d 份公告/.test(words) !== isEmpty);
                const box = plot.getBoundingClientRect(), {xaxis: x, yaxis: y} = plot._fullLayout;
                const middle = new Date(trace.x[i]).getTime() + 14 * 864e5;
                return [[box.x + x._offset + x.d2p(middle), box.y + y._offset + y.d2p(trace.base[i] + 0.45)],
                    trace.hovertext[i]];
            }""",
            is_empty,
        )
        reader.mouse.move(*point)
        reader.wait_for_timeout(300)
        reader.mouse.click(*point)
        reader.wait_for_url("**mark=quality-coverage**")
        settle(reader)
        panel = reader.locator(".st-key-evidence")
        expect(panel).to_contain_text(ZH("evidence.none") if is_empty else re.findall(r"\d+ 份公告", words)[0])
        panel.locator(".st-key-close-evidence button").click()
        reader.wait_for_url(lambda url: "mark=" not in url)
        settle(reader)
