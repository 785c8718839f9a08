"""Which encoding bytes are in: every one that Chinese pages use, damaged bytes, and clear refusals."""

from __future__ import annotations

import codecs

import pytest

from etl.errors import EncodingError
from etl.normalise.encoding import decode

HANS = "某市召开疫情防控工作会议，要求各单位压实责任，做好核酸检测和生活物资保供。"
HANT = "某市召開疫情防控工作會議，要求各單位壓實責任，做好核酸檢測和生活物資保供。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HANS, HANS + "2022年3月1日\nABC\n", HANT])
def test_text_is_read_when_nothing_says_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_big5_is_not_taken_for_gb18030_though_it_decodes_as_such() -> None:
    data = HANT.encode("big5")
    data.decode("gb18030", "replace")
    assert decode(data) == (HANT, "big5")
    assert decode("疫情防控".encode("big5")) == ("疫情防控", "big5")
    assert decode("疫情防控".encode("gb18030")) == ("疫情防控", "gb18030")


def test_declared_gb2312_may_hold_more_than_gb2312() -> None:
    assert decode("朱镕基、㑇、€".encode("gb18030"), "gb2312") == ("朱镕基、㑇、€", "gb18030")


def test_declaration_is_not_believed_when_the_bytes_say_otherwise() -> None:
    assert decode(HANS.encode(), "gb2312") == (HANS, "utf-8")
    assert decode(HANT.encode("big5"), "gbk") == (HANT, "big5")
    assert decode(HANS.encode("gb18030"), "utf-8") == (HANS, "gb18030")
    assert decode(HANS.encode("gb18030"), "no-such-charset") == (HANS, "gb18030")


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_byte_order_mark_decides_and_is_taken_off(mark: bytes, encoding: str, name: str) -> None:
    assert decode(mark + HANS.encode(encoding)) == (HANS, name)


def test_page_is_still_read_when_a_few_bytes_are_broken() -> None:
    text, encoding = decode((HANS * 20).encode().replace("核酸".encode(), b"\xff", 1)[:-1])
    assert encoding == "utf-8"
    assert text == (HANS * 20).replace("核酸", "\ufffd", 1)[:-1] + "\ufffd"
    text, encoding = decode((HANS * 20).encode("gb18030")[:-1])
    assert encoding == "gb18030"
    assert text == (HANS * 20)[:-1] + "\ufffd"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n\xb5\xb5", "binary: the bytes begin as a PDF does"),
        (b"PK\x03\x04" + bytes(50), "binary: the bytes begin as a ZIP or Office file does"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "binary: the bytes begin as an old Office file does"),
        (b"\x89PNG\r\n", "binary: the bytes begin as a PNG image does"),
        (bytes(100), "binary: 100 control characters"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08abc\x0e" * 20, "binary: 180 control characters"),
        ("Всем привет, это русский текст".encode("cp1251"), "no encoding fits: not UTF-8 (byte 0xc2 at 0)"),
        (bytes(range(128, 256)) * 8, "no encoding fits"),
        (codecs.BOM_UTF16_LE + bytes([0x00, 0xD8]) * 50, "the byte order mark says utf-16-le, but 50 places"),
    ],
)
def test_bytes_are_refused_with_value_and_next_step_when_they_are_no_text(data: bytes, said: str) -> None:
    with pytest.raises(EncodingError) as caught:
        decode(data)
    assert str(caught.value).startswith(said)
    assert "convert it to text" in str(caught.value) or "save the file as UTF-8" in str(caught.value)


def test_refusal_names_the_declaration_when_there_was_one() -> None:
    with pytest.raises(EncodingError, match="declared as 'koi8-r'"):
        decode("Всем привет, это русский текст".encode("koi8-r"), "koi8-r")
