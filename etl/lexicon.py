"""Domain lists: loads the data files under etl/data, validates them by their own headers, and hands them out frozen.

A data file is UTF-8, tab separated. Lines that begin with `#` are its header: what it is, its source and date, and
one line `# column <name>: <meaning>` a column. The first other line names the columns, and must agree with the header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import NDArray

from etl.errors import LexiconError
from etl.patterns import compile_presence, compile_rows
from etl.records import IssuerKind, Level

DATA = Path(__file__).parent / "data"

LineKind = Literal["published", "byline", "caption", "furniture"]
LINE_KINDS: tuple[LineKind, ...] = ("published", "byline", "caption", "furniture")
LONGEST_RULED = 160  # code points of a line that a rule may call no content
LONGEST_LABEL = 120
LINE_PLACES = ("whole", "start", "label", "tail", "prefix", "end")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file and where it stands, for error messages."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, message: str) -> LexiconError:
        return LexiconError(f"{self.file} line {self.line}: {message}")


def read_table(path: Path, unique: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """Rows of a data file; `unique` names columns whose non-empty values may not repeat.

    Raises LexiconError naming file, line and value for an undocumented column, a ragged row or a duplicate.
    """
    documented: list[str] = []
    columns: list[str] = []
    rows: list[Row] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        if line.startswith("#"):
            if line.startswith("# column "):
                documented.append(line.removeprefix("# column ").split(":", 1)[0].strip())
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            if columns != documented:
                raise LexiconError(
                    f"{path.name} line {number}: columns {columns} differ from the header's {documented}"
                )
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path.name} line {number}: {len(cells)} cells where {len(columns)} columns are declared"
            )
        row = Row(path.name, number, dict(zip(columns, cells, strict=True)))
        for column in unique:
            value = row[column]
            if value and (column, value) in seen:
                raise row.error(f"{column} {value!r} already stands in line {seen[column, value]}; keep one")
            seen[column, value] = number
        rows.append(row)
    return tuple(rows)


@dataclass(frozen=True, slots=True, eq=False)
class PersonWords:
    """What person names are recognised by: family names, words that only look like names, offices, person verbs."""

    surnames: dict[str, str]  # family name → common | rare | ambiguous | compound
    ordinary: frozenset[str]  # words of 2-3 characters that begin with a family name
    titles: dict[str, str]  # last word of a title → office | group | unit | body | byline
    verbs: dict[str, str]  # word after a name → chair | speech | attend | observe | absent | adverb


def load_person_words() -> PersonWords:
    """From surnames.tsv, not_names.tsv, titles.tsv, person_verbs.tsv. Raises LexiconError."""
    return PersonWords(
        surnames={r["surname"]: r["kind"] for r in read_table(DATA / "surnames.tsv", unique=("surname",))},
        ordinary=frozenset(w for r in read_table(DATA / "not_names.tsv", ("surname",)) for w in r["words"].split()),
        titles={r["title"]: r["kind"] for r in read_table(DATA / "titles.tsv", unique=("title",))},
        verbs={r["word"]: r["role"] for r in read_table(DATA / "person_verbs.tsv", unique=("word",))},
    )


@dataclass(frozen=True, slots=True, eq=False)
class LineRules:
    """What the lines around an announcement look like (furniture.tsv): one pattern a kind and place."""

    patterns: dict[tuple[str, str], re.Pattern[str]]  # (kind, where) -> alternation of the rows
    whole: re.Pattern[str]  # rows of all kinds that match a whole line; the group that matched is the kind
    start: re.Pattern[str]
    label: re.Pattern[str]

    def matches(self, kind: str, where: str, line: str) -> bool:
        pattern = self.patterns.get((kind, where))
        if pattern is None:
            return False
        if where in ("whole", "end"):
            return pattern.fullmatch(line) is not None
        return (pattern.search(line) if where == "label" else pattern.match(line)) is not None

    def search(self, kind: str, where: str, text: str, start: int, end: int) -> re.Match[str] | None:
        pattern = self.patterns.get((kind, where))
        return pattern.search(text, start, end) if pattern else None

    @lru_cache(maxsize=32)  # noqa: B019 - a process has one set of rules; a page's head is read twice
    def kind_of(self, line: str, head: bool) -> LineKind | None:
        """What a line is for, where a rule says so; in the head of a page a bare date is its publication."""
        if len(line) > LONGEST_RULED:
            return None
        if head and self.matches("published", "whole", line):
            return "published"
        flat = len(line) <= LONGEST_LABEL and "。" not in line
        bare = line.lstrip("•·-*●◆ \u3000")
        if flat and (self.matches("published", "start", bare) or self.matches("published", "label", bare)):
            return "published"  # before a byline in the same line: 来源：… 发布时间：…
        found = self.whole.fullmatch(line)
        if found is None and flat:
            found = self.start.match(bare) or self.label.search(bare)
        return found.lastgroup if found else None  # type: ignore[return-value]


def load_line_rules() -> LineRules:
    """furniture.tsv compiled. Raises LexiconError naming the line of an unknown kind or place, or a bad pattern."""
    parts: dict[tuple[str, str], list[str]] = {}
    for row in read_table(DATA / "furniture.tsv"):
        if row["kind"] not in LINE_KINDS or row["where"] not in LINE_PLACES:
            raise row.error(f"kind {row['kind']!r} or place {row['where']!r} is not one of the header's")
        try:
            re.compile(row["pattern"])
        except re.error as bad:
            raise row.error(f"pattern {row['pattern']!r} does not compile: {bad}") from bad
        parts.setdefault((row["kind"], row["where"]), []).append(row["pattern"])

    def of_all_kinds(where: str) -> re.Pattern[str]:
        kinds = [k for k in LINE_KINDS if (k, where) in parts and (k, where) != ("published", "whole")]
        return re.compile("|".join(f"(?P<{k}>{'|'.join(parts[k, where])})" for k in kinds))

    return LineRules(
        {key: compile_rows(rows) for key, rows in parts.items()},
        of_all_kinds("whole"),
        of_all_kinds("start"),
        of_all_kinds("label"),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A unit of GB/T 2260 under the name it bore between `valid_from` and `valid_to`."""

    adcode: str
    name_zh: str  # 德宏傣族景颇族自治州
    short_zh: str  # 德宏
    name_en: str
    level: Literal["province", "prefecture", "county"]
    parent_adcode: str | None
    province_adcode: str
    path: tuple[str, ...]  # names from the province down; a municipality's district has two
    codes: tuple[str, ...]  # adcodes of the same units
    oxcgrt_name: str | None = None  # provinces only
    capital: str | None = None  # provinces only: adcode of the seat of government
    valid_from: str | None = None  # YYYY-MM
    valid_to: str | None = None
    hosts: tuple[str, ...] = ()  # provinces only: labels of its government hosts under gov.cn


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """A functional district: a zone without a code of its own, under the unit whose part it is."""

    name: str
    aliases: tuple[str, ...]
    adcode: str


