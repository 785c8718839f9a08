"""Documents as a list, each a link to its page. Imports builds, markup and view."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import markup
from dashboard.builds import as_date
from dashboard.view import View


def place_of(row: Any, view: View) -> str:
    """Region of a row with adcodes and level: from the province down, or the centre, or that it is unknown."""
    adcodes = sorted(code for code in row["adcodes"] if isinstance(code, str))
    if adcodes:
        return " ".join(view.region(code) for code in adcodes)
    return view.text("region.centre") if row["level"] == "national" else view.text("region.unknown")


def facts_of(view: View, row: Any) -> list[str]:
    """When, where and who of a row with date, is_date_inferred, adcodes, level and issuer. A hollow mark: inferred."""
    text, day = view.text, as_date(row["date"])
    return [
        ("○ " if day and row["is_date_inferred"] else "")
        + text.date(day)
        + (text("list.inferred") if day and row["is_date_inferred"] else ""),
        place_of(row, view),
        text.named(row["issuer"]) if isinstance(row["issuer"], str) else text("document.no_issuer"),
    ]


def draw_documents(
    view: View, rows: pd.DataFrame, key: str, columns: int = 1, carried: Mapping[str, str] = MappingProxyType({})
) -> None:
    """One entry a document: its title as a link, then when, where, who, and how many directives.

    carried: parameters of the list that the link keeps, so that the way back leads to the same place in it.
    """
    text = view.text
    height = -(-len(rows) // columns)
    for i, column in enumerate(st.columns(columns, gap="large")):
        for _, row in rows.iloc[i * height : (i + 1) * height].iterrows():
            with column, st.container(gap=None, key=f"entry-{key}-{row['document_id']}"):
                st.page_link(
                    "app_pages/document.py",
                    label=markup.markdown(row["title"] if isinstance(row["title"], str) else text("document.untitled")),
                    query_params={**carried, "document": row["document_id"]},
                )
                facts = [
                    *facts_of(view, row),
                    view.code("doc_type", row["doc_type"]),
                    text.count("directive", int(row["matching"])),
                ]
                st.html(markup.entry(facts))


def as_table(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The list as a table to take away."""
    text = view.text
    return pd.DataFrame(
        {
            text("column.date"): [day.isoformat() if (day := as_date(value)) else "" for value in rows["date"]],
            text("column.region"): [place_of(row, view) for _, row in rows.iterrows()],
            text("column.issuer"): rows["issuer"].fillna(""),
            text("column.title"): rows["title"].fillna(""),
            text("column.doc_type"): [view.code("doc_type", kind) for kind in rows["doc_type"]],
            text("column.directives"): rows["matching"],
            text("column.document_id"): rows["document_id"],
        }
    )
