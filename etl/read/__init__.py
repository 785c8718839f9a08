"""Sources (folders, files, standard input) to raw documents, one at a time.

Imports records, errors, and of normalise the encodings only. Memory does not grow with the number of documents.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from etl.errors import SourceError
from etl.read.fields import Metadata
from etl.read.files import FORMATS, format_of, read_file, read_stream
from etl.read.folder import Folder, walk
from etl.read.jsonl import read_line
from etl.read.limits import LARGEST_DOCUMENT
from etl.read.lines import Stream, lines_of
from etl.read.metadata import MANIFEST, Manifest, read_manifest, read_sidecar
from etl.read.tables import SNIFFED, begins_table, read_csv
from etl.records import RawDocument, Reject

STANDARD_INPUT = "-"
ARRAY = re.compile(rb'(?:\xef\xbb\xbf)?\s*\[\s*[\[\]{"]')
READ = f"{', '.join(FORMATS[:-1])} and {FORMATS[-1]}"


def read_sources(
    paths: Sequence[str | Path], stdin: BinaryIO | None = None, sifted: bool = True
) -> Iterator[RawDocument | Reject]:
    """The documents of the sources in stable order, and a Reject for what could not be read.

    `sifted` leaves pages of web archives out that cannot be announcements.
    A document's source is the name of the folder or file that was given, and the path below it:
    digests/bj-d01.txt, digests/2020/all.jsonl#3, and stdin/<12 hex digits of its SHA-256> for standard input.
    Raises SourceError, before anything is read, where a source is missing or holds nothing that we read.
    """
    for path in paths:
        if str(path) != STANDARD_INPUT:
            _refuse(Path(path))
    return _read(list(dict.fromkeys(map(str, paths))), stdin, sifted)


def _refuse(path: Path) -> None:
    """Raises SourceError for a source that cannot be one."""
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder; check the path")
    if path.is_dir():
        folders = (found for found in walk(path, path.name) if isinstance(found, Folder))
        if not any(file.name != MANIFEST and format_of(file) for folder in folders for file in folder.files):
            raise SourceError(f"{path}: no document in this folder or below it; {READ} are read")
    elif path.name == MANIFEST:
        raise SourceError(f"{path}: a manifest is metadata, never a source; name its folder")
    elif format_of(path) is None:
        raise SourceError(f"{path}: {path.suffix or 'no suffix'} is not read; {READ} are")


def _read(paths: list[str], stdin: BinaryIO | None, sifted: bool) -> Iterator[RawDocument | Reject]:
    for name in paths:
        if name == STANDARD_INPUT:
            yield from read_standard_input(stdin or sys.stdin.buffer)
            continue
        for item in list_files(Path(name)):
            if isinstance(item, Reject):
                yield item
            else:
                yield from item.read(sifted)


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read, here or on another machine: its name there, and what is known of its documents beside it."""

    path: Path
    source: str
    metadata: Metadata

    def read(self, sifted: bool = True) -> Iterator[RawDocument | Reject]:
        """Its documents; of web archives, only those that may be announcements unless `sifted` is False."""
        for item in read_file(self.path, self.source, sifted):
            yield self.metadata.of(item) if isinstance(item, RawDocument) else item


def list_files(path: Path) -> Iterator[File | Reject]:
    """The files of a source, in the order of their paths, and a Reject for what cannot be one."""
    if path.is_dir():
        yield from _list_folder(path, path.resolve().name)
    else:  # its folder's manifest and its sidecar count, other rows of the manifest do not
        beside = path.parent / MANIFEST
        manifests = [read_manifest(beside, MANIFEST)] if beside.is_file() else []
        yield from _with_metadata(path, path.name, manifests)


