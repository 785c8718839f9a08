"""Pictures of every page, for the README and for whoever changes the look: python -m tests.screenshots [FOLDER].

1440 and 390 px wide, light and dark, in Simplified Chinese, over $WAREHOUSE_DIR (the published sample by default);
--only, --size, --ground and --language choose otherwise. --readme takes the three pictures of README.md into docs/.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.browser import open_chromium, serve, settle, watch
from warehouse.settings import warehouse_dir

PAGES: dict[str, str] = {
    "overview": "/",
    "timeline": "/timeline",
    "timeline-share-category": "/timeline?measure=share&group=category&grain=quarter&events=none",
    "timeline-lines": "/timeline?measure=reach&shape=lines&grain=quarter",
    "timeline-rows": "/timeline?shape=rows&group=category&grain=month",
    "timeline-cells": "/timeline?shape=cells&group=category&grain=month",
    "timeline-calendar": "/timeline?shape=calendar",
    "timeline-evidence": "/timeline?mark=timeline.period-2022-01-01_2022-03-31.family-health",
    "measures": "/measures",
    "compare": "/compare?regions=310000.110000.420000.440000",
    "compare-event": "/compare?regions=310000.110000.420000.440000&align=event",
    "compare-profile": "/compare?regions=310000.110000.420000.440000&section=profile",
    "compare-adoption": "/compare?regions=310000.110000.420000.440000&section=adoption&cat=testing",
    "map": "/map",
    "map-rows": "/map?shape=rows",
    "issuers": "/issuers",
    "issuers-groups": "/issuers?section=groups",
    "issuers-transmission": "/issuers?section=transmission",
    "meetings": "/meetings",
    "document": "/document?document={document}&directive=1",
    "method": "/method",
    "search": "/search?q=核酸檢測",
    "search-lines": "/search?q=核酸&in=document&as=lines",
    "search-trend": "/search?view=trend",
    "search-new": "/search?view=new",
    "search-nothing": "/search?q=核酸 omicron",
    "quality": "/quality",
    "quality-coverage": "/quality?view=coverage",
    "quality-undated": "/quality?view=undated",
    "quality-rejects": "/quality?view=rejects",
    "quality-repairs": "/quality?view=repairs",
    "quality-changes": "/quality?view=changes",
    "sql": "/sql?ask=adoption_curve",
    "dictionary": "/dictionary",
    "filtered": "/?province=310000&from=2022-01-01&to=2022-12-31",
    "empty": "/?province=310000&level=national",
}
LOCALES = {"zh": "zh-CN", "hant": "zh-TW", "en": "en-GB"}
SIZES = {"1440": (1440, 900), "1024": (1024, 768), "390": (390, 844)}
GROUNDS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
README = ("overview", "compare", "document")


def busiest_document(page: Page, address: str) -> str:
    """A document to show: the first of the list by directives."""
    page.goto(f"{address}/meetings?order=directives")
    settle(page)
    href = page.locator('[data-testid="stPageLink"] a').first.get_attribute("href") or ""
    return href.split("document=")[-1].split("&")[0]


def shoot(page: Page, url: str, path: Path, whole: bool = True) -> None:
    """One picture of a page, whole or as much as the screen holds."""
    page.goto(url)
    settle(page)
    page.wait_for_timeout(700)  # Plotly draws after Streamlit has finished
    if not whole:
        page.screenshot(path=path)
        return
    height = page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return Math.max(m.scrollHeight, 844); }"
    )
    size = page.viewport_size or {"width": 1440, "height": 900}
    page.set_viewport_size({"width": size["width"], "height": min(int(height), 6000)})
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    page.set_viewport_size(size)


def take(browser: Browser, address: str, arguments: argparse.Namespace) -> list[str]:
    """All pictures that are asked for; the faults that the console showed."""
    faults: list[str] = []
    for size, language, ground in product(arguments.size, arguments.language, arguments.ground):
        width, height = SIZES[size]
        context = browser.new_context(
            locale=LOCALES[language],
            viewport={"width": width, "height": height},
            color_scheme=ground,
            is_mobile=width < 600,
            has_touch=width < 600,
        )
        page = context.new_page()
        seen = watch(page)
        document = busiest_document(page, address) if "document" in arguments.only else ""
        for name in arguments.only:
            shot = f"{name}-{size}-{language}" + ("-dark" if ground == "dark" else "")
            path = arguments.folder / f"{name if arguments.readme else shot}.png"
            shoot(page, address + PAGES[name].format(document=document), path, whole=not arguments.readme)
            faults += [f"{shot}: {fault}" for fault in seen]
            seen.clear()
        context.close()
    return faults


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("--only", nargs="+", choices=list(PAGES), default=list(PAGES), help="these pages only")
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=["1440", "390"], help="these widths")
    parser.add_argument("--ground", nargs="+", choices=GROUNDS, default=GROUNDS, help="these grounds")
    parser.add_argument("--language", nargs="+", choices=list(LOCALES), default=["zh"], help="these languages")
    parser.add_argument("--readme", action="store_true", help="the pictures of README.md, into docs/")
    arguments = parser.parse_args()
    if arguments.readme:
        chosen = {"folder": Path("docs"), "only": README, "size": ["1440"], "ground": ["light"], "language": ["en"]}
        vars(arguments).update(chosen)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    return arguments


def main() -> int:
    arguments = read_arguments()
    with (
        TemporaryDirectory() as scratch,
        serve(warehouse_dir(), Path(scratch) / "server.log") as address,
        open_chromium() as browser,
    ):
        faults = take(browser, address, arguments)
        print("\n".join(faults) or "no console errors")
        log = (Path(scratch) / "server.log").read_text("utf-8", "replace")
        if "Traceback" in log:
            print(log[-6000:])
            return 1
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
