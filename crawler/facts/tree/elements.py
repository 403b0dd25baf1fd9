"""The tree of a page as flat sequences in document order, read in one pass over the markup that the parser writes out of it.

Asking the parser for every node costs far more than cutting its own output at the tags. That output is regular: every element that can
have an end tag has one, values stand in double quotes, and `<` and `>` are escaped in texts and values; only the content of a few
elements (`iframe`, `noframes` …) is printed as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from selectolax.lexbor import LexborNode

from crawler.facts.tree.comments import without_markup_comments
from crawler.facts.tree.markup import SCRIPT_ATTRIBUTE
from crawler.facts.tree.text import collapse

_TAG = re.compile(r"<([^>]*)>")
_ATTRIBUTE = re.compile(r'(=?[^\s=]+)="([^"]*)"')
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
_RAW = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"})
_SPECIAL = _VOID | _RAW | {"template", "time"}
_WITHOUT_TEXT = frozenset({"option", "textarea", "template", "svg", "title", "button", "object", "iframe"})
_DRAWN = frozenset({"svg", "g", "symbol", "path"})
"""A drawing's title is shown nowhere."""
BLOCK_TAGS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p"),
        *("section", "select", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul"),
    ]
)
"""Elements that begin, and end, a line of their own."""
_TOLD_DAY = re.compile(r"\s*((?:19|20)\d\d-\d\d?-\d\d?)(?:[T\s]+(\d\d:\d\d))?")
"""What the datetime attribute of a time element begins with: the day, and the clock time where it has one."""
_WITH_YEAR = re.compile(r"(?:19|20)\d\d|\d\s*年")
_WRITTEN_DATE = re.compile(
    r"[\"'](?:<[a-z][^<>\"']{0,60}>)*(\s*(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?[\s\d:.]*)(?:<\\?/[a-z]{1,8}>)*[\"']"
)
_WRITING = re.compile(r"document\.write(?:ln)?\s*\(")
_LONGEST_WRITING_SCRIPT = 400

_Tokens = Iterator[tuple[int, tuple[str, str]]]
"""The tags of a page with their numbers, each with the text behind it."""


