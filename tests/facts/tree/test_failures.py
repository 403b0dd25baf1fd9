"""What is told in place of a page's matter, and what that leaves unproven."""

from datetime import date

import pytest

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, SearchOutcome

FAILURES = {
    "PHP": "<b>Warning</b>:  mysql_connect(): Too many connections in <b>D:\\www\\conn.php</b> on line <b>12</b>",
    "ASP": "<font size=2>Microsoft OLE DB Provider for SQL Server</font> <font size=2>错误 '80004005'</font>",
    "ASP.NET": "<h1>“/”应用程序中的服务器错误。</h1>",
    "Java": "<pre>java.lang.NullPointerException\n\tat org.apache.jsp.list_jsp._jspService(list_jsp.java:92)</pre>",
}
TEXTS = (
    "Warning: 台风预警信号 on line 办理",
    "各单位应当处理好 Exception 情形",
    "网上办事大厅（on line 3.0）上线",
)


def read(body: str, *, title: str = "清河县人民政府", query: str | None = None) -> PageFacts:
    source = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return read_page(source, url="http://www.qinghe.gov.cn.test/s?q=1", as_of=date(2018, 3, 1), query=query)


@pytest.mark.parametrize("words", FAILURES.values(), ids=FAILURES)
def test_a_page_with_a_failure_in_it_may_lack_what_should_have_followed(words: str) -> None:
    assert read(f"<div>{words}</div>").limited


@pytest.mark.parametrize("text", TEXTS)
def test_words_that_only_look_like_a_failure_cut_nothing(text: str) -> None:
    assert not read(f"<div>{text}</div>").limited


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("抱歉，没有找到与“春季防汛”相关的信息", SearchOutcome.NONE),
        ("抱歉，没有找到与“????????”相关的信息", SearchOutcome.ECHO),
        ("在“互动交流”中没有找到相关信息", SearchOutcome.ECHO),
        ("搜索“春季防汛”的结果：暂无数据", SearchOutcome.NONE),
        ("暂无数据", SearchOutcome.SCRIPT),
    ],
)
def test_only_who_speaks_of_what_was_sought_denies_it(said: str, outcome: SearchOutcome) -> None:
    answer = read(f"<p>{said}</p>", title="搜索结果", query="春季防汛").search_answer
    assert answer is not None
    assert answer.outcome is outcome
