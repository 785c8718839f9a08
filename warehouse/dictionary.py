"""The data dictionary, read from the comments of a warehouse: docs/dictionary.md, exports and the app's page show it.

Imports warehouse.load for the SQL files only.

    describe(connection)[0]   # Table(name="v_adoption", kind="view", …, columns=(Column("province", "VARCHAR", …), …))
    python -m warehouse dictionary > docs/dictionary.md
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from warehouse.load import run_folder

Kind = Literal["view", "table", "mart"]

HEADINGS: dict[Kind, tuple[str, str]] = {
    "view": ("Views for people", "供直接查询的视图"),
    "table": ("Tables", "表"),
    "mart": ("Marts: what charts count from", "预汇总表"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column with DuckDB's name of its type, and what it holds."""

    name: str
    type: str
    comment_en: str
    comment_zh: str


@dataclass(frozen=True, slots=True)
class Table:
    """A view, table or mart: what one row of it is, and its columns in their order."""

    name: str
    kind: Kind
    comment_en: str
    comment_zh: str
    rows: int | None  # of tables and marts; None for views, which would have to be run
    columns: tuple[Column, ...]


def describe(connection: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    """Every view, table and mart of a warehouse, in this order and by name, with comments in both languages."""
    columns: dict[str, list[Column]] = {}
    for table, name, type_name, comment in connection.execute(
        """SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
        WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index"""
    ).fetchall():
        columns.setdefault(table, []).append(Column(name, type_name, *split_comment(comment)))
    found = connection.execute(
        """SELECT view_name, 'view' AS kind, comment, NULL AS row_count FROM duckdb_views()
        WHERE database_name = current_database() AND NOT internal AND NOT temporary
        UNION ALL
        SELECT table_name, if(table_name LIKE 'mart\\_%' ESCAPE '\\', 'mart', 'table'), comment, estimated_size
        FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal AND NOT temporary
        ORDER BY list_position(['view', 'table', 'mart'], kind), 1"""
    ).fetchall()
    return tuple(
        Table(name, kind, *split_comment(comment), rows, tuple(columns.get(name, ())))
        for name, kind, comment, rows in found
    )


def split_comment(comment: str | None) -> tuple[str, str]:
    """ "Headline. | 标题" → ("Headline.", "标题"); both empty where there is none."""
    english, _, chinese = (comment or "").rpartition(" | ")
    return (english.strip(), chinese.strip()) if english else (chinese.strip(), "")


def describe_schema() -> tuple[Table, ...]:
    """The dictionary of an empty warehouse, made from the SQL files."""
    with duckdb.connect(":memory:") as connection:
        for folder in ("schema", "marts", "views"):
            run_folder(connection, folder)
        return describe(connection)


def to_markdown(tables: Sequence[Table], note: str = "", counts: bool = False) -> str:
    """The dictionary as one Markdown page; `counts` adds the number of rows, `note` a line below the heading."""
    lines = ["# Data dictionary · 数据字典", ""]
    lines += [note, ""] if note else []
    for kind, (english, chinese) in HEADINGS.items():
        chosen = [table for table in tables if table.kind == kind]
        if not chosen:
            continue
        lines += [f"## {english} · {chinese}", ""]
        for table in chosen:
            rows = f" ({table.rows:,} rows)" if counts and table.rows is not None else ""
            lines += [f"### {table.name}{rows}", "", table.comment_en, "", table.comment_zh, ""]
            lines += ["| Column | Type | Meaning | 含义 |", "|---|---|---|---|"]
            lines += [
                f"| `{c.name}` | {_cell(c.type)} | {_cell(c.comment_en)} | {_cell(c.comment_zh)} |"
                for c in table.columns
            ]
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
