"""Web archives: pages of a WARC, texts of a WET, one document a record. Imports fields, limits.

Pages that were not found, and records that are neither pages nor texts (images, requests), are passed over: a crawl is
full of them. The day of the crawl is not the day of publication, so that none is taken from the headers.
"""

from __future__ import annotations

from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from etl.read.limits import LARGEST_DOCUMENT, too_large
from etl.read.lines import UNPACKING, Stream
from etl.records import RawDocument, Reject

MEDIA_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def read_warc(stream: Stream, source: str) -> Iterator[RawDocument | Reject]:
    """The documents `source#1`, `source#2`, …; a broken archive is a reject behind those before the break."""
    document = 0
    try:
        for record in ArchiveIterator(stream):
            media_type, charset = media_of(record)
            if media_type is None:
                continue
            document += 1
            data = record.content_stream().read(LARGEST_DOCUMENT + 1)
            name = f"{source}#{document}"
            url = record.rec_headers.get_header("WARC-Target-URI")
            if len(data) > LARGEST_DOCUMENT:
                yield too_large(name, f"{url}: more than {LARGEST_DOCUMENT:,} bytes", data[:1000])
            elif not data.strip():
                yield Reject(name, "empty", f"{url}: no bytes; nothing to read")
            else:
                yield RawDocument(name, data, media_type, charset, url)
    except (ArchiveLoadFailed, ValueError, *UNPACKING) as error:
        detail = f"broken after {document} documents: {str(error)[:200]}; the file may be cut off, fetch it again"
        yield Reject(source, "malformed", detail)


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
