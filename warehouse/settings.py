"""Where the warehouse is. Imports nothing of ours."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DIR = ROOT / "data"
KEPT_BUILDS = 3  # the published one and two to go back to
STORAGE_VERSION = "v1.4.0"  # DuckDB 2.0's own default cannot be opened by the newest duckdb-cli package (1.5)


def warehouse_dir(named: str | Path | None = None) -> Path:
    """The folder of the warehouse: the one named, else $WAREHOUSE_DIR, else data/ under the project's root."""
    return Path(named or os.environ.get("WAREHOUSE_DIR") or DEFAULT_DIR)


def corrections_file(directory: Path) -> Path:
    """The file of corrections to a warehouse: $CORRECTIONS_FILE, else corrections.tsv in its folder."""
    return Path(os.environ.get("CORRECTIONS_FILE") or directory / "corrections.tsv")
