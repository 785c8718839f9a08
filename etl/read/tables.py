"""CSV and Parquet: one document a row, under the columns that `fields` knows. Imports fields, limits, lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import EncodingError
from etl.normalise.encoding import decode
from etl.read.fields import NAMES, document_of
from etl.read.limits import LARGEST_DOCUMENT, sample
from etl.read.lines import LONGEST_LINE, Stream
from etl.records import RawDocument, Reject

SNIFFED = 65_536  # bytes that tell the encoding of a table
LARGEST_ROW_GROUP = 2_000_000_000  # bytes that a Parquet row group may unpack to
ROWS_AT_ONCE = 64


def read_csv(stream: Stream, source: str) -> Iterator[RawDocument | Reject]:
    """The documents `source#1`, `source#2`, …; the first row names the columns."""
    csv.field_size_limit(LARGEST_DOCUMENT)
    head = stream.read(SNIFFED)
    try:
        _, encoding = decode(head[: head.rfind(b"\n") + 1] or head)
    except EncodingError as error:
        yield Reject(source, "encoding", str(error), sample(head))
        return
    rows = csv.reader(decoded_lines(stream, head, encoding.replace("big5", "big5hkscs")))
    columns: list[str] | None = None
    document = 0
    while True:
        try:
            row = next(rows, None)
        except (csv.Error, UnicodeError) as error:
            detail = f"line {rows.line_num}: {error}; a quotation mark may be open before it. What follows was not read"
            yield Reject(f"{source}#{document + 1}", "malformed", detail)
            return
        if row is None:
            return
        if columns is None:
            columns = row
            if problem := missing_text(columns):
                yield Reject(source, "malformed", problem, sample(head))
                return
        elif any(cell.strip() for cell in row):
            document += 1
            place = f"row {document} (line {rows.line_num})"
            if len(row) > len(columns):
                detail = f"{place}: {len(row)} cells under {len(columns)} columns; quote cells that hold commas"
                yield Reject(f"{source}#{document}", "malformed", detail, sample(",".join(row).encode()[:1000]))
            else:
                yield from document_of(f"{source}#{document}", place, dict(zip(columns, row, strict=False)))


def begins_table(head: bytes) -> bool:
    """Whether bytes begin with the first row of a CSV: two columns or more, one of which holds the text."""
    try:
        text, _ = decode(head[: head.rfind(b"\n") + 1] or head)
        columns = next(csv.reader(io.StringIO(text.lstrip("\ufeff\r\n"), newline="")), [])
    except (EncodingError, csv.Error):
        return False
    return len(columns) > 1 and missing_text(columns) is None


def missing_text(columns: Iterable[str]) -> str | None:
    """What to say where no column can hold the text."""
    known = (*NAMES["text"], *NAMES["html"])
    shown = [str(c).strip("\ufeff \t") for c in columns]
    if any(c.lower() in known for c in shown):
        return None
    return f"no column for the text among {', '.join(shown)[:200]}; name it text"


def decoded_lines(stream: Stream, head: bytes, encoding: str) -> Iterator[str]:
    """Lines of a table, byte order mark off; broken bytes become U+FFFD. Raises csv.Error at an endless line."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest, first = "", True
    data = head
    while data:
        text = rest + decoder.decode(data)
        if first:
            text, first = text.removeprefix("\ufeff"), False
        *whole, rest = text.split("\n")
        for line in whole:
            yield line + "\n"
        if len(rest) > LONGEST_LINE:
            raise csv.Error(f"a line is longer than {LONGEST_LINE:,} characters")
        data = stream.read(max(SNIFFED, len(rest)))  # growing pieces keep a long line linear
    rest += decoder.decode(b"", True)
    if rest:
        yield rest


def read_parquet(path: Path, source: str) -> Iterator[RawDocument | Reject]:
    """The documents `source#1`, `source#2`, … of a Parquet file."""
    try:
        with pq.ParquetFile(path) as file:
            wanted = {name for names in NAMES.values() for name in names}
            columns = [name for name in file.schema_arrow.names if name.strip().lower() in wanted]
            if problem := missing_text(file.schema_arrow.names):
                yield Reject(source, "malformed", problem)
                return
            for i in range(file.num_row_groups):
                if file.metadata.row_group(i).total_byte_size > LARGEST_ROW_GROUP:
                    detail = f"row group {i + 1} unpacks to more than {LARGEST_ROW_GROUP:,} bytes; write smaller groups"
                    yield Reject(source, "too_large", detail)
                    return
            document = 0
            for batch in file.iter_batches(ROWS_AT_ONCE, columns=columns):
                for row in batch.to_pylist():
                    document += 1
                    yield from document_of(f"{source}#{document}", f"row {document}", row)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Reject(source, "malformed", f"not readable as Parquet: {error}; write the file again")
