"""One site, gathered: from its address to a snapshot of all that was seen. Whatever the site does, there is exactly one snapshot."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from crawler.china_time import china_day
from crawler.coverage import coverage_of
from crawler.frontier.candidates import Candidate, Rank, next_pages
from crawler.frontier.outlinks import Outlinks
from crawler.frontier.queue import Frontier
from crawler.homepage.opening import Homepage
from crawler.homepage.reach import BAD_URL, NO_TIME, Judgement, own_error, site_url
from crawler.limits import GatherSettings
from crawler.net.browser.renderer import Renderer
from crawler.net.fetcher import Fetcher
from crawler.net.visit import Event, Fetched, SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.reading.reader import PageReader, read_in_loop
from crawler.rendering.reasons import reason_to_render, reason_to_render_front, reason_to_render_shell
from crawler.rendering.site_rendering import SiteRendering
from crawler.search_probes.queries import finds
from crawler.search_probes.tries import search_tries
from crawler.snapshot import FailureKind, Page, PageRole, Reach, RenderReason, SearchTry, SiteSnapshot, Target
from crawler.urls import bare_host, host_of, same_site

__all__ = ["Event", "GatherSettings", "gather"]

_COLUMN_SHARE = 0.6
_MAX_FOOTERS = 3
_MAX_FOOT_SCRIPTS = 6
_MAX_FRAMES = 8
_PARTS = (PageRole.FOOTER, PageRole.FRAME)
"""Parts of the homepage: they take no place of another page."""
_AHEAD = 3
"""Pages that are asked for before the first of them is taken up, for each connection."""
_log = logging.getLogger(__name__)


async def gather(
    target: Target,
    *,
    fetcher: Fetcher,
    settings: GatherSettings,
    as_of: datetime,
    on_event: Callable[[Event], None] | None = None,
    reader: PageReader = read_in_loop,
    renderer: Renderer | None = None,
    lacks: Callable[[SiteSnapshot], bool] = lambda _: False,
) -> SiteSnapshot:
    """Gather one site within its deadline. Never raises for anything the site or its pages do.

    `as_of` (with its zone) is the time relative dates are read against; `on_event` hears of every exchange. Without a renderer, what exists
    only through scripts is not seen. `lacks` is asked once, when all is read, whether something would be called absent from the homepage,
    at whose scripts it is looked before that is said.
    """
    builder = PageBuilder(reader, china_day(as_of))
    visit = SiteVisit(fetcher, settings, on_event)
    gathering = _Gathering(target, visit, builder, SiteRendering(renderer, visit, builder), lacks)
    try:
        async with asyncio.timeout(settings.deadline):
            await gathering.run()
    except TimeoutError:
        gathering.out_of_time = True
    except Exception as error:  # an error of ours must not cost a site its snapshot, nor be taken for the site's
        _log.info("error while gathering %s", target.url, exc_info=True)
        gathering.own_error = own_error(error)
    finally:
        await gathering.visit.close()
    return gathering.snapshot()


class _Gathering:
    """The work on one site, and what has come of it so far."""

    def __init__(
        self, target: Target, visit: SiteVisit, builder: PageBuilder, rendering: SiteRendering, lacks: Callable[[SiteSnapshot], bool]
    ) -> None:
        self.target = target
        self.visit = visit
        self._lacks = lacks
        self.out_of_time = False
        self._without_browser = False
        self.own_error: Judgement | None = None
        self._builder = builder
        self._rendering = rendering
        self._started_at = datetime.now(UTC)
        self._started = asyncio.get_running_loop().time()
        self._url = site_url(target)
        self._homepage = Homepage(self._url or target.url, visit, builder)
        self._hosts: frozenset[str] = frozenset()
        self._frontier = Frontier(frozenset(), column_share=0)
        self._pages: list[Page] = []
        self._tries: list[SearchTry] = []
        self._outlinks = Outlinks(visit.settings.max_outlinks)
        self._columns_found = 0

    async def run(self) -> None:
        """Open the homepage; where it shows content, read on from there."""
        if self._url is None:
            return
        await self._homepage.open(second_try=True)
        self._hosts = frozenset({bare_host(host_of(self._url)), bare_host(self._homepage.final_host)})
        if self._homepage.judgement is not None:
            await self._render_home(reason_to_render_shell(self._homepage.page, self._homepage.judgement.reason))
        home, judgement = self._homepage.page, self._homepage.judgement
        if home is None or judgement is None or judgement.reach is not Reach.OK:
            return
        self._frontier = Frontier(self._hosts, column_share=int(self.visit.settings.max_pages * _COLUMN_SHARE))
        self._frontier.mark(self._url)
        self._frontier.mark(home.final_url)
        await self._fetch_footers(home)
        await self._render_home(reason_to_render_front(home, self._pages))
        self._pages += self._homepage.frames
        home = self._homepage.page or home
        await self._read_on(home)
        if not home.was_in_browser and self._lacks(self.snapshot()):
            await self._look_closer(home)

    async def _look_closer(self, home: Page) -> None:
        """See what scripts add to the homepage, by rendering it; where there is no browser, by reading the script files it names.

        Of the pages behind an entrance the script files are read.
        """
        if self._rendering.is_possible and not home.lacks_browser:
            await self._render_home(RenderReason.ABSENCE)
            await self._read_on(self._homepage.page or home)
        elif home.facts is not None:
            self._without_browser = True
            await self._fetch_parts(home, home.facts.scripts)
        for channel in [page for page in self._pages if page.role is PageRole.CHANNEL and page.facts]:
            await self._fetch_parts(channel, channel.facts.scripts if channel.facts else ())

    async def _read_on(self, home: Page) -> None:
        """Read the frames of the homepage and the pages that it leads to, and try its search box."""
        self._learn(home)
        await self._fetch_frames(home)
        await self._crawl(Rank.INTERACTION)
        await self._search(home)
        await self._crawl(max(Rank))
        await self._search(home)  # where no title was known before: by now articles have been seen

    async def _render_home(self, reason: RenderReason | None) -> None:
        if reason is not None:
            await self._homepage.render(self._rendering, reason, self._hosts)

    async def _crawl(self, until: Rank) -> None:
        """Fetch what waits up to a rank, and what that leads to, within the page budget.

        Pages are taken up in the order they were asked for, not in that of their answers: which pages a budget reaches must not hang on
        which answer was the faster. A few are asked for ahead, so that a page that hangs holds up one connection and not the other.
        """
        asked: deque[tuple[Candidate, asyncio.Task[Fetched]]] = deque()
        try:
            while True:
                while len(asked) < _AHEAD * self.visit.settings.connections and self._page_room(len(asked)):
                    candidate = self._frontier.pop(until)
                    if candidate is None:
                        break
                    request = self.visit.get(candidate.url, candidate.role, stay=self._hosts)
                    asked.append((candidate, asyncio.create_task(request)))
                if not asked:
                    return
                candidate, first = asked[0]
                fetched = await first
                asked.popleft()
                await self._take_up(candidate, fetched)
        finally:
            for _, task in asked:
                task.cancel()
            await asyncio.gather(*(task for _, task in asked), return_exceptions=True)

    def _page_room(self, running: int) -> bool:
        counted = sum(page.role not in _PARTS for page in self._pages) + (1 if self._homepage.page else 0)
        return not self.visit.budget_spent and counted + running < self.visit.settings.max_pages

    async def _take_up(self, candidate: Candidate, fetched: Fetched) -> None:
        """Read an answer, render it where that is needed, and learn from it where to go next."""
        if fetched.failure and fetched.failure.kind is FailureKind.BUDGET:
            return
        page, _ = await self._builder.page(fetched, candidate.role, found_on=candidate.found_on, link_text=candidate.text)
        if (reason := reason_to_render(page)) is not None:
            page = await self._rendering.render(page, fetched, reason, self._hosts)
        self._pages.append(page)
        if _leads_away(page):
            location = page.hops[-1].location
            self._outlinks.note(location, host_of(location), candidate.text, candidate.found_on)
            self._columns_found -= candidate.role is PageRole.COLUMN
        self._learn(page, candidate)

    def _learn(self, page: Page, candidate: Candidate | None = None) -> None:
        """Take from a page where to go next, and which other hosts it names."""
        if page.facts is None or page.status is None or page.status >= 400:
            return
        self._outlinks.note_all(page.facts.links, page.final_url, self._hosts)
        column_class = {"column_class": candidate.column_class} if candidate else {}
        for following in next_pages(page.facts, url=page.final_url, role=page.role, **column_class):
            if self._frontier.add(following) and following.role is PageRole.COLUMN:
                self._columns_found += 1

    async def _fetch_footers(self, home: Page) -> None:
        """Fetch the scripts and frames that write the homepage's footer, or may write a mark it lacks, where they are the site's own."""
        if home.facts is None:
            return
        marks = home.facts.marks
        named = [source for source in marks.footer_sources if same_site(source, self._hosts)][:_MAX_FOOTERS]
        others = [source for source in marks.foot_scripts if same_site(source, self._hosts)][:_MAX_FOOT_SCRIPTS]
        await self._fetch_parts(home, (*named, *others))

    async def _fetch_parts(self, home: Page, sources: Iterable[str]) -> None:
        read = {page.url for page in self._pages}
        for source in sources:
            if source in read:
                continue
            fetched = await self.visit.get(source, PageRole.FOOTER, stay=self._hosts | {bare_host(host_of(source))})
            page, _ = await self._builder.page(fetched, PageRole.FOOTER, found_on=home.final_url)
            self._pages.append(page)

    async def _fetch_frames(self, home: Page) -> None:
        """Fetch the site's own frames in which parts of the homepage stand, and learn from them as from the homepage."""
        read = {page.url for page in self._pages}
        for source in home.facts.frames[:_MAX_FRAMES] if home.facts else ():
            if source not in read and same_site(source, self._hosts):
                fetched = await self.visit.get(source, PageRole.FRAME, stay=self._hosts)
                page, _ = await self._builder.page(fetched, PageRole.FRAME, found_on=home.final_url)
                self._pages.append(page)
        for page in self._pages:
            if page.role is PageRole.FRAME:
                self._learn(page)

    async def _search(self, home: Page) -> None:
        """Try the search box with titles seen on the site, and with a control; open what it did not find."""
        if not self.visit.settings.search_probes or self._tries:
            return
        async for attempt in search_tries((home, *self._pages), self._hosts, self.visit, self._builder):
            self._tries.append(attempt)
            if attempt.expected_url and not finds(attempt.page):
                await self._open_sought(attempt.expected_url, attempt.expected or "", attempt.page.found_on or home.final_url)

    async def _open_sought(self, url: str, title: str, found_on: str) -> None:
        """Open the page whose title a search did not find: only where it is there can the search be at fault."""
        sought = Candidate(url=url, role=PageRole.ARTICLE, rank=Rank.ARTICLE, text=title, found_on=found_on)
        candidate = self._frontier.withdraw(sought)
        if candidate is not None:
            await self._take_up(candidate, await self.visit.get(candidate.url, candidate.role, stay=self._hosts))

    def snapshot(self) -> SiteSnapshot:
        """Return all that was seen so far."""
        judgement = self._judgement()
        home = self._homepage.page
        return SiteSnapshot(
            target=self.target,
            host=host_of(self._url) if self._url else "",
            started_at=self._started_at,
            finished_at=datetime.now(UTC),
            reach=judgement.reach,
            reach_reason=judgement.reason,
            reach_detail=judgement.detail,
            final_url=home.final_url if home else "",
            final_host=self._homepage.final_host,
            title=home.facts.title if home and home.facts else "",
            pages=(home, *self._pages) if home else tuple(self._pages),
            search_tries=tuple(self._tries),
            outlinks=self._outlinks.noted,
            coverage=coverage_of(
                home,
                self._pages,
                judgement.reach,
                columns_found=self._columns_found,
                budget_spent=self.out_of_time or self.visit.budget_spent or self._frontier.waiting(Rank.MORE_COLUMNS) > 0,
                out_of_time=self.out_of_time,
                without_browser=self._without_browser,
            ),
            requests=self.visit.requests,
            received_bytes=self.visit.received_bytes,
            seconds=round(asyncio.get_running_loop().time() - self._started, 3),
        )

    def _judgement(self) -> Judgement:
        if self._url is None:
            return BAD_URL
        if self.own_error:
            return self.own_error
        return self._homepage.judgement or NO_TIME


def _leads_away(page: Page) -> bool:
    """Tell whether a page only redirects to another site: it is a link out, neither seen nor failed."""
    return page.failure is None and bool(page.hops) and page.hops[-1].url == page.final_url
