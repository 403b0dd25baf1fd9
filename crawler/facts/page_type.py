"""What kind of page this is: from its structure and its words together."""

import re
from typing import NamedTuple

from crawler.facts.article import article_points, article_words, tells_under_its_title
from crawler.facts.columns.classes import classify
from crawler.facts.columns.headings import MORE
from crawler.facts.columns.main import BESIDE
from crawler.facts.columns.waiting import fetches_content
from crawler.facts.letters.words import is_about_letters
from crawler.facts.page_names import (
    HOME_COLUMN,
    TITLE_PARTS,
    has_breadcrumb,
    is_inner,
    is_named_within_site,
    is_site_name,
    title_heads_text,
)
from crawler.facts.records import (
    Column,
    ColumnClass,
    DateCandidate,
    Forward,
    ForwardKind,
    Guide,
    Letters,
    Notice,
    PageType,
    ReportKind,
    SearchAnswer,
    SearchOutcome,
)
from crawler.facts.report import kind_of_report
from crawler.facts.substitutes.notices import is_blank, says_not_found
from crawler.facts.substitutes.own_content import SHELL_ROOTS
from crawler.facts.substitutes.spam import is_spam_injected
from crawler.facts.tree.document import Document

_ENTRANCE = re.compile(r"https?://[^/]+(?:/(?:index|default|home|main)?(?:\.\w+)?)?", re.IGNORECASE)
_SHELL_TEXT = 200
_ANSWERS = (SearchOutcome.HITS, SearchOutcome.NONE, SearchOutcome.SCRIPT)
_HOME_POINTS = 3
_FEWEST_LINKS = 3
"""A homepage leads somewhere, if only by a picture."""
_UNTITLED = re.compile(
    r"(?:(?:document|index|home|welcome|untitled(?:document)?|title|test|无标题(?:文档)?|新建网页)?\d?|(?:[\w\-]+\.)+(?:cn|com|net|org))",
    re.IGNORECASE,
)
"""What editors write for a title until somebody does, or the site's own address."""
_HOME_NAMES = re.compile(r"要闻|新闻|动态|公告|通知|公示|政务公开|信息公开|政策|法规|资讯|快讯|领导|概况|简介|机构")
_LEAST_HOME_NAMES = 3
_LONGEST_SITE_NAME = 12
"""A homepage with many lists names news, notices and what the office is; the entrance of one channel names its own matter only."""

_PAGER_LINK = re.compile(r"下一?页|[尾末]页")
_SMALL_FRONT = 800
_LONG_LINE, _LONG_TEXT = 80, 400
"""A small homepage shows the first sentence of a few texts; so many characters in long lines are a text of its own."""
_MANY_LINKS = 60

_SURELY_AN_ARTICLE = 4
"""So many points come from more than the date and source of a single entry: what a pager counts are then comments."""

_ENTRANCE_BLOCKS = 10
"""So many lists on one page make it the entrance of a channel or topic, unless a pager says whose list it is."""

_FEWEST_LEADS = 4
"""A column beside which other columns are shown has fewer links to more of them."""

_SITE_MAP = re.compile(r"^(?:网站|站点)(?:地图|导航)")
_REPORT_TITLE = re.compile(r"政府网站(?:工作)?年度(?:工作)?报表|政府网站工作年报|政府网站年报")
_ASKS_OR_THANKS = re.compile(r"需要(?:您)?先?登[录陆]|请您?先登[录陆]|提交成功")
"""What pages say that are part of a form: their list is empty because there is none."""

_FORM_FIELDS = "textarea, input[type=text], input:not([type])"


class Parts(NamedTuple):
    """What the other readers found, as far as it tells what the page is."""

    challenge: str | None = None
    notice: Notice | None = None
    forward: Forward | None = None
    column: Column | None = None
    blocks: tuple[Column, ...] = ()
    letters: Letters | None = None
    guide: Guide | None = None
    search_answer: SearchAnswer | None = None
    dates: tuple[DateCandidate, ...] = ()


def is_script_dependent(document: Document) -> bool:
    """Tell whether the page's content exists only through scripts: next to no text, and an application root or nothing but scripts."""
    if len(document.text) > _SHELL_TEXT or len(document.anchors) > 3:
        return False
    if document.tree.css_first(SHELL_ROOTS) is not None:
        return True
    return document.tree.css_first("script[src]") is not None and document.tree.css_first("body div, body section, body main") is not None


