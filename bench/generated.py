"""Staged records of any number, without extraction: the bundled announcements' own records, recombined by columns.

    stage(folder, 1_000_000)        # a staging folder as warehouse/load.py reads it

The records of the sample are cut into parts, a head (title and lead) and paragraphs, each with what was found in it;
every paragraph also stands in variants with other characters between its terms, so that wordings repeat no more than
they do on the web. A document is a line of place and day, a head and paragraphs, drawn by a seeded generator; spans
move along, and its sketch is the least of its parts' hashes, as a sketch of the whole would be. One in 25 is a copy of
the document before it, at another address. Imports etl.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.sample import sample_texts
from etl.duplicates import HASH_BYTES, HASHES, sketch
from etl.lexicon import load_lexicon
from etl.parquet import RECORDS, stage_folders, write_reference
from etl.pipeline import document_id
from etl.records import RawDocument
from etl.reference import read_reference
from etl.stage import extract_row

ROOT = "generated"
PART_LISTS = ("people", "directives", "reported", "figures", "citations", "slogans", "conveyed")
CHUNK = 20_000  # documents a file
VARIANTS = 24  # of a paragraph
CHANGED = 0.06  # of its characters outside terms
PARAGRAPHS = (2, 3, 3, 4, 4, 5, 6)  # behind the head, drawn alike
COPIES = 0.04
FIRST_DAY, DAYS = date(2020, 1, 20), 1077
BODIES = (
    ("卫生健康委员会", "department"),
    ("新冠肺炎疫情防控指挥部", "leading_group"),
    ("人民政府", "government"),
    ("人民代表大会常务委员会", "congress_cppcc"),
    ("教育局", "department"),
    ("交通运输局", "department"),
)
PLACED = ("start_char", "end_char")


def stage(staging: Path, count: int, seed: int = 1) -> None:
    """Fills a staging folder with `count` records and the reference lists."""
    stage_folders(staging)
    reference = read_reference()
    write_reference(staging, reference)
    heads, paragraphs = parts_of_sample(seed)
    parts = pa.Table.from_pylist([*heads, *paragraphs], schema=part_schema())
    hashes = np.stack([hashes_of(part["text"]) for part in (*heads, *paragraphs)])
    issuers = issuers_of(reference["regions"])
    for number, first in enumerate(range(0, count, CHUNK)):
        rng = np.random.default_rng([seed, number])
        rows = records(rng, first, min(CHUNK, count - first), parts, len(heads), hashes, issuers)
        pq.write_table(rows, staging / "records" / f"generated-{number:05}.parquet", compression="zstd")


def part_schema() -> pa.Schema:
    """A part of a document: its text, and what was found in it, with places within it."""
    kept = [RECORDS.field(name) for name in ("title", "doc_type", "venue_format", *PART_LISTS)]
    return pa.schema([pa.field("text", pa.string()), *kept])


def parts_of_sample(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Heads of the bundled announcements, and their paragraphs in variants."""
    lexicon, random = load_lexicon(), Random(seed)
    heads, paragraphs = [], []
    common = [c for text in sample_texts().values() for c in text if "\u4e00" <= c <= "\u9fff"]
    for name, text in sample_texts().items():
        row = extract_row(RawDocument(f"{name}.txt", text.encode()), lexicon, "")
        if not isinstance(row, dict):
            continue
        cuts = cuts_of(row)
        heads.append(part_of(row, 0, cuts[0]))
        for start, end in pairwise(cuts):
            part = part_of(row, start, end) | {"people": []}  # of a document, each once
            paragraphs += [part, *(vary(part, random, common) for _ in range(VARIANTS - 1))]
    return heads, paragraphs


def cuts_of(row: dict[str, Any]) -> list[int]:
    """Ends of the parts of a document: after the lead, and after each line that no span crosses."""
    text = row["text"]
    spans = [(x["start_char"], x["end_char"]) for name in PART_LISTS for x in row[name] if x["start_char"] is not None]
    ends = [i + 1 for i, c in enumerate(text) if c == "\n"] + [len(text)]
    lead = min([d["start_char"] for d in row["directives"]] + [len(text)])
    whole = [end for end in ends if not any(a < end < b for a, b in spans)]
    first = max([end for end in whole if end <= lead], default=whole[0])
    return [end for end in whole if end >= first]


