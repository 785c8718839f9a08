"""A text under revision that never forgets where each character stood in the raw text. Imports records only.

Every step of normalisation turns one Draft into the next; changes of length keep the run lists of `Offsets` composed,
so that the way back is exact however many steps follow each other. Each call is linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from etl.records import Offsets, Repair


class Edit(NamedTuple):
    """Replace `text[start:end]` by `after`. Edits of one call are sorted and do not overlap."""

    start: int
    end: int
    after: str
    rule: str | None = None  # recorded as a Repair where given; script and width changes are not repairs


class Change(NamedTuple):
    """A recorded repair while the text still moves: where `after` stands now, and where `before` stood in the raw."""

    rule: str
    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The text so far, the runs that lead back to the raw text (see `Offsets`), and the repairs so far."""

    raw: str
    text: str
    text_starts: Sequence[int] = (0,)
    raw_starts: Sequence[int] = (0,)
    changes: tuple[Change, ...] = ()

    def recast(self, text: str) -> Draft:
        """The same draft in other characters, one for one: 國 → 国, Ａ → A."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters cannot stand one for one for {len(self.text)}")
        return replace(self, text=text)

    def edit(self, edits: Sequence[Edit]) -> Draft:
        """The draft after all edits, with runs and recorded repairs moved along.

        Draft("a,b", "a,b").edit([Edit(1, 2, "")]).offsets().raw(1) == 2
        """
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        raws: list[int] = []
        old_starts, old_raws = self.text_starts, self.raw_starts
        count = len(old_starts)
        run = 0  # the first old run not yet copied
        delta = 0  # how far text after the last edit has moved
        cursor = 0
        fresh: list[Change] = []

        def begin(at: int, raw: int) -> None:
            """A run begins; of two at one place the later counts, and one that goes on as before is none."""
            if starts and starts[-1] == at:
                starts.pop()
                raws.pop()
            if not starts or raws[-1] + at - starts[-1] != raw:
                starts.append(at)
                raws.append(raw)

        def raw_at(position: int) -> int:
            """Raw place of an old position, `run` standing behind the run that holds it."""
            at = old_raws[run - 1] + position - old_starts[run - 1]
            return at if run == count else min(at, old_raws[run])

        for start, end, after, rule in edits:
            if start < cursor or end < start:
                raise ValueError(f"edit {start}:{end} overlaps the one that ends at {cursor}")
            pieces.append(self.text[cursor:start])
            pieces.append(after)
            while run < count and old_starts[run] <= start:
                begin(old_starts[run] + delta, old_raws[run])
                run += 1
            raw_start = raw_at(start)
            as_long = len(after) == end - start  # characters stand one for one: the runs inside go on
            while run < count and old_starts[run] < end:
                if as_long:
                    begin(old_starts[run] + delta, old_raws[run])
                run += 1
            last = raw_at(end - 1) + 1 if end > start else raw_start
            while run < count and old_starts[run] <= end:
                if as_long:
                    begin(old_starts[run] + delta, old_raws[run])
                run += 1
            if rule is not None:
                fresh.append(Change(rule, start + delta, start + delta + len(after), raw_start, max(raw_start, last)))
            if not as_long:
                raw_end = raw_at(end)
                begin(start + delta, raw_start)
                delta += len(after) - (end - start)
                begin(end + delta, raw_end)
            cursor = end
        pieces.append(self.text[cursor:])
        while run < count:
            begin(old_starts[run] + delta, old_raws[run])
            run += 1
        return Draft(self.raw, "".join(pieces), starts, raws, self._moved(edits, fresh))

    def _moved(self, edits: Sequence[Edit], fresh: list[Change]) -> tuple[Change, ...]:
        """Earlier repairs at their new places, merged with the fresh ones."""
        if not self.changes:
            return tuple(fresh)
        starts = [e.start for e in edits]
        ends = [e.end for e in edits]
        shifts = [0, *accumulate(len(e.after) - (e.end - e.start) for e in edits)]

        def moved(position: int, closing: bool) -> int:
            done = bisect_right(ends, position)  # edits that end at or before it
            if closing:  # what is inserted right behind a repair does not belong to it
                while done and starts[done - 1] == ends[done - 1] == position:
                    done -= 1
            if done < len(edits) and starts[done] < position:  # inside an edit: to its nearer side
                return starts[done] + shifts[done] + (len(edits[done].after) if closing else 0)
            return position + shifts[done]

        kept = [
            c._replace(start=(at := moved(c.start, False)), end=max(at, moved(c.end, c.end > c.start)))
            for c in self.changes
        ]
        return tuple(sorted([*kept, *fresh], key=lambda c: (c.start, c.end)))

    def touched(self, start: int, end: int) -> bool:
        """Whether a recorded repair overlaps the stretch."""
        i = bisect_left(self.changes, start, key=lambda c: c.end)
        return i < len(self.changes) and self.changes[i].start < end

    def offsets(self) -> Offsets:
        """The way from the text back to the raw text, as of now."""
        return Offsets(tuple(self.text_starts), tuple(self.raw_starts))

    def repairs(self) -> tuple[Repair, ...]:
        """The repairs as records: `before` out of the raw text, `after` out of the text."""
        return tuple(
            Repair(c.rule, c.start, c.end, self.raw[c.raw_start : c.raw_end], self.text[c.start : c.end])
            for c in self.changes
        )
