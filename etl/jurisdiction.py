"""Which places a document speaks for, so that a bare 市 or 区 finds its name; and how units are named.

    Jurisdiction(...).resolve("市") beside 浦东新区、黄浦区分别作了交流发言 → 上海市, "浦东新区"

Places where cases come from or aid goes count nothing, Wuhan and Beijing little where they are only mentioned. Where
nothing is clear the answer is None. Imports lexicon, places, bodies, published and records only; extract/issuer.py
reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.bodies import HAN, Zone, either
from etl.lexicon import Lexicon
from etl.lexicon.places import Gazetteer, Place
from etl.places import Mention, find_places
from etl.published import url_dates
from etl.records import Document, Level, Page

SPEAKS = re.compile(  # what a bare name stands for that a province and a city of it share; not what others decided
    "(?<!传达)(?<!落实)(?<!按照)(?<!贯彻)(?<!根据)"
    "(?:(全省|我省|省委|省政府|省长|省直|各市州)|全市|我市|市委|市政府|市长|市直|市民|城区)"
)
READ_LENGTH = 12_000  # characters of the body in which places are counted
# Weights of a mention by where it stands: as a body's owner or at the head of its paragraph, and otherwise.
OWNED = {"title": 4.5, "head": 3.5, "sign": 3.0, "wrapped": 3.0, "source": 2.0}
SHOWN = {"title": 3.0, "head": 1.4, "sign": 2.0, "wrapped": 2.0, "source": 2.0, "rest": 1.0}
ENOUGH, LEAD = 1.5, 1.5  # a place wins with this weight, and this many times the next one's
UNIT_ENOUGH = 3.0  # where a unit lies that does not say so
NAMED_TWICE = 2  # a county's short name may be a word or a person's name where it stands once
HUBEI, BEIJING, BEYOND = "420000", "110000", frozenset({"710000", "810000", "820000"})
REPORTS = re.compile("(?:分别)?(?:作|做)?了?(?:交流|表态|典型|书面)?(?:发言|汇报)")
WHOLE = re.compile("全[省市县区州盟旗域]|各[县区乡镇街]|市民|居民|辖区")
GOVERNED = re.compile("(?:常务|代)?副?(?:[省市县区州盟旗]长|主席)")  # 昆明市|副市长
KEEPER = re.compile("(?:主办|承办|版权所有)(?:单位|方)?[：: ]{0,3}")  # of a site
CRUMBS = re.compile(r"(?:位置|首页)[^\n]{0,40}?[>›»]")
SECTION = re.compile(r"(?:本地)?(?:新闻|头条|要闻|动态|资讯|快讯|概况|政务|(?:新时代)?文明实践)|\s{0,3}(?:[>›»]|$)")
GOES = re.compile("(?:到|赴|深入|在|前往)$")
INSPECTED = ("调研", "检查", "督导", "督查")  # 率队调研|瑞丽市
INSPECTS = re.compile("调研|检查|督导|督查|调度|考察")
DATED = re.compile(r"(20\d\d)年(1[0-2]|0?[1-9])月")
LEVEL_OF_WORD: dict[str, Level] = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "道": "township",  # 街道
}


def full_name(place: Place) -> str:
    """A district under its city: 上海市嘉定区; 浦东新区 and other units stand alone."""
    is_district = place.level == "county" and place.name_zh.endswith("区") and not place.name_zh.endswith("新区")
    return place.path[-2] + place.name_zh if is_district else place.name_zh


def everyday_name(place: Place) -> str:
    """德宏傣族景颇族自治州 → 德宏州; else the full name."""
    if place.name_zh.endswith(("自治州", "自治县", "自治旗")):
        return place.short_zh + place.name_zh[-1]
    return full_name(place)


def level_of_word(words: str) -> Level | None:
    """省 → province, 自治区 → province, 高新区 → county; None where the words end in no level."""
    return "province" if words.endswith("自治区") else LEVEL_OF_WORD.get(words[-1:])


@cache
def namesakes(gazetteer: Gazetteer) -> dict[str, Place]:
    """Cities that share the short name of their province, by its adcode: 吉林市 of 吉林省."""
    provinces, cities = gazetteer.places, (p for p in gazetteer.places.values() if p.level == "prefecture")
    return {c.province_adcode: c for c in cities if provinces[c.province_adcode].short_zh == c.short_zh}


def then_valid(places: Iterable[Place], document: Document) -> Place | None:
    """The one unit of several that bore the name when the text was written: 公主岭市 moved to 长春市 in 2020-06."""
    found = list(places)
    if len({(place.name_zh, place.province_adcode) for place in found}) > 1:
        return None
    dated = DATED.search(document.text, 0, 2000)
    month = f"{dated[1]}-{int(dated[2]):02d}" if dated else _month_published(document)
    valid = [p for p in found if (p.valid_from or "") <= month and (not p.valid_to or month < p.valid_to)]
    return valid[0] if len(valid) == 1 else None


def _month_published(document: Document) -> str:
    """YYYY-MM by the metadata or the URL; of an undated text, later than all."""
    _, span = url_dates(document.url)
    return (document.published_date or (span[0].isoformat() if span else "9999-12"))[:7]


def is_zone(level_word: str) -> bool:
    """高新区 and other districts that are no units of the gazetteer."""
    return level_word.endswith("区") and level_word not in ("区", "我区", "全区", "自治区", "地区")


def fits(place: Place, level_word: str) -> bool:
    """Whether a unit is what a level word means: 上海市 is a 市; a 镇 lies in a county."""
    if not level_word:
        return True
    if level_word in ("自治区", "地区"):
        return place.name_zh.endswith(level_word)
    if level_word[-1] in "镇乡道":
        return place.level == "county"
    if is_zone(level_word):
        return place.level == "prefecture" or is_municipality(place)
    return place.name_zh.endswith(level_word[-1]) and not (level_word[-1] == "区" and place.level == "province")


def is_municipality(place: Place) -> bool:
    """A province that is its own capital: 上海市, 香港特别行政区."""
    return place.capital == place.adcode


class Away(NamedTuple):
    """Patterns around a place that is elsewhere, compiled once a lexicon."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    before_list: re.Pattern[str]  # 从吉林、|上海
    list_after: re.Pattern[str]  # 吉林|、上海等地


