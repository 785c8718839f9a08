"""Corpora of any size that look like the web's: announcements pieced together from the bundled ones, some damaged.

    python -m bench.corpus FOLDER --documents 10000                       # one file a document
    python -m bench.corpus CRAWL.warc.gz --documents 10000 --format warc
    python -m bench.corpus LINES.jsonl --documents 10000 --format jsonl --damaged 0

An announcement takes its title and lead from one digest and its paragraphs from several; the place and the day of the
lead stand as they are, a line above them makes every document another. The same number, damage and seed give the same
bytes. Imports bench.sample and tests.damage.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.sample import sample_texts
from tests.damage import DAMAGES

FIRST_DAY, DAYS = date(2020, 1, 21), 1075
PARAGRAPHS = (2, 9)
DAMAGED = 0.3  # share of documents
FILES_A_FOLDER = 1000
FORMATS = ("folder", "jsonl", "warc")


@dataclass(frozen=True, slots=True)
class Page:
    """A generated announcement as its site would serve it."""

    number: int
    data: bytes
    media_type: str
    encoding: str
    damage: str | None  # name of what was done to it (tests/damage.py)

    @property
    def name(self) -> str:
        suffix = "html" if self.media_type == "text/html" else "txt"
        return f"{self.number // FILES_A_FOLDER:04}/{self.number:07}.{suffix}"

    @property
    def url(self) -> str:
        return f"https://site{self.number % 997}.example/{self.number}.html"


def pages(count: int, seed: int = 1, damaged: float = DAMAGED) -> Iterator[Page]:
    """`count` announcements, the share `damaged` of them damaged; each depends on its number and the seed alone."""
    leads = [text.strip().split("\n\n", 1) for text in sample_texts().values()]
    bodies = [line for text in sample_texts().values() for line in text.strip().split("\n")[2:] if line]
    damages = list(DAMAGES.values())
    for number in range(count):
        random = Random(f"{seed}/{number}")
        text = piece_together(random, leads, bodies, number)
        if random.random() < damaged:
            damage = random.choice(damages)
            data = damage.copy(text, f"{seed}/{number}")
            yield Page(number, data, damage.media_type, damage.encoding, damage.name)
        else:
            yield Page(number, text.encode(), "text/plain", "utf-8", None)


def piece_together(random: Random, leads: list[list[str]], bodies: list[str], number: int) -> str:
    """A title, a line of publication, a lead and paragraphs."""
    title, body = random.choice(leads)
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    published = f"发布时间：{day.isoformat()}　编号：{number}"
    paragraphs = random.sample(bodies, random.randint(*PARAGRAPHS))
    return "\n".join([title, published, body.split("\n", 1)[0], *paragraphs]) + "\n"


def write_folder(path: Path, made: Iterable[Page]) -> None:
    """One file a document, a thousand a folder."""
    for page in made:
        file = path / page.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.data)


def write_jsonl(path: Path, made: Iterable[Page]) -> None:
    """One JSON object a line: text or, where it is a page, html, and its url."""
    with path.open("w", encoding="utf-8") as lines:
        for page in made:
            key = "html" if page.media_type == "text/html" else "text"
            text = page.data.decode(page.encoding, "replace")
            lines.write(json.dumps({key: text, "url": page.url}, ensure_ascii=False) + "\n")


def write_warc(path: Path, made: Iterable[Page]) -> None:
    """One response a document, compressed where the name ends in .gz; record ids and dates depend on its number."""
    with path.open("wb") as archive:
        writer = WARCWriter(archive, gzip=path.suffix == ".gz")
        for page in made:
            headers = [("Content-Type", f"{page.media_type}; charset={page.encoding}")]
            record = writer.create_warc_record(
                page.url,
                "response",
                payload=io.BytesIO(page.data),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={
                    "WARC-Date": "2023-01-01T00:00:00Z",
                    "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{page.number:012}>",
                },
            )
            writer.write_record(record)


WRITERS = {"folder": write_folder, "jsonl": write_jsonl, "warc": write_warc}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--documents", type=int, default=10_000)
    arguments.add_argument("--format", choices=FORMATS, default="folder")
    arguments.add_argument("--damaged", type=float, default=DAMAGED)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    asked.path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[asked.format](asked.path, pages(asked.documents, asked.seed, asked.damaged))


if __name__ == "__main__":
    main()
