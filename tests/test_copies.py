"""Copies in the warehouse: the same announcement on several sites counts once, whatever was built before."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

import pytest
from opencc import OpenCC

from etl.build import build
from tests.damage import dress, furnish
from warehouse.connection import open_published

MEETING = """海州市召开疫情防控工作调度会

2022年3月8日上午，海州市委书记郭远山主持召开全市疫情防控工作调度会，分析当前形势，安排下一步工作。市长何青川出席。
会议指出，近期周边地区接连出现本土病例，输入风险明显上升，各级各部门要保持清醒头脑，克服麻痹思想。
会议强调，一要织密社区排查网，对从外地回来的人员逐户登记，当天核对、当天上报。二要提高检测能力，全员核酸检测要在24小时内完成，\
采样点早晚错峰开放。三要守住机场、火车站和高速公路出口，查验健康码和行程卡，严禁带病流动。四要保障米面油和蔬菜供应，\
严厉打击囤积居奇、哄抬物价。
会议要求，各县区要把责任落实到岗到人，市督查室每天通报进展，对工作不力的严肃追责。
"""
NEXT_WEEK = MEETING.replace("3月8日", "3月15日").replace("24小时", "12小时")
NOTICE = """海州市疫情防控指挥部通告（第3号）

根据当前疫情形势，现将有关事项通告如下：
一、自3月9日起，全市餐饮单位暂停堂食，可以提供外卖；影剧院、网吧、棋牌室、健身房一律暂停营业。
二、农贸市场、超市限制人流，进入人员必须佩戴口罩、测量体温、扫码登记，经营者每天消毒两次。
三、居民非必要不离开海州，确需离开的，须持48小时内核酸检测阴性证明，并向所在社区报备。
四、对拒不执行本通告的单位和个人，由公安机关依法处理。
"""
NEXT_NOTICE = NOTICE.replace("第3号", "第4号").replace("3月9日", "3月16日")
PROVINCE = """江苏省召开疫情防控工作领导小组会议

2022年3月5日，江苏省委书记高明亮主持召开省疫情防控工作领导小组会议。
会议强调，一要把外防输入作为当前最紧要的任务，对重点地区来人落实集中隔离和健康监测，绝不能出现一处漏管失控。
"""
CITY = """苏州市召开疫情防控指挥部会议

2022年3月6日，苏州市委书记周立群主持召开市疫情防控指挥部会议。
会议强调，一要把外防输入作为当前最紧要的任务，对重点地区来人落实集中隔离和健康监测，绝不能出现一处漏管失控。\
二要开通夜间急诊，照顾好孕产妇和透析病人。
"""
FIRST, SECOND, THIRD = "sites/a.txt", "sites/b.txt", "sites/c.html"
COPIES = """SELECT d.source, p.source, d.similarity, d.is_primary
    FROM documents AS d LEFT JOIN documents AS p ON p.document_id = d.duplicate_of ORDER BY ALL"""
FORWARDED = """SELECT d.text, s.text, f.similarity, f.shared_text FROM forwards AS f
    JOIN directives AS d USING (directive_id)
    JOIN directives AS s ON s.directive_id = f.source_directive_id ORDER BY ALL"""
COUNTED = """SELECT grouping, group_id, strength, date, directives, documents FROM mart_days ORDER BY ALL"""


def rows(directory: Path, query: str) -> list[tuple[Any, ...]]:
    with open_published(directory) as connection:
        return connection.execute(query).fetchall()


def groups(directory: Path) -> dict[str, str]:
    """Source → source of its primary, its own where it is one."""
    return {source: primary or source for source, primary, _, _ in rows(directory, COPIES)}


def fill(folder: Path, published: dict[str, str], **texts: str) -> Path:
    """A folder of announcements by file name, with the days on which they were published."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "url", "published_date"])
        writer.writerows([name, f"https://{name[0]}.example/1.html", day] for name, day in published.items())
    return folder


@pytest.fixture(scope="module")
def sites() -> dict[str, str]:
    """The meeting as three sites show it: plain; Traditional amid furniture; a web page with a source line."""
    traditional = OpenCC("s2t").convert(furnish(MEETING, Random(1)))
    page = dress(MEETING + "（来源：海州日报　记者：王晓　编辑：李岚）\n", Random(2))
    return {"a_txt": MEETING, "b_txt": traditional, "c_html": page.replace("gb2312", "utf-8")}


DAYS = {"a.txt": "2022-03-08", "b.txt": "2022-03-09", "c.html": "2022-03-10"}


