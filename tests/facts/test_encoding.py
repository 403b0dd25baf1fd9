"""A page is read in the encoding it is really in, whatever it declares."""

import codecs
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.encoding.detection import decode, decode_as, detect, encoding_of_label, sniff
from tests.facts.pages import shared

TEXT = "清河县人民政府门户网站欢迎您，今日发布通知公告三十条。" * 3


def page(declared: str | None, encoding: str) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head>{meta}<title>{TEXT}</title></head><body>{TEXT}</body></html>".encode(encoding)


@pytest.mark.parametrize(
    ("declared", "really", "named"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("no-such-encoding", "gb18030", "gb18030"),
        (None, "gb18030", "gb18030"),
        (None, "utf-8", "utf-8"),
    ],
)
def test_wrong_declarations_are_mended(declared: str | None, really: str, named: str) -> None:
    text = TEXT if really != "big5" else "清河縣人民政府入口網站歡迎您，今日發佈通知公告三十條。" * 3
    content = page(declared, "utf-8").replace(TEXT.encode(), text.encode(really))
    decoded = decode(content)
    assert decoded.encoding == named
    assert text in decoded.text


def test_a_byte_order_mark_wins_over_everything_and_is_dropped() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "text/html; charset=gbk")
    assert decoded == (TEXT, "utf-16le")


def test_the_header_wins_over_the_page() -> None:
    assert detect(b"<meta charset=koi8-r>abc", "text/html; charset=Big5") == "big5"


def test_a_title_cut_in_the_middle_of_a_character_leaves_the_page_utf8() -> None:
    content = page("gb2312", "utf-8").replace("欢迎您".encode(), "欢迎".encode() + "您".encode()[:2], 1)
    decoded = decode(content)
    assert decoded.encoding == "utf-8"
    assert "清河县人民政府门户网站" in decoded.text


@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_a_few_chinese_words_among_scripts_tell_the_encoding(declared: str | None) -> None:
    script = b"<script>" + b"var data = loadMenu(); " * 8_000 + b"</script>"
    content = page(declared, "gb18030").replace(b"<body>", b"<body>" + script)
    assert decode(content).encoding == "gb18030"
    assert TEXT in decode(script + content).text


def test_a_declaration_behind_the_first_kilobyte_counts_as_in_browsers() -> None:
    content = b"<!-- " + b"x" * 2_000 + b' --><meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>'
    assert detect(content) == "windows-1251"


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"<p>nothing declared", "windows-1252"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=big5>", "big5"),
        (b'<meta content="text/html; charset=gbk" http-equiv=content-type>', "gb18030"),
        (b'<meta content="text/html; charset=gbk">', "windows-1252"),
        (b"<title a='<meta charset=big5>'></title>", "windows-1252"),
    ],
)
def test_prescan(content: bytes, answer: str) -> None:
    assert sniff(content) == answer


def test_gb18030_is_the_edition_browsers_read() -> None:
    assert decode_as(bytes.fromhex("a6d9 a3a0 80 8135f437"), "gbk") == "︐\u3000€\ue7c7"
    assert decode_as(b"\xff\xff<p>", "gb2312").endswith("<p>")


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_decoding_never_raises(content: bytes, content_type: str | None) -> None:
    decoded = decode(content, content_type)
    assert encoding_of_label(decoded.encoding) == decoded.encoding


@pytest.mark.shared
@pytest.mark.parametrize(("name", "misses"), [("gb18030", 0), ("big5", 2)])
def test_public_decoding_suites(name: str, misses: int) -> None:
    """A2 41 and A2 42 of Big5 are read as Python has them; nothing else differs from a browser."""
    pairs = json.loads(gzip.decompress(shared("suites", "encoding", f"{name}_decode_dev.json.gz").read_bytes()))
    wrong = [pair for pair in pairs if decode_as(bytes.fromhex(pair[0]), name) != pair[1]]
    assert len(wrong) <= misses


@pytest.mark.shared
@pytest.mark.parametrize("number", [1, 2])
def test_public_prescan_suite(number: int) -> None:
    cases = shared("suites", "encoding", f"html5lib_tests{number}_dev.dat").read_bytes().split(b"#data\n")[1:]
    for case in cases:
        content, _, expected = case.rpartition(b"\n#encoding\n")
        assert sniff(content) == encoding_of_label(expected.split(b"\n")[0].decode())
