"""The gazetteer, bodies and events as data: complete, consistent, and refused where they are not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.errors import LexiconError
from etl.lexicon import load_lexicon
from etl.lexicon.bodies import load_bodies
from etl.lexicon.events import load_events
from etl.lexicon.places import load_gazetteer
from etl.lexicon.tables import DATA

LEXICON = load_lexicon()
PLACES = LEXICON.gazetteer.places


def test_all_provinces_are_there_with_their_english_names() -> None:
    provinces = [place for place in PLACES.values() if place.level == "province"]
    assert len(provinces) == 34
    assert sum(1 for place in provinces if place.oxcgrt_name) == 31
    assert PLACES["540000"].oxcgrt_name == "Tibet"
    assert PLACES["150000"].name_en == "Inner Mongolia"
    assert PLACES["610000"].name_en == "Shaanxi"


def test_counties_and_prefectures_are_complete() -> None:
    levels = Counter(place.level for place in PLACES.values())
    assert levels["prefecture"] == 334  # 333 and 雄安新区
    assert levels["county"] > 2_850


@pytest.mark.parametrize(
    ("adcode", "path"),
    [
        ("310114", ("上海市", "嘉定区")),
        ("420103", ("湖北省", "武汉市", "江汉区")),
        ("429004", ("湖北省", "仙桃市")),
        ("469002", ("海南省", "琼海市")),
        ("659001", ("新疆维吾尔自治区", "石河子市")),
        ("441900", ("广东省", "东莞市")),
        ("810002", ("香港特别行政区", "湾仔区")),
        ("133100", ("河北省", "雄安新区")),
    ],
)
def test_a_path_runs_from_the_province_down(adcode: str, path: tuple[str, ...]) -> None:
    assert PLACES[adcode].path == path
    assert PLACES[adcode].codes[-1] == adcode


@pytest.mark.parametrize(
    ("adcode", "name", "valid_from", "valid_to"),
    [
        ("330104", "江干区", None, "2021-04"),
        ("330113", "临平区", "2021-04", None),
        ("330102", "上城区", None, None),
        ("220381", "公主岭市", None, "2020-06"),
        ("220184", "公主岭市", "2020-06", None),
        ("654203", "沙湾市", "2021-01", None),
    ],
)
def test_a_unit_that_changed_keeps_its_old_row(
    adcode: str, name: str, valid_from: str | None, valid_to: str | None
) -> None:
    place = PLACES[adcode]
    assert (place.name_zh, place.valid_from, place.valid_to) == (name, valid_from, valid_to)


@pytest.mark.parametrize(
    ("adcode", "short", "english"),
    [
        ("610100", "西安", "Xi'an"),
        ("533100", "德宏", "Dehong Prefecture"),
        ("110105", "朝阳", "Chaoyang District"),
        ("130225", "乐亭", "Laoting County"),
        ("330382", "乐清", "Yueqing"),
        ("150900", "乌兰察布", "Ulanqab"),
        ("520326", "务川", "Wuchuan County"),
        ("341324", "泗县", "Si County"),
        ("620402", "白银", "Baiyin District"),
    ],
)
def test_short_and_english_names_read_as_people_write_them(adcode: str, short: str, english: str) -> None:
    assert (PLACES[adcode].short_zh, PLACES[adcode].name_en) == (short, english)


def test_bodies_have_one_owner_a_name_and_a_known_seat() -> None:
    names = [name for body in LEXICON.bodies for name in (body.name, *body.aliases)]
    assert len(names) == len(set(names))
    assert all(body.adcode is None or body.adcode in PLACES for body in LEXICON.bodies)
    assert all(body.adcode is None for body in LEXICON.bodies if body.level == "national")


def test_events_are_in_date_order_and_their_regions_are_units() -> None:
    events = load_events(LEXICON.gazetteer)
    assert len(events) == 80
    assert [event.date for event in events] == sorted(event.date for event in events)
    wuhan = next(event for event in events if event.date == "2020-01-23" and event.level == "prefecture")
    assert (wuhan.adcode, wuhan.region) == ("420100", "湖北省/武汉市")
    assert all((event.adcode is None) == (event.level == "national") for event in events)


def test_data_files_are_small() -> None:
    assert (DATA / "regions.tsv").stat().st_size < 300_000


def break_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str) -> None:
    """A copy of the data files in which one cell is wrong."""
    for path in DATA.glob("*.tsv"):
        text = path.read_text("utf-8")
        if path.name == name:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / path.name).write_text(text, "utf-8")
    for module in ("places", "bodies", "events"):
        monkeypatch.setattr(f"etl.lexicon.{module}.DATA", tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("regions.tsv", "county\t110000", "county\t119999", "parent_adcode '119999'"),
        ("regions.tsv", "\tcounty\t", "\ttown\t", "level 'town'"),
        ("place_words.tsv", "\ttrap", "\tsnare", "role 'snare'"),
        ("functional_districts.tsv", "\t110000", "\t990000", "adcode '990000'"),
    ],
)
def test_a_broken_gazetteer_is_refused_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, message: str
) -> None:
    break_file(tmp_path, monkeypatch, name, old, new)
    with pytest.raises(LexiconError, match=rf"{name} line \d+: .*{message}"):
        load_gazetteer()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tdepartment\tnational", "\tministry\tnational", "kind 'ministry'"),
        ("教育部\t\t", "教育部\t教育部\t", "already belongs to 教育部"),
    ],
)
def test_a_broken_body_is_refused_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    break_file(tmp_path, monkeypatch, "bodies.tsv", old, new)
    with pytest.raises(LexiconError, match=rf"bodies.tsv line \d+: .*{message}"):
        load_bodies(LEXICON.gazetteer)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2020-01-20\t", "2020-13-20\t", "date '2020-13-20' is not a day"),
        ("2020-01-20\t", "2021-01-20\t", "keep the file in date order"),
        ("prefecture\t湖北省/武汉市", "prefecture\t湖北省/汉口市", "region '湖北省/汉口市'"),
        ("2020-01-20\tnational\t\t", "2020-01-20\tnational\t湖北省\t", "fits level national"),
    ],
)
def test_a_broken_event_is_refused_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    break_file(tmp_path, monkeypatch, "events.tsv", old, new)
    with pytest.raises(LexiconError, match=rf"events.tsv line \d+: .*{message}"):
        load_events(LEXICON.gazetteer)
