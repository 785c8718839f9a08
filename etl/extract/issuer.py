"""Who met or issued, of what kind and level, and for which region.

Every body named in the title, the opening paragraphs and the signature, every place that acts there (建德市召开…), and
every leader who does (省委书记…主持) is a claim with a weight; the heaviest is the issuer. Bodies that are only
referred to (传达国务院…精神) weigh nothing. A bare level word (市领导小组) is resolved with the place that the document
shows; where it shows none, the region stays empty and the name as written. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.bodies import PLACE, PLACE_REST, WEAK, WEAK_REST, Name, either, find_names, mask
from etl.lexicon import Lexicon, Place
from etl.places import Mention, find_places
from etl.records import Document, Issuer, IssuerKind, Level, Page, Region, Segment

HEAD_PARAGRAPHS = 3  # opening paragraphs that may name the issuer
HEAD_LENGTH = 420  # characters read of each
SIGN_LENGTH = 45  # a longer line is no signature
VOTE_LENGTH = 12_000  # characters of the body in which places are counted
UNIT_KINDS = frozenset({"school", "hospital", "soe", "enterprise", "community", "other"})
HAN = "一-鿿"

# Weights of claims: what decides when title, lead and signature disagree.
TITLE_BODY, SIGNATURE, ACTOR, DECIDED = 100.0, 98.0, 95.0, 80.0
PLACE_MEETS, BRIEFING_BODY, LEADER_ACTS, TITLE_LEADER = 75.0, 66.0, 60.0, 65.0
OPENS = 47.0  # stands at the head of a clause, whatever it does there
UNIT_ITSELF = 44.0  # 我校, 院党组
VISITING = 20.0  # 国务院|工作组, in somebody's place
NUMBERED = 55.0  # 依据市指挥部第152号通告
TITLE_PLACE_ACTS, BRIEFING_PLACE, LEADER_ATTENDS, TITLE_PLACE = 45.0, 40.0, 35.0, 33.0
JOINED, PLACE_OPENS, NAMED_ONLY, REFERRED = 30.0, 25.0, 15.0, 4.0


VISITORS = re.compile(rf"[{HAN}{PLACE}-{WEAK_REST}]{{0,8}}?(?:工作组|督导组|指导组|督查组|巡查组|调研组)")  # of a higher body
STATE_NAMES = re.compile("中国|中铁|中建|中交|铁路|电网|供电|烟草|水务|公交|地铁|轨道|交投|城投|国投|农商|农信|机场|港务|能源|高速")
ADDRESS = re.compile("(?:各|全体|全市|全县|全区|市政府各|广大|尊敬的|亲爱的)[^。]*[：:]")


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
    source: re.Pattern[str]
    away_before: re.Pattern[str]
    away_after: re.Pattern[str]
    away_list: re.Pattern[str]  # 从吉林、|上海
    list_away: re.Pattern[str]  # 吉林|、上海等地


@cache
def compile_cues(lexicon: Lexicon) -> Cues:
    cues, away = lexicon.body_words.cues, lexicon.gazetteer.words
    deputies, heads, minors = either(cues["deputy"]), either(cues["head"]), either(cues["minor"])
    level_heads = "省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|行署专员"
    meetings = either(cues["meeting"])
    return Cues(
        office=re.compile(
            rf"(?:[{HAN}]{{1,6}}?(?:部|处|室|组|司|局|院|办))??(?P<deputy>(?:{deputies})*+)"
            rf"(?:(?P<minor>{minors})(?!会)|(?P<head>{heads}))"
        ),
        governor=re.compile(
            rf"(?:(?P<place>{PLACE}{PLACE_REST}*+)|(?P<weak>{WEAK}{WEAK_REST}*+))?(?P<deputy>(?:{deputies})*+)"
            rf"(?P<office>{level_heads})|(?P<place2>{PLACE}{PLACE_REST}*+)(?P<deputy2>(?:{deputies})*+)(?P<office2>长|主席)"
            rf"|(?P<region>自治区)(?P<deputy3>(?:{deputies})*+)主席"
        ),
        whole=re.compile(
            rf"(?<![{HAN}])(?P<level>{either(lexicon.body_words.kinds['whole'])})(?:[^，。；]{{2,30}}?会议?[^，。；]{{0,16}}?)?"
            rf"(?:召开|举行)"
        ),
        meets=re.compile(either(cues["meet"])),
        issues=re.compile(either(cues["issue"])),
        acts=re.compile(either(cues["act"])),
        visits=re.compile(either(cues["visit"])),
        attends=re.compile(either(cues["attend"])),
        meeting=re.compile(rf"(?:第?[^，。；：、]{{0,12}}?[次场]|（扩大）|\(扩大\)|[{HAN}]{{0,10}}?)(?:（扩大）)?(?:{meetings})"),
        briefing=re.compile(either(cues["briefing"])),
        reference=re.compile(rf"(?:{either(cues['reference'])})(?:了|着|过|好)?[“《]?$"),
        joined=re.compile(rf"(?:{either(cues['with'])})$"),
        referred=re.compile(
            rf"(?:[{HAN}（）]{{0,12}}?会议?)?(?:[{HAN}{PLACE}-{WEAK_REST}]{{0,14}}?会议?)?(?:{either(cues['referred'])})"
        ),
        decided=re.compile(rf"(?:{either(cues['decided'])})$"),
        source=re.compile(rf"(?:{either(cues['source'])})[:：\s]*"),
        away_before=re.compile(rf"(?:{either(away['away_before'])})$"),
        away_after=re.compile(rf"(?:{either(away['away_after'])})"),
        away_list=re.compile(rf"(?:{either(away['away_before'])})(?:[{HAN}]{{2,8}}、){{1,3}}$"),
        list_away=re.compile(rf"(?:、[{HAN}]{{2,8}}?){{1,6}}(?:{either(away['away_after'])})"),
    )


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the document that may show the issuer, masked and searched."""

    kind: str  # title | head | sign | source | rest
    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    order: int = 0  # of the paragraph


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that may be the issuer, and how much speaks for it."""

    weight: float
    zone: Zone
    start: int
    name: Name | None = None
    place: Mention | None = None  # a place that acts by itself, or the owner of a group that shows none
    is_office: bool = False  # 市长: the government of its level or place
    office_level: str = ""
    added: str = ""  # 党组, where its committee sat
    is_sitting: bool = False  # it acts or sits itself, so that the name stands as the text's own


def find_issuer(document: Document, page: Page, lexicon: Lexicon) -> tuple[Issuer, Region]:
    """The issuer and its region; empty where the document does not show them."""
    reading = Reading(document, page, lexicon)
    claims = sorted(reading.claims(), key=lambda claim: -claim.weight)
    if not claims:
        return Issuer(), Region()
    best = claims[0]
    if best.name is not None and best.zone.kind == "title":
        fuller = [other for other in claims[1:] if _is_fuller(reading, best, other)]
        best = next((other for other in fuller if other.name and other.name.is_group), fuller[0] if fuller else best)
    return reading.settle(best, claims)


def _is_fuller(reading: Reading, title: Claim, other: Claim) -> bool:
    """Whether the text names the title's body itself, and in full: 徐汇区领导小组 → 上海市徐汇区疫情防控工作领导小组."""
    if other.name is None or title.name is None or other.weight < LEADER_ATTENDS or other.zone.kind == "title":
        return False
    one, two = title.name, other.name
    if one.is_unit and two.is_unit and two.is_group and other.is_sitting:
        # 沈阳大学 in the title, its own group in the text
        own = reading.text[one.start : one.base_end]
        return two.level in UNIT_LEVELS or reading.text.startswith(own, two.start)
    if one.is_group != two.is_group or one.is_unit != two.is_unit or (one.is_group and not other.is_sitting):
        return False
    if one.is_group:
        return True
    whole = one.mention is not None and one.mention.body is not None
    short, long = (reading.text[name.start if whole else name.owner_end : name.end] for name in (one, two))
    return len(long) >= len(short) and _is_abbreviation(short, long)


