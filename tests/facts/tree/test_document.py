"""A document holds what a reader sees, its links as a browser resolves them, and stays within bounds."""

import time

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.tree.document import Document
from tests.facts.pages import AS_OF, document


def test_what_no_reader_sees_is_not_text() -> None:
    page = document("<p>公告</p><!-- 旧页脚 --><script>var a = '脚本';</script><style>p{}</style><noscript>请启用</noscript><p>正文</p>")
    assert page.text == "公告\n正文"
    assert page.scripts == ("var a = '脚本';",)


def test_a_script_stays_where_it_stood() -> None:
    page = document("<ul><li><script>document.write('2018-01-02')</script></li></ul><script src='a.js'></script>")
    outline = page.outline
    first, second = outline.with_tags("script")
    assert outline.tags[outline.parents[first]] == "li"
    assert outline.script_text(first) == "document.write('2018-01-02')"
    assert outline.script_text(second) == ""


def test_words_of_different_blocks_stay_apart_and_inline_tags_do_not_split() -> None:
    page = document("<table><tr><td>1</td><td>2018</td></tr></table>网站标识码：<span>13020</span>50002<br>京ICP备")
    assert page.text.split("\n") == ["1", "2018", "网站标识码：1302050002", "京ICP备"]


def test_an_unclosed_noscript_hides_nothing() -> None:
    assert "网站标识码" in document("<noscript><p>请启用脚本<p>网站标识码：1302050002").text


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/zwgk/", "http://www.qinghe.gov.cn.test/zwgk/"),
        ("./t20180102_1.html", "http://www.qinghe.gov.cn.test/a/t20180102_1.html"),
        ("../b/c.html?x=1#top", "http://www.qinghe.gov.cn.test/b/c.html?x=1"),
        ("//mail.qinghe.gov.cn.test/", "http://mail.qinghe.gov.cn.test/"),
        ("HTTP://WWW.Other.TEST/中文", "http://www.other.test/%E4%B8%AD%E6%96%87"),
        ("?page=2", "http://www.qinghe.gov.cn.test/a/index.html?page=2"),
        ("http://a.gov.cn/x/../y", "http://a.gov.cn/y"),
        ("  /a b  ", "http://www.qinghe.gov.cn.test/a%20b"),
        ("javascript:void(0)", None),
        ("mailto:a@b.test", None),
        ("#top", None),
        ("", None),
        ("http://[bad", None),
    ],
)
def test_links_are_resolved_as_a_browser_does(href: str, address: str | None) -> None:
    assert document("", url="http://www.qinghe.gov.cn.test/a/index.html").resolve(href) == address


def test_a_base_element_counts() -> None:
    assert document("", head="<base href='/portal/'>").resolve("x.html") == "http://www.qinghe.gov.cn.test/portal/x.html"


def test_without_an_address_relative_links_come_back_as_they_stand() -> None:
    assert document("", url=None).resolve("a/b.html") == "a/b.html"


def test_a_link_is_named_by_its_text_its_title_or_its_picture() -> None:
    page = document("<a href=a> 要 闻 </a><a href=b title=公告></a><a href=c><img alt=政策></a>")
    assert [anchor.text for anchor in page.anchors] == ["要 闻", "公告", "政策"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x",
        "<p>" + "".join(f"<font a={number}>" for number in range(1_500)) + "</p>" + "<p>x</p>" * 30_000,
        "<p>x</p>" * 400_000,
    ],
    ids=["nesting", "attributes", "formats", "size"],
)
def test_hostile_markup_is_bounded_and_said_to_be(hostile: str) -> None:
    started = time.process_time()
    page = Document.parse(hostile.encode(), as_of=AS_OF)
    assert page.limited
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("page", "limited"),
    [
        ("<html><body><ul><li>春季植树</li></ul></body></html>", False),
        ("<HTML><BODY>春季植树</BODY >", False),
        ("<html><frameset rows='1,2'><frame src='a.html'></frameset></html>", False),
        ("<p>春季植树</p>", False),
        ("<html><body><ul><li>春季植树</li>", True),
        ("<html><head><title>春季植树</title>", True),
        ("<html><body><p>春季植树</p></bod", True),
    ],
)
def test_a_page_that_breaks_off_is_known_by_its_missing_end(page: str, limited: bool) -> None:
    assert Document.parse(page.encode(), as_of=AS_OF).limited is limited


def test_an_ordinary_page_is_not_limited() -> None:
    assert not document("<div><p>x</p></div>" * 3_000).limited


HREFS = st.lists(
    st.sampled_from(
        ["/", ".", "..", "./", "a", "B.html", "?x=1", "&y=%20", "#z", "中", " ", "//", "http://", "h.test", ":", "\\", "%2e", "~", "@"]
    ),
    max_size=7,
)


@given(HREFS.map("".join), st.sampled_from(["http://a.gov.cn/", "http://a.gov.cn/b/c.html?d=/e", "https://a.gov.cn:8443/b/"]))
def test_the_short_ways_of_resolving_answer_as_the_url_standard_does(href: str, url: str) -> None:
    answer = document("", url=url).resolve(href)
    try:
        expected = ada_url.join_url(url, href.strip().partition("#")[0])
    except ValueError:
        expected = None
    leads_nowhere = not href.strip() or href.strip().startswith("#")
    if leads_nowhere or (expected and not expected.startswith(("http://", "https://"))):
        expected = None
    assert answer == expected
