"""python -m bench: everything that is measured, as one table, and the same as JSON.

    make bench                                                    # all sections, up to a million documents
    python -m bench --only questions --documents 10000
    python -m bench --only builds --only load --documents 1000    # a quick look

Sections: extraction, builds, load, questions, browser, sessions come in this order; browser includes sessions. Ratios
are taken within one run, so that other work on the machine weighs on both sides. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import browser, builds, extraction_figures, questions
from bench.table import HEAD, Figure, line, machine, write_json
from warehouse.settings import DEFAULT_DIR

SECTIONS = ("extraction", "builds", "load", "questions", "browser")
SIZES = (10_000, 100_000, 1_000_000)
JSON = DEFAULT_DIR / "bench.json"


def measure(only: Sequence[str], sizes: Sequence[int], scratch: Path, baselines: bool) -> Iterator[Figure]:
    """Figures of the sections chosen, as they are measured."""
    if "extraction" in only:
        yield from extraction_figures.measure()
    if "builds" in only:
        yield from builds.incremental(min(sizes[0], builds.LIMITED), scratch)
    if "load" in only or "questions" in only:
        for size in sizes:
            file, figures = builds.filled(size, scratch)
            yield from figures
            if "questions" in only:
                yield from questions.measure(file, size, baselines)
            file.unlink()
    if "browser" in only:
        yield from browser.measure(scratch)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", action="append", choices=SECTIONS, help="a section; may be repeated")
    arguments.add_argument("--documents", action="append", type=int, help=f"a size; default: {SIZES}")
    arguments.add_argument("--no-baselines", action="store_true", help="leave out pandas and SQLite")
    arguments.add_argument("--scratch", type=Path, help="folder for corpora and warehouses: 10 GB for a million")
    arguments.add_argument("--json", type=Path, default=JSON)
    asked = arguments.parse_args()
    before, figures = machine(), list[Figure]()
    print(HEAD, flush=True)
    if asked.scratch:
        asked.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.scratch) as scratch:
        sizes = sorted(asked.documents or SIZES)
        for figure in measure(asked.only or SECTIONS, sizes, Path(scratch), not asked.no_baselines):
            figures.append(figure)
            print(line(figure), flush=True)
    write_json(asked.json, figures, before)
    missed = [figure for figure in figures if figure.is_met is False]
    print(f"\n{len(missed)} of {sum(figure.limit is not None for figure in figures)} targets missed; {asked.json.name}")
    print(f"{machine()['cores']} cores, load average {before['load_average'][0]} when it began")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
