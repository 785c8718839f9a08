"""The entry: page config, navigation in groups, the filters that hold on every page, and the page itself.

`streamlit run dashboard/app.py` and `python -m dashboard` both run this file; Streamlit puts only this folder on the
import path, hence the first lines. No exception of a page reaches a reader: it is logged, and the page says so.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402
from streamlit.navigation.page import StreamlitPage  # noqa: E402

from dashboard import builds, evidence, gestures, journal, markup, queries, refresh, sidebar, sign_in  # noqa: E402
from dashboard.first_build import offer_first_build  # noqa: E402
from dashboard.roles import Visitor  # noqa: E402
from dashboard.text import Text  # noqa: E402
from dashboard.theme import LOOKS, style_sheet  # noqa: E402
from dashboard.view import View, set_view  # noqa: E402

log = logging.getLogger("dashboard")

ICON = Path(__file__).with_name("icon.png")  # drawn here: an icon by name would be fetched from elsewhere

# Look at the whole, check the single case, ask for oneself, judge whether to trust it. Icons are Material Symbols.
HIDDEN = {"document"}  # a list or a chart leads there
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "look": (
        ("overview", ":material/dashboard:"),
        ("timeline", ":material/timeline:"),
        ("measures", ":material/category:"),
        ("compare", ":material/compare_arrows:"),
        ("map", ":material/grid_view:"),
        ("issuers", ":material/groups:"),
    ),
    "check": (
        ("search", ":material/search:"),
        ("meetings", ":material/article:"),
        ("document", ":material/description:"),
    ),
    "ask": (("sql", ":material/terminal:"), ("dictionary", ":material/menu_book:")),
    "trust": (("quality", ":material/fact_check:"), ("method", ":material/verified:")),
}


def navigate(text: Text, visitor: Visitor | None, is_hidden: bool) -> StreamlitPage:
    """The page that is asked for, of those that the visitor may open; the menu of them unless it is hidden."""
    return st.navigation(
        {
            text(f"nav.{group}"): [
                st.Page(
                    f"app_pages/{name}.py",
                    title=text(f"page.{name}"),
                    icon=icon,
                    url_path=name,
                    default=name == "overview",
                    visibility="hidden" if name in HIDDEN else "visible",
                )
                for name, icon in pages
                if visitor is None or visitor.may_open(name)
            ]
            for group, pages in PAGES.items()
        },
        position="hidden" if is_hidden else "sidebar",
    )


def main() -> None:
    """One run of the script."""
    journal.begin()
    st.set_page_config(page_title="Epidemic measures 疫情防控措施", page_icon=str(ICON), layout="wide")
    sidebar.bind()
    text = Text(sidebar.read_language())
    look = LOOKS["dark" if st.context.theme.type == "dark" else "light"]
    st.html(f"<style>{style_sheet(look)}</style>")
    visitor = sign_in.admit(text)
    build = builds.current_build() if visitor else None
    page = navigate(text, visitor, is_hidden=build is None)
    if visitor is None:
        return
    if build is None:
        offer_first_build(text, may_build=visitor.may("correct") or visitor.author == "local")
        return
    try:
        options = queries.options(build)
        view = View(build, options, sidebar.read(build, options), text, look)
        set_view(view)
        refresh.announce(view)
        with st.sidebar:
            sidebar.draw(view)
            sidebar.choose_language(text)
            sign_in.draw_visitor(text, visitor)
        refresh.warn(view)
        sidebar.tell_unknown(view)
        gestures.copy_address(text("share.copy"), text("share.copied"), text.tag)
        page.run()
        if page.url_path not in HIDDEN:
            evidence.draw(view, page.url_path or "overview")
    except Exception:  # the reader's last line of defence; reruns and stops are no Exceptions
        log.exception("page %s failed with %s", page.url_path or "overview", sorted(st.query_params))
        if builds.is_readable(build):
            st.html(markup.alert(text("error.page"), text("error.next")))
        else:
            st.html(markup.alert(text("error.build"), text("error.build_next")))


main()
