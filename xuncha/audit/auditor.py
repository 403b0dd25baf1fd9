"""One site, from its registry row to its findings: gather, then judge. The same path for a scan, an audit on demand, and the demo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import msgspec

from crawler.china_time import china_day
from crawler.facts.likeness import fingerprint
from crawler.facts.records import PageFacts, Place, Record
from crawler.gather import Event, gather
from crawler.homepage.reach import opened
from crawler.limits import GatherSettings
from crawler.net.browser.renderer import Renderer
from crawler.net.fetcher import Fetcher
from crawler.reading.reader import PageReader, read_in_loop
from crawler.rendering.screenshots import take_screenshots
from crawler.snapshot import Page, PageRole, RenderOutcome, Screenshot, SiteSnapshot, Target
from rules.domains import is_government, without_www
from rules.dossier import Dossier, GovernmentLink, History, KnockDay, PrintedCode, SeenSite
from rules.engine import Engine
from rules.verdict import Finding, Severity, Verdict, site_verdict
from storage.evidence.records import KeptResponse
from storage.facts_cache import FactsCache
from storage.records import AuditResult, Knock, KnockOutcome, ObservedColumn, ObservedItem, Site
from xuncha.audit.evidence_keeping import AuditKeeping, EvidenceArchive
from xuncha.audit.remembered_reading import RememberingReader

MAX_GOVERNMENT_LINKS = 100
OF_ROUNDS = 12
"""Visits of one day that come from rounds: nobody audits so often."""
_SCREENSHOTS_A_FINDING = 2
_SCREENSHOTS_A_SITE = 4
OUTCOMES = {True: KnockOutcome.OPENED, False: KnockOutcome.FAILED, None: KnockOutcome.UNSURE}


class Job(Record, frozen=True, kw_only=True):
    """One site to be audited, with all of the past that its judgement needs."""

    site: Site
    history: History = History()
    knocks: tuple[KnockDay, ...] = ()
    look: int = 1
    """1, or 2 for the second look of a scan at the site."""
    known: tuple[KeptResponse, ...] = ()
    """What the evidence archive holds of the site already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditor:
    """What every audit of a round shares."""

    engine: Engine
    fetcher: Fetcher
    settings: GatherSettings
    as_of: datetime
    on_event: Callable[[Event], None] | None = None
    reader: PageReader = read_in_loop
    remembered: FactsCache = field(default_factory=FactsCache)
    """Facts of pages read before."""
    archive: EvidenceArchive | None = None
    """None where no evidence is kept."""
    renderer: Renderer | None = None
    """None where there is no browser: what exists only through scripts is not seen."""
    screenshot_look: int | None = 2
    """The look at which screenshots are taken of what fails a site: the one that confirms it. None: at no look."""

    def for_discovered_sites(self) -> "Auditor":
        """Return an auditor that looks at homepages only and leaves all judging to the registry rules."""
        limits = msgspec.structs.replace(self.settings, max_pages=1, search_probes=False, max_rendered=0)
        return replace(self, settings=limits, engine=self.engine.with_registry_rules_only())

    async def audit(self, job: Job) -> AuditResult:
        """Gather and judge one site; where no rounds are made, the visit itself is a reachability visit. Raises EvidenceUnwritable."""
        keeping = self.archive.begin(job.site.site_id, job.look, job.known) if self.archive else None
        snapshot = await self._gather(job, keeping)
        result = audit_result(job.site, snapshot, self.engine.judge(self._dossier(job, snapshot)), self.as_of)
        if _are_rounds_made(job.knocks, self.as_of):
            result = msgspec.structs.replace(result, knocks=())
        screenshots = await self._screenshots(job, result.findings, snapshot)
        if keeping is None:
            return msgspec.structs.replace(result, screenshots=screenshots)
        for screenshot in screenshots:
            keeping.take_screenshot(screenshot)
        asked, standard = msgspec.structs.replace(job, known=()), self.engine.standard.id
        kept = keeping.finish(snapshot, job=asked, as_of=self.as_of, standard=standard, limits=self.settings)
        return msgspec.structs.replace(result, evidence=kept)

    async def _gather(self, job: Job, keeping: AuditKeeping | None) -> SiteSnapshot:
        reader = RememberingReader(self.reader, self.remembered, job.site.site_id)
        snapshot = await gather(
            Target(url=job.site.row.url, name=job.site.row.name, site_code=job.site.row.site_code),
            fetcher=self.fetcher,
            settings=self.settings,
            as_of=self.as_of,
            on_event=self._listener(keeping),
            reader=reader,
            renderer=keeping.recorded(self.renderer) if keeping else self.renderer,
            lacks=lambda seen: self.engine.calls_absent(self._dossier(job, seen)),
        )
        reader.forget_unused(china_day(self.as_of))
        return snapshot

    def _dossier(self, job: Job, snapshot: SiteSnapshot) -> Dossier:
        row = job.site.row if job.site.registered else None
        knocks = job.knocks if _are_rounds_made(job.knocks, self.as_of) else _with_visit(job.knocks, snapshot, self.as_of)
        return Dossier(row=row, snapshot=snapshot, as_of=self.as_of, knocks=knocks, history=job.history)

    async def _screenshots(self, job: Job, findings: tuple[Finding, ...], snapshot: SiteSnapshot) -> tuple[Screenshot, ...]:
        """Take screenshots of the pages that what fails the site rests on."""
        if self.renderer is None or job.look != self.screenshot_look:
            return ()
        urls = pages_to_show(findings, snapshot)
        return await take_screenshots(urls, fetcher=self.fetcher, settings=self.settings, renderer=self.renderer) if urls else ()

    def _listener(self, keeping: AuditKeeping | None) -> Callable[[Event], None] | None:
        if keeping is None:
            return self.on_event

        def listen(event: Event) -> None:
            keeping.take(event)
            if self.on_event:
                self.on_event(event)

        return listen


