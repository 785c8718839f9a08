"""What may be the issuer of a document, and how much speaks for each.

    2月2日，河南省委、省政府召开专题会议，传达中央应对疫情工作领导小组部署 → 河南省委、省政府 95; 中央…领导小组 4

A claim is a body that sits or gives out, a place that does (建德市召开…), or a body whose leader does (省委书记…主持).
Bodies whose words are only passed on weigh nothing. Imports lexicon, places, bodies, jurisdiction and records only;
extract/issuer.py reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from etl.bodies import HAN, PLACE, PLACE_REST, WEAK, WEAK_REST, Name, Zone, compile_patterns, either, is_town, read_zone
from etl.jurisdiction import is_away
from etl.lexicon import Lexicon
from etl.patterns import compile_rows
from etl.places import Mention
from etl.records import Document, Page, Segment

HEAD_PARAGRAPHS = 3  # opening paragraphs that may name the issuer
HEAD_LENGTH = 420  # characters read of each
SENTENCES = 7  # of each
SIGN_LENGTH = 45  # a longer line is no signature
SIGNERS = 6  # last short lines that are read for a signature: of several who sign, the first is the issuer
SITE_LENGTH = 160

# Weights of claims: what decides where title, lead and signature disagree. Later paragraphs and sentences weigh less.
# SURE: with such a claim the later paragraphs are not read.
TITLE_BODY, SIGNATURE, ACTOR, DECIDED, SURE = 100.0, 98.0, 95.0, 80.0, 59.0
PLACE_MEETS, INFORMED, ACTS, BRIEFING_BODY, TITLE_LEADER = 75.0, 70.0, 70.0, 66.0, 65.0
LEADER_ACTS, NUMBERED, TITLE_GROUP, LOOSE, OPENS = 60.0, 55.0, 55.0, 50.0, 47.0
PLACE_ACTS, UNIT_ITSELF, BRIEFING_PLACE, LEADER_ATTENDS, TITLE_PLACE = 45.0, 44.0, 40.0, 35.0, 33.0
JOINED, PLACE_OPENS, VISITING, NAMED_ONLY, PLACE_SHOWN, REFERRED = 30.0, 25.0, 20.0, 15.0, 10.0, 4.0
PARAGRAPH_LATER, SENTENCE_LATER, PERSON_LATER = 6.0, 2.0, 3.0

ANY = f"{HAN}{PLACE}-{WEAK_REST}"  # a Chinese character or a part of a masked name
ADDRESS = re.compile("(?:各|全体|全市|全县|全区|市政府各|广大|尊敬的|亲爱的)[^。]*[：:]")
MARKS = re.compile("[，。；：？！、“”《》]")
LIST_OF_PLACES = re.compile("(?:名单|范围|地点|点位|区域)(?:（[^（）]{1,12}）)?[：:]?$")  # heads a list of places
SIGNED = re.compile(r"[\s\d年月日（）()第号〇一二三四五六七八九十.]*")
OF_THE_PARTY = re.compile("中共|中国共产党")
ALIAS = re.compile(rf"（[{HAN}]{{2,12}}）")
STRUCK = re.compile("(?:发生|出现|暴发|爆发|关联|相关)[^，。；]{0,8}?(?:疫情(?!防控)|病例|感染)")  # where cases were
SCENE = re.compile(
    "工地|项目|门口|周边|附近|片区|沿线|路段|候机楼|候车厅|采样点|隔离点|家属[院区]|事件|疫情(?!防控)|病例|关联"
)  # where it was
WRAPPED = re.compile(rf"[{HAN}]{{0,10}}(?:指挥部|领导小组)(?:综合组|办公室)?")  # the second line of a signature
TOPICAL = re.compile("疫情|肺炎|新冠|防控|应急")
UNIT_SIGNS = re.compile(rf"[{HAN}（）()]{{4,30}}(?=[\s\d年月日]*$)")
BEFOREHAND = re.compile(r"[\s，]*(?:此前|之前|早前|前一天|随后还|会前)")
OPENS_CLAUSE = re.compile(rf"[^{HAN}]|[日午晚间后讯晨时年月师致]")  # what may stand before a place that acts
DECISION = re.compile("的?(?:有关)?(?:决定|通告|公告|通知|措施)")
IN_NUMBER = re.compile("(?:第|20)[^，。；]{1,10}?号(?:通告|公告|令|通知)")
INFORMS = re.compile("消息|通报|介绍|发布|公告|通告|获悉|了解到")
STUDIED = re.compile("(?:会议)?研究(?:决定)?[，,]")  # 经区指挥部|研究，自即日起…
TO_US = re.compile(  # 副市长张三|赴我区调研，区委书记李四主持会议
    rf"[^，。；]{{1,12}}?(?:赴|到|来|在|深入|莅临)我(?:省|市|州|盟|县|区|旗|乡|镇)[^。；]{{0,40}}?[记长任][{HAN}]{{2,3}}主持"
)
VISITORS = re.compile(rf"(?!派)[{ANY}]{{0,8}}?(?:工作组|督导组|指导组|督查组|巡查组|调研组)")  # of a higher body, here
LEVELS_BEFORE = re.compile("(?:(?:国家|中央|全国|自治区|省|市|州)[、和]){1,3}$")  # 根据省、|市指挥部
CONVEYS = re.compile("传达|学习|贯彻|落实|宣读|领会")
SPIRIT = re.compile("[^，。；：]{0,24}?(?:精神|讲话|批示|指示)")
CENTRE_ELSEWHERE = re.compile("《|[^，。；]{0,8}?高度重视|(?:迅速|及时|已经?)?成立了?")  # what every letter begins with
AFFLICTED = re.compile("[^。；]{0,60}?(?:等地|疫情(?!防控)|病例|感染者|风险地区)")  # 目前河北省的石家庄…等地疫情增长
HELD = re.compile("(?:召开|举行|主持|套开|召集)[^，。]{0,6}$")
COMMITTEE = re.compile(rf"[^。；]{{0,12}}?(?:召开|举行)[{HAN}]{{0,4}}?(党组|党委)(?:（扩大）|扩大|理论|第|会)")
STANDING = re.compile(rf"[^。；]{{0,12}}?(?:召开|举行)[{HAN}]{{0,4}}?常委(?:会|（扩大）|扩大)")
OWN_GROUP_SITS = re.compile("主持(?:召开)?(?:领导小组|指挥部)[^，。]{0,8}会")
REPORTS = re.compile("[^，。；]{0,6}(?:分别)?(?:作|做)?了?(?:交流|表态|典型)?(?:发言|汇报)")
ATTENDS = re.compile(
    r"(?:等|[^，。；]{0,12}?(?:负责人|负责同志|领导|代表|人员|同志))[^，。；]{0,16}?(?:参加|出席|列席)"
)  # 县卫健局等部门负责人|参加会议
UNNAMED_LEADERS = re.compile("(?:主要|有关|相关|分管|班子|各位)?领导(?!小组|班子成员)")  # 市委、市政府主要领导
GOES_TO = re.compile(
    f"(?:深入|前往|来到|走进|走访|调研|检查|督导|察看|[到赴在])[{ANY}]{{1,16}}、$"
)  # 深入东宁市、|绥芬河市
HOSTS = re.compile(rf"[{HAN}]{{2,4}}主持(?!召开)")  # a briefing, at which others speak
BETWEEN_OFFICES = re.compile(rf"[、，,兼及暨]|(?:[、，][{HAN}]{{1,6}}?(?:长|任|员|席))?[、，,兼及]?")
FOLLOWS_PLACE = re.compile(r"[：:\s]|市民|全域|全市|全县|全区")
TOWN = re.compile(rf"([{HAN}]{{1,5}}?(?:镇街道|地区街道|街道|镇(?!镇)|乡(?!街道|镇)|苏木))(?=[{HAN}：:“\s\d]|$)")
TOWN_MEETS = re.compile(rf"(?!党|政府|人民)[{HAN}]{{0,4}}?(?:召开|举行)")
DAY_BEFORE = re.compile(  # 1月30日上午，|石塘镇召开…
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下中]午|晚上?|凌晨)?[，,]?|(?:[今昨]天|近日|日前|当天)(?:[上下中]午|晚上?)?[，,]?"
)
CLAUSE_END = re.compile("[。；;！]")
SENTENCE_END = re.compile(r"[。！？；]|\s+")  # a blank too: pages in one line have their title in the first sentence
CHINESE = re.compile(f"[{HAN}]")


class Cues(NamedTuple):
    """Patterns over masked text, compiled once a lexicon."""

    office: re.Pattern[str]  # right after a body: 书记, 副主任
    governor: re.Pattern[str]  # 市长, 上海市副市长
    whole: re.Pattern[str]  # 全市…会议召开
    meets: re.Pattern[str]
    issues: re.Pattern[str]
    acts: re.Pattern[str]
    visits: re.Pattern[str]
    attends: re.Pattern[str]
    meeting: re.Pattern[str]  # right after a body: 第8次例会
    briefing: re.Pattern[str]
    reference: re.Pattern[str]  # ends right before a body
    joined: re.Pattern[str]
    referred: re.Pattern[str]  # right after a body
    decided: re.Pattern[str]


@cache
def compile_cues(lexicon: Lexicon) -> Cues:
    """The patterns of offices, verbs and references out of the lexicon, once a lexicon."""
    cues = lexicon.body_words.cues
    deputies, place, weak = either(cues["deputy"]), f"{PLACE}{PLACE_REST}*+", f"{WEAK}{WEAK_REST}*+"
    return Cues(
        office=re.compile(
            rf"(?:[{HAN}]{{1,6}}?(?:部|处|室|组|司|局|院|办))??(?P<deputy>(?:{deputies})*+)"
            rf"(?:(?P<minor>{either(cues['minor'])})(?!会)|(?P<head>{either(cues['head'])}))"
        ),
        governor=compile_rows(
            [
                rf"(?P<place>{place}|{weak})?(?:{deputies})*+(?P<office>{either(cues['governor'])})(?![途期江征效])",
                rf"(?P<place2>{place})(?:{deputies})*+(?P<office2>长|主席)",
                rf"(?P<region>自治区)(?:{deputies})*+主席",
            ]
        ),
        whole=re.compile(
            rf"(?<![{HAN}])(?P<level>{either(lexicon.body_words.kinds['whole'])})"
            rf"(?:[^，。；]{{2,30}}?会议?[^，。；]{{0,16}}?"
            r"|(?:立即|随即|迅速|及时|接续|紧急|连夜|组织|再次|又|还|也){1,3})?(?:召开|举行)"
        ),
        meets=re.compile(either(cues["meet"])),
        issues=re.compile(either(cues["issue"])),
        acts=re.compile(either(cues["act"])),
        visits=re.compile(either(cues["visit"])),
        attends=re.compile(either(cues["attend"])),
        meeting=re.compile(
            rf"(?:第?[^，。；：、]{{0,12}}?[次场]|（扩大）|\(扩大\)|[{HAN}]{{0,10}}?)(?:（扩大）)?(?:{either(cues['meeting'])})"
        ),
        briefing=re.compile(either(cues["briefing"])),
        reference=re.compile(rf"(?:{either(cues['reference'])})(?:了|着|过|好)?[“《]?$"),
        joined=re.compile(rf"(?:{either(cues['with'])})$"),
        referred=re.compile(rf"(?:[{HAN}（）]{{0,12}}?会议?)?(?:[{ANY}]{{0,14}}?会议?)?(?:{either(cues['referred'])})"),
        decided=re.compile(rf"(?:{either(cues['decided'])})$"),
    )


class Claim(NamedTuple):
    """Something that may be the issuer, and how much speaks for it."""

    weight: float
    zone: Zone
    start: int
    name: Name | None = None
    place: Mention | None = None  # a place that acts by itself, or the one that called a group that shows no owner
    is_office: bool = False  # 市长, 全市: the government of its level or place
    is_whole: bool = False  # 全市: named as its place is
    is_sitting: bool = False  # it acts or sits itself, so that its name stands as the text has it
    added: str = ""  # 党组, where the body's committee sat


class Office(NamedTuple):
    """An office before a person's name, the body it belongs to, and how well it speaks for that."""

    rank: float
    end: int
    claim: Claim


