"""Import directions of the house (DESIGN.md): who may know whom, read out of the source."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

from etl.lexicon import load_lexicon
from etl.pipeline import extract
from etl.records import RawDocument
from warehouse.settings import ROOT

PACKAGES = ("etl", "warehouse", "dashboard")
# modules of etl below the build: they compute, and read nothing but their data files through etl.lexicon
PURE = ("etl.pipeline", "etl.segment", "etl.records", "etl.normalise", "etl.extract", "etl.stage", "etl.validate")
IO_MODULES = {"duckdb", "glob", "http", "io", "os", "requests", "shutil", "socket", "sqlite3", "subprocess"}
IO_MODULES |= {"sys", "tempfile", "urllib.request"}
IO_CALLS = {"open", "input", "print"}


def module_name(path: Path) -> str:
    """etl/extract/dates.py → etl.extract.dates; a package is its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources() -> dict[str, Path]:
    """Every module of the three packages."""
    return {
        module_name(path): path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "data" not in path.relative_to(ROOT).parts and path.name != "__main__.py"  # data's scripts are no modules
    }


@cache
def imports(module: str) -> frozenset[str]:
    """Modules that a module names in its imports, at any depth of its code."""
    path = sources()[module]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name, so that this test can read it"
            assert node.module
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def imported_packages(module: str) -> set[str]:
    return {name.split(".")[0] for name in imports(module)}


def modules_of(*packages: str) -> list[str]:
    return [name for name in sources() if any(name == p or name.startswith(f"{p}.") for p in packages)]


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("dashboard", {"etl"}), ("etl", {"dashboard"}), ("warehouse", {"etl", "dashboard"})],
)
def test_packages_keep_apart_when_imports_are_read(package: str, forbidden: set[str]) -> None:
    assert len(modules_of(package)) > 1
    offenders = {name: sorted(imported_packages(name) & forbidden) for name in modules_of(package)}
    assert {name: found for name, found in offenders.items() if found} == {}


def test_extractors_do_not_import_each_other() -> None:
    extractors = modules_of("etl.extract")
    assert len(extractors) >= 9
    offenders = {
        name: sorted(other for other in imports(name) if other.startswith("etl.extract."))
        for name in extractors
        if any(other.startswith("etl.extract.") for other in imports(name))
    }
    assert offenders == {}


def test_only_the_build_side_of_etl_imports_warehouse() -> None:
    allowed = {"etl.build", "etl.cli", "etl.copies", "etl.corrections", "etl.indicators", "etl.load", "etl.quality"}
    allowed |= {"etl.status"}
    found = {name for name in modules_of("etl") if "warehouse" in imported_packages(name)}
    assert found <= allowed


def test_few_modules_import_warehouse_in_the_dashboard() -> None:
    found = {name for name in modules_of("dashboard") if "warehouse" in imported_packages(name)}
    assert {name for name in found if name.split(".")[1] not in {"builds", "ask", "corrections"}} == set()


@pytest.mark.parametrize("module", [name for name in modules_of(*PURE) if name != "etl.stage"])
def test_pipeline_and_below_do_no_input_or_output(module: str) -> None:
    assert imports(module) & IO_MODULES == frozenset()
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(sources()[module].read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls & IO_CALLS == set()


def test_nothing_is_opened_when_lists_are_loaded_and_documents_extracted() -> None:
    lexicon = load_lexicon()
    texts = sorted((ROOT / "etl" / "sample").glob("*-d0[1-3].txt"))
    documents = [RawDocument(path.name, path.read_bytes()) for path in texts]
    assert len(documents) > 10
    extract(documents[0], lexicon)  # lists load when they are first asked for
    events: list[str] = []
    is_watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if is_watching and event in {"open", "socket.connect", "subprocess.Popen", "os.system"}:
            events.append(f"{event} {arguments[0]}")

    sys.addaudithook(watch)
    for raw in documents:
        extract(raw, lexicon)
    is_watching = False  # an audit hook cannot be taken away
    assert events == []


def test_modules_say_what_they_are_when_opened() -> None:
    silent = [name for name, path in sources().items() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_no_module_is_named_for_nothing() -> None:
    assert [name for name in sources() if name.split(".")[-1] in {"utils", "util", "helpers", "common", "misc"}] == []
