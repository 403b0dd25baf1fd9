"""What is asked of the crawler (`Target`), and all that it brings back of one site (`SiteSnapshot`) or of one knock."""

from datetime import datetime

from crawler.facts.records import Record, SearchForm
from crawler.snapshot.page import Page, PageRole
from crawler.snapshot.reach import Reach, ReachReason


class Outlink(Record, frozen=True, kw_only=True):
    """A link to another host, seen on this site: recorded, never followed by the audit of this site."""

    host: str
    url: str
    text: str
    found_on: str


class SearchTry(Record, frozen=True, kw_only=True):
    """A probe of the search box: what was asked, and the page that came back."""

    query: str
    expected: str | None
    """The title known to be on the site that a working search must find; None for the nonsense control query."""
    expected_url: str | None = None
    """Where that title stands: opened where the search did not find it."""
    form: SearchForm
    page: Page


class Coverage(Record, frozen=True, kw_only=True):
    """The proof that enough was seen to claim that something is absent."""

    homepage_seen: bool = False
    homepage_limited: bool = False
    """The homepage was cut, over the parser's limits, or breaks off before its end."""
    script_dependent: bool = False
    columns_found: int = 0
    columns_seen: int = 0
    budget_spent: bool = False
    """Columns, channels, interaction pages, guides or reports were left unfetched because of `--max-pages`, the deadline, or the site's
    budget. Articles are a sample: those left out do not count."""
    out_of_time: bool = False
    """The deadline came first: what the homepage's scripts add to it, which is looked at last, was not seen."""
    without_browser: bool = False
    """Something seemed absent, and there was no browser to see what scripts add to the homepage."""


class Target(Record, frozen=True, kw_only=True):
    """A site to be gathered: its address, and the registry's name for it where there is one."""

    url: str
    name: str = ""
    site_code: str | None = None


class SiteSnapshot(Record, frozen=True, kw_only=True):
    """All that the crawler gathered of one site in one audit: immutable, no DOM in it."""

    target: Target
    host: str
    started_at: datetime
    finished_at: datetime
    reach: Reach
    reach_reason: ReachReason | None = None
    reach_detail: str = ""
    """One plain sentence in English about the reason, without site text."""
    final_url: str = ""
    final_host: str = ""
    title: str = ""
    pages: tuple[Page, ...] = ()
    search_tries: tuple[SearchTry, ...] = ()
    outlinks: tuple[Outlink, ...] = ()
    coverage: Coverage = Coverage()
    requests: int = 0
    received_bytes: int = 0
    seconds: float = 0.0

    @property
    def home(self) -> Page | None:
        """Return the homepage, if it was seen."""
        return next((page for page in self.pages if page.role is PageRole.HOME), None)


class Knock(Record, frozen=True, kw_only=True):
    """One reachability visit: the homepage alone, once, within 15 seconds."""

    url: str
    opened: bool | None
    """None where nothing is learnt about the site: it refused the crawler, or the fault is the crawler's own."""
    reach: Reach
    reason: ReachReason | None = None
    detail: str = ""
    status: int | None = None
    at: datetime
    """UTC."""
    seconds: float = 0.0
