"""Rows of the lexicon as one expression: faster, and finding what the rows find."""

from __future__ import annotations

import re

from etl.patterns import compile_presence, compile_rows, first_characters


def test_pattern_matches_alike_when_a_first_character_check_stands_before_it() -> None:
    rows = ["必须", "(?<!重)要(?!求)", "[一-龥]{2}一批", r"\d{1,2}日前"]
    for text in ("通报一批", "各区必须", "重要求", "须要快", "3日前", ""):
        assert (compile_rows(rows).search(text) is None) == (re.search("|".join(rows), text) is None)
    assert first_characters("(?<!重)要|应(?!急)") == {"要", "应"}
    assert first_characters("a?") is None


def test_presence_is_found_where_a_row_is_and_begins_where_it_begins() -> None:
    rows = ["必须", "(?<!重)要(?!求)", "\n各区", "严禁|不得(?!不)"]
    for text in ("通报\n各区", "各区必须", "重要求", "须要快", "不得不", "严禁", ""):
        found, plain = compile_presence(rows).search(text), re.search("|".join(rows), text)
        assert (found and found.start()) == (plain and plain.start())
