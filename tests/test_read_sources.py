"""Reading folders, files, standard input: every format, its metadata, and what becomes of what cannot be read."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.errors import SourceError
from etl.read import read_sources
from etl.read.limits import LARGEST_DOCUMENT
from etl.records import RawDocument, Reject

TEXT = "某市召开疫情防控会议\n2022年3月1日，会议要求：一要加强排查；二要做好保供。\n"


def read(*paths: Path | str, stdin: bytes | None = None) -> tuple[list[RawDocument], list[Reject]]:
    """What the readers give, documents and rejects apart."""
    found = list(read_sources([str(p) for p in paths], io.BytesIO(stdin) if stdin is not None else None))
    return [x for x in found if isinstance(x, RawDocument)], [x for x in found if isinstance(x, Reject)]


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_folder_is_read_recursively_and_sorted_when_it_is_a_source(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    for name in ("b.txt", "a.md", "sub/c.html", "sub/deeper/d.txt"):
        write(root / name)
    documents, rejects = read(root)
    assert [d.source for d in documents] == [
        "corpus/a.md",
        "corpus/b.txt",
        "corpus/sub/c.html",
        "corpus/sub/deeper/d.txt",
    ]
    assert [d.media_type for d in documents] == ["text/markdown", "text/plain", "text/html", "text/plain"]
    assert documents[1].data == TEXT.encode()
    assert rejects == []


def test_hidden_files_and_links_out_are_not_read_when_in_a_folder(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere" / "secret.txt")
    root = tmp_path / "corpus"
    write(root / "a.txt")
    write(root / ".hidden.txt")
    write(root / ".git" / "b.txt")
    (root / "link.txt").symlink_to(secret)
    (root / "folder").symlink_to(secret.parent)
    (root / "gone.txt").symlink_to(tmp_path / "nowhere")
    (root / "loop").symlink_to(root)
    documents, rejects = read(root)
    assert [d.source for d in documents] == ["corpus/a.txt"]
    assert sorted(r.source for r in rejects) == ["corpus/folder", "corpus/gone.txt", "corpus/link.txt"]
    assert {r.reason for r in rejects} == {"unreadable"}


def test_manifest_gives_metadata_when_it_stands_anywhere_in_the_tree(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    for name in ("a.txt", "sub/b.txt", "sub/c.txt"):
        write(root / name)
    write(
        root / "manifest.csv",
        "file,url,title,published_date,url_role\na.txt,http://a.cn/1,标题,2022年3月2日,facts\n"
        "sub/b.txt,http://a.cn/2,,,\n",
    )
    write(root / "sub" / "manifest.csv", "file,url\nb.txt,http://b.cn/2\nc.txt,http://b.cn/3\n")
    documents, rejects = read(root)
    assert [(d.url, d.title, d.published_date, d.url_role) for d in documents] == [
        ("http://a.cn/1", "标题", "2022-03-02", "facts"),
        ("http://b.cn/2", None, None, "source"),  # the nearer manifest counts
        ("http://b.cn/3", None, None, "source"),
    ]
    assert rejects == []


def test_manifest_rows_are_rejects_when_they_match_no_file(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    write(root / "a.txt")
    write(root / "manifest.csv", "file,url,published_date\na.txt,u,soon\ngone.txt,u,\n../a.txt,u,\na.txt,v,\n")
    documents, rejects = read(root)
    assert [(d.source, d.url, d.published_date) for d in documents] == [("corpus/a.txt", "u", None)]
    assert {r.source for r in rejects} == {"corpus/manifest.csv"}
    assert {r.reason for r in rejects} == {"metadata"}
    assert sorted(r.detail.split(":")[0] for r in rejects) == ["line 2", "line 3", "line 4", "line 5"]
    assert any("'soon' is no date" in r.detail for r in rejects)


def test_manifest_is_a_reject_when_it_has_no_file_column(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    write(tmp_path / "corpus" / "manifest.csv", "name,url\na.txt,u\n")
    documents, rejects = read(tmp_path / "corpus")
    assert len(documents) == 1
    assert "no column file among name, url" in rejects[0].detail


def test_manifest_names_the_columns_when_it_has_others(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    write(tmp_path / "corpus" / "manifest.csv", "file,url,date,titel,\na.txt,u,2022-03-02,标题,\n")
    documents, rejects = read(tmp_path / "corpus")
    assert [(d.url, d.title) for d in documents] == [("u", None)]
    assert [(r.source, r.reason) for r in rejects] == [("corpus/manifest.csv", "metadata")]
    assert rejects[0].detail.startswith("columns date, titel were passed over; known are file, url, ")


def test_manifest_is_read_when_it_is_in_gb18030(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    write(tmp_path / "corpus" / "manifest.csv", "file,title\na.txt,疫情防控会议\n".encode("gb18030"))
    documents, _ = read(tmp_path / "corpus")
    assert documents[0].title == "疫情防控会议"


def test_sidecar_counts_before_the_manifest_when_both_stand(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    write(root / "a.txt")
    write(root / "a.json", json.dumps({"url": "http://a.cn", "published_date": "2022-03-02T10:00:00+08:00"}))
    write(root / "manifest.csv", "file,url,title\na.txt,http://b.cn,标题\n")
    documents, rejects = read(root)
    assert [(d.url, d.title, d.published_date) for d in documents] == [("http://a.cn", "标题", "2022-03-02")]
    assert rejects == []


@pytest.mark.parametrize("content", ["{", "[1]", '{"published_date": "soon"}', "[" * 100_000])
def test_sidecar_is_a_reject_when_it_is_broken(tmp_path: Path, content: str) -> None:
    write(tmp_path / "corpus" / "a.txt")
    write(tmp_path / "corpus" / "a.json", content)
    documents, rejects = read(tmp_path / "corpus")
    assert len(documents) == 1
    assert [(r.source, r.reason) for r in rejects] == [("corpus/a.json", "metadata")]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2021-02-29", "published_date '2021-02-29' is no date"),
        ("2099-12-31", "published_date 2099-12-31 lies outside 2019-12-01 to "),
        ("1021/2/3", "published_date 1021-02-03 lies outside"),
        ("0000-00-00", "published_date '0000-00-00' is no date"),
    ],
)
def test_date_of_publication_is_a_reject_when_it_cannot_be(tmp_path: Path, written: str, why: str) -> None:
    row = {"text": TEXT, "url": "u", "published_date": written}
    documents, rejects = read(write(tmp_path / "all.jsonl", json.dumps(row)))
    assert [(d.url, d.published_date) for d in documents] == [("u", None)]
    assert [(r.reason, why in r.detail) for r in rejects] == [("metadata", True)]


@pytest.mark.parametrize(
    "written", ["2020-02-06T01:35:03Z", "2020/2/6", "2020年2月6日 09:35", "发布时间：2020-02-06 09:35", " 2020.02.06"]
)
def test_date_of_publication_is_read_when_written_in_any_way(tmp_path: Path, written: str) -> None:
    documents, rejects = read(write(tmp_path / "all.jsonl", json.dumps({"text": TEXT, "published_date": written})))
    assert ([d.published_date for d in documents], rejects) == (["2020-02-06"], [])


def test_single_file_has_its_metadata_when_it_is_a_source(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    write(tmp_path / "manifest.csv", "file,url\na.txt,u\nb.txt,v\nc.txt,w\n")
    documents, rejects = read(path)
    assert [(d.source, d.url) for d in documents] == [("a.txt", "u")]
    assert rejects == []


def test_json_lines_give_one_document_a_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": TEXT, "url": "u", "title": "标题", "published_date": "2022/3/2"}, ensure_ascii=False),
        "",
        json.dumps({"content": "内容\ud83d"}),
        json.dumps({"html": "<p>网页"}),
    ]
    documents, rejects = read(write(tmp_path / "all.jsonl", "\ufeff" + "\n".join(lines)))
    assert [d.source for d in documents] == ["all.jsonl#1", "all.jsonl#2", "all.jsonl#3"]
    assert documents[0] == RawDocument(
        "all.jsonl#1", TEXT.strip().encode(), "text/plain", "utf-8", "u", "标题", "2022-03-02"
    )
    assert documents[1].data.decode() == "内容\ufffd"
    assert documents[2].media_type == "text/html"
    assert rejects == []


def test_json_line_is_a_reject_naming_the_line_when_it_is_cut_off(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    content = (
        f'{good}\n{good[:-5]}\n[1]\n{{"url": "u"}}\n{{"text": "  "}}\n{"[" * 100000}\n{good}\n'.encode() + b'{"\xff'
    )
    documents, rejects = read(write(tmp_path / "all.jsonl", content))
    assert [d.source for d in documents] == ["all.jsonl#1", "all.jsonl#7"]
    assert [(r.source, r.reason) for r in rejects] == [
        ("all.jsonl#2", "malformed"),
        ("all.jsonl#3", "malformed"),
        ("all.jsonl#4", "malformed"),
        ("all.jsonl#5", "empty"),
        ("all.jsonl#6", "malformed"),
        ("all.jsonl#8", "encoding"),
    ]
    assert "line 2 is no JSON" in rejects[0].detail
    assert rejects[2].detail == "line 4: no text among the fields url; name the column or key text"


def test_csv_gives_one_document_a_row(tmp_path: Path) -> None:
    stream = io.StringIO()
    rows = [["Text", "url", "published_date"], [TEXT, "u", "2022-03-02"], ["一,二\n“三”", "", ""], ["x", "u", "y"]]
    csv.writer(stream).writerows(rows)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path = write(tmp_path / f"{encoding}.csv", stream.getvalue().encode(encoding))
        documents, rejects = read(path)
        assert [d.source for d in documents] == [f"{path.name}#{n}" for n in (1, 2, 3)]
        assert documents[0].data.decode() == TEXT.strip()
        assert documents[1].data.decode() == "一,二\n“三”"
        assert [(r.source, r.reason) for r in rejects] == [(f"{path.name}#3", "metadata")]


def test_csv_rows_are_rejects_when_they_are_broken(tmp_path: Path) -> None:
    documents, rejects = read(write(tmp_path / "a.csv", "text,url\n好,u,v,w\n好,u\n"))
    assert [d.source for d in documents] == ["a.csv#2"]
    assert "4 cells under 2 columns" in rejects[0].detail
    _, rejects = read(write(tmp_path / "b.csv", "name,url\n好,u\n"))
    assert rejects[0].detail == "no column for the text among name, url; name it text"
    documents, rejects = read(write(tmp_path / "c.csv", 'text\n好\n"' + "长" * (LARGEST_DOCUMENT + 10)))
    assert [d.source for d in documents] == ["c.csv#1"]
    assert "field larger than field limit" in rejects[0].detail


def test_parquet_gives_one_document_a_row(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    pq.write_table(pa.table({"content": [TEXT, None], "url": ["u", "v"], "other": [1, 2]}), path)
    documents, rejects = read(path)
    assert [(d.source, d.url, d.data.decode()) for d in documents] == [("all.parquet#1", "u", TEXT.strip())]
    assert [(r.source, r.reason) for r in rejects] == [("all.parquet#2", "empty")]
    _, rejects = read(write(tmp_path / "broken.parquet", path.read_bytes()[:-9]))
    assert [(r.source, r.reason) for r in rejects] == [("broken.parquet", "malformed")]


@pytest.mark.parametrize("gz", [False, True])
def test_web_archive_gives_its_pages(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / ("crawl.warc.gz" if gz else "crawl.warc")
    pages = [
        ("http://a.cn/1", "200 OK", "text/html; charset=gb2312", "<p>会议强调，要落实疫情防控责任".encode("gb18030")),
        ("http://a.cn/2", "404 Not Found", "text/html", b"<p>no"),
        ("http://a.cn/3", "200 OK", "image/png", b"\x89PNG"),
        ("http://a.cn/4", "200 OK", "text/html", b""),
        ("http://a.cn/5", "200 OK", "text/html", "<p>番茄牛腩的做法".encode()),
    ]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gz)
        for url, status, media_type, body in pages:
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
        text = writer.create_warc_record(
            "http://a.cn/6", "conversion", io.BytesIO(TEXT.encode()), warc_content_type="text/plain"
        )
        writer.write_record(text)
    documents, rejects = read(path)
    name = path.name
    assert [(d.source, d.data, d.media_type, d.declared_encoding, d.url) for d in documents] == [
        (f"{name}#1", pages[0][3], "text/html", "gb2312", "http://a.cn/1"),
        (f"{name}#4", TEXT.encode(), "text/plain", None, "http://a.cn/6"),
    ]
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", d.record_id or "") for d in documents)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", d.captured_at or "") for d in documents)
    assert [(r.source, r.reason) for r in rejects] == [(f"{name}#2", "empty"), (name, "sifted")]
    assert "1 of 4 pages" in rejects[1].detail
    everything = [item for item in read_sources([path], sifted=False) if isinstance(item, RawDocument)]
    assert [d.source for d in everything] == [f"{name}#1", f"{name}#3", f"{name}#4"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "text,url\n\n,\n"), ("b.csv", "text\n"), ("c.jsonl", "\n \n"), ("d.jsonl.gz", b"")]
)
def test_file_without_a_document_is_a_reject(tmp_path: Path, name: str, content: str | bytes) -> None:
    if name.endswith(".gz"):
        content = gzip.compress(b"\n")
    documents, rejects = read(write(tmp_path / name, content))
    assert (documents, [(r.source, r.reason) for r in rejects]) == ([], [(name, "empty")])


def test_compressed_files_are_read_and_rejected_when_cut_off(tmp_path: Path) -> None:
    packed = gzip.compress("".join(json.dumps({"text": f"{TEXT}{i}"}) + "\n" for i in range(2000)).encode())
    documents, rejects = read(write(tmp_path / "all.jsonl.gz", packed))
    assert (len(documents), rejects) == (2000, [])
    documents, rejects = read(write(tmp_path / "cut.jsonl.gz", packed[: len(packed) // 2]))
    assert documents
    assert [(r.source, r.reason) for r in rejects] == [("cut.jsonl.gz", "unreadable")]
    _, rejects = read(write(tmp_path / "plain.txt.gz", b"not gzip"))
    assert [(r.source, r.reason) for r in rejects] == [("plain.txt.gz", "unreadable")]


def test_standard_input_is_one_document_named_by_its_hash() -> None:
    documents, rejects = read("-", stdin=TEXT.encode())
    assert [(d.source, d.data) for d in documents] == [
        (f"stdin/{hashlib.sha256(TEXT.encode()).hexdigest()[:12]}", TEXT.encode())
    ]
    assert rejects == []


def test_standard_input_is_json_lines_when_it_begins_with_an_object() -> None:
    lines = [json.dumps({"text": "一"}).encode(), json.dumps({"text": "二"}).encode(), b'{"te']
    documents, rejects = read("-", stdin=b"\n" + b"\n".join(lines))
    keys = [hashlib.sha256(line + end).hexdigest()[:12] for line, end in zip(lines, (b"\n", b"\n", b""), strict=True)]
    assert [(d.source, d.data.decode()) for d in documents] == [(f"stdin/{keys[0]}", "一"), (f"stdin/{keys[1]}", "二")]
    assert [(r.source, r.reason) for r in rejects] == [(f"stdin/{keys[2]}", "malformed")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_standard_input_is_a_table_when_its_first_row_names_the_text(encoding: str) -> None:
    table = "网址,正文,发布日期\nu,武汉市召开会议。,2022-03-02\nv,武汉市召开会议。,soon\nw,,\n"
    documents, rejects = read("-", stdin=table.encode(encoding))
    assert [(d.url, d.data.decode(), d.published_date) for d in documents] == [
        ("u", "武汉市召开会议。", "2022-03-02"),
        ("v", "武汉市召开会议。", None),
    ]
    assert len({d.source for d in documents}) == 2
    assert [r.reason for r in rejects] == ["metadata", "empty"]
    assert rejects[0].source == documents[1].source
    again, _ = read("-", stdin=table.replace("u,", "x,").encode(encoding))
    assert again[1].source == documents[1].source


@pytest.mark.parametrize("text", ["正文\n武汉市召开会议。\n", "[本报讯]武汉市召开会议。\n", "会议, 要求, 部署\n内容\n"])
def test_standard_input_is_a_document_when_it_only_looks_like_a_table(text: str) -> None:
    documents, rejects = read("-", stdin=text.encode())
    assert ([d.data.decode() for d in documents], rejects) == ([text], [])


@pytest.mark.parametrize("indent", [None, 2])
def test_standard_input_is_refused_when_it_is_json_of_another_layout(indent: int | None) -> None:
    with pytest.raises(SourceError, match="standard input is a JSON array; write one object a line"):
        read("-", stdin=json.dumps([{"text": TEXT}], indent=indent).encode())
    with pytest.raises(SourceError, match="standard input is JSON over several lines; write one object a line"):
        read("-", stdin=json.dumps({"text": TEXT}, indent=2).encode())


def test_page_is_recognised_when_text_begins_as_one(tmp_path: Path) -> None:
    documents, _ = read(write(tmp_path / "a.txt", "\n<!DOCTYPE html><p>会议"))
    assert documents[0].media_type == "text/html"


def test_sources_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt")
    empty = tmp_path / "empty"
    empty.mkdir()
    write(tmp_path / "images" / "a.png")
    write(tmp_path / "only" / "manifest.csv", "file,url\n")
    for bad, said in (
        (tmp_path / "nowhere", "no such file or folder; check the path"),
        (empty, "no document in this folder or below it"),
        (tmp_path / "images", "no document in this folder or below it"),
        (tmp_path / "only", "no document in this folder or below it"),
        (write(tmp_path / "a.docx"), ".docx is not read"),
        (tmp_path / "only" / "manifest.csv", "a manifest is metadata, never a source"),
    ):
        with pytest.raises(SourceError, match=said) as caught:
            read_sources([good, bad])
        assert str(bad) in str(caught.value)
    with pytest.raises(SourceError, match="standard input is empty"):
        read("-", stdin=b" \n")


def test_other_files_are_counted_by_kind_when_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    write(tmp_path / "corpus" / "b.pdf")
    write(tmp_path / "corpus" / "c.pdf")
    write(tmp_path / "corpus" / "alone.json")
    _, rejects = read(tmp_path / "corpus")
    assert [(r.source, r.reason) for r in rejects] == [
        ("corpus/*.json", "unsupported"),
        ("corpus/*.pdf", "unsupported"),
    ]
    assert rejects[1].detail.startswith("2 files that are not read, b.pdf the first; .txt, .md")


def test_file_is_a_reject_when_it_is_empty_or_no_file(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt", " \n")
    os.mkfifo(tmp_path / "corpus" / "b.txt")
    write(tmp_path / "corpus" / "c.txt")
    documents, rejects = read(tmp_path / "corpus")
    assert [d.source for d in documents] == ["corpus/c.txt"]
    assert [(r.source, r.reason) for r in rejects] == [("corpus/a.txt", "empty"), ("corpus/b.txt", "unreadable")]


def test_file_is_a_reject_when_it_is_gone_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    gone = write(tmp_path / "corpus" / "b.txt")
    found = read_sources([tmp_path / "corpus"])
    assert isinstance(next(found), RawDocument)
    gone.unlink()
    assert [(r.source, r.reason) for r in found if isinstance(r, Reject)] == [("corpus/b.txt", "unreadable")]


@pytest.mark.parametrize("name", ["huge.txt", "huge.html", "huge.jsonl", "huge.csv"])
def test_memory_is_bounded_when_a_file_is_one_huge_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b'{"text": "' if name.endswith("jsonl") else b"text\n" if name.endswith("csv") else b"")
        for _ in range(50):
            file.write("要".encode() * 333_334)
    tracemalloc.start()
    documents, rejects = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert documents == []
    assert [r.reason for r in rejects] == ["too_large"]
    assert all(len(r.sample) <= 200 for r in rejects)
    assert peak < 250_000_000


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path) -> None:
    with (tmp_path / "all.jsonl").open("w") as file:
        for i in range(20_000):
            file.write(json.dumps({"text": TEXT + str(i)}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read_sources([tmp_path / "all.jsonl"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2_000_000
