"""Repair of GBK text whose bytes fell out of step. Imports draft, language, pinyin, script.

A mirror site replaced the bytes A3 BF (a full-width question mark) by 3F wherever they lay, also where they are the
second half of one character and the first half of the next. What follows is read shifted by one byte until something
puts it back into step: 。口岸 becomes ??诎…. Pinyin put in by bytes has the same effect: 日報(bào)告 becomes
日?qǐng)?bào)告, because the second byte of 日 and the first of 報 together are 請, read qǐng.

The repair walks each damaged line once with all readings of it side by side: in step as it stands, or out of step
with some byte left over. The cheapest walk in the sense of `language` wins; it must be cheaper than the text as it
stands by a clear margin, else the place is only marked.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from etl.normalise.draft import Draft, Edit
from etl.normalise.language import Language, load_language, load_words
from etl.normalise.pinyin import LETTERS, load_readings, spelled
from etl.normalise.script import detect_script, load_tables, simplified_to_traditional

READING = rf"\(?([{LETTERS}]{{1,7}})\)"
DOUBTFUL = re.compile(
    rf"\ufffd|\?[{LETTERS}]{{1,7}}\)|\?(?=[\u0391-\u0451\u2010-\u33ff\u3400-\u9fff\ue000-\ue765\uff01-\uffe6])"
)
TOKEN = re.compile(rf"([?\ufffd])(?:{READING})?|([^\x00-\x7f])(?:[(（][{LETTERS}]{{1,7}}[)）])?|(.)", re.DOTALL)
HALF_WIDTH = str.maketrans(",.;:?!()\n0123456789", "，。；：？！（）¶0000000000")
BRACKETS = re.compile("[（()）]")
DAY = re.compile(r"(?<=0)[日号]$")  # makes no word with what follows: 31日常
LEADS = range(0x81, 0xFF)
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
LONGEST_LINE = 2_000  # characters walked from a doubtful place on
MOST_MARKS = 40  # marks in a line that is walked: one with more is noise
MOST_TRIALS = 400  # and in all lines of a document

# Half bits that each kind of damage costs beforehand, so that it is believed only where it pays.
LOST_MARK = 12  # a mark that stands where it stands
NEXT_MARK = 22  # the same right behind another
LOST_READING = 40  # the same before a stray reading, which no sound text has
HEAD = 18  # A3 BF lost, out of step from here
HEAD_ALONE = 26  # A3 BF lost and in step at once
PINYIN_HEAD = 10  # pinyin put between the bytes
INNER = 10  # A3 BF lost while out of step
TAIL = 10  # the last half of a character lost, in step again
SILENT_TAIL = 22  # the same without a mark
GAIN = 24  # by how much a repaired stretch must be cheaper than as it stands
CONTEXT = 4  # characters before a mark that are walked with it
HOPELESS = 80  # by how much a walk may be dearer than the cheapest before it is given up
BEST = 8  # candidates that are compared word by word
STOP_BONUS = 5  # what 。 is ahead of other characters: most lost ones are one
WORD_TRUST = 24  # how far behind the best a character may be that alone makes a word of three or four
FOREIGN = 12  # what a character of the other script costs
DOUBT = 7  # by how much the chosen character must beat the next best where bytes are lost


class Token(NamedTuple):
    """A character of a damaged line with the bytes it would have had in GBK."""

    start: int
    end: int
    text: str  # the character; "?" or "\ufffd" for a mark of lost bytes
    data: bytes  # two bytes of a wide character, one of ASCII, none of a mark or of what GBK lacks
    is_mark: bool
    reading: str | None  # pinyin behind a mark


class Walk(NamedTuple):
    """One way to read the line up to a token; a linked list."""

    cost: int
    before: str  # the last character read, simplified
    parent: Walk | None
    at: int  # tokens read
    read: str | None  # what the last step reads; None where the token stands as it is


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """What a text of one script is read with."""

    language: Language
    is_traditional: bool
    trail_a3: tuple[str, ...]  # characters whose second byte is A3: 。停海
    lead_bf: tuple[str, ...]  # and those whose first byte is BF: 开口科

    def foreign(self, character: str) -> int:
        """What a character costs that texts of the script do not use: 綫 beside 線, 約 in a simplified text."""
        simple = plain(character)
        usual = (simplified_to_traditional().get(simple, simple) if self.is_traditional else simple) or character
        return 0 if character in usual else FOREIGN


def pair(first: int, second: int) -> str:
    """The character of two bytes; "" where there is none."""
    return _decode_pair(first << 8 | second)


@lru_cache(maxsize=65536)
def _decode_pair(value: int) -> str:
    first, second = value >> 8, value & 0xFF
    if second < 0x40 or second == 0x7F or not 0x81 <= first <= 0xFE:
        return ""
    try:
        return bytes((first, second)).decode("gb18030")
    except UnicodeDecodeError:
        return ""


def plain(character: str) -> str:
    """The character as the costs know it: simplified, punctuation full-width."""
    return (
        load_tables().characters.get(ord(character), character)
        if character > "\x7f"
        else character.translate(HALF_WIDTH)
    )


@cache
def load_reader(is_traditional: bool) -> Reader:
    """The reader of simplified or of traditional text."""
    language = load_language()

    def usual(characters: Iterable[str]) -> tuple[str, ...]:
        return tuple(c for c in characters if c and language.single.get(plain(c), 99) < 36)

    trail_a3 = usual(pair(lead, 0xA3) for lead in LEADS)
    lead_bf = usual(pair(0xBF, trail) for trail in TRAILS)
    return Reader(language, is_traditional, trail_a3, lead_bf)


def repair_shifted(draft: Draft) -> Draft:
    """協同??诎堵?lián)防 → 協同。口岸聯防, each repair recorded; doubtful places are marked and left alone."""
    text = draft.text
    if "?" not in text and "\ufffd" not in text:
        return draft
    reader = load_reader(detect_script(text, 0) != "hans")
    edits: list[Edit] = []
    done = 0  # text before it has been looked at
    trials = 0
    for m in DOUBTFUL.finditer(text):
        if m.start() < done:
            continue
        start = max(done, text.rfind("\n", done, m.start()) + 1, m.start() - 40)
        end = text.find("\n", m.start())
        end = min(len(text) if end < 0 else end + 1, start + LONGEST_LINE)
        done = end
        marks = text.count("?", start, end) + text.count("\ufffd", start, end)
        trials += marks
        if marks <= MOST_MARKS and trials <= MOST_TRIALS:
            edits += repair_line(reader, text, start, end)
    return draft.edit(edits)


def repair_line(reader: Reader, text: str, start: int, end: int) -> list[Edit]:
    """Edits for one line."""
    tokens = _tokens(text, start, end)
    edits = _stretches(reader.language, tokens, _cheapest(reader, tokens))
    return edits + _marks(tokens, edits) if not edits else sorted(edits + _marks(tokens, edits))


def _tokens(text: str, start: int, end: int) -> list[Token]:
    tokens = []
    for m in TOKEN.finditer(text, start, end):
        mark, reading, wide, other = m.groups()
        if mark:
            tokens.append(Token(m.start(), m.end(), mark, b"", True, spelled(reading) if reading else None))
        else:
            character = wide or other
            data = character.encode("gb18030", "replace")
            tokens.append(Token(m.start(), m.end(), character, data if len(data) < 3 else b"", False, None))
    return tokens


def _cheapest(reader: Reader, tokens: list[Token]) -> Walk:
    """The cheapest walk over all tokens that ends in step. Linear: at each token a handful of walks is kept."""
    walks: list[dict[int, Walk]] = [{} for _ in range(len(tokens) + 1)]  # by token, by byte left over; -1: in step
    walks[0][-1] = Walk(0, "¶", None, 0, None)

    def offer(at: int, left: int, walk: Walk) -> None:
        held = walks[at].get(left)
        if held is None or walk.cost < held.cost:
            walks[at][left] = walk

    marks = deque(i for i, token in enumerate(tokens) if token.is_mark)
    i = 0
    while i < len(tokens):
        here = walks[i]
        while marks and marks[0] < i:
            marks.popleft()
        if len(here) == 1 and -1 in here and not any(walks[i + 1 : i + 4]):
            # All ways are in step again: on to the next mark, a few characters before it for what they tell.
            ahead = max(i, marks[0] - CONTEXT) if marks else len(tokens)
            if ahead > i:
                walk = here.pop(-1)
                walks[ahead][-1] = Walk(walk.cost, plain(tokens[ahead - 1].text), walk, ahead, None)
                i = ahead
                continue
        cheapest = min((walk.cost for walk in here.values()), default=0)
        for left, walk in here.items():
            if left < 0:
                _step(reader, tokens, i, tokens[i], walk, offer)
            elif walk.cost < cheapest + HOPELESS:
                _stagger(reader, tokens, i, tokens[i], left, walk, offer)
        here.clear()
        i += 1
    last = walks[-1]
    for left, walk in list(last.items()):
        if left >= 0:
            _lose_tail(reader, tokens, len(tokens), None, left, walk, offer, SILENT_TAIL)
    return last[-1]


def _step(reader: Reader, tokens: list[Token], i: int, token: Token, walk: Walk, offer) -> None:
    """On from a place in step."""
    if not token.is_mark:
        character = plain(token.text)
        offer(i + 1, -1, Walk(walk.cost + reader.language.cost(walk.before, character), character, walk, i + 1, None))
        return
    behind = i > 0 and tokens[i - 1].is_mark
    cost = walk.cost + (LOST_READING if token.reading else NEXT_MARK if behind else LOST_MARK)
    offer(i + 1, -1, Walk(cost, "¶", walk, i + 1, None))
    if token.reading and i and len(tokens[i - 1].data) == 2:
        trail = tokens[i - 1].data[1]
        wanted = load_readings().characters.get(token.reading, frozenset())
        for lead in LEADS:
            if pair(trail, lead) in wanted:
                offer(i + 1, lead, Walk(walk.cost + PINYIN_HEAD, walk.before, walk, i + 1, ""))
    if behind and walk.read is None:
        return  # what began at the mark before is not begun again here
    marks = 1
    while marks < 3 and i + marks < len(tokens) and tokens[i + marks].is_mark and not tokens[i + marks - 1].reading:
        marks += 1
    nearest = i + marks
    if nearest == len(tokens) or tokens[nearest - 1].reading:
        return
    follower = tokens[nearest]
    if marks < 3 and follower.data and follower.data[0] >= 0x40 and pair(0xBF, follower.data[0]):
        first, sure = _choose(reader, _left(walk), reader.trail_a3, _right(tokens, nearest, 0xBF))
        cost = walk.cost + HEAD + reader.language.cost(walk.before, plain(first))
        offer(nearest, 0xBF, Walk(cost, plain(first), walk, nearest, first if sure else "?"))
    if marks > 1:
        chosen = _choose_two(reader, _left(walk), _right(tokens, nearest), follower.data[:1])
        if chosen:
            both, sure = chosen
            cost = walk.cost + HEAD_ALONE + reader.language.chain_cost("".join(map(plain, both)), walk.before)
            offer(nearest, -1, Walk(cost, plain(both[1]), walk, nearest, both if sure else "?" + both[1]))


def _stagger(reader: Reader, tokens: list[Token], i: int, token: Token, left: int, walk: Walk, offer) -> None:
    """On from a place out of step, with one byte left over."""
    if token.is_mark:
        _lose_tail(reader, tokens, i, token, left, walk, offer, TAIL)
        if token.text == "?" and not token.reading and (character := pair(left, 0xA3)):
            cost = walk.cost + INNER + reader.language.cost(walk.before, plain(character))
            offer(i + 1, 0xBF, Walk(cost, plain(character), walk, i + 1, character))
    elif len(token.data) == 2:
        character = pair(left, token.data[0])
        if character:
            cost = walk.cost + reader.language.cost(walk.before, plain(character))
            offer(i + 1, token.data[1], Walk(cost, plain(character), walk, i + 1, character))
    elif token.data and token.data[0] >= 0x40 and (character := pair(left, token.data[0])):
        cost = walk.cost + reader.language.cost(walk.before, plain(character))
        offer(i + 1, -1, Walk(cost, plain(character), walk, i + 1, character))
    else:
        _lose_tail(reader, tokens, i, None, left, walk, offer, SILENT_TAIL)


def _lose_tail(
    reader: Reader, tokens: list[Token], i: int, mark: Token | None, left: int, walk: Walk, offer, price: int
) -> None:
    """In step again: the second byte of the last character is lost, at a mark or silently before token i."""
    at = i + 1 if mark else i
    follower = tokens[at].data[:1] if mark and at < len(tokens) else b""
    candidates = [c for trail in TRAILS if (c := pair(left, trail)) and _breaks(trail, follower)]
    if mark and mark.reading:
        wanted = load_readings().characters.get(mark.reading, frozenset())
        candidates = [c for trail in TRAILS if (c := pair(left, trail)) in wanted]
    if "）" in candidates and not _is_in_brackets(tokens, walk):
        candidates.remove("）")
    if candidates:
        character, sure = _choose(reader, _left(walk), candidates, _right(tokens, at))
        cost = walk.cost + price + reader.language.cost(walk.before, plain(character))
        offer(at, -1, Walk(cost, plain(character), walk, at, character if sure else "?"))


def _choose(reader: Reader, left: str, candidates: Iterable[str], right: str) -> tuple[str, bool]:
    """The likeliest character between two stretches, and whether it is clearly so."""
    language = reader.language
    before, following = left[-1:] or "¶", right[:1]
    near = sorted(
        (language.cost(before, simple := plain(c)) + (language.cost(simple, following) if following else 0), simple, c)
        for c in candidates
    )

    def fit_of(simple: str) -> int:
        return language.fit(left + simple + right)

    ranked = sorted(
        (fit_of(simple) + reader.foreign(c) - (STOP_BONUS if simple == "。" else 0), cost, simple, c)
        for cost, simple, c in near[:BEST]
    )
    character, simple = ranked[0][3], ranked[0][2]
    if all(fit - ranked[0][0] >= DOUBT for fit, _, other, _ in ranked if other != simple):
        return character, True
    wordly = {simple: c for _, simple, c in near if _makes_word(left, simple, right)}
    if len(wordly) == 1:
        ((simple, word_character),) = wordly.items()
        if fit_of(simple) - ranked[0][0] < WORD_TRUST:
            return word_character, True
    return character, False


def _makes_word(left: str, character: str, right: str) -> bool:
    """Whether it makes a word of three or four characters with its neighbours: 磨刀 + 石."""
    around = left + character + right
    at = len(left)
    return any(
        around[start : start + length] in load_words()
        for length in (4, 3)
        for start in range(max(0, at - length + 1), min(at, len(around) - length) + 1)
    )


@lru_cache(maxsize=4096)
def _choose_two(reader: Reader, left: str, right: str, follower: bytes) -> tuple[str, bool] | None:
    """The likeliest 停靠 of all pairs x-A3 BF-y between two stretches, and whether its first half is clear too.

    None where not even the second is.
    """
    language = reader.language
    before, following = left[-1:] or "¶", right[:1] or "¶"
    seconds = [c for c in reader.lead_bf if _breaks(c.encode("gb18030")[1], follower)]
    seconds = sorted(seconds, key=lambda c: language.cost(plain(c), following))[:BEST]
    firsts = sorted(reader.trail_a3, key=lambda c: language.cost(before, plain(c)))[: 2 * BEST]
    ranked = sorted(
        (
            language.fit(left + plain(a) + plain(b) + right)
            + reader.foreign(a)
            + reader.foreign(b)
            - (STOP_BONUS if a == "。" else 0),
            a,
            b,
        )
        for a in firsts
        for b in seconds
    )
    if not ranked:
        return None
    best, first, second = ranked[0]
    rivals = [r for r in ranked if r[0] - best < DOUBT]
    if any(r[2] != second for r in rivals):
        return None
    return first + second, len(rivals) == 1


@lru_cache(maxsize=65536)
def _breaks(trail: int, follower: bytes) -> bool:
    """Whether a decoder would have stumbled over a byte and the one that follows, as a mark there says it did."""
    if not follower:
        return True
    try:
        (bytes((trail,)) + follower).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False


def _left(walk: Walk) -> str:
    """Up to three characters that were read before."""
    read = walk.before
    node = walk.parent
    while node is not None and len(read) < 4:
        read = node.before + read
        node = node.parent
    return DAY.sub("天", read.rpartition("¶")[2])[-3:]


def _is_in_brackets(tokens: list[Token], walk: Walk) -> bool:
    """Whether the last bracket read before opens one."""
    node: Walk | None = walk
    while node is not None and node.parent is not None:
        read = "".join(t.text for t in tokens[node.parent.at : node.at]) if node.read is None else node.read
        if found := BRACKETS.findall(read):
            return found[-1] in "（("
        node = node.parent
    return False


def _right(tokens: list[Token], at: int, left: int = -1) -> str:
    """Up to three characters that follow from token `at` on, in step or with one byte left over."""
    read = ""
    for token in tokens[at : at + 3]:
        if token.is_mark or (left >= 0 and len(token.data) != 2):
            break
        character = token.text if left < 0 else pair(left, token.data[0])
        left = left if left < 0 else token.data[1]
        read += plain(character)
    return read


def _stretches(language: Language, tokens: list[Token], walk: Walk) -> list[Edit]:
    """The repaired stretches of a walk that are clearly better than the text as it stands."""
    steps: list[tuple[Walk, Walk]] = []  # from, to
    while walk.parent is not None:
        steps.append((walk.parent, walk))
        walk = walk.parent
    steps.reverse()
    edits: list[Edit] = []
    i = 0
    while i < len(steps):
        if steps[i][1].read is None:
            i += 1
            continue
        first = i
        while i < len(steps) and steps[i][1].read is not None:
            i += 1
        opened, closed = steps[first][0].at, steps[i - 1][1].at
        after = "".join(step.read or "" for _, step in steps[first:i])
        before = steps[first][0].before
        gain = _standing_cost(language, before, tokens[opened:closed]) - language.chain_cost(
            "".join(map(plain, after)), before
        )
        if gain >= GAIN and after.strip("?"):
            edits.append(Edit(tokens[opened].start, tokens[closed - 1].end, after, "gbk-shift"))
    return edits


def _standing_cost(language: Language, before: str, tokens: list[Token]) -> int:
    total, behind = 0, False
    for token in tokens:
        character = plain(token.text)
        if token.is_mark:
            total += LOST_READING if token.reading else NEXT_MARK if behind else LOST_MARK
        else:
            total += language.cost(before, character)
        before, behind = ("¶", True) if token.is_mark else (character, False)
    return total


def _marks(tokens: list[Token], edits: list[Edit]) -> list[Edit]:
    """Marks that no repair took: recorded as damage, the text unchanged."""
    taken = {place for e in edits for place in range(e.start, e.end)}
    marks: list[Edit] = []
    for token in tokens:
        if token.is_mark and token.start not in taken:
            if marks and marks[-1].end == token.start:
                last = marks.pop()
                marks.append(Edit(last.start, token.start + 1, last.after + token.text, "gbk-shift-marked"))
            else:
                rule = "gbk-shift-marked" if token.reading or token.text == "\ufffd" else None
                marks.append(Edit(token.start, token.start + 1, token.text, rule))
    return [m for m in marks if m.rule]