class Zones:
    """The parts of a document that may show its issuer, each read when asked for."""

    def __init__(self, document: Document, page: Page, lexicon: Lexicon) -> None:
        self.text, self._page, self._lexicon = document.text, page, lexicon
        content = [s for s in page.of("lead", "paragraph", "heading") if not self._is_address(s)]
        title = page.title
        kickers = [s for s in content if title and s.kind == "heading" and s.start < title.start][-1:]
        body = [s for s in content if not (title and s.kind == "heading" and s.start < title.start)]
        opening = body[:HEAD_PARAGRAPHS]
        if all(s.end - s.start <= SIGN_LENGTH for s in opening):  # lines of a public account: the first that is longer
            opening[1:] = [s for s in body[HEAD_PARAGRAPHS:] if s.end - s.start > SIGN_LENGTH][:1] or opening[1:]
        self._head = [*kickers, *opening]
        self._first = len(kickers) + 1
        self._signs = self._signatures(body)[-SIGNERS:]

    def _signatures(self, body: list[Segment]) -> list[Segment]:
        """Lines that may be who signs: none of a list of places, unless its day stands below (封控区名单 / 东岭村)."""
        found: list[Segment] = []
        is_listed = False
        for before, line, after in zip(body, body[1:], [*body[2:], None], strict=False):
            is_listed = self._is_sign(line) and (
                is_listed
                or LIST_OF_PLACES.search(self.text, max(before.start, before.end - 20), before.end) is not None
            )
            is_dated = after is not None and SIGNED.fullmatch(self.text, after.start, after.end) is not None
            if self._is_sign(line) and (not is_listed or is_dated):
                found.append(line)
        return found

    def _is_sign(self, segment: Segment) -> bool:
        """A short line without a sentence's marks."""
        return segment.end - segment.start <= SIGN_LENGTH and not MARKS.search(self.text, segment.start, segment.end)

    def _is_address(self, segment: Segment) -> bool:
        """各县、区人民政府，市政府各部门：who is told, not who tells."""
        return segment.end - segment.start <= 120 and bool(ADDRESS.fullmatch(self.text, segment.start, segment.end))

    def _read(self, kind: str, segment: Segment, length: int, order: int = 0) -> Zone:
        return read_zone(self.text, kind, segment.start, min(segment.end, segment.start + length), self._lexicon, order)

    @cached_property
    def first(self) -> tuple[Zone, ...]:
        """Title, kicker and first paragraph, and the lines that may be a signature."""
        title = [self._read("title", self._page.title, HEAD_LENGTH)] if self._page.title else []
        head = [self._read("head", s, HEAD_LENGTH, i) for i, s in enumerate(self._head[: self._first])]
        wrapped = [
            self._read("wrapped", one._replace(end=two.end), 2 * SIGN_LENGTH)
            for one, two in pairwise(self._signs)
            if not self.text[one.end : two.start].strip() and WRAPPED.fullmatch(self.text, two.start, two.end)
        ]
        return (*title, *head, *wrapped, *(self._read("sign", s, SIGN_LENGTH) for s in self._signs))

    @cached_property
    def later(self) -> tuple[Zone, ...]:
        """The next paragraphs."""
        head = self._head[self._first :]
        return tuple(self._read("head", s, HEAD_LENGTH, i) for i, s in enumerate(head, self._first))

    @cached_property
    def sources(self) -> tuple[Zone, ...]:
        """Lines that say where the text comes from: 来源：上海发布."""
        return tuple(self._read("source", s, SITE_LENGTH) for s in self._page.of("byline", "published"))

    def site(self) -> Iterator[Zone]:
        """What the site says around the text: 版权所有 沈阳大学."""
        for segment in self._page.of("furniture", "byline", "published"):
            yield self._read("site", segment, SITE_LENGTH)

    def all(self) -> tuple[Zone, ...]:
        """The zones that are the announcement's own words and its sources: what the site says is not among them."""
        return (*self.first, *self.later, *self.sources)


