"""Who says what: 会议强调，… 市委书记李强指出，… 他要求：… Imports names, lexicon, records.

A frame is the clause that names the speaker. What follows is said by that speaker until the next frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.lexicon import Lexicon, SpeechMode, SpeechVerb
from etl.names import find_names, is_name
from etl.records import Meeting, Span
from etl.wording import blank_quotes

Subject = Literal["person", "body", "carried", "intro"]

MARKS = "，。；：！？:;\n“”"
LONGEST_SUBJECT = 80
BODY = re.compile(
    r"会议|大会|全会|例会|党组会|常委会|办公会|座谈会|调度会|推进会|专题会|视频会|部署会|扩大会|会商会|点调会|会上|"
    r"通知|通告|公告|公报|意见|方案|倡议|公开信|信中|提示|函|文件|办法|规定|决定|命令|令|讲话|批示|小组|指挥部|专班"
)
BODY_LAST = re.compile(rf"(?:{BODY.pattern})(?:还|也|又|并|最后|同时|明确|特别|一致|进一步|再次|中|上|期间)?$")
ORGANISATION = re.compile(
    r"(?:[委局厅办部组院会]|党委|党组|指挥部|政府|集团|公司|学校|大学|学院|医院|机制|中心|协会|商会|工商联|法院|检察院|办公室|[县市区校院]|我[省市县区校院]|全[省市县区校院]|小组)"
    r"(?:同时|还|并|也|特别|明确|再次|最后)?$"
)
CONVEYED = re.compile(
    r"按照|根据|落实|贯彻|传达|学习|遵照|遵循|依据|依照|对照|对标|符合|响应|执行|围绕|结合|此前|之前|曾|上级|适应|满足|达到|按(?![时需期])|照着?"
)
MODAL = "要(?!求|点|素)|必须|应(?!急)|须|务必|各(?!种|项|类)|全(?!面)"
TOLD_WHO = r"[^，。；：:\n]{1,24}?(?:(?<![重主需必首])要(?!求|点|素)|必须|务必|应当|不得)"  # 要求卫生部门、各乡镇要…
SURNAME_AND_OFFICE = re.compile(
    r"(?:[^，。]{0,8}[，、])?(?P<surname>[一-龥])(?:总书记|(?:副|代)?(?:书记|主任|市长|省长|区长|县长|州长|镇长|乡长|部长|局长|厅长|校长|院长|主席|组长|董事长|总经理|总|检察长|所长|处长))"
)
ONLY_ADVERBS = re.compile(
    r"[\s]*(?:(?:并|还|同时|并且|一并|再次|特别|着重|明确|随后|最后|又|也|反复|一再|郑重|进一步|强烈|主要|分别|重点|逐一|就此|对此|现场|当场|一致|共同|联合|集体|"
    r"会上|会议最后|讲话中|据此|经研究|研究|为此|现|特|特此|现就|郑重|严正|专题|深情|殷切)\s?)*"
)
ABOUT = re.compile(r"(?:并|随后|最后|同时|还|又|也|再)?(?:就|对|围绕|针对|从|向|为|用)(?!.*(?:会议|通知|通告|通报))")
PRONOUN = re.compile(
    r"(?:会上|会后|随后|最后|同时|对此|此外|另外|其间|期间|座谈中|检查中|调研中|讲话中)?(?:他|她)(?!们)"
)
FITS_SPEAKER = re.compile(
    r"(?:同志|书记|主任|校长|院长|董事长|总经理)?(?:在|就|对|向|还|又|也|并|最后|首先|进一步|着重|特别|再[次三]|反复|一再|批示|作[了出总]|听取|代表|从|主持|"
    r"传达|随后|同时|现场|郑重|明确|强烈|专门|充分肯定|讲话|总结|实地|仔细|详细|来到|深入|率|带队|一行|逐|把|将|给|先后)"
)
TIME = re.compile(r"(?:\d{1,4}[年月日时点]|今|昨|当|近|日前|上午|下午|会上|会前|会后|随后|在)[^，。]{0,20}$")
RELAYED = re.compile(r"总书记|国家主席|国务院总理|习近平|党中央|党和国家")
HIGHER = re.compile(r"党中央|中央|国务院|上级|国家(?!卫)")
TOLD_LIST = re.compile(r"介绍|通报|汇报|听取|审议|据(?!此)|分析|回顾|研究了|情况")
TOLD = re.compile(r"(?:汇报|通报|短片|报告|数据|监测|统计|调查|结果|据)$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The clause that names a speaker, and where the words begin."""

    start: int  # of the clause
    content: int  # of what is said
    mode: SpeechMode | Literal["relay"]  # relay: a higher level's words
    speaker: str | None  # a person's name; None for a meeting, a body or a document
    subject: Subject
    glued: bool  # no comma or colon stands between the verb and the words


@dataclass(frozen=True, slots=True, eq=False)
class _Verbs:
    pattern: re.Pattern[str]
    known: dict[str, SpeechVerb]