def _list_folder(root: Path, label: str) -> Iterator[File | Reject]:
    manifests: list[Manifest] = []
    for found in walk(root, label):
        if isinstance(found, Reject):
            yield found
            continue
        below = found.path.relative_to(root).as_posix()
        here = label if below == "." else f"{label}/{below}"
        while manifests and not found.path.is_relative_to(manifests[-1].folder):
            yield from manifests.pop().unmet()
        others: Counter[str] = Counter()
        examples: dict[str, str] = {}
        for path in found.files:
            if path.name == MANIFEST:
                manifests.append(read_manifest(path, f"{here}/{MANIFEST}"))
                yield from manifests[-1].rejects
        for path in found.files:
            if path.name == MANIFEST:
                continue
            if format_of(path):
                yield from _with_metadata(path, f"{here}/{path.name}", manifests)
            elif not (path.suffix == ".json" and _has_document(path)):
                others[path.suffix] += 1
                examples.setdefault(path.suffix, path.name)
        for suffix, count in others.items():
            detail = f"{count} files that are not read, {examples[suffix]} the first; {READ} are read"
            yield Reject(f"{here}/*{suffix}", "unsupported", detail)
    while manifests:
        yield from manifests.pop().unmet()


def _with_metadata(path: Path, source: str, manifests: list[Manifest]) -> Iterator[File | Reject]:
    """A file with what sidecar and manifests say of it, the nearest first."""
    metadata = Metadata()
    sidecar = path.with_suffix(".json")
    if sidecar.is_file():
        metadata, problem = read_sidecar(sidecar, f"{source.rpartition('/')[0]}/{sidecar.name}".lstrip("/"))
        if problem:
            yield problem
    for manifest in reversed(manifests):
        metadata = metadata.over(manifest.of(path))
    yield File(path, source, metadata)


def _has_document(sidecar: Path) -> bool:
    """Whether a NAME.json stands beside a document NAME."""
    return any(sidecar.with_suffix(suffix).is_file() for suffix in FORMATS)


def read_standard_input(stream: Stream) -> Iterator[RawDocument | Reject]:
    """One document; JSON Lines where the input begins with an object, CSV where its first row names a column of texts.

    Raises SourceError where it is empty, or JSON of another layout.
    """
    first = b""
    while not first.strip():
        piece = stream.readline(LARGEST_DOCUMENT + 1)
        if not piece:
            raise SourceError("standard input is empty; pipe a document or JSON Lines into it")
        first += piece
        if len(first) > LARGEST_DOCUMENT:
            break
    begins = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"{"):
        if begins.rstrip() == b"{":
            raise SourceError("standard input is JSON over several lines; write one object a line, as jq -c . does")
        for number, line, head in lines_of(_Rejoined(first, stream)):
            if line is None or line.strip():
                for item in read_line(line, f"stdin/{_key(line or head)}", f"line {number}", head):
                    yield item
        return
    head = first + stream.read(SNIFFED)
    stream = _Rejoined(head, stream)
    if ARRAY.match(head):
        raise SourceError("standard input is a JSON array; write one object a line, as jq -c '.[]' does")
    if begins_table(head[:SNIFFED]):
        yield from _read_table(stream)
    else:
        for item in read_stream(stream, "stdin/?", ".txt"):
            key = _key(item.data) if isinstance(item, RawDocument) else _key(item.sample.encode())
            yield replace(item, source=f"stdin/{key}")


def _read_table(stream: Stream) -> Iterator[RawDocument | Reject]:
    """The rows of a CSV, each named by the hash of its text and URL."""
    row = name = ""
    for item in read_csv(stream, "stdin/?"):
        if isinstance(item, RawDocument):
            row, name = item.source, f"stdin/{_key(item.data + (item.url or '').encode())}"
            yield replace(item, source=name)
        else:  # of the row just read, or in the stead of a row
            key = _key((item.sample or item.detail).encode())
            yield replace(item, source=name if item.source == row else f"stdin/{key}")


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


class _Rejoined:
    """A stream with bytes put back before it."""

    def __init__(self, first: bytes, stream: Stream) -> None:
        self._first = first
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """As Stream.read."""
        data, self._first = self._first[:size], self._first[size:]
        return data + self._stream.read(size - len(data))

    def readline(self, size: int, /) -> bytes:
        """As Stream.readline, across the seam."""
        end = self._first.find(b"\n", 0, size) + 1 or size
        data, self._first = self._first[:end], self._first[end:]
        return data if data.endswith(b"\n") or len(data) >= size else data + self._stream.readline(size - len(data))
