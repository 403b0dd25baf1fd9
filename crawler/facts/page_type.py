"""What kind of page this is: from its structure and its words together."""

import re
from typing import NamedTuple

from crawler.facts.document import Document
from crawler.facts.notices import is_not_found
from crawler.facts.records import Column, DateCandidate, Forward, ForwardKind, Guide, Letters, Notice, PageType, SearchAnswer
from crawler.facts.spam import is_spam_injected

_BREADCRUMB = re.compile(
    r"(?:当前|所在|您的|现在|目前|页面)的?\s*(?:页面)?位\s*置|位置\s*[:：]|当前栏目\s*[:：]|(?:^|\n)\s*首\s*页\s*(?:>+|»|›|→|-\s*>)"
)
_ARTICLE_WORDS = re.compile(
    r"(?P<date>(?:发布|发表|更新|时间发布|信息发布|生成|成文|录入|添加|公开)\s*(?:时间|日期)\s*[:：]|(?<![布新表文成])(?:时间|日期)\s*[:：]\s*\[?\s*\d{4})"
    r"|(?P<source>(?:信息|文章|稿件)?来\s*源\s*[:：])|(?P<author>作\s*者\s*[:：]|责任编辑|编\s*辑\s*[:：])"
    r"|(?P<size>字\s*[体号]\s*[:：]|\[\s*大\s*中?\s*小|[【\[]\s*大\s*[】\]])|(?P<views>(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*[:：]?)"
    r"|(?P<print>打\s*印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面))|(?P<share>分享(?:到|至)?)|(?P<next>[上下]一[篇条][:：]?)"
)
_ENTRANCE = re.compile(r"(?:https?://[^/]+)?/?(?:index|default|home|main)?(?:_?\d)?(?:\.\w+)?/?$", re.IGNORECASE)
_SHELL_ROOTS = "#app, #root, #__next, #__nuxt, [ng-app], app-root, [data-reactroot]"
_SHELL_TEXT = 200
_HOME_LINKS = 25
_SITE_TITLE = re.compile(
    r"(?:政府|门户|网站|网|局|委员会|厅|办公室|中心|院|部|馆|校|协会|信息港|之窗|在线|平台|首\s*页)\s*$|^(?:首\s*页|欢迎)|政府门户网站|官方网站|官网"
)
_REPORT_TITLE = re.compile(r"政府网站(?:工作)?年度(?:工作)?报表|政府网站工作年报|政府网站年报")


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
    if document.tree.css_first(_SHELL_ROOTS) is not None:
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
    if parts.forward:
        return PageType.FRAMESET if parts.forward.kind is ForwardKind.FRAME else PageType.REDIRECT_STUB
    if is_spam_injected(document):
        return PageType.SPAM_INJECTED
    if is_not_found(document) and document.tree.css_first(_SHELL_ROOTS) is None:
        return PageType.SOFT_404
    return None


def _content(document: Document, parts: Parts) -> PageType:
    if parts.search_answer:
        return PageType.SEARCH_RESULTS
    if parts.guide:
        return PageType.GUIDE
    if is_report_page(document):
        return PageType.ANNUAL_REPORT
    if parts.letters:
        letters = parts.letters.letters
        return PageType.INTERACTION_DETAIL if len(letters) == 1 and letters[0].url is None else PageType.INTERACTION_LIST
    inner = is_inner(document)
    article = article_score(document)
    if not inner and article < 2 and len(document.anchors) >= _HOME_LINKS:
        return PageType.HOME
    if article >= 2:
        return PageType.ARTICLE
    if parts.column:
        return PageType.COLUMN
    return PageType.HOME if not inner and len(document.anchors) >= 10 and _SITE_TITLE.search(document.title) else PageType.OTHER


def is_report_page(document: Document) -> bool:
    """Tell whether a page is itself a 政府网站工作年度报表: its title says so, and the form's rows are there."""
    return (
        bool(_REPORT_TITLE.search(document.title))
        and "信息发布" in document.text
        and ("填报单位" in document.text or "标识码" in document.text)
    )


def is_inner(document: Document) -> bool:
    """Tell whether a page says that it lies below the homepage: a breadcrumb, or the page tags of columns and articles."""
    if document.url and _ENTRANCE.fullmatch(document.url.split("?", 1)[0]):
        return False
    if document.meta_content("ColumnName", "ArticleTitle", "PubDate"):
        return True
    return bool(_BREADCRUMB.search(document.text))


def article_score(document: Document) -> int:
    """Return how much speaks for an article: labelled date, source, author, font size, print, share, next; article tags count double."""
    kinds = {match.lastgroup for match in _ARTICLE_WORDS.finditer(document.text)}
    score = len(kinds)
    if document.meta_content("ArticleTitle") and document.meta_content("PubDate"):
        score += 2
    return score
