"""Category profiles side by side and the table of their differences, for whatever is compared.

Imports address, comparing, comparison, download, markup, panel, text and view. Compare draws regions and bodies with
it, Issuers levels and kinds.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import address, comparing, download, markup, panel
from dashboard.charts import profile
from dashboard.charts.canvas import rows_of
from dashboard.comparing import Dimension
from dashboard.comparison import FEWEST, Difference, Shares, from_mean, pairs, telling, widest
from dashboard.marks import Keys
from dashboard.text import Text
from dashboard.view import View

MOST_CLEAR = 4  # differences that are spelt out in a brief


def shares_of(rows: pd.DataFrame, nested: frozenset[frozenset[str]] = frozenset()) -> Shares:
    """Rows of comparing.profile as shares."""
    return Shares(
        {(r.entity, r.group_id): int(r.documents) for r in rows_of(rows)},
        {r.entity: int(r.n) for r in rows_of(rows)},
        list(dict.fromkeys(rows["group_id"])),
        nested,
    )


def draw(
    view: View,
    key: str,
    dimension: Dimension,
    entities: tuple[str, ...],
    names: Mapping[str, str],
    nested: frozenset[frozenset[str]] = frozenset(),
) -> None:
    """The profile in the shape that the reader chooses, then the differences worth a mention."""
    text = view.text
    shares = shares_of(comparing.profile(view.build, view.filters, dimension, entities), nested)
    if not shares.entities or not any(shares.counts.values()):
        panel.nothing(view, text("compare.profile.title"))
        return
    labels = view.groups("category").labels
    shape = address.choose_one(
        "show",
        text("compare.show"),
        ("dots", "mean"),
        lambda v: text(f"compare.show.{v}"),
        default="dots",
        show_label=False,
    )
    keys = Keys((dimension, "category"))
    differences = pairs(shares)
    if shape == "dots" or len(shares.solid) < 2:
        panel.draw(
            view,
            f"{key}-profile",
            text("compare.profile.title"),
            text("compare.profile.line", n=FEWEST),
            lambda: profile.dots(shares, differences, names, labels, view.look, text),
            explanation=text("help.differences"),
            keys=keys,
        )
    else:
        panel.draw(
            view,
            f"{key}-deviation",
            text("compare.deviation.title"),
            text("compare.deviation.line", n=FEWEST),
            lambda: profile.deviations(shares, names, labels, view.look, text),
            explanation=text("help.differences"),
            keys=keys,
        )
    draw_differences(view, key, shares, differences, names, labels)


def verdicts(view: View, shares: Shares, differences: list[Difference], names: Mapping[str, str]) -> list[str]:
    """What may be said of the differences, in sentences."""
    text = view.text
    thin = [names[entity] for entity in shares.entities if entity not in shares.solid]
    lines = [text("difference.left_out", names=text.listing(thin))] if thin else []
    if len(shares.solid) < 2:
        return [text("difference.too_few", n=FEWEST), *lines]
    clear = sorted({d.group for d in differences if d.verdict == "clear"}, key=shares.groups.index)
    if clear:
        named = text.listing([view.category(group) for group in clear])
        return [text("difference.some", n=len(clear), of=len(shares.groups), names=named), *lines]
    tested = sum(d.verdict == "unclear" for d in differences)
    points = f"{100 * telling([shares.sizes[entity] for entity in shares.solid], tested):.0f}"
    return [text("difference.none", points=points), *lines]


def sides(shares: Shares, pair: Difference, names: Mapping[str, str], text: Text) -> tuple[str, str, str]:
    """The higher and the lower of a pair with their shares, and the points between them with their interval."""
    interval = pair.interval
    assert pair.other is not None
    high, low, limits = pair.entity, pair.other, (interval.low, interval.high)
    if interval.value < 0:
        high, low, limits = low, high, (-interval.high, -interval.low)

    def cell(entity: str) -> str:
        count, size = shares.counts.get((entity, pair.group), 0), shares.sizes[entity]
        return f"{names[entity]} {100 * count / size:.0f}% ({count}/{size})"

    least, most = (text.points(100 * limit) for limit in limits)
    return cell(high), cell(low), f"{text.points(100 * abs(interval.value))} ({least} – {most})"


def clearest(view: View, shares: Shares, differences: list[Difference], names: Mapping[str, str]) -> list[str]:
    """The widest differences that are worth a mention, a few, each with its figures in a line."""
    text = view.text
    widest_pairs = [pair for group in shares.groups if (pair := widest(differences, group)) is not None]
    clear = sorted((p for p in widest_pairs if p.verdict == "clear"), key=lambda pair: -abs(pair.interval.value))
    lines = []
    for pair in clear[:MOST_CLEAR]:
        high, low, points = sides(shares, pair, names, text)
        lines.append(text("difference.spelt", category=view.category(pair.group), high=high, low=low, points=points))
    return lines


def pair_row(view: View, shares: Shares, pair: Difference, names: Mapping[str, str]) -> list[object]:
    """A row of the table: category, the higher, the lower, the difference with its interval, the verdict."""
    text = view.text
    high, low, points = sides(shares, pair, names, text)
    verdict = text(f"verdict.{pair.verdict}")
    return [
        markup.category_tags([(view.category(pair.group), view.families().get(pair.group, ""))]),
        high,
        low,
        points if pair.verdict in ("clear", "unclear") else "—",
        markup.tag("strong", verdict) if pair.verdict == "clear" else verdict,
    ]


def draw_differences(
    view: View,
    key: str,
    shares: Shares,
    differences: list[Difference],
    names: Mapping[str, str],
    labels: Mapping[str, str],
) -> None:
    """What is large enough to mention, then the rest, folded away; all comparisons to take away."""
    text = view.text
    shown = [pair for group in shares.groups if (pair := widest(differences, group)) is not None]
    order = {"clear": 0, "unclear": 1, "too_few": 2, "nested": 3}
    shown.sort(key=lambda pair: (order[pair.verdict], -abs(pair.interval.value)))
    sizes = text.listing([f"{names[entity]} {size}" for entity, size in shares.sizes.items()])
    heading, line = text("difference.title"), text("difference.line", sizes=sizes)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, key=f"head-{key}-differences"):
        st.html(markup.chart_head(heading, line))
        label = text("panel.menu_of", chart=heading)
        with st.popover(label, icon=":material/more_horiz:", type="tertiary", key=f"menu-{key}-differences"):
            download.offer(
                view,
                f"{key}-differences",
                lambda: table_of(differences + from_mean(shares), shares, names, labels, view),
                download.notes(view, heading, line),
                label=text("difference.all"),
            )
            st.html(markup.note(text("help.differences")))
    st.html(markup.note(*verdicts(view, shares, differences, names)))
    head = [
        (text("column.category"), ""),
        (text("column.highest"), "d"),
        (text("column.lowest"), "d"),
        (text("column.difference"), "n"),
        (text("column.verdict"), "d"),
    ]
    clear = [pair for pair in shown if pair.verdict == "clear"]
    rest = [pair for pair in shown if pair.verdict != "clear"]
    if clear:
        st.html(markup.table(head, (pair_row(view, shares, pair, names) for pair in clear)))
    if rest:
        with st.expander(text("difference.rest", n=len(rest)), expanded=False):
            st.html(markup.table(head, (pair_row(view, shares, pair, names) for pair in rest)))


def table_of(
    differences: list[Difference], shares: Shares, names: Mapping[str, str], labels: Mapping[str, str], view: View
) -> pd.DataFrame:
    """Every comparison that was made: of pairs, and with the mean."""
    text = view.text
    rows = [
        (
            labels.get(d.group, d.group),
            names[d.entity],
            names[d.other] if d.other else text("column.mean"),
            shares.counts.get((d.entity, d.group), 0),
            shares.sizes[d.entity],
            shares.counts.get((d.other, d.group), 0) if d.other else "",
            shares.sizes[d.other] if d.other else "",
            *(round(100 * x, 1) for x in (d.interval.value, d.interval.low, d.interval.high)),
            text(f"verdict.{d.verdict}"),
        )
        for d in differences
    ]
    one, other = text("column.entity"), text("column.other")
    counted, of = text("column.documents"), text("column.ordering")
    columns = [text("column.category"), one, other, f"{one}: {counted}", f"{one}: {of}", f"{other}: {counted}"]
    columns += [f"{other}: {of}", *(text(f"column.{c}") for c in ("difference", "low", "high", "verdict"))]
    return pd.DataFrame(rows, columns=columns)
