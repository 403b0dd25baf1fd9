"""Site codes and filings, in the ways they are printed and misprinted."""

import pytest

from crawler.facts.records import Place
from tests.facts.marks.test_marks import CODE, marks


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
        ("网站标识码：0000000000", None),
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


def test_a_code_that_was_never_filled_in_is_printed_and_is_nobodys() -> None:
    seen = marks(f"网站标识码：0000000000<script id='_jiucuo_' sitecode='{CODE}' src='/exposure/jiucuo.js'></script>")
    assert [mark.value for mark in seen.site_codes] == [CODE]
    assert marks("网站标识码：0000000000").site_code.seen


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
        ("备案编号：05003505", "05003505"),
        ("<input value='冀ICP备05003505号' disabled>", "冀ICP备05003505号"),
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
    ("link", "seen"), [("<img src='/images/x.png'>", True), ("备案信息", False), ("<img src='/images/x.png' alt='备案'>", False)]
)
def test_a_filing_may_be_painted_on_the_link_to_its_register(link: str, *, seen: bool) -> None:
    icp = marks(f"<p>主办单位：清河县水务局</p><a href='https://beian.miit.gov.cn/'>{link}</a>").icp
    assert (icp.seen, icp.value) == (seen, None)
