"""The headings of the lists on a homepage: a line above the list, or a row of tabs over several panels."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from crawler.facts.lists.items import ItemList
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.titles import is_title

MORE = re.compile(r"^[\[【（(<«>»+\s]*(?:查看)?(?:更多|more)[\s\S]{0,6}$|^(?:>>|»|＋|\+)+$", re.IGNORECASE)
"""The words of a link that leads to the whole column."""

_NO_HEADING = re.compile(r"\d{2}|[。，,；;!！?？…]")
"""What numbers and sentences hold."""
_STATE = re.compile(r"active|on|now|hover|cur(?:rent)?|show|hid(?:e|den)|in|select(?:ed)?|first|last|block|none", re.IGNORECASE)
"""Classes that tell the open panel from its closed sisters."""
_SEPARATORS = ("|", "/", "·", "｜", "丨")
_LONGEST_HEADING = 14
_LONGEST_TAB = 10
_LONGEST_HEADLINE = 6
"""How many pieces of text the headline above the list of a panel may have, its summary among them."""
_REACH = 30
_MOST_PANELS = 20
_LEVELS = 5
"""From the list of a panel up to the panel, with the row, the cell and the body of a table between them."""


class Heading(NamedTuple):
    """The name of a list, where it stands, and whether it is one of a row of tabs."""

    name: str
    position: int
    tab: bool = False


def read_heading(outline: Outline, found: ItemList, floor: int) -> Heading | None:
    """Return the heading of a list that stands after `floor`, or None where none can be told for sure.

    Under a row of tabs a list gets a name only where there are as many sister panels as tabs: a wrong name would put a list under the
    update window of another class.
    """
    if tab := _tab(outline, found):
        return tab
    for position in range(found.start - 1, max(floor, found.start - _REACH) - 1, -1):
        text = outline.texts[position]
        if not _is_named(text):
            continue
        if not is_title(text) or len(text) > _LONGEST_HEADING or _NO_HEADING.search(text):
            return None
        name = re.split(r"[>＞»›]", text.strip(" :：>》|·"))[-1].strip()
        return None if not name or _in_row_of_tabs(outline, position, found.start) else Heading(name, position)
    return None


def _is_named(text: str) -> bool:
    """Tell what may name a list from the link to more of it and from the translation beside its name."""
    return bool(text) and not MORE.match(text) and not text.isascii()


def _in_row_of_tabs(outline: Outline, position: int, before: int) -> bool:
    """Tell whether a short text stands in a row with others of its kind, which ends before the list that begins at `before`."""
    element = outline.holders[position]
    for _ in range(3):
        parent = outline.parents[element]
        if parent < 0 or outline.stops[parent] > before:
            return False
        if outline.stops[parent] - outline.starts[parent] > _REACH:
            return False
        texts = list(filter(_is_named, outline.texts[outline.starts[parent] : outline.stops[parent]]))
        if len(texts) >= 2:
            return all(len(text) <= _LONGEST_TAB for text in texts) and sum(is_title(text) for text in texts) >= 2
        element = parent
    return False


def _tab(outline: Outline, found: ItemList) -> Heading | None:
    """Return the tab whose panel holds the list: the panels are sisters, and as many short texts stand right before them."""
    element = found.container
    for _ in range(_LEVELS):
        parent = outline.parents[element]
        texts = outline.texts[outline.starts[element] : found.start] if parent >= 0 else ()
        above = list(islice(filter(_is_named, texts), _LONGEST_HEADLINE + 1))
        if parent < 0 or len(above) > _LONGEST_HEADLINE or any(len(text) <= _LONGEST_HEADING for text in above):
            # With a heading of its own above the list this is a block, and no panel under tabs.
            return None
        panels = [
            child
            for child in outline.children(parent, _MOST_PANELS + 1)
            if outline.tags[child] == outline.tags[element] and _kind(outline, child) == _kind(outline, element)
        ]
        if outline.tags[element] == "table" and len(panels) > 2 and _holds_as_many(outline, panels[0], len(panels) - 1):
            # The row of tabs is a table like the panels.
            del panels[0]
        if (
            element in panels
            and 2 <= len(panels) <= _MOST_PANELS
            and _follow_each_other(outline, panels)
            and (tabs := _tabs(outline, panels))
            and (not above or _begins_with(outline, parent, tabs[0].position))
        ):
            return tabs[panels.index(element)]
        element = parent
    return None


def _begins_with(outline: Outline, element: int, position: int) -> bool:
    """Tell whether a block that holds `element` begins with the text at `position`: a menu stands in no block with the lists below it."""
    for _ in range(2):
        if outline.starts[element] <= position:
            break
        element = outline.parents[element]
        if element < 0 or outline.tags[element] == "body":
            return False
    return outline.starts[element] <= position and not any(outline.texts[outline.starts[element] : position])


def _follow_each_other(outline: Outline, panels: Sequence[int]) -> bool:
    """Tell whether nothing but links to more stands between panels: else each has a heading of its own before it."""
    between = ((outline.stops[panel], outline.starts[following]) for panel, following in pairwise(panels))
    return not any(text and not MORE.match(text) for start, stop in between for text in outline.texts[start:stop])


def _kind(outline: Outline, element: int) -> str:
    return next((name.rstrip("0123456789_-") for name in outline.attribute(element, "class").split() if not _STATE.fullmatch(name)), "")


def _tabs(outline: Outline, panels: Sequence[int]) -> list[Heading]:
    """Return the short texts right before the first panel, if they are as many as the panels; else nothing."""
    tabs: list[Heading] = []
    position = outline.starts[panels[0]] - 1
    while position >= 0 and len(tabs) <= len(panels):
        text = outline.texts[position]
        if _is_tab(text):
            if not is_title(text) or len(text) > _LONGEST_TAB or _NO_HEADING.search(text):
                break
            tabs.append(Heading(text, position, tab=True))
        position -= 1
    if len(tabs) > len(panels) and _one_row(outline, tabs[: len(panels)]) and not _one_row(outline, tabs[: len(panels) + 1]):
        tabs.pop()
    return tabs[::-1] if len(tabs) == len(panels) and _one_row(outline, tabs) else []


def _one_row(outline: Outline, tabs: Sequence[Heading]) -> bool:
    """Tell whether tabs stand in one small element that holds nothing else before them."""
    first, last = tabs[-1], tabs[0]
    element = outline.holders[last.position]
    while element >= 0 and outline.starts[element] > first.position:
        element = outline.parents[element]
    return element >= 0 and _holds_as_many(outline, element, len(tabs))


def _holds_as_many(outline: Outline, element: int, tabs: int) -> bool:
    """Tell whether an element holds so many short texts of tabs and no other."""
    start, stop = outline.starts[element], outline.stops[element]
    texts = list(filter(_is_tab, outline.texts[start:stop])) if stop - start <= _REACH else []
    return len(texts) == tabs and all(len(text) <= _LONGEST_TAB for text in texts)


def _is_tab(text: str) -> bool:
    return bool(text) and not MORE.match(text) and text not in _SEPARATORS
