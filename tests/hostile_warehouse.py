"""A warehouse in which every text is an attack: on HTML, Markdown, Plotly's labels, spreadsheets and SQL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.small_warehouse import add_document, fill_small, insert
from warehouse.load import run_folder
from warehouse.publish import new_build, publish

ATTACK = (
    "=1+1<script>window.hacked=1</script><img src=x onerror=window.hacked=2><b>bold</b> **strong** "
    '[here](javascript:window.hacked=3) :red[red] <a href="javascript:window.hacked=4">go</a> %{x} $x^2$ {0}'
)


def publish_hostile(directory: Path) -> Path:
    """Thirty documents of two provinces over 2022, and reference tables, all full of it."""
    with new_build(directory) as build:
        connection = build.connection
        fill_small(connection, build.build_id)
        for table in (
            "mart_terms",
            "mart_days",
            "mart_document_groups",
            "mart_groups",
            "mart_directives",
            "mart_documents",
        ):
            connection.execute(f"DROP TABLE {table}")
        for name in [
            row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        ]:
            connection.execute(f"DROP VIEW {name}")
        for n, adcode in ((1, "310000"), (2, "420000")):
            insert(
                connection,
                "issuers",
                issuer_id=f"hostile{n}",
                name=f"{ATTACK}{n}",
                kind="government",
                level="province",
                adcode=adcode,
                aliases=[ATTACK],
            )
        for i in range(30):
            add_document(
                connection,
                f"h{i:02}",
                {f"一要{ATTACK}": ("testing", "schools"), f"二要{ATTACK}{i}": ("schools",)},
                title=f"{ATTACK} {i}",
                adcode=("310000", "420000")[i % 2],
                province_adcode=("310000", "420000")[i % 2],
                issuer_id=f"hostile{i % 2 + 1}",
                issuer_as_written=ATTACK,
                date_evidence=ATTACK,
                region_evidence=ATTACK,
                url="javascript:window.hacked=5",
                url_host=ATTACK,
                meeting_date=date(2022, 1 + i % 12, 1 + i % 27),
            )
        connection.execute("UPDATE measures SET terms = [{'term': ?, 'start_char': 0, 'end_char': 9}]", [ATTACK])
        connection.execute("UPDATE directives SET speaker = $1, addressee = $1, deadline = $1", [ATTACK])
        connection.execute("UPDATE categories SET name_zh = name_zh || $1, name_en = name_en || $1", [ATTACK])
        connection.execute("UPDATE regions SET name_zh = name_zh || $1, name_en = name_en || $1", [ATTACK])
        for table, column in (("citations", "title"), ("slogans", "label")):
            insert(connection, table, document_id="h00", seq=1, start_char=0, end_char=5, **{column: ATTACK})
        insert(
            connection,
            "events",
            event_id=1,
            date=date(2022, 6, 1),
            level="national",
            name_zh=ATTACK,
            name_en=ATTACK,
            source_url="javascript:window.hacked=6",
        )
        for folder in ("marts", "views"):
            run_folder(connection, folder)
        return publish(build)
