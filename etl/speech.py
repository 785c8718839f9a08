"""Who says what: 会议强调，… 市委书记李强指出，… 他要求：… Imports names, lexicon, records.

A frame is the clause that names the speaker. What follows is said by that speaker until the next frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from etl.lexicon import Lexicon, SpeechMode, SpeechVerb
from etl.names import find_names
from etl.records import Meeting, Span
from etl.wording import BLANK

Subject = Literal["person", "body", "carried", "intro"]

MARKS = "，。；：！？:;\n“”"
LONGEST_SUBJECT = 80
TITLE = re.compile(r"《[^》\n]{1,80}》")
BODY = re.compile(
    r"会议|大会|全会|例会|党组会|常委会|办公会|座谈会|调度会|推进会|专题会|视频会|部署会|扩大会|会商会|点调会|会上|"
    r"通知|通告|公告|公报|意见|方案|倡议|公开信|信中|提示|函|文件|办法|规定|决定|命令|令|讲话|批示|小组|指挥部|专班"
)
ORGANISATION = re.compile(
    r"(?:[委局厅办部组院会]|党委|党组|指挥部|政府|集团|公司|学校|大学|学院|医院|机制|中心|协会|商会|工商联|法院|检察院|办公室|[县市区校院]|我[省市县区校院]|全[省市县区校院]|小组)"
    r"(?:同时|还|并|也|特别|明确|再次|最后)?$"
)
CONVEYED = re.compile(
    r"按照|根据|落实|贯彻|传达|学习|遵照|遵循|依据|依照|对照|对标|符合|响应|执行|围绕|结合|此前|之前|曾|上级|适应|满足|达到|严格按|照着?"
)
ONLY_ADVERBS = re.compile(
    r"[\s]*(?:(?:并|还|同时|并且|一并|再次|特别|着重|明确|随后|最后|又|也|反复|一再|郑重|进一步|强烈|主要|分别|重点|逐一|就此|对此|现场|当场|一致|共同|联合|集体|"
    r"会上|会议最后|讲话中|据此|经研究|研究|为此|现|特|特此|现就|郑重|严正|专题|深情|殷切)\s?)*"
)
PRONOUN = re.compile(
    r"(?:会上|会后|随后|最后|同时|对此|此外|另外|其间|期间|座谈中|检查中|调研中|讲话中)?(?:他|她)(?!们)"
)
RELAYED = re.compile(r"总书记|国家主席|国务院总理|习近平|党中央|党和国家")
HIGHER = re.compile(r"党中央|中央|国务院|上级|国家(?!卫)")
TOLD = re.compile(r"(?:汇报|通报|短片|报告|数据|监测|统计|调查|结果|据)$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The clause that names a speaker, and where the words begin."""

    start: int  # of the clause
    content: int  # of what is said
    mode: SpeechMode | Literal["relay"]  # relay: a higher level's words
    speaker: str | None  # a person's name; None for a meeting, a body or a document
    subject: Subject
    announces: bool  # nothing but a list follows: 提出三点要求：


@dataclass(frozen=True, slots=True, eq=False)
class _Verbs:
    pattern: re.Pattern[str]
    known: dict[str, SpeechVerb]


@lru_cache(maxsize=8)
def _verbs(lexicon: Lexicon) -> _Verbs:
    known = {v.verb: v for v in lexicon.speech_verbs}
    choice = "|".join(sorted(known, key=len, reverse=True))
    glued = "|".join(sorted((v.verb for v in lexicon.speech_verbs if v.glued), key=len, reverse=True))
    opener = lexicon.directive_cues.kinds["opener"].pattern
    told = "要求|意见|部署|安排|建议|希望|强调|规定|措施|举措|任务|工作"
    return _Verbs(
        re.compile(
            rf"(?P<verb>{choice})(?:(?:说|道|了)?(?P<sep>[，：:])|(?P<colon>[^，。；：:“”\n]{{1,22}}[：:])"
            rf"|(?P<told>[^，。；：:“”\n]{{0,14}}(?:{told})[，。])(?=\s*[一二第首（(①1]))"
            rf"|(?P<glued>{glued})(?=要(?!求|点|素)|必须|应(?!急|对)|须|务必|各(?!种|项|类)|全(?!面)|广大|大家|{opener})"
            r"|(?P<intro>(?:如下|以下|有)[^，。；：:\n]{0,14}[：:]|(?:包括|明确|规定)[：:])"
        ),
        known,
    )


