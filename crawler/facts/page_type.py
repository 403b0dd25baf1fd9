"""What kind of page this is: from its structure and its words together."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.facts.columns.headings import MORE
from crawler.facts.columns.trail import read_trail
from crawler.facts.records import Column, DateCandidate, Forward, ForwardKind, Guide, Letters, Notice, PageType, SearchAnswer, SearchOutcome
from crawler.facts.substitutes.notices import is_blank, says_not_found
from crawler.facts.substitutes.own_content import SHELL_ROOTS
from crawler.facts.substitutes.spam import is_spam_injected
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

_BREADCRUMB = Phrase(
    r"(?:当前|所在|您的|你的|现在|目前|页面)的?\s*(?:页面)?位\s*置|位置\s*[:：]|当前栏目\s*[:：]|(?<![^\n])(?:网站)?首\s*页\s*(?:>+|»"
    r"|›|→|-\s*>)"
    r"|(?<![^\n])(?:网站)?首\s?页 ?[-—/] ?[\u4e00-\u9fff]{2,12}(?: ?[-—/] ?[\u4e00-\u9fff]{2,12})?\n"
)
_ARTICLE_WORDS = {
    "date": (
        ("时间", "日期"),
        r"(?:发布|发表|更新|时间发布|信息发布|生成|成文|录入|添加|公开)\s*(?:时间|日期)\s*[:：]|(?<![布新表文成])(?:时间"
        r"|日期)\s*[:：]\s*\[?\s*\d{4}",
    ),
    "source": (("源",), r"来\s*源\s*[:：]"),
    "author": (("者", "编"), r"作\s*者\s*[:：]|责任编辑|编\s*辑\s*[:：]"),
    "size": (("字", "大"), r"字\s*[体号]\s*[:：]|\[\s*大\s*中?\s*小|[【\[]\s*大\s*[】\]]"),
    "views": (("次数", "量", "数"), r"(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*[:：]?"),
    "print": (("印", "关闭"), r"打\s*印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)"),
    "share": (("分享",), r"分享"),
    "next": (("一篇", "一条"), r"[上下]一[篇条](?:[:：]|(?![^\n]))"),
}
"""What the labels and tools of an article look like; the needles are looked for first."""

_ARTICLE_PATTERNS = tuple((kind, needles, Phrase(pattern)) for kind, (needles, pattern) in _ARTICLE_WORDS.items())
_ARTICLE_WEIGHTS = {"size": 2, "next": 2}
"""Words that lists and entrance pages never carry. The others stand in forms and popups too."""

_ENTRANCE = re.compile(r"https?://[^/]+(?:/(?:index|default|home|main)?(?:\.\w+)?)?", re.IGNORECASE)
_SHELL_TEXT = 200
_ANSWERS = (SearchOutcome.HITS, SearchOutcome.NONE)
_HOME_COLUMN = re.compile(r"(?:网站|本站)?(?:首\s*页|主\s*页)|home|index", re.IGNORECASE)
_HOME_POINTS = 3
_TITLE_PARTS = re.compile(r"\s*(?:[-_|—–>«»]+|\s[·•]\s)\s*")
_SITE_NAME = re.compile(
    r"(?:政府|门户|网|网站群?|局|委员会|委|厅|办公室|办|中心|院|部|处|馆|校|学会|协会|信息港|之窗|在线|平台|管委会|公署|大学"
    r"|首\s*页)(?:[(（][^)）]*[)）])?$|^(?:首\s*页|欢迎)|门户网站|官方网站|官网|欢迎您|^中国\s?[·•]?\s?[\u4e00-\u9fff]{2,6}$"
    r"|^[\u4e00-\u9fff]{2,10}(?:[大支总]队|中学|小学|幼儿园|医院|党校|[县市区省]委|人大|常委会|政协|总工会|妇联|残联|科协|文联|侨联|工商联|供销社|红十字会"
    r"|开发区|高新区|新区|街道|[镇乡县市区州盟旗])$"
)
_UNTITLED = re.compile(r"(?:document|index|home|untitled(?:document)?|title|test|无标题(?:文档)?|新建网页)?\d?", re.IGNORECASE)
"""What editors write for a title until somebody does."""
_HOME_NAMES = re.compile(r"要闻|新闻|动态|公告|通知|公示|政务公开|信息公开|政策|法规|资讯|快讯|领导|概况|简介|机构")
_LEAST_HOME_NAMES = 3
"""A homepage with many lists names news, notices and what the office is; the entrance of one channel names its own matter only."""

_SURELY_AN_ARTICLE = 4
"""So many points come from more than the date and source of a single entry: what a pager counts are then comments."""

_LEAST_TOLD = 60
"""Characters of sentences that an article without a date has at least."""

_LEAST_ALIKE = 0.7
"""The share of its pairs of characters that a headline has in common with the title."""

_ENTRANCE_BLOCKS = 10
"""So many lists on one page make it the entrance of a channel or topic, unless a pager says whose list it is."""

_FEWEST_LEADS = 4
"""A column beside which other columns are shown has fewer links to more of them."""

_SITE_MAP = re.compile(r"^(?:网站|站点)(?:地图|导航)")
_DATE_LABEL = re.compile(r"(?:时间|日期)\s*[:：∶]")
_FEWEST_LABELLED_ENTRIES = 3
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
    return PageType.SOFT_404 if is_blank(document) and document.tree.css_first(SHELL_ROOTS) is None else None


def _content(document: Document, parts: Parts) -> PageType:
    """Return the kind of a page by what it holds."""
    if parts.search_answer:
        return PageType.SEARCH_RESULTS
    unseen = is_script_dependent(document) and parts.column is None and parts.letters is None
    if parts.challenge or unseen or _SITE_MAP.search(document.title):
        return PageType.OTHER
    home, article = home_points(document, parts), article_points(document, parts)
    if home >= _HOME_POINTS:
        return PageType.HOME
    if parts.guide:
        return PageType.GUIDE
    if is_report_page(document):
        return PageType.ANNUAL_REPORT
    if parts.letters:
        letters = parts.letters.letters
        alone = len(letters) == 1 and letters[0].url in (None, document.url)
        return PageType.INTERACTION_DETAIL if alone else PageType.INTERACTION_LIST
    if (
        article < _SURELY_AN_ARTICLE
        and parts.column
        and _is_paged(parts.column)
        and not _title_heads_text(document)
        and not document.meta_content("ArticleTitle")
    ):
        return PageType.COLUMN
    if (article >= 2 or _tells_under_its_title(document, parts.dates)) and not _is_form(document):
        return PageType.ARTICLE
    return PageType.COLUMN if parts.column and _is_column(document, parts.column, parts.blocks) else PageType.OTHER


def is_report_page(document: Document) -> bool:
    """Tell whether a page is itself a 政府网站工作年度报表: its title says so, and the form's rows are there."""
    return (
        bool(_REPORT_TITLE.search(document.title))
        and "信息发布" in document.text
        and ("填报单位" in document.text or "标识码" in document.text)
    )


