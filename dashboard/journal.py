"""What the dashboard logs: one JSON object a line on standard error. Imports nothing of ours.

    {"time": "2026-11-28T09:30:00.123Z", "level": "INFO", "logger": "dashboard.access", "message": "admitted …"}

Streamlit's own lines stay as they are. Neither holds search words, SQL, cookies or tokens.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class Line(logging.Formatter):
    """A record as one line of JSON, with the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON, UTC to the millisecond."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def begin() -> None:
    """Sends what the dashboard logs to standard error; once a process, however often it is called."""
    log = logging.getLogger("dashboard")
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Line())
        log.addHandler(handler)
        log.setLevel(logging.INFO)
