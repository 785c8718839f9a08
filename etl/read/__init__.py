"""Sources (folders, files, standard input) to raw documents, one at a time. Imports records and errors only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from etl.errors import SourceError
from etl.records import RawDocument, Reject


def read_sources(paths: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[RawDocument | Reject]:
    """The documents of the sources in stable order, and a Reject for what could not be read.

    Raises SourceError where a source does not exist or holds nothing to read.
    """
    for path in map(Path, paths):
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder; check the path")
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            label = f"{path.resolve().name}/{file.relative_to(path).as_posix()}" if path.is_dir() else file.name
            yield RawDocument(label, file.read_bytes())
