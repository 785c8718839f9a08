"""Choices that live in the URL as ids, not as words. Imports filters and nothing else of ours.

Streamlit's `bind="query-params"` writes a choice's *label* into the URL, so a link would break with the next
translation and with a reader of another language. So each choice is bound through a hidden text box that holds ids
(`?category=testing.movement`), and the visible widget reads and writes that box. Streamlit does the rest natively:
links restore, history goes back, filters of the entry file survive a change of page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from dashboard.filters import join, known

MAX_LENGTH = 4000  # of one parameter: some browsers and proxies cut longer URLs


def remember(*parameters: str) -> None:
    """Binds URL parameters, invisibly. Call once a run for each, before anything reads them."""
    with st.container(key=f"address-{parameters[0]}"):
        for parameter in parameters:
            st.text_input(parameter, key=parameter, bind="query-params", max_chars=MAX_LENGTH)


def recall(parameter: str) -> str:
    """The text of a bound parameter; empty where the URL does not name it."""
    return st.session_state.get(parameter) or ""


def assign(**values: str) -> None:
    """Sets bound parameters. In callbacks only: Streamlit forbids it once their boxes are drawn."""
    for parameter, value in values.items():
        st.session_state[parameter] = value


def forget(parameters: Sequence[str]) -> None:
    """Callback: takes parameters out of the URL."""
    assign(**dict.fromkeys(parameters, ""))


def _widget(parameter: str) -> str:
    return f"pick_{parameter}"


def _store_many(parameter: str) -> None:
    assign(**{parameter: join(st.session_state[_widget(parameter)])})


def _store_one(parameter: str, default: str) -> None:
    value = st.session_state[_widget(parameter)] or default
    assign(**{parameter: "" if value == default else value})


def _store_flag(parameter: str) -> None:
    assign(**{parameter: "1" if st.session_state[_widget(parameter)] else ""})


def _store_dates(first: dt.date, last: dt.date) -> None:
    picked = st.session_state[_widget("dates")]
    if not isinstance(picked, tuple) or len(picked) != 2:
        return  # the reader has chosen the first of two days
    assign(
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
    """One of the options: as segments in a row, or from a list."""
    chosen = next(iter(known(recall(parameter), options)), default)
    st.session_state[_widget(parameter)] = chosen
    visibility: Literal["visible", "collapsed"] = "visible" if show_label else "collapsed"
    if shape == "segments":
        st.segmented_control(  # type: ignore[call-overload]  # its value comes from session_state
            label,
            options,
            key=_widget(parameter),
            format_func=name,
            on_change=_store_one,
            args=(parameter, default),
            label_visibility=visibility,
            required=True,
            wrap=True,
        )
    else:
        st.selectbox(
            label,
            options,
            key=_widget(parameter),
            format_func=name,
            on_change=_store_one,
            args=(parameter, default),
            label_visibility=visibility,
        )
    return chosen


def switch(parameter: str, label: str, help: str | None = None) -> bool:
    """On or off."""
    on = recall(parameter) == "1"
    st.session_state[_widget(parameter)] = on
    st.toggle(label, key=_widget(parameter), on_change=_store_flag, args=(parameter,), help=help)
    return on


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