def read_page_type(document: Document, parts: Parts) -> PageType:
    """Return the kind of a page: first what stands in place of content, then what the content is."""
    return _substitute(document, parts) or _content(document, parts)


def _substitute(document: Document, parts: Parts) -> PageType | None:
    """Return the kind of a page that stands in place of content."""
    if parts.challenge and parts.challenge != "login":
        return PageType.WAF_CHALLENGE
    if parts.notice:
        return PageType.MAINTENANCE
    if says_not_found(document) and not (parts.search_answer and parts.search_answer.outcome in _ANSWERS):
        # Before the forward: many such pages send their reader home after some seconds.
        return PageType.SOFT_404
    if parts.forward:
        return PageType.FRAMESET if parts.forward.kind is ForwardKind.FRAME else PageType.REDIRECT_STUB
    if is_spam_injected(document):
        return PageType.SPAM_INJECTED
    return PageType.SOFT_404 if is_blank(document) and not is_script_dependent(document) and not fetches_content(document) else None


def _content(document: Document, parts: Parts) -> PageType:
    """Return the kind of a page by what it holds."""
    if parts.search_answer:
        return PageType.SEARCH_RESULTS
    unseen = is_script_dependent(document) and parts.column is None and parts.letters is None
    if parts.challenge or unseen or _SITE_MAP.search(document.title):
        return PageType.OTHER
    home, article = home_points(document, parts), article_points(document, parts.dates)
    if home >= _HOME_POINTS:
        return PageType.HOME
    if parts.guide:
        return PageType.GUIDE
    if is_report_page(document):
        return PageType.ANNUAL_REPORT
    if parts.letters and not (article >= _SURELY_AN_ARTICLE and _stand_beside_text(document, parts.letters)):
        letters = parts.letters.letters
        alone = len(letters) == 1 and letters[0].url in (None, document.url)
        return PageType.INTERACTION_DETAIL if alone else PageType.INTERACTION_LIST
    if (
        article < _SURELY_AN_ARTICLE
        and parts.column
        and _is_paged(parts.column)
        and not title_heads_text(document)
        and not document.meta_content("ArticleTitle")
    ):
        return PageType.COLUMN
    told = parts.dates and title_heads_text(document)
    if (article >= 2 or tells_under_its_title(document, parts.dates)) and (told or not _is_form(document)):
        return PageType.ARTICLE
    return PageType.COLUMN if parts.column and _is_column(document, parts.column, parts.blocks) else PageType.OTHER


def _stand_beside_text(document: Document, letters: Letters) -> bool:
    """Tell whether the letters of a page are a list beside the text it is about."""
    return len(letters.letters) > 1 and title_heads_text(document) and not is_about_letters(document)


def is_report_page(document: Document) -> bool:
    """Tell whether a page is itself a 政府网站工作年度报表: its title says so, and the form's rows are there."""
    return (
        (bool(_REPORT_TITLE.search(document.title)) or kind_of_report(document.title) is ReportKind.WORK)
        and "信息发布" in document.text
        and ("填报单位" in document.text or "标识码" in document.text)
    )


def _has_several_channels(parts: Parts) -> bool:
    """Tell whether two lists or more lead on to columns of their own, and no pager says that one of them is this page's own."""
    leading = sum(block.url is not None for block in _own_blocks(parts))
    return leading >= 2 and not (parts.column and _is_paged(parts.column))


def _own_blocks(parts: Parts) -> list[Column]:
    """Return the lists of a page but for those of hot or recommended entries, which stand beside whatever it is."""
    return [block for block in parts.blocks if not (block.name and BESIDE.search(block.name))]


