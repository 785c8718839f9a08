"""Raw bytes to clean text: decode, strip damage, simplify, repair; with offsets back."""

from __future__ import annotations

import hashlib

from etl.lexicon import Lexicon
from etl.records import Document, Offsets, RawDocument


def normalise(raw: RawDocument, lexicon: Lexicon) -> Document:
    """The document in normalised text. Raises EncodingError."""
    text = raw.data.decode("utf-8-sig")
    return Document(
        source=raw.source,
        raw_text=text,
        text=text,
        offsets=Offsets(),
        script="hans",
        encoding="utf-8",
        url=raw.url,
        title=raw.title,
        published_date=raw.published_date,
        raw_sha256=hashlib.sha256(raw.data).hexdigest(),
    )
