"""Fuzzed documents and records through `build` and `load`: each ends as rows or as a reject with a reason."""

from __future__ import annotations

import json
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.build import build, extract_records
from etl.errors import BuildError
from etl.load import load_records
from etl.records import Reject
from tests.damage import DAMAGES
from tests.test_fuzz import SAMPLE, TAGS, TEXTS, WORDS
from warehouse.connection import open_published

ENCODINGS = ("utf-8", "utf-8", "gb18030", "big5hkscs", "utf-16", "utf-8-sig")
CONTAINERS = (".jsonl", ".csv", ".parquet", ".warc", ".warc.gz", ".wet.gz")
SUFFIXES = (*(".txt",) * 6, *(".html",) * 3, ".md", *CONTAINERS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=12), children, max_size=4),
    max_leaves=12,
)
ODD: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    "x",
    -1,
    0,
    10**12,
    1.5,
    True,
    "2020-02-30",
    "9999-12-31",
    [[]],
    [None],
    {"": ""},
    "\ud800",
    "\x00",
)


def examples(strategy: st.SearchStrategy[Any], count: int, seed: int) -> list[Any]:
    """Values of a strategy, as a property test would meet them."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collect()
    random = Random(seed)
    while len(found) < count:  # a strategy may be exhausted before
        found.append(random.choice(found))
    return found[:count]


def documents(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """File names and bytes: pieced together, real and damaged, cut, mixed, or not text at all."""
    random = Random(seed)
    pieced = examples(TEXTS, max(count // 4, 1), seed)
    marked = examples(st.lists(st.sampled_from(TAGS) | WORDS).map("".join), max(count // 8, 1), seed)
    damages = list(DAMAGES.values())
    for i in range(count):
        kind = i % 8
        if kind < 2:
            text = pieced[(i // 4) % len(pieced)]
        elif kind == 2:
            text = marked[(i // 8) % len(marked)]
        else:
            text = random.choice(SAMPLE)
        data = text.encode(random.choice(ENCODINGS), "replace")
        if kind in (3, 4):
            data = random.choice(damages).copy(text, str(i))
        elif kind >= 5:
            data = mutate(data, random)
        yield f"{i:06}{random.choice(SUFFIXES)}", data


def mutate(data: bytes, random: Random) -> bytes:
    """Bytes flipped, cut out, doubled, swapped or thrown in."""
    for _ in range(random.randint(1, 8)):
        a, b = sorted(random.randint(0, len(data)) for _ in range(2))
        b = min(b, a + random.choice((1, 8, 200, 5000)))
        piece = data[a:b]
        data = random.choice(
            (
                data[:a] + data[b:],
                data[:a] + random.randbytes(b - a) + data[b:],
                data[:b] + piece + data[b:],
                data[:a] + piece[::-1] + data[b:],
                data[:a],
            )
        )
    return data


def records(count: int, seed: int) -> Iterator[bytes]:
    """Lines of a records file: sound ones with values changed, and JSON of any shape."""
    random = Random(seed)
    shapes = examples(JSON, max(count // 4, 1), seed)
    folder = Path(__file__).parents[2] / "etl" / "sample"
    sound = [
        record
        for record in extract_records([path for path in sorted(folder.glob("*-d0[1-3].txt"))[:12]])
        if not isinstance(record, Reject)
    ]
    for i in range(count):
        if i % 4 == 0:
            value: Any = shapes[(i // 4) % len(shapes)]
        else:
            value = json.loads(json.dumps(random.choice(sound)))
            value["source"], value["document_id"] = f"fuzz/{i}.txt", f"fuzz{i}"
            for _ in range(random.randint(0, 3)):
                change(value, random)
        line = json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
        if random.random() < 0.1:
            line = mutate(line, random).replace(b"\n", b" ")
        yield line.replace(b"\r", b" ") or b"{}"


def change(value: Any, random: Random) -> None:
    """Changes one value somewhere inside."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and random.random() < 0.7:
            value = value[key]
            continue
        value[key] = random.choice((*ODD, value[key], value[random.choice(keys)]))
        return


def drill(count: int, directory: Path, seed: int = 1, batch: int = 2500) -> dict[str, Any]:
    """`count` documents through build and as many records through load, in batches.

    Raises AssertionError where one is lost or a reject has no reason; whatever a job raises ends the drill.
    """
    started, reasons = time.monotonic(), Counter[str]()
    figures: dict[str, Any] = {"drill": "fuzz", "documents": count, "records": count}
    warehouse = directory / "warehouse"
    for first in range(0, count, batch):
        size = min(batch, count - first)
        folder = directory / f"fuzz{first}"
        folder.mkdir(parents=True)
        for name, data in documents(size, seed + first):
            (folder / name).write_bytes(data)
        run(partial(build, [folder], warehouse))
        kept, rejected, named = count_outcomes(warehouse, folder.name)
        reasons += rejected
        missing = {path.name for path in folder.iterdir() if path.stat().st_size} - named
        assert not missing, f"{len(missing)} files gave neither rows nor a reject, such as {min(missing)}"
        figures["document_rows"] = figures.get("document_rows", 0) + kept
        lines = directory / f"lines{first}.jsonl"
        lines.write_bytes(b"\n".join(records(size, seed + first)) + b"\n")
        before = total(warehouse, "documents")
        summary = run(partial(load_records, [lines], warehouse))
        if summary is not None:
            read = summary.load.documents_read
            assert read == size, f"{size} lines, {read} read"
            figures["record_rows"] = figures.get("record_rows", 0) + total(warehouse, "documents") - before
            reasons += count_outcomes(warehouse, lines.name)[1]
        for path in folder.iterdir():
            path.unlink()
    return figures | {"rejects": dict(reasons), "lost": 0, "seconds": round(time.monotonic() - started)}


def run(job: Callable[[], Any]) -> Any:
    """A job's answer; None where it says that nothing of its input could be read, which is an answer too."""
    try:
        return job()
    except BuildError as error:
        assert "could be read" in str(error)
        return None


def count_outcomes(warehouse: Path, root: str) -> tuple[int, Counter[str], set[str]]:
    """Documents of a root, its rejects by reason, and the names of its files that have either."""
    with open_published(warehouse) as connection:
        sources = connection.execute("SELECT source FROM documents WHERE source_root = ?", [root]).fetchall()
        rejects = connection.execute(
            "SELECT source, reason, detail FROM rejects WHERE starts_with(source, ?)", [root]
        ).fetchall()
    assert all(reason and detail for _, reason, detail in rejects)
    names = {source.split("/", 1)[-1].split("#", 1)[0] for source, *_ in (*sources, *rejects)}
    return len(sources), Counter(reason for _, reason, _ in rejects), names


def total(warehouse: Path, table: str) -> int:
    with open_published(warehouse) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
