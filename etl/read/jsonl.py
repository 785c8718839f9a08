"""JSON Lines: one document an object a line, under the keys that `fields` knows. Imports fields, limits, lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from etl.read.fields import document_of
from etl.read.limits import sample
from etl.read.lines import LONGEST_LINE, Stream, lines_of
from etl.records import RawDocument, Reject

ENCODINGS = ("utf-8", "gb18030")


def read_jsonl(stream: Stream, source: str) -> Iterator[RawDocument | Reject]:
    """The documents `source#1`, `source#2`, … ; a line that is none is a reject that names the line."""
    document = 0
    for number, line, head in lines_of(stream):
        if line is not None and not line.strip():
            continue
        document += 1
        yield from read_line(line, f"{source}#{document}", f"line {number}", head)


def read_line(line: bytes | None, source: str, place: str, head: bytes) -> list[RawDocument | Reject]:
    """The document of one line."""
    if line is None:
        detail = f"{place} is longer than {LONGEST_LINE:,} bytes; split the document"
        return [Reject(source, "too_large", detail, sample(head))]
    text = None
    for encoding in ENCODINGS:
        try:
            text = line.decode(encoding).lstrip("\ufeff")
            break
        except UnicodeDecodeError:
            continue
    if text is None:
        return [Reject(source, "encoding", f"{place} is neither UTF-8 nor GB18030; save it as UTF-8", sample(head))]
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        detail = f"{place} is no JSON ({what}); the line may be cut off, write it again"
        return [Reject(source, "malformed", detail, sample(head))]
    if not isinstance(fields, dict):
        detail = f'{place} is a {type(fields).__name__}, not an object; write {{"text": …}}'
        return [Reject(source, "malformed", detail, sample(head))]
    return document_of(source, place, fields)