@lru_cache(maxsize=8)
def _verbs(lexicon: Lexicon) -> _Verbs:
    known = {v.verb: v for v in lexicon.speech_verbs}

    def choice(verbs: list[str]) -> str:
        return "|".join(sorted(verbs, key=len, reverse=True))

    every, orders = choice(list(known)), choice([v for v in known if known[v].mode == "order"])
    plain = choice([v for v in known if known[v].glued == "modal"])
    free = choice([v for v in known if known[v].glued == "free"])
    opener, actor = (lexicon.directive_cues.kinds[kind].pattern for kind in ("opener", "actor"))
    told = "要求|意见|部署|安排|建议|希望|强调|规定|措施|举措|任务|工作"
    return _Verbs(
        re.compile(
            rf"(?P<said>{every})(?:说|道|了)?(?:大家|全体[^，。；：:\n]{{0,10}}|各[^，。；：:\n]{{1,14}})?(?P<sep>[，：:])"
            rf"|(?P<announced>{orders})(?:[^，。；：:\n]{{1,22}}[：:]|[^，。；：:\n]{{0,14}}(?:{told})[，。](?=\s*[一二第首（(①1]))"
            rf"|(?P<plain>{plain})(?={MODAL})|(?P<free>{free})(?={MODAL}|广大|大家|全体|{actor}|{opener}|{TOLD_WHO})"
            r"|(?P<intro>(?:如下|以下)[^，。；：:\n]{0,14}[：:]|(?:包括|明确|规定)[：:]|请[^，。；：:\n]{2,14}[：:]"
            r"|[：:](?=\s*(?:[一二三四五六七八九十][要是、]|第一|首先|（[一1]）|[1①●·■◆]|——|$)))"
        ),
        known,
    )


def find_frames(text: str, sentences: list[Span], meeting: Meeting, lexicon: Lexicon) -> list[Frame]:
    """Frames of the sentences in text order. `meeting` says who was there: a leader who was not is only relayed."""
    verbs = _verbs(lexicon)
    known = {p.name for p in meeting.people}
    frames: list[Frame] = []
    for index, sentence in enumerate(sentences):
        blanked = blank_quotes(sentence.cut(text))
        for found in verbs.pattern.finditer(blanked):
            frame = _frame(text, blanked, sentences, index, found, verbs, frames, known, lexicon)
            if frame and (not frames or frame.content > frames[-1].content) and _may_follow(frame, frames, sentence):
                frames.append(frame)
    return frames


def _may_follow(frame: Frame, frames: list[Frame], sentence: Span) -> bool:
    """A second frame in a sentence needs a subject of its own: 他叮嘱大家，要…，希望大家… stays one sentence."""
    if not frames or frames[-1].start < sentence.start:
        return True
    return frame.subject == "intro" or (frame.subject in ("person", "body") and not frame.glued)


def _frame(
    text: str,
    blanked: str,
    sentences: list[Span],
    index: int,
    found: re.Match[str],
    verbs: _Verbs,
    frames: list[Frame],
    known: set[str],
    lexicon: Lexicon,
) -> Frame | None:
    sentence = sentences[index]
    opener = lexicon.directive_cues.kinds["opener"]
    if found["intro"]:
        return _introduction(text, blanked, sentence, found, frames, known, lexicon)
    verb = verbs.known[found["said"] or found["announced"] or found["plain"] or found["free"]]
    glued = found["said"] is None and found["announced"] is None
    at = found.start()
    begin = max(blanked.rfind(mark, max(0, at - LONGEST_SUBJECT), at) for mark in MARKS) + 1
    subject = blanked[begin:at]
    start = sentence.start + begin
    content = sentence.start + found.end()
    who: Subject
    speaker: str | None = None
    pronoun = PRONOUN.match(subject)
    if ONLY_ADVERBS.fullmatch(subject) or (begin and not glued and ABOUT.match(subject)):
        if begin == 0 and verb.noun and glued:
            return None
        who, speaker = "carried", _carried(text, sentence, start, lexicon)
        if speaker is None and frames and frames[-1].start >= sentence.start:
            speaker = frames[-1].speaker
        if speaker is None and re.search(r"(?:^|[，。；])[他她](?!们)", blanked[:begin]):
            speaker = _last_person(text, sentences, index, sentence.start, frames, known, lexicon)
    elif pronoun:
        who, speaker = "person", _last_person(text, sentences, index, start, frames, known, lexicon)
    else:
        # The verb itself stands behind the name, which supports it: 郝鹏|要求.
        speaker = _named(text, start, sentence.start + at, len(verb.verb), known, lexicon)
        if speaker:
            who = "person"
        elif CONVEYED.search(subject) and verb.noun:
            return None
        elif _is_body(subject, verb) or found["announced"] or _names_a_body(subject, verb, begin == 0, opener):
            who = "body"
        else:
            return None
    mode: SpeechMode | Literal["relay"] = verb.mode
    if mode == "say" and TOLD.search(subject):
        mode = "tell"
    if RELAYED.search(subject) and not _was_there(text, speaker, known):
        mode = "relay"
    if speaker is None and who == "body" and HIGHER.match(subject.strip()) and not HIGHER.search(text, 0, 60):
        mode = "relay"
    if re.search(r"多次|此前|曾|之前", subject) and who != "carried":
        mode = "relay"
    return Frame(start, content, mode, speaker, who, glued)


