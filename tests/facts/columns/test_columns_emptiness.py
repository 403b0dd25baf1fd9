"""A column is called empty only where the page says so and nothing could fill it: what was not seen is no accusation."""

import datetime as dt

import pytest

from crawler.facts.columns.reading import read_column
from crawler.facts.tree.document import Document
from tests.facts.column_pages import AS_OF, FAMILIES, entries, page

EMPTY = {
    "pager states none": "<h2>通知公告</h2><ul></ul><div><a href='#'>首页</a><a href='#'>尾页</a> 共 0 条 当前第 1 / 1 页</div>",
    "words": "<ul><li>暂无信息</li></ul>",
    "words and scripts of the site": "<p>暂无信息</p><script src='/js/jquery.min.js'></script><script src='/js/common.js?v=2'></script>",
    "words in a table": "<table><tr><td>标题</td><td>发布日期</td></tr><tr><td colspan=2>没有相关数据！</td></tr></table>",
    "under construction": "<div>栏目正在建设中，敬请期待</div>",
    "nothing added yet": "<p>本栏目尚未添加内容</p>",
    "static pager without entries": "<ul><script>createPageHTML('page_div',1, 1,'list','shtml',0);</script></ul><div id='page_div'></div>",
    "nothing at all": "<table><tr><td>&nbsp;</td></tr></table>",
    "nothing beside the menu": "<ul><li><a href='1'>领导之窗</a></li><li><a href='2'>通知公告</a></li></ul><h2>通知公告</h2><ul></ul>",
    "nothing beside a menu with no link here": "<p><a href='1'>领导之窗</a></p><p>通知公告</p><p><a href='3'>规划计划</a></p><ul></ul>",
    "nothing but a pager": "<h2>通知公告</h2><ul></ul><div>首页 上一页 下一页 尾页 第1页/共1页</div>",
    "nothing but a static pager": "<ul></ul><script>createPageHTML(1, 0, 'index', 'html');</script>",
    "words of a search": "<div>没有找到相关记录</div>",
}

