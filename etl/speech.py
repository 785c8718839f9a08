"""Who says what: 会议强调，… 市委书记李强指出，… 他要求：… Imports names, lexicon, records.

A frame is the clause that names the speaker. What follows is said by that speaker until the next frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from etl.lexicon import Lexicon
from etl.lexicon.speech import SpeechMode, SpeechVerb
from etl.names import Name, find_names, is_name
from etl.records import Meeting, Span
from etl.wording import blank_quotes, has_modal

Subject = Literal["person", "body", "carried", "intro"]

ASKED = ("要求", "叮嘱", "提醒", "告诫")  # behind a person, what follows them is ordered
MARKS = "，。；：！？:;\n"
LONGEST_SUBJECT = 80
BODY = re.compile(
    r"会议|大会|全会|例会|党组会|常委会|办公会|座谈会|调度会|推进会|专题会|视频会|部署会|扩大会|会商会|点调会|会上|"
    r"通知|通告|公告|公报|^通报|意见|方案|倡议|公开信|信中|提示|函|文件|办法|规定|决定|命令|令|讲话|批示|小组|指挥部|专班"
)
ORDERED = re.compile("(?:(?<![主重需首必])要|应当?|必须|务必|须)(?:及时|坚决|立即|一律)?$")
MEETING = re.compile(r"(?:会上，?)?会议(?:还|也|又|并|最后|同时|明确|特别|进一步|再次){0,2}")
BODY_LAST = re.compile(rf"(?:{BODY.pattern})(?:还|也|又|并|最后|同时|明确|特别|一致|进一步|再次|中|上|期间)?$")
ORGANISATION = re.compile(
    r"(?:[委局厅办部组院会]|党委|党组|指挥部|政府|集团|公司|学校|大学|学院|医院|机制|中心|协会|商会|工商联|法院|检察院|办公室|[县市区校院]|我[省市县区校院]|全[省市县区校院]|小组"
    r"|书记|[省市县区州镇乡局厅校院部会]长|主任|主席|董事长|总经理|负责人)"
    r"(?:同时|还|并|也|特别|明确|再次|最后)?$"
)
CONVEYED = re.compile(
    r"按照|根据|落实|贯彻|传达|学习|遵照|遵循|依据|依照|对照|对标|符合|响应|执行|围绕|结合|此前|之前|曾|上级|适应|满足|达到|按(?![时需期])|照着?"
)
MODAL = "要(?!求|点|素)|必须|应(?!急)|须|务必|不得|不能|不准|各(?!种|项|类)|全(?!面)"
TOLD_WHO = r"[^，。；：:\n]{1,24}?(?:(?<![重主需必首])要(?!求|点|素)|必须|务必|应当|不得)"  # 要求卫生部门、各乡镇要…
SURNAME_AND_OFFICE = re.compile(
    r"(?:[^，。]{0,8}[，、])?(?P<surname>[一-龥])(?:总书记|(?:副|代)?(?:书记|主任|市长|省长|区长|县长|州长|镇长|乡长|部长|局长|厅长|校长|院长|主席|组长|董事长|总经理|总|检察长|所长|处长))"
)
OFFICE_ALONE = re.compile(  # 书记强调: whoever of those present holds the office
    r"(?:会上|会后|随后|最后|接着|其间)?(?P<title>[省市县区州旗镇乡村街道校院局厅集团公司党委组工支部总府政]{0,8}"
    r"(?P<office>副?(?:书记|主任|市长|省长|区长|县长|州长|旗长|镇长|乡长|部长|局长|厅长|校长|院长|主席|组长|董事长|总经理|检察长|指挥长)))"
    r"(?:同志)?(?:在[^，。]{0,12}|就[^，。]{0,20}|对[^，。]{0,20}|还|又|也|再次|特别|最后|同时|着重|明确|反复|进一步)*"
)
ONLY_ADVERBS = re.compile(
    r"[\s]*(?:(?:并|但是?|还|同时|并且|一并|再次|特别|着重|明确|随后|最后|又|也|反复|一再|郑重|进一步|强烈|主要|分别|重点|逐一|就此|对此|现场|当场|一致|共同|联合|集体|"
    r"会上|会议最后|讲话中|据此|经研究|研究|为此|现|特|特此|现就|郑重|严正|专题|深情|殷切)\s?){0,8}"
)
ABOUT = re.compile(r"(?:并|随后|最后|同时|还|又|也|再)?(?:就|对|围绕|针对|从|向|为|用)(?!.*(?:会议|通知|通告|通报))")
AFTER_ACT = re.compile(
    r"(?:在|随后)?(?:认真|详细)?(?:听取|听完|听|察看|查看|看望|检查|调研|了解|看完|总结|讲话|座谈)[^，]{0,20}[后时中]"
)
PRONOUN = re.compile(
    r"(?:会上|会后|随后|最后|同时|对此|此外|另外|其间|期间|座谈中|检查中|调研中|讲话中)?(?:他|她)(?!们)"
)
FITS_SPEAKER = re.compile(
    r"(?:同志|书记|主任|校长|院长|董事长|总经理)?(?:在|就|对|向|还|又|也|并|最后|首先|进一步|着重|特别|再[次三]|反复|一再|批示|作[了出总]|听取|代表|从|主持|"
    r"传达|随后|同时|现场|郑重|明确|强烈|专门|充分肯定|讲话|总结|实地|仔细|详细|来到|深入|率|带队|一行|逐|把|将|给|先后)"
)
SPOKE = re.compile(r"[^，。、]{0,12}(?:讲话|部署|总结|动员|通报|介绍)[^，。]{0,8}[，。]?")
TIME = re.compile(
    r"(?:\d{1,4}[年月日时点]|今|昨|当|近|日前|上午|下午|会上|会前|会后|随后|在)[^，。]{0,20}$|在[^，。]{0,60}$"
)
PASSES_ON = re.compile(
    r"(?:传达|转达|宣读|领学|带领学习|通报)(?:学习|贯彻)?了?[^，。；并]*$"
)  # 张三传达了省会议要求：…
UNNAMED = re.compile(
    r"(?P<body>[^，。]{2,16}?)(?:书记|主任|[市省区县州局厅院校部]长|主席|董事长|总经理)(?:在|就|指|强|要|提|$)"
)
DOCUMENTS = ("通知", "通告", "公告", "倡议书")
WHAT_WAS_SAID = re.compile(r"(?:该|此)?(?:讲话|批示|指示|文件|通知)(?:中|还|并)?")
WORDS_PASSED_ON = re.compile(r"(?:传达|转达)[^。；\n]{0,50}(?:讲话|批示|指示|文件|通知)》?。\s?$")
BEGINS_CONVEYED = re.compile("传达|转达|贯彻|落实|按照|根据|遵照")
CONVEYED_BEFORE = re.compile("传达|转达|学习(?:了|贯彻|领会|宣传)")
OFFICE = ("书记", "主任", "主席", "总理", "委员", "长", "总经理")  # the last words before a name
TURN = re.compile(r"(?P<asks>(?:\S{0,20}记者)?(?:提?问)?)|(?P<answers>回?答)")
NOT_A_TURN = re.compile("[，。；、]|主持|参加|出席|列席|联系|责任人")
LONGEST_ASSESSMENT = 120  # characters that are said before a demand
LONGEST_TURN = 40  # characters before the colon: an office and a name
RELAYED = re.compile(r"总书记|国家主席|国务院总理|习近平|党中央|党和国家")
HIGHER = re.compile(
    r"党中央|中央|国务院|上级|国家(?!卫)"
    r"|(?P<far>省[委政指防疫联长](?!.{0,12}[市县区州])|(?:教育|民政|公安|财政|商务|交通运输|农业农村|文化和旅游|工业和信息化|住房城乡建设|人力资源社会保障)部(?!门|队|长))"
)
TOLD_LIST = re.compile(
    r"(?:设置|采取|推出|形成|建立|构筑|筑起|总结|探索|实行)了|介绍|通报|汇报|听取|审议|据(?!此)|分析|回顾|研究了|情况"
)
EARLIER = re.compile(r"多次|此前|曾|之前")
SOMEBODY_IN_CHARGE = re.compile(
    "(?:会上|会后|随后|最后)?(?:该|市|县|区|镇|乡|街道|[院校局委办]|公司|集团)[一-龥]{0,8}?(?:相关|有关|主要|分管)?负责(?:人|同志)"
)
SHE_OR_HE = re.compile(r"(?:^|[，。；])[他她](?!们)")
SHOWN = 300  # characters of a text in which a province or a ministry names itself
HEAD = 60  # characters of a text in which a national body shows that the words are its own
LEAD = 600  # characters that are searched for a person; bounds the work on hostile input
NUMBER_FOLLOWS = re.compile(r"\s*[一二第首（(①1]")  # of a list that the sentence announces: 作了安排。一要…
GAVE = SpeechVerb("提出", "order", noun=True, glued="no")  # 作了部署, 讲了四点意见: a verb and a noun of speech
INTRODUCED = re.compile(r"(?:介绍|汇报|解读|回顾)了[^，。；]*$")  # 校长介绍了课程安排：…
TOLD = re.compile(r"(?:汇报|通报|短片|报告|数据|监测|统计|调查|结果|据)$")


class Frame(NamedTuple):
    """The clause that names a speaker, and where the words begin."""

    start: int  # of the clause
    content: int  # of what is said
    mode: SpeechMode | Literal["relay"]  # relay: a higher level's words
    speaker: str | None  # a person's name; None for a meeting, a body or a document
    subject: Subject
    glued: bool  # no comma or colon stands between the verb and the words


@dataclass(frozen=True, slots=True, eq=False)
class _Verbs:
    """Verbs compiled: `pattern` finds them with what may follow, `first` says where it is worth trying."""

    pattern: re.Pattern[str]
    known: dict[str, SpeechVerb]


@lru_cache(maxsize=8)
def _verbs(lexicon: Lexicon) -> _Verbs:
    known = {v.verb: v for v in lexicon.speech_verbs}

    def choice(verbs: list[str]) -> str:
        return "|".join(sorted(verbs, key=len, reverse=True))

    orders = choice([v for v in known if known[v].mode == "order"])
    plain = choice([v for v in known if known[v].glued == "modal"])
    free = choice([v for v in known if known[v].glued == "free"])
    opener, actor = (lexicon.directive_cues.kinds[kind].pattern for kind in ("opener", "actor"))
    first = "".join(sorted({v[0] for v in known}))
    told = "要求|意见|部署|安排|建议|希望|强调|规定|措施|举措|任务|工作"
    asked = "|".join(ASKED)
    listed = f"(?={NUMBER_FOLLOWS.pattern})"
    return _Verbs(
        re.compile(
            rf"(?=[{first}如以包请作做讲提谈说点条项个件句方：:])(?:"
            rf"(?P<said>{choice(list(known))})(?:说|道|了)?"
            r"(?:大家|全体[^，。；：:\n]{0,10}|各[^，。；：:\n]{1,14}"
            r"(?:(?<=单位|部门|各级|人员|各方|街道|企业|机关|机构|各地|支部|组织|社区|科室|同志)|(?<=[区市县镇乡村校院局委办组长])))?[，：:\n]"
            rf"|(?P<announced>{orders})"
            rf"(?:[^，。；：:\n]{{1,22}}[：:]|[^，。；：:\n]{{0,14}}(?:{told})[，。]{listed})"
            rf"|(?P<gave>[作做讲提谈说](?:了|出了?)|[作做](?=如下|以下|具体|全面|重要))[^，。；：:\n要求]{{0,10}}(?:{told}|讲话|总结)(?:[：:]|[，。]{listed})"
            rf"|(?P<plain>{plain})(?={MODAL})|(?P<free>{free})(?={MODAL}|广大|大家|全体|{actor}|{opener}|{TOLD_WHO})"
            rf"|(?P<asked>{asked})(?=[一-鿿])"
            r"|(?P<intro>(?:如下|以下)[^，。；：:\n]{0,14}[：:]|(?:包括|明确|规定)[：:]|请[^，。；：:\n]{2,14}[：:]"
            r"|[：:](?=\s*(?:[一二三四五六七八九十][要是、]|第一|首先|（[一1]）|[1①●·■◆]|——|$))"
            rf"|(?<=[几两二三四五六七八九十\d])[点条项个件句方][^，。；：:\n]{{0,8}}。{listed}))"
        ),
        known,
    )


def find_frames(text: str, sentences: list[Span], meeting: Meeting, lexicon: Lexicon) -> list[Frame]:
    """Frames of the sentences in text order. `meeting` says who was there: a leader who was not is only relayed."""
    listener = _Listener(text, sentences, meeting, lexicon)
    for index in range(len(sentences)):
        listener.hear(index)
    return listener.frames


class _Listener:
    """Hears the sentences one after the other and keeps who spoke."""

    def __init__(self, text: str, sentences: list[Span], meeting: Meeting, lexicon: Lexicon) -> None:
        self.text = text
        self.sentences = sentences
        self.known = sorted({p.name for p in meeting.people})
        self.titles = {p.name: p.title for p in meeting.people if p.title}
        self.lexicon = lexicon
        self.verbs = _verbs(lexicon)
        self.frames: list[Frame] = []
        self.spoke: tuple[int, str | None] = (-1, None)  # where a person spoke last, and who
        self.first_named = (-1, 0)  # a sentence, and where the first name or 他 in it ends
        self.was_there = dict.fromkeys(meeting.names("chair"), True)

    def hear(self, index: int) -> None:
        """Keep the frames of a sentence: whose turn it is, then each verb of speech."""
        sentence = self.sentences[index]
        blanked = blank_quotes(sentence.cut(self.text))
        if number := NUMBER_FOLLOWS.match(self.text, sentence.end):
            blanked += number.group()
        if turn := self._turn(sentence, blanked):
            self._keep(turn)
        for found in self.verbs.pattern.finditer(blanked):
            clause = _Clause(sentence.start, blanked, found.start(), found.end())
            if found["asked"] and not self._asks(clause):
                continue
            frame = self._introduction(clause) if found["intro"] else self._frame(index, clause, found)
            if frame is None or (self.frames and frame.content <= self.frames[-1].content):
                continue
            if self._may_follow(frame, sentence):
                self._keep(frame)

    def _keep(self, frame: Frame) -> None:
        self.frames.append(frame)
        if frame.speaker:
            self.spoke = (frame.start, frame.speaker)

    def _turn(self, sentence: Span, blanked: str) -> Frame | None:
        """Whose turn it is, as in the minutes of a meeting or of a briefing: 张三：…; 记者：…; 答：…"""
        colon = blanked.find("：", 0, LONGEST_TURN)
        if colon < 1 or NOT_A_TURN.search(blanked, 0, colon):
            return None
        turn = TURN.fullmatch(blanked, 0, colon)
        speaker = self.spoke[1] if turn else next((n for n in self.known if blanked.endswith(n, 0, colon)), None)
        if not turn and not speaker:  # 市疾控中心副主任李向明：…
            end = sentence.start + colon
            named = find_names(self.text, sentence.start, end, self.lexicon)
            speaker = named[-1].text if named and named[-1].title and named[-1].end == end else None
        if turn and turn["asks"]:
            return Frame(sentence.start, sentence.start + colon + 1, "tell", None, "body", False)
        if turn or speaker:
            return Frame(sentence.start, sentence.start + colon + 1, "say", speaker, "person", False)
        return None

    def _may_follow(self, frame: Frame, sentence: Span) -> bool:
        """A second frame in a sentence needs a subject of its own: 他叮嘱大家，要…，希望大家… stays one sentence.

        Not where the first says nothing yet: 对教学工作提出要求，强调要…
        """
        if self.frames and self.frames[-1].start == frame.start:
            return False  # 她要求大家认真贯彻省市决策部署，…
        if not self.frames or self.frames[-1].start < sentence.start or frame.start == self.frames[-1].content:
            return True
        if frame.subject == "carried" and frame.glued and self._only_assesses(self.frames[-1].content, frame.start):
            return True  # 张三指出，当前形势严峻，|要求各单位…
        return frame.subject == "intro" or (frame.subject in ("person", "body") and not frame.glued)

    def _only_assesses(self, start: int, end: int) -> bool:
        """Whether what was said so far tells how things are and orders nothing."""
        if end - start > LONGEST_ASSESSMENT:
            return False
        cues = self.lexicon.directive_cues
        words = self.text[start:end]
        return cues.kinds["state"].search(words) is not None and not has_modal(words, cues)

    def _frame(self, index: int, clause: _Clause, found: re.Match[str]) -> Frame | None:
        announced = found["announced"] is not None or found["gave"] is not None
        said = found["said"] or found["announced"] or found["plain"] or found["free"] or found["asked"]
        verb = self.verbs.known[said] if said else GAVE
        glued = found["said"] is None and not announced
        subject = clause.subject
        if glued and ORDERED.search(subject):
            return None  # 发现问题要|责令整改: that is what is ordered
        who: Subject = "person"
        speaker: str | None = None
        is_named = subject.startswith(tuple(self.known))  # 向明强调, no 向企业强调
        goes_on = ABOUT.match(subject) or AFTER_ACT.fullmatch(subject)
        if ONLY_ADVERBS.fullmatch(subject) or (clause.begin and not glued and not is_named and goes_on):
            if clause.begin == 0 and verb.noun and glued and said != "要求":
                return None
            who, speaker = "carried", self._subject_of_sentence(index, clause)
            if clause.begin == 0 and index and self.frames and self.frames[-1].start >= self.sentences[index - 1].start:
                speaker = speaker or self.frames[-1].speaker  # 张三强调，要…。要求大家…
        elif PRONOUN.match(subject):
            speaker = self._last_person(index, clause.start)
        else:
            # The verb itself stands behind the name, which supports it: 郝鹏|要求.
            speaker = self._named(clause.start, clause.at, len(verb.verb))
            if speaker is None:
                in_charge = not glued and SOMEBODY_IN_CHARGE.fullmatch(subject)
                if not in_charge and not self._is_body(subject, verb, clause.begin == 0, announced):
                    return None
                who = "body"
        mode: SpeechMode | Literal["relay"] = verb.mode
        if (mode == "say" and TOLD.search(subject)) or (verb.noun and INTRODUCED.search(subject)):
            mode = "tell"
        if said == "显示" and subject.endswith(DOCUMENTS):
            mode = "order"  # 通知显示：即日起暂停开放
        if self._is_relayed(subject, clause.start, who, speaker) or (
            who == "person" and speaker and self._is_passed_on(speaker, clause.at)
        ):
            mode = "relay"
        elif who == "body" and WHAT_WAS_SAID.fullmatch(subject) and self._passes_on_words(clause):
            mode = "relay"  # 会议传达了省长讲话，讲话强调…
        elif clause.blanked[found.end() - 1] == "：" and PASSES_ON.search(subject):
            # 张三传达了街道要求：各社区要…; a list is what the body itself orders through him
            who, speaker = "body", None
            mode = mode if NUMBER_FOLLOWS.match(self.text, clause.content) else "relay"
        if who == "carried" and self.frames and self.frames[-1].content == clause.start:
            speaker = self.frames[-1].speaker
            if self.frames[-1].mode != "tell":  # 通报情况，要求…
                mode = self.frames[-1].mode  # 作出指示，强调要…
        return Frame(clause.start, clause.content, mode, speaker, who, glued)

    def _introduction(self, clause: _Clause) -> Frame | None:
        """A colon before a list: by the person or body of its clause, else by whoever spoke last."""
        if self.frames and self.frames[-1].start >= clause.sentence:
            return None
        words = clause.subject + clause.blanked[clause.at - clause.sentence : clause.content - clause.sentence]
        mode: SpeechMode = "tell" if TOLD_LIST.search(words) else "order"
        speaker = self._named(clause.start, clause.at, 0)
        if speaker:
            return Frame(clause.start, clause.content, mode, speaker, "person", False)
        if BODY.search(words) and not CONVEYED.search(words):
            return Frame(clause.start, clause.content, mode, None, "body", False)
        last = self.frames[-1] if self.frames else None
        current = last.speaker if last and last.mode in ("order", "say") else None
        return Frame(clause.start, clause.content, mode, current, "intro", False)

    def _asks(self, clause: _Clause) -> bool:
        """Whether 要求 is a verb whatever follows: 张三|要求测温; 会议|要求…; 她同时|要求…; 张三作了部署，|要求…"""
        subject = clause.subject
        if subject.endswith(tuple(self.known)) or MEETING.fullmatch(subject):
            return True
        if pronoun := PRONOUN.match(subject):
            return ONLY_ADVERBS.fullmatch(subject, pronoun.end()) is not None
        return ONLY_ADVERBS.fullmatch(subject) is not None and self._names_before(clause)

    def _names_before(self, clause: _Clause) -> bool:
        """Whether its sentence names somebody before a clause: 会上，副院长张三首先针对当前形势，|要求…"""
        start = clause.sentence
        if self.first_named[0] != start:  # once a sentence: a hostile one has a hundred thousand clauses
            end = start + len(clause.blanked)
            ends = [at + len(name) for name in self.known if (at := self.text.find(name, start, end)) >= 0]
            if pronoun := SHE_OR_HE.search(clause.blanked):
                ends.append(start + pronoun.end())
            self.first_named = (start, min(ends, default=end + 1))
        return self.first_named[1] <= clause.start

    # -- subjects ------------------------------------------------------------------------------------------------

    def _is_body(self, subject: str, verb: SpeechVerb, opens: bool, announced: bool) -> bool:
        """Whether a subject without a person is a meeting, a document or an organisation.

        Next to a verb that is often a noun the subject must be clear: 指挥部要求，; not 及时公布返校要求，.
        """
        if verb.noun and (CONVEYED.search(subject) or subject.startswith("请")):
            return False
        found = BODY.search(subject)
        if found and (not verb.noun or found.start() < 2 or BODY_LAST.search(subject)):
            return True
        if announced:
            return True
        if len(subject) > 40 or subject.endswith("的") or self.lexicon.directive_cues.kinds["opener"].match(subject):
            return False
        return not verb.noun or (opens and ORGANISATION.search(subject) is not None)

    def _is_relayed(self, subject: str, start: int, who: Subject, speaker: str | None) -> bool:
        """Whether a higher level's words are quoted, or words of an earlier day."""
        if who != "carried" and EARLIER.search(subject.replace(speaker or "曾经", "")):
            return True
        if RELAYED.search(subject):
            return speaker is None or not self._takes_part(speaker)
        if who == "body" and (leader := UNNAMED.match(subject)):  # 传达集团公司会议精神…集团公司董事长强调
            named = self.text.find(leader["body"], max(0, start - LEAD), start)
            if named > 0 and CONVEYED_BEFORE.search(self.text, max(0, named - 8), named):
                return True
        higher = HIGHER.match(subject.strip()) if who == "body" else None
        if not higher:
            return False
        if higher["far"]:
            own = "省" if higher["far"].startswith("省") else higher["far"]
            shown = self.text.find(own, 0, min(start, SHOWN))
            return shown < 0 or CONVEYED.search(self.text, max(0, shown - 12), shown) is not None
        return not HIGHER.search(self.text, 0, HEAD)

    def _is_passed_on(self, speaker: str, end: int) -> bool:
        """Whether who was not there is named behind what was passed on: 会议传达了省厅会议精神，厅长夏明指出，…"""
        if speaker in self.known:
            return False
        named = self.text.find(speaker, max(0, end - LEAD), end)
        low = max(0, named - LONGEST_SUBJECT)
        low = max(low, self.text.rfind("。", low, named) + 1)
        return self.text.endswith(OFFICE, low, named) and CONVEYED_BEFORE.search(self.text, low, named) is not None

    def _passes_on_words(self, clause: _Clause) -> bool:
        """Whether words were passed on right before, in the sentence or at the end of the one before."""
        if clause.begin:
            return CONVEYED_BEFORE.search(clause.blanked, 0, clause.begin) is not None
        return WORDS_PASSED_ON.search(self.text, max(0, clause.start - LONGEST_SUBJECT), clause.start) is not None

    def _takes_part(self, name: str) -> bool:
        """Whether a national leader is there, and not only quoted: 习近平总书记主持会议."""
        if name not in self.was_there:
            there = rf"{re.escape(name)}(?:总书记|同志|总理)?(?:在[^，。]{{0,14}})?(?:主持|出席|发表|考察|视察)"
            self.was_there[name] = re.search(there, self.text[:LEAD]) is not None
        return self.was_there[name]

    def _named(self, start: int, end: int, verb_length: int) -> str | None:
        """The person who is the subject of text[start:end], which a speech verb follows."""
        start = max(start, end - LONGEST_SUBJECT)
        subject = self.text[start:end]
        for name in self.known:
            at = subject.find(name)
            if at >= 0 and not CONVEYED.search(subject, max(0, at - 20), at):
                return name
        for found in find_names(self.text, start, end + verb_length, self.lexicon):
            if found.end <= end and found.kind != "byline" and not self._is_conveyed(start, found):
                return found.text
        bare = self._bare_name(start, end)
        if bare:
            return bare
        short = SURNAME_AND_OFFICE.match(subject)  # 刘院长强调: the one person of that family name
        called = [name for name in self.known if short and name[0] == short["surname"]]
        if not short and (office := OFFICE_ALONE.fullmatch(subject)):
            called = [name for name, title in self.titles.items() if _holds(title, office["title"], office["office"])]
        return called[0] if len(called) == 1 else None

    def _is_conveyed(self, start: int, name: Name) -> bool:
        """Whether the name stands behind 按照, 传达…: its words are passed on."""
        before = CONVEYED.search(self.text, max(start, name.title_start - 12), name.title_start)
        return before is not None or BEGINS_CONVEYED.match(self.text, name.title_start, name.start) is not None

    def _bare_name(self, start: int, end: int) -> str | None:
        """The name that the words begin with, where what follows fits a speaker: 高建民在讲话中 → 高建民."""
        words = self.text[start : min(end, start + 16)].lstrip()
        for length in (3, 2, 4):
            if FITS_SPEAKER.match(words, length) and is_name(words[:length], self.lexicon):
                return words[:length]
        return None

    def _subject_of_sentence(self, index: int, clause: _Clause) -> str | None:
        """The subject that a clause without one carries on: 市长李四主持会议，强调… → 李四."""
        sentence = self.sentences[index]
        speaker = self._carried(sentence, clause.start)
        if speaker is None and self.frames and self.frames[-1].start >= sentence.start:
            speaker = self.frames[-1].speaker
        if speaker is None and SHE_OR_HE.search(clause.blanked, 0, clause.begin):
            speaker = self._last_person(index, sentence.start)
        if speaker is None and self.frames and ONLY_ADVERBS.fullmatch(clause.blanked[: clause.begin].rstrip("，")):
            speaker = self.frames[-1].speaker  # 同时，要求…
        return speaker

    def _carried(self, sentence: Span, before: int) -> str | None:
        start = max(sentence.start, before - LEAD)
        for name in find_names(self.text, start, before, self.lexicon):
            if name.kind != "byline" and not self._is_conveyed(start, name):
                return name.text
        return self._bare_name(sentence.start, sentence.end) or self._known(start, before)

    def _known(self, start: int, end: int) -> str | None:
        """Whom somebody known from elsewhere is who opens a clause of text[start:end]: 会后，李炳立即…"""
        places = ((self.text.find(name, start, end), name) for name in self.known)
        opening = ((at, name) for at, name in places if at == start or (at > start and self.text[at - 1] in MARKS))
        return min(opening, default=(0, None))[1]

    def _last_person(self, index: int, before: int) -> str | None:
        """Whom 他 or 她 means: the person who began a sentence last, or who spoke last."""
        here = self.sentences[index]
        said = self._carried(here, before) if before > here.start else None
        if said:
            return said
        spoke_at, spoke = self.spoke
        for sentence in reversed(self.sentences[max(0, index - 8) : index]):
            if sentence.start <= spoke_at:
                break
            opening = next((n for n in self.known if self.text.startswith(n, sentence.start)), None)
            if opening and self._opens_list(sentence.start + len(opening)):
                continue  # 李四、王五陪同。他指出
            if opening:
                return opening
            clause = find_names(self.text, sentence.start, self._first_clause(sentence), self.lexicon)
            names = [n for n in clause if n.kind != "byline"]
            if not names:
                limit = min(sentence.end, sentence.start + LEAD)
                everybody = find_names(self.text, sentence.start, limit, self.lexicon)
                # （记者王东）3月5日，省长李岚深入…: behind a byline the first who is no reporter
                names = [n for n in everybody if n.kind != "byline" and (clause or self._speaks(n, limit))]
            if names:
                return names[0].text
        return spoke

    def _opens_list(self, end: int) -> bool:
        """Whether a known name that ends here is followed by another."""
        return self.text.startswith("、", end) and self.text.startswith(tuple(self.known), end + 1)

    def _speaks(self, name: Name, end: int) -> bool:
        """Whether a sentence ends by saying that somebody spoke: 副市长李强出席并讲话。她指出，…"""
        return name.text in self.known and SPOKE.match(self.text, name.end, end) is not None

    def _first_clause(self, sentence: Span) -> int:
        """The end of a sentence's first clause, a time or place before it included."""
        limit = min(sentence.end, sentence.start + LEAD)
        end = self.text.find("，", sentence.start, limit)
        if end >= 0 and TIME.match(self.text, sentence.start, end):
            end = self.text.find("，", end + 1, limit)
        return end if end >= 0 else limit


def _holds(title: str, asked: str, office: str) -> bool:
    """Whether a title holds an office: 镇党委书记、镇长 holds 书记 and 镇长, 副书记 holds no 书记."""
    return any(
        part.endswith(asked) or (part.endswith(office) and not part.endswith(f"副{office}") and asked == office)
        for part in title.split("、")
    )


class _Clause:
    """The clause around a speech verb: where it begins, and what stands before the verb."""

    __slots__ = ("at", "begin", "blanked", "content", "sentence", "start", "subject")

    def __init__(self, sentence: int, blanked: str, verb: int, end: int) -> None:
        low = max(0, verb - LONGEST_SUBJECT)
        self.sentence = sentence  # where the sentence begins in the text
        self.blanked = blanked
        self.begin = max(blanked.rfind(mark, low, verb) for mark in MARKS) + 1  # in the sentence
        self.subject = blanked[max(self.begin, low) : verb]
        self.start = sentence + self.begin
        self.at = sentence + verb
        self.content = sentence + end
