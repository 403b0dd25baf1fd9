"""The page as flat sequences in document order: one pass over the tree, shared by the readers of lists, dates and navigation.

A position on the page is the number of a piece of text; every element covers a range of such positions. Parents, rows and the text near
a link are then slices of lists instead of walks over the tree.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.facts.tree.elements import Elements
from crawler.facts.tree.handlers import address_opened
from crawler.facts.tree.text import collapse
from crawler.facts.tree.titles import is_title

_DESCRIBED = re.compile(r"(?:文章)?标\s?题\s?[:：]\s*(.{4,200}?)\s*(?:作\s*者|发布|更新|点击|$)")
"""A link's title that describes the article: its title, author, day."""
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")


class Link(NamedTuple):
    """A link of the page: its element, the range of text it covers, the address it leads to as printed, and the fullest name it carries.

    `pictured` tells that the link has no text: its name is that of a picture, a title, or the one for screen readers.
    """

    element: int
    start: int
    stop: int
    href: str
    name: str
    pictured: bool


class Outline(Elements):
    """The elements and texts of a page with its links, and what stands between two positions."""

    def __init__(self, root: LexborNode | None, scripts: Sequence[str]) -> None:
        super().__init__(root, scripts)
        self.links = tuple(map(self._link, self.by_tag.get("a", ())))
        self.titles = tuple(link for link in self.links if is_title(link.name))
        """The links whose name can be the title of an entry."""
        self.told_hidden: dict[int, bool] = {}
        """Of elements that were asked for: whether they, or one that holds them, are hidden. Asked again for every word in them."""
        self._link_starts = [link.start for link in self.links]
        self._title_starts = [link.start for link in self.titles]

    def _link(self, element: int) -> Link:
        start, stop = self.starts[element], self.stops[element]
        text = self.texts[start] if stop - start == 1 else " ".join(filter(None, self.texts[start:stop]))
        title = collapse(self.attribute(element, "title"))
        pictured = not text
        if pictured:
            text = title or self._picture_name(element) or collapse(self.attribute(element, "aria-label"))
        elif title and (described := _DESCRIBED.match(title)) and _CUT_OFF.search(text):
            text = described.group(1)
        elif title and _CUT_OFF.search(text) and title.startswith(_CUT_OFF.sub("", text)[:8]):
            text = title
        return Link(element, start, stop, self._address(element), text, pictured)

    def _address(self, element: int) -> str:
        href = self.attribute(element, "href")
        if href and href[0] not in "#jJ \t\n":
            return href
        return address_opened(href, self.attribute(element, "onclick"))

    def _picture_name(self, element: int) -> str:
        for inner in range(element + 1, self.ends[element]):
            if self.tags[inner] == "img":
                return collapse(self.attribute(inner, "alt") or self.attribute(inner, "title"))
        return ""

    def text_between(self, start: int, stop: int) -> str:
        """Return the text of a range of positions in one line."""
        return " ".join(filter(None, self.texts[start:stop]))

    def text_of(self, element: int) -> str:
        """Return the text of an element in one line."""
        return self.text_between(self.starts[element], self.stops[element])

    def links_between(self, start: int, stop: int) -> tuple[Link, ...]:
        """Return the links that begin between two positions."""
        first = bisect_left(self._link_starts, start)
        return self.links[first : bisect_left(self._link_starts, stop, first)]

    def holds_title(self, start: int, stop: int) -> bool:
        """Tell whether a link whose name can be a title stands between two positions."""
        first = bisect_left(self._title_starts, start)
        last = bisect_left(self._title_starts, stop, first)
        return any(self.titles[number].stop <= stop for number in range(first, last))

    def titles_between(self, start: int, stop: int) -> list[Link]:
        """Return the links between two positions whose name can be a title."""
        first = bisect_left(self._title_starts, start)
        last = bisect_left(self._title_starts, stop, first)
        return [link for link in self.titles[first:last] if link.stop <= stop]
