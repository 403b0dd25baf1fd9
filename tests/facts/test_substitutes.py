"""Pages that stand in place of content are recognised, and ordinary pages are never taken for one."""

import pytest

from crawler.facts.page import read_document
from crawler.facts.records import Forward, ForwardKind, NoticeKind, PageType
from crawler.facts.substitutes.challenges import read_challenge
from crawler.facts.substitutes.forwards import read_forward
from crawler.facts.substitutes.notices import is_blank, read_notice, says_not_found
from tests.facts.pages import document

NAVIGATION = "<ul>" + "".join(f"<li><a href='/c{number}/'>栏目{number}</a></li>" for number in range(30)) + "</ul>"


@pytest.mark.parametrize(
    ("body", "family"),
    [
        ("<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=12;</script><script src='/a8f/b9c.js'></script>", "ruishu"),
        ("<script>document.cookie='__jsl_clearance=1|0|x';location.href=location.pathname</script>", "jiasule"),
        ("<p>当前访问疑似黑客攻击，已被创宇盾拦截</p>", "chuangyu"),
        ("<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><img src='safedog.gif'>", "safedog"),
        ("<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>", "block_page"),
        ("<a href='http://webscan.360.cn'>本页由360网站卫士防护</a>", "360"),
        ("<p>Checking your browser</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate.js'></script>", "cloudflare"),
        ("<p>您的访问过于频繁</p>", "block_page"),
        ("<p>为了保护网站，请输入验证码后继续访问</p><input name=code>", "captcha"),
        ("<p>请开启JavaScript并刷新该页</p>", "script_check"),
        ("<form><h1>统一身份认证登录</h1><input name=u><input type=password name=p></form>", "login"),
        ("<script>document.cookie='k='+f();window.location.reload()</script>", "cookie_script"),
        ("<script>var _0x3f2a=['x'];eval(_0x3f2a)</script>", "obfuscated_script"),
    ],
)
def test_challenges_are_named(body: str, family: str) -> None:
    page = document(body)
    assert read_challenge(page) == family
    expected = PageType.OTHER if family == "login" else PageType.WAF_CHALLENGE
    assert read_document(page).page_type is expected


@pytest.mark.parametrize("words", ["本站由安全狗提供防护", "关于网站频繁访问被拦截的说明：请求带有不合法参数", "请完成安全验证后登录"])
def test_a_page_with_navigation_is_no_challenge(words: str) -> None:
    assert read_challenge(document(f"{NAVIGATION}<p>{words}</p>")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("网站升级改版中，敬请期待", NoticeKind.MAINTENANCE),
        ("系统正在维护，给您带来不便请谅解", NoticeKind.MAINTENANCE),
        ("根据工作安排，本网站临时下线", NoticeKind.OFFLINE),
        ("此网站已关停", NoticeKind.CLOSED),
        ("本网站自2018年3月1日起停止更新", NoticeKind.CLOSED),
        ("我单位网站已迁移至全省集约化平台，请访问新网址", NoticeKind.MOVED),
    ],
)
def test_notice_pages(text: str, kind: NoticeKind) -> None:
    page = document(f"<h1>公告</h1><p>{text}</p><a href='http://www.xinzhan.gov.cn.test/'>新站</a>")
    notice = read_notice(page)
    assert notice is not None and notice.kind is kind and text[:6] in notice.excerpt
    assert read_document(page).page_type is PageType.MAINTENANCE


def test_a_notice_names_where_the_site_went() -> None:
    printed = read_notice(document("<p>网站域名变更为：xin.gov.cn，请使用新域名访问。</p>"))
    assert printed is not None and printed.target == "http://xin.gov.cn/"


@pytest.mark.parametrize(
    "foot",
    [
        "网站建设：清河信息公司",
        "技术支持：县网站维护中心",
        "地址：清河县建设中路12号",
        "请使用新版浏览器访问本站",
        "网站维护",
        "系统维护：县电子政务办",
    ],
)
def test_the_foot_of_a_small_page_makes_no_notice_page(foot: str) -> None:
    assert read_notice(document(f"<a href=a>清河县水务局</a><p>{foot}</p>")) is None


@pytest.mark.parametrize(
    "body",
    [
        f"{NAVIGATION}<p>关于网站升级维护的公告：本网站将暂停服务</p>",
        "<div>当前位置：首页 > 公告</div><h1>关于网站升级维护的公告</h1><p>发布时间：2018-01-02</p><p>系统正在升级</p>",
    ],
)
def test_a_notice_among_content_makes_no_notice_page(body: str) -> None:
    assert read_notice(document(body)) is None


