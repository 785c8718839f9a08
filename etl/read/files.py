"""One file to its documents, by what its name says it is. Imports the readers of the formats, lines, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from etl.read.jsonl import read_jsonl
from etl.read.limits import LARGEST_DOCUMENT, sample, too_large
from etl.read.lines import UNPACKING, Stream, open_file
from etl.read.tables import read_csv, read_parquet
from etl.records import RawDocument, Reject

TEXTS = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
ARCHIVES = (".warc", ".wet")
FORMATS = (*TEXTS, ".jsonl", ".csv", ".parquet", *ARCHIVES)
MARKUP = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)


def format_of(path: Path) -> str | None:
    """The format that a name stands for, .gz taken off; None for one that we do not read."""
    name = path.name.lower()
    suffix = Path(name.removesuffix(".gz")).suffix
    if suffix not in FORMATS or (name.endswith(".gz") and suffix == ".parquet"):
        return None
    return suffix


def read_file(path: Path, source: str, sifted: bool = True) -> Iterator[RawDocument | Reject]:
    """The documents of a file; what goes wrong while it is read is a reject behind those before.

    Of a web archive, only those that the sieve lets through unless `sifted` is False. A file without any document
    (a table that has only its head) is a reject too.
    """
    is_empty = True
    for item in _read(path, source, sifted):
        is_empty = False
        yield item
    if is_empty:
        yield Reject(source, "empty", "no row, line or record that holds a document; fill the file or remove it")


def _read(path: Path, source: str, sifted: bool) -> Iterator[RawDocument | Reject]:
    kind = format_of(path)
    if not path.is_file():
        yield Reject(source, "unreadable", "no regular file; copy what it leads to")
        return
    if kind == ".parquet":
        yield from read_parquet(path, source)
        return
    try:
        with open_file(path) as stream:
            yield from read_stream(stream, source, kind or ".txt", sifted)
    except UNPACKING as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Reject(source, "unreadable", f"{reason}; check its permissions and whether it is whole")


def read_stream(stream: Stream, source: str, kind: str, sifted: bool = True) -> Iterator[RawDocument | Reject]:
    """The documents of a stream of a format."""
    if kind == ".jsonl":
        yield from read_jsonl(stream, source)
    elif kind == ".csv":
        yield from read_csv(stream, source)
    elif kind in ARCHIVES:
        from etl.read.warc import read_warc  # warcio takes a tenth of a second to import

        yield from read_warc(stream, source, sifted)
    else:
        yield read_text(stream, source, TEXTS[kind])


def read_text(stream: Stream, source: str, media_type: str) -> RawDocument | Reject:
    """The one document of a stream; a text that begins as a web page does is one."""
    data = stream.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        return too_large(source, f"more than {LARGEST_DOCUMENT:,} bytes", data[:1000])
    if not data.strip():
        return Reject(source, "empty", f"{len(data)} bytes, no text; nothing to read", sample(data))
    if media_type == "text/plain" and MARKUP.match(data, 0, 1000):
        media_type = "text/html"
    return RawDocument(source, data, media_type)
