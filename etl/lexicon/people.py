"""What person names are recognised by: surnames, not_names, word_names, titles and person_verbs (.tsv)."""

from __future__ import annotations

from dataclasses import dataclass

from etl.lexicon.tables import DATA, read_table


@dataclass(frozen=True, slots=True, eq=False)
class PersonWords:
    """What person names are recognised by: family names, words that only look like names, offices, person verbs."""

    surnames: dict[str, str]  # family name → common | rare | ambiguous | seldom | compound
    ordinary: frozenset[str]  # words of 2-3 characters that begin with a family name
    borne: dict[str, str]  # those of them that people bear as whole names (高峰) → word | place
    titles: dict[str, str]  # last word of a title → office | group | unit | body | byline
    verbs: dict[str, str]  # word after a name → chair | speech | attend | observe | absent | adverb


def load_person_words() -> PersonWords:
    """From the data files. Raises LexiconError."""
    return PersonWords(
        surnames={r["surname"]: r["kind"] for r in read_table(DATA / "surnames.tsv", unique=("surname",))},
        ordinary=frozenset(w for r in read_table(DATA / "not_names.tsv", ("surname",)) for w in r["words"].split()),
        borne={w: r["kind"] for r in read_table(DATA / "word_names.tsv", ("kind",)) for w in r["words"].split()},
        titles={r["title"]: r["kind"] for r in read_table(DATA / "titles.tsv", unique=("title",))},
        verbs={r["word"]: r["role"] for r in read_table(DATA / "person_verbs.tsv", unique=("word",))},
    )