def _are_rounds_made(knocks: tuple[KnockDay, ...], as_of: datetime) -> bool:
    """Tell whether rounds of visits are being made: spaced over the day. Audits come as somebody likes, and then do not count."""
    yesterday = china_day(as_of) - timedelta(days=1)
    return any(day.day >= yesterday and day.opened + day.failed + day.unsure >= OF_ROUNDS for day in knocks)


def pages_to_show(findings: Iterable[Finding], snapshot: SiteSnapshot) -> tuple[str, ...]:
    """Return the addresses of pages of which a screenshot shows what fails the site: a few that each finding names, the homepage first."""
    # The homepage is the first of the pages.
    seen = {page.final_url: number for number, page in enumerate(snapshot.pages) if page.facts is not None}
    urls: dict[str, None] = {}
    for finding in findings:
        if finding.verdict is Verdict.FAIL and finding.severity is Severity.VETO:
            named = dict.fromkeys(piece.url for piece in finding.evidence if piece.url in seen)
            urls.update(dict.fromkeys(sorted(named, key=lambda url: seen[url] > 0)[:_SCREENSHOTS_A_FINDING]))
    return tuple(urls)[:_SCREENSHOTS_A_SITE]


def _with_visit(knocks: tuple[KnockDay, ...], snapshot: SiteSnapshot, as_of: datetime) -> tuple[KnockDay, ...]:
    today, outcome = china_day(as_of), OUTCOMES[opened(snapshot.reach, snapshot.reach_reason)]
    before = next((day for day in knocks if day.day == today), KnockDay(day=today))
    counted = msgspec.structs.replace(before, **{outcome.value: getattr(before, outcome.value) + 1})
    return (*(day for day in knocks if day.day != today), counted)


def audit_result(site: Site, snapshot: SiteSnapshot, findings: tuple[Finding, ...], as_of: datetime) -> AuditResult:
    """Return what is kept of an audit: its outcome, its findings, and the lists that history is made of."""
    visit = Knock(site_id=site.site_id, at=as_of, outcome=OUTCOMES[opened(snapshot.reach, snapshot.reach_reason)])
    return AuditResult(
        site_id=site.site_id,
        url=snapshot.target.url,
        host=snapshot.host,
        reach=snapshot.reach,
        reach_reason=snapshot.reach_reason,
        reach_detail=snapshot.reach_detail,
        verdict=site_verdict(findings),
        title=snapshot.title,
        final_url=snapshot.final_url,
        final_host=snapshot.final_host,
        pages=len(snapshot.pages),
        rendered=sum(_was_rendered(page) for page in snapshot.pages),
        requests=snapshot.requests,
        seconds=snapshot.seconds,
        started_at=snapshot.started_at,
        finished_at=snapshot.finished_at,
        observed_at=as_of,
        findings=findings,
        seen=seen_site(site, snapshot),
        items=tuple(_items(snapshot)),
        columns=tuple(_columns(snapshot)),
        knocks=(visit,),
    )


