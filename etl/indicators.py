"""Independent indices by region and day into the warehouse. Imports etl and warehouse.

Two shapes of CSV, told apart by their header: OxCGRT's published series (CountryCode, RegionName, …, one column a day
headed 01Jan2020; the rows of China are taken), and long rows: region,date,name,value[,attribution]. A value that is
there already for the same index, region and day is replaced; everything else is carried over.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa

from etl.build import Summary, load_and_publish, now, refuse_missing
from etl.errors import SourceError
from etl.fingerprint import rules_version
from etl.parquet import REJECTS, Parts, reject_row, stage_folders, write_reference
from etl.records import Reject
from etl.reference import Rows, read_reference
from etl.roots import name_roots
from warehouse import load as warehouse_load
from warehouse.load import Reading
from warehouse.publish import new_build

INDICATORS = pa.schema(
    [
        ("name", pa.string()),
        ("adcode", pa.string()),
        ("region", pa.string()),
        ("date", pa.date32()),
        ("value", pa.float64()),
        ("attribution", pa.string()),
    ]
)
DAY_HEADING = re.compile(r"\d{2}[A-Z][a-z]{2}\d{4}")
SERIES_NAME = re.compile(r"OxCGRT_timeseries_(\w+?)_v\d")
LONG_COLUMNS = ("region", "date", "name", "value")
OXCGRT = (
    "Hale T. et al., A global panel database of pandemic policies (Oxford COVID-19 Government Response Tracker), "
    "Nature Human Behaviour 5 (2021); CC BY 4.0"
)
NATIONAL = {"", "China", "中国", "全国"}
NEXT_STEP = "correct it and import the file again"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an index."""

    name: str
    adcode: str | None  # None for the whole country
    region: str  # as in the file
    date: date
    value: float
    attribution: str | None


def load_indicators(files: Sequence[Path], directory: Path, name: str | None = None) -> Summary:
    """Imports indices and publishes. `name` names the index of a wide file; its file name does otherwise.

    Raises SourceError where a file is missing or has neither shape, WarehouseError as build does.
    """
    started, started_at = time.monotonic(), now()
    refuse_missing(files)
    reference = read_reference()
    places = place_names(reference["regions"])
    with new_build(directory) as made:
        warehouse_load.begin(made.connection, made.previous)
        stage_folders(made.staging)
        write_reference(made.staging, reference)
        (made.staging / "indicators").mkdir()
        with (
            Parts(made.staging / "indicators", INDICATORS, size=100_000) as values,
            Parts(made.staging / "rejects", REJECTS) as rejects,
        ):
            for path in files:
                before = values.total
                for item in read_indicators(path, places, name):
                    if isinstance(item, Reject):
                        rejects.add(reject_row(item))
                    else:
                        values.add({field: getattr(item, field) for field in INDICATORS.names})
                if values.total == before:
                    raise SourceError(f"{path}: holds no value for China or a region of it; check the file")
        roots = name_roots(files, warehouse_load.known_roots(made.connection))
        reading = Reading(
            build_id=made.build_id,
            started_at=started_at,
            roots={root.label: root.sha256 for root in roots},
            withdraw_from=(),
            rules_version=rules_version(),
            engine="indicators",
        )
        return load_and_publish(made, reading, started)


def place_names(regions: Rows) -> dict[str, str]:
    """Names under which files know a region → adcode: English provinces, official names, paths joined by /.

    A name that two regions share is none.
    """
    found: dict[str, set[str]] = {}
    for region in regions:
        names = {region["adcode"], region["name_zh"], "/".join(region["path"]), region["oxcgrt_name"]}
        if region["level"] == "province":
            names |= {region["short_zh"], region["name_en"]}
        for known in names - {None}:
            found.setdefault(known, set()).add(region["adcode"])
    return {known: adcodes.pop() for known, adcodes in found.items() if len(adcodes) == 1}


def read_indicators(path: Path, places: Mapping[str, str], name: str | None) -> Iterator[Value | Reject]:
    """Values of a CSV file, and rejects for the rows and cells that hold none. Raises SourceError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            columns = rows.fieldnames or []
            if "CountryCode" in columns and any(DAY_HEADING.fullmatch(column) for column in columns):
                yield from wide_values(rows, path, places, name or series_name(path))
            elif all(column in columns for column in LONG_COLUMNS):
                yield from long_values(rows, path, places)
            else:
                raise SourceError(
                    f"{path}: its header has neither CountryCode and days (01Jan2020) nor {','.join(LONG_COLUMNS)}; "
                    "export it as one of the two"
                )
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; check that it is a file that you may read") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path}: is not CSV in UTF-8 ({error}); export it again") from error


def series_name(path: Path) -> str:
    """OxCGRT_timeseries_StringencyIndex_v1.csv → StringencyIndex."""
    found = SERIES_NAME.search(path.name)
    return found[1] if found else path.stem


def wide_values(
    rows: csv.DictReader[str], path: Path, places: Mapping[str, str], name: str
) -> Iterator[Value | Reject]:
    """China's rows of OxCGRT's series, one value a day; days without a value are passed over."""
    days = [column for column in rows.fieldnames or [] if DAY_HEADING.fullmatch(column)]
    for row in rows:
        if row["CountryCode"] != "CHN":
            continue
        region = row.get("RegionName") or "China"
        if region not in NATIONAL and region not in places:
            yield reject(path, rows.line_num, f"RegionName {region!r} is no province of province_names.tsv")
            continue
        for column in days:
            if row[column]:
                yield value_of(path, rows.line_num, places, region, column, name, row[column], OXCGRT)


def long_values(rows: csv.DictReader[str], path: Path, places: Mapping[str, str]) -> Iterator[Value | Reject]:
    """Rows of region,date,name,value[,attribution]."""
    for row in rows:
        region, day, name, value = ((row[column] or "").strip() for column in LONG_COLUMNS)
        if not name:
            yield reject(path, rows.line_num, "name is empty; name the index")
        elif region not in NATIONAL and region not in places:
            yield reject(path, rows.line_num, f"region {region!r} is no region; give its official name, path or code")
        else:
            yield value_of(path, rows.line_num, places, region, day, name, value, row.get("attribution") or None)


def value_of(
    path: Path,
    line: int,
    places: Mapping[str, str],
    region: str,
    day: str,
    name: str,
    value: str,
    attribution: str | None,
) -> Value | Reject:
    """One value out of its cells."""
    try:
        when = parse_day(day)
        number = float(value)
    except ValueError as error:
        return reject(path, line, f"{name} of {region} on {day!r}: {error}")
    if number != number or abs(number) == float("inf"):
        return reject(path, line, f"{name} of {region} on {day}: {value!r} is no number")
    return Value(name, places.get(region), region or "China", when, number, attribution)


@cache
def parse_day(written: str) -> date:
    """01Jan2020 or 2020-01-01 → the day. Raises ValueError."""
    if DAY_HEADING.fullmatch(written):
        return datetime.strptime(written, "%d%b%Y").date()
    return date.fromisoformat(written)


def reject(path: Path, line: int, detail: str) -> Reject:
    """A line that is not imported, with what to do."""
    return Reject(f"{path.name}#{line}", "malformed", f"line {line}: {detail}; {NEXT_STEP}")
