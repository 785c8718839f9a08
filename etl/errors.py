"""The exception tree.

EtlError
├── SourceError        a source cannot be read: missing, empty, unreadable, unsupported
├── DocumentError      one document cannot be understood; becomes a row in rejects
│   ├── EncodingError      no encoding fits its bytes
│   └── RecordError        a line, row or record is malformed
├── LexiconError       a data file of ours breaks its own header's rules
├── CorrectionError    a correction does not fit the document as it is now
└── BuildError         the build cannot go on: locked, no space, a failed check
"""

from __future__ import annotations


class EtlError(Exception):
    """Base of everything the ETL raises on purpose."""


class SourceError(EtlError):
    """A source cannot be read."""


class DocumentError(EtlError):
    """One document cannot be understood; the build goes on without it."""


class EncodingError(DocumentError):
    """No encoding fits the bytes."""


class RecordError(DocumentError):
    """A line, row or record is malformed."""


class LexiconError(EtlError):
    """A lexicon file breaks its header's rules."""


class CorrectionError(EtlError):
    """A correction does not fit the document as it is now."""


class BuildError(EtlError):
    """The build cannot go on; nothing was published."""
