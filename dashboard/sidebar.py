"""The filters that hold on every page, and what of them is active.

Imports address, builds, filters, markup, queries, text and view.
"""

from __future__ import annotations

import streamlit as st

from dashboard import address, markup, queries
from dashboard.builds import Build
from dashboard.filters import DATE_KINDS, Filters, Options, read_filters, unknown_values
from dashboard.text import LANGUAGES, Language, Text, language_of
from dashboard.view import View

PARAMETERS = (
    "from",
    "to",
    "province",
    "place",
    "issuer",
    "kind",
    "level",
    "category",
    "strength",
    "datekind",
    "explicit",
    "copies",
    "forwarded",
)
LABELS = {  # of the parameters that may hold what a warehouse does not have
    "from": "filter.dates",
    "to": "filter.dates",
    "province": "filter.province",
    "place": "filter.place",
    "issuer": "filter.issuer",
    "kind": "filter.kind",
    "level": "filter.level",
    "category": "filter.category",
    "strength": "filter.strength",
    "datekind": "filter.date_kind",
}
MOST_TOLD, LONGEST_TOLD = 5, 40  # values of a link, and their characters


def bind() -> None:
    """Ties the filters and the language to the URL. The entry file calls it before anything else."""
    with st.sidebar:
        address.remember(*PARAMETERS, "lang")


def read_language() -> Language:
    """The language that the URL names, else the browser's."""
    named = address.recall("lang")
    return next((language for language in LANGUAGES if language == named), language_of(st.context.locale))


def choose_language(text: Text) -> None:
    """Each language in its own words."""
    address.choose_one(
        "lang",
        text("filter.language"),
        list(LANGUAGES),
        lambda language: LANGUAGES[language],  # type: ignore[index]
        default=language_of(st.context.locale),
        show_label=False,
    )


def read(build: Build, options: Options) -> Filters:
    """The filters that the URL holds."""
    return read_filters(recalled(), options, queries.names_of_issuers(build))


def recalled() -> dict[str, str]:
    """The filters' parameters as the URL has them."""
    return {name: address.recall(name) for name in PARAMETERS}


def tell_unknown(view: View) -> None:
    """A remark with what the link asks for and this collection does not have."""
    text = view.text
    unknown = unknown_values(recalled(), view.options, queries.names_of_issuers(view.build))
    if unknown:
        values = [f"{text(LABELS[name])} “{value[:LONGEST_TOLD]}”" for name, value in unknown[:MOST_TOLD]]
        st.html(markup.alert(text("filter.unknown"), text.listing(values)))


def issuer_choices(build: Build, options: Options, text: Text) -> list[str]:
    """Issuers to choose from: all, or where they are too many for one list, those that a word finds."""
    if len(options.issuers) < queries.MAX_ISSUERS:
        return list(options.issuers)
    needle = st.text_input(text("filter.find_issuer"), max_chars=40, key="find_issuer")
    found = queries.find_issuers(build, needle.strip()) if needle.strip() else options.issuers[:200]
    return list(dict.fromkeys([*address.recall("issuer").split("."), *found]))


def draw(view: View) -> None:
    """The widgets. They show what the URL holds and write it there."""
    text, options, filters = view.text, view.options, view.filters
    everything = text("filter.all")
    issuers = queries.names_of_issuers(view.build)  # once: a list of thousands asks for every name
    address.choose_dates(text("filter.dates"), view.span, options.bounds(filters.date_kind))
    address.choose_many("province", text("filter.province"), options.provinces, view.region, placeholder=everything)
    if filters.provinces and options.places_of(filters.provinces):
        address.choose_many(
            "place", text("filter.place"), options.places_of(filters.provinces), view.region, placeholder=everything
        )
    address.choose_many(
        "issuer",
        text("filter.issuer"),
        issuer_choices(view.build, options, text),
        lambda v: text.named(issuers.get(v, v)),
        placeholder=text("filter.type_name"),
    )
    address.choose_many("category", text("filter.category"), options.categories, view.category, placeholder=everything)
    is_open = bool(
        filters.kinds
        or filters.levels
        or filters.strengths
        or filters.explicit_only
        or filters.with_copies
        or filters.with_forwarded
        or filters.date_kind != "default"
    )
    with st.expander(text("filter.more"), expanded=is_open):
        address.choose_many(
            "level", text("filter.level"), options.levels, lambda v: view.code("level", v), placeholder=everything
        )
        address.choose_many(
            "kind", text("filter.kind"), options.kinds, lambda v: view.code("kind", v), placeholder=everything
        )
        address.choose_many(
            "strength",
            text("filter.strength"),
            options.strengths,
            lambda v: view.code("strength", v),
            placeholder=everything,
            help=text("help.strength"),
        )
        address.choose_one(
            "datekind",
            text("filter.date_kind"),
            DATE_KINDS,
            lambda v: view.code("date_kind", v),
            default="default",
            shape="list",
        )
        address.switch("explicit", text("filter.explicit"), help=text("help.explicit"))
        address.switch("copies", text("filter.copies"), help=text("help.copies"))
        address.switch("forwarded", text("filter.forwarded"), help=text("help.forwarded"))


def active(view: View) -> list[tuple[str, str]]:
    """The active filters in words: (name, values)."""
    text, filters = view.text, view.filters
    rows: list[tuple[str, str]] = []
    if filters.is_dated:
        rows.append((text("filter.dates"), text.span(*view.span)))
    named = (
        ("filter.province", filters.provinces, view.region),
        ("filter.place", filters.places, view.region),
        ("filter.issuer", filters.issuers, view.issuer),
        ("filter.category", filters.categories, view.category),
        ("filter.level", filters.levels, lambda v: view.code("level", v)),
        ("filter.kind", filters.kinds, lambda v: view.code("kind", v)),
        ("filter.strength", filters.strengths, lambda v: view.code("strength", v)),
    )
    rows += [(text(label), text.listing([name(value) for value in values])) for label, values, name in named if values]
    if filters.date_kind != "default":
        rows.append((text("filter.date_kind"), view.code("date_kind", filters.date_kind)))
    if filters.explicit_only:
        rows.append((text("filter.explicit"), text("filter.on")))
    if filters.with_copies:
        rows.append((text("filter.copies"), text("filter.on")))
    if filters.with_forwarded:
        rows.append((text("filter.forwarded"), text("filter.on")))
    return rows


def draw_active(view: View) -> None:
    """Chips above the charts, so that a phone with the sidebar shut still shows what is looked at."""
    rows = active(view)
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="active"):
        st.html(markup.chips(rows), width="content")
        st.button(
            view.text("filter.clear"),
            type="tertiary",
            icon=":material/close:",
            on_click=address.forget,
            args=(PARAMETERS,),
            key="clear",
        )
