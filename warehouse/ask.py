"""Stored questions: SQL files with parameters, asked by the command line and the SQL page. Imports warehouse only.

A question is a file of warehouse/questions/. Its header says what it asks, in English and Chinese:

    -- title: Latest meetings | 最近的会议
    -- about: Meetings up to a day, newest first. | 截至某日的会议，新者在前。
    -- parameter until DATE = 2022-12-31: Last day | 截止日
    -- parameter province VARCHAR = : Province, empty for all | 省份，留空为全部
    -- choices province: SELECT DISTINCT province FROM v_meetings ORDER BY province
    -- empty: where there are no meetings                       (says when no rows is a right answer)

An empty value is NULL. Values reach DuckDB as bound parameters, never as text.

    question = find_question("latest_meetings")
    values = question.bind(read_pairs(["province=上海市"]))
    check_choices(question, values, path)
    run_query(question.sql, values, database=path)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.errors import QuestionError
from warehouse.sandbox import run_query

QUESTIONS = Path(__file__).parent / "questions"

_LINE = re.compile(r"-- (?P<word>title|about|parameter|choices|empty)\b(?P<rest>[^\n]*)")
_PARAMETER = re.compile(r"(?P<name>[a-z_]+) (?P<type>[A-Z]+) = ?(?P<default>[^:]*): (?P<meaning>.+)")
_CHOICES = re.compile(r"(?P<name>[a-z_]+): (?P<sql>SELECT .+)")

_READERS: dict[str, Callable[[str], Any]] = {
    "VARCHAR": str,
    "INTEGER": int,
    "DOUBLE": float,
    "DATE": date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks its reader for, bound as $name."""

    name: str
    type: str  # VARCHAR | INTEGER | DOUBLE | DATE
    default: Any  # None where empty
    meaning: Words
    choices_sql: str | None  # a query of one column whose values it may take

    @property
    def example(self) -> str:
        """A text that can be read as its type."""
        return {"INTEGER": "20", "DOUBLE": "0.5", "DATE": "2020-02-03"}.get(self.type, "text")

    def read(self, text: str) -> Any:
        """The value of a text: "2020-02-03" → date(2020, 2, 3); "" → None. Raises QuestionError."""
        if not text.strip():
            return None
        try:
            return _READERS[self.type](text.strip())
        except ValueError:
            raise QuestionError(f"{self.name} is a {self.type} such as {self.example}, not {text!r}.") from None


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question as its file says it; `sql` is all below the header."""

    name: str  # of its file
    title: Words
    about: Words
    parameters: tuple[Parameter, ...]
    empty: str | None  # when no rows is a right answer; None where the sample always has some
    sql: str

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter's value: the given one (a text is read as the parameter's type), else the default.

        Raises QuestionError for a name that is no parameter or a value of the wrong type.
        """
        known = {p.name for p in self.parameters}
        for name in given:
            if name not in known:
                takes = f"takes {', '.join(sorted(known))}" if known else "takes no parameters"
                raise QuestionError(f"{self.name} has no parameter {name!r}; it {takes}.")
        return {
            p.name: (p.read(given[p.name]) if isinstance(given[p.name], str) else given[p.name])
            if p.name in given
            else p.default
            for p in self.parameters
        }


def list_questions(folder: Path = QUESTIONS) -> tuple[Question, ...]:
    """All questions, by name. Raises QuestionError where a header is not understood."""
    return tuple(read_question(path) for path in sorted(folder.glob("*.sql")))


def find_question(name: str) -> Question:
    """The question of that name. Raises QuestionError, with names that are near."""
    names = [path.stem for path in sorted(QUESTIONS.glob("*.sql"))]
    if name not in names:
        raise QuestionError(
            f"There is no question {name!r}{_near(name, names)}. `python -m warehouse ask`, or .questions in a "
            f"session, lists all {len(names)}."
        )
    return read_question(QUESTIONS / f"{name}.sql")


def read_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """["word=核酸"] → {"word": "核酸"}; $word is the same name. Raises QuestionError for a name given twice."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.removeprefix("$")
        if not equals or not name:
            raise QuestionError(f"A parameter is written NAME=VALUE, not {pair!r}.")
        if name in values:
            raise QuestionError(f"{name} is given twice, as {values[name]!r} and {value!r}; keep one.")
        values[name] = value
    return values


def check_choices(question: Question, values: Mapping[str, Any], database: Path) -> None:
    """Raises QuestionError for a value that is none of its parameter's choices in this build, with those that are near.

    Where a build has no choices, or too many to read, every value may be asked for; so may empty ones and defaults.
    """
    for parameter in question.parameters:
        value = values[parameter.name]
        if parameter.choices_sql is None or value is None or value == parameter.default:
            continue
        offered = run_query(parameter.choices_sql, database=database)
        choices = [row[0] for row in offered.rows]
        if choices and not offered.cut and value not in choices:
            raise QuestionError(
                f"{parameter.name} cannot be {str(value)!r}{_near(str(value), map(str, choices))}. "
                f'`python -m warehouse sql "{parameter.choices_sql}"` lists all {len(choices)}.'
            )


def _near(word: str, words: Iterable[str]) -> str:
    """What an error says of the words that are spelt alike; nothing where none is."""
    near = difflib.get_close_matches(word, list(words), n=3)
    return f"; close to it: {', '.join(near)}" if near else ""


def read_question(path: Path) -> Question:
    """One question file. Raises QuestionError naming file and line."""
    texts: dict[str, str] = {}
    parameters: list[tuple[re.Match[str], int]] = []
    choices: dict[str, str] = {}
    body: list[str] = []

    def fail(number: int, message: str) -> QuestionError:
        return QuestionError(f"{path.name} line {number}: {message}")

    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        header = _LINE.fullmatch(line)
        if body or not line.startswith("--"):
            body.append(line)
        elif not header:
            raise fail(number, f"a header line is title, about, parameter, choices or empty, not {line!r}")
        elif header["word"] in ("title", "about", "empty"):
            texts[header["word"]] = header["rest"].removeprefix(":").strip()
        elif header["word"] == "parameter":
            if not (found := _PARAMETER.fullmatch(header["rest"].strip())) or found["type"] not in _READERS:
                raise fail(number, "write -- parameter name TYPE = default: Meaning | 含义")
            parameters.append((found, number))
        else:
            if not (found := _CHOICES.fullmatch(header["rest"].strip())):
                raise fail(number, "write -- choices name: SELECT …")
            choices[found["name"]] = found["sql"]

    def words(text: str, number: int) -> Words:
        en, bar, zh = text.partition(" | ")
        if not bar or not zh.strip():
            raise fail(number, f"write English | 中文, not {text!r}")
        return Words(en.strip(), zh.strip())

    read = []
    for found, number in parameters:
        bare = Parameter(found["name"], found["type"], None, words(found["meaning"], number), None)
        default = bare.read(found["default"])
        read.append(Parameter(bare.name, bare.type, default, bare.meaning, choices.pop(bare.name, None)))
    if choices:
        raise fail(1, f"choices for {', '.join(choices)}, which is no parameter")
    for word in ("title", "about"):
        if word not in texts:
            raise fail(1, f"the header has no {word}")
    return Question(
        name=path.stem,
        title=words(texts["title"], 1),
        about=words(texts["about"], 1),
        parameters=tuple(read),
        empty=texts.get("empty"),
        sql="\n".join(body).strip(),
    )
