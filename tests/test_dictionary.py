"""The data dictionary: complete in both languages, and docs/dictionary.md what the SQL files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.dictionary import Column, Table, describe_schema, split_comment, to_markdown
from warehouse.load import sql_files

DOCUMENT = Path(__file__).parent.parent / "docs" / "dictionary.md"
CONTRACT = set(
    """documents meetings directives measures people issuers regions categories figures citations slogans repairs
rejects loads events indicators forwards quality corrections v_directives v_measures v_meetings v_adoption v_coverage
v_changes v_quality""".split()  # noqa: SIM905
)
TABLES = describe_schema()


def has_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def test_the_document_is_what_the_sql_files_say() -> None:
    assert DOCUMENT.read_text("utf-8") == to_markdown(TABLES), (
        "run: python -m warehouse dictionary > docs/dictionary.md"
    )


def test_every_table_and_view_of_the_contract_is_there() -> None:
    assert {table.name for table in TABLES} >= CONTRACT


def test_one_object_a_file_named_after_it() -> None:
    files = {path.stem[3:] for folder in ("schema", "marts", "views") for path in sql_files(folder)}
    assert files == {table.name for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_and_its_columns_have_comments_in_both_languages(table: Table) -> None:
    undescribed = [
        name
        for name, english, chinese in (
            (table.name, table.comment_en, table.comment_zh),
            *((column.name, column.comment_en, column.comment_zh) for column in table.columns),
        )
        if not english or not has_chinese(chinese) or english[-1] not in ".?"
    ]
    assert undescribed == []


def test_a_comment_is_split_at_its_last_bar() -> None:
    assert split_comment("Unit: 元, 人, %. | 单位") == ("Unit: 元, 人, %.", "单位")
    assert split_comment("a | b | 丙") == ("a | b", "丙")
    assert split_comment("English only.") == ("English only.", "")
    assert split_comment(None) == ("", "")


def test_the_page_escapes_what_markdown_would_eat() -> None:
    table = Table("t", "table", "One.", "一", 1234, (Column("c", "STRUCT(a|b)", "x | y\nz.", "二"),))
    page = to_markdown([table], note="A note.", counts=True)
    assert "A note." in page
    assert "### t (1,234 rows)" in page
    assert "| `c` | STRUCT(a\\|b) | x \\| y z. | 二 |" in page
