"""Search: where words stand, how often over time, and which words are new in a period."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard import address, builds, download, listing, markup, panel, queries, searching, sidebar
from dashboard.charts import terms
from dashboard.charts.series import TimeData
from dashboard.filters import Filters
from dashboard.marks import Keys, period_key
from dashboard.periods import THIN, Grain, best_grain, next_period, periods
from dashboard.search import Excerpt, Wanted, concordance, excerpts, find_hits, quoted, understand, whole
from dashboard.searching import ORDERS, UNITS, Order, Spans, Unit
from dashboard.view import View, current_view

VIEWS = ("find", "trend", "new")
SHAPES = ("cards", "lines")
ROWS = {"cards": 15, "lines": 30}
MAX_PAGES = 500
MAX_EXPORT = 5000
LABELS = 14  # offered to begin with
SHOWN_WHOLE = 160  # characters; a longer directive is shown around its hits
RISEN = 18  # words drawn
COMPARED = ("month", "quarter")
AGAINST = ("all", "year")
CARRIED = ("q", "in", "by", "as", "view", "page")


def search_for(words: str) -> None:
    """Callback: the query becomes these words, from the first page."""
    address.assign(q=words, page="")


def toggle_labels(words: tuple[str, ...], labels: tuple[str, ...]) -> None:
    """Callback: labels that the reader switches on or off join or leave the words of the query."""
    chosen = st.session_state["labels"] or []
    kept = [word for word in words if word not in labels or word in chosen]
    search_for(" ".join(quoted(word) for word in [*kept, *(label for label in chosen if label not in words)]))


def draw_labels(view: View, wanted: Wanted) -> None:
    """Common labels of policies: a click takes one into the query, another takes it out."""
    labels = searching.common_labels(view.build, view.filters, LABELS)
    if labels:
        st.session_state["labels"] = [label for label in labels if label in wanted.words]
        st.pills(
            view.text("search.labels"),
            labels,
            selection_mode="multi",
            format_func=markup.markdown,
            key="labels",
            on_change=toggle_labels,
            args=(wanted.words, labels),
        )


def context(excerpt: Excerpt) -> markup.Html:
    """A stretch of a text with its hits marked."""
    return markup.html(
        [
            "…" if excerpt.is_cut_before else "",
            *(markup.tag("mark", words, class_="em-hit") if is_hit else words for words, is_hit in excerpt.pieces),
            "…" if excerpt.is_cut_after else "",
        ]
    )


def draw_hit(view: View, row: dict[str, Any], wanted: Wanted, unit: Unit, shape: str) -> None:
    """One hit: its words in context, what it is, and its document as a link over all."""
    text, body, families = view.text, str(row["text"]), view.families()
    seq = row["seq"] if unit == "directive" else directive_at(row, wanted)
    with st.container(gap=None, key=f"card-{row['document_id']}-{row['seq']}"):
        if shape == "lines":
            lines = concordance(body, wanted.words) or concordance(str(row["title"] or ""), wanted.words)
            st.html(
                markup.html(
                    markup.tag(
                        "p",
                        markup.tag("span", before),
                        markup.tag("mark", word, class_="em-hit"),
                        markup.tag("span", after),
                        class_="em-kwic",
                        lang="zh",
                    )
                    for before, word, after in lines
                )
            )
        else:
            is_short = len(body) <= SHOWN_WHOLE
            shown = (whole(body, wanted.words),) if is_short else excerpts(body, wanted.words)
            st.html(markup.tag("blockquote", [context(part) for part in shown], class_="em-quotation", lang="zh"))
        if unit == "directive" and shape == "cards":
            tags = markup.category_tags(
                [(view.category(m["category_id"]), families.get(m["category_id"], "")) for m in row["measures"]]
            )
            notes = [view.code("strength", str(row["strength"]))]
            notes += [text("tag.forwarded")] if row["is_forwarded"] else []
            notes += [] if row["is_primary"] else [text("tag.copy")]
            st.html(markup.tag("p", tags, *(markup.tag("span", note, class_="em-plain-tag") for note in notes)))
        named = str(row["title"] or text("document.untitled"))
        facts = listing.facts_of(view, row)
        carried = {**address.here(*CARRIED), "via": "search", "document": str(row["document_id"])}
        st.page_link(
            "app_pages/document.py",
            label=markup.markdown(named if shape == "cards" else f"{facts[0]} · {named}"),
            query_params=carried | ({"directive": str(seq)} if seq else {}),
        )
        if shape == "cards":
            st.html(markup.entry(facts))


def directive_at(row: dict[str, Any], wanted: Wanted) -> int | None:
    """The directive of a document in which the first hit stands."""
    first = next(iter(find_hits(str(row["text"]), wanted.words)), None)
    if first is None:
        return None
    return next((d["seq"] for d in row["directives"] if d["start_char"] <= first[0] < d["end_char"]), None)


def as_table(view: View, rows: list[dict[str, Any]], wanted: Wanted, unit: Unit) -> pd.DataFrame:
    """Hits as a table to take away."""
    text = view.text
    columns: dict[str, list[object]] = {
        text("column.date"): [row["date"].isoformat() if row["date"] else "" for row in rows],
        text("column.region"): [listing.place_of(row, view) for row in rows],
        text("column.issuer"): [row["issuer"] or "" for row in rows],
        text("column.title"): [row["title"] or "" for row in rows],
    }
    if unit == "directive":
        columns |= {
            text("column.directive"): [row["text"] for row in rows],
            text("column.category"): [
                text.listing([view.category(m["category_id"]) for m in row["measures"]]) for row in rows
            ],
            text("filter.strength"): [view.code("strength", row["strength"]) for row in rows],
            text("column.seq"): [row["seq"] for row in rows],
        }
    else:
        columns[text("column.context")] = [
            " ".join(part.plain() for part in excerpts(str(row["text"]), wanted.words)) for row in rows
        ]
    columns |= {
        text("column.url"): [row["url"] or "" for row in rows],
        text("column.document_id"): [row["document_id"] for row in rows],
    }
    return pd.DataFrame(columns)


def explain_nothing(view: View, wanted: Wanted, unit: Unit) -> None:
    """Why a search found nothing: which word is missing, from the selection or from every text."""
    text, other = view.text, UNITS[1 - UNITS.index(unit)]
    words = searching.each_word(view.build, view.filters, wanted, unit)
    lines = []
    for word, here, everywhere in words:
        if not everywhere:
            lines.append(text(f"search.never_{unit}", word=word))
        elif not here:
            lines.append(text("search.not_here", word=word, n=text.count(unit, everywhere)))
    if not lines and wanted.excluded:
        lines.append(text("search.excluded_all", words=text.listing(list(wanted.excluded))))
    elif not lines:
        counts = text.listing([text("search.word_count", word=w, n=text.count(unit, here)) for w, here, _ in words])
        lines.append(text(f"search.not_together_{unit}", counts=counts))
    elsewhere = len(searching.find(view.build, Filters(), wanted, unit)) if sidebar.active(view) else 0
    if elsewhere:
        lines.append(text("search.elsewhere", n=text.count(unit, elsewhere)))
    st.html(markup.alert(text("search.none"), *lines))
    there = len(searching.find(view.build, view.filters, wanted, other))
    with st.container(horizontal=True, key="instead"):
        if there:
            st.button(
                text(f"search.instead_{other}", n=text.count(other, there)),
                on_click=address.assign,
                kwargs={"in": "" if other == UNITS[0] else other},
                key="other-unit",
            )
        if elsewhere:
            st.button(
                text("filter.clear"),
                icon=":material/close:",
                on_click=address.forget,
                args=(sidebar.PARAMETERS,),
                key="clear-for-search",
            )


def choose_unit(view: View) -> Unit:
    """Whether words are looked for in directives or in whole texts."""
    text = view.text
    unit = address.choose_one("in", text("search.in"), UNITS, lambda v: text(f"search.in_{v}"), default=UNITS[0])
    return cast(Unit, unit)


def draw_found(view: View, wanted: Wanted) -> None:
    """Hits, some at a time."""
    text, build, filters = view.text, view.build, view.filters
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        unit = choose_unit(view)
        order = address.choose_one("by", text("search.by"), ORDERS, lambda v: text(f"order.{v}"), default=ORDERS[0])
        shape = address.choose_one("as", text("search.as"), SHAPES, lambda v: text(f"search.as_{v}"), default=SHAPES[0])
    if not wanted.words:
        st.html(markup.note(text("search.how"), text("search.how_more")))
        draw_labels(view, wanted)
        return
    found = searching.find(build, filters, wanted, unit)
    if found.empty:
        explain_nothing(view, wanted, unit)
        return
    size = ROWS[shape]
    pages = min(MAX_PAGES, -(-len(found) // size))
    page = address.read_page("page", pages)
    documents = text.count("document", found["document_no"].nunique())
    n = text("search.found", directives=text.count("directive", len(found)), documents=documents)
    heading, line = described(view, wanted), n if unit == "directive" else documents
    st.html(markup.chart_head(heading, line))
    keys = searching.part_of(found, cast(Order, order), page, size)
    with st.container(gap=None, key="hits"):
        for row in searching.hits(build, filters, unit, tuple(keys)):
            draw_hit(view, row, wanted, unit, shape)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="pages"):
        if pages > 1:
            address.turn_pages("page", pages)
        kept = text("search.export_some", n=text.number(MAX_EXPORT)) if len(found) > MAX_EXPORT else ""

        def take() -> pd.DataFrame:
            part = tuple(searching.part_of(found, cast(Order, order), 1, MAX_EXPORT))
            return as_table(view, searching.hits(build, filters, unit, part), wanted, unit)

        notes = download.notes(view, heading, f"{line} {kept}")
        download.offer(view, "search", take, notes, label=text("search.csv"), kind="tertiary", help=kept or None)


def described(view: View, wanted: Wanted) -> str:
    """A query in words: 含“核酸检测”“动态清零”，不含“抗原”."""
    text = view.text
    words = "".join(text("search.quoted", word=word) for word in wanted.words)
    if not wanted.excluded:
        return text("search.with", words=words.strip())
    excluded = "".join(text("search.quoted", word=word) for word in wanted.excluded)
    return text("search.with_without", words=words.strip(), excluded=excluded.strip())


def draw_trend(view: View, wanted: Wanted) -> None:
    """Several words side by side over time."""
    text, build, filters = view.text, view.build, view.filters
    head = queries.headline(build, filters)
    words = wanted.words or searching.common_labels(build, filters, 4)
    heading = text("trend.title")
    if not words and head.first_date:
        st.html(markup.note(text("trend.no_words")))
        return
    if not words or not head.first_date:
        panel.nothing(view, heading)
        return
    first, last = view.span
    best = best_grain(first, last, head.dated)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        unit = choose_unit(view)
        grain = cast(
            Grain,
            address.choose_one(
                "grain", text("option.grain"), ("week", "month", "quarter"), lambda v: text(f"grain.{v}"), default=best
            ),
        )
    draw_labels(view, wanted)
    rows = searching.words_over_time(build, filters, words, grain, unit)
    if rows.empty:
        explain_nothing(view, Wanted(words), unit)
        return
    data = TimeData(
        groups=rows,
        documents=queries.documents_over_time(build, filters, grain),
        order=list(words),
        labels={word: word for word in words},
        colours=dict(zip(words, view.look.entities, strict=False)),
        first=first,
        last=last,
        grain=grain,
    )
    totals = rows.groupby("group_id")["documents"].sum()
    counts = text.listing([text("search.word_count", word=w, n=text.number(int(totals.get(w, 0)))) for w in words])
    fixed = (("of", "documents"),) if unit == "document" else ()
    panel.draw(
        view,
        "search-trend",
        heading,
        text(
            f"trend.line_{unit}",
            grain=text(f"grain.{grain}"),
            documents=text.count("document", head.dated),
            counts=counts,
            n=THIN,
        ),
        terms.trend(data, view.look, text),
        explanation=text("help.trend"),
        keys=Keys(("period", "phrase"), grain, fixed),
    )


def choose_spans(view: View) -> Spans | None:
    """The period that is looked at, and the time before it; None where there is none before it."""
    text, (first, last) = view.text, view.span
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="options"):
        grain = cast(
            Grain,
            address.choose_one(
                "grain", text("option.grain"), COMPARED, lambda v: text(f"grain.{v}"), default="quarter"
            ),
        )
        starts = periods(first, last, grain)[1:]
        if not starts:
            return None
        read = queries.documents_over_time(view.build, view.filters, grain)
        counts = {builds.as_date(day): int(n) for day, n in zip(read["period"], read["documents"], strict=True)}
        options = [start.isoformat() for start in reversed(starts)]
        enough = [start.isoformat() for start in reversed(starts) if counts.get(start, 0) >= THIN]
        names = {
            start.isoformat(): text(
                "new.option", period=text.period(start, grain), n=text.count("document", counts.get(start, 0))
            )
            for start in starts
        }
        when = address.choose_one(
            "when",
            text("new.when"),
            options,
            lambda v: names[v],
            default=next(iter(enough), options[0]),
            shape="list",
        )
        against = address.choose_one(
            "against", text("new.against"), AGAINST, lambda v: text(f"new.against_{v}"), default="all"
        )
    start = next(day for day in starts if day.isoformat() == when)
    day = dt.timedelta(days=1)
    earliest = first if against == "all" else max(first, start - 365 * day)
    return Spans((start, min(next_period(start, grain) - day, last)), (earliest, start - day))


def draw_new(view: View) -> None:
    """Words that a period has clearly more often than the time before."""
    text, build, filters = view.text, view.build, view.filters
    heading = text("new.title")
    spans = choose_spans(view)
    if spans is None:
        panel.too_little(view, heading, 0)
        return
    recent_n, earlier_n = searching.spans_read(build, filters, spans)
    if min(recent_n, earlier_n) < THIN:
        panel.too_little(view, heading, min(recent_n, earlier_n))
        return
    rows = searching.compare_spans(searching.terms_of_spans(build, filters, spans), recent_n, earlier_n)
    risen = rows[rows["z"] > 0].head(RISEN)
    if risen.empty:
        panel.nothing(view, heading)
        return
    clear = int(rows["is_clear"].sum())
    keys = (period_key(*spans.now), period_key(*spans.before))
    panel.draw(
        view,
        "search-new",
        heading,
        text(
            "new.line",
            now=view.period(*spans.now),
            recent=text.count("document", recent_n),
            before=text.span(*spans.before),
            earlier=text.count("document", earlier_n),
            clear=text.number(clear),
            tested=text.number(len(rows)),
        ),
        terms.risen(risen, recent_n, earlier_n, keys, view.look, text),
        explanation=text("help.new"),
        keys=Keys(("period", "term"), fixed=(("of", "documents"),)),
    )


def draw(view: View) -> None:
    """The search box and the view that the reader chooses; what is new in a period needs no words."""
    text = view.text
    head = queries.headline(view.build, view.filters)
    st.html(
        markup.title(
            text("search.title"),
            text(
                "search.line",
                directives=text.count("directive", head.directives),
                documents=text.count("document", head.documents),
            ),
        )
    )
    sidebar.draw_active(view)
    if not head.documents:
        st.html(markup.note(text("empty.none"), text("empty.next")))
        return
    show = address.choose_one(
        "view", text("search.view"), VIEWS, lambda v: text(f"search.view_{v}"), default=VIEWS[0], show_label=False
    )
    if show == "new":
        draw_new(view)
        return
    query = address.search_box("q", text("search.box"), text("search.hint"), most=160, width="stretch")
    wanted = understand(query)
    if wanted.is_cut:
        st.html(markup.note(text("search.cut", words=text.listing(list(wanted.words)))))
    elif query and not wanted.words:
        st.html(markup.note(text("search.no_word")))
    if show == "trend":
        draw_trend(view, wanted)
    else:
        draw_found(view, wanted)


draw(current_view())
