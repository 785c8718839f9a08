"""Files of a folder in stable order. Imports records only.

Hidden files and folders are passed over, and so is whatever a symbolic link leads to outside the root: a folder that
somebody hands us must not make us read the rest of the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.records import Reject

DEEPEST = 64  # folders below each other


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of a root: its files, sorted, by what they are."""

    path: Path
    files: tuple[Path, ...]


def walk(root: Path, label: str) -> Iterator[Folder | Reject]:
    """The root and the folders below it, parents first, names sorted; what cannot be listed is a reject."""
    yield from _walk(root, root.resolve(), label, 0)


def _walk(folder: Path, root: Path, label: str, depth: int) -> Iterator[Folder | Reject]:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        yield Reject(label, "unreadable", f"folder not listed: {error.strerror or error}; check its permissions")
        return
    files, folders, refused = [], [], []
    for name in names:
        path = folder / name
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            detail = "symbolic link that leads nowhere or out of the source; copy the file, or name it as a source"
            refused.append(Reject(f"{label}/{name}", "unreadable", detail))
        elif path.is_dir():
            if path.is_symlink():
                continue  # what it leads to lies below the root and is read there
            folders.append(path)
        else:
            files.append(path)
    yield Folder(folder, tuple(files))
    yield from refused
    for path in folders:
        if depth >= DEEPEST:
            yield Reject(f"{label}/{path.name}", "unreadable", f"more than {DEEPEST} folders deep; name it as a source")
        else:
            yield from _walk(path, root, f"{label}/{path.name}", depth + 1)
