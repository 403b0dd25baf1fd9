"""The parts of a service guide: headings with what is printed under them, in tables, definition lists or plain paragraphs alike."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from crawler.facts.guides.headings import LONGEST_HEADING, classes_of_heading
from crawler.facts.tree.printed_lines import ATTACHMENT, CELL, EMPTY_CELL, IMAGE, INPUT, NAMED, SEAM, SIGNS, without_signs
from crawler.facts.tree.text import half_width


class Content(Enum):
    """What stands under a heading."""

    FILLED = "filled"
    ATTACHED = "attached"
    EMPTY = "empty"
    UNCLEAR = "unclear"
    """Nothing was seen, yet it may be elsewhere: under a sub-heading, in a panel that a script fills."""


class Part(NamedTuple):
    """A heading: the classes it stands for, its text, the lines under it, its own line, and whether it stands in a cell of a table."""

    classes: tuple[str, ...]
    heading: str
    value: tuple[str, ...]
    line: int
    in_cell: bool


_END_OF_CONTENT = re.compile(
    r"(?:【?(?:打印|关闭|收藏|返回)(?:本页|窗口|顶部|列表)?】?|上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|新闻)|扫一扫|分享到?).{0,40}"
)
_SEVERAL_LABELS = re.compile(r"(?<=[\s;；。,，\ue004])(?=[\u4e00-\u9fff]{2,8}[:：])")
_COLON = re.compile(r"[:：︰∶]")
_ATTACHED = re.compile(
    r"\(?(?:(?:内容|材料)?(?:详?见|请见|参见|参照|查看|点击)(?:本?(?:页面?)?(?:下方|下面|文末|底部|后面)?(?:的)?)(?:附件|附表|附图)\S{0,4}?\)?"
    r"|附件\s*\d*|(?:请?点击)?(?:此处)?(?:下载|查看)(?:附件|全文|详情|文件|流程图|表格|更多)?|(?:附件|表格|样表|材料|资料)下载)[。.!;]?"
)
_NOTHING = re.compile(
    r"[\s\-—_/\\.。…:;、*]*|暂无(?:相关)?(?:数据|内容|信息|资料)?[。.!]?|暂缺|待补充|待完善|待定|null|undefined", re.IGNORECASE
)
_DAY_OF_PUBLICATION = re.compile(r"时\s*间\s*[:：]\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s\d:]*")
"""A bare 时间 before a day says when the page was published; hours and terms of a service hold no year."""
_LONGER_THAN_A_LABEL = 10
_MOST_LABELS = 20
_TEMPLATE = re.compile(r"\{\{|\$\{|<%|加载中|loading", re.IGNORECASE)


def labels_apart(lines: Iterable[str]) -> list[str]:
    """Return the lines of a guide, those that hold several labels taken apart."""
    return [piece for line in lines for piece in _labels_apart(line)]


def split_into_parts(lines: list[str]) -> list[Part]:
    """Return the parts of a guide in the order of the page; a label before a field to fill in is none."""
    starts: list[tuple[int, tuple[tuple[str, ...], str, str]]] = []
    for at, line in enumerate(lines):
        if (heading := _heading_of(line)) and not (starts and _is_picture_of(line, heading[0], starts[-1][1][0])):
            starts.append((at, heading))
    ends = [*(at for at, _ in starts[1:]), len(lines)][: len(starts)]
    parts = (
        Part(
            classes,
            heading,
            _until_end_of_content([rest, *lines[at + 1 : end]] if rest else lines[at + 1 : end]),
            at,
            lines[at].startswith(CELL),
        )
        for (at, (classes, heading, rest)), end in zip(starts, ends, strict=True)
    )
    return [part for part in parts if not _is_form_field(part)]


def _is_picture_of(line: str, classes: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Tell whether a picture called like the heading before it (办理流程图) is what stands under that heading."""
    return IMAGE in line and bool(set(classes) & set(before))


