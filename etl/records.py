"""Nouns of the extraction: what a document is, and what is found in it. Imports nothing of ours.

Positions: `start`/`end` are half-open code-point indices into `Document.text`, always; `raw_*` index
`Document.raw_text`.
Everything is frozen: a stage returns new records. What a document has by the dozen is a NamedTuple, which is
made several times as fast as a frozen dataclass.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Script = Literal["hans", "hant", "hant-pinyin"]
DocumentType = Literal["meeting", "notice", "report", "other"]
DatePrecision = Literal["day", "month", "year", "none"]
DateBasis = Literal["text", "published", "url", "context", "calendar", "relative", "metadata", "none"]
Level = Literal["national", "province", "prefecture", "county", "township", "unit"]
IssuerKind = Literal[
    "party_committee",
    "government",
    "leading_group",
    "department",
    "soe",
    "federation",
    "school",
    "hospital",
    "judiciary",
    "congress_cppcc",
    "enterprise",
    "community",
    "other",
]
Strength = Literal["encourage", "require", "strict"]
Role = Literal["chair", "attendee", "observer", "speaker"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as it was read, before anything is understood of it."""

    source: str  # path under the source root, with #n for the n-th document of a file: "digests/bj-d01.txt"
    data: bytes  # the bytes as they lay there; for HTML, the page; for JSON Lines or CSV, the text field in UTF-8
    media_type: str = "text/plain"  # text/plain | text/html
    declared_encoding: str | None = None  # what a header, a meta tag or a BOM says; never trusted blindly
    url: str | None = None
    title: str | None = None  # metadata: manifest, sidecar, column or WARC header
    published_date: str | None = None  # metadata, ISO
    record_id: str | None = None  # of the record of a web archive: urn:uuid:…
    captured_at: str | None = None  # when a web archive fetched it, ISO in UTC; never the day of publication
    url_role: str = "source"  # "facts" where only the facts come from the url (a manifest's column url_role)


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be read or understood: a row of the table rejects, never a lost file nor a dead job."""

    source: str  # as RawDocument.source; a file's own path where no document of it could be told apart
    reason: str  # kind of failure: unreadable | too_large | unsupported | empty | encoding | malformed | metadata | ...
    detail: str  # the value, the place and the next step
    sample: str = ""  # the first characters of it, escaped, at most 200


class Span(NamedTuple):
    """A stretch of `Document.text`."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The stretch's words."""
        return text[self.start : self.end]


class Repair(NamedTuple):
    """A change that normalisation made beyond script and width, by which rule, and what stood there before."""

    rule: str  # pinyin | gbk-shift | deleted-word | fused-time | ... (rows of etl/data/repairs.tsv)
    start: int  # of `after` in Document.text
    end: int
    before: str  # as in the raw text
    after: str  # as in Document.text; equal to `before` where damage is only marked ("…-marked" rules)


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where each stretch of the normalised text lies in the raw text.

    `text_starts[i]` begins a run that maps to `raw_starts[i]`; inside a run both advance together, one code point
    each. A position that normalisation inserted maps to the raw position where it was inserted.
    """

    text_starts: tuple[int, ...] = (0,)
    raw_starts: tuple[int, ...] = (0,)

    def raw(self, position: int) -> int:
        """The raw position of a text position (0 <= position <= len(text))."""
        i = bisect_right(self.text_starts, position) - 1
        limit = self.raw_starts[i + 1] if i + 1 < len(self.raw_starts) else None
        at = self.raw_starts[i] + position - self.text_starts[i]
        return at if limit is None else min(at, limit)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in normalised, simplified, repaired text, with the way back to the raw text."""

    source: str
    raw_text: str  # decoded; for HTML the visible text of the page
    text: str
    offsets: Offsets
    script: Script
    encoding: str
    repairs: tuple[Repair, ...] = ()
    url: str | None = None
    title: str | None = None  # from metadata or HTML <title>, normalised
    published_date: str | None = None  # from metadata, ISO
    raw_sha256: str = ""


SegmentKind = Literal["title", "published", "byline", "lead", "heading", "caption", "paragraph", "furniture"]