def home_points(document: Document, parts: Parts) -> int:
    """Return how much speaks for a homepage: its address, a title that is the site's name, many lists and links, no breadcrumb above it."""
    column_name = document.meta_content("ColumnName")
    if len(document.anchors) < _FEWEST_LINKS and not document.outline.with_tags("img", "area", "iframe"):
        return 0
    points = 3 * bool(document.url and _ENTRANCE.fullmatch(document.url)) + 2 * bool(HOME_COLUMN.fullmatch(column_name or ""))
    points += 2 * (is_site_name(document) or _is_untitled_home(document, parts)) + (len(document.anchors) >= _MANY_LINKS)
    points += HOME_COLUMN.fullmatch(TITLE_PARTS.split(document.title)[0]) is not None
    points += is_site_name(document) and _is_small_front(document, parts)
    blocks = len(_own_blocks(parts))
    points += 2 if blocks >= 5 else blocks >= 3 or _has_several_channels(parts)
    points -= 3 * has_breadcrumb(document) + 3 * bool(document.meta_content("ArticleTitle"))
    points -= 3 * bool(column_name and not HOME_COLUMN.fullmatch(column_name)) + 2 * is_named_within_site(document)
    points -= 3 * (blocks >= 5 and len(set(_HOME_NAMES.findall(document.text))) < _LEAST_HOME_NAMES)
    if len(document.anchors) < _MANY_LINKS:
        points -= 2 * (document.url is not None and not _ENTRANCE.fullmatch(document.url)) + 2 * _has_long_text(document)
    points -= 2 * any(_PAGER_LINK.fullmatch(anchor.text) for anchor in document.anchors)
    return points - 2 * (bool(document.derived(article_words)) and title_heads_text(document))


def _is_small_front(document: Document, parts: Parts) -> bool:
    """Tell whether a page is a menu and little else: no list but one that leads on, no text, nothing to fill in, no day under its title."""
    if parts.dates or parts.letters or parts.guide:
        return False
    shown = [block for block in _own_blocks(parts) if block.items]
    if len(shown) == 1 and shown[0].url is not None and shown[0].name and not (parts.column and _is_paged(parts.column)):
        return True
    if shown or parts.column:
        return False
    return (
        len(document.text) <= _SMALL_FRONT
        and not fetches_content(document)
        and document.tree.css_first("textarea, input[type=password]") is None
    )


def _has_long_text(document: Document) -> bool:
    return sum(len(line) for line in document.outline.lines if len(line) >= _LONG_LINE) >= _LONG_TEXT


def _is_untitled_home(document: Document, parts: Parts) -> bool:
    """Tell whether a page whose title says nothing of what it is shows what homepages show."""
    title = "".join(document.title.split())
    unsaid = _UNTITLED.fullmatch(title) or _names_no_column(document, title)
    several = len(_own_blocks(parts)) >= 3 or _has_several_channels(parts)
    return bool(unsaid) and several and len(set(_HOME_NAMES.findall(document.text))) >= _LEAST_HOME_NAMES


def _names_no_column(document: Document, title: str) -> bool:
    """Tell whether a short title, such as 魅力清河, is the name of no column: no line of the page says it again."""
    if len(title) > _LONGEST_SITE_NAME or classify(title) is not ColumnClass.OTHER or TITLE_PARTS.search(title):
        return False
    return title not in document.text.split("\n")


def _is_form(document: Document) -> bool:
    """Tell whether the page is there to be filled in."""
    return len(document.tree.css(_FORM_FIELDS)) >= 4 and not document.meta_content("PubDate", "ArticleTitle")


def _is_paged(column: Column) -> bool:
    """Tell whether a pager says of how many entries or pages a column is."""
    return column.total is not None or column.page_number is not None


def _is_column(document: Document, column: Column, blocks: tuple[Column, ...]) -> bool:
    """Tell a column from a channel entrance with many undated lists, and from a page that is there to be filled in."""
    if _is_paged(column):
        return True
    if column.script_filled:
        return not _is_form(document) and not _ASKS_OR_THANKS.search(document.text)
    if not column.items:
        return not _ASKS_OR_THANKS.search(document.text) and document.tree.css_first("textarea, input[type=password]") is None
    if column.dates:
        return len(blocks) < _ENTRANCE_BLOCKS and not _leads_on(document, blocks)
    return len(blocks) < 4 and is_inner(document) and not _is_told(document)


def _leads_on(document: Document, blocks: tuple[Column, ...]) -> bool:
    """Tell whether most lists of the page are the beginnings of columns: several, each with its own link to more."""
    leads = sum(MORE.fullmatch(anchor.text.strip()) is not None for anchor in document.anchors)
    return leads >= _FEWEST_LEADS and len(blocks) >= _FEWEST_LEADS


def _is_told(document: Document) -> bool:
    """Tell whether the page is mostly running text, beside which a few links are no list."""
    linked = sum(len(anchor.text) for anchor in document.anchors)
    return len(document.text) - linked > max(1_500, 4 * linked)