@dataclass(frozen=True, slots=True, eq=False)
class Abbreviation:
    """A character that stands for a place after certain verbs (离沪), or a word that does by itself (no verbs)."""

    word: str
    adcode: str
    verbs: str
    is_strong: bool  # the phrase shows that the writer is there


PlaceWordRole = Literal["trap", "generic", "common", "zone", "away_before", "away_after"]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places, functional districts and the words that decide how a name is read."""

    places: dict[str, Place]  # by adcode
    districts: tuple[District, ...]
    abbreviations: tuple[Abbreviation, ...]
    words: dict[str, frozenset[str]]  # role (PlaceWordRole) → words


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A body under a name of its own, which does not begin with its place: 教育部, 南开大学."""

    name: str
    aliases: tuple[str, ...]
    kind: IssuerKind
    level: Level
    adcode: str | None  # seat or jurisdiction; None for national bodies and country-wide groups


@dataclass(frozen=True, slots=True, eq=False)
class BodyWords:
    """What names of bodies are made of, and the words around them that tell who acts from who is referred to."""

    kinds: dict[str, dict[str, IssuerKind | None]]  # role (body_words.tsv) → word → kind of the body it makes
    cues: dict[str, frozenset[str]]  # role (issuer_cues.tsv) → words


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """A dated reference event."""

    date: str  # ISO
    level: Literal["national", "province", "prefecture"]
    adcode: str | None
    region: str  # names from the province down, as in the file; empty if national
    name_zh: str
    name_en: str
    source_url: str


