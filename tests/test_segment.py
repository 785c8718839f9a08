"""Pages are cut into title, lead, paragraphs, headings, captions and what is only the site around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.lexicon import load_lexicon
from etl.normalise import normalise
from etl.records import Document, Page, RawDocument
from etl.segment import split
from etl.sentences import sentences
from tests.pages import document_of

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"


def document(text: str, title: str | None = None) -> Document:
    return document_of(text, title=title)


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    """(kind, words) of every segment."""
    return [(s.kind, s.cut(text)) for s in split(document(text, title), load_lexicon()).segments]


def of(text: str, *wanted: str) -> list[str]:
    return [words for kind, words in kinds(text) if kind in wanted]


def test_site_is_furniture_when_a_page_begins_with_menus_and_ends_with_a_foot() -> None:
    text = (
        "首页 新闻中心 政务公开 互动交流 专题专栏\n"
        "您当前的位置：首页 > 新闻中心 > 部门动态\n"
        "东岭县召开疫情防控工作例会\n"
        "发布时间：2021-08-05 09:12 来源：县政府办 浏览次数：\n"
        "分享到：\n"
        "8月4日上午，东岭县召开疫情防控工作例会，县长陈立新主持。\n"
        "会议强调，各乡镇要守好卡口。\n"
        "责任编辑：王小川\n"
        "上一篇：县委理论学习中心组学习会\n"
        "下一篇：我县今年粮食丰收，农民笑开颜。\n"
        "版权所有：东岭县人民政府 网站标识码：0000000000\n"
    )
    assert kinds(text) == [
        ("furniture", "首页 新闻中心 政务公开 互动交流 专题专栏"),
        ("furniture", "您当前的位置：首页 > 新闻中心 > 部门动态"),
        ("title", "东岭县召开疫情防控工作例会"),
        ("published", "发布时间：2021-08-05 09:12 来源：县政府办 浏览次数："),
        ("furniture", "分享到："),
        ("lead", "8月4日上午，东岭县召开疫情防控工作例会，县长陈立新主持。"),
        ("paragraph", "会议强调，各乡镇要守好卡口。"),
        ("byline", "责任编辑：王小川"),
        ("furniture", "上一篇：县委理论学习中心组学习会"),
        ("furniture", "下一篇：我县今年粮食丰收，农民笑开颜。"),
        ("furniture", "版权所有：东岭县人民政府 网站标识码：0000000000"),
    ]


def test_lead_comes_first_when_a_page_has_no_title() -> None:
    text = "市指挥部昨天下午开会，部署返程高峰防控。\n会议要求，车站要测温验码。\n"
    assert kinds(text) == [
        ("lead", "市指挥部昨天下午开会，部署返程高峰防控。"),
        ("paragraph", "会议要求，车站要测温验码。"),
    ]


def test_title_is_the_headline_when_kicker_label_and_publisher_stand_around_it() -> None:
    text = (
        "东岭县工商联：\n视频 | 东岭县部署节后疫情防控\n要闻\n2022-02-08 10:00\n"
        "2月7日，东岭县召开会议，部署疫情防控。\n"
    )
    assert kinds(text) == [
        ("heading", "东岭县工商联："),
        ("furniture", "视频 |"),
        ("title", "东岭县部署节后疫情防控"),
        ("furniture", "要闻"),
        ("published", "2022-02-08 10:00"),
        ("lead", "2月7日，东岭县召开会议，部署疫情防控。"),
    ]


def test_title_is_the_pages_own_when_another_line_looks_better() -> None:
    text = "本网推荐：疫情防控工作会议召开\n守好家门\n3月1日，村里开会，商量怎样守好村口的卡点。\n"
    assert ("title", "守好家门") in kinds(text, title="守好家门_东岭新闻网")


@pytest.mark.parametrize("below", ["", "2022年3月2日 10:08\n"])
def test_headline_is_title_when_it_is_as_long_as_prose(below: str) -> None:
    headline = "王强在全县疫情防控视频会议上强调：结合山区特点制定切实有效措施，进村入户排查，坚决守住疫情防控底线"
    text = f"{headline}\n{below}3月1日上午，全县疫情防控视频会议召开，县委书记王强主持。\n"
    assert kinds(text)[0] == ("title", headline)
    assert kinds(text)[-1][0] == "lead"


def test_first_line_is_lead_when_it_runs_on_below() -> None:
    text = "3月1日，全县疫情防控会议召开，县委书记王强主持会议，县长陈立新、副县长高远等出席并部署，要求\n守好卡口。\n"
    assert "title" not in [kind for kind, _ in kinds(text)]


def test_sub_heading_is_heading_when_it_repeats_a_sentence_or_ends_nothing() -> None:
    text = (
        "东岭县召开疫情防控会议\n3月1日，东岭县召开疫情防控会议。\n"
        "要守好村口，一辆车也不漏\n王强指出，要守好村口，一辆车也不漏。\n"
        "压实责任\n各乡镇要压实责任。\n"
    )
    assert of(text, "heading") == ["要守好村口，一辆车也不漏", "压实责任"]


def test_numbered_line_is_paragraph_when_it_ends_nothing() -> None:
    text = (
        "关于做好疫情防控的通告\n现将有关事项通告如下：\n"
        "一、加强组织领导\n各单位要落实责任。\n二、加强值班\n24小时有人在岗。\n"
    )
    assert of(text, "heading") == []
    assert of(text, "paragraph")[:2] == ["一、加强组织领导", "各单位要落实责任。"]


def test_lead_is_the_sentence_that_announces_when_rules_without_numbers_follow() -> None:
    text = "关于春节假期安排的通知\n各部门：\n春节临近，为减少人员流动，经研究决定：\n倡导就地过节。返乡的须报备。\n"
    assert kinds(text) == [
        ("title", "关于春节假期安排的通知"),
        ("heading", "各部门："),
        ("lead", "春节临近，为减少人员流动，经研究决定："),
        ("paragraph", "倡导就地过节。返乡的须报备。"),
    ]


def test_line_is_paragraph_when_it_ends_with_a_comma_before_a_list() -> None:
    text = "东岭县部署疫情防控\n3月1日，东岭县召开会议，县长陈立新主持。\n会议要求，\n一、守好卡口。\n二、备好物资。\n"
    assert of(text, "paragraph") == ["会议要求，", "一、守好卡口。", "二、备好物资。"]


def test_title_is_the_line_above_its_date_when_other_news_stand_above() -> None:
    text = (
        "县委常委会召开会议，强调要抓好巡视整改\n要闻\n致会员企业的倡议书\n日期：2022-09-05\n"
        "各会员企业：\n疫情防控进入关键时期，我们倡议如下：\n一、严格查验场所码。\n"
    )
    assert of(text, "title") == ["致会员企业的倡议书"]


def test_signature_is_paragraph_when_a_notice_ends_with_body_and_date() -> None:
    text = "东岭县疫情防控通告\n现通告如下：\n一、商场暂停营业。\n东岭县疫情防控指挥部\n2022年3月5日\n"
    assert of(text, "paragraph")[-2:] == ["东岭县疫情防控指挥部", "2022年3月5日"]


def test_caption_and_byline_are_no_content_when_they_stand_among_paragraphs() -> None:
    text = (
        "东岭县检查疫情防控\n3月1日，县长陈立新检查卡口。\n图为检查现场（县融媒体中心 供图）\n"
        "他要求，要逐车登记。（记者 李小梅）\n（文/图 张大海）\n"
    )
    assert of(text, "caption") == ["图为检查现场（县融媒体中心 供图）"]
    assert of(text, "byline") == ["（记者 李小梅）", "（文/图 张大海）"]
    assert of(text, "paragraph") == ["他要求，要逐车登记。"]


def test_page_is_cut_at_blanks_and_foot_when_it_is_one_line() -> None:
    text = (
        "东岭县召开疫情防控调度会 发布时间：2021-08-05 09:12:33 来源：县政府办 "
        "8月4日上午，东岭县召开疫情防控调度会，县长陈立新主持会议。会议指出，形势严峻，各级要压实责任。"
        "陈立新要求，一要管好卡口；二要加快接种；三要备好物资。会议还研究了其他事项。 "
        "上一篇：县委开会 版权所有：东岭县人民政府 电话：0371-1234567"
    )
    assert kinds(text)[:3] == [
        ("title", "东岭县召开疫情防控调度会"),
        ("published", "发布时间：2021-08-05 09:12:33"),
        ("byline", "来源：县政府办"),
    ]
    assert of(text, "lead")[0].startswith("8月4日上午，") and of(text, "lead")[0].endswith("其他事项。")
    assert of(text, "furniture") == ["上一篇：县委开会 版权所有：东岭县人民政府 电话：0371-1234567"]


def test_sentence_runs_on_when_lines_are_broken_by_hand() -> None:
    text = (
        "东岭县召开疫情防控视频会\n2022年3月15日下午，东岭县召开疫情防控视频会，县委书记赵一\n"
        "平主持会议并讲话，县长钱二明出席。会议听取了各乡镇汇报，分析研判\n了当前形势。赵一平强调，"
        "要清醒认识形势的严峻复杂，坚决克服麻痹思\n想，把各项措施落到实处。\n"
    )
    page = split(document(text), load_lexicon())
    assert page.title is not None and page.title.cut(text) == "东岭县召开疫情防控视频会"
    words = [s.cut(text).replace("\n", "") for p in page.paragraphs for s in sentences(text, p.start, p.end)]
    assert words == [
        "2022年3月15日下午，东岭县召开疫情防控视频会，县委书记赵一平主持会议并讲话，县长钱二明出席。",
        "会议听取了各乡镇汇报，分析研判了当前形势。",
        "赵一平强调，要清醒认识形势的严峻复杂，坚决克服麻痹思想，把各项措施落到实处。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © 2016 All Rights Reserved. 东岭传媒有限公司 版权所有",
        "网络举报电话：12318（文化执法总队）",
        "全部评论",
        "暂无评论，快来发表你的评论吧",
        "相关阅读",
        "扫一扫在手机打开当前页",
        "豫ICP备12345678号-1",
        "【打印本页】 【关闭窗口】",
        "您需要登录后才可以评论 登录 | 注册",
        "共 3 条记录 1/1 页",
        "—END—",
        "喜欢此内容的人还喜欢",
        "本版新闻",
        "Next：关于做好值班工作的通知",
        "We use cookies to improve your experience.",
        "文 号 无 有 效 性 有效 公开方式：主动公开",
        "请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。",
        "凡本网注明来源的作品，任何媒体未经本网授权不得转载。已经授权的，必须注明来源。",
        "我们使用Cookie，您必须同意后才能继续浏览。",
        "沙发",
        "新闻排行",
        "2023-05-20 毕业典礼须知：毕业生应提前半小时入场",
        "在线留言",
        "• 上一篇：无",
    ],
)
def test_line_is_furniture_when_it_stands_at_the_foot(line: str) -> None:
    text = f"东岭县部署疫情防控\n3月1日，东岭县召开疫情防控会议，县长陈立新主持。\n会议强调，要守好卡口。\n{line}\n"
    assert kinds(text)[-1] == ("furniture", line)


@pytest.mark.parametrize(
    "line",
    [
        "相关信息要第一时间报送，不得迟报。",
        "最新政策要宣传到每家每户。",
        "违者将依法追究法律责任。",
        "本网格内居民要理性发言，不转载来源不明的消息。",
        "在线咨询服务要24小时有人应答。",
    ],
)
def test_line_is_paragraph_when_its_first_words_only_look_like_a_foot(line: str) -> None:
    text = f"东岭县部署疫情防控\n3月1日，东岭县召开疫情防控会议，县长陈立新主持。\n会议强调，要守好卡口。\n{line}\n"
    assert kinds(text)[-1] == ("paragraph", line)


OTHERS = "县委中心组学习\n会议强调，要切实把思想和行动统一起来。\n2023-04-11\n"
ARTICLE = "3月1日，东岭县召开疫情防控会议，县长陈立新主持。\n会议强调，要守好卡口。各村要登记到人，不漏一户。\n"


@pytest.mark.parametrize(
    ("mark", "title"),
    [
        ("东岭县召开疫情防控会议\n发布时间：2022-03-02 来源：县政府办\n", "东岭县召开疫情防控会议"),
        ("当前位置：首页 > 要闻\n东岭县召开疫情防控会议\n2022-03-02\n", "东岭县召开疫情防控会议"),
    ],
)
def test_article_begins_at_its_headline_when_excerpts_of_others_stand_above(mark: str, title: str) -> None:
    text = OTHERS + mark + ARTICLE
    assert of(text, "title") == [title]
    assert of(text, "lead", "paragraph") == ARTICLE.splitlines()


def test_article_begins_at_the_top_when_another_follows_with_its_date() -> None:
    text = (
        "东岭县召开疫情防控会议\n来源：县政府办\n" + ARTICLE + "县委召开会议部署工作\n发布时间：2023-04-11\n" + ARTICLE
    )
    assert of(text, "title") == ["东岭县召开疫情防控会议"]


def test_foot_opens_when_several_lines_of_the_site_close_the_article() -> None:
    text = f"东岭县部署防控\n{ARTICLE}校对 李小红\n终审：赵一强\n扫码阅读\n信息员须知：投稿应附高清图片。\n"
    assert of(text, "lead", "paragraph") == ARTICLE.splitlines()


def test_foot_opens_when_the_sites_own_words_are_longer_than_the_article() -> None:
    own = "未经本网书面授权，任何媒体不得转载、链接、复制本网的作品，已经授权的必须注明来源。"
    text = f"东岭县部署防控\n{ARTICLE}版权与免责声明：\n① {own}\n② {own}{own}\n③ 请两周内速来电联系。\n"
    assert of(text, "lead", "paragraph") == ARTICLE.splitlines()


def test_one_line_page_ends_with_its_signature_when_its_foot_is_longer() -> None:
    rules = (
        "为防控疫情，现通告如下：一、商场、影院、网吧一律暂停营业，恢复时间另行通知。二、药店须登记购药人的姓名和住址。"
    )
    foot = (
        "责任编辑：王小川 分享到： 上一篇：全县召开安全会议，要求立即开展隐患排查 下一篇：县长检查市场，强调要稳价 " * 2
    )
    text = f"东岭县关于加强管控的通告 发布时间：2022-03-05 {rules} 东岭县指挥部 2022年3月5日 {foot}"
    assert of(text, "lead", "paragraph") == [rules, "东岭县指挥部", "2022年3月5日"]


def test_sentences_keep_their_quotations_when_an_end_mark_stands_inside() -> None:
    text = "他说：“大家要挺住。”的确如此。会议强调，要“快。”的字当头。各区要落实！"
    assert [s.cut(text) for s in sentences(text, 0, len(text))] == [
        "他说：“大家要挺住。”的确如此。",
        "会议强调，要“快。”的字当头。",
        "各区要落实！",
    ]


PIECES = st.sampled_from(
    [
        "会议强调，要落实。",
        "一、",
        "首页 > 新闻 ",
        "上一篇：",
        "发布时间：2020-02-03",
        "\n",
        " ",
        "（记者 王强）",
        "版权所有",
        "要",
        "。",
        "\u3000",
        "\r\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
def test_every_visible_character_lies_in_one_segment_when_text_is_anything(text: str) -> None:
    page: Page = split(document(text), load_lexicon())
    at = 0
    for segment in page.segments:
        assert at <= segment.start < segment.end <= len(text)
        assert not text[at : segment.start].strip()
        at = segment.end
    assert not text[at:].strip()
    assert len(page.of("title")) <= 1 and len(page.of("lead")) <= 1


def test_editors_of_a_public_account_open_the_foot() -> None:
    text = (
        "关于戴口罩的通告\n为防范疫情输入风险，保障群众健康，现就有关事项通告如下：\n一、公共场所一律查验健康码。\n"
        "二、不戴口罩的人员不准进入公共场所。\n东岭区指挥部\n??编辑/周小燕\n●电价要涨!\n"
    )
    page = split(document(text), load_lexicon())
    content = [s.cut(text) for s in page.of("lead", "paragraph", "heading")]
    assert not [line for line in content if "电价" in line or "编辑" in line]


def test_links_hidden_by_a_mirror_are_no_content() -> None:
    notice = "关于古寺暂停开放的通告\n为做好疫情防控工作，各寺院自即日起一律暂停开放，时间另行通知。\n"
    text = notice + "主站蜘蛛池模板：\n南澳县|\n中山市|\n"
    page = split(document(text), load_lexicon())
    assert [s.cut(text) for s in page.segments if s.kind != "furniture"] == text.split("\n")[:2]


def test_words_of_the_sites_software_are_no_content_between_items() -> None:
    items = ["一、解除东岭小区封控区管理。", "二、解除柳坪小区管控区管理。"]
    text = (
        "关于解除管控的通告\n经专家组研判，现将有关事项通告如下：\n"
        f"{items[0]}\nEmpire CMS,phome.net |\n拥有一切，皆有可能。欢迎访问phome.net\n{items[1]}\nTHE END\n"
    )
    page = split(document(text), load_lexicon())
    lines = [s.cut(text) for s in page.segments if s.kind != "furniture"]
    assert lines[-2:] == items and len(lines) == 4


@pytest.mark.skipif(not SEEDS.exists(), reason="seeds are not part of the repository")
def test_seeds_have_their_lead_and_no_foot_when_split() -> None:
    foots = re.compile(r"版权所有|举报电话|评论|暂无列表|浏览次数|分享至")
    for path in sorted(SEEDS.glob("*.txt")):
        normal = normalise(RawDocument(path.name, path.read_bytes()), load_lexicon())
        page = split(normal, load_lexicon())
        content = [s.cut(normal.text) for s in page.of("title", "lead", "paragraph", "heading")]
        assert page.lead is not None, path.name
        assert not [line for line in content if foots.search(line)], path.name
