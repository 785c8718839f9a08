"""extract(raw) -> Extraction: the whole reading of one document as a recipe. Pure: no I/O, one document at a time."""

from __future__ import annotations

import hashlib
from typing import Any

from etl.extract.citations import find_citations
from etl.extract.conveyed import find_conveyed
from etl.extract.dates import find_dates
from etl.extract.directives import find_directives
from etl.extract.document_type import classify
from etl.extract.figures import find_figures
from etl.extract.issuer import find_issuer
from etl.extract.measures import measures_of
from etl.extract.people import find_meeting
from etl.extract.slogans import find_slogans
from etl.lexicon import Lexicon
from etl.normalise import normalise
from etl.records import Extraction, RawDocument
from etl.segment import split
from etl.steps import Steps, finish


def document_id(source: str) -> str:
    """Stable key of a document: 16 hex digits of the SHA-256 of its source path."""
    return hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def extract(raw: RawDocument, lexicon: Lexicon) -> Extraction:
    """Everything found in one document. Raises DocumentError where it cannot be understood at all."""
    return finish(extract_steps(raw, lexicon))


def extract_steps(raw: RawDocument, lexicon: Lexicon) -> Steps[Extraction]:
    """The recipe of extract, in steps (etl/steps.py)."""
    document = normalise(raw, lexicon)
    yield
    page = split(document, lexicon)
    doc_type = classify(document, page, lexicon)
    yield
    dates = find_dates(document, page, lexicon)
    yield
    issuer, region = find_issuer(document, page, lexicon)
    yield
    meeting = find_meeting(document, page, lexicon)
    yield
    directives, reported = find_directives(document, page, doc_type, meeting, lexicon)
    yield
    spans = [(d.text, d.start) for d in directives] + [(r.text, r.start) for r in reported]
    measures = measures_of(spans, lexicon)
    yield
    return Extraction(
        document_id=document_id(raw.source),
        document=document,
        title=page.title.cut(document.text) if page.title else document.title,
        doc_type=doc_type,
        dates=dates,
        region=region,
        issuer=issuer,
        meeting=meeting,
        directives=tuple(d._replace(measures=m) for d, m in zip(directives, measures, strict=False)),
        reported=tuple(r._replace(measures=m) for r, m in zip(reported, measures[len(directives) :], strict=True)),
        figures=find_figures(document, page, lexicon),
        citations=find_citations(document, page, lexicon),
        slogans=find_slogans(document, page, lexicon),
        conveyed=find_conveyed(document, page, dates, region, lexicon),
        page=page,
    )


def to_record(e: Extraction) -> dict[str, Any]:
    """The extraction record of the contract (etl/data/record.schema.json): plain JSON values."""

    def measures(found: tuple) -> list[dict[str, Any]]:
        return [
            {"category": m.category, "terms": [{"text": t.text, "start": t.start, "end": t.end} for t in m.terms]}
            for m in found
        ]

    return {
        "document_id": e.document_id,
        "source": e.document.source,
        "url": e.document.url,
        "title": e.title,
        "script": e.document.script,
        "doc_type": e.doc_type,
        "published_date": e.dates.published_date,
        "meeting_date": e.dates.meeting_date,
        "effective_date": e.dates.effective_date,
        "date_precision": e.dates.precision,
        "date_basis": e.dates.basis,
        "date_evidence": e.dates.evidence,
        "region": {"adcode": e.region.adcode, "path": list(e.region.path), "evidence": e.region.evidence},
        "level": e.issuer.level,
        "issuer": e.issuer.name,
        "issuer_as_written": e.issuer.as_written,
        "issuer_kind": e.issuer.kind,
        "venue_format": e.meeting.venue_format,
        "chair": e.meeting.names("chair"),
        "attendees": e.meeting.names("attendee"),
        "observers": e.meeting.names("observer"),
        "people": [
            {"name": p.name, "role": p.role, "title": p.title, "start": p.start, "end": p.end} for p in e.meeting.people
        ],
        "directives": [
            {
                "seq": d.seq,
                "ordinal": d.ordinal,
                "speaker": d.speaker,
                "addressee": d.addressee,
                "text": d.text,
                "start": d.start,
                "end": d.end,
                "strength": d.strength,
                "measures": measures(d.measures),
                "deadline": d.deadline,
            }
            for d in e.directives
        ],
        "reported": [
            {"text": r.text, "start": r.start, "end": r.end, "measures": measures(r.measures)} for r in e.reported
        ],
        "figures": [
            {
                "value": f.value,
                "unit": f.unit,
                "qualifier": f.qualifier,
                "as_written": f.as_written,
                "start": f.start,
                "end": f.end,
            }
            for f in e.figures
        ],
        "cited": [c.title for c in e.citations],
        "slogans": [s.label for s in e.slogans],
        "spans": {
            "cited": [[c.start, c.end] for c in e.citations],
            "slogans": [[s.start, s.end] for s in e.slogans],
        },
        "conveyed": [
            {
                "as_written": c.as_written,
                "level": c.level,
                "meeting_date": c.meeting_date,
                "is_date_inferred": c.is_date_inferred,
                "start": c.start,
                "end": c.end,
            }
            for c in e.conveyed
        ],
        "repairs": [
            {"rule": r.rule, "start": r.start, "end": r.end, "before": r.before, "after": r.after}
            for r in e.document.repairs
        ],
        "text": e.document.text,
        "raw_text": e.document.raw_text,
        "offsets": {
            "text_starts": list(e.document.offsets.text_starts),
            "raw_starts": list(e.document.offsets.raw_starts),
        },
        "encoding": e.document.encoding,
        "raw_sha256": e.document.raw_sha256,
    }
