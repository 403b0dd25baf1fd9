"""Whether the head of a page, with its menu and its search, is written by something that was not read."""

import re

from crawler.facts.frames import INCLUDING, included
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.script_files import is_harmless

_HEAD_FILE = re.compile(r"(?:^|[/_.-])(?:head(?:er)?|top|toubu)(?:[_-]?\d{1,2})?(?:[._-]?min)?\.js(?:\?|$)", re.IGNORECASE)
_LOADED = re.compile(
    r"(?:load|get\w{0,6}|fetch|include)\s*\(\s*\\?[\"'][^\"'<>\s\\]*(?:head(?:er)?|top|toubu)(?:[_-]?\w{0,4})?\.(?:s?html?|jsp|inc)\b",
    re.IGNORECASE,
)
_LOADING = (".load", ".get", "fetch", "include")
_FRAGMENTS = (".htm", ".shtm", ".jsp", ".inc")
"""Without one of each in it, a script loads no fragment."""
_HEAD_NAME = re.compile(r"(?:^|[\s_-])(?:head(?:er)?|top|nav(?:bar)?|menu|toubu|daohang)(?:$|[\s_-])", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/.]")
_HOME_LINK = re.compile(r"\W*(?:(?:返回|网站|本站|政府|门户)?(?:首|主)\W*页|home)\W*", re.IGNORECASE)
_FIRST_LINKS = 40
"""How many links a head may print before the one that leads home."""
_CONTENT = frozenset({"a", "img", "input", "iframe", "select", "button", "object", "embed", "script", "link", "br", "meta"})
_FEW = 10
"""Elements in a place that is kept for a head."""


def is_head_unread(document: Document) -> bool:
    """Tell whether a script file, or a fragment that a script fetches, writes the head of a page.

    Its name says so; or it stands where the head would be, and no link home is printed there.
    """
    outline = document.outline
    sources = [(element, source) for element in outline.with_tags("script") if (source := outline.attribute(element, "src"))]
    if any(_HEAD_FILE.search(source) for _, source in sources) or any(map(_loads_head, document.scripts)):
        return True
    if not document.scripts and not sources:
        return False
    if _includes_head(document):
        return True
    if any(_HOME_LINK.fullmatch(link.name) for link in outline.links[:_FIRST_LINKS]):
        return False
    first = outline.links[0].element if outline.links else len(outline.tags)
    return any(element < first and not is_harmless(source) for element, source in sources) or _has_empty_head(outline)


def _loads_head(script: str) -> bool:
    named = any(ending in script for ending in _FRAGMENTS) and any(call in script for call in _LOADING)
    return named and _LOADED.search(script) is not None


def _includes_head(document: Document) -> bool:
    if document.searched.first(INCLUDING) is None:
        return False
    return any(_HEAD_NAME.search(_SEPARATORS.sub(" ", address)) for address in included(document.outline))


def _has_empty_head(outline: Outline) -> bool:
    """Tell whether an element named for the head, of whatever kind, holds nothing yet."""
    for element, tag in enumerate(outline.tags):
        if outline.starts[element] != outline.stops[element] or outline.ends[element] - element > _FEW or tag in _CONTENT:
            continue
        if _HEAD_NAME.search(f"{tag} {outline.names(element)}") and not outline.within(element, *_CONTENT):
            return True
    return False
