"""Characters that stand for others: full-width letters, look-alike radicals, entities, invisible characters.

Letters, digits and the signs between them become half width (１０：３０ → 10：30, ％ → %); Chinese punctuation is
left to `punctuation`. Spaces of every width become a plain one, line ends `\\n`. Imports draft and lexicon.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from etl.lexicon.tables import DATA, read_table
from etl.normalise.draft import Draft, Edit

FULL_WIDTH_KEPT = "！（），：；？～"  # Chinese punctuation that shares the block of full-width letters
ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z]{2,8}\d{0,2};|nbsp(?![A-Za-z]))")
CIRCLE = re.compile(r"(?<=[一二三四五六七八九〇零○◯])[○◯](?=[一二三四五六七八九〇零○◯年])")  # 二○二○年 → 二〇二〇年
CHINESE_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTables:
    """What single characters become, and patterns that find where there is anything to do."""

    translation: dict[int, str]  # one for one
    longer: dict[str, str]  # one for several: ㈠ → （一）, ⒈ → 1.
    odd: re.Pattern[str]  # any character with an entry in either table, or one beyond U+FFFF, which may have
    dropped: re.Pattern[str]  # a character that shows nothing
    resized: re.Pattern[str]  # dropped, longer, or a carriage return before a line feed


def _points(*ranges: tuple[int, int]) -> str:
    return "".join(map(chr, (p for first, last in ranges for p in range(first, last + 1))))


# Zero-width, direction and variation marks; the controls except tab and line ends; the byte order mark.
INVISIBLE = _points(
    *((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB)),
)
VARIATIONS = "\U000e0100\U000e01ef"  # first and last of the variation selectors beyond
LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@cache
def load_tables() -> CharacterTables:
    """The tables, from Unicode's own decompositions and etl/data/lookalikes.tsv. Raises LexiconError."""
    one: dict[str, str] = {chr(p): chr(p - 0xFEE0) for p in range(0xFF01, 0xFF5F) if chr(p) not in FULL_WIDTH_KEPT}
    for point in [*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]:
        plain = unicodedata.normalize("NFKC", chr(point))
        if plain != chr(point) and len(plain) == 1:
            one[chr(point)] = plain
    for row in read_table(DATA / "lookalikes.tsv", unique=("look_alike",)):
        one[row["look_alike"]] = row["meant"]
    one |= dict.fromkeys(SPACES, " ") | dict.fromkeys(LINE_ENDS, "\n")
    one |= {"・": "·", "･": "·", "‧": "·", "∙": "·", "ɡ": "g", "ɑ": "a", "￥": "¥"}
    longer = {chr(0x3220 + i): f"（{n}）" for i, n in enumerate(CHINESE_NUMERALS)}
    longer |= {chr(0x2474 + i): f"（{i + 1}）" for i in range(20)}
    longer |= {chr(0x2488 + i): f"{i + 1}." for i in range(20)}
    # A class that lists characters beyond U+FFFF one by one is 20 times slower: they come as ranges, tried second.
    odd = "".join(re.escape(c) for c in [*one, *longer, *INVISIBLE, "\r"] if c < "\U00010000")
    dropped = f"[{''.join(re.escape(c) for c in INVISIBLE)}]|[{VARIATIONS[0]}-{VARIATIONS[-1]}]"
    return CharacterTables(
        translation={ord(a): b for a, b in one.items()},
        longer=longer,
        odd=re.compile(f"[{odd}]|[\U00010000-\U0010ffff]"),
        dropped=re.compile(dropped),
        resized=re.compile(f"{dropped}|[{''.join(longer)}]|\r\n?"),
    )


def clean(text: str) -> str:
    """The text as `clean_characters` leaves it, for titles and other strings without positions."""
    return clean_characters(Draft(text, text)).text


def clean_characters(draft: Draft) -> Draft:
    """⻄安１０人&nbsp;→ 西安10人: look-alikes, widths, entities, invisible characters and line ends."""
    tables = load_tables()
    if "&" in draft.text:
        draft = draft.edit(_entities(draft.text))
    if tables.odd.search(draft.text):
        draft = draft.recast(draft.text.translate(tables.translation))
        edits = [
            Edit(m.start(), m.end(), "\n" if m[0][0] == "\r" else tables.longer.get(m[0], ""))
            for m in tables.resized.finditer(draft.text)
        ]
        draft = draft.edit(edits)
    if "○" in draft.text or "◯" in draft.text:
        draft = draft.recast(CIRCLE.sub("〇", draft.text))
    return draft


def _entities(text: str) -> list[Edit]:
    """Edits for HTML entities left in text, doubly escaped ones too: &amp;ldquo; → “."""
    edits = []
    for m in ENTITY.finditer(text):
        plain = m[0]
        for _ in range(4):
            plain = html.unescape(plain)
            if "&" not in plain:
                break
        if plain != m[0]:
            edits.append(Edit(m.start(), m.end(), plain))
    return edits
