"""From what was fetched to a page: the document is recognised, its facts are read, the bytes are let go."""

import hashlib
import logging
import re
from datetime import date

from crawler.facts.records import PageFacts
from crawler.net.visit import Fetched
from crawler.reading.documents import DocumentKind, document_kind
from crawler.reading.reader import PageReader, PageUnread, is_heavy
from crawler.snapshot import FailureKind, Page, PageRole

_log = logging.getLogger(__name__)

_SCRIPT_TYPE = re.compile(r"javascript|ecmascript", re.IGNORECASE)
_SCRIPT_FILE = re.compile(r"\.js(?:[?#]|$)", re.IGNORECASE)
_MARKUP = re.compile(rb"[\s\xef\xbb\xbf]*<(?!!--)")
_AGE = re.compile(r"[0-9]{1,10}")
_UNREADABLE = frozenset({FailureKind.TOO_LARGE, FailureKind.TIMEOUT, FailureKind.OWN_FAULT})
"""A cut at an arbitrary place of an endless document, of one that trickles in, or of one that this machine was too busy to read on: nobody
sees this page."""
_MOST_UNREAD = 2
"""Heavy pages of one site that may fail the reader: who has more of them is attacking it, and would make the other sites wait."""


def _seconds(value: str) -> int:
    """Return the number of an `Age` header (RFC 9111, 5.1), 0 where there is none."""
    return int(value) if _AGE.fullmatch(value) else 0


class PageBuilder:
    """Turns the answers of one site into pages."""

    def __init__(self, reader: PageReader, as_of: date) -> None:
        self._reader = reader
        self._as_of = as_of
        self._unread = 0

    async def page(
        self, fetched: Fetched, role: PageRole, *, found_on: str | None = None, link_text: str = "", query: str | None = None
    ) -> tuple[Page, DocumentKind]:
        """Return the page of an answer, and what its body is. A document the readers fail on has no facts: that is no fault of the site."""
        exchange = fetched.exchange
        content_type = exchange.header("content-type")
        kind = document_kind(exchange.body, content_type)
        content = exchange.body
        unreadable = bool(exchange.failure and exchange.failure.kind in _UNREADABLE)
        if role is PageRole.FOOTER and (_SCRIPT_TYPE.search(content_type) or _SCRIPT_FILE.search(fetched.url)):
            # What a script writes is read as script: it is named, not shown. A page that came in its place is not what the script is.
            unreadable = unreadable or _MARKUP.match(content) is not None
            content, kind = b"<html><body><script>" + content + b"</script></body></html>", DocumentKind.HTML
        facts = None if unreadable or kind is not DocumentKind.HTML else await self._facts(content, content_type, fetched.final_url, query)
        page = Page(
            role=role,
            url=fetched.url,
            final_url=fetched.final_url,
            status=exchange.status,
            failure=exchange.failure,
            facts=facts,
            hops=fetched.hops,
            fetched_at=exchange.fetched_at,
            seconds=round(exchange.seconds, 3),
            sha256=hashlib.sha256(exchange.body).hexdigest() if exchange.body else "",
            last_modified=exchange.header("last-modified") or None,
            kept_for=_seconds(exchange.header("age")),
            tls_error=exchange.tls_error,
            found_on=found_on,
            link_text=link_text,
        )
        return page, kind

    async def _facts(self, content: bytes, content_type: str, url: str, query: str | None) -> PageFacts | None:
        if self._unread >= _MOST_UNREAD and is_heavy(content):
            return None
        try:
            return await self._reader(content, content_type=content_type, url=url, as_of=self._as_of, query=query)
        except PageUnread as unread:
            _log.info("a page was left unread, %s: %s", unread, url)
            self._unread += 1
            return None
        except Exception:  # whatever a hostile page does to a reader, the site's other pages are still read
            _log.info("a page could not be read: %s", url, exc_info=True)
            return None
