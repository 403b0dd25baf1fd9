"""What veils are made of: an answer is replaced, told in another way, or changed in a part."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from xuncha.demo.answers import Answer, page
from xuncha.demo.site import Site


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and what else there is that may come in its place."""

    site: Site
    target: str
    kind: str
    """What the page is: the name of its template; empty for what is no page."""
    before: Callable[[timedelta], Answer]
    """What was answered so long ago."""
    other: Callable[[str], Answer | None]
    """The first other page of the site whose template's name ends so."""
    elsewhere: Callable[[], Answer]
    """The same page, or else the homepage, of another site of the platform."""
    chance: Callable[[str], float]
    """A number from 0 to 1, for this page and a purpose always the same."""
    fields: Mapping[str, str]
    """Of the request, by names in lower case."""

    @property
    def is_search(self) -> bool:
        """Tell whether this is the answer to a search."""
        return self.kind == "search"


Change = Callable[[Asked, Answer], Answer]

ENTRY = re.compile(
    r"<dt\b(?:(?!<dt\b).)*?</dt>\s*<dd\b.*?</dd>|<(?P<tag>li|tr|a)\b(?:(?!<(?P=tag)\b).)*?</(?P=tag)>", re.IGNORECASE | re.DOTALL
)
DAY = re.compile(
    r"(?<![\d/])(?:19|20)\d\d(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\d{1,2}月)\d{1,2}日?(?![\d/])|(?<=[\[(>])\d\d[-/]\d\d(?=[\])<])"
)
LISTS = r"<(?:li|tr|dd|dl)\b.*</(?:li|tr|dd|dl)>"
HEAD = r"(?<=<body>).*?(?=<(?:div|table|ul|section|main)[^>]*(?:main|content|list|cont|wrap|news|left))"
FOOT = r"<(?:div|footer|table|td|p)[^>]*(?:foot|bottom|copyright).*(?=</body>)"
WHOLE = r"(?<=<body>).*(?=</body>)"


def charset_of(answer: Answer) -> str:
    """Return the encoding in which a page of the world is written."""
    return "gb18030" if b"charset=gb2312" in answer.body[:1_000] else "utf-8"


def in_place(text: str, status: int = 200) -> Change:
    """Return the change that puts a page in place of any."""
    return lambda asked, answer: page(text, status=status)


def retold(tell: Callable[[str], str]) -> Change:
    """Return the change that tells a page anew, in its own encoding; what is no page stays as it is."""

    def change(asked: Asked, answer: Answer) -> Answer:
        charset = charset_of(answer)
        text = answer.body.decode(charset, "replace")
        return replace(answer, body=tell(text).encode(charset, "xmlcharrefreplace")) if "<html" in text[:400].lower() else answer

    return change


def part_retold(pattern: str, tell: Callable[[str], str]) -> Change:
    """Return the change that tells a part of a page anew."""
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    plain_body = re.compile(r"<body[^>]*>", re.IGNORECASE)
    return retold(lambda text: compiled.sub(lambda match: tell(match.group()), plain_body.sub("<body>", text), count=1))


def entries_retold(tell: Callable[[list[str]], list[str]]) -> Change:
    """Return the change that tells the dated entries of a page's lists anew: as many, fewer, or others."""

    def change(text: str) -> str:
        found = [match for match in ENTRY.finditer(text) if DAY.search(match.group()) and "href" in match.group()]
        told = tell([match.group() for match in found])[: len(found)]
        for match, entry in reversed(list(zip(found, [*told, *[""] * (len(found) - len(told))], strict=True))):
            text = text[: match.start()] + entry + text[match.end() :]
        return text

    return retold(change)


def days_retold(put: str) -> Change:
    """Return the change that puts something in place of every day that a page prints."""
    return retold(lambda text: DAY.sub(put, text))


def framed(message: str, title: str | None = None) -> Change:
    """Return the change that leaves of a page its frame, head and foot, with a message in the middle."""

    def change(asked: Asked, answer: Answer) -> Answer:
        frame = asked.other("about.html") or answer
        charset = charset_of(frame)
        text = frame.body.decode(charset)
        text = re.sub(r'<div class="position">.*?</div>\s*<div class="text">.*?</div>', lambda _: message, text, count=1, flags=re.DOTALL)
        text = text if title is None else re.sub(r"(?i)(?<=<title>).*?(?=</title>)", title, text)
        return replace(frame, body=text.encode(charset, "replace"))

    return change


def on_searches(change: Change) -> Change:
    """Return a change that concerns the answers to searches alone."""
    return lambda asked, answer: change(asked, answer) if asked.is_search else answer


def on_columns(change: Change) -> Change:
    """Return a change that concerns column pages alone."""
    return lambda asked, answer: change(asked, answer) if asked.kind.endswith("column.html") else answer


def on_home(change: Change) -> Change:
    """Return a change that concerns the homepage alone."""
    return lambda asked, answer: change(asked, answer) if asked.target == "/" else answer
