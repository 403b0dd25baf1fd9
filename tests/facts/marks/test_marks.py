"""The footer marks in every form met: a mark that is there is seen, a comment never counts, an unread foot is said to be unread."""

import pytest

from crawler.facts.marks.reading import read_marks
from crawler.facts.records import Marks, Presence
from tests.facts.pages import document

CODE = "1302050002"


def marks(body: str, *, head: str = "", encoding: str = "utf-8") -> Marks:
    return read_marks(document(body, head=head, encoding=encoding))


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<script src='http://dcs.conac.cn/js/14/215/0000/41619365/CA142150000416193650001.js'></script>", Presence.PRESENT),
        (
            "<span id='_ideConac'><a href='//bszs.conac.cn/sitename?method=show&amp;id=06F2CA00000000000000000000000000'>x</a></span>",
            Presence.PRESENT,
        ),
        ("<img src='images/blue.png'>", Presence.PRESENT),
        ("<img src='a.png' alt='党政机关'>", Presence.PRESENT),
        ("<img src='img/党政机关 2.png'>", Presence.PRESENT),
        ("<img alt=事业单位 src=a.png>", Presence.PRESENT),
        ("<a title='党政机关网站标识' href='#'><img src='foot1.png'></a>", Presence.PRESENT),
        ("<div style='background:url(/img/dzjg.png)'></div>", Presence.PRESENT),
        ("<script src='js/09/152/0000/60060634/CA091520000600606340002.js'></script>", Presence.PRESENT),
        ("<a href='http://biaozhi.conac.cn'><img src=a.png></a>", Presence.PRESENT),
        ("<img src='qinghe_files/red(1).png'>", Presence.PRESENT),
        ("<img src='/assets/gov_red.png'>", Presence.PRESENT),
        ("<div class='footer-dzjg'></div>", Presence.SCRIPT_ONLY),
        ("<img src='1.jpg' alt='党政机关干部参加植树'>", Presence.ABSENT),
        ("<img src='1.jpg' alt='事业单位招考'>", Presence.ABSENT),
        ("<a title='关于党政机关停止新建楼堂馆所的通知' href='/1.html'>通知</a>", Presence.ABSENT),
        (
            "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript "
            "src='https://dcs.conac.cn/js/33/000/0000/60425889/CA330000000604258890010.js' %3E%3C/script%3E\"))</script>",
            Presence.SCRIPT_ONLY,
        ),
        ("<!-- <script src='http://dcs.conac.cn/js/14/215/0000/1/CA1.js'></script> -->", Presence.ABSENT),
        ("<script>// document.write('//dcs.conac.cn/js/14/215/0000/1/CA1.js')\nvar a=1;</script>", Presence.ABSENT),
        ("<p>省级党政机关红头文件</p>", Presence.ABSENT),
        ("<img src='images/shared.png'>", Presence.ABSENT),
    ],
)
def test_party_mark(body: str, state: Presence) -> None:
    assert marks(body).party_mark.state is state


