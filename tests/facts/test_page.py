"""A page whole: what the readers find is put together, each part only where it applies."""

from crawler.facts.page import read_page
from crawler.facts.records import Link, PageType
from tests.facts.pages import AS_OF

HOST = "http://www.qinghe.gov.cn.test"
TAGS = (
    '<META NAME="sitename" CONTENT="清河县人民政府"/><meta  content="1302050002" name="SiteIDCode" ><meta name="ColumnName" content="">'
    '<meta name="Maketime" content="2018-01-01"><meta name=viewport content=x>'
)


def test_the_mandated_tags_are_named_as_in_the_standard_and_empty_is_not_absent() -> None:
    facts = read_page(f"<head>{TAGS}</head>".encode(), as_of=AS_OF)
    assert facts.meta == (("SiteName", "清河县人民政府"), ("SiteIDCode", "1302050002"), ("ColumnName", ""))
    assert facts.marks.site_code.value == "1302050002"


def test_links_are_given_once_by_address_with_their_longest_text() -> None:
    body = "<a href='/a'>要闻</a><a href='/a#x'>要闻动态</a><a href='javascript:;'>无</a><a href='b.html'><img alt=公告></a>"
    facts = read_page(body.encode(), url=f"{HOST}/", as_of=AS_OF)
    assert facts.links == (Link(url=f"{HOST}/a", text="要闻动态"), Link(url=f"{HOST}/b.html", text="公告"))


def test_the_list_beside_an_article_is_not_its_column() -> None:
    others = "".join(f"<li><a href='/t{n}.html'>清河县第{n}次会议纪要公布</a>2018-01-0{n}</li>" for n in range(1, 9))
    body = f"<p>当前位置：首页 > 要闻</p><h1>春耕开始</h1><p>发布时间：2018-02-01 来源：县农业局 字体：大</p><ul>{others}</ul>"
    facts = read_page(body.encode("gb18030"), content_type="text/html; charset=GBK", url=f"{HOST}/a/1.html", as_of=AS_OF)
    assert (facts.page_type, facts.column, facts.encoding) == (PageType.ARTICLE, None, "gb18030")


def test_a_page_over_the_limits_says_so() -> None:
    assert read_page(b"<p>x</p>" * 600_000, as_of=AS_OF).limited
