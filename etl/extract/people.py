"""Who was there: chair, attendees, observers, speakers; and how they met.

Imports records, lexicon and names only.

Only people who were there: whose words were studied (传达学习…讲话), who sent a note (作出批示) or was visited is not.
What a name does stands behind it (主持会议, 出席, 指出), or behind the last name of its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from etl.lexicon import Lexicon
from etl.names import Name, find_names, is_name, opens_with_name
from etl.records import Document, Meeting, Page, Person, Role, Segment, Span

SENTENCE = re.compile(r"(?:[^。！？!?.]++|(?<![一-鿿”）)])\.)+")  # a stop behind a character may be half-width
LONGEST_QUOTE = 12  # characters of a slogan inside a predicate
SPAN = 600  # code points of a sentence that are looked at
TITLE_MARKS = re.compile("《[^》]{0,80}》?")
BREAK = re.compile("[，,；;：:。（(“]")
SHARED = re.compile(
    r"(?:[\s、，,和与及以]|同(?!志))*(?:同志|总书记|先生|女士|代表(?=说|认为|表示|建议|提出)|委员(?=说|认为|表示|建议|提出|、)"
    r"|(?:常务|执行)?副?(?:书记|主任|局长|院长|校长|处长|科长|部长|镇长|乡长|县长|区长|市长|州长|省长|院士|教授|博士|董事长|总经理"
    r"|秘书长)(?!助理|会)){0,2}[\s、，,和与及同以]*"
)
CHAIR = re.compile("主持(?!人|词|稿|日常|全面|工作的|(?:[省市县区镇乡]政府|机关|全面|日常)工作)")
CALLS = re.compile(
    "(?:在[^，。；]{1,16})?(?:(?:组织|紧急|连夜|集中)?召开|召集)(?!的)"
)  # 镇党委书记王东在镇政府召开会议
ASIDE = re.compile("[（(][^（）()]{1,24}[）)]")
PRESENCE = re.compile(
    r"主\s?持|出席|参加|列席|陪同|参会|到会|与会|一同|汇报|发言|讲话|通报|介绍|宣布|传达|邀请|请来|请到|批示"
)
CHAIR_FIRST = re.compile(r"\s?(?:并|且|随后|先后|共同|分别|联合|现场|还|又)?\s?主持")
OBSERVE = re.compile("列席|旁听")
ABSENT = re.compile(
    r"^.{0,6}?(?:作出|作|做出)?(?:重要|专门|专题)?(?:批示|签批|致信|致电|因公|因病|未(?:出席|参加|到会)|委托|指派|委派)"
)
CONVEYED = re.compile(
    "传达|学习|贯彻|落实|按照|根据|遵照|依照|宣读|转发|收看|收听|观看|围绕|结合|领会|重温|对照|贯通|牢记|深悟|"
    "看望|慰问|会见|致敬|悼念|追授|表彰|通缉|患者|病例|感谢|推荐|任命|聘请|选举|特邀"
)
ON_BEHALF = re.compile("^(?:代表(?![团队组处们])|受(?!邀))[^、]")  # 代表市委书记王东慰问…
PASSED_ON = re.compile("传达|学习")
LEADER = "习近平"
APPOINTED = re.compile("(?:同志)?(?:任|为|担任)(?:常务|副|总)*(?:组长|指挥长|指挥|主任)")
FOUNDED = re.compile("成立|组建|设立")
CONVENED = re.compile("(?:中共中央|党中央|中央政治局|国务院|全国)[^。]{0,60}(?:召开|举行|主持|座谈)")
MEETING_SAYS = re.compile("会议?(?:指出|强调|认为|要求|提出)，")  # 会议指出，习近平总书记强调…: words passed on
HEARD = re.compile("听取")
REPORTS = re.compile("汇报|报告|发言|介绍|意见|建议|说明")
TOP = re.compile("总书记|国家主席|中央政治局|国务院|总理|国务委员|党中央|联防联控")
EVENT = re.compile(
    "会议|召开|举行|主持|发布会|通气会|吹风会|调研|检查|督导|督查|巡查|走访|慰问|看望|视察|座谈|部署|调度|约谈|会商|例会|党组会|"
    "党委会|常委会|研究|宣布|通报|介绍|指挥|督战|暗访|指导|强调|要求|呼吁"
)
BRIEFING = re.compile("发布会|通气会|吹风会|答记者|记者会|见面会|访谈|专访")
QUOTE = re.compile(r"^.{0,8}?(?:说|表示|介绍|坦言|透露|认为|告诉|谈到|称|回忆|感慨|希望|建议|呼吁)")
LABELLED = re.compile(
    r"(?<![一-鿿])(主\s?持\s?人?|(?:参会|参加|出席|与会|到会)(?:人员|领导|人|单位)?|列席(?:人员|人)?)"
    r"\s?[:：]\s?([^。；\n]{2,300})"
)
NEXT_LABEL = re.compile(r"\s[一-鿿]{2,6}[:：]|[（(]?(?:缺席|请假|记录)(?:人员?)?[:：]")  # 主持：赵立 参会：王东
THERE_ARE = re.compile(
    r"(?:参加|出席|陪同|参会|到会|列席)[^，。；、]{0,16}?(?:还有|的有|有|的是|领导为|包括|如下)\s?[:：]?|(?:邀请到?了?|请来了|请到了)(?=[^，。]{2})"
)
LATE_CHAIR = re.compile(
    r"[，,](?:随后|并|并且|先后|连夜|当[天日晚]|之后|现场|又|同时|还){0,2}(?:以视频形式|在[^，。；]{2,14})?主持(?:召开|会议|了)"
)
UNNAMED_CHAIR = re.compile(
    r"(?<![一-鿿])(?:随后|之后|会后|其间|期间|接着|当[天日晚]|当天[上下]午)?[，,]?[他她]?(?:又|还|随即|现场|连夜|先后|随后|并)?主持(?:召开|会议|了|座谈)"
)
PENDING = re.compile(r"(?:(主持)人?|参加|出席|参会|发布人|嘉宾|(列席))[^，。；]{0,14}[:：]\s*$")
CALLED_BY = "书记|市长|省长|县长|区长|局长|院长|校长|主任|主席|董事长|总经理|总|董|部长|镇长|所长"
CALLED_ENDS = {end[-2:]: [w for w in CALLED_BY.split("|") if w[-2:] == end[-2:]] for end in CALLED_BY.split("|")}
CALLED = re.compile(
    rf"(?<![一-鿿])(?:会议由|由|会上|最后|随后|接着|其中)?([一-鿿])({CALLED_BY})"
    r"(?=[^一-鿿]|主持|最后|首先|强调|要求|指出|讲话|传达|在|就|对|说|表示|还|作|做|代表|宣布|通报|介绍|部署|安排|总结|一行)"
)
TOGETHER = re.compile(
    "电视电话会|电视会议|电话会议|视频会|视频调度|视频点调|视频例会|视频连线|视频形式|视频方式|视频参会|以视频|网络会议|网络视频|线上会议|线上方式|线上形式|云会议|"
    "腾讯会议|钉钉会议|分会场|远程会议|视频开到|视频推进|视频部署|视频座谈"
)
IN_PERSON = re.compile("现场会|现场办公会|现场推进会|现场调度会|现场会议|面对面")
HOW_THEY_MET = re.compile(f"{TOGETHER.pattern}|{IN_PERSON.pattern}")
CLAUSE_END = re.compile("[，。；！？\n]")
NOT_THIS = re.compile("国家|传达|学习|贯彻|落实|收看|收听|结束后|结束|之后|全国|国务院|精神|参加了|参加国|参加全省")


class Sighting(NamedTuple):
    """One mention of a person with what it says of their presence."""

    name: Name
    role: Role | Literal["absent"] | None
    speaks: bool
    quoted: bool  # by 说 or 表示 only, as interviewees are
    sentence: int


@lru_cache(maxsize=8)
def _verbs(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of verbs of presence and of speech; single characters count only at the head of a predicate."""

    def choice(role: str) -> re.Pattern[str]:
        words = sorted((w for w, r in lexicon.persons.verbs.items() if r == role), key=lambda w: (-len(w), w))
        longer = "|".join(w for w in words if len(w) > 1)
        single = "".join(w for w in words if len(w) == 1)
        return re.compile(rf"{longer}|^(?:也|还|均|则|都|又|再次|分别|先后)?[{single}]")

    return choice("attend"), choice("speech")


