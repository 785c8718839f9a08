"""The way back to the raw text: whatever is done to a draft, every position maps, in order, to where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.normalise.draft import Draft, Edit

PIECES = st.text("一二ab,\n", max_size=3)


@st.composite
def edit_lists(draw: st.DrawFn, length: int) -> list[Edit]:
    """Sorted edits of a text of a length that do not overlap; some are recorded."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit(start, end, draw(PIECES), draw(st.sampled_from([None, "rule"]))))
    return edits


def naive(text: list[tuple[str, int | None]], edits: list[Edit]) -> list[tuple[str, int | None]]:
    """What the edits do, character by character: each with its raw position, None where it was put in."""
    out: list[tuple[str, int | None]] = []
    done = 0
    for start, end, after, _ in edits:
        out += text[done:start]
        kept = len(after) == end - start  # one for one
        out += [(c, text[start + i][1] if kept else None) for i, c in enumerate(after)]
        done = end
    return out + text[done:]


@settings(deadline=None)
@given(st.data(), st.text("零甲乙丙丁", max_size=30))
def test_every_position_maps_back_in_order_when_edits_follow_each_other(data: st.DataObject, raw: str) -> None:
    draft = Draft(raw, raw)
    expected: list[tuple[str, int | None]] = [(c, i) for i, c in enumerate(raw)]
    for _ in range(data.draw(st.integers(1, 4))):
        edits = data.draw(edit_lists(len(draft.text)))
        draft, expected = draft.edit(edits), naive(expected, edits)
    assert draft.text == "".join(c for c, _ in expected)
    offsets = draft.offsets()
    places = [offsets.raw(i) for i in range(len(draft.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(raw) for place in places)
    assert places[-1] == len(raw)
    for i, (_, place) in enumerate(expected):
        assert place is None or places[i] == place


@settings(deadline=None)
@given(st.data(), st.text("零甲乙丙丁", max_size=30))
def test_repairs_cut_what_they_put_in_when_later_edits_pass_over_them(data: st.DataObject, raw: str) -> None:
    draft = Draft(raw, raw)
    for _ in range(data.draw(st.integers(1, 4))):
        draft = draft.edit(data.draw(edit_lists(len(draft.text))))
    repairs = draft.repairs()
    assert [r.start for r in repairs] == sorted(r.start for r in repairs)
    for r in repairs:
        assert 0 <= r.start <= r.end <= len(draft.text)
        assert r.after == draft.text[r.start : r.end]
        assert r.before in raw


def test_repair_tells_before_and_after_when_it_is_recorded() -> None:
    raw = "國務(wù)院進(jìn)步加強"
    draft = Draft(raw, raw)
    draft = draft.edit([Edit(2, 6, "", "pinyin"), Edit(8, 13, "", "pinyin")])
    assert draft.text == "國務院進步加強"
    draft = draft.edit([Edit(3, 5, "進一步", "deleted-word")])
    assert [(r.rule, r.start, r.end, r.before, r.after) for r in draft.repairs()] == [
        ("pinyin", 2, 2, "(wù)", ""),
        ("pinyin", 3, 3, "(jìn)", ""),
        ("deleted-word", 3, 6, "進(jìn)步", "進一步"),
    ]
    offsets = draft.offsets()
    assert [offsets.raw(i) for i in range(9)] == [0, 1, 6, 7, 8, 9, 14, 15, 16]


def test_runs_are_few_when_changes_keep_the_length() -> None:
    draft = Draft("a,b,c", "a,b,c").edit([Edit(1, 2, "，"), Edit(3, 4, "，")])
    assert draft.text == "a，b，c"
    assert draft.offsets().text_starts == (0,)


def test_draft_refuses_what_it_cannot_follow() -> None:
    draft = Draft("abc", "abc")
    with pytest.raises(ValueError, match="one for one"):
        draft.recast("ab")
    with pytest.raises(ValueError, match="overlaps"):
        draft.edit([Edit(0, 2, ""), Edit(1, 3, "")])
