"""The footer marks in every form met: a mark that is there is seen, a comment never counts, an unread foot is said to be unread."""

import pytest

from crawler.facts.marks.reading import read_marks
from crawler.facts.records import Mark, Marks, Place, Presence
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
    ("body", "value"),
    [
        (f"网站标识码：{CODE}", CODE),
        (f"<td>政府网站标识码</td><td>{CODE}</td>", CODE),
        (f"网站识别码：{CODE}", CODE),
        (f"政府网站识别码{CODE}", CODE),
        (f"网站标识码（{CODE}）", CODE),
        (f"网站标识号为 {CODE}", CODE),
        (f"网站标志码：{CODE}", CODE),
        (f"网站标识：{CODE}", CODE),
        (f"网站编码：{CODE}", CODE),
        (f"网站编号{CODE}", None),
        (f"网站编号：{CODE}", CODE),
        (f"网站ID：{CODE}", CODE),
        ("网站编号：20180305", None),
        (f"<a title='网站标识码：{CODE}' href='#'><img src='a.png'></a>", CODE),
        (f"网站标识代码：{CODE}", CODE),
        (f"网站标识码（Site ID）：{CODE}", CODE),
        (f"[网站标识码]{CODE}", CODE),
        ("网站标识码：130205XXXX", "130205XXXX"),
        ("网站标识码：xxxxxxxx", "xxxxxxxx"),
        (f"<img alt='政府网站标识码：{CODE}' src=a.png>", CODE),
        (f"<img onclick='Link(&#39;{CODE}&#39;)' src='a.png'>", CODE),
        (f"<img src='http://121.43.68.40/exposure/images/jiucuo.png?v={CODE}'>", CODE),
        ("网站标识码：<span>bm14</span><b>000002</b>", "bm14000002"),
        ("网站标识码: bm14000001京ICP备05002860号", "bm14000001"),
        ("网站标识码：ＢＴ０３００００４０", "BT03000040"),
        (f"<script id='_jiucuo_' sitecode='{CODE}' src='//zfwzgl.www.gov.cn/exposure/jiucuo.js'></script>", CODE),
        (f"<a href='http://121.43.68.40/exposure/jiucuo.html?site_code={CODE}&url=x'>x</a>", CODE),
        ("网站标识码：hncs785415", "hncs785415"),
        (f"政府网站标示码：{CODE}", CODE),
        (f"政府网站代码：{CODE}", CODE),
        (f"网站标识码 NO.{CODE}", CODE),
        (f"{CODE}（网站标识码）", CODE),
        (f"<script>document.write('网站标识码：&nbsp;{CODE}')</script>", CODE),
        (f"组织机构代码：{CODE}", None),
        (f"<!-- 网站标识码：{CODE} -->", None),
        (f"电话 {CODE}", None),
    ],
)
def test_site_code(body: str, value: str | None) -> None:
    assert marks(body).site_code.value == value


