"""Finding an archived page again: by its address, and by the digest that a finding names."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from crawler.net.decoding import decode_body
from storage.evidence.reader import AuditBlock

_LARGEST = 64 << 20
"""Bytes of a page after decoding: above all that the crawler takes."""

_RENDERED = "text/html; charset=utf-8"


class ArchivedPage(NamedTuple):
    """A page from the archive."""

    url: str
    look: int
    fetched_at: datetime
    content_type: str
    content: bytes
    """After content decoding, as the rules read it."""

    @property
    def sha256(self) -> str:
        """Return the digest as findings name it."""
        return hashlib.sha256(self.content).hexdigest()


def find_page(blocks: Iterable[AuditBlock], url: str, sha256: str) -> ArchivedPage | None:
    """Return the page at an address that has a digest, as it was received or rendered; any that was fetched there where none is known.

    Raises EvidenceMissing.
    """
    for block in blocks:
        for page in (*_received(block, url), *_rendered(block, url)):
            if not sha256 or page.sha256 == sha256:
                return page
    return None


def _received(block: AuditBlock, url: str) -> Iterator[ArchivedPage]:
    for kept in block.account.exchanges:
        if kept.url != url or kept.response is None:
            continue
        headers, raw = block.answer(block.account.responses[kept.response])
        encoding = ",".join(value for name, value in headers if name == "content-encoding")
        label = next((value for name, value in headers if name == "content-type"), "")
        yield ArchivedPage(url, block.account.look, kept.fetched_at, label, decode_body(raw, encoding, _LARGEST).body)


def _rendered(block: AuditBlock, url: str) -> Iterator[ArchivedPage]:
    for kept in block.account.renderings:
        if kept.final_url.partition("#")[0] == url and kept.document is not None:
            yield ArchivedPage(url, block.account.look, kept.rendered_at, _RENDERED, block.content(kept.document))
