"""The records that the fact readers fill in: plain frozen data, no parse tree, safe to store and to send.

Every record says what a page *shows*, never what that means for the site: judging is the business of `rules`.
"""

import datetime as dt
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every record: frozen, encodable, compared by value."""


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
    footer_by_script: bool = False
    """The page's footer is written by a script or frame that was not read: absence of a mark proves nothing."""
    footer_sources: tuple[str, ...] = ()
    """Absolute addresses of same-site footer scripts or frames (`*foot*`, `*bottom*`, `*copyright*`) worth fetching."""


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
    excerpt: str = ""


class SearchOutcome(StrEnum):
    """How a page answers a search."""

    HITS = "hits"
    NONE = "none"
    ERROR = "error"
    ECHO = "echo"
    """The query is printed back, with no list that could be an answer."""
    SCRIPT = "script"
    """The results are filled in by a script."""


class SearchAnswer(Record, frozen=True, kw_only=True):
    """The answer of a search page: its outcome, the number of hits where it is stated or countable, the titles listed."""

    outcome: SearchOutcome
    hits: int | None = None
    titles: tuple[str, ...] = ()
    excerpt: str = ""


class DateSource(StrEnum):
    """Where a date was read. The order of members is the order of trust for an article's publication date."""

    LABEL = "label"
    META = "meta"
    LIST = "list"
    TEXT = "text"
    SCRIPT = "script"
    URL = "url"
    HEADER = "header"


class DateCandidate(Record, frozen=True, kw_only=True):
    """A date that may be a publication date. All candidates are kept: the forged-date rule compares them."""

    date: dt.date
    source: DateSource
    excerpt: str = ""
    time: str | None = None
    """`HH:MM` or `HH:MM:SS` as printed, China time."""


class Item(Record, frozen=True, kw_only=True):
    """One entry of a list: title, absolute address where known, publication date where one is shown."""

    title: str
    url: str | None = None
    date: dt.date | None = None
    date_source: DateSource | None = None
    pinned: bool = False
    text: str = ""
    future_date: dt.date | None = None
    """The printed date where it lies after the day of judgement: such an entry has no `date`, and never makes a list look fresh."""
    year_inferred: bool = False
    """The date is printed without its year: `date` is the latest such day that was not in the future, perhaps years too young."""


class ColumnClass(StrEnum):
    """The classes of columns with their own update window (standards.md 1.1 and 1.3)."""

    NEWS = "news"
    """动态、要闻: 2 weeks."""
    NOTICES = "notices"
    """通知公告: 6 months."""
    POLICY = "policy"
    """政策文件: 6 months."""
    PLANS = "plans"
    """人事、规划计划: 1 year."""
    INTERACTION = "interaction"
    SERVICE = "service"
    TOPIC = "topic"
    """专题、历史、归档: no window."""
    OTHER = "other"


