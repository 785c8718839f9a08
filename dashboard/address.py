"""Choices that live in the URL as ids, not as words. Imports filters and nothing else of ours.

Streamlit's `bind="query-params"` writes a choice's *label* into the URL, so a link would break with the next
translation and with a reader of another language. So the URL holds ids (`?category=testing.movement`), which
visible widgets read before they are drawn and write when they change. What must survive a change of page (the entry
file's filters) is bound through hidden text boxes, so that Streamlit carries it along; a page's own parameters are
plain query parameters, which end with the page. Either way a link restores the view and history goes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from dashboard.filters import join, known

MAX_LENGTH = 4000  # of one parameter: some browsers and proxies cut longer URLs


def remember(*parameters: str) -> None:
    """Binds URL parameters that survive a change of page, invisibly. The entry file calls it before any is read."""
    with st.container(key=f"address-{parameters[0]}"):
        for parameter in parameters:
            st.text_input(parameter, key=parameter, bind="query-params", max_chars=MAX_LENGTH)


def recall(parameter: str) -> str:
    """The text of a parameter; empty where the URL does not name it."""
    if parameter in st.session_state:
        return str(st.session_state[parameter] or "")[:MAX_LENGTH]
    return st.query_params.get(parameter, "")[:MAX_LENGTH]


def assign(**values: str) -> None:
    """Sets parameters; an empty one leaves the URL. In callbacks only: Streamlit forbids it once boxes are drawn."""
    for parameter, value in values.items():
        if parameter in st.session_state:
            st.session_state[parameter] = value
        elif value:
            st.query_params[parameter] = value
        elif parameter in st.query_params:
            del st.query_params[parameter]


def forget(parameters: Sequence[str]) -> None:
    """Callback: takes parameters out of the URL."""
    assign(**dict.fromkeys(parameters, ""))


def _widget(parameter: str) -> str:
    return f"pick_{parameter}"


def _choose(**values: str) -> None:
    """Another choice: what is listed begins at its first page."""
    assign(**values, page="")


def _store_many(parameter: str) -> None:
    _choose(**{parameter: join(st.session_state[_widget(parameter)])})


def _store_one(parameter: str, default: str) -> None:
    value = st.session_state[_widget(parameter)] or default
    _choose(**{parameter: "" if value == default else value})


def _store_flag(parameter: str) -> None:
    _choose(**{parameter: "1" if st.session_state[_widget(parameter)] else ""})


def _store_dates(first: dt.date, last: dt.date) -> None:
    picked = st.session_state[_widget("dates")]
    if not isinstance(picked, tuple) or len(picked) != 2:
        return  # the reader has chosen the first of two days
    _choose(
        **{
            "from": "" if picked[0] <= first else picked[0].isoformat(),
            "to": "" if picked[1] >= last else picked[1].isoformat(),
        }
    )


def choose_many(
    parameter: str,
    label: str,
    options: Sequence[str],
    name: Callable[[str], str],
    *,
    placeholder: str,
    most: int | None = None,
    help: str | None = None,
) -> tuple[str, ...]:
    """Any of the options, searched as the reader types."""
    chosen = known(recall(parameter), options)[:most]
    st.session_state[_widget(parameter)] = list(chosen)
    st.multiselect(
        label,
        options,
        key=_widget(parameter),
        format_func=name,
        on_change=_store_many,
        args=(parameter,),
        placeholder=placeholder,
        max_selections=most,
        select_all=False,
        help=help,
    )
    return chosen


def choose_one(
    parameter: str,
    label: str,
    options: Sequence[str],
    name: Callable[[str], str],
    *,
    default: str,
    shape: str = "segments",
    show_label: bool = True,
) -> str:
    """One of the options: as segments in a row, on a slider (at least two options), or from a list."""
    chosen = next(iter(known(recall(parameter), options)), default)
    st.session_state[_widget(parameter)] = chosen
    draw: dict[str, Callable[..., object]] = {
        "segments": partial(st.segmented_control, required=True, wrap=True),
        "slider": st.select_slider,
        "list": st.selectbox,
    }
    draw[shape](
        label,
        options,
        key=_widget(parameter),
        format_func=name,
        on_change=_store_one,
        args=(parameter, default),
        label_visibility="visible" if show_label else "collapsed",
    )
    return chosen


def switch(parameter: str, label: str, help: str | None = None) -> bool:
    """On or off."""
    on = recall(parameter) == "1"
    st.session_state[_widget(parameter)] = on
    st.toggle(label, key=_widget(parameter), on_change=_store_flag, args=(parameter,), help=help)
    return on


def _store_text(parameter: str) -> None:
    _choose(**{parameter: str(st.session_state[_widget(parameter)] or "").strip()})


def search_box(
    parameter: str, label: str, placeholder: str, most: int = 60, width: int | Literal["stretch"] = 320
) -> str:
    """Words that the reader types."""
    words = recall(parameter)[:most]
    st.session_state[_widget(parameter)] = words
    st.text_input(
        label,
        key=_widget(parameter),
        max_chars=most,
        type="search",
        placeholder=placeholder,
        width=width,
        on_change=_store_text,
        args=(parameter,),
    )
    return words


def _store_typed(parameter: str, default: str) -> None:
    value = str(st.session_state[_widget(parameter)] or "").strip()
    assign(**{parameter: "" if value == default else value})


def text_box(parameter: str, label: str, default: str) -> str:
    """A value that the reader types, the default where the URL has none."""
    words = recall(parameter) or default
    st.session_state[_widget(parameter)] = words
    st.text_input(label, key=_widget(parameter), on_change=_store_typed, args=(parameter, default))
    return words


def _store_page(parameter: str, key: str) -> None:
    page = st.session_state[key]
    assign(**{parameter: "" if page == 1 else str(page)})


def read_page(parameter: str, pages: int) -> int:
    """The page that the URL names, within bounds: 'x' → 1."""
    value = recall(parameter)
    return min(pages, max(1, int(value))) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def turn_pages(parameter: str, pages: int) -> None:
    """Widget that turns the pages of a list."""
    page = read_page(parameter, pages)
    key = f"{_widget(parameter)}_{page}"  # a key of its own for each: pagination takes its value from its default only
    st.pagination(pages, default=page, key=key, on_change=_store_page, args=(parameter, key))


def here(*parameters: str) -> dict[str, str]:
    """Those of a page's own parameters that are set, to be carried along in a link."""
    return {name: value for name in parameters if (value := recall(name))}


def own() -> dict[str, str]:
    """All parameters of the page itself, without those that survive a change of page anyway."""
    set_here = st.query_params.to_dict().items()
    return {name: value[:MAX_LENGTH] for name, value in set_here if name not in st.session_state}


def choose_dates(label: str, chosen: tuple[dt.date, dt.date], bounds: tuple[dt.date, dt.date]) -> None:
    """A range of days, kept in the parameters `from` and `to`; the whole range is kept as neither."""
    st.session_state[_widget("dates")] = chosen
    st.date_input(
        label,
        min_value=bounds[0],
        max_value=bounds[1],
        key=_widget("dates"),
        format="YYYY-MM-DD",
        on_change=_store_dates,
        args=bounds,
    )
