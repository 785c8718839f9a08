"""A warehouse of a few invented announcements, made from the SQL files alone: for tests that need no extraction."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.layout import tables_version
from warehouse.load import run_folder
from warehouse.publish import new_build, publish

DOCUMENT: dict[str, Any] = {
    "source_root": "invented",
    "url": "https://example.org/1",
    "url_role": "source",
    "url_host": "example.org",
    "title": "某市召开疫情防控会议",
    "script": "hans",
    "doc_type": "meeting",
    "date_precision": "day",
    "date_basis": "text",
    "is_date_inferred": False,
    "adcode": "310000",
    "province_adcode": "310000",
    "region_path": ["上海市"],
    "level": "province",
    "issuer_id": "i1",
    "issuer_kind": "government",
    "is_primary": True,
    "encoding": "utf-8",
    "raw_sha256": "0" * 64,
    "metadata_sha256": "0" * 64,
    "rules_version": "test",
    "text_starts": [0],
    "raw_starts": [0],
    "first_load_id": 1,
    "load_id": 1,
}
DIRECTIVE: dict[str, Any] = {"strength": "require", "is_forwarded": False}


def insert(connection: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """One row; columns that are not named stay NULL."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


def add_document(
    connection: duckdb.DuckDBPyConnection, name: str, orders: dict[str, tuple[str, ...]], **changed: Any
) -> None:
    """A document whose text is its orders, one a line: order → its categories, main first."""
    text = "\n".join(orders)
    row = DOCUMENT | {"document_id": name, "source": f"invented/{name}.txt", "text": text, "raw_text": text} | changed
    row.setdefault("meeting_date", date(2022, 3, 1))
    row["date"] = row["meeting_date"] or row.get("published_date")
    if row["meeting_date"] is None:
        row |= {"date_basis": "none", "date_precision": "none", "is_date_inferred": True}
    insert(connection, "documents", directive_count=len(orders), **row)
    if row["doc_type"] == "meeting":
        insert(
            connection,
            "meetings",
            document_id=name,
            meeting_date=row["meeting_date"],
            chairs=["王某"],
            attendee_count=0,
            observer_count=0,
            directive_count=len(orders),
        )
        insert(connection, "people", document_id=name, name="王某", role="chair")
    start = 0
    for seq, (order, categories) in enumerate(orders.items(), start=1):
        key = f"{name}-{seq}"
        insert(
            connection,
            "directives",
            **DIRECTIVE,
            directive_id=key,
            document_id=name,
            seq=seq,
            text=order,
            start_char=start,
            end_char=start + len(order),
            main_category=categories[0] if categories else None,
        )
        for rank, category in enumerate(categories, start=1):
            term = [{"term": order[:2], "start_char": start, "end_char": start + 2}]
            insert(
                connection,
                "measures",
                directive_id=key,
                document_id=name,
                category_id=category,
                rank=rank,
                terms=term,
            )
        start += len(order) + 1


def add_reference(connection: duckdb.DuckDBPyConnection, build_id: str) -> None:
    """Three provinces, two categories, one issuer, one load."""
    for adcode, name, short, english in (
        ("110000", "北京市", "北京", "Beijing"),
        ("310000", "上海市", "上海", "Shanghai"),
        ("420000", "湖北省", "湖北", "Hubei"),
    ):
        row = {"name_zh": name, "short_zh": short, "name_en": english, "oxcgrt_name": english, "path": [name]}
        insert(connection, "regions", adcode=adcode, level="province", province_adcode=adcode, **row)
    for order, (category, chinese, english) in enumerate(
        (("testing", "检测筛查", "Testing & screening"), ("schools", "校园防控", "Schools")), start=1
    ):
        names = {"name_zh": chinese, "name_en": english}
        insert(connection, "categories", category_id=category, family="containment", sort_order=order, **names)
    insert(connection, "issuers", issuer_id="i1", name="上海市政府", kind="government", level="province", aliases=[])
    moment = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    counts = dict.fromkeys(
        ("documents_read", "documents_new", "documents_changed", "documents_unchanged", "documents_withdrawn"), 0
    )
    insert(
        connection,
        "loads",
        load_id=1,
        build_id=build_id,
        started_at=moment,
        finished_at=moment,
        sources=["invented"],
        rules_version="test",
        layout_version=tables_version(),
        engine="local",
        documents_rejected=0,
        **counts,
    )


def fill_small(connection: duckdb.DuckDBPyConnection, build_id: str = "b1") -> None:
    """Two documents of Shanghai, one a copy, and one of Beijing without a date; Hubei has none."""
    run_folder(connection, "schema")
    add_reference(connection, build_id)
    add_document(connection, "a", {"要扩大核酸检测范围。": ("testing",), "学校一律停课。": ("schools", "testing")})
    add_document(
        connection, "b", {"要扩大核酸检测范围。": ("testing",)}, is_primary=False, duplicate_of="a", similarity=0.95
    )
    add_document(
        connection,
        "c",
        {"要开展核酸检测。": ("testing",)},
        adcode="110000",
        province_adcode="110000",
        region_path=["北京市"],
        meeting_date=None,
        issuer_id=None,
        issuer_kind="other",
    )
    for folder in ("marts", "views"):
        run_folder(connection, folder)


def publish_small(directory: Path) -> Path:
    """Publishes the small warehouse as a build of its own."""
    with new_build(directory) as build:
        fill_small(build.connection, build.build_id)
        return publish(build)


def damage_file(path: Path) -> None:
    """Overwrites the second quarter of a published file."""
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 4 : len(data) // 2] = b"\xa5" * (len(data) // 2 - len(data) // 4)
    path.write_bytes(bytes(data))
    path.chmod(0o444)
