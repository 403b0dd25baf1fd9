"""The page as flat sequences in document order: one pass over the tree, shared by the readers of lists, dates and navigation.

A position on the page is the number of a piece of text; every element covers a range of such positions. Parents, rows and the text near
a link are then slices of lists instead of walks over the tree.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.facts.document import Document
from crawler.facts.text import collapse
from crawler.facts.titles import is_title

_WITHOUT_TEXT = frozenset({"option", "textarea", "template", "svg", "title", "button", "object", "iframe"})
_WRITTEN_DATE = re.compile(r"[\"'](\s*(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?[\s\d:]*)[\"']")
_WRITING = re.compile(r"document\.write(?:ln)?\s*\(")
_LONGEST_WRITING_SCRIPT = 400
_DESCRIBED = re.compile(r"(?:文章)?标\s?题\s?[:：]\s*(.{4,200}?)\s*(?:作\s*者|发布|更新|点击|$)")
"""A link's title that describes the article: its title, author, day."""
_CUT_OFF = re.compile(r"(?:\.{2,}|…+)$")


class Link(NamedTuple):
    """A link of the page: its element, the range of text it covers, the raw address and the fullest name it carries.

    `pictured` tells that the link has no text: its name is that of a picture, or a title.
    """

    element: int
    start: int
    stop: int
    href: str
    name: str
    pictured: bool


class Outline:
    """Elements are numbered in document order; element `i` holds the elements `i+1 … ends[i]-1` and the texts `starts[i] … stops[i]-1`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: list[LexborNode] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.starts: list[int] = []
        self.stops: list[int] = []
        self.texts: list[str] = []
        self.holders: list[int] = []
        """For each piece of text, the element it stands in."""
        self.written: set[int] = set()
        """The pieces of text that a script writes out literally."""
        root = document.tree.body or document.tree.root
        if root is not None:
            self._walk(root)
        self.links = tuple(self._link(element) for element, tag in enumerate(self.tags) if tag == "a")
        self.titles = tuple(link for link in self.links if is_title(link.name))
        """The links whose name can be the title of an entry."""
        self._link_starts = [link.start for link in self.links]
        self._title_starts = [link.start for link in self.titles]

    def _walk(self, root: LexborNode) -> None:
        """Number the elements and texts below the root. White space is most of the nodes: it is left before anything is asked of it."""
        tags, parents, ends, starts, stops, texts = self.tags, self.parents, self.ends, self.starts, self.stops, self.texts
        open_elements: list[int] = []
        open_nodes: list[int] = []
        for node in root.traverse(include_text=True):
            tag = node.tag or ""
            text = node.text_content if tag == "-text" else None
            if text is not None and (not text or text.isspace()):
                continue
            parent = node.parent
            above = parent.mem_id if parent is not None else 0
            while open_nodes and open_nodes[-1] != above:
                open_nodes.pop()
                closed = open_elements.pop()
                ends[closed], stops[closed] = len(tags), len(texts)
            holder = open_elements[-1] if open_elements else -1
            if text is not None:
                if holder >= 0 and tags[holder] not in _WITHOUT_TEXT and (collapsed := collapse(text)):
                    self._add_text(collapsed, holder)
                continue
            open_elements.append(len(tags))
            open_nodes.append(node.mem_id)
            self._nodes.append(node)
            tags.append(tag)
            parents.append(holder)
            ends.append(0)
            starts.append(len(texts))
            stops.append(0)
            if tag == "img":
                # A picture takes a position of its own, so that a link around it has one.
                self._add_text("", open_elements[-1])
            elif tag == "script" and (date := self._written_date(node)):
                self.written.add(len(texts))
                self._add_text(date, holder)
        for closed in open_elements:
            ends[closed], stops[closed] = len(tags), len(texts)

    def _add_text(self, text: str, holder: int) -> None:
        self.texts.append(text)
        self.holders.append(holder)

    def _written_date(self, node: LexborNode) -> str | None:
        """Return the date that a script writes where it stands, if that is all it does (a date as a plain string)."""
        source = self._document.script_text(node)
        if not source or len(source) > _LONGEST_WRITING_SCRIPT or not _WRITING.search(source):
            return None
        dates = _WRITTEN_DATE.findall(source)
        return dates[0].strip() if len(dates) == 1 else None

    def _link(self, element: int) -> Link:
        attributes = self._nodes[element].attributes
        start, stop = self.starts[element], self.stops[element]
        text = " ".join(piece for piece in self.texts[start:stop] if piece)
        title = collapse(attributes.get("title") or "")
        pictured = not text
        if pictured:
            text = title or self._picture_name(element)
        elif title and (described := _DESCRIBED.match(title)) and _CUT_OFF.search(text):
            text = described.group(1)
        elif title and _CUT_OFF.search(text) and title.startswith(_CUT_OFF.sub("", text)[:8]):
            text = title
        return Link(element, start, stop, attributes.get("href") or "", text, pictured)

    def _picture_name(self, element: int) -> str:
        for inner in range(element + 1, self.ends[element]):
            if self.tags[inner] == "img":
                attributes = self._nodes[inner].attributes
                return collapse(attributes.get("alt") or attributes.get("title") or "")
        return ""

    def text_between(self, start: int, stop: int) -> str:
        """Return the text of a range of positions in one line."""
        return " ".join(piece for piece in self.texts[start:stop] if piece)

    def text_of(self, element: int) -> str:
        """Return the text of an element in one line."""
        return self.text_between(self.starts[element], self.stops[element])

    def links_between(self, start: int, stop: int) -> tuple[Link, ...]:
        """Return the links that begin between two positions."""
        first = bisect_left(self._link_starts, start)
        return self.links[first : bisect_left(self._link_starts, stop, first)]

    def titles_between(self, start: int, stop: int) -> list[Link]:
        """Return the links between two positions whose name can be a title."""
        first = bisect_left(self._title_starts, start)
        last = bisect_left(self._title_starts, stop, first)
        return [link for link in self.titles[first:last] if link.stop <= stop]

    def children(self, element: int, most: int = 5_000) -> list[int]:
        """Return the child elements of an element, no more than `most` of them."""
        found: list[int] = []
        child, end = element + 1, self.ends[element]
        while child < end and len(found) < most:
            found.append(child)
            child = self.ends[child]
        return found

    def ancestors(self, element: int, most: int = 10_000) -> list[int]:
        """Return the element and those that hold it, the innermost first, no more than `most` of them."""
        chain: list[int] = []
        while element >= 0 and len(chain) < most:
            chain.append(element)
            element = self.parents[element]
        return chain

    def attribute(self, element: int, name: str) -> str:
        """Return an attribute of an element, empty where it has none."""
        return self._nodes[element].attributes.get(name) or ""

    def has_attribute(self, element: int, *names: str) -> bool:
        """Tell whether an element carries one of the attributes, with or without a value."""
        attributes = self._nodes[element].attributes
        return any(name in attributes for name in names)

    def names(self, element: int) -> str:
        """Return the class and id of an element in lower case, with a space between."""
        attributes = self._nodes[element].attributes
        return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()


def read_outline(document: Document) -> Outline:
    """Return the outline of a page; use it through `document.derived(read_outline)`, which keeps it."""
    return Outline(document)
