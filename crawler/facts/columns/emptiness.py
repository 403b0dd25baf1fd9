"""Whether a column page without entries is empty, or waits for a script to fill it."""

import re
from enum import StrEnum
from typing import NamedTuple

from crawler.facts.columns.list_place import PAGER_WORDS, ListPlace
from crawler.facts.columns.waiting import keeps_list, mentions
from crawler.facts.lists.pager import Pager, read_pager
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.script_files import filling_file, is_harmless, script_files, unknown_script
from crawler.facts.tree.signs import Sign
from crawler.facts.tree.visibility import LOADING, is_hidden, read_fetching

_TEMPLATE = Sign(
    re.compile(
        r"\{\{[^{}]{1,80}\}\}|\$\{[\w.]{1,40}\}|<(?:%=|el-|router-view|template\b)"
        r"|\s(?:v-(?:for|text|html|if|show|bind)\b|ng-(?:repeat|bind|app|controller)|data-bind=|datasrc=|ms-(?:for|repeat|each)"
        r"|[:@](?:href|title|key|click|src)=)"
        r"|type=[\"']?text/(?:html|x-[\w-]*|template|x-template|ng-template)",
        re.IGNORECASE,
    ),
    (
        *(
            "{{",
            "${",
            "<%=",
            "<el-",
            "<router-view",
            "<template",
            "v-for",
            "v-text",
            "v-html",
            "v-if",
            "v-show",
            "v-bind",
            "ng-repeat",
            "ng-bind",
            "ng-app",
        ),
        *("ng-controller", "data-bind=", "datasrc=", "ms-for", "ms-repeat", "ms-each"),
        *(f"{mark}{name}=" for mark in ":@" for name in ("href", "title", "key", "click", "src")),
        *("text/html", "text/x-", "text/template", "text/ng-template"),
    ),
)
_UNREAD_INCLUDE = re.compile(r"<!--\s*#include\b")
"""What the server should have put in the page's place: the page was saved without it."""


class Emptiness(StrEnum):
    """What a page without entries is."""

    UNKNOWN = "unknown"
    EMPTY = "empty"
    SCRIPT_FILLED = "script_filled"


class EmptinessReading(NamedTuple):
    """The state, and the words or markup it was told from."""

    state: Emptiness
    excerpt: str = ""


_KEPT = "textarea, noscript, select"
_CONTENT_TAGS = frozenset({"iframe", "frame", "object", "embed", "img", "video", "canvas", "svg", "button", "select", "input"})
_MOST_BESIDES = 60


def read_emptiness(document: Document) -> EmptinessReading:
    """Tell what a page is on which no list of entries was found.

    `EMPTY` needs the page's own word (共0条, 暂无信息) or a blank place under the breadcrumb, and that nothing could fill it later: no
    template, no request by script, no empty element that a script knows, not a later page of a pager. In doubt it is `SCRIPT_FILLED`.
    """
    body = ListPlace(document)
    pager = document.derived(read_pager)
    stated = _stated_empty(body, pager)
    blank = body.breadcrumb is not None and body.is_blank
    if not stated and not blank and not body.is_shell:
        return EmptinessReading(Emptiness.UNKNOWN)
    filling = _filling(document, body)
    if pager.page and pager.page > 1:
        return EmptinessReading(Emptiness.SCRIPT_FILLED, filling) if filling else EmptinessReading(Emptiness.UNKNOWN)
    if filling and (stated or (body.is_shell and not body.is_form)):
        return EmptinessReading(Emptiness.SCRIPT_FILLED, filling)
    if body.followed_by_entries(document):
        return EmptinessReading(Emptiness.UNKNOWN)
    if document.limited or body.is_form:
        return EmptinessReading(Emptiness.UNKNOWN)
    if stated and pager.total != 0 and (unknown := unknown_script(document)):
        return EmptinessReading(Emptiness.SCRIPT_FILLED, unknown)
    if stated:
        return EmptinessReading(Emptiness.EMPTY, stated)
    if blank and (pager.total or (pager.pages or 0) > 1):
        # The pager counts what is not there: it comes from elsewhere.
        return EmptinessReading(Emptiness.SCRIPT_FILLED, pager.excerpt)
    return _blank(document, body) if blank else EmptinessReading(Emptiness.UNKNOWN)


def _stated_empty(body: ListPlace, pager: Pager) -> str:
    """Return the words with which a page says that its list holds nothing; empty where it does not, or where more stands there."""
    stated = next((body.outline.texts[position] for position in body.denials), "")
    rest = sum(len(text) for text in body.unlinked if text != stated and not PAGER_WORDS.fullmatch(text))
    if rest > _MOST_BESIDES:
        return ""
    return pager.excerpt if pager.total == 0 else stated


def _filling(document: Document, body: ListPlace) -> str:
    """Return what may fill the list after the page was loaded; empty where nothing is seen that could."""
    if match := document.searched.first(_TEMPLATE):
        return match.group().strip()
    if loading := next((text for text in body.own if len(text) < 40 and LOADING.search(text)), None):
        return loading
    if hidden := next((position for position in body.denials if is_hidden(body.outline, body.outline.holders[position])), None):
        # Words kept for the case that a script finds nothing.
        return body.outline.texts[hidden]
    if fetching := document.derived(read_fetching):
        return fetching
    if document.derived(keeps_list):
        return _KEPT
    if match := _UNREAD_INCLUDE.search(document.source):
        return match.group()
    if source := body.source:
        return source
    scripts = "\n".join(document.scripts)
    for selector in body.named_blanks():
        if mentions(scripts, selector):
            return selector
    return filling_file(document)


def _is_content(outline: Outline, element: int) -> bool:
    return outline.tags[element] in _CONTENT_TAGS or "url(" in outline.attribute(element, "style")


def _blank(document: Document, body: ListPlace) -> EmptinessReading:
    """Judge a page with nothing between its breadcrumb and its footer.

    A page that was cut off shows nothing either: without a footer nothing is said. A picture, a frame or something to press is content, and
    any script whose doings are not known may be what shows the list.
    """
    outline = body.outline
    if body.stop == len(outline.texts) or any(_is_content(outline, element) for element in body.elements):
        return EmptinessReading(Emptiness.UNKNOWN)
    # The pager that a publishing system wrote together with its list is none of them.
    inside = any(outline.tags[element] == "script" and "createPageHTML" not in outline.script_text(element) for element in body.elements)
    unknown = next((source for source in script_files(document) if not is_harmless(source)), "")
    if inside or unknown or document.unshown or body.is_menu_alone:
        return EmptinessReading(Emptiness.SCRIPT_FILLED, unknown[-100:])
    return EmptinessReading(Emptiness.EMPTY, document.title[:100])
