"""Words that mirror sites delete (一, 最, 第一, 领, 极, 级) or replace, put back. Imports draft, lexicon, patterns.

Rows of etl/data/repairs.tsv say where. A wrong repair is worse than none: a row of `when` "always" names what sound
Chinese never has (第时间, 导小组); one of "censored" counts only in a text in which those words are missing altogether.
The first of a series of items comes back where the second stands (要…；二要… → 一要…；二要…) and one place alone fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.lexicon.tables import DATA, Row, read_table
from etl.normalise.draft import Draft, Edit
from etl.normalise.pinyin import is_han
from etl.patterns import compile_presence

WORDS = re.compile("[一最领极级]")
RATE = 250  # characters of sound text in which one of the words is sure to stand; the genre's mean is one in 70
ALONE = 600  # length from which their absence alone shows that they were taken out
SECOND = re.compile(r"(?<![十百千、到至])二(?=[要是])")  # 二要, 二是
OPENED = re.compile(r"(?:^|[\n：；。]|(?:要求|强调|指出|提出|部署)，)([要是])")
LONGEST_ITEM = 1_500  # characters between a first and a second item
SERIES = (
    (re.compile(r"(?:^|\n)(?:二、|2、)"), re.compile(r"(?:^|\n)(?=、)")),
    (re.compile("（二）"), re.compile(r"(?:^|[\n，。；：])（(?=）)")),
)


@dataclass(frozen=True, slots=True, eq=False)
class RepairRules:
    """The rows that have a pattern, by the character they begin with: a text is scanned for those only."""

    begins: re.Pattern[str]
    any_always: re.Pattern[str]  # found where one of `always` may match
    always: dict[str, tuple[tuple[re.Pattern[str], Row], ...]]
    censored: dict[str, tuple[tuple[re.Pattern[str], Row], ...]]  # rows of both kinds


@cache
def load_rules(path: Path = DATA / "repairs.tsv") -> RepairRules:
    """The rules of etl/data/repairs.tsv. Raises LexiconError naming the row whose pattern does not compile."""
    always: dict[str, list[tuple[re.Pattern[str], Row]]] = {}
    censored: dict[str, list[tuple[re.Pattern[str], Row]]] = {}
    for row in read_table(path, unique=("pattern",)):
        if row["when"] == "code":
            continue
        if row["when"] not in ("always", "censored"):
            raise row.error(f"when {row['when']!r}: give always, censored or code")
        begins = row["pattern"][:1]
        if not is_han(begins):
            raise row.error(f"pattern {row['pattern']!r}: begin it with a Chinese character")
        try:
            rule = (re.compile(row["pattern"]), row)
        except re.error as error:
            raise row.error(f"pattern {row['pattern']!r}: {error}") from error
        censored.setdefault(begins, []).append(rule)
        if row["when"] == "always":
            always.setdefault(begins, []).append(rule)
    return RepairRules(
        begins=re.compile(f"[{''.join(censored)}]"),
        any_always=compile_presence(pattern.pattern for rules in always.values() for pattern, _ in rules),
        always={c: tuple(rules) for c, rules in always.items()},
        censored={c: tuple(rules) for c, rules in censored.items()},
    )


def restore_deleted(draft: Draft) -> Draft:
    """进步加强导小组 → 进一步加强领导小组, each repair recorded."""
    rules = load_rules()
    text = draft.text
    kept = len(WORDS.findall(text))
    sparse = kept * RATE < len(text)
    edits = _edits(rules.begins, rules.always, text) if rules.any_always.search(text) else []
    if sparse:
        items = _first_items(text)
        if edits or items or (not kept and len(text) >= ALONE):
            edits = sorted([*_edits(rules.begins, rules.censored, text), *items])
    return draft.edit(_without_overlaps(edits))


def _edits(
    begins: re.Pattern[str], by_character: dict[str, tuple[tuple[re.Pattern[str], Row], ...]], text: str
) -> list[Edit]:
    edits = []
    for found in begins.finditer(text):
        place = found.start()
        for pattern, row in by_character.get(text[place], ()):
            m = pattern.match(text, place)
            if m and not text.endswith(row["after"], 0, m.end()):  # 一视同仁 needs no 一
                edits.append(Edit(place, m.end(), row["after"], row["rule"]))
                break
    return edits


def _without_overlaps(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _first_items(text: str) -> list[Edit]:
    """Edits that put 一 before the first item of a series whose second is there."""
    edits = []
    done = 0
    for second in SECOND.finditer(text):
        start = max(done, second.start() - LONGEST_ITEM)
        done = second.end()
        kind = text[second.end()]
        places = [m.start(1) for m in OPENED.finditer(text, start, second.start()) if m[1] == kind]
        if len(places) == 1 and text.find("一" + kind, start, second.start()) < 0:
            edits.append(Edit(places[0], places[0] + 1, "一" + kind, "deleted-word"))
    for following, place in SERIES:
        found = following.search(text)
        places = [m.end() for m in place.finditer(text, 0, found.start())] if found else []
        if len(places) == 1:
            edits.append(Edit(places[0], places[0] + 1, "一" + text[places[0]], "deleted-word"))
    return edits
