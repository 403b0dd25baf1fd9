"""Letters listed in tables with a heading row: 标题, 来信时间, 回复时间, 办理状态."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from crawler.facts.dates.printed import find_dates, read_date, read_yearless, year_of
from crawler.facts.letters.words import LETTER_WORD, PASSED_ON, Label, is_about_letters, label_of, state_of
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Letter, LetterState
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.text import EXCERPT_LENGTH
from crawler.facts.tree.visibility import TEMPLATE, is_hidden

MOST_LETTERS = 500

_CELLS = frozenset({"td", "th"})
_OTHER_LIST = re.compile(r"事项名称|项目名称|企业名称|申请事项|许可|招标|案件|办件|采购|文号|索引号|岗位")
_YES_NO = {"是": LetterState.ANSWERED, "√": LetterState.ANSWERED, "否": LetterState.UNANSWERED, "×": LetterState.UNANSWERED}
_ASKS_YES_OR_NO = re.compile(r"是否")
_ACTION = re.compile(r"查看|详情|详细|点击|更多|回复|打开|编号|[\W\d_]*")

_ANSWER = re.compile(r"(?!查看|点击)(?=.*[\u4e00-\u9fff]{2}).{6}")
"""So much printed in the column of answers is one."""


class Columns(NamedTuple):
    """Which cell of a row holds what."""

    width: int
    title: int
    asked: int | None
    answered: int | None
    status: int | None
    reply: int | None
    asks_yes_or_no: bool


def read_letter_table(document: Document) -> tuple[Letter, ...] | None:
    """Return the letters of the page's table of letters, None where it has no table with a heading row that speaks of letters.

    A table without a column for the state or the answer is none: what is in it is read as a list without states.
    """
    outline = document.outline
    rows = [element for element, tag in enumerate(outline.tags) if tag == "tr"]
    for at, row in enumerate(rows):
        columns = columns_of(document, _cells(outline, row))
        if columns is None:
            continue
        return tuple(_letters(document, outline, row, rows[at + 1 :], columns))
    return None


def columns_of(document: Document, cells: Sequence[int]) -> Columns | None:
    """Return what the cells of a heading row head; None where they are the heading of no table of letters."""
    names = [document.outline.text_of(cell) for cell in cells]
    if not 2 <= len(cells) <= 12 or any(len(name) > 12 for name in names):
        return None
    heading = " ".join(names)
    if _OTHER_LIST.search(heading) or not (LETTER_WORD.search(heading) or document.derived(is_about_letters)):
        return None
    labels = [label_of(name, marked=True) for name in names]
    if any(label is None and state_of(name) is not None for label, name in zip(labels, names, strict=True)):
        # 信件类型 | 咨询 | 办理状态 | 已办结: the row of one letter, not the heading of several.
        return None
    title = _first(labels, Label.TITLE, Label.CONTENT)
    columns = (_first(labels, Label.ASKED), _first(labels, Label.ANSWERED), _first(labels, Label.STATUS), _first(labels, Label.REPLY))
    if title is None or columns[1:] == (None, None, None) or sum(label is not None for label in labels) < len(labels) - 1:
        return None
    asks = columns[2] is not None and bool(_ASKS_YES_OR_NO.search(names[columns[2]]))
    return Columns(len(cells), title, *columns, asks_yes_or_no=asks)


def _first(labels: list[Label | None], *wanted: Label) -> int | None:
    return next((labels.index(label) for label in wanted if label in labels), None)


def _cells(outline: Outline, row: int) -> list[int]:
    return [child for child in outline.children(row) if outline.tags[child] in _CELLS]


def _letters(document: Document, outline: Outline, heading: int, rows: list[int], columns: Columns) -> Iterator[Letter]:
    """Yield the letters of the rows after the heading row, up to the next heading row; rows of another width are pagers and the like.

    Each letter may stand in a table of its own, but what has neither a day nor a state there is the row of another table.
    """
    table = _table(outline, heading)
    for row in rows[:MOST_LETTERS]:
        cells = _cells(outline, row)
        if len(cells) != columns.width:
            continue
        if columns_of(document, cells) is not None:
            return
        if is_hidden(outline, row) or TEMPLATE.search(outline.text_of(row)):
            continue
        letter = letter_of(document, cells, columns)
        if letter and (letter.asked or letter.answered or letter.state is not LetterState.UNKNOWN or _table(outline, row) == table):
            yield letter


def _table(outline: Outline, row: int) -> int:
    parent = outline.parents[row]
    return parent if outline.tags[parent] == "table" else outline.parents[parent]


def letter_of(document: Document, cells: Sequence[int], columns: Columns) -> Letter | None:
    """Return the letter that a row of cells is, None where it has no title, or nothing else that a letter has."""
    outline = document.outline
    title, url = titled_link(document, outline, cells[columns.title])
    if not title:
        return None
    texts = [outline.text_of(cell) for cell in cells]
    asked = first_date(document, texts[columns.asked]) if columns.asked is not None else None
    answered = first_date(document, texts[columns.answered]) if columns.answered is not None else None
    state = _state(outline, cells, texts, columns)
    if not (url or asked or answered or state is not LetterState.UNKNOWN):
        return None
    if answered and state in (LetterState.UNKNOWN, LetterState.UNANSWERED):
        # 办理中 beside the date of an answer is a contradiction: nothing is claimed.
        state = LetterState.ANSWERED if state is LetterState.UNKNOWN else LetterState.UNKNOWN
    printed = [texts[at] for at in (columns.title, columns.asked, columns.answered, columns.status) if at is not None]
    return Letter(
        title=mask_personal_data(title)[:EXCERPT_LENGTH],
        url=url,
        asked=asked,
        answered=answered,
        state=state,
        excerpt=mask_personal_data(" ".join(printed))[:EXCERPT_LENGTH],
    )


def _state(outline: Outline, cells: Sequence[int], texts: list[str], columns: Columns) -> LetterState:
    for at in (columns.status, columns.reply):
        if at is None:
            continue
        printed = texts[at] or _picture_name(outline, cells[at])
        if columns.asks_yes_or_no and (state := _YES_NO.get(printed.strip())):
            return state
        if (state := state_of(printed)) is not None:
            return state
    is_told = columns.reply is not None and _ANSWER.match(texts[columns.reply]) and not PASSED_ON.search(texts[columns.reply])
    return LetterState.ANSWERED if is_told else LetterState.UNKNOWN


def _picture_name(outline: Outline, cell: int) -> str:
    pictures = (element for element in range(cell, outline.ends[cell]) if outline.tags[element] == "img")
    return next((outline.attribute(picture, "alt") or outline.attribute(picture, "title") for picture in pictures), "")


def titled_link(document: Document, outline: Outline, element: int) -> tuple[str, str | None]:
    """Return the title that an element prints and the address it leads to: of its link with a name, else its text without an address."""
    first = bisect_left(outline.links, element, key=attrgetter("element"))
    inside = takewhile(lambda link: link.element < outline.ends[element], islice(outline.links, first, None))
    link = next((link for link in inside if not _ACTION.fullmatch(link.name)), None)
    if link is None:
        return outline.text_of(element), None
    return link.name, document.resolve(link.href)


def first_date(document: Document, printed: str) -> dt.date | None:
    """Return the first date in a text, one without a year read as the latest not after the day of judgement."""
    if found := find_dates(printed):
        return found[0].date
    if date := read_date(printed):
        return date
    yearless = read_yearless(printed)
    return document.day.latest(partial(year_of, yearless)) if yearless else None
