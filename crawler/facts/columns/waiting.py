"""Lists that a script has yet to fill: what of the markup and the scripts says so."""

import re

from crawler.facts.columns.list_place import ListPlace
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.script_files import filling_file
from crawler.facts.tree.visibility import LOADING, TEMPLATE, read_fetching

_LIST_TEMPLATES = ("v-for", "ng-repeat", "ms-for", "ms-repeat", "ms-each", "x-for", "wx:for")
_TEMPLATE_TYPE = re.compile(r"text/(?:html|template|x-|ng-)", re.IGNORECASE)
_LONGEST_PLACEHOLDER = 60


def waits_for_script(document: Document, before: int) -> bool:
    """Tell whether the place between the breadcrumb and a list that begins at `before` is kept for a list that a script fills.

    The list below is then one at the side, and says nothing of the column.
    """
    body = ListPlace(document, before)
    if body.trail is None:
        return False
    outline = body.outline
    if any(name in document.markup for name in _LIST_TEMPLATES) and any(
        outline.has_attribute(element, *_LIST_TEMPLATES) for element in body.elements
    ):
        return True
    if any(_is_template(outline, element) for element in body.elements):
        return True
    if any("{{" in text or LOADING.search(text) for text in body.own if len(text) < _LONGEST_PLACEHOLDER):
        return True
    if document.derived(read_fetching) and body.has_empty_list():
        return True
    scripts = "\n".join(document.scripts)
    return any(mentions(scripts, selector) for selector in body.named_blanks())


def fetches_content(document: Document) -> bool:
    """Tell whether a script of the page fetches content, or the page has places for one to fill."""
    return bool(document.derived(read_fetching)) or TEMPLATE.search(document.text) is not None


def has_place_to_fill(document: Document) -> bool:
    """Tell whether a front page has a place that stands empty for a list, and a script that fetches content and knows that place.

    What a script file knows is not seen: one that by its name fills in lists may know any place.
    """
    body = ListPlace(document)
    if filling_file(document) and body.named_blanks():
        return True
    if not document.derived(read_fetching):
        return False
    scripts = "\n".join(document.scripts)
    lists = any(body.outline.has_attribute(element, *_LIST_TEMPLATES) for element in body.elements)
    return lists or any(mentions(scripts, selector) for selector in body.named_blanks())


def _is_template(outline: Outline, element: int) -> bool:
    return outline.tags[element] == "script" and _TEMPLATE_TYPE.match(outline.attribute(element, "type")) is not None


def mentions(script: str, selector: str) -> bool:
    """Tell whether a script names a selector, or the id it stands for."""
    return selector in script or (selector[0] == "#" and (f'"{selector[1:]}"' in script or f"'{selector[1:]}'" in script))
