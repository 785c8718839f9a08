"""Names of bodies in a stretch of text: whose place they begin with, what they are, where they end.

    find_names(...) in 王忠林主持召开市新冠肺炎疫情防控指挥部例会 → 市新冠肺炎疫情防控指挥部, owner 市, a leading group

Imports lexicon, places and records only; extract/issuer.py reads it. Patterns run over a mask of the text in which
every place and every named body is a marker and fillers, so that one pattern serves all places. Linear: repeats are
bounded or possessive, and every pattern is tried at an owner's end only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from etl.lexicon import Lexicon
from etl.patterns import compile_rows
from etl.places import Mention, find_places
from etl.records import IssuerKind

# Before a place whose committee is theirs: 共青团|南京市|委, 政协|扬州市|委员会; only the last is the Party's own.
PARTIES = re.compile(
    "(?:共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|政协|中国人民政治协商会议|中共|中国共产党)$"
)

# Markers of the mask: the first character of a mention, then its other characters.
PLACE, PLACE_REST = "\ue000", "\ue001"
NAMED, NAMED_REST = "\ue002", "\ue003"
WEAK, WEAK_REST = "\ue004", "\ue005"
MARKS = {"full": PLACE, "short": PLACE, "zone": PLACE, "weak": WEAK, "body": NAMED}
HAN = "一-鿿"
LEVELS = frozenset("省市区县州盟旗镇乡")
WORD_BEFORE = frozenset("超城都集社小园校厂库景")  # 超市, 小区: the level word ends another word
NO_TOWN = re.compile("[各所全及和与、等的属该某辖在到为是对副]|会上|乡镇|街镇")
TOWN_LEVELS = frozenset(("镇", "乡", "街道"))
BEFORE_TOWN = re.compile(rf"(?:(?<![{HAN}])(?![日月年时第])|(?<=[日午晚间讯]))[{HAN}]{{1,4}}$")  # its name without 镇
LONGEST_GROUP = 48  # characters of a group's name before the word that ends it
LONGEST_UNIT = 26  # characters of a unit's name before the word that ends it
LONGEST_WITHIN = 4  # characters of a word that stands inside names, behind its first


class Name(NamedTuple):
    """A body's name as it stands in the text, text[start:end]."""

    start: int
    end: int
    kind: IssuerKind
    owner_end: int  # text[start:owner_end] is what it begins with: a place, a level word (市), a named body
    level: str = ""  # the level word where it begins with no place: 市, 自治区; 校 for a unit's own; "" where neither
    is_own: bool = False  # level is a unit's word for itself: 校党委, 我院
    town: str = ""  # 杏子铺镇, where the place is one in a county
    mention: Mention | None = None  # of the owner where it is a place or a named body
    is_group: bool = False  # a leading group or headquarters, whoever its owner is
    is_unit: bool = False  # a school, hospital, enterprise or association: not an organ of its place
    base_end: int = 0  # without the committee that speaks for it: 市工商联|党组


class Zone(NamedTuple):
    """A stretch of a document that may show its issuer, masked and searched."""

    kind: str  # title | head | sign | source | site | rest
    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    order: int = 0  # of the paragraph


class Patterns(NamedTuple):
    """Compiled once a lexicon; all but owner, loose_group and unit_tail are tried at a position."""

    owner: re.Pattern[str]
    town: re.Pattern[str]
    organ: re.Pattern[str]
    party: re.Pattern[str]
    government: re.Pattern[str]
    group: re.Pattern[str]
    other_organ: re.Pattern[str]
    suffix: re.Pattern[str]
    office: re.Pattern[str]  # of a national body: 办公厅
    loose_group: re.Pattern[str]
    group_tail: re.Pattern[str]
    unit_tail: re.Pattern[str]
    renamed: re.Pattern[str]
    cut: re.Pattern[str]  # what ends a name; its group `within` holds words that do not though they hold one that does
    organ_kinds: dict[str, IssuerKind]
    unit_kinds: dict[str, IssuerKind]


