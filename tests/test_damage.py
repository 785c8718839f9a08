"""Robust by construction: damaged copies of the sample lose almost nothing, and repairs restore what was damaged.

Each kind of damage is done to a third of the sample here, another third for each; `python -m tests.robustness` does it
to the whole and prints the table.
"""

from __future__ import annotations

import pytest

from etl.quality import is_held_aside
from tests import robustness
from tests.damage import DAMAGES
from tests.robustness import TEXTS, UNDONE

KEYS = {name: list(TEXTS)[number % 3 :: 3] for number, name in enumerate(DAMAGES)}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_the_same_when_it_is_done_again(name: str) -> None:
    damage = DAMAGES[name]
    for key in KEYS[name][:5]:
        assert damage.copy(TEXTS[key], key) == damage.copy(TEXTS[key], key)
    assert any(damage.copy(TEXTS[key], key) != TEXTS[key].encode() for key in KEYS[name])


@pytest.mark.parametrize("name", UNDONE)
def test_text_is_as_if_undamaged_when_the_damage_can_be_undone(name: str) -> None:
    left = robustness.characters_left_wrong(name, KEYS[name])
    assert left["characters"] > 20_000
    assert left["wrong"] <= 0.001 * left["characters"]


def test_runs_out_of_step_are_restored_and_almost_never_wrongly() -> None:
    counts = robustness.runs_restored(TEXTS)
    assert counts["runs"] > 600
    assert counts["whole"] >= 0.9 * counts["runs"]
    assert counts["but one character"] >= 0.98 * counts["runs"]
    assert counts["wrong"] < 0.01 * counts["runs"]


def test_deleted_words_are_put_back_and_almost_never_wrongly() -> None:
    counts = robustness.words_restored(TEXTS)
    assert counts["deleted"] > 800
    assert counts["back"] >= 0.4 * counts["deleted"]
    assert counts["wrong"] < 0.01 * counts["back"]


@pytest.mark.parametrize("name", DAMAGES)
def test_metrics_hold_when_copies_are_damaged(name: str) -> None:
    keys = KEYS[name]
    found = robustness.scores(name, keys)
    fallen = {
        field: (loss, [failure for failure in found[field].failures if not is_held_aside(failure.document)])
        for field, loss in robustness.losses(name, keys).items()
        if robustness.is_missed(name, field, loss, keys)
    }
    assert fallen == {}


def test_no_date_is_given_when_all_years_are_gone() -> None:
    """A year may still follow from the calendar, and from nothing else."""
    assert robustness.invented_dates(TEXTS) == []
