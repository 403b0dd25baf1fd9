"""How a page answers a search: only words a reader sees count, and an unfilled page is never "nothing found"."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.records import SearchAnswer, SearchOutcome
from crawler.facts.search.answer import read_search_answer
from crawler.facts.tree.document import Document
from crawler.facts.tree.visibility import LOADING

URL = "http://www.qinghe.example/search?q=%E4%BE%9B%E6%9A%96"


def read(
    body: str, *, title: str = "站内搜索-清河县人民政府", query: str | None = None, url: str | None = URL, encoding: str = "utf-8"
) -> SearchAnswer | None:
    page = f'<html><head><meta charset="{encoding}"><title>{title}</title></head><body>{body}</body></html>'
    return read_search_answer(Document.parse(page.encode(encoding), url=url, as_of=dt.date(2018, 3, 1)), query)


def outcome(answer: SearchAnswer | None) -> tuple[SearchOutcome, int | None]:
    assert answer is not None
    return answer.outcome, answer.hits


RESULTS = (
    '<ul><li><a href="/1.html">关于做好<em>供暖</em>工作的通知</a></li>'
    '<li><a href="/2.html"><font color="red">供暖</font>收费标准</a></li></ul>'
)


@pytest.mark.parametrize(
    ("printed", "hits"),
    [
        ("共找到 <b>128</b> 条相关结果", 128),
        ("本次检索为您找到 1,117 篇有关的页面", 1117),
        ("搜索到约312项结果", 312),
        ("约有 36 条符合“供暖”的查询结果", 36),
        ("搜索结果：共 7 条", 7),
        ("为您找到相关结果约20个", 20),
        ("相关结果 15 条", 15),
        ("搜索结果（9）", 9),
        ("约为您找到相关结果1.2万条", 12_000),
        ("搜索 供暖 共发现 <b>5</b> 个结果[用时0.02秒]", 5),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_stated_number_is_the_number_of_hits(printed: str, hits: int, encoding: str) -> None:
    answer = read(f"<div>{printed}</div>{RESULTS}", encoding=encoding)
    assert outcome(answer) == (SearchOutcome.HITS, hits)
    assert answer is not None
    assert answer.titles == ("关于做好供暖工作的通知", "供暖收费标准")


def test_listed_titles_are_counted_where_no_number_is_stated() -> None:
    assert outcome(read(RESULTS, query="供暖")) == (SearchOutcome.HITS, 2)


@pytest.mark.parametrize(
    "printed",
    [
        "共找到 0 条结果",
        "搜索 供暖 共发现 0 个结果[用时0.02秒]",
        "抱歉，没有找到与“供暖”相关的内容",
        "没有检索到符合条件的记录",
        "未找到相关结果",
        "暂无相关信息",
        "您查询的信息不存在",
        "无符合条件的数据",
        "找不到和您的查询相符的网页",
    ],
)
def test_nothing_found(printed: str) -> None:
    assert outcome(read(f"<p>{printed}</p>")) == (SearchOutcome.NONE, 0)


@pytest.mark.parametrize(
    "body",
    [
        '<div>搜索中，请稍后...</div><div style="display:none">抱歉，没有找到相关结果</div>',
        '<div v-if="!total">抱歉，没有找到相关结果</div><li v-for="item in items">{{item.title}}</li>',
        '<div id="list"></div><script>$.ajax({url:"/api/search"})</script>',
        '<div id="list"></div><script src="/js/searchlist.js"></script>',
        '<p>暂无数据</p><div id="list"></div><script src="/static/js/results.js"></script>',
        '<p>暂无数据</p><div id="list"></div><script>$.ajax({url:"/api/search"})</script>',
        '<p>共找到<em id="total">0</em>条结果</p><div id="list"></div><script>$.ajax({url:"/api/search"})</script>',
    ],
)
def test_results_that_a_script_fills_are_not_nothing(body: str) -> None:
    assert outcome(read(body)) == (SearchOutcome.SCRIPT, None)


def test_recommendations_under_a_denial_are_no_hits() -> None:
    body = "<p>很抱歉，没有找到和<em>供暖</em>相关的内容</p><h3>热门推荐</h3>"
    body += '<ul><li><a href="/9">全县工作会议召开</a><span>2018-02-01</span></li></ul>'
    answer = read(body, query="供暖")
    assert outcome(answer) == (SearchOutcome.NONE, 0)
    assert answer is not None
    assert answer.excerpt == "很抱歉，没有找到和供暖相关的内容"


@pytest.mark.parametrize(
    "printed",
    [
        "HTTP Status 500 - Internal Server Error",
        "java.lang.NullPointerException",
        "系统错误，请联系管理员",
        "搜索服务异常",
        "404 页面不存在",
    ],
)
def test_errors(printed: str) -> None:
    assert outcome(read(f"<h1>{printed}</h1>", query="供暖")) == (SearchOutcome.ERROR, None)


def test_cards_with_several_links_are_hits_one_by_one() -> None:
    address = '<a href="/{0}.htm">http://www.qinghe.example/{0}.htm</a><a href="/s/{0}">快照</a>'
    card = f'<div><a href="/{{0}}.htm">关于调整补贴基数的通知{{0}}</a>{address}</div>'
    cards = "".join(card.format(number) for number in range(1, 6))
    assert outcome(read(cards, title="站内搜索-清河县", url="http://www.qinghe.example/search?kw=1")) == (SearchOutcome.HITS, 5)


def test_an_echo_of_the_query_is_no_answer() -> None:
    assert outcome(read("<p>您搜索的是：供暖</p>", query="供暖")) == (SearchOutcome.ECHO, None)


@pytest.mark.parametrize(
    "body",
    [
        '<div>当前位置：<a href="/">首页</a> &gt; <a>通知公告</a></div>'
        '<ul><li><a href="/1.html">关于供暖的通知</a><span>2018-01-01</span></li></ul><p>共 20 条</p>',
        '<ul><li><a href="/1.html">为什么还查不到录取结果？</a><span>2018-01-01</span></li></ul>',
        "<p>供暖工作会议召开</p>",
    ],
)
def test_other_pages_answer_no_search(body: str) -> None:
    assert read(body, title="通知公告-清河县人民政府", url="http://www.qinghe.example/tz/") is None


@given(st.text(max_size=60), st.sampled_from(["共找到", "没有找到", "<em>", "搜索结果", "<form><input type=hidden name=q value=1>"]))
def test_no_text_makes_the_reader_raise(text: str, markup: str) -> None:
    answer = read(f"{markup}{text}<li><a href='1'>{text}{markup}", query=text)
    assert answer is None or answer.hits is None or answer.hits >= 0


@pytest.mark.parametrize(
    ("words", "awaited"), [("查询中，请稍候", True), ("数据加载中…", True), ("便民查询中心", False), ("档案检索中心", False)]
)
def test_a_centre_for_queries_is_no_query_under_way(words: str, awaited: bool) -> None:
    assert bool(LOADING.search(words)) is awaited
