"""python -m tests.drills [kills|faults|fuzz|crowd] …: see the package."""

from __future__ import annotations

import json
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from tests.drills import crowd, faults, fuzz, kills


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(["kills", "faults", "fuzz", "crowd"]))
@click.option("--count", type=int, help="Builds killed (200), or documents and records (10,000).")
@click.option("--sessions", type=int, multiple=True, default=(50, 200), show_default=True)
@click.option("--minutes", type=float, default=10, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(names: tuple[str, ...], count: int | None, sessions: tuple[int, ...], minutes: float, seed: int) -> None:
    """Runs drills, all by default, and prints the figures of each as a line of JSON."""
    drills: dict[str, list[Callable[[Path], dict[str, Any]]]] = {
        "kills": [lambda path: kills.drill(count or 200, path, seed)],
        "faults": [faults.drill],
        "fuzz": [lambda path: fuzz.drill(count or 10_000, path, seed)],
        "crowd": [partial(crowd.drill, n, minutes) for n in sessions],
    }
    failed = False
    for name in names or drills:
        for drill in drills[name]:
            with tempfile.TemporaryDirectory(prefix=f"drill-{name}-") as folder:
                try:
                    figures = drill(Path(folder))
                except AssertionError as error:
                    traceback.print_exc()
                    failed, figures = True, {"drill": name, "failed": str(error)[:2000]}
            print(json.dumps(figures, ensure_ascii=False), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
