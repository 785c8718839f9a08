"""What is measured of speed and scale: python -m bench. See docs/scaling.md."""

import os

os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")  # questions are asked without a server, which it warns of
