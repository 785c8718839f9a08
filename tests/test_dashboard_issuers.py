"""Issuers, Compare and Map as pages: every section and choice draws, links restore, hostile values fall away."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import transmission
from dashboard.charts.side_by_side import ROW_MEASURES
from dashboard.charts.tiles import TILE_MEASURES
from dashboard.comparing import LEVELS
from dashboard.text import LANGUAGES, Text, load_strings
from dashboard.theme import LIGHT
from tests.test_dashboard_pages import charts, run, words

D = dt.date
ZH, EN = Text("zh"), Text("en")
CAUSES = ("导致", "促使", "引起", "因此", "使得", "影响", "caus", "because", "led to", "effect", "drove", "influence")


def drawn(warehouse: Path, monkeypatch: pytest.MonkeyPatch, page: str, /, **url: str) -> list[str]:
    """The charts of a page that showed no fault."""
    app = run(warehouse, monkeypatch, page, **{"lang": "en", **url})
    assert EN("error.page") not in words(app)
    return charts(app)


@pytest.mark.parametrize("align", ["calendar", "event", "first"])
@pytest.mark.parametrize("measure", ROW_MEASURES)
def test_trends_draw_whatever_is_measured_and_aligned(
    align: str, measure: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = {"align": align, "as": measure, "regions": "310000.110000.620000", "own": "vaccination"}
    assert len(drawn(sample_warehouse, monkeypatch, "compare", **url)) == 1


@pytest.mark.parametrize("by", ["region", "issuer"])
@pytest.mark.parametrize(
    ("section", "expected"), [("profile", 1), ("adoption", 3)]
)  # fmt: skip
def test_sections_of_compare_draw(
    section: str, expected: int, by: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for choice in ({"show": "dots", "scope": "all"}, {"show": "mean", "scope": "chosen"}):
        assert len(drawn(sample_warehouse, monkeypatch, "compare", by=by, section=section, **choice)) == expected


@pytest.mark.parametrize("shape", ["map", "rows"])
@pytest.mark.parametrize("measure", TILE_MEASURES)
def test_map_draws_every_measure(
    measure: str, shape: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for more in ({"focus": "testing", "period": "2022-01-01"}, {"focus": "any"}):
        assert len(drawn(sample_warehouse, monkeypatch, "map", measure=measure, shape=shape, **more)) == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ({}, 4),
        ({"section": "groups"}, 1),
        ({"section": "groups", "by": "kind", "show": "mean"}, 1),
        ({"section": "transmission"}, 1),
    ],
)
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_sections_of_issuers_draw(
    url: dict[str, str], expected: int, language: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(drawn(sample_warehouse, monkeypatch, "issuers", **url, lang=language)) == expected


def test_a_link_names_the_body_and_restores_it(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(sample_warehouse, monkeypatch, "issuers", lang="en")
    options = app.selectbox(key="pick_body").options
    app.selectbox(key="pick_body").select(options[2]).run()
    chosen = app.query_params["body"]
    body = chosen if isinstance(chosen, str) else chosen[0]
    again = run(sample_warehouse, monkeypatch, "issuers", lang="en", body=body)
    assert charts(again) == charts(app)
    assert f"<h2>{options[2]}</h2>" in words(again)


def test_too_few_documents_is_said_where_it_is_the_answer(
    sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = {"section": "profile", "regions": "620000.640000"}
    app = run(sample_warehouse, monkeypatch, "compare", lang="en", **url)
    assert EN("difference.too_few", n=10) in words(app)
    assert "em-table" in words(app)
    assert f"<strong>{EN('verdict.clear')}</strong>" not in words(app)


def test_no_order_is_said_with_the_documents_it_rests_on(
    sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = drawn(sample_warehouse, monkeypatch, "compare", section="adoption", cat="donations")
    assert "No order seen up to" in specs[0]
    assert "announcements until then" in specs[0]


# --- days until a meeting was conveyed -----------------------------------------------------------------------------


def conveyed(*days: int) -> pd.DataFrame:
    """So many announcements of a county, each so many days after the meeting that it conveys."""
    return pd.DataFrame(
        {
            "level": "county",
            "days": days,
            "issuer": "某县<b>",
            "issuer_id": "i1",
            "as_written": "省委常委会会议精神<script>",
            "conveyed_level": "province",
            "conveyed_date": D(2022, 3, 1),
            "is_conveyed_date_inferred": [n % 2 == 1 for n in days],
            "day": [D(2022, 3, 1) + dt.timedelta(days=n) for n in days],
            "document_id": [f"d{i}" for i in range(len(days))],
        }
    )


NAMES = {level: level for level in LEVELS}


def test_median_and_spread_are_drawn_where_there_are_enough() -> None:
    chart = transmission.days_between(conveyed(0, 1, 1, 2, 3, 8), LEVELS, NAMES, LIGHT, EN)
    line = next(shape for shape in chart.figure.layout.shapes if shape.type == "line")
    assert (line.x0, line.x1) == (1.5, 1.5)
    assert chart.alt == "n = 6, median 1.5 days, middle half 1–2.8, all 0–8; median's 95% interval 0–8"
    assert list(chart.figure.data[0].marker.color).count("#FFFFFF") == 3  # inferred days are hollow
    assert list(chart.figure.data[0].customdata[0]) == ["2022-03-01", "i1", ""]


def test_too_few_have_dots_and_no_median() -> None:
    chart = transmission.days_between(conveyed(0, 4), LEVELS, NAMES, LIGHT, EN)
    assert chart.figure.layout.shapes == ()
    assert chart.alt == "too few documents (n = 2) for a median"
    assert len(chart.figure.data[0].x) == 2


def test_words_of_announcements_are_shown_as_they_stand() -> None:
    spec = transmission.days_between(conveyed(1, 2), LEVELS, NAMES, LIGHT, ZH).figure.to_json()
    assert "<script>" not in json.dumps(json.loads(spec)["data"], ensure_ascii=False)


def test_no_word_says_that_one_moved_the_other() -> None:
    said = {key: row for key, row in load_strings().items() if key.startswith(("transmission.", "issuers."))}
    assert [key for key, row in said.items() if any(word in row[lang] for lang in row for word in CAUSES)] == []