# a list of places up to those who were there; it holds nothing of a sentence but 、 and ，
BEEN_THERE = re.compile(r"[^。！？\n的了请要应须将会对向按据是各等到至赴人员]{0,240}旅居")


SPREADS = frozenset("、等地省市多相陆先接近又")  # what BROKE_OUT may begin with
# 河北省石家庄市、辽宁省沈阳等相继出现中高风险地区
BROKE_OUT = re.compile(
    rf"(?:、[{HAN}]{{2,10}}?){{0,8}}等?(?:地|省市?|市|多地)?(?:相继|陆续|先后|接连|近期|又)(?:出现|发生|报告|发现|暴发|爆发)"
)


@cache
def compile_away(lexicon: Lexicon) -> Away:
    """The patterns of words that send a place away (place_words.tsv), once a lexicon."""
    words = lexicon.gazetteer.words
    before, after = either(words["away_before"]), either(words["away_after"])
    return Away(
        re.compile(rf"(?:{before})$"),
        re.compile(rf"(?:{after})"),
        re.compile(rf"(?:{before})(?:[{HAN}]{{2,8}}、){{1,3}}$"),
        re.compile(rf"(?:、[{HAN}]{{2,8}}?){{1,6}}(?:{after})"),
    )


def is_away(text: str, mention: Mention, lexicon: Lexicon) -> bool:
    """Where cases come from, where aid goes: 驰援湖北, 武汉籍, 从吉林、上海等地返回."""
    away, start, end = compile_away(lexicon), mention.start, mention.end
    before = text[max(0, start - 30) : start]
    return bool(
        away.before.search(before, max(0, len(before) - 5))
        or away.after.match(text, end)
        or (text.find("旅居", end, end + 242) > 0 and BEEN_THERE.match(text, end))
        or (text[end : end + 1] in SPREADS and BROKE_OUT.match(text, end))
        or (before.endswith("、") and away.before_list.search(before))
        or (text.startswith("、", end) and away.list_after.match(text, end))
    )


