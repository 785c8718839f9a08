"""Reference tables of the warehouse out of the data files: rows named and typed as in warehouse/schema.

Imports etl.lexicon only.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.lexicon.events import Event, load_events
from etl.lexicon.places import Gazetteer, load_gazetteer
from etl.lexicon.tables import DATA, read_table

Rows = list[dict[str, Any]]


def read_reference() -> dict[str, Rows]:
    """Rows of categories, regions and events, and of quality once it has been measured. Raises LexiconError."""
    gazetteer = load_gazetteer()
    return {
        "categories": read_categories(DATA / "categories.tsv"),
        "regions": regions_of(gazetteer),
        "events": events_of(load_events(gazetteer)),
        "quality": read_quality(DATA / "quality.tsv"),
    }


def read_categories(path: Path) -> Rows:
    """The taxonomy in the order of its file."""
    return [
        {
            "category_id": row["id"],
            "family": row["family"],
            "sort_order": number,
            "name_zh": row["zh"],
            "name_en": row["en"],
            "covers_zh": row["covers"] or None,
            "oxcgrt": row["oxcgrt"] or None,
        }
        for number, row in enumerate(read_table(path, unique=("id",)), start=1)
    ]


def regions_of(gazetteer: Gazetteer) -> Rows:
    """Provinces, prefectures and counties by code, each with its path: 420106 → [湖北省, 武汉市, 武昌区]."""
    return [
        {
            "adcode": place.adcode,
            "name_zh": place.name_zh,
            "short_zh": place.short_zh,
            "name_en": place.name_en or None,
            "level": place.level,
            "parent_adcode": place.parent_adcode,
            "province_adcode": place.province_adcode,
            "path": list(place.path),
            "oxcgrt_name": place.oxcgrt_name,
        }
        for _, place in sorted(gazetteer.places.items())
    ]


def events_of(events: Sequence[Event]) -> Rows:
    """Reference events in the order of their file, numbered from 1."""
    return [
        {
            "event_id": number,
            "date": date.fromisoformat(event.date),
            "level": event.level,
            "adcode": event.adcode,
            "region": event.region or None,
            "name_zh": event.name_zh,
            "name_en": event.name_en,
            "source_url": event.source_url or None,
        }
        for number, event in enumerate(events, start=1)
    ]


def read_quality(path: Path) -> Rows:
    """Measured quality of each field, with examples of failures; no rows before it was measured."""
    if not path.exists():
        return []
    return [
        {
            "field": row["field"],
            "split": row["split"],
            "metric": row["metric"],
            "value": float(row["value"]) if row["value"] else None,
            "low": float(row["low"]) if row["low"] else None,
            "high": float(row["high"]) if row["high"] else None,
            "n": int(row["n"]),
            "failures": json.loads(row["failures"] or "[]"),
        }
        for row in read_table(path)
    ]
