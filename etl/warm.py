"""Imported by the process that worker processes are forked from, and by nothing else: what they all need, loaded once.

Lists and compiled patterns take a second to make; forked workers share them. A failure is left for the worker to meet,
which reports it.
"""

from __future__ import annotations

import gc

import pyarrow as pa

from etl.errors import EtlError
from etl.lexicon import load_lexicon
from etl.parquet import RECORDS
from etl.records import RawDocument
from etl.stage import extract_row

ANNOUNCEMENT = "某市召开疫情防控工作会议\n\n2022年3月1日，某市召开会议。会议强调，要做好防控工作。\n"


def warm() -> None:
    """Extracts an invented announcement and makes its table, so that whatever is made on first use is made."""
    try:
        row = extract_row(RawDocument("warm.txt", ANNOUNCEMENT.encode()), load_lexicon(), "")
        pa.Table.from_pylist([row], schema=RECORDS)  # for which pyarrow imports pandas
    except EtlError:
        return
    gc.collect()
    gc.freeze()  # keeps the collector of a worker from copying shared pages


warm()
