"""Which pages of a site are rendered, and what is made of them. What decides are facts; what is not rendered stays as it was received."""

import asyncio
from collections.abc import Iterable

import msgspec

from crawler.facts.records import STAND_INS, Marks, PageFacts, SearchState
from crawler.facts.rendered import with_rendered
from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import Headers, RenderTask, headers_shown
from crawler.net.browser.renderer import Rendered, Renderer
from crawler.net.fetcher import Exchange, Request
from crawler.net.urls import same_site
from crawler.net.visit import Fetched, SiteVisit
from crawler.reach import Judgement
from crawler.reading import PageBuilder
from crawler.rendering_records import Rendering, RenderOutcome, RenderReason
from crawler.snapshot import Page, PageRole, ReachReason

_WITH_LISTS = frozenset({PageRole.CHANNEL, PageRole.COLUMN, PageRole.INTERACTION, PageRole.GUIDE})
_MARKS = ("party_mark", "site_code", "icp", "police_filing", "feedback_entry")
_REQUESTS_KEPT = 100
"""Of the site's budget, for its pages: rendering does not use them up."""
_MOST_FAILURES = 2
"""Pages of one site that may fail the browser: who has more of them makes the other sites wait."""
_FAILURES = frozenset({RenderOutcome.TIMEOUT, RenderOutcome.CRASHED, RenderOutcome.TOO_LARGE, RenderOutcome.UNREAD})
_UTF_8 = (("content-type", "text/html; charset=utf-8"),)


def reason_to_render(page: Page) -> RenderReason | None:
    """Return what of a page within the site exists only through scripts; None where nothing does, or nothing was received."""
    facts = page.facts
    if facts is None or page.role not in _WITH_LISTS:
        return None
    return _reason_for_content(page, facts)


def reason_to_render_shell(home: Page | None, judgement: Judgement | None) -> RenderReason | None:
    """Return why a homepage that was received and shows no content is rendered; None where rendering is of no use."""
    if home is None or home.facts is None or judgement is None or judgement.reason is not ReachReason.SCRIPT_ONLY:
        return None
    return RenderReason.SHELL if home.facts.script_dependent else RenderReason.FORWARD


def reason_to_render_front(home: Page, footers: Iterable[Page]) -> RenderReason | None:
    """Return what of a homepage that shows content exists only through scripts; `footers` are what its footer was read from beside it."""
    facts = home.facts
    if facts is None:
        return None
    if (reason := _reason_for_content(home, facts)) is not None:
        return reason
    if facts.marks.footer_by_script and _lacks_marks([facts.marks, *(page.facts.marks for page in footers if page.facts)]):
        return RenderReason.FOOTER
    form = facts.search_form
    # A box that stands in the page, a frame or a page of its own is there: only one that a script writes is not.
    written = form.state is SearchState.JS_ONLY and form.field is None and form.action is None
    return RenderReason.SEARCH_BOX if written else None


def _reason_for_content(page: Page, facts: PageFacts) -> RenderReason | None:
    if facts.script_dependent:
        return RenderReason.SHELL if _was_received(page, facts) else None
    if facts.filled_later or (facts.column is not None and facts.column.script_filled):
        return RenderReason.LIST if _was_received(page, facts) else None
    if facts.letters is not None and facts.letters.script_filled:
        return RenderReason.LETTERS if _was_received(page, facts) else None
    return None


def _was_received(page: Page, facts: PageFacts) -> bool:
    """Tell whether the page is the page: a challenge or a notice in its place is not rendered, and nothing is done to get past it."""
    answered = page.failure is None and page.status is not None and page.status < 400
    return answered and facts.challenge is None and facts.notice is None and facts.page_type not in STAND_INS


def _lacks_marks(seen: list[Marks]) -> bool:
    return not all(any(getattr(marks, name).seen for marks in seen) for name in _MARKS)


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
    """Return a fetched document as it is given to the browser, to take a picture of it where there is no other reason.

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
        picture=reason is None,
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
