"""Who met or issued, of what kind and level, and for which region.

The heaviest claim (claims.py) is the issuer; its name is completed with the place that the document shows
(jurisdiction.py): 市新冠肺炎疫情防控工作领导小组 beside 浦东新区、黄浦区 → 上海市…. Where the document shows none, the
region stays empty and the name as written. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from etl.bodies import PARTIES, Name, compile_patterns, is_town
from etl.claims import HAN, LEADER_ATTENDS, Claim, Zones, find_claims
from etl.jurisdiction import (
    UNIT_ENOUGH,
    Jurisdiction,
    everyday_name,
    fits,
    full_name,
    is_zone,
    level_of_word,
    namesakes,
    then_valid,
)
from etl.lexicon import Lexicon
from etl.lexicon.places import Place
from etl.places import Mention
from etl.records import Document, Issuer, IssuerKind, Page, Region

Settled = tuple[Issuer, Region]
STATE_NAMES = re.compile(
    "中国|国网|电力|中铁|中建|中交|铁路|电网|供电|烟草|水务|公交|地铁|轨道|公共交通|交投|城投|国投|农商|农村商业|农信|机场|港务|能源|高速"
)
STATE_LED = re.compile("党委|党组|党工委|国有企业|国资委|国企")
TOWN = re.compile(f"[{HAN}]{{1,5}}?(?:镇街道|地区街道|街道|镇(?!镇)|乡(?!街道|镇)|苏木)")
UNLISTED = re.compile(rf"(?<![{HAN}])[{HAN}]{{2,3}}$")
NOT_OF_PLACE = frozenset("省市县区盟旗镇乡一二三五九本我全各由在的到和与及向对从等为经受召主持年月日时")
CAMPUS = re.compile("(?:(?!大学|学院|学校).)+校区")  # where a school is, not which
OWN_WORDS = {  # how bodies that are no units call themselves: 我局, 院党组
    "department": tuple("局厅委部所队狱心会办"),
    "judiciary": ("院",),
    "federation": ("会",),
}
BREAK = re.compile(r"\s*\n\s*")  # of a signature in two lines
PARENTS = ("公司", "集团", "银行", "分行", "大学")  # a place behind one is where a part of it lies


def find_issuer(document: Document, page: Page, lexicon: Lexicon) -> Settled:
    """The issuer and its region; empty where the document does not show them."""
    zones = Zones(document, page, lexicon)
    claims = find_claims(zones, lexicon)
    if not claims:
        return Issuer(), Region()
    return Settler(document, page, zones, lexicon, claims).settle(_in_full(claims, document.text))


def _in_full(claims: list[Claim], text: str) -> Claim:
    """The heaviest claim; where that is the title's, the text's own and fuller name of the same body.

    徐汇区领导小组第38次会议 … 上海市徐汇区疫情防控工作领导小组开第38次会议 → the latter.
    """
    best = claims[0]
    if best.place is not None and best.place.form in ("short", "weak"):
        # 镇海炼化 in the title begins no place's name but that of 镇海炼化公司
        words = text[best.place.start : best.place.end + 2]
        units = (
            c for c in claims if c.name is not None and c.name.is_unit and c.name.base_end - c.name.start > len(words)
        )
        best = next((c for c in units if c.name and text.startswith(words, c.name.start)), best)
    # a page in one line has its title at the head of its first paragraph
    if best.name is None or not (
        best.zone.kind == "title" or (best.zone.order == 0 and best.start < best.zone.start + 60)
    ):
        return best
    fuller = [other for other in claims[1:] if other.start > best.start and _is_fuller(best.name, other, text)]
    groups = [other for other in fuller if other.name and other.name.is_group]
    return next(iter(groups or fuller), best)


def _is_fuller(title: Name, other: Claim, text: str) -> bool:
    name = other.name
    if name is None:
        return False
    if title.is_unit and name.is_unit and name.is_group and other.is_sitting:
        # 沈阳大学 in the title, its own group in the text
        return name.is_own or text.startswith(text[title.start : title.base_end], name.start)
    if title.is_group != name.is_group or title.is_unit != name.is_unit:
        return False
    if title.is_unit and not title.is_group and not title.is_own and not name.is_own:
        # 中山医院 in the title, 复旦大学附属中山医院 in the text
        short, long = text[title.start : title.end], text[name.start : name.end]
        is_same_word = short[-2:] == long[-2:] or (other.zone.kind == "sign" and short[:2] == long[:2])
        if long.endswith("公司") and not long.startswith(short) and (short.endswith("集团") or short in long):
            is_same_word = True  # 柳钢集团, 广西柳州钢铁集团有限公司
        if name.kind == "department" and long.startswith(short):
            return True  # 首都机场 in the title, 首都机场海关 in the text
        if 4 <= len(short) < len(long) and is_same_word and is_abbreviation(short, long):
            return True
    if other.weight < LEADER_ATTENDS:
        return False
    if not _is_of_one_owner(title, name):
        return False
    if title.is_group:
        tail, full = text[title.owner_end : title.end], text[name.owner_end : name.end]
        is_short = tail.endswith(("防指", "防控办", "防办", "疫控办")) and is_abbreviation(tail, full)
        return (other.is_sitting or is_short) and len(full) >= len(tail)
    whole = title.mention is not None and title.mention.body is not None
    short, long = (text[n.start if whole else n.owner_end : n.end] for n in (title, name))
    return len(long) >= len(short) > 0 and is_abbreviation(short, long)


def _is_of_one_owner(one: Name, two: Name) -> bool:
    """Whether two names may begin with the same place or body: 河北省 and 省, but not 国务院 and 省."""
    first, second = one.mention, two.mention
    if (first and first.body) or (second and second.body):
        return bool(first and second and first.body and second.body) and _body_name(second).startswith(
            _body_name(first)
        )
    if first and second:
        return any(place in second.places for place in first.places)
    if first or second:
        places, level = (first.places, two.level) if first else (second.places if second else (), one.level)
        return any(fits(place, level) for place in places)
    return one.level[-1:] == two.level[-1:]


def _body_name(mention: Mention | None) -> str:
    return mention.body.name if mention and mention.body else ""


def join(place: str, organ: str) -> str:
    """阿克苏地区 and 地委 → 阿克苏地委."""
    return (place.removesuffix("地区") if organ.startswith("地委") else place) + organ


def is_abbreviation(short: str, long: str) -> bool:
    """教委 of 教育委员会: its characters in order."""
    rest = iter(long)
    return all(character in rest for character in short)


class Settler:
    """Turns the winning claim of one document into issuer and region."""

    def __init__(self, document: Document, page: Page, zones: Zones, lexicon: Lexicon, claims: list[Claim]) -> None:
        self.document, self.page, self.zones, self.lexicon, self.claims = document, page, zones, lexicon, claims
        self.text = document.text
        self.places = lexicon.gazetteer.places

    @cached_property
    def jurisdiction(self) -> Jurisdiction:
        """What places the document may speak for; worked out only where a claim needs it."""
        return Jurisdiction(self.document, self.page, self.zones.all(), self.zones.site, self.lexicon)

    def settle(self, claim: Claim) -> Settled:
        """Issuer, kind, level and region that follow from a claim."""
        name = claim.name
        if name is None:
            return self._place(claim)
        if name.mention is not None and name.mention.body is not None:
            return self._named(claim, name, name.mention)
        if name.is_own:
            return self._own(claim, name)
        return self._unit(claim, name) if name.is_unit else self._organ(claim, name)

    # A place that acts by itself

    def _place(self, claim: Claim) -> Settled:
        mention = claim.place
        assert mention is not None, "a claim has a name or a place"
        place, written = self._one(mention), self.text[mention.start : mention.end]
        if place is None:
            return Issuer(written, written, "government", level_of_word(written)), Region(evidence=written)
        if mention.form == "zone":
            return Issuer(self.text[mention.top : mention.end], written, "government", "county"), _region(
                place, written
            )
        return Issuer(full_name(place), written, "government", place.level), _region(place, written)

    # Bodies with names of their own, and units

    def _named(self, claim: Claim, name: Name, mention: Mention) -> Settled:
        """教育部, 南开大学, 国务院联防联控机制综合组; 西安交通大学|第一附属医院, which lies where its own name says."""
        body = mention.body
        assert body is not None, "called for names of such bodies only"
        written, rest = self.text[name.start : name.end], self.text[name.owner_end : name.end]
        seat = self.places.get(body.adcode or "")
        if name.is_unit and name.base_end > mention.end:
            inner = self._inside(claim, mention.end, name.end, last=True)
            own_kind = body.kind if name.kind == "enterprise" else name.kind
            return Issuer(written, written, own_kind, "unit"), _region((inner and inner.place) or seat, written)
        kind: IssuerKind = "leading_group" if name.is_group and body.level != "unit" else body.kind
        # a unit under the name that it goes by, a national body under its canonical one
        first = self.text[name.start : name.owner_end] if body.level == "unit" else body.name
        return Issuer(first + rest + claim.added, written, kind, body.level), _region(seat, written)

    def _unit(self, claim: Claim, name: Name) -> Settled:
        """绩溪县人民医院, 上海百联集团, 市水务集团."""
        written, kind = self.text[name.start : name.end], name.kind
        if kind == "enterprise" and self._is_state_owned(name):
            kind = "soe"
        if name.mention is None and name.level:
            place, words = self.jurisdiction.resolve(name.level)
            if place is not None:
                named = everyday_name(place) + self.text[name.owner_end : name.end]
                return Issuer(named, written, kind, "unit"), _region(place, words)
        town = TOWN.match(self.text, name.start, name.end) if name.mention is None and kind == "community" else None
        if town and is_town(town.group()):
            county, words = self.jurisdiction.county()
            if county is not None:
                named = everyday_name(county) + written
                return Issuer(named, written, kind, "unit"), _region(county, words, town.group())
        branch = self._inside(claim, name.owner_end, name.end, last=True)
        if branch and not self.text.endswith(PARENTS, 0, branch.start):
            branch = None
        if name.mention is None:
            place, words = self.jurisdiction.strongest(UNIT_ENOUGH) if branch is None else self._of_branch(branch)
            return Issuer(written, written, kind, "unit"), _region(place, words)
        place, words, named = self._one(name.mention), written, written
        own = self.text[name.mention.top : name.mention.end]
        is_chain = name.mention.top > name.start == name.mention.start
        if place is not None and is_chain and own != place.short_zh:
            named = self._prefix(name, name.mention, place) + self.text[name.owner_end : name.end]
        if branch is not None:
            place, words = self._of_branch(branch)
        if place is not None and place.level == "province" and kind in ("school", "hospital", "other"):
            # a provincial one lies where the document says, where it says so
            city, shown = self.jurisdiction.strongest()
            if city is not None and city.level != "province" and city.province_adcode == place.adcode:
                place, words = city, shown
        town = TOWN.match(self.text, name.owner_end, name.end) if kind == "community" else None
        shown = town.group() if town and is_town(town.group()) else ""
        return Issuer(named, written, kind, "unit"), _region(place, words, shown)

    def _of_branch(self, branch: Mention) -> tuple[Place | None, str]:
        """Where a part lies: 中国铁路兰州局集团有限公司|银川客运段."""
        return branch.place, self.text[branch.start : branch.end]

    def _own(self, claim: Claim, name: Name) -> Settled:
        """我校, 院党组, 校领导小组: of the unit that the document names elsewhere, or else the site around it."""
        written = self.text[name.start : name.end]
        own = self.text[name.owner_end : name.end] if name.is_group and claim.is_sitting else ""
        for other in self._others(name):
            owner = other.name
            assert owner is not None, "others have names"
            if not owner.is_unit and not name.level.endswith(OWN_WORDS.get(owner.kind, ())):
                continue  # 学校 is no name for the education bureau whose meeting it passes on
            if name.level.startswith("集团") and self.text.find("集团", owner.start, owner.end) < 0:
                continue  # a part of the group that wrote the news
            if CAMPUS.fullmatch(self.text, owner.start, owner.end):
                continue
            bare = other._replace(added="", name=owner._replace(end=owner.base_end, is_group=False))
            issuer, region = self.settle(bare)
            return replace(issuer, name=(issuer.name or "") + own, as_written=written), region
        return Issuer(written, written, self._kind_of_own(written), "unit"), Region()

    def _kind_of_own(self, words: str) -> IssuerKind:
        """What a unit is by its word for itself: 学校 and 我校, 集团公司; 我院 may be two."""
        kinds = compile_patterns(self.lexicon).unit_kinds
        tail = next((tail for tail in kinds if words.endswith(tail)), "")
        return "school" if words.endswith("校") else kinds.get(tail, "other")

    def _others(self, name: Name) -> list[Claim]:
        """Names of bodies elsewhere in the document: that claim, that are named at all, that the site shows."""
        named = [Claim(0.0, zone, n.start, n) for zone in self.zones.all() for n in zone.names]
        site = [Claim(0.0, zone, n.start, n) for zone in self.zones.site() for n in zone.names if n.is_unit]
        return [c for c in (*self.claims, *named, *site) if c.name and not c.name.is_own and c.name is not name]

    def _is_state_owned(self, name: Name) -> bool:
        """An enterprise that a party committee leads, or whose name tells."""
        if STATE_NAMES.search(self.text, name.start, name.end):
            return True
        zones = (zone for zone in self.zones.all() if zone.kind in ("title", "head"))
        return any(STATE_LED.search(self.text, zone.start, zone.end) for zone in zones)

    # Organs of a place

    def _organ(self, claim: Claim, name: Name) -> Settled:
        """市委, 卫生健康委, 指挥部: of a place, of a level word, or of the place that called it."""
        written = BREAK.sub("", self.text[name.start : name.end])
        rest = BREAK.sub("", self.text[name.owner_end : name.end]) + claim.added
        if claim.is_office:
            rest = "" if claim.is_whole else "人民政府"
        elif rest.endswith("委常委"):
            rest += "会"
        mention = name.mention or (claim.place if name.owner_end == name.start else None)
        if mention is not None:
            return self._organ_of_place(claim, name, mention, rest, written)
        if self.text.startswith(("中央", "首都", "全国"), name.start) and not claim.is_office:
            return Issuer(written, written, name.kind, "national"), Region()
        if name.level == "省市" and (inner := self._inside(claim, name.start, name.end)) and inner.place:
            # 省市疫情处置工作济南现场联合指挥部 shows its city inside its name
            shown = self.text[inner.start : inner.end]
            return Issuer(written, written, name.kind, inner.place.level), _region(inner.place, shown)
        if name.town:
            return self._organ_of_town(name, name.town, rest if name.owner_end > name.start else "", written)
        unlisted = self._unlisted(name)
        if unlisted and level_of_word(name.level) == "township":
            return self._organ_of_town(name, unlisted + name.level, rest, written)
        if unlisted:
            return Issuer(unlisted + name.level + rest, written, name.kind, level_of_word(name.level)), Region()
        place, words = self.jurisdiction.resolve(name.level, claim.zone, claim.start)
        if place is None and claim.is_whole:
            # 全市…会议召开，副市长…: of the government that the leader stands for
            level = name.level[-1]
            led = (
                c
                for c in self.claims
                if c.name and c.name.level.endswith(level) and not c.is_whole and c.name.kind != "department"
            )
            if (leader := next(led, None)) is not None:
                return self.settle(leader)
        if place is None and name.owner_end == name.start and not claim.is_office and self._is_of_unit():
            return Issuer(written, written, name.kind, "unit"), Region()
        if place is None or not fits(place, name.level):
            kept = None if claim.is_whole else name.level + rest if claim.is_office else written
            return Issuer(kept, written, name.kind, level_of_word(name.level)), _region(place, words)
        if level_of_word(name.level) == "township":
            return self._organ_of_town(name, self._town(name.level), rest, written)
        if is_zone(name.level):
            return Issuer(place.name_zh + name.level + rest, written, name.kind, "county"), _region(place, words)
        return Issuer(join(everyday_name(place), rest), written, name.kind, place.level), _region(place, words)

    def _is_of_unit(self) -> bool:
        """Whether the opening speaks of 我校, 公司 or the like, and of no organ of a place before it."""
        names = (name for zone in self.zones.all() if zone.kind in ("title", "head") for name in zone.names)
        first = next((name for name in names if name.is_own or (name.level and not name.is_group)), None)
        return first is not None and first.is_own

    def _unlisted(self, name: Name) -> str:
        """东岭 before 县: a place that no list has, where the document names it so more than once."""
        found = UNLISTED.search(self.text, max(0, name.start - 4), name.start) if name.level else None
        if not found or NOT_OF_PLACE.intersection(found.group()):
            return ""
        return found.group() if self.text.count(found.group() + name.level) > 1 else ""

    def _organ_of_place(self, claim: Claim, name: Name, mention: Mention, rest: str, written: str) -> Settled:
        place, words = self._one(mention), self.text[mention.start : mention.end] + name.town
        if place is None:
            return Issuer(written, written, name.kind, level_of_word(words)), Region(evidence=words)
        if name.town:
            named = everyday_name(place) + name.town + rest
            return Issuer(named, written, name.kind, "township"), _region(place, words, name.town)
        if "分局" in rest and (inner := self._inside(claim, name.owner_end, name.end)):
            # 泉州市公安局丰泽分局
            district = inner.place
            if district and place.adcode in district.codes:
                named = self._prefix(name, mention, place) + rest
                return Issuer(named, written, name.kind, district.level), _region(district, written)
        level = "county" if mention.form == "zone" else place.level
        party = self.text[name.start : mention.start]
        if PARTIES.search(party) and not party.startswith(("中共", "中国共产党")):
            # 民建上海市委, 共青团上海市委: no committee of the Party's own
            kind: IssuerKind = "congress_cppcc" if party.endswith(("政协", "会议")) else "federation"
            return Issuer(party + full_name(place) + rest, written, kind, level), _region(place, words)
        rest = "委" if party and rest == "委员会" else rest  # 中共长沙市委员会 is 长沙市委
        return Issuer(join(self._prefix(name, mention, place), rest), written, name.kind, level), _region(place, words)

    def _town(self, level: str) -> str:
        """The town that 镇 means: behind its county in the title or the opening, or at the head of the title."""
        for zone in self.zones.all():
            ends = [m.end for m in zone.mentions if m.place and m.place.level == "county"]
            opens = zone.kind == "title" and not (zone.mentions and zone.mentions[0].start == zone.start)
            for at in [zone.start, *ends] if opens else ends:
                found = TOWN.match(self.text, at, at + 9)
                if found and found.group().endswith(level[-1]) and is_town(found.group()):
                    return found.group()
        return ""

    def _organ_of_town(self, name: Name, town: str, rest: str, written: str) -> Settled:
        """镇指挥部: of a town, under the county that stands before it or that the document speaks for."""
        for zone in (*self.zones.all(), *self.zones.site()) if town else ():
            for mention in zone.mentions:
                county = mention.place
                if county and county.level == "county" and self.text.startswith(town, mention.end):
                    words = self.text[mention.start : mention.end] + town
                    named = everyday_name(county) + town + rest
                    return Issuer(named, written, name.kind, "township"), _region(county, words, town)
        county, words = self.jurisdiction.county() if town else (None, "")
        if county is not None:
            named = everyday_name(county) + town + rest
            return Issuer(named, written, name.kind, "township"), _region(county, words, town)
        kept = (town or name.level) + rest if rest == "人民政府" else written  # 镇长 stands for 镇人民政府
        return Issuer(kept, written, name.kind, "township"), _region(*self.jurisdiction.strongest())

    def _inside(self, claim: Claim, start: int, end: int, last: bool = False) -> Mention | None:
        """The first place inside a name, or the last."""
        found = [m for m in claim.zone.mentions if start <= m.start < end and m.place]
        return found[-1 if last else 0] if found else None

    def _prefix(self, name: Name, mention: Mention, place: Place) -> str:
        """How a body's full name begins: 吉林省蛟河市 → 蛟河市, 嘉定区 → 上海市嘉定区, 湖北 → 湖北省."""
        own = self.text[mention.top : mention.end]
        is_short = own == place.short_zh != place.name_zh
        if mention.form == "zone" or (is_short and ((own == "北京" and name.is_group) or self._is_vertical(name))):
            return own  # 北京新冠肺炎疫情防控工作领导小组 and 广州海关 are the official names
        if place.name_zh.endswith(("自治州", "自治县", "自治旗")) and own != place.short_zh:
            return own
        return full_name(place)

    def _is_vertical(self, name: Name) -> bool:
        """海关, 银保监局: under Beijing rather than under the place, whose short name it bears."""
        words, groups = self.text[name.owner_end : name.base_end], compile_patterns(self.lexicon).group
        return any(
            words == word or (words.startswith(word) and groups.fullmatch(words, len(word)))
            for word in self.lexicon.body_words.kinds["vertical"]
        )

    def _one(self, mention: Mention) -> Place | None:
        """The unit that a mention means; of several of that name, the one that the document speaks for."""
        place = mention.place
        if place is not None and mention.form == "short":
            city = namesakes(self.lexicon.gazetteer).get(place.adcode)
            return city if city and self.jurisdiction.means_city(city) else place
        return place or then_valid(mention.places, self.document) or self.jurisdiction.choose(mention.places)


def _region(place: Place | None, words: str, town: str = "") -> Region:
    """The region of a unit and the words that show it; of a town in it, the town's path under the unit's code."""
    if place is None:
        return Region()
    return Region(place.adcode, (*place.path, town) if town else place.path, words)
