"""What a difference between shares is worth. Pure arithmetic: no table, no chart, imports nothing of ours.

The unit is the announcement, not the directive: the directives of one announcement come together, so that counting
them singly would make every interval too short. A share is the announcements that order a category out of those that
order anything.

- One share has Wilson's score interval.
- A difference of two shares, or of one from the mean of several, is a contrast: its interval is put together from the
  Wilson limits of its parts (Newcombe 1998, method 10; for any contrast Zou, Huang and Zhang 2009, "MOVER").
- Many differences are looked at together, and the widest catch the eye. So the p-value that belongs to each interval
  goes through Benjamini and Hochberg's procedure: of the differences called clear, one in ten is expected to be
  none (RATE). The intervals shown are those that belong to it (Benjamini and Yekutieli 2005), at the level
  1 − max(1, R) · RATE / m for R clear of m: a difference is clear exactly where its interval leaves out zero.
- Shares of fewer than FEWEST announcements are not compared at all: they are too few, which is an answer.

What was collected is no random sample. The intervals say what chance alone could do among so many announcements; they
say nothing of announcements that were not collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, sqrt
from statistics import NormalDist
from typing import Literal

RATE = 0.1  # expected share of false finds among what is called clear
LEVEL = 0.05  # of an interval that stands by itself
FEWEST = 10  # announcements that a share must rest on to be compared (periods.THIN)
FEWEST_DAYS = 5  # values that a median must rest on
Verdict = Literal["clear", "unclear", "too_few", "nested"]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits, all as shares (0 to 1) or differences of shares (−1 to 1)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One entity against another, or against the mean of all, in one category."""

    group: str
    entity: str
    other: str | None  # None: the mean of the compared
    interval: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Shares:
    """Announcements that order each category, out of those that order anything."""

    counts: Mapping[tuple[str, str], int]  # (entity, group) → announcements
    sizes: Mapping[str, int]  # entity → announcements that order anything
    groups: Sequence[str]
    nested: frozenset[frozenset[str]] = frozenset()  # pairs of which one holds the other: not independent

    @property
    def entities(self) -> list[str]:
        """Those with any announcement, in the order given."""
        return [entity for entity, size in self.sizes.items() if size]

    @property
    def solid(self) -> list[str]:
        """Those with enough announcements to be compared."""
        return [entity for entity, size in self.sizes.items() if size >= FEWEST]

    def share(self, entity: str, group: str) -> float:
        """The share of an entity's announcements that order a group. Raises ZeroDivisionError where it has none."""
        return self.counts.get((entity, group), 0) / self.sizes[entity]


def z_of(alpha: float) -> float:
    """The normal quantile of a two-sided level: 0.05 → 1.96."""
    return NormalDist().inv_cdf(1 - alpha / 2)


