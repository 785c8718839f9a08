"""Records made elsewhere, and indices: what is taken, what is refused and how it is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from etl.build import build, extract_records
from etl.errors import BuildError, SourceError
from etl.indicators import load_indicators
from etl.lexicon.tables import DATA
from etl.load import load_records
from tests.announcements import CHENGDU, WUHAN, make_folder
from warehouse.connection import open_published, published_path
from warehouse.settings import ROOT

TEXT = "某市召开会议。要开展核酸检测，严禁聚集。"
RECORD: dict[str, Any] = {
    "source": "elsewhere/1.txt",
    "text": TEXT,
    "doc_type": "meeting",
    "meeting_date": "2022-03-01",
    "region": {"path": ["湖北省", "武汉市"]},
    "issuer": "武汉市人民政府",
    "issuer_kind": "government",
    "chair": ["郭远山"],
    "directives": [
        {
            "text": "要开展核酸检测，严禁聚集。",
            "start": 7,
            "end": 20,
            "strength": "strict",
            "measures": [{"category": "testing", "terms": [{"text": "核酸检测", "start": 10, "end": 14}]}],
        }
    ],
}
TINY_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def rows(directory: Path, query: str) -> list[tuple[Any, ...]]:
    with open_published(directory) as connection:
        return connection.execute(query).fetchall()


def write_lines(path: Path, *lines: object) -> Path:
    """A JSON Lines file; strings are written as they are."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


# Records


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(json.loads((DATA / "record.schema.json").read_text("utf-8")))


def test_schema_names_every_key_that_extract_writes() -> None:
    schema = json.loads((DATA / "record.schema.json").read_text("utf-8"))
    record = next(iter(extract_records([ROOT / "etl" / "sample" / "bj-d01.txt"])))
    assert isinstance(record, dict)
    assert set(record) <= set(schema["properties"])
    Draft202012Validator(schema).validate(record)


