"""Places and named bodies in a text: the longest match, chains, traps, and words that only look like places."""

from __future__ import annotations

from itertools import pairwise

import pytest

from etl.lexicon import load_lexicon
from etl.places import find_places
from tests.growth import is_linear

LEXICON = load_lexicon()


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(words, form, path of the unit where there is no doubt) of every mention."""
    return [(text[m.start : m.end], m.form, m.place.path if m.place else ()) for m in find_places(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "words", "path"),
    [
        ("上海市召开会议", "上海市", ("上海市",)),
        ("上海市嘉定区召开会议", "上海市嘉定区", ("上海市", "嘉定区")),
        ("湖北省武汉市江岸区", "湖北省武汉市江岸区", ("湖北省", "武汉市", "江岸区")),
        ("云南德宏州瑞丽市", "云南德宏州瑞丽市", ("云南省", "德宏傣族景颇族自治州", "瑞丽市")),
        ("恩施州防控指挥部", "恩施州", ("湖北省", "恩施土家族苗族自治州")),
        ("阿拉善盟额济纳旗", "阿拉善盟额济纳旗", ("内蒙古自治区", "阿拉善盟", "额济纳旗")),
        ("务川县疾控中心", "务川县", ("贵州省", "遵义市", "务川仡佬族苗族自治县")),
        ("仙桃市召开会议", "仙桃市", ("湖北省", "仙桃市")),
        ("神农架林区召开会议", "神农架林区", ("湖北省", "神农架林区")),
        ("济源市召开会议", "济源市", ("河南省", "济源市")),
        ("石河子市召开会议", "石河子市", ("新疆维吾尔自治区", "石河子市")),
        ("南京鼓楼区", "南京鼓楼区", ("江苏省", "南京市", "鼓楼区")),
        ("北京朝阳", "北京朝阳", ("北京市", "朝阳区")),
        ("长春市朝阳区", "长春市朝阳区", ("吉林省", "长春市", "朝阳区")),
        ("杭州市江干区", "杭州市江干区", ("浙江省", "杭州市", "江干区")),
        ("杭州市钱塘区", "杭州市钱塘区", ("浙江省", "杭州市", "钱塘区")),
        ("龙港市召开会议", "龙港市", ("浙江省", "温州市", "龙港市")),
        ("沙湾市召开会议", "沙湾市", ("新疆维吾尔自治区", "塔城地区", "沙湾市")),
        ("济南市莱芜区", "济南市莱芜区", ("山东省", "济南市", "莱芜区")),
        ("海南召开会议", "海南", ("海南省",)),
        ("青海海南州", "青海海南州", ("青海省", "海南藏族自治州")),
        ("吉林召开会议", "吉林", ("吉林省",)),
        ("吉林市召开会议", "吉林市", ("吉林省", "吉林市")),
        ("浦东新区召开会议", "浦东新区", ("上海市", "浦东新区")),
        ("滨海新区召开会议", "滨海新区", ("天津市", "滨海新区")),
        ("民建湖北省委", "湖北省", ("湖北省",)),  # not 建湖
        ("香港特别行政区湾仔区", "香港特别行政区湾仔区", ("香港特别行政区", "湾仔区")),
    ],
)
def test_a_place_is_found_under_every_name_it_bears(text: str, words: str, path: tuple[str, ...]) -> None:
    assert (words, path) in [(w, p) for w, _, p in found(text)]


def test_a_name_that_two_units_bear_is_left_open() -> None:
    (mention,) = find_places("朝阳区召开会议", LEXICON)
    assert mention.place is None
    assert {place.path for place in mention.places} == {("北京市", "朝阳区"), ("吉林省", "长春市", "朝阳区")}


def test_the_top_of_a_chain_is_where_its_last_unit_begins() -> None:
    (mention,) = find_places("吉林省蛟河市召开会议", LEXICON)
    assert (mention.start, mention.top, mention.end) == (0, 3, 6)


@pytest.mark.parametrize(
    ("text", "words", "path"),
    [
        ("洛阳高新区人民法院", "洛阳高新区", ("河南省", "洛阳市")),
        ("长沙经济技术开发区", "长沙经济技术开发区", ("湖南省", "长沙市")),
        ("两江新区召开会议", "两江新区", ("重庆市",)),
        ("西咸新区召开会议", "西咸新区", ("陕西省", "西安市")),
        ("苏州工业园区召开会议", "苏州工业园区", ("江苏省", "苏州市")),
        ("青岛西海岸新区召开会议", "青岛西海岸新区", ("山东省", "青岛市", "黄岛区")),
    ],
)
def test_a_functional_district_lies_under_its_unit(text: str, words: str, path: tuple[str, ...]) -> None:
    assert found(text)[0] == (words, "zone", path)


@pytest.mark.parametrize(
    ("text", "path"), [("离沪人员", ("上海市",)), ("在穗高校", ("广东省", "广州市")), ("返粤", ("广东省",))]
)
def test_an_abbreviation_counts_after_a_verb_of_coming_and_going(text: str, path: tuple[str, ...]) -> None:
    assert [(form, p) for _, form, p in found(text)] == [("stay", path)]


@pytest.mark.parametrize(
    "text",
    [
        "在深化改革中",  # 在 + 深
        "为国家长治久安",
        "大理石",
        "祝您安康",
        "市公安局",  # 公安县
        "和平时期",
        "资源统筹",  # 资源县
        "合作医疗",  # 合作市
        "学习市委和县委文件",  # 和县
        "乡镇和县直部门",
        "召开州委会议",  # 开州区
        "友好往来",
        "新华社记者",
        "南京西路街道",
        "北京路",
        "沪",
    ],
)
def test_a_word_that_only_holds_a_place_name_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "words"), [("西安区县汇报", "西安"), ("海南区域", "海南"), ("长春市区", "长春市")])
def test_the_word_for_the_level_may_belong_to_the_next_word(text: str, words: str) -> None:
    assert found(text)[0][0] == words


@pytest.mark.parametrize("text", ["和县召开会议", "安徽省和县", "含山县、和县", "专家组到和县检查"])
def test_a_place_whose_name_begins_with_and_is_found_where_nothing_is_joined(text: str) -> None:
    assert found(text)[-1][0].endswith("和县")


def test_a_body_under_a_name_of_its_own_is_found_whole() -> None:
    text = "国务院联防联控机制综合组到南开大学"
    bodies = [(text[m.start : m.end], m.body.name) for m in find_places(text, LEXICON) if m.body]
    assert bodies == [("国务院联防联控机制综合组", "国务院联防联控机制综合组"), ("南开大学", "南开大学")]


def test_mentions_are_in_order_and_apart() -> None:
    text = "湖北省武汉市、黄冈市红安县，离沪返穗，教育部，朝阳区，高新区，长沙高新区。" * 3
    mentions = find_places(text, LEXICON)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(0 <= m.start <= m.top < m.end <= len(text) for m in mentions)


def test_text_without_a_place_has_no_mention() -> None:
    assert [find_places(text, LEXICON) for text in ("", "市")] == [(), ()]


@pytest.mark.parametrize("unit", ["区", "上海市", "\ue000\ud7ff"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    assert is_linear(lambda size: find_places(unit * size, LEXICON), 200_000)
