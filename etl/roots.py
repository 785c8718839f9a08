"""Source roots: the folders and files named as sources, under labels that stay theirs. Imports records only.

A document's source begins with its root's label, so that a warehouse holds documents of many roots and a root read
again replaces its own documents only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from etl.records import RawDocument, Reject

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Root:
    """A source as it was named."""

    path: Path
    name: str  # first part of the source of its documents as readers give it
    label: str  # and as the warehouse does
    sha256: str  # of its full path: the path itself is nobody's business

    def relabel(self, item: RawDocument | Reject) -> RawDocument | Reject:
        """An item that was read from this root, its source under the root's label."""
        source = self.labelled(item.source)
        return item if source == item.source else replace(item, source=source)

    def labelled(self, source: str) -> str:
        """A source as readers give it, under the root's label."""
        return self.label + source.removeprefix(self.name) if source.startswith(self.name) else source


def name_of(path: Path) -> str:
    """The label that readers give: the last part of the path."""
    return "stdin" if path == STANDARD_INPUT else path.resolve().name


def name_roots(paths: Iterable[Path], known: Mapping[str, str]) -> list[Root]:
    """Sources as roots, each once. `known` maps the labels of earlier builds to the hashes of their paths.

    A label that another root has is lengthened by the name of the folder above: digests, then digests@2021.
    """
    taken = dict(known)
    roots: dict[str, Root] = {}
    for path in paths:
        full = path if path == STANDARD_INPUT else path.resolve()
        sha256 = hashlib.sha256(str(full).encode("utf-8", "surrogateescape")).hexdigest()
        label = next((label for label, known_sha256 in taken.items() if known_sha256 == sha256), None)
        if label is None:
            label, above = name_of(path), full
            while label in taken:
                above = above.parent
                label += f"@{above.name or sha256[:8]}"
        taken[label] = sha256
        roots.setdefault(sha256, Root(path, name_of(path), label, sha256))
    return list(roots.values())
