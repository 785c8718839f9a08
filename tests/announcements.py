"""Invented announcements and folders of them, for tests of builds."""

from __future__ import annotations

from pathlib import Path

WUHAN = """武汉市召开疫情防控工作调度会

2022年3月1日上午，武汉市委书记郭远山主持召开疫情防控工作调度会。
会议强调，一要开展全员核酸检测，做到应检尽检。二要做好隔离点管理，严禁人员聚集。
"""
CHENGDU = """成都市召开疫情防控指挥部会议

2022年4月2日，成都市疫情防控指挥部召开会议，市长何青川主持。
会议要求，要加快推进疫苗接种，做好生活必需品保供稳价。
"""
NANNING = """南宁市发布通告

2021年8月5日，南宁市疫情防控指挥部发布通告。
一、全市中小学一律暂停线下教学。
二、从外地返回人员必须主动报备。
"""


def make_folder(folder: Path, **texts: str | bytes) -> Path:
    """A folder of announcements: make_folder(tmp_path / "a", wuhan=WUHAN) writes a/wuhan.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
