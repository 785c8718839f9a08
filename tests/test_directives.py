"""Sentences that order, and what only looks like an order; any text, however odd."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import DocumentType, Meeting
from tests.directives import LEAD, numbered, orders, read
from tests.growth import is_linear


def test_sentence_is_one_directive_when_several_clauses_order() -> None:
    text = f"{LEAD}会议强调，要管好卡口，逐车登记，不漏一人。各乡镇要值好班；确需外出的，须报县指挥部。\n"
    assert orders(text) == ["要管好卡口，逐车登记，不漏一人。", "各乡镇要值好班；", "确需外出的，须报县指挥部。"]


def test_pair_stays_together_when_semicolon_parts_one_hand_from_the_other() -> None:
    text = f"{LEAD}会议强调，要两手抓，一手抓防控，毫不放松；一手抓生产，稳住农时。\n"
    assert orders(text) == ["要两手抓，一手抓防控，毫不放松；一手抓生产，稳住农时。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全力做好群众生活物资保供。",
        "多措并举筹措口罩。",
        "各单位严格落实值班制度。",
        "把卡口管起来，不留死角。",
        "凡来自疫区的，一律隔离观察。",
        "为防止疫情反弹，持续开展环境消杀。",
        "培训机构暂停线下授课。",
        "鼓励企业错峰用餐。",
        "绝不允许瞒报漏报。",
        "请广大市民不聚集、少外出。",
        "对拒不配合的依法追究责任。",
        "故意隐瞒的，将依法追究责任。",
        "红白事能停则停。",
        "采样前不吸烟、不饮酒。",
        "无故不参加检测的，健康码赋黄码。",
        "对失业的群众，由人社部门优先推荐岗位。",
        "任何人不能打折扣。",
        "一个都不能出事。",
        "违规营业的，一经查实停业整顿。",
        "哪个镇出问题，就让哪个镇的书记到会说明情况。",
        "每所学校开学前至少开展两次演练。",
        "对装卸人员，每天一检、集中居住。",
        "各单位于3月8日17时前将落实情况报县指挥部。",
        "努力把病例控制在最小范围。",
        "要目标明确、步调一致，逐户排查。",
        "要深刻领会习近平总书记重要讲话精神，落实省委部署要求，把好路口。",
        "要落实习近平总书记重要指示要求，逐户排查。",
        "要落实习近平总书记关于防控的重要要求，对照清单要求逐项查漏。",
        "咬紧牙关、日夜轮守。",
        "对临江县继续增派医护人员。",
    ],
)
def test_sentence_is_directive_when_a_meeting_orders_in_any_wording(sentence: str) -> None:
    assert orders(f"{LEAD}会议强调，{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "当前疫情防控形势依然严峻复杂，输入压力不断加大。",
        "前一阶段工作取得了明显成效。",
        "做好疫情防控是当前最重要的政治任务。",
        "全县防控工作已进入关键阶段。",
        "这次疫情来势快，教训深刻，说明防控丝毫松不得。",
        "疫情发生以来，全县干部群众众志成城，有力遏制了疫情扩散。",
        "打疫苗是防住疫情最管用的办法。",
        "向奋战在一线的医务人员表示感谢和慰问。",
        "我们已完成全部密接的转运。",
        "邻里纠纷有所增加，不容忽视。",
        "近期个别县存在擅自关闭出口的现象，影响很坏。",
        "启动应急响应以来，组织落实、任务落实、制度落实有序有效推进。",
        "这次疫情来得急、传得快，容不得半点犹豫。",
        "还需要提供核酸检测证明吗？",
    ],
)
def test_sentence_is_no_directive_when_it_assesses_praises_or_tells(sentence: str) -> None:
    assert orders(f"{LEAD}会议指出，{sentence}\n") == []


def test_lead_and_attendance_are_no_directives_when_they_mention_requirements() -> None:
    text = (
        "东岭县部署疫情防控\n3月1日，东岭县召开会议，传达学习省市部署要求，研究疫情防控重要工作，县长陈立新主持。\n"
        "会议听取了各组汇报。\n按照上级要求，各单位负责同志在分会场参加会议。\n"
    )
    assert orders(text) == []


def test_requirement_is_directive_when_it_follows_the_meeting_without_a_mark() -> None:
    assert orders(f"{LEAD}会议要求进一步看牢卡口，日夜有人。\n") == ["进一步看牢卡口，日夜有人。"]


def test_order_counts_once_when_a_page_gives_its_paragraph_twice() -> None:
    text = "会议要求，各村要看牢卡口，昼夜轮班，不漏一车一人。\n"
    assert len(orders(LEAD + text + text)) == 1


def test_nothing_is_ordered_when_a_list_tells_how_a_body_followed_a_meeting() -> None:
    text = (
        "根据市局3月2日防控工作部署会议精神，县运管所高度重视，迅速行动，扎实推进防控工作。\n"
        "一是加强车站消毒，备足口罩。二是加强宣传，提醒乘客扫码。\n"
    )
    assert orders(text, "report") == []


def test_what_a_site_says_of_rights_orders_nothing_when_it_begins_with_if() -> None:
    text = f"{LEAD}会议要求，要看牢卡口。\n如因稿件内容、版权等问题需要同本刊联系的，请在三十日内进行。\n"
    assert orders(text) == ["要看牢卡口。"]


def test_briefing_orders_what_it_says_shall_go_on() -> None:
    text = "县防控办举行发布会\n3月2日，县防控办举行发布会。\n县卫健局介绍，形势平稳。\n要继续严格按方案，看牢卡口。\n"
    assert orders(text, "report") == ["要继续严格按方案，看牢卡口。"]


def test_list_is_ordered_when_facts_stand_before_who_speaks() -> None:
    text = f"{LEAD}在对销售情况的检查中，高建民指出：药店要管好药柜，一是登记购药人员；二是备足口罩；三是明码标价。\n"
    assert [o for o, *_ in numbered(text)][-3:] == [1, 2, 3]


def test_own_words_are_directives_when_they_follow_those_passed_on() -> None:
    text = f"{LEAD}高建民指出，习近平总书记多次作出重要指示，强调要坚持人民至上。全县各级要认真领会，守好卡口。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [("高建民", "全县各级要认真领会，守好卡口。")]


@pytest.mark.parametrize(
    "rule",
    [
        "经专家研判，决定自12月3日8时起，对北山社区解除管控，按低风险区管理。",
        "经县指挥部研究同意，将北山小区3号楼调整为低风险区。",
        "经专家评估，自12月3日8时起，将北山社区定为中风险区。",
    ],
)
def test_notice_is_one_directive_when_its_first_sentence_decides(rule: str) -> None:
    text = f"东岭县调整风险区\n{rule}\n特此通告。\n东岭县疫情防控指挥部\n2022年12月3日\n"
    assert [d.text[-5:] for d in read(text, "notice")[0]] == [rule[-5:]]


@pytest.mark.parametrize(
    "opening",
    [
        "我们请来了：市教育局副局长、一级调研员高建民先生；市疾控中心传染病所所长周玉女士；",
        "下面，进入提问环节，请记者朋友举手提问，提问前请通报所在的新闻机构。",
        "请他们就大家关心的问题共同回答媒体的提问。",
    ],
)
def test_guests_and_questions_are_no_directives_when_a_press_conference_opens(opening: str) -> None:
    text = f"疫情防控发布会实录\n3月1日，市政府召开新闻发布会。\n要严格执行防控方案，坚决整治层层加码。\n{opening}\n"
    assert [d.text for d in read(text, "notice")[0]] == ["要严格执行防控方案，坚决整治层层加码。"]


@pytest.mark.parametrize(
    "closing",
    [
        "本通告自发布之日起施行。",
        "以上措施自2月5日零时起执行，何时解除另行通知。",
        "特此通告。",
        "恢复时间另行通知。",
        "未尽事宜，由县指挥部负责解释。",
        "让我们携起手来，守护家园！",
    ],
)
def test_closing_words_are_no_directives_when_a_notice_ends(closing: str) -> None:
    notice = "东岭县指挥部通告\n为防控疫情，现通告如下：\n一、各镇必须管好卡口。\n二、暂停集市。\n"
    assert orders(f"{notice}{closing}\n", "notice") == ["一、各镇必须管好卡口。", "二、暂停集市。"]


def test_second_item_is_found_when_it_begins_with_a_date() -> None:
    text = "东岭县指挥部通告\n现就防控疫情通告如下：\n1.停止集市。\n2.3月21日起开展线上教学。\n3.不得聚集。\n"
    assert [d.ordinal for d in read(text, "notice")[0]] == [1, 2, 3]


def test_words_of_a_higher_level_are_no_directives_when_only_passed_on() -> None:
    text = (
        f"{LEAD}会议传达学习习近平总书记重要指示。习近平总书记强调，要把人民群众生命安全放在第一位。"
        "会议要求，要守好卡口。\n"
    )
    assert orders(text) == ["要守好卡口。"]


@pytest.mark.parametrize(
    "passed_on",
    [
        "会议传达了市教育局会议精神，市教育局局长夏明指出，各校要管好校门。",
        "会议传达了省卫健委主任的讲话，讲话强调要严防反弹。",
        "会议传达了市委书记夏明的讲话。夏明在讲话中要求各地做好检测。",
        "民政部要求，养老机构应暂停外来人员入内。",
        "会议传达集团公司视频会精神。集团公司董事长在讲话中强调，各单位要暂停出差。",
        "会议传达全省电视电话会议精神。省长在会上强调，要统筹发展和安全。",
        "陈立新传达了市会议要求：各县要尽快完成核对。",
        "陈立新传达省厅《关于加强渔船防控的通知》。通知要求，渔船返港必须提前报告。",
        "陈立新介绍了线上课程安排：每天上午两节课，下午不安排课程。",
    ],
)
def test_words_of_others_are_no_directives_when_somebody_absent_speaks(passed_on: str) -> None:
    assert orders(f"{LEAD}{passed_on}\n会议要求，要守好卡口。\n") == ["要守好卡口。"]


def test_list_is_ordered_when_a_person_passes_on_what_the_body_requires() -> None:
    text = f"{LEAD}陈立新传达了县指挥部要求：一是管好卡口；二是备足物资。\n"
    assert [(d.ordinal, d.speaker) for d in read(text)[0]] == [(1, None), (2, None)]


def test_places_are_no_directives_when_a_notice_lists_where_infected_people_were() -> None:
    text = (
        "东岭县公布病例涉及点位\n3月1日，东岭县指挥部发布提示，公布1例确诊病例的活动轨迹如下：\n"
        "1.2月26日8时，乘坐2路公交车上班；\n2.2月27日19时，在好邻居超市购物。\n有交集的人员请立即报备。\n"
    )
    assert orders(text, "notice") == ["有交集的人员请立即报备。"]


def test_notice_is_read_when_it_is_one_paragraph() -> None:
    text = (
        "物业温馨提示\n接街道通知，小区3月1日开展核酸检测。请您携带身份证下楼。黄码人员请勿下楼。"
        "行动不便的请提前联系，我们将安排上门采样。\n"
    )
    assert orders(text, "notice") == [
        "请您携带身份证下楼。",
        "黄码人员请勿下楼。",
        "行动不便的请提前联系，我们将安排上门采样。",
    ]


def test_decision_is_directive_when_it_has_no_verb_of_order() -> None:
    text = f"{LEAD}会议决定：向各镇派出督导组；从预备费列支50万元购买物资。\n"
    assert orders(text) == ["向各镇派出督导组；", "从预备费列支50万元购买物资。"]


def test_promise_is_no_directive_when_a_reporter_says_what_will_be_done() -> None:
    text = (
        "陈立新检查卡口\n3月1日，县长陈立新到卡口检查疫情防控。\n他强调，要逐车登记，不得漏查。\n"
        "镇长周小舟表示，全镇将坚决落实要求，严格登记每一辆车。还要增派人手。\n"
    )
    assert orders(text, "report") == ["要逐车登记，不得漏查。"]


def test_who_is_meant_by_he_is_the_visitor_when_others_were_listed_before() -> None:
    text = (
        "王强调研东岭特殊场所疫情防控工作\n3月1日，县委书记王强到东岭镇调研。陈立新、周小舟参加调研。\n"
        "在东岭镇农村福利院、康乐敬老院、东岭老年公寓等地，王强了解了物资保障情况。他指出，要守好大门。\n"
        "陈立新、周小舟随后表态。他指出，要逐人测温。\n"
    )
    directives = read(text, "report")[0]
    assert [(d.text, d.speaker) for d in directives] == [("要守好大门。", "王强"), ("要逐人测温。", "王强")]


def test_order_is_kept_when_its_sentence_goes_on_to_announce_a_list() -> None:
    text = (
        "陈立新检查药店\n3月1日，副县长陈立新带队检查药店。陈立新强调：零售药店要扫码登记，守好哨点，并对下一步工作提出要求："
        "一是高度重视，加强管理；二是做好防护，不漏一人。\n"
    )
    assert [(d.ordinal, d.speaker, d.text) for d in read(text, "report")[0]] == [
        (None, "陈立新", "零售药店要扫码登记，守好哨点"),
        (1, "陈立新", "一是高度重视，加强管理；"),
        (2, "陈立新", "二是做好防护，不漏一人。"),
    ]
    only = f"{LEAD}会议强调，要做到以下几点：一是管好卡口；二是不漏一人。\n"
    assert orders(only) == ["一是管好卡口；", "二是不漏一人。"]


@pytest.mark.parametrize(
    ("said", "ordered"),
    [
        ("演练后，该院相关负责人要求，各组要查漏补缺，完善预案。", ["各组要查漏补缺，完善预案。"]),
        ("县卫健局有关负责同志强调，要守好哨点，不漏一人。", ["要守好哨点，不漏一人。"]),
        ("各科室按照该院相关负责人要求，完成了核酸采样。", []),
        ("会上，县卫健局负责人要求严格，工作细致。", []),
    ],
)
def test_somebody_in_charge_orders_when_nobody_names_them(said: str, ordered: list[str]) -> None:
    text = f"东岭县医院开展演练\n6月4日上午，东岭县医院组织开展应急演练，检验预案。\n{said}\n"
    assert orders(text, "report") == ordered


def test_freed_areas_are_told_whole_when_a_notice_decides() -> None:
    text = (
        "通告\n根据有关规定，经专家组综合评估，东岭县疫情防控工作领导小组办公室研究决定，自2022年5月31日0时起，"
        "解除柳坪街道富民社区二号楼封控区管理，调整为管控区管理；解除希望家园管控区管理，调整为防范区管理。\n"
        "管控区内要继续测温。\n"
    )
    assert orders(text, "notice") == [
        "解除柳坪街道富民社区二号楼封控区管理，调整为管控区管理；",
        "解除希望家园管控区管理，调整为防范区管理。",
        "管控区内要继续测温。",
    ]
    freed = f"{LEAD}会议指出，解除封控的群众已有序返岗，解除管控后的社区秩序良好。\n"
    assert orders(freed) == []


def test_nothing_is_ordered_when_it_is_told_of_another_body_behind_orders() -> None:
    text = (
        "东岭县邮政管理局发出通知\n1月23日，东岭县邮政管理局发出紧急通知。\n"
        "通知要求，邮政企业合理调配运输资源；快递网点统一安排消毒。\n"
        "据介绍，柳坪镇邮政所已部署安排，适当调整路线；按要求对邮件进行消毒。\n"
    )
    assert orders(text, "notice") == ["邮政企业合理调配运输资源；", "快递网点统一安排消毒。"]
    calm = f"{LEAD}会议指出，快递企业运行平稳，科学安排的班次已恢复。\n"
    assert orders(calm) == []


def test_line_below_a_picture_orders_nothing_when_it_says_who_spoke() -> None:
    text = f"{LEAD}高建民强调，要守好卡口。\n县委副书记、代县长陈立新讲话\n副县长王强发言\n"
    assert orders(text) == ["要守好卡口。"]


def test_order_is_kept_when_a_copy_left_a_mark_behind_its_stop() -> None:
    assert orders(f"{LEAD}会议强调，要守好卡口；要扫码登记，防止疫情传播。？\n") == [
        "要守好卡口；",
        "要扫码登记，防止疫情传播。？",
    ]
    assert orders(f"{LEAD}会议强调，要守好卡口。要不要扫码登记、逐人测温？\n") == ["要守好卡口。"]


def test_rule_is_told_whole_when_a_long_purpose_leads_in() -> None:
    text = (
        "县民宗局发布通告\n2021年1月8日，东岭县民宗局发布通告。\n根据邻县的防控形势，在听取寺庙和教堂管理人意见的基础上，"
        "即日起，东岭县九处寺庙、教堂暂停接待香客和信众，暂停集体礼拜。\n"
    )
    assert orders(text, "notice")[-1].endswith("东岭县九处寺庙、教堂暂停接待香客和信众，暂停集体礼拜。")


def test_what_was_done_is_reported_when_a_feature_tells_it() -> None:
    text = (
        "东岭县工商联助力抗疫\n疫情期间，东岭县工商联全力以赴抗疫。\n"
        "县工商联先后走访企业60家，坚决做到责任不减。会员累计捐款120万元。\n"
    )
    directives, reported = read(text, "report")
    assert directives == ()
    assert [r.text for r in reported] == [
        "县工商联先后走访企业60家，坚决做到责任不减。",
        "会员累计捐款120万元。",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "店长说，送货员进小区要戴双层口罩。",
        "公司设置了三道防线：第一道在门口，员工测温后方可入厂；第二道在食堂，单人单桌就餐。",
    ],
)
def test_nothing_is_ordered_when_a_feature_tells_how_others_work(told: str) -> None:
    assert orders(f"工厂的防疫经\n2月10日，记者在开发区看到，工厂已经复工。\n{told}\n", "report") == []


def test_order_counts_for_each_when_two_give_it_in_the_same_words() -> None:
    order = "各乡镇要严格落实网格化管理，逐户逐人排查到位。"
    text = f"全县调度会\n3月1日，县委书记王强主持召开会议，县长陈立新出席。\n王强强调，{order}\n陈立新要求，{order}\n"
    assert [d.speaker for d in read(text)[0] if d.text == order] == ["王强", "陈立新"]


def test_sub_heading_is_not_counted_twice_when_it_repeats_a_sentence() -> None:
    text = f"{LEAD}要守好卡口，一车不漏\n高建民指出，要守好卡口，一车不漏。各镇要值好班。\n"
    assert orders(text) == ["要守好卡口，一车不漏。", "各镇要值好班。"]


def test_long_purpose_is_left_out_when_it_pushes_the_order_away() -> None:
    purpose = "为深入贯彻落实县委县政府关于统筹推进疫情防控和经济社会发展的一系列决策部署和工作要求以及会议精神，"
    text = f"{LEAD}会议强调，{purpose}各镇要管好卡口。\n"
    assert orders(text) == ["各镇要管好卡口。"]


def test_sentences_of_a_notice_are_directives_when_nobody_is_named() -> None:
    text = (
        "东岭县封闭管理公告\n受疫情影响，东岭县指挥部3月1日发布公告。\n城区小区封闭管理，居民凭证出入。"
        "任何人不得聚餐。\n截至目前，全县已检测3万人。\n解除时间另行通知。\n"
    )
    assert orders(text, "notice") == ["城区小区封闭管理，居民凭证出入。", "任何人不得聚餐。"]


def test_bullets_are_directives_when_a_meeting_lists_them() -> None:
    text = f"{LEAD}会议要求：\n●各镇值班不断岗；\n●卡口设备当日检修；\n——学校推迟开学。\n"
    assert orders(text) == ["各镇值班不断岗；", "卡口设备当日检修；", "学校推迟开学。"]


def test_orders_go_on_when_an_imperative_follows_one_in_a_notice() -> None:
    text = (
        "关于疫情防控的通知\n各场所：\n为做好疫情防控工作，保护大家的健康，现就有关事项通知如下。\n"
        "请各场所戴好口罩。积极配合社区工作。\n配合单位共有三家。\n"
    )
    assert orders(text, "notice") == ["请各场所戴好口罩。", "积极配合社区工作。"]


def test_lead_of_a_notice_is_its_rule_when_it_decides() -> None:
    text = "关于暂停开放的公告\n鉴于疫情形势严峻，经研究决定，山北公园自即日起暂停开放。\n希望广大游客少聚集。\n"
    assert [words[-12:] for words in orders(text, "notice")] == ["北公园自即日起暂停开放。", "希望广大游客少聚集。"]


def test_lists_of_who_is_meant_order_nothing() -> None:
    text = (
        "疾控紧急提醒\n以下人员主动报备\n1、2月5日以来有东岭市旅居史的人员；\n2、与阳性感染者行程有交集的人员。\n"
        "请上述人员立即向社区报备。\n"
    )
    assert orders(text, "notice") == ["请上述人员立即向社区报备。"]


def test_appeal_is_a_directive_although_it_speaks_of_many() -> None:
    text = "致会员的倡议书\n当前，防控吃紧，全省启动了一级响应。\n我们倡议各会员单位，根据防控所需，踊跃捐助口罩。\n"
    assert orders(text, "notice") == ["我们倡议各会员单位，根据防控所需，踊跃捐助口罩。"]


def test_assessment_orders_when_it_needs_to_be_acted_on() -> None:
    text = f"{LEAD}会议指出，当前疫情形势依然严峻，需进一步补短板、强弱项。\n"
    assert orders(text) == ["当前疫情形势依然严峻，需进一步补短板、强弱项。"]


def test_words_of_a_meeting_are_orders_when_its_verb_stands_alone_in_a_line() -> None:
    text = f"{LEAD}会议强调\n\n各单位抓好机关消毒。\n会议要求\n\n严格执行值班制度，控制出差。\n"
    assert orders(text, "report") == ["各单位抓好机关消毒。", "严格执行值班制度，控制出差。"]


def test_notice_that_is_told_of_orders_what_it_shows() -> None:
    text = "原标题：古寺暂停开放\n12月24日，佛教协会向各寺院发布了通知。\n通知显示：从12月24日起，各寺院暂停开放。\n"
    assert orders(text, "notice") == ["从12月24日起，各寺院暂停开放。"]


def test_items_go_on_when_one_speaks_of_reminding() -> None:
    text = (
        "现将有关事项通告如下：\n一、进入场所必须测温。\n"
        "二、场所必须做好消毒等，入口处安排专人负责查验及提醒市民佩戴口罩。\n三、市民要自觉配合管理。\n"
    )
    assert [ordinal for ordinal, _, _ in numbered(text, "notice")] == [1, 2, 3]


def test_announced_list_is_no_rule_of_its_own() -> None:
    text = (
        "东岭区通告\n邻省疫情外溢多地。为防范输入，决定在全区实施四条措施。现通告如下：\n一、一律查验健康码。\n"
        "二、不戴口罩的不准进入。\n"
    )
    assert orders(text, "notice") == ["一、一律查验健康码。", "二、不戴口罩的不准进入。"]


def test_requests_are_orders_when_they_name_who_arranges() -> None:
    text = (
        "告居民书\n亲爱的居民朋友们：\n根据防控要求，街道定于近日开展核酸筛查，方便居民采样。\n"
        "请广大居民积极配合居委安排，分批参加核酸筛查。采样期间请规范佩戴口罩。\n"
    )
    assert orders(text, "notice") == ["请广大居民积极配合居委安排，分批参加核酸筛查。", "采样期间请规范佩戴口罩。"]


def test_a_sentence_that_opens_with_its_demand_is_an_order() -> None:
    text = f"{LEAD}会议肯定了前段工作，并就下一步作了部署。要求全县上下思想上要提高认识；措施上要高效有力。\n"
    assert [words[-10:] for words in orders(text)] == ["下思想上要提高认识；", "措施上要高效有力。"]


def test_a_demand_behind_an_assessment_is_an_order() -> None:
    text = f"{LEAD}高建民指出，当前疫情依然处于多点散发态势，要求各专班切实担当负责。\n"
    assert [(d.speaker, d.text) for d in read(text)[0]] == [("高建民", "各专班切实担当负责。")]


def test_nothing_is_ordered_when_a_document_is_about_something_else() -> None:
    assert read(f"{LEAD}会议要求，要栽好树。\n", "other") == ((), ())


# -- any text ----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "会议强调，",
        "王强要求：",
        "一要",
        "二要",
        "三是",
        "（一）",
        "1.",
        "第一，",
        "要落实责任",
        "必须",
        "已完成",
        "；",
        "。",
        "\n",
        "他指出，",
        "“",
        "”",
        "《",
        "，",
        "：",
        "总书记强调，",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map("".join),
    st.sampled_from(["meeting", "notice", "report"]),
)
def test_spans_cut_their_text_in_order_when_text_is_anything(text: str, doc_type: DocumentType) -> None:
    directives, reported = read(text, doc_type, Meeting())
    assert [d.seq for d in directives] == list(range(1, len(directives) + 1))
    at = 0
    for directive in directives:
        assert text[directive.start : directive.end] == directive.text and directive.start >= at
        at = directive.end
    for part in reported:
        assert text[part.start : part.end] == part.text


@pytest.mark.parametrize(
    "piece",
    [
        "会议强调，各区要落实责任；必须严防死守。",
        "一要二要三要",
        "1.2.（一）（二）第一，其一，",
        "他强调，要。",
        "王强强调：",
        "要",
        "“《（",
        "要\n",
        "首页 新闻 ",
        "要求全市",
        "各地疫情，同时要求测温，",
    ],
)
def test_time_grows_with_the_length_when_text_is_hostile(piece: str) -> None:
    assert is_linear(lambda size: read((piece * (size // len(piece) + 1))[:size], "meeting", Meeting()), 160_000)


@pytest.mark.skipif(
    not (Path(__file__).parents[2] / "shared" / "gold").exists(), reason="seeds are not part of the repository"
)
def test_feature_orders_nothing_when_it_is_the_seed_of_reports() -> None:
    path = next((Path(__file__).parents[2] / "shared" / "corpus" / "seeds").glob("003_*.txt"))
    assert read(path.read_text("utf-8").replace(",", "，").replace(":", "："), "report")[0] == ()