def _is_body(subject: str, verb: SpeechVerb) -> bool:
    """Whether the subject is a meeting or a document; next to a verb that is often a noun, at its head or its end."""
    found = BODY.search(subject)
    if not found or not verb.noun:
        return found is not None
    return found.start() < 2 or BODY_LAST.search(subject) is not None


def _names_a_body(subject: str, verb: SpeechVerb, opens: bool, opener: re.Pattern[str]) -> bool:
    """Whether an unknown subject may be a body: 指挥部要求，; not 及时公布返校要求，."""
    if len(subject) > 40 or subject.endswith("的") or opener.match(subject):
        return False
    return not verb.noun or (opens and ORGANISATION.search(subject) is not None)


def _current(frames: list[Frame]) -> str | None:
    return frames[-1].speaker if frames and frames[-1].mode in ("order", "say") else None


def _introduction(
    text: str,
    blanked: str,
    sentence: Span,
    found: re.Match[str],
    frames: list[Frame],
    known: set[str],
    lexicon: Lexicon,
) -> Frame | None:
    """A colon before a list: by the person or body of its clause, else by whoever spoke last."""
    if frames and frames[-1].start >= sentence.start:
        return None
    content = sentence.start + found.end()
    begin = max(blanked.rfind(mark, max(0, found.start() - LONGEST_SUBJECT), found.start()) for mark in MARKS) + 1
    start = sentence.start + begin
    clause = blanked[begin : found.end()]
    speaker = _named(text, start, sentence.start + found.start(), 0, known, lexicon)
    mode: SpeechMode = "tell" if TOLD_LIST.search(clause) else "order"
    if speaker:
        return Frame(start, content, mode, speaker, "person", False)
    if BODY.search(clause) and not CONVEYED.search(clause):
        return Frame(start, content, mode, None, "body", False)
    return Frame(start, content, mode, _current(frames), "intro", False)


def _was_there(text: str, name: str | None, known: set[str]) -> bool:
    """Whether a national leader takes part, and is not only quoted: 习近平总书记主持会议."""
    if name is None:
        return False
    return (
        name in known
        or re.search(rf"{name}(?:总书记|同志|总理)?(?:在[^，。]{{0,14}})?(?:主持|出席|发表|考察|视察)", text)
        is not None
    )


def _named(text: str, start: int, end: int, verb_length: int, known: set[str], lexicon: Lexicon) -> str | None:
    """The person who is the subject of text[start:end], which a speech verb follows."""
    subject = text[start:end]
    for name in known:
        at = subject.find(name)
        if at >= 0 and not CONVEYED.search(subject, max(0, at - 20), at):
            return name
    for found in find_names(text, start, end + verb_length, lexicon):
        if found.end <= end and not CONVEYED.search(text, max(start, found.title_start - 12), found.title_start):
            return found.text
    bare = _bare_name(subject, lexicon)
    if bare:
        return bare
    short = SURNAME_AND_OFFICE.match(subject)  # 刘院长强调: the one person of that family name
    if short:
        called = [name for name in known if name[0] == short["surname"]]
        return called[0] if len(called) == 1 else None
    return None


def _bare_name(words: str, lexicon: Lexicon) -> str | None:
    """The name that the words begin with, where what follows fits a speaker: 高建民在讲话中 → 高建民."""
    start = len(words) - len(words.lstrip())
    for length in (3, 2, 4):
        name = words[start : start + length]
        if FITS_SPEAKER.match(words, start + length) and is_name(name, lexicon):
            return name
    return None


def _carried(text: str, sentence: Span, before: int, lexicon: Lexicon) -> str | None:
    """The subject of the sentence so far: 市长李四主持会议，强调… → 李四."""
    for name in find_names(text, sentence.start, before, lexicon):
        if not CONVEYED.search(text, max(sentence.start, name.title_start - 12), name.title_start):
            return name.text
    return _bare_name(text[sentence.start : min(sentence.end, sentence.start + 12)], lexicon)


def _last_person(
    text: str,
    sentences: list[Span],
    index: int,
    before: int,
    frames: list[Frame],
    known: set[str],
    lexicon: Lexicon,
) -> str | None:
    """Whom 他 or 她 means: the person who began a sentence last, or who spoke last."""
    spoke_at, spoke = next(((f.start, f.speaker) for f in reversed(frames) if f.speaker), (-1, None))
    here = sentences[index]
    if before > here.start:
        said = _carried(text, here, before, lexicon)
        if said:
            return said
    for sentence in reversed(sentences[max(0, index - 8) : index]):
        if sentence.start <= spoke_at:
            break
        for name in known:
            if text.startswith(name, sentence.start):
                return name
        clauses = [p for p in (text.find("，", sentence.start, sentence.end), sentence.end) if p > 0]
        if TIME.match(text, sentence.start, clauses[0]) and len(clauses) > 1:
            clauses = [p for p in (text.find("，", clauses[0] + 1, sentence.end), sentence.end) if p > 0]
        names = find_names(text, sentence.start, clauses[0], lexicon)
        if names:
            return names[0].text
    return spoke
