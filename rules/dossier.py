"""The dossier: all that is judged at once for one site, frozen."""

from datetime import date, datetime

from crawler.facts.records import Place, Record
from crawler.snapshot import Reach, ReachReason, SiteSnapshot
from rules.registry import RegistryRow


class KnockDay(Record, frozen=True, kw_only=True):
    """The reachability visits of one China-time day: how many opened, how many failed, how many say nothing."""

    day: date
    opened: int = 0
    failed: int = 0
    unsure: int = 0
    """Blocked, or the crawler's own fault: neither opened nor failed."""


class PastItem(Record, frozen=True, kw_only=True):
    """A list entry as earlier scans of this site saw it."""

    url: str
    title: str
    first_seen: datetime
    """UTC: the first scan that saw the entry."""
    dates: tuple[date, ...]
    """The dates printed beside it, one a change, oldest sighting first."""
    column_url: str = ""


class PastColumn(Record, frozen=True, kw_only=True):
    """A column's list as earlier scans read it."""

    url: str
    first_read: datetime
    """UTC."""
    last_read: datetime
    """UTC."""
    oldest: date | None = None
    """The oldest date in the list at its last reading: an entry dated later than that should have been in it."""


class History(Record, frozen=True, kw_only=True):
    """What earlier scans saw of this site. Empty on a first visit."""

    items: tuple[PastItem, ...] = ()
    columns: tuple[PastColumn, ...] = ()
    last_scan: datetime | None = None
    """UTC: the latest earlier look at this site."""


class Dossier(Record, frozen=True, kw_only=True):
    """Registry row, snapshot, knocks, history and the as-of time of one site."""

    row: RegistryRow | None
    """None for an audit of an address that no registry at hand knows."""
    snapshot: SiteSnapshot
    as_of: datetime
    """With a time zone; windows are counted back from its China-time day."""
    knocks: tuple[KnockDay, ...] = ()
    history: History = History()


class GovernmentLink(Record, frozen=True, kw_only=True):
    """A link to another host under `.gov.cn`, seen on a registered site: how unregistered sites are found."""

    url: str
    host: str
    found_on: str


class PrintedCode(Record, frozen=True, kw_only=True):
    """A site code as a page shows it."""

    code: str
    place: Place | None = None
    """Footer text, page tag, or the feedback entry; None where that is unknown."""
    url: str = ""
    """The first page that shows it there."""


class SeenSite(Record, frozen=True, kw_only=True):
    """What registry rules need to know of one audited site, registered or discovered, small enough to stream."""

    site_id: int
    row: RegistryRow | None
    """None for a site that was discovered through links and is not in the registry."""
    url: str
    host: str
    final_host: str
    reach: Reach
    reach_reason: ReachReason | None = None
    title: str = ""
    printed_codes: tuple[str, ...] = ()
    """Site codes shown on its pages."""
    codes: tuple[PrintedCode, ...] = ()
    """Those of the homepage and its footer by place, each code once a place. Other pages may quote codes of other sites."""
    sponsor: str = ""
    """The sponsor as printed on the page."""
    party_mark: bool = False
    icp: str | None = None
    linked_from: tuple[str, ...] = ()
    """Addresses of pages of registered sites that link here (discovered sites only), at most five."""
    fetched_at: datetime | None = None
    """UTC."""
    sha256: str = ""
    content: str = ""
    """Fingerprint of the texts of the homepage's links (`crawler.facts.likeness`); empty for too few of them."""
    excerpt: str = ""
    government_links: tuple[GovernmentLink, ...] = ()
    """One a host, at most a hundred."""
