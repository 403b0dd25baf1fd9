"""Answers that suffer on their way: cut, mislabelled, compressed by halves, reset, sent in circles."""

import gzip
from dataclasses import replace

from tests.demo.veils.changes import Asked, Change, charset_of
from xuncha.demo.answers import Answer


def _cut(share: float) -> Change:
    return lambda asked, answer: replace(answer, body=answer.body[: int(len(answer.body) * share)])


def _typed(content_type: str) -> Change:
    return lambda asked, answer: replace(answer, headers={**answer.headers, "Content-Type": content_type})


def _gzip_cut(asked: Asked, answer: Answer) -> Answer:
    packed = gzip.compress(answer.body, mtime=0)
    return replace(answer, body=packed[: len(packed) * 2 // 3], headers={**answer.headers, "Content-Encoding": "gzip"})


def _half_sent(asked: Asked, answer: Answer) -> Answer:
    headers = {**answer.headers, "Content-Length": str(len(answer.body)), "Connection": "close"}
    return replace(answer, body=answer.body[: len(answer.body) // 2], headers=headers)


def _short_length(asked: Asked, answer: Answer) -> Answer:
    return replace(answer, headers={**answer.headers, "Content-Length": str(len(answer.body) // 2), "Connection": "close"})


def _chunks_cut(asked: Asked, answer: Answer) -> Answer:
    half = answer.body[: len(answer.body) // 2]
    body = f"{len(half):x}\r\n".encode() + half + b"\r\n"
    return replace(answer, body=body, headers={**answer.headers, "Transfer-Encoding": "chunked", "Connection": "close"})


def _utf16(mark: bytes) -> Change:
    return lambda asked, answer: replace(
        answer, body=mark + answer.body.decode(charset_of(answer), "replace").encode("utf-16-le"), headers={"Content-Type": "text/html"}
    )


def _in_circles(asked: Asked, answer: Answer) -> Answer:
    return Answer(302, b"", {"Location": asked.target})


TRANSFERS: dict[str, Change] = {
    "reset": lambda asked, answer: Answer(0),
    "a tenth": _cut(0.1),
    "a third": _cut(0.3),
    "half": _cut(0.5),
    "nearly all": _cut(0.85),
    "gzip cut": _gzip_cut,
    "half of what is announced": _half_sent,
    "announced too short": _short_length,
    "chunks cut": _chunks_cut,
    "plain text": _typed("text/plain; charset=utf-8"),
    "download": _typed("application/octet-stream"),
    "XML": _typed("application/xml"),
    "two marks of order": lambda asked, answer: replace(answer, body=b"\xef\xbb\xbf\xef\xbb\xbf" + answer.body),
    "UTF-16": _utf16(b""),
    "UTF-16 with its mark": _utf16(b"\xff\xfe"),
    "named GBK": _typed("text/html; charset=gbk"),
    "named UTF-8": _typed("text/html; charset=utf-8"),
    "named Big5": _typed("text/html; charset=big5"),
    "in circles": _in_circles,
    "way home": lambda asked, answer: Answer(302, b"", {"Location": "/"}),
    "way to a mistyped host": lambda asked, answer: Answer(
        301, b"", {"Location": f"http://{asked.site.host}.{asked.site.host}{asked.target}"}
    ),
    "way to https": lambda asked, answer: Answer(301, b"", {"Location": f"https://{asked.site.host}{asked.target}"}),
}
