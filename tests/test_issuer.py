"""Who met or issued, and for which region: every text and person here is invented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from etl.bodies import lasting_name
from etl.extract.issuer import find_issuer
from etl.lexicon import load_lexicon
from etl.pipeline import extract
from etl.records import Issuer, RawDocument, Region
from etl.segment import split
from tests.growth import is_linear
from tests.pages import document_of

LEXICON = load_lexicon()
ROOT = Path(__file__).parent.parent


OPENINGS = [
    (text, *(field.strip() for field in head.split("|")))
    for head, text in re.findall(r"^### (.+)\n([^#]+)", (ROOT / "tests/cases/openings.txt").read_text("utf-8"), re.M)
]


def first_line(value: object) -> str | None:
    """A case's name in the report."""
    return value.strip().split("\n")[0] if isinstance(value, str) else ""


def issuer_of(text: str, url: str | None = None, published: str | None = None) -> tuple[Issuer, Region]:
    text = text.strip("\n")
    document = document_of(text, url=url, published_date=published)
    return find_issuer(document, split(document, LEXICON), LEXICON)


# (text, issuer, region, level, kind)
SITTING = [
    (
        """建德：用自查检验防控实效
2020年2月3日下午，建德市召开疫情防控工作部署会，视频连线各乡镇。
会议强调，要补齐漏洞。""",
        ("建德市", "浙江省/杭州市/建德市", "county", "government"),
    ),
    (
        """省委书记主持召开会议部署防控
2020年2月2日，河南省委、省政府召开专题会议，传达中央应对疫情工作领导小组部署。
会议强调，阵地不能丢。""",
        ("河南省委、省政府", "河南省", "province", "party_committee"),
    ),
    (
        """王清源主持召开市指挥部会议
2020年2月5日，山东省委常委、青岛市委书记王清源主持召开市新冠肺炎疫情防控指挥部工作例会。
会议要求，重点场所要管住。""",
        ("青岛市新冠肺炎疫情防控指挥部", "山东省/青岛市", "prefecture", "leading_group"),
    ),
    (
        """徐汇区领导小组会议：面上从严
2021年12月9日，上海市徐汇区疫情防控工作领导小组开第38次会议，区长主持。""",
        ("上海市徐汇区疫情防控工作领导小组", "上海市/徐汇区", "county", "leading_group"),
    ),
    (
        """我县召开疫情防控工作电视电话会议
1月27日，岳池县召开疫情防控工作电视电话会议，县委书记刘永和出席并讲话。
会议要求，要压实属地责任。""",
        ("岳池县", "四川省/广安市/岳池县", "county", "government"),
    ),
    (
        """全市疫情防控工作视频会议召开
衡水新闻网讯 1月26日，全市疫情防控工作视频会议召开，市委书记王景和出席并讲话。
王景和强调，桃城区、冀州区要严防死守。""",
        ("衡水市", "河北省/衡水市", "prefecture", "government"),
    ),
    (
        """市委常委会召开会议 研究疫情防控工作
2月4日，泰兴市委书记刘明远主持召开市委常委会会议，传达学习上级会议精神。""",
        ("泰兴市委常委会", "江苏省/泰州市/泰兴市", "county", "party_committee"),
    ),
    (
        """省政协研究防疫
2020年3月10日，河南省政协召开党组扩大会议，研究防疫和履职安排。""",
        ("河南省政协党组", "河南省", "province", "congress_cppcc"),
    ),
    (
        """临近开学 早作准备
2020年2月20日，安徽省教育厅召开视频会议，部署春季学期开学疫情防控工作。""",
        ("安徽省教育厅", "安徽省", "province", "department"),
    ),
    (
        """自治区党委召开疫情防控工作会议
2022年8月10日，新疆维吾尔自治区党委书记马瑞远主持召开自治区疫情防控工作会议。""",
        ("新疆维吾尔自治区党委", "新疆维吾尔自治区", "province", "party_committee"),
    ),
    (
        """州领导小组召开会议
2021年1月15日，州新冠肺炎疫情防控工作领导小组召开视频会议，延边州委书记姜海军主持会议。""",
        ("延边州新冠肺炎疫情防控工作领导小组", "吉林省/延边朝鲜族自治州", "prefecture", "leading_group"),
    ),
    (
        """西来镇召开疫情防控工作会
1月28日，蒲江县西来镇召开疫情防控工作会议，镇党委书记王磊主持。""",
        ("蒲江县西来镇", "四川省/成都市/蒲江县/西来镇", "township", "government"),
    ),
    (
        """南京西路街道召开疫情防控工作部署会
2022年3月10日，静安区南京西路街道召开疫情防控工作部署会，街道党工委书记主持。""",
        ("上海市静安区南京西路街道", "上海市/静安区/南京西路街道", "township", "government"),
    ),
    (
        """兵团部署防控
2022年8月15日，国务院联防联控机制综合组新疆工作组到新疆生产建设兵团指导，随后兵团召开会议调度有关师市。""",
        ("新疆生产建设兵团", "新疆维吾尔自治区", "province", "government"),
    ),
    (
        """国务院常务会议部署假期防控
2021年4月27日，国务院总理主持召开国务院常务会议，部署五一假期疫情防控。""",
        ("国务院常务会议", "", "national", "government"),
    ),
]

