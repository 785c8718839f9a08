"""From a mark on a chart to the sentence that put it there, in a real browser; and the dates drawn over a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.text import Text
from tests.browser import choose, settle, watched_page

ZH = Text("zh")
BARS = ".js-plotly-plot .barlayer .point path"
POINTS = ".js-plotly-plot .scatterlayer .points path"
WAIT_MS = 30_000


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A Chinese reader's page on a wide screen; at the end its console must have been silent."""
    with watched_page(chromium, "zh-CN") as page:
        page.set_default_timeout(WAIT_MS)
        yield page


def open_page(page: Page, url: str) -> None:
    page.goto(url)
    settle(page)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(300)  # Plotly draws after Streamlit has finished


def click_mark(page: Page, marks: str, nth: int) -> None:
    """Clicks the middle of the nth visible mark. Plotly hears the page's ground, not the mark itself."""
    x, y = page.evaluate(
        """([marks, nth]) => {
            const shown = [...document.querySelectorAll(marks)].filter(mark => mark.getBoundingClientRect().height > 1);
            shown[nth].scrollIntoView({ block: "center" });
            const box = shown[nth].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [marks, nth],
    )
    page.mouse.move(x - 1, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


def count_behind(page: Page) -> int:
    """How many directives the list of evidence says it has."""
    line = page.locator(".st-key-evidence-head .em-chart p")
    expect(line).to_be_visible(timeout=WAIT_MS)
    found = re.search(r"([\d,]+) 条指令", line.inner_text())
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize(
    ("where", "marks", "nth", "named"),
    [
        ("timeline", BARS, 14, ".family-"),
        ("timeline?shape=lines&measure=reach", POINTS, 5, "period-2021-04-01_2021-06-30.family-containment"),
        ("timeline?shape=rows", BARS, 4, "period-2021-01-01_2021-03-31.family-containment"),
        ("timeline?shape=cells&group=category&grain=month", BARS, 2, ".category-"),
        ("timeline?shape=calendar", BARS, 20, "of-directives"),
        ("timeline?measure=strength", BARS, 13, "strength-"),
        ("measures", BARS, 10, "measures-totals.category-"),
        ("measures", ".st-key-chart-wide-measures-together-0 .barlayer .point path", 30, "also-"),
    ],
)
def test_every_shape_of_mark_opens_its_directives(
    where: str, marks: str, nth: int, named: str, address: str, reader: Page
) -> None:
    open_page(reader, f"{address}/{where}")
    click_mark(reader, marks, nth)
    reader.wait_for_url("**mark=**")
    assert named in reader.url
    assert count_behind(reader) > 0
    expect(reader.locator("[class*='st-key-card-'] .em-quotation mark").first).to_be_visible()


def test_reader_goes_from_a_filter_over_a_mark_to_the_sentence_in_its_document(address: str, reader: Page) -> None:
    open_page(reader, f"{address}/timeline")
    province = reader.get_by_test_id("stSidebar").get_by_label(ZH("filter.province"))
    choose(reader, province, "上海", exact=False)
    reader.wait_for_url("**province=310000**")
    settle(reader)
    reader.keyboard.press("Escape")
    click_mark(reader, BARS, 0)
    reader.wait_for_url("**mark=**")
    assert count_behind(reader) > 0
    card = reader.locator("[class*='st-key-card-']").first
    sentence = card.locator(".em-quotation").inner_text()
    marked = [mark.inner_text() for mark in card.locator(".em-quotation mark").all()]
    assert "上海" in card.locator(".em-entry").inner_text()
    card.get_by_role("link").click()
    reader.wait_for_url("**/document**")
    settle(reader)
    chosen = reader.locator(".em-directive.em-chosen")
    expect(chosen).to_be_visible()
    assert sentence.rstrip("…") in chosen.inner_text().replace("\n", "")
    assert [mark.inner_text() for mark in chosen.locator("mark").all()][: len(marked)] == marked
    expect(reader.locator(".st-key-source a")).to_contain_text(ZH("document.facts_from", host="").strip())
    reader.get_by_role("link", name=re.compile("返回")).click()  # the way back leads to the mark
    reader.wait_for_url("**/timeline**mark=**")
    assert count_behind(reader) > 0


def test_mark_is_opened_and_closed_by_the_keyboard_alone(address: str, reader: Page) -> None:
    open_page(reader, f"{address}/timeline")
    menu = reader.locator(".st-key-menu-timeline button")
    menu.focus()
    reader.keyboard.press("Enter")
    box = reader.get_by_label(ZH("panel.marks"))
    box.focus()
    reader.keyboard.type("医疗卫生 · 2022年第1季度")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**mark=timeline.period-2022-01-01_2022-03-31.family-health**")
    assert count_behind(reader) > 0
    for _ in range(3):  # the menu, where it is still open, then the list
        settle(reader)
        reader.keyboard.press("Escape")
    expect(reader.locator(".st-key-evidence")).to_have_count(0, timeout=WAIT_MS)
    assert "mark=" not in reader.url


def test_span_drawn_over_the_chart_becomes_the_dates(address: str, reader: Page) -> None:
    open_page(reader, f"{address}/timeline")
    left, top, width, height = reader.evaluate(
        """() => { const b = document.querySelector('.js-plotly-plot .nsewdrag').getBoundingClientRect();
            return [b.x, b.y, b.width, b.height]; }"""
    )
    reader.mouse.move(left + 0.40 * width, top + height / 2)
    reader.mouse.down()
    reader.mouse.move(left + 0.55 * width, top + height / 2, steps=4)
    reader.mouse.move(left + 0.70 * width, top + height / 2, steps=4)
    reader.mouse.up()
    reader.wait_for_url("**from=2021-04-01&to=2021-12-31**")
    settle(reader)
    expect(reader.locator(".em-chips")).to_contain_text("2021年4月1日 – 2021年12月31日")
    reader.get_by_role("button", name=ZH("timeline.unbrush")).click()
    reader.wait_for_url(re.compile(r"/timeline$"))


def test_span_is_typed_by_the_keyboard_alone(address: str, reader: Page) -> None:
    open_page(reader, f"{address}/timeline")
    expect(reader.get_by_text(ZH("panel.brush"))).to_be_visible()
    reader.get_by_test_id("stDateInput").get_by_role("spinbutton").first.focus()
    for keys in ("20210401", "Tab", "20211231", "Tab", "Tab"):  # the field takes them when it is left
        (reader.keyboard.press if keys == "Tab" else reader.keyboard.type)(keys)
    reader.wait_for_url("**from=2021-04-01&to=2021-12-31**")
    settle(reader)
    expect(reader.locator(".em-chips")).to_contain_text("2021年4月1日 – 2021年12月31日")


def test_link_to_a_mark_shows_the_same_evidence_in_a_fresh_browser(address: str, chromium: Browser) -> None:
    link = (
        f"{address}/timeline?shape=cells&group=category&grain=quarter"
        "&mark=timeline.period-2022-01-01_2022-03-31.category-testing&sort=oldest"
    )
    seen = []
    for locale in ("zh-CN", "en-GB"):
        context = chromium.new_context(locale=locale)
        page = context.new_page()
        open_page(page, link)
        seen.append([words.inner_text() for words in page.locator("[class*='st-key-card-'] .em-quotation").all()])
        assert page.url == link
        context.close()
    assert seen[0] == seen[1]
    assert len(seen[0]) > 3
