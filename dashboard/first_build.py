"""With no warehouse yet: offers to build the bundled sample. Imports markup and text; starts the build as a process.

Where $FIRST_BUILD is `sample`, as on hosts without a command line, the first visitor's visit builds it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import streamlit as st

from dashboard import markup, sidebar
from dashboard.text import Text

log = logging.getLogger("dashboard")

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path("etl") / "sample"
TIMEOUT_S = 600


def build_sample() -> str | None:
    """Builds the warehouse from the sample. The last lines of what went wrong, or None if it was published."""
    command = [sys.executable, "-m", "etl", "build", str(SAMPLE)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return f"timed out after {TIMEOUT_S} s"
    return None if done.returncode == 0 else (done.stderr or done.stdout)[-2000:]


def offer_first_build(text: Text, may_build: bool) -> None:
    """The only page while nothing is published."""
    with st.sidebar:
        sidebar.choose_language(text)
    st.html(markup.title(text("first.title"), text("first.line")))
    if os.environ.get("FIRST_BUILD") == "sample" or (
        may_build and st.button(text("first.build"), type="primary", icon=":material/play_arrow:", key="build_sample")
    ):
        with st.spinner(text("first.building")):
            failure = build_sample()
        if failure is None:
            st.rerun()
        log.error("building the sample failed: %s", failure)
        st.html(markup.alert(text("first.failed"), text("first.by_hand")))
    st.code("python -m etl build etl/sample", language="shell")
