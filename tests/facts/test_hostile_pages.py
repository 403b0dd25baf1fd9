"""Whatever the bytes are, a page is read, in time that grows with its size."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts
from tests.facts.pages import AS_OF

FRAGMENTS = st.sampled_from(
    [
        *(
            "<a href='",
            "'>",
            "<",
            ">",
            "</a>",
            "<form action=/s>",
            "<a<a",
            "<input name=q>",
            "<ul><li>",
            "</ul>",
            "<table><tr><td>",
            "<title>",
            "</title>",
        ),
        *(
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<iframe src=",
            "<meta name=PubDate content='",
            "<meta charset=gbk>",
            "document.write('",
            "%3C",
            "\\u4e00",
        ),
        *(
            "网站标识码：1302050002",
            "京ICP备04000001号",
            "公网安备 33060202000394号",
            "主办单位：",
            "我为政府网站找错",
            "conac",
            "jiucuo",
            "2018-02-11",
        ),
        *(
            "当前位置：首页 > ",
            "共 45 条",
            "没有找到",
            "回复",
            "未回复",
            "办理流程",
            "\x00",
            "\ufeff",
            "\u202e",
            "\U0001f600",
            "&#0;",
            "&nbsp;",
            "\n",
            " ",
        ),
    ]
)


@settings(max_examples=150)
@given(st.lists(FRAGMENTS, max_size=60), st.sampled_from(["utf-8", "gb18030", "utf-16"]), st.sampled_from([None, "http://a.gov.cn/x/"]))
def test_any_order_of_real_pieces_is_read(pieces: list[str], encoding: str, url: str | None) -> None:
    facts = read_page("".join(pieces).encode(encoding, "replace"), url=url, as_of=AS_OF)
    assert isinstance(facts, PageFacts)
    assert facts.newest_date is None or facts.newest_date <= AS_OF


@settings(max_examples=60)
@given(st.binary(max_size=2_000), st.one_of(st.none(), st.text(max_size=30)), st.one_of(st.none(), st.text(max_size=30)))
def test_any_bytes_are_read(content: bytes, content_type: str | None, query: str | None) -> None:
    assert isinstance(read_page(content, content_type=content_type, as_of=AS_OF, query=query), PageFacts)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<div>",
            "<img ",
            '<img alt="',
            "<a href=x>",
            "<!--",
            "<noscript>",
            "<form><input name=q>",
            "<select><option>",
            "<iframe src='foot.html'>",
            "<a",
        ),
        *("conac", "jiucuo", "网站标识码：", "京ICP备 ", "2018-", "首页 > ", "<meta name=a content=b>", "<table><tr><td>", "<li>", "%3C"),
    ],
)
def test_one_piece_a_hundred_thousand_times_is_read_in_time(piece: str) -> None:
    content = ("<body>" + piece * (400_000 // len(piece.encode()))).encode()
    started = time.process_time()
    read_page(content, url="http://a.gov.cn/", as_of=AS_OF)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("nest", ["<div style='display:none'>", "<table><tr><td>", "<div id='foot'>"])
def test_parts_within_parts_are_read_in_time(nest: str) -> None:
    links = "".join(f"<a href='http://www.a{n}.com/{n}.html'>关于第{n}次植树的通知</a><span>2018-02-03</span>" for n in range(6_000))
    started = time.process_time()
    read_page(f"<body>{nest * 1_900}{links}".encode(), url="http://a.gov.cn/", as_of=AS_OF)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "template", ['<a href="{}">植树通知</a>', '<img alt="{}">', "<title>{}</title>", '<div class="{}">', "<script>{}</script>"]
)
@pytest.mark.parametrize("piece", ["jc", "a/", "\n", "找错", "中 ", "2018-", "="])
def test_a_value_of_one_piece_is_read_in_time(template: str, piece: str) -> None:
    content = ("<body>" + template.format(piece * (100_000 // len(piece)))).encode()
    started = time.process_time()
    read_page(content, url="http://a.gov.cn/", as_of=AS_OF)
    assert time.process_time() - started < 5
