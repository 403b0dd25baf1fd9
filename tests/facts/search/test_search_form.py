"""The search box is found in every form met, and told from the other questions a page asks."""

import pytest

from crawler.facts.records import SearchForm, SearchState
from crawler.facts.search.form import read_search_form
from tests.facts.pages import document


def test_a_form_that_can_be_sent_is_given_whole() -> None:
    form = read_search_form(
        document(
            "<form action='/s' method='GET'><input type=hidden name=site value=12><select name=kind><option value=a>全部</option></select>"
            "<input name='q' placeholder='请输入关键字'><button>搜索</button></form>"
        )
    )
    assert form.state is SearchState.PRESENT
    assert (form.action, form.method, form.field) == ("http://www.qinghe.gov.cn.test/s", "get", "q")
    assert form.hidden == (("site", "12"), ("kind", "a"))


@pytest.mark.parametrize(
    "body",
    [
        "<input id='searchWord'><a onclick='go()'>搜索</a>",
        "<form action='#' onsubmit='return go()'><input name=keyword></form>",
        "<form action='javascript:;'><input class='search-input'></form>",
        "<div><input type=text name=x1><img src=s.gif alt=搜索 onclick='go()'></div>",
        "<iframe src='/search/box.html'></iframe>",
        "<a href='/jsearch/'>站内搜索</a>",
        "<a href='/so/'>🔍</a>",
        "<a href='/so/'>信息查询</a>",
        '<script>document.write(\'<input type="text" name="keywords">\')</script>',
        "<i class='icon icon-search' id='open'></i>",
        "<div title='搜索'></div>",
        "<input type=text name=textfield><input type=submit value='搜 索'>",
        "<button class=btn>搜索</button>",
        "<img src=m.jpg usemap='#m'><map name=m><area href='/so/' alt='站内搜索'></map>",
        "<input type=search>",
        "<div class=sou><input type=text><a></a></div>",
        "<svg><use xlink:href='#icon-sousuo'></use></svg>",
        "<iframe src='/a.html' class=sousuo></iframe>",
        "<script src='/js/search.min.js'></script>",
        "<el-input placeholder='关键词'><el-button icon='el-icon-search'></el-button></el-input>",
        "<input type=text placeholder='您想了解什么？'>",
        "<div class=top><input type=text placeholder='请输入标题'><em></em></div>",
        "<div><input type=text id=i><a onclick='s()'>搜</a></div>",
        "<form action=/query method=post><input name=str1><input type=image src=go.gif></form>",
        "<table><tr><td><input name=textfield></td><td><a href='#'><img src='index_11.jpg'></a></td></tr></table>",
        "<div id='bdcs'></div><script>var s='//znsv.baidu.com/customer_search/api/js?sid=1';</script>",
    ],
)
def test_a_box_that_needs_a_script_or_a_step_is_a_box(body: str) -> None:
    assert read_search_form(document(body)).state is SearchState.JS_ONLY


def test_a_form_around_the_whole_page_does_not_hide_the_box() -> None:
    links = "<a href='x.aspx'>栏目</a>" * 40
    body = (
        f"<form method=post action='Default.aspx'>{links}<input name=user><input type=password name=p>"
        "<table><tr><td><input name='ctl00$txtKey'></td><td><input type=image alt=搜索></td></tr></table></form>"
    )
    assert read_search_form(document(body)).state is SearchState.JS_ONLY


def test_a_form_torn_out_of_its_table_is_found() -> None:
    form = read_search_form(document("<table><form action='/search.jsp'><tr><td><input name=q></td></tr></form></table>"))
    assert (form.state, form.field) == (SearchState.PRESENT, "q")


def test_a_form_without_a_word_is_a_search_by_where_it_leads() -> None:
    form = read_search_form(document("<form action='/site/query.jsp'><input name=str1><input type=image src=go.gif></form>"))
    assert (form.state, form.field) == (SearchState.PRESENT, "str1")


def test_a_search_of_one_matter_is_never_sent_for_the_sites() -> None:
    jobs = "<form action='/jobs'><input name=keyword placeholder='请输入职位关键字'><input type=submit value=搜索></form>"
    assert read_search_form(document(jobs)).state is SearchState.JS_ONLY
    form = read_search_form(document(f"<input id=kw placeholder='请输入关键字'><a onclick='go()'>搜索</a>{jobs}"))
    assert (form.state, form.field) == (SearchState.JS_ONLY, "kw")
    assert read_search_form(document(f"{jobs}<form action='/s'><input name=q></form>")).field == "q"


def test_the_sites_search_is_preferred_to_a_search_of_letters() -> None:
    form = read_search_form(
        document(
            "<form action='leadermail/search.jsp' method=post><input name=wbsearchcode placeholder='查询码'></form>"
            "<input name=kw_temp placeholder='输入关键词查询'>"
        )
    )
    assert (form.state, form.field) == (SearchState.JS_ONLY, "kw_temp")


@pytest.mark.parametrize(
    "body",
    [
        "<form action=/login><input name=username><input type=password name=p></form>",
        "<form action=/case/query><input name=caseNo placeholder=受理编号><button>查询</button></form>",
        "<form action=/letters><input name=title><textarea name=text></textarea></form>",
        "<form action=/jump><input name=n1>第 页<input type=submit value=确定></form>",
        "<form action=/bm method=post><input name=a><input name=b><input type=submit></form>",
        "<form action=/vote><input name=str1><input type=image src=go.gif></form>",
        "<p>请在搜索引擎中检索</p>",
        "<img src='research.png'>",
        "<script src='/js/case_search.js'></script>",
        "<p>海上搜救队搜索遇险渔民</p>",
        "<a href='https://www.baidu.com/' title='百度搜索'>百度一下</a>",
        "<!-- <form action=/s><input name=q></form> -->",
    ],
)
def test_other_questions_are_no_search_box(body: str) -> None:
    assert read_search_form(document(body)).state is SearchState.ABSENT


def sent(fields: str) -> SearchForm:
    return read_search_form(document(f"<form action='/search' method='get'>{fields}<input type='text' name='q'>站内搜索</form>"))


def test_what_a_browser_sends_with_the_button_is_sent() -> None:
    assert sent("<input type='submit' name='mode' value='搜索'>").hidden == (("mode", "搜索"),)
    assert sent("<input type='image' src='s.gif' name='go'>").hidden == (("go.x", "1"), ("go.y", "1"))
    assert sent("<button type='button' name='mode' value='1'>搜索</button>").hidden == ()


def test_a_search_of_a_time_that_is_set_or_with_a_token_that_is_not_is_no_search_of_the_site_as_it_stands() -> None:
    assert sent("<input type='hidden' name='begin' value='2018-02-25'><input type='submit'>").partial
    assert sent("<input type='hidden' name='csrf_token' value=''><input type='submit'>").scripted
    assert not sent("<input type='hidden' name='site' value='2018'><input type='submit'>").partial
    assert not sent("<input type='hidden' name='token' value='a1b2'><input type='submit'>").scripted
