"""The same things in markup of other systems: what disguises showed to be read too narrowly."""

import pytest

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.columns.reading import read_column
from crawler.facts.letters.channels import read_interaction
from crawler.facts.marks.reading import read_marks
from crawler.facts.page import read_document
from crawler.facts.tree.links import read_links
from tests.facts.pages import document

TRAIL = "<p>当前位置：<a href='/'>首页</a> &gt; <a href='/tzgg/'>通知公告</a></p>"


def entries(year: int, first: int = 1, number: int = 5) -> str:
    rows = (f"<li><a href='/{year}/{day}.html'>关于第{day}号事项的通知公告</a><span>{year}-01-{day:02}</span></li>" for day in range(1, 29))
    return "".join(list(rows)[first - 1 : first - 1 + number])


@pytest.mark.parametrize(
    "handler",
    [
        "href='javascript:void(0)' onclick=\"window.open('/hdjl/xx.html')\"",
        "onclick=\"location.href='/hdjl/xx.html'\"",
        "href=\"javascript:openPage('/hdjl/xx.html')\"",
        "href='#' onclick=\"return goUrl('/hdjl/xx.html', 1);\"",
    ],
)
def test_a_handler_says_where_a_link_leads(handler: str) -> None:
    page = document(f"<div><a {handler}>局长信箱</a></div>")
    assert [link.url for link in read_links(page)] == ["http://www.qinghe.gov.cn.test/hdjl/xx.html"]
    assert [link.text for link in read_interaction(page)] == ["局长信箱"]


@pytest.mark.parametrize(
    "handler",
    [
        "onclick=\"window.open('/search?q=' + word)\"",
        "onclick=\"showTab('/news')\"",
        "href=\"javascript:this.setHomePage('http://www.qinghe.gov.cn.test/')\"",
    ],
)
def test_a_handler_that_puts_an_address_together_or_does_something_else_leads_nowhere(handler: str) -> None:
    assert not read_links(document(f"<a {handler}>查询</a>"))


@pytest.mark.parametrize("label", ["当 前 位 置：", "当　前　位　置∶", "您&nbsp;的&nbsp;位&nbsp;置：", "现在位置﹕"])
def test_labels_of_breadcrumbs_may_be_spaced_out_and_have_other_colons(label: str) -> None:
    breadcrumb = read_breadcrumb(document(f"<div>{label}<a href='/'>首页</a> &gt; <a href='/tzgg/'>通知公告</a></div>"))
    assert breadcrumb is not None and breadcrumb.names == ("通知公告",)


def test_arrows_may_stand_in_several_elements() -> None:
    breadcrumb = read_breadcrumb(
        document(
            "<div><a href='/'>网站首页</a><span><b>&gt;</b></span><a href='/zwgk/'>政务公开</a><span><b>&gt;</b></span><a>公告</a></div>"
        )
    )
    assert breadcrumb is not None and breadcrumb.names == ("政务公开", "公告")


def test_a_hidden_list_is_not_the_main_one_where_another_is_shown() -> None:
    column = read_column(document(f"{TRAIL}<ul>{entries(2018)}</ul><div style='display: none'><ul>{entries(2010, number=12)}</ul></div>"))
    assert column is not None and column.newest is not None and column.newest.year == 2018
    assert not column.script_filled


def test_what_only_a_script_shows_is_not_known_to_be_the_list() -> None:
    column = read_column(document(f"{TRAIL}<div style='display:none'><ul>{entries(2010, number=12)}</ul></div>"))
    assert column is not None and column.script_filled


@pytest.mark.parametrize("between", ["<p style='display:none'>暂无数据</p>", "·", "<p style='visibility:hidden'>加载更多</p>"])
def test_hidden_words_and_ornaments_part_no_list(between: str) -> None:
    column = read_column(document(f"{TRAIL}<div><ul>{entries(2018)}</ul>{between}<ul>{entries(2018, 6)}</ul></div>"))
    assert column is not None and len(column.items) == 10


def test_the_title_of_a_drawing_is_not_printed() -> None:
    page = document("<p>冀公网安备 <a href='#'><svg><title>icon</title><path d='M0 0'></path></svg>13020502000012号</a></p>")
    assert "icon" not in page.text
    assert read_marks(page).police_filing.value == "冀公网安备 13020502000012号"


def test_icons_beside_an_unnamed_picture_change_nothing() -> None:
    mark = "<script src='//dcs.conac.cn/js/05/000/0000/40612345/CA050000000406123450001.js'></script>"
    page = document(f"<div>{mark}<a href='javascript:;'><i class='icon'></i><img src='/images/bj.png'><em></em></a></div>")
    assert read_marks(page).feedback_entry.seen


@pytest.mark.parametrize("tag", ["section", "center", "td", "footer"])
def test_a_place_for_the_party_mark_may_be_any_element(tag: str) -> None:
    facts = read_document(document(f"<table><tr><{tag} id='conac'></{tag}></tr></table>"))
    assert facts.marks.party_mark.seen