@cache
def compile_hosts(gazetteer: Gazetteer) -> dict[str, Place]:
    """Label of a government's host → unit; labels that two units could bear are left out."""
    found: dict[str, list[Place]] = {}
    for place in gazetteer.places.values():
        spelled = re.sub(r" (?:District|County|Prefecture|Banner|League|New Area)$", "", place.name_en)
        name = re.sub("[^a-z]", "", spelled.lower())
        is_short = len(place.name_zh) == 2 and place.name_zh[-1] == "县"
        # 环县 is huanxian: one syllable is no name
        for label in {name, *([f"{name}xian"] if is_short else []), *place.hosts}:
            found.setdefault(label, []).append(place)
    chosen = {}
    for label, units in found.items():
        owner = next((place for place in units if label in place.hosts), None)
        if owner or len(units) == 1:
            chosen[label] = owner or units[0]
    return chosen


class Jurisdiction:
    """The places of one document, weighed. Made only where a name leaves its place open."""

    def __init__(
        self,
        document: Document,
        page: Page,
        zones: Iterable[Zone],
        site: Callable[[], Iterable[Zone]],
        lexicon: Lexicon,
    ) -> None:
        self._document, self._lexicon, self._site = document, lexicon, site
        self._places = lexicon.gazetteer.places
        self.weights: dict[str, float] = {}  # adcode of a mentioned unit → weight
        self._words: dict[str, str] = {}  # adcode → the first words that show it
        self._open: list[tuple[Mention, str, bool]] = []  # mentions that may mean several units
        self._faint: dict[str, tuple[int, str]] = {}  # adcode of a county by its short name alone → times, words
        done = 0
        for zone in zones:
            owners = {name.mention.start for name in zone.names if name.mention is not None}
            for mention in zone.mentions:
                self._count(mention, zone.kind, mention.start in owners or mention.start == zone.start)
            done = max(done, zone.end if zone.kind == "head" else 0)
        self._head = done
        self._count_rest(page, done)
        read = [then_valid(found[0].places, document) or self.choose(found[0].places) for found in self._open]
        for place, (mention, kind, is_owner) in zip(read, self._open, strict=True):
            if place is not None:
                self._weigh(place, mention, kind, is_owner)

    def _count_rest(self, page: Page, done: int) -> None:
        """The paragraphs after the opening, a name counted at most three times."""
        text = self._document.text
        end = min(len(text), done + READ_LENGTH)
        seen: dict[str, int] = {}
        for segment in page.of("lead", "paragraph", "heading"):
            if segment.end <= done or segment.start >= end:
                continue
            for mention in find_places(text, self._lexicon, max(segment.start, done), min(segment.end, end)):
                words = text[mention.start : mention.end]
                seen[words] = seen.get(words, 0) + 1
                if seen[words] <= 3:
                    self._count(mention, "rest", False)

    def _count(self, mention: Mention, zone: str, is_owner: bool) -> None:
        """Weigh a mention by where it stands, whether a body bears it, and what is said around it."""
        text = self._document.text
        if mention.body is not None:
            if mention.body.adcode and is_owner:
                self._add(mention.body.adcode, ENOUGH, mention)
            return
        if is_away(text, mention, self._lexicon):
            return
        if mention.form == "weak":
            if mention.place is not None:
                times, words = self._faint.get(mention.place.adcode, (0, text[mention.start : mention.end]))
                self._faint[mention.place.adcode] = (times + (NAMED_TWICE if zone == "source" else 1), words)
            return
        if mention.place is None:
            self._open.append((mention, zone, is_owner))
        else:
            self._weigh(mention.place, mention, zone, is_owner)

    def _weigh(self, place: Place, mention: Mention, zone: str, is_owner: bool) -> None:
        """Add what a mention of a unit weighs."""
        text = self._document.text
        weight = OWNED[zone] if is_owner else SHOWN[zone]
        if mention.form == "stay":
            weight *= 0.8 if mention.is_strong else 0.2
        elif not is_owner:
            if (
                REPORTS.match(text, mention.end, mention.end + 12)
                or WHOLE.match(text, mention.end)
                or GOVERNED.match(text, mention.end)
                or (zone == "head" and text.endswith(INSPECTED, 0, mention.start))
            ):
                weight *= 2  # 浦东新区、黄浦区分别作了交流发言: its districts report to it; 敖汉旗全旗实行静态管理
            elif GOES.search(text[max(0, mention.start - 2) : mention.start]) and INSPECTS.search(
                text, mention.end, mention.end + 30
            ):
                weight *= 1.5  # leaders visit places of their own jurisdiction
            elif zone == "rest" and place.province_adcode == HUBEI:
                weight *= 0.1  # every announcement of 2020 speaks of Wuhan
            elif place.adcode == BEIJING and zone in ("rest", "head"):
                weight *= 0.3
        self._add(place.adcode, weight * (0.1 if place.province_adcode in BEYOND else 1.0), mention)

    def _add(self, adcode: str, weight: float, mention: Mention) -> None:
        self.weights[adcode] = self.weights.get(adcode, 0.0) + weight
        self._words.setdefault(adcode, self._document.text[mention.start : mention.end])

    def choose(self, places: Iterable[Place]) -> Place | None:
        """Of units of one name, the one whose city or province the document speaks for; None where that is open.

        朝阳区 beside 北京市 → Beijing's; beside 长春市 → Changchun's; alone → None.
        """
        scored = []
        for place in places:
            above = place.codes[:-1]
            weight = sum(
                weight
                for code, weight in self.weights.items()
                if above and code != place.adcode and (code in above or above[-1] in self._places[code].codes)
            )
            scored.append((weight, place))
        scored.sort(key=lambda pair: -pair[0])
        if scored and scored[0][0] >= 0.4 and (len(scored) == 1 or scored[0][0] >= 2 * scored[1][0]):
            return scored[0][1]
        return None

    def means_city(self, city: Place) -> bool:
        """Whether a bare name means the city rather than its province.

        It does beside the city's full name at the head, or where the first level that the text speaks of is a city's,
        or where only its own districts are named.
        """
        text = self._document.text
        if city.name_zh in text[: self._head]:
            return True
        if spoken := SPEAKS.search(text):
            return not spoken[1]
        within = {city.adcode in self._places[code].codes for code in self.weights if code != city.province_adcode}
        return within == {True}

    def resolve(self, level_word: str, near: Zone | None = None, before: int = 0) -> tuple[Place | None, str]:
        """The unit that a bare level word means, and the words that show it; a province alone where no more is shown.

        `near` is the zone that holds the word, at `before`: a place that it has just named is probably meant.
        省 with no province named anywhere → (None, "").
        """
        totals: dict[str, float] = {}
        words: dict[str, str] = {}
        provinces: dict[str, float] = {}
        for code, weight in self.weights.items():
            place = self._places[code]
            provinces[place.province_adcode] = provinces.get(place.province_adcode, 0.0) + weight
            for depth, above in enumerate(reversed(place.codes)):
                if fits(self._places[above], level_word):
                    totals[above] = totals.get(above, 0.0) + weight * (1.0 if depth == 0 else 0.7)
                    if above not in words or depth == 0:
                        words[above] = self._words[code]
                    break
        for mention in near.mentions if near else ():
            # 沧州市突发疫情，市工商联随即…
            named = mention.place
            if named is None or mention.start >= before or mention.form not in ("full", "short"):
                continue
            if fits(named, level_word) and not is_away(self._document.text, mention, self._lexicon):
                totals[named.adcode] = totals.get(named.adcode, 0.0) + 4.0
                words[named.adcode] = self._document.text[mention.start : mention.end]
        if best := _clear_winner(totals):
            return self._places[best], words[best]
        if owner := self._from_site(level_word):
            return owner
        if faint := self._from_short_name(level_word, _clear_winner(provinces)):
            return faint
        host = self._from_host(level_word)
        province = _clear_winner(provinces)
        if province and not (host[0] and host[0].province_adcode == province):
            return self._places[province], self._shown(province)
        return host

    def _from_short_name(self, level_word: str, province: str | None) -> tuple[Place, str] | None:
        """The one county whose short name the text gives twice, or its source bears: 来源：彰武宣传."""
        found = [
            (self._places[code], words)
            for code, (times, words) in self._faint.items()
            if times >= NAMED_TWICE
            and fits(self._places[code], level_word)
            and province in (None, self._places[code].province_adcode)
        ]
        return found[0] if len(found) == 1 else None

    def _shown(self, adcode: str) -> str:
        """The words that show a unit or one in it."""
        return next((self._words[code] for code in self.weights if adcode in self._places[code].codes), "")

    def county(self) -> tuple[Place | None, str]:
        """The one county that the document shows, and the words that show it: where a town lies."""
        counties = {code: w for code, w in self.weights.items() if self._places[code].level == "county" and w >= 1}
        if len(counties) != 1:
            sought = [self._from_site(word) or self._from_short_name(word, None) for word in ("区", "县", "市")]
            shown = next((found for found in sought if found and found[0].level == "county"), None)
            return shown or self._from_host("镇")
        code = next(iter(counties))
        return self._places[code], self._words[code]

    def _from_site(self, level_word: str) -> tuple[Place, str] | None:
        """The unit whose government keeps the site (主办：李沧区人民政府), or whose news it shows (首页 > 富县头条)."""
        text = self._document.text
        for zone in self._site():
            crumbs = CRUMBS.search(text, zone.start, zone.end)
            for mention in zone.mentions if crumbs else ():
                if mention.place and fits(mention.place, level_word) and SECTION.match(text, mention.end, zone.end):
                    return mention.place, text[mention.start : mention.end]
            keeper = KEEPER.search(text, zone.start, zone.end)
            for mention in zone.mentions if keeper else ():
                near = keeper and keeper.end() <= mention.start < keeper.end() + 4 and mention.form == "full"
                if near and mention.place and fits(mention.place, level_word):
                    return mention.place, text[mention.start : mention.end]
            for name in zone.names if keeper else ():
                place = name.mention.place if name.mention else None
                if keeper and place and keeper.end() <= name.start < keeper.end() + 4:
                    above = (self._places[code] for code in reversed(place.codes))
                    if unit := next((unit for unit in above if fits(unit, level_word)), None):
                        return unit, text[name.start : name.end]
        return None

    def _from_host(self, level_word: str) -> tuple[Place | None, str]:
        """The unit whose government's host the document lies on, where the text shows that unit or no place at all."""
        try:
            host = urlsplit(self._document.url or "").hostname or ""
        except ValueError:
            host = ""
        if not host.endswith(".gov.cn"):
            return None, ""
        labels = compile_hosts(self._lexicon.gazetteer)
        for label in host.removesuffix(".gov.cn").split("."):
            # the text shows the unit, only what it lies in, or no place at all
            if label in labels and (
                labels[label].adcode in self.weights or set(self.weights) <= set(labels[label].codes)
            ):
                units = (self._places[code] for code in reversed(labels[label].codes))
                return next(((unit, host) for unit in units if fits(unit, level_word)), (None, ""))
        return None, ""

    def strongest(self, least: float = ENOUGH) -> tuple[Place | None, str]:
        """The city that the document speaks for most, else the province: where a unit lies that does not say so."""
        cities: dict[str, float] = {}
        provinces: dict[str, float] = {}
        for code, weight in self.weights.items():
            place = self._places[code]
            provinces[place.province_adcode] = provinces.get(place.province_adcode, 0.0) + weight
            if len(place.codes) > 1 and not is_municipality(self._places[place.codes[0]]):
                cities[place.codes[1]] = cities.get(place.codes[1], 0.0) + weight
        province = _clear_winner(provinces)
        if province is None or provinces[province] < least:
            return None, ""
        city = _clear_winner({code: weight for code, weight in cities.items() if code[:2] == province[:2]})
        found = self._places[city or province]
        return found, self._shown(found.adcode)


def _clear_winner(totals: dict[str, float]) -> str | None:
    """The heaviest, where it weighs enough and clearly more than the next."""
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]):
        return None
    return ranked[0][0]