@pytest.mark.parametrize(
    ("head", "body", "kind", "target"),
    [
        ("<meta http-equiv=refresh content='0; url=/index2.html'>", "", ForwardKind.META, "http://www.qinghe.gov.cn.test/index2.html"),
        ("<meta http-equiv=Refresh content='3;URL=\"http://a.gov.cn/\"'>", "正在跳转", ForwardKind.META, "http://a.gov.cn/"),
        ("", "<script>window.location.href='/portal/'</script>", ForwardKind.SCRIPT, "http://www.qinghe.gov.cn.test/portal/"),
        ("", '<script>top.location.replace("zwgk.html")</script>', ForwardKind.SCRIPT, "http://www.qinghe.gov.cn.test/zwgk.html"),
        (
            "",
            "<p>首页</p><p id=url>/c1/list.shtml</p><script>window.open(url,'_self')</script>",
            ForwardKind.SCRIPT,
            "http://www.qinghe.gov.cn.test/c1/list.shtml",
        ),
        ("", "<iframe src='/main/' width='100%' height='100%'></iframe>", ForwardKind.FRAME, "http://www.qinghe.gov.cn.test/main/"),
    ],
)
def test_stubs_say_where_they_lead(head: str, body: str, kind: ForwardKind, target: str) -> None:
    page = document(body, head=head)
    assert read_forward(page) == Forward(kind=kind, targets=(target,))
    assert read_document(page).page_type is (PageType.FRAMESET if kind is ForwardKind.FRAME else PageType.REDIRECT_STUB)


def test_framesets_name_their_frames() -> None:
    from crawler.facts.tree.document import Document
    from tests.facts.pages import AS_OF

    page = Document.parse(
        b"<html><frameset cols='20%,*'><frame src=left.htm><frame src=main.htm></frameset></html>", url="http://a.gov.cn/", as_of=AS_OF
    )
    assert read_forward(page) == Forward(kind=ForwardKind.FRAME, targets=("http://a.gov.cn/left.htm", "http://a.gov.cn/main.htm"))


@pytest.mark.parametrize(
    "body",
    [
        f"{NAVIGATION}<script>location.href='/m/'</script>",
        "<p>清河县水务局</p><script>if(/Android/.test(navigator.userAgent)) location.href='/m/'</script>",
        "<p>来源：县办</p><p>时间：2018-01-02</p><script>function p(){location.href='/x'}</script>",
        "<script>// location.href='/old/'\nvar a</script><p>正文</p>",
    ],
)
def test_a_page_with_content_is_no_stub(body: str) -> None:
    assert read_forward(document(body)) is None


@pytest.mark.parametrize(
    "body", ["<h1>404</h1>", "<p>抱歉，您访问的页面不存在</p>", "<p>该信息已被删除</p>", "<h1>Welcome to nginx!</h1>", ""]
)
def test_soft_errors(body: str) -> None:
    page = document(body)
    assert says_not_found(page) or is_blank(page)
    assert read_document(page).page_type is PageType.SOFT_404


def test_an_application_shell_is_script_dependent_and_no_error() -> None:
    facts = read_document(document("<div id=app></div><script src=/app.js></script>"))
    assert facts.script_dependent and facts.page_type is PageType.OTHER


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>澳门威尼斯人娱乐_真人百家乐</title>", NAVIGATION),
        ("<title>清河县水务局</title>", NAVIGATION + "<a href=x>百家乐</a><a href=y>时时彩</a><a href=z>老虎机</a>"),
        (
            "",
            NAVIGATION + "<div style='display:none'>" + "".join(f"<a href='http://www.s{n}.test/'>站{n}</a>" for n in range(12)) + "</div>",
        ),
    ],
)
def test_injected_advertising(head: str, body: str) -> None:
    assert read_document(document(body, head=head)).page_type is PageType.SPAM_INJECTED


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>关于严厉打击网络赌博的通告</title>", NAVIGATION),
        ("<title>中国福利彩票双色球开奖公告</title>", NAVIGATION),
        (
            "",
            NAVIGATION
            + "<ul class=links style='display:none'>"
            + "".join(f"<li><a href='http://www.s{n}.test/'>站{n}</a>" for n in range(12))
            + "</ul>",
        ),
        (
            "",
            NAVIGATION
            + "<div style='display:none'>"
            + "".join(f"<a href='http://www.q{n}.gov.cn/'>县{n}</a>" for n in range(12))
            + "</div>",
        ),
    ],
)
def test_warnings_lotteries_and_hidden_menus_are_no_advertising(head: str, body: str) -> None:
    assert read_document(document(body, head=head)).page_type is not PageType.SPAM_INJECTED
