"""A fetcher that answers from the archive: the same answers, in the same order, at the same moments after the visit began."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable

from crawler.net.decoding import decode_body
from crawler.net.fetcher import Exchange, Request
from crawler.snapshot import Failure, FailureKind
from storage.errors import EvidenceMissing
from storage.evidence.reader import AuditBlock
from storage.evidence.records import KeptExchange

_NOT_ASKED = Failure(kind=FailureKind.OWN_FAULT, detail="The archive holds no answer to this request: it was not made at that time.")


class ArchiveFetcher:
    """The archived exchanges of one audit. Make it in the moment in which the audit is begun again."""

    def __init__(self, block: AuditBlock) -> None:
        self._block = block
        self._began = asyncio.get_running_loop().time()
        self._waiting = _by_request(block.account.exchanges)
        self.missed: list[str] = []
        """Addresses that were asked for and are not in the archive: another version, or another standard, asks other things."""

    async def fetch(self, request: Request) -> Exchange:
        """Answer one hop from the archive. A request that was never made brings a fault of our own: nothing is learnt about the site."""
        kept = self._next(request)
        if kept is None:
            if self._block.account.out_of_time:
                # It was under way when the deadline came, and had no answer then either.
                await asyncio.Event().wait()
            return self._unanswered(request, _NOT_ASKED)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._began + kept.finished - loop.time()))
        try:
            return self._answered(request, kept)
        except EvidenceMissing as error:
            return self._unanswered(request, Failure(kind=FailureKind.OWN_FAULT, detail=str(error)))

    def _next(self, request: Request) -> KeptExchange | None:
        waiting = self._waiting.get(_key(request.method, request.url, request.content))
        return waiting.popleft() if waiting else None

    def _answered(self, request: Request, kept: KeptExchange) -> Exchange:
        headers: tuple[tuple[str, str], ...] = ()
        raw = body = b""
        if kept.response is not None:
            headers, raw = self._block.answer(self._block.account.responses[kept.response])
            encoding = ",".join(value for name, value in headers if name == "content-encoding")
            body = decode_body(raw, encoding, request.max_bytes).body
        return Exchange(
            request=request,
            fetched_at=kept.fetched_at,
            seconds=kept.seconds,
            status=kept.status,
            headers=headers,
            body=body,
            raw_body=raw,
            failure=kept.failure,
            tls_error=kept.tls_error,
            address=kept.address,
        )

    def _unanswered(self, request: Request, failure: Failure) -> Exchange:
        self.missed.append(request.url)
        return Exchange(request=request, fetched_at=self._block.account.started_at, failure=failure)


def _key(method: str, url: str, content: bytes) -> tuple[str, str, bytes]:
    return method, url, content


def _by_request(exchanges: Iterable[KeptExchange]) -> dict[tuple[str, str, bytes], deque[KeptExchange]]:
    waiting: dict[tuple[str, str, bytes], deque[KeptExchange]] = defaultdict(deque)
    for kept in exchanges:
        waiting[_key(kept.method, kept.url, kept.content)].append(kept)
    return waiting