def _is_abbreviation(short: str, long: str) -> bool:
    """教委 of 教育委员会: its characters in order."""
    rest = iter(long)
    return all(character in rest for character in short)


class Reading:
    """One document as the search for its issuer sees it. Lives for one call."""

    def __init__(self, document: Document, page: Page, lexicon: Lexicon) -> None:
        self.document, self.page, self.lexicon = document, page, lexicon
        self.text = document.text
        self.cues = compile_cues(lexicon)
        self.zones = tuple(self._zones())
        self._votes: Votes | None = None

    # Zones

    def _zones(self) -> Iterator[Zone]:
        segments = self.page.segments
        title = self.page.title
        if title is not None:
            yield self._zone("title", title.start, title.end)
        content = [s for s in segments if s.kind in ("lead", "paragraph", "heading") and not self._is_address(s)]
        head = [s for s in content if title is None or s.start > title.start or s.kind != "heading"][:HEAD_PARAGRAPHS]
        before = [s for s in content if title is not None and s.kind == "heading" and s.start < title.start][-1:]
        for order, segment in enumerate([*before, *head]):
            yield self._zone("head", segment.start, min(segment.end, segment.start + HEAD_LENGTH), order)
        signs = [s for s in content[len(head) :] if s.end - s.start <= SIGN_LENGTH][-4:]
        for segment in signs:
            yield self._zone("sign", segment.start, segment.end)
        for segment in self.page.of("byline", "published"):
            yield self._zone("source", segment.start, min(segment.end, segment.start + 120))

    def _is_address(self, segment: Segment) -> bool:
        """各县、区人民政府，市政府各部门：who is told, not who tells."""
        return segment.end - segment.start <= 120 and bool(ADDRESS.fullmatch(self.text, segment.start, segment.end))

    def _zone(self, kind: str, start: int, end: int, order: int = 0) -> Zone:
        mentions = find_places(self.text, self.lexicon, start, end)
        masked = mask(self.text, start, end, mentions)
        names = tuple(find_names(masked, start, mentions, self.lexicon)) if kind != "source" else ()
        return Zone(kind, start, end, masked, mentions, names, order)

    # Claims

    def claims(self) -> Iterator[Claim]:
        for zone in self.zones:
            if zone.kind == "title":
                yield from self._title_claims(zone)
            elif zone.kind == "head":
                yield from self._head_claims(zone)
            elif zone.kind == "sign":
                yield from self._signature(zone)
        yield from self._last_resort()

    def _title_claims(self, zone: Zone) -> Iterator[Claim]:
        for claim in self._sentence_claims(zone, 0, len(zone.masked)):
            if claim.name is not None and claim.name.town and claim.name.owner_end == claim.name.end:
                yield replace(claim, weight=TITLE_PLACE_ACTS)
            elif claim.name is not None and not claim.is_office:
                if claim.weight in (LEADER_ACTS, LEADER_ATTENDS):
                    yield replace(claim, weight=TITLE_LEADER)
                elif claim.name.owner_end == claim.start and not claim.name.is_unit and claim.place is None:
                    if claim.weight > REFERRED:
                        yield replace(claim, weight=TITLE_LEADER - 10)  # 领导小组 of somebody
                elif claim.weight in (VISITING, JOINED):
                    yield claim
                elif claim.weight > REFERRED:
                    late = claim.start - zone.start
                    yield replace(claim, weight=TITLE_BODY - 0.1 * late, is_sitting=claim.is_sitting)
            elif claim.is_office and claim.weight == TITLE_PLACE_ACTS:
                yield claim
            elif claim.is_office:
                yield replace(claim, weight=TITLE_LEADER - 1)
            elif claim.weight >= PLACE_OPENS:
                acts = claim.weight > PLACE_OPENS
                yield replace(claim, weight=TITLE_PLACE_ACTS if acts else TITLE_PLACE)

    def _head_claims(self, zone: Zone) -> Iterator[Claim]:
        at = 0
        for count, end in enumerate(_sentence_ends(zone.masked)):
            for claim in self._sentence_claims(zone, at, end):
                yield replace(claim, weight=claim.weight - 2.0 * count - 6.0 * zone.order)
            at = end

    def _signature(self, zone: Zone) -> Iterator[Claim]:
        """A short line near the end that is a body's name and nothing else, a date aside."""
        line = self.text[zone.start : zone.end]
        for name in zone.names:
            rest = line[: name.start - zone.start] + line[name.end - zone.start :]
            if name.start == zone.start and re.fullmatch(r"[\s\d年月日（）()第号〇一二三四五六七八九十.]*", rest):
                yield Claim(SIGNATURE, zone, name.start, name, is_sitting=True)

    def _last_resort(self) -> Iterator[Claim]:
        """A place that opens the text, or the one that it names most, where nobody acts."""
        for zone in self.zones:
            if zone.kind in ("title", "head"):
                for mention in zone.mentions:
                    if mention.form in ("full", "short") and not self._is_away(mention):
                        yield Claim(10.0 - zone.order, zone, mention.start, place=mention)
                        return

    def _sentence_claims(self, zone: Zone, low: int, high: int) -> Iterator[Claim]:
        """Claims of one sentence, masked[low:high]."""
        start, stop = zone.start + low, zone.start + high
        names = [name for name in zone.names if start <= name.start < stop]
        taken = [(name.start, name.end) for name in names]
        earlier = re.match("[\\s，]*(?:此前|之前|早前|前一天|随后还|会前)", zone.masked[low : low + 8])
        leaders: list[Claim] = []
        subject: Claim | None = None
        previous: tuple[int, bool] = (-1, False)  # end of the previous name, and whether it was only referred to
        governors = list(self._governors(zone, low, high, taken))
        taken += [(claim.start, claim.start + 2) for claim in governors]
        for place in self._acting_places(zone, low, high, taken):
            yield place
            subject = subject or place
        for name in names:
            after = zone.masked[name.end - zone.start : high]
            before = zone.masked[max(low, name.start - zone.start - 14) : name.start - zone.start]
            listed = 0 <= name.start - previous[0] <= 2 and previous[1]
            is_referred = bool(earlier or self._is_reference(before) or listed or self._in_title_marks(zone, name))
            office = self.cues.office.match(after)
            if office and not is_referred:
                leaders.append(self._leader(zone, name, office))
                previous = (name.end, False)
                continue
            led = any(leader.start < name.start for leader in (*leaders, *governors))
            claim = self._body_claim(zone, name, before, after, is_referred, subject, led)
            previous = (name.end, claim.weight in (REFERRED, JOINED))
            if claim.weight > REFERRED:
                yield claim
                if claim.is_sitting and subject is None:
                    subject = claim
        if whole := self.cues.whole.search(zone.masked, low, high):
            at, end = zone.start + whole.start(), zone.start + whole.end("level")
            name = Name(at, end, "government", end, level=whole["level"], base_end=end)
            weight = TITLE_PLACE_ACTS if zone.kind == "title" else PLACE_MEETS - 1
            yield Claim(weight, zone, at, name, is_office=True)
        yield from self._leader_claims(zone, [*leaders, *governors], low, high, names)

    def _body_claim(
        self, zone: Zone, name: Name, before: str, after: str, is_referred: bool, subject: Claim | None, led: bool
    ) -> Claim:
        cues = self.cues
        bare = name.is_group and name.owner_end == name.start
        if self.cues.decided.search(before) and re.match("的?(?:有关)?(?:决定|通告|公告|通知|措施)", after):
            return Claim(DECIDED, zone, name.start, name)
        if name.is_group and re.match("(?:第|20)[^，。；]{1,10}?号(?:通告|公告|令|通知)", after):
            return Claim(ACTOR if not is_referred else NUMBERED, zone, name.start, name, is_sitting=not is_referred)
        if before.endswith("据") and re.match("消息|通报|介绍|发布|公告|通告", after):
            return Claim(70.0, zone, name.start, name, is_sitting=True)
        if is_referred or cues.referred.match(after):
            return Claim(REFERRED, zone, name.start, name)
        if cues.joined.search(before) and not re.search(r"[暨]$", before):
            return Claim(JOINED, zone, name.start, name)
        if re.search(r"暨$", before):
            return Claim(JOINED, zone, name.start, name)
        if VISITORS.match(after):
            return Claim(VISITING, zone, name.start, name)
        meeting = cues.meeting.match(after)
        held = re.search("(?:召开|举行|主持|套开|召集)[^，。]{0,6}$", before)
        acts = self._first_act(after)
        if bare:
            # 召开疫情防控工作领导小组会议: of the place that called it; of a unit, the unit itself
            if not (meeting or acts):
                return Claim(REFERRED, zone, name.start, name)
            if subject is not None and subject.place is not None:
                return Claim(ACTOR, zone, name.start, name, place=subject.place, is_sitting=True)
            weight = REFERRED if subject is not None and subject.name is not None else 50.0
            return Claim(weight, zone, name.start, name)
        if name.level in UNIT_LEVELS and name.mention is None:
            if name.is_group and acts == "issues":
                return Claim(ACTOR + 0.5, zone, name.start, name, is_sitting=True)
            # 校领导小组, 院党组, 我校: its meetings are the unit's
            return Claim(UNIT_ITSELF if meeting or acts or held else REFERRED, zone, name.start, name)
        if acts == "acts" and led and not (meeting or held):
            return Claim(NAMED_ONLY, zone, name.start, name)
        if meeting or acts or held:
            briefing = acts == "meets" and cues.briefing.search(after[:70])
            weight = BRIEFING_BODY if briefing else ACTOR if (meeting or held or acts != "acts") else 70.0
            return Claim(weight, zone, name.start, name, added=self._committee(name, after), is_sitting=True)
        opens = not before or not re.match(rf"[{HAN}]", before[-1])
        return Claim(OPENS if opens and not led else NAMED_ONLY, zone, name.start, name)

    def _first_act(self, after: str) -> str:
        """What the body whose name ends here does first in its clause: meets, issues, acts, or nothing."""
        reach = after[:70]
        stop = re.search("[。；;！]", reach)
        reach = reach[: stop.start()] if stop else reach
        found = [
            (hit.start(), kind)
            for kind in ("meets", "issues", "acts")
            if (hit := getattr(self.cues, kind).search(reach if kind != "acts" else reach[:24]))
        ]
        return min(found)[1] if found else ""

    def _committee(self, name: Name, after: str) -> str:
        """党组 where the body's committee sat: 省政协召开党组扩大会议."""
        if name.is_unit or name.is_group or name.kind in ("party_committee", "school", "hospital"):
            return ""
        found = re.match(rf"[^。；]{{0,12}}?(?:召开|举行)[{HAN}]{{0,4}}?(党组|党委)(?:（扩大）|扩大|理论|第|会)", after)
        own = self.text[name.base_end : name.end]
        return found[1] if found and not own else ""

    def _in_title_marks(self, zone: Zone, name: Name) -> bool:
        """Inside 《》."""
        before = zone.masked[: name.start - zone.start]
        return before.rfind("《") > before.rfind("》")

    def _is_reference(self, before: str) -> bool:
        return bool(self.cues.reference.search(before))

    # Leaders

    def _leader(self, zone: Zone, name: Name, office: re.Match[str]) -> Claim:
        """A leader of a body; the weight holds how well the office speaks for it until the person's offices are read."""
        is_minor = bool(office["minor"]) or ("副" in office["deputy"] and office["head"] == "书记")
        is_own = name.level in UNIT_LEVELS and name.mention is None
        rank = 0.5 if is_own else 1.0 if is_minor else 3.0 if name.is_group and not (name.is_unit or name.level in UNIT_LEVELS) else 2.0
        if name.kind == "congress_cppcc" and not is_minor:
            rank = 1.5
        end = name.end + office.end()
        return Claim(rank, zone, name.start, replace(name, end=name.base_end or name.end), office_level=str(end))

    def _governors(self, zone: Zone, low: int, high: int, taken: list[tuple[int, int]]) -> Iterator[Claim]:
        """Heads of government: 市长, 上海市副市长, 江苏省长."""
        by_start = {mention.start: mention for mention in zone.mentions}
        for found in self.cues.governor.finditer(zone.masked, low, high):
            start = zone.start + found.start()
            if any(a <= start < b for a, b in taken) or self._is_reference(zone.masked[max(low, found.start() - 8) : found.start()]):
                continue
            if found.start() > low and zone.masked[found.start() - 1] in "社小校园":
                continue
            mention = by_start.get(start) if found["place"] or found["weak"] or found["place2"] else None
            office = found["office"] or ("自治区" if found["region"] else "")
            level = "自治区" if found["region"] else office[:-1] if office else ""
            if found["place2"] and not (mention and mention.place):
                continue
            if found["office2"] == "主席" and not self.text[: zone.start + found.end()].endswith("主席"):
                continue
            if found["office2"] == "主席" and mention and mention.place and not mention.place.name_zh.endswith("自治区"):
                continue
            yield Claim(
                2.0,
                zone,
                start,
                Name(
                    start,
                    zone.start + found.end(),
                    "government",
                    start,
                    level="" if mention else level,
                    mention=mention,
                    base_end=zone.start + found.end(),
                ),
                is_office=True,
                office_level=str(zone.start + found.end()),
            )

    def _leader_claims(
        self, zone: Zone, leaders: list[Claim], low: int, high: int, names: list[Name]
    ) -> Iterator[Claim]:
        """One claim a person: of the offices before a name, the one that the person acts in."""
        leaders.sort(key=lambda claim: claim.start)
        people: list[list[Claim]] = []
        for leader in leaders:
            if people:
                gap = self.text[int(people[-1][-1].office_level) : leader.start]
                if len(gap) <= 14 and re.fullmatch(rf"[、，,兼及暨]|(?:[、，][{HAN}]{{1,6}}?(?:长|任|员|席))?[、，,兼及]?", gap):
                    people[-1].append(leader)
                    continue
            people.append([leader])
        for order, offices in enumerate(people):
            chosen = max(enumerate(offices), key=lambda pair: (pair[1].weight, pair[0]))[1]
            end = int(offices[-1].office_level)
            rest = zone.masked[end - zone.start : high]
            if re.match(r"[^，。；]{0,6}(?:分别)?(?:作|做)?了?(?:交流|表态|典型)?(?:发言|汇报)", rest):
                continue
            acts = self.cues.visits.search(rest[:60])
            attends = self.cues.attends.search(rest[:30])
            weight = LEADER_ACTS if acts and not (attends and attends.start() < acts.start()) else LEADER_ATTENDS
            sat = re.search(r"主持(?:召开)?(?:领导小组|指挥部)[^，。]{0,8}会", rest[:80])
            sits = bool(sat and chosen.name is not None and chosen.name.is_group)
            if sits:
                weight = ACTOR - 1
            added = self._committee(chosen.name, rest) if chosen.name else ""
            if added and chosen.is_office:
                # 市政府党组书记、市长主持召开党组会议: the office that the committee goes with
                others = [o for o in offices if o.name and not o.is_office and o.name.kind != "party_committee"]
                chosen, added = (others[0], added) if others else (chosen, "")
            # a place that an earlier office of the same person shows holds for the bare ones: 湖北省委书记、省…指挥长
            yield replace(chosen, weight=weight - 3.0 * order, added=added, office_level="", is_sitting=sits)

    # Places that act

    def _acting_places(self, zone: Zone, low: int, high: int, taken: list[tuple[int, int]]) -> Iterator[Claim]:
        best: Claim | None = None
        for mention in zone.mentions:
            at = mention.start - zone.start
            if not low <= at < high or mention.form not in ("full", "short", "zone", "weak"):
                continue
            if any(a <= mention.start < b for a, b in taken) or self._is_away(mention):
                continue
            if mention.form == "weak" and (at != low or zone.kind != "title"):
                continue
            before = zone.masked[max(low, at - 1) : at]
            if before and re.match(rf"[{HAN}]", before) and before not in "日午晚间后讯晨时年月师致":
                continue
            after = zone.masked[at + mention.end - mention.start : high]
            if VISITORS.match(after):
                continue
            town, after = self._town(after)
            reach = re.split("[。；]", after[:60])[0]
            follow = re.match(r"[：:\s]|市民|全域|全市|全县|全区", reach)
            meets, issues = self.cues.meets.search(reach), self.cues.issues.search(reach)
            briefing = meets and self.cues.briefing.search(after[: 70 + meets.end()])
            if briefing:
                weight = BRIEFING_PLACE
            elif meets or (issues and (low == 0 or zone.kind == "title")):
                hit = min(found.start() for found in (meets, issues) if found)
                weight = PLACE_MEETS - 0.05 * hit
            elif self.cues.acts.search(reach[:10]) or follow:
                weight = TITLE_PLACE_ACTS
            elif at == low:
                weight = PLACE_OPENS
            else:
                continue
            claim = Claim(weight, zone, mention.start, place=mention)
            if town:
                end = mention.end + len(town)
                name = Name(mention.start, end, "government", end, town=town, mention=mention, base_end=end)
                claim = replace(claim, name=name, is_sitting=True)
            if best is None or claim.weight > best.weight:
                best = claim
        if best is not None:
            yield best

    def _town(self, after: str) -> tuple[str, str]:
        """杏子铺镇 right after its county, where it acts; and what follows it."""
        found = re.match(rf"([{HAN}]{{1,5}}?(?:镇街道|地区街道|街道|镇|乡|苏木))(?=[{HAN}：:\s]|$)", after)
        if found and not re.search("[各所全及和与、等的属该某辖在到为是对]|乡镇|街镇", found[1]):
            follows = after[found.end() :]
            if self._first_act(follows) or not follows or follows[0] in "：: ":
                return found[1], follows
        return "", after

    def _is_away(self, mention: Mention) -> bool:
        """Where cases come from, where aid goes: 驰援湖北, 武汉籍, 从吉林、上海等地返回."""
        text, start, end = self.text, mention.start, mention.end
        before = text[max(0, start - 30) : start]
        if self.cues.away_before.search(before, max(0, len(before) - 5)):
            return True
        if self.cues.away_after.match(text, end):
            return True
        if before.endswith("、") and self.cues.away_list.search(before):
            return True
        return text.startswith("、", end) and bool(self.cues.list_away.match(text, end))

    # Settling

    @property
    def votes(self) -> Votes:
        if self._votes is None:
            self._votes = Votes(self)
        return self._votes

    def settle(self, claim: Claim, claims: list[Claim]) -> tuple[Issuer, Region]:
        name = claim.name
        if name is None:
            return self._settle_place(claim)
        if name.mention is not None and name.mention.body is not None:
            branch = self._branch(claim, name)
            return branch if branch is not None else self._settle_named(claim, name)
        if name.is_unit:
            return self._settle_unit(claim, name, claims)
        return self._settle_organ(claim, name)

    def _settle_place(self, claim: Claim) -> tuple[Issuer, Region]:
        mention = claim.place
        assert mention is not None
        place = self._one(mention)
        written = self.text[mention.start : mention.end]
        if place is None:
            return Issuer(written, written, "government", _level_of_name(written)), Region(evidence=written)
        named = full_name(place) if mention.form != "zone" else self.text[mention.top : mention.end]
        level = "county" if mention.form == "zone" else place.level
        return Issuer(named, written, "government", level), self._region(place, written)

    def _settle_named(self, claim: Claim, name: Name) -> tuple[Issuer, Region]:
        """教育部, 南开大学, 国务院联防联控机制综合组."""
        mention = name.mention
        assert mention is not None and mention.body is not None
        body = mention.body
        written = self.text[name.start : name.end]
        rest = self.text[name.owner_end : name.end]
        # a unit under the name that it goes by, a national body under its canonical one
        named = (self.text[name.start : name.owner_end] if body.level == "unit" else body.name) + rest + claim.added
        kind: IssuerKind = body.kind
        if name.is_group and body.level != "unit":
            kind = "leading_group"
        place = self.lexicon.gazetteer.places.get(body.adcode or "")
        return Issuer(named, written, kind, body.level), self._region(place, written) if place else Region()

    def _branch(self, claim: Claim, name: Name) -> tuple[Issuer, Region] | None:
        """A unit named after another: 西安交通大学|第一附属医院, 中国移动|江苏公司; it lies where its own name says."""
        mention = name.mention
        assert mention is not None and mention.body is not None
        own = self.text[mention.end : name.base_end]
        if not name.is_unit or name.is_group or not own:
            return None
        written = self.text[name.start : name.end]
        inner = next((m for m in claim.zone.mentions if mention.end <= m.start < name.end and m.place), None)
        place = inner.place if inner else self.lexicon.gazetteer.places.get(mention.body.adcode or "")
        kind = mention.body.kind if name.kind == "enterprise" else name.kind
        return Issuer(written, written, kind, "unit"), self._region(place, written) if place else Region()

    def _settle_unit(self, claim: Claim, name: Name, claims: list[Claim]) -> tuple[Issuer, Region]:
        written = self.text[name.start : name.end]
        if name.level and name.mention is None and name.level in UNIT_LEVELS:
            return self._settle_own(claim, name, claims)
        kind = name.kind
        if kind == "enterprise" and self._is_state_owned(name, claims):
            kind = "soe"
        named, place = written, None
        if name.mention is not None:
            place = self._one(name.mention)
            if place is not None and name.mention.top > name.start:
                named = self._prefix(name.mention, place) + self.text[name.owner_end : name.end]
        elif name.level:
            place, words = self.votes.resolve(name.level)
            if place is not None:
                named = everyday_name(place) + self.text[name.owner_end : name.end]
                return Issuer(named, written, kind, "unit"), self._region(place, words)
        if place is None and name.mention is None:
            place, words = self.votes.strongest(3.0)
            return Issuer(named, written, kind, "unit"), self._region(place, words) if place else Region()
        if place is None:
            return Issuer(named, written, kind, "unit"), Region()
        if place.level == "province" and kind in ("school", "hospital", "other"):
            # a provincial one lies where the document says, where it says so
            city, shown = self.votes.strongest()
            if city is not None and city.level != "province" and city.province_adcode == place.adcode:
                return Issuer(named, written, kind, "unit"), self._region(city, shown)
        return Issuer(named, written, kind, "unit"), self._region(place, written)

    def _settle_own(self, claim: Claim, name: Name, claims: list[Claim]) -> tuple[Issuer, Region]:
        """我校, 院党组, 校领导小组: of the unit that the document names elsewhere, or else the site around it."""
        written = self.text[name.start : name.end]
        own = self.text[name.owner_end : name.end] if name.is_group and claim.is_sitting else ""
        others = [c for c in claims if c.name is not None and c.name is not name]
        named = [Claim(0.0, zone, n.start, n) for zone in self.zones for n in zone.names]
        for other in [*others, *named, *self._site_claims()]:
            owner = other.name
            if owner is None or owner.level in UNIT_LEVELS or owner.end == owner.owner_end and not owner.mention:
                continue
            if not owner.is_unit and owner.kind not in ("department", "judiciary", "federation"):
                continue
            issuer, region = self.settle(replace(other, added="", name=replace(owner, end=owner.base_end, is_group=False)), [])
            return replace(issuer, name=(issuer.name or "") + own, as_written=written), region
        return Issuer(written, written, "other", "unit"), Region()

    def _site_claims(self) -> Iterator[Claim]:
        """Units that the site around the text names: 版权所有 沈阳大学."""
        for segment in self.page.of("furniture", "byline", "published"):
            zone = self._zone("site", segment.start, min(segment.end, segment.start + 160))
            for name in zone.names:
                if name.is_unit:
                    yield Claim(0.0, zone, name.start, name)

    def _is_state_owned(self, name: Name, claims: list[Claim]) -> bool:
        """An enterprise that a party committee leads, or whose name tells."""
        opening = " ".join(self.text[zone.start : zone.end] for zone in self.zones if zone.kind in ("title", "head"))
        return bool(
            STATE_NAMES.search(self.text, name.start, name.end) or re.search("党委|党组|党工委|国有企业|国资委|国企", opening)
        )

    def _settle_organ(self, claim: Claim, name: Name) -> tuple[Issuer, Region]:
        """市委, 卫生健康委, 指挥部: of a place, a level word, or the place that called it."""
        written = self.text[name.start : name.end]
        rest = self.text[name.owner_end : name.end] + claim.added
        is_whole = claim.is_office and name.level[:1] in ("全", "我")
        if claim.is_office:
            rest = "" if is_whole else "人民政府"
        if rest.endswith("委常委"):
            rest += "会"
        mention = name.mention or (claim.place if name.owner_end == name.start and not name.level else None)
        town = name.town
        if mention is not None:
            place = self._one(mention)
            words = self.text[mention.start : mention.end] + town
            if place is None:
                return Issuer(written, written, name.kind, _level_of_name(words)), Region(evidence=words)
            prefix = self._prefix(mention, place) if name.is_group else self._prefix_of_organ(mention, place)
            if town:
                return self._settle_town(name, place, town, rest, written)
            level: Level = "county" if mention.form == "zone" and place.level != "county" else place.level
            return Issuer(prefix + rest, written, name.kind, level), self._region(place, words)
        level_word = name.level or claim.office_level
        if level_word == "省市":
            # 省市疫情处置工作济南现场联合指挥部 shows its city inside its name
            inner = next((m for m in claim.zone.mentions if name.start < m.start < name.end and m.place), None)
            if inner is not None and inner.place is not None:
                words = self.text[inner.start : inner.end]
                return Issuer(written, written, name.kind, inner.place.level), self._region(inner.place, words)
        if not level_word and self.text.startswith(("中央", "首都", "全国"), name.start):
            return Issuer(written, written, name.kind, "national"), Region()
        found, words = self.votes.resolve(level_word, near=claim)
        if found is None or not _fits(found, level_word):
            level = LEVEL_OF_WORD.get(level_word[-1:] if level_word != "自治区" else level_word)
            kept = written if not claim.is_office else None if is_whole else level_word + rest
            return Issuer(kept, written, name.kind, level), self._region(found, words) if found else Region()
        if level_word and level_word[-1] in "镇乡道":
            town_name, county, town_words = self._town_of_document(level_word)
            if county is not None:
                issuer, region = self._settle_town(name, county, town_name, rest, written)
                return issuer, replace(region, evidence=town_words)
        if _is_zone(level_word):
            return Issuer(found.name_zh + level_word + rest, written, name.kind, "county"), self._region(found, words)
        return Issuer(everyday_name(found) + rest, written, name.kind, found.level), self._region(found, words)

    def _settle_town(self, name: Name, place: Place, town: str, rest: str, written: str) -> tuple[Issuer, Region]:
        named = everyday_name(place) + town + rest
        words = self.text[name.start : name.owner_end]
        return Issuer(named, written, name.kind, "township"), Region(place.adcode, (*place.path, town), words)

    def _town_of_document(self, level_word: str) -> tuple[str, Place | None, str]:
        """The town that 镇 or 街道 means: one that follows its county in the title or the opening."""
        for zone in self.zones:
            for mention in zone.mentions:
                place = mention.place
                if place is None or place.level != "county":
                    continue
                found = re.match(rf"[{HAN}]{{1,5}}?(?:镇街道|街道|镇|乡|苏木)", self.text[mention.end : mention.end + 9])
                if found and found.group().endswith(level_word[-1]) and not re.search("[各所全及和等的属该]", found.group()):
                    return found.group(), place, self.text[mention.start : mention.end + found.end()]
        return "", None, ""

    def _prefix(self, mention: Mention, place: Place) -> str:
        """How a body's full name begins: 吉林省蛟河市 → 蛟河市, 嘉定区 → 上海市嘉定区, 湖北 → 湖北省."""
        own = self.text[mention.top : mention.end]
        if mention.form == "zone" or own == "北京":
            return own  # 北京新冠肺炎疫情防控工作领导小组 is the official name
        if place.name_zh.endswith(("自治州", "自治县", "自治旗")) and own != place.short_zh:
            return own
        return full_name(place)

    def _prefix_of_organ(self, mention: Mention, place: Place) -> str:
        own = self.text[mention.top : mention.end]
        return full_name(place) if own == "北京" else self._prefix(mention, place)

    def _one(self, mention: Mention) -> Place | None:
        """The unit that a mention means; of several of that name, the one that the document speaks for."""
        if mention.place is not None:
            return mention.place
        one = self._then_valid(mention.places)
        return one if one is not None else self.votes.choose(mention.places)

    def _then_valid(self, places: tuple[Place, ...]) -> Place | None:
        """The one unit of several that bore the name when the text was written: 公主岭市 moved to 长春市 in 2020-06."""
        if len({place.name_zh for place in places}) > 1 or len({place.province_adcode for place in places}) > 1:
            return None
        found = re.search(r"(20\d\d)年(1[0-2]|0?[1-9])月", self.text[:2000])
        month = self.document.published_date[:7] if self.document.published_date else None
        if found:
            month = f"{found[1]}-{int(found[2]):02d}"
        valid = [
            place
            for place in places
            if (not month and not place.valid_to)
            or (month and (place.valid_from or "") <= month and (not place.valid_to or month < place.valid_to))
        ]
        return valid[0] if len(valid) == 1 else None

    def _region(self, place: Place, words: str | None) -> Region:
        return Region(place.adcode, place.path, words)


