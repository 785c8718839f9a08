"""Fixtures that several test modules share. pytest-xdist: every worker process builds its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.build import build
from warehouse.settings import ROOT

SAMPLE = ROOT / "etl" / "sample"


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse built from the bundled sample, once a session; read it, never write to it."""
    directory = tmp_path_factory.mktemp("sample") / "warehouse"
    build([SAMPLE], directory)
    return directory