def find_frames(text: str, sentences: list[Span], meeting: Meeting, lexicon: Lexicon) -> list[Frame]:
    """Frames of the sentences in text order. `meeting` says who was there: a leader who was not is only relayed."""
    verbs = _verbs(lexicon)
    present = {p.name for p in meeting.people if p.role in ("chair", "attendee")}
    frames: list[Frame] = []
    for index, sentence in enumerate(sentences):
        raw = sentence.cut(text)
        blanked = TITLE.sub(lambda m: BLANK * len(m.group()), raw) if "《" in raw else raw
        for found in verbs.pattern.finditer(blanked):
            frame = _frame(text, blanked, sentence, found, verbs, frames, present, lexicon, sentences, index)
            if frame and (not frames or frame.content > frames[-1].content):
                frames.append(frame)
    return frames


def _frame(
    text: str,
    blanked: str,
    sentence: Span,
    found: re.Match[str],
    verbs: _Verbs,
    frames: list[Frame],
    present: set[str],
    lexicon: Lexicon,
    sentences: list[Span],
    index: int,
) -> Frame | None:
    kind = found.lastgroup or ""
    if found["intro"]:
        return Frame(sentence.start, sentence.start + found.end(), "order", _current(frames), "intro", True)
    verb = verbs.known[found["verb"] or found["glued"]]
    at = found.start()
    begin = max(blanked.rfind(mark, max(0, at - LONGEST_SUBJECT), at) for mark in MARKS) + 1
    subject = blanked[begin:at]
    start = sentence.start + begin
    content = sentence.start + found.end()
    announces = kind in ("colon", "told") or (kind == "sep" and found["sep"] != "，")
    who: Subject
    speaker: str | None = None
    pronoun = PRONOUN.match(subject)
    if ONLY_ADVERBS.fullmatch(subject):
        if begin == 0 and verb.noun and kind != "sep":
            return None
        who, speaker = "carried", _carried(text, sentence, start, lexicon)
        if speaker is None and frames and frames[-1].start >= sentence.start:
            speaker = frames[-1].speaker
    elif pronoun:
        who, speaker = "person", _last_person(text, sentences, index, start, frames, lexicon)
    else:
        # The verb itself stands behind the name, which supports it: 郝鹏|要求.
        names = [
            n
            for n in find_names(text, start, sentence.start + found.start() + len(verb.verb), lexicon)
            if not CONVEYED.search(text, max(start, n.title_start - 12), n.title_start) and n.end <= sentence.start + at
        ]
        if names:
            who, speaker = "person", names[0].text
        elif CONVEYED.search(subject) and verb.noun:
            return None
        elif BODY.search(subject) or _names_a_body(subject, verb):
            who = "body"
        else:
            return None
    mode: SpeechMode | Literal["relay"] = verb.mode
    if mode == "say" and TOLD.search(subject):
        mode = "tell"
    if (RELAYED.search(subject) and speaker not in present) or (speaker is None and HIGHER.match(subject.strip())):
        mode = "relay"
    if re.search(r"多次|此前|曾|之前", subject) and who != "carried":
        mode = "relay"
    return Frame(start, content, mode, speaker, who, announces)


def _names_a_body(subject: str, verb: SpeechVerb) -> bool:
    return (
        len(subject) <= 40
        and not subject.endswith("的")
        and (not verb.noun or ORGANISATION.search(subject) is not None)
    )


def _current(frames: list[Frame]) -> str | None:
    return frames[-1].speaker if frames and frames[-1].mode in ("order", "say") else None


def _carried(text: str, sentence: Span, before: int, lexicon: Lexicon) -> str | None:
    """The subject of the sentence so far: 市长李四主持会议，强调… → 李四."""
    for name in find_names(text, sentence.start, before, lexicon):
        if not CONVEYED.search(text, max(sentence.start, name.title_start - 12), name.title_start):
            return name.text
    return None


def _last_person(
    text: str, sentences: list[Span], index: int, before: int, frames: list[Frame], lexicon: Lexicon
) -> str | None:
    """Whom 他 or 她 means: the person who began a sentence last, or who spoke last."""
    spoke_at, spoke = next(((f.start, f.speaker) for f in reversed(frames) if f.speaker), (-1, None))
    for sentence in reversed(sentences[max(0, index - 8) : index + 1]):
        if sentence.start <= spoke_at:
            break
        stop = min(sentence.end, before)
        clause = min((p for p in (text.find(m, sentence.start, stop) for m in "，。；：") if p > 0), default=stop)
        names = find_names(text, sentence.start, clause, lexicon)
        if names:
            return names[0].text
    return spoke
