"""Robust by construction: damaged copies of the sample lose almost nothing, and repairs restore what was damaged.

The held-aside fifth is used in totals only, never looked into.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

import pytest

from etl.lexicon import load_lexicon
from etl.normalise import normalise, normalise_text
from etl.pipeline import extract, to_record
from etl.quality import FIELDS, Score, is_held_aside, score_records
from etl.records import Document, RawDocument
from tests.damage import DAMAGES, Damage, add_pinyin, delete_words, shift_gbk

ROOT = Path(__file__).parents[1]
SAMPLE = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "etl" / "sample").glob("*.txt"))}
GOLD = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "tests" / "cases" / "sample_gold").glob("*.json"))
}
FEWEST = 20  # asked below which a rate says too little to be held to points


@cache
def plain_text(key: str) -> str:
    """The normalised text of the undamaged document."""
    return normalise_text(SAMPLE[key])[0].text


def read(damage: Damage, key: str) -> Document:
    raw = RawDocument(f"{key}.txt", damage.copy(SAMPLE[key], key), damage.media_type)
    return normalise(raw, load_lexicon())


@cache
def scores_of(name: str | None) -> dict[str, Score]:
    """Scores of the whole sample under a damage; undamaged for None."""
    records, golds = [], {}
    for key, text in SAMPLE.items():
        damage = DAMAGES[name] if name else None
        data = damage.copy(text, key) if damage else text.encode()
        raw = RawDocument(f"{key}.txt", data, damage.media_type if damage else "text/plain")
        records.append(to_record(extract(raw, load_lexicon())))
        golds[key] = damage.relabel(GOLD[key]) if damage else GOLD[key]
    return score_records(records, golds)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_the_same_when_it_is_done_again(name: str) -> None:
    damage = DAMAGES[name]
    for key in list(SAMPLE)[:5]:
        assert damage.copy(SAMPLE[key], key) == damage.copy(SAMPLE[key], key)
    assert any(damage.copy(text, key) != text.encode() for key, text in SAMPLE.items())


@pytest.mark.parametrize("name", ["doubled_commas", "half_width", "radicals", "invisibles", "pinyin"])
def test_text_is_as_if_undamaged_when_the_damage_can_be_undone(name: str) -> None:
    differing = Counter()
    for key in SAMPLE:
        text = read(DAMAGES[name], key).text
        if text != plain_text(key):
            matcher = SequenceMatcher(None, plain_text(key), text, autojunk=False)
            differing[key] = sum(max(i2 - i1, j2 - j1) for op, i1, i2, j1, j2 in matcher.get_opcodes() if op != "equal")
    length = sum(len(plain_text(key)) for key in SAMPLE)
    assert sum(differing.values()) <= length * 0.001


def test_runs_out_of_step_are_restored_and_almost_never_wrongly() -> None:
    """Runs where they arise of themselves and, since they are few, behind words put in that make them arise."""
    random = Random(7)
    counts: Counter[str] = Counter()
    words = "开展|科学|快速|抗疫|考虑|扩大|口罩|客运|空气|开学|开工|口岸|快递|克服|课堂|抗击|困难|跨省"
    for key, traditional in product(SAMPLE, (False, True)):
        sound = add_pinyin(SAMPLE[key], Random(key)) if traditional else SAMPLE[key]
        for line in sound.splitlines():
            stops = [m.end() for m in re.finditer("。(?=[\u4e00-\u9fff])", line)]
            if stops:
                place = random.choice(stops)
                line = line[:place] + random.choice(words.split("|")) + line[place:]
            damaged = shift_gbk(line + "\n", random)
            if damaged.replace("?", "？") == f"{line}\n".replace("?", "？"):
                continue
            counts["runs"] += 1
            expected, found = normalise_text(line + "\n")[0].text, normalise_text(damaged)[0].text
            restored = found.translate({0xFF1F: "?"}), expected.translate({0xFF1F: "?"})
            counts["whole"] += restored[0] == restored[1]
            same_length = len(found) == len(expected)
            lost = sum(a != b for a, b in zip(*restored, strict=False)) if same_length else len(expected)
            counts["but one character"] += lost <= 1
            counts["wrong"] += same_length and any(a != b and a != "?" for a, b in zip(*restored, strict=False))
    assert counts["runs"] > 600
    assert counts["whole"] >= 0.9 * counts["runs"]
    assert counts["but one character"] >= 0.98 * counts["runs"]
    assert counts["wrong"] <= 0.01 * counts["runs"]


def test_deleted_words_are_put_back_and_almost_never_wrongly() -> None:
    counts: Counter[str] = Counter()
    for key, text in SAMPLE.items():
        sound = normalise_text(text)[0].text
        damaged = delete_words(sound, Random(key))
        found = normalise_text(damaged)[0].text
        counts["deleted"] += len(sound) - len(damaged)
        matcher = SequenceMatcher(None, sound, found, autojunk=False)
        for op, _, _, j1, j2 in matcher.get_opcodes():
            counts["wrong"] += (j2 - j1) if op in ("insert", "replace") else 0
        counts["back"] += len(found) - len(damaged)
    assert counts["deleted"] > 800
    assert counts["back"] >= 0.4 * counts["deleted"]
    assert counts["wrong"] <= 0.01 * counts["back"]


@pytest.mark.parametrize("name", DAMAGES)
def test_metrics_hold_when_copies_are_damaged(name: str) -> None:
    damage = DAMAGES[name]
    sound, found = scores_of(None), scores_of(name)
    fallen = {}
    for field in FIELDS:
        before, after = sound[field], found[field]
        if before.value is None or after.value is None or before.counts[:, -1].sum() < FEWEST:
            continue
        loss = after.value - before.value if field.startswith("false_") else before.value - after.value
        items = loss * after.counts[:, -1].sum()
        if loss > damage.tolerance and items > 1.5:  # one item of 35 is more than two points
            shown = [failure for failure in after.failures if not is_held_aside(failure.document)]
            fallen[field] = (round(before.value, 4), round(after.value, 4), shown)
    assert fallen == {}


def test_no_date_is_given_when_all_years_are_gone() -> None:
    """A year may still follow from the calendar, and from nothing else."""
    for key, text in SAMPLE.items():
        damage = DAMAGES["no_years"]
        record = to_record(extract(RawDocument(f"{key}.txt", damage.copy(text, key)), load_lexicon()))
        assert record["meeting_date"] is None or record["date_basis"] == "calendar"
