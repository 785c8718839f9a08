"""Issuers on pages as they lie on the web: broken lines, lists, others named beside, words only passed on."""

from __future__ import annotations

import pytest

from tests.test_issuer import issuer_of


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        (
            "首页 >> 富县头条\n我县召开疫情防控会\n3月5日，我县召开疫情防控会，县长高建民主持会议。\n"
            "会议要求，要看牢村口。",
            "富县",
            ("陕西省", "延安市", "富县"),
        ),
        (
            "3月5日，省长高建民深入东宁市、绥芬河市，调研口岸防控工作并召开座谈会。\n高建民强调，要看牢口岸。",
            "黑龙江省人民政府",
            ("黑龙江省",),
        ),
        (
            "3月5日，副市长、市疫情防控指挥部指挥长高建民召开会商会。\n会议传达学习了文件，以及3月4日市委市政府"
            "主要领导检查疫情防控工作时的要求。\n会议强调，要看牢卡口。",
            "市疫情防控指挥部",
            (),
        ),
        (
            "全市学校疫情防控会议召开\n3月5日，我市召开学校疫情防控会议。市委常委、宣传部部长、副市长高建民主持会议。\n"
            "会议强调，要守住校门。",
            "市人民政府",
            (),
        ),
        (
            "3月5日，县长高建民主持召开县长办公会。\n会议强调，要看牢村口。\n"
            "主办单位：富县融媒体中心 联系电话：0911-1234567",
            "富县人民政府",
            ("陕西省", "延安市", "富县"),
        ),
        (
            "3月5日，常务副省长、省委省政府应对疫情工作领导小组指挥长高建民率队调研瑞丽市防控工作时强调，要看牢口岸。",
            "云南省委省政府应对疫情工作领导小组",
            ("云南省",),
        ),
        (
            "3月5日，我市立即召开防控调度会，副市长、市公安局局长高建民参加会议。\n会议要求，要看牢卡口。",
            None,
            (),
        ),
    ],
    ids=["crumbs", "visited-list", "leaders-unnamed", "deputy", "keeper", "inspected", "police"],
)
def test_the_issuer_is_told_when_others_are_named_too(text: str, name: str | None, path: tuple[str, ...]) -> None:
    issuer, region = issuer_of(text)
    assert (issuer.name, region.path) == (name, path)


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        (
            "学校召开第3次疫情防控专题会\n2月8日，学校召开第3次疫情防控专题会。\n会议传达学习了省教育厅召开的视频会议精神。",
            "学校",
            "unit",
        ),
        (
            "2月5日上午，我公司召开疫情防控会议，会议由公司党委书记石泉山主持。\n"
            "石泉山在会上传达了2月2日召开的中央政治局常务委员会会议上的讲话精神。",
            "公司",
            "unit",
        ),
        (
            "尊敬的各位会员：\n党中央、国务院高度重视，全国上下共同防控疫情。协会向全体会员发出如下倡议：\n一、不聚集。\n二、戴口罩。",
            "协会",
            "unit",
        ),
        (
            "依据《传染病防治法》，国务院《应急条例》等规定，现就疫情防控通告如下：\n一、禁止聚餐。\n二、戴好口罩。",
            None,
            None,
        ),
        ("3月2日，我校召开疫情防控工作领导小组会议，部署开学准备。\n会议要求，要备足口罩。", "我校", "unit"),
        (
            "3月2日，我县召开疫情防控调度会，县卫健局、县公安局等部门主要负责人参加会议。\n会议要求，要备足口罩。",
            None,
            "county",
        ),
        (
            "3月2日，我县组织收听收看省委疫情防控专题会议。会后，我县立即召开会议，要求管好卡口。",
            None,
            "county",
        ),
        (
            "为贯彻落实全县疫情防控领导小组第9次会议精神，3月2日，县法院召开党组会议，部署疫情防控。",
            "县法院",
            "county",
        ),
    ],
    ids=["school", "company", "letter", "law", "own-group", "attending", "watching", "court"],
)
def test_bodies_that_are_only_passed_on_issue_nothing(text: str, name: str | None, level: str | None) -> None:
    issuer, region = issuer_of(text)
    assert (issuer.name, issuer.level, region.path) == (name, level, ())


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        (
            "关于厦门佛教寺院暂停活动的通知\n为做好疫情防控，各寺院自即日起暂停开放。\n厦门市佛教协会\n2022年3月16日",
            "厦门市佛教协会",
            "福建省/厦门市",
        ),
        (
            "淮安疾控现就疫情防控提醒如下：\n一、来淮人员请主动向工作单位或所住酒店报备，并做核酸检测。\n二、戴好口罩。",
            "淮安市疾控",
            "江苏省/淮安市",
        ),
        (
            "市疫情防控办发布提示\n7月22日，市疫情防控办发布健康提示。\n7天内有甘肃省兰州市西固区、兰州新区，"
            "临夏州东乡县；广东省深圳市龙岗区旅居史的返回人员，要主动报备。",
            "市疫情防控办",
            "",
        ),
        ("2月12日，经纬东岭织造有限公司党委召开疫情防控会议，部署复工。", "经纬东岭织造有限公司党委", ""),
        (
            "现就疫情防控有关事项通告如下：\n一、少聚集。\n二、戴口罩。\n特此通告。\n"
            "大兴区新型冠状病毒肺炎疫情\n防控工作领导小组办公室\n2022年6月21日",
            "北京市大兴区新型冠状病毒肺炎疫情防控工作领导小组办公室",
            "北京市/大兴区",
        ),
        (
            "为减少人员流动，严格实行以下疫情防控措施：\n一、设卡。\n二、测温。\n阳山县新型冠状病毒感染的肺炎\n2020年2月8日",
            "阳山县",
            "广东省/清远市/阳山县",
        ),
        (
            "山东三家医院发公告\n为做好疫情防控工作，泰安市第九医院继续实行禁止探视规定。\n泰安市第九医院\n2020年4月17日",
            "泰安市第九医院",
            "山东省/泰安市",
        ),
        ("2月27日，我院召开党组会，部署疫情防控。\n会议集中学习了讲话精神。", "我院", ""),
        (
            "近期，河北省石家庄市、辽宁省沈阳、大连市等相继出现中高风险地区，现就疫情防控要求通告如下：\n一、戴口罩。",
            None,
            "",
        ),
        (
            "咸宁检察全力防疫\n近期\n疫情形势严峻。\n坚定不移，\n全力以赴，\n1月28日，市检察院党组书记、检察长高远山主持召开"
            "专题党组会，研究疫情防控工作，对各项措施再作部署，要求落细落实。\n会议强调\n要管好机关。",
            "咸宁市检察院党组",
            "湖北省/咸宁市",
        ),
        ("当前疫情防控形势严峻，现公告如下。\n一、学校、医院、药店严格管控进入人员。\n二、戴口罩。", None, ""),
        (
            "新华社拉萨1月26日电 记者从拉萨市佛教协会获悉，拉萨市佛教协会研究决定，自2020年1月27日起以东岭寺、西岭寺"
            "为主的活动场所因疫情一律暂停开放，开放时间另行通知。",
            "拉萨市佛教协会",
            "西藏自治区/拉萨市",
        ),
        (
            "集团公司党委再部署\n发布时间：2020-01-27 作者：东岭公司 李青\n集团公司党委召开专题会，部署疫情防控。",
            "集团公司党委",
            "",
        ),
        (
            "关于开放小区的通告\n根据省、市新冠肺炎疫情防控指挥部的通知要求，结合香洲区疫情防控实际，通告如下：\n"
            "一、业主出入物业管理区域要测温。\n二、开放使用物业公园。",
            "珠海市香洲区",
            "广东省/珠海市/香洲区",
        ),
    ],
    ids=[
        "temples",
        "or",
        "places-of-risk",
        "warp",
        "two-lines",
        "second-line-lost",
        "several",
        "studied",
        "broke-out",
        "public-account",
        "listed",
        "temples-again",
        "group",
        "level-above",
    ],
)
def test_the_issuer_is_read_from_lines_and_lists_as_pages_have_them(text: str, name: str | None, path: str) -> None:
    issuer, region = issuer_of(text)
    assert (issuer.name, "/".join(region.path)) == (name, path)


