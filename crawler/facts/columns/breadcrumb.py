"""The line that says where the reader is: 当前位置：首页 > 政务公开 > 通知公告."""

import re
from typing import NamedTuple

from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline

_MARKER = re.compile(
    r"(?:当 ?前|所 ?在|现 ?在|[您你] ?的|目 ?前|浏 ?览) ?的? ?(?:所 ?在)? ?的? ?位 ?置|位 ?置\s*[:：是]|当前栏目\s*[:：]|当前页面\s*[:：]"
)
"""Labels are often spaced out: 当 前 位 置."""
_ARROW = re.compile(r"[>＞»›→]|-->|&gt;")
_SEPARATORS = re.compile(r"(?:\s*(?:-{1,2}>|[>＞»›→»|/\\]|::|--)\s*)+|\s+[-·—]\s+")
_NOT_A_NAME = re.compile(r"(?:正文|列表|内容|首\s*页|主页|网站首页|详情|返回|信息列表|文章列表|[\W_]*)")
_NO_COLUMN = re.compile(r"版权|标识码|备案|[屏脑机动体]版$|更多|more", re.IGNORECASE)
"""What stands beside arrows without being a place: links to more, the versions of a site, its footer."""
_LONGEST = 160
_MOST_PIECES = 16


class Breadcrumb(NamedTuple):
    """The breadcrumb: the names on it after the homepage, and the range of positions it covers."""

    names: tuple[str, ...]
    start: int
    stop: int


def read_breadcrumb(document: Document) -> Breadcrumb | None:
    """Return the breadcrumb of a page, or None where it has none; use it through `document.derived`."""
    outline = document.outline
    for position, text in enumerate(outline.texts):
        if (len(text) <= _LONGEST and "置" in text) or "当前" in text:
            match = _MARKER.search(text)
            if match:
                return _marked(outline, position, text[match.end() :])
    return _unmarked(outline)


def _marked(outline: Outline, position: int, rest: str) -> Breadcrumb:
    element = _holder(outline, position)
    start, stop = position, outline.stops[element]
    pieces = [rest.lstrip(":： 是"), *outline.texts[position + 1 : stop]]
    return Breadcrumb(_names(pieces), start, stop)


def _holder(outline: Outline, position: int) -> int:
    """Return the largest element around a piece of text that is still no more than one line."""
    element = outline.holders[position]
    while (parent := outline.parents[element]) > 0:
        texts = outline.texts[outline.starts[parent] : outline.stops[parent]]
        if len(texts) > _MOST_PIECES or sum(map(len, texts)) > _LONGEST:
            break
        # A heading or list below the line is not part of it: once names follow the marker, stay.
        if outline.stops[element] > position + 1 and outline.stops[parent] > outline.stops[element]:
            break
        element = parent
    return element


def _unmarked(outline: Outline) -> Breadcrumb | None:
    """Find a breadcrumb without a marker: links with arrows between them, the first one leading home."""
    for position, text in enumerate(outline.texts):
        if len(text) > 4 or not _ARROW.search(text) or position == 0:
            continue
        parent = outline.holders[position]
        while parent >= 0 and outline.stops[parent] - outline.starts[parent] == 1:
            parent = outline.parents[parent]
        if parent < 0 or outline.stops[parent] - outline.starts[parent] > _MOST_PIECES:
            continue
        texts = outline.texts[outline.starts[parent] : outline.stops[parent]]
        if any(_NO_COLUMN.search(text) for text in texts):
            continue
        if len(texts) >= 2 and texts[0] and not _ARROW.fullmatch(texts[0]) and sum(map(len, texts)) <= _LONGEST:
            return Breadcrumb(_names(texts[1:]), outline.starts[parent], outline.stops[parent])
    return None


def _names(pieces: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for piece in pieces:
        names += (name.strip(" :：-·") for name in _SEPARATORS.split(piece))
    return tuple(name for name in names if not _NOT_A_NAME.fullmatch(name) and len(name) <= 40)
