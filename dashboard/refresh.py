"""A newer build while readers read: each run keeps to one build, the next run takes the newest and says so once.

Imports builds, markup, sign_in and view.
"""

from __future__ import annotations

import streamlit as st

from dashboard import builds, markup, sign_in
from dashboard.view import View


def announce(view: View) -> None:
    """A passing remark where the session last read an older build."""
    last = st.session_state.get("build_read")
    st.session_state["build_read"] = view.build
    if last not in (None, view.build):
        load = builds.load_of(view.build)
        st.toast(
            view.text(
                "refresh.notice",
                date=view.text.date(load.finished_at.date()),
                time=f"{load.finished_at:%H:%M}",
                n=view.text.number(load.documents),
            ),
            icon=":material/update:",
        )


def warn(view: View) -> None:
    """A lasting remark where the build was made by another version of this program, and not built again since."""
    if not builds.load_of(view.build).is_layout_current:
        st.html(markup.alert(view.text("error.layout"), view.text("error.layout_next")))


def hold(view: View) -> None:
    """First line of every fragment: runs the whole page instead where this visitor may no longer enter, or where a
    newer build is out, since the older one may be gone."""
    sign_in.hold()
    if builds.current_build() != view.build:
        st.rerun(scope="app")