def find_meeting(document: Document, page: Page, lexicon: Lexicon) -> Meeting:
    """The people who were there and the venue format.

    A chair has the role chair only; who speaks has the role speaker beside chair or attendee.
    """
    text = document.text
    spans = [(s.start, s.end) for s in page.of("title", "heading", "lead")[:4]]
    spans += [(p.start, p.end) for p in page.paragraphs[:3]]
    head = " ".join(text[start : min(end, start + SPAN)] for start, end in spans)
    sightings = list(_sightings(text, page, lexicon)) if EVENT.search(head) else []
    title_end = page.title.end if page.title else 0
    if any(s.role and s.name.start > title_end for s in sightings):
        known = {s.name.text for s in sightings if s.name.start > title_end or text.find(s.name.text, title_end) > 0}
        sightings = [s for s in sightings if s.name.text in known]  # headlines run names together
    sightings += _called(text, page, sightings, lexicon)
    people = _judge(sightings, bool(BRIEFING.search(head)))
    return Meeting(people=people, venue_format=_venue(text, page))


def _sightings(text: str, page: Page, lexicon: Lexicon) -> Iterator[Sighting]:
    """Mentions of people in title and body, in order."""
    number = 0
    subject: Sighting | None = None  # of the last sentence that named somebody: 随后，他主持召开座谈会
    pending: Role | None = None  # of the names in the next line: 参加发布会的人员包括：
    headings = page.of("title", "heading")
    convened = _is_of_sitting(text, page)
    blocks: list[Segment | Span] = [*headings, *page.paragraphs]
    for segment in sorted(blocks, key=lambda block: block.start):
        if pending:
            for name in find_names(text, segment.start, min(segment.end, segment.start + SPAN), lexicon):
                yield Sighting(name, pending, False, False, number)
        ends_open = text[segment.end - 1] in "：:"
        label = PENDING.search(text, max(segment.start, segment.end - 40), segment.end) if ends_open else None
        pending = ("chair" if label[1] else "observer" if label[2] else "attendee") if label else None
        if isinstance(segment, Segment) and segment.kind == "heading":
            yield from _labelled(text, segment.start, min(segment.end, segment.start + SPAN), number, lexicon)
            continue
        for sentence in SENTENCE.finditer(text, segment.start, segment.end):
            start, end = sentence.start(), min(sentence.end(), sentence.start() + SPAN)
            number += 1
            if number > 4 and not PRESENCE.search(text, start, end) and not opens_with_name(text, start, end, lexicon):
                subject = None
                continue  # most sentences of the body name nobody
            yield from _labelled(text, start, end, number, lexicon)
            found = list(_of_sentence(text, start, end, number, lexicon))
            if not convened:
                found = [s for s in found if s.name.text != LEADER]
            yield from found
            presided = UNNAMED_CHAIR.search(text, start, end) if subject else None
            if presided and subject and not any(s.name.start < presided.start() for s in found):
                yield Sighting(subject.name, "chair", False, False, number)
            subject = next((s for s in found if s.role in ("attendee", "chair")), subject if not found else None)


