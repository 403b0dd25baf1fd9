"""No page breaks the readers of lists and dates, and none keeps them busy for long."""

import datetime as dt
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.facts.columns.navigation import read_navigation
from crawler.facts.columns.reading import read_blocks, read_column
from crawler.facts.dates.publication import newest_item_date, newest_possible_date, read_publication_dates
from crawler.facts.tree.document import Document
from tests.facts.column_pages import FAMILIES, entries, page

AS_OF = dt.date(2018, 6, 1)
PIECES = st.sampled_from(
    (
        *(
            "<ul>",
            "</ul>",
            "<li>",
            "</li>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<div class='list' id='list'>",
            "</div>",
            "<a href='/1.html'>",
            "<a>",
        ),
        *(
            "</a>",
            "<img alt='图'>",
            "<script>document.write('2018-05-16')</script>",
            "<script>createPageHTML(3, 1, 'i', 'html')</script>",
            "<b>16</b>",
        ),
        *(
            "2018-05-16",
            "[05-16]",
            "2018年5月",
            "2019-01-01",
            "二〇一八年五月十六日",
            "通知公告",
            "更多",
            "关于做好防汛工作的通知",
            "当前位置：",
            "&gt;",
            "共0条",
            "暂无信息",
        ),
        *(
            "发布时间：",
            "截止日期：",
            "置顶",
            "{{ title }}",
            "1/5页",
            "友情链接",
            "主办单位：",
            "<frameset>",
            "<form>",
            "<textarea>",
            "\x00",
            "\u202e",
        ),
    )
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60))
def test_no_markup_breaks_the_readers(pieces: list[str]) -> None:
    document = Document.parse("".join(pieces).encode(), url="http://www.qinghe.example/", as_of=AS_OF)
    column, blocks = read_column(document), read_blocks(document)
    read_navigation(document)
    read_publication_dates(document)
    newest = newest_item_date(document, blocks, column)
    possible = newest_possible_date(document, blocks, column)
    assert newest is None or newest <= AS_OF
    assert possible is None or possible <= AS_OF
    for shown in (*blocks, *([column] if column else [])):
        assert not (shown.empty and (shown.items or shown.script_filled))
        assert all(item.date is None or item.date <= AS_OF for item in shown.items)
        assert all(item.future_date is None or item.future_date > AS_OF for item in shown.items)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FAMILIES)), st.integers(0, 4000), st.integers(0, 400))
def test_a_page_with_a_part_missing_is_never_called_empty_while_entries_are_left(family: str, start: int, length: int) -> None:
    source = page(FAMILIES[family](entries())).source
    document = Document.parse((source[:start] + source[start + length :]).encode(), as_of=AS_OF)
    column = read_column(document)
    assert column is None or not column.empty


ENTRY = "<li><a href='/a/{0}.html'>关于做好第{0}次工作的通知公告</a><span>2018-05-16</span></li>"
LARGE = {
    "one list": "<ul>" + "".join(ENTRY.format(number) for number in range(6000)) + "</ul>",
    "many lists": "".join(f"<ul>{ENTRY.format(number)}{ENTRY.format(number)}</ul>" for number in range(2500)),
    "one row": "<table><tr>" + "<td>2018-05-16</td>" * 6000 + "</tr></table>",
    "deep": "<div>" * 1500 + "<ul>" + "".join(ENTRY.format(number) for number in range(800)),
    "empty lists": "<ul id='list' class='x'></ul>" * 8000 + "<script>a()</script>" * 500,
    "digits": "<b>1</b>" * 20000,
    "tabs": "<ul>" + "<li>新闻</li>" * 2000 + "</ul>" + f"<div class='p'><ul>{ENTRY.format(1) * 2}</ul></div>" * 1500,
    "pictures": "<a href='/x'><img></a><a href='/x'>新闻标题一二三四</a>" * 8000,
    "brackets": "[(（【" * 20000 + "2018",
    "labels": "发布时间：" * 20000,
    "pager": "第 " * 20000 + "/ 页 " * 10000,
    "records": "<script>" + "<record><![CDATA[" * 5000 + "</script>",
    "call": "<script>createPageHTML(" + "1," * 20000 + "</script>",
}


@pytest.mark.parametrize("case", LARGE)
def test_large_pages_are_read_in_time_that_grows_with_their_size(case: str) -> None:
    document = page(LARGE[case])
    started = time.process_time()
    read_column(document)
    read_blocks(document)
    read_navigation(document)
    read_publication_dates(document)
    assert time.process_time() - started < 4