LEADERS = [
    (
        """缪远检查隔离点防疫
2021年8月18日，上海市崇明区区长缪远带队检查集中隔离点。他要求，预防消杀不放松。""",
        ("上海市崇明区人民政府", "上海市/崇明区", "county", "government"),
    ),
    (
        """应远到黄冈调研疫情防控
2020年2月28日，湖北省委书记应远到黄冈市调研督导疫情防控和复工复产。""",
        ("湖北省委", "湖北省", "province", "party_committee"),
    ),
    (
        """副省长调研督导口岸防控
3月20日，副省长张光远赴珠海市拱北口岸调研督导疫情防控工作。
张光远要求，要严格落实联防联控机制。""",
        ("广东省人民政府", "广东省", "province", "government"),
    ),
    (
        """督导疫情防控
2021年8月10日，湖北省委书记、省疫情防控指挥部指挥长应远在武汉检查督导疫情防控工作。""",
        ("湖北省疫情防控指挥部", "湖北省", "province", "leading_group"),
    ),
    (
        """走访青年企业家
2020年2月27日，上海市松江区委统战部副部长、区工商联党组书记杨远娟走访企业。""",
        ("上海市松江区工商联", "上海市/松江区", "county", "federation"),
    ),
    (
        """研究防疫与复工
2020年2月8日，邢台市政府党组书记、市长董远宇主持召开党组第40次会议，研究疫情防控。""",
        ("邢台市政府党组", "河北省/邢台市", "prefecture", "government"),
    ),
    (
        """陕西省政协领导调研
2020年3月17日，陕西省政协副主席杨远军来到西安市，走访省政协委员领办的企业。""",
        ("陕西省政协", "陕西省", "province", "congress_cppcc"),
    ),
]

