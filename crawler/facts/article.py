"""What speaks for an article: its labels and tools, a date of its own, its title over running text."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.facts.lists.items import ENTRY_LENGTH, ItemList, read_lists
from crawler.facts.lists.kinds import holds_entries, names_offices
from crawler.facts.page_names import TITLE_PARTS, is_inner, title_heads_text
from crawler.facts.records import DateCandidate
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

_ARTICLE_WORDS = {
    "date": (
        ("时间", "日期"),
        r"(?:发布|发表|更新|时间发布|信息发布|生成|成文|录入|添加|公开)\s*(?:时间|日期)\s*[:：]|(?<![布新表文成])(?:时间"
        r"|日期)\s*[:：]\s*\[?\s*\d{4}",
    ),
    "source": (("源",), r"来\s*源\s*[:：]"),
    "author": (("者", "编"), r"作\s*者\s*[:：]|责任编辑|编\s*辑\s*[:：]"),
    "size": (("字", "大"), r"(?<!文)字\s*[体号]\s*[:：]|\[\s*大\s*中?\s*小|[【\[]\s*大\s*[】\]]"),
    "views": (("次数", "量", "数"), r"(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*[:：]?"),
    "print": (("印", "关闭"), r"打\s*印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)"),
    "share": (("分享",), r"分享"),
    "breadcrumb": (("正文",), r"[>＞»›→/]\s*(?:文章|内容|信息|详细)?正文"),
    "next": (("一篇", "一条"), r"[上下]一[篇条](?:[:：]|(?![^\n]))"),
}
"""What the labels and tools of an article look like; the needles are looked for first."""

_ARTICLE_PATTERNS = tuple((kind, needles, Phrase(pattern)) for kind, (needles, pattern) in _ARTICLE_WORDS.items())
_ARTICLE_WEIGHTS = {"size": 2, "next": 2, "breadcrumb": 2}
"""Words that lists and entrance pages never carry. The others stand in forms and popups too."""

_LABELLED_ENTRY = re.compile(r"(?:时间|日期|源|者)\s*[:：∶]")
_LEAST_TOLD = 60
"""Characters of sentences that an article without a date has at least."""

_OF_ENTRIES = ("date", "source", "author", "views")
"""What lists print beside their entries as well."""


class _Entry(NamedTuple):
    """An entry of a list with the day beside it: all that is printed of it."""

    text: str
    date: dt.date | None


def article_points(document: Document, dates: Sequence[DateCandidate]) -> int:
    """Return how much speaks for an article: its labels and tools, a date of its own, its title over the text, the article tags."""
    words = document.derived(article_words)
    points = sum(_ARTICLE_WEIGHTS.get(kind, 1) for kind in words)
    points += 2 * bool(document.meta_content("ArticleTitle") and document.meta_content("PubDate"))
    if (words or is_inner(document)) and any(_is_its_own(document, candidate) for candidate in dates):
        points += 1 + title_heads_text(document)
    return points


def article_words(document: Document) -> frozenset[str]:
    """Return the kinds of article words on a page, without those that only its lists print, beside their entries."""
    text = document.text
    found = {
        kind: pattern for kind, needles, pattern in _ARTICLE_PATTERNS if any(needle in text for needle in needles) and pattern.occurs(text)
    }
    beside_entries = {kind for kind in _OF_ENTRIES if kind in found and _only_beside_entries(document, found[kind])}
    return frozenset(found.keys() - beside_entries)


def _only_beside_entries(document: Document, pattern: Phrase) -> bool:
    beside = sum(1 for entry in document.derived(_entries) for _ in pattern.finditer(entry.text))
    return beside > 0 and beside >= sum(1 for _ in pattern.finditer(document.text))


def _is_its_own(document: Document, candidate: DateCandidate) -> bool:
    """Tell whether a date is that of the page and not of one of its entries, where these print labels as an article does."""
    entries = document.derived(_entries)
    return not any(entry.date == candidate.date and _LABELLED_ENTRY.search(entry.text) for entry in entries)


def _entries(document: Document) -> tuple[_Entry, ...]:
    """Return the entries of the dated lists; the byline of an article, with its office as a link, is none."""
    outline = document.outline
    return tuple(
        _Entry(outline.text_between(row.start, row.stop), item.date)
        for found in document.derived(read_lists)
        if found.dated and (len(found.items) > 1 or _is_single_entry(document, found))
        for row, item in zip(found.rows, found.items, strict=True)
    )


def _is_single_entry(document: Document, found: ItemList) -> bool:
    """Tell the only entry of a column from the byline of an article, its office a link, and from a file under its date."""
    return len(found.items[0].title) >= ENTRY_LENGTH and not names_offices(found) and not title_heads_text(document)


def tells_under_its_title(document: Document, dates: Sequence[DateCandidate]) -> bool:
    """Tell an article without its tools, below the homepage, dated or beside no list: its title as a headline, and text under it."""
    first, *others = TITLE_PARTS.split(document.title)
    if not title_heads_text(document) or not (is_inner(document) or dates or (others and not _lists_entries(document))):
        return False
    lines = document.text.split("\n")
    start = next((number for number, line in enumerate(lines) if line == first), len(lines))
    linked = {anchor.text for anchor in document.anchors}
    told = [line for line in lines[start + 1 :] if line not in linked]
    return first not in linked and sum(len(line) for line in told if "。" in line) >= _LEAST_TOLD


def _lists_entries(document: Document) -> bool:
    return any(len(found.items) > 1 and holds_entries(found) for found in document.derived(read_lists))
