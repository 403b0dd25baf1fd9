"""The frame of a guide's page, which is that of the site: its menu, breadcrumb and foot, told apart from the lines of the guide itself."""

import re
from collections.abc import Sequence
from itertools import takewhile

from crawler.facts.guides.parts import Part
from crawler.facts.tree.document import Document
from crawler.facts.tree.printed_lines import IMAGE, SEAM, printed_lines, without_signs

_FOOTER = re.compile(r"版权所有|ICP\s*备|网站标识码|公网安备|Copyright|友情链接", re.IGNORECASE)
_NEAR_FOOTER = re.compile(r"主办(?:单位|\s*[:：]|$)|技术支持(?!电话|热线)")
"""Begins a footer where little follows; guides as well say who supports them."""
_LONGEST_FOOTER_BEFORE_MARKS = 5
_END = re.compile(r"上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|新闻)|扫一扫|分享到")
_END_OF_NAME = re.compile(r"[>»:：|/\s]")


def lines_without_frame(document: Document, title: str) -> list[str]:
    """Return the printed lines of a page without its foot and the links above the guide's title."""
    lines = _without_footer(printed_lines(document), _leading_elsewhere(document))
    start, links = _line_of(title, lines), _links(document)
    return lines if start is None else [*(line for line in lines[:start] if _without_links(line, links)), *lines[start:]]


def own_lines(document: Document, lines: list[str], parts: Sequence[Part], title: str) -> tuple[list[str], list[str]]:
    """Return the lines of the guide itself, those before its first heading and those from it on.

    Left out are what stands above its title, the links before its first heading, and what follows its last part.
    """
    links = _links(document)
    first = next((part.line for part in parts if part.classes and part.heading not in links), parts[0].line)
    start = _line_of(title, lines[:first])
    before = lines[start:first] if start is not None else [line for line in lines[:first] if IMAGE not in line]
    return [_without_links(line, links) for line in before], lines[first : end_of_guide(lines, parts)]


def end_of_guide(lines: Sequence[str], parts: Sequence[Part]) -> int:
    """Return the number of the line that ends a guide: what leads to other pages, or the end of the page."""
    last = parts[-1].line
    return next((at for at in range(last + 1, len(lines)) if _END.match(without_signs(lines[at]))), len(lines))


def _line_of(title: str, lines: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if title and title in line), None)


def _links(document: Document) -> set[str]:
    """Return the texts of the links that lead to other pages: what opens a part of the page itself belongs to it."""
    return {anchor.text for anchor in document.anchors if document.resolve(anchor.href)}


def _without_links(line: str, links: set[str]) -> str:
    """Return the pieces of a line that are no links; a link may end with what stands before it, as in a breadcrumb."""
    pieces = ((piece, without_signs(piece)) for piece in line.split(SEAM))
    return SEAM.join(piece for piece, text in pieces if text not in links and _END_OF_NAME.split(text)[-1] not in links)


def _leading_elsewhere(document: Document) -> list[bool]:
    """Tell of each picture, in order, whether it stands in a link to another site: the marks in a foot do."""
    outline = document.outline
    holders = ([element for element in outline.ancestors(picture, 3) if element > 0] for picture in outline.with_tags("img"))
    return [any(outline.attribute(link, "href").startswith(("http://", "https://", "//")) for link in links) for links in holders]


def is_picture(line: str) -> bool:
    """Tell whether a line is a picture and nothing else."""
    return IMAGE in line and not without_signs(line)


def _without_footer(lines: list[str], elsewhere: list[bool]) -> list[str]:
    """Cut the footer off: its 联系电话 and 地址 are those of the site, not of the service; nor are the marks above it pictures of it."""
    middle = len(lines) // 2
    footer = next((at for at in range(middle, len(lines)) if _FOOTER.search(lines[at])), len(lines))
    nearest = range(max(middle, footer - _LONGEST_FOOTER_BEFORE_MARKS), footer)
    end = next((at for at in nearest if _NEAR_FOOTER.search(lines[at])), footer)
    pictures = len(list(takewhile(is_picture, reversed(lines[:end]))))
    if sum(line.count(IMAGE) for line in lines) == len(elsewhere):  # else some of them are not printed, and nobody knows which
        elsewhere = list(takewhile(bool, reversed(elsewhere[: sum(line.count(IMAGE) for line in lines[:end])])))
    return lines[: end - min(sum(elsewhere), pictures)]
