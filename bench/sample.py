"""The bundled announcements as material for generated ones. Imports etl.quality only.

Digests held aside for measuring quality are left out: whoever looks into a generated corpus would see them.
"""

from __future__ import annotations

from functools import cache

from etl.quality import SAMPLE, is_held_aside


@cache
def sample_texts() -> dict[str, str]:
    """The announcements by name, in order."""
    return {path.stem: path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt")) if not is_held_aside(path.stem)}
