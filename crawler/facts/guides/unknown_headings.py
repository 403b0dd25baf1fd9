"""Headings of a guide in words that are not known: any of them may head what seems to be missing."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.facts.guides.headings import classes_of_heading
from crawler.facts.guides.hints import hints_at
from crawler.facts.guides.parts import Part
from crawler.facts.records import GUIDE_ELEMENTS
from crawler.facts.tree.document import Document
from crawler.facts.tree.printed_lines import CELL, EMPTY_CELL, without_signs

_BEGINNING = re.compile(
    r"(?P<numeral>第?[一二三四五六七八九十]{1,3}[、.,:．，：])|(?P<bracketed>[(（][一二三四五六七八九十\d]{1,3}[)）])|(?P<digit>\d{1,2}[、.．)）])"
    r"|(?P<circled>[①-⑳])|(?P<colon>[\u4e00-\u9fff\s]{2,10}[:：])|(?P<sign>[^\w\s(（《“‘\"'])"
)
_LABEL = re.compile(r"[^:：】〗\]]*")
_NO_ELEMENT = re.compile(
    r"收费|费用|(?:基本|基础|事项|详细)(?:信息|情况|内容)|常见问题|温馨提示|提示|注意|备?\s*注|说\s*明|附\s*件|[问答字来作].{0,4}[:：]|分享|相关|浏览|点击|编辑"
)
"""What neither heads an element nor hides one."""
_LONGEST_NAME = 10
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "b", "strong", "label", "legend", "summary"})
_MOST_PIECES = 3
_FEWEST_ALIKE = 2


def has_unknown_heading(before: Sequence[str], lines: Sequence[str], parts: Sequence[Part]) -> bool:
    """Tell whether a line of a guide begins as its headings do, or stands in its tables where one would, and nothing tells of what.

    Before its first heading, labels with a colon do not count: who wrote it, and when.
    """
    first = next(part for part in parts if part.classes).line
    known = {part.line for part in parts}
    forms = {_form(lines[part.line]) for part in parts if part.classes and not part.in_cell} - {""}
    numbered = [lines[at] for at in range(first, len(lines)) if at not in known and _form(lines[at]) in forms]
    numbered += (line for line in before if _form(line) in forms - {"colon"})
    cells = [at for at in range(first, len(lines)) if lines[at].startswith((CELL, EMPTY_CELL))]
    return any(map(_says_nothing, numbered)) or any(map(_says_nothing, _names_in_cells(cells, lines, known)))


def has_unknown_element(document: Document) -> bool:
    """Tell whether an element is marked up as headings of the guide are (as `dt`, as `h4`, with one class), and nothing tells of what.

    Half of all elements so marked up must be headings: in some tables names and values look the same.
    """
    outline = document.outline
    named: dict[tuple[str, str], list[str]] = {}
    for element, tag in enumerate(outline.tags):
        start, stop = outline.starts[element], outline.stops[element]
        name = outline.attribute(element, "class")
        if 0 < stop - start <= _MOST_PIECES and (name or tag in _HEADING_TAGS):
            text = "".join(outline.texts[start:stop])
            if 2 <= len(text) <= _LONGEST_NAME:
                named.setdefault((tag, name), []).append(text)
    return any(_are_headings(texts) and any(map(_says_nothing, texts)) for texts in named.values())


def _are_headings(texts: Sequence[str]) -> bool:
    return sum(bool(classes_of_heading(text)) for text in texts) >= max(_FEWEST_ALIKE, len(texts) / 2)


def _form(line: str) -> str:
    """Return in which way a line begins: how it is numbered, the sign before it, or that a label with a colon does."""
    beginning = _BEGINNING.match(without_signs(line))
    if beginning is None or line.startswith(CELL):
        return ""
    return beginning.group() if beginning.lastgroup == "sign" else beginning.lastgroup or ""


def _names_in_cells(cells: Sequence[int], lines: Sequence[str], known: set[int]) -> Iterator[str]:
    """Yield the short texts that stand where a table goes on with the next name after a name and its value."""
    after_value = False
    for at, following in pairwise(cells):
        if at in known:
            after_value = False
        elif not after_value:
            after_value = True
        elif following not in known and 2 <= len(without_signs(lines[at])) <= _LONGEST_NAME:
            yield lines[at]


def _says_nothing(line: str) -> bool:
    """Tell whether a heading hints at no element and is none of those that head none."""
    printed = _LABEL.match(without_signs(line).lstrip("【〖["))
    label = printed.group() if printed else ""
    if _NO_ELEMENT.match(label + ":") or classes_of_heading(label) is not None:
        return False
    return not any(hints_at(element, [label]) for element in GUIDE_ELEMENTS)
