"""A document as it reads: every code point once, in order, with its marks where the warehouse says."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.reading import Mark, around, lines_of, marks_of, pieces, reading
from tests.test_dashboard_markup import Reader

TEXT = "某市会议\n会议要求，一要扩大核酸检测范围；二要<b>停课</b>。\n\n完"


def directive(seq: int, start: int, end: int, *terms: tuple[str, int, int]) -> dict[str, Any]:
    measures = [
        {"category_id": category, "terms": [{"term": TEXT[a:b], "start_char": a, "end_char": b}]}
        for category, a, b in terms
    ]
    return {"seq": seq, "start_char": start, "end_char": end, "measures": measures}


def test_chosen_directive_is_marked_with_its_terms_when_read() -> None:
    start, end = TEXT.index("一要"), TEXT.index("二要")
    term = TEXT.index("核酸")
    marks = marks_of([directive(1, start, end, ("testing", term, term + 4))], 1, {"testing": "containment"})
    written = reading(TEXT, marks, 1)
    chosen = '<span class="em-directive em-chosen" aria-current="true" data-seq="1"><span class="em-number">1</span>'
    assert f"{chosen}一要扩大" in written
    assert '<mark class="em-term em-containment">核酸检测</mark>范围；</span>' in written
    assert "&lt;b&gt;停课&lt;/b&gt;" in written


def test_terms_of_other_directives_are_not_marked() -> None:
    start, end = TEXT.index("一要"), TEXT.index("二要")
    marks = marks_of([directive(1, start, end, ("testing", start + 4, start + 8))], None, {})
    assert [mark.kind for mark in marks] == ["directive"]


def test_a_directive_over_two_lines_is_marked_on_both() -> None:
    text = "甲\n乙"
    assert reading(text, [Mark(0, 3, "directive", 1)]).count("em-directive") == 2


def test_blank_lines_are_left_out() -> None:
    assert [TEXT[a:b] for a, b in lines_of(TEXT)] == ["某市会议", TEXT.split("\n")[1], "完"]


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(st.text(max_size=60), spans, spans, st.integers(0, 6))
def test_every_letter_is_shown_once_whatever_the_marks(
    text: str, directives: list[tuple[int, int]], terms: list[tuple[int, int]], chosen: int
) -> None:
    clean = text.replace("\r", "").replace("\x00", "")
    marks = [Mark(min(p), max(p), "directive", seq) for seq, p in enumerate(directives, start=1)]
    marks += [Mark(min(p), max(p), "term", 1, "health") for p in terms]
    written = reading(clean, marks, chosen or None)
    seen = Reader(re.sub('<span class="em-number">[0-9]+</span>', "", written))
    assert seen.text == "".join(clean[a:b] for a, b in lines_of(clean))
    assert set(seen.tags) <= {"article", "p", "span", "mark"}


@given(st.integers(0, 40), st.integers(0, 40), spans)
def test_pieces_cover_a_stretch_without_gap_or_overlap(a: int, b: int, cuts: list[tuple[int, int]]) -> None:
    start, end = min(a, b), max(a, b)
    found = list(pieces(start, end, [Mark(min(p), max(p), "directive") for p in cuts]))
    assert [piece[0] for piece in found] == [start, *(piece[1] for piece in found[:-1])] if found else start == end
    assert not found or found[-1][1] == end


def test_a_repair_is_shown_where_it_was_made() -> None:
    assert around("某市(shì\n会议", 1, 2, "<b>", room=3) == "某<del>&lt;b&gt;</del><b>市</b>(sh"
    assert around("开会。", 1, 1, "(huì)") == "开<del>(huì)</del>会。"
