"""What extract costs beside jieba alone on the same texts, and which stage costs what.

    python bench/extraction.py [--rounds 5]

Prints, for the bundled announcements and for a Traditional version of them, processor time per document and per 1,000
characters of extract_rows and of `list(jieba.cut(text))`, and their ratio: the median of rounds in which both take
turns, so that other work on the machine weighs on both. Then the share of each stage of a round under a profiler that
only watches the stages.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import jieba
import opencc

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from etl import pipeline, stage  # noqa: E402
from etl.lexicon import load_lexicon  # noqa: E402
from etl.records import RawDocument  # noqa: E402

MOST = {"hans": 1.0, "hant": 1.5}  # times jieba's processor time
STAGES: tuple[tuple[Any, str], ...] = (
    (pipeline, "normalise"),
    (pipeline, "split"),
    (pipeline, "find_dates"),
    (pipeline, "find_issuer"),
    (pipeline, "find_meeting"),
    (pipeline, "classify"),
    (pipeline, "find_directives"),
    (pipeline, "measures_of"),
    (pipeline, "find_figures"),
    (pipeline, "find_citations"),
    (pipeline, "find_slogans"),
    (pipeline, "find_conveyed"),
    (stage, "complete"),
    (stage, "faults"),
    (stage, "row"),
)


def texts() -> dict[str, list[str]]:
    """The bundled announcements in both scripts."""
    simplified = [path.read_text("utf-8") for path in sorted((ROOT / "etl" / "sample").glob("*.txt"))]
    to_traditional = opencc.OpenCC("s2t")
    return {"hans": simplified, "hant": [to_traditional.convert(text) for text in simplified]}


def processor_time(work: Callable[[], None]) -> float:
    """Seconds of processor time, the collector standing still."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    work()
    taken = time.process_time() - started
    gc.enable()
    return taken


def extract_all(documents: list[RawDocument]) -> None:
    lexicon = load_lexicon()
    for _ in stage.extract_rows(documents, lexicon, "", lambda i: None):
        pass


def cut_all(pages: list[str]) -> None:
    for page in pages:
        list(jieba.cut(page))


def documents_of(script: str, pages: list[str]) -> list[RawDocument]:
    """The pages of a script as files of their own."""
    return [RawDocument(f"{script}-{i}.txt", page.encode()) for i, page in enumerate(pages)]


def beside_jieba(documents: list[RawDocument], pages: list[str], rounds: int) -> list[tuple[float, float]]:
    """Seconds of processor time of extraction and of jieba alone, in turns, once both have loaded their lists."""
    extract_all(documents[:20])
    cut_all(pages[:20])
    return [
        (processor_time(lambda: extract_all(documents)), processor_time(lambda: cut_all(pages))) for _ in range(rounds)
    ]


def stages(documents: list[RawDocument]) -> dict[str, float]:
    """Seconds of processor time by stage, what is none of them as `rest`."""
    taken = {name: 0.0 for _, name in STAGES}
    before = {name: getattr(module, name) for module, name in STAGES}

    def timed(name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            started = time.process_time()
            result = before[name](*args)
            if name == "faults":
                result = iter(list(result))
            taken[name] += time.process_time() - started
            return result

        return call

    for module, name in STAGES:
        setattr(module, name, timed(name))
    try:
        total = processor_time(lambda: extract_all(documents))
    finally:
        for module, name in STAGES:
            setattr(module, name, before[name])
    return taken | {"rest": total - sum(taken.values())}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    jieba.setLogLevel("ERROR")
    tables: dict[str, dict[str, float]] = {}
    slow = []
    print(f"{'script':8}{'documents':>10}{'extract':>12}{'jieba':>12}{'extract':>12}{'jieba':>12}{'ratio':>8}")
    print(f"{'':18}{'ms/document':>24}{'ms/1,000 chars':>24}")
    for script, pages in texts().items():
        documents = documents_of(script, pages)
        times = beside_jieba(documents, pages, rounds)
        ours, theirs = (median(column) for column in zip(*times, strict=True))
        ratio = median(ours / theirs for ours, theirs in times)
        characters = sum(map(len, pages)) / 1000
        row = [ours / len(pages), theirs / len(pages), ours / characters, theirs / characters]
        print(f"{script:8}{len(pages):>10}" + "".join(f"{1000 * t:>12.3f}" for t in row) + f"{ratio:>8.2f}")
        if ratio > MOST[script]:
            slow.append(f"{script} takes {ratio:.2f} times as long as jieba; at most {MOST[script]} is wanted")
        tables[script] = stages(documents)
    print("\nstage" + " " * 15 + "".join(f"{script + ' ms/doc':>16}{'share':>8}" for script in tables))
    for name in tables["hans"]:
        row = [(table[name], table[name] / sum(table.values())) for table in tables.values()]
        print(f"{name:20}" + "".join(f"{1000 * t / len(pages):>16.3f}{100 * share:>7.1f}%" for t, share in row))
    print(*slow, sep="\n")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
