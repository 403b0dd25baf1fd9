"""Opening a homepage: redirects and forwards followed, one calm second try before a site counts as down."""

import asyncio
from typing import NamedTuple

import msgspec

from crawler.facts.records import Forward, ForwardKind, PageType
from crawler.homepage.reach import Judgement, judge_homepage
from crawler.homepage.registered_names import lies_below, same_registered_name
from crawler.net.visit import Fetched, SiteVisit
from crawler.reading.documents import DocumentKind
from crawler.reading.page_builder import PageBuilder
from crawler.rendering.site_rendering import SiteRendering
from crawler.snapshot import FailureKind, Hop, Page, PageRole, Reach, ReachReason, RenderReason
from crawler.urls import bare_host, host_of, is_web, resolve

_MAX_FRAMES = 6
_LEAST_TIME = 1.0
_TEXT_OF_A_PAGE = 100


class _Opened(NamedTuple):
    """A page on the way to the homepage."""

    page: Page
    kind: DocumentKind
    fetched: Fetched


class Homepage:
    """One homepage, as far as it was opened. Read `page` and `judgement` at any time: they hold the latest that is known."""

    def __init__(self, url: str, visit: SiteVisit, builder: PageBuilder) -> None:
        self.url = url
        self.page: Page | None = None
        self.judgement: Judgement | None = None
        self.fetched: Fetched | None = None
        """What `page` was read from."""
        self.frames: list[Page] = []
        """The other frames of a frameset, where `page` is one of its frames."""
        self._visit = visit
        self._builder = builder

    @property
    def final_host(self) -> str:
        """Return the host the homepage was finally found on."""
        return host_of(self.page.final_url) if self.page else ""

    async def open(self, *, second_try: bool) -> None:
        """Open the homepage; where it seems down and `second_try` is set, once more after a pause."""
        await self._try()
        if not second_try or self.judgement is None or not self.judgement.deserves_second_try:
            return
        pause = self._visit.settings.second_try_pause
        if self._visit.seconds_left < pause + _LEAST_TIME:
            return
        await asyncio.sleep(pause)
        await self._try()

    async def render(self, rendering: SiteRendering, reason: RenderReason, hosts: frozenset[str]) -> None:
        """Have the homepage rendered, and judge it anew. One that was rendered before stays as it is."""
        if self.page is not None and self.page.rendering is None and self.fetched is not None:
            self.page = await rendering.render(self.page, self.fetched, reason, hosts)
            self.judgement = self._moved() or judge_homepage(self.page, DocumentKind.HTML)

    async def _try(self) -> None:
        opened = await self._open()
        page = opened.page
        if self.page is not None and page.failure is not None and page.failure.kind is FailureKind.BUDGET:
            return  # the second try had no time or requests left: the first stands
        self.page, self.fetched = msgspec.structs.replace(page, url=self.url), opened.fetched
        self.judgement = self._moved() or judge_homepage(self.page, opened.kind)

    async def _open(self) -> _Opened:
        """Fetch the homepage, and what it forwards to."""
        opened = await self._fetch(self.url)
        seen = {opened.page.final_url}
        self.frames = []
        for _ in range(self._visit.settings.max_forwards):
            forward = _forward_of(opened.page)
            if forward is None:
                break
            following = await self._follow(opened.page, forward, seen)
            if following is None or (_shows_text(opened.page) and not _answered(following.page)):
                break
            opened = following
        return opened

    async def _fetch(self, url: str) -> _Opened:
        fetched = await self._visit.get(url, PageRole.HOME)
        return _Opened(*await self._builder.page(fetched, PageRole.HOME), fetched)

    async def _follow(self, page: Page, forward: Forward, seen: set[str]) -> _Opened | None:
        """Follow a stub to its target, or a frameset to its frame with the most text; None where there is nowhere new to go."""
        resolved = (resolve(each, page.final_url) for each in forward.targets)
        targets = [target.partition("#")[0] for target in resolved if target and is_web(target)]
        wanted = targets[:_MAX_FRAMES] if forward.kind is ForwardKind.FRAME else targets[:1]
        found: list[_Opened] = []
        for target in wanted:
            if target in seen:
                continue
            seen.add(target)
            following = await self._fetch(target)
            hop = Hop(url=page.final_url, status=page.status or 200, location=target)
            hops = (*page.hops, hop, *following.page.hops)
            found.append(following._replace(page=msgspec.structs.replace(following.page, hops=hops)))
        fullest = max(found, key=lambda each: each.page.facts.text_length if each.page.facts else -1, default=None)
        if forward.kind is ForwardKind.FRAME:
            self.frames += [msgspec.structs.replace(each.page, role=PageRole.FRAME) for each in found if each is not fullest]
        return fullest

    def _moved(self) -> Judgement | None:
        """Tell of a homepage that turned out to lie on another name's host: its content is not this site's (standards.md 8.2)."""
        assert self.page is not None
        asked, found = bare_host(host_of(self.url)), bare_host(self.final_host)
        if asked == found or not _answered(self.page):
            return None
        if lies_below(asked, found):
            return Judgement(reach=Reach.UNCLEAR, reason=ReachReason.MOVED, detail="The homepage redirects to the site of the body above.")
        if same_registered_name(asked, found):
            return None
        return Judgement(reach=Reach.UNCLEAR, reason=ReachReason.MOVED, detail="The homepage redirects to a host of another name.")


def _forward_of(page: Page) -> Forward | None:
    """Return where a page sends the reader that has no content of its own; scripts of content pages redirect only some readers."""
    facts = page.facts
    return facts.forward if facts is not None and facts.page_type in (PageType.REDIRECT_STUB, PageType.FRAMESET) else None


def _answered(page: Page) -> bool:
    return page.failure is None and page.status is not None and page.status < 400


def _shows_text(page: Page) -> bool:
    """Tell whether a stub shows something itself: the failure of where it leads is then not the homepage's."""
    return page.facts is not None and page.facts.text_length >= _TEXT_OF_A_PAGE
