"""How long pages take that were made to take long: `python benchmarks/hostile.py`.

One piece of text, thousands of times, in one place of a page: every pattern of the readers that tries again and again at what is nearly a
match shows here, since its time grows with the square of the size. All pieces are tried in all places; then all parts of a page in all
nests, thousands deep, where a reader that looks into every part again shows. Printed are the slowest.
"""

import argparse
import signal
import time
from datetime import date
from types import FrameType
from typing import NamedTuple

from crawler.facts.page import read_page

DAY = date(2018, 3, 1)
LIMIT = 20.0
"""Seconds after which a page is given up."""

SIGNS = (*" _-.,:;=|·~@#%&*!?<>()[]{}\"'/\\\n\t\x00", *"\u3000…。，、：（）【】—–")
PAIRS = (
    "--",
    "->",
    "<<",
    "</",
    "..",
    "...",
    "../",
    "./",
    "//",
    "/*",
    "*/",
    "[[",
    "{{",
    "}}",
    "${",
    "<%",
    "&#",
    "\\u",
    "\\x41",
    "%u",
    "%3C",
    '="',
)
NUMBERS = (
    "1",
    "20",
    "０",
    "〇",
    "一",
    "18-",
    "01-01 ",
    "12:00",
    "2018-",
    "2018-01-01",
    "2018-01-01 ",
    "2018年",
    "1月",
    "1日",
    "昨天",
    "1天前",
    "~1",
)
NAMES = (
    "a",
    "a.",
    "a/",
    "a-",
    "jc",
    ".js",
    ".png",
    "foot",
    "list",
    "icp",
    "/ca",
    "E050",
    "red.",
    "conac",
    "jiucuo",
    "sitecode:",
    "recordcode",
)
ADDRESSES = ("http://", "http://a.", "https://a.cn/", "?a=", "&a=", "a@", "t20180101_", "/20180101/", "/2018/01/")
SCRIPTS = ("function(", "var a=", "window.", "location.href=", "unescape(", "document.write('", "$.get(", ".load('", "ajax")
ELEMENTS = (
    "<a",
    "<a ",
    "<a href",
    "<img ",
    "<br",
    "<p>",
    "</p>",
    "<b>",
    "<li>",
    "<tr><td>",
    "<dd>",
    "<h1>",
    "<form>",
    "<input>",
    "<option>",
)
MARKS = ("主办", "主办单位:", "承办", "备案号:", "京ICP备", "京公网安备", "网站标识码:", "识别码 ", "电话", "地址:", "政府", "局", "找错")
LETTERS = ("回复", "答复：", "已回复", "未回复 ", "来信", "咨询:", "问", "答", "信箱", "留言 ", "互动")
LISTS = ("共", "共1", "共1页", "第1页", "页", "下一页", "更多", "置顶", "暂无", "暂无信息", "首页", "首页>", "索引号", "(2018)", "年度报表")
ARTICLES = (
    "发布时间：",
    "来源：",
    "作者:",
    "浏览 ",
    "至",
    "事项名称",
    "设定依据:",
    "申请条件",
    "办理流程 ",
    "404",
    "不存在",
    "维护",
    "搜索",
    "条结果",
    "中 ",
    "中\n",
)
PIECES = (*SIGNS, *PAIRS, *NUMBERS, *NAMES, *ADDRESSES, *SCRIPTS, *ELEMENTS, *MARKS, *LETTERS, *LISTS, *ARTICLES)