def wilson(count: int, size: int, z: float = z_of(LEVEL)) -> Interval:
    """Wilson's score interval: (0, 10) → 0 to 0.28. Raises ZeroDivisionError for a size of 0."""
    share = count / size
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return Interval(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def contrast(parts: Sequence[tuple[float, int, int]], z: float = z_of(LEVEL)) -> Interval:
    """Interval of Σ weight · share. parts: (weight, count, size); weights 1 and −1 give Newcombe's difference."""
    value = down = up = 0.0
    for weight, count, size in parts:
        share = wilson(count, size, z)
        below, above = weight * (share.value - share.low), weight * (share.high - share.value)
        value += weight * share.value
        down += (below if weight > 0 else above) ** 2
        up += (above if weight > 0 else below) ** 2
    return Interval(value, value - sqrt(down), value + sqrt(up))


def p_value(parts: Sequence[tuple[float, int, int]]) -> float:
    """The level at which the contrast's interval just reaches zero; 1 for no difference."""
    if abs(contrast(parts).value) < 1e-12:
        return 1.0
    narrow, wide = 0.0, 12.0
    for _ in range(28):  # to within a ten-millionth
        z = (narrow + wide) / 2
        interval = contrast(parts, z)
        narrow, wide = (narrow, z) if interval.low <= 0 <= interval.high else (z, wide)
    return 2 * (1 - NormalDist().cdf((narrow + wide) / 2))


def level_of(p_values: Sequence[float], rate: float = RATE) -> float:
    """Benjamini and Hochberg's level: what is at or below it is clear. [0.001, 0.5] → 0.05."""
    m = max(1, len(p_values))
    clear = max((i for i, p in enumerate(sorted(p_values), start=1) if p <= i * rate / m), default=1)
    return clear * rate / m


def judged(contrasts: Mapping[tuple[str, str, str | None], Sequence[tuple[float, int, int]]]) -> list[Difference]:
    """Contrasts by (group, entity, other), with simultaneous intervals and verdicts."""
    p_values = {key: p_value(parts) for key, parts in contrasts.items()}
    level = level_of(list(p_values.values()))
    z = z_of(level)
    return [
        Difference(group, entity, other, contrast(parts, z), "clear" if p_values[group, entity, other] <= level else
                   "unclear")
        for (group, entity, other), parts in contrasts.items()
    ]  # fmt: skip


def pairs(shares: Shares) -> list[Difference]:
    """Every two entities in every category; those that cannot be compared say why."""
    tested: dict[tuple[str, str, str | None], list[tuple[float, int, int]]] = {}
    others: list[Difference] = []
    for group in shares.groups:
        for first, second in combinations(shares.entities, 2):
            one, two = (shares.counts.get((entity, group), 0) for entity in (first, second))
            parts = [(1.0, one, shares.sizes[first]), (-1.0, two, shares.sizes[second])]
            if frozenset((first, second)) in shares.nested:
                others.append(Difference(group, first, second, contrast(parts), "nested"))
            elif min(shares.sizes[first], shares.sizes[second]) < FEWEST:
                others.append(Difference(group, first, second, contrast(parts), "too_few"))
            elif one or two:
                tested[group, first, second] = parts
    return judged(tested) + others


def from_mean(shares: Shares) -> list[Difference]:
    """Every entity against the plain mean of all that have enough announcements, in every category."""
    solid = shares.solid
    tested: dict[tuple[str, str, str | None], list[tuple[float, int, int]]] = {}
    others: list[Difference] = []
    for group in shares.groups:
        counted = [(entity, shares.counts.get((entity, group), 0), shares.sizes[entity]) for entity in solid]
        for entity in shares.entities:
            if entity in solid and len(solid) > 1:
                tested[group, entity, None] = [
                    ((1.0 if name == entity else 0.0) - 1 / len(solid), count, size) for name, count, size in counted
                ]
            elif solid:
                own = (1.0, shares.counts.get((entity, group), 0), shares.sizes[entity])
                rest = [(-1 / len(solid), count, size) for name, count, size in counted if name != entity]
                others.append(Difference(group, entity, None, contrast([own, *rest]), "too_few"))
    return judged(tested) + others


def widest(differences: Sequence[Difference], group: str) -> Difference | None:
    """The pair that a table shows of a category: the widest clear one, else the widest that was tested, else any."""
    own = [d for d in differences if d.group == group]
    order = {"clear": 0, "unclear": 1, "too_few": 2, "nested": 3}
    return min(own, key=lambda d: (order[d.verdict], -abs(d.interval.value)), default=None)


def telling(sizes: Sequence[int], tests: int) -> float:
    """The least difference of shares near one half that could be clear between the two largest entities.

    telling([36, 28], 24) → 0.36. A guide for readers: tests is how many differences are looked at.
    """
    largest = sorted(sizes)[-2:]
    z = z_of(RATE / max(1, tests))
    return z * sqrt(sum(0.25 / size for size in largest))


@dataclass(frozen=True, slots=True)
class Spread:
    """How days are spread."""

    n: int
    median: float
    quartiles: tuple[float, float]
    ends: tuple[int, int]
    limits: tuple[int, int] | None  # of the median, at 95 % or more; None where n is too small for any


def spread(days: Sequence[int]) -> Spread | None:
    """Spread of days; None where they are too few. The median's limits are order statistics (sign test)."""
    n = len(days)
    if n < FEWEST_DAYS:
        return None
    ordered = sorted(days)

    def quantile(share: float) -> float:
        at = share * (n - 1)
        i = int(at)
        return ordered[i] + (at - i) * (ordered[min(i + 1, n - 1)] - ordered[i])

    tail, cut = 0.0, -1
    for i in range(n):
        tail += comb(n, i) / 2**n
        if tail > LEVEL / 2:
            break
        cut = i
    limits = (ordered[cut], ordered[n - 1 - cut]) if cut >= 0 else None
    return Spread(n, quantile(0.5), (quantile(0.25), quantile(0.75)), (ordered[0], ordered[-1]), limits)
