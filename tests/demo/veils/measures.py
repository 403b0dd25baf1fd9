"""Answers that are out of measure: too slow, too large, with a status that was not asked for, or on hosts that nobody knows."""

import re
from dataclasses import replace

from tests.demo.veils.changes import LISTS, Asked, Change, charset_of, on_home, on_searches, part_retold, retold
from xuncha.demo.answers import Answer

PAGE_SECONDS = 2.0
"""How long a scan through these veils waits for a page."""
PAGE_BYTES = 256 << 10
"""How much of a page it takes."""
UNKNOWN = "unknown-"
"""What the names of hosts begin with that no name server knows."""
_PADDING = f"<!--{'填充' * (PAGE_BYTES // 4)}-->"


def _slow(*, delay: float = 0.0, halts: float = 0.0) -> Change:
    return lambda asked, answer: replace(answer, delay=delay, halts=halts)


def _with_status(status: int, share: float = 1.0, **headers: str) -> Change:
    """Return the change that sends a share of the page, with another status."""

    def change(asked: Asked, answer: Answer) -> Answer:
        body = answer.body[: int(len(answer.body) * share)]
        told = {name.replace("_", "-"): value.format(end=len(body) - 1, all=len(answer.body)) for name, value in headers.items()}
        return Answer(status, body, {**answer.headers, **told})

    return change


_RANGE = "bytes 0-{end}/{all}"


def _second_half(asked: Asked, answer: Answer) -> Answer:
    start = len(answer.body) // 2
    return Answer(206, answer.body[start:], {**answer.headers, "Content-Range": f"bytes {start}-{len(answer.body) - 1}/{len(answer.body)}"})


def _neatly_cut(asked: Asked, answer: Answer) -> Answer:
    """Return the page without its lists, and with its end: the part that was asked for by nobody."""
    cut = part_retold(LISTS, lambda part: "")(asked, answer)
    return Answer(206, cut.body, {**cut.headers, "Content-Range": f"bytes 0-{len(cut.body) - 1}/{len(answer.body)}"})


def _columns_elsewhere(asked: Asked, answer: Answer) -> Answer:
    """Return the page with all that it leads to on hosts of their own."""
    text = answer.body.decode(charset_of(answer), "replace")
    text = re.sub(r"(href=[\"'])/(\w[^\"']*)", rf"\1http://{UNKNOWN}lm.{asked.site.host}/\2", text, flags=re.IGNORECASE)
    return replace(answer, body=text.encode(charset_of(answer), "xmlcharrefreplace")) if b"<html" in answer.body[:400].lower() else answer


def _search_elsewhere(asked: Asked, answer: Answer) -> Answer:
    text = answer.body.decode(charset_of(answer), "replace")
    text = re.sub(r"(<form\b[^>]*action=[\"'])/", rf"\1http://{UNKNOWN}so.{asked.site.host}/", text, flags=re.IGNORECASE)
    return replace(answer, body=text.encode(charset_of(answer), "xmlcharrefreplace")) if b"<html" in answer.body[:400].lower() else answer


def _way_to_unknown(asked: Asked, answer: Answer) -> Answer:
    return Answer(302, b"", {"Location": f"http://{UNKNOWN}lm.{asked.site.host}{asked.target}"})


MEASURES: dict[str, Change] = {
    "too late": _slow(delay=PAGE_SECONDS + 0.5),
    "late": _slow(delay=PAGE_SECONDS / 8),
    "stops": _slow(halts=PAGE_SECONDS * 4),
    "drips": _slow(halts=PAGE_SECONDS / 4),
    "searches too late": on_searches(_slow(delay=PAGE_SECONDS + 0.5)),
    "too large": retold(lambda text: text.replace("<body", f"{_PADDING}<body", 1).replace("<BODY", f"{_PADDING}<BODY", 1)),
    "too large before its lists": part_retold(LISTS, lambda part: _PADDING + part),
    "too large after its lists": part_retold(LISTS, lambda part: part + _PADDING),
    "too large at its end": retold(lambda text: text + _PADDING),
    "304": _with_status(304, 0.0),
    "304 with the page": _with_status(200, 0.0, Content_Length="0"),
    "206 with half": _with_status(206, 0.5, Content_Range=_RANGE),
    "206 with the other half": _second_half,
    "206 without its lists": _neatly_cut,
    "206 with nothing": _with_status(206, 0.0, Content_Range="bytes 0-0/{all}"),
    "202": _with_status(202, 0.0),
    "202 being made": lambda asked, answer: Answer(
        202, "<html><body><p>页面正在生成，请稍候刷新</p></body></html>".encode(), {"Content-Type": "text/html; charset=utf-8"}
    ),
    "204": _with_status(204, 0.0),
    "205": _with_status(205, 0.0),
    "300": _with_status(300, 0.0),
    "links to unknown hosts": _columns_elsewhere,
    "links of the homepage to unknown hosts": on_home(_columns_elsewhere),
    "search on an unknown host": _search_elsewhere,
    "way to an unknown host": _way_to_unknown,
}
