"""What public tools are known to get wrong in these texts, through the whole extraction: dates, places, numbers."""

from __future__ import annotations

from typing import Any

import pytest

from etl.lexicon import load_lexicon
from etl.pipeline import extract, to_record
from etl.records import RawDocument

SAID = "会议强调，要严格落实疫情防控措施，不得松懈。"


def read(text: str, url: str | None = None) -> dict[str, Any]:
    return to_record(extract(RawDocument("a.txt", text.encode(), url=url), load_lexicon()))


DATED = {
    "a_full_date_is_one_day_not_a_span_until_now": ("2020年2月3日，武汉市委召开会议。", None, "2020-02-03", "text"),
    "full_width_digits": ("２０２０年２月３日，武汉市委召开会议。", None, "2020-02-03", "text"),
    "chinese_numerals": ("二〇二〇年二月三日，武汉市委召开会议。", None, "2020-02-03", "text"),
    "year_of_a_january_page_is_the_one_before": (
        "发布时间：2022-01-02 09:00\n12月30日下午，武汉市委召开会议。",
        None,
        "2021-12-30",
        "published",
    ),
    "year_of_a_january_url_is_the_one_before": (
        "12月31日上午，武汉市委召开会议。",
        "http://a.example/2022/0102/x.html",
        "2021-12-31",
        "url",
    ),
    "two_days_over_the_end_of_a_month": ("2022年3月31日至4月1日，武汉市委召开会议。", None, "2022-03-31", "text"),
    "two_days_over_new_year": ("2021年12月31日至2022年1月1日，武汉市委召开会议。", None, "2021-12-31", "text"),
    "two_days_without_a_year": (
        "发布时间：2022-04-03\n4月1日至2日，武汉市委召开会议。",
        None,
        "2022-04-01",
        "published",
    ),
    "month_sign_lost": ("发布时间：2021-10-23\n1022日上午，武汉市委召开会议。", None, "2021-10-22", "published"),
    "time_fused_to_a_published_date": (
        "发布时间：2020-02-0609:35\n2月3日，武汉市委召开会议。",
        None,
        "2020-02-03",
        "published",
    ),
    "the_meeting_not_what_it_studied_or_planned": (
        "发布时间：2022-03-05\n3月4日，武汉市委召开会议，传达3月2日省委会议精神，部署3月6日全员检测。",
        None,
        "2022-03-04",
        "published",
    ),
    "a_day_that_one_year_has": ("2月29日，武汉市委召开疫情防控会议。", None, "2020-02-29", "calendar"),
    "4/5G_is_no_day": ("发布时间：2022-04-10\n日前，武汉市委召开会议，推进4/5G基站建设。", None, None, "none"),
    "copyright_is_no_year": ("2月3日，武汉市委召开会议。\n版权所有 2016 武汉某报", None, None, "none"),
    "month_sign_lost_and_no_year": ("1022日上午，武汉市委召开会议。", None, None, "none"),
    "only_the_date_of_what_is_studied": ("日前，武汉市委召开会议，传达2022年3月1日省委会议精神。", None, None, "none"),
}


@pytest.mark.parametrize("case", DATED, ids=str)
def test_meeting_date_is_right_or_empty_when(case: str) -> None:
    lines, url, day, basis = DATED[case]
    found = read(f"武汉市召开疫情防控会议\n{lines}{SAID}\n", url)
    assert (found["meeting_date"], found["date_basis"]) == (day, basis)


def test_meeting_signing_and_effect_are_three_days_when_a_notice_has_them() -> None:
    found = read(
        "武汉市疫情防控指挥部通告\n2022年3月1日，武汉市疫情防控指挥部召开会议，现通告如下：\n"
        "一、自2022年3月3日起，公共场所一律关停。\n武汉市疫情防控指挥部\n2022年3月2日\n"
    )
    assert (found["meeting_date"], found["effective_date"]) == ("2022-03-01", "2022-03-03")


PLACED = {
    "look_alike_radical": ("⻄安市", "⻄安市委", ["陕西省", "西安市"]),
    "district_of_two_cities": ("朝阳区", "朝阳区委", []),
    "district_with_its_city": ("朝阳区", "北京市朝阳区委", ["北京市", "朝阳区"]),
    "district_with_the_other_city": ("朝阳区", "长春市朝阳区委", ["吉林省", "长春市", "朝阳区"]),
    "province_named_like_its_city": ("吉林省", "吉林省委", ["吉林省"]),
    "city_named_like_its_province": ("吉林市", "吉林市委", ["吉林省", "吉林市"]),
    "province_without_a_name": ("我省", "省委", []),
}


@pytest.mark.parametrize("case", PLACED, ids=str)
def test_region_is_right_or_empty_when(case: str) -> None:
    place, body, path = PLACED[case]
    found = read(f"{place}召开疫情防控会议\n2022年3月13日，{body}召开疫情防控会议。{SAID}\n")
    assert found["region"]["path"] == path


def test_region_is_not_where_help_goes_when_a_team_leaves() -> None:
    found = read(f"援鄂医疗队出征\n2020年2月3日，省卫生健康委召开会议，部署驰援湖北武汉。{SAID}\n")
    assert found["region"]["path"] == []
