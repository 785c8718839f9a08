"""Meeting, notice, report or other: told by title, lead and wording."""

from __future__ import annotations

import pytest

from etl.extract.document_type import classify
from etl.lexicon import load_lexicon
from etl.records import Document
from etl.segment import split
from tests.pages import document_of

CASES = {
    "a body sat": (
        "meeting",
        "东岭县部署疫情防控\n3月1日，东岭县委书记王强主持召开县委常委会会议，研究疫情防控。\n会议强调，要守住底线。\n",
    ),
    "by video": (
        "meeting",
        "东岭县收听收看全市疫情防控视频会\n3月1日，东岭县以视频形式召开疫情防控调度会，县长陈立新主持。\n陈立新要求，要备足物资。\n",
    ),
    "a visit that ends in a sitting": (
        "meeting",
        "王强检查口岸疫情防控\n3月1日，县委书记王强到口岸检查疫情防控，并主持召开座谈会。\n王强强调，要守好国门。\n",
    ),
    "numbered rules, signed": (
        "notice",
        "东岭县疫情防控指挥部通告（第3号）\n为阻断疫情传播，现将有关事项通告如下：\n一、商场一律停业。\n二、不得聚集。\n"
        "东岭县疫情防控指挥部\n2022年3月1日\n",
    ),
    "a briefing that announces rules": (
        "notice",
        "东岭市公布进返人员管理规定\n3月1日，东岭市召开疫情防控新闻发布会，市疾控中心公布管理规定。\n"
        "一、来自高风险区的人员一律集中隔离。\n二、返乡人员须提前报备，不得隐瞒行程。\n三、探亲须持核酸阴性证明。\n",
    ),
    "a flag handed over, with a call": (
        "report",
        "东岭县授旗\n2月9日讯 2月9日下午，东岭县在柳坪社区举行党员突击队授旗仪式，80名党员宣誓抗击疫情。"
        "县委书记王强向突击队授旗，号召党员冲锋在前。\n当前疫情防控进入关键期，要牢记嘱托。\n为应对疫情坚决严防死守，队员暂时集中居住。\n",
    ),
    "an essay with lists of what is done": (
        "other",
        "平凡的守门人\n疫情来时，社区成了第一道防线。本文将带领大家走近守门的人。\n一、防控的具体措施\n（1）全面排查，不漏一人。\n"
        "（2）严格管控出入口，逐一测温。\n二、守门人的一天\n李阿姨六点就开始工作，她要登记每辆车。\n",
    ),
    "a notice of a competition for essays": (
        "notice",
        "关于开展抗疫主题征文的通知\n各街道：为弘扬抗疫精神，现将有关事项通知如下：\n一、各街道要广泛动员。\n二、稿件须在3月10日前报送。\n",
    ),
    "a study": (
        "other",
        "疫情对小微企业的影响及对策研究\n摘要：疫情冲击小微企业。政府应减免税收，银行要续贷。\n关键词：疫情；小微企业\n",
    ),
    "a title that holds an essay's word by chance": (
        "report",
        "东岭县规范文旅场所，推进防控工作文明执法\n3月1日，东岭县检查景区疫情防控，查看测温通道。\n景区备足了口罩。\n",
    ),
    "an appeal": (
        "notice",
        "东岭县商会发出抗疫倡议\n3月1日，东岭县商会向会员发出倡议书。\n倡议提出：\n一、各会员要配合检测。\n二、要量力捐款。\n",
    ),
    "an inspection": (
        "report",
        "陈立新督导复学防疫\n3月1日，县长陈立新到学校督导疫情防控，查看测温通道。\n他要求，学校要备足口罩。\n",
    ),
    "a briefing that informs": (
        "report",
        "东岭市通报疫情处置进展\n3月1日，东岭市召开疫情防控新闻发布会，市卫健委介绍，全市累计检测23万人次，确诊5例。\n"
        "据介绍，已有12个小区解封，转运密接300人。\n",
    ),
    "a feature": (
        "report",
        "东岭县工商联助力抗疫纪实\n疫情发生后，东岭县工商联动员会员捐款捐物，累计捐款120万元、口罩3万只。\n"
        "连日来，志愿者走访企业60家。\n",
    ),
    "no word of any type": (
        "report",
        "东岭县医院发布新冠肺炎病例特征\n东岭县医院对3月收治的新冠肺炎病例作了描述。\n结果显示，轻症居多。\n",
    ),
    "how_it_went_about_it": (
        "report",
        "县运管所切实加强疫情防控工作\n"
        "根据市局3月2日防控工作会议精神，县运管所高度重视，迅速行动，扎实推进防控工作。\n"
        "一是加强车站消毒，备足口罩。\n二是加强宣传，提醒乘客扫码。\n",
    ),
    "work that never stops": (
        "report",
        "心系老年人 服务不停歇\n东岭县民政局开通疫情防控热线，帮助老人购药860人次。\n",
    ),
    "a day in a neighbourhood": (
        "report",
        "网格员的一天\n清早，东岭县河西社区网格员逐户登记体温，送菜、收垃圾。\n居家观察人员有31人，志愿者45人。\n",
    ),
    "advice": (
        "notice",
        "东岭：提倡就地过节\n3月1日，东岭县疫情防控指挥部发布提示，请群众减少出行，返乡3日内做2次核酸检测，已做5000人次。\n",
    ),
    "a title in letters apart": (
        "notice",
        "倡 议 书\n全县企业家朋友们：\n面对疫情，我们倡议：不涨价，为抗疫捐款捐物。\n东岭县商会\n2020年2月1日\n",
    ),
    "gifts for those who went to help": (
        "report",
        "东岭县商会捐赠物资\n3月1日，东岭县商会为援鄂医护人员家庭捐赠防护服3000套。\n",
    ),
    "told of in a notice": (
        "notice",
        "东岭居民原则居家\n3月1日，东岭县疫情防控指挥部在公告中说，全县已检测5.2万人次、排查车辆600台次。\n",
    ),
    "words that other work has too": (
        "meeting",
        "东岭县叫停集市\n3月1日，东岭县召开会议，商户闭环配送，村庄静默三日，入境货物先消毒，聚集活动取消。\n",
    ),
    "one such word alone": (
        "other",
        "东岭县部署汛期供水\n3月1日，东岭县召开供水工作会议。会议要求，水厂要加强消毒，抢修队伍要全天待命。\n",
    ),
    "a paper of an office": (
        "notice",
        "东岭13项举措稳企业资金\n3月1日，东岭县金融局发文：受疫情影响的企业可延期还款，已惠及企业120家，放款3.6亿元。\n",
    ),
    "a visit that ends in talks": (
        "meeting",
        "陈立新到东岭站督导防疫\n3月1日，县长陈立新到东岭站督导，并召集铁路、公安等单位座谈，要求旅客一人一表。\n",
    ),
    "an order given at a sitting": (
        "meeting",
        "东岭：一个电话问到底\n3月1日，县委书记王强在全县疫情防控调度会上部署，返乡人员提前报备，检查卡口18处。\n",
    ),
    "two words that other work has too": (
        "notice",
        "东岭暂停马拉松\n3月1日，东岭县体育局通知，人员聚集的赛事暂停，健身展会须经县防控机制同意。\n",
    ),
    "advice in its own words": (
        "notice",
        "东岭防控办：来返人员这样做\n3月1日，东岭县防控办提示：返乡人员三天做两次核酸，已设采样点46个、热线12条。\n",
    ),
    "animals have epidemics too": (
        "other",
        "东岭县部署非洲猪瘟疫情防控\n3月1日，东岭县召开非洲猪瘟疫情防控会议。\n会议要求，发现阳性立即扑杀，不得外运。\n",
    ),
    "a storm has a response too": (
        "other",
        "东岭县启动防汛应急响应\n3月1日，东岭县防汛指挥部发布通知，启动四级应急响应，各地必须值班，关闭景区。\n",
    ),
    "the epidemic is past": (
        "other",
        "东岭县召开经济运行分析会\n3月1日，东岭县召开经济运行分析会。\n会议指出，克服疫情影响，产值增长。要抓好项目。\n",
    ),
    "forest fires and the epidemic together": (
        "meeting",
        "东岭县部署森林防火和疫情防控\n3月1日，东岭县召开会议，研究森林防火和疫情防控。\n会议要求，要排查返乡人员。\n",
    ),
    "words of codes and lessons": (
        "notice",
        "东岭县第二中学告家长书\n各位家长：因行程码带星，初三学生3月1日起线上授课，请您督促按时作息。\n",
    ),
    "questions and answers": (
        "notice",
        "封控在家怎么买药\n问：药吃完了怎么办？答：报给楼长，由社区统一代购。\n问：能出门吗？答：不能。\n",
    ),
    "a pledge": (
        "notice",
        "个人防护承诺书\n本人承诺：每日测体温，如实填报健康码，不隐瞒行程。\n",
    ),
    "asked into a room": (
        "meeting",
        "东岭县商议复课条件\n3月1日，东岭县教育局把各校校长请到一起商量，局长说，测温通道没有备好的不开门。\n",
    ),
    "talks over a line": (
        "meeting",
        "陈立新与口岸会商\n3月1日晚，县长陈立新与口岸视频连线，会商输入病例转运。陈立新要求，转运不得脱环。\n",
    ),
    "caught": (
        "report",
        "隐瞒行程致20人隔离 男子被拘\n记者从东岭县公安局获悉，李某回乡后隐瞒行程，确诊后20人被隔离，警方已立案。\n",
    ),
    "words that hospitals always use": (
        "other",
        "东岭县部署体检\n3月1日，东岭县召开会议，部署老年人体检。会议要求，筛查阳性的患者必须转诊，病例要归档。\n",
    ),
    "one word of the epidemic's neighbours, again and again": (
        "other",
        "东岭水库封闭管理通告\n3月1日起，水库坝顶封闭管理。封闭管理期间，车辆一律绕行，违者处罚。\n",
    ),
    "another subject": (
        "other",
        "东岭县召开春季造林动员会\n3月1日，东岭县召开春季造林动员会，县长陈立新讲话。\n会议要求，各乡镇要抢抓时节，栽好树、管好苗。\n",
    ),
}


def page_of(text: str) -> tuple[Document, object]:
    document = document_of(text)
    return document, split(document, load_lexicon())


@pytest.mark.parametrize("name", CASES)
def test_type_is_told_when_a_document_is_plain(name: str) -> None:
    expected, text = CASES[name]
    document, page = page_of(text)
    assert classify(document, page, load_lexicon()) == expected  # type: ignore[arg-type]


def test_letter_is_a_notice_when_it_speaks_of_a_meeting_of_the_centre() -> None:
    letter = (
        "尊敬的各位会员：\n当前，疫情防控工作处于关键时期，全省上下都在努力。习近平总书记主持召开中央政治局常委会会议，研究疫情防控。\n"
        "为支持防控，我们倡议各会员单位捐助口罩。\n东岭县外贸企业协会\n2020年2月2日"
    )
    document, page = page_of(letter)
    assert classify(document, page, load_lexicon()) == "notice"  # type: ignore[arg-type]


def test_type_is_other_when_there_is_no_text() -> None:
    document, page = page_of("")
    assert classify(document, page, load_lexicon()) == "other"  # type: ignore[arg-type]
