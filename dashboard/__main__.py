"""python -m dashboard: serves the dashboard, with whatever options `streamlit run` takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Replaces this process by Streamlit's, so that whoever started it can stop it."""
    os.chdir(ROOT)  # where .streamlit/config.toml is
    app = Path("dashboard") / "app.py"
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(app), *sys.argv[1:]])


if __name__ == "__main__":
    main()