def load_gazetteer() -> Gazetteer:
    """From regions.tsv, province_names.tsv, functional_districts.tsv, place_abbreviations.tsv and place_words.tsv.

    Raises LexiconError naming the line of an unknown code, parent, level or role.
    """
    provinces = {row["adcode"]: row for row in read_table(DATA / "province_names.tsv", ("adcode", "short_zh"))}
    rows = read_table(DATA / "regions.tsv", unique=("adcode",))
    by_code = {row["adcode"]: row for row in rows}
    places: dict[str, Place] = {}
    # a code sorts after those of the units above it, except 133100's kind, whose parents end in 0000 all the same
    for row in sorted(rows, key=lambda row: (row["level"] == "county", row["level"] == "prefecture", row["adcode"])):
        code, parent = row["adcode"], row["parent_adcode"]
        if row["level"] not in ("province", "prefecture", "county"):
            raise row.error(f"level {row['level']!r} is not province, prefecture or county")
        if (parent not in by_code) if row["level"] != "province" else bool(parent):
            raise row.error(f"parent_adcode {parent!r} of {row['name_zh']} is not a unit above it")
        above = places.get(parent)
        named = provinces.get(code)
        places[code] = Place(
            code,
            row["name_zh"],
            row["short_zh"],
            row["name_en"],
            cast(Literal["province", "prefecture", "county"], row["level"]),
            parent or None,
            above.province_adcode if above else code,
            ((*above.path, row["name_zh"]) if above else (row["name_zh"],)),
            ((*above.codes, code) if above else (code,)),
            (named["oxcgrt_name"] or None) if named else None,
            named["capital"] if named else None,
            row["valid_from"] or None,
            row["valid_to"] or None,
            split_aliases(named["hosts"]) if named else (),
        )

    def known(row: Row) -> str:
        if row["adcode"] not in places:
            raise row.error(f"adcode {row['adcode']!r} is not in regions.tsv")
        return row["adcode"]

    words: dict[str, set[str]] = {role: set() for role in get_args(PlaceWordRole)}
    for row in read_table(DATA / "place_words.tsv"):
        if row["role"] not in words:
            raise row.error(f"role {row['role']!r} is not one of {', '.join(words)}")
        words[row["role"]].add(row["word"])
    return Gazetteer(
        places=places,
        districts=tuple(
            District(row["name"], split_aliases(row["aliases"]), known(row))
            for row in read_table(DATA / "functional_districts.tsv", unique=("name",))
        ),
        abbreviations=tuple(
            Abbreviation(row["word"], known(row), row["verbs"], row["weight"] == "strong")
            for row in read_table(DATA / "place_abbreviations.tsv")
        ),
        words={role: frozenset(found) for role, found in words.items()},
    )


def split_aliases(cell: str) -> tuple[str, ...]:
    """a|b -> (a, b); an empty cell has none."""
    return tuple(cell.split("|")) if cell else ()


def load_bodies(gazetteer: Gazetteer) -> tuple[Body, ...]:
    """From bodies.tsv. Raises LexiconError for an unknown kind, level or code, and for a name that two bodies bear."""
    owners: dict[str, Row] = {}
    bodies = []
    for row in read_table(DATA / "bodies.tsv"):
        if row["kind"] not in get_args(IssuerKind) or row["level"] not in get_args(Level):
            raise row.error(f"kind {row['kind']!r} or level {row['level']!r} is not one of the extraction record's")
        if row["adcode"] and row["adcode"] not in gazetteer.places:
            raise row.error(f"adcode {row['adcode']!r} is not in regions.tsv")
        aliases = split_aliases(row["aliases"])
        for name in (row["name"], *aliases):
            if name in owners:
                raise row.error(f"{name!r} already belongs to {owners[name]['name']} in line {owners[name].line}")
            owners[name] = row
        bodies.append(
            Body(
                row["name"],
                aliases,
                cast(IssuerKind, row["kind"]),
                cast(Level, row["level"]),
                row["adcode"] or None,
            )
        )
    return tuple(bodies)