def test_a_town_signs_in_two_lines() -> None:
    text = (
        "告居民书\n亲爱的居民朋友们：\n为做好疫情防控，请广大居民配合核酸筛查，凡出必验。\n"
        "东岭街道新型冠状病毒肺炎\n\n疫情防控工作领导小组办公室\n2022年10月19日"
    )
    issuer, _ = issuer_of(text)
    assert (issuer.name, issuer.level) == ("东岭街道新型冠状病毒肺炎疫情防控工作领导小组办公室", "township")


@pytest.mark.parametrize(
    ("around", "path"),
    [
        ("当前位置：首页 > 富县文明实践所 > 柳坪镇 > 正文\n{}", ("陕西省", "延安市", "富县", "柳坪镇")),
        ("您当前的位置： 建德新闻网 > 乡镇风采 > 柳坪镇\n{}", ("浙江省", "杭州市", "建德市", "柳坪镇")),
        ("{}来源：慈利站\n", ("湖南省", "张家界市", "慈利县", "柳坪镇")),
        ("当前位置：首页 > 延安市新闻 > 正文\n{}", ()),
    ],
    ids=["section", "news", "station", "city-news"],
)
def test_a_site_tells_the_county_of_a_town(around: str, path: tuple[str, ...]) -> None:
    text = (
        "柳坪镇召开接种工作推进会\n3月5日上午，柳坪镇召开新冠疫苗接种工作推进会，部署工作。\n会议强调，要应接尽接。\n"
    )
    assert issuer_of(around.format(text))[1].path == path


def test_no_village_of_a_list_signs() -> None:
    freed = "关于解除管控的通告\n根据综合研判，决定自2022年4月18日0时起，解除富县部分区域管控。\n一、解除封控区名单\n"
    rest = "解除后，按防范区管理。请广大群众继续做好防护。\n富县新冠肺炎疫情防控应急指挥部\n2022年4月18日"
    assert issuer_of(freed + "茶坊镇孔集村\n茶坊镇柳坪村卫生院\n" + rest)[0].name == "富县新冠肺炎疫情防控应急指挥部"
    short = "富县新冠肺炎疫情防控应急指挥部\n2022年4月18日"
    assert issuer_of(freed + "茶坊镇柳坪村卫生院\n" + short)[0].name == "富县新冠肺炎疫情防控应急指挥部"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "富县召开疫情防控调度会\n11月28日上午，市委常委、副市长高建民赴我县调度疫情防控工作，县委书记王强主持会议。",
            "富县委",
        ),
        ("高建民到富县调研\n11月28日，延安市副市长高建民到我县调研，并主持召开座谈会。", "延安市人民政府"),
        ("3月29日上午，石塘镇召开接种工作布置会，会议由镇长主持。", "石塘镇"),
        ("3月29日上午，全镇接种工作会结束后，镇长王强主持召开碰头会。", "镇人民政府"),
    ],
    ids=["visited-host", "visitor", "town", "town-leader"],
)
def test_who_presides_decides_between_visitors_and_hosts(text: str, name: str) -> None:
    assert issuer_of(text)[0].name == name
