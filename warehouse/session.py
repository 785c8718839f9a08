"""The interactive session of `python -m warehouse sql`: history, completion, lines until a semicolon.

Imports warehouse only. Every query goes through the sandbox and sees the build that is published when it starts.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from warehouse.ask import check_choices, find_question, list_questions, read_pairs
from warehouse.connection import open_published, published_path
from warehouse.dictionary import Table, describe
from warehouse.errors import QueryCancelledError, WarehouseError
from warehouse.output import FORMATS, remark, visible
from warehouse.sandbox import Limits, Result, RunningQuery, start_query

PROMPT, MORE = "sql> ", "...> "
HELP = """A query ends with a semicolon. Ctrl-C stops it, Ctrl-D ends the session.
.tables              views and tables, with what they hold
.describe NAME       columns of one of them
.questions           stored questions
.ask NAME key=value  ask one; quote a value with spaces: word='a b'
.explain on|off      show plans instead of running
.format table|csv|json
.quit
"""


def run_session(directory: Path, limits: Limits, form: str) -> int:
    """Reads and answers until the end of input; the exit code."""
    with open_published(directory) as connection:
        tables = describe(connection)
    history = prepare_line_editor(tables)
    session = Session(directory, limits, form, tables)
    click.echo(f"{published_path(directory).name}, read-only. .help helps, Ctrl-D ends.")
    try:
        while (text := read_statement()) is not None:
            session.answer(text)
            if session.is_over:
                break
    finally:
        if history is not None:
            save_history(history)
    return 0


def read_statement() -> str | None:
    """Lines up to a semicolon or a dot command; None at the end of input. Ctrl-C throws away what was typed."""
    lines: list[str] = []
    while True:
        try:
            line = input(MORE if lines else PROMPT)
        except KeyboardInterrupt:
            click.echo()
            lines = []
            continue
        except EOFError:
            click.echo()
            return None
        lines.append(line)
        text = "\n".join(lines).strip()
        if not text:
            lines = []
        elif text.endswith(";") or (text.startswith(".") and len(lines) == 1):
            return text


class Session:
    """What a session remembers: the format, and whether plans are asked for."""

    def __init__(self, directory: Path, limits: Limits, form: str, tables: tuple[Table, ...]) -> None:
        self.directory, self.limits, self.form, self.tables = directory, limits, form, tables
        self.explain = False
        self.is_over = False

    def answer(self, text: str) -> None:
        """Runs one statement or dot command and prints what comes of it, errors too."""
        try:
            if text.startswith("."):
                self.command(*shlex.split(text.removesuffix(";")))
            else:
                self.run(text, {})
        except WarehouseError as error:
            click.secho(visible(str(error)), fg="red", err=True)
        except ValueError:  # of shlex
            click.secho("A quotation mark is not closed.", fg="red", err=True)

    def run(self, text: str, parameters: dict[str, object]) -> None:
        """Runs one SELECT on the build that is published now, and prints its rows or, after `.explain on`, its plan."""
        database = published_path(self.directory)
        running = start_query(text, parameters, database=database, limits=self.limits, explain=self.explain)
        result = wait(running)
        if self.explain:
            click.echo("\n".join(str(row[-1]) for row in result.rows))
            return
        click.echo(FORMATS[self.form](result), nl=False)
        click.echo(f"({remark(result)})")

    def command(self, word: str, *rest: str) -> None:
        """Runs a dot command, as HELP lists them."""
        match word, rest:
            case ".help", _:
                click.echo(HELP, nl=False)
            case ".quit" | ".exit", _:
                self.is_over = True
            case ".tables", _:
                width = max((len(table.name) for table in self.tables), default=0)
                for table in self.tables:
                    click.echo(f"{table.name:{width}}  {table.comment_en}")
            case ".describe", (name,):
                found = next((t for t in self.tables if t.name == name), None)
                columns = found.columns if found else ()
                width = max((len(column.name) for column in columns), default=0)
                for column in columns:
                    click.echo(f"{column.name:{width}}  {column.type:12.12}  {column.comment_en} {column.comment_zh}")
                if found is None:
                    click.echo(f"There is no {name}; .tables lists what there is.", err=True)
            case ".questions", _:
                for question in list_questions():
                    click.echo(f"{question.name:26}{question.title.en} · {question.title.zh}")
            case ".ask", (name, *pairs):
                question = find_question(name)
                values = question.bind(read_pairs(pairs))
                check_choices(question, values, published_path(self.directory))
                self.run(question.sql, values)
            case ".explain", ("on" | "off" as state,):
                self.explain = state == "on"
            case ".format", (form,) if form in FORMATS:
                self.form = form
            case _:
                click.echo(f"{word} {' '.join(rest)}: not understood; .help lists the commands.", err=True)


def wait(running: RunningQuery) -> Result:
    """The result; Ctrl-C cancels the query and not the session."""
    try:
        return running.result()
    except KeyboardInterrupt:
        running.cancel()
        raise QueryCancelledError("The query was cancelled.") from None


def prepare_line_editor(tables: tuple[Table, ...]) -> Path | None:
    """History and completion, where Python has readline; the history's file."""
    try:
        import readline
    except ImportError:
        return None
    words = sorted({t.name for t in tables} | {c.name for t in tables for c in t.columns})

    def complete(text: str, state: int) -> str | None:
        matches = [word for word in words if word.startswith(text.lower())]
        return matches[state] if state < len(matches) else None

    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    readline.set_history_length(1000)
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "epidemic-measures"
    history = folder / "sql_history"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        history.touch(mode=0o600)
        readline.read_history_file(history)
    except OSError:
        return None
    return history


def save_history(history: Path) -> None:
    """Writes the lines of the session; a failure is told and stops nothing."""
    import readline

    try:
        readline.write_history_file(history)
    except OSError as error:
        click.echo(f"The history could not be saved: {error}", err=True)