class Column(Record, frozen=True, kw_only=True):
    """A named list of items: the main list of a column page, or one block of a homepage."""

    name: str | None = None
    column_class: ColumnClass = ColumnClass.OTHER
    items: tuple[Item, ...] = ()
    total: int | None = None
    """Items in the whole column where a pager states it (共N条)."""
    page_number: int | None = None
    empty: bool = False
    """The page shows an empty list and no script could fill it."""
    script_filled: bool = False
    """The list is filled in by a script: what is in it was not seen."""
    excerpt: str = ""
    url: str | None = None
    """For a homepage block: where its "more" link or its heading leads."""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Return the dates of the dated items, in the order of the list."""
        return tuple(item.date for item in self.items if item.date)

    @property
    def newest(self) -> dt.date | None:
        """Return the latest date shown in the list."""
        return max(self.dates, default=None)

    @property
    def oldest(self) -> dt.date | None:
        """Return the earliest date shown in the list."""
        return min(self.dates, default=None)


class NavigationLink(Record, frozen=True, kw_only=True):
    """A link that names a column: from the navigation, or a block heading of the homepage."""

    text: str
    url: str
    column_class: ColumnClass = ColumnClass.OTHER


class LetterState(StrEnum):
    """What the page says of a letter."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    """拒绝受理, 不予受理, 无效: an answer in the sense of the clause."""
    UNKNOWN = "unknown"


class Letter(Record, frozen=True, kw_only=True):
    """One message to the body: subject, dates, state; text masked. Names of writers are not kept."""

    title: str
    url: str | None = None
    asked: dt.date | None = None
    answered: dt.date | None = None
    state: LetterState = LetterState.UNKNOWN
    excerpt: str = ""


class Letters(Record, frozen=True, kw_only=True):
    """The letters a page shows, a list or a single one."""

    letters: tuple[Letter, ...] = ()
    script_filled: bool = False
    empty: bool = False

    def count(self, state: LetterState) -> int:
        """Count the letters in a state."""
        return sum(letter.state is state for letter in self.letters)

    @property
    def answered(self) -> int:
        """Count the letters that have an answer, refusals included."""
        return self.count(LetterState.ANSWERED) + self.count(LetterState.REFUSED)

    @property
    def unanswered(self) -> int:
        """Count the letters the page itself shows as not answered."""
        return self.count(LetterState.UNANSWERED)

    @property
    def oldest_unanswered(self) -> dt.date | None:
        """Return the date of the oldest letter without an answer."""
        waiting = (letter.asked for letter in self.letters if letter.state is LetterState.UNANSWERED and letter.asked)
        return min(waiting, default=None)


GUIDE_ELEMENTS = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理时间", "联系电话", "办理流程")
"""The eight element classes of a service guide (standards.md 3.2)."""


class Guide(Record, frozen=True, kw_only=True):
    """A service guide: which of the eight element classes hold content, which do not, which only point to an attachment."""

    title: str = ""
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    """Classes answered by 见附件 or a download alone: neither present nor missing. They are listed in `present` as well."""
    excerpt: str = ""


class ReportKind(StrEnum):
    """The reports that are easily taken for each other."""

    WORK = "work"
    """政府网站工作年度报表: the one each site owes."""
    SUPERVISION = "supervision"
    """政府网站监管年度报表: owed by provinces and ministries."""
    OPENNESS = "openness"
    """政府信息公开工作年度报告: another duty."""


class ReportMention(Record, frozen=True, kw_only=True):
    """A link to, or the page of, a yearly report, with the year it reports on where printed."""

    kind: ReportKind
    title: str
    year: int | None = None
    url: str | None = None
    collection: bool = False
    """A column that gathers the reports of many years or sites."""


class NoticeKind(StrEnum):
    """What a notice page says of the site (standards.md section 8)."""

    MAINTENANCE = "maintenance"
    MOVED = "moved"
    CLOSED = "closed"
    OFFLINE = "offline"
    """Temporarily taken down: 临时下线, 暂停服务."""


class Notice(Record, frozen=True, kw_only=True):
    """A page that is a notice instead of content."""

    kind: NoticeKind
    excerpt: str
    target: str | None = None


class ForwardKind(StrEnum):
    """How a page without content of its own sends the reader elsewhere."""

    META = "meta"
    SCRIPT = "script"
    FRAME = "frame"


class Forward(Record, frozen=True, kw_only=True):
    """A redirect stub or frameset: where it leads (absolute where the page's address is known)."""

    kind: ForwardKind
    targets: tuple[str, ...]


class Link(Record, frozen=True, kw_only=True):
    """A link of the page: absolute address and its text (or the title or alt of its image)."""

    url: str
    text: str = ""


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
    dates: tuple[DateCandidate, ...] = ()
    """Candidates for the publication date of an article."""
    links: tuple[Link, ...] = ()
    text_length: int = 0
    """Characters of visible text, scripts and styles left out."""
    script_dependent: bool = False
    """The page's content exists only through scripts (an empty shell with an application root)."""
    limited: bool = False
    """The page was over the limits of the parser: what is missing here proves nothing."""
