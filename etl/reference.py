"""Reference tables of the warehouse out of the data files: rows named and typed as in warehouse/schema.

Imports etl.lexicon only.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from etl.lexicon.tables import DATA, Row, read_table

Rows = list[dict[str, Any]]


def read_reference() -> dict[str, Rows]:
    """Rows of categories, regions and events, and of quality once it has been measured. Raises LexiconError."""
    regions = read_regions(DATA / "regions.tsv", DATA / "province_names.tsv")
    return {
        "categories": read_categories(DATA / "categories.tsv"),
        "regions": regions,
        "events": read_events(DATA / "events.tsv", regions),
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


def read_regions(path: Path, provinces_path: Path) -> Rows:
    """Provinces, prefectures and counties, each with its path: 420106 → [湖北省, 武汉市, 武昌区]."""
    rows = {row["adcode"]: row for row in read_table(path, unique=("adcode",))}
    oxcgrt = {row["adcode"]: row["oxcgrt_name"] for row in read_table(provinces_path, unique=("adcode",))}

    def chain(row: Row) -> list[Row]:
        """The row and those above it, province first."""
        above = [row]
        while parent := above[0]["parent_adcode"]:
            if parent not in rows or len(above) > 2:
                raise row.error(f"parent_adcode {parent!r} leads to no province; give the code of the unit above")
            above.insert(0, rows[parent])
        return above

    return [
        {
            "adcode": row["adcode"],
            "name_zh": row["name_zh"],
            "short_zh": row["short_zh"],
            "name_en": row["name_en"] or None,
            "level": row["level"],
            "parent_adcode": row["parent_adcode"] or None,
            "province_adcode": chain(row)[0]["adcode"],
            "path": [unit["name_zh"] for unit in chain(row)],
            "oxcgrt_name": oxcgrt.get(row["adcode"]) or None,
        }
        for row in rows.values()
    ]


def read_events(path: Path, regions: Rows) -> Rows:
    """Reference events; a region is a path joined by /."""
    adcodes = {"/".join(region["path"]): region["adcode"] for region in regions}
    events = []
    for number, row in enumerate(read_table(path), start=1):
        if row["region"] and row["region"] not in adcodes:
            raise row.error(f"region {row['region']!r} is not a path of regions.tsv")
        events.append(
            {
                "event_id": number,
                "date": date.fromisoformat(row["date"]),
                "level": row["level"],
                "adcode": adcodes.get(row["region"]),
                "region": row["region"] or None,
                "name_zh": row["name_zh"],
                "name_en": row["name_en"],
                "source_url": row["source_url"] or None,
            }
        )
    return events


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