def test_site_codes_that_disagree_are_all_kept() -> None:
    seen = marks("网站标识码：1302050002", head="<meta name=SiteIDCode content=5001070012>")
    assert [(mark.value, mark.place) for mark in seen.site_codes] == [("1302050002", Place.TEXT), ("5001070012", Place.META)]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("京ICP备04000001号-2", "京ICP备04000001号-2"),
        ("京<span>ICP</span>备<span>19054529</span>", "京ICP备19054529"),
        ("蜀ICP备：05028878号", "蜀ICP备:05028878号"),
        ("冀ICP备字05003505号", "冀ICP备字05003505号"),
        ("冀ICP备[05003505]号", "冀ICP备[05003505]号"),
        ("冀ICP（备）05003505号-1", "冀ICP(备)05003505号-1"),
        ("冀ICP证05003505号", None),
        ("备案号：冀05003505号", "冀05003505号"),
        ("备案序号：冀备05003505号-1", "冀备05003505号-1"),
        ("京ICP10036469号", "京ICP10036469号"),
        ("浙 ICP 备 020007", "浙 ICP 备 020007"),
        ("ICP备案编号：05003505", "ICP备案编号:05003505"),
        ("<script>document.write('冀ICP备05003505号')</script>", "冀ICP备05003505号"),
        ("<a href='https://beian.miit.gov.cn/'>冀备-05003505</a>", "冀备-05003505"),
        ("冀ICP备第05003505号", "冀ICP备第05003505号"),
        ("冀ICP备案序号05003505", "冀ICP备案序号05003505"),
        ("冀lCP备05003505号", "冀lCP备05003505号"),
        ("冀ICP備05003505號", "冀ICP備05003505號"),
        ("ICP备案号：冀05003505", "冀05003505"),
        ("信息产业部备案号 05003505", "05003505"),
        ("备案号：冀05003505", "冀05003505"),
        ("冀ICP备（2005）003505号", "冀ICP备(2005)003505号"),
        ("冀ICP备B2-20050035号", "冀ICP备B2-20050035号"),
        ("冀ICP备05O03505号", "冀ICP备05O03505号"),
        ("冀ICP备字xxxxxxxx号", "冀ICP备字xxxxxxxx号"),
        ("冀ICP备号", None),
        ("京ICP证B2-20050035号", None),
        ("京ICP证160803号", None),
        ("萌ICP备20180001号", None),
        ("<!-- 京ICP备04000001号 -->", None),
    ],
)
def test_icp(body: str, value: str | None) -> None:
    assert marks(body).icp.value == value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("浙公网安备 33060202000394号", "浙公网安备 33060202000394号"),
        ("津公网安备 ：12010302000991号", "津公网安备 :12010302000991号"),
        ("沪公安备：31010102045442号", "沪公安备:31010102045442号"),
        ("粤公网安备号 44030402003007", "粤公网安备号 44030402003007"),
        ("公安机关备案号：43010302000524", "43010302000524"),
        ("公网安备33060202000394号", "33060202000394"),
        ("<a href='http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=33060202000394'><img src=ga.png></a>", "33060202000394"),
        ("<a href='https://beian.mps.gov.cn/#/query/webSearch?code=32083002000282'>x</a>", "32083002000282"),
        ("冀公网备安13053402000012号", "冀公网备安13053402000012号"),
        ("备案编号：13053402000012", "13053402000012"),
        ("冀公网安13053402000012号", "冀公网安13053402000012号"),
        ("冀<b>公网安备</b> 1305 3402 000012号", "冀公网安备 1305 3402 000012号"),
        ("公安联网备案号：13053402000012", "13053402000012"),
        ("郑公备：41010029000130", "41010029000130"),
        ("邢台市网警备案：1305000015", "1305000015"),
        ("穗公网监备案证第4401060100123号", "4401060100123"),
        ("<img src=a.png alt='冀公网安备13053402000012号'>", "冀公网安备13053402000012号"),
        ("网安部门备案，电话 0319-12345678", None),
        ("备案编号：130534020", None),
        ("公安局通知 2018030100001", None),
    ],
)
def test_police_filing(body: str, value: str | None) -> None:
    assert marks(body).police_filing.value == value


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<img src='/images/beian.png'>", True),
        ("<img src='blank.gif' data-src='/images/beian.png'>", True),
        ("<a href='http://www.beian.gov.cn/'><img src='1.png'></a>", True),
        ("<a href='http://www.beian.gov.cn/'>冀ICP备05003505号</a>", False),
        ("<img src='/images/gallery.png'>", False),
    ],
)
def test_the_badge_of_the_police_filing_is_seen_though_its_number_is_not(body: str, seen: bool) -> None:
    filing = marks(body).police_filing
    assert filing.seen is seen and filing.value is None


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
        ("主办方：清河县水务局承办：信息中心", "清河县水务局"),
        ("主办单位是清河县水务局", "清河县水务局"),
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
    ],
)
def test_sponsor(body: str, value: str | None) -> None:
    assert marks(body).sponsor.value == value


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
            f"{FOOT}<p>冀ICP备05000001号 冀公网安备 13030202000394号 网站标识码：{CODE}</p><script src='//dcs.conac.cn/js/a.js'></script>"
            f"<script id='_jiucuo_' sitecode='{CODE}' src='/exposure/jiucuo.js'></script>"
            "<script src='/js/common.js'></script>",
            (),
        ),
    ],
    ids=["below the foot", "of the platform", "above it", "a library and a stranger's", "by its name", "nothing is missing"],
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
