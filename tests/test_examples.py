"""The examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from etl.lexicon import load_lexicon
from tests.test_imports import module_name
from warehouse.settings import ROOT

WITH_EXAMPLES = sorted(
    path
    for package in ("etl", "warehouse", "dashboard")
    for path in (ROOT / package).rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=module_name)
def test_examples_in_docstrings_hold(path: Path) -> None:
    failed, tried = doctest.testmod(
        importlib.import_module(module_name(path)), extraglobs={"load_lexicon": load_lexicon}
    )
    assert tried > 0
    assert failed == 0