class Segment(NamedTuple):
    """One line (or part of a line) of the document and what it is for."""

    kind: SegmentKind
    start: int
    end: int

    def cut(self, text: str) -> str:
        """The segment's words."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Page:
    """A segmented document: every non-blank character of the text lies in exactly one segment, in order.

    What several extractors ask of it is found once.
    """

    segments: tuple[Segment, ...]
    paragraphs: tuple[Span, ...] = ()  # lead and paragraphs, those joined that a hard break cut in two

    def of(self, *kinds: SegmentKind) -> tuple[Segment, ...]:
        """The segments of these kinds, in text order."""
        if kinds not in self._by_kinds:
            self._by_kinds[kinds] = tuple(s for s in self.segments if s.kind in kinds)
        return self._by_kinds[kinds]

    def kind_at(self, position: int) -> SegmentKind | None:
        """What the text at a position is for; None where it is blank."""
        i = bisect_right(self._starts, position) - 1
        return self.segments[i].kind if i >= 0 and position < self.segments[i].end else None

    @cached_property
    def title(self) -> Segment | None:
        """The headline in the text itself; metadata may have another."""
        return next((s for s in self.segments if s.kind == "title"), None)

    @cached_property
    def lead(self) -> Segment | None:
        """The first paragraph of the announcement."""
        return next((s for s in self.segments if s.kind == "lead"), None)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.segments]

    @cached_property
    def _by_kinds(self) -> dict[tuple[SegmentKind, ...], tuple[Segment, ...]]:
        return {}


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a document and how each is known. ISO strings; None where the text does not say."""

    meeting_date: str | None = None
    published_date: str | None = None
    effective_date: str | None = None
    precision: DatePrecision = "none"
    basis: DateBasis = "none"
    evidence: str | None = None  # the words that support meeting_date


@dataclass(frozen=True, slots=True)
class Region:
    """A GB/T 2260 unit: code and path of names from the province down. Empty path: national or unknown."""

    adcode: str | None = None
    path: tuple[str, ...] = ()
    evidence: str | None = None  # the words that support it


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that a document speaks for, empty where none is found."""

    name: str | None = None  # full canonical name with its region
    as_written: str | None = None
    kind: IssuerKind = "other"
    level: Level | None = None


class Person(NamedTuple):
    """Somebody named with a part in what the document tells; a name with two roles is there twice."""

    name: str
    role: Role
    title: str | None = None  # 市委副书记、市长
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who sat, and how."""

    people: tuple[Person, ...] = ()
    venue_format: Literal["in_person", "teleconference"] | None = None

    def names(self, role: Role) -> list[str]:
        """Names of those in a role, in text order, once each."""
        return list(dict.fromkeys(p.name for p in self.people if p.role == role))


class Term(NamedTuple):
    """An evidence term of a measure and where it stands."""

    text: str
    start: int
    end: int


class Measure(NamedTuple):
    """A category that a directive falls into, with the words that say so."""

    category: str
    terms: tuple[Term, ...]


class Directive(NamedTuple):
    """An instruction that was ordered: a sentence or part of one, cut out of the text by its span."""

    seq: int  # 1-based, in text order
    text: str
    start: int
    end: int
    ordinal: int | None = None
    speaker: str | None = None
    addressee: str | None = None
    strength: Strength = "require"
    measures: tuple[Measure, ...] = ()
    deadline: str | None = None  # as written: 24小时内, 3月1日前


class Reported(NamedTuple):
    """A sentence that says what was done (not ordered)."""

    text: str
    start: int
    end: int
    measures: tuple[Measure, ...] = ()


class Figure(NamedTuple):
    """A number with its unit; `value` in that unit, so 3万元 is 30000 元."""

    value: float
    unit: str
    qualifier: str | None  # over | nearly | about | at_least | at_most
    as_written: str
    start: int
    end: int


class Citation(NamedTuple):
    """A document that is named in 《》; the title is without them."""

    title: str
    start: int
    end: int


class Slogan(NamedTuple):
    """A named policy in the text's own words: 四方责任."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conveyed:
    """A meeting of others that the document passes on."""

    as_written: str  # its name with its day, as the text has it
    level: Level | None  # of the body that met
    meeting_date: str | None  # ISO; None where no day is written or its year stays open
    is_date_inferred: bool  # True where the year, or the month too, comes from the document's own day
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document; `to_record` (etl/pipeline.py) makes it the JSON record of the contract."""

    document_id: str
    document: Document
    title: str | None
    doc_type: DocumentType
    dates: Dates
    region: Region
    issuer: Issuer
    meeting: Meeting
    directives: tuple[Directive, ...] = ()
    reported: tuple[Reported, ...] = ()
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    slogans: tuple[Slogan, ...] = ()
    conveyed: tuple[Conveyed, ...] = ()
    page: Page = field(default_factory=lambda: Page(()))