UNIT_LEVELS = frozenset("我校 学校 学院 校 我院 医院 院 集团公司 集团 总公司 公司 总局 局 厅 总行 行 委 部 会 厂 矿 中心 社 所 支队 监狱".split())
LEVEL_OF_WORD: dict[str, Level] = {
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "道": "township",
}


def full_name(place: Place) -> str:
    """A district under its city: 上海市嘉定区; 浦东新区 and other units stand alone."""
    if place.level == "county" and place.name_zh.endswith("区") and not place.name_zh.endswith("新区") and len(place.path) > 1:
        return place.path[-2] + place.name_zh
    return place.name_zh


def everyday_name(place: Place) -> str:
    """德宏傣族景颇族自治州 → 德宏州; else the full name."""
    for ending in ("自治州", "自治县", "自治旗"):
        if place.name_zh.endswith(ending):
            return place.short_zh + ending[-1]
    return full_name(place)


def _level_of_name(words: str) -> Level | None:
    return LEVEL_OF_WORD.get(words[-1:])


def _fits(place: Place, level_word: str) -> bool:
    """Whether a unit is of the level that a word says."""
    if not level_word:
        return True
    if level_word == "自治区":
        return place.name_zh.endswith("自治区")
    last = level_word[-1]
    if last in "镇乡道":
        return place.level == "county"
    if level_word == "地区":
        return place.name_zh.endswith("地区")
    if _is_zone(level_word):
        return place.level == "prefecture" or place.adcode in MUNICIPALITIES
    return place.name_zh.endswith(last) and not (last == "区" and place.level == "province")


