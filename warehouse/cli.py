"""python -m warehouse …: arguments only.

Exit codes of `sql` and `ask`: 0 answered · 1 no warehouse · 2 wrong arguments · 3 refused, it is not a SELECT of the
warehouse · 4 DuckDB could not run it · 5 out of time or memory · 6 too many queries at once · 130 cancelled.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from warehouse.ask import check_choices, find_question, list_questions, read_pairs
from warehouse.connection import published_path
from warehouse.dictionary import describe_schema, to_markdown
from warehouse.errors import (
    NotPublishedError,
    QueryBusyError,
    QueryCancelledError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QueryTimeError,
    QuestionError,
    WarehouseError,
)
from warehouse.export import Format, export_tables
from warehouse.output import FORMATS, remark, visible
from warehouse.sandbox import Limits, Result, run_query
from warehouse.settings import warehouse_dir

Answer = TypeVar("Answer")

EXIT_CODES: tuple[tuple[type[WarehouseError], int], ...] = (
    (NotPublishedError, 1),
    (QuestionError, 2),
    (QueryRefusedError, 3),
    (QueryFailedError, 4),
    (QueryTimeError, 5),
    (QueryMemoryError, 5),
    (QueryBusyError, 6),
    (QueryCancelledError, 130),
    (WarehouseError, 1),
)

in_warehouse = click.option(
    "--warehouse",
    "directory",
    type=click.Path(path_type=Path),
    help="Folder of the warehouse; else $WAREHOUSE_DIR, else data/.",
)


def with_limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --format, --rows, --seconds, --memory and --warehouse to a command."""
    usual = Limits()
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(list(FORMATS)),
            default="table",
            show_default=True,
            help="In JSON decimals keep all digits, NaN and infinity are null.",
        ),
        click.option("--rows", type=click.IntRange(1), default=usual.rows, show_default=True, help="Most rows."),
        click.option(
            "--seconds",
            type=click.FloatRange(0.1, 3600),
            default=usual.seconds,
            show_default=True,
            help="Longest time.",
        ),
        click.option(
            "--memory",
            type=click.IntRange(64, 1 << 20),
            default=usual.memory_mb,
            show_default=True,
            help="Most memory, MB.",
        ),
        in_warehouse,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def main() -> None:
    """Query, export and describe the published warehouse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")


@main.command()
@click.argument("query", required=False)
@click.option(
    "--file", "file", type=click.File("r", encoding="utf-8"), help="Read the query from a file, - for standard input."
)
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="Value of $NAME, as text; one a name.")
@click.option("--explain", is_flag=True, help="Show the plan instead of running it.")
@with_limits
def sql(
    query: str | None,
    file: Any,
    given: tuple[str, ...],
    explain: bool,
    form: str,
    rows: int,
    seconds: float,
    memory: int,
    directory: Path | None,
) -> None:
    """Run one SELECT, sandboxed; without QUERY, read standard input or, in a terminal, start a session."""
    if query is not None and file is not None:
        raise click.UsageError("Give a QUERY or --file, not both.")
    limits = limits_of(rows, seconds, memory)
    if query is None and file is None and sys.stdin.isatty():
        from warehouse.session import run_session

        published_or_exit(directory)
        raise SystemExit(or_exit(lambda: run_session(warehouse_dir(directory), limits, form)))
    if query is None:
        query = read_text(file or sys.stdin)
    result = or_exit(lambda: ask_warehouse(query or "", read_pairs(given), directory, limits, explain))
    if explain:
        click.echo("\n".join(str(row[-1]) for row in result.rows))
    else:
        show(result, form)


@main.command()
@click.argument("name", required=False)
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; one a name.")
@click.option("--sql", "show_sql", is_flag=True, help="Print the question's SQL instead of asking it.")
@with_limits
def ask(
    name: str | None,
    given: tuple[str, ...],
    show_sql: bool,
    form: str,
    rows: int,
    seconds: float,
    memory: int,
    directory: Path | None,
) -> None:
    """Ask a stored question; without NAME, list them."""
    if name is None:
        for question in list_questions():
            click.echo(f"{question.name:26}{question.title.en} · {question.title.zh}")
            for p in question.parameters:
                default = "" if p.default is None else p.default
                click.echo(f"{'':26}  --param {p.name}={default}   {p.meaning.en} · {p.meaning.zh}")
        return

    question = or_exit(lambda: find_question(name))
    if show_sql:
        click.echo(question.sql)
        return
    parameters = or_exit(lambda: question.bind(read_pairs(given)))
    or_exit(lambda: check_choices(question, parameters, published_path(warehouse_dir(directory))))
    limits = limits_of(rows, seconds, memory)
    show(or_exit(lambda: ask_warehouse(question.sql, parameters, directory, limits)), form)


@main.command()
@in_warehouse
def path(directory: Path | None) -> None:
    """Print the file of the published build: duckdb -readonly "$(python -m warehouse path)"."""
    click.echo(published_or_exit(directory))


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@in_warehouse
def export(target: Path, form: Format, directory: Path | None) -> None:
    """Write every table and view into DIR, with the data dictionary beside them."""

    def run() -> int:
        files = 0
        for written in export_tables(warehouse_dir(directory), target, form):
            files += 1
            click.echo(written.name, err=True)
        return files

    click.echo(f"{or_exit(run)} files in {target}", err=True)


@main.command()
def dictionary() -> None:
    """Print the data dictionary: python -m warehouse dictionary > docs/dictionary.md."""
    click.echo(to_markdown(describe_schema()), nl=False)


@main.command()
@in_warehouse
def sandbox(directory: Path | None) -> None:
    """Show which layers hold a query in on this machine."""
    result = or_exit(lambda: run_query("SELECT 1", database=published_path(warehouse_dir(directory))))
    for layer in ("limits", "network", "landlock", "system-calls", "root-directory", "ordinary-user"):
        click.echo(f"{'holds  ' if layer in result.layers else 'missing'}  {layer}")


def ask_warehouse(
    text: str, parameters: dict[str, Any], directory: Path | None, limits: Limits, explain: bool = False
) -> Result:
    """The rows of a query over the published build, or its plan. Raises NotPublishedError and QueryError."""
    database = published_path(warehouse_dir(directory))
    return run_query(text, parameters, database=database, limits=limits, explain=explain)


def read_text(file: IO[str]) -> str:
    """The whole of a file or of standard input. Raises UsageError where it cannot be read or is no UTF-8."""
    try:
        return file.read()
    except UnicodeDecodeError as error:
        byte = f"byte {error.start + 1} is {error.object[error.start]:#04x}"
        raise click.UsageError(f"{file.name} is no UTF-8: {byte}; save the query as UTF-8.") from None
    except OSError as error:
        raise click.UsageError(f"{file.name} cannot be read: {error.strerror}; name a text file.") from None


def limits_of(rows: int, seconds: float, memory: int) -> Limits:
    """Limits for somebody's own machine: what they ask for, the rest in proportion."""
    usual = Limits()
    return Limits(
        seconds=seconds,
        rows=rows,
        bytes=usual.bytes * max(1, rows // usual.rows),
        memory_mb=memory,
        address_space=max(usual.address_space, (memory + 1536) << 20),
    )


def show(result: Result, form: str) -> None:
    """Rows on standard output, a remark on standard error."""
    click.echo(FORMATS[form](result), nl=False)
    click.echo(remark(result), err=True)


def or_exit(action: Callable[[], Answer]) -> Answer:
    """What the action gives; an error becomes one line on standard error and its exit code."""
    try:
        return action()
    except WarehouseError as error:
        click.echo(visible(str(error)), err=True)
        raise SystemExit(next(code for kind, code in EXIT_CODES if isinstance(error, kind))) from None
    except OSError as error:
        click.echo(visible(f"{error}. Check that the place is there and who may read and write in it."), err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def published_or_exit(directory: Path | None) -> Path:
    """The file of the published build; else the program ends with exit code 1."""
    return or_exit(lambda: published_path(warehouse_dir(directory)))
