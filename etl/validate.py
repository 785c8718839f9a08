"""What must hold of a record beyond its types: spans cut the text, dates are possible. Imports date_bounds.

Held for our own records too, so that one document with an error costs a reject and never the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from etl.date_bounds import DAYS_AHEAD, date_fault

QUOTED = 40  # characters of a value shown in a message


def faults(record: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a record (contract 2) whose types are right."""
    text = record["text"]
    size = len(text)
    for field in DAYS_AHEAD:
        if (day := record.get(field)) and (fault := date_fault(field, day, record.get("doc_type"))):
            yield fault
    earlier = 0
    for i, directive in enumerate(record.get("directives") or []):
        where = f"directives[{i}]"
        yield from uncut(text, directive, where)
        if directive["start"] < earlier:
            yield f"{where}.start {directive['start']} lies before the directive above ({earlier}); sort by start"
        earlier = directive["start"]
        if directive.get("seq") not in (None, i + 1):
            yield f"{where}.seq is {directive['seq']} where {i + 1} is due; number them 1, 2, 3 … in text order"
        yield from loose_terms(text, directive, where)
    for i, sentence in enumerate(record.get("reported") or []):
        yield from uncut(text, sentence, f"reported[{i}]")
        yield from loose_terms(text, sentence, f"reported[{i}]")
    for i, meeting in enumerate(record.get("conveyed") or []):
        yield from uncut(text, {**meeting, "text": meeting["as_written"]}, f"conveyed[{i}]")
        if day := meeting.get("meeting_date"):
            yield from no_day(day, f"conveyed[{i}].meeting_date")
    for key in ("figures", "people", "repairs"):
        for i, item in enumerate(record.get(key) or []):
            start, end = item.get("start"), item.get("end")
            if (start is None) != (end is None) or (start is not None and not 0 <= start <= end <= size):
                yield f"{key}[{i}] spans {start} to {end}, outside the text of {size} characters"
    for key, spans in (record.get("spans") or {}).items():
        names = record.get(key) or []
        if spans is not None and len(spans) != len(names):
            yield f"spans.{key} has {len(spans)} spans for {len(names)} names; give one each, or none at all"
        for start, end in spans or []:
            if not 0 <= start <= end <= size:
                yield f"spans.{key} has [{start}, {end}], outside the text of {size} characters"
    yield from broken_offsets(record)


def no_day(day: str, where: str) -> Iterator[str]:
    """A date that the calendar lacks; meetings that are passed on may be of any year."""
    try:
        date.fromisoformat(day)
    except ValueError:
        yield f"{where} {shown(day)} is no day such as 2020-02-03"


def uncut(text: str, item: Mapping[str, Any], where: str) -> Iterator[str]:
    """A span that does not cut the item's own text."""
    start, end = item["start"], item["end"]
    if not 0 <= start < end <= len(text) or text[start:end] != item["text"]:
        yield f"{where}.text {shown(item['text'])} is not what text[{start}:{end}] cuts: {shown(text[start:end])}"


def loose_terms(text: str, sentence: Mapping[str, Any], where: str) -> Iterator[str]:
    """Evidence terms outside their sentence, or that their span does not cut."""
    for j, measure in enumerate(sentence.get("measures") or []):
        for k, term in enumerate(measure.get("terms") or []):
            place = f"{where}.measures[{j}].terms[{k}]"
            if not sentence["start"] <= term["start"] < term["end"] <= sentence["end"]:
                yield f"{place} spans {term['start']} to {term['end']}, outside its sentence"
            elif text[term["start"] : term["end"]] != term["text"]:
                yield f"{place}.text {shown(term['text'])} is not what its span cuts"


def broken_offsets(record: Mapping[str, Any]) -> Iterator[str]:
    """Offsets that lead nowhere."""
    offsets = record.get("offsets")
    if not offsets:
        return
    ends = {"text_starts": len(record["text"]), "raw_starts": len(record.get("raw_text") or record["text"])}
    if len(offsets["text_starts"]) != len(offsets["raw_starts"]):
        yield "offsets.text_starts and offsets.raw_starts differ in length"
    for key, end in ends.items():
        starts = offsets[key]
        if any(a > b for a, b in pairwise(starts)) or not 0 <= starts[0] <= starts[-1] <= end:
            yield f"offsets.{key} must rise from 0 to at most {end}"
    if offsets["text_starts"][0] != 0:
        yield "offsets.text_starts must begin at 0"


def shown(value: str) -> str:
    """A value for an error message: quoted, escaped, cut to QUOTED characters."""
    return repr(value if len(value) <= QUOTED else value[:QUOTED] + "…")
