"""The page: all its parts in one record."""

import datetime as dt
from enum import StrEnum

from crawler.facts.records.base import Record
from crawler.facts.records.letters import Letters
from crawler.facts.records.lists import Column, DateCandidate, NavigationLink
from crawler.facts.records.marks import Marks, SearchAnswer, SearchForm
from crawler.facts.records.parts import Forward, Guide, Link, Notice, ReportMention


class PageType(StrEnum):
    """What kind of page this is (closed list of the contract)."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"
    INTERACTION_LIST = "interaction_list"
    INTERACTION_DETAIL = "interaction_detail"
    GUIDE = "guide"
    SEARCH_RESULTS = "search_results"
    ANNUAL_REPORT = "annual_report"
    WAF_CHALLENGE = "waf_challenge"
    SOFT_404 = "soft_404"
    MAINTENANCE = "maintenance"
    REDIRECT_STUB = "redirect_stub"
    FRAMESET = "frameset"
    SPAM_INJECTED = "spam_injected"
    OTHER = "other"


STAND_INS = frozenset(
    {
        PageType.WAF_CHALLENGE,
        PageType.SOFT_404,
        PageType.MAINTENANCE,
        PageType.REDIRECT_STUB,
        PageType.FRAMESET,
        PageType.SPAM_INJECTED,
    }
)
"""What stands in the place of a page: of the page itself nothing was seen."""


class PageFacts(Record, frozen=True, kw_only=True):
    """All that one page says. Parts that do not apply are None or empty."""

    url: str | None
    encoding: str
    page_type: PageType
    title: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    """The mandated page tags found (SiteName, SiteIDCode, PubDate, ColumnName …): name as in the standard, value as printed."""
    marks: Marks = Marks()
    search_form: SearchForm = SearchForm()
    search_answer: SearchAnswer | None = None
    navigation: tuple[NavigationLink, ...] = ()
    interaction: tuple[Link, ...] = ()
    """Links and headings that offer a channel for letters. Petition and discipline channels are left out."""
    interaction_in_script: bool = False
    """No channel was seen, but a script holds the name of one: it may write the menu."""
    blocks: tuple[Column, ...] = ()
    """The named lists of a homepage or channel page."""
    column: Column | None = None
    letters: Letters | None = None
    guide: Guide | None = None
    reports: tuple[ReportMention, ...] = ()
    notice: Notice | None = None
    forward: Forward | None = None
    challenge: str | None = None
    """The family of the WAF challenge, login wall or captcha that the page is."""
    newest_date: dt.date | None = None
    """The newest publication date of any item shown; never later than `as_of`."""
    newest_possible_date: dt.date | None = None
    """The same with year-less dates in their latest possible year and the days in addresses: only what is older than this is stale."""
    publish_date: dt.date | None = None
    undated: bool = False
    """A text that shows no day at all, neither where publication dates stand nor anywhere else, and that no script could complete."""
    dates: tuple[DateCandidate, ...] = ()
    """Candidates for the publication date of an article."""
    links: tuple[Link, ...] = ()
    text_length: int = 0
    """Characters of visible text, scripts and styles left out."""
    filled_later: bool = False
    """Scripts or fragments that were not read may write lists of the front page, or a script holds a later day than the lists show."""
    script_dependent: bool = False
    """The page's content exists only through scripts (an empty shell with an application root)."""
    head_by_script: bool = False
    """A script file, or a fragment that a script fetches, writes the head of the page: the menu and the search in it were not seen."""
    frames: tuple[str, ...] = ()
    """Addresses of the frames and fragments, on its own host or another government's, in which parts of the page stand."""
    pressed_pictures: tuple[str, ...] = ()
    """Of a front page: pictures that only a script makes lead somewhere, and of which nothing tells where: one may be what is missing."""
    scripts: tuple[str, ...] = ()
    """Of a front page: addresses of the script files, likewise, that are no mere libraries and effects."""
    additions: str = ""
    """Of a front page or a script file: by what words of it a script adds content that was not read, fetched, decoded or in a file of a
    stranger; empty where none does."""
    limited: bool = False
    """The page was over the limits of the parser, or breaks off before its end: what is missing here proves nothing."""
    holds_from: dt.date = dt.date.min
    """The first day of judgement that the page reads the same on."""
    holds_until: dt.date = dt.date.max
    """The last one."""
