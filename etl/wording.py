"""How a sentence is worded: an instruction or not, how strong, to whom, until when. Imports lexicon only.

Every function reads one clause or sentence; quotations and titles in 《》 are blanked first, because a slogan in
quotation marks (“疫情要防住”) instructs nobody.
"""

from __future__ import annotations

import re

from etl.lexicon.directives import DirectiveCues
from etl.records import Strength

BLANK = "▯"
QUOTED = re.compile(r"“[^”\n]{1,40}”|《[^》\n]{1,80}》|「[^」\n]{1,40}」|『[^』\n]{1,40}』")
SKIPPED = " \u3000，、—-·•●▯"
CLAUSE = re.compile(r"[^，。；：！？:;]+")
JOINING = re.compile(
    r"(?:同时|此外|另外|其次|首先|最后|接下来|特别是|尤其是|尤其|还|并且|并|也|再|又|都|且|而|但|更(?![好加大高多严快细实])|均|进一步|下一步|当前|今后|近期|目前|现阶段|对此|为此|因此|从而|以及|和)*"
)
LEAD_IN = re.compile(
    r"(?:为|围绕|针对|结合|按照|根据|依据|依照|面对|通过|随着|由于|鉴于|就|在|对|对于|从|以|关于|如|若|凡|一旦|作为|无论|除|自|经|当)"
)
LEADS_ON = re.compile(r"(?:[的后时中上下前者]|企业|单位|部门|人员|学校|地区|场所|社区|群众|干部)$")
ADDRESSEE = re.compile(
    r"(?P<who>(?:[^，。；：！？要应须必]|必(?!须)|应(?=急|对)|要(?=求|素)){1,40}?(?:部门|单位|各级|各地|各方|方面|机关|企业|公司|集团|学校|高校|院校|机构|医院|场所|酒店|市场|商户|商家|门店|"
    r"党委|党组织|党组|政府|组织|支部|委员会|指挥部|领导小组|小组|专班|工作组|办公室|[委办局厅组]|协会|商会|工商联|团体|委员|代表|"
    r"省|市|县|区|州|盟|旗|镇|乡|村|社区|街道|街镇|乡镇|区县|县区|县市|城区|开发区|园区|"
    r"干部|党员|群众|居民|市民|村民|公众|人员|职工|员工|师生|学生|教师|负责人|负责同志|书记|主任|校长|院长|同志|队伍|团队|力量|志愿者|网格员|经营者|业主|家长|司机|旅客|人士|会员|上下|大家|我们|系统|级|地|方))"
    r"(?:都|均|也|还|更|一定|同时|仍)?(?:要(?!求|素)|必须|应(?!急|对)|应当|须|务必|不得|不准|严禁|一律|需|决不能|绝不能|不能|切实|认真|严格|坚决)"
)


def blank_quotes(text: str) -> str:
    """Quotations and titles replaced by as many ▯, so that positions stay: 落实“四早”要求 → 落实▯▯▯▯要求."""
    if "“" not in text and "《" not in text and "「" not in text and "『" not in text:
        return text
    return QUOTED.sub(lambda m: BLANK * (m.end() - m.start()), text)


def has_modal(blanked: str, cues: DirectiveCues) -> bool:
    """Whether a sentence holds 要, 必须, 应, 不得… as the verb of an instruction."""
    return cues.kinds["modal"].search(blanked) is not None


def has_opener(blanked: str, cues: DirectiveCues) -> bool:
    """Whether the sentence begins with an imperative, or its first clause leads in to one, and assesses nothing.

    加快…; 各区履行…; 为防止反弹，全力…; 检出阳性的，及时…
    """
    opener = cues.kinds["opener"]
    for i, clause in enumerate(CLAUSE.finditer(blanked)):
        start = JOINING.match(blanked, *clause.span()).end()  # type: ignore[union-attr]
        while start < clause.end() and blanked[start] in SKIPPED:
            start += 1
        if cues.kinds["state"].search(blanked, start, clause.end()):
            return False
        if opener.match(blanked, start, clause.end()) or cues.actor_opener.match(blanked, start, clause.end()):
            return True
        leads_in = LEAD_IN.match(blanked, start, clause.end()) or LEADS_ON.search(blanked, start, clause.end())
        if i == 2 or not leads_in:
            return False
    return False


def strength_of(text: str, cues: DirectiveCues) -> Strength:
    """The highest rung of the wording's ladder.

    >>> [strength_of(t, load_lexicon().directive_cues) for t in ("鼓励居家办公。", "要引导少聚集。", "各区必须落实。")]
    ['encourage', 'require', 'strict']
    """
    blanked = blank_quotes(text)
    if cues.ladder["modal", "strict"].search(blanked) or cues.ladder["opener", "strict"].search(blanked):
        return "strict"
    if cues.ladder["modal", "require"].search(blanked):
        return "require"
    if cues.ladder["modal", "encourage"].search(blanked) or cues.ladder["opener", "encourage"].match(blanked):
        return "encourage"
    return "require"


def addressee_of(text: str) -> str | None:
    """Who is told to act, where the instruction names them before its verb: 各区要落实… → 各区."""
    found = ADDRESSEE.match(text)
    if not found:
        return None
    who = found["who"].strip(" 、，▯")
    return who if 2 <= len(who) <= 40 else None


def deadline_of(text: str, cues: DirectiveCues) -> str | None:
    """Until when, as written: 日结日清, 24小时内, 3月1日前."""
    found = cues.kinds["deadline"].search(text)
    return found.group() if found else None
