"""How the time of extract grows with the length of a document, on sound and hostile texts.

    python bench/linear.py [LARGEST [NAME…]]      # in characters, 1,000,000 where nothing is said; all texts

Prints seconds of processor time by size, from a hundredth of the largest on, and the exponent of the growth from a
quarter of it to the whole: 1 is linear, 2 quadratic. Exits with 1 where a text that takes longer than NOTICED has an
exponent above STEEPEST, or takes longer than SLOWEST a megabyte.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from math import log
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from etl.errors import DocumentError  # noqa: E402
from etl.lexicon import load_lexicon  # noqa: E402
from etl.pipeline import extract, to_record  # noqa: E402
from etl.records import RawDocument  # noqa: E402

STEEPEST, NOTICED, SLOWEST = 1.3, 0.5, 20.0
SHARES = (100, 10, 4, 2, 1)  # of the largest size
SAMPLE = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "etl" / "sample").glob("*-d0[1-3].txt")))
NAMES = "张伟、王芳、李娜、刘洋、陈静、杨磊、赵强、"


def repeat(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def behind_a_lead(unit: str) -> Callable[[int], str]:
    """The same in the body of an announcement, where every extractor looks."""
    lead = "武汉市召开疫情防控会议\n\n2020年2月3日上午，武汉市委书记张伟主持召开会议。会议强调，"
    return lambda size: (lead + unit * (size // len(unit) + 1))[:size]


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
    "must, in the body": behind_a_lead("要"),
    "ordinals": behind_a_lead("一要落实责任，二要加强排查；"),
    "items, a line each": behind_a_lead("（一）要落实责任。\n"),
    "headings": behind_a_lead("一、加强领导\n"),
    "headings said again": behind_a_lead("一是加强领导。加强领导，落实责任。\n"),
    "speakers": behind_a_lead("张伟强调，要落实责任。王芳指出，要加强排查。\n"),
    "demands of nobody": behind_a_lead("各地疫情，同时要求测温，"),
    "assessments": behind_a_lead("张伟指出，当前形势严峻，要求各单位"),
    "attendance": behind_a_lead("市委常委、秘书长李娜，副市长王芳出席。"),
    "one long sentence": behind_a_lead("要加强排查、落实责任，"),
    "nested quotation marks": lambda size: "“" * (size // 2) + "”" * (size // 2),
    "nested titles": lambda size: "《" * (size // 2) + "》" * (size // 2),
    "quotations": behind_a_lead("“四早”“四方责任”"),
    "meeting dates": behind_a_lead("2月3日，市委召开会议。"),
    "figures": behind_a_lead("累计投入1300余万元、近4亿元，占82.5%，"),
    "cited documents": behind_a_lead("印发《关于做好疫情防控工作的通知》，"),
    "conveyed meetings": behind_a_lead("会议传达学习了2月3日中央政治局常委会会议精神。"),
    "signatures in two lines": repeat("东岭街道新型冠状病毒肺炎\n疫情防控工作领导小组办公室\n2022年10月19日\n"),
    "a page's markup": repeat("<p>会议<"),
    "deleted words": behind_a_lead("导小组要进步落实，二要第时间上报；"),
}
PAGES: dict[str, Callable[[int], str]] = {
    "paragraphs of a page": repeat("<p>会议强调，要落实责任。</p>"),
    "nested tags": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
    "tags never closed": repeat("<div><a href=x>会议"),
    "tags cut off": repeat("<p <"),
    "comments never closed": repeat("<!-- 会议 "),
    "scripts": repeat("<script>var a = '会议';</script>"),
    "table": repeat("<tr><td>会议<td>强调"),
    "entities of a page": repeat("&ldquo;会议&rdquo;"),
}


def seconds(text: str, media_type: str) -> float:
    """Processor time of one extraction."""
    raw = RawDocument("bench", text.encode("utf-8"), media_type)
    started = time.process_time()
    with suppress(DocumentError):
        to_record(extract(raw, load_lexicon()))
    return time.process_time() - started


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("largest", nargs="?", type=int, default=1_000_000)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TEXTS | PAGES))
    given = arguments.parse_args()
    if unknown := set(given.names) - set(TEXTS | PAGES):
        arguments.error(f"no text is called {', '.join(sorted(unknown))}; --help lists them")
    largest = given.largest
    sizes = [largest // share for share in SHARES]
    seconds(SAMPLE[:2000], "text/plain")  # lists are loaded
    print(f"{'text':24}" + "".join(f"{size:>11,}" for size in sizes) + f"{'exponent':>11}{'s/MB':>8}")
    curved = []
    for name, make in (TEXTS | PAGES).items():
        if given.names and name not in given.names:
            continue
        taken = [seconds(make(size), "text/html" if name in PAGES else "text/plain") for size in sizes]
        exponent = log(max(taken[-1], 0.001) / max(taken[2], 0.001)) / log(SHARES[2])
        rate = taken[-1] * 1_000_000 / largest
        row = "".join(f"{t:>11.3f}" for t in taken)
        print(f"{name:24}{row}{exponent:>11.2f}{rate:>8.2f}", flush=True)
        if (taken[-1] > NOTICED and exponent > STEEPEST) or rate > SLOWEST:
            curved.append(name)
    if curved:
        print(f"not linear, or slow: {', '.join(curved)}")
    return 1 if curved else 0


if __name__ == "__main__":
    raise SystemExit(main())