def test_warehouse_is_the_same_when_records_go_through_a_file(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    write_lines(tmp_path / "records.jsonl", *extract_records([folder]))
    build([folder], warehouse)
    load_records([tmp_path / "records.jsonl"], tmp_path / "loaded")
    for query in (
        "SELECT * EXCLUDE (metadata_sha256, rules_version) FROM documents ORDER BY ALL",
        "SELECT * FROM directives ORDER BY ALL",
        "SELECT * FROM measures ORDER BY ALL",
        "SELECT * FROM people ORDER BY ALL",
        "SELECT * FROM issuers ORDER BY ALL",
    ):
        assert rows(tmp_path / "loaded", query) == rows(warehouse, query)


def test_record_fills_the_tables_when_loaded(tmp_path: Path, warehouse: Path) -> None:
    summary = load_records([write_lines(tmp_path / "r.jsonl", RECORD)], warehouse)
    assert (summary.load.documents_new, summary.directive_count) == (1, 1)
    assert rows(warehouse, "SELECT adcode, province_adcode, date_basis, date_precision, script FROM documents") == [
        ("420100", "420000", "metadata", "day", "hans")
    ]
    assert rows(warehouse, "SELECT seq, ordinal, strength, main_category FROM directives") == [
        (1, None, "strict", "testing")
    ]
    assert rows(warehouse, "SELECT name, role, title FROM people") == [("郭远山", "chair", None)]


def test_two_keys_are_enough_when_nothing_else_is_known(tmp_path: Path, warehouse: Path) -> None:
    load_records([write_lines(tmp_path / "r.jsonl", {"source": "x/1.txt", "text": TEXT})], warehouse)
    assert rows(
        warehouse,
        "SELECT source, doc_type, date, adcode, issuer_id, directive_count, url_role, raw_text FROM documents",
    ) == [("x/1.txt", "other", None, None, None, 0, "none", TEXT)]


def test_path_goes_on_below_its_code_when_a_street_has_none(tmp_path: Path, warehouse: Path) -> None:
    region = {"adcode": "420106", "path": ["湖北省", "武汉市", "武昌区", "某街道"]}
    load_records([write_lines(tmp_path / "r.jsonl", RECORD | {"region": region})], warehouse)
    assert rows(warehouse, "SELECT adcode, region_path[-1] FROM documents") == [("420106", "某街道")]


def test_township_counts_for_its_county_when_it_has_no_code(tmp_path: Path, warehouse: Path) -> None:
    region = {"path": ["湖北省", "武汉市", "武昌区", "某街道"]}
    load_records([write_lines(tmp_path / "r.jsonl", RECORD | {"region": region})], warehouse)
    assert rows(warehouse, "SELECT adcode, region_path[-1] FROM documents") == [("420106", "某街道")]


# name: what is wrong, and what is said of it
WRONG: dict[str, tuple[object, str]] = {
    "truncated": ('{"source": "x", "text": "cut', "is not JSON"),
    "half a surrogate pair": ('{"source": "x", "text": "\\ud800"}', "is not JSON"),
    "no object": ('["a", "list"]', "is not of type 'object'"),
    "deeply nested": ("[" * 100_000, "is not JSON"),
    "no source": ({"text": TEXT}, "'source' is a required property"),
    "no text": ({"source": "x"}, "'text' is a required property"),
    "unknown type": (RECORD | {"doc_type": "speech"}, "doc_type: 'speech' is not one of"),
    "no such day": (RECORD | {"meeting_date": "2022-02-30"}, "meeting_date '2022-02-30' is no day"),
    "before the epidemic": (RECORD | {"meeting_date": "2016-02-03"}, "lies outside 2019-12-01"),
    "no meeting, before the epidemic": (
        {"source": "x", "text": TEXT, "meeting_date": "1021-02-03"},
        "meeting_date 1021-02-03 lies outside 2019-12-01",
    ),
    "no meeting, in the future": (
        {"source": "x", "text": TEXT, "meeting_date": "9999-12-31", "date_precision": "day"},
        "meeting_date 9999-12-31 lies outside 2019-12-01",
    ),
    "published in antiquity": (RECORD | {"published_date": "0001-01-01"}, "published_date 0001-01-01 lies outside"),
    "published in the future": (RECORD | {"published_date": "2099-12-31"}, "published_date 2099-12-31 lies outside"),
    "in force in the future": (RECORD | {"effective_date": "2099-12-31"}, "effective_date 2099-12-31 lies outside"),
    "no such day passed on": (
        RECORD | {"conveyed": [{"as_written": TEXT[:6], "start": 0, "end": 6, "meeting_date": "2021-02-29"}]},
        "conveyed[0].meeting_date '2021-02-29' is no day",
    ),
    "unknown key": (RECORD | {"bogus": 1}, "('bogus' was unexpected)"),
    "misspelt key": (RECORD | {"Meeting_date": "2022-03-01"}, "('Meeting_date' was unexpected)"),
    "unknown key of a directive": (
        RECORD | {"directives": [RECORD["directives"][0] | {"kind": "order"}]},
        "directives[0]: Additional properties are not allowed ('kind' was unexpected)",
    ),
    "region that contradicts itself": (
        RECORD | {"region": {"adcode": "110000", "path": ["上海市"]}},
        "region.path '上海市' does not lie in 北京市, which has region.adcode '110000'",
    ),
    "region of another planet": (
        RECORD | {"region": {"adcode": None, "path": ["火星省", "某市"]}},
        "region.path '火星省/某市' begins with no province of regions.tsv",
    ),
    "unknown region": (RECORD | {"region": {"adcode": "999999"}}, "region.adcode '999999'"),
    "span beside its text": (
        RECORD | {"directives": [RECORD["directives"][0] | {"start": 8}]},
        "directives[0].text '要开展核酸检测，严禁聚集。' is not what text[8:20] cuts",
    ),
    "wrong number": (RECORD | {"directives": [RECORD["directives"][0] | {"seq": 2}]}, "seq is 2 where 1 is due"),
    "unknown category": (
        RECORD | {"directives": [RECORD["directives"][0] | {"measures": [{"category": "magic"}]}]},
        "the category 'magic'",
    ),
    "span outside": (
        RECORD | {"figures": [{"value": 1, "unit": "人", "start": 0, "end": 99}]},
        "figures[0] spans 0 to 99, outside the text of 20 characters",
    ),
    "offsets fall": (RECORD | {"offsets": {"text_starts": [0, 9, 3], "raw_starts": [0, 1, 2]}}, "text_starts"),
    "type": (RECORD | {"figures": [{"value": "viel", "unit": "人", "start": 0, "end": 1}]}, "'viel'"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Reason and detail by source, of a file that has a sound line, an empty one, and every wrong one."""
    folder = tmp_path_factory.mktemp("refused")
    lines = [line for line, _ in WRONG.values()]
    load = load_records([write_lines(folder / "r.jsonl", RECORD, "", *lines)], folder / "warehouse").load
    assert (load.documents_new, load.documents_rejected) == (1, len(WRONG))
    rejects = rows(folder / "warehouse", "SELECT source, reason, detail FROM rejects")
    return {source: (reason, detail) for source, reason, detail in rejects}


@pytest.mark.parametrize("case", WRONG)
def test_line_is_rejected_with_its_number_when_it_is_wrong(refused: dict[str, tuple[str, str]], case: str) -> None:
    number = list(WRONG).index(case) + 3
    reason, found = refused[f"r.jsonl#{number}"]
    assert reason == "malformed"
    assert found.startswith(f"line {number}: ")
    assert WRONG[case][1] in found
    assert found.endswith("correct the record and load the file again")


def test_every_line_is_rejected_or_stored_when_the_file_is_binary(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(TINY_PNG * 20)
    with pytest.raises(BuildError, match="nothing was published"):
        load_records([tmp_path / "r.jsonl"], warehouse)
    assert not (warehouse / "current.duckdb").exists()


def test_first_record_stands_when_one_is_repeated(tmp_path: Path, warehouse: Path) -> None:
    later = RECORD | {"title": "后来者"}
    other_id = {"source": RECORD["source"], "text": TEXT, "document_id": "another"}
    load = load_records([write_lines(tmp_path / "r.jsonl", RECORD, later, other_id)], warehouse).load
    assert (load.documents_new, load.documents_rejected) == (1, 2)
    assert rows(warehouse, "SELECT title FROM documents") == [(None,)]
    assert rows(warehouse, "SELECT reason, count(*) FROM rejects GROUP BY reason") == [("repeated", 2)]


def test_source_is_taken_when_another_document_has_it(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN)
    build([folder], warehouse)
    taken = {"source": "city/wuhan.txt", "text": TEXT, "document_id": "mine"}
    load = load_records([write_lines(tmp_path / "r.jsonl", taken, RECORD)], warehouse).load
    assert (load.documents_new, load.documents_rejected) == (1, 1)
    assert rows(warehouse, "SELECT detail FROM rejects")[0][0].startswith(
        "source city/wuhan.txt belongs to document_id"
    )


def test_record_replaces_the_document_of_its_id_and_the_build_takes_it_back(tmp_path: Path, warehouse: Path) -> None:
    folder = make_folder(tmp_path / "city", wuhan=WUHAN, chengdu=CHENGDU)
    build([folder], warehouse)
    (record,) = (r for r in extract_records([folder]) if isinstance(r, dict) and r["source"] == "city/wuhan.txt")
    lines = write_lines(tmp_path / "r.jsonl", record | {"title": "另一个标题"})
    load = load_records([lines], warehouse).load
    assert (load.documents_changed, load.documents_withdrawn) == (1, 0)
    assert rows(warehouse, "SELECT change, fields FROM changes WHERE load_id = 2") == [("rules_changed", ["title"])]
    assert load_records([lines], warehouse).published is None
    build([folder], warehouse)
    assert rows(warehouse, "SELECT change, fields FROM changes WHERE load_id = 3") == [("rules_changed", ["title"])]
    assert rows(warehouse, "SELECT title FROM documents WHERE source = 'city/wuhan.txt'") == [(record["title"],)]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_message_names_the_file_when_it_holds_no_record(tmp_path: Path, warehouse: Path, text: str) -> None:
    (tmp_path / "r.jsonl").write_text(text)
    with pytest.raises(SourceError, match=r"r\.jsonl"):
        load_records([tmp_path / "r.jsonl"], warehouse)
    with pytest.raises(SourceError, match=r"none\.jsonl"):
        load_records([tmp_path / "none.jsonl"], warehouse)


def test_renamed_body_is_one_issuer_when_loaded(tmp_path: Path, warehouse: Path) -> None:
    names = ["武汉市新冠肺炎疫情防控指挥部", "武汉市新冠肺炎疫情防控指挥部", "武汉市新型肺炎防控指挥部"]
    records = [RECORD | {"source": f"x/{i}.txt", "issuer": name} for i, name in enumerate(names)]
    load_records([write_lines(tmp_path / "r.jsonl", *records)], warehouse)
    assert rows(warehouse, "SELECT name, aliases FROM issuers") == [(names[0], [names[2]])]
    assert rows(warehouse, "SELECT count(DISTINCT issuer_id) FROM documents") == [(1,)]


def test_dates_at_the_bounds_are_taken_when_they_are_today_s(tmp_path: Path, warehouse: Path) -> None:
    today = datetime.now(UTC).date()
    republished = {"published_date": "2023-08-01"}
    of_today = {"published_date": today.isoformat(), "effective_date": (today + timedelta(90)).isoformat()}
    records = [RECORD | {"source": f"x/{i}.txt"} | dates for i, dates in enumerate((republished, of_today))]
    assert load_records([write_lines(tmp_path / "r.jsonl", *records)], warehouse).load.documents_new == 2


# Indices

WIDE = """CountryCode,CountryName,RegionCode,RegionName,CityCode,CityName,Jurisdiction,01Jan2020,02Jan2020
CHN,China,CHN_HB,Hubei,,,STATE_TOTAL,1.5,2
CHN,China,,,,,NAT_TOTAL,3,
CHN,China,CHN_XX,Atlantis,,,STATE_TOTAL,1,1
USA,United States,,,,,NAT_TOTAL,9,9
"""
LONG = """region,date,name,value,attribution
湖北省/武汉市,2020-01-02,mobility,-12.5,某研究所
,2020-01-02,mobility,7,
某地,2020-01-02,mobility,7,
湖北省,2020-01-32,mobility,7,
湖北省,2020-01-03,mobility,nan,
"""


def test_published_series_is_taken_as_it_is(tmp_path: Path, warehouse: Path) -> None:
    path = tmp_path / "OxCGRT_timeseries_StringencyIndex_v1.csv"
    path.write_text(WIDE)
    load_indicators([path], warehouse)
    assert rows(warehouse, "SELECT name, adcode, region, date::VARCHAR, value FROM indicators ORDER BY ALL") == [
        ("StringencyIndex", "420000", "Hubei", "2020-01-01", 1.5),
        ("StringencyIndex", "420000", "Hubei", "2020-01-02", 2.0),
        ("StringencyIndex", None, "China", "2020-01-01", 3.0),
    ]
    assert rows(warehouse, "SELECT DISTINCT attribution LIKE 'Hale T.%CC BY 4.0' FROM indicators") == [(True,)]
    assert rows(warehouse, "SELECT source, detail FROM rejects") == [
        (
            f"{path.name}#4",
            "line 4: RegionName 'Atlantis' is no province of province_names.tsv; correct it and import the file again",
        )
    ]


def test_long_rows_are_taken_and_wrong_ones_rejected(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "mobility.csv").write_text(LONG, "utf-8-sig")
    load_indicators([tmp_path / "mobility.csv"], warehouse)
    assert rows(warehouse, "SELECT name, adcode, value, attribution FROM indicators ORDER BY value") == [
        ("mobility", "420100", -12.5, "某研究所"),
        ("mobility", None, 7.0, None),
    ]
    assert [line for (line,) in rows(warehouse, "SELECT source FROM rejects ORDER BY source")] == [
        "mobility.csv#4",
        "mobility.csv#5",
        "mobility.csv#6",
    ]


def test_values_are_replaced_and_all_else_is_carried_over(tmp_path: Path, warehouse: Path) -> None:
    build([make_folder(tmp_path / "city", wuhan=WUHAN)], warehouse)
    path = tmp_path / "index.csv"
    path.write_text(WIDE)
    load_indicators([path], warehouse, name="Index")
    path.write_text(WIDE.replace("1.5", "4.5").replace("02Jan2020", "03Jan2020"))
    load_indicators([path], warehouse, name="Index")
    assert rows(warehouse, "SELECT date::VARCHAR, value FROM indicators WHERE adcode = '420000' ORDER BY date") == [
        ("2020-01-01", 4.5),
        ("2020-01-02", 2.0),
        ("2020-01-03", 2.0),
    ]
    assert rows(warehouse, "SELECT source FROM documents") == [("city/wuhan.txt",)]
    assert load_indicators([path], warehouse, name="Index").published is None
    build([make_folder(tmp_path / "other", chengdu=CHENGDU)], warehouse)
    assert rows(warehouse, "SELECT count(*) FROM indicators") == [(4,)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b\n1,2\n", "neither"),
        (b"", "neither"),
        (TINY_PNG, "UTF-8"),
        (WIDE.replace("CHN", "FRA").encode(), "holds no value"),
    ],
)
def test_published_build_stands_when_the_file_has_no_values(
    tmp_path: Path, warehouse: Path, data: bytes, message: str
) -> None:
    good = build([make_folder(tmp_path / "city", wuhan=WUHAN)], warehouse).published
    (tmp_path / "i.csv").write_bytes(data)
    with pytest.raises(SourceError, match=message):
        load_indicators([tmp_path / "i.csv"], warehouse)
    assert published_path(warehouse) == good