PLACES = {
    "text": "<p>{}</p>",
    "bare": "{}",
    "comment": "<!-- {} -->",
    "title": "<title>{}</title>",
    "meta": '<meta name="ArticleTitle" content="{}">',
    "script": "<script>{}</script>",
    "written": '<script>var a = "{}"; document.write(a)</script>',
    "frame": '<iframe src="{}"></iframe>',
    "link": '<a href="/x">{}</a>',
    "href": '<a href="{}">关于春季植树的通知</a>',
    "link's title": '<a href="/x" title="{}">关于春季植树...</a>',
    "handler": '<a onclick="{}">找错</a>',
    "class": '<div class="{}">中</div>',
    "style": '<div style="{}">中</div>',
    "source": '<img src="{}">',
    "alt": '<img alt="{}">',
    "field": '<form action="/s"><input name="q" value="{}" placeholder="{}"></form>',
    "breadcrumb": '<div>当前位置：<a href="/">首页</a> &gt; {}</div>',
    "foot": '<div class="footer">版权所有 主办单位：{}</div>',
    "entry": '<ul><li><a href="/1.html">关于植树的通知</a><span>{}</span></li>'
    '<li><a href="/2.html">关于植树的通报</a><span>2018-01-01</span></li></ul>',
    "row": "<table><tr><td>来信标题</td><td>时间</td></tr><tr><td>{}</td><td>2018-01-01</td></tr></table>",
    "letter": "<title>县长信箱</title><h1>信件内容</h1><p>来信内容：{}</p><p>回复内容：{}</p>",
    "guide": "<title>办事指南</title><h1>办事指南</h1><p>事项名称：{}</p><p>申请条件：{}</p><p>办理流程</p>",
}

NESTS = (
    "<div>",
    '<div style="display:none">',
    '<ul class="list"><li>',
    "<table><tr><td>",
    "<dl><dd>",
    "<b>",
    '<form action="/s">',
    '<div id="foot">',
    '<div class="con"><h2>通知公告</h2>',
    '<div class="list">2018-01-02',
    '<div>当前位置：<a href="/">首页</a>&gt;',
    '<a href="/1.html">关于植树的通知</a><li>',
    "<svg>",
    "<select>",
)
PARTS = (
    '<a href="/{n}.html">关于第{n}次植树的通知</a><span>2018-02-03</span>',
    '<li><a href="/{n}">关于植树的通知{n}</a>02-03</li>',
    "<tr><td>{n}</td><td>咨询第{n}件</td><td>2018-01-02</td><td>已回复</td></tr>",
    "<dt>设定依据</dt><dd>{n}</dd>",
    '<a href="http://a{n}.com/">友情{n}</a>',
    '<a title="找错" href="javascript:;"><img src="jiucuo{n}.png"></a>',
    '<input type="text" name="k{n}">',
    '<div id="list{n}"></div>',
    '<script>var a = "{n}";</script>',
    "主办单位：第{n}局<br>",
    "<h3>标题{n}</h3>",
    "<a>",
)
DEPTH = 1_900


class GivenUp(Exception):
    """A page took longer than the limit."""


class Took(NamedTuple):
    """The processor seconds of one page."""

    seconds: float
    place: str
    piece: str


def reading_time(page: str) -> float:
    """Return the processor seconds of reading a page, or the limit."""
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    before = time.process_time()
    try:
        read_page(page.encode("utf-8", "replace"), url="http://a.gov.cn/b/c.html", as_of=DAY)
    except GivenUp:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - before


def give_up(number: int, frame: FrameType | None) -> None:
    """Answer the alarm of `reading_time`."""
    raise GivenUp


def main() -> None:
    """Try all pieces in all places and print the slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=60_000, help="of every repeated piece")
    parser.add_argument("--slowest", type=int, default=10)
    arguments = parser.parse_args()
    signal.signal(signal.SIGPROF, give_up)
    times = []
    for place, template in PLACES.items():
        for piece in PIECES:
            body = template.replace("{}", piece * (arguments.characters // len(piece)))
            times.append(Took(reading_time(f'<html><head><meta charset="utf-8">{body}</html>'), place, piece))
    for nest in NESTS:
        for part in PARTS:
            body = nest * DEPTH + "".join(part.replace("{n}", str(number)) for number in range(arguments.characters // 10))
            times.append(Took(reading_time(f'<html><head><meta charset="utf-8"></head><body>{body}'), nest, part))
    times.sort(reverse=True)
    total = sum(took.seconds for took in times)
    each = 1000 * total / len(times)
    print(f"{len(times):,} pages, {total:.0f} CPU-s, {each:.1f} ms each; the slowest:")
    for took in times[: arguments.slowest]:
        print(f"{took.seconds:8.2f} s  {took.piece!r} in {took.place}")


if __name__ == "__main__":
    main()
