"""Work in steps: each step taken by all before the next, results in order, failures where they belong."""

from __future__ import annotations

import pytest

from etl.lexicon import load_lexicon
from etl.records import RawDocument, Reject
from etl.stage import TOGETHER, extract_row, extract_rows
from etl.steps import Steps, finish, finish_together


def count_to(last: int, said: list[str], name: str) -> Steps[int]:
    for step in range(1, last):
        said.append(f"{name}{step}")
        yield
    return last


def test_result_is_that_of_the_last_step() -> None:
    assert finish(count_to(4, [], "a")) == 4


def test_every_step_is_taken_by_all_before_the_next() -> None:
    said: list[str] = []
    places: list[int] = []
    works = [count_to(3, said, "a"), count_to(1, said, "b"), count_to(4, said, "c")]
    assert finish_together(works, places.append) == [3, 1, 4]
    assert said == ["a1", "c1", "a2", "c2", "c3"]
    assert places == [0, 1, 2, 0, 2, 0, 2, 2]


def test_a_failure_is_raised() -> None:
    def fails() -> Steps[int]:
        yield
        raise ValueError("no such step")

    with pytest.raises(ValueError, match="no such step"):
        finish_together([count_to(3, [], "a"), fails()], lambda i: None)


def test_rows_of_a_batch_are_those_of_its_documents_one_by_one() -> None:
    text = "某市召开疫情防控会议\n\n2022年3月{}日，某市召开会议。会议强调，要做好核酸检测。\n"
    documents = [RawDocument(f"{i}.txt", text.format(i).encode()) for i in range(1, TOGETHER + 3)]
    documents.insert(3, RawDocument("pdf.txt", b"%PDF-1.7"))
    places: list[int] = []
    rows = list(extract_rows(documents, load_lexicon(), "", places.append))
    assert rows == [extract_row(raw, load_lexicon(), "") for raw in documents]
    assert isinstance(rows[3], Reject) and sum(isinstance(row, Reject) for row in rows) == 1
    assert set(places) == set(range(len(documents)))
