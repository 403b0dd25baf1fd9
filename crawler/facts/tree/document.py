"""A page as the fact readers share it: decoded, cleaned, parsed once, with the parts that several readers need."""

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import ada_url
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.facts.encoding.detection import decode
from crawler.facts.tree.elements import Elements
from crawler.facts.tree.failures import shows_failure
from crawler.facts.tree.judgement_day import JudgementDay
from crawler.facts.tree.markup import prepare
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.signs import Searched
from crawler.facts.tree.text import collapse

MAXIMUM_BYTES = 4_000_000
"""More of a page is not decoded."""

# Addresses that the URL Standard leaves as they are: joining them is putting strings together.
_PLAIN_ABSOLUTE = re.compile(r"https?://[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:/[\w\-.~/%?=&;,:@+!]*)?", re.ASCII)
_PLAIN_PATH = re.compile(r"/(?!/)[\w\-.~/%?=&;,:@+!]*", re.ASCII)
_PLAIN_RELATIVE = re.compile(r"(?:\./)?((?:[\w\-~][\w\-.~]*+/)*+[\w\-~][\w\-.~]*+(?:\?[\w\-.~/%=&;,:@+!]*)?)", re.ASCII)
_BEGINNING = re.compile(r"<(?:html|body|frameset)[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:html|body|frameset)[\s>]", re.IGNORECASE)
_USUAL_TAIL = 500
"""Characters behind the end of a page at most, as a rule: it is looked for there first."""
_DOT_SEGMENT = re.compile(r"/\.|/%2e", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

_Part = TypeVar("_Part")


class Anchor(NamedTuple):
    """A link as it stands on the page: its element, the raw address, and the text, or the title or picture's name where there is none."""

    element: int
    href: str
    text: str


class Document:
    """One page, parsed once. Attributes are read-only; derived parts are computed when first asked for, then kept.

    Comments, scripts, styles and noscript parts are not in `tree` (scripts leave an empty element behind, see `Elements.script_text`), so
    the text of a node is what a reader sees.
    """

    def __init__(self, *, source: str, encoding: str, url: str | None, day: JudgementDay, cut: bool = False) -> None:
        self.url = url
        self.day = day
        self.encoding = encoding
        self.source = source
        """The decoded text as received, comments and scripts included."""
        prepared = prepare(source)
        self.markup = prepared.markup
        """What was given to the parser."""
        self.scripts = prepared.scripts
        """The texts of the inline scripts, in the order of the page."""
        self.unshown = prepared.unshown
        """The markup of the noscript parts, which a browser that runs scripts does not show."""
        self.limited = cut or prepared.limited or _breaks_off(source) or shows_failure(source)
        """Whether the page was over a limit, breaks off, or tells of a failure on the way: what is missing then proves nothing."""
        self.tree = LexborHTMLParser(prepared.markup)
        self._resolved: dict[str, str | None] = {}
        self._derived: dict[Callable[[Document], Any], Any] = {}

    @classmethod
    def parse(cls, content: bytes, content_type: str | None = None, url: str | None = None, *, as_of: date) -> "Document":
        """Decode and parse a page; never raises, whatever the bytes are."""
        page = decode(content[:MAXIMUM_BYTES], content_type)
        return cls(source=page.text, encoding=page.encoding, url=url, day=JudgementDay(as_of), cut=len(content) > MAXIMUM_BYTES)

    @cached_property
    def outline(self) -> Outline:
        """The body of the page as flat sequences; the whole page where it has no body."""
        return Outline(self.tree.body or self.tree.root, self.scripts)

    @cached_property
    def head(self) -> Elements:
        """The head of the page as flat sequences; empty where the page has no body and its head is part of `outline`."""
        return Elements(self.tree.head if self.tree.body is not None else None, self.scripts)

    @property
    def parts(self) -> tuple[Elements, Elements]:
        """The two parts of the page, in order."""
        return self.head, self.outline

    @cached_property
    def searched(self) -> Searched:
        """The markup, to look for signs in."""
        return Searched(self.markup)

    @cached_property
    def base(self) -> str | None:
        """The address that relative links start from: `<base href>`, else the page's own."""
        for part in self.parts:
            for element in part.with_tags("base"):
                if part.has_attribute(element, "href"):
                    href = part.attribute(element, "href").strip()
                    return _join(href, self.url) if href else self.url
        return self.url

    @cached_property
    def title(self) -> str:
        """The page's title, whitespace collapsed."""
        return next((part.running_text(element) for part in self.parts for element in part.with_tags("title")), "")

    @cached_property
    def text(self) -> str:
        """The visible text of the body; one line per block, spaces within a line collapsed, no empty lines."""
        return "\n".join(self.outline.lines)

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every `<a>` and `<area>` of the page with an href, in order."""
        outline = self.outline
        found = [
            Anchor(link.element, link.href, self.name_of(link.element))
            for link in outline.links
            if link.href or outline.has_attribute(link.element, "href")
        ]
        areas = [element for element in outline.with_tags("area") if outline.has_attribute(element, "href")]
        found += (Anchor(element, outline.attribute(element, "href"), self.name_of(element)) for element in areas)
        return tuple(sorted(found) if areas else found)

    @cached_property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """The name (or http-equiv, or property) and content of every meta element, as printed."""
        found = []
        for part in self.parts:
            for element in part.with_tags("meta"):
                attributes = part.attributes(element)
                name = attributes.get("name") or attributes.get("http-equiv") or attributes.get("property")
                if name and "content" in attributes:
                    found.append((name.strip(), attributes["content"].strip()))
        return tuple(found)

    def meta_content(self, *names: str) -> str | None:
        """Return the content of the first meta element with one of the names (any case), or None; may be empty."""
        wanted = {name.lower() for name in names}
        return next((content for name, content in self.meta if name.lower() in wanted), None)

    def derived(self, reader: "Callable[[Document], _Part]") -> _Part:
        """Return what a reader makes of this page: computed when first asked for, then kept for the readers that share it."""
        if reader not in self._derived:
            self._derived[reader] = reader(self)
        part: _Part = self._derived[reader]
        return part

    def text_of(self, node: LexborNode | None) -> str:
        """Return the visible text of a node in one line, whitespace collapsed; empty for None."""
        return collapse(node.text()) if node is not None else ""

    def name_of(self, link: int) -> str:
        """Return the text of a link of `outline`, else its title, the alt of an area or image, or its aria-label; empty without any."""
        outline = self.outline
        if text := outline.running_text(link):
            return text
        if title := collapse(outline.attribute(link, "title") or (outline.attribute(link, "alt") if outline.tags[link] == "area" else "")):
            return title
        image = next(iter(outline.within(link, "img")), None)
        named = collapse(outline.attribute(image, "alt") or outline.attribute(image, "title")) if image is not None else ""
        return named or collapse(outline.attribute(link, "aria-label"))

    def resolve(self, href: str | None) -> str | None:
        """Return the absolute address of a link without its fragment, or None where it leads nowhere (script, mail, `#`, not an address).

        Where the page's own address is not known, a relative link comes back as it stands.
        """
        href = (href or "").strip()
        if not href or href[0] == "#":
            return None
        if href not in self._resolved:
            self._resolved[href] = _join(href, self.base)
        return self._resolved[href]


def _breaks_off(source: str) -> bool:
    """Tell whether a page begins and never ends: a server that fails on the way sends what it has, and calls it complete."""
    ended = _END.search(source, max(0, len(source) - _USUAL_TAIL)) or _END.search(source)
    return ended is None and _BEGINNING.search(source) is not None


def _join(href: str, base: str | None) -> str | None:
    fragment = href.find("#")
    if fragment >= 0:
        href = href[:fragment]
    if _PLAIN_ABSOLUTE.fullmatch(href) and not _DOT_SEGMENT.search(href):
        return href if href.count("/") > 2 else href + "/"
    if base is None:
        return _without_base(href)
    if _PLAIN_PATH.fullmatch(href) and not _DOT_SEGMENT.search(href):
        return _origin(base) + href
    if (relative := _PLAIN_RELATIVE.fullmatch(href)) and not _SCHEME.match(href):
        return _directory(base) + relative.group(1)
    try:
        joined = ada_url.join_url(base, href)
    except ValueError:
        return None
    return str(joined) if joined.startswith(("http://", "https://")) else None


def _without_base(href: str) -> str | None:
    if not _SCHEME.match(href) and not href.startswith("//"):
        return href or None
    try:
        address = str(ada_url.URL(href if not href.startswith("//") else "http:" + href).href)
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _origin(base: str) -> str:
    end = base.find("/", base.find("://") + 3)
    return base if end < 0 else base[:end]


def _directory(base: str) -> str:
    path = base.split("?", 1)[0]
    return path[: path.rindex("/") + 1] if path.count("/") > 2 else path + "/"
