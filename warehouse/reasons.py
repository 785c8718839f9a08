"""Why a query gives no answer, where this project and not DuckDB says so. Imports nothing.

A code, so that the dashboard says it in the reader's language (`sql.reason.<code>` in its interface.tsv), and English
words for whoever reads the error itself.

    str(Reason("function", {"name": "getenv"}))   # Function getenv cannot run here
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WORDS: dict[str, str] = {
    # The text is no query
    "too_long": "The query has {length} characters; {most} are allowed",
    "no_text": "The query holds characters that are no text; type it again",
    "empty": "The text holds no statement",
    "many": "Only one statement can run at a time",
    "one_select": "Only one SELECT statement can run here",
    "no_select": "Only SELECT can run here, and this is {kind}",
    "explain": "Only SELECT can run here; ask for the plan with --explain or the page's Explain",
    "pivot": "PIVOT needs its columns named here: PIVOT … ON doc_type IN ('meeting', 'notice') USING count(*)",
    "no_parameter": "A parameter cannot be a {kind}: {value}",
    # It asks for what is not allowed
    "with_name": "WITH cannot name a table {name} here; choose a plain name",
    "with_statement": "Only SELECT can run here, inside WITH too",
    "expression": "Expressions of kind {kind} cannot run here",
    "function": "Function {name} cannot run here",
    "source": "Sources of kind {kind} cannot be read here",
    "table_function": "Table function {name} cannot run here",
    "show": "SHOW {name} cannot run here; SHOW TABLES and DESCRIBE can",
    "table": "Table {name} is not part of the warehouse; SHOW TABLES lists what there is",
    "table_like": "Table {name} is not part of the warehouse; did you mean {near}?",
    # It gives too much
    "columns": "The result has {columns} columns; {most} are allowed",
    "columns_size": "The names and types of the columns alone are too large",
    "row_size": "One row alone is larger than {megabytes} MB; select fewer columns, or left(text, 1000)",
    "depth": "The query or its result is nested too deeply",
    # The file itself
    "damaged": "The warehouse's file cannot be read; run `python -m etl build SOURCE` again",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One of WORDS, and what its fields are in this case."""

    code: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return WORDS[self.code].format(**self.fields)
