"""Which pages of a site are rendered, and what is made of them. What decides are facts; what is not rendered stays as it was received."""

import asyncio

import msgspec

from crawler.facts.records import STAND_INS
from crawler.facts.rendered import with_rendered
from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import Headers, RenderTask, headers_shown
from crawler.net.browser.renderer import Rendered, Renderer
from crawler.net.fetcher import Exchange, Request
from crawler.net.visit import Fetched, SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.snapshot import Page, Rendering, RenderOutcome, RenderReason
from crawler.urls import same_site

_REQUESTS_KEPT = 100
"""Of the site's budget, for its pages: rendering does not use them up."""
_MOST_FAILURES = 2
"""Pages of one site that may fail the browser: who has more of them makes the other sites wait."""
_FAILURES = frozenset({RenderOutcome.TIMEOUT, RenderOutcome.CRASHED, RenderOutcome.TOO_LARGE, RenderOutcome.UNREAD})
_UTF_8 = (("content-type", "text/html; charset=utf-8"),)


class SiteRendering:
    """The renderings of one site: one at a time, and few."""

    def __init__(self, renderer: Renderer | None, visit: SiteVisit, builder: PageBuilder) -> None:
        self._renderer = renderer
        self._visit = visit
        self._builder = builder
        self._loader = Loader(visit)
        self._turn = asyncio.Lock()
        self._rendered = 0
        self._failed = 0

    @property
    def is_possible(self) -> bool:
        """Tell whether there is a browser at all."""
        return self._renderer is not None

    async def render(self, page: Page, fetched: Fetched, reason: RenderReason, hosts: frozenset[str]) -> Page:
        """Return a page as its scripts make it, or as it was with the reason why it was not rendered.

        `fetched` is what the page was read from; `hosts` are the bare hosts that it may lead to.
        """
        if self._renderer is None:
            return _left(page, Rendering(reason=reason, outcome=RenderOutcome.NO_BROWSER))
        async with self._turn:
            if not self._allowed():
                return _left(page, Rendering(reason=reason, outcome=RenderOutcome.LIMIT))
            self._rendered += 1
            task = render_task(fetched, page.facts.encoding if page.facts else "", hosts, self._visit, reason)
            rendered = await self._renderer.render(task, self._loader, wait=self._visit.settings.render_wait)
            improved = await self._improved(page, fetched, rendered, reason, hosts)
            self._failed += improved.rendering is not None and improved.rendering.outcome in _FAILURES
            return improved

    def _allowed(self) -> bool:
        settings = self._visit.settings
        if self._rendered >= settings.max_rendered or self._failed >= _MOST_FAILURES:
            return False
        return self._visit.requests_left >= settings.render_requests + _REQUESTS_KEPT

    async def _improved(self, page: Page, fetched: Fetched, rendered: Rendered, reason: RenderReason, hosts: frozenset[str]) -> Page:
        rendering = Rendering(
            reason=reason,
            outcome=rendered.outcome,
            complete=rendered.complete,
            refused=rendered.refused,
            requests=len(rendered.asked),
            seconds=rendered.seconds,
        )
        if rendered.outcome is not RenderOutcome.RENDERED:
            return _left(page, rendering)
        if not same_site(rendered.url, hosts):
            return _left(page, msgspec.structs.replace(rendering, outcome=RenderOutcome.LEFT))
        shown, _ = await self._builder.page(_as_fetched(fetched, rendered), page.role)
        if page.facts is None or shown.facts is None:
            return _left(page, msgspec.structs.replace(rendering, outcome=RenderOutcome.UNREAD))
        if shown.facts.challenge is not None or shown.facts.page_type in STAND_INS:
            return _left(page, msgspec.structs.replace(rendering, outcome=RenderOutcome.LEFT))
        return msgspec.structs.replace(
            page,
            facts=with_rendered(page.facts, shown.facts, complete=rendered.complete),
            final_url=shown.final_url,
            sha256=shown.sha256,
            rendering=rendering,
        )


def render_task(fetched: Fetched, encoding: str, hosts: frozenset[str], visit: SiteVisit, reason: RenderReason | None) -> RenderTask:
    """Return a fetched document as it is given to the browser, to take a screenshot of it where there is no other reason.

    Its encoding is named as we read it where the server does not name one.
    """
    exchange, settings = fetched.exchange, visit.settings
    return RenderTask(
        url=fetched.final_url,
        reason=reason,
        headers=_with_encoding(headers_shown(exchange.headers), encoding),
        body=exchange.body,
        hosts=tuple(sorted(hosts)),
        seconds=settings.render_timeout,
        max_requests=settings.render_requests,
        max_bytes=settings.max_page_bytes,
        screenshot=reason is None,
    )


def _with_encoding(headers: Headers, encoding: str) -> Headers:
    label = next((value for name, value in headers if name == "content-type"), "")
    if "charset" in label.lower() or not encoding:
        return headers
    rest = ((name, value) for name, value in headers if name != "content-type")
    return (("content-type", f"text/html; charset={encoding}"), *rest)


def _as_fetched(fetched: Fetched, rendered: Rendered) -> Fetched:
    """Return a rendered document in the form of an answer, to be read like one."""
    exchange = Exchange(
        request=Request(url=rendered.url.partition("#")[0]),
        fetched_at=rendered.rendered_at,
        status=fetched.exchange.status,
        headers=_UTF_8,
        body=rendered.document,
    )
    return Fetched(url=fetched.url, exchange=exchange)


def _left(page: Page, rendering: Rendering) -> Page:
    return msgspec.structs.replace(page, rendering=rendering)
