"""Who was there: chairs, attendees, observers, venue. Every person and meeting here is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.extract.people import find_meeting
from etl.lexicon import load_lexicon
from etl.records import Meeting
from etl.segment import split
from tests.pages import document_of

LEXICON = load_lexicon()


def meeting_of(text: str) -> Meeting:
    document = document_of(text)
    return find_meeting(document, split(document, LEXICON), LEXICON)


TITLE = "市疫情防控工作领导小组会议召开\n"

CASES = {
    # name: (body, chair, attendees)
    "chair_then_list": (
        "2月3日上午，市委书记周立群主持召开会议。市领导马晓东、高峰、李岚、初建伟出席。",
        ["周立群"],
        ["马晓东", "高峰", "李岚", "初建伟"],
    ),
    "chair_and_speaker_differ": (
        "3月5日，全县疫情防控工作会议召开。县委书记秦卫国出席并讲话，县长温晓梅主持会议。",
        ["温晓梅"],
        ["秦卫国"],
    ),
    "chair_calls_the_meeting": (
        "3月5日，石塘镇党委书记秦卫国在镇会议室召开防控工作会议。副镇长温晓梅参加会议。",
        ["秦卫国"],
        ["温晓梅"],
    ),
    "comes_to_us": (
        "3月5日，副县长秦卫国来我镇召开防控工作推进会。副镇长温晓梅参加会议。",
        [],
        ["秦卫国", "温晓梅"],
    ),
    "office_behind_a_name_behind_its_body": (
        "3月5日，市监管局秦卫国书记到石塘镇检查防控工作。副镇长温晓梅陪同检查。",
        [],
        ["秦卫国", "温晓梅"],
    ),
    "list_with_commas": (
        "3月5日，县长温晓梅主持会议。县委副书记秦卫国，副县长李岚，黄立，吕志远，各部门负责人参加会议。",
        ["温晓梅"],
        ["秦卫国", "李岚", "黄立", "吕志远"],
    ),
    "list_with_semicolons": (
        "3月5日，省卫健委召开电视会议。市卫健委副主任秦卫国；市直各部门负责人；市疾控中心主任参加会议。",
        [],
        ["秦卫国"],
    ),
    "slogan_in_what_is_done": (
        "3月5日，副市长秦卫国采取“四不两直”的方式对农贸市场防控措施进行督查。县长妥佳民陪同。",
        [],
        ["秦卫国", "妥佳民"],
    ),
    "titles_behind_names": (
        "3月5日，县委书记秦卫国主持召开会议。苗青副局长带领大家学习了文件。张丽萍代表说，基层缺人手。",
        ["秦卫国"],
        ["苗青", "张丽萍"],
    ),
    "items_without_a_name_in_a_list_of_titles": (
        "3月5日，局长秦卫国主持会议。副局长马晓东、纪检组组长某某、办公室主任李岚参加。护士苗青、患者家属受到表彰。",
        ["秦卫国"],
        ["马晓东", "李岚"],
    ),
    "who_is_represented": (
        "3月5日，县委书记秦卫国委托县长李岚主持召开会议。副县长马晓东代表县委书记秦卫国慰问医务人员。",
        ["李岚"],
        ["马晓东"],
    ),
    "comrades_in_a_list": (
        "3月5日，会议由秦卫国同志主持，县长李岚同志、副县长马晓东同志出席。",
        ["秦卫国"],
        ["李岚", "马晓东"],
    ),
    "head_of_a_group": (
        "3月5日，以县委书记秦卫国为组长的督导组到镇检查，镇长李岚陪同。",
        [],
        ["秦卫国", "李岚"],
    ),
    "labels_in_one_line": (
        "主持：秦卫国（局长） 参会：李岚（副局长）、马晓东 记录：孙悦",
        ["秦卫国"],
        ["李岚", "马晓东"],
    ),
    "by_video": (
        "3月5日，县长秦卫国主持会议，县委书记李岚以视频形式参会。",
        ["秦卫国"],
        ["李岚"],
    ),
    "nationality_in_brackets": (
        "3月5日，主席秦卫国（回族）主持会议，副主席李岚（女）、马晓东（回族）出席。",
        ["秦卫国"],
        ["李岚", "马晓东"],
    ),
    "leader_of_the_body_passed_on": (
        "3月5日，局长秦卫国主持召开会议。会议传达了省教育厅会议精神，省教育厅厅长夏明指出，各校要把好校门。",
        ["秦卫国"],
        [],
    ),
    "speaker_of_an_answer": (
        "3月5日，市政府举行疫情防控新闻发布会。\n问：为何还要检测？\n市疾控中心副主任满天星：潜伏期有差异。",
        [],
        ["满天星"],
    ),
    "chair_of_a_meeting_on_the_way": (
        "2月9日，副市长宗汉先后来到客运站、高铁站检查疫情防控，随后在高铁站主持召开现场会。",
        ["宗汉"],
        [],
    ),
    "slogan_that_looks_like_a_name": (
        "3月5日，局长秦卫国主持召开会议。秦卫国要求发挥“马背宣讲队”作用，指出要把政策送到牧民家门口。",
        ["秦卫国"],
        [],
    ),
    "titles_glued": (
        "5月6日，会议召开。市委常委、组织部部长胡建平，副市长陈立分别作具体部署，市长洪涛主持。",
        ["洪涛"],
        ["胡建平", "陈立"],
    ),
    "headquarters_roles": (
        "1月31日，领导小组开会。组长方志远主持，副组长严冬梅出席，成员万大海、安静、于光明参加。",
        ["方志远"],
        ["严冬梅", "万大海", "安静", "于光明"],
    ),
    "leader_quoted_by_the_meeting": (
        "3月5日，县委书记周立群主持召开会议。会议指出，习近平总书记强调，要统筹推进防控和发展。",
        ["周立群"],
        [],
    ),
    "passive_chair": (
        "会议由党委副书记、总经理、疫情防控工作领导小组组长常万里主持，各部门负责人参加会议。",
        ["常万里"],
        [],
    ),
    "lines_broken_by_hand": (
        "2月10日，县委召开疫情防控工作会议，研究部署近期重点工作。县委书记周立群主持会\n"
        "议并讲话，县长马晓东，县委副书记李岚，县人大常委会主任初建伟、县政协主席高峰\n"
        "出席会议。会议强调，要抓好各项措施的落实，守住不发生规模性疫情的底线，做好各\n"
        "项工作。",
        ["周立群"],
        ["马晓东", "李岚", "初建伟", "高峰"],
    ),
    "inner_blank": (
        "2月10日，省委召开会议。省委书记李  强主持，省长王　刚、副省长诸葛明远出席会议。",
        ["李强"],
        ["王刚", "诸葛明远"],
    ),
    "minority_names": (
        "8月4日，自治区召开会议。自治区党委书记马明主持，自治区主席艾山江·吐尔迪、副主席巴特尔、布小红出席会议。",
        ["马明"],
        ["艾山江·吐尔迪", "巴特尔", "布小红"],
    ),
    "many_clauses_before_the_verb": (
        "会议召开。市委书记朱建军主持会议并讲话，市长孙丽华，市人大常委会主任殷国强，市政协主席雷鸣，"
        "市人大常委会、市政府、市政协负责同志，市法院院长、市检察院检察长等出席会议。",
        ["朱建军"],
        ["孙丽华", "殷国强", "雷鸣"],
    ),
    "conveyed_leaders": (
        "2月4日，县委常委会召开会议，传达学习习近平总书记重要讲话和省委书记高建国、市委书记罗文斌有关要求，"
        "按照李克强总理批示精神作出部署。县委书记谭家宝主持。",
        ["谭家宝"],
        [],
    ),
    "absent_sender_of_a_note": (
        "12月6日，全市疫情防控会议举行。市委书记彭宏伟作出批示，市长裘志强讲话。彭宏伟要求，全市立即行动。",
        [],
        ["裘志强"],
    ),
    "long_names_without_a_dot": (
        "8月4日，会议召开。自治州州长尼玛次仁主持会议，副州长乌云其其格出席。",
        ["尼玛次仁"],
        ["乌云其其格"],
    ),
    "words_in_brackets_behind_a_name": (
        "8月4日，会议召开。副局长田野（主持工作）主持会议，科长石磊（挂职）参加会议。",
        ["田野"],
        ["石磊"],
    ),
    "first_named_presides": (
        "8月4日，市委书记何川到机场检查防疫，市长齐心陪同，随后主持召开座谈会。",
        ["何川"],
        ["齐心"],
    ),
    "minutes_with_offices": (
        "2月3日召开疫情防控专题会。\n主持：副院长张志强\n参会人员：护理部主任李秀英、感控科科长王建华",
        ["张志强"],
        ["李秀英", "王建华"],
    ),
    "visited_people": (
        "2月8日，县长贺东来到社区检查疫情防控，看望慰问抗疫英雄刘铁柱和一线医务人员。贺东强调，要守好小区。",
        [],
        ["贺东"],
    ),
    "inspection_with_company": (
        "11月7日，市长刘振国深入城关区督导疫情防控工作，副市长马占山、市政府秘书长秦川一同督导。",
        [],
        ["刘振国", "马占山", "秦川"],
    ),
    "visit_then_meeting": (
        "8月1日，省长吴志隆到江州市检查并主持召开疫情防控调度会，副省长汤敏陪同。",
        ["吴志隆"],
        ["汤敏"],
    ),
    "chair_in_a_later_clause": (
        "3月4日，市委书记李海涛赴机场检查防疫，慰问一线人员，并主持召开座谈会。",
        ["李海涛"],
        [],
    ),
    "chair_named_a_sentence_before": (
        "3月4日，市委书记李海涛到机场检查防疫。随后，他主持召开座谈会，副市长温良参加。",
        ["李海涛"],
        ["温良"],
    ),
    "chair_on_behalf": (
        "3月4日，会议召开。受市委书记李海涛委托，市长温良主持会议。",
        ["温良"],
        [],
    ),
    "office_behind_the_name": (
        "2月25日，集团公司召开会议，万宝林总经理主持会议。最后，集团周文华董事长作总结讲话。",
        ["万宝林"],
        ["周文华"],
    ),
    "aside_between_name_and_verb": (
        "2月4日，副市长刘建先后到收费站、恒山路6公里处（路碑旁）、黄营路口检查防控工作。",
        [],
        ["刘建"],
    ),
    "offices_behind_names_of_a_list": (
        "7月9日，学校召开会议。郭荣江董事长、王庭树校长、周永书记、蓝永泉副校长副书记、郑穗兰校长助理参加会议。",
        [],
        ["郭荣江", "王庭树", "周永", "蓝永泉", "郑穗兰"],
    ),
    "adverb_that_looks_like_a_name": (
        "2月10日，学校召开会议，周密部署开学工作，强调要严把校门。党委副书记邬东主持会议。",
        ["邬东"],
        [],
    ),
    "called_by_family_name": (
        "1月27日，院长刘跃林组织召开领导小组会议，副院长吕翔、院长助理张铁军参加会议；会议由刘院长主持。",
        ["刘跃林"],
        ["吕翔", "张铁军"],
    ),
    "briefing": (
        "1月16日，市政府举行新闻发布会，市卫生健康委副主任张峰通报情况，市疾控中心主任顾青回答记者提问。",
        [],
        ["张峰", "顾青"],
    ),
    "people_listed_behind_a_label": (
        "2月16日，省疫情防控指挥部召开新闻发布会。\n参加发布会的人员包括：\n市长张家明，医疗队副总指挥康德文，第三医院副院长杜兵。",
        [],
        ["张家明", "康德文", "杜兵"],
    ),
    "minutes": (
        "2月3日召开疫情防控专题会。\n主持人：张志强\n参加人员：李秀英、王建华、欧阳宁\n列席人员：赵小兰",
        ["张志强"],
        ["李秀英", "王建华", "欧阳宁"],
    ),
    "reporters_and_editors": (
        "本报讯（记者 高远 通讯员 李想）11月7日，市长方圆主持召开疫情防控会议。\n责任编辑：王倩\n作者：张明",
        ["方圆"],
        [],
    ),
    "feature_without_a_sitting": (
        "疫情发生以来，商会会长卢大为在群里号召大家捐款，自己先捐2万元，常务副会长李同心等班子成员随后跟进。",
        [],
        [],
    ),
    "appointed_group": (
        "2月1日，学校召开会议，成立由书记任组长、副校长周宁任副组长的领导小组。校长钱学峰主持会议。",
        ["钱学峰"],
        [],
    ),
    "cited_headline": (
        "1月13日，公司召开党委会，书记曹文海主持会议。副总经理徐侃通报《王凯主持召开市疫情防控会议》。",
        ["曹文海"],
        ["徐侃"],
    ),
    "heard_a_report": (
        "2月9日，县长梁栋主持会议，听取副县长冯敏关于医疗救治的汇报。",
        ["梁栋"],
        ["冯敏"],
    ),
    "words_that_look_like_names": (
        "3月2日，会议召开。会议要求，金融、方舱、全体成员高度重视，安全任务要落实，各成员单位负责人参加。",
        [],
        [],
    ),
    "bodies_that_report": (
        "10月9日，市长刘捷主持会议。上城、萧山、钱塘三区作了汇报，市公安局、市教育局负责人发言。",
        ["刘捷"],
        [],
    ),
    "office_of_a_deputy": (
        "4月11日，指挥部召开会议，市委书记刘强主持，代市长于海和市委副书记杨峰出席。",
        ["刘强"],
        ["于海", "杨峰"],
    ),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_people_are_told_apart_when(case: str) -> None:
    body, chair, attendees = CASES[case]
    meeting = meeting_of(TITLE + body)
    assert meeting.names("chair") == chair
    assert sorted(meeting.names("attendee")) == sorted(attendees)


def test_chair_is_found_when_only_the_headline_says_who_presides() -> None:
    text = (
        "宁国栋主持召开疫情防控会议\n会议听取了各组汇报，副区长薛梅就物资保供发言。\n宁国栋在总结时说，大家抓紧落实。"
    )
    assert meeting_of(text).names("chair") == ["宁国栋"]


def test_observers_are_no_attendees_when_they_sit_in() -> None:
    meeting = meeting_of(TITLE + "2月3日，校长钱学峰主持会议，教务处处长陶然、保卫处处长熊伟列席会议。")
    assert meeting.names("observer") == ["陶然", "熊伟"]
    assert meeting.names("attendee") == []


def test_speakers_keep_their_titles_when_they_speak() -> None:
    meeting = meeting_of(TITLE + "2月3日，市委常委、组织部部长胡建平主持会议。\n胡建平强调，要抓好落实。")
    assert [(p.name, p.role, p.title) for p in meeting.people] == [
        ("胡建平", "chair", "市委常委、组织部部长"),
        ("胡建平", "speaker", "市委常委、组织部部长"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("4月6日，市委召开会议。会议以电视电话会议形式召开，各区设分会场。", "teleconference"),
        ("4月6日，市长周宁主持召开视频调度会。", "teleconference"),
        ("4月6日，县委召开现场办公会，研究疫情防控。", "in_person"),
        ("4月6日，县委召开会议，传达全省电视电话会议精神。", None),
        ("4月6日，全国电视电话会议结束后，县委随即召开会议。", None),
    ],
)
def test_venue_is_told_when_the_text_says_so(body: str, expected: str | None) -> None:
    assert meeting_of(TITLE + body).venue_format == expected


def test_spans_cut_the_names_when_people_are_found() -> None:
    text = TITLE + "2月3日，市委书记周立群主持会议，马晓东、李岚、艾山江·吐尔迪出席。\n周立群强调，要抓落实。"
    for person in meeting_of(text).people:
        assert text[person.start : person.end] == person.name


@pytest.mark.parametrize(
    ("lead", "chair"),
    [
        ("当前疫情形势严峻。习近平总书记主持召开中央政治局常委会会议，研究防控工作。我们倡议会员捐助物资。", []),
        ("2月3日，中共中央政治局常务委员会召开会议。习近平总书记主持会议。", ["习近平"]),
    ],
)
def test_the_leader_is_there_only_where_the_text_opens_with_a_sitting(lead: str, chair: list[str]) -> None:
    assert meeting_of("致会员的倡议书\n" + lead).names("chair") == chair


def test_people_are_read_from_the_short_lines_of_a_public_account() -> None:
    text = "全力防疫\n近期\n形势严峻。\n坚定不移，\n1月28日，检察长罗立山主持召开党组会。\n会议强调\n要管好。"
    assert meeting_of(text).names("chair") == ["罗立山"]


def test_the_leader_is_not_there_when_his_speech_was_studied_at_a_sitting() -> None:
    text = "2月27日，我院召开党组会。\n会议指出，习近平总书记的讲话深刻分析了当前形势。"
    assert meeting_of(text).names("attendee") == []


def test_who_heads_a_group_that_was_founded_is_not_there_by_that() -> None:
    text = TITLE + "会上，学习了文件，成立了以检察长罗立山同志为组长、其他成员为副组长的领导小组，并成立专班开展工作。"
    assert meeting_of(text).names("attendee") == []


def test_how_an_office_is_held_may_stand_in_brackets() -> None:
    text = TITLE + "院长金山，副书记李洋，副院长（挂职）殷国栋、综合办主任符慈参加会议。"
    assert "殷国栋" in meeting_of(text).names("attendee")


def test_labelled_pages_agree_when_people_are_found() -> None:
    folder = Path(__file__).parent / "cases" / "pages"
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["script"] != "hans":
            continue  # script is normalise's subject
        meeting = meeting_of(path.with_suffix(".txt").read_text("utf-8"))
        assert sorted(meeting.names("chair")) == sorted(gold["chair"]), path.name
        assert sorted(meeting.names("attendee")) == sorted(gold["attendees"]), path.name


@pytest.mark.parametrize(
    "text", ["书记" * 20000, "王、" * 20000, "王·" * 20000, "主持" * 20000, "市长王明、李强，" * 5000]
)
def test_hostile_text_is_read_in_linear_time_when_one_line(text: str) -> None:
    meeting_of(TITLE + text)
