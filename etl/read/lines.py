"""Lines of a stream, however long they are, and plain or gzip files as streams. Imports errors only."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Protocol

LONGEST_LINE = 40_000_000  # bytes: a JSON line may escape every character of the largest document
LARGEST_UNPACKED = 20_000_000_000  # bytes that one compressed file may unpack to
UNPACKING = (OSError, EOFError, zlib.error)  # what reading a broken or truncated gzip file raises


class Stream(Protocol):
    """What the readers ask of a stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; fewer only at the end."""

    def readline(self, size: int, /) -> bytes:
        """A line with its end, or its first `size` bytes; b"" at the end."""


def open_file(path: Path) -> BufferedReader | gzip.GzipFile:
    """The file's bytes; those inside where its name ends in .gz."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def lines_of(stream: Stream) -> Iterator[tuple[int, bytes | None, bytes]]:
    """Number, line and its beginning; the line is None where it is longer than LONGEST_LINE and was passed over."""
    number = total = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        total += len(line)
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            head = line[:1000]
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                total += len(rest)
            yield number, None, head
        else:
            yield number, line, line[:1000]
        if total > LARGEST_UNPACKED:
            raise OSError(f"more than {LARGEST_UNPACKED:,} bytes; split the file")
