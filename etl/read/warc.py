"""Web archives: pages of a WARC, texts of a WET, one document a record. Imports fields, limits, lines and sieve.

Pages that were not found, and records that are neither pages nor texts (images, requests), are passed over: a crawl is
full of them. So are pages that the sieve stops, but these are counted. The day of the crawl is kept, and is not the
day of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from etl.read.limits import LARGEST_DOCUMENT, too_large
from etl.read.lines import UNPACKING, Stream
from etl.read.sieve import may_be_announcement
from etl.records import RawDocument, Reject

MEDIA_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def read_warc(stream: Stream, source: str, sifted: bool = True) -> Iterator[RawDocument | Reject]:
    """The documents `source#1`, `source#2`, …; a broken archive is a reject behind those before the break.

    `sifted` leaves out what the sieve stops: one reject says how many pages that were. Numbers count them all.
    """
    pages = stopped = 0
    try:
        for record in ArchiveIterator(stream):
            media_type, charset = media_of(record)
            if media_type is None:
                continue
            pages += 1
            data = record.content_stream().read(LARGEST_DOCUMENT + 1)
            name = f"{source}#{pages}"
            url = record.rec_headers.get_header("WARC-Target-URI")
            if len(data) > LARGEST_DOCUMENT:
                yield too_large(name, f"{url}: more than {LARGEST_DOCUMENT:,} bytes", data[:1000])
            elif not data.strip():
                yield Reject(name, "empty", f"{url}: no bytes; nothing to read")
            elif sifted and not may_be_announcement(data):
                stopped += 1
            else:
                yield RawDocument(
                    name,
                    data,
                    media_type,
                    charset,
                    url,
                    record_id=(record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>") or None,
                    captured_at=moment(record.rec_headers.get_header("WARC-Date")),
                )
    except (ArchiveLoadFailed, ValueError, *UNPACKING) as error:
        detail = f"broken after {pages} pages: {str(error)[:200]}; the file may be cut off, fetch it again"
        yield Reject(source, "malformed", detail)
    else:
        if not pages:
            yield Reject(source, "empty", "no page and no text among its records; check that it is a web archive")
    if stopped:
        detail = f"{stopped:,} of {pages:,} pages name no epidemic or give no orders; --no-sieve reads them too"
        yield Reject(source, "sifted", detail)


def moment(written: str | None) -> str | None:
    """2022-03-01T08:00:00Z or with fractions, to the second; None for what is no time."""
    try:
        found = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def media_of(record: ArcWarcRecord) -> tuple[str | None, str | None]:
    """Media type and declared charset of a record that is a page or a text; None for any other."""
    if record.rec_type == "conversion":
        content_type = record.rec_headers.get_header("Content-Type") or "text/plain"
    elif record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return None, None
        content_type = record.http_headers.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        content_type = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None, None
    kind, _, parameters = content_type.partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    return MEDIA_TYPES.get(kind.strip().lower()), charset
