"""The sieve before extraction: lets announcements of every kind and encoding through, stops the rest of a crawl."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import opencc
import pytest

from etl.read.sieve import may_be_announcement
from warehouse.settings import ROOT

SHARED = ROOT.parent / "shared"
CASES = Path(__file__).parent / "cases"
ANNOUNCEMENTS = sorted((ROOT / "etl" / "sample").glob("*.txt"))
OTHERS = sorted((CASES / "other_pages").glob("*.txt"))

traditional = opencc.OpenCC("s2t").convert


def with_readings(text: str) -> str:
    """Every second character followed by a reading in brackets."""
    dice = random.Random(1)
    return "".join(c + "(xìn)" if "\u4e00" <= c <= "\u9fff" and dice.random() < 0.5 else c for c in text)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "gb18030": lambda text: text.encode("gb18030"),
    "big5": lambda text: traditional(text).encode("big5hkscs", "ignore"),
    "utf-16": lambda text: text.encode("utf-16"),
    "traditional with readings": lambda text: with_readings(traditional(text)).encode(),
    "numbered characters": lambda text: "".join(c if c < "\x80" else f"&#{ord(c)};" for c in text).encode(),
    "one byte broken": lambda text: text.encode()[1:],
    "in a page": lambda text: f"<html><body><nav>首页 | 新闻</nav><p>{text}</p></body></html>".encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_announcements_pass_in_any_encoding(encoding: str) -> None:
    stopped = [p.name for p in ANNOUNCEMENTS if not may_be_announcement(ENCODINGS[encoding](p.read_text("utf-8")))]
    assert len(ANNOUNCEMENTS) > 200
    assert len(stopped) <= len(ANNOUNCEMENTS) // 100, stopped


@pytest.mark.parametrize(
    "text",
    [
        "东岭县全域静态管理通告\n自即日起全县静态管理，商场停业，请勿外出，违者追究责任。",
        "告家长书\n行程卡带星的学生暂停返校，改为线上教学，请您督促孩子。",
        "东岭县民政局提示\n养老机构暂停探视，护理员返岗前集中隔离，禁止外来人员入内。",
    ],
)
def test_announcements_pass_that_do_not_name_the_epidemic(text: str) -> None:
    assert may_be_announcement(text.encode())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_pages_are_stopped_in_any_encoding(encoding: str) -> None:
    passed = [p.name for p in OTHERS if may_be_announcement(ENCODINGS[encoding](p.read_text("utf-8")))]
    assert len(OTHERS) > 15
    assert passed == []


def test_labelled_pages_pass_that_order_something() -> None:
    for label in sorted((CASES / "pages").glob("*.json")):
        page = next(p for p in label.parent.glob(f"{label.stem}.*") if p.suffix != ".json")
        if json.loads(label.read_text("utf-8"))["directives"]:
            assert may_be_announcement(page.read_bytes()), page.name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the seeds are not part of the project")
def test_seeds_pass() -> None:
    assert all(may_be_announcement(p.read_bytes()) for p in (SHARED / "corpus" / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b"\xff\xfe", b"(" * 100_000, b"&#" * 100_000, b"\xe7\x96" * 50_000]
)
def test_nothing_passes_that_is_no_text(data: bytes) -> None:
    assert not may_be_announcement(data)
