"""Work in steps, and many pieces of work taking each step together. Imports nothing of ours.

    def work():
        ...
        yield           # between two steps
        return result

Taken together, the documents of a batch need a fifth less time than one after the other: the words and the code of one
step stay in the processor's caches, those of all steps do not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

Result = TypeVar("Result")
Steps = Generator[None, None, Result]


def finish(work: Steps[Result]) -> Result:
    """Takes all steps of one piece of work. Raises whatever it raises."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


def finish_together(works: Sequence[Steps[Result]], at: Callable[[int], None]) -> list[Result]:
    """Results in order; every step is taken by all before the next one, `at(i)` called before each of work i.

    Raises whatever one of them raises.
    """
    results: dict[int, Result] = {}
    going = list(enumerate(works))
    while going:
        for i, work in going:
            at(i)
            try:
                next(work)
            except StopIteration as done:
                results[i] = done.value
        going = [(i, work) for i, work in going if i not in results]
    return [results[i] for i in range(len(works))]
