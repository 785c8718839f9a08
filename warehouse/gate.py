"""Which SQL may run in the sandbox: one SELECT, of the warehouse's own tables and harmless functions.

Imports warehouse.reasons only.

The decision is made on DuckDB's own syntax tree (`json_serialize_sql`), never on the text, and what is not known is
refused: a new kind of statement, table or table function of a later DuckDB is shut out until someone adds it here.

    find_refusal(json.loads(tree), relations=frozenset({"documents"})) -> None | Refusal
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warehouse.reasons import Reason

NO_POSITION = 2**64 - 1  # DuckDB's way of saying that a node has no place in the text


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
SOURCES = _names("BASE_TABLE SUBQUERY JOIN TABLE_FUNCTION EXPRESSION_LIST EMPTY EMPTY_FROM PIVOT SHOW_REF COLUMN_DATA")
EXPRESSIONS = _names(
    """BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT DEFAULT FUNCTION LAMBDA LAMBDA_REF OPERATOR
    PARAMETER POSITIONAL_REFERENCE STAR SUBQUERY TYPE WINDOW"""
)

# Table functions that read nothing but their arguments or the warehouse's own catalogue. Not histogram: it reads any
# table or file that a text names.
TABLE_FUNCTIONS = _names(
    """range generate_series unnest repeat repeat_row json_each json_tree
    duckdb_columns duckdb_constraints duckdb_functions duckdb_indexes duckdb_keywords duckdb_schemas duckdb_tables
    duckdb_types duckdb_views pragma_collations pragma_show pragma_table_info pragma_version icu_calendar_names
    pg_timezone_names"""
)
# Built-in views: catalogue only. duckdb_databases, pg_settings and the like would show paths and settings of the host.
SYSTEM_VIEWS = {
    "information_schema": _names(
        """columns tables schemata views table_constraints key_column_usage referential_constraints
        constraint_column_usage constraint_table_usage check_constraints character_sets"""
    ),
    "pg_catalog": _names(
        """pg_attribute pg_class pg_constraint pg_description pg_enum pg_index pg_indexes pg_namespace pg_tables
        pg_type pg_views"""
    ),
    "main": _names(
        """duckdb_columns duckdb_constraints duckdb_indexes duckdb_schemas duckdb_tables duckdb_types duckdb_views
        sqlite_master sqlite_schema"""
    ),
}
BUILT_IN = ("duckdb_", "pg_", "pragma_", "sqlite_")  # how the names of built-in views begin
SHOWN = frozenset({"tables", "__show_tables_expanded"})
# Scalar functions that reach beyond their arguments, or exist to wait.
REFUSED_FUNCTIONS = _names(
    """current_setting set_config getenv write_log sleep_ms pg_sleep json_serialize_plan json_execute_serialized_sql
    pg_conf_load_time pg_postmaster_start_time inet_client_addr inet_client_port inet_server_addr inet_server_port
    nextval currval setval read_text read_blob query query_table"""
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a query may not run, and where in its text (a byte offset; None where unknown)."""

    reason: Reason
    position: int | None = None


def _refuse(code: str, position: int | None = None, **fields: str) -> Refusal:
    return Refusal(Reason(code, fields), position)


def find_refusal(tree: dict[str, Any], relations: frozenset[str]) -> Refusal | None:
    """The first thing in a serialised statement that may not run; None where all of it may.

    `relations` are the lower-case names of the warehouse's tables and views.
    """
    if tree.get("error") or len(tree.get("statements", ())) != 1:
        return _refuse("one_select")
    nodes = list(walk(tree))
    named = {
        str(entry["key"]).lower()
        for node in nodes
        if isinstance(node.get("cte_map"), dict)
        for entry in node["cte_map"].get("map", ())
    }
    # A name given by WITH counts as known everywhere, in its scope or not; so it must not be one that means something
    # else where it is out of scope: a built-in view, or a file.
    for name in sorted(named):
        if name.startswith(BUILT_IN) or not name.replace(" ", "_").isidentifier():
            return _refuse("with_name", name=name)
    for node in nodes:
        if refusal := _judge(node, relations | named):
            return refusal
    return None


def walk(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON tree, in reading order, without recursion."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))


def _judge(node: dict[str, Any], relations: frozenset[str]) -> Refusal | None:
    position = node.get("query_location")
    at = position if isinstance(position, int) and position < NO_POSITION else None
    kind, category = node.get("type"), node.get("class")
    if category is not None:
        if category not in EXPRESSIONS:
            return _refuse("expression", at, kind=str(category))
        if "function_name" in node and str(node["function_name"]).lower() in REFUSED_FUNCTIONS:
            return _refuse("function", at, name=str(node["function_name"]))
        return None
    if "cte_map" in node and kind not in QUERIES:
        return _refuse("with_statement", at)
    if "sample" in node and "alias" in node:  # a source of rows
        return _judge_source(node, relations, at)
    return None


def _judge_source(node: dict[str, Any], relations: frozenset[str], at: int | None) -> Refusal | None:
    kind = node.get("type")
    if kind not in SOURCES:
        return _refuse("source", at, kind=str(kind))
    if kind == "BASE_TABLE":
        return _judge_table(node, relations, at)
    if kind == "TABLE_FUNCTION":
        name = str(node.get("function", {}).get("function_name", "")).lower()
        if name not in TABLE_FUNCTIONS:
            return _refuse("table_function", at, name=name)
    if kind == "SHOW_REF" and node.get("query") is None:
        name = str(node.get("table_name", "")).strip('"').lower()
        if name not in SHOWN | relations:
            return _refuse("show", at, name=name)
    return None


def _judge_table(node: dict[str, Any], relations: frozenset[str], at: int | None) -> Refusal | None:
    path = [str(part).lower() for part in node.get("qualified_name", {}).get("path", ())] or [
        str(node.get(part, "")).lower() for part in ("catalog_name", "schema_name", "table_name") if node.get(part)
    ]
    *qualifiers, name = path
    schema = next((q for q in qualifiers if q in SYSTEM_VIEWS and q != "main"), "main")
    if name in SYSTEM_VIEWS[schema] or (not qualifiers and any(name in views for views in SYSTEM_VIEWS.values())):
        return None
    if name in relations and schema == "main":
        return None
    near = difflib.get_close_matches(name, sorted(relations), n=3, cutoff=0.6)
    if near:
        return _refuse("table_like", at, name=".".join(path), near=", ".join(near))
    return _refuse("table", at, name=".".join(path))
