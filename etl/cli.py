"""python -m etl …: arguments only."""

from __future__ import annotations

import json
from pathlib import Path

import click

from etl.lexicon import load_lexicon
from etl.pipeline import extract as extract_document
from etl.pipeline import to_record
from etl.records import RawDocument


@click.group()
def main() -> None:
    """Read announcements, extract what was ordered, load the warehouse."""


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
def extract(sources: tuple[Path, ...]) -> None:
    """Write extraction records, one JSON object a line."""
    lexicon = load_lexicon()
    for source in sources:
        for path in sorted(source.rglob("*.txt")) if source.is_dir() else [source]:
            raw = RawDocument(
                f"{source.name}/{path.relative_to(source)}" if source.is_dir() else path.name, path.read_bytes()
            )
            click.echo(json.dumps(to_record(extract_document(raw, lexicon)), ensure_ascii=False))
