"""Signing in: asked at every run, before anything is read. Imports markup, roles and text.

Streamlit keeps who somebody is in a signed cookie that it reads when a session starts, and says no more than who that
is; what they may is decided here, anew at every run, from the settings file. Fragments run without the entry file, so
each begins with refresh.hold().
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import streamlit as st

from dashboard import markup
from dashboard.roles import Access, AccessError, Refusal, Visitor, read_access, settings_file
from dashboard.text import Text

log = logging.getLogger("dashboard.access")

_CURRENT: ContextVar[tuple[Access, Visitor]] = ContextVar("visitor")


def decide() -> tuple[Access, Visitor | Refusal | None]:
    """The settings, and who is there: a Visitor, a Refusal, or None who has not signed in. Raises AccessError."""
    access = read_access(settings_file())
    claims: Mapping[str, Any] = st.user.to_dict()
    has_provider = "is_logged_in" in claims  # Streamlit's way of saying that secrets.toml has [auth]
    if not (access.sign_in or has_provider or os.environ.get("SIGN_IN") == "required"):
        return access, access.local_visitor()
    if not has_provider:
        raise AccessError("sign-in is required, but secrets.toml has no section [auth]")
    if claims["is_logged_in"] is not True:
        return access, None
    return access, access.visitor(claims, time.time())


def admit(text: Text) -> Visitor | None:
    """Whoever may enter; None where the page has been drawn that asks them to sign in, or sends them away."""
    try:
        access, found = decide()
    except AccessError as error:
        log.error("nobody may enter: %s", error)
        st.html(markup.title(text("signin.broken"), text("error.next")))
        return None
    remember(found)
    if isinstance(found, Visitor):
        _CURRENT.set((access, found))
        return found
    if found is None:
        st.html(markup.title(text("signin.title"), text("signin.line")))
    else:
        st.html(markup.title(text(f"signin.{found.reason}"), text(f"signin.{found.reason}_line", email=found.email)))
    if found is not None and found.reason != "expired":
        draw_sign_out(text)
    elif st.button(text("signin.button"), type="primary", key="sign_in"):
        st.login()
    return None


def current_visitor() -> Visitor:
    """Who runs this."""
    return _CURRENT.get()[1]


def current_access() -> Access:
    """The settings of this run."""
    return _CURRENT.get()[0]


def hold() -> None:
    """In a fragment: runs the whole page instead where this visitor may no longer enter."""
    try:
        _, found = decide()
    except AccessError:
        found = None
    if not isinstance(found, Visitor):
        st.rerun(scope="app")


def draw_visitor(text: Text, visitor: Visitor) -> None:
    """In the sidebar: who is signed in, as what, and the way out."""
    if visitor.author != "local":
        st.html(markup.note(text("signin.as", email=visitor.author, role=text(f"signin.role_{visitor.role}"))))
        draw_sign_out(text)


def draw_sign_out(text: Text) -> None:
    """The button that ends the session of this browser."""
    if st.button(text("signin.out"), icon=":material/logout:", key="sign_out"):
        st.logout()


def remember(found: Visitor | Refusal | None) -> None:
    """Logs each change of what a session may, once."""
    if st.session_state.get("access_logged", "none") == (found or "none"):
        return
    st.session_state["access_logged"] = found or "none"
    if isinstance(found, Visitor):
        log.info("admitted %s as %s", found.author, found.role)
    elif found:
        log.warning("refused %s: %s", found.email or "somebody without an e-mail", found.reason)
