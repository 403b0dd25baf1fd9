"""Whoever wants something of a visitor: a cookie, where he comes from, a browser by name."""

from collections.abc import Callable

from tests.demo.veils.changes import Asked, Change, in_place
from xuncha.demo.answers import Answer

_NO_COOKIES = "<html><head><title>提示</title></head><body><p>请启用浏览器的Cookie功能后刷新本页。</p></body></html>"
_FROM_OUTSIDE = "<html><head><title>提示</title></head><body><p>非法访问！请从本网站首页进入。</p><a href='/'>返回首页</a></body></html>"
_UNKNOWN_BROWSER = (
    "<html><head><title>提示</title></head><body><p>请使用IE8及以上版本浏览器或360浏览器兼容模式访问本网站。</p></body></html>"
)
_FORBIDDEN = in_place("<html><body><h1>403 Forbidden</h1></body></html>", 403)


def _home(asked: Asked, answer: Answer) -> Answer:
    return Answer(302, b"", {"Location": "/"})


def _unless(has: Callable[[Asked], bool], refuse: Change) -> Change:
    """Return the change that refuses a visitor who lacks something; a refusal sets the cookie that the next visit is asked for."""

    def change(asked: Asked, answer: Answer) -> Answer:
        if has(asked):
            return answer
        refused = refuse(asked, answer)
        return Answer(refused.status, refused.body, {**refused.headers, "Set-Cookie": f"seen{int(asked.chance('cookie') * 8)}=1; Path=/"})

    return change


def _cookie(asked: Asked) -> bool:
    """Tell whether the visitor has one of the cookies of the site's eight servers: that of the page's own."""
    return f"seen{int(asked.chance('cookie') * 8)}=1" in asked.fields.get("cookie", "")


def _script_cookie(asked: Asked) -> bool:
    return "by_script=" in asked.fields.get("cookie", "")


def _from_here(asked: Asked) -> bool:
    return asked.site.host in asked.fields.get("referer", "")


def _browser(asked: Asked) -> bool:
    return any(name in asked.fields.get("user-agent", "") for name in ("MSIE", "Trident", "Chrome/", "Firefox/"))


DEMANDS: dict[str, Change] = {
    "cookie demanded": _unless(_cookie, _FORBIDDEN),
    "cookie demanded by a notice": _unless(_cookie, in_place(_NO_COOKIES)),
    "cookie demanded by the way home": _unless(_cookie, _home),
    "cookie of a script demanded": _unless(_script_cookie, in_place(_NO_COOKIES)),
    "cookie of a script demanded by nothing": _unless(_script_cookie, in_place("")),
    "Referer demanded": _unless(_from_here, _FORBIDDEN),
    "Referer demanded by a notice": _unless(_from_here, in_place(_FROM_OUTSIDE)),
    "Referer demanded by the way home": _unless(_from_here, _home),
    "browser demanded": _unless(_browser, _FORBIDDEN),
    "browser demanded by a notice": _unless(_browser, in_place(_UNKNOWN_BROWSER)),
    "browser demanded by silence": _unless(_browser, lambda asked, answer: Answer(0)),
}
