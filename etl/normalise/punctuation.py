"""Chinese punctuation: half-width marks between Chinese characters become full-width. Imports draft only.

Never inside numbers (1,300; 10:30), Latin text or addresses (https://…): a mark is changed only beside a Chinese
character, brackets and quotation marks only in pairs of which one side touches one. All is one for one, except marks
that stand twice (，， → ，; mirrors put commas beside others: ，、 → 、) and << >>, which become 《》.
"""

from __future__ import annotations

import re

from etl.normalise.draft import Draft, Edit
from etl.normalise.pinyin import is_han

MARK = re.compile(r"[,;:?!().\"]")
PLAIN = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
ALWAYS = str.maketrans("｡､｢｣「」『』﹁﹂﹃﹄﹐﹑﹒﹔﹕﹖﹗﹙﹚︰〝〞", "。、“”“”‘’“”‘’，、。；：？！（）：“”")
ODD = re.compile("[｡､｢｣「」『』﹁﹂﹃﹄﹐﹑﹒﹔﹕﹖﹗﹙﹚︰〝〞]")
MET = re.compile("[，、。；：？！]{2}")  # looked for first, in a fifth of the time
TWICE = re.compile("(?<=、)、+|(?<=。)。+|(?<=；)；+|(?<=：)：+|(?<=[，、。；：？！])，+|，+(?=[、。；：？！])")
ANGLES = re.compile(r"<<(?=[^\s<>]{1,100}>>)|(?<=[^\s<>])>>")
ORDINAL_DOT = re.compile(r"(?:^|\n)\s*[一二三四五六七八九十]{1,3}$")
OPEN_BRACKETS = 64  # nesting looked after


def fix_punctuation(draft: Draft) -> Draft:
    """会上,与会人员(共20人)学习“通知”;10:30结束. → 会上，与会人员（共20人）学习“通知”；10:30结束。"""
    text = draft.text
    if ODD.search(text):
        draft = draft.recast(text := text.translate(ALWAYS))
    if "<<" in text:
        draft = draft.edit(_angles(text))
        text = draft.text
    found = [m.start() for m in MARK.finditer(text)]
    if found:
        characters = list(text)
        _brackets(text, characters)
        if '"' in text:
            _quotes(text, characters)
        dots = "。" not in text or _dots(text) > text.count("。")
        for i in found:
            mark = text[i]
            if (mark in ",;:?!" or (mark == "." and dots)) and _is_chinese_mark(draft, text, i, mark):
                characters[i] = PLAIN[mark]
        draft = draft.recast("".join(characters))
    if MET.search(draft.text):
        draft = draft.edit([Edit(*m.span(), "", "doubled-mark") for m in TWICE.finditer(draft.text)])
    return draft


def touches(character: str) -> bool:
    """Whether a neighbour makes a mark a Chinese one: a Chinese character or full-width punctuation."""
    return is_han(character) or character in "，。、；：？！（）“”‘’《》〈〉【】〔〕…—·％"


def _is_chinese_mark(draft: Draft, text: str, i: int, mark: str) -> bool:
    before = text[i - 1] if i else "\n"
    after = text[i + 1] if i + 1 < len(text) else "\n"
    if mark in ",;:":
        return touches(before) or (touches(after) and before not in "\n ")
    if mark == "?":
        return touches(before) and before != "？" and after != "?" and not draft.touched(i, i + 1)
    if mark == "!":
        return touches(before)
    return is_han(before) and (is_han(after) or after in "\n ”’）") and not ORDINAL_DOT.search(text[max(0, i - 8) : i])


def _dots(text: str) -> int:
    """How many dots stand between Chinese characters, or behind one at a line's end."""
    return len(re.findall(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff\n]|$)", text))


def _brackets(text: str, characters: list[str]) -> None:
    """Widen half-width brackets, both of a pair alike."""
    opened: list[int] = []

    def beside_chinese(i: int) -> bool:
        return (i > 0 and touches(text[i - 1])) or (i + 1 < len(text) and touches(text[i + 1]))

    for m in re.finditer(r"[()（）\n]", text):
        i, mark = m.start(), m[0]
        if mark == "\n":
            opened.clear()
        elif mark in "(（":
            if len(opened) < OPEN_BRACKETS:
                opened.append(i)
        else:
            start = opened.pop() if opened else None
            if start is None:
                if mark == ")" and beside_chinese(i):
                    characters[i] = "）"
            elif beside_chinese(i) or beside_chinese(start) or text[start] == "（" or mark == "）":
                characters[start], characters[i] = "（", "）"


def _quotes(text: str, characters: list[str]) -> None:
    """Turn straight quotation marks of a line into “ and ” by turns, where the pair touches Chinese."""
    for line in re.finditer(r"[^\n]*\"[^\n]*", text):
        places = [line.start() + m.start() for m in re.finditer('"', line[0])]
        for start, end in zip(places[::2], places[1::2], strict=False):
            around = (
                text[start - 1 : start] + text[start + 1 : start + 2] + text[end - 1 : end] + text[end + 1 : end + 2]
            )
            if any(map(touches, around)):
                characters[start], characters[end] = "“", "”"


def _angles(text: str) -> list[Edit]:
    return [Edit(m.start(), m.end(), "《" if m[0] == "<<" else "》") for m in ANGLES.finditer(text)]