NOTICES = [
    (
        """宿松县新型冠状病毒感染的肺炎疫情防控指挥部通告（第3号）
为有效防控疫情，现就有关事项通告如下：
一、全县所有娱乐场所一律停止营业。
二、各乡镇要严格落实网格化管理。
宿松县新型冠状病毒感染的肺炎疫情防控指挥部
2020年1月30日""",
        ("宿松县新型冠状病毒感染的肺炎疫情防控指挥部", "安徽省/安庆市/宿松县", "county", "leading_group"),
    ),
    (
        """关于进一步做好疫情防控工作的通知
各县、区人民政府，市政府各部门，各直属机构：
为贯彻落实省委、省政府部署，现就有关工作通知如下：
一、严格落实属地责任。各县区政府要对本行政区域负总责。
铜陵市人民政府办公室
2020年2月2日""",
        ("铜陵市人民政府办公室", "安徽省/铜陵市", "prefecture", "government"),
    ),
    (
        """关于调整健康管理措施的通告
来源：上海发布
根据国务院联防联控机制有关要求，市新冠肺炎疫情防控工作领导小组办公室决定调整措施，现通告如下：
一、来沪返沪人员抵沪后须在12小时内报告。""",
        ("上海市新冠肺炎疫情防控工作领导小组办公室", "上海市", "province", "leading_group"),
    ),
    (
        """昆山调整管控措施
记者从昆山市疫情防控指挥部获悉，自4月10日起调整部分管控措施。""",
        ("昆山市疫情防控指挥部", "江苏省/苏州市/昆山市", "county", "leading_group"),
    ),
    (
        """北京公布假日防疫规定
2022年4月29日，北京市召开疫情防控新闻发布会，市政府新闻发言人公布首都严格进京管理联防联控协调机制的决定。""",
        ("首都严格进京管理联防联控协调机制", "北京市", "province", "leading_group"),
    ),
    (
        """北京通报病例分布
2020年1月24日，北京市举行新闻发布会，市卫生健康委主任雷远潮通报最新情况。""",
        ("北京市卫生健康委", "北京市", "province", "department"),
    ),
    (
        """陕西举行新闻发布会
2021年12月27日，陕西省人民政府新闻办公室举行新闻发布会，省卫生健康委副主任马远辉通报近期工作。""",
        ("陕西省人民政府新闻办公室", "陕西省", "province", "government"),
    ),
]

UNITS = [
    (
        """关于调整医院就诊流程的公告
为落实疫情防控要求，我院即日起调整就诊流程。
1、进入院区须扫场所码。
宜昌市中心医院
2022年8月22日""",
        ("宜昌市中心医院", "湖北省/宜昌市", "unit", "hospital"),
    ),
    (
        """广西大学加强校园管理
2020年1月30日，位于南宁的广西大学由校新型冠状病毒感染的肺炎疫情防控工作领导小组办公室发出通知：
自1月31日0时起，进校人员必须测温。""",
        (
            "广西大学新型冠状病毒感染的肺炎疫情防控工作领导小组办公室",
            "广西壮族自治区/南宁市",
            "unit",
            "school",
        ),
    ),
    (
        """南开大学召开疫情防控座谈会
2022年1月17日，南开大学党委书记、校疫情防控领导小组组长杨远山在津南校区主持座谈会。""",
        ("南开大学", "天津市", "unit", "school"),
    ),
    (
        """我校召开疫情防控工作专题会议
2月3日上午，学校召开疫情防控工作专题会议，校党委书记张远主持会议。
会议要求，各二级学院要做好学生健康监测。
会议强调，要严格执行辽宁省、沈阳市疫情防控部署。
版权所有 沈阳工程学院 地址：沈阳市沈北新区蒲昌路18号""",
        ("沈阳工程学院", "辽宁省/沈阳市", "unit", "school"),
    ),
    (
        """绩溪县人民医院召开疫情防控部署会
2022年7月12日下午，安徽绩溪县人民医院在门诊四楼开会部署疫情防控。""",
        ("绩溪县人民医院", "安徽省/宣城市/绩溪县", "unit", "hospital"),
    ),
    (
        """附属医院部署疫情防控
2021年12月10日，西安交通大学第一附属医院召开疫情防控会议，院长施远主持。""",
        ("西安交通大学第一附属医院", "陕西省/西安市", "unit", "hospital"),
    ),
    (
        """百联集团部署应急处置
2022年3月9日，上海百联集团党委书记、董事长叶远明主持召开联防联控领导小组会议。""",
        ("上海百联集团", "上海市", "unit", "soe"),
    ),
    (
        """集团研究海外防疫
2020年5月13日，招商局集团召开新冠肺炎疫情防控应急工作小组第十八次会议，传达国务院国资委会议精神。""",
        ("招商局集团", "", "unit", "soe"),
    ),
    (
        """宝鸡市山东商会发出倡议
2020年2月1日，宝鸡市山东商会向全体会员发出倡议，号召会员支持疫情防控。""",
        ("宝鸡市山东商会", "陕西省/宝鸡市", "unit", "federation"),
    ),
    (
        """市水务集团部署防控
2020年2月3日，市水务集团召开会议，保障供水安全。湖州市吴兴区、南浔区分公司负责人参加。""",
        ("湖州市水务集团", "浙江省/湖州市", "unit", "soe"),
    ),
    (  # a word that else ends what a name may hold
        """湖北省中西医结合医院召开疫情防控会议
2022年3月12日，湖北省中西医结合医院召开疫情防控会议。""",
        ("湖北省中西医结合医院", "湖北省", "unit", "hospital"),
    ),
    (
        """法院落实防控措施
2021年8月2日，洛阳高新区人民法院院长张远强主持召开疫情防控工作会议。""",
        ("洛阳高新区人民法院", "河南省/洛阳市", "county", "judiciary"),
    ),
]

