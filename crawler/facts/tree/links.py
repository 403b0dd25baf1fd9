"""The links of a page, once each."""

from crawler.facts.records import Link
from crawler.facts.tree.document import Document

MAXIMUM_LINKS = 3_000


def read_links(document: Document) -> tuple[Link, ...]:
    """Return the links of a page by absolute address, in order, each address once with its longest text."""
    found: dict[str, str] = {}
    for anchor in document.anchors[:MAXIMUM_LINKS]:
        address = document.resolve(anchor.href)
        if address and len(anchor.text) >= len(found.get(address, "")):
            found[address] = anchor.text[:200]
    return tuple(Link(url=url, text=text) for url, text in found.items())
