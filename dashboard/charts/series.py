"""What a chart over time is drawn from, and its words: values of each period and group, table, sentence, hovers.

Imports charts.canvas, periods and text only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.charts.canvas import as_day, plain
from dashboard.periods import THIN, Grain, periods
from dashboard.text import Text

Measure = Literal["directives", "share", "documents", "reach"]
MEASURES: tuple[Measure, ...] = ("directives", "share", "documents", "reach")
ADDITIVE: tuple[Measure, ...] = ("directives", "share")  # only these may be stacked


@dataclass(frozen=True, slots=True)
class Index:
    """An independent index, drawn on an axis of its own."""

    label: str
    values: pd.DataFrame  # date, value


@dataclass(frozen=True, slots=True)
class TimeData:
    """What a time chart is drawn from."""

    groups: pd.DataFrame  # period, group_id, directives, documents: all groups, those that are not shown too
    documents: pd.DataFrame  # period, documents, inferred
    order: Sequence[str]  # ids of the groups that are shown, bottom of the stack first
    labels: Mapping[str, str]
    colours: Mapping[str, str]
    first: dt.date
    last: dt.date
    grain: Grain
    events: pd.DataFrame | None = None  # date, label
    index: Index | None = None

    def starts(self) -> list[dt.date]:
        """First days of all periods of the span, those without a document too."""
        return periods(self.first, self.last, self.grain)

    def read(self) -> dict[dt.date, int]:
        """Documents of each period; none where there is none."""
        return self._by_period("documents")

    def inferred(self) -> dict[dt.date, int]:
        """Those of them whose date was inferred."""
        return self._by_period("inferred")

    def _by_period(self, column: str) -> dict[dt.date, int]:
        found = {
            as_day(period): int(n) for period, n in zip(self.documents["period"], self.documents[column], strict=True)
        }
        return {start: found.get(start, 0) for start in self.starts()}


def with_values(data: TimeData, measure: Measure) -> pd.DataFrame:
    """Every period and group shown: period, group_id, directives, documents, read, inferred, share, reach, value.

    read: documents of the period; share: of the directives of all groups, reach: of the documents read, both from 0 to
    100 and null where the whole is 0. value is in the measure's unit.
    """
    read = data.read()
    grid = pd.MultiIndex.from_product([list(read), list(data.order)], names=["period", "group_id"]).to_frame(
        index=False
    )
    counts = data.groups.assign(period=[as_day(period) for period in data.groups["period"]])
    rows = grid.merge(counts, on=["period", "group_id"], how="left").fillna({"directives": 0, "documents": 0})
    rows["read"], rows["inferred"] = rows["period"].map(read), rows["period"].map(data.inferred())
    whole = rows["period"].map(counts.groupby("period")["directives"].sum()).astype(float)
    rows["share"] = 100 * rows["directives"] / whole.where(whole > 0)
    rows["reach"] = 100 * rows["documents"] / rows["read"].where(rows["read"] > 0)
    rows["value"] = rows[measure].astype(float)
    return rows


def as_table(rows: pd.DataFrame, data: TimeData, text: Text) -> pd.DataFrame:
    """What the download holds: one row a period and group."""
    return pd.DataFrame(
        {
            text("column.period"): [period.isoformat() for period in rows["period"]],
            text("column.group"): [data.labels.get(group, group) for group in rows["group_id"]],
            text("column.directives"): rows["directives"].astype(int),
            text("column.documents"): rows["documents"].astype(int),
            text("column.read"): rows["read"].astype(int),
            text("column.inferred"): rows["inferred"].astype(int),
            text("column.share"): rows["share"].round(1),
            text("column.reach"): rows["reach"].round(1),
        }
    )


def describe(rows: pd.DataFrame, data: TimeData, measure: Measure, text: Text) -> str:
    """The chart in one or two sentences."""
    if rows.empty or not rows["directives"].sum():
        return text("alt.nothing")
    totals = rows.groupby("group_id")["directives"].sum().sort_values(ascending=False)
    busiest = as_day(rows.groupby("period")["directives"].sum().idxmax())
    return text(
        "alt.over_time",
        measure=text(f"measure.{measure}"),
        span=text.span(data.first, data.last),
        groups=text.listing([data.labels.get(group, group) for group in totals.index[:3]]),
        peak=text.period(busiest, data.grain),
    )


def show_value(value: float, measure: Measure, text: Text) -> str:
    """A value in its unit."""
    if pd.isna(value):
        return "—"
    return text.percent(value / 100) if measure in ("share", "reach") else text.number(value)


def hover(row: Any, data: TimeData, measure: Measure, text: Text) -> str:
    """What a mark says: period, group, value (a count with its share), and what it rests on."""
    share = {"directives": row.share, "documents": row.reach}.get(measure)
    value = show_value(row.value, measure, text)
    lines = [
        f"<b>{plain(text.period(row.period, data.grain))}</b>",
        plain(
            f"{data.labels.get(row.group_id, row.group_id)}  {value}"
            + (f" · {text.percent(share / 100)}" if share is not None and not pd.isna(share) else "")
        ),
        plain(
            text(
                "hover.rests",
                directives=text.count("directive", int(row.directives)),
                documents=int(row.documents),
                read=int(row.read),
            )
        ),
    ]
    if row.inferred:
        lines.append(plain(text("hover.inferred_n", n=int(row.inferred))))
    if row.read < THIN:
        lines.append(plain(text("hover.thin", n=THIN)))
    return "<br>".join(lines)
