"""One website of the demo world: who runs it, what it looks like, what is planted in it."""

from dataclasses import dataclass
from enum import StrEnum

from rules.registry import Level, Status


class Style(StrEnum):
    """The page styles of the world, after families of content management systems and decades."""

    TABLES = "tables"
    """Nested tables and ASP pages of the 2000s, GBK declared as gb2312."""
    DATED_PATHS = "dated_paths"
    """Static pages with the day in the address, pages listed by a script call."""
    NUMBERED_COLUMNS = "numbered_columns"
    """Numbered columns and articles, a mandated page tag for everything."""
    TABS = "tabs"
    """County portal with tabbed blocks and dates without a year."""
    RENDERED_COMPONENTS = "rendered_components"
    """A component framework rendered on the server."""
    PORTAL = "portal"
    """Large portal, many blocks, column pages under long digests."""
    PLATFORM = "platform"
    """The shared platform of a region, day and month in two nodes."""
    DEPARTMENT = "department"
    """Department site of the 2010s with the date before the headline."""
    GATEWAY = "gateway"
    """Homepage that is only a navigation entry to second-level pages."""
    GRID_FORMS = "grid_forms"
    """ASP.NET grids with the view state of the page in a hidden field."""


class Behaviour(StrEnum):
    """How a site answers at all."""

    ANSWERS = "answers"
    SLOW = "slow"
    REFUSES = "refuses"
    RESETS = "resets"
    EVERY_THIRD_FAILS = "every_third_fails"
    SERVER_ERROR = "server_error"
    CHALLENGE_412 = "challenge_412"
    CHALLENGE_521 = "challenge_521"
    FORBIDDEN = "forbidden"
    ROBOTS = "robots"
    SCRIPT_ONLY = "script_only"
    MAINTENANCE = "maintenance"
    MOVED = "moved"
    OFFLINE = "offline"
    CLOSED = "closed"


class Break(StrEnum):
    """The ways in which sites of the world break a rule."""

    HOMEPAGE_OF_LAST_YEAR = "homepage_of_last_year"
    UNDATED_HOMEPAGE_OF_LAST_YEAR = "undated_homepage_of_last_year"
    CHANNELS_OF_LAST_YEAR = "channels_of_last_year"
    NEWS_AND_NOTICES_ASLEEP = "news_and_notices_asleep"
    TEN_COLUMNS_ASLEEP = "ten_columns_asleep"
    COLUMNS_WITH_PLACEHOLDER = "columns_with_placeholder"
    COLUMNS_BARE = "columns_bare"
    LETTERS_WAIT_IN_LIST = "letters_wait_in_list"
    LETTERS_WAIT_ON_PAGES = "letters_wait_on_pages"
    PETITIONS_ONLY = "petitions_only"
    NO_CHANNEL = "no_channel"
    NO_SEARCH = "no_search"
    SITE_MAP_FOR_SEARCH = "site_map_for_search"
    SEARCH_PAGE_GONE = "search_page_gone"
    SEARCH_FAILS = "search_fails"
    SEARCH_FINDS_NOTHING = "search_finds_nothing"
    NO_FEEDBACK = "no_feedback"
    FEEDBACK_PICTURE = "feedback_picture"
    COMMERCIAL_SUFFIX = "commercial_suffix"
    ORGANISATION_SUFFIX = "organisation_suffix"
    NO_MARKS = "no_marks"
    ICP_ONLY = "icp_only"
    THIN_GUIDE_TABLES = "thin_guide_tables"
    THIN_GUIDE_TEXTS = "thin_guide_texts"
    NO_REPORT = "no_report"
    OPENNESS_REPORT_ONLY = "openness_report_only"
    REPORT_OF_2016 = "report_of_2016"
    DATES_TOUCHED_UP = "dates_touched_up"
    BACKDATED_ENTRIES = "backdated_entries"
    UNREGISTERED_WITHOUT_CODE = "unregistered_without_code"
    UNREGISTERED_WITH_CODE = "unregistered_with_code"
    SECOND_REGISTERED_SITE = "second_registered_site"
    """The later of two registered sites of one sponsor; the earlier one stays."""
    SECOND_UNREGISTERED_SITE = "second_unregistered_site"


class Trap(StrEnum):
    """What looks like a fault and is none: nobody may be accused of it."""

    SCRIPT_FILLED_COLUMNS = "script_filled_columns"
    ONE_SCRIPT_FILLED_COLUMN = "one_script_filled_column"
    COLUMNS_OF_RECORDS = "columns_of_records"
    HOMEPAGE_BY_SCRIPT = "homepage_by_script"
    """The homepage is an empty shell: what a script puts into it, faults included, only a browser sees."""
    SCRIPT_FOOTER = "script_footer"
    MAINTENANCE_BANNER = "maintenance_banner"
    FUTURE_ENTRY = "future_entry"
    PINNED_OLD_ENTRY = "pinned_old_entry"
    COMMENTED_WIDGETS = "commented_widgets"
    WWW_TWIN = "www_twin"
    META_REFRESH = "meta_refresh"
    FRAMESET = "frameset"
    REDESIGN = "redesign"
    OLD_LETTER = "old_letter"
    COMPRESSED = "compressed"


