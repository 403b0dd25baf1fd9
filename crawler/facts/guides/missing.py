"""What a guide truly lacks: elements that it tells under no heading, and at which nothing else of it hints.

A layout that was misread is misread on all guides of a site. It must cost a finding, and accuse nobody.
"""

import re
from collections.abc import Sequence

from crawler.facts.columns.waiting import mentions
from crawler.facts.guides.frame import end_of_guide, is_picture, own_lines
from crawler.facts.guides.hints import hints_at
from crawler.facts.guides.parts import Part, is_attached
from crawler.facts.guides.unknown_headings import has_unknown_element, has_unknown_heading
from crawler.facts.tree.document import Document
from crawler.facts.tree.printed_lines import EMPTY_CELL, IMAGE, without_signs

_ATTRIBUTES = re.compile(
    r"<(?!(?:a|area|link|meta)\s)[a-z][a-z\d]*(?=\s)[^<>]*?\s(?:title|label|value|summary|data-[a-z-]{1,20})=[\"']?([^\"'<>]{2,200})",
    re.IGNORECASE,
)
"""What is shown of an element when it is pointed at, or kept for scripts."""
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}")
_PLACES = ("div", "section", "article", "ul", "ol", "dl", "table", "tbody", "td")
_MOST_PLACES = 100
_FORM = re.compile(r"[表书证照]|样本|范本|文本")
"""What files to be filled in are called: they tell nothing of the service."""


def lacking(elements: Sequence[str], document: Document, lines: list[str], parts: Sequence[Part], title: str) -> tuple[str, ...]:
    """Return those of the elements at which a guide does not hint, of those that it tells under no heading.

    There are none where anything may be told by a picture or a file among the texts, under a heading in words that are not known, or by a
    script that knows an empty place.
    """
    if not elements:
        return ()
    before, after = own_lines(document, lines, parts, title)
    pictured = any(map(is_picture, before)) or any(_has_more_than_text(part, lines[part.line]) for part in parts)
    misread = has_unknown_heading(before, lines[: end_of_guide(lines, parts)], parts) or has_unknown_element(document)
    if pictured or misread or _has_place_for_script(document):
        return ()
    own = [*before, *after, *_ATTRIBUTES.findall(document.markup)]
    return tuple(element for element in elements if not _is_hinted(element, own, lines, parts))


def _is_hinted(element: str, own: list[str], lines: list[str], parts: Sequence[Part]) -> bool:
    """Tell whether a guide hints at an element; where its heading stands before an empty cell, what follows the cell counts alone."""
    bare = [part for part in parts if element in part.classes]
    empty_cells = [part for part in bare if part.value[:1] == (EMPTY_CELL,)]
    if empty_cells:
        return any(hints_at(element, part.value) for part in empty_cells)
    if any(_stands_among_labels(lines, part.line) for part in bare):
        return True
    headings = {lines[part.line] for part in bare}
    return hints_at(element, (line for line in own if line not in headings))


def _has_more_than_text(part: Part, heading: str) -> bool:
    """Tell whether a picture or a file that is no form stands beside the text under a heading; the only one there tells of that heading."""
    value = part.value[1:] if IMAGE in heading else part.value
    texts = [line for line in value if without_signs(line)]
    files = [line for line in texts if part.classes and is_attached(line)]
    pictures = sum(map(is_picture, value))
    return pictures > (0 if texts else 1) or (len(files) < len(texts) and not all(_FORM.search(without_signs(line)) for line in files))


def _has_place_for_script(document: Document) -> bool:
    """Tell whether an inline script knows an empty element by its id: it may put there what the page does not tell."""
    scripts, outline = "\n".join(document.scripts), document.outline
    empty = (element for element in outline.with_tags(*_PLACES) if outline.starts[element] == outline.stops[element])
    names = dict.fromkeys(name for element in empty for name in outline.attribute(element, "id").split())
    return any(mentions(scripts, f"#{name}") for name in list(names)[:_MOST_PLACES])


def _stands_among_labels(lines: list[str], at: int) -> bool:
    """Tell whether a heading stands in a row of short names with nothing between them: they may be tabs, or the head of a table."""
    around = [_LABEL.fullmatch(without_signs(line)) is not None for line in lines[max(at - 1, 0) : at + 3]]
    return at > 0 and any(map(all, zip(around, around[1:], around[2:], strict=False)))