@pytest.mark.parametrize(
    ("body", "state", "icon_only"),
    [
        ("<script id='_jiucuo_' src='http://pucha.kaipuyun.cn/exposure/jiucuo.js '></script>", Presence.PRESENT, False),
        ("<script src='../js/jiucuo.js'></script>", Presence.PRESENT, False),
        (f"<a href='https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}&amp;url=x'>x</a>", Presence.PRESENT, False),
        (
            "<a href='https://zfwzzc.www.gov.cn/check_web/errorInfo/jcInfo/70f4f603-2380-409f-928e-c88a78664923-22'>x</a>",
            Presence.PRESENT,
            False,
        ),
        ("<span id='_span_jiucuo'><img onclick=\"Link('3208310001')\" src='jiucuo.png?v=1'></span>", Presence.PRESENT, False),
        ("<a href='#' onclick='window.open(\"http://x.test/api/jiucuo.php?site_code=1\")'><img src=a.png></a>", Presence.PRESENT, False),
        ("<a href='/jc/'>我为政府网站找错</a>", Presence.PRESENT, False),
        ("<a href='javascript:;'><img src='zc.png' alt='政府网站找错'></a>", Presence.SCRIPT_ONLY, False),
        ("<div class='jiucuo j-jiucuo' data-setting='{sitecode:3401040018}'></div>", Presence.SCRIPT_ONLY, False),
        (
            "<script>loadScripts({url:'https://zfwzgl.www.gov.cn/exposure/jiucuo.js', attr:{ sitecode:'3505240010' }})</script>",
            Presence.SCRIPT_ONLY,
            False,
        ),
        (f"<div data-setting='{{sitecode:{CODE}}}' class='mark'></div>", Presence.SCRIPT_ONLY, False),
        ("<a href='/jc/'>我为政府<br>网站找错</a>", Presence.PRESENT, False),
        ("<a href='http://192.0.2.1/errorInfo/search'><img src='a.png'></a>", Presence.PRESENT, False),
        ("<a href='/jd/'><img src='zc.png'></a>", Presence.PRESENT, False),
        ("<button onclick='zc()'>我为政府网站找错</button>", Presence.PRESENT, False),
        ("<img src='https://zfwzgl.www.gov.cn/exposure/images/jiucuo.png?v=1'>", Presence.PRESENT, False),
        ("<a href='https://zfwzzc.www.gov.cn/check_web/databaseInfo/main'>基本信息</a>", Presence.ABSENT, False),
        ("<a href='/wzjc.html'>网站纠错</a>", Presence.ABSENT, False),
        ("<p>网民可通过https://zfwzgl.www.gov.cn/exposure/jiucuo.html反映问题</p>", Presence.ABSENT, False),
        ("<p>见//zfwzgl.www.gov.cn/exposure/</p><a href='//zfwzgl.www.gov.cn/exposure/jiucuo.html'>x</a>", Presence.PRESENT, False),
        ("<img id='jiucuo' src='1.png'><script src='/js/common.js'></script>", Presence.SCRIPT_ONLY, False),
        ("<a href='javascript:jiucuo()'><img src='1.png'></a>", Presence.SCRIPT_ONLY, False),
        ("<script src='/static/jiucuo.min.js'></script>", Presence.PRESENT, False),
        ("<a href='javascript:;' class='jiucuo'>文章纠错</a>", Presence.ABSENT, False),
        ("<a href='/1.html'>关于规范“我为政府网站找错”平台的通知</a>", Presence.ABSENT, True),
        ("<img src='1.png' alt='政府网站找错'>", Presence.ABSENT, True),
        ("<a href='#'>我为政府网站找错</a>", Presence.ABSENT, True),
        ("<a href='https://zfwzzc.www.gov.cn/'>全国政府网站基本信息</a>", Presence.ABSENT, False),
        ("<!-- <script src='//zfwzgl.www.gov.cn/exposure/jiucuo.js'></script> -->", Presence.ABSENT, False),
        ("<form action='http://zs.kaipuyun.cn/s'><input name=searchWord></form>", Presence.ABSENT, False),
    ],
)
def test_feedback_entry(body: str, state: Presence, icon_only: bool) -> None:
    seen = marks(body)
    assert (seen.feedback_entry.state, seen.feedback_icon_only) == (state, icon_only)


def test_an_unnamed_picture_beside_the_party_mark_is_not_denied() -> None:
    body = "<a href='javascript:;'><img src='red.png'></a><a href='javascript:;'><img src='index_33.png'></a>"
    assert marks(body).feedback_entry.state is Presence.SCRIPT_ONLY
    assert not marks(body.replace("index_33", "weixin")).feedback_entry.seen


