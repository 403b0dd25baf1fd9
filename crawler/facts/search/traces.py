"""What is left of a search where no field of one stands in the page: a frame, a page of its own, a script, an element of its name."""

import re

from crawler.facts.records import SearchForm, SearchState
from crawler.facts.search.nodes import excerpt_of, names_of, shortened, words_of
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.signs import Sign

_LINK_NAME = re.compile(
    r"(?:站内|全站|全文|智能|高级|网站|信息)?(?:搜\s*索|检\s*索)|(?:站内|全站|全文|信息|网站)查\s*询|搜一搜|🔍|🔎|search", re.IGNORECASE
)
_FRAME = re.compile(r"search|sousuo|jiansuo|jsearch", re.IGNORECASE)
_WRITTEN = Phrase(
    r"<input[^<>]*(?:search|keyword|搜索|检索|关键)[^<>]*>|(?:location(?:\.href)?\s*=|window\.open\s*\()[^;\n]{0,80}(?:search|jsearch"
    r"|sousuo)[^;\n]{0,80}[?&]\w+="
    r"|(?:znsv|zhannei)\.baidu\.com|customer_search|cse\.google\.|googleapis?\.com/customsearch|id=[\"']?bdcs\b",
    re.IGNORECASE,
)
_LONGEST_TAG = 400
_SEARCH_WORDS = ("search", "sousuo", "jiansuo", "搜索", "检索")
_HINT = re.compile(
    r"<(?:a|i|em|span|div|button|img|svg|use|li|td|dd|p|section|center|nav|header|label|textarea|[a-z]{1,8}-[\w\-]+)\b[^<>]*\b(?:class|id|onclick|href|src|title|alt|placeholder|icon)\s*=\s*[\"']?[^\"'<>]*"
    r"(?:(?<!re)search|sousuo|jiansuo|搜索|检索)[^<>]*>"
    r"|<script\b[^<>]*\bsrc\s*=\s*[\"']?(?:[^\s\"'<>]*/)?(?:(?:site|web|top|head)_?)?(?:search|sousuo|jiansuo)(?:\.min)?\.js[^<>]*>",
    re.IGNORECASE,
)
"""An element that by its name belongs to a search: what it does only its script knows."""
_FRONT_DOOR = re.compile(r"href\s*=\s*[\"']?https?://[^/\"'\s>]+/?[\"'\s>]", re.IGNORECASE)
"""A link to the front page of a search engine searches the whole web and no site."""
_PRINTED = Sign(
    re.compile(r"(?:>|\bvalue\s*=\s*[\"']?)\s*(?:站\s*内|全\s*站|全\s*文|智能)?\s*(?:搜\s{0,6}索|检\s{0,6}索)\s*[<\"']"),
    ("搜", "检"),
)
"""A button or a name without a field: what it opens only a script knows."""
_MOST_PLACES = 150


def read_trace(document: Document) -> SearchForm | None:
    """Return a search kept in a frame, on a page of its own, or written by a script, or what bears its name; None without any."""
    for frame in document.tree.css("iframe[src]"):
        source = frame.attributes.get("src") or ""
        if _FRAME.search(f"{source} {names_of(frame)}") or (frame.parent is not None and _FRAME.search(words_of(frame.parent))):
            return SearchForm(state=SearchState.JS_ONLY, action=document.resolve(source), excerpt=excerpt_of(frame))
    for anchor in document.anchors:
        if len(anchor.text) <= 8 and _LINK_NAME.fullmatch(anchor.text) and (target := document.resolve(anchor.href)):
            return SearchForm(state=SearchState.JS_ONLY, action=target, excerpt=shortened(document.outline.markup_of(anchor.element)))
    for script in document.scripts:
        if written := _WRITTEN.search(script):
            return SearchForm(state=SearchState.JS_ONLY, excerpt=shortened(written.group()))
    hint = _hint(document.markup) or _printed(document)
    return SearchForm(state=SearchState.JS_ONLY, excerpt=shortened(hint)) if hint else None


def _hint(markup: str) -> str:
    """Return the first tag that by its name belongs to a search, or nothing; looked for around the words, since few pages have them."""
    lower = markup.lower()
    for word in _SEARCH_WORDS:
        position = lower.find(word)
        for _ in range(_MOST_PLACES):
            if position < 0:
                break
            start = markup.rfind("<", max(0, position - _LONGEST_TAG), position)
            if start >= 0 and (tag := _HINT.match(markup, start, position + _LONGEST_TAG)) and not _FRONT_DOOR.search(tag.group()):
                return tag.group()
            position = lower.find(word, position + len(word))
    return ""


def _printed(document: Document) -> str:
    """Return the button or name of a search that stands without a field, or nothing."""
    printed = document.searched.first(_PRINTED)
    return printed.group().strip("><\"' ") if printed else ""
