"""Parts of a page that stand elsewhere: its head in a script or fragment, and what is in frames."""

import pytest

from crawler.facts.frames import read_frames, read_scripts
from crawler.facts.head import is_head_unread
from tests.facts.pages import document

_MENU = "<ul><li><a href='/'>网站首页</a></li><li><a href='/zwgk/'>政务公开</a></li></ul>"
_LIST = "<ul><li><a href='/1.html'>清河县召开安全生产工作会议</a> 2018-02-01</li></ul>"


@pytest.mark.parametrize(
    ("markup", "unread"),
    [
        ("<script src='/js/head.js'></script>", True),
        (f"<script src='/r/top_2.js?v=3'></script>{_MENU}", True),
        ("<script src='/script/0/1711081424425.js'></script>", True),
        (f"<script src='/script/0/1711081424425.js'></script>{_MENU}", False),
        ("<script src='/js/jquery.min.js'></script>", False),
        ("<script src='/js/backtop.js'></script><a href='/index.html'>首 页</a>", False),
        ("<div id='header'></div><script>$('#header').load('/include/header.html')</script>", True),
        ("<div class='pub_head'></div><script>render()</script>", True),
        ("<app-header></app-header><script src='/js/app.js' defer></script>", True),
        ("<div data-include='/public/header.html'></div><script>include()</script>", True),
        ("<div class='top'></div>", False),
        (f"<div class='top'></div>{_MENU}<script>clock()</script>", False),
    ],
)
def test_a_head_that_something_else_writes_is_known(markup: str, *, unread: bool) -> None:
    assert is_head_unread(document(f"<body>{markup}{_LIST}</body>")) is unread


@pytest.mark.parametrize(
    ("frame", "read"),
    [
        ("<iframe src='/pub/A01.htm' width='1000' height='230'></iframe>", ("http://a.gov.cn/pub/A01.htm",)),
        ("<iframe src='19.asp '></iframe>", ("http://a.gov.cn/19.asp",)),
        ("<iframe src='http://so.city.gov.cn/box.html'></iframe>", ("http://so.city.gov.cn/box.html",)),
        ("<iframe src='http://www.weather.com.cn/widget'></iframe>", ()),
        ("<iframe src='/plus/tianqi.html'></iframe>", ()),
        ("<iframe src='/download.asp' width='0' height='0'></iframe>", ()),
        ("<div style='display:none'><iframe src='/task.jsp'></iframe></div>", ()),
        ("<iframe name='main'></iframe>", ()),
        ("<object type='text/html' data='/pub/f.html'></object>", ("http://a.gov.cn/pub/f.html",)),
        ("<object data='/a.swf'></object>", ()),
        ("<div class='bq'></div><script>$('.bq').load('/pub/bq.html')</script>", ("http://a.gov.cn/pub/bq.html",)),
        ("<div w3-include-html='/frag/news.html'></div>", ("http://a.gov.cn/frag/news.html",)),
        ("<script>$('#w').load('/plus/weather.html')</script>", ()),
    ],
)
def test_the_frames_in_which_a_part_of_the_page_stands_are_named(frame: str, read: tuple[str, ...]) -> None:
    assert read_frames(document(f"<body>{frame}{_LIST}</body>", url="http://a.gov.cn/")) == read


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("/js/menu.js", ("http://a.gov.cn/js/menu.js",)),
        ("/js/foot.js?v=2", ("http://a.gov.cn/js/foot.js?v=2",)),
        ("//zwfw.city.gov.cn/jiucuo.js", ("http://zwfw.city.gov.cn/jiucuo.js",)),
        ("/js/jquery-3.5.1.min.js", ()),
        ("/js/tongji.js", ()),
        ("http://cdn.example.com/app.js", ()),
    ],
)
def test_the_files_that_may_write_parts_of_a_page_are_known(source: str, read: tuple[str, ...]) -> None:
    assert read_scripts(document(_MENU, head=f"<script src='{source}'></script>", url="http://a.gov.cn/")) == read


def test_so_many_files_are_named_that_hardly_a_page_has_more() -> None:
    files = "".join(f"<script src='/js/part{number}.js'></script>" for number in range(30))
    assert len(read_scripts(document(_MENU, head=files))) == 30