def test_an_unnamed_picture_of_the_foot_that_a_script_drives_may_be_the_entry() -> None:
    foot = "<p>版权所有：清河县水务局</p><a href='javascript:go(2)'><img src='f_2.png'></a>"
    assert marks(foot).driven_pictures == ("f_2.png",)
    assert marks(foot.replace("<img", "<img onclick='go(2)'").replace("javascript:go(2)", "#")).driven_pictures == ("f_2.png",)
    assert marks(foot.replace("javascript:go(2)", "#")).driven_pictures == ()
    assert marks(foot.replace("f_2", "wechat")).driven_pictures == ()
    assert marks(foot.replace("</a>", "返回首页</a>")).driven_pictures == ()
    assert marks(foot + "<script src='/js/jiucuo.js'></script>").driven_pictures == ()


def test_pictures_of_the_foot_without_a_name_may_be_the_party_mark() -> None:
    foot = "<p>版权所有：清河县水务局<img src='/images/20180104.png'><a href='/xw/'><img src='1.png'></a><img src='2.png' alt='微信'></p>"
    assert marks(foot).unnamed_pictures == ("/images/20180104.png",)
    assert marks(foot + "<img src='dzjg.png'>").unnamed_pictures == ()
    assert marks("<img src='/images/20180104.png'>").unnamed_pictures == ()
    lazy = "<img src='data:image/gif;base64,R0' data-src='/i/3.png'>"
    assert marks(f"版权所有<img src='data:image/png;base64,iVBOR'>{lazy}").unnamed_pictures == ("data:image/png;base64,iVBOR", "/i/3.png")


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("主办单位：清河县人民政府办公室　承办单位：电子政务中心", "清河县人民政府办公室"),
        ("主办：清河县水务局", "清河县水务局"),
        ("清河县人民政府主办  版权所有", "清河县人民政府"),
        ("<!-- 主办单位：清河县 -->版权所有：清河县人民政府", None),
        ("由清河县文化局主办的书画展开幕", None),
        ("书画展由清河县文化局主办，县文化馆承办。", None),
        ("本网站由清河县水务局主办", "本网站由清河县水务局"),
        ("主办：<br>承办：清河县信息中心", None),
        ("主办、承办：清河县水务局", "清河县水务局"),
        ("主办及维护单位：清河县水务局", "清河县水务局"),
        ("地址：兴榆路1号 主办单位<br>E-mail：a@qinghe.cn", None),
        ("主办方：清河县水务局承办：信息中心", "清河县水务局"),
        ("主办单位是清河县水务局", "清河县水务局"),
        ("主办单位/清河县水务局　承办单位/清河县信息中心", "清河县水务局"),
        ("主办/承办：清河县水务局", "清河县水务局"),
        ("主辦機構：清河县水务局", "清河县水务局"),
        ("主办 <span>清河县人民政府</span>", "清河县人民政府"),
        ("葛仙庄街道办事处主办", "葛仙庄街道办事处"),
        ("主管单位：邢台市水务局 承办：信息中心", None),
        ("主办部门：清河县水务局", "清河县水务局"),
        ("<span>清河县人民政府主办</span><span>清河县信息中心承办</span>", "清河县人民政府"),
        ("<p>清河县水务局主办<span>网站技术维护电话：0319-1234567</span></p>", "清河县水务局"),
        ("清河县文化局主办书法比赛", None),
        ("网站主办单位及联系方式：清河县水务局 0319-1234567", "清河县水务局"),
        ("本网站由清河县水务局主办。", "本网站由清河县水务局"),
        ("赛事由县体育协会、清河县人民政府主办，县体育局承办", None),
        ("一、主办单位：清河县文化局", None),
        ("<img src='foot.jpg' alt='主办：清河县水务局　承办：信息中心'>", "清河县水务局"),
        ("主办© 清河县水务局 2018", "清河县水务局"),
        ("<p>主 办 单 位 ： 清 河 县 统 计 局</p>", "清 河 县 统 计 局"),
        ("<p>主办·清河县审计局　承办·清河县信息中心</p>", "清河县审计局"),
        ("<p>清河县统计局主办并维护</p>", "清河县统计局"),
    ],
)
def test_sponsor(body: str, value: str | None) -> None:
    assert marks(body).sponsor.value == value