TRAPS = [
    (  # a district of that name in two cities, and no city named
        """朝阳区召开疫情防控调度会
2022年3月12日，朝阳区召开疫情防控调度会，区委书记李远雪主持。""",
        ("朝阳区", "", "county", "government"),
    ),
    (
        """朝阳区召开疫情防控调度会
2022年5月12日，朝阳区召开疫情防控调度会，传达北京市疫情防控工作会议精神。""",
        ("北京市朝阳区", "北京市/朝阳区", "county", "government"),
    ),
    (
        """朝阳区召开疫情防控调度会
2022年3月12日，长春市朝阳区召开疫情防控调度会。""",
        ("长春市朝阳区", "吉林省/长春市/朝阳区", "county", "government"),
    ),
    (  # province and city of one name
        """吉林市委部署疫情防控
2022年3月6日，吉林市委书记王远路主持召开疫情防控调度会，传达吉林省委会议精神。""",
        ("吉林市委", "吉林省/吉林市", "prefecture", "party_committee"),
    ),
    (
        """吉林省连夜动员
2022年3月14日，吉林省委书记主持召开省疫情防控领导小组会议，吉林市、延边州、四平市汇报进展。""",
        ("吉林省疫情防控领导小组", "吉林省", "province", "leading_group"),
    ),
    (  # its short name alone is the province's,
        """吉林连夜动员
2022年3月14日，吉林召开疫情防控调度会，省长主持，要求全市各级干部下沉一线。""",
        ("吉林省", "吉林省", "province", "government"),
    ),
    (  # unless the city is named in full beside it, or the first level spoken of is a city's, or only its districts are
        """吉林市连夜动员
2022年3月14日，吉林召开疫情防控调度会，传达省委部署。""",
        ("吉林市", "吉林省/吉林市", "prefecture", "government"),
    ),
    (
        """吉林连夜动员
2022年3月14日，吉林召开疫情防控调度会，按照省委部署，全市开展第二轮筛查。""",
        ("吉林市", "吉林省/吉林市", "prefecture", "government"),
    ),
    (
        """吉林连夜动员
2022年3月14日，吉林召开疫情防控调度会，船营区、龙潭区立即开展第二轮筛查。""",
        ("吉林市", "吉林省/吉林市", "prefecture", "government"),
    ),
    (
        """吉林连夜动员
2022年3月14日，吉林召开疫情防控调度会，长春市、龙潭区立即开展第二轮筛查。""",
        ("吉林省", "吉林省", "province", "government"),
    ),
    (  # a county by its short name alone, which its source bears
        """我县召开疫情防控研判会
来源：彰武宣传
2022年5月4日，我县召开疫情防控研判会，县长出席。""",
        ("彰武县", "辽宁省/阜新市/彰武县", "county", "government"),
    ),
    (  # once in the text it may be anything
        """我县召开疫情防控研判会
2022年5月4日，我县召开疫情防控研判会，工作人员彰武到会。""",
        (None, "", "county", "government"),
    ),
    (  # no town is called 会上副镇
        """疫情防控部署会
2021年1月19日，加义镇召开疫情防控部署会。会上副镇长凌晓作出部署。
来源：平江县加义镇人民政府""",
        ("平江县加义镇", "湖南省/岳阳市/平江县/加义镇", "township", "government"),
    ),
    (  # what precedes a unit's word for itself is no part of its name
        """公司召开疫情防控会
2020年12月21日，公司召开疫情防控会，总经理要求员工在公司内遵守公司规定，坚决落实集团公司部署。""",
        ("公司", "", "unit", "enterprise"),
    ),
    (  # where a school met is not which school it is
        """学校召开疫情防控部署会
2022年2月10日，学校在北山校区召开疫情防控部署会，细抓好学校各项工作。""",
        ("学校", "", "unit", "school"),
    ),
    (  # no province anywhere: cases come from Wuhan, aid goes to Hubei
        """省疫情防控指挥部召开调度会
2022年3月12日，省疫情防控指挥部召开调度会，研究对从武汉返回人员的排查，向驰援湖北的医疗队致敬。""",
        ("省疫情防控指挥部", "", "province", "leading_group"),
    ),
    (
        """省农业农村厅召开会议
2月6日上午，省农业农村厅党组书记、厅长张远主持召开厅疫情防控领导小组会议，传达省委会议精神。""",
        ("省农业农村厅", "", "province", "department"),
    ),
    (  # what a higher body said is only passed on
        """长春市部署
2021年8月4日，国务院联防联控机制电视电话会议和吉林省视频调度会一结束，吉林省委常委、长春市委书记张远军随即主持召开全市调度会。""",
        ("长春市委", "吉林省/长春市", "prefecture", "party_committee"),
    ),
    (  # Hubei is where aid goes
        """柯桥区工商联发出倡议
2020年1月29日，绍兴市柯桥区工商联向全区民营企业发出倡议书，号召驰援武汉、援助湖北。""",
        ("绍兴市柯桥区工商联", "浙江省/绍兴市/柯桥区", "county", "federation"),
    ),
    (  # 藁城区 is where cases are
        """召开应对疫情工作会议
藁城区发现确诊病例后，石家庄市于2021年1月3日召开应对新冠肺炎疫情工作会议。""",
        ("石家庄市", "河北省/石家庄市", "prefecture", "government"),
    ),
    (  # a city's leading group that only its districts show
        """市新冠肺炎疫情防控工作领导小组召开扩大会议
市新冠肺炎疫情防控工作领导小组今天上午召开扩大会议，市委书记主持会议并讲话。
会议强调，要快速反应。
会议以电视电话形式召开，浦东新区、黄浦区分别作了交流发言。""",
        ("上海市新冠肺炎疫情防控工作领导小组", "上海市", "province", "leading_group"),
    ),
    (  # a unit that moved from one prefecture to another
        """公主岭市召开疫情防控会议
2020年2月3日，公主岭市召开疫情防控会议。""",
        ("公主岭市", "吉林省/四平市/公主岭市", "county", "government"),
    ),
    (
        """公主岭市召开疫情防控会议
2021年2月3日，公主岭市召开疫情防控会议。""",
        ("公主岭市", "吉林省/长春市/公主岭市", "county", "government"),
    ),
    (  # 宁 is short for a province and for a city, and the province has nothing above it
        """自治区党委会议在银川召开
2021年10月20日，自治区党委召开会议，研究我区疫情处置工作。
会议要求，要排查来宁返宁人员。
宁夏回族自治区各厅局参加。""",
        ("宁夏回族自治区党委", "宁夏回族自治区", "province", "party_committee"),
    ),
    (  # 西安区 is a district elsewhere
        """西安部署防控
2022年2月14日，西安市疫情防控指挥部召开视频调度会，听取西安各区县汇报。""",
        ("西安市疫情防控指挥部", "陕西省/西安市", "prefecture", "leading_group"),
    ),
    (  # 特区政府 is no district government
        """特区政府公布新措施
2022年2月22日，香港特别行政区政府公布，推行全民强制检测。""",
        ("香港特别行政区政府", "香港特别行政区", "province", "government"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SITTING, ids=first_line)
def test_the_issuer_is_the_body_that_sat_when_there_was_a_meeting(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize(("text", "expected"), LEADERS, ids=first_line)
def test_the_issuer_is_the_leaders_body_when_a_leader_acts(text: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize(("text", "expected"), NOTICES, ids=first_line)
def test_the_issuer_is_who_gives_out_when_it_is_a_notice(text: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize(("text", "expected"), UNITS, ids=first_line)
def test_the_issuer_is_the_unit_when_a_unit_acts(text: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize(("text", "expected"), TRAPS, ids=first_line)
def test_nothing_is_guessed_when_a_name_is_a_trap(text: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(text) == expected


def summary(text: str) -> tuple[str | None, str, str | None, str]:
    issuer, region = issuer_of(text)
    return issuer.name, "/".join(region.path), issuer.level, issuer.kind


@pytest.mark.parametrize(("text", "name", "path", "level", "kind"), OPENINGS, ids=first_line)
def test_the_issuer_is_told_when_a_page_opens(text: str, name: str, path: str, level: str, kind: str) -> None:
    found = extract(RawDocument("page.txt", text.encode()), LEXICON)
    issuer = found.issuer
    assert (issuer.name, "/".join(found.region.path), issuer.level, issuer.kind) == (name, path, level, kind)


def test_the_evidence_stands_in_the_text_when_a_region_is_found() -> None:
    for text, _ in (*SITTING, *LEADERS, *NOTICES, *UNITS, *TRAPS):
        issuer, region = issuer_of(text)
        assert issuer.as_written is not None and issuer.as_written in text
        assert (region.adcode is not None) == bool(region.path)
        if region.path:
            assert region.evidence and region.evidence in text


@pytest.mark.parametrize(("month", "above"), [("202001", "四平市"), ("202101", "长春市")])
def test_a_unit_that_moved_lies_where_it_lay_when_its_url_says_so(month: str, above: str) -> None:
    text = """市长检查卡口
1月26日，公主岭市委副书记、市长张明到收费站检查，并到范家屯镇与长春交会处调研疫情防控。"""
    _, region = issuer_of(text, f"http://news.example/sz/{month}/t{month}29_1.html")
    assert region.path == ("吉林省", above, "公主岭市")


def test_a_government_host_tells_the_city_only_when_the_text_shows_no_place() -> None:
    bare = "市政府部署疫情防控\n2020年2月3日，市政府召开常务会议，部署疫情防控工作。"
    issuer, region = issuer_of(bare, url="https://www.jiading.gov.cn/xinwen/1")
    assert (issuer.name, region.path, region.evidence) == ("上海市政府", ("上海市",), "www.jiading.gov.cn")
    issuer, region = issuer_of(bare, url="https://news.example.com/jiading/1")
    assert (issuer.name, region.path) == ("市政府", ())
    placed = bare + "\n宁波市鄞州区、海曙区作了发言。"
    assert issuer_of(placed, url="https://www.jiading.gov.cn/xinwen/1")[1].path == ("浙江省", "宁波市")


def test_a_government_host_decides_for_a_place_that_the_text_shows_once() -> None:
    text = "3月5日，区委书记高建民主持召开船山区春耕会议，部署防控。\n会议强调，要看牢村口。"
    assert issuer_of(text, url="https://www.chuanshan.gov.cn/1")[1].path == ("四川省", "遂宁市", "船山区")
    assert issuer_of(text, url="https://www.fuxian.gov.cn/1")[1].path != ("陕西省", "延安市", "富县")


def test_a_signature_in_two_lines_tells_the_place() -> None:
    text = (
        "关于静态管理的通告\n根据形势，经县疫情防控指挥部研究，决定实行静态管理。\n一、不得外出。\n"
        "富县新型冠状病毒感染的\n肺炎疫情防控指挥部\n2022年8月30日"
    )
    assert issuer_of(text)[1].path == ("陕西省", "延安市", "富县")


def test_a_government_host_tells_the_county_of_a_town() -> None:
    text = "3月5日上午，柳坪镇紧急召开疫情防控会议，传达市委和县委的文件。\n会议强调，要看牢村口。"
    issuer, region = issuer_of(text, url="http://www.luochuan.gov.cn/zx/1.html")
    assert (issuer.name, issuer.level, region.path[-2:]) == ("洛川县柳坪镇", "township", ("洛川县", "柳坪镇"))
    assert issuer_of(text)[0].name == "柳坪镇"
    county = "3月5日，我县召开疫情防控调度会。\n会议强调，要看牢村口。"
    above = county + "延安市出现两例，陕西省全省要警惕。"
    assert issuer_of(above, url="https://www.fuxian.gov.cn/1")[1].path == ("陕西省", "延安市", "富县")
    other = county + "宝鸡市出现两例。"
    assert issuer_of(other, url="https://www.fuxian.gov.cn/1")[1].path != ("陕西省", "延安市", "富县")
    assert issuer_of(county, url="https://www.fuxian.gov.cn/1")[1].path == ("陕西省", "延安市", "富县")
    assert issuer_of(county, url="https://www.fengxian.gov.cn/1")[1].path == ()  # 丰县, 凤县, 奉贤


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("武汉市新型肺炎防控指挥部", "武汉市指挥部"),
        ("武汉市新型冠状病毒感染的肺炎疫情防控指挥部", "武汉市指挥部"),
        ("武汉市新冠肺炎疫情防控指挥部", "武汉市指挥部"),
        ("武汉市新冠肺炎疫情防控指挥部办公室", "武汉市指挥部办公室"),
        ("国务院联防联控机制", "国务院联防联控机制"),
        ("中央应对疫情工作领导小组", "中央领导小组"),
        ("西安市卫生健康委", "西安市卫生健康委"),
    ],
)
def test_a_headquarters_keeps_its_key_when_the_disease_is_renamed(name: str, key: str) -> None:
    assert lasting_name(name, LEXICON) == key


@pytest.mark.parametrize("text", ["", "\n", "。"])
def test_text_without_a_word_names_nobody(text: str) -> None:
    assert issuer_of(text)[0].name is None


@pytest.mark.parametrize(
    ("unit", "end"), [("市", ""), ("新冠肺炎疫情防控", ""), ("上海市委书记、", ""), ("（", "公司")]
)
def test_hostile_text_takes_linear_time(unit: str, end: str) -> None:
    assert is_linear(lambda size: issuer_of(unit * size + end), 60_000)


@pytest.mark.skipif(not (ROOT.parent / "shared" / "gold").is_dir(), reason="the seeds are not here")
def test_seeds_have_the_region_of_their_labels() -> None:
    for path in sorted((ROOT.parent / "shared" / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        seed = next((ROOT.parent / "shared" / "corpus" / "seeds").glob(f"{path.stem}.*"))
        found = extract(RawDocument(seed.name, seed.read_bytes()), LEXICON)
        assert list(found.region.path) == gold["region"]
        assert found.issuer.level == gold["level"]
