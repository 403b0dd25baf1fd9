"""What of the markup a reader would see: parts that are hidden until a script shows them, and text that a script has yet to fill."""

import re

from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.phrase import Phrase

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|none|dn|ng-hide|layui-hide|is-hidden|template|tmpl)(?:\s|$)")
_CONDITIONS = (
    "v-if",
    "v-else",
    "v-else-if",
    "v-show",
    "v-for",
    "ng-if",
    "ng-show",
    "ng-hide",
    "ng-repeat",
    "x-show",
    "x-if",
    "ms-if",
    "ms-visible",
    "ms-repeat",
)
LIST_TEMPLATES = ("v-for", "ng-repeat", "ms-for", "ms-repeat", "ms-each", "x-for", "wx:for")
"""Attributes of an element that a script repeats for each entry of a list."""
TEMPLATE_TYPE = re.compile(r"text/(?:html|template|x-|ng-)", re.IGNORECASE)
"""The type of a script that holds markup for others to fill."""
_MAY_HIDE = re.compile(r"none|hid|(?<![a-z])dn|-(?:if|else|show|for|repeat|visible)|templ|tmpl", re.IGNORECASE)
"""What everything that hides has in it: asked first, since few elements hide."""
TEMPLATE = re.compile(r"\{\{|\$\{|<%|\{%|@\{|%>")
"""Text with places for a script to fill."""
LOADING = re.compile(
    r"(?:加载|载入|搜索|查询|检索|读取|获取)(?:数据)?中(?!心)|正在(?:加载|搜索|查询|载入|检索|获取)|请稍[后候等]|loading", re.IGNORECASE
)
_FETCHING = Phrase(
    r"\.ajax\s*\(|\$\.(?:get|post|getJSON)\s*\(|jQuery\.(?:get|post|getJSON|ajax)|XMLHttpRequest|\bfetch\s*\(|axios|new\s+Vue|createApp\s*\(|\.load\s*\(\s*[\"']"
    r"|\b(?:get|load|query|fetch)\w{0,12}(?:List|Data|News|Article|Info|Content)\w{0,8}\s*\("
    r"|jsonp|applyBindings|\.tmpl\s*\(|laytpl|template\s*\(\s*[\"']|ReactDOM|\bdatagrid\s*\(|ActiveXObject"
)


def read_fetching(document: Document) -> str:
    """Return the first words by which a script of the page fetches content from elsewhere, or builds it; empty where none does."""
    return next((match.group() for script in document.scripts if (match := _FETCHING.search(script))), "")


def is_hidden(outline: Outline, element: int) -> bool:
    """Tell whether an element, or one that holds it, is hidden by its own style or shown only under a script's condition."""
    told = outline.told_hidden
    asked: list[int] = []
    while element >= 0 and element not in told:
        asked.append(element)
        element = outline.parents[element]
    hidden = told.get(element, False)
    for inner in reversed(asked):
        hidden = told[inner] = hidden or _hides(outline, inner)
    return hidden


def _hides(outline: Outline, element: int) -> bool:
    printed = outline.printed_attributes(element)
    if not printed or not _MAY_HIDE.search(printed) or outline.tags[element] in ("body", "html"):
        return False
    return (
        bool(_HIDDEN_STYLE.search(outline.attribute(element, "style")))
        or bool(_HIDDEN_CLASS.search(outline.attribute(element, "class")))
        or outline.has_attribute(element, "hidden", *_CONDITIONS)
    )
