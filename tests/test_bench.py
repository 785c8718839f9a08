"""Generated corpora and records: the same every time, and such that they extract and load. Nothing here is timed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from bench.builds import filled
from bench.corpus import WRITERS, pages
from bench.generated import stage
from bench.questions import SELECTIONS, measure, questions, subject_of
from bench.sample import sample_texts
from bench.table import Figure, line, percentile
from dashboard import builds, checking, comparing, documents, provenance, queries, searching
from dashboard.builds import Build
from dashboard.filters import Filters
from etl.build import extract_records
from etl.quality import is_held_aside
from etl.records import Reject

COUNT = 40


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(300, tmp_path_factory.mktemp("generated"))[0]


def test_corpus_is_the_same_when_generated_again() -> None:
    assert [page.data for page in pages(COUNT)] == [page.data for page in pages(COUNT)]
    assert [page.data for page in pages(COUNT, seed=2)] != [page.data for page in pages(COUNT)]
    assert [page.data for page in pages(5)] == [page.data for page in pages(COUNT)][:5]


def test_documents_held_aside_are_no_material() -> None:
    assert len(sample_texts()) > 100
    assert not [name for name in sample_texts() if is_held_aside(name)]


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_corpus_extracts_in_every_format(kind: str, tmp_path: Path) -> None:
    path = tmp_path / {"folder": "corpus", "jsonl": "corpus.jsonl", "warc": "corpus.warc.gz"}[kind]
    WRITERS[kind](path, pages(COUNT))
    records = list(extract_records([path], sifted=False))
    assert len(records) == COUNT
    found = [record for record in records if not isinstance(record, Reject)]
    assert len(found) == COUNT
    assert sum(len(record["directives"]) for record in found) > COUNT


def test_records_are_the_same_when_staged_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        stage(tmp_path / name, 50)
    one, two = (pq.read_table(tmp_path / name / "records" / "generated-00000.parquet") for name in ("one", "two"))
    assert one.equals(two)


def test_generated_records_pass_every_check_when_loaded(warehouse: Path) -> None:
    """Loading ran the checks; spans cut their texts out of the documents."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        documents, copies, measures = connection.execute(
            "SELECT count(*), count(*) FILTER (NOT is_primary), (SELECT count(*) FROM measures) FROM documents"
        ).fetchall()[0]
    assert documents == 300
    assert 0 < copies < 40
    assert 4 < measures / documents < 12


def test_every_question_of_the_dashboard_is_measured(warehouse: Path) -> None:
    build = Build(str(warehouse), "generated")
    asked = questions(build, subject_of(build))
    defined = {
        name
        for module in (builds, queries, provenance, documents, comparing, searching, checking)
        for name, value in vars(module).items()
        if hasattr(value, "__wrapped__") and value.__module__ == module.__name__
    }
    assert {name.split(" ")[0] for name in asked} == defined - {"connect"}
    for ask in asked.values():
        ask(Filters())


def test_figures_name_each_question_and_their_target(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.questions.SELECTIONS", {"all": SELECTIONS["all"]})
    monkeypatch.setattr("bench.questions.ROUNDS", 1)
    figures = list(measure(warehouse, 300, baselines=True))
    assert {figure.section for figure in figures} == {"questions", "pandas", "sqlite"}
    assert all(figure.value > 0 for figure in figures)


def test_table_says_what_misses_its_target() -> None:
    assert "MISSED" in line(Figure("load", "all", 10, 2.0, "s", 1.0))
    assert "MISSED" not in line(Figure("load", "all", 10, 2.0, "times", 1.8, at_least=True))
    assert percentile([4, 1, 3, 2], 50) == 2
    assert percentile(range(1, 101), 95) == 95