def find_claims(zones: Zones, lexicon: Lexicon) -> list[Claim]:
    """All claims of a document, heaviest first."""
    seeker = Seeker(zones.text, lexicon)
    claims = [claim for zone in zones.first for claim in seeker.claims(zone)]
    if not any(claim.weight > SURE for claim in claims):
        claims += [claim for zone in zones.later for claim in seeker.claims(zone)]
    if not claims:
        claims = list(seeker.shown((*zones.first, *zones.later)))
    return sorted(claims, key=lambda claim: -claim.weight)


@cache
def compile_unit_end(lexicon: Lexicon) -> re.Pattern[str]:
    """The last word of a unit's name."""
    return re.compile(rf"(?:{either(compile_patterns(lexicon).unit_kinds)})$")


class Seeker:
    """Reads zones of one text into claims."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.cues = compile_cues(lexicon)
        self.units = compile_unit_end(lexicon)
        self.groups = compile_patterns(lexicon).group_tail
        self.is_briefing = False  # whether a briefing was held in what was read

    def claims(self, zone: Zone) -> Iterator[Claim]:
        """The claims of a zone, in text order; later sentences and paragraphs weigh less."""
        if zone.kind == "title":
            yield from self._in_title(zone)
        elif zone.kind == "sign":
            yield from self._in_signature(zone)
        elif zone.kind == "wrapped":
            yield from self._in_wrapped(zone)
        else:
            low = 0
            for count, high in enumerate(_sentence_ends(zone.masked)):
                late = SENTENCE_LATER * count + PARAGRAPH_LATER * zone.order
                briefed = self.is_briefing
                for claim in self._in_sentence(zone, low, high):
                    self.is_briefing |= claim.weight in (BRIEFING_PLACE, BRIEFING_BODY)
                    # who tells its part at a briefing does not hold it
                    is_part = briefed and (claim.weight == ACTS or (claim.place and claim.weight == PLACE_ACTS))
                    weight = LEADER_ATTENDS if is_part else claim.weight
                    yield claim._replace(weight=weight - late) if late or weight != claim.weight else claim
                low = high

    def shown(self, zones: tuple[Zone, ...]) -> Iterator[Claim]:
        """The first place of the text, where nobody acts at all."""
        for zone in zones:
            for mention in zone.mentions if zone.kind in ("title", "head") else ():
                if AFFLICTED.match(self.text, mention.end):
                    continue
                if mention.form in ("full", "short") and not is_away(self.text, mention, self.lexicon):
                    claim = Claim(PLACE_SHOWN - zone.order, zone, mention.start, place=mention)
                    is_county = bool(mention.place and mention.place.level == "county")
                    town = self._town(zone.masked[mention.end - zone.start :], True) if is_county else ""
                    yield self._with_town(claim, mention, town) if town else claim
                    return
        own = (
            Claim(NAMED_ONLY, zone, n.start, n)
            for zone in zones
            for n in zone.names
            if n.is_own and not self._is_listed(n)
        )
        yield from islice(own, 1)

    def _is_listed(self, name: Name) -> bool:
        """Whether a name is one of several: 学校、医院、药店."""
        return self.text.startswith("、", name.end) or self.text.endswith("、", 0, name.start)

    def _in_title(self, zone: Zone) -> Iterator[Claim]:
        for claim in self._in_sentence(zone, 0, len(zone.masked)):
            name = claim.name
            if name is not None and name.town and name.owner_end == name.start:
                yield claim
            elif claim.is_whole or (name is not None and name.town and name.owner_end == name.end):
                yield claim._replace(weight=PLACE_ACTS)
            elif name is None:
                yield claim._replace(weight=PLACE_ACTS if claim.weight > PLACE_OPENS else TITLE_PLACE)
            elif claim.weight in (LEADER_ACTS, LEADER_ATTENDS):
                yield claim._replace(weight=TITLE_LEADER - claim.is_office)
            elif name.is_group and name.owner_end == name.start and not name.is_unit and claim.place is None:
                yield claim._replace(weight=TITLE_GROUP)
            elif claim.weight in (VISITING, JOINED):
                yield claim
            elif SCENE.match(self.text, name.end) and (name.is_unit or self.text.startswith("事件", name.end)):
                yield claim._replace(weight=NAMED_ONLY)
            else:
                yield claim._replace(weight=TITLE_BODY - 0.1 * (claim.start - zone.start))

    def _in_signature(self, zone: Zone) -> Iterator[Claim]:
        """A short line near the end that is a body's name and nothing else, a date aside."""
        above = next((m.end for m in zone.mentions if m.form == "body" and m.start == zone.start), zone.start)
        if party := OF_THE_PARTY.match(self.text, zone.start, zone.end):
            above = party.end()
        for name in zone.names[:1]:
            # 国家税务总局|湖北省税务局 and 中共|湖北省委党校 are signed by the latter
            if name.start in (zone.start, above) and SIGNED.fullmatch(self.text, self._after_alias(name.end), zone.end):
                yield Claim(SIGNATURE, zone, name.start, name, is_sitting=True)
                return
        first = zone.mentions[0] if zone.mentions else None
        if first and first.start == zone.start and first.form == "full" and TOPICAL.search(zone.masked):
            yield Claim(PLACE_ACTS, zone, first.start, place=first)  # 东岭县新型肺炎…: its second line is lost
            return
        line = UNIT_SIGNS.match(self.text, zone.start, zone.end)
        tail = self.units.search(line.group()) if line else None
        if line and tail:
            # 上南九村居委会 shows no place
            kind = compile_patterns(self.lexicon).unit_kinds[tail.group()]
            name = Name(zone.start, line.end(), kind, zone.start, is_unit=True, base_end=line.end())
            yield Claim(SIGNATURE, zone, zone.start, name, is_sitting=True)

    def _in_wrapped(self, zone: Zone) -> Iterator[Claim]:
        """A signature in two lines, which begins with a place: 东岭市新型肺炎疫情|防控指挥部办公室."""
        mention = next((m for m in zone.mentions if m.start == zone.start and m.form == "full"), None)
        line = zone.masked.partition("\n")[0]
        found = TOWN.match(line) if mention is None else None
        town = found[1] if found and is_town(found[1]) else ""
        if (mention or town) and TOPICAL.search(line) and not self.groups.search(line):
            name = Name(
                zone.start,
                zone.end,
                "leading_group",
                mention.end if mention else zone.start + len(town),
                town=town,
                mention=mention,
                is_group=True,
                base_end=zone.end,
            )
            yield Claim(SIGNATURE + 0.5, zone, zone.start, name, is_sitting=True)

    def _after_alias(self, end: int) -> int:
        """Where the other name of a body that follows its name ends: 县工商业联合会|（总商会）."""
        found = ALIAS.match(self.text, end)
        return found.end() if found else end

    def _in_sentence(self, zone: Zone, low: int, high: int) -> Iterator[Claim]:
        """Claims of masked[low:high] that are more than referred to."""
        masked, base = zone.masked, zone.start
        names = [name for name in zone.names if low <= name.start - base < high]
        taken = [(name.start, name.end) for name in names]
        offices = list(self._governors(zone, low, high, taken))
        taken += [(office.claim.start, office.end) for office in offices]
        subject = self._acting_place(zone, low, high, taken) or self._acting_town(zone, low, high, taken)
        if subject is not None and subject.name and subject.name.town and subject.name.mention is None:
            # 石塘镇召开会议，会议由镇长主持: the town's own, whom it does not name
            own = [o for o in offices if self.text.startswith(("镇长主持", "乡长主持"), o.claim.start)]
            offices = [o for o in offices if o not in own]
            subject = subject._replace(weight=max(subject.weight, LEADER_ACTS)) if own else subject
        if subject is not None:
            yield subject
        is_past = bool(BEFOREHAND.match(masked, low))
        passed, passed_end = False, -9  # whether the name before is only referred to, and where it ends
        for name in names:
            at = name.start - base
            before, after = masked[max(low, at - 14) : at], masked[name.end - base : high]
            is_listed = passed and 0 <= name.start - passed_end <= 2
            is_referred = (
                is_past
                or is_listed
                or self._is_reference(before)
                or _is_passed_on(masked, low, at, after)
                or (zone.kind == "head" and _is_central(name) and CENTRE_ELSEWHERE.match(after) is not None)
                or masked.rfind("《", 0, at) > masked.rfind("》", 0, at)
            )
            passed_end = name.end
            office = self.cues.office.match(after)
            if office and not is_referred:
                offices.append(self._office(zone, name, office))
                passed = False
                continue
            is_led = any(office.claim.start < name.start for office in offices)
            claim = self._of_body(zone, name, before, after, is_referred, subject, is_led)
            passed = claim.weight in (REFERRED, JOINED)
            if claim.weight > REFERRED:
                yield claim
                subject = subject or (claim if claim.is_sitting else None)
        if whole := self.cues.whole.search(masked, low, high):
            start, end = base + whole.start(), base + whole.end("level")
            name = Name(start, end, "government", end, whole["level"], base_end=end)
            yield Claim(PLACE_MEETS - 1, zone, start, name, is_office=True, is_whole=True)
        yield from self._of_leaders(zone, offices, high)

    def _of_body(
        self, zone: Zone, name: Name, before: str, after: str, is_referred: bool, subject: Claim | None, is_led: bool
    ) -> Claim:
        """The claim of a body by what stands around its name."""
        cues, claim = self.cues, Claim(REFERRED, zone, name.start, name)
        if DECISION.match(after) and cues.decided.search(before):
            return claim._replace(weight=DECIDED)
        if name.is_group and IN_NUMBER.match(after):
            return claim._replace(weight=NUMBERED if is_referred else ACTOR, is_sitting=not is_referred)
        if before.endswith(("据", "从")) and INFORMS.match(after):
            return claim._replace(weight=INFORMED, is_sitting=True)
        if before.endswith("经") and STUDIED.match(after):
            return claim._replace(weight=ACTS, is_sitting=True)
        if is_referred or cues.referred.match(after) or ATTENDS.match(after):
            return claim
        if UNNAMED_LEADERS.match(after):
            return claim._replace(weight=LEADER_ATTENDS)
        if cues.joined.search(before):
            return claim._replace(weight=JOINED)
        if name.is_unit and STRUCK.match(after):
            return claim
        if name.is_unit and before.endswith("、") and after.startswith(("等", "为主")):
            return claim  # 大昭寺、小昭寺等场所
        if VISITORS.match(after):
            return claim._replace(weight=VISITING)
        act = self._first_act(after)
        if act == "meets" and before.endswith("在"):
            return claim  # 学校在某校区召开…: where it met
        is_held = bool(cues.meeting.match(after) or HELD.search(before))
        if name.is_group and name.owner_end == name.start and not name.is_unit:
            # 召开疫情防控工作领导小组会议: of the place that called it; of a unit, the unit itself
            if not (is_held or act) or (subject is not None and subject.place is None):
                return claim
            if subject is not None:
                return claim._replace(weight=ACTOR, place=subject.place, is_sitting=True)
            return claim._replace(weight=LOOSE)
        if name.is_own:
            if after.startswith("、"):
                return claim  # 学校、医院严格管控人员
            if name.is_group and act == "issues":
                return claim._replace(weight=ACTOR + 0.5, is_sitting=True)
            return claim._replace(weight=UNIT_ITSELF, is_sitting=act == "meets") if is_held or act else claim
        if is_held or (act and not (act == "acts" and is_led)):
            is_briefing = act == "meets" and cues.briefing.search(after[:70])
            weight = BRIEFING_BODY if is_briefing else ACTOR if is_held or act != "acts" else ACTS
            return claim._replace(weight=weight, added=self._committee(name, after), is_sitting=True)
        opens = not is_led and not (before and CHINESE.match(before[-1]))
        return claim._replace(weight=OPENS if opens else NAMED_ONLY)

    def _first_act(self, after: str) -> str:
        """What the body whose name ends here does first in its clause: meets, issues, acts, or nothing."""
        stop = CLAUSE_END.search(after, 0, 70)
        reach = stop.start() if stop else min(len(after), 70)
        found = [
            (hit.start(), kind)
            for kind, pattern, length in (
                ("meets", self.cues.meets, reach),
                ("issues", self.cues.issues, reach),
                ("acts", self.cues.acts, min(reach, 24)),
            )
            if (hit := pattern.search(after, 0, length))
        ]
        return min(found)[1] if found else ""

    def _committee(self, name: Name, after: str) -> str:
        """党组 where the body's committee sat: 省政协|召开党组扩大会议, 市委|召开常委会会议."""
        if name.kind == "party_committee":
            return "常委会" if self.text.endswith("委", 0, name.end) and STANDING.match(after) else ""
        if name.is_unit or name.is_group or name.end > name.base_end:
            return ""
        found = COMMITTEE.match(after)
        return found[1] if found else ""

    def _is_reference(self, before: str) -> bool:
        return bool(self.cues.reference.search(LEVELS_BEFORE.sub("", before)))

    # Leaders

    def _office(self, zone: Zone, name: Name, office: re.Match[str]) -> Office:
        """A leader's office in a body: a headquarters' head counts most, a deputy secretary or a member least."""
        if name.is_own:
            rank = 0.5
        elif office["minor"] or ("副" in office["deputy"] and office["head"] == "书记"):
            rank = 1.0
        elif name.kind == "congress_cppcc":
            rank = 1.5  # 市委书记、市人大常委会主任
        else:
            rank = 3.0 if name.is_group and not name.is_unit else 2.0
        body = name._replace(end=name.base_end)
        return Office(rank, name.end + office.end(), Claim(LEADER_ACTS, zone, name.start, body))

    def _governors(self, zone: Zone, low: int, high: int, taken: list[tuple[int, int]]) -> Iterator[Office]:
        """Heads of government: 市长, 上海市副市长, 江苏省长, 自治区主席."""
        masked, base = zone.masked, zone.start
        for found in self.cues.governor.finditer(masked, low, high):
            at = found.start()
            if any(start <= at + base < end for start, end in taken) or masked[at - 1 : at] in tuple("社小校园"):
                continue
            if self._is_reference(masked[max(low, at - 8) : at]):
                continue
            has_place = found["place"] or found["place2"]
            mention = next((m for m in zone.mentions if m.start == at + base), None) if has_place else None
            if found["place2"]:
                place = mention.place if mention else None
                if place is None or (found["office2"] == "主席" and not place.name_zh.endswith("自治区")):
                    continue
            level = "" if mention else "自治区" if found["region"] else (found["office"] or "")[:-1]
            end = base + found.end()
            name = Name(at + base, end, "government", at + base, level, mention=mention, base_end=end)
            yield Office(2.0, end, Claim(LEADER_ACTS, zone, at + base, name, is_office=True))

    def _of_leaders(self, zone: Zone, offices: list[Office], high: int) -> Iterator[Claim]:
        """One claim a person: of the offices before a name, the one in which the person acts."""
        people: list[list[Office]] = []
        for office in sorted(offices, key=lambda office: office.claim.start):
            gap = (people[-1][-1].end, office.claim.start) if people else (0, 0)
            if people and gap[1] - gap[0] <= 14 and BETWEEN_OFFICES.fullmatch(self.text, *gap):
                people[-1].append(office)
            else:
                people.append([office])
        for order, held in enumerate(people):
            rest = zone.masked[held[-1].end - zone.start : high]
            if REPORTS.match(rest):
                continue
            is_host = bool(HOSTS.match(rest) and self.cues.briefing.search(zone.masked))
            chosen = max(enumerate(held), key=lambda pair: (pair[1].rank, pair[0]))[1].claim
            acts, attends = self.cues.visits.search(rest, 0, 60), self.cues.attends.search(rest, 0, 30)
            does = acts and not is_host and not (attends and attends.start() < acts.start())
            weight = VISITING if TO_US.match(rest) else LEADER_ACTS if does else LEADER_ATTENDS
            sits = bool(chosen.name and chosen.name.is_group and OWN_GROUP_SITS.search(rest, 0, 80))
            added = self._committee(chosen.name, rest) if chosen.name else ""
            if added and chosen.is_office:
                # 市政府党组书记、市长主持召开党组会议: the office that the committee goes with
                others = [o.claim for o in held if o.claim.name and not o.claim.is_office]
                chosen = next((c for c in others if c.name and c.name.kind != "party_committee"), chosen)
                added = "" if chosen.is_office else added
            yield chosen._replace(
                weight=(ACTOR - 1 if sits else weight) - PERSON_LATER * order, added=added, is_sitting=sits
            )

    # Places that act

    def _acting_place(self, zone: Zone, low: int, high: int, taken: list[tuple[int, int]]) -> Claim | None:
        """The place that does something in a sentence: 建德市召开疫情防控工作部署会."""
        best: Claim | None = None
        for mention in zone.mentions:
            at = mention.start - zone.start
            if not low <= at < high or mention.form in ("body", "stay"):
                continue
            if mention.form == "weak" and not (zone.kind == "title" and at == low) and not self._meets_at(mention):
                continue
            if at > low and not OPENS_CLAUSE.match(zone.masked, at - 1):
                continue
            if any(start <= mention.start < end for start, end in taken) or is_away(self.text, mention, self.lexicon):
                continue
            if zone.masked[at - 1 : at] == "、" and GOES_TO.search(zone.masked, max(low, at - 30), at):
                continue
            after = zone.masked[mention.end - zone.start : high]
            if VISITORS.match(after):
                continue
            town = self._town(after, bool(mention.place and mention.place.level == "county"))
            claim = self._of_place(zone, mention, after[len(town) :], low, at)
            if town and claim is not None:
                claim = self._with_town(claim, mention, town)
            if claim is not None and (best is None or claim.weight > best.weight):
                best = claim
        return best

    def _with_town(self, claim: Claim, mention: Mention, town: str) -> Claim:
        """The claim of a place, as that of the town that follows its name."""
        end = mention.end + len(town)
        name = Name(mention.start, end, "government", end, town=town, mention=mention, base_end=end)
        return claim._replace(name=name, is_sitting=True)

    def _meets_at(self, mention: Mention) -> bool:
        """A county by its short name, which can be no other's, that meets: 义乌召开全市…会议."""
        return mention.place is not None and self.text.startswith(("召开", "举行"), mention.end)

    def _acting_town(self, zone: Zone, low: int, high: int, taken: list[tuple[int, int]]) -> Claim | None:
        """A town that acts, without its county before it: 外滩街道召开…, 中路铺镇：…"""
        day = DAY_BEFORE.match(zone.masked, low, high)
        low = day.end() if day else low
        found = TOWN.match(zone.masked, low, high)
        if day and found and not TOWN_MEETS.match(zone.masked, found.end(), high):
            return None
        start = zone.start + low
        if not found or not is_town(found[1]) or any(first <= start + 1 < end for first, end in taken):
            return None
        town = self._town(zone.masked[low:high])
        if not town:
            return None
        end = start + len(town)
        name = Name(start, end, "government", start, level=town[-1:], town=town, base_end=end)
        meets = not day and self._first_act(zone.masked[low + len(town) : high]) == "meets"
        weight = PLACE_MEETS - 1 if meets else OPENS
        return Claim(weight, zone, start, name, is_sitting=True)

    def _of_place(self, zone: Zone, mention: Mention, after: str, low: int, at: int) -> Claim | None:
        """The claim of a place by what follows it."""
        cues = self.cues
        stop = CLAUSE_END.search(after, 0, 60)
        reach = stop.start() if stop else min(len(after), 60)
        meets, issues = cues.meets.search(after, 0, reach), cues.issues.search(after, 0, reach)
        if meets and cues.briefing.search(after, 0, 70 + meets.end()):
            weight = BRIEFING_PLACE
        elif meets or (issues and (low == 0 or zone.kind == "title")):
            weight = PLACE_MEETS - 0.05 * min(hit.start() for hit in (meets, issues) if hit)
        elif cues.acts.search(after, 0, 10) or FOLLOWS_PLACE.match(after):
            weight = PLACE_ACTS
        elif at == low:
            weight = PLACE_OPENS
        else:
            return None
        return Claim(weight, zone, mention.start, place=mention)

    def _town(self, after: str, is_in_county: bool = False) -> str:
        """杏子铺镇, where it acts or stands right after its county."""
        found = TOWN.match(after)
        if not found or not is_town(found[1]):
            return ""
        follows = after[found.end() :]
        return found[1] if is_in_county or not follows or follows[0] in "：: " or self._first_act(follows) else ""


def _is_passed_on(masked: str, low: int, at: int, after: str) -> bool:
    """Whether a body's words are passed on further off: 传达了总书记在2月3日召开的|中央政治局常委会|会议上的讲话."""
    clause = max(masked.rfind(mark, low, at) for mark in "，；：。") + 1
    return CONVEYS.search(masked, max(low, clause), at) is not None and SPIRIT.match(after) is not None


def _is_central(name: Name) -> bool:
    body = name.mention.body if name.mention else None
    return body is not None and body.level == "national"


def _sentence_ends(masked: str) -> Iterator[int]:
    """Ends of the first sentences, the last of which takes the rest."""
    for count, found in enumerate(SENTENCE_END.finditer(masked)):
        if count == SENTENCES - 1:
            break
        yield found.end()
    yield len(masked)
