"""How the time of extract grows with the length of a document, on sound and hostile texts.

    python bench/linear.py [LARGEST]      # in characters, 1,000,000 where nothing is said

Prints seconds of processor time by size, and by how much each doubling multiplied them: about 2 is linear, 4 quadratic.
Exits with 1 where the time of the largest text is more than LIMIT times what its length alone would make of the
smallest that can be timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from etl.errors import DocumentError  # noqa: E402
from etl.lexicon import load_lexicon  # noqa: E402
from etl.pipeline import extract, to_record  # noqa: E402
from etl.records import RawDocument  # noqa: E402

LIMIT = 4.0
SAMPLE = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "etl" / "sample").glob("*-d0[1-3].txt")))
NAMES = "张伟、王芳、李娜、刘洋、陈静、杨磊、赵强、"


def repeat(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def noise(size: int) -> str:
    """Characters of every kind, at random but always the same."""
    random = Random(1)
    pool = "会议强调要求指出，。；：、（）《》“”\n一二三0123456789abc ??\ufffd國務(wù)領導級省市县区"
    return "".join(random.choice(pool) for _ in range(size))


TEXTS: dict[str, Callable[[int], str]] = {
    "announcements": repeat(SAMPLE),
    "one line": repeat(SAMPLE.replace("\n", "")),
    "no punctuation": repeat("".join(c for c in SAMPLE if "\u4e00" <= c <= "\u9fff")),
    "random": noise,
    "nested brackets": lambda size: ("（" * (size // 2)) + ("）" * (size // 2)),
    "open brackets": repeat("（会议"),
    "pinyin brackets": repeat("國(wù"),
    "book titles": repeat("《关于《"),
    "quotation marks": repeat("“四方“"),
    "digits": repeat("1234567890"),
    "dates": repeat("2020年2月3日至4日"),
    "dotted numbers": repeat("1.2.3.4."),
    "items": repeat("一要"),
    "must": repeat("要"),
    "said": repeat("会议强调，"),
    "names": repeat(NAMES),
    "names in the chair": repeat("张伟主持会议，李娜出席，"),
    "places": repeat("湖北省武汉市江岸区"),
    "bodies": repeat("疫情防控工作领导小组办公室"),
    "measures": repeat("核酸检测隔离封控流调"),
    "lost marks": repeat("会议要求??诎堵"),
    "spaces": repeat("会 议\u3000"),
    "line breaks": repeat("会议\n\n"),
    "entities": repeat("&amp;ldquo;"),
    "commas": repeat("，"),
}


def seconds(text: str) -> float:
    """Processor time of one extraction."""
    raw = RawDocument("bench.txt", text.encode("utf-8"))
    started = time.process_time()
    with suppress(DocumentError):
        to_record(extract(raw, load_lexicon()))
    return time.process_time() - started


def main() -> int:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    sizes = [largest // 8, largest // 4, largest // 2, largest]
    seconds(SAMPLE[:2000])  # lists are loaded
    print(f"{'text':20}" + "".join(f"{size:>12,}" for size in sizes) + f"{'growth':>24}{'s/MB':>8}")
    curved = []
    for name, make in TEXTS.items():
        taken = [seconds(make(size)) for size in sizes]
        growth = [b / max(a, 0.001) for a, b in pairwise(taken)]
        print(
            f"{name:20}"
            + "".join(f"{t:>12.3f}" for t in taken)
            + f"{' '.join(f'×{g:.1f}' for g in growth):>24}{taken[-1] * 1_000_000 / largest:>8.2f}",
            flush=True,
        )
        if taken[-1] > 1 and taken[-1] / max(taken[0], 0.01) > 8 * LIMIT:
            curved.append(name)
    if curved:
        print(f"not linear: {', '.join(curved)}")
    return 1 if curved else 0


if __name__ == "__main__":
    raise SystemExit(main())