def _is_zone(level_word: str) -> bool:
    """高新区 and other districts that are no units."""
    return level_word.endswith("区") and level_word not in ("区", "我区", "全区", "自治区", "地区")


def _sentence_ends(masked: str) -> Iterator[int]:
    """Ends of sentences, the last one's included; at most six."""
    count = 0
    for found in re.finditer("[。！？；]", masked):
        yield found.end()
        count += 1
        if count == 6:
            return
    yield len(masked)


@dataclass(slots=True)
class Votes:
    """Which places a document speaks for, by weight; counted once, when a name leaves it open."""

    reading: Reading
    weights: dict[str, float] = field(default_factory=dict)  # adcode of a mentioned unit → weight
    words: dict[str, str] = field(default_factory=dict)  # adcode → the words that support it
    _counted_rest: bool = False

    def __post_init__(self) -> None:
        for zone in self.reading.zones:
            owners = {name.mention.start for name in zone.names if name.mention is not None}
            for mention in zone.mentions:
                self._count(mention, zone.kind, mention.start in owners or mention.start == zone.start)
        self._count_rest()

    def _count_rest(self) -> None:
        """The paragraphs after the opening, a name counted at most three times."""
        reading = self.reading
        done = max((zone.end for zone in reading.zones if zone.kind == "head"), default=0)
        end = min(len(reading.text), done + VOTE_LENGTH)
        seen: dict[str, int] = {}
        for segment in reading.page.of("lead", "paragraph", "heading"):
            if segment.end <= done or segment.start >= end:
                continue
            for mention in find_places(reading.text, reading.lexicon, max(segment.start, done), min(segment.end, end)):
                words = reading.text[mention.start : mention.end]
                seen[words] = seen.get(words, 0) + 1
                if seen[words] <= 3:
                    self._count(mention, "rest", False)

    def _count(self, mention: Mention, zone: str, is_owner: bool) -> None:
        """A mention's weight: by where it stands, whether a body bears it, and what is said around it."""
        reading, text = self.reading, self.reading.text
        if mention.body is not None:
            if mention.body.adcode and mention.body.level != "national" and is_owner:
                self._add(mention.body.adcode, 1.5, mention)
            return
        if len(mention.places) != 1 or mention.form == "weak" or reading._is_away(mention):
            return
        place = mention.places[0]
        weight = OWNED[zone] if is_owner else SHOWN[zone]
        if mention.form == "stay":
            weight *= 0.8 if mention.is_strong else 0.2
        elif not is_owner:
            if re.match("(?:分别)?(?:作|做)?了?(?:交流|表态|典型|书面)?(?:发言|汇报)", text[mention.end : mention.end + 12]):
                weight *= 2  # 浦东新区、黄浦区分别作了交流发言: its districts report to it
            elif re.search("(?:到|赴|深入|在|前往)$", text[max(0, mention.start - 2) : mention.start]) and re.search(
                "调研|检查|督导|督查|调度|考察", text[mention.end : mention.end + 30]
            ):
                weight *= 1.5  # a leader visits places of the own jurisdiction
            elif zone == "rest" and place.province_adcode == "420000":
                weight *= 0.1  # every announcement of 2020 speaks of Wuhan
            elif zone in ("rest", "head") and place.adcode == "110000":
                weight *= 0.3
        if place.province_adcode in ("710000", "810000", "820000"):
            weight *= 0.1
        self._add(place.adcode, weight, mention)

    def _add(self, adcode: str, weight: float, mention: Mention) -> None:
        if weight > 0:
            self.weights[adcode] = self.weights.get(adcode, 0.0) + weight
            self.words.setdefault(adcode, self.reading.text[mention.start : mention.end])

    def choose(self, places: Iterable[Place]) -> Place | None:
        """Of units of one name, the one whose city or province the document speaks for; None where that is open."""
        scored = []
        for place in places:
            above = place.codes[:-1]
            weight = sum(
                w for code, w in self.weights.items() if code in above or self._shares(code, above[-1:]) and code != place.adcode
            )
            scored.append((weight, place))
        scored.sort(key=lambda pair: -pair[0])
        if scored and scored[0][0] >= 0.4 and (len(scored) == 1 or scored[0][0] >= 2 * scored[1][0]):
            return scored[0][1]
        return None

    def _shares(self, code: str, above: tuple[str, ...]) -> bool:
        place = self.reading.lexicon.gazetteer.places[code]
        return bool(above) and above[0] in place.codes

    def resolve(self, level_word: str, near: Claim | None = None) -> tuple[Place | None, str]:
        """The unit that a bare level word means, and the words that show it; a province alone where no more is shown.

        市 beside 浦东新区 → 上海市; 省 with no province named anywhere → None.
        """
        places = self.reading.lexicon.gazetteer.places
        totals: dict[str, float] = {}
        words: dict[str, str] = {}
        upper: dict[str, float] = {}
        for code, weight in self.weights.items():
            place = places[code]
            upper[place.province_adcode] = upper.get(place.province_adcode, 0.0) + weight
            for depth, above in enumerate(reversed(place.codes)):
                if _fits(places[above], level_word):
                    worth = weight if depth == 0 else 0.7 * weight
                    totals[above] = totals.get(above, 0.0) + worth
                    if above not in words or depth == 0:
                        words[above] = self.words[code]
                    break
        if near is not None:
            # 沧州市突发疫情，市工商联随即…: the place that its own paragraph has just named
            for mention in near.zone.mentions:
                place = mention.place
                if place is None or mention.start > near.start or mention.form not in ("full", "short"):
                    continue
                if _fits(place, level_word) and not self.reading._is_away(mention):
                    totals[place.adcode] = totals.get(place.adcode, 0.0) + 4.0
                    words[place.adcode] = self.reading.text[mention.start : mention.end]
        best = _clear_winner(totals)
        if best is not None:
            return places[best], words[best]
        province = _clear_winner(upper)
        if province is None:
            return self._from_host(level_word)
        shown = next((self.words[code] for code in self.weights if places[code].province_adcode == province), "")
        return places[province], shown

    def _from_host(self, level_word: str) -> tuple[Place | None, str]:
        """The unit whose government's host the document lies on, where the text shows no place at all."""
        host = urlsplit(self.reading.document.url or "").hostname or ""
        if self.weights or not host.endswith(".gov.cn"):
            return None, ""
        labels = compile_hosts(self.reading.lexicon)
        for label in host.removesuffix(".gov.cn").split("."):
            place = labels.get(label)
            if place is not None:
                units = [self.reading.lexicon.gazetteer.places[code] for code in reversed(place.codes)]
                return next(((unit, host) for unit in units if _fits(unit, level_word)), (None, ""))
        return None, ""

    def strongest(self, least: float = 1.5) -> tuple[Place | None, str]:
        """Where a unit lies that does not say so: the city that the document speaks for most, else the province."""
        places = self.reading.lexicon.gazetteer.places
        cities: dict[str, float] = {}
        provinces: dict[str, float] = {}
        for code, weight in self.weights.items():
            place = places[code]
            provinces[place.province_adcode] = provinces.get(place.province_adcode, 0.0) + weight
            if len(place.codes) > 1 and place.codes[0] not in MUNICIPALITIES:
                cities[place.codes[1]] = cities.get(place.codes[1], 0.0) + weight
        province = _clear_winner(provinces)
        if province is None or provinces[province] < least:
            return None, ""
        city = _clear_winner({code: weight for code, weight in cities.items() if code[:2] == province[:2]})
        found = places[city or province]
        shown = [self.words[code] for code in self.weights if found.adcode in places[code].codes]
        return found, shown[0] if shown else ""


