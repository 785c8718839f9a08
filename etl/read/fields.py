"""What columns and keys mean: in manifests, sidecars, JSON Lines, CSV and Parquet.

Imports limits, date_bounds and written_dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from etl.date_bounds import date_fault
from etl.read.limits import LARGEST_DOCUMENT, sample, too_large
from etl.records import RawDocument, Reject
from etl.written_dates import metadata_day

# What each field is called, the surer name first. Names are compared in lower case.
NAMES = {
    "text": ("text", "content", "body", "正文", "内容"),
    "html": ("html", "raw_html"),
    "url": ("url", "link", "source_url", "网址", "链接"),
    "title": ("title", "headline", "标题"),
    "published_date": (
        "published_date",
        "publish_date",
        "pubdate",
        "published",
        "published_at",
        "发布日期",
        "发布时间",
    ),
    "url_role": ("url_role",),
}
URL_ROLES = ("source", "facts")
OF_METADATA = tuple(name for field in ("url", "title", "published_date", "url_role") for name in NAMES[field])
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text. Empty values are None."""

    url: str | None = None
    title: str | None = None
    published_date: str | None = None  # ISO
    url_role: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, and the other's where there is none."""
        return Metadata(
            self.url or other.url,
            self.title or other.title,
            self.published_date or other.published_date,
            self.url_role or other.url_role,
        )

    def of(self, raw: RawDocument) -> RawDocument:
        """The document with these values where it has none of its own."""
        return replace(
            raw,
            url=raw.url or self.url,
            title=raw.title or self.title,
            published_date=raw.published_date or self.published_date,
            url_role=self.url_role or raw.url_role,
        )


def as_text(value: Any) -> str:
    """A cell or JSON value as text; "" for nothing; lone surrogates, which no encoding has, become U+FFFD."""
    if value is None:
        return ""
    return SURROGATE.sub("\ufffd", value if isinstance(value, str) else str(value)).strip()


def pick(fields: Mapping[str, Any], field: str) -> str:
    """The value of a field under any of its names."""
    return next((text for name in NAMES[field] if (text := as_text(fields.get(name)))), "")


def read_metadata(fields: Mapping[str, Any]) -> tuple[Metadata, str | None]:
    """The metadata in a row whose keys are lower case, and what is wrong with it."""
    written = pick(fields, "published_date")
    day = metadata_day(written)
    published = day.isoformat() if day else None
    role = pick(fields, "url_role")
    problems = []
    if written and published is None:
        problems.append(f"published_date {written[:40]!r} is no date; write it as 2020-02-06")
    elif published and (fault := date_fault("published_date", published)):
        problems.append(fault)
        published = None
    if role and role not in URL_ROLES:
        problems.append(f"url_role {role[:40]!r}: give {' or '.join(URL_ROLES)}")
    return (
        Metadata(
            url=pick(fields, "url") or None,
            title=pick(fields, "title") or None,
            published_date=published,
            url_role=role if role in URL_ROLES else None,
        ),
        "; ".join(problems) or None,
    )


def lower_keys(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The row under lower-case names without spaces or byte order marks around them."""
    return {str(key).strip("\ufeff \t").lower(): value for key, value in fields.items() if key is not None}


def document_of(source: str, place: str, fields: Mapping[str, Any]) -> list[RawDocument | Reject]:
    """The document in a row or JSON object; `place` names it for people: line 3.

    What is wrong with its metadata is a reject beside the document, not in its stead.
    """
    row = lower_keys(fields)
    text, media_type = pick(row, "text"), "text/plain"
    if not text and (text := pick(row, "html")):
        media_type = "text/html"
    shown = ", ".join(sorted(row))[:200]
    if not text:
        empty = next((name for name in (*NAMES["text"], *NAMES["html"]) if name in row), None)
        if empty:
            return [Reject(source, "empty", f"{place}: {empty} is empty; nothing to read")]
        detail = f"{place}: no text among the fields {shown}; name the column or key text"
        return [Reject(source, "malformed", detail)]
    data = text.encode("utf-8")
    if len(data) > LARGEST_DOCUMENT:
        return [too_large(source, f"{place}: {len(data):,} bytes of text", data[:1000])]
    metadata, problem = read_metadata(row)
    found: list[RawDocument | Reject] = [metadata.of(RawDocument(source, data, media_type, "utf-8"))]
    if problem:
        found.append(Reject(source, "metadata", f"{place}: {problem}; read without it", sample(data)))
    return found
