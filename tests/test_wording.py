"""How a directive is worded: its strength, who must act, by when."""

from __future__ import annotations

import pytest

from etl.lexicon import load_lexicon
from etl.wording import addressee_of, deadline_of, strength_of


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("鼓励居家办公。", "encourage"),
        ("提倡不聚餐。", "encourage"),
        ("引导群众少出门。", "encourage"),
        ("要引导群众少出门。", "require"),
        ("做好值班。", "require"),
        ("应随身带好口罩。", "require"),
        ("各区必须落实。", "strict"),
        ("严禁聚餐。", "strict"),
        ("坚决守住底线。", "strict"),
        ("来人一律登记。", "strict"),
        ("落实“三个一律”。", "require"),
    ],
)
def test_strength_is_the_highest_rung_when_words_mix(text: str, strength: str) -> None:
    assert strength_of(text, load_lexicon().directive_cues) == strength


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("各区、各街道要落实责任。", "各区、各街道"),
        ("各级党委、政府必须加强领导。", "各级党委、政府"),
        ("党员、干部要亮身份。", "党员、干部"),
        ("疫苗接种要加快。", None),
        ("要压实责任。", None),
        ("流调溯源要加快。", None),
    ],
)
def test_addressee_is_who_must_act_when_named_before_the_verb(text: str, who: str | None) -> None:
    assert addressee_of(text) == who


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("阳性感染者转运必须日结日清。", "日结日清"),
        ("流调信息须在24小时内查清。", "24小时内"),
        ("3月1日前完成排查。", "3月1日前"),
        ("3月1日18时前完成采样。", "3月1日18时前"),
        ("月底前建成方舱。", "月底前"),
        ("须持48小时内核酸阴性证明。", None),
        ("14天内到过疫区的须报备。", None),
        ("抓好节前节后防控。", "节前"),
        ("抓好复工前后防控。", None),
        ("要压实责任。", None),
    ],
)
def test_deadline_is_cut_as_written_when_there_is_one(text: str, deadline: str | None) -> None:
    assert deadline_of(text, load_lexicon().directive_cues) == deadline
