"""Every page, run by Streamlit's own test driver: in each language, filtered, empty, and under a hostile URL."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.sidebar import PARAMETERS
from dashboard.text import LANGUAGES, Text
from etl.build import build
from tests.announcements import WUHAN, make_folder
from tests.small_warehouse import publish_small
from tests.test_corrections import WUHAN_ID, correction, write_file
from warehouse.settings import ROOT

APP = str(ROOT / "dashboard" / "app.py")
PAGES = sorted(path.stem for path in (ROOT / "dashboard" / "app_pages").glob("*.py") if path.stem != "__init__")
TIMEOUT_S = 60
PAGE_PARAMETERS = (
    *("lang", "grain", "group", "measure", "shape", "events", "focus", "by", "regions", "bodies", "as"),
    *("document", "directive", "order", "q", "page", "show", "via"),
    *("mark", "sort", "part", "only", "of", "index", "place_of_index"),
    *("ask", "sql", "explain", "chart", "x", "y", "colour", "table", "p_category"),
    *("section", "align", "event", "own", "window", "cat", "show", "scope", "curves", "period", "body"),
    *("view", "in", "when", "against", "field", "reason", "rule", "since", "change", "mark", "sort", "part"),
)


def run(warehouse: Path, monkeypatch: pytest.MonkeyPatch, at: str = "overview", /, **url: str) -> AppTest:
    """The app at a page of a URL."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouse))
    app = AppTest.from_file(APP, default_timeout=TIMEOUT_S)
    for name, value in url.items():
        app.query_params[name] = value
    app.run()
    if at != "overview":
        app.switch_page(f"app_pages/{at}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All HTML that the page shows."""
    return "\n".join(element.proto.body for element in app.get("html"))


def charts(app: AppTest) -> list[str]:
    """The specifications of the page's charts."""
    return [element.proto.spec for element in app.get("plotly_chart")]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small")
    publish_small(directory)
    return directory


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("page", PAGES)
def test_page_draws_when_opened(
    page: str, language: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_warehouse, monkeypatch, page, lang=language)
    text = Text(language)  # type: ignore[arg-type]
    assert text("error.page") not in words(app)
    assert "em-title" in words(app)
    other = Text("en" if language == "zh" else "zh")
    assert other("filter.more") not in [expander.label for expander in app.expander]


@pytest.mark.parametrize("page", PAGES)
def test_page_explains_itself_when_nothing_matches(
    page: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_warehouse, monkeypatch, page, lang="en", province="310000", level="national")
    assert Text("en")("error.page") not in words(app)
    if page not in ("method", "document", "sql", "dictionary", "quality"):  # these do not follow the filters
        assert Text("en")("empty.none") in words(app)
        assert not charts(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_draws_when_there_is_next_to_nothing(page: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, page, lang="en")
    assert Text("en")("error.page") not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_draws_when_the_url_is_hostile(page: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attack = "'\"><script>alert(1)</script>{0}$x; DROP TABLE documents --"
    names = (*PARAMETERS, *PAGE_PARAMETERS)
    app = run(sample_warehouse, monkeypatch, page, **dict.fromkeys(names, attack))
    shown = words(app)
    assert "<script>" not in shown
    assert all(Text(language)("error.page") not in shown for language in LANGUAGES)


def test_overview_counts_what_the_filters_choose(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<dd>3</dd>" in words(run(small, monkeypatch, lang="en"))
    assert "<dd>2</dd>" in words(run(small, monkeypatch, lang="en", province="310000"))
    assert "<dd>4</dd>" in words(run(small, monkeypatch, lang="en", copies="1"))


def test_a_chart_is_shared_by_those_who_see_the_same_and_by_nobody_else(
    sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views: list[dict[str, str]] = [
        {"lang": "en"},
        {"lang": "zh"},
        {"lang": "en", "province": "310000"},
        {"lang": "en", "from": "2022-01-01"},
        {"lang": "en", "explicit": "1"},
    ]
    seen = [charts(run(sample_warehouse, monkeypatch, **url)) for url in views]
    assert len({chart for page in seen for chart in page[:1]}) == len(views)
    mark = "overview-time.period-2022-01-01_2022-03-31.family-health"
    assert '"selectedpoints"' in charts(run(sample_warehouse, monkeypatch, lang="en", mark=mark))[0]
    assert [charts(run(sample_warehouse, monkeypatch, **url)) for url in views] == seen


def test_filters_hold_when_the_page_changes(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "measures", lang="en", province="310000")
    assert "Shanghai" in words(app)
    app.switch_page("app_pages/meetings.py").run()
    assert "1 announcement;" in words(app)


def test_a_choice_goes_to_the_url_as_an_id(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, lang="en")
    app.multiselect(key="pick_province").select("Shanghai").run()
    assert app.query_params["province"] in ("310000", ["310000"])
    app.button(key="clear").click().run()
    assert "province" not in app.query_params


def test_language_is_switched_by_the_reader(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, lang="en")
    assert Text("en")("overview.title") in words(app)
    app.segmented_control(key="pick_lang").set_value("zh").run()
    assert Text("zh")("overview.title") in words(app)


VIEWS = [("search", name) for name in ("find", "trend", "new")]
VIEWS += [("quality", name) for name in ("fields", "coverage", "undated", "rejects", "repairs", "changes")]


@pytest.mark.parametrize(("page", "name"), VIEWS)
def test_every_view_of_a_page_draws(
    page: str, name: str, small: Path, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = dict.fromkeys(
        set(PAGE_PARAMETERS) - {"lang", "view"}, "'\"><script>alert(1)</script>{0}%_$x; DROP TABLE x --"
    )
    for warehouse in (sample_warehouse, small):
        for more in ({}, {"province": "110000", "q": "核酸 -学校", "in": "document", "as": "lines"}, attack):
            app = run(warehouse, monkeypatch, page, lang="en", view=name, **more)
            assert Text("en")("error.page") not in words(app)
            assert Text("en")(f"{page}.title") in words(app)
            assert "<script>" not in words(app)


def test_search_shows_words_in_context_and_explains_why_nothing_is_found(
    sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traditional = words(run(sample_warehouse, monkeypatch, "search", lang="en", q="核酸檢測"))
    assert '<mark class="em-hit">核酸检测</mark>' in traditional
    assert traditional == words(run(sample_warehouse, monkeypatch, "search", lang="en", q="核酸检测"))
    nothing = words(run(sample_warehouse, monkeypatch, "search", lang="en", q="核酸 <b>无此词</b>"))
    assert "No directive at all has “&lt;b&gt;无此词&lt;/b&gt;”." in nothing
    assert "“核酸”." not in nothing


@pytest.mark.parametrize("shape", ["stacked", "lines", "rows", "cells", "calendar"])
@pytest.mark.parametrize("measure", ["directives", "share", "documents", "reach", "strength"])
def test_timeline_draws_in_every_shape(
    shape: str, measure: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_warehouse, monkeypatch, "timeline", lang="en", shape=shape, measure=measure, group="category")
    assert len(charts(app)) == 1


def test_document_shows_its_directive_in_the_text(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, "document", lang="en", document="a", directive="2")
    shown = words(app)
    assert (
        'em-chosen" aria-current="true" data-seq="2"><span class="em-number">2</span>'
        '<mark class="em-term em-containment">'
    ) in shown
    assert "Testing &amp; screening" in shown
    assert "The same text is found in 1 other places" in shown
    assert "source at example.org" in shown


def test_document_that_is_gone_is_said_to_be(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No such announcement" in words(run(small, monkeypatch, "document", lang="en", document="nowhere"))


def test_a_fault_is_logged_and_not_shown(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret in a traceback")

    monkeypatch.setattr("dashboard.queries.headline", fail)
    app = run(small, monkeypatch, lang="en")
    assert Text("en")("error.page") in words(app)
    assert "secret" not in words(app)
    assert "a secret in a traceback" in caplog.text


def test_without_a_warehouse_the_sample_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(tmp_path, monkeypatch, lang="en")
    assert Text("en")("first.title") in words(app)
    app.button(key="build_sample").click().run(timeout=240)
    assert not app.exception
    assert Text("en")("overview.title") in words(app)


def test_corrections_that_are_not_applied_are_told_to_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse, folder = tmp_path / "warehouse", make_folder(tmp_path / "city", wuhan=WUHAN)
    write_file(
        warehouse,
        correction("meeting_date", "2022-03-09", "2022-03-02", reason="<b>日期有误"),
        correction("level", "prefecture", "county"),
    )
    assert len(build([folder], warehouse).failed_corrections) == 1
    app = run(warehouse, monkeypatch, "quality", lang="en", view="rejects")
    shown = words(app)
    assert Text("en")("correct.failures") in shown
    assert "2022-03-09 → 2022-03-02" in shown and "not '2022-03-09'" in unescape(shown)
    assert "&lt;b&gt;日期有误" in shown and "county" not in shown


def test_a_document_tells_how_it_was_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse, folder = tmp_path / "warehouse", make_folder(tmp_path / "city", wuhan=WUHAN)
    write_file(warehouse, correction("meeting_date", "2022-03-01", "2022-03-02"))
    build([folder], warehouse)
    shown = words(run(warehouse, monkeypatch, "document", lang="en", document=WUHAN_ID))
    assert "2022-03-01 → 2022-03-02" in shown
    assert "editor@example.org, 28 Nov 2026" in shown and Text("en")("correct.applied") in shown


def test_filters_of_a_link_that_do_not_exist_are_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(small, monkeypatch, lang="en", issuer="i<b>9", category="testing", **{"from": "2022-13-45"})
    assert "Issuer “i&lt;b&gt;9”" in words(app) and "Dates “2022-13-45”" in words(app)
    assert Text("en")("filter.unknown") not in words(run(small, monkeypatch, lang="en", category="testing"))


def test_a_damaged_build_is_told_from_a_fault_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = publish_small(tmp_path)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:4096] + bytes(8192))
    shown = words(run(tmp_path, monkeypatch, lang="en"))
    assert Text("en")("error.build_next") in shown and Text("en")("error.next") not in shown


def test_one_region_alone_is_not_said_to_have_no_announcement(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = words(run(small, monkeypatch, "compare", lang="en", province="310000"))
    text = Text("en")
    assert text("compare.only_one", name="Shanghai") in shown and text("empty.none") not in shown


def test_what_is_not_there_is_not_told_as_nothing(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = words(run(sample_warehouse, monkeypatch, lang="en", province="310000", level="national"))
    assert "0 announcements · 0 directives · data of" in nothing and "0 per announcement" not in nothing
    assert "2 announcements without a date" in words(run(sample_warehouse, monkeypatch, "timeline", lang="en"))
    dated = words(run(sample_warehouse, monkeypatch, "timeline", lang="en", province="310000"))
    assert "29 announcements" in dated and "without a date" not in dated


@pytest.mark.parametrize(
    ("page", "asked", "is_wide"),
    [
        ("map", {}, False),
        ("map", {"shape": "rows"}, True),
        ("timeline", {"shape": "calendar"}, True),
        ("timeline", {"shape": "cells"}, False),
    ],
)
def test_a_chart_wider_than_a_phone_says_so(
    page: str, asked: dict[str, str], is_wide: bool, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = words(run(sample_warehouse, monkeypatch, page, lang="en", **asked))
    assert (Text("en")("panel.sideways") in shown) == is_wide