def load_body_words() -> BodyWords:
    """From body_words.tsv and issuer_cues.tsv. Raises LexiconError for an unknown kind or a repeated word of a role."""
    kinds: dict[str, dict[str, IssuerKind | None]] = {}
    for row in read_table(DATA / "body_words.tsv"):
        if row["kind"] and row["kind"] not in get_args(IssuerKind):
            raise row.error(f"kind {row['kind']!r} is not one of the extraction record's")
        of_role = kinds.setdefault(row["role"], {})
        if row["word"] in of_role:
            raise row.error(f"{row['word']!r} already stands under {row['role']}; keep one")
        of_role[row["word"]] = cast(IssuerKind, row["kind"]) if row["kind"] else None
    cues: dict[str, set[str]] = {}
    for row in read_table(DATA / "issuer_cues.tsv"):
        of_cue = cues.setdefault(row["role"], set())
        if row["word"] in of_cue:
            raise row.error(f"{row['word']!r} already stands under {row['role']}; keep one")
        of_cue.add(row["word"])
    return BodyWords(kinds, {role: frozenset(words) for role, words in cues.items()})


def load_events(gazetteer: Gazetteer) -> tuple[Event, ...]:
    """From events.tsv, in date order. Raises LexiconError for a bad date, level or region, or disorder."""
    by_path = {"/".join(place.path): place.adcode for place in gazetteer.places.values()}
    events: list[Event] = []
    for row in read_table(DATA / "events.tsv"):
        try:
            date.fromisoformat(row["date"])
        except ValueError as bad:
            raise row.error(f"date {row['date']!r} is not a day (YYYY-MM-DD)") from bad
        if events and row["date"] < events[-1].date:
            raise row.error(f"date {row['date']} stands after {events[-1].date}; keep the file in date order")
        if row["level"] not in ("national", "province", "prefecture"):
            raise row.error(f"level {row['level']!r} is not national, province or prefecture")
        if (row["level"] == "national") != (not row["region"]) or (row["region"] and row["region"] not in by_path):
            raise row.error(f"region {row['region']!r} is not a path of regions.tsv that fits level {row['level']}")
        if not row["name_zh"] or not row["name_en"]:
            raise row.error("name_zh and name_en must both be given")
        events.append(
            Event(
                row["date"],
                cast(Literal["national", "province", "prefecture"], row["level"]),
                by_path.get(row["region"]),
                row["region"],
                row["name_zh"],
                row["name_en"],
                row["source_url"],
            )
        )
    return tuple(events)


