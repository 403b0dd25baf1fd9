"""Lists that a script has yet to fill: what of the markup and the scripts says so."""

import re

from crawler.facts.columns.list_place import ListPlace
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.visibility import LIST_TEMPLATES, LOADING, TEMPLATE, TEMPLATE_TYPE, read_fetching

_LONGEST_PLACEHOLDER = 60
_ROW = re.compile(r"<(?:li|tr|dd|p)\b", re.IGNORECASE)
_DAY = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|[>\[(]\d\d-\d\d[<\])]")
_FEWEST_DAYS = 3


def waits_for_script(document: Document, before: int) -> bool:
    """Tell whether the place between the breadcrumb and a list that begins at `before` is kept for a list that a script fills.

    The list below is then one at the side, and says nothing of the column.
    """
    body = ListPlace(document, before)
    if body.breadcrumb is None:
        return False
    if document.derived(keeps_list):
        return True
    outline = body.outline
    if any(name in document.markup for name in LIST_TEMPLATES) and any(
        outline.has_attribute(element, *LIST_TEMPLATES) for element in body.elements
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


def keeps_list(document: Document) -> bool:
    """Tell whether entries with days are kept where no list is read: for scripts in a text field, for others than scripts, in a menu.

    Pages that load late keep their parts in a `textarea` until they are scrolled to. What `noscript` holds is shown to nobody whose
    browser runs scripts, and tells what these show in its place. The entries of a `select` are seen, but by no list.
    """
    outline = document.outline
    kept = [text for field in outline.with_tags("textarea") if _ROW.search(text := outline.running_text(field))]
    kept += map(outline.running_text, outline.with_tags("select"))
    kept += filter(_ROW.search, document.unshown)
    return any(len(_DAY.findall(text)) >= _FEWEST_DAYS for text in kept)


def _is_template(outline: Outline, element: int) -> bool:
    return outline.tags[element] == "script" and TEMPLATE_TYPE.match(outline.attribute(element, "type")) is not None


def mentions(script: str, selector: str) -> bool:
    """Tell whether a script names a selector, or the id or class it stands for."""
    return selector in script or f'"{selector[1:]}"' in script or f"'{selector[1:]}'" in script
