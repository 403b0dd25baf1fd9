"""What may stand between a site and who looks at it: pages refused, replaced, cut or spoilt, by a chance that can be repeated."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xuncha.demo.answers import Answer, page
from xuncha.demo.site import Site

_LOGIN = (
    "<html><head><title>用户登录</title></head><body><form action='/login' method='post'>用户名<input name='name'>"
    "密码<input type='password' name='word'><button>登录</button></form></body></html>"
)
_SHELL = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>网站</title></head><body><noscript>请启用JavaScript</noscript>"
    "<div id='app'></div><script src='/js/vendors.3f2a.js'></script><script src='/js/app.1a2b.js'></script></body></html>"
)
_LOADING = (
    "<html><head><title>网站</title></head><body><div class='head'>网站</div><div class='list' id='list'>加载中...</div>"
    "<script src='/js/list.js'></script></body></html>"
)
_CHALLENGE = "<html><head><meta content='x'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>"
_FOREIGN = (
    "<html><head><title>County</title></head><body>"
    + "".join(
        f"<p><a href='/en/{number}.html'>The county held meeting number {number}</a> 2016-02-0{number % 9 + 1}</p>" for number in range(40)
    )
    + "<div class='footer'>Copyright County</div></body></html>"
)

Change = Callable[[Answer], Answer]


def _in_place(text: str, status: int = 200) -> Change:
    return lambda answer: page(text, status=status)


def _cut(share: float) -> Change:
    return lambda answer: replace(answer, body=answer.body[: int(len(answer.body) * share)])


def _labelled(charset: str) -> Change:
    return lambda answer: replace(answer, headers={**answer.headers, "Content-Type": f"text/html; charset={charset}"})


def _spoilt(answer: Answer) -> Answer:
    """Return the page as a server sends it that took its letters for those of another alphabet."""
    return page(answer.body.decode("latin-1"))


def _lost(answer: Answer) -> Answer:
    """Return the page as a database gives it back that cannot hold Chinese."""
    return page("".join(character if character.isascii() else "?" for character in answer.body.decode("gb18030", "replace")))


def _rewritten(pattern: str, put: str) -> Change:
    """Return the change that puts something in place of every match in a page, in whatever encoding."""
    compiled = re.compile(pattern.encode(), re.IGNORECASE | re.DOTALL)

    def change(answer: Answer) -> Answer:
        return replace(answer, body=compiled.sub(put.encode(), answer.body)) if b"<html" in answer.body else answer

    return change


VEILS: dict[str, Change] = {
    "forbidden": _in_place("<html><body><h1>403 Forbidden</h1></body></html>", 403),
    "challenge": _in_place(_CHALLENGE, 412),
    "unavailable": _in_place("<html><body>Service Unavailable</body></html>", 503),
    "server error": _in_place("<html><body>服务器内部错误</body></html>", 500),
    "too many requests": lambda answer: Answer(429, b"slow down", {"Retry-After": "1"}),
    "firewall": _in_place("<html><head><title>访问被拦截</title></head><body>您的请求存在安全风险，已被拦截！事件编号：81</body></html>"),
    "bad parameters": _in_place("<html><body>请求带有不合法参数，已被网站管理员设置拦截！</body></html>"),
    "verification": _in_place(
        "<html><head><title>安全验证</title></head><body>请完成下方验证后继续操作<div id='captcha'></div></body></html>"
    ),
    "script that reloads": _in_place("<html><body><script>document.cookie='a=1';location.reload()</script></body></html>"),
    "login": _in_place(_LOGIN),
    "way to a login": lambda answer: Answer(302, b"", {"Location": "/login.html"}),
    "maintenance": _in_place("<html><head><title>系统维护</title></head><body>系统正在维护升级中，请稍后访问。</body></html>"),
    "nothing": _in_place(""),
    "shell": _in_place(_SHELL),
    "loading": _in_place(_LOADING),
    "frame": _in_place("<html><head><title>网站</title></head><body><iframe src='/inner.html' width='100%'></iframe></body></html>"),
    "a tenth": _cut(0.1),
    "a third": _cut(0.3),
    "half": _cut(0.5),
    "named GBK": _labelled("gbk"),
    "named UTF-8": _labelled("utf-8"),
    "spoilt letters": _spoilt,
    "lost letters": _lost,
    "another language": _in_place(_FOREIGN),
    "way home": lambda answer: Answer(302, b"", {"Location": "/"}),
    "answer to a program": lambda answer: Answer(200, b'{"code": 500, "message": "error"}', {"Content-Type": "application/json"}),
    "moved": _in_place("<html><head><title>网站迁移公告</title></head><body>本网站已迁移至新网址，请访问新网站。</body></html>"),
    "lists left to a script": _rewritten(
        r"<(?:li|tr|dd|dl)\b.*</(?:li|tr|dd|dl)>", "<ul id='list'></ul><script src='/js/list.js'></script>"
    ),
    "foot left to a script": _rewritten(
        r"<(?:div|footer|table|td|p)[^>]*(?:foot|bottom|copyright).*(?=</body>)", "<script src='/js/common.js'></script>"
    ),
    "head left to a script": _rewritten(
        r"<body[^>]*>.*?(?=<(?:div|table|ul|section|main)[^>]*(?:main|content|list|cont|wrap|news|left))",
        "<body><script src='/js/head.js'></script>",
    ),
    "names as pictures": _rewritten(r"(<a\b[^>]*>)[^<]+</a>", r"\1<img src='/images/menu.png'></a>"),
}


@dataclass(frozen=True, slots=True)
class Veil:
    """Changes a share of a world's pages, each always in the same way; a site has mostly one habit.

    A homepage is hidden half as often as other pages are: without it there is little to be judged.
    """

    seed: int
    share: float
    habits: Sequence[str] = tuple(VEILS)

    def __call__(self, site: Site, target: str, answer: Answer) -> Answer:
        """Return what is let through of an answer. Errors of the site and its rules for crawlers pass as they are."""
        if target == "/login.html":
            return VEILS["login"](answer)
        if answer.status != 200 or target == "/robots.txt":
            return answer
        if self._chance("share", site.host, target) >= self.share / (2 if target == "/" else 1):
            return answer
        names = (site.host,) if self._chance("habit", site.host, target) < 0.7 else (site.host, target)
        return VEILS[self.habits[int(self._chance("kind", *names) * len(self.habits))]](answer)

    def _chance(self, *names: str) -> float:
        digest = hashlib.sha256("|".join((str(self.seed), *names)).encode()).digest()
        return int.from_bytes(digest[:6]) / 2**48
