"""Person names: what is one, and where it ends. Every person here is invented."""

from __future__ import annotations

import pytest

from etl.lexicon import load_lexicon
from etl.names import find_names, is_name
from tests.growth import is_linear

LEXICON = load_lexicon()


def names_in(text: str) -> list[tuple[str | None, str]]:
    return [(name.title, name.text) for name in find_names(text, 0, len(text), LEXICON)]


@pytest.mark.parametrize(
    "name", ["周凌", "胡建平", "诸葛明远", "欧阳宁", "司马兰", "艾山江·吐尔迪", "帕提古丽·买买提", "布小红", "李 强"]
)
def test_a_name_is_one_when_it_stands_alone(name: str) -> None:
    assert is_name(name, LEXICON)


@pytest.mark.parametrize(
    "word",
    [
        "高度重视",
        "方面",
        "金融",
        "全体",
        "任务",
        "安全",
        "成员",
        "主任",
        "方案",
        "严格",
        "时间",
        "吉林",
        "江山",
        "市委",
        "常委会",
        "王",
        "2020年",
        "",
    ],
)
def test_a_word_is_no_name_when_it_stands_alone(word: str) -> None:
    assert not is_name(word, LEXICON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "市委常委、组织部部长胡建平，副市长陈立分别部署",
            [("市委常委、组织部部长", "胡建平"), ("副市长", "陈立")],
        ),
        ("胡建平副市长主持会议", [(None, "胡建平")]),
        ("书记沈炜来到江北大学", [("书记", "沈炜")]),
        ("会长李梅继25日之后再次走访", [("会长", "李梅")]),
        ("副省长汤敏陪同", [("副省长", "汤敏")]),
        ("市长陈寅作具体部署", [("市长", "陈寅")]),
        ("总经理张良会主持会议", [("总经理", "张良会")]),
        ("市委书记马瑞8月4日晚来到指挥部", [("市委书记", "马瑞")]),
        ("区长安宁主持会议", [("区长", "安宁")]),
        ("市委书记林岚传达了省委书记周勤的批示", [("市委书记", "林岚"), ("省委书记", "周勤")]),
        ("副总经理林勤补充强调", [("副总经理", "林勤")]),
        ("伊犁州党委书记沈勤主持", [("伊犁州党委书记", "沈勤")]),
        ("州长阿依别克·努尔兰在会上要求", [("州长", "阿依别克·努尔兰")]),
        ("行政长官林郑秋月主持会议", [("行政长官", "林郑秋月")]),
        ("区长于洪波主持", [("区长", "于洪波")]),
        ("省领导许达、李微、乌兰、傅奎出席", [("省领导", "许达"), (None, "李微"), (None, "乌兰"), (None, "傅奎")]),
        ("初建伟、高峰、李岚、底志新出席", [(None, "初建伟"), (None, "高峰"), (None, "李岚"), (None, "底志新")]),
        ("校长曹涛和杨克、梁琪出席", [("校长", "曹涛"), (None, "杨克"), (None, "梁琪")]),
        ("集团周文华董事长作总结讲话", [("集团", "周文华")]),
        ("集团周文总经理作总结讲话", [("集团", "周文")]),
        ("张三 李四 王五出席会议", [(None, "张三"), (None, "李四"), (None, "王五")]),
        ("市长斯琴毕力主持召开", [("市长", "斯琴毕力")]),
        ("自治区主席艾山江·吐尔迪出席会议", [("自治区主席", "艾山江·吐尔迪")]),
        ("2020年1月26日下午，江北省委书记高远主持", [("江北省委书记", "高远")]),
        ("县长向阳讲话", [("县长", "向阳")]),
        ("副局长冷静、文华参加", [("副局长", "冷静"), (None, "文华")]),
        ("向阳、万里、江河参加", [(None, "向阳"), (None, "万里"), (None, "江河")]),
        ("市长武威到车站检查", [("市长", "武威")]),
        ("副县长滕伟到一线", [("副县长", "滕伟")]),
        ("党委书记淳于建国讲话", [("党委书记", "淳于建国")]),
        ("武装部部长员俊杰、民警佘丽参加", [("武装部部长", "员俊杰"), ("民警", "佘丽")]),
        ("旗委副书记额尔敦、副旗长哈斯参加", [("旗委副书记", "额尔敦"), ("副旗长", "哈斯")]),
        ("市委书记才让东智主持会议", [("市委书记", "才让东智")]),
        (
            "副主席白玉（女，回族）、马海（回族）、金哲（朝鲜族）出席",
            [("副主席", "白玉"), (None, "马海"), (None, "金哲")],
        ),
        ("副州长尕藏加措、华青才让参加", [("副州长", "尕藏加措"), (None, "华青才让")]),
        ("王 强、欧阳 锋参加", [(None, "王强"), (None, "欧阳锋")]),
        ("副主任郄志强、仝卫东、纪检组长苗青出席", [("副主任", "郄志强"), (None, "仝卫东"), ("纪检组长", "苗青")]),
        ("村党支书记曹云舒主持", [("村党支书记", "曹云舒")]),
        ("总工程师宋漠出席会议", [("总工程师", "宋漠")]),
    ],
)
def test_titles_and_names_part_when_glued(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "会议要求，高度重视、金融安全、全体成员、各项任务",
        "上城、萧山、钱塘三区作了汇报",
        "济南、青岛、临沂等市汇报",
        "组长单位、成员单位负责人参加",
        "戴口罩、测温、登记一样不能少",
        "市委常委会会议研究部署",
        "书记、校长任双组长",
        "方案要求，公告指出，通知强调",
        "江北省长主持会议",
        "全市共确诊2例",
        "县委书记连夜主持召开会议",
        "县长今晚主持调度会",
        "市长线上主持会议",
        "安宁、江山、武威等市汇报",
        "种植户、养殖户参加",
        "到新区长丰市场检查",
        "各单位部门一把手要加大督导力度",
    ],
)
def test_no_name_is_found_when_words_only_look_like_one(text: str) -> None:
    assert names_in(text) == []


def test_words_that_are_also_names_are_known_as_words() -> None:
    assert LEXICON.persons.borne.keys() <= LEXICON.persons.ordinary
    assert set(LEXICON.persons.borne.values()) == {"word", "place"}


def test_names_cut_themselves_out_when_found() -> None:
    text = "会上，市委常委、组织部部长胡建平，副市长陈立，艾山江·吐尔迪、高峰、李岚出席。"
    for name in find_names(text, 0, len(text), LEXICON):
        assert text[name.start : name.end] == name.text
        assert name.title_start <= name.start


@pytest.mark.parametrize(
    "text", ["市长艾山江·吐尔迪", "市长艾·", "·", "王", "市长", "市长王", "、、", "李强、", "由", ""]
)
def test_the_text_may_end_anywhere_when_names_are_found(text: str) -> None:
    for name in find_names(text, 0, len(text), LEXICON):
        assert name.end <= len(text)


@pytest.mark.parametrize("unit", ["书记", "王、", "王·", "市长王明、", "王 ", "、", "由", "王明、李强、"])
def test_time_grows_with_length_when_text_is_hostile(unit: str) -> None:
    def find(size: int) -> None:
        text = unit * (size // len(unit))
        find_names(text, 0, len(text), LEXICON)

    assert is_linear(find, 80_000)
