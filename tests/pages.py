"""A text as the extractors receive it: normalised already, with nothing but what the test says of it."""

from __future__ import annotations

from typing import Any

from etl.records import Document, Offsets


def document_of(text: str, **known: Any) -> Document:
    """A document of this text; `known`: its other fields, such as title, url and published_date."""
    return Document("page", text, text, Offsets(), "hans", "utf-8", **known)