def is_attached(line: str) -> bool:
    """Tell whether a line is a link to a file, or says no more than that something is told elsewhere."""
    return ATTACHMENT in line or _ATTACHED.fullmatch(half_width(without_signs(line))) is not None


def content_of(value: tuple[str, ...]) -> Content:
    """Judge what stands under a heading: 无 and pictures are content, 见附件 or a download alone is an attachment."""
    if value and value[0] == EMPTY_CELL and not _is_spaced(value):
        return Content.EMPTY
    printed = [line for line in value if line != EMPTY_CELL]
    text = half_width(" ".join(filter(None, map(without_signs, printed))))
    signs = "".join(printed)
    if _TEMPLATE.search(text):
        return Content.UNCLEAR
    if not text or _NOTHING.fullmatch(text):
        return _content_without_text(signs)
    only_files = all(map(is_attached, filter(without_signs, printed)))
    return Content.ATTACHED if only_files or _ATTACHED.fullmatch(text) else Content.FILLED


def _is_spaced(value: tuple[str, ...]) -> bool:
    """Tell whether an empty cell is only the space between a heading and its content, which stands in the cell after it."""
    return len(value) > 1 and value[1].startswith(CELL) and len(without_signs(value[1])) >= _LONGER_THAN_A_LABEL


def _content_without_text(signs: str) -> Content:
    if IMAGE in signs:
        return Content.FILLED
    if ATTACHMENT in signs:
        return Content.ATTACHED
    return Content.UNCLEAR if INPUT in signs else Content.EMPTY


def _is_form_field(part: Part) -> bool:
    return bool(part.value) and INPUT in part.value[0] and not re.search(r"\w", without_signs(part.value[0]))


def _labels_apart(line: str) -> list[str]:
    """Split a line that holds several labels: each with a colon, or nothing but headings, as in a bar of links."""
    pieces = [piece for piece in line.split(SEAM) if without_signs(piece)]
    if len(pieces) > 1 and all(classes_of_heading(without_signs(piece)) is not None for piece in pieces):
        return pieces
    if 1 < line.count("【") <= _MOST_LABELS:
        return [piece for piece in line.replace("【", "\n【").split("\n") if without_signs(piece)]
    if len(_COLON.findall(line)) < 2:
        return [line]
    pieces = _SEVERAL_LABELS.split(line)
    return [piece for piece in pieces if piece.strip(SEAM + " ")]


def _heading_of(line: str) -> tuple[tuple[str, ...], str, str] | None:
    """Return the classes, the heading and the rest of a line that begins with a heading, or None.

    A picture or a button is a heading by its name; a picture with nothing under it may as well be the content itself.
    """
    if (named := NAMED.search(line)) and not without_signs(line):
        classes = classes_of_heading(named[1])
        return (classes, named[1], IMAGE if IMAGE in line else "") if classes else None
    if line.startswith((ATTACHMENT, CELL + ATTACHMENT)):
        return None
    plain = without_signs(line)
    if _DAY_OF_PUBLICATION.fullmatch(plain):
        return None
    if INPUT not in line and (classes := classes_of_heading(plain)) is not None:
        return classes, plain, ""
    for separator in (_COLON, re.compile(SEAM), re.compile(r"[】〗』]|—{2}|\s")):
        found = separator.search(line, 0, LONGEST_HEADING + 8)
        if not found or not found.start():
            continue
        heading, rest = SIGNS.sub("", line[: found.end()]).strip(), line[found.end() :].strip(SEAM + " ")
        if rest.startswith(INPUT):
            return None
        classes = classes_of_heading(heading)
        if classes is not None and (classes or separator is _COLON):
            return classes, heading, rest
    return None


def _until_end_of_content(value: list[str]) -> tuple[str, ...]:
    end = next((at for at, line in enumerate(value) if _END_OF_CONTENT.fullmatch(without_signs(line))), len(value))
    return tuple(value[:end])
