"""Whether a front page may show more than was read of it: lists that its scripts and fragments have yet to write."""

import datetime as dt
import re
from collections.abc import Iterator

from crawler.facts.columns.list_place import ListPlace
from crawler.facts.columns.waiting import keeps_list, mentions
from crawler.facts.dates.printed import day_of
from crawler.facts.frames import INCLUDING, included, is_of_government
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.script_files import filling_file, is_harmless
from crawler.facts.tree.signs import Sign
from crawler.facts.tree.visibility import LIST_TEMPLATES, TEMPLATE_TYPE, is_hidden, read_fetching

_MADE_BY_PROGRAM = re.compile(r"\.(?:aspx?|ashx|php|jsp|do|action|cgi)(?:[?;]|$)", re.IGNORECASE)
_CONTENT_FILE = re.compile(r"(?:news|list|data|info|article|xinwen|gonggao|(?<![a-z])(?:xw|gg|tz))[\w-]*\.js|/\d{3,}\.js", re.IGNORECASE)
_NO_CONTENT = re.compile(
    r"(?:^|[/_.-])(?:ads?|count\w*|hits?|click\w*|stats?|tongji|visit\w*|online|vote|weather|tianqi|log\w*|calendar|rili|clock|times?|date|lunar"
    r"|kefu|share|qq|wx|weixin|top|head\w*|foot\w*|nav|menu|search\w*|so|link\w*|lang\w*|common|public|base|main|index|global)(?=[/_.?\d-]|$)",
    re.IGNORECASE,
)
"""What script files write that is no list of entries: advertisements, counters, clocks, menus."""
_TEMPLATES = Sign(re.compile(rf"\b(?:{'|'.join(LIST_TEMPLATES)})\s*="), LIST_TEMPLATES)
_INERT = Sign(
    re.compile(
        r"<textarea\b[^<>]*>[^<]{0,200}?(?:<|&lt;)(?:a|div|dl|iframe|li|ol|p|script|table|ul)\b|<template\b[^<>]*>\s*(?!\s|</)", re.I
    ),
    ("<textarea", "<template"),
)
"""Markup that is kept where it is not shown, until a script takes it out."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|mp4|swf)\b", re.IGNORECASE)
_HOLDERS = frozenset({"body", "html", "form", "head"})
_DAY = re.compile(r"(?<!\d)(20[0-4]\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)")
_MOST_CHARACTERS = 200_000
"""Of a script that is looked at for days."""


def may_show_more(document: Document, newest: dt.date | None) -> bool:
    """Tell whether a front page has a place that something not read fills, or a script that holds a later day than `newest`.

    The day of the visit in a script is that of a clock.
    """
    outline = document.outline
    body = ListPlace(document)
    return (
        _has_template(document)
        or document.derived(keeps_list)
        or document.searched.first(_INERT) is not None
        or any(True for _ in outline.with_attributes("srcdoc"))  # a page in an attribute, which only browsers read
        or any(_writes_content(document, element) for element in outline.with_tags("script"))
        or _includes_content(document)
        or (bool(body.source) and not _PICTURE.search(body.source) and not _NO_CONTENT.search(body.source))
        or _has_known_blank(document, body)
        or any((newest is None or day > newest) and document.day.has_passed(day) for day in _days_in_scripts(document))
    )


def _has_template(document: Document) -> bool:
    """Tell whether the page holds the form of entries that a script makes."""
    outline = document.outline
    if document.searched.first(_TEMPLATES) and outline.with_attributes(*LIST_TEMPLATES):
        return True
    return any(TEMPLATE_TYPE.match(outline.attribute(element, "type")) for element in outline.with_tags("script"))


def _has_known_blank(document: Document, body: ListPlace) -> bool:
    """Tell whether a place stands empty for a list, and a script that fetches content knows it, or may: what a file knows is not seen."""
    if filling_file(document) and body.named_blanks():
        return True
    if not document.derived(read_fetching):
        return False
    scripts = "\n".join(document.scripts)
    return any(mentions(scripts, selector) for selector in body.named_blanks())


def _writes_content(document: Document, element: int) -> bool:
    """Tell whether a script file writes entries where it stands: made by a program, or named for entries and alone in its place."""
    outline = document.outline
    source = outline.attribute(element, "src")
    if not source or is_harmless(source) or _NO_CONTENT.search(source.split("?", 1)[0]):
        return False
    named = _MADE_BY_PROGRAM.search(source) or (_CONTENT_FILE.search(source) and _stands_alone(outline, element))
    if not named or is_hidden(outline, element):
        return False
    address = document.resolve(source)
    return address is not None and is_of_government(address, document.url)


def _stands_alone(outline: Outline, element: int) -> bool:
    holder = outline.parents[element]
    return holder >= 0 and outline.tags[holder] not in _HOLDERS and outline.starts[holder] == outline.stops[holder]


def _includes_content(document: Document) -> bool:
    if document.searched.first(INCLUDING) is None:
        return False
    return any(address and not _NO_CONTENT.search(address) for address in included(document.outline))


def _days_in_scripts(document: Document) -> Iterator[dt.date]:
    for script in document.scripts:
        if "20" in script:
            for match in _DAY.finditer(script, 0, _MOST_CHARACTERS):
                if day := day_of(int(match[1]), int(match[2]), int(match[3])):
                    yield day