def part_of(row: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """What a record has between two places, with places counted from the first."""

    def inside(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shifted(x, -start) for x in items if x["start_char"] is not None and start <= x["start_char"] < end]

    kept = {name: row[name] for name in ("title", "doc_type", "venue_format")}
    return kept | {"text": row["text"][start:end].rstrip("\n")} | {name: inside(row[name]) for name in PART_LISTS}


def shifted(value: Any, by: int) -> Any:
    """The same with all places moved."""
    if isinstance(value, list):
        return [shifted(item, by) for item in value]
    if isinstance(value, dict):
        return {key: item + by if key in PLACED else shifted(item, by) for key, item in value.items()}
    return value


def vary(part: dict[str, Any], random: Random, common: list[str]) -> dict[str, Any]:
    """The part with some characters between its terms replaced by other Chinese ones."""
    text, fixed = list(part["text"]), set[int]()
    for name in PART_LISTS:
        for x in part[name]:
            marked = [t for m in x["measures"] for t in m["terms"]] if "measures" in x else [x]
            for t in marked:
                fixed.update(range(t["start_char"], t["end_char"]))
            fixed.update(range(x["start_char"], x["start_char"] + 3))  # its number
    for i, c in enumerate(text):
        if i not in fixed and "\u4e00" <= c <= "\u9fff" and random.random() < CHANGED:
            text[i] = random.choice(common)
    whole = "".join(text)

    def cut(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [x | {"text": whole[x["start_char"] : x["end_char"]]} for x in items]

    return part | {"text": whole, "directives": cut(part["directives"]), "reported": cut(part["reported"])}


def hashes_of(text: str) -> NDArray[np.uint32]:
    """The sketch's hashes of a part; the greatest where it is too short to have any."""
    made = sketch(text)[:HASH_BYTES]
    return np.frombuffer(made, np.uint32) if made else np.full(HASHES, np.iinfo(np.uint32).max, np.uint32)


def issuers_of(regions: list[dict[str, Any]]) -> pa.Table:
    """Bodies of every region; provinces and prefectures stand more than once, since they publish more."""
    weights = {"province": 40, "prefecture": 8, "county": 1}
    rows = [
        {
            "region_adcode": region["adcode"],
            "region_path": region["path"],
            "level": region["level"],
            "issuer": "".join(region["path"]) + body,
            "issuer_as_written": region["path"][-1] + body,
            "issuer_kind": kind,
            "short": region["path"][-1],
        }
        for region in regions
        for body, kind in BODIES
        for _ in range(weights.get(region["level"], 1))
    ]
    return pa.Table.from_pylist(rows)


def records(
    rng: np.random.Generator,
    first: int,
    count: int,
    parts: pa.Table,
    head_count: int,
    hashes: NDArray[np.uint32],
    issuers: pa.Table,
) -> pa.Table:
    """Rows of RECORDS for documents `first`, `first` + 1, …"""
    is_copy = rng.random(count) < COPIES
    is_copy[0] = False
    original = np.where(is_copy, 0, np.arange(count))
    original = np.maximum.accumulate(original)  # a copy is one of the last document that is none
    size = rng.choice(PARAGRAPHS, count)[original] + 1
    base = rng.integers(0, len(parts) - head_count, (count, max(PARAGRAPHS) + 1)) + head_count
    base[:, 0] = rng.integers(0, head_count, count)
    drawn = base[original]
    used = np.arange(drawn.shape[1]) < size[:, None]
    flat = drawn[used]  # parts of all documents, one after the other
    ends = np.cumsum(size)

    day = (rng.beta(1.2, 1.6, count) * DAYS).astype(int)[original]
    body = issuers.take(pa.array(rng.integers(0, len(issuers), count)[original]))
    is_dated = (rng.random(count) < 0.9)[original]
    days = [FIRST_DAY + timedelta(days=d) for d in range(DAYS + 8)]
    evidence = pa.array([f"{d.year}年{d.month}月{d.day}日" for d in days]).take(pa.array(day))
    lines = pc.binary_join_element_wise(body["short"].combine_chunks(), evidence, "消息", "")
    texts = parts["text"].combine_chunks()
    by_document = pa.ListArray.from_arrays(pa.array(np.append(0, ends), pa.int32()), texts.take(pa.array(flat)))
    text = pc.binary_join_element_wise(lines, pc.binary_join(by_document, "\n"), "\n")

    lengths = pc.utf8_length(texts).to_numpy()[flat] + 1
    before = np.cumsum(lengths) - lengths
    shift = before - np.repeat(before[ends - size], size) + np.repeat(pc.utf8_length(lines).to_numpy() + 1, size)
    lists = {name: regrouped(parts[name].combine_chunks().take(pa.array(flat)), ends, shift) for name in PART_LISTS}
    heads = parts.take(pa.array(drawn[:, 0]))
    numbers = range(first, first + count)
    sources = [f"{ROOT}/{number // 1000:05}/{number:08}.txt" for number in numbers]
    least = np.minimum.reduceat(hashes[flat], ends - size, axis=0)
    told = [sketch(f"某地{d.year}年{d.month}月{d.day}日的一条消息")[HASH_BYTES:] for d in days]
    sketches = [least[i].tobytes() + told[d] for i, d in enumerate(day.tolist())]
    published = day + is_copy + rng.integers(0, 3, count)[original]
    meeting = pa.array([days[d] if known else None for d, known in zip(day, is_dated, strict=True)], pa.date32())
    basis = pa.array(np.where(is_dated, np.where(rng.random(count)[original] < 0.7, "text", "published"), "none"))
    columns: dict[str, Any] = lists | {
        "document_id": [document_id(source) for source in sources],
        "source": sources,
        "source_root": [ROOT] * count,
        "url": [f"https://site{number % 997}.example/{number}.html" for number in numbers],
        "url_role": ["source"] * count,
        "script": ["hans"] * count,
        "title": heads["title"],
        "doc_type": heads["doc_type"],
        "venue_format": heads["venue_format"],
        "published_date": pa.array([days[d] for d in published], pa.date32()),
        "meeting_date": meeting,
        "date_precision": pa.array(np.where(is_dated, "day", "none")),
        "date_basis": basis,
        "date_evidence": pc.if_else(pa.array(is_dated), evidence, None),
        **{name: body[name] for name in body.column_names if name != "short"},
        "issuer_key": body["issuer"],
        "text": text,
        "raw_text": text,
        "text_starts": [[0]] * count,
        "raw_starts": [[0]] * count,
        "encoding": ["utf-8"] * count,
        "raw_sha256": [hashlib.sha256(source.encode()).hexdigest() for source in sources],
        "metadata_sha256": [""] * count,
        "rules_version": [ROOT] * count,
        "repairs": [[]] * count,
        "sketch": pa.array(sketches, pa.binary()),
    }
    return pa.table([as_column(columns.get(field.name), field.type, count) for field in RECORDS], schema=RECORDS)


def as_column(values: Any, kind: pa.DataType, count: int) -> pa.Array:
    """Values as a column of a type; nulls where there are none."""
    if values is None:
        return pa.nulls(count, kind)
    return values.cast(kind) if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, kind)


def regrouped(found: pa.ListArray, ends: NDArray[np.int64], shift: NDArray[np.int64]) -> pa.ListArray:
    """Lists of parts as lists of documents, whose last parts end at `ends`; places moved by each part's shift."""
    offsets = found.offsets.to_numpy()
    values = moved(found.flatten(), np.repeat(shift, np.diff(offsets)))
    starts = offsets[np.append(0, ends)]
    if "seq" in [field.name for field in values.type]:
        seq = np.arange(len(values)) - np.repeat(starts[:-1], np.diff(starts)) + 1
        values = with_field(values, "seq", pa.array(seq, pa.int32()))
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), values)


def moved(values: pa.Array, shift: NDArray[np.int64]) -> pa.Array:
    """Values with all places in them moved, each by its shift."""
    if pa.types.is_list(values.type):
        lengths = np.diff(values.offsets.to_numpy())
        return pa.ListArray.from_arrays(values.offsets, moved(values.flatten(), np.repeat(shift, lengths)))
    if pa.types.is_struct(values.type):
        fields = [
            pc.add(child, pa.array(shift)).cast(pa.int32()) if field.name in PLACED else moved(child, shift)
            for field, child in zip(values.type, values.flatten(), strict=True)
        ]
        return pa.StructArray.from_arrays(fields, fields=list(values.type))
    return values


def with_field(values: pa.StructArray, name: str, column: pa.Array) -> pa.StructArray:
    """A struct with one field replaced."""
    children = [
        column if field.name == name else child for field, child in zip(values.type, values.flatten(), strict=True)
    ]
    return pa.StructArray.from_arrays(children, fields=list(values.type))