SpeechMode = Literal["order", "say", "tell"]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that opens what somebody says (speech_verbs.tsv)."""

    verb: str
    mode: SpeechMode
    noun: bool  # often a noun: needs a clear subject
    glued: Literal["free", "modal", "no"]  # what may follow without a comma: an imperative, only 要 or 各…, nothing


def load_speech_verbs() -> tuple[SpeechVerb, ...]:
    """speech_verbs.tsv. Raises LexiconError for an unknown mode or a verb that stands twice."""
    verbs = []
    for row in read_table(DATA / "speech_verbs.tsv", unique=("verb",)):
        if row["mode"] not in ("order", "say", "tell") or row["glued"] not in ("free", "modal", "no"):
            raise row.error(f"mode {row['mode']!r} or glued {row['glued']!r} is not one of the header's")
        verbs.append(SpeechVerb(row["verb"], row["mode"], row["noun"] == "yes", row["glued"]))  # type: ignore[arg-type]
    return tuple(verbs)


CUE_KINDS = (
    *(
        "modal",
        "opener",
        "predicate",
        "actor",
        "state",
        "verdict",
        "judged",
        "done",
        "perfect",
        "thanks",
        "closing",
        "promise",
    ),
    *("relay", "attended", "list_end", "narrative", "afterwards", "asked", "told", "facts", "deadline"),
)
ASKED_FOR = frozenset(  # kinds of which only is asked whether a sentence has one
    ("state", "verdict", "done", "perfect", "thanks", "closing", "promise", "relay", "attended", "told", "facts")
)
CUE_STRENGTHS = ("strict", "require", "encourage", "-")


@dataclass(frozen=True, slots=True, eq=False)
class DirectiveCues:
    """Wording of instructions (directive_cues.tsv): one pattern a kind, and one a kind and strength."""

    kinds: dict[str, re.Pattern[str]]
    ladder: dict[tuple[str, str], re.Pattern[str]]  # (kind, strict | require | encourage)
    actor_opener: re.Pattern[str]  # an actor and an imperative behind it: 各企业…落实


def load_directive_cues() -> DirectiveCues:
    """directive_cues.tsv compiled. Raises LexiconError for an unknown kind or strength, or a bad pattern."""
    kinds: dict[str, list[str]] = {}
    ladder: dict[tuple[str, str], list[str]] = {}
    for row in read_table(DATA / "directive_cues.tsv"):
        if row["kind"] not in CUE_KINDS or row["strength"] not in CUE_STRENGTHS:
            raise row.error(f"kind {row['kind']!r} or strength {row['strength']!r} is not one of the header's")
        try:
            re.compile(row["pattern"])
        except re.error as bad:
            raise row.error(f"pattern does not compile: {bad}") from bad
        kinds.setdefault(row["kind"], []).append(row["pattern"])
        ladder.setdefault((row["kind"], row["strength"]), []).append(row["pattern"])
    return DirectiveCues(
        {kind: (compile_presence if kind in ASKED_FOR else compile_rows)(rows) for kind, rows in kinds.items()},
        {key: compile_rows(rows) for key, rows in ladder.items() if key[1] != "-"},
        re.compile(f"(?:{'|'.join(kinds['actor'])})[^，。；：！？]{{0,30}}?(?:{'|'.join(kinds['opener'])})"),
    )


CalendarKind = Literal["lunar", "festival", "season", "workday"]
DateCueKind = Literal["before", "after", "sitting", "issuing", "visiting", "vague", "notice", "conveying"]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a text names instead of a date: 正月初十, 国庆节, the first working day after 春节."""

    names: tuple[str, ...]
    kind: CalendarKind
    day: date


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """What dates are understood by: named days, and the cue patterns of each kind."""

    days: tuple[CalendarDay, ...]
    cues: dict[DateCueKind, tuple[str, ...]]


def load_date_words() -> DateWords:
    """From calendar_days.tsv and date_cues.tsv. Raises LexiconError for an unknown kind, date or bad pattern."""
    days: list[CalendarDay] = []
    for row in read_table(DATA / "calendar_days.tsv"):
        if row["kind"] not in get_args(CalendarKind):
            raise row.error(f"kind {row['kind']!r} is none of {', '.join(get_args(CalendarKind))}")
        try:
            day = date.fromisoformat(row["date"])
        except ValueError as problem:
            raise row.error(f"date {row['date']!r}: {problem}") from problem
        days.append(CalendarDay(tuple(row["names"].split("|")), cast(CalendarKind, row["kind"]), day))
    cues: dict[DateCueKind, list[str]] = {kind: [] for kind in get_args(DateCueKind)}
    for row in read_table(DATA / "date_cues.tsv"):
        if row["kind"] not in cues:
            raise row.error(f"kind {row['kind']!r} is none of {', '.join(cues)}")
        try:
            re.compile(row["pattern"])
        except re.error as problem:
            raise row.error(f"pattern {row['pattern']!r}: {problem}") from problem
        cues[cast(DateCueKind, row["kind"])].append(row["pattern"])
    return DateWords(tuple(days), {kind: tuple(patterns) for kind, patterns in cues.items()})


