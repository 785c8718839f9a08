"""python -m etl …: arguments only; every command calls one function of etl."""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import duckdb

from etl.errors import EtlError, SourceError
from warehouse.errors import WarehouseError
from warehouse.settings import warehouse_dir

if TYPE_CHECKING:
    from etl.build import Engine, Summary
    from etl.local import Progress

PUBLISHING = ("build", "load", "indicators")
EXIT_CODES = """\b
Exit codes:
  0  done: the build is published, or nothing has changed and the build before stands
  1  not published: another build runs, a check failed, no document could be read, no space;
     what was published before stands
  2  a source is missing or empty, or the command line is wrong; nothing was touched
  3  done as for 0, but corrections no longer fit their documents and were not applied (on standard error)
Documents that fail are rows of the table rejects, listed by `python -m etl status`; they do not change the exit code.
"""


def is_reader_gone() -> bool:
    """Whether nobody reads standard output any more. A pipe to a worker may break too, which is no quiet end."""
    output = select.poll()
    output.register(sys.stdout, 0)  # errors alone
    return bool(output.poll(0))


class SourcePath(click.Path):
    """A path that is not empty: an unset variable of the shell must not stand for the folder one is in."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """The path; a usage error where it is empty."""
        if value == "":
            self.fail("a source is empty, perhaps a variable that is not set; name it, or . for this folder")
        return super().convert(value, parameter, context)


class Commands(click.Group):
    """Turns what goes wrong into one message and an exit code; ends quietly where nobody reads on (… | head)."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; its exit codes are those of the README."""
        try:
            return super().invoke(context)
        except SourceError as error:
            message, code = str(error), 2
        except (EtlError, WarehouseError) as error:
            message, code = str(error), 1
        except (OSError, duckdb.Error) as error:
            if isinstance(error, BrokenPipeError) and is_reader_gone():
                raise  # click ends quietly
            message, code = f"{type(error).__name__}: {error}", 1
            if context.invoked_subcommand in PUBLISHING:
                message += "\nNothing was published; what was before stands."
        click.echo(message, err=True)
        context.exit(code)


sources_argument = click.argument("sources", nargs=-1, required=True, type=SourcePath(path_type=Path))
warehouse_option = click.option(
    "--warehouse",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the warehouse.  [default: $WAREHOUSE_DIR, else data/ under the project]",
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), help="Processes that extract.  [default: one a core]"
)
sieve_option = click.option(
    "--sieve/--no-sieve",
    default=True,
    help="Leave out pages of web archives that cannot be announcements.  [default: sieve]",
)


@click.group(cls=Commands)
def main() -> None:
    """Read announcements, extract what was ordered, load the warehouse."""


@main.command(epilog=EXIT_CODES)
@sources_argument
@warehouse_option
@workers_option
@click.option("--full", is_flag=True, help="Extract unchanged documents again too.")
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="What extracts."
)
@click.option("--master", help="Spark's master, as spark://host:7077.  [default: $SPARK_MASTER, else this machine]")
@sieve_option
def build(
    sources: tuple[Path, ...],
    directory: Path | None,
    workers: int | None,
    full: bool,
    engine: Engine,
    master: str | None,
    sieve: bool,
) -> None:
    """Bring the warehouse up to date with SOURCES and publish it.

    SOURCES are folders (read recursively), files, or - for standard input (a document, JSON Lines or CSV). Documents of
    other sources, built earlier, stay; of these sources, new and changed ones are extracted, vanished ones withdrawn.
    """
    from etl.pool import warm_up

    if engine == "local":
        warm_up()  # beside what is imported and read first
    from etl.build import build as build_warehouse
    from etl.build import source_bytes

    with progress_bar("Extracting", source_bytes(sources)) as progress:
        summary = build_warehouse(
            sources,
            warehouse_dir(directory),
            workers=workers,
            full=full,
            engine=engine,
            master=master,
            sifted=sieve,
            progress=progress,
        )
    report(summary)


