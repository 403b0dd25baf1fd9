"""The frames and fragments within a page: what stands in them is a part of it that was not read with it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.facts.tree.document import Document
from crawler.facts.tree.elements import Elements
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.script_files import is_effect, script_files
from crawler.facts.tree.signs import Sign
from crawler.facts.tree.visibility import is_hidden

_MOST = 12
_MOST_SCRIPTS = 40
_INCLUDES = ("data-include", "w3-include-html", "include-html", "include")
INCLUDING = Sign(re.compile(r"include(?:-html)?\s*="), ("include=", "include-html", "include ="))
"""An attribute that names a fragment which a script puts in place of an element."""
_OF_OTHERS = re.compile(
    r"weather|tianqi|calendar|rili|clock|(?<![a-z])map|video|player|live|share|tongji|stat(?!ic)|count|(?<![a-z])ads?(?![a-z])|guanggao|weibo|weixin"
    r"|conac|jiucuo|beian|12377|12345|about:",
    re.IGNORECASE,
)
"""What frames show that are no part of a site's own content: the weather, films, advertisements, counters, badges."""
_DOCUMENT = re.compile(r"\.(?:s?html?|aspx?|jsp|php)(?:\?|$)", re.IGNORECASE)
LOADED_FRAGMENT = r"\.load\s*\(\s*[\"']([^\"'<>\s#?]{1,200}\.(?:s?html?|jsp|aspx?|php|inc|txt))\b"
_LOADED = re.compile(LOADED_FRAGMENT)
_NO_SIZE = re.compile(r"\s*[01]\s*(?:px)?\s*$")


def read_frames(document: Document) -> tuple[str, ...]:
    """Return the addresses of the frames and fragments in which parts of the page stand: on its own host, or another government's.

    Those of a frameset are none of them: see `read_forward`.
    """
    outline = document.outline
    found: dict[str, None] = {}
    for element in outline.with_tags("iframe", "object"):
        source = outline.attribute(element, "src") or _document_of(outline, element)
        address = document.resolve(source) if source and _shows_content(outline, element, source) else None
        if address and is_of_government(address, document.url):
            found[address] = None
    for source in _fragments(document):
        address = document.resolve(source) if not _OF_OTHERS.search(source) else None
        if address and is_of_government(address, document.url):
            found[address] = None
    return tuple(found)[:_MOST]


def read_scripts(document: Document) -> tuple[str, ...]:
    """Return the addresses of the script files that may write parts of the page, from its own host or another government's."""
    resolved = (document.resolve(source) for source in script_files(document) if not is_effect(source))
    own = (address for address in resolved if address and is_of_government(address, document.url))
    return tuple(dict.fromkeys(own))[:_MOST_SCRIPTS]


def _fragments(document: Document) -> Iterator[str]:
    """Yield the addresses of the fragments that scripts put into the page."""
    if document.searched.first(INCLUDING):
        yield from filter(None, included(document.outline))
    for script in document.scripts:
        if ".load" in script:
            yield from (match[1] for match in _LOADED.finditer(script))


def _document_of(outline: Outline, element: int) -> str:
    """Return the address of the document that an object shows; empty for films and other objects."""
    data = outline.attribute(element, "data")
    return data if outline.attribute(element, "type").lower() == "text/html" or _DOCUMENT.search(data) else ""


def included(part: Elements) -> Iterator[str]:
    """Yield the addresses of the fragments that are put into a part of a page."""
    for element in part.with_attributes(*_INCLUDES):
        yield next(filter(None, (part.attribute(element, name) for name in _INCLUDES)), "")


def is_of_government(address: str, page: str | None) -> bool:
    """Tell whether an address is on the host of a page or of a government; one without a host is."""
    host = _host_of(address)
    return host in ("", _host_of(page or "")) or host.endswith(".gov.cn")


def _shows_content(outline: Outline, element: int, source: str) -> bool:
    said = " ".join((source, outline.attribute(element, "title"), outline.attribute(element, "name"), outline.names(element)))
    if _OF_OTHERS.search(said) or is_hidden(outline, element):
        return False
    return not any(_NO_SIZE.match(outline.attribute(element, name) or "-") for name in ("width", "height"))


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
