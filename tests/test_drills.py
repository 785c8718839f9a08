"""A sample of each failure drill; `make drill` runs them in full."""

from __future__ import annotations

from pathlib import Path

from tests.drills import crowd, faults, fuzz, kills


def test_nothing_is_lost_when_builds_are_killed(tmp_path: Path) -> None:
    figures = kills.drill(3, tmp_path)
    assert figures["killed"] + figures["finished"] == 3


def test_last_good_build_stands_under_every_fault(tmp_path: Path) -> None:
    figures = faults.drill(tmp_path, quick=True)
    assert figures.keys() == {"drill", *faults.FAULTS}


def test_every_fuzzed_document_and_record_ends_as_rows_or_as_a_reject(tmp_path: Path) -> None:
    figures = fuzz.drill(80, tmp_path)
    assert figures["document_rows"] > 10 and figures["record_rows"] > 10 and sum(figures["rejects"].values()) > 20


def test_readers_see_no_error_when_builds_are_published(tmp_path: Path) -> None:
    figures = crowd.drill(4, 0.8, tmp_path, build_every_s=15, think_s=(1, 3))
    assert figures["builds"] >= 2 and figures["notices"] >= 1 and figures["changes"] > 10
