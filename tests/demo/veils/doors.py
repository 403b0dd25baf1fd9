"""Whoever lets nobody in: firewalls, captchas, logins, limits by country, browser and pace. And the search's own doors."""

from tests.demo.veils.changes import Asked, Change, framed, in_place, on_searches
from xuncha.demo.answers import Answer

_LOGIN = (
    "<html><head><title>用户登录</title></head><body><form action='/login' method='post'>用户名<input name='name'>"
    "密码<input type='password' name='word'><button>登录</button></form></body></html>"
)
_CHALLENGE = "<html><head><meta content='x'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>"
_FIREWALL = "<html><head><title>访问被拦截</title></head><body>您的请求存在安全风险，已被拦截！事件编号：81</body></html>"
_SLIDER = "<html><head><title>安全验证</title></head><body>请完成下方验证后继续操作<div id='captcha'></div></body></html>"
_OLD_BROWSER = (
    "<html><head><title>浏览器升级提示</title></head><body><h2>您的浏览器版本过低</h2><p>为了获得更好的浏览体验，建议您升级或更换以下浏览器：</p><ul>"
    "<li><a href='https://www.google.cn/chrome/'>谷歌浏览器</a></li><li><a href='https://browser.360.cn/'>360安全浏览器</a></li>"
    "<li><a href='https://browser.qq.com/'>QQ浏览器</a></li></ul></body></html>"
)
_LEAVING = (
    "<html><head><title>温馨提示</title></head><body><p>您访问的链接即将离开本网站，是否继续？</p><a href='/'>取消</a>"
    "<a href='http://www.elsewhere.com/'>继续访问</a></body></html>"
)
_CAPTCHA_FORM = (
    "<p>搜索前请输入验证码</p><form action='/search' method='get'><input name='q'><input name='code'><img src='/captcha.jpg'>"
    "<input type='submit' value='确定'></form>"
)


def _cookie_first(asked: Asked, answer: Answer) -> Answer:
    """Send a visitor round and round who does not come with the right cookie."""
    mark = "&" if "?" in asked.target else "?"
    return Answer(302, b"", {"Location": f"{asked.target.partition('checked=')[0].rstrip('?&')}{mark}checked=1", "Set-Cookie": "checked=1"})


DOORS: dict[str, Change] = {
    "forbidden": in_place("<html><body><h1>403 Forbidden</h1></body></html>", 403),
    "challenge": in_place(_CHALLENGE, 412),
    "too many requests": lambda asked, answer: Answer(429, b"slow down", {"Retry-After": "1"}),
    "come back tomorrow": lambda asked, answer: Answer(503, b"busy", {"Retry-After": "86400"}),
    "firewall": in_place(_FIREWALL),
    "bad parameters": in_place("<html><body>请求带有不合法参数，已被网站管理员设置拦截！</body></html>"),
    "verification": in_place(_SLIDER),
    "script that reloads": in_place("<html><body><script>document.cookie='a=1';location.reload()</script></body></html>"),
    "login": in_place(_LOGIN),
    "way to a login": lambda asked, answer: Answer(302, b"", {"Location": "/login.html"}),
    "cookie first": _cookie_first,
    "country": in_place("<html><body><p>抱歉，根据相关规定，您所在的地区暂不支持访问本网站。</p></body></html>"),
    "abroad": in_place("<html><body><h1>Access restricted</h1><p>This site is not available in your region.</p></body></html>"),
    "old browser": in_place(_OLD_BROWSER),
    "intranet": in_place("<html><body>本系统仅限政务外网访问，请切换网络后重试。</body></html>"),
    "office hours": in_place("<html><body>本网站访问时间为工作日8:00至18:00，请在开放时间内访问。</body></html>"),
    "leaving": in_place(_LEAVING),
    "firewall in the frame": framed("<div class='tips'>您的访问过于频繁，请稍后再试！</div>"),
    "login in the frame": framed(
        "<div class='login'><form method='post'>用户名<input name='u'>密码<input type='password' name='p'></form></div>"
    ),
    "search: firewall": on_searches(in_place(_FIREWALL)),
    "search: refused by status": on_searches(in_place("<html><body>Not Acceptable</body></html>", 406)),
    "search: captcha": on_searches(in_place(_SLIDER)),
    "search: captcha in the frame": on_searches(framed(_CAPTCHA_FORM, "站内搜索")),
    "search: too often": on_searches(framed("<p class='tip'>搜索过于频繁，请10秒后再搜索</p>", "搜索结果")),
    "search: login": on_searches(lambda asked, answer: Answer(302, b"", {"Location": "/login.html"})),
    "search: home": on_searches(lambda asked, answer: Answer(302, b"", {"Location": "/"})),
    "search: by script": on_searches(
        framed("<div class='result' id='result'></div><script src='/js/search.js'></script><div>共0条</div>", "搜索结果")
    ),
    "search: loading": on_searches(framed("<div class='result' id='result'>正在搜索，请稍候…</div>", "搜索结果")),
    "search: bad words": on_searches(framed("<p>您输入的关键词含有非法字符，请重新输入</p>", "搜索结果")),
    "search: too long": on_searches(framed("<p>关键词长度不能超过10个字，请重新输入</p>", "搜索结果")),
    "search: being built": on_searches(framed("<p>索引正在更新，搜索服务暂时不可用，请稍后再试</p>", "搜索结果")),
    "search: spoilt words": on_searches(framed("<p>抱歉，没有找到与“????????”相关的信息</p>", "搜索结果")),
    "search: no words": on_searches(framed("<p>请输入您要搜索的关键词</p>", "搜索结果")),
    "search: other scope": on_searches(
        framed("<p>在“互动交流”中没有找到相关信息，您可以尝试搜索<a href='?scope=all'>全部栏目</a></p>", "搜索结果")
    ),
}