# Weights of a mention by where it stands: as a body's owner or at the head of its paragraph, and otherwise.
OWNED = {"title": 4.5, "head": 3.5, "sign": 3.0, "source": 2.0, "site": 1.0, "rest": 1.2}
SHOWN = {"title": 3.0, "head": 1.4, "sign": 2.0, "source": 2.0, "site": 0.3, "rest": 1.0}


@cache
def compile_hosts(lexicon: Lexicon) -> dict[str, Place]:
    """Label of a government's host → unit; labels that two units could bear are left out."""
    found: dict[str, list[Place]] = {}
    for place in lexicon.gazetteer.places.values():
        spelled = re.sub(r" (?:District|County|Prefecture|Banner|League|New Area)$", "", place.name_en)
        for label in {re.sub("[^a-z]", "", spelled.lower()), *place.hosts}:
            found.setdefault(label, []).append(place)
    return {
        label: next((p for p in units if p.level == "province" and label in p.hosts), units[0])
        for label, units in found.items()
        if len(units) == 1 or any(label in p.hosts for p in units)
    }


MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000", "710000", "810000", "820000"})


def _clear_winner(totals: dict[str, float]) -> str | None:
    """The heaviest where it weighs enough and half as much again as the next."""
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < 1.5:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return None
    return ranked[0][0]
