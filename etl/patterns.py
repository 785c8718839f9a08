"""Rows of a data file as one pattern that gives up early where none can begin. Imports nothing of ours.

A long alternation tries every row at every place of a text. Most rows begin with one of a few characters, so a check
of the first character in front of them saves nearly all of that: about ten times on the rows for 要, 必须, 不得….
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

try:  # the parser of the standard library has no public name; without it patterns are only slower
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    parser = None

DIGIT = r"\d"
WIDEST_RANGE = 400  # characters; a wider range (一-龥) is no use as a check


def compile_rows(rows: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches where any of the rows matches, rows in their order.

    >>> compile_rows(["必须", "不得(?!不)"]).pattern
    '(?=[不必])(?:必须|不得(?!不))'
    """
    filtered, others = [], []
    characters: set[str] = set()
    for row in rows:
        first = first_characters(row)
        if first is None:
            others.append(row)
        else:
            filtered.append(row)
            characters |= first
    parts = []
    if filtered:
        head = "".join(c if c == DIGIT else re.escape(c) for c in sorted(characters))
        parts.append(f"(?=[{head}])(?:{'|'.join(filtered)})")
    return re.compile("|".join(parts + others))


def compile_presence(rows: Iterable[str]) -> re.Pattern[str]:
    """A pattern that is found where any of the rows is, for search alone: what it finds is the first character.

    It begins with a set of characters, which the engine skips to several times as fast as it tries a pattern; the rows
    are then looked for from the character just found on.
    """
    rows = list(rows)
    heads = [first_characters(row) for row in rows]
    characters = sorted(set().union(*(head for head in heads if head is not None)))
    if None in heads or DIGIT in characters:  # digits are a class of the engine's, and slow to skip to
        return compile_rows(rows)
    return re.compile(f"[{''.join(map(re.escape, characters))}](?<=(?=(?:{'|'.join(rows)}))(?s:.))")


def first_characters(pattern: str) -> set[str] | None:
    """The characters (or \\d) a match of the pattern can begin with; None where any may, or it may match nothing.

    >>> sorted(first_characters("(?<!重)要|应(?!急)"))
    ['应', '要']
    """
    if parser is None:
        return None
    found, may_be_empty = _first(parser.parse(pattern))
    return None if may_be_empty else found


def _first(items: Any) -> tuple[set[str] | None, bool]:
    """First characters of a parsed sequence, and whether it may match the empty string."""
    found: set[str] = set()
    for operator, value in items:
        characters, may_be_empty = _first_of(operator, value)
        if characters is None:
            return None, False
        found |= characters
        if not may_be_empty:
            return found, False
    return found, True


def _first_of(operator: Any, value: Any) -> tuple[set[str] | None, bool]:
    if operator is constants.LITERAL:
        return {chr(value)}, False
    if operator in (constants.AT, constants.ASSERT, constants.ASSERT_NOT):
        return set(), True
    if operator is constants.IN:
        return _members(value), False
    if operator is constants.SUBPATTERN:
        return _first(value[3])
    if operator is constants.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        if any(characters is None for characters, _ in branches):
            return None, False
        return set().union(*(c for c, _ in branches if c is not None)), any(empty for _, empty in branches)
    if operator in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        characters, may_be_empty = _first(value[2])
        return characters, may_be_empty or value[0] == 0
    return None, False


def _members(value: Any) -> set[str] | None:
    """The characters of a set like [日月\\d]; None where it is negated or wide."""
    found: set[str] = set()
    for operator, member in value:
        if operator is constants.LITERAL:
            found.add(chr(member))
        elif operator is constants.RANGE and member[1] - member[0] < WIDEST_RANGE:
            found |= {chr(c) for c in range(member[0], member[1] + 1)}
        elif operator is constants.CATEGORY and member is constants.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return None
    return found
