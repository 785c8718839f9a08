"""What damage costs: how far each metric falls on damaged copies of the sample, and how much of the damage is mended.

    python -m tests.robustness      # the whole sample under every kind of damage, about two minutes

Prints, for every metric, its value on sound documents and by how many points it falls under each kind of damage, then
what the repairs restored. The held-aside fifth is used in totals only. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from random import Random

from etl.lexicon import load_lexicon
from etl.normalise import normalise, normalise_text
from etl.pipeline import extract, to_record
from etl.quality import FIELDS, GOLD, SAMPLE, Record, Score, score_records
from etl.records import RawDocument
from tests.damage import DAMAGES, Damage, add_pinyin, delete_words, shift_gbk

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt"))}
LABELS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))}
UNDONE = ("pinyin", "doubled_commas", "half_width", "radicals", "invisibles")  # leave a text as if nothing had been
FEWEST = 20  # asked below which a rate says too little to be held to points
LEAST = 1.5  # items that must be lost as well: one of 35 is more than two points
# words of two characters that begin with the byte BF, so that one behind a 。 has A3 BF before it
WORDS = "开展科学快速抗疫考虑扩大口罩客运空气开学开工口岸快递克服课堂抗击困难跨省"


@cache
def record_of(name: str | None, key: str) -> Record:
    """What is extracted from a document under a damage; undamaged for None."""
    return to_record(extract(raw_copy(DAMAGES[name] if name else None, key), load_lexicon()))


def raw_copy(damage: Damage | None, key: str) -> RawDocument:
    if damage is None:
        return RawDocument(f"{key}.txt", TEXTS[key].encode())
    return RawDocument(f"{key}.txt", damage.copy(TEXTS[key], key), damage.media_type)


def scores(name: str | None, keys: Sequence[str], relabel: bool = True) -> dict[str, Score]:
    """Scores of documents under a damage, against the labels that the damaged copies have."""
    damage = DAMAGES[name] if name else None
    golds = {key: damage.relabel(LABELS[key]) if damage and relabel else LABELS[key] for key in keys}
    return score_records([record_of(name, key) for key in keys], golds)


def losses(name: str, keys: Sequence[str]) -> dict[str, float]:
    """By how much each metric falls, as a fraction; metrics of which too little was asked are left out."""
    sound, found = scores(None, keys), scores(name, keys)
    fallen = {}
    for field in FIELDS:
        before, after = sound[field], found[field]
        if before.value is not None and after.value is not None and before.counts[:, -1].sum() >= FEWEST:
            fallen[field] = round(before.value - after.value, 6) * (-1 if field.startswith("false_") else 1) + 0.0
    return fallen


def is_missed(name: str, field: str, loss: float, keys: Sequence[str]) -> bool:
    """Whether a metric falls further than its damage allows."""
    items = loss * scores(name, keys)[field].counts[:, -1].sum()
    return loss > DAMAGES[name].tolerance and items > LEAST


@cache
def plain_text(key: str) -> str:
    """The normalised text of the undamaged document."""
    return normalise_text(TEXTS[key])[0].text


def characters_left_wrong(name: str, keys: Iterable[str]) -> Counter[str]:
    """Characters of the damaged copies, normalised, that differ from the undamaged text; and all."""
    counts: Counter[str] = Counter()
    for key in keys:
        expected, found = plain_text(key), normalise(raw_copy(DAMAGES[name], key), load_lexicon()).text
        counts["characters"] += len(expected)
        if found != expected:
            for op, a, b, c, d in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
                counts["wrong"] += max(b - a, d - c) if op != "equal" else 0
    return counts


def runs_restored(keys: Iterable[str]) -> Counter[str]:
    """Runs out of step, where they arise of themselves and, since those are few, behind words that make them arise."""
    random = Random(7)
    counts: Counter[str] = Counter()
    for key in keys:
        for sound in (TEXTS[key], add_pinyin(TEXTS[key], Random(key))):
            for line in sound.splitlines():
                stops = [m.end() for m in re.finditer("。(?=[\u4e00-\u9fff])", line)]
                if stops:
                    place = random.choice(stops)
                    line = line[:place] + WORDS[2 * random.randrange(len(WORDS) // 2) :][:2] + line[place:]
                damaged = shift_gbk(line + "\n", random)
                if damaged.replace("?", "？") != f"{line}\n".replace("?", "？"):
                    counts += _compare_run(normalise_text(line + "\n")[0].text, normalise_text(damaged)[0].text)
    return counts


def _compare_run(expected: str, found: str) -> Counter[str]:
    """Whole, or but for one character; wrong where it has another character, not the mark of a lost one."""
    pairs = list(zip(found.replace("？", "?"), expected.replace("？", "?"), strict=False))
    same_length = len(found) == len(expected)
    lost = sum(a != b for a, b in pairs) if same_length else len(expected)
    wrong = same_length and any(a not in (b, "?") for a, b in pairs)
    return Counter({"runs": 1, "whole": lost == 0, "but one character": lost <= 1, "wrong": wrong})


def words_restored(keys: Iterable[str]) -> Counter[str]:
    """Characters deleted, put back, and put where none was deleted."""
    counts: Counter[str] = Counter()
    for key in keys:
        sound = plain_text(key)
        damaged = delete_words(sound, Random(key))
        found = normalise_text(damaged)[0].text
        counts["deleted"] += len(sound) - len(damaged)
        counts["back"] += len(found) - len(damaged)
        for op, _, _, c, d in SequenceMatcher(None, sound, found, autojunk=False).get_opcodes():
            counts["wrong"] += (d - c) if op in ("insert", "replace") else 0
    return counts


def invented_dates(keys: Iterable[str]) -> list[str]:
    """Documents without any year whose copy has a date all the same, and not by the calendar, which needs no year."""
    return [
        key
        for key in keys
        if record_of("no_years", key)["meeting_date"] and record_of("no_years", key)["date_basis"] != "calendar"
    ]


def main() -> int:
    keys = list(TEXTS)
    sound = scores(None, keys)
    missed = []
    print("points lost" + " " * 9 + f"{'sound':>7}" + "".join(f"{name[:13]:>14}" for name in DAMAGES))
    table = {name: losses(name, keys) for name in DAMAGES}
    for field in FIELDS:
        if any(field in column for column in table.values()):
            cells = [
                f"{100 * column[field] + 0.0:>14.1f}" if field in column else f"{'-':>14}" for column in table.values()
            ]
            print(f"{field:20}{sound[field].value:>7.3f}" + "".join(cells))
        missed += [f"{name} {field}" for name in DAMAGES if is_missed(name, field, table[name].get(field, 0), keys)]
    print()
    for name in UNDONE:
        left = characters_left_wrong(name, keys)
        print(f"{name:16} {left['wrong']} of {left['characters']} characters differ")
    runs, words = runs_restored(keys), words_restored(keys)
    whole, wrong = runs["whole"] / runs["runs"], runs["wrong"] / runs["runs"]
    print(f"runs out of step {runs['runs']}: {whole:.1%} whole, {runs['but one character'] / runs['runs']:.1%} but one")
    print(f"                 character, {wrong:.2%} wrong")
    print(f"words deleted    {words['deleted']}: {words['back'] / words['deleted']:.1%} back, {words['wrong']} wrong")
    missed += ["runs whole"] * (whole < 0.9) + ["runs wrong"] * (wrong >= 0.01)
    missed += ["words wrong"] * (words["wrong"] >= 0.01 * words["back"])
    missed += [f"{len(dates)} dates invented" for dates in [invented_dates(keys)] if dates]
    print(f"missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