FILLED = {
    "template of braces": "<ul><li v-for='item in items'><a :href='item.url'>{{ item.title }}</a><span>{{ item.date }}</span></li></ul>",
    "template with no result text": "<ul id='app'><li v-for='i in list'></li></ul><div v-if='!list.length'>暂无数据</div>",
    "request in a script": "<ul id='list'></ul><script>$.ajax({url: '/api/list', success: function (d) { $('#list').html(d); }});</script>",
    "request by name": "<div class='news'></div><script>$.getJSON('/list.json', show)</script><div>共<b>0</b>条</div>",
    "text engine": "<ul id='rows'></ul><script type='text/html' id='t'><li><%= title %></li></script>",
    "named element": "<ul id='newsList'></ul><script>show(document.getElementById('newsList'), rows)</script>",
    "named class": "<ul class='news-list'></ul><script>$('.news-list').append(rows)</script>",
    "table of a widget": "<table class='easyui-datagrid' url='/list.json'></table>",
    "loading": "<div id='content'>正在加载，请稍候...</div>",
    "component": "<div id='main'><el-table :data='rows'></el-table></div>",
    "outside script for the named place": "<div id='news_list'></div><script src='/js/columnlist.js'></script>",
    "hidden words": "<ul class='rows'></ul><div class='none' style='display:none'>暂无信息</div>",
    "words and a script of the column's own": "<ul><li>暂无信息</li></ul><script src='/js/zwgk.js'></script>",
    "script of the head": "</div><script src='/static/news.js'></script><div>",
    "words and a file of the head": "<ul><li>暂无信息</li></ul><link><script src='/static/js/jquery.getlist.js'></script>",
    "template element": "<template><li></li></template><p>暂无信息</p>",
    "list for readers without scripts": "<noscript><a href='1.html'>清河县供水有限公司停水公告</a></noscript>",
    "list kept in a text field": "<textarea>" + FAMILIES["date after the link"](entries()) + "</textarea><p>暂无信息</p>",
    "a menu alone": "<ul><li><a href='1'>领导之窗</a></li><li><a href='2'>通知公告</a></li></ul><div></div>",
    "pager that counts what is not there": "<ul></ul><div>共 50 条 当前第 1 / 5 页</div>",
    "words and a request": "<ul id='list'><li>暂无信息</li></ul><script>axios.get('/api').then(fill)</script>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_list_is_called_empty(case: str, encoding: str) -> None:
    column = read_column(quiet_page(EMPTY[case], encoding))
    assert column is not None
    assert (column.empty, column.script_filled, column.items, column.name) == (True, False, (), "通知公告")
    assert column.excerpt


@pytest.mark.parametrize("case", FILLED)
def test_a_list_that_a_script_may_fill_is_never_called_empty(case: str) -> None:
    column = read_column(quiet_page(FILLED[case]))
    assert column is not None
    assert (column.empty, column.script_filled) == (False, True)


WAITING = ("template of braces", "request in a script", "text engine", "named element", "named class", "loading")


@pytest.mark.parametrize("case", WAITING)
def test_a_side_list_does_not_stand_in_for_a_list_that_waits_for_a_script(case: str) -> None:
    side = FAMILIES["date after the link"](entries(5, newest=dt.date(2015, 3, 2)))
    column = read_column(quiet_page(f"{FILLED[case]}</div><div><h3>推荐阅读</h3>{side}"))
    assert column is not None
    assert (column.empty, column.script_filled) == (False, True)


@pytest.mark.parametrize("case", EMPTY)
@pytest.mark.parametrize("family", ["date after the link", "without links", "table rows", "siblings without rows"])
def test_a_list_with_entries_is_never_called_empty_whatever_else_the_page_says(family: str, case: str) -> None:
    column = read_column(page(FAMILIES[family](entries(4)) + EMPTY[case]))
    assert column is None or (len(column.items), column.empty) == (4, False) or (column.items and not column.empty)


@pytest.mark.parametrize("case", EMPTY)
def test_a_page_that_was_cut_off_is_not_called_empty_for_what_is_missing(case: str) -> None:
    whole = quiet_page(EMPTY[case]).source
    start = whole.index("通知公告</div>") + len("通知公告</div>")
    for end in range(start, start + len("<div>") + 1):
        column = read_column(Document.parse(whole[:end].encode(), as_of=AS_OF))
        assert column is None or not column.empty


def test_a_page_over_the_limits_is_never_called_empty() -> None:
    page = quiet_page(EMPTY["words"])
    cut = Document(source=page.source, encoding="utf-8", url=page.url, day=page.day, cut=True)
    column = read_column(cut)
    assert column is None or not column.empty


def test_a_blank_place_with_a_script_of_unknown_doings_may_be_filled() -> None:
    column = read_column(quiet_page("<div class='rows'></div></div><script src='/js/zwgk.js'></script><div>"))
    assert column is not None
    assert (column.empty, column.script_filled) == (False, True)


def test_a_later_page_of_a_pager_without_entries_is_not_an_empty_column() -> None:
    column = read_column(quiet_page("<ul></ul><div>共 0 条 当前第 9 / 8 页</div>"))
    assert column is None or not column.empty


@pytest.mark.parametrize(
    "body",
    [
        "<p><img src='/upload/jgsz.jpg' width='900' height='1200'></p>",
        "<iframe src='/list.jsp'></iframe>",
        "<button>我要申请</button>",
        "<div><h2>通知公告</h2><a href='1'>办公室</a><a href='2'>财务科</a></div>",
        "<h2>政务公开</h2><ul><li><a href='1'>办公室</a></li><li><a href='2'>财务科</a></li></ul>",
        "<ul><li><a href='1'>通知公告</a></li><li><a href='2'>2018年</a></li><li><a href='3'>2017年</a></li></ul>",
        "<p>清河县位于河北省中南部，面积502平方公里，辖6个镇，322个行政村，总人口43万。</p>",
        "<div style='height:500px; background:url(/img/map.jpg)'></div>",
        "<p>2018年：暂无</p><p>2017年：<a href='1'>关于供水的公告</a></p>",
        "<xml id='d' src='/list.xml'></xml><table datasrc='#d'><tr><td><span datafld='title'></span></td></tr></table>",
        "<p>上一篇：没有相关信息</p><p>" + "全县各级各部门要认真贯彻落实会议精神。" * 12 + "</p>",
    ],
)
def test_pages_with_content_that_is_no_list_are_not_empty_columns(body: str) -> None:
    column = read_column(quiet_page(body))
    assert column is None or not column.empty


def quiet_page(main: str, encoding: str = "utf-8") -> Document:
    """Return a column page without a side list: breadcrumb, the given part, footer."""
    where = "<div>您现在的位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 通知公告</div>"
    footer = "<div>版权所有：清河县人民政府 网站标识码：1305340001</div>"
    menu = "<ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li><li><a href='/hdjl/'>互动交流</a></li></ul>"
    head = f'<meta charset="{encoding}"><title>通知公告-清河县</title>'
    text = f"<html><head>{head}</head><body>{menu}{where}<div>{main}</div>{footer}</body></html>"
    return Document.parse(text.encode(encoding), url="http://www.qinghe.example/zwgk/tzgg/", as_of=AS_OF)