def test_three_sites_are_one_announcement_when_built(sites: dict[str, str], tmp_path: Path) -> None:
    build([fill(tmp_path / "sites", DAYS, **sites)], tmp_path / "three")
    found = {
        source: (primary, like, is_primary) for source, primary, like, is_primary in rows(tmp_path / "three", COPIES)
    }
    assert found[FIRST] == (None, None, True)
    for copy in (SECOND, THIRD):
        primary, like, is_primary = found[copy]
        assert (primary, is_primary) == (FIRST, False)
        assert 0.85 < like <= 1
    build([fill(tmp_path / "alone" / "sites", DAYS, a_txt=MEETING)], tmp_path / "one")
    assert rows(tmp_path / "three", COUNTED) == rows(tmp_path / "one", COUNTED)
    assert rows(tmp_path / "three", "SELECT documents, copies FROM v_coverage WHERE documents > 0") == [(1, 2)]


def test_groups_are_those_of_a_full_build_when_sites_come_and_go(sites: dict[str, str], tmp_path: Path) -> None:
    folder, warehouse = tmp_path / "sites", tmp_path / "warehouse"

    def rebuilt() -> dict[str, str]:
        build([folder], warehouse)
        return groups(warehouse)

    fill(folder, DAYS, b_txt=sites["b_txt"], c_html=sites["c_html"])
    assert rebuilt() == {SECOND: SECOND, THIRD: SECOND}
    fill(folder, DAYS, a_txt=MEETING)  # published before them
    assert rebuilt() == {FIRST: FIRST, SECOND: FIRST, THIRD: FIRST}
    fill(folder, DAYS, a_txt=PROVINCE)
    assert rebuilt() == {FIRST: FIRST, SECOND: SECOND, THIRD: SECOND}
    (folder / "b.txt").unlink()
    fill(folder, {name: day for name, day in DAYS.items() if name != "b.txt"})
    assert rebuilt() == {FIRST: FIRST, THIRD: THIRD}
    fill(folder, DAYS, b_txt=sites["b_txt"])
    assert rebuilt() == {FIRST: FIRST, SECOND: SECOND, THIRD: SECOND}
    build([folder], tmp_path / "fresh")
    found = [
        [rows(directory, query) for query in (COPIES, FORWARDED, COUNTED)]
        for directory in (warehouse, tmp_path / "fresh")
    ]
    assert found[0] == found[1]
    build([folder], warehouse, full=True)
    assert [rows(warehouse, query) for query in (COPIES, FORWARDED, COUNTED)] == found[0]


def test_sittings_and_notices_of_one_wording_stay_apart_when_built(tmp_path: Path) -> None:
    texts = {"a_txt": MEETING, "b_txt": NEXT_WEEK, "c_txt": NOTICE, "d_txt": NEXT_NOTICE}
    texts |= {"e_txt": MEETING.replace("2022年", ""), "f_txt": NEXT_WEEK.replace("2022年", "")}
    build([fill(tmp_path / "sites", {}, **texts)], tmp_path / "warehouse")
    assert groups(tmp_path / "warehouse") == {
        "sites/a.txt": "sites/a.txt",
        "sites/b.txt": "sites/b.txt",
        "sites/c.txt": "sites/c.txt",
        "sites/d.txt": "sites/d.txt",
        "sites/e.txt": "sites/a.txt",  # without its year a copy of the first
        "sites/f.txt": "sites/b.txt",
    }


def test_words_of_a_higher_level_are_marked_when_built(tmp_path: Path) -> None:
    folder, warehouse = fill(tmp_path / "sites", {}, a_txt=PROVINCE, b_txt=CITY), tmp_path / "warehouse"
    build([folder], warehouse)
    ((directive, source, like, shared),) = rows(warehouse, FORWARDED)
    assert directive.startswith("一要把外防输入") and source.startswith("一要把外防输入")
    assert (
        shared == "一要把外防输入作为当前最紧要的任务，对重点地区来人落实集中隔离和健康监测，绝不能出现一处漏管失控。"
    )
    assert like > 0.95
    assert rows(warehouse, "SELECT seq, is_forwarded FROM v_directives WHERE level = 'prefecture' ORDER BY seq") == [
        (1, True),
        (2, False),
    ]
    counted = "SELECT sum(directives) FROM mart_days WHERE grouping = 'directive' AND strength = 'any'"
    assert rows(warehouse, counted) == [(2,)]
    (folder / "a.txt").unlink()
    fill(folder, {})
    build([folder], warehouse)
    assert rows(warehouse, FORWARDED) == []
    assert rows(warehouse, counted) == [(2,)]
