"""Who speaks: a person, the meeting, whoever has the turn; and what is no speech."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.lexicon import load_lexicon
from etl.pipeline import extract
from etl.records import RawDocument
from tests.directives import LEAD, read

SPEECHES = re.findall(r"^### .+\n([^#]+)", (Path(__file__).parent / "cases/speeches.txt").read_text("utf-8"), re.M)


@pytest.mark.parametrize(
    ("frame", "speaker"),
    [
        ("高建民指出，", "高建民"),
        ("高建民同志在讲话中强调，", "高建民"),
        ("县委书记高建民在会上强调，", "高建民"),
        ("会上，高建民最后要求，", "高建民"),
        ("就抓好落实，高建民要求，", "高建民"),
        ("高建民听取汇报后指出：", "高建民"),
        ("高建民充分肯定前期工作，并强调，", "高建民"),
        ("高建民向一线人员表示慰问，他指出，", "高建民"),
        ("高书记强调，", "高建民"),
        ("书记强调，", "高建民"),
        ("县长在会上要求，", "陈立新"),
        ("副书记强调，", None),
        ("陈立新：", "陈立新"),
        ("高建民对前期工作表示满意，但要求", "高建民"),
        ("高建民要求", "高建民"),
        ("高建民说，", "高建民"),
        ("会议强调，", None),
        ("会议还要求，", None),
        ("县指挥部要求，", None),
        ("通知明确，", None),
    ],
)
def test_speaker_is_told_when_named_in_many_ways(frame: str, speaker: str | None) -> None:
    (directive,) = read(f"{LEAD}{frame}各镇要管好卡口。\n")[0]
    assert (directive.speaker, directive.text) == (speaker, "各镇要管好卡口。")


@pytest.mark.parametrize(
    "words",
    [
        "（记者孟晓）3月5日，省长高建民深入临江县检查防控工作，强调要看牢卡口。\n",
        "（孟晓记者田青）3月5日，省长高建民深入临江县检查防控工作。他强调，要看牢卡口。\n",
        "会后召开会议，贯彻落实市会议精神和市委书记程澜部署要求，研究防控。省长高建民要求，要看牢卡口。\n",
        "会议传达省委程澜书记批示要求，对卡口再部署。省长高建民检查防控工作时要求，要看牢卡口。\n",
    ],
)
def test_speaker_is_neither_the_reporter_nor_whose_words_are_passed_on(words: str) -> None:
    assert [d.speaker for d in read(f"本报3月6日讯{words}", "report")[0]] == ["高建民"]


def test_order_is_heard_when_it_follows_what_somebody_reported() -> None:
    text = f"{LEAD}高建民根据排查情况进行通报，并针对问题进行强调，要求各村要看牢卡口。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [("高建民", "各村要看牢卡口。")]


def test_list_goes_on_when_an_item_orders_others_to_be_told() -> None:
    text = f"{LEAD}高建民提出要求：一是查漏洞。对发现的问题要责令立即整改。二是守卡口。各村要轮班值守。\n"
    assert [(d.ordinal, d.speaker) for d in read(text)[0]] == [(1, "高建民"), (2, "高建民")]


def test_speaker_holds_until_another_is_named_when_paragraphs_follow() -> None:
    text = f"{LEAD}高建民强调，要压实责任。\n要管好卡口。\n会议要求，要备足物资。\n他还要求，要关心群众。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [
        ("高建民", "要压实责任。"),
        ("高建民", "要管好卡口。"),
        (None, "要备足物资。"),
        ("高建民", "要关心群众。"),
    ]


def test_speaker_is_whose_turn_it_is_when_minutes_and_answers_have_colons() -> None:
    minutes = f"{LEAD}陈立新：各镇要管好卡口，夜间不断岗。\n高建民：县直单位要下沉一线。\n"
    assert [(d.speaker, d.text[:4]) for d in read(minutes)[0]] == [("陈立新", "各镇要管"), ("高建民", "县直单位")]
    briefing = (
        "东岭县举行疫情防控发布会\n3月1日，东岭县举行疫情防控新闻发布会，县卫健局局长罗小芳回答提问。\n"
        "记者：居民采样要带什么证件？必须带身份证吗？\n罗小芳：请大家带好身份证。采样后请尽快离开。\n"
    )
    assert [(d.speaker, d.text) for d in read(briefing, "report")[0]] == [
        ("罗小芳", "请大家带好身份证。"),
        ("罗小芳", "采样后请尽快离开。"),
    ]
    unknown = briefing.replace("，县卫健局局长罗小芳回答提问", "").replace(
        "\n罗小芳：", "\n县卫健局局长罗小芳：病毒潜伏期不同，可以多测几次。"
    )
    assert [d.speaker for d in read(unknown, "report")[0]] == ["罗小芳", "罗小芳"]


def test_speaker_is_who_spoke_last_when_a_sentence_goes_on_without_subject() -> None:
    text = f"{LEAD}高建民要求各镇管好卡口。同时，要求学校推迟开学。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [("高建民", "各镇管好卡口。"), ("高建民", "学校推迟开学。")]


@pytest.mark.parametrize(
    "sentence",
    [
        "高建民询问大家有什么需求，并嘱咐工作人员饭菜要热。",
        "高建民围绕“快”字作了部署，要求流调2小时出信息。",
        "他同时要求安检、地服等部门算好人员账。",
        "他希望家长关注孩子的用眼健康。",
    ],
)
def test_order_is_heard_when_it_follows_a_verb_without_a_mark(sentence: str) -> None:
    (directive,) = read(f"{LEAD}高建民作了讲话。\n{sentence}\n")[0]
    assert directive.speaker == "高建民"


def test_speaker_is_the_visitor_when_he_and_she_speak_after_a_visit() -> None:
    text = (
        "陈立新检查卡口\n3月1日，县长陈立新检查疫情防控。陈立新查看了登记台账。他要求，要逐车登记。\n"
        "在县医院，他察看了发热门诊，指出：要备足床位。\n"
    )
    assert [(d.speaker, d.text) for d in read(text, "report")[0]] == [
        ("陈立新", "要逐车登记。"),
        ("陈立新", "要备足床位。"),
    ]


@pytest.mark.parametrize("case", SPEECHES, ids=lambda case: case.split("\n")[0][:24])
def test_directives_have_their_speakers_when_several_speak(case: str) -> None:
    lines = case.strip().split("\n")
    expected = [line[2:] for line in lines if line.startswith("> ")]
    found = extract(RawDocument("page.txt", "\n".join(lines[: -len(expected)]).encode()), load_lexicon())
    assert [f"{d.ordinal or '-'} {d.speaker or '-'} {d.text[:8]}" for d in found.directives] == expected


def test_requirement_is_no_speech_when_it_is_a_noun() -> None:
    text = f"{LEAD}高建民强调，要对照省委部署要求，逐项落实。各镇要按照会议规定，做好登记。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [
        ("高建民", "要对照省委部署要求，逐项落实。"),
        ("高建民", "各镇要按照会议规定，做好登记。"),
    ]
