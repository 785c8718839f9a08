"""When: which date is the meeting's, how its year is known, and what is no date. Every text here is invented."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from etl.extract.dates import find_dates
from etl.lexicon import load_lexicon
from etl.records import Dates
from etl.segment import split
from etl.written_dates import mentions, numeral
from tests.pages import document_of

LEXICON = load_lexicon()


def is_held_aside(stem: str) -> bool:
    """A fifth of the sample is never looked at one by one; test_quality measures it as a whole."""
    return int(stem.rpartition("-d")[2]) % 5 == 4


ROOT = Path(__file__).parent.parent
TITLE = "市疫情防控指挥部召开会议"


def dates_of(text: str, url: str | None = None, published: str | None = None) -> Dates:
    document = document_of(text, url=url, published_date=published)
    return find_dates(document, split(document, LEXICON), LEXICON)


def page(*lines: str) -> str:
    return "\n".join((TITLE, *lines)) + "\n"


MEETS = "市委召开疫情防控工作会议，市长主持会议并讲话。会议强调，要抓好落实。"

# name: (text, meeting date, basis)
TOLD = {
    "whole_in_the_lead": (page(f"2020年2月3日上午，{MEETS}"), "2020-02-03", "text"),
    "chinese_numerals": (page(f"二〇二〇年二月四日，{MEETS}"), "2020-02-04", "text"),
    "circles_for_zero": (page(f"二○二二年三月三十日，{MEETS}"), "2022-03-30", "text"),
    "dots": (page(f"2020.2.3，{MEETS}"), "2020-02-03", "text"),
    "blanks": (page(f"2020 年 2 月 3 日，{MEETS}"), "2020-02-03", "text"),
    "year_in_brackets": (page(f"4月11日（2022年）下午，{MEETS}"), "2022-04-11", "text"),
    "published_line": (page("发布时间：2020-02-06 09:35:03", f"2月3日上午，{MEETS}"), "2020-02-03", "published"),
    "published_and_source": (
        page("来源：日报　发布时间：2021-08-05 08:12　浏览次数：1286", f"8月4日，{MEETS}"),
        "2021-08-04",
        "published",
    ),
    "day_only": (page("发布时间：2022-03-01", f"28日下午，{MEETS}"), "2022-02-28", "published"),
    "new_year": (page("发布时间：2021-01-02", f"12月31日，{MEETS}"), "2020-12-31", "published"),
    "day_only_before_the_verb": (
        page("2021-10-20 09:00", "甘原网10月20日讯（记者 崔明）省公安厅19日召开会议，厅长出席会议并讲话。"),
        "2021-10-19",
        "published",
    ),
    "today": (page("2022-04-06 14:14", f"今天上午，{MEETS}"), "2022-04-06", "relative"),
    "today_with_day": (page("2022-04-06 14:14", f"今天上午（4月6日），{MEETS}"), "2022-04-06", "published"),
    "yesterday": (page("发布日期：2020-02-09", f"昨日上午，{MEETS}"), "2020-02-08", "relative"),
    "dateline_and_yesterday": (page(f"2020年3月10日消息 昨天下午，{MEETS}"), "2020-03-09", "relative"),
    "dateline_without_year": (
        page("2022-04-13 09:00", f"本报4月12日讯（记者 冒雪）今天下午，{MEETS}"),
        "2022-04-12",
        "relative",
    ),
    "reporter_before_date": (page("2021-11-08", f"本报讯（记者 高远）11月7日，{MEETS}"), "2021-11-07", "published"),
    "weekday": (page(f"2月3日（星期一）上午，{MEETS}"), "2020-02-03", "calendar"),
    "lunar_day": (page(f"1月27日（正月初三）上午，{MEETS}"), "2020-01-27", "calendar"),
    "new_years_day_of_the_moon": (page(f"2月12日正值农历大年初一，{MEETS}"), "2021-02-12", "calendar"),
    "first_working_day": (
        page(f"2月3日上午，是春节节后的第一个工作日。{MEETS}"),
        "2020-02-03",
        "calendar",
    ),
    "first_working_day_2021": (page(f"2月18日，春节假期后首个工作日，{MEETS}"), "2021-02-18", "calendar"),
    "leap_day": (page(f"2月29日，{MEETS}"), "2020-02-29", "calendar"),
    "year_of_the_month_in_the_lead": (
        page("5月11日，市委召开会议，分析2020年5月聚集性疫情带来的影响，部署防控。"),
        "2020-05-11",
        "context",
    ),
    "year_of_the_season": (page("12月22日，市委召开会议，部署2020年冬季疫情防控。"), "2020-12-22", "context"),
    "year_of_the_next_holiday": (page("12月28日，市委召开会议，部署2022年元旦疫情防控。"), "2021-12-28", "context"),
    "two_days": (page(f"2021年1月20日、21日，{MEETS}"), "2021-01-20", "text"),
    "range_of_days": (page(f"2020年2月3日至4日，{MEETS}"), "2020-02-03", "text"),
    "range_with_one_day_sign": (page(f"2020年2月3-4日，{MEETS}"), "2020-02-03", "text"),
    "two_days_with_one_day_sign": (page(f"2020年2月3、4日，{MEETS}"), "2020-02-03", "text"),
    "range_with_one_day_sign_and_a_line": (
        page(f"2月3—4日，{MEETS}", "发布时间：2020-02-05"),
        "2020-02-03",
        "published",
    ),
    "visit_of_days_then_meeting": (
        page("2021年3月30日至31日，省长赶赴瑞川市指挥防疫。31日，省长主持召开现场会议。"),
        "2021-03-31",
        "text",
    ),
    "slip": (page(f"2022年1022日，{MEETS}"), "2022-10-22", "text"),
    "slip_without_month_sign": (page("发布时间：2021-08-11", f"810日下午3点，{MEETS}"), "2021-08-10", "published"),
    "slip_that_stands_alone": (
        page("发布时间：2022-02-11", "开学在即，210日，学校召开会议。"),
        "2022-02-10",
        "published",
    ),
    "time_glued": (page(f"2020年2月3日15时30分，{MEETS}"), "2020-02-03", "text"),
    "clock_glued_to_published": (page("发布时间：2020-02-0609:35:03", f"2月3日，{MEETS}"), "2020-02-03", "published"),
    "after_a_purpose": (page("为做好防控工作，2020年2月8日，县委召开会议。"), "2020-02-08", "text"),
    "after_a_reason": (page("受邻市病例影响，我县于2021年8月1日晚召开紧急会议。"), "2021-08-01", "text"),
    "higher_meeting_first": (
        page("2020年1月25日，中共中央政治局常委会召开会议。2020年1月26日，市委召开会议学习贯彻。"),
        "2020-01-26",
        "text",
    ),
    "province_first_then_our_hospital": (
        "我院召开防控会议\n发布时间：2021-08-11\n8月8日下午，国家、省卫生健康委召开视频会议。8月10日，我院召开专题会议。\n",
        "2021-08-10",
        "published",
    ),
    "clock_line_behind_a_long_title": (
        "省委疫情防控专题会召开，郑连、姜清等省市领导在江北分会场参加会议，部署近期工作并提出要求\n"
        "2022年11月26日 10:08\n11月23日，省委书记主持召开会议。\n",
        "2022-11-23",
        "published",
    ),
    "conveyed_meeting": (
        page("发布时间：2020-02-06", "2月5日，县委召开会议，传达2月3日中央政治局常委会会议精神。"),
        "2020-02-05",
        "published",
    ),
    "signed_notice": (
        "关于加强疫情防控的通告\n根据有关规定，现将有关事项通告如下：\n一、自2022年3月31日0时起，公共场所一律查验健康码。\n"
        "特此通告。\n江北县疫情防控指挥部\n2022年3月30日\n",
        "2022-03-30",
        "text",
    ),
    "signed_in_numerals": (
        "关于复工复产的通知\n各有关单位：\n现将有关事项通知如下：\n一、严格落实防控措施。\n江北县商务局\n二〇二〇年二月四日\n",
        "2020-02-04",
        "text",
    ),
    "signed_in_one_line": (
        "江北县疫情防控指挥部通告\n为防止疫情扩散，决定如下：即日起公共场所一律关停。解除时间另行通知。江北县疫情防控指挥部2021年9月18日\n",
        "2021-09-18",
        "text",
    ),
    "signed_letter": (
        "致全县居民的一封信\n各位居民：\n为防止疫情扩散，请大家做到：\n一、不聚集。\n二、少外出。\n江北县疫情防控指挥部\n2021年8月2日\n",
        "2021-08-02",
        "text",
    ),
    "signed_under_a_title_in_letters_apart": (
        "通　告\n根据防疫需要，全县公共场所暂停开放，出入小区凭证。\n江北县疫情防控指挥部\n二〇二二年三月一日\n",
        "2022-03-01",
        "text",
    ),
    "signed_by_a_station": (
        "致乘客\n受疫情影响，本站暂停发售长途车票。\n江北汽车客运站\n2022年3月1日\n",
        "2022-03-01",
        "text",
    ),
    "news_of_a_notice": (
        "江北县发布第7号通告\n鉴于节日临近，江北县疫情防控指挥部于2021年12月30日发布第7号通告：公共场所不得聚集。\n",
        "2021-12-30",
        "text",
    ),
    "a notice quoted in its title": (
        "江北街道公告：不请客\n江北街道防控办公室公告：红白喜事一律不请客，举报有奖。2020年2月3日\n",
        "2020-02-03",
        "text",
    ),
    "after_the_day_of_something_else": (
        page("11月2日，邻市发现病例后，江北县疫情防控指挥部于2021年11月3日召开会议，部署卡口查验。"),
        "2021-11-03",
        "text",
    ),
    "only_the_day_it_applies": (
        "江北县调整风险等级\n自2021年8月24日零时起，江北县沿江街道由中风险降为低风险。沿江街道8月2日被划为中风险地区。\n",
        "2021-08-24",
        "text",
    ),
    "counted_later_in_a_meeting": (
        page("2021年3月5日，市委召开会议。截至3月20日24时，全市累计接种12万剂。"),
        "2021-03-05",
        "text",
    ),
    "case_first": (
        "江北县暂停培训\n2021年7月29日，邻市报告阳性人员后，县教育局当天印发紧急通知。\n",
        "2021-07-29",
        "text",
    ),
    "briefing_of_which_a_reporter_tells": (
        page(
            "发布时间：2022-04-07 09:56",
            "新华社江北4月6日电（记者高远）记者从5日下午举行的江北市疫情防控新闻发布会上获悉，江北将从4月8日起分批复课。",
            "市教育局局长王强在发布会上表示，4月8日，高三年级返校。",
        ),
        "2022-04-05",
        "published",
    ),
    "drill": (
        page(
            "2021-8-4 来源：江北医药网 本报讯（记者高远）8月3日，县人民医院组织开展核酸采样应急演练。"
            "副院长王强现场指挥，各科室参与演练，检验了应急预案，提高了快速反应、精准应对、协同作战的能力。",
            "演练结束后，副院长王强作了点评，要求各科室查漏补缺，把各项防控措施落到实处，保障医疗安全。",
        ),
        "2021-08-03",
        "published",
    ),
    "briefing_of_yesterday": (
        "第400场发布会举行\n发布时间：2022-09-14\n全市发布会已举行400场。在昨天的发布会上，市政府发言人介绍了情况。\n",
        "2022-09-13",
        "relative",
    ),
}


@pytest.mark.parametrize("case", TOLD, ids=str)
def test_meeting_date_is_told_when(case: str) -> None:
    text, day, basis = TOLD[case]
    found = dates_of(text)
    assert (found.meeting_date, found.basis, found.precision) == (day, basis, "day")
    assert found.evidence


# name: text without a meeting date
UNTOLD = {
    "no_year_anywhere": page(f"2月3日上午，{MEETS}"),
    "today_without_published": page(f"今天上午，{MEETS}", "Copyright © 2016 某某传媒有限公司 版权所有"),
    "some_days_ago": page("发布时间：2020-02-06", "日前，市委召开疫情防控工作会议，市长主持会议。"),
    "recently_then_other_date": page("近日，市委召开疫情防控工作会议。会议传达了2020年2月3日中央会议精神。"),
    "republished_long_after": page("发布时间：2021-11-23", f"6月4日，{MEETS}"),
    "published_before": page("发布时间：2020-02-01", f"2月20日，{MEETS}"),
    "weekday_against_published": page("发布时间：2021-02-04", f"2月3日（星期一），{MEETS}"),
    "weekend_word": page(f"2月3日周末，{MEETS}"),
    "festival_of_two_years": page(f"4月4日是清明节，{MEETS}"),
    "month_only": "致市民的公开信\n2021年8月，江北县向市民发出公开信。信中说，7月29日出现疫情以来，形势总体可控。\n",
    "ten_days_only": "商会驰援家乡\n2022年3月上旬，江北县突发疫情，商会发出倡议书，会员踊跃捐款。3月12日，物资送达。\n",
    "feature": "商会动员民企抗疫\n面对疫情，商会投入防控。2020年1月30日，该会发出倡议书。截至3月10日，捐款55万元。\n",
    "appeal_counted_later": (
        "商会募集善款逾千万\n发布时间：2020-02-06\n1月28日，商会发出倡议书。据统计，截至2月5日15时，会员捐款659万元。\n"
    ),
    "day_of_something_else": "志愿者在行动\n2020-03-05 10:20\n3月5日是学雷锋纪念日。在新街街道，有这样一群人。\n",
    "counts_only": "接种进展通报\n据2021年3月27日消息，统计到3月25日17时30分，全市已接种1333万剂。\n",
    "cited_document": page(
        "市委召开会议，学习《关于2020年2月3日会议精神的通知》，按照2020年2月4日省委会议要求作出部署。"
    ),
    "of_another_era": page(f"民国109年2月3日，{MEETS}"),
    "copyright_year": page(f"2月3日，{MEETS}", "版权所有 © 2020 江北县人民政府"),
    "document_number_only": page(f"2月3日，{MEETS}", "联系电话：2020-1234567"),
    "history": page("2003年4月5日，我市曾举行会议。疫情发生以来，全市上下齐心协力。"),
    "impossible_day": page(f"2020年2月30日，{MEETS}"),
    "years_that_disagree": page("2月3日，市委召开会议。2020年2月1日成立专班。2021年2月5日前完成。"),
}


@pytest.mark.parametrize("case", UNTOLD, ids=str)
def test_meeting_date_stays_empty_when(case: str) -> None:
    found = dates_of(UNTOLD[case])
    assert (found.meeting_date, found.basis, found.precision, found.evidence) == (None, "none", "none", None)


@pytest.mark.parametrize(
    "text",
    [
        "2020年以来，全市上下齐心协力，抓好疫情防控。",
        "推进4/5G基站建设，保障防疫通信。",
        "市民热线12345、举报电话12318，电话021-64334547全天畅通。",
        "领导小组第5次会议强调，24时前完成，14天内报告，48小时核酸。",
        "体温37.3度，第8版方案，11月份以来，3至5月。",
        "接种15-17岁人群，检测82.5%，发放1300余万元。",
        "人口普查1234567890，编号20200203001。",
    ],
)
def test_no_date_is_read_when_numbers_are_none(text: str) -> None:
    assert [m for m in mentions(text, 0, len(text)) if m.month and m.day] == []
    assert dates_of(page(text)).meeting_date is None


def test_a_full_date_is_one_day_when_read() -> None:
    found = list(mentions("2020年2月3日", 0, 9))
    assert [(m.full, m.start, m.end) for m in found] == [(date(2020, 2, 3), 0, 9)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("2022年3月1日", TITLE, "日期：2022-02-09", MEETS), "2022-02-09"),  # the clock of the site above
        (("2020年1月1日", TITLE, f"2022年2月8日，{MEETS}"), None),
        ((TITLE, "2023-07-03 12:00:00（抓取时间）", MEETS), None),
        ((TITLE, MEETS, "相关阅读", "发布时间：2023-05-01 关于护考的通知"), None),
        ((TITLE, MEETS, "（信息公开日期：2022-02-09）", "上一篇：无"), "2022-02-09"),
    ],
)
def test_published_date_is_the_articles_own_when_a_page_shows_others(
    lines: tuple[str, ...], expected: str | None
) -> None:
    assert dates_of("\n".join(lines) + "\n").published_date == expected


def test_signature_dates_a_notice_when_names_of_the_editors_follow() -> None:
    names = "\n".join(f"{label}：王小川" for label in ("文字", "图片", "编辑", "排版", "一审", "二审", "三审"))
    text = f"关于加强管控的通告\n现通告如下：\n一、商场停业。\n某县指挥部\n2022年2月9日\n{names}\n"
    assert dates_of(text).meeting_date == "2022-02-09"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-09-154733", (2021, 9, 15)),
        ("2020-2-39:35", (2020, 2, 3)),
        ("2020/2/3", (2020, 2, 3)),
        ("二零二二年十二月廿九日", (2022, 12, 29)),
        ("22年3月5日", (2022, 3, 5)),
        ("2021年1月13\n", (2021, 1, 13)),
    ],
)
def test_written_forms_are_read_when_glued_or_short(text: str, expected: tuple[int, int, int]) -> None:
    mention = next(mentions(text, 0, len(text)))
    assert (mention.year, mention.month, mention.day) == expected


@pytest.mark.parametrize("text", ["2020-11-154733", "122日下午", "365日", "120日"])
def test_digits_stay_unread_when_they_part_in_two_ways(text: str) -> None:
    assert [m for m in mentions(text, 0, len(text)) if m.month] == []


def test_numerals_are_read_when_chinese() -> None:
    assert [numeral(n) for n in ("一", "十", "十五", "二十", "二十三", "廿九", "三十一")] == [1, 10, 15, 20, 23, 29, 31]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/2020-02/04/content_75.htm", "2020-02-03"),
        ("http://a.cn/202002/t20200206_75.html", "2020-02-03"),
        ("http://a.cn/c/2020/0205/75.shtml", "2020-02-03"),
        ("http://a.cn/art/2020/2/4/art_75.html", "2020-02-03"),
        ("http://a.cn/xw/202002/0354336.html", "2020-02-03"),
        ("http://a.cn/2021/1123/269623.html", None),  # a mirror files an old page under a new day
        ("http://a.cn/detail?id=20200204", None),
        ("http://a.cn/20200204123", None),
        (None, None),
    ],
)
def test_url_tells_the_year_when_it_is_close(url: str | None, expected: str | None) -> None:
    found = dates_of(page(f"2月3日，{MEETS}"), url=url)
    assert found.meeting_date == expected
    assert found.basis == ("url" if expected else "none")


def test_line_without_year_tells_the_day_when_the_url_is_of_its_month() -> None:
    lines = page("日期：02-05", "近日，" + MEETS)
    assert dates_of(lines, url="http://a.cn/xw/202002/0354336.html").published_date == "2020-02-05"
    assert dates_of(lines, url="http://a.cn/xw/202103/0354336.html").published_date is None
    clock = page("02-05 10:31 来源：本地网", "5日，" + MEETS)
    assert dates_of(clock, url="http://a.cn/2020-02-05/75.html").meeting_date == "2020-02-05"
    assert dates_of(clock, url="http://a.cn/202002/75.html").published_date is None
    assert dates_of(lines).published_date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"4月11日，{MEETS}会议还部署了2022年第二季度禁毒工作。", "2022-04-11"),
        (f"4月11日，{MEETS}会议还总结了2022年第一季度禁毒工作。", None),
        (f"2022/5/30 来源：本地网 http://a.cn/1.html5月28日，{MEETS}{MEETS}", "2022-05-28"),
        (f"2022/5/30 来源：本地网 http://a.cn/1.html2月3日，{MEETS}{MEETS}", None),
    ],
)
def test_quarters_tell_the_year_and_stamps_in_the_line_do_not_date_the_meeting(text: str, expected: str | None) -> None:
    assert dates_of(page(text)).meeting_date == expected


def test_metadata_tells_the_year_when_given() -> None:
    found = dates_of(page(f"2月3日，{MEETS}"), published="2020-02-05")
    assert (found.meeting_date, found.published_date, found.basis) == ("2020-02-03", "2020-02-05", "metadata")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("发布日期：2020-01-27", "1月26日，" + MEETS), "2020-01-27"),
        (("更新时间：2020-02-08 发布时间：2020-02-06", "2月5日，" + MEETS), "2020-02-08"),
        (("2月5日，" + MEETS, "发布时间：2020/02/06"), "2020-02-06"),
        (("来源： 最后更新：22-10-11 11:11:50", "近日，" + MEETS), "2022-10-11"),
        (("更新时间：22-10-11 11:11:50", "近日，" + MEETS), "2022-10-11"),
        (("2020年4月27日讯 4月26日，" + MEETS,), "2020-04-27"),
        (("2021-8-4 来源：江北医药网 本报讯 8月3日，" + MEETS,), "2021-08-04"),
        (("2021年8月4日，来源广泛的物资到达，" + MEETS,), None),
        (("2月5日，" + MEETS, "相关新闻", "某地召开会议 2021-03-04"), None),
    ],
)
def test_published_date_is_told_when_a_line_says_so(lines: tuple[str, ...], expected: str | None) -> None:
    assert dates_of(page(*lines)).published_date == expected


def test_text_glued_to_its_day_of_publication_is_parted() -> None:
    text = "纺机公司召开疫情防控会议\n发布时间：2020-02-132月12日，纺机公司召开疫情防控会议，部署复工。"
    found = dates_of(text)
    assert (found.published_date, found.meeting_date) == ("2020-02-13", "2020-02-12")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "东岭市指挥部2号令\n2020年1月26日\n为做好疫情防控，现将要求通知如下：\n一、成立专班\n"
            "1月24日，各区集中人手。\n二、停止聚餐。",
            "2020-01-26",
        ),
        ("关于暂停开放的通知\n1月23日，全市已启动一级响应，为减少聚集，暂停开放。", None),
        (
            "古寺暂停开放的通知\n因疫情防控工作需要，为避免人员聚集，保护大家的健康，暂停开放。\n东岭县古寺\n2021年元月13日",
            "2021-01-13",
        ),
        ("各位会员：\n我们倡议会员捐助口罩，支援疫情防控。\n东岭县外贸企业协会\n2020年2月2日\nQRCODE", "2020-02-02"),
        (
            "东岭县指挥部6号令\n自2月10日（正月十七）零时起，企业停工。\n特此通告。\n东岭县指挥部\n年2月9日",
            "2020-02-09",
        ),
        (
            "市佛协迅速响应\n发布日期：2022-03-15\n市佛协发布通知，要求各场所暂停开放。要落实责任。要零报告。\n"
            "3月14日上午，市佛协在某寺举行了消灾祈福法会。",
            None,
        ),
    ],
    ids=["head", "past", "first-month", "site-word", "lunar-day", "ceremony"],
)
def test_notices_are_dated_by_their_own_day(text: str, day: str | None) -> None:
    assert dates_of(text).meeting_date == day


def test_signature_dates_a_notice_that_says_so_only_at_its_end() -> None:
    items = "".join(f"{n}、各村必须在路口设卡，测量体温。\n" for n in "一二三四五六七")
    text = f"为做好疫情防控，各村必须实行以下措施：\n{items}特此通告。\n东岭县新型肺炎\n2020年2月8日\n移动门户\n"
    assert dates_of(text).meeting_date == "2020-02-08"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("东岭检察出实招\n发布时间：2020-04-20 11:31\n1月27日，东岭市检察院召开防控紧急会。", "2020-01-27"),
        ("东岭检察出实招\n发布时间：2021-04-20 11:31\n1月27日，东岭市检察院召开防控紧急会。", None),
        (
            "集团公司党委就做好疫情防控再部署\n发布时间：2020-01-27\n为落实上级部署，集团公司党委召开专题视频会。\n春节期间，集团及时发布信息，做好防控。\n"
            "1月27日，书记杨玉主持召开党委会。",
            "2020-01-27",
        ),
    ],
    ids=["first-year", "later-year", "told-first"],
)
def test_dates_are_completed_from_a_later_publication_only_where_no_year_is_before(text: str, day: str | None) -> None:
    assert dates_of(text).meeting_date == day


def test_clock_of_the_site_is_no_published_date_when_above_the_title() -> None:
    text = "2023年03月29日 星期三\n" + page("1月26日下午，" + MEETS)
    assert dates_of(text).published_date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江北县发布通告\n2020年8月28日，江北县指挥部发布公告，自8月29日0时起调整风险等级。\n", "2020-08-29"),
        ("江北县发布通告\n2020年2月8日，县法院制定指导意见，当日起施行。\n", "2020-02-08"),
        ("江北县发布通告\n2020年12月30日，江北县发布通告，自1月3日起实行。\n", "2021-01-03"),
        ("江北县召开会议\n2021年12月23日，县法院召开会议。自12月18日起，该院每天安排30名干警值守。\n", None),
    ],
)
def test_effective_date_is_told_when_rules_begin(text: str, expected: str | None) -> None:
    assert dates_of(text).effective_date == expected


def test_evidence_quotes_the_text_when_a_year_is_completed() -> None:
    found = dates_of(page("发布时间：2020-02-06 09:35", f"2月3日上午，{MEETS}"))
    assert found.evidence == "2月3日；发布时间：2020-02-06 09:35"


def test_sample_agrees_when_dates_are_found() -> None:
    wrong = []
    for path in sorted((ROOT / "tests" / "cases" / "sample_gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["script"] == "hans" and not is_held_aside(path.stem):
            found = dates_of((ROOT / "etl" / "sample" / f"{path.stem}.txt").read_text("utf-8"))
            wrong += [path.stem] if found.meeting_date != gold["meeting_date"] else []
    assert wrong == []


def test_sample_stays_undated_when_all_years_are_removed() -> None:
    for path in sorted((ROOT / "etl" / "sample").glob("*.txt")):
        text = re.sub(r"20[12]\d[-年/.]?", "", path.read_text("utf-8"))
        found = dates_of(text)
        if not is_held_aside(path.stem):
            assert found.meeting_date is None or found.basis == "calendar", path.stem


def test_seeds_agree_when_present() -> None:
    seeds = ROOT.parent / "shared" / "corpus" / "seeds"
    if not seeds.exists():
        pytest.skip("the seeds are not part of the repository")
    from etl.pipeline import extract
    from etl.records import RawDocument

    found = {
        p.name[:3]: extract(RawDocument(p.name, p.read_bytes()), LEXICON).dates for p in sorted(seeds.glob("*.txt"))
    }
    assert {k: d.meeting_date for k, d in found.items()} == {
        "000": "2020-02-03",
        "001": "2020-02-03",
        "002": None,
        "003": None,
        "004": "2022-04-06",
    }
    assert found["000"].basis == "calendar"


@pytest.mark.parametrize("unit", ["2020年", "2月3日", "20200203", "截至", "（", "今天", "2020-02-", "1"])
def test_hostile_text_is_read_in_linear_time_when_one_line(unit: str) -> None:
    dates_of(TITLE + "\n" + unit * (200_000 // len(unit)))
