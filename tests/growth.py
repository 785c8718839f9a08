"""Whether work grows in proportion to its input: for tests with hostile texts, where squares would stop a build."""

from __future__ import annotations

import time
from collections.abc import Callable

FACTOR = 8  # by which the input grows
MOST = 24  # by which the time may: in proportion it is 8 times, in squares 64
NOISE_S = 0.01  # what is shorter is taken for this long
TRIES = 4  # a machine with other work disturbs one, hardly all


def processor_time(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether `work(size)` costs in proportion, compared with an eighth of the size, by processor time."""
    work(max(1, size // FACTOR // 10))  # what is loaded once is not counted
    for _ in range(TRIES):
        short = min(processor_time(work, size // FACTOR) for _ in range(2))
        if processor_time(work, size) < MOST * max(short, NOISE_S):
            return True
    return False
