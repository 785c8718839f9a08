"""python -m etl …: arguments only."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from etl.errors import EtlError, SourceError
from warehouse.errors import WarehouseError
from warehouse.settings import warehouse_dir

SOURCES = click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
WAREHOUSE = click.option(
    "--warehouse",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the warehouse; default $WAREHOUSE_DIR, else data/ under the project.",
)


class Group(click.Group):
    """Turns what goes wrong into a message and an exit code."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except SourceError as error:
            failure, code = error, 2
        except (EtlError, WarehouseError) as error:
            failure, code = error, 1
        click.echo(str(failure), err=True)
        context.exit(code)


@click.group(cls=Group)
def main() -> None:
    """Read announcements, extract what was ordered, load the warehouse."""


@main.command()
@SOURCES
@WAREHOUSE
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that extract; default: one a core.")
@click.option("--full", is_flag=True, help="Extract unchanged documents again too.")
def build(sources: tuple[Path, ...], directory: Path | None, workers: int | None, full: bool) -> None:
    """Bring the warehouse up to date with the sources and publish it."""
    from etl.build import build as build_warehouse

    summary = build_warehouse(sources, warehouse_dir(directory), workers=workers, full=full)
    click.echo(repr(summary))


@main.command()
@SOURCES
def extract(sources: tuple[Path, ...]) -> None:
    """Write extraction records, one JSON object a line."""
    from etl.lexicon import load_lexicon
    from etl.read import read_sources
    from etl.records import Reject
    from etl.stage import record_of, reject_of

    lexicon = load_lexicon()
    for item in read_sources(sources):
        if not isinstance(item, Reject):
            try:
                record = record_of(item, lexicon)
            except Exception as error:
                item = reject_of(item, error)
            else:
                sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
                continue
        click.echo(f"{item.source}: {item.reason}: {item.detail}", err=True)