def _is_of_sitting(text: str, page: Page) -> bool:
    """Whether title or first sentence tell of the leader or of a sitting; letters and notices only refer to him."""
    if page.title and LEADER in page.title.cut(text):
        return True
    first = SENTENCE.match(text, page.paragraphs[0].start, page.paragraphs[0].end) if page.paragraphs else None
    return first is not None and (LEADER in first.group() or CONVENED.search(first.group()) is not None)


def _called(text: str, page: Page, sightings: list[Sighting], lexicon: Lexicon) -> list[Sighting]:
    """Mentions by family name and office (会议由刘院长主持), where one known person has both."""
    full: dict[tuple[str, str], set[str]] = {}
    for sighting in sightings:
        person, title = sighting.name.text, sighting.name.title or ""
        full.setdefault((person[0], title[-2:]), set()).add(person)
    if not any(family + office in text for family, end in full for office in CALLED_ENDS.get(end, ())):
        return []
    attend, speech = _verbs(lexicon)
    found: list[Sighting] = []
    for segment in page.of("lead", "paragraph"):
        for called in CALLED.finditer(text, segment.start, segment.end):
            names = full.get((called[1], called[2][-2:]), set())
            if len(names) != 1:
                continue
            stop = _predicate_end(text, called.end(), min(segment.end, called.end() + SPAN), attend, speech)
            predicate = text[called.end() : stop]
            role: Role | None = "chair" if CHAIR.search(predicate) else None
            speaks = bool(speech.search(predicate))
            if role is None and (speaks or attend.search(predicate)):
                role = "attendee"
            name = Name(next(iter(names)), called.start(1), called.end(1), None, called.start(1))
            found.append(Sighting(name, role, speaks, False, len(sightings)))
    return found


def _labelled(text: str, start: int, end: int, number: int, lexicon: Lexicon) -> Iterator[Sighting]:
    """主持人：张三  参加人员：李四、王五."""
    if text.find("：", start, end) < 0 and text.find(":", start, end) < 0:
        return
    found = LABELLED.search(text, start, end)
    while found:
        label = found[1]
        role: Role = "chair" if label.startswith("主") else "observer" if label.startswith("列席") else "attendee"
        at = found.start(2)
        following = NEXT_LABEL.search(text, at, found.end())
        stop = following.start() if following else found.end()
        for part in re.finditer(r"[^、，,\s]+", text[at:stop]):
            word = re.sub(r"(?:同志|等)?(?:[（(][^（）()]*[）)])?$", "", part.group())
            begin = at + part.start()
            if is_name(word, lexicon):
                yield Sighting(Name(word, begin, begin + len(word), None, begin), role, False, False, number)
                continue
            for name in find_names(text, begin, at + part.end(), lexicon):
                yield Sighting(name, role, False, False, number)
        found = LABELLED.search(text, stop, end)


