"""A page as a small tree that can be rearranged and written out again: what the disguises work on."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps

from selectolax.lexbor import LexborHTMLParser

_VOID = frozenset(["area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_PIECE = re.compile(
    r"<!--.*?-->|<!DOCTYPE[^>]*>|<(script|style|noscript|iframe|noframes|noembed|template|textarea|svg|xmp|object|select)\b[^>]*>.*?</\1>"
    r"|</(?P<end>[^\s>]+)>|<(?P<name>[^\s>/!]+)(?P<attributes>[^>]*)>|(?P<text>[^<]+)|<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
INLINE = frozenset("a abbr b big br em font i img input label s small span strong strike sub sup time u".split())  # noqa: SIM905
"""Elements that stand in a line."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What is written out as it was read: comments, scripts, styles, frames, templates, boxes to choose from."""

    text: str


@dataclass(slots=True, eq=False)
class Element:
    """An element with its attributes and what it holds; texts are plain strings."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all that it holds, in order; what is rearranged meanwhile is not met twice."""
        yield self
        for child in list(self.children):
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *names: str) -> list["Element"]:
        """Return the elements of these names inside of this one, in order."""
        return [element for element in self.walk() if element.name in names and element is not self]

    @property
    def elements(self) -> list["Element"]:
        """The child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """All text of the element."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children if not isinstance(child, Raw))

    @property
    def inline(self) -> bool:
        """Tell whether the element holds nothing but what stands in a line."""
        return all(element.name in INLINE for element in self.walk() if element is not self)


Node = Element | Raw | str
Disguise = Callable[[str], str]
"""A rewrite of a page that keeps what its readers see."""


def parse(page: str) -> Element:
    """Return the tree of a page as a browser would build it."""
    root = Element("")
    chain = [root]
    for piece in _PIECE.finditer(LexborHTMLParser(page).html or ""):
        if text := piece["text"]:
            chain[-1].children.append(html.unescape(text))
        elif name := piece["name"]:
            element = Element(name, {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(piece["attributes"])})
            chain[-1].children.append(element)
            if name not in _VOID:
                chain.append(element)
        elif end := piece["end"]:
            if any(element.name == end for element in chain[1:]):
                while chain.pop().name != end:
                    pass
        else:
            chain[-1].children.append(Raw(piece.group()))
    return root


@dataclass(frozen=True, slots=True)
class Writing:
    """How a tree is written out: letters, quotes, end tags, characters beyond ASCII."""

    upper_case: bool = False
    quote: str = '"'
    without_ends: frozenset[str] = frozenset()
    """Elements whose end tags are left out."""
    self_closing: bool = False
    backwards: bool = False
    """Whether the attributes stand in the opposite order."""
    character: Callable[[str], str] = lambda character: character
    """How a character beyond ASCII is written in texts and attributes."""

    def page(self, root: Element) -> str:
        """Return the markup of a tree."""
        return "".join(self._pieces(root))

    def _pieces(self, element: Element) -> Iterator[str]:
        for number, child in enumerate(element.children):
            if not isinstance(child, Element):
                yield child.text if isinstance(child, Raw) else self._escaped(child)
                continue
            yield self._tag(child)
            yield from self._pieces(child)
            if child.name not in _VOID and not (child.name in self.without_ends and _may_end_unsaid(element, number)):
                yield f"</{self._name(child.name)}>"

    def _tag(self, element: Element) -> str:
        attributes = list(element.attributes.items())
        printed = "".join(
            f" {self._name(name)}{self._value(value)}" for name, value in (reversed(attributes) if self.backwards else attributes)
        )
        return f"<{self._name(element.name)}{printed}{' /' if self.self_closing and element.name in _VOID else ''}>"

    def _name(self, name: str) -> str:
        return name.upper() if self.upper_case else name

    def _value(self, value: str) -> str:
        escaped = self._escaped(value)
        if not self.quote and value and not re.search(r"[\s\"'=<>`]|/$", value):
            return f"={escaped}"
        quote = self.quote or '"'
        return f"={quote}{escaped.replace(quote, '&#39;' if quote == chr(39) else '&quot;')}{quote}"

    def _escaped(self, text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")
        return "".join(character if character.isascii() else self.character(character) for character in escaped)


def _may_end_unsaid(parent: Element, number: int) -> bool:
    """Tell whether the end tag of a child may be left out: that of a paragraph only before a block, or at the end of one."""
    if parent.children[number].name != "p":  # type: ignore[union-attr]
        return True
    behind = next((child for child in parent.children[number + 1 :] if not isinstance(child, str) or child.strip()), None)
    if behind is None:
        return parent.name not in INLINE
    return isinstance(behind, Element) and behind.name in ("div", "dl", "form", "h1", "h2", "h3", "h4", "ol", "p", "section", "table", "ul")


PLAIN = Writing()


def rearranges(change: Callable[[Element], None]) -> Disguise:
    """Return the disguise that changes the body of a page; a page without one stays as it is written."""

    @wraps(change)
    def disguise(page: str) -> str:
        root = parse(page)
        for body in root.all("body")[:1]:
            change(body)
        return PLAIN.page(root)

    return disguise


def rewrites_texts(change: Callable[[str], str]) -> Disguise:
    """Return the disguise that changes every text of the body by itself."""

    @wraps(change)
    def disguise(page: str) -> str:
        root = parse(page)
        for body in root.all("body")[:1]:
            for element in body.walk():
                element.children = [change(child) if isinstance(child, str) else child for child in element.children]
        return PLAIN.page(root)

    return disguise
