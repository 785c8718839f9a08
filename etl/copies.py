"""Near-duplicates and forwarded words among all documents of a build. Imports duplicates and warehouse.copies."""

from __future__ import annotations

import pyarrow as pa

from etl.duplicates import Announcement, find_forwards, group_duplicates
from warehouse.copies import read_directives, read_sketches, store_duplicates, store_forwards
from warehouse.load import Connection

DUPLICATES = pa.schema([("document_id", pa.string()), ("duplicate_of", pa.string()), ("similarity", pa.float64())])
FORWARDS = pa.schema(
    [
        ("directive_id", pa.string()),
        ("source_directive_id", pa.string()),
        ("similarity", pa.float64()),
        ("shared_text", pa.string()),
    ]
)


def mark_copies(connection: Connection) -> None:
    """Groups the near-duplicates, then traces the directives of primaries to those of higher levels."""
    announcements = (Announcement(**row) for row in read_sketches(connection).to_pylist())
    duplicates = [
        {"document_id": document_id, "duplicate_of": copy.duplicate_of, "similarity": copy.similarity}
        for document_id, copy in group_duplicates(announcements).items()
        if copy.duplicate_of
    ]
    store_duplicates(connection, pa.Table.from_pylist(duplicates, schema=DUPLICATES))
    forwards = [
        {column: getattr(forward, column) for column in FORWARDS.names}
        for forward in find_forwards(read_directives(connection))
    ]
    store_forwards(connection, pa.Table.from_pylist(forwards, schema=FORWARDS))
