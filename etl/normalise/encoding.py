"""Bytes to text: which encoding they are in, and a clear refusal where none fits. Imports normalise.language.

The order of belief: a byte order mark; strict UTF-8; what the page declares (gb2312 and gbk read as gb18030); then
whichever of GB18030, Big5 and UTF-16 reads most like Chinese. All but the first two are scored, because Big5 reads as
GB18030 without a single error. Nothing is ever dropped: bytes that fit nowhere become U+FFFD, and too many reject.
"""

from __future__ import annotations

import codecs
import re

from etl.errors import EncodingError
from etl.normalise.language import load_language

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
KNOWN = {"gb18030", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be", "hz"}
SIGNATURES = (  # first bytes of what is no text, and what it is
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
THRESHOLD = 0.6  # share of common characters among the non-ASCII ones that a candidate needs
BROKEN = 0.1  # share of U+FFFD among the non-ASCII characters up to which an encoding still fits
BROKEN_FEW = 3  # and as many are forgiven in a short text
TRUST = 0.05  # what the declared encoding's score gains
SCORED = 20_000  # characters looked at
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LATIN = re.compile(r"[\x00-\x7f]+")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in; a byte order mark is taken off.

    decode("会议".encode("gb18030")) == ("会议", "gb18030")
    Raises EncodingError where the bytes are no text, or no encoding reads like Chinese.
    """
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise EncodingError(f"binary: the bytes begin as {what} does ({data[:8]!r}); convert it to text first")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_decode_marked(data[len(mark) :], encoding), data), encoding
    wide = _looks_wide(data)
    if not wide:
        try:
            return _checked(data.decode("utf-8"), data), "utf-8"
        except UnicodeDecodeError:
            pass
    candidates = [] if wide else ["gb18030", "big5hkscs", "utf-8"]
    if len(data) % 2 == 0:
        candidates += ["utf-16-le", "utf-16-be"]
    named = DECLARED.get((declared or "").strip().lower(), (declared or "").strip().lower())
    if named in KNOWN and named not in candidates:
        candidates.append(named)
    scored = [
        (_score(text) + (TRUST if encoding == named else 0), encoding, text)
        for encoding in candidates
        for text in [_lenient(data, encoding)]
    ]
    score, encoding, text = max(scored, key=lambda s: s[0])
    if score < THRESHOLD:
        raise EncodingError(_refusal(data, named, score, encoding))
    return _checked(text, data), encoding.replace("big5hkscs", "big5")


def _decode_marked(data: bytes, encoding: str) -> str:
    """After a byte order mark: broken bytes become U+FFFD, and a text of them is refused."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(BROKEN_FEW, len(text) * BROKEN):
        first = text.index("\ufffd")
        raise EncodingError(
            f"the byte order mark says {encoding}, but {broken} places do not decode, the first at character {first}; "
            "save the file as UTF-8"
        )
    return text


def _looks_wide(data: bytes) -> bool:
    """Whether bytes look like UTF-16: many NULs, almost all at odd or almost all at even places."""
    head = data[:SCORED]
    if head.count(0) * 50 < len(head):
        return False
    even, odd = head[::2].count(0), head[1::2].count(0)
    return len(data) % 2 == 0 and max(even, odd) > 8 * min(even, odd)


def _lenient(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _score(text: str) -> float:
    """Share of common characters among the non-ASCII ones; 0 where too many bytes did not decode."""
    foreign = LATIN.sub("", text[:SCORED])
    if not foreign:
        return 0.0
    common = load_language().common
    broken = foreign.count("\ufffd")
    if broken > max(BROKEN_FEW, len(foreign) * BROKEN) or broken * 2 > len(foreign):
        return 0.0
    return sum(c in common for c in foreign) / len(foreign)


def _checked(text: str, data: bytes) -> str:
    """The text, unless control characters give away that it is none."""
    controls = len(CONTROLS.findall(text[:SCORED]))
    if controls > 8 and controls * 20 > len(text[:SCORED]):
        raise EncodingError(
            f"binary: {controls} control characters in the first {len(text[:SCORED])}, the bytes begin {data[:8]!r}; "
            "convert it to text first"
        )
    return text


def _refusal(data: bytes, declared: str, score: float, encoding: str) -> str:
    try:
        data.decode("utf-8")
        place, value = 0, 0
    except UnicodeDecodeError as error:
        place, value = error.start, data[error.start]
    said = f", declared as {declared!r}" if declared else ""
    return (
        f"no encoding fits{said}: not UTF-8 (byte 0x{value:02x} at {place}), and the best other guess, {encoding}, "
        f"gives {score:.0%} common characters where {THRESHOLD:.0%} are needed; save the file as UTF-8"
    )
