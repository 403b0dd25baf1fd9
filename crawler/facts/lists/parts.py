"""Lists that are printed in parts: by years, in groups of five, or broken by careless markup."""

import re
from collections.abc import Sequence

from crawler.facts.lists.items import BULLETS, ENTRY_LENGTH, ItemList
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.visibility import is_hidden

_NEIGHBOURS = 8
_PERIOD = re.compile(r"\W*(?:(?:19|20)\d\d(?:年度?)?|(?:(?:19|20)\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)\W*")


def merge_parts(outline: Outline, lists: Sequence[ItemList]) -> list[ItemList]:
    """Join neighbouring lists with no words between them but years or months: one list printed in groups, or broken by careless markup."""
    merged: list[ItemList] = []
    for found in lists:
        nearest = range(len(merged) - 1, max(-1, len(merged) - 1 - _NEIGHBOURS), -1)
        part = next((index for index in nearest if _continues(outline, merged[index], found)), None)
        if part is None:
            merged.append(found)
        else:
            first = merged[part]
            merged[part] = first._replace(stop=found.stop, items=first.items + found.items, rows=first.rows + found.rows)
    return merged


def _continues(outline: Outline, first: ItemList, second: ItemList) -> bool:
    if first.dated != second.dated or second.start < first.stop:
        return False
    between = range(first.stop, second.start)
    if first.place == second.place:
        return not any(_parts(outline, position) for position in between) and (first.dated or _are_titles_alike(first, second))
    if min(map(_title_length, (first, second))) < ENTRY_LENGTH:
        return False
    return all(is_hidden(outline, outline.holders[position]) for position in between)


def _parts(outline: Outline, position: int) -> bool:
    """Tell whether a piece of text parts two lists of one kind: words that a reader sees, other than a year or month."""
    text = outline.texts[position].strip(BULLETS)
    return bool(text) and not _PERIOD.fullmatch(text) and not is_hidden(outline, outline.holders[position])


def _are_titles_alike(first: ItemList, second: ItemList) -> bool:
    shorter, longer = sorted(map(_title_length, (first, second)))
    return longer < 2 * shorter


def _title_length(found: ItemList) -> float:
    return sum(len(item.title) for item in found.items) / len(found.items)
