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
SIGNS = re.compile("[\ue000-\ue005]")

_FILE = r"(?:docx?|xlsx?|pdf|wps|et|zip|rar|7z|ofd|pptx?|txt)"
# Inside of tags neither < nor > is taken: on hostile markup every pattern then stays linear.
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
    (re.compile(r"(?=<(?:textarea|select)[\s>])", re.I), INPUT),
    (_NOT_PRINTED, "\n"),
    (re.compile(r"<input(?=[\s/>])(?![^<>]*type=[\"']?(?:hidden|button|submit|image|reset))[^<>]*>", re.I), INPUT),
    (re.compile(r"<(?:img|embed|object|video|iframe|canvas|svg)(?=[\s/>])[^<>]*>", re.I), IMAGE),
    (re.compile(rf"<a\s[^<>]{{0,500}}?href=[\"']?[^\"'\s<>]{{0,500}}\.{_FILE}(?:[\"'?#\s>])", re.I), f"{ATTACHMENT}\\g<0>"),
    (re.compile(r"</(?:a|b|strong|span|label|em|font|i|u)(?=[\s>])[^<>]*>", re.I), SEAM),
)
_BLOCK = re.compile(rf"<(?=/?(?:{'|'.join(sorted(BLOCK_TAGS))})[\s/>])", re.IGNORECASE)
_WITHOUT_TEXT = f"{SEAM}{CELL} "
_TAG = re.compile(r"<[/!?]?[a-zA-Z][^>]*>?")


def printed_lines(document: Document) -> list[str]:
    """Return the lines of a page without the empty ones, whitespace collapsed, with the signs of this module."""
    text = _BLOCK.sub("\n<", SIGNS.sub("", document.markup))
    text = text[max(text.find("<body"), 0) :]
    for pattern, sign in _SIGNED:
        text = pattern.sub(sign, text)
    lines = (collapse(line) for line in html.unescape(_TAG.sub("", text)).split("\n"))
    return [line for line in lines if line.strip(_WITHOUT_TEXT)]


def without_signs(line: str) -> str:
    """Return what a reader sees of a line."""
    return SIGNS.sub("", line).strip()
