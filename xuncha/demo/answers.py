"""What a site of the world answers to a request: a page, a notice, a challenge, an error. Nothing of sockets here."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime

from xuncha.demo.pages import SitePages, render_notice
from xuncha.demo.site import Behaviour, Break, Trap

_STATUS = {
    Behaviour.CHALLENGE_412: 412,
    Behaviour.CHALLENGE_521: 521,
    Behaviour.FORBIDDEN: 403,
    Behaviour.SCRIPT_ONLY: 200,
    Behaviour.MAINTENANCE: 200,
    Behaviour.MOVED: 200,
    Behaviour.OFFLINE: 200,
    Behaviour.CLOSED: 200,
}
"""Behaviours that give one and the same page to every request, with its status."""
_ASSETS = {
    ".css": ("text/css", b"body{font-size:14px}"),
    ".js": ("application/javascript", b"/* */"),
    ".gif": ("image/gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff\xd9"),
    ".svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
}
_SILENT_ON_CHARSET = "text/html"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, header fields and body of one answer, and how it is sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before anything is sent."""
    halts: float = 0.0
    """Seconds after each eighth of it."""


def page(text: str, *, charset: str = "utf-8", declared: bool = True, status: int = 200, modified: datetime | None = None) -> Answer:
    """Return an HTML page in an encoding; `declared` tells whether the header names it as well (old servers do not)."""
    headers = {"Content-Type": f"text/html; charset={charset}" if declared else _SILENT_ON_CHARSET}
    if modified:
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    return Answer(status, text.encode(charset), headers)


def not_found() -> Answer:
    """Return the answer of a server that knows nothing of the address."""
    return page("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", status=404)


class SiteAnswers:
    """Answers the requests to one site in one state of the world; an answer once made is kept."""

    def __init__(self, pages: SitePages) -> None:
        self._pages, self._site = pages, pages.site
        self._kept: dict[str, Answer] = {}

    def answer(self, target: str, *, home_visits: int = 1) -> Answer:
        """Return the answer to a GET of a request target; `home_visits` counts the visits to the homepage, this one included."""
        behaviour = self._site.behaviour
        if behaviour is Behaviour.SERVER_ERROR:
            return page("<html><head><title>500</title></head><body>Internal Server Error</body></html>", status=500)
        if behaviour is Behaviour.EVERY_THIRD_FAILS and target == "/" and home_visits % 3 == 0:
            return page("<html><head><title>503</title></head><body>Service Unavailable</body></html>", status=503)
        if target not in self._kept:
            self._kept[target] = self._make(target)
        return self._kept[target]

    def _make(self, target: str) -> Answer:
        path, _, query = target.partition("?")
        if path == "/robots.txt":
            return self._robots()
        behaviour = self._site.behaviour
        if behaviour in _STATUS:
            return page(render_notice(behaviour.value, self._site), status=_STATUS[behaviour])
        if path == self._pages.search_path:
            return self._search(query)
        text = self._pages.render(target)
        if text is None:
            return _asset(path)
        return self._written(text, target)

    def _robots(self) -> Answer:
        if self._site.behaviour is not Behaviour.ROBOTS:
            return not_found()
        return Answer(200, b"User-agent: *\r\nDisallow: /\r\n", {"Content-Type": "text/plain"})

    def _search(self, query: str) -> Answer:
        if Break.SEARCH_PAGE_GONE in self._site.breaks:
            return not_found()
        if Break.SEARCH_FAILS in self._site.breaks:
            return page("<html><head><title>运行时错误</title></head><body><h1>“/”应用程序中的服务器错误。</h1></body></html>", status=500)
        return self._written(self._pages.search(query.encode("ascii", "replace")), "")

    def _written(self, text: str, target: str) -> Answer:
        charset = self._pages.charset
        answer = page(text, charset=charset, declared=charset == "utf-8", modified=self._pages.modified)
        for ending, content_type in ((".js", "application/javascript"), ("/api/", "application/json")):
            if ending in target:
                answer = replace(answer, headers=dict(answer.headers) | {"Content-Type": f"{content_type}; charset={charset}"})
        return answer


def compressed(answer: Answer, accepted: str, traps: frozenset[Trap]) -> Answer:
    """Return the answer in gzip where the site compresses and the client takes it."""
    if Trap.COMPRESSED not in traps or "gzip" not in accepted or not answer.body or "Content-Encoding" in answer.headers:
        return answer
    return replace(
        answer, body=gzip.compress(answer.body, mtime=0), headers={**answer.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    )


def _asset(path: str) -> Answer:
    for ending, (content_type, body) in _ASSETS.items():
        if path.endswith(ending):
            return Answer(200, body, {"Content-Type": content_type})
    return not_found()
