"""The pager of a list: how many entries the whole column has, and which page this is."""

import base64
import binascii
import re
from typing import NamedTuple

from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

_TOTAL = Phrase(
    r"(?:共有?|总共有?|总计|合计|约)\s*(\d{1,7})\s*(?:条|篇|项(?!目)|则)|(?:记录总数|总记录数|总条数|信息总数)\s*[:：]?\s*(\d{1,7})|(\d{1,7})\s*条(?:记录|纪录|信息|数据)"
)
_PAGE_OF = Phrase(
    r"条\s*(\d{1,5})\s*/\s*(\d{1,5})(?!\d)|(?:第|页次\s*[:：]?)\s*(\d{1,5})\s*页?\s*/\s*共?\s*(\d{1,5})\s*页?|(?<!\d)(\d{1,4})\s*/\s*(\d{1,4})\s*页|第\s*(\d{1,5})\s*页\W{0,6}共\s*(\d{1,5})\s*页"
)
_PAGES = re.compile(r"共\s*(\d{1,5})\s*页")
_STATIC_PAGER = re.compile(r"createPageHTML\s*\(\s*((?:['\"]?[\w.\-]*['\"]?\s*,\s*)+['\"]?[\w.\-]*['\"]?)\s*\)")
_CODED_TOTAL = re.compile(r"t(?:(?<=[cC]ount)|(?<=[tT]ot)al)\w{0,12}['\"]?\s?[:=]\s?['\"]([A-Za-z0-9+/]{2,12}={0,2})['\"]")
_LONGEST_PIECE = 60


class Pager(NamedTuple):
    """What a page says of its list: entries in all, pages in all, this page's number (from 1), and the words it was read from.

    `static` tells that the page was written by a publishing system together with its list: a script then adds page links, no entries.
    """

    total: int | None = None
    pages: int | None = None
    page: int | None = None
    static: bool = False
    excerpt: str = ""


def read_pager(document: Document) -> Pager:
    """Return what the pager of a page states; all parts are None where there is none. Use it through `document.derived`."""
    outline = document.outline
    text = " ".join(piece for piece in outline.texts if piece and len(piece) <= _LONGEST_PIECE)
    total = _TOTAL.search(text)
    page_of = _PAGE_OF.search(text) if "页" in text or "条" in text else None
    pages = _PAGES.search(text) if "页" in text else None
    static = _static_pager(document.scripts)
    page, last = _page_numbers(page_of) if page_of else (None, int(pages.group(1)) if pages else None)
    stated = next((int(number) for number in total.groups() if number), None) if total else None
    return Pager(
        stated if stated is not None else static.total if static.total is not None else _coded_total(document),
        last if last is not None else static.pages,
        page if page is not None else static.page,
        static.static,
        total.group() if total else page_of.group() if page_of else static.excerpt,
    )


def _page_numbers(match: re.Match[str]) -> tuple[int, int]:
    first, second = (int(number) for number in match.groups() if number)
    return first, second


def _static_pager(scripts: tuple[str, ...]) -> Pager:
    """Read the call that publishing systems leave in the page: `createPageHTML(pages, page from 0, name, extension)`, or with the element's
    id first: `createPageHTML('page_div', pages, page from 1, name, extension, entries)`."""
    for script in scripts:
        if "createPageHTML" not in script:
            continue
        for match in _STATIC_PAGER.finditer(script):
            arguments = [argument.strip() for argument in match.group(1).split(",")]
            numbers = [int(argument) for argument in arguments if argument.isdigit()]
            if len(numbers) < 2:
                continue
            named = not arguments[0].isdigit()
            page = numbers[1] if named else numbers[1] + 1
            total = numbers[2] if named and len(numbers) > 2 else None
            return Pager(total, numbers[0], max(1, page), True, match.group())
    return Pager()


def _coded_total(document: Document) -> int | None:
    """Read a total that is written as base64 of its digits."""
    for text in (*document.scripts, document.markup):
        if "otal" not in text and "ount" not in text:
            continue
        for match in _CODED_TOTAL.finditer(text):
            try:
                decoded = base64.b64decode(match.group(1), validate=True)
            except (binascii.Error, ValueError):
                continue
            if decoded.isdigit() and len(decoded) < 8:
                return int(decoded)
    return None