def _of_sentence(text: str, start: int, end: int, number: int, lexicon: Lexicon) -> Iterator[Sighting]:
    names = find_names(text, start, end, lexicon)
    there = THERE_ARE.search(text, start, end)
    listed: list[Name] = []
    if there:
        listed = find_names(text, there.end(), end, lexicon)
        names = [n for n in names if n.start < there.end()]
        observing = text.startswith("列席", there.start())
        for name in listed:
            yield Sighting(name, "observer" if observing else "attendee", False, False, number)
    names = [n for n in names if n.kind != "byline" and not _in_marks(text, n.start, start)]
    if not names:
        return
    attend, speech = _verbs(lexicon)
    predicates = _predicates(text, names, end, attend, speech)
    late = _late_chair(text, names, start, end)
    for name, (begin, stop) in zip(names, predicates, strict=True):
        before = text[_clause_start(text, name, names, start) : name.start]
        predicate = TITLE_MARKS.sub("", text[begin:stop])
        role: Role | Literal["absent"] | None = None
        speaks = bool(speech.search(predicate))
        if APPOINTED.match(predicate) and FOUNDED.search(text, start, name.start):
            continue  # 成立以张三为组长的领导小组
        if ABSENT.match(predicate):
            role = "absent"
        elif (
            CONVEYED.search(before)
            or ON_BEHALF.match(before)
            or _is_of_conveyed(text, name, start)
            or (name.text == LEADER and MEETING_SAYS.search(text, start, name.start))
        ):
            continue
        elif HEARD.search(before):
            role = "attendee" if REPORTS.search(predicate) else None
        elif CHAIR.search(predicate) or CALLS.match(predicate) or name is late:
            role = "chair"
        elif OBSERVE.search(predicate):
            role = "observer"
        elif speaks or attend.search(predicate):
            role = "attendee"
        elif name.title_start == start and name.title and text.startswith("：", name.end):
            role, speaks = "attendee", True  # whose turn it is to answer
        briefed = BRIEFING.search(text, start, end)
        quoted = role == "attendee" and not briefed and not attend.search(predicate) and bool(QUOTE.match(predicate))
        yield Sighting(name, role, speaks, quoted, number)


def _is_of_conveyed(text: str, name: Name, start: int) -> bool:
    """Whether somebody leads the body whose meeting was passed on: 传达省教育厅会议精神，省教育厅厅长…"""
    body = (name.title or "")[:-2]
    at = text.find(body, start, name.title_start) if len(body) > 2 else -1
    return at > 0 and PASSED_ON.search(text, max(start, at - 12), at) is not None


def _in_marks(text: str, at: int, start: int) -> bool:
    """Whether a position lies between 《 and 》, or right behind the “ of a slogan: “马背宣讲队”."""
    return text.rfind("《", start, at) > text.rfind("》", start, at) or (at > start and text[at - 1] == "“")


def _clause_start(text: str, name: Name, names: list[Name], start: int) -> int:
    """Where the words before a name begin: after the last punctuation mark, or after the name before it."""
    previous = max((n.end for n in names if n.end <= name.start), default=start)
    title_at = min(name.title_start, name.start)
    mark = max(text.rfind(m, start, title_at) for m in "，,；;：:")
    return max(previous, mark + 1, start)


def _predicates(
    text: str, names: list[Name], end: int, attend: re.Pattern[str], speech: re.Pattern[str]
) -> list[tuple[int, int]]:
    """What each name does: the words behind it up to the end of the first clause with a verb; a list shares one."""
    found: list[tuple[int, int]] = []
    following: tuple[int, int] | None = None
    for i in range(len(names) - 1, -1, -1):
        begin = names[i].end
        until = names[i + 1].title_start if i + 1 < len(names) else end
        until = max(until, begin)
        head = _after_marks(text, begin, until)
        if following and (head >= until or _goes_on(text, begin, head, until, attend, speech)):
            span = following
        else:
            span = (head, _predicate_end(text, head, until, attend, speech))
        found.append(span)
        following = span
    return found[::-1]


