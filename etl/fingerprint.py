"""Fingerprint of the rules: what must be equal for an unchanged document to need no second extraction.

Imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
# modules and lists that take no part in what is extracted from a document; everything else does
OTHER_MODULES = {"__main__", "cli", "build", "copies", "fingerprint", "indicators", "load", "local", "pool"}
OTHER_MODULES |= {"quality", "reference", "roots", "spark", "stage", "status", "validate", "warm"}
OTHER_FOLDERS = {"read", "sample"}
OTHER_DATA = {"events.tsv", "quality.tsv", "record.schema.json", "sieve_terms.tsv"}
LIBRARIES = ("jieba", "opencc-python-reimplemented")


@cache
def rules_version() -> str:
    """16 hex digits over the code and data files that extract, and the libraries whose data they use."""
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for path in sorted(rule_files()):
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def rule_files() -> list[Path]:
    """Modules and data files that decide what is extracted."""
    modules = [
        path
        for path in HERE.rglob("*.py")
        if path.parent != HERE / "data"
        and path.relative_to(HERE).parts[0] not in OTHER_FOLDERS
        and not (path.parent == HERE and path.stem in OTHER_MODULES)
    ]
    data = [
        path
        for path in (HERE / "data").iterdir()
        if path.is_file() and path.suffix != ".py" and path.name not in OTHER_DATA
    ]
    return modules + data
