"""Where a link leads that only a script follows: the plain address in its handler."""

import re

_NOWHERE = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_OPENED = re.compile(
    r"(?:\b(?:open|go|to|link|jump|view|redirect|href)\w*\s*\(|\blocation(?:\.href)?\s*=|\blocation\.(?:assign|replace)\s*\()"
    r"\s*(?:encodeURI\s*\(\s*)?([\"'])(?P<address>(?:https?:|\.{0,2}/|[\w\-./]+\.(?:s?html?|jspx?|aspx?|php|do|action)\b)[^\"'\s]*)\1\s*(?:[,;)}]|$)",
    re.IGNORECASE,
)
"""An address that is put together with something else is none."""


def address_opened(href: str, handler: str) -> str:
    """Return the address that the handler of a link opens where its own leads nowhere (`#`, a script, none), else its own."""
    if not _NOWHERE.match(href):
        return href
    opened = _OPENED.search(handler) or _OPENED.search(href)
    return opened["address"] if opened else href
