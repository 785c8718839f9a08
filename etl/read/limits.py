"""How much the readers take in before they refuse. Imports records only."""

from __future__ import annotations

from etl.records import Reject

LARGEST_DOCUMENT = 20_000_000  # bytes of one document
LARGEST_METADATA = 20_000_000  # bytes of a manifest or sidecar
SAMPLE = 200  # characters of a reject's sample


def sample(data: bytes) -> str:
    """The first characters of a document, escaped, for people to recognise it by."""
    text = data[: 4 * SAMPLE].decode("utf-8", "backslashreplace")[:SAMPLE]
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)[:SAMPLE]


def too_large(source: str, size: str, head: bytes) -> Reject:
    """The reject of a document that is larger than we read."""
    detail = f"{size}; at most {LARGEST_DOCUMENT:,} bytes of one document are read; split it or take the text out"
    return Reject(source, "too_large", detail, sample(head))