def is_inner(document: Document) -> bool:
    """Tell whether a page says that it lies below the homepage: a trail of columns, or the page tags of columns and articles."""
    column_name = document.meta_content("ColumnName")
    named = bool(column_name and not _HOME_COLUMN.fullmatch(column_name))
    return named or bool(document.meta_content("ArticleTitle")) or _has_trail(document)


def _has_trail(document: Document) -> bool:
    """Tell whether the page says where it stands; a marker with no names after it is left for a script, on homepages too."""
    trail = document.derived(read_trail)
    return bool(_BREADCRUMB.occurs(document.text)) and (trail is None or bool(trail.names))


def _has_several_channels(parts: Parts) -> bool:
    """Tell whether two lists or more lead on to columns of their own, and no pager says that one of them is this page's own."""
    return sum(block.url is not None for block in parts.blocks) >= 2 and not (parts.column and _is_paged(parts.column))


def home_points(document: Document, parts: Parts) -> int:
    """Return how much speaks for a homepage: its address, a title that is the site's name, many lists and links, no trail above it."""
    column_name = document.meta_content("ColumnName")
    points = 3 * bool(document.url and _ENTRANCE.fullmatch(document.url)) + 2 * bool(_HOME_COLUMN.fullmatch(column_name or ""))
    points += 2 * (_is_site_name(document) or _is_untitled_home(document, parts)) + (len(document.anchors) >= 60)
    points += 2 if len(parts.blocks) >= 5 else len(parts.blocks) >= 3 or _has_several_channels(parts)
    points -= 3 * _has_trail(document) + 3 * bool(document.meta_content("ArticleTitle"))
    points -= 3 * bool(column_name and not _HOME_COLUMN.fullmatch(column_name)) + 2 * _is_named_within_site(document)
    points -= 3 * (len(parts.blocks) >= 5 and len(set(_HOME_NAMES.findall(document.text))) < _LEAST_HOME_NAMES)
    points -= 2 * (document.url is not None and not _ENTRANCE.fullmatch(document.url) and len(document.anchors) < 60)
    return points - 2 * (bool(document.derived(_article_words)) and _title_heads_text(document))


