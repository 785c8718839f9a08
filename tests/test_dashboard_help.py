"""Help is said once: what a chart's menu explains, the Method page has too."""

from __future__ import annotations

import ast
from html import escape
from pathlib import Path

import pytest

from dashboard.text import LANGUAGES, Text, load_strings
from tests.test_dashboard_pages import run, words
from warehouse.settings import ROOT

PAGES = [*(ROOT / "dashboard" / "app_pages").glob("*.py"), ROOT / "dashboard" / "profiles.py"]


def explanations() -> set[str]:
    """Keys of interface.tsv that charts are explained with; of a key that is built, all that begin alike."""
    found: set[str] = set()
    for path in PAGES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "explanation":
                for part in ast.walk(node.value):
                    if isinstance(part, ast.JoinedStr):
                        head = str(part.values[0].value)  # type: ignore[attr-defined]
                        found |= {f"{head}{m}" for m in ("directives", "share", "documents", "reach", "strength")}
                    elif isinstance(part, ast.Constant) and str(part.value) in load_strings():
                        found.add(str(part.value))
    return found


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_method_page_has_every_explanation_of_a_chart(
    language: str, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Text(language)  # type: ignore[arg-type]
    shown = words(run(sample_warehouse, monkeypatch, "method", lang=language))
    assert len(explanations()) > 18
    assert [key for key in explanations() if escape(text(key)) not in shown] == []
