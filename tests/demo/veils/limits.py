"""Whoever has had enough after so many requests, and what is then answered; and rules for crawlers that shut out a part."""

from dataclasses import replace

from tests.demo.veils.changes import Asked, Change, entries_retold, framed, in_place
from tests.demo.veils.measures import PAGE_SECONDS
from xuncha.demo.answers import Answer

_TOO_OFTEN = "<html><head><title>提示</title></head><body><p>您的访问过于频繁，请稍后再试！</p></body></html>"
_SLIDER = "<html><head><title>安全验证</title></head><body>请完成下方验证后继续操作<div id='captcha'></div></body></html>"
_FRAMED = framed("<div class='tips'>操作过于频繁，请休息一会儿再来</div>")


def _status(status: int, **headers: str) -> Change:
    return lambda asked, answer: Answer(status, b"", {name.replace("_", "-"): value for name, value in headers.items()})


LIMITS: dict[str, Change] = {
    "limit: 429": _status(429),
    "limit: 429, come back at once": _status(429, Retry_After="0"),
    "limit: 429, come back tomorrow": _status(429, Retry_After="86400"),
    "limit: 403": _status(403),
    "limit: 503": _status(503),
    "limit: 404": in_place("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", 404),
    "limit: reset": lambda asked, answer: Answer(0),
    "limit: silence": lambda asked, answer: replace(answer, delay=PAGE_SECONDS + 0.5),
    "limit: notice": in_place(_TOO_OFTEN),
    "limit: notice in the frame": _FRAMED,
    "limit: captcha": in_place(_SLIDER),
    "limit: nothing": in_place(""),
    "limit: way home": lambda asked, answer: Answer(302, b"", {"Location": "/"}),
    "limit: homepage": lambda asked, answer: asked.other("home.html") or answer,
    "limit: lists gone": entries_retold(lambda entries: []),
    "limit: no data": entries_retold(lambda entries: ["<p class='tip'>暂无数据</p>"]),
    "limit: first three entries": entries_retold(lambda entries: entries[:3]),
}
"""Changes that set in, for the whole of a site, when it has been asked so many times."""
ENOUGH = 50
"""Requests of a visit that a limit lets through where it hides nothing."""


def robots_parts(hidden: list[str]) -> Answer:
    """Return the rules for crawlers that shut addresses out."""
    lines = ["User-agent: *", *(f"Disallow: {address}$" for address in hidden)]
    return Answer(200, "\r\n".join(lines).encode(), {"Content-Type": "text/plain"})


def robots_failing(asked: Asked) -> Answer:
    """Return rules for crawlers that cannot be had, in one of many ways."""
    page = {"Content-Type": "text/html; charset=utf-8"}
    ways = (
        Answer(500),
        Answer(429),
        Answer(403, _TOO_OFTEN.encode(), page),
        Answer(200, _TOO_OFTEN.encode(), page),
        Answer(302, b"", {"Location": "/login.html"}),
        Answer(0),
        Answer(200, b"User-agent: *\r\nDisallow: ", {"Content-Type": "text/plain", "Content-Length": "900", "Connection": "close"}),
    )
    return ways[int(asked.chance("robots") * len(ways))]


ROBOTS = ("robots: parts", "robots: searches", "robots: columns", "robots: fails")
"""Habits of a whole site that show in its rules for crawlers."""
