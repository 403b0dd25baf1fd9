"""A renderer that shows what the archive holds: the same documents, of the same requests, at the same moments after the visit began."""

import asyncio
from collections import defaultdict, deque

from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import RenderTask
from crawler.net.browser.renderer import Rendered
from crawler.snapshot import RenderOutcome
from storage.errors import EvidenceMissing
from storage.evidence.reader import AuditBlock
from storage.evidence.records import KeptRendering


class ArchiveRenderer:
    """The archived renderings of one audit. Make it in the moment in which the audit is begun again."""

    def __init__(self, block: AuditBlock) -> None:
        self._block = block
        self._began = asyncio.get_running_loop().time()
        self._waiting: dict[str, deque[KeptRendering]] = defaultdict(deque)
        for kept in block.account.renderings:
            self._waiting[kept.url].append(kept)

    async def render(self, task: RenderTask, loader: Loader, *, wait: float) -> Rendered:
        """Show a page again. One that was not rendered then is not rendered now: there is no browser in an archive."""
        waiting = self._waiting.get(task.url)
        if not waiting:
            if self._block.account.out_of_time:
                # It was under way when the deadline came, and had come to nothing then either.
                await asyncio.Event().wait()
            return Rendered(outcome=RenderOutcome.NO_BROWSER, rendered_at=self._block.account.started_at)
        kept = waiting.popleft()
        await asyncio.gather(*(loader.load(url) for url in kept.asked))
        await asyncio.sleep(max(0.0, self._began + kept.finished - asyncio.get_running_loop().time()))
        return self._rendered(kept)

    def _rendered(self, kept: KeptRendering) -> Rendered:
        try:
            document = self._block.content(kept.document) if kept.document else b""
        except EvidenceMissing:
            return Rendered(outcome=RenderOutcome.NO_BROWSER, rendered_at=kept.rendered_at)
        return Rendered(
            outcome=kept.outcome,
            url=kept.final_url,
            document=document,
            complete=kept.complete,
            refused=kept.refused,
            asked=kept.asked,
            rendered_at=kept.rendered_at,
            seconds=kept.seconds,
        )
