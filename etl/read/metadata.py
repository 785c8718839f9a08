"""Metadata beside the documents: a folder's manifest.csv, and NAME.json next to NAME.txt. Imports fields, limits.

Neither is ever a source. The sidecar counts before the manifest, and the nearer manifest before one further up.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from etl.errors import EncodingError
from etl.normalise.encoding import decode
from etl.read.fields import OF_METADATA, Metadata, as_text, lower_keys, read_metadata
from etl.read.limits import LARGEST_METADATA
from etl.records import Reject

MANIFEST = "manifest.csv"


@dataclass(slots=True)
class Manifest:
    """What one manifest.csv says of the files below its folder, and which of its rows have met theirs."""

    folder: Path
    source: str  # label of the manifest itself
    rows: dict[str, tuple[int, Metadata]] = field(default_factory=dict)  # by path below the folder
    rejects: list[Reject] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def of(self, path: Path) -> Metadata:
        """What it says of a file."""
        name = path.relative_to(self.folder).as_posix()
        if name not in self.rows:
            return Metadata()
        self.met.add(name)
        return self.rows[name][1]

    def unmet(self) -> Iterator[Reject]:
        """A reject for each row that no file answered."""
        for name, (line, _) in self.rows.items():
            if name not in self.met:
                detail = f"line {line}: no file {name!r} was read below its folder; correct or remove the row"
                yield Reject(self.source, "metadata", detail)


def read_manifest(path: Path, source: str) -> Manifest:
    """A manifest; what is wrong with it, or with a row of it, is among its rejects."""
    manifest = Manifest(path.parent, source)
    try:
        if path.stat().st_size > LARGEST_METADATA:
            raise ValueError(f"larger than {LARGEST_METADATA:,} bytes; split it by folder")
        text, _ = decode(path.read_bytes())
        rows = csv.reader(io.StringIO(text, newline=""))
        columns = [name.strip().lower() for name in next(rows, [])]
        if "file" not in columns:
            raise ValueError(f"no column file among {', '.join(columns)[:200]}; write file,url[,title,published_date]")
        if unknown := [name for name in columns if name and name not in ("file", *OF_METADATA)]:
            detail = f"columns {', '.join(unknown)[:200]} were passed over; known are file, {', '.join(OF_METADATA)}"
            manifest.rejects.append(Reject(source, "metadata", detail))
        for cells in rows:
            if any(cell.strip() for cell in cells):
                _add_row(manifest, rows.line_num, columns, cells)
    except (OSError, ValueError, EncodingError, csv.Error) as error:
        manifest.rejects.append(Reject(source, "metadata", f"manifest not read: {error}"))
    return manifest


def _add_row(manifest: Manifest, line: int, columns: list[str], cells: list[str]) -> None:
    row = dict(zip(columns, cells, strict=False))
    name = as_text(row.get("file")).replace("\\", "/").removeprefix("./")
    if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        detail = f"line {line}: file {name[:80]!r}; give a path below the manifest's folder"
        manifest.rejects.append(Reject(manifest.source, "metadata", detail))
        return
    name = PurePosixPath(name).as_posix()
    if name in manifest.rows:
        detail = f"line {line}: {name!r} stands in line {manifest.rows[name][0]} already; keep one"
        manifest.rejects.append(Reject(manifest.source, "metadata", detail))
        return
    metadata, problem = read_metadata(row)
    manifest.rows[name] = (line, metadata)
    if problem:
        manifest.rejects.append(Reject(manifest.source, "metadata", f"line {line}: {problem}; read without it"))


def read_sidecar(path: Path, source: str) -> tuple[Metadata, Reject | None]:
    """What NAME.json says of NAME.txt, and what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST_METADATA:
            raise ValueError(f"larger than {LARGEST_METADATA:,} bytes")
        fields = json.loads(decode(path.read_bytes())[0])
        if not isinstance(fields, dict):
            raise ValueError(f'a {type(fields).__name__}, not an object; write {{"url": …}}')
    except (OSError, ValueError, RecursionError, EncodingError) as error:
        return Metadata(), Reject(source, "metadata", f"sidecar not read: {error}; the document was read without it")
    metadata, problem = read_metadata(lower_keys(fields))
    return metadata, Reject(source, "metadata", f"{problem}; the document was read without it") if problem else None
