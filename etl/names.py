"""Person names: recognising them, and parting them from the titles glued to them. Imports lexicon only.

A name is only as good as its neighbours: after an office (组织部部长胡文容), before a person verb (胡文容指出), or in a
list whose other members are names. Nothing is read but the stretch of text that is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from etl.lexicon import Lexicon
from etl.lexicon.people import PersonWords

Support = Literal["title", "unit", "list", "bare"]

MIDDLE_DOT = "·•‧∙・･"
NOTED = re.compile("[（(](?:[男女]|(?:[男女][，,、]?)?[一-鿿]{1,5}族|挂职)[）)]")  # 白玉（女，回族）
IN_CLAUSE = r"[^，,。；;：:！!？?\n\r()（）《》“”\"【】\[\]|]"
CLAUSE = re.compile(f"{IN_CLAUSE}+")
NOTED_CLAUSE = re.compile(rf"{IN_CLAUSE}+(?:{NOTED.pattern}{IN_CLAUSE}*)*")
CONNECTOR = re.compile(r"[ \u3000]?(?:以及|、{1,3}|和|与|及|同(?!志))[ \u3000]?")
NOT_HAN = re.compile("[^一-鿿㐀-䶿]")
SPACES = re.compile(r"[ \u3000\xa0]{1,4}")
LISTED = re.compile(r".{2,16}?[、和与及 \u3000]")  # what a list may begin with
DOT = re.compile(f"[{MIDDLE_DOT}]")
DOTTED = re.compile(rf"[一-鿿㐀-䶿]{{1,8}}+[{MIDDLE_DOT}]")
# What may stand before a title in its clause and is no part of it.
BEFORE_TITLE = re.compile(
    r"(?:[\d年月日至、上下中午凌晨傍晚夜时分点许前]{2,}|昨天|今天|当天|当日|随后|会上|会前|会后|期间|由|和|与|及|以及|在|、|\s)+"
)
# What may stand before a name without title at the head of its clause.
LEAD_WORDS = (
    "由|会议由|以及|随后|随即|接着|紧接着|会上|会前|会后|之后|最后|同时|其中|此后|然后|期间|昨[天日晚]|今[天日晚]|当[天日晚]|次日"
    "|上午|下午|中午|凌晨|傍晚|晚上?|深夜"
)
LEAD_IN = re.compile(rf"(?:[\s■●]|{LEAD_WORDS}|\d{{1,4}}[年月日])+")
LEAD_HEADS = frozenset("■● \t\n\r\xa0\u30000123456789" + "".join(word[0] for word in LEAD_WORDS.split("|")))
NOT_LAST = frozenset("到市县区局厅处院组队站委部办街副的了是在对就等也赴于说并某已作率向从由还又及受给把被")
SELDOM_LAST = frozenset("可尚双以将村乡镇省州盟旗校再与讲因让")  # only where a title says that it is a name
AFTER_DOTTED = frozenset("在就对还说向率赴")  # ends a name with a middle dot, which seldom holds them
NOT_GIVEN = frozenset("的了是在对就等也并要于某")
DEMANDS = frozenset("要须将把请")  # 各单位一把手|要加大督导力度
HELD_SO = re.compile("[（(](?:挂职|兼|兼任|代|主持工作|[正副]?[处科厅局]级)[)）]")
APPOINTED = re.compile("会|任[^，。]{0,6}长")  # after a title: 常委会, 书记任组长
PRESIDES = re.compile("主持(?!.{0,4}工作)")
BODY = re.compile("政协|人大|市委|省委|区委|县委|工委|政府|常务|党组|党委|商会|联盟|市场|商场|超市|社区|小区")
# Characters that a transliterated name of four and more does not hold, although it may hold many others.
WORDY = re.compile("[会议工作办公专全各市县区省部委局队组员人民政党领导等主要单位企业同志们社村镇乡街道医院校长]")
# Characters of Mongolian, Tibetan and Turkic names written in Chinese, which may be longer than three characters.
TRANSLITERATED = frozenset(
    "斯琴毕力格布和巴特尔乌云其木额敦图雅娜仁苏荣宝音朝鲁孟克敖登高娃呼吉勒那日松达来旺扎西次多洛桑平措丹增尼玛索朗"
    "卓旦嘉白顿珠边央宗拉姆阿不都艾买提热依合江麦古丽帕哈吐逊沙赛努肯巴音别克叶塔兰才让东智杰仓群培楞郎嘎格德尕藏加措南增青尖华呷俄曲惹"
)


class Name(NamedTuple):
    """A person's name, the title before it, and where they stand."""

    text: str  # without inner spaces: 李  强 → 李强
    start: int
    end: int
    title: str | None = None
    title_start: int = 0  # equals start where there is no title
    kind: str | None = None  # of the title's last word: office | group | unit | body | byline


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """The word lists compiled."""

    words: PersonWords
    single: frozenset[str]
    compound: frozenset[str]
    heads: frozenset[str]  # first characters of family names
    title: re.Pattern[str]
    titled: re.Pattern[str]  # a title and what may be the head of a name, or a name before a verb
    opening: re.Pattern[str]  # a name with a verb or an office behind it
    honorific: re.Pattern[str]
    verb: re.Pattern[str]  # longest first
    told: re.Pattern[str]  # verbs of two characters and more that say that somebody is there


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> _Rules:
    words = lexicon.persons

    def choice(found: list[str]) -> str:
        return "|".join(sorted(map(re.escape, found), key=lambda w: (-len(w), w)))

    heads = "".join(sorted({s[0] for s, kind in words.surnames.items() if kind != "seldom"}))
    seldom = "".join(sorted(s for s, kind in words.surnames.items() if kind == "seldom"))
    telling = [w for w, r in words.verbs.items() if len(w) > 1 and r not in ("adverb", "absent")]
    longer = [w for w in words.verbs if len(w) > 1] + ["说"]
    offices = [w for w, kind in words.titles.items() if kind == "office"]
    return _Rules(
        words=words,
        single=frozenset(s for s in words.surnames if len(s) == 1),
        compound=frozenset(s for s in words.surnames if len(s) == 2),
        heads=frozenset(heads),
        title=re.compile(choice(list(words.titles))),
        honorific=re.compile(
            rf"(?:同志|总书记|先生|女士|(?:党委|党组|纪委|常务|第一|执行|代理?|总|副){{0,2}}(?:{choice(offices)})(?!会))"
        ),
        verb=re.compile(choice(list(words.verbs))),
        told=re.compile(choice(telling)),
        titled=re.compile(
            rf"(?:{choice(list(words.titles))})(?:同志)?[ \u3000\xa0]{{0,3}}"
            rf"(?:[{heads}{seldom}]|[一-鿿]{{2,7}}?(?:{choice(telling)})|.{{1,8}}[{MIDDLE_DOT}])"
        ),
        opening=re.compile(
            rf"[{heads}][一-鿿 \u3000]{{1,3}}"
            rf"(?:{choice(longer)}|同志|(?:常务|第一|执行|代|总|副){{0,2}}(?:{choice(offices)}))"
        ),
    )


