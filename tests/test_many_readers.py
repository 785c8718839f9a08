"""Many readers: processes that read while builds are published see whole builds only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.small_warehouse import DOCUMENT, add_reference, insert
from warehouse.connection import published_path
from warehouse.load import sql_files
from warehouse.publish import new_build, publish
from warehouse.sandbox import run_query
from warehouse.settings import ROOT

PUBLISHES = 100
READERS = 4
ROWS = 200  # documents a build
TABLES = {"regions", "categories", "issuers", "loads", "documents", "directives"}  # enough, and quick to make

# Every table carries the build's mark, and its number of documents follows from it: half a build would show.
READER = """
import json, sys, time
from warehouse.connection import open_published
directory, builds, reads, torn = sys.argv[1], set(), 0, []
print("ready", flush=True)
while True:
    with open_published(directory) as connection:
        found = connection.execute('''
            SELECT (SELECT max(build_id) FROM loads),
                (SELECT list(DISTINCT source_root) FROM documents),
                (SELECT list(DISTINCT addressee) FROM directives),
                (SELECT list(DISTINCT name) FROM issuers),
                (SELECT count(*) FROM documents), (SELECT count(*) FROM directives),
                (SELECT count(*) FROM documents JOIN directives USING (document_id))
        ''').fetchone()
    mark, *marks, documents, directives, joined = found
    expected = 200 + int(mark.rpartition("-")[2])
    if marks != [[mark]] * 3 or (documents, directives, joined) != (expected, expected, expected):
        torn.append(found)
    reads += 1
    time.sleep(0.25)
    builds.add(mark)
    if mark.startswith("last-"):
        break
print(json.dumps({"reads": reads, "builds": len(builds), "torn": torn[:3]}))
"""


def publish_marked(directory: Path, number: int, name: str) -> None:
    """A build all of whose rows carry the same mark."""
    mark = f"{name}-{number}"
    with new_build(directory) as build:
        build.connection.begin()
        for path in sql_files("schema"):
            if path.stem[3:] in TABLES:
                build.connection.execute(path.read_text("utf-8"))
        add_reference(build.connection, mark)
        build.connection.execute("UPDATE issuers SET name = ?", [mark])
        insert(
            build.connection,
            "documents",
            **DOCUMENT
            | {
                "document_id": "first",
                "source": "first",
                "source_root": mark,
                "text": "",
                "raw_text": "",
                "directive_count": 1,
            },
        )
        build.connection.execute(
            """INSERT INTO documents BY NAME
            SELECT * EXCLUDE (i) REPLACE (i::VARCHAR AS document_id, i::VARCHAR AS source)
            FROM documents, range(?) AS t(i)""",
            [ROWS + number - 1],
        )
        build.connection.execute(
            """INSERT INTO directives BY NAME
            SELECT document_id AS directive_id, document_id, 1 AS seq, source_root AS addressee, '' AS text,
                0 AS start_char, 0 AS end_char, 'require' AS strength, false AS is_forwarded FROM documents"""
        )
        build.connection.commit()
        publish(build)


def test_readers_see_only_whole_builds_while_others_are_published(tmp_path: Path) -> None:
    publish_marked(tmp_path, 0, "build")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for reader in readers:
            assert reader.stdout and reader.stdout.readline() == "ready\n"
        for number in range(1, PUBLISHES + 1):
            publish_marked(tmp_path, number, "last" if number == PUBLISHES else "build")
            if number % 20 == 0:  # the sandbox is a reader too
                sql = "SELECT (SELECT max(build_id) FROM loads) = ANY (SELECT source_root FROM documents) AS whole"
                assert run_query(sql, database=published_path(tmp_path)).rows == [(True,)]
        told = []
        for reader in readers:
            printed, complaint = reader.communicate(timeout=30)
            assert reader.returncode == 0, complaint
            told.append(json.loads(printed.splitlines()[-1]))
    finally:
        for reader in readers:
            reader.kill()
    assert [one["torn"] for one in told] == [[]] * READERS
    assert all(one["builds"] >= 5 and one["reads"] >= PUBLISHES / 4 for one in told), told
