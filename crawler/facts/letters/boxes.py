"""Letters listed in tables that are made of other elements than those of a table, under a row of headings: 标题, 来信时间, 回复时间."""

import re
from collections.abc import Iterator

from crawler.facts.letters.tables import MOST_LETTERS, Columns, columns_of, letter_of
from crawler.facts.letters.words import is_about_letters
from crawler.facts.records import Letter
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.visibility import TEMPLATE, is_hidden

_HEADING = re.compile(r"\S{0,4}(?:时间|日期|状态|回复|答复)")
_ENDS = frozenset("间期态复")
"""What the headings of columns end with: asked first, since few texts do."""
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_LEVELS = 3
"""How far a name stands below its row of headings, and that below what holds the whole table."""


def read_letter_boxes(document: Document) -> tuple[Letter, ...]:
    """Return the letters under the first row of headings that has rows of as many boxes below it; empty where there are none.

    The page must say that it is about letters.
    """
    if not document.derived(is_about_letters):
        return ()
    outline = document.outline
    for position, text in enumerate(outline.texts):
        if text[-1:] not in _ENDS or not _HEADING.fullmatch(text):
            continue
        for row in outline.ancestors(outline.parents[outline.holders[position]], _LEVELS):
            boxes = outline.children(row, _MOST_COLUMNS + 1)
            if _FEWEST_COLUMNS <= len(boxes) <= _MOST_COLUMNS and (columns := columns_of(document, boxes)):
                if letters := tuple(_letters(document, row, columns)):
                    return letters
                break
    return ()


def _letters(document: Document, heading: int, columns: Columns) -> Iterator[Letter]:
    outline = document.outline
    for row in _rows(outline, heading, columns.width):
        if is_hidden(outline, row) or TEMPLATE.search(outline.text_of(row)):
            continue
        letter = letter_of(document, outline.children(row), columns)
        if letter and (letter.asked or letter.answered):
            yield letter


def _rows(outline: Outline, heading: int, width: int) -> Iterator[int]:
    """Yield the rows below the headings, in what holds the whole table."""
    element, found = outline.ends[heading], 0
    end = outline.ends[outline.ancestors(heading, _LEVELS + 1)[-1]]
    while element < end and found < MOST_LETTERS:
        if _is_row(outline, element, width):
            yield element
            found += 1
            element = outline.ends[element]
        else:
            element += 1


def _is_row(outline: Outline, element: int, width: int) -> bool:
    """Tell whether an element holds as many boxes as there are headings; what holds such rows itself is none."""
    if len(outline.children(element, width + 1)) != width:
        return False
    return not any(len(outline.children(inner, width + 1)) == width for inner in range(element + 1, outline.ends[element]))