class Elements:
    """Elements are numbered in document order; element `i` holds the elements `i+1 … ends[i]-1` and the texts `starts[i] … stops[i]-1`."""

    def __init__(self, root: LexborNode | None, scripts: Sequence[str]) -> None:
        self._scripts = scripts
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
        self._printed: list[str] = []
        """The attributes of each element as its tag prints them."""
        self._opened: list[int] = []
        self._closed: list[int] = []
        """For each element the numbers of its tag and of its end tag; the same where it has none."""
        markup = (root.html or "") if root is not None else ""
        self._pieces = _TAG.split(without_markup_comments(markup))
        """In turns the text before a tag, and the tag without its brackets."""
        self._walk()

    def _walk(self) -> None:
        """Number the elements and texts. White space is most of the texts: it is left before anything is done with it."""
        tags, parents, ends, starts, stops, texts = self.tags, self.parents, self.ends, self.starts, self.stops, self.texts
        holders, printed, opened, closed = self.holders, self._printed, self._opened, self._closed
        tokens: _Tokens = enumerate(zip(self._pieces[1::2], self._pieces[2::2], strict=True))
        pieces = self._pieces
        open_elements = [-1]
        holder = -1
        element = -1
        for number, (tag, text) in tokens:
            first = tag[:1]
            if first == "/":
                if tag[1:] in BLOCK_TAGS and not (tag == "/title" and holder >= 0 and tags[parents[holder]] in _DRAWN):
                    pieces[2 * number + 2] = f"\n{text}"
                if holder >= 0:
                    ends[holder], stops[holder], closed[holder] = element + 1, len(texts), number
                    open_elements.pop()
                    holder = open_elements[-1]
            elif first != "?":
                element += 1
                name, _, attributes = tag.partition(" ")
                if name == "title" and holder >= 0 and tags[holder] in _DRAWN:
                    pieces[2 * number + 2] = text = ""
                elif name in BLOCK_TAGS:
                    pieces[2 * number + 2] = f"\n{text}"
                position = len(texts)
                tags.append(name)
                printed.append(attributes)
                parents.append(holder)
                starts.append(position)
                stops.append(position)
                ends.append(element + 1)
                opened.append(number)
                closed.append(number)
                if name not in _SPECIAL:
                    open_elements.append(element)
                    holder = element
                elif name == "img":
                    # A picture takes a position of its own, so that a link around it has one.
                    self._add_text("", element)
                    stops[element] += 1
                elif name == "time":
                    open_elements.append(element)
                    holder = element
                    pieces[2 * number + 2] = text = self._day_of(element, text)
                elif name not in _VOID:
                    text = self._after_raw(tokens, element, text)
            if not text or holder < 0 or tags[holder] in _WITHOUT_TEXT:
                continue
            if collapsed := " ".join((_unescape(text) if "&" in text else text).split()):
                texts.append(collapsed)
                holders.append(holder)

    def _day_of(self, element: int, text: str) -> str:
        """Return what a time element prints, or its day where it only prints a part of it: 8:30, 前几天, nothing at all."""
        told = _TOLD_DAY.match(self.attribute(element, "datetime"))
        return " ".join(filter(None, told.groups())) if told and not _WITH_YEAR.search(text) else text

    def _add_text(self, text: str, holder: int) -> None:
        self.texts.append(text)
        self.holders.append(holder)

    def _after_raw(self, tokens: _Tokens, element: int, text: str) -> str:
        """Read an element whose content is no markup, or no part of the page; return the text behind its end tag."""
        name = self.tags[element]
        if name == "script" and (date := self._written_date(element)):
            self.written.add(len(self.texts))
            self._add_text(date, self.parents[element])
        content = text
        depth = 1
        for number, (tag, behind) in tokens:
            depth += (name == "template" and tag.partition(" ")[0] == name) - (tag == f"/{name}")
            if not depth:
                break
            content += f"<{tag}>{behind}"
            self._pieces[2 * number + 2] = ""
        else:
            number, behind = self._opened[element], ""
        self._pieces[2 * self._opened[element] + 2] = "" if name == "template" else content
        if name not in _WITHOUT_TEXT and (collapsed := collapse(content)):
            self._add_text(collapsed, element)
        self.stops[element], self._closed[element] = len(self.texts), number
        return behind

    def _written_date(self, element: int) -> str | None:
        """Return the date that a script writes where it stands, if that is all it does (a date as a plain string)."""
        source = self.script_text(element)
        if not source or len(source) > _LONGEST_WRITING_SCRIPT or not _WRITING.search(source):
            return None
        dates = _WRITTEN_DATE.findall(source)
        return dates[0].strip() if len(dates) == 1 else None

    def script_text(self, element: int) -> str:
        """Return the text of a script element; empty for one that only has a src."""
        index = self.attribute(element, SCRIPT_ATTRIBUTE)
        return self._scripts[int(index)] if index.isdecimal() and int(index) < len(self._scripts) else ""

    @cached_property
    def by_tag(self) -> dict[str, list[int]]:
        """The elements of each tag, in order."""
        found: dict[str, list[int]] = defaultdict(list)
        for element, tag in enumerate(self.tags):
            found[tag].append(element)
        return found

    def with_tags(self, *tags: str) -> list[int]:
        """Return the elements with one of the tags, in order."""
        found = [element for tag in tags for element in self.by_tag.get(tag, ())]
        return sorted(found) if len(tags) > 1 else found

    def within(self, element: int, *tags: str) -> list[int]:
        """Return the elements with one of the tags inside of an element, in order."""
        return [inner for inner in range(element + 1, self.ends[element]) if self.tags[inner] in tags]

    def with_attributes(self, *names: str) -> list[int]:
        """Return the elements that carry one of some attributes, in order."""
        return [element for element, printed in enumerate(self._printed) if printed and self.has_attribute(element, *names)]

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
        printed = self._printed[element]
        start = printed.find(f'{name}="')
        if start < 0:
            return ""
        if not self._begins_attribute(printed, start):
            return self.attributes(element).get(name, "")
        value = printed[start + len(name) + 2 : printed.index('"', start + len(name) + 2)]
        return _unescape(value) if "&" in value else value

    def attributes(self, element: int) -> dict[str, str]:
        """Return all attributes of an element; those without a value are empty."""
        return {name: _unescape(value) for name, value in _ATTRIBUTE.findall(self._printed[element])}

    def has_attribute(self, element: int, *names: str) -> bool:
        """Tell whether an element carries one of the attributes, with or without a value."""
        printed = self._printed[element]
        if not printed:
            return False
        for name in names:
            start = printed.find(f'{name}="')
            if start >= 0 and (self._begins_attribute(printed, start) or name in self.attributes(element)):
                return True
        return False

    @staticmethod
    def _begins_attribute(printed: str, start: int) -> bool:
        """Tell whether a name at a position of a tag is that of an attribute: not the end of another name, and not inside of a value."""
        return (not start or printed[start - 1] == " ") and not printed.count('"', 0, start) % 2

    def printed_attributes(self, element: int) -> str:
        """Return the attributes of an element as its tag prints them, `<`, `>`, `&` and quotes in their values escaped."""
        return self._printed[element]

    def names(self, element: int) -> str:
        """Return the class and id of an element in lower case, with a space between."""
        return f"{self.attribute(element, 'class')} {self.attribute(element, 'id')}".strip().lower()

    def running_text(self, element: int) -> str:
        """Return all text of an element in one line as it runs on, without a space where only an inline element ends."""
        start = self.starts[element]
        if self.ends[element] - element == 1 and self.stops[element] - start == 1 and self.holders[start] == element:
            return self.texts[start]
        text = "".join(self._pieces[2 * self._opened[element] + 2 : 2 * self._closed[element] + 1 : 2])
        return collapse(_unescape(text) if "&" in text else text)

    def markup_of(self, element: int) -> str:
        """Return the markup of an element as the parser understood it, with a line break behind every tag of a block."""
        first, last = 2 * self._opened[element] + 1, 2 * self._closed[element] + 1
        return "".join(f"<{piece}>" if index % 2 == 0 else piece for index, piece in enumerate(self._pieces[first : last + 1]))

    @cached_property
    def lines(self) -> list[str]:
        """The text of the whole page by its lines, whitespace collapsed, without the empty ones."""
        text = "".join(self._pieces[::2])
        lines = (_unescape(text) if "&" in text else text).split("\n")
        return [collapsed for line in lines if line and (collapsed := collapse(line))]


def _unescape(text: str) -> str:
    """Undo what the parser escapes when it writes a text or a value."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&nbsp;", "\xa0").replace("&amp;", "&")