@dataclass(frozen=True, slots=True)
class DocumentCue:
    """Points for a document type (document_cues.tsv)."""

    type: str  # meeting | notice | report | epidemic
    zone: str  # title | lead | text
    weight: float
    times: int  # how often the pattern must occur
    pattern: re.Pattern[str]
    meaning: str

    def holds(self, text: str) -> bool:
        """Whether the pattern occurs often enough in the text."""
        if self.times == 1:
            return self.pattern.search(text) is not None
        return sum(1 for _ in islice(self.pattern.finditer(text), self.times)) == self.times


def load_document_cues() -> tuple[DocumentCue, ...]:
    """document_cues.tsv compiled. Raises LexiconError for an unknown type or zone, or a bad weight or pattern."""

    def counted(row: Row) -> bool:
        return row["times"] != "1" or row["type"] == "epidemic"

    cues = []
    for row in read_table(DATA / "document_cues.tsv"):
        if row["type"] not in ("meeting", "notice", "report", "epidemic") or row["zone"] not in (
            "title",
            "lead",
            "text",
        ):
            raise row.error(f"type {row['type']!r} or zone {row['zone']!r} is not one of the header's")
        try:
            cues.append(
                DocumentCue(
                    row["type"],
                    row["zone"],
                    float(row["weight"]),
                    int(row["times"]),
                    (compile_rows if counted(row) else compile_presence)([row["pattern"]]),
                    row["meaning"],
                )
            )
        except (ValueError, re.error) as bad:
            raise row.error(f"a number or the pattern is bad: {bad}") from bad
    return tuple(cues)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts or measures, where it is written after it (units.tsv)."""

    written: str
    unit: str  # as the record carries it
    factor: int
    not_before: tuple[str, ...]  # followed by one of these it is no unit but the beginning of a word
    least_numeral: int | None  # from where Chinese numerals count too: 两例 (2), 二十辆 (10), never for 个 (None)


def load_units() -> dict[str, Unit]:
    """units.tsv by the unit as written. Raises LexiconError for a bad factor, numerals or a repeated unit."""
    units = {}
    least = {"digits": None, "ten": 10, "any": 2}
    for row in read_table(DATA / "units.tsv", unique=("written",)):
        if not row["factor"].isdigit() or row["numerals"] not in least:
            raise row.error(f"factor {row['factor']!r} is no whole number, or numerals {row['numerals']!r} is unknown")
        units[row["written"]] = Unit(
            row["written"],
            row["unit"],
            int(row["factor"]),
            split_aliases(row["not_before"]),
            least[row["numerals"]],
        )
    return units


def load_sieve_terms() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """sieve_terms.tsv: words of the topic, words of orders and meetings. Raises LexiconError for an unknown kind."""
    kinds: dict[str, list[str]] = {"topic": [], "order": []}
    for row in read_table(DATA / "sieve_terms.tsv", unique=("term",)):
        if row["kind"] not in kinds:
            raise row.error(f"kind {row['kind']!r} is not one of {', '.join(kinds)}")
        kinds[row["kind"]].append(row["term"])
    return tuple(kinds["topic"]), tuple(kinds["order"])


@dataclass(frozen=True, slots=True, eq=False)
class SloganWords:
    """What quoted words are slogans, and what are none (slogan_labels.tsv, slogan_stops.tsv)."""

    known: frozenset[str]
    stops: dict[str, str]  # words → holiday | emphasis


def load_slogan_words() -> SloganWords:
    """Raises LexiconError for an unknown kind, a repeated label, or one that both files claim."""
    known = frozenset(row["label"] for row in read_table(DATA / "slogan_labels.tsv", unique=("label",)))
    stops = {}
    for row in read_table(DATA / "slogan_stops.tsv", unique=("words",)):
        if row["kind"] not in ("holiday", "emphasis"):
            raise row.error(f"kind {row['kind']!r} is neither holiday nor emphasis")
        if row["words"] in known:
            raise row.error(f"{row['words']!r} is a slogan in slogan_labels.tsv; keep one")
        stops[row["words"]] = row["kind"]
    return SloganWords(known, stops)


CONVEYED_KINDS = ("verb", "told", "sitting", "gist", "next", "same_day")


def load_conveyed_cues() -> dict[str, tuple[str, ...]]:
    """conveyed_cues.tsv: patterns by kind. Raises LexiconError for an unknown kind or a bad pattern."""
    kinds: dict[str, list[str]] = {kind: [] for kind in CONVEYED_KINDS}
    for row in read_table(DATA / "conveyed_cues.tsv"):
        if row["kind"] not in kinds:
            raise row.error(f"kind {row['kind']!r} is not one of the header's")
        try:
            re.compile(row["pattern"])
        except re.error as bad:
            raise row.error(f"pattern does not compile: {bad}") from bad
        kinds[row["kind"]].append(row["pattern"])
    return {kind: tuple(patterns) for kind, patterns in kinds.items()}


TOPIC_PLACES = ("head", "subject", "second", "third", "later", "anywhere", "first")  # first: named before all others


class TermWord(NamedTuple):
    """A word that is a term, or that begins terms A…B."""

    word: str
    is_term: bool
    tails: tuple[tuple[str, str], ...]  # (B, A…B)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureWords:
    """What tells which measures a directive orders: cue terms, places in the directive, pairs of characters."""

    categories: tuple[str, ...]
    lengths: dict[str, tuple[int, ...]]  # two characters → lengths of the words they begin, longest first
    entries: dict[str, TermWord]  # every term, and every A of the terms A…B
    short_heads: re.Pattern[str] | None  # every A of one character
    terms: dict[str, tuple[tuple[int, float, float], ...]]  # term → (category, weight, strength); none where it shields
    clear: frozenset[str]  # terms that speak clearly enough to open the head clause
    places: tuple[tuple[float, float], ...]  # measure_places.tsv: (any, main) factors
    priors_any: tuple[float, ...]  # by category
    priors_main: tuple[float, ...]
    topics: tuple[tuple[int, ...], ...]  # by category, by place as in TOPIC_PLACES: row of weights
    wording: dict[str, int]  # pair → row of weights
    rarity: tuple[float, ...]  # by row of weights; 1 for topics
    weights: NDArray[np.float32]  # (topics, then pairs; 2 × categories): for being there at all, then for being main


def stack_weights(topics: NDArray[np.float64], pairs: NDArray[np.float64]) -> NDArray[np.float32]:
    """MeasureWords.weights of (topics, 2 × categories) and of (pairs, categories), which say the same of both sums."""
    return np.vstack([topics, np.hstack([pairs, pairs])]).astype(np.float32)


def load_measure_words() -> MeasureWords:
    """From measure_terms.tsv, measure_places.tsv, measure_priors.tsv, measure_topics.tsv and measure_wording.tsv.

    Raises LexiconError naming the line of an unknown category, a repeated term or a number that is none.
    """
    categories = tuple(row["id"] for row in read_table(DATA / "categories.tsv", unique=("id",)))

    def number(row: Row, cell: str) -> float:
        try:
            return float(cell)
        except ValueError as bad:
            raise row.error(f"{cell!r} is no number") from bad

    def known(row: Row, category: str) -> int:
        if category not in categories:
            raise row.error(f"category {category!r} is not in categories.tsv")
        return categories.index(category)

    terms: dict[str, list[tuple[int, float, float]]] = {}
    gaps: dict[str, list[tuple[str, str]]] = {}
    clear: set[str] = set()
    seen: dict[tuple[str, str], Row] = {}
    for row in read_table(DATA / "measure_terms.tsv"):
        term, category = row["term"], row["category"]
        first = seen.setdefault((term, category), row)
        if first is not row:
            raise row.error(f"term {term!r} already speaks for {category} in line {first.line}; keep one")
        pairs = terms.setdefault(term, [])
        if category != "-":
            prior = number(row, row["prior"])
            pairs.append((known(row, category), number(row, row["weight"]), prior / 3))
            if prior >= 2:
                clear.add(term)
        head, _, tail = term.partition("…")
        if tail and (tail, term) not in gaps.setdefault(head, []):
            gaps[head].append((tail, term))
    lengths: dict[str, set[int]] = {}
    entries: dict[str, TermWord] = {}
    for word in {*gaps, *(term for term in terms if "…" not in term)}:
        entries[word] = TermWord(word, word in terms, tuple(gaps.get(word, ())))
        lengths.setdefault(word[:2], set()).add(len(word))
    short_heads = [head for head in gaps if len(head) == 1]
    if short := next((row for (term, _), row in seen.items() if len(term) == 1), None):
        raise short.error(f"term {short['term']!r} has one character; give it a second")

    def spread(rows: tuple[Row, ...], column: str) -> NDArray[np.float64]:
        """The column's category:weight lists as (rows, categories)."""
        weights = np.zeros((len(rows), len(categories)))
        for i, row in enumerate(rows):
            for part in row[column].split():
                category, _, weight = part.partition(":")
                weights[i, known(row, category)] = number(row, weight)
        return weights

    pair_rows = read_table(DATA / "measure_wording.tsv", unique=("pair",))
    topic_rows = read_table(DATA / "measure_topics.tsv")
    topic_row = {(known(row, row["topic"]), row["place"]): i for i, row in enumerate(topic_rows)}
    wanted = {(category, place) for category in range(len(categories)) for place in TOPIC_PLACES}
    if set(topic_row) != wanted:
        raise LexiconError(
            f"measure_topics.tsv: its topics and places are not all there are: {wanted ^ set(topic_row)}"
        )
    priors = {r["category"]: r for r in read_table(DATA / "measure_priors.tsv", ("category",))}
    if set(priors) != set(categories):
        raise LexiconError(f"measure_priors.tsv: its categories are not those of categories.tsv: {sorted(priors)}")
    return MeasureWords(
        categories=categories,
        lengths={head: tuple(sorted(found, reverse=True)) for head, found in lengths.items() if len(head) > 1},
        entries=entries,
        short_heads=re.compile(f"[{''.join(short_heads)}]") if short_heads else None,
        terms={term: tuple(pairs) for term, pairs in terms.items()},
        clear=frozenset(clear),
        places=tuple(
            (number(r, r["any"]), number(r, r["main"])) for r in read_table(DATA / "measure_places.tsv", ("place",))
        ),
        priors_any=tuple(number(priors[c], priors[c]["any"]) for c in categories),
        priors_main=tuple(number(priors[c], priors[c]["main"]) for c in categories),
        topics=tuple(tuple(topic_row[c, place] for place in TOPIC_PLACES) for c in range(len(categories))),
        wording={row["pair"]: i for i, row in enumerate(pair_rows, len(topic_rows))},
        rarity=(1.0,) * len(topic_rows) + tuple(number(row, row["rarity"]) for row in pair_rows),
        weights=stack_weights(
            np.hstack([spread(topic_rows, "any"), spread(topic_rows, "main")]), spread(pair_rows, "weights")
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All domain lists. One instance a process; extractors receive it and read no files themselves."""

    line_rules: LineRules
    speech_verbs: tuple[SpeechVerb, ...]
    directive_cues: DirectiveCues
    document_cues: tuple[DocumentCue, ...]
    persons: PersonWords
    dates: DateWords
    gazetteer: Gazetteer
    bodies: tuple[Body, ...]
    body_words: BodyWords
    events: tuple[Event, ...]
    units: dict[str, Unit]
    slogans: SloganWords
    conveyed_cues: dict[str, tuple[str, ...]]
    measures: MeasureWords


@cache
def load_lexicon() -> Lexicon:
    """The lexicon from etl/data. Raises LexiconError."""
    gazetteer = load_gazetteer()
    return Lexicon(
        line_rules=load_line_rules(),
        speech_verbs=load_speech_verbs(),
        directive_cues=load_directive_cues(),
        document_cues=load_document_cues(),
        persons=load_person_words(),
        dates=load_date_words(),
        gazetteer=gazetteer,
        bodies=load_bodies(gazetteer),
        body_words=load_body_words(),
        events=load_events(gazetteer),
        units=load_units(),
        slogans=load_slogan_words(),
        conveyed_cues=load_conveyed_cues(),
        measures=load_measure_words(),
    )
