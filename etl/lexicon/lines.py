"""What the lines around an announcement look like: furniture.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.lexicon.tables import DATA, read_table
from etl.patterns import compile_presence, compile_rows

LineKind = Literal["published", "byline", "caption", "furniture"]
KINDS: tuple[LineKind, ...] = ("published", "byline", "caption", "furniture")
LONGEST_RULED = 160  # code points of a line that a rule may call no content
LONGEST_LABEL = 120
LONGEST_SAID = 400
PLACES = ("whole", "start", "label", "tail", "prefix", "end", "said")


@dataclass(frozen=True, slots=True, eq=False)
class LineRules:
    """What the lines around an announcement look like (furniture.tsv): one pattern a kind and place."""

    patterns: dict[tuple[str, str], re.Pattern[str]]  # (kind, where) -> alternation of the rows
    whole: re.Pattern[str]  # rows of all kinds that match a whole line; the group that matched is the kind
    start: re.Pattern[str]
    label: re.Pattern[str]
    said: re.Pattern[str]  # what only a site says, among other sentences too

    def matches(self, kind: str, where: str, line: str) -> bool:
        """Whether a row of this kind and place holds: of the whole line, its start, or anywhere for a label."""
        pattern = self.patterns.get((kind, where))
        if pattern is None:
            return False
        if where in ("whole", "end"):
            return pattern.fullmatch(line) is not None
        return (pattern.search(line) if where == "label" else pattern.match(line)) is not None

    def search(self, kind: str, where: str, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first place in text[start:end] where a row of this kind and place holds."""
        pattern = self.patterns.get((kind, where))
        return pattern.search(text, start, end) if pattern else None

    @lru_cache(maxsize=32)  # noqa: B019 - a process has one set of rules; a page's head is read twice
    def kind_of(self, line: str, head: bool) -> LineKind | None:
        """What a line is for, where a rule says so; in the head of a page a bare date is its publication."""
        if len(line) > LONGEST_RULED:
            return "furniture" if len(line) <= LONGEST_SAID and self.said.search(line) else None
        if head and self.matches("published", "whole", line):
            return "published"
        flat = len(line) <= LONGEST_LABEL and "。" not in line
        bare = line.lstrip("•·-*●◆ \u3000")
        if flat and (self.matches("published", "start", bare) or self.matches("published", "label", bare)):
            return "published"  # before a byline in the same line: 来源：… 发布时间：…
        found = None if line.endswith("。") else self.whole.fullmatch(line)
        if found is None and flat:
            found = self.start.match(bare) or self.label.search(bare)
        if found:
            return found.lastgroup  # type: ignore[return-value]
        return "furniture" if self.said.search(line) else None


def load_line_rules() -> LineRules:
    """furniture.tsv compiled. Raises LexiconError naming the line of an unknown kind or place, or a bad pattern."""
    parts: dict[tuple[str, str], list[str]] = {}
    for row in read_table(DATA / "furniture.tsv"):
        if row["kind"] not in KINDS or row["where"] not in PLACES:
            raise row.error(f"kind {row['kind']!r} or place {row['where']!r} is not one of the header's")
        parts.setdefault((row["kind"], row["where"]), []).append(row.pattern)

    def of_all_kinds(where: str) -> re.Pattern[str]:
        kinds = [k for k in KINDS if (k, where) in parts and (k, where) != ("published", "whole")]
        return re.compile("|".join(f"(?P<{k}>{'|'.join(parts[k, where])})" for k in kinds))

    return LineRules(
        {key: compile_rows(rows) for key, rows in parts.items()},
        of_all_kinds("whole"),
        of_all_kinds("start"),
        of_all_kinds("label"),
        compile_presence(parts["furniture", "said"]),
    )