RULE_OF_BREAK = {
    Break.HOMEPAGE_OF_LAST_YEAR: "homepage_stale",
    Break.UNDATED_HOMEPAGE_OF_LAST_YEAR: "homepage_stale",
    Break.CHANNELS_OF_LAST_YEAR: "homepage_stale",
    Break.NEWS_AND_NOTICES_ASLEEP: "columns_stale",
    Break.TEN_COLUMNS_ASLEEP: "columns_stale",
    Break.COLUMNS_WITH_PLACEHOLDER: "columns_empty",
    Break.COLUMNS_BARE: "columns_empty",
    Break.LETTERS_WAIT_IN_LIST: "interaction_unanswered",
    Break.LETTERS_WAIT_ON_PAGES: "interaction_unanswered",
    Break.PETITIONS_ONLY: "interaction_missing",
    Break.NO_CHANNEL: "interaction_missing",
    Break.NO_SEARCH: "search_missing",
    Break.SITE_MAP_FOR_SEARCH: "search_missing",
    Break.SEARCH_PAGE_GONE: "search_broken",
    Break.SEARCH_FAILS: "search_broken",
    Break.SEARCH_FINDS_NOTHING: "search_broken",
    Break.NO_FEEDBACK: "feedback_entry_missing",
    Break.FEEDBACK_PICTURE: "feedback_entry_missing",
    Break.COMMERCIAL_SUFFIX: "domain_suffix",
    Break.ORGANISATION_SUFFIX: "domain_suffix",
    Break.NO_MARKS: "footer_marks_missing",
    Break.ICP_ONLY: "footer_marks_missing",
    Break.THIN_GUIDE_TABLES: "service_guide_incomplete",
    Break.THIN_GUIDE_TEXTS: "service_guide_incomplete",
    Break.NO_REPORT: "annual_report_missing",
    Break.OPENNESS_REPORT_ONLY: "annual_report_missing",
    Break.REPORT_OF_2016: "annual_report_missing",
    Break.DATES_TOUCHED_UP: "publish_date_forged",
    Break.BACKDATED_ENTRIES: "publish_date_forged",
    Break.UNREGISTERED_WITHOUT_CODE: "site_unregistered",
    Break.UNREGISTERED_WITH_CODE: "site_unregistered",
    Break.SECOND_REGISTERED_SITE: "site_duplicate",
    Break.SECOND_UNREGISTERED_SITE: "site_duplicate",
}
DOWN = frozenset({Behaviour.REFUSES, Behaviour.RESETS, Behaviour.EVERY_THIRD_FAILS, Behaviour.SERVER_ERROR})
"""Behaviours that break `site_unreachable` where the registry says that the site runs."""
BLOCKED = frozenset({Behaviour.CHALLENGE_412, Behaviour.CHALLENGE_521, Behaviour.FORBIDDEN, Behaviour.ROBOTS})
"""Behaviours that keep a crawler out: whether a person would see the site is not known."""
CLOSED_DOORS = BLOCKED | {Behaviour.MAINTENANCE, Behaviour.OFFLINE}
"""Behaviours under which a visit neither opens the site nor fails to."""
UNSEEN = frozenset(Behaviour) - {Behaviour.ANSWERS, Behaviour.SLOW, Behaviour.EVERY_THIRD_FAILS}
"""Behaviours behind which no content is to be seen."""
CONTENT_RULES = frozenset(
    {
        "homepage_stale",
        "columns_stale",
        "columns_empty",
        "interaction_missing",
        "interaction_unanswered",
        "search_missing",
        "search_broken",
        "feedback_entry_missing",
        "footer_marks_missing",
        "service_guide_incomplete",
        "annual_report_missing",
        "publish_date_forged",
    }
)
"""Rules that judge what a site shows: undecidable where nothing is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site of the world, as `worlds.toml` describes it."""

    host: str
    name: str
    place: str
    sponsor: str
    level: Level
    style: Style
    profile: str
    note: str
    code: str | None = None
    """The site code that the site prints and, where it is registered, the registry holds."""
    registered: bool = True
    status: Status = Status.RUNNING
    behaviour: Behaviour = Behaviour.ANSWERS
    breaks: frozenset[Break] = frozenset()
    traps: frozenset[Trap] = frozenset()
    style_before: Style | None = None
    """The style of the earlier state of the world, where the site was redesigned since."""
    links: tuple[str, ...] = ()
    """Hosts of the world that the homepage links to besides its neighbours."""

    @property
    def url(self) -> str:
        """Return the homepage's address as the registry holds it."""
        return f"http://{self.host}/"

    @property
    def filing(self) -> str:
        """Return the ten digits that the filing numbers in the footer are made of."""
        return self.code or f"13990{len(self.host):05}"

    @property
    def planted(self) -> frozenset[str]:
        """Return the rules that must come out `fail`, where a browser shows what scripts write."""
        rules = {RULE_OF_BREAK[way] for way in self.breaks}
        if self.behaviour in DOWN and self.status is Status.RUNNING:
            rules.add("site_unreachable")
        return frozenset(rules)

    @property
    def undecidable(self) -> frozenset[str]:
        """Return the rules that must come out `inconclusive`: what could not be seen accuses nobody."""
        if self.status is not Status.RUNNING:
            return frozenset()
        rules = CONTENT_RULES if self.behaviour in UNSEEN else frozenset()
        if self.behaviour in CLOSED_DOORS:
            rules |= {"site_unreachable"}
        return rules - self.planted

    @property
    def behind_scripts(self) -> frozenset[str]:
        """Return the rules that can be judged with a browser alone: without one they must come out `inconclusive`."""
        if Trap.HOMEPAGE_BY_SCRIPT in self.traps:
            return CONTENT_RULES
        return frozenset({"columns_stale", "columns_empty"}) if Trap.SCRIPT_FILLED_COLUMNS in self.traps else frozenset()

    @property
    def sound(self) -> bool:
        """Tell whether this is an ordinary site without a fault or an oddity in its answers."""
        return not self.planted and self.behaviour is Behaviour.ANSWERS and self.status is Status.RUNNING and self.registered