def is_name(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` alone looks like a person's name and like no ordinary word.

    >>> [is_name(s, load_lexicon()) for s in ("诸葛宇杰", "帕尔哈提·吐尔逊", "方案", "成员")]
    [True, True, False, False]
    """
    name = _clean(text)
    if not 2 <= len(name) <= 20 or not all(_is_han(c) or c in MIDDLE_DOT for c in name):
        return False
    if any(dot in name[1:-1] for dot in MIDDLE_DOT):
        return True
    rules = _rules(lexicon)
    return _has_surname(name, rules) and not rules.title.search(name) and _is_plain(name, rules)


def find_names(text: str, start: int, end: int, lexicon: Lexicon) -> list[Name]:
    """Names in text[start:end] that their neighbours support, in order, each parted from the title before it.

    >>> [(n.title, n.text) for n in find_names("市委常委、组织部部长胡文容，副市长陈通分别部署", 0, 22, load_lexicon())]
    [('市委常委、组织部部长', '胡文容'), ('副市长', '陈通')]
    """
    rules = _rules(lexicon)
    names: list[Name] = []
    has_brackets = text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0
    for clause in (NOTED_CLAUSE if has_brackets else CLAUSE).finditer(text, start, end):
        start, stop = clause.span()
        found = _names_of_clause(text, start, stop, rules)
        if not found and names and stop - start < 4 and names[-1].end == start - 1 and text[start - 1] in "，,":
            # 副县长孙菁，黄旺，吕振参加会议: a list with commas
            found = [Name(text[start:stop], start, stop, None, start)] if _is_sure(text[start:stop], rules) else []
        names += found
    return names


def _names_of_clause(text: str, start: int, end: int, rules: _Rules) -> list[Name]:
    """Names between two punctuation marks, item by item of its list (、 parts items, not clauses)."""
    names: list[Name] = []
    lead = LEAD_IN.match(text, start, end) if text[start] in LEAD_HEADS else None
    at = lead.end() if lead else start
    if end - at < 3 or not _may_name(text, at, end, rules):
        return names  # most clauses name nobody
    fresh = True  # a bare name may stand here
    broken = False  # an item before it was no name, so it must look like one
    while at < end:
        comma = text.find("、", at, end)
        item_end = comma if comma >= 0 else end
        found = _bare_name(text, at, end, bool(names), rules) if fresh else None
        if found and broken and not _is_sure(found.text, rules):
            found = None
        if found is None:
            found = _titled_name(text, at, item_end, end, names[-1].end if names else start, bool(names), rules)
        if (
            found is None
            and fresh
            and names
            and not broken
            and comma >= 0
            and _is_odd_item(text, at, comma, end, rules)
        ):
            found = Name(text[at:comma], at, comma, None, at)
        if found is None:
            if comma < 0:
                break
            at, fresh, broken = comma + 1, bool(names), True
            continue
        names.append(found)
        broken = False
        at = found.end
        at = _after_name(text, at, end, rules)
        link = CONNECTOR.match(text, at, end) or _blank_before_name(text, at, end, rules)
        fresh = link is not None
        if link:
            at = link.end()
    return names


def _after_name(text: str, at: int, end: int, rules: _Rules) -> int:
    """The end of what may be added to a name that ends at `at`: 白玉（女）, 王东同志."""
    noted = NOTED.match(text, at, end) if at < end and text[at] in "（(" else None
    at = noted.end() if noted else at
    after = rules.honorific.match(text, at, end)
    return after.end() if after else at


def _may_name(text: str, at: int, end: int, rules: _Rules) -> bool:
    """A quick look, with false alarms but no misses, whether a clause may hold a name."""
    named = text[at] in rules.heads
    if (named and rules.opening.match(text, at, end)) or rules.titled.search(text, at, end):
        return True
    if DOT.search(text, at, at + 9) and DOTTED.match(text, at, end):
        return True
    return LISTED.match(text, at, end) is not None and (named or rules.told.search(text, at, end) is not None)


def opens_with_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """A quick look, with false alarms, whether a sentence may begin with a name or a title and a name."""
    rules = _rules(lexicon)
    lead = LEAD_IN.match(text, start, end) if start < end and text[start] in LEAD_HEADS else None
    at = lead.end() if lead else start
    return at < end and _may_name(text, at, min(end, at + 60), rules)


def _is_odd_item(text: str, at: int, comma: int, end: int, rules: _Rules) -> bool:
    """Whether an item of a list is a name because its neighbours are, although it does not look like one: 阿刘时布."""
    item = text[at:comma]
    if not 2 <= len(item) <= 4 or not _is_han(item) or item[-1] in NOT_LAST:
        return False
    if rules.title.search(item) or BODY.search(item):
        return False
    stop = _name_end(text, comma + 1, end, "list", rules)
    return stop is not None and _is_sure(text[comma + 1 : stop], rules)


def _blank_before_name(text: str, at: int, end: int, rules: _Rules) -> re.Match[str] | None:
    """The blank between two names of a list without 、."""
    blank = SPACES.match(text, at, end)
    stop = _name_end(text, blank.end(), end, "list", rules) if blank else None
    return blank if blank and stop and _is_sure(text[blank.end() : stop], rules) else None


def _titled_name(
    text: str, at: int, item_end: int, end: int, title_from: int, after_name: bool, rules: _Rules
) -> Name | None:
    """The next name that stands right after a title which ends in text[at:item_end]."""
    for title in rules.title.finditer(text, at, item_end):
        kind = rules.words.titles[title.group()]
        begin = title.end()
        if text.startswith("同志", begin):
            begin += 2
        while begin < end and begin - title.end() < 4 and text[begin] in " \u3000\xa0":
            begin += 1
        if begin < end and text[begin] in "（(" and (held := HELD_SO.match(text, begin, end)):
            begin = held.end()  # 副院长（挂职）|殷国栋
        if APPOINTED.match(text, begin, end):
            continue
        stop = _name_end(text, begin, end, "title" if kind == "office" else "unit", rules)
        if stop is None and kind == "group":
            stop = _listed(text, begin, end, rules)
        if stop is None or (kind == "body" and not rules.honorific.match(text, stop, end)):
            continue
        from_ = max(title_from, title.start() - 60, text.rfind("由", title_from, title.start()) + 1)
        if title_from < title.start() and after_name and not CONNECTOR.match(text, title_from):
            from_ = max(from_, text.rfind("、", title_from, title.start()) + 1)  # behind what the name before it does
            verb = rules.verb.match(text, title_from, title.start())  # 杨燕|传达了|省委书记王东的批示
            if verb and rules.words.verbs[verb.group()] != "adverb":
                from_ = max(from_, verb.end() + text.startswith("了", verb.end()))
        lead = BEFORE_TITLE.match(text, from_, title.start())
        if lead:
            from_ = lead.end()
        return Name(_clean(text[begin:stop]), begin, stop, text[from_ : title.end()].strip(" \u3000、"), from_, kind)
    return None


def _bare_name(text: str, at: int, end: int, in_list: bool, rules: _Rules) -> Name | None:
    """A name without title at the head of a clause or after a connector."""
    stop = _name_end(text, at, end, "list" if in_list else "bare", rules)
    if stop is None and not in_list:
        stop = _listed(text, at, end, rules)
    return None if stop is None else Name(_clean(text[at:stop]), at, stop, None, at)


def _listed(text: str, at: int, end: int, rules: _Rules) -> int | None:
    """End of the name at `at` if a list of names begins there: 高峰、李岚、底志欣出席. At most thirty are looked at."""
    if not LISTED.match(text, at, end):
        return None
    first = head = _name_end(text, at, end, "list", rules)
    if first is None or head is None:
        return None
    count, sure, words = 1, int(_is_sure(text[at:first], rules)), int(rules.words.borne.get(text[at:first]) == "word")
    while count < 30:
        head = _after_name(text, head, end, rules)
        link = CONNECTOR.match(text, head, end) or _blank_before_name(text, head, end, rules)
        if link is None:
            break
        stop = _name_end(text, link.end(), end, "list", rules)
        if stop is None:
            comma = text.find("、", link.end(), min(end, link.end() + 5))
            if comma < 0 or not _is_odd_item(text, link.end(), comma, end, rules):
                break
            stop = comma
        item = text[link.end() : stop]
        sure += _is_sure(item, rules)
        words += rules.words.borne.get(item) == "word"
        count += 1
        head = stop
    verb = rules.verb.match(text, head, end)
    attends = verb is not None and rules.words.verbs[verb.group()] in ("attend", "observe")
    sure += words if attends else 0  # 向阳、万里参加
    if sure < 2 or 2 * sure < count:
        return None
    ended: object = head >= end or text[head] == "等" or (verb and (len(verb.group()) > 1 or verb.group() in "在率赴"))
    ended = ended or (sure == count and CONNECTOR.match(text, head, end))
    return first if ended or rules.title.match(text, head + 1, end) else None


def _is_sure(name: str, rules: _Rules) -> bool:
    """Whether a candidate looks like a name even without its neighbours."""
    return _has_surname(name, rules) and _is_plain(name, rules)


def _has_surname(name: str, rules: _Rules) -> bool:
    name = _clean(name)
    return (name[:2] in rules.compound and len(name) in (3, 4)) or (name[0] in rules.single and len(name) in (2, 3))


def _given(name: str, rules: _Rules) -> str:
    return name[2 if name[:2] in rules.compound else 1 :]  # 淳于 has a 于 of its own


def _is_plain(name: str, rules: _Rules) -> bool:
    """Whether a candidate is no ordinary word and no name of a body."""
    name = _clean(name)
    if rules.words.surnames.get(name[0]) == "ambiguous" and name[:2] in rules.words.ordinary:
        return False  # 全市共
    return (
        name not in rules.words.ordinary
        and name[-1] not in NOT_LAST
        and name[-1] not in SELDOM_LAST
        and (NOT_GIVEN.isdisjoint(name[1:]) or NOT_GIVEN.isdisjoint(_given(name, rules)))
        and not BODY.search(name)
    )


def _name_end(text: str, at: int, end: int, support: Support, rules: _Rules) -> int | None:
    """Where the name that begins at `at` ends, or None. What follows decides between two and three characters."""
    if at >= end or not _is_han(text[at]):
        return None
    dotted = DOTTED.match(text, at, min(end, at + 10))
    if dotted:
        if rules.title.search(dotted.group()):
            return None  # the title of the name, read as part of it
        return _dotted_end(text, dotted.end(), end, rules)
    kind = rules.words.surnames.get(text[at : at + 2]) or rules.words.surnames.get(text[at])
    if kind is None or (kind == "seldom" and support != "title"):
        return _foreign_end(text, at, end, support, rules)
    spaced = SPACES.match(text, at + 2 if kind == "compound" else at + 1, end)
    if spaced:
        stop = spaced.end() + 1
        fits = stop <= end and _is_han(text[stop - 1]) and _ends_here(text, stop, end, rules, support, kind)
        return stop if fits and kind != "ambiguous" else None
    lengths = (4, 3) if kind == "compound" else (3,) if kind == "seldom" else (3, 2)
    fitting = [
        n
        for n in lengths
        if at + n <= end
        and _is_candidate(text, at, n, end, support, kind, rules)
        and _ends_here(text, at + n, end, rules, support, kind, long=n > 2 or text[at : at + n] in rules.words.borne)
    ]
    if len(fitting) == 2:
        longer, shorter = (_word_length(text, at + n, end, rules) for n in lengths)
        if shorter > longer:  # 沈炜|来到: the longer word after the name wins
            fitting = fitting[1:]
    if fitting:
        if (
            fitting[0] == 3 and text[at + 3 : at + 4] == "让" and TRANSLITERATED.issuperset(text[at : at + 3])
        ):  # 华青才让
            return at + 4 if rules.told.match(text, at + 4, end) or text.startswith("、", at + 4) else at + 3
        return at + fitting[0]
    if support == "title" and PRESIDES.match(text, at + 2, end) and _may_preside(text[at : at + 2], rules):
        return at + 2  # 区长江海主持会议, although 江海 is a word
    if support == "title" and text[at + 1 : at + 2] in rules.single and rules.told.match(text, at + 4, end):
        name = text[at : at + 4]  # 林郑月娥: two family names
        if _is_plain(name, rules) and not WORDY.search(name) and not rules.verb.search(name):
            return at + 4
    return _foreign_end(text, at, end, support, rules)


def _may_preside(word: str, rules: _Rules) -> bool:
    """Whether a word before 主持 is rather somebody's name than 连夜 or 线上."""
    return _is_han(word) and word not in rules.words.verbs and not rules.title.search(word)


def _with_office(text: str, at: int, length: int, end: int, support: Support, rules: _Rules) -> Support:
    """A name with an office behind it (万宝林总经理), or who presides, is as good as one with an office before it."""
    if text.startswith("主持", at + length):
        return "title"
    if length > 2 and text[at + length - 1] not in SELDOM_LAST and rules.honorific.match(text, at + length, end):
        return "title"  # but 伊犁州|党委书记
    return support


def _is_candidate(text: str, at: int, length: int, end: int, support: Support, kind: str, rules: _Rules) -> bool:
    """Whether a chunk that begins with a family name may be a name, given what supports it."""
    name = text[at : at + length]
    if not _is_han(name) or rules.title.search(name):
        return False
    if name[-1] in "总副" and rules.honorific.match(text, at + length - 1, end):
        return False  # 凤翔|总经理
    if _is_plain(name, rules):
        return name not in rules.words.verbs  # 线上
    support = _with_office(text, at, length, end, support, rules)
    if name in rules.words.ordinary:
        # 高峰, 洪流: words that are names only where a title or a list says so
        if rules.title.match(text, at, end):
            return False  # 纪检|组长
        borne = rules.words.borne.get(name)
        if borne and (support == "title" or (support == "list" and borne == "word")):
            return True
        if kind == "compound":
            return support == "title"
        return support in ("title", "list") and kind == "common" and len(name) == 2 and name[-1] not in NOT_LAST
    if not NOT_GIVEN.isdisjoint(_given(name, rules)) or name[-1] in NOT_LAST or BODY.search(name):
        return False
    # 于洪波, although 于洪 is a district; 李双, although 双 seldom ends a name
    return support != "bare" and (len(name) > 2 or (support == "title" and kind in ("common", "compound")))


def _foreign_end(text: str, at: int, end: int, support: Support, rules: _Rules) -> int | None:
    """End of a name whose head is no listed family name (初军威), or of a long one (斯琴毕力格): only before a verb."""
    if support not in ("title", "list") or text[at] in DEMANDS:
        return None
    run = at  # the end of characters that transliterated names are written with
    while run < end and run < at + 7 and text[run] in TRANSLITERATED:
        run += 1
    for n in (3, 2, 4, 5, 6, 7):
        if at + n > end:
            break
        foreign = n > 3 and run >= at + n
        listed = n < 4 and support == "list" and text.startswith("、", at + n)
        if n > 2 and run >= at + n < end:
            listed = text[at + n] in ("、及等和与" if foreign else "、")
        if not (listed or rules.told.match(text, at + n, end)):
            continue
        name = text[at : at + n]
        if not _is_han(name):
            continue
        if n > 3 and not foreign and (support == "list" or text[at] in rules.single or WORDY.search(name)):
            continue
        if _is_plain(name, rules) and not rules.title.search(name) and (foreign or not rules.verb.search(name)):
            return at + n
    return None


def _dotted_end(text: str, at: int, end: int, rules: _Rules) -> int | None:
    """The end of a name whose first middle dot stands just before `at`: the first place where a person verb follows."""
    for stop in range(at + 1, min(at + 16, end) + 1):
        if text[stop - 1] in MIDDLE_DOT:
            continue
        if (
            stop >= end
            or _ends_here(text, stop, end, rules, "bare")
            or text[stop] in AFTER_DOTTED
            or not (_is_han(text[stop]) or text[stop] in MIDDLE_DOT)
        ):
            return stop
    return None


def _ends_here(
    text: str, at: int, end: int, rules: _Rules, support: Support, kind: str = "common", long: bool = False
) -> bool:
    """Whether a name may end at `at`: punctuation, a connector, a person verb or an office follows.

    A bare name must do something (指出, 主持); one with an unusual family name asks for a longer word than 在 or 到.
    """
    if rules.honorific.match(text, at, end):
        return text[at - 1] != "为" or text.rfind("以", max(0, at - 24), at) < 0  # 以县委书记王东|为组长
    noted = NOTED.match(text, at, end) if at < end and text[at] in "（(" else None
    if noted:
        return support != "bare" or _ends_here(text, noted.end(), end, rules, support, kind, long)
    verb = rules.verb.match(text, at, end)
    if support == "bare":
        if verb is None:
            return False
        if rules.words.verbs[verb.group()] == "absent":
            return False
        if rules.words.verbs[verb.group()] == "adverb":
            return long and len(verb.group()) > 1 and text[at - 3 : at - 1] not in rules.words.ordinary
        return len(verb.group()) > 1 or (verb.group() == "说" and kind == "common")
    if at >= end or text[at] in " \u3000\xa0\t等" or CONNECTOR.match(text, at, end):
        return True
    if verb is None:
        return support == "title" and text[at].isdigit()  # 马兴瑞8月4日来到
    return (
        (support != "unit" and kind in ("common", "compound"))
        or (support == "title" and verb.group() == "到" and (long or kind == "rare"))
        or len(verb.group()) > 1
        or verb.group() in "就说在作对向赴率"
    )


def _word_length(text: str, at: int, end: int, rules: _Rules) -> int:
    """How long the word is that ends a name at `at`; punctuation and offices count as longest."""
    if at >= end or text[at] in "、等（( \u3000\xa0\t" or rules.honorific.match(text, at, end):
        return 9
    word = CONNECTOR.match(text, at, end) or rules.verb.match(text, at, end)
    return len(word.group()) if word else 0


def _is_han(text: str) -> bool:
    """Whether a text is of Chinese characters alone, or empty."""
    return NOT_HAN.search(text) is None


def _clean(name: str) -> str:
    return name if name.isalpha() else SPACES.sub("", name)
