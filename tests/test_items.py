"""Numbered items: where each begins and ends, and whether its list orders anything."""

from __future__ import annotations

import pytest

from etl.numbering import han_number
from tests.directives import LEAD, numbered, orders, read


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("一要", "二要"),
        ("一是", "二是"),
        ("一是要", "二是要"),
        ("第一，", "第二，"),
        ("第一、", "第二、"),
        ("首先，", "其次，"),
        ("（一）", "（二）"),
        ("（1）", "（2）"),
        ("1.", "2."),
        ("1、", "2、"),
        ("①", "②"),
        ("其一，", "其二，"),
        ("一、", "二、"),
        ("⑴", "⑵"),
    ],
)
def test_items_are_found_when_numbered_in_any_style(one: str, two: str) -> None:
    running = f"{LEAD}会议强调：{one}管好卡口，逐车登记。夜间不断岗；{two}加快接种，应接尽接。\n"
    assert [(d.ordinal, d.text) for d in read(running)[0]] == [
        (1, f"{one}管好卡口，逐车登记。夜间不断岗；"),
        (2, f"{two}加快接种，应接尽接。"),
    ]
    lines = f"{LEAD}会议强调：\n{one}管好卡口，逐车登记。\n{two}加快接种，应接尽接。\n各乡镇要抓好落实。\n"
    assert [(d.ordinal, d.text) for d in read(lines)[0]] == [
        (1, f"{one}管好卡口，逐车登记。"),
        (2, f"{two}加快接种，应接尽接。"),
        (None, "各乡镇要抓好落实。"),
    ]


def test_first_item_is_found_when_its_number_was_deleted() -> None:
    text = f"{LEAD}高建民要求，要管好卡口。夜间也要有人。二要加快接种。三要备足物资。\n"
    assert [(d.ordinal, d.text) for d in read(text)[0]] == [
        (1, "要管好卡口。夜间也要有人。"),
        (2, "二要加快接种。"),
        (3, "三要备足物资。"),
    ]
    lines = f"{LEAD}会议要求：\n、管好卡口，逐车登记。\n二、加快接种。\n"
    assert [(d.ordinal, d.text) for d in read(lines)[0]] == [(1, "、管好卡口，逐车登记。"), (2, "二、加快接种。")]


def test_items_number_anew_when_another_person_speaks() -> None:
    text = f"{LEAD}陈立新要求：一要管好卡口；二要加快接种。\n高建民强调：一是压实责任；二是严明纪律；三是关心群众。\n"
    assert numbered(text) == [
        (1, "陈立新", "一要管好卡口；"),
        (2, "陈立新", "二要加快接种。"),
        (1, "高建民", "一是压实责任；"),
        (2, "高建民", "二是严明纪律；"),
        (3, "高建民", "三是关心群众。"),
    ]


def test_last_item_ends_when_a_meeting_speaks_on_or_attendance_follows() -> None:
    text = (
        f"{LEAD}会议要求，一要管好卡口；二要加快接种。接种点要延时开放。会议强调，各级要扛起责任。"
        "县领导马小河参加会议。\n"
    )
    assert orders(text) == [
        "一要管好卡口；",
        "二要加快接种。接种点要延时开放。",
        "各级要扛起责任。",
    ]


def test_heading_takes_its_paragraphs_when_items_are_headings() -> None:
    text = (
        "关于做好开学防疫的通知\n各学校：\n现就开学防疫通知如下：\n"
        "一、加强组织领导\n各学校要成立专班。\n校长负总责。\n二、做好消毒\n教室每天消毒。\n寝室每周消毒。\n"
        "东岭县教育局\n2022年3月1日\n"
    )
    assert [(d.ordinal, d.text) for d in read(text, "notice")[0]] == [
        (1, "一、加强组织领导\n各学校要成立专班。\n校长负总责。"),
        (2, "二、做好消毒\n教室每天消毒。\n寝室每周消毒。"),
    ]


def test_inner_items_stand_for_their_heading_when_a_notice_numbers_twice() -> None:
    text = (
        "东岭县疫情防控通告\n现通告如下：\n一、人员管理\n（一）来人须报备。\n（二）外出须请假。\n"
        "二、场所管理\n（一）网吧停业。\n（二）商场限流。\n"
    )
    assert [(d.ordinal, d.text) for d in read(text, "notice")[0]] == [
        (1, "（一）来人须报备。"),
        (2, "（二）外出须请假。"),
        (1, "（一）网吧停业。"),
        (2, "（二）商场限流。"),
    ]


def test_list_is_no_order_when_it_tells_what_was_done_or_why() -> None:
    done = f"{LEAD}陈立新介绍，全县采取了两项措施：一是设立了12个检测点；二是转运了300名密接。\n"
    assert orders(done) == []
    why = f"{LEAD}高建民指出，当前形势有两个特点：一是输入压力大；二是传播速度快。\n"
    assert orders(why) == []


def test_han_numbers_are_read_when_below_one_hundred() -> None:
    assert [han_number(w) for w in ("三", "十", "十二", "二十一", "一二", "十十")] == [3, 10, 12, 21, None, None]
