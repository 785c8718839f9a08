"""Quality: the scores are those of the project's scorer, with intervals, and the file is one the warehouse can load."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from etl.build import extract_records
from etl.lexicon.tables import read_table
from etl.quality import (
    FIELDS,
    GOLD,
    PARTS,
    SAMPLE,
    TABLE,
    Failure,
    Interval,
    is_held_aside,
    score_records,
    show,
    write_table,
)
from etl.records import Reject
from etl.reference import read_quality
from warehouse.connection import open_published

SCORER = Path(__file__).parent.parent.parent / "shared" / "score.py"


def gold(**changes: Any) -> dict[str, Any]:
    label: dict[str, Any] = {
        "doc_type": "meeting",
        "script": "hans",
        "meeting_date": "2020-02-03",
        "published_date": None,
        "region": ["上海市"],
        "issuer": "上海市人民政府",
        "level": "province",
        "chair": ["周立群"],
        "attendees": ["马晓东", "高峰"],
        "directives": [
            {"anchor": "一要守好关口", "ordinal": 1, "speaker": "周立群", "categories": ["border", "testing"]},
            {"anchor": "各区要落实责任", "ordinal": None, "speaker": None, "categories": ["leadership"]},
        ],
        "figures": [{"value": 13000000, "unit": "元"}],
        "cited": ["防控方案"],
        "slogans": [],
    }
    return label | changes


def record(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "document_id": "0123456789abcdef",
        "source": "sample/a.txt",
        "doc_type": "meeting",
        "script": "hans",
        "meeting_date": "2020-02-03",
        "region": {"adcode": "310000", "path": ["上海市"]},
        "issuer": "上海市政府",
        "level": "province",
        "chair": ["周立群"],
        "attendees": ["马晓东", "李岚"],
        "directives": [
            {
                "text": "一要守好关口，不得松懈。",
                "ordinal": 1,
                "speaker": "周立群",
                "measures": [{"category": "testing"}, {"category": "border"}],
            },
            {"text": "大家辛苦了。", "ordinal": None, "speaker": None, "measures": []},
        ],
        "figures": [{"value": 13000000.0, "unit": "元"}],
        "cited": ["《防控方案》"],
        "slogans": [],
    }
    return found | changes


def test_scores_are_counted_when_a_record_is_partly_right() -> None:
    scores = score_records([record()], {"a": gold()})
    assert {field: scores[field].value for field in ("doc_type", "meeting_date", "province", "issuer", "chair")} == {
        "doc_type": 1.0,
        "meeting_date": 1.0,
        "province": 1.0,
        "issuer": 1.0,
        "chair": 1.0,
    }
    assert scores["issuer_exact"].value == 0.0
    assert scores["attendees"].value == 0.5
    assert scores["directives"].measure("precision").value == 0.5
    assert scores["directives"].measure("recall").value == 0.5
    assert scores["main_category"].value == 1.0
    assert scores["first_category"].value == 0.0
    assert scores["figures"].value == scores["cited"].value == 1.0
    assert scores["slogans"].value is None
    assert scores["attendees"].failures == (Failure("a", "0123456789abcdef", None, "李岚", "高峰"),)
    assert scores["directives"].failures == (
        Failure("a", "0123456789abcdef", None, "-", "各区要落实责任"),
        Failure("a", "0123456789abcdef", None, "大家辛苦了。", "-"),
    )
    assert [(f.item, f.predicted, f.expected) for f in scores["first_category"].failures] == [
        ("一要守好关口", "testing、border", "border、testing")
    ]


def test_false_fields_count_faults_when_nothing_is_labelled() -> None:
    scores = score_records([record()], {"a": gold(meeting_date=None, region=[], directives=[])})
    assert scores["false_date"].value == scores["false_region"].value == scores["false_directive_docs"].value == 1.0
    assert scores["meeting_date"].measure("rate").n == 0


def test_a_missing_record_counts_as_wrong_when_scored() -> None:
    scores = score_records([], {"a": gold()})
    assert scores["documents_found"].value == scores["doc_type"].value == scores["people"].value == 0.0


def test_intervals_hold_the_value_when_documents_differ() -> None:
    golds = {f"d{n}": gold() for n in range(40)}
    records = [record(source=f"d{n}.txt", meeting_date="2020-02-03" if n % 4 else None) for n in range(40)]
    found = score_records(records, golds)["meeting_date"].measure("rate")
    assert (found.value, found.n) == (0.75, 40)
    assert found.low is not None and found.high is not None
    assert 0.55 < found.low < 0.75 < found.high < 0.95


def test_nothing_is_certain_when_all_are_right() -> None:
    golds = {f"d{n}": gold() for n in range(40)}
    found = score_records([record(source=f"d{n}.txt") for n in range(40)], golds)
    rate = found["meeting_date"].measure("rate")
    assert (rate.value, rate.low, rate.high, rate.n) == (1.0, pytest.approx(0.9278, abs=1e-4), 1.0, 40)
    assert found["false_speaker"].measure("rate") == Interval(None, None, None, 0)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.exists():
        pytest.skip("the project's scorer is not part of the repository")
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scores_are_those_of_the_scorer_when_the_sample_is_measured(scorer: ModuleType) -> None:
    golds = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))}
    records = [item for item in extract_records((SAMPLE,)) if not isinstance(item, Reject)]
    # damage some records, so that every kind of fault is counted
    for number, item in enumerate(records):
        if number % 5 == 0:
            item["meeting_date"], item["attendees"] = "2020-01-01", [*item["attendees"][1:], "某人"]
        if number % 7 == 0:
            item["directives"], item["region"] = item["directives"][:-1], {"adcode": None, "path": []}
    expected = scorer.score({Path(r["source"]).stem: r for r in records}, golds, [])
    found = score_records(records, golds)
    assert list(found) == list(FIELDS)
    assert set(found) == set(expected)
    for field, score in found.items():
        theirs = expected[field]
        if theirs is None:
            assert score.value is None, field
        elif score.kind == "rate":
            assert (score.value, score.measure("rate").n) == (pytest.approx(theirs["rate"], abs=1e-4), theirs["asked"])
        else:
            assert score.value == pytest.approx(theirs["f1"], abs=1e-4), field
            assert score.measure("precision").value == pytest.approx(theirs["p"], abs=1e-4), field
            assert score.measure("recall").value == pytest.approx(theirs["r"], abs=1e-4), field
            assert score.measure("recall").n == theirs["gold"], field


def test_table_is_readable_when_written(tmp_path: Path) -> None:
    working, aside = score_records([record()], {"a": gold()}), score_records([], {"b": gold()})
    path = tmp_path / "quality.tsv"
    write_table({"working": working, "held_aside": aside, "all": working}, path)
    by_key = {(r["field"], r["split"], r["metric"]): r for r in read_quality(path)}
    assert {metric for field, part, metric in by_key if (field, part) == ("attendees", "held_aside")} == {
        "f1",
        "precision",
        "recall",
    }
    assert by_key["attendees", "working", "f1"]["value"] == 0.5
    assert by_key["attendees", "working", "f1"]["failures"] == [
        {
            "document": "a",
            "document_id": "0123456789abcdef",
            "item": None,
            "predicted": "李岚",
            "expected": "高峰",
        }
    ]
    assert {part for (_, part, _), row in by_key.items() if row["failures"]} == {"working"}
    assert "attendees" in show({"working": working})


def test_failures_are_rows_when_a_warehouse_loads_the_table(sample_warehouse: Path) -> None:
    with open_published(sample_warehouse) as connection:
        found = connection.execute(
            "SELECT q.field, f.document, f.predicted <> f.expected FROM quality AS q, unnest(q.failures) AS t(f)"
        ).fetchall()
        parts = connection.execute("SELECT DISTINCT split FROM v_quality ORDER BY ALL").fetchall()
    assert parts == [("all",), ("held_aside",), ("warehouse",), ("working",)]
    assert found
    assert not [document for _, document, _ in found if is_held_aside(document)]
    assert all(differs for _, _, differs in found)


def test_bundled_table_names_every_field_when_read() -> None:
    rows = read_table(TABLE)
    assert {row["field"] for row in rows} == set(FIELDS)
    assert {row["split"] for row in rows} == set(PARTS)


def test_a_fifth_is_held_aside_when_the_sample_is_split() -> None:
    stems = [path.stem for path in GOLD.glob("*.json")]
    assert len(stems) == 264
    assert sum(map(is_held_aside, stems)) == 65
