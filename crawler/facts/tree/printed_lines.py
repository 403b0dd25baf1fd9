"""A page as printed lines: what stands in one block or table cell is one line, and what text alone would lose leaves a sign.

Guides and letters are written as tables, definition lists, headings with paragraphs or plain text. Read as lines, all of them are the same:
a label, then what belongs to it.
"""

import html
import re

from crawler.facts.tree.document import Document
from crawler.facts.tree.elements import BLOCK_TAGS
from crawler.facts.tree.text import collapse

EMPTY_CELL = "\ue000"
"""A table cell or definition without content: a line of its own."""
INPUT = "\ue001"
"""A field to be filled in by the reader: what stands before it is the label of a form."""
IMAGE = "\ue002"
ATTACHMENT = "\ue003"
"""Stands before the text of a link to a file."""
SEAM = "\ue004"
"""The end of an inline element, where a label set in bold ends and its text begins."""
CELL = "\ue005"
"""Stands before what begins a table cell, a term or a definition: a short text there is as good as a label with a colon."""
NAME = "\ue006"
"""Stands before and after what a picture or a button is called: words that may head what follows, but are no text."""
SIGNS = re.compile(f"{NAME}[^{NAME}]*{NAME}|[\ue000-\ue006]")
NAMED = re.compile(f"{NAME}([^{NAME}]+){NAME}")

_FILE = r"(?:docx?|xlsx?|pdf|wps|et|zip|rar|7z|ofd|pptx?|txt)"
# Inside of tags neither < nor > is taken: on hostile markup every pattern then stays linear.
_NAME_VALUE = r"[\"']?\s*([^\"'<>]{2,20})"
_NOT_PRINTED = re.compile(r"<(select|textarea|template|datalist|button)(?=[\s/>]).*?(?:</\1[^<>]*>|\Z)", re.I | re.S)
_SIGNED = (
    (
        re.compile(
            r"<(?:t[dh]|dd)(?=[\s/>])[^<>]*>(?:\s|&nbsp;|<br[^<>]*>|</?(?:p|span|div|font)(?=[\s/>])[^<>]*>)*+"
            # A table or list that begins inside of a cell is its content.
            r"(?=</(?:t[dhr]|d[dtl]|tbody|table)[\s/>]|<(?:t[dhr]|d[dt])[\s/>])",
            re.I,
        ),
        f"\n{EMPTY_CELL}\n",
    ),
    (re.compile(r"(?=<(?:t[dh]|d[td])[\s>])", re.I), CELL),
    (re.compile(r"<textarea(?=\s)(?=[^<>]{0,400}?\s(?:readonly|disabled))[^<>]*>([^<>]*)</textarea[^<>]*>", re.I), "\n\\g<1>\n"),
    (re.compile(r"(?=<(?:textarea|select)[\s>])", re.I), INPUT),
    (re.compile(r"<button(?=[\s>])[^<>]*>\s*([^<>]{2,20})</button", re.I), f"\n{NAME}\\g<1>{NAME}\n\\g<0>"),
    (_NOT_PRINTED, "\n"),
    (
        re.compile(rf"<input(?=\s)(?=[^<>]{{0,400}}?\stype=[\"']?button)(?=[^<>]{{0,400}}?\svalue={_NAME_VALUE})[^<>]*>", re.I),
        f"\n{NAME}\\g<1>{NAME}\n",
    ),
    (re.compile(r"<input(?=\s)(?=[^<>]{0,400}?\s(?:readonly|disabled))(?=[^<>]{0,400}?\svalue=[\"']([^\"'<>]+))[^<>]*>", re.I), r" \g<1> "),
    (re.compile(r"<input(?=[\s/>])(?![^<>]*type=[\"']?(?:hidden|button|submit|image|reset))[^<>]*>", re.I), INPUT),
    (re.compile(rf"<img(?=\s)(?=[^<>]{{0,600}}?\s(?:alt|title)={_NAME_VALUE})[^<>]*>", re.I), f"{IMAGE}{NAME}\\g<1>{NAME}"),
    (re.compile(r"<(?:img|embed|object|video|iframe|canvas|svg)(?=[\s/>])[^<>]*>", re.I), IMAGE),
    (re.compile(rf"<a\s[^<>]{{0,500}}?href=[\"']?[^\"'\s<>]{{0,500}}\.{_FILE}(?:[\"'?#\s>])", re.I), f"{ATTACHMENT}\\g<0>"),
    (re.compile(r"</(?:a|b|strong|span|label|em|font|i|u)(?=[\s>])[^<>]*>", re.I), SEAM),
)
_BLOCK = re.compile(rf"<(?=/?(?:{'|'.join(sorted(BLOCK_TAGS))})[\s/>])", re.IGNORECASE)
_WITHOUT_TEXT = f"{SEAM}{CELL} "
_SINGLE = re.compile(f"[{SEAM}{CELL} ]*[\u4e00-\u9fff][{SEAM} ]*")
_SHORTEST_COLUMN = 3
_TAG = re.compile(r"<[/!?]?[a-zA-Z][^>]*>?")


def printed_lines(document: Document) -> list[str]:
    """Return the lines of a page without the empty ones, whitespace collapsed, with the signs of this module."""
    text = _BLOCK.sub("\n<", SIGNS.sub("", document.markup))
    text = text[max(text.find("<body"), 0) :]
    for pattern, sign in _SIGNED:
        text = pattern.sub(sign, text)
    lines = (collapse(line) for line in html.unescape(_TAG.sub("", text)).split("\n"))
    return _written_across([line for line in lines if line.strip(_WITHOUT_TEXT)])


def _written_across(lines: list[str]) -> list[str]:
    """Join the characters of words that are written from top to bottom, one character a line, as in narrow cells."""
    joined: list[str] = []
    column: list[str] = []
    for line in [*lines, ""]:
        if _SINGLE.fullmatch(line) and not (column and line.startswith(CELL)):
            column.append(line)
            continue
        joined += ["".join(column)] if len(column) >= _SHORTEST_COLUMN else column
        column = [line] if _SINGLE.fullmatch(line) else []
        joined += [] if column else [line]
    return joined[:-1]


def without_signs(line: str) -> str:
    """Return what a reader sees of a line."""
    return SIGNS.sub("", line).strip()
