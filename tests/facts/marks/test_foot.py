"""The foot of a page: which parts of it were read, and which may still hold what is missing."""

import pytest

from crawler.facts.marks.pictures import read_pressed_pictures
from crawler.facts.records import Mark, Place, Presence
from tests.facts.marks.test_marks import CODE, marks
from tests.facts.pages import document


def test_an_unread_foot_is_said_to_be_unread() -> None:
    by_name = marks("<p>正文</p><script src='/js/footer.js?v=2'></script><script src='http://cdn.test/foot.js'></script>")
    assert by_name.footer_by_script
    assert by_name.footer_sources == ("http://www.qinghe.gov.cn.test/js/footer.js?v=2", "http://cdn.test/foot.js")
    assert marks("<script>$('#f').load('/include/bottom.html')</script>").footer_sources == (
        "http://www.qinghe.gov.cn.test/include/bottom.html",
    )
    assert marks("<p>正文</p><div id='footer'></div>").footer_by_script
    assert not marks("<p>正文</p><div id='footer'>版权所有</div>").footer_by_script


FOOT = "<p>主办单位：清河县水务局</p>"


@pytest.mark.parametrize(
    ("body", "scripts"),
    [
        (f"{FOOT}<script src='/js/common.js'></script>", ("http://www.qinghe.gov.cn.test/js/common.js",)),
        (f"{FOOT}<script src='//www.lizhou.gov.cn/js/common.js'></script>", ("http://www.lizhou.gov.cn/js/common.js",)),
        (f"<script src='/js/common.js'></script>{FOOT}", ()),
        (f"{FOOT}<script src='/js/jquery.min.js'></script><script src='http://cdn.test/a.js'></script>", ()),
        (f"{FOOT}<script src='/js/foot.js'></script>", ()),
        (
            f"{FOOT}<script>var s = document.createElement('script'); s.src = '/js/jc.js'</script>",
            ("http://www.qinghe.gov.cn.test/js/jc.js",),
        ),
        (
            f"{FOOT}<p>冀ICP备05000001号 冀公网安备 13030202000394号 网站标识码：{CODE}</p><script src='//dcs.conac.cn/js/a.js'></script>"
            f"<script id='_jiucuo_' sitecode='{CODE}' src='/exposure/jiucuo.js'></script>"
            "<script src='/js/common.js'></script>",
            (),
        ),
    ],
    ids=[
        "below the foot",
        "of the platform",
        "above it",
        "a library and a stranger's",
        "by its name",
        "put in by a script",
        "nothing is missing",
    ],
)
def test_a_script_at_the_foot_may_write_what_is_missing(body: str, scripts: tuple[str, ...]) -> None:
    assert marks(body).foot_scripts == scripts


@pytest.mark.parametrize(
    ("part", "unread"),
    [
        ("<app-footer></app-footer>", True),
        ("<app-footer>版权所有</app-footer>", False),
        ("<div id='dibu'></div>", True),
        ("<div include='/inc/footer.html'></div>", True),
        ("<object data='/inc/footer.html'></object>", True),
        ("<script>fetch('/inc/footer.html')</script>", True),
        ("<script>$('#x').load('/common/footer')</script>", True),
        ("<script src='/js/weibu.js'></script>", True),
        ("<script src='/js/detail.js'></script>", False),
        ("<script>var url = '/images/logo.png'</script>", False),
    ],
)
def test_a_part_of_the_foot_is_unread_beside_what_is_printed(part: str, *, unread: bool) -> None:
    assert marks(f"{part}<p>版权所有：清河县水务局</p>").footer_by_script is unread


def test_marks_of_a_page_in_gb18030_carry_their_place_and_a_masked_excerpt() -> None:
    seen = marks("主办单位：清河县人民政府 手机 13812345678 网站标识码：1302050002", encoding="gb18030")
    assert seen.site_code == Mark(state=Presence.PRESENT, value="1302050002", place=Place.TEXT, excerpt=seen.site_code.excerpt)
    assert "网站标识码:1302050002" in seen.site_code.excerpt and "13812345678" not in seen.site_code.excerpt


def test_a_picture_in_place_of_the_foot_is_unread_until_a_mark_is_printed() -> None:
    picture = "<img src='images/bottom_bg.jpg' usemap='#m'><div class='border-bottom'></div>"
    assert marks(picture).footer_by_script
    assert not marks(picture + "冀ICP备05003505号").footer_by_script


def test_without_any_foot_a_script_in_the_body_may_have_written_it() -> None:
    assert marks("<p>要闻</p><script src='/js/common.js'></script>").footer_by_script
    assert not marks("<p>要闻</p><script src='/js/common.js'></script>版权所有：清河县水务局").footer_by_script
    assert not marks("<p>要闻</p>", head="<script src='/js/jquery.js'></script>").footer_by_script


@pytest.mark.parametrize(
    ("place", "pressed"),
    [
        ("<div class='letters' onclick=\"location.href='/xinxiang/'\"></div>", ("location.href='/xinxiang/'",)),
        ("<i onclick=\"window.open('http://www.qinghe.gov.cn/hd/')\"></i>", ("window.open('http://www.qinghe.gov.cn/hd/')",)),
        ("<div onclick=\"location.href='/xinxiang/'\">县长信箱</div>", ()),
        ("<span class='next' onclick='show(2)'></span><i onclick='closeFloat();location=0'></i>", ()),
    ],
)
def test_a_place_without_words_or_picture_that_leads_elsewhere_when_pressed_may_be_anything(place: str, pressed: tuple[str, ...]) -> None:
    assert read_pressed_pictures(document(f"<body>{place}{FOOT}</body>")) == pressed