def _was_rendered(page: Page) -> bool:
    return page.rendering is not None and page.rendering.outcome is RenderOutcome.RENDERED


def _lists(snapshot: SiteSnapshot) -> list[tuple[str, PageFacts]]:
    """Return the column pages whose lists were read, by the address they were found at in the end."""
    return [
        (page.final_url, page.facts)
        for page in snapshot.pages
        if page.role is PageRole.COLUMN and page.facts and page.facts.column and page.facts.column.items
    ]


def _items(snapshot: SiteSnapshot) -> list[ObservedItem]:
    return [
        ObservedItem(url=item.url, title=item.title, date=item.date, column_url=url)
        for url, facts in _lists(snapshot)
        for item in (facts.column.items if facts.column else ())
        if item.url
    ]


def _columns(snapshot: SiteSnapshot) -> list[ObservedColumn]:
    return [ObservedColumn(url=url, oldest=_oldest(facts)) for url, facts in _lists(snapshot)]


def _oldest(facts: PageFacts) -> date | None:
    """Return the oldest date of a list; an old entry pinned on top says nothing of how far back the list goes."""
    return min((item.date for item in facts.column.items if item.date and not item.pinned), default=None) if facts.column else None


def seen_site(site: Site, snapshot: SiteSnapshot) -> SeenSite:
    """Return what registry rules need to know of a site."""
    home = snapshot.home
    shown = [page.facts.marks for page in snapshot.pages if page.facts]
    first = next((marks for marks in shown if marks.sponsor.seen), None)
    codes = {mark.value.lower(): mark.value for marks in shown for mark in (marks.site_code, *marks.site_codes) if mark.value}
    icp = next((marks.icp.value for marks in shown if marks.icp.value), None)
    return SeenSite(
        site_id=site.site_id,
        row=site.row if site.registered else None,
        url=snapshot.target.url,
        host=snapshot.host,
        final_host=snapshot.final_host,
        reach=snapshot.reach,
        reach_reason=snapshot.reach_reason,
        title=snapshot.title,
        printed_codes=tuple(codes.values()),
        codes=_printed_codes(snapshot),
        sponsor=(first.sponsor.value or "") if first else "",
        party_mark=any(marks.party_mark.seen for marks in shown),
        icp=icp,
        fetched_at=home.fetched_at if home else None,
        sha256=home.sha256 if home else "",
        content=fingerprint(link.text for link in home.facts.links) if home and home.facts else "",
        excerpt=first.sponsor.excerpt if first else "",
        government_links=_government_links(snapshot) if site.registered else (),
    )


def _printed_codes(snapshot: SiteSnapshot) -> tuple[PrintedCode, ...]:
    codes: dict[tuple[str, Place | None], PrintedCode] = {}
    for page in snapshot.pages:
        if page.facts and page.role in (PageRole.HOME, PageRole.FOOTER, PageRole.FRAME):
            for mark in page.facts.marks.site_codes:
                if mark.value:
                    found = PrintedCode(code=mark.value, place=mark.place, url=page.final_url)
                    codes.setdefault((mark.value.lower(), mark.place), found)
    return tuple(codes.values())


def _government_links(snapshot: SiteSnapshot) -> tuple[GovernmentLink, ...]:
    links: dict[str, GovernmentLink] = {}
    for link in snapshot.outlinks:
        host = link.host.partition(":")[0]
        if is_government(host) and len(links) < MAX_GOVERNMENT_LINKS:
            home = f"{link.url.partition('://')[0]}://{link.host}/"
            links.setdefault(without_www(host), GovernmentLink(url=home, host=host, found_on=link.found_on))
    return tuple(links.values())
