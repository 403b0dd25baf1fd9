"""Marks of the footer, and the search box: what identifies a site and helps its visitors."""

from enum import StrEnum

from crawler.facts.records.base import Record


class Place(StrEnum):
    """Where on the page something was found."""

    TEXT = "text"
    ATTRIBUTE = "attribute"
    SCRIPT = "script"
    META = "meta"
    LINK = "link"
    IMAGE = "image"


class Presence(StrEnum):
    """Whether a mark is seen. `SCRIPT_ONLY`: only a script names it; `ABSENT`: not on this page, which is no accusation."""

    PRESENT = "present"
    SCRIPT_ONLY = "script_only"
    ABSENT = "absent"


class Mark(Record, frozen=True, kw_only=True):
    """One footer mark: its state, the value as printed, where it stood, and the surrounding text (masked, at most 200 characters)."""

    state: Presence = Presence.ABSENT
    value: str | None = None
    place: Place | None = None
    excerpt: str = ""

    @property
    def seen(self) -> bool:
        """Tell whether the page names the mark at all, in markup or in script."""
        return self.state is not Presence.ABSENT


class Marks(Record, frozen=True, kw_only=True):
    """The footer marks of 国办发〔2017〕47号 and the feedback entry (standards.md 2.3, 6)."""

    party_mark: Mark = Mark()
    site_code: Mark = Mark()
    site_codes: tuple[Mark, ...] = ()
    """Every place a site code shows up: footer text, SiteIDCode meta, feedback widget. They may disagree."""
    icp: Mark = Mark()
    police_filing: Mark = Mark()
    feedback_entry: Mark = Mark()
    feedback_icon_only: bool = False
    """A picture or text of the feedback entry that leads nowhere."""
    sponsor: Mark = Mark()
    contact: Mark = Mark()
    unnamed_pictures: tuple[str, ...] = ()
    """Pictures at the foot of which nothing tells what they show, where no party mark was seen: it may be one of them."""
    driven_pictures: tuple[str, ...] = ()
    """Such pictures that a script makes lead somewhere, where no feedback entry was seen: one of them may be it."""
    wide_pictures: tuple[str, ...] = ()
    """Pictures at the foot so wide that all its words may stand in them, where one of the marks was not seen."""
    footer_by_script: bool = False
    """The page's footer is written by a script or frame that was not read: absence of a mark proves nothing."""
    footer_sources: tuple[str, ...] = ()
    """Absolute addresses of footer scripts or frames (`*foot*`, `*bottom*`, `*copyright*` …), on whatever host."""
    foot_scripts: tuple[str, ...] = ()
    """Scripts of government hosts in or below the foot under names that say nothing, where a mark was not seen: one may write it."""


class SearchState(StrEnum):
    """Whether a search box is on the page, and whether it works without scripts."""

    PRESENT = "present"
    JS_ONLY = "js_only"
    ABSENT = "absent"


class SearchForm(Record, frozen=True, kw_only=True):
    """The site's own search box. `action` is absolute when the page's address is known; `hidden` are the other fields to send."""

    state: SearchState = SearchState.ABSENT
    action: str | None = None
    method: str | None = None
    field: str | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    scripted: bool = False
    """A script may change what is sent, or where to: that a form sent as it stands finds nothing proves nothing."""
    partial: bool = False
    """Sent as it stands, it searches a part of the site only, such as its policy documents."""
    excerpt: str = ""


class SearchOutcome(StrEnum):
    """How a page answers a search."""

    HITS = "hits"
    NONE = "none"
    ERROR = "error"
    ECHO = "echo"
    """The query is printed back, with nothing that could be an answer for the whole site."""
    SCRIPT = "script"
    """The results are filled in by a script."""


class SearchAnswer(Record, frozen=True, kw_only=True):
    """The answer of a search page: its outcome, the number of hits where it is stated or countable, the titles listed."""

    outcome: SearchOutcome
    hits: int | None = None
    titles: tuple[str, ...] = ()
    excerpt: str = ""
