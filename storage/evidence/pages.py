"""Finding an archived page again: by its address, and by the digest that a finding names."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from crawler.net.decoding import decode_body
from storage.evidence.reader import AuditBlock
from storage.evidence.records import KeptResponse

_LARGEST = 64 << 20
"""Bytes of a page after decoding: above all that the crawler takes."""


class ArchivedPage(NamedTuple):
    """A page from the archive."""

    url: str
    look: int
    fetched_at: datetime
    content_type: str
    content: bytes
    """After content decoding, as the rules read it."""
    response: KeptResponse

    @property
    def sha256(self) -> str:
        """Return the digest as findings name it."""
        return hashlib.sha256(self.content).hexdigest()


def find_page(blocks: Iterable[AuditBlock], url: str, sha256: str) -> ArchivedPage | None:
    """Return the page at an address that has a digest; any that was fetched there where no digest is known. Raises EvidenceMissing."""
    for block in blocks:
        for kept in block.account.exchanges:
            if kept.url != url or kept.response is None:
                continue
            response = block.account.responses[kept.response]
            headers, raw = block.answer(response)
            encoding = ",".join(value for name, value in headers if name == "content-encoding")
            label = next((value for name, value in headers if name == "content-type"), "")
            content = decode_body(raw, encoding, _LARGEST).body
            page = ArchivedPage(url, block.account.look, kept.fetched_at, label, content, response)
            if not sha256 or page.sha256 == sha256:
                return page
    return None