@main.command(
    epilog="""\b
Exit codes:
  0  every document gave a record
  1  some documents were rejected (on standard error, one a line)
  2  a source is missing or empty, or the command line is wrong
"""
)
@sources_argument
@click.option("--format", "_format", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@sieve_option
@click.pass_context
def extract(context: click.Context, sources: tuple[Path, ...], _format: str, sieve: bool) -> None:
    """Write extraction records of SOURCES on standard output, one JSON object a line; store nothing.

    They are read as `build` reads them. etl/data/record.schema.json describes a record.
    """
    from etl.build import extract_records
    from etl.records import Reject

    rejects = 0
    for item in extract_records(sources, sieve):
        if isinstance(item, Reject):
            rejects += 1
            click.echo(f"{item.source}: {item.reason}: {item.detail}", err=True)
        else:
            sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
    context.exit(1 if rejects else 0)


@main.command(epilog=EXIT_CODES)
@click.argument("records", nargs=-1, required=True, type=SourcePath(path_type=Path))
@warehouse_option
@workers_option
def load(records: tuple[Path, ...], directory: Path | None, workers: int | None) -> None:
    """Load extraction RECORDS made elsewhere (JSON Lines, as `extract` writes them) and publish.

    Each line is validated; only `source` and `text` must be there. A record replaces the document of its document_id.
    """
    from etl.build import source_bytes
    from etl.load import load_records

    with progress_bar("Loading", source_bytes(records)) as progress:
        summary = load_records(records, warehouse_dir(directory), workers=workers, progress=progress)
    report(summary)


@main.command(epilog=EXIT_CODES)
@click.argument("files", nargs=-1, required=True, type=SourcePath(path_type=Path))
@warehouse_option
@click.option("--name", help="Name of the index in a file of OxCGRT's format.  [default: from the file's name]")
def indicators(files: tuple[Path, ...], directory: Path | None, name: str | None) -> None:
    """Import an independent index by region and day from CSV FILES, and publish.

    Either OxCGRT's published series as they are, or columns region,date,name,value[,attribution].
    """
    from etl.indicators import load_indicators

    report_publish(load_indicators(files, warehouse_dir(directory), name=name))


@main.command()
@warehouse_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(directory: Path | None, style: str) -> None:
    """Show what the warehouse holds: loads, counts, what the last load changed, rejects."""
    from etl.status import read_status, show_status

    found = read_status(warehouse_dir(directory))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if style == "json" else show_status(found))


@main.command()
@click.option("--check", is_flag=True, help="Only show the scores; do not write etl/data/quality.tsv.")
def quality(check: bool) -> None:
    """Measure every field on the labelled sample and write etl/data/quality.tsv, which builds load."""
    from etl.quality import TABLE, measure_sample, show, write_table

    scores = measure_sample()
    click.echo(show(scores))
    if not check:
        write_table(scores)
        click.echo(f"written to {TABLE.relative_to(TABLE.parent.parent.parent)}")


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Progress]:
    """A bar on standard error that counts bytes read against the bytes of the sources; none unless a person watches."""
    done = rejected = 0
    bar: Any
    with click.progressbar(
        length=max(total, 1),
        label=label,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda item: f"{done:,} documents" + (f", {rejected:,} rejected" if rejected else ""),
        show_pos=False,
    ) as bar:

        def progress(documents: int, size: int, rejects: int) -> None:
            nonlocal done, rejected
            done, rejected = done + documents, rejected + rejects
            bar.update(size, done)

        yield progress


def report(summary: Summary) -> None:
    """The summary of a build, on standard output."""
    load = summary.load
    counted = (
        (load.documents_new, "new"),
        (load.documents_changed, "changed"),
        (load.documents_unchanged, "unchanged"),
        (load.documents_withdrawn, "withdrawn"),
    )
    shown = ", ".join(f"{number:,} {word}" for number, word in counted if number)
    click.echo(f"read {load.documents_read:,} documents: {shown or 'none of use'}")
    click.echo(f"warehouse: {summary.document_count:,} documents, {summary.directive_count:,} directives")
    report_publish(summary)


def report_publish(summary: Summary) -> None:
    """What was rejected, what is damaged, what was published."""
    if summary.load.documents_rejected:
        click.echo(f"rejected: {summary.load.documents_rejected:,}; why: python -m etl status")
    for path in summary.damaged:
        click.echo(f"{path.name} is damaged and was passed over; remove it or restore it from a backup", err=True)
    if summary.published is None:
        click.echo(f"nothing changed; the build before stands ({summary.seconds:.1f} s)")
    else:
        click.echo(f"published {summary.published} ({summary.seconds:.1f} s)")
    for failure in summary.failed_corrections:
        click.echo(f"correction not applied: {failure}", err=True)
    if summary.failed_corrections:
        click.get_current_context().exit(3)