def article_points(document: Document, parts: Parts) -> int:
    """Return how much speaks for an article: its labels and tools, a date of its own, its title over the text, the article tags."""
    if _labels_every_entry(parts):
        return 0
    words = document.derived(_article_words)
    points = sum(_ARTICLE_WEIGHTS.get(kind, 1) for kind in words)
    points += 2 * bool(document.meta_content("ArticleTitle") and document.meta_content("PubDate"))
    if parts.dates and (words or is_inner(document)):
        points += 1 + _title_heads_text(document)
    return points


def _labels_every_entry(parts: Parts) -> bool:
    """Tell a list that prints 发布时间 beside every entry from an article, which prints it once."""
    items = parts.column.items if parts.column else ()
    return len(items) >= _FEWEST_LABELLED_ENTRIES and all(_DATE_LABEL.search(item.text) for item in items)


def _article_words(document: Document) -> set[str]:
    text = document.text
    return {kind for kind, needles, pattern in _ARTICLE_PATTERNS if any(needle in text for needle in needles) and pattern.occurs(text)}


def _is_site_name(document: Document) -> bool:
    """Tell whether the title names the site and nothing else."""
    site = document.meta_content("SiteName")
    if site and document.title == site:
        return True
    first = _TITLE_PARTS.split(document.title)[0].strip("【】[] ")
    return len(first) <= 30 and bool(_SITE_NAME.search(first))


def _is_untitled_home(document: Document, parts: Parts) -> bool:
    """Tell whether a page without a title of its own shows what homepages show."""
    untitled = _UNTITLED.fullmatch("".join(document.title.split())) is not None
    return untitled and len(parts.blocks) >= 3 and len(set(_HOME_NAMES.findall(document.text))) >= _LEAST_HOME_NAMES


def _is_named_within_site(document: Document) -> bool:
    """Tell whether the title names something first and the site last, as pages below the homepage do."""
    parts = _TITLE_PARTS.split(document.title)
    return len(parts) > 1 and not _SITE_NAME.search(parts[0]) and bool(_SITE_NAME.search(parts[-1]))


def _title_heads_text(document: Document) -> bool:
    """Tell whether the first part of the title stands as a line of its own in the page, as the headline of an article does.

    The two are often typed separately: a line that is nearly the same counts.
    """
    first = _TITLE_PARTS.split(document.title)[0]
    if len(first) < 8 or _SITE_NAME.search(first):
        return False
    return any(line == first or _is_alike(line, first) for line in document.text.split("\n"))


def _tells_under_its_title(document: Document, dates: Sequence[DateCandidate]) -> bool:
    """Tell an article without its tools: below the homepage or dated, its title as a headline, and running text under it."""
    if not (is_inner(document) or dates) or not _title_heads_text(document):
        return False
    first = _TITLE_PARTS.split(document.title)[0]
    lines = document.text.split("\n")
    start = next((number for number, line in enumerate(lines) if line == first), len(lines))
    linked = {anchor.text for anchor in document.anchors}
    told = [line for line in lines[start + 1 :] if line not in linked]
    return first not in linked and sum(len(line) for line in told if "。" in line) >= _LEAST_TOLD


def _is_alike(line: str, title: str) -> bool:
    """Compare by the pairs of characters that two lines of about the same length share."""
    if len(title) < 12 or not 0.75 * len(title) <= len(line) <= 1.34 * len(title):
        return False
    pairs, wanted = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (line, title))
    return len(pairs & wanted) >= _LEAST_ALIKE * min(len(pairs), len(wanted)) and line[0] == title[0]


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