def either(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def compile_patterns(lexicon: Lexicon) -> Patterns:
    """The patterns of bodies' names out of the lexicon, once a lexicon."""
    words = lexicon.body_words.kinds
    place = f"{PLACE}{PLACE_REST}*+"
    levels = words["level"]
    # 超市, 城市, 社区, 干部: the level word is the end of another word
    level = (
        rf"(?<![超城都集夜菜门闹股])(?:{either(w for w in levels if w[0] == '市')})"
        rf"|(?<![社小园校厂库院疫灾山景辖片城郊战地郡特])(?:{either(w for w in levels if w[0] == '区')})"
        rf"|(?<![乡集城])(?:{either(w for w in levels if w[0] in '镇街')})"
        rf"|{either(w for w in levels if w[0] not in '市区镇街')}"
    )
    unit_level = either(words["unit_level"])
    government = (
        f"(?:人民)?政府(?:办公厅|办公室)?|{either(w for w in words['local'] if w.endswith('府') and len(w) == 2)}"
    )
    department = f"(?:{either(words['dept_stem'])})(?:{either(words['dept_tail'])})"
    local = {word: kind for word, kind in words["local"].items() if kind}
    squads = "(?:交通警察|交通管理|交警|特警|巡警|治安管理|治安|刑侦|网安|出入境管理)[支大总]队"
    area = rf"(?:{place}|{WEAK}{WEAK_REST}*+)"
    station = rf"(?![各所下等])(?:{area}|[{HAN}]{{2,4}}?)派出所"
    police = rf"{squads}|(?:{area}|[{HAN}]{{2,4}}?)分局(?:{station})?|{station}"
    # 市委|全面依法治市委员会办公室
    commission = f"(?:全面|财经|审计|国家安全|外事|军民|网络|机构|平安|城乡)[{HAN}]{{0,12}}?委员会(?:办公室)?"
    prison = "(?:第[一二三四五六七八九十]{1,2}|女子)(?:监狱|强制隔离戒毒所|看守所)"
    tails, tokens = either(words["group_tail"]), either(words["group_word"])
    twin = r"（[^（）]{0,8}(?:指挥部|小组)）|[和暨](?:总|应急)?指挥部|(?:总|应急)?指挥部"
    more = rf"(?:{twin})?(?:{either(words['group_part'])}|(?:{tokens}){{1,4}}专班)?"
    group = rf"(?:(?!{tails})(?:{tokens}|{place}))*+(?:{tails}){more}"
    units = {word: kind for word, kind in words["unit_tail"].items() if kind}
    return Patterns(
        owner=compile_rows(
            [
                rf"(?P<place>{place})",
                rf"(?P<named>{NAMED}{NAMED_REST}*+)",
                rf"(?P<weak>{WEAK}{WEAK_REST}*+)",
                "(?P<state>中央|首都|全国)",
                rf"(?P<level>{level})",
                rf"(?<![{HAN}])(?P<unit>{unit_level})",
                rf"(?<=[开持由午晚暨、])(?P<unit2>{unit_level})",
            ]
        ),
        town=re.compile(rf"[{HAN}]{{1,5}}?(?:镇街道|地区街道|街道|镇(?!镇)|乡(?!街道|镇)|苏木)(?=[{HAN}（])"),
        organ=re.compile(
            rf"(?:委|(?:人民)?政府)?(?:{department}|(?P<local>{either(local)})|{prison}|(?<=委){commission})"
            rf"(?:(?<=公安局)(?:{police})|(?<=局){area}分局)?"
        ),
        party=re.compile(
            rf"委(?!员会?[^会])(?:员会|常委会|常委(?=[（(扩])|办公厅|办公室|办(?=[、，]|政府办))?(?:[、和]?(?:{level})?(?:{government}))?"
        ),
        government=re.compile(rf"(?:{government})"),
        group=re.compile(rf"(?:党委|工委|委)?(?:[、和]?(?:{level})?(?:人民)?政府)?{group}"),
        other_organ=re.compile(
            rf"(?![以将向由为与]|对(?!外|台))[{HAN}]{{1,12}}?(?:委员会|管理局|局|厅|总队|支队|大队|办公室|管理处"
            rf"|(?<!媒体)(?<!传媒)(?<!新闻)(?<!会议)(?<!会展)(?<!活动)(?<!体育)(?<!为)中心)"
            rf"(?<![格布结全大]局)"
            rf"(?=党[组委]|召开|举行|发布|印发|发出|下发|转发|关于|现?[将就]|现通|决定|[通公]告|通知|民警|书记|主任|[局厅队]长"
            rf"|[总支大]队长|处长|疫情|新冠|新型|应对|部署|组织|开展|研究|传达|学习|认真|积极|迅速|全力|全面|扎实|多措|机关"
            rf"|[，。：:\s]|$)"
        ),
        suffix=re.compile(rf"(?:{either(words['suffix'])})(?!书记|成员)"),
        office=re.compile(rf"(?:{either(words['national_suffix'])})(?!主任|副主任)"),
        loose_group=re.compile(rf"(?:(?!{tails})(?:{tokens}))++(?:{tails}){more}"),
        group_tail=re.compile(tails),
        unit_tail=re.compile(
            rf"(?:{either(units)}|社区(?=党|居|两委|召开|组织|开展|干部|坚持|网格|志愿|工作人员|[为把给将](?!了)|[：:\s，]|$)"
            rf"|村(?<![乡农城中各全本该]村)(?=村[支民]|党[支总]|两委|[：:]))(?![生里内习议]|(?:服务|管理)和|(?<=寺)[院庙])"
        ),
        renamed=re.compile(either(words["renamed"])),
        cut=re.compile(f"(?P<within>{either(words['within'])})|{HARD_CUT}"),
        organ_kinds=local,
        unit_kinds={**units, "社区": "community", "村": "community"},
    )


def lasting_name(name: str, lexicon: Lexicon) -> str:
    """What stays of a headquarters' name through its renamings, as a key; other names are their own.

    武汉市新型肺炎防控指挥部 and 武汉市新冠肺炎疫情防控指挥部 → 武汉市指挥部.
    """
    patterns = compile_patterns(lexicon)
    return patterns.renamed.sub("", name) if OWN_TAIL.search(name) else name


def mask(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """text[start:end], places and named bodies as markers; of the same length."""
    parts, at = [], start
    for mention in mentions:
        mark = MARKS.get(mention.form)
        if mark is None or mention.start < at or mention.end > end:
            continue
        parts.append(text[at : mention.start])
        parts.append(mark + chr(ord(mark) + 1) * (mention.end - mention.start - 1))
        at = mention.end
    parts.append(text[at:end])
    return "".join(parts)


def read_zone(text: str, kind: str, start: int, end: int, lexicon: Lexicon, order: int = 0) -> Zone:
    """text[start:end] as a zone; places only where it tells no more than where the text comes from."""
    mentions = find_places(text, lexicon, start, end)
    masked = mask(text, start, end, mentions)
    names = tuple(find_names(masked, start, mentions, lexicon)) if kind != "source" else ()
    return Zone(kind, start, end, masked, mentions, names, order)


def find_names(masked: str, start: int, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Name]:
    """The bodies named in a stretch of text that begins at `start`; `mentions` are those in it. In text order."""
    patterns = compile_patterns(lexicon)
    at_start = {mention.start - start: mention for mention in mentions}
    found = [*_owned(masked, start, at_start, patterns), *_units(masked, start, at_start, patterns)]
    found.sort(key=lambda name: (name.start, -name.end))
    names: list[Name] = []
    for name in found:
        if not names or name.start >= names[-1].end:
            names.append(name)
    loose = list(_loose(masked, start, names, patterns))
    return sorted([*names, *loose], key=lambda name: name.start) if loose else names


def _loose(masked: str, start: int, names: list[Name], patterns: Patterns) -> Iterator[Name]:
    """Groups that show no owner: 召开疫情防控工作领导小组会议."""
    for tail in patterns.group_tail.finditer(masked):
        if any(name.start <= tail.start() + start < name.end for name in names):
            continue
        low = max([0, tail.start() - LONGEST_GROUP, *(n.end - start for n in names if n.end - start <= tail.start())])
        for found in patterns.loose_group.finditer(masked, low, min(len(masked), tail.end() + 24)):
            if found.start() <= tail.start() < found.end() and TOPIC.search(found.group()):
                low, high = found.start() + start, found.end() + start
                yield Name(low, high, "leading_group", low, is_group=True, base_end=high)
                break


def _owned(masked: str, start: int, at_start: dict[int, Mention], patterns: Patterns) -> Iterable[Name]:
    """Organs and groups that follow a place, a level word or a named body."""
    free = 0
    for owner in patterns.owner.finditer(masked):
        if owner.start() < free:
            continue
        name = _read_owned(masked, start, owner, at_start, patterns)
        if name is not None:
            free = name.end - start
            yield name


def _read_owned(
    masked: str, start: int, owner: re.Match[str], at_start: dict[int, Mention], patterns: Patterns
) -> Name | None:
    """The name that begins with an owner: the longest reading of what follows it."""
    mention = at_start.get(owner.start())
    at, end, town = owner.start() + start, owner.end(), ""
    if owner["level"] in TOWN_LEVELS and (
        named := BEFORE_TOWN.search(masked, max(0, owner.start() - 6), owner.start())
    ):
        words = named.group() + owner["level"]
        if is_town(words) and not _is_cut(words, 0, len(words), patterns):
            at, town = named.start() + start, words  # 东来镇|指挥部, without the county before it
    found = patterns.town.match(masked, end) if owner["place"] or owner["weak"] else None
    if found and is_town(found.group()) and _read_at(masked, found.end(), patterns, town=True) is not None:
        end, town = found.end(), found.group()
    party = (
        PARTIES.search(masked, max(0, owner.start() - 10), owner.start()) if owner["place"] or owner["weak"] else None
    )
    if party is not None and not town and masked.startswith("委", end) and not masked.startswith("委党校", end):
        at = party.start() + start
        if masked.startswith("委员会", end):
            own = patterns.group.match(masked, end + 3)
            high = start + (own.end() if own else end + 3)
            return Name(at, high, "party_committee", start + end, mention=mention, base_end=high)
    body = mention.body if mention else None
    level = owner["level"] or owner["unit"] or owner["unit2"] or ""
    is_own = bool(owner["unit"] or owner["unit2"])
    read = _read_at(masked, end, patterns, town=bool(town), unit=is_own or bool(owner["state"]))
    if owner["state"] and (read is None or not read[2]):
        return None
    if body is not None and read is not None and not read[2]:
        read = None  # 百联集团|党委: its own committee
    if read is None and body is not None:
        if body.level == "national" and masked[end : end + 1] == PLACE:
            return None  # 国家税务总局|淮北市税务局: a local office of it
        affiliated = AFFILIATED.match(masked, end) if body.kind == "school" else None
        part = at_start.get(affiliated.start("part")) if affiliated else None
        if affiliated and part and part.body and part.body.kind == "hospital":
            own = patterns.group.match(masked, affiliated.end())
            base = own.end() if own else affiliated.end()
            suffix = patterns.suffix.match(masked, base)
            return Name(
                at,
                start + (suffix.end() if suffix else base),
                "hospital",
                start + end,
                mention=mention,
                is_group=own is not None,
                is_unit=True,
                base_end=start + base,
            )
        stop = patterns.suffix.match(masked, end)
        if stop is None and body.level == "national":
            stop = patterns.office.match(masked, end)
        return Name(
            at,
            start + (stop.end() if stop else end),
            body.kind,
            start + end,
            mention=mention,
            is_group=body.kind == "leading_group",
            is_unit=body.level == "unit",
            base_end=start + end,
        )
    if read is None:
        if is_own and len(level) > 1:
            return Name(at, start + end, "other", start + end, level, True, is_unit=True, base_end=start + end)
        return None
    stop_at, kind, is_group = read
    is_unit = body is not None and body.level == "unit"
    if kind in OWN_GROUPS and not is_group and (own := patterns.group.match(masked, stop_at)):
        joined = own.group().startswith(("和", "与", "及", "暨", "的"))
        stop_at = stop_at if joined or not TOPIC.search(own.group()) else own.end()  # 省教育厅|疫情防控领导小组
    suffix = patterns.suffix.match(masked, stop_at)
    return Name(
        at,
        start + (suffix.end() if suffix else stop_at),
        body.kind if body is not None and is_unit else kind,
        start + end,
        level=level,
        is_own=is_own,
        town=town,
        mention=mention,
        is_group=is_group,
        is_unit=is_own or is_unit,
        base_end=start + stop_at,
    )


def _read_at(
    masked: str, at: int, patterns: Patterns, town: bool = False, unit: bool = False
) -> tuple[int, IssuerKind, bool] | None:
    """(end, kind, is a group) of what follows an owner at a position; a unit has groups and committees only."""
    readings: list[tuple[int, IssuerKind, bool]] = []
    if (found := patterns.group.match(masked, at)) and (unit or _is_group(found.group())):
        readings.append((found.end(), "leading_group", True))
    if not unit:
        if found := patterns.organ.match(masked, at):
            readings.append((found.end(), patterns.organ_kinds.get(found["local"] or "", "department"), False))
        if found := patterns.party.match(masked, at):
            readings.append((found.end(), "party_committee", False))
        if found := patterns.government.match(masked, at):
            readings.append((found.end(), "government", False))
        found = None if readings or town else patterns.other_organ.match(masked, at)
        is_unit = found is not None and found.group().endswith(tuple(patterns.unit_kinds))  # 枫源村|村民委员会
        if found and not is_unit and not _is_cut(masked, at, found.end(), patterns):
            readings.append((found.end(), "department", False))
    elif found := patterns.suffix.match(masked, at):
        readings.append((found.end(), "other", False))
    return max(readings, default=None)


def _is_group(words: str) -> bool:
    """A group's own word (指挥部), or a general one with the epidemic before it: not 国务院|工作组."""
    return not words.endswith(("工作组", "协调组")) or bool(OWN_TAIL.search(words) or TOPIC.search(words))


def is_town(words: str) -> bool:
    """杏子铺镇 but not 各乡镇, 所属街道, 的乡."""
    return not NO_TOWN.search(words)


# What cannot be inside a unit's name, but in a word of the role `within` (进出口); and what seldom is, so that it cuts
# only names that show no place.
HARD_CUT = (
    "上午|下午|晚上|晚间|凌晨|当天|今天|昨天|近日|日前|来到|前往|深入|走进|走访|在|到|赴|主持|召开|举行|召集|参加|位于|的|了|会同|"
    "认真|根据|按照|要求|以及|所属|下属|关于|部署|明确|检查|暗访|介绍|接管|抵达|约谈|整建制|收治|承担|进|推迟|动员|调度|通报|推进|督导|慰问|支持|支援|防控|疫情|疫社|"
    "调整|加强|做好|强化|优化|规范|暂停|书记|主席|主任|市长|区长|县长|会商|公布|发布|印发|发出|通知|提出|安排|教委|教育局|企业和|返校|复课|开学|"
    "期间|坚决|落实|贯彻|遵守|执行|抓[好实细紧]|做到|确保|切实|配合|带领|并[就对将]|围绕|或|所住|结合|守住|守护|出入|进出|使用|开放|关闭|[一二两三四五六七八九十多几数]家|"
    "封闭|超大型|大型|多家|所有|部分|其他|全[省市区县校国院]|[是被把从于据让各]"
)
MANY = frozenset(
    (
        "全省",
        "全市",
        "全区",
        "全县",
        "全校",
        "全国",
        "全院",
        "各",
        "所有",
        "部分",
        "其他",
        "多家",
        "所属",
        "下属",
        "大型",
        "超大型",
    )
)  # before no body's own name
SOFT_CUT = re.compile("[日时晚起后前由与和向对为给将]|经(?![济贸营纬典])|联合(?!大学)|组织|及|各|全体|[本该等]")


BRAND = re.compile(rf"(?<![{HAN}])(?![^{PLACE}]*[日月年时起在到与和为是由对])[{HAN}]{{2,4}}$")  # tried before a place
BRANDS = ("中国铁路", "国网", "武警")  # before a place too where a word is glued to them: 经中国铁路|北京|局集团
AFFILIATED = re.compile(  # 复旦大学|附属华山医院, 空军军医大学|西京医院
    rf"(?:(?:(?![和与及])[{HAN}]){{0,6}}附属)?(?P<part>{NAMED}){NAMED_REST}*+"
)
COUNTED = re.compile("[一二三四五六七八九十两几数多][座家所个名位]")
# 与 and 和 join two names, but not in 协和, 和平
WITHIN_UNIT = re.compile(rf"(?:(?![与及、党]|(?<![协仁颐祥雍])和(?![平谐睦]))[{HAN}\ue000-\ue003（）〇])*+")


OWN_GROUPS = frozenset(("department", "judiciary", "federation", "congress_cppcc"))  # have groups of their own
OWN_TAIL = re.compile("领导小组|指挥部|联防联控|协调机制|指挥体系|指挥中心|防控办|防指办|疫控办|防疫办")
TOPIC = re.compile(
    "^(?![的和与暨]).*(?:疫|新冠|肺炎|防控|联防|应急|应对|处置|复工|冷链|清零|核酸|隔离|入境|返乡|物资|供应|口岸|攻坚|现场|前方|前线|指挥)"
)


def _units(masked: str, base: int, at_start: dict[int, Mention], patterns: Patterns) -> Iterable[Name]:
    """Schools, hospitals, enterprises, associations and courts, found by the word that ends their names."""
    free = 0
    tails = list(patterns.unit_tail.finditer(masked))
    for i, tail in enumerate(tails):
        if tail.start() < free or masked[tail.start() - 1 : tail.end()] == "中小学":
            continue
        start = _unit_start(masked, max(free, tail.start() - LONGEST_UNIT), tail.start(), patterns)
        if start is None:
            continue
        for further in tails[i + 1 : i + 4]:
            # 华中科技大学|附属协和医院, 中国移动通信集团|江苏有限公司: the name goes on to its last such word
            between = masked[tail.end() : further.start()]
            if len(between) > 12 or not WITHIN_UNIT.fullmatch(between):
                break
            if COUNTED.match(between) or _is_cut(masked, tail.end(), further.start(), patterns):
                break  # 大唐集团湖南分公司|七座电厂
            if between.startswith("（") and masked.startswith("）", further.end()):
                if patterns.unit_kinds[tail.group()] == "enterprise":
                    continue  # 淮南矿业|（集团）有限责任公司
                break  # 县工商业联合会|（总商会）
            tail = further
        end, kind = tail.end(), patterns.unit_kinds[tail.group()]
        mention = at_start.get(start)
        if kind == "enterprise" and mention and (brand := BRAND.search(masked[:start], max(free, start - 5))):
            start = brand.start()  # 国网|湖北省电力有限公司
        elif kind in ("enterprise", "hospital") and mention:
            start -= len(next((brand for brand in BRANDS if masked.endswith(brand, free, start)), ""))
        if kind == "community" and (mention is None or mention.end - base >= tail.start()):
            continue  # 无疫社区, 老旧社区, 皇姑区社区
        is_own = masked[start : tail.start()] in patterns.unit_kinds  # 油田公司: nothing but words that end a name
        is_group = False
        if group := patterns.group.match(masked, end):
            end, is_group = group.end(), True
        suffix = patterns.suffix.match(masked, end)
        level = (
            masked[start] if masked[start] in LEVELS and (start == 0 or masked[start - 1] not in WORD_BEFORE) else ""
        )
        owner_end = mention.end - base if mention else start + len(level)
        free = suffix.end() if suffix else end
        yield Name(
            base + start,
            base + free,
            kind,
            base + owner_end,
            level=masked[start:end] if is_own else level,
            is_own=is_own,
            mention=mention,
            is_group=is_group,
            is_unit=kind != "judiciary",
            base_end=base + end,
        )


def _cuts(masked: str, start: int, end: int, patterns: Patterns) -> Iterator[re.Match[str]]:
    """What ends a name in masked[start:end]; words that hold such a one are read beyond the end: 开放|大学."""
    for found in patterns.cut.finditer(masked, start, min(len(masked), end + LONGEST_WITHIN)):
        if found.end() > end:
            return
        if not found["within"]:
            yield found


def _is_cut(masked: str, start: int, end: int, patterns: Patterns) -> bool:
    """Whether masked[start:end] holds a word that ends a name."""
    return next(_cuts(masked, start, end, patterns), None) is not None


def _unit_start(masked: str, low: int, tail: int, patterns: Patterns) -> int | None:
    """Where a unit's name begins: at the first place of its clause, else after the last word that cannot be in one."""
    start = low
    for i in range(tail - 1, low - 1, -1):
        character = masked[i]
        if not ("一" <= character <= "鿿" or "\ue000" <= character <= "\ue005" or character in "（）()·〇"):
            start = i + 1
            break
    after_number = start if start and masked[start - 1].isdigit() and masked[start] not in "日时年月" else -1
    for cut in _cuts(masked, start, tail, patterns):
        if cut.group() in MANY:
            return None
        start = cut.end()
    while start < tail and masked[start] in "\ue001\ue003\ue005）)·":
        start += 1
    if start == after_number:
        return None  # 480余名充实|白云机场
    placed = next((i for i in range(start, tail) if masked[i] in (PLACE, NAMED)), None)
    if placed is not None:
        return placed
    for cut in SOFT_CUT.finditer(masked, start, tail):
        if cut.group() not in ("日", "时", "晚", "前", "后"):
            return None  # 理工科和文科专业学院: a part of a list, no name
        start = cut.end()
    return start if tail - start >= 2 or (tail - start == 1 and masked[start] in LEVELS) else None
