"""docs/sql.md: every example runs, as it stands, on the sample."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.connection import published_path
from warehouse.sandbox import run_query
from warehouse.settings import ROOT

PAGE = ROOT / "docs" / "sql.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
EXAMPLES = [(match[1], match[2]) for match in BLOCK.finditer(PAGE.read_text("utf-8"))]
SECONDS = 60


def examples(language: str) -> list[str]:
    return [code for name, code in EXAMPLES if name == language]


@pytest.fixture
def desk(tmp_path: Path, sample_warehouse: Path) -> Path:
    """A folder as the page supposes it: data/ is the warehouse."""
    (tmp_path / "data").symlink_to(sample_warehouse)
    return tmp_path


def run(command: list[str], desk: Path) -> str:
    environment = os.environ | {
        "WAREHOUSE_DIR": str(desk / "data"),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_page_has_examples_of_every_kind() -> None:
    assert {language for language, _ in EXAMPLES} == {"sql", "sh", "python", "r"}
    assert len(EXAMPLES) >= 18


@pytest.mark.parametrize("code", examples("sql"))
def test_sql_example_has_rows_when_run_in_the_sandbox(code: str, sample_warehouse: Path) -> None:
    assert run_query(code, database=published_path(sample_warehouse)).rows


@pytest.mark.parametrize("code", examples("python"))
def test_python_example_prints_something_when_run(code: str, desk: Path) -> None:
    assert run([sys.executable, "-c", code], desk).strip()


@pytest.mark.parametrize("line", [line for code in examples("sh") for line in code.splitlines()])
def test_shell_example_succeeds_when_run(line: str, desk: Path) -> None:
    if (
        "duckdb -readonly" in line
        and not (Path(sys.executable).parent / "duckdb").exists()
        and not shutil.which("duckdb")
    ):
        pytest.skip("the duckdb client is not installed")
    printed = run(["bash", "-euo", "pipefail", "-c", line], desk)
    assert printed.strip() or "export" in line or "COPY" in line


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("code", examples("r"))
def test_r_example_prints_something_when_run(code: str, desk: Path) -> None:
    assert run(["Rscript", "-e", code], desk).strip()