def _after_marks(text: str, at: int, until: int) -> int:
    """Behind the titles, brackets and commas that may follow a name: 白玉（女）、."""
    shared = SHARED.match(text, at, until)
    at = shared.end() if shared else at
    aside = ASIDE.match(text, at, until)
    shared = SHARED.match(text, aside.end(), until) if aside else None
    return shared.end() if shared else at


def _goes_on(text: str, begin: int, head: int, until: int, attend: re.Pattern[str], speech: re.Pattern[str]) -> bool:
    """Whether items that name nobody stand between a name and the next one of its list: 王东、办公室、局长李岚."""
    words = text[head:until]
    if not {"、", " "}.intersection(text[begin:head]) or BREAK.search(words):
        return False
    return not any(verb.search(words) for verb in (attend, speech, CHAIR, OBSERVE))


def _predicate_end(text: str, head: int, until: int, attend: re.Pattern[str], speech: re.Pattern[str]) -> int:
    """The end of the first clause that says something of presence, at most sixteen clauses on.

    Beyond ； only in a list that has one behind the name: 副局长王东；办公室负责人；科长李岚参加会议.
    """
    first = stop = None
    at = head
    for _ in range(16):
        mark = BREAK.search(text, at, until)
        stop = mark.start() if mark else until
        first = stop if first is None else first
        words = text[at:stop]
        if words.startswith(("会议", "要", "通知", "大家")):
            break
        if stop > at > head and CHAIR.search(words) and not CHAIR_FIRST.match(words):
            break  # somebody else presides
        if CHAIR.search(words) or OBSERVE.search(words) or attend.search(words) or speech.search(words):
            return stop
        if mark and mark.group() == "“" and (closing := text.find("”", at, min(until, mark.end() + LONGEST_QUOTE))) > 0:
            at = closing + 1  # 王东采取“四不两直”方式检查
            continue
        if mark and (aside := ASIDE.match(text, mark.start(), until)):
            at = aside.end()  # 王东到恒山路（路碑旁）检查
            continue
        if mark is None or mark.group() not in ("，,；" if text.startswith("；", head) else "，,"):
            break
        at = mark.end()
    return until if first is None else first


def _late_chair(text: str, names: list[Name], start: int, end: int) -> Name | None:
    """Whom a later clause without a name says to preside (李强赴机场检查，并主持召开座谈会): the first one named."""
    late = LATE_CHAIR.search(text, start, end)
    return names[0] if late and names[0].start < late.start() else None


def _judge(sightings: list[Sighting], is_briefing: bool) -> tuple[Person, ...]:
    """One person a name and role, from all that is said of them."""
    by_name: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        by_name.setdefault(sighting.name.text, []).append(sighting)
    people: list[Person] = []
    for name, seen in by_name.items():
        role = _role(seen, is_briefing)
        if role is None:
            continue
        first = next((s for s in seen if s.role == role), seen[0])
        titled = next((s.name.title for s in (first, *seen) if s.name.title), None)
        people.append(Person(name, role, titled, first.name.start, first.name.end))
        spoken = next((s for s in seen if s.speaks), None)
        if spoken:
            people.append(Person(name, "speaker", titled, spoken.name.start, spoken.name.end))
    return tuple(sorted(people, key=lambda p: (p.start, p.role)))


def _role(seen: list[Sighting], is_briefing: bool) -> Role | None:
    """The role of one person; None where they were not there."""
    roles = {s.role for s in seen}
    if "chair" in roles:
        return "chair"
    attending = [s for s in seen if s.role == "attendee"]
    if "absent" in roles and all(s.speaks for s in attending):
        return None  # who sent a note is quoted, but did not come
    if any(s.name.title and TOP.search(s.name.title) for s in seen) or any(s.name.text == LEADER for s in seen):
        attending = [s for s in attending if s.sentence < 5 and not s.quoted]
    if not is_briefing:
        attending = [s for s in attending if not s.quoted or s.sentence < 6]
    if attending:
        return "attendee"
    return "observer" if "observer" in roles else None


def _venue(text: str, page: Page) -> Literal["in_person", "teleconference"] | None:
    """How they met, where the title, the lead or the attendance says so of this meeting."""
    body = page.of("title", "lead", "paragraph")
    for segment in (*body[:4], *body[4:][-3:]):
        start, end = segment.start, min(segment.end, segment.start + SPAN)
        if not HOW_THEY_MET.search(text, start, end):
            continue
        for words in CLAUSE_END.split(text[start:end]):
            found = TOGETHER.search(words)
            if found and not NOT_THIS.search(words):
                return "teleconference"
            found = IN_PERSON.search(words)
            if found and not NOT_THIS.search(words):
                return "in_person"
    return None
