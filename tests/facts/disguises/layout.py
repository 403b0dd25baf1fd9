"""Other elements around the same texts: headings, boxes, layers and names as other systems build them."""

import hashlib
import re
from collections.abc import Callable

from tests.facts.disguises.tree import Element, Node, Raw, rearranges

Wrap = Callable[[str], list[Node]]

_WIDGET = re.compile(r"^_")
_HIDING = re.compile(r"^(?:hide|hidden|d-none|none|dn|ng-hide|layui-hide|is-hidden)$")
_MARKED = re.compile(r"[\u4e00-\u9fff]{8}[^\d:：]*")
_HTML5 = (("header", r"head|top"), ("footer", r"foot|bottom|copyright"), ("nav", r"nav|menu"), ("aside", r"left|right|side"))


@rearranges
def boxes_as_sections(body: Element) -> None:
    """Stand for pages built of `header`, `nav`, `section`, `aside` and `footer`."""
    for element in body.all("div"):
        names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}".lower()
        element.name = next((name for name, pattern in _HTML5 if re.search(pattern, names)), "section")


@rearranges
def sections_as_boxes(body: Element) -> None:
    """Stand for pages that do without `header`, `nav`, `section`, `article` and `footer`."""
    for element in body.all("header", "footer", "nav", "section", "article", "aside", "main"):
        element.name = "div"


@rearranges
def boxes_as_centers(body: Element) -> None:
    """Stand for the pages of the nineties, set in `center`."""
    for element in body.all("div"):
        element.name = "center"


@rearranges
def headings_as_boxes(body: Element) -> None:
    """Stand for pages without heading elements."""
    for element in body.all("h1", "h2", "h3", "h4", "h5", "h6"):
        element.name = "div"


@rearranges
def headings_as_bold(body: Element) -> None:
    """Stand for headings set as bold text in a box."""
    for element in body.all("h1", "h2", "h3", "h4", "h5", "h6"):
        element.children = [Element("span", {}, [Element("b", {}, element.children)])]
        element.name = "div"


@rearranges
def headings_as_pictures(body: Element) -> None:
    """Stand for headings of columns that are painted, with their words as the picture's name."""
    entries = {id(inner) for entry in body.all("li", "a", "td") for inner in entry.walk()}
    for element in body.all("h2", "h3", "h4"):
        for holder in element.walk() if id(element) not in entries else ():
            holder.children = [
                Element("img", {"src": "/images/t.png", "alt": child.strip()}) if isinstance(child, str) and child.strip() else child
                for child in holder.children
            ]


@rearranges
def three_more_layers(body: Element) -> None:
    """Stand for pages with boxes around boxes around everything."""
    body.children = [Element("div", {"class": "w"}, [Element("div", {}, [Element("div", {"class": "inner"}, body.children)])])]


@rearranges
def a_layout_table(body: Element) -> None:
    """Stand for pages that are one table with everything in its only cell."""
    cell = Element("td", {"valign": "top"}, body.children)
    body.children = [Element("table", {"width": "1000", "align": "center"}, [Element("tbody", {}, [Element("tr", {}, [cell])])])]


@rearranges
def bands_in_tables(body: Element) -> None:
    """Stand for pages that are one table after another: every band of the page in one of its own."""
    body.children = [
        Element("table", {"width": "1000"}, [Element("tbody", {}, [Element("tr", {}, [Element("td", {}, [child])])])])
        if isinstance(child, Element) and child.name not in ("form",)
        else child
        for child in body.children
    ]


@rearranges
def layers_in_items(body: Element) -> None:
    """Stand for entries and cells with boxes around what they hold."""
    for element in body.all("li", "td", "dd"):
        element.children = [Element("div", {"class": "i"}, [Element("div", {}, element.children)])]


@rearranges
def texts_in_fonts(body: Element) -> None:
    """Stand for texts set in `font` by an editor."""
    _wrap_texts(body, lambda text: [Element("font", {"color": "#333333"}, [text])])


@rearranges
def texts_in_spans(body: Element) -> None:
    """Stand for texts set in bold within a `span`."""
    _wrap_texts(body, lambda text: [Element("span", {"style": "font-size:14px"}, [Element("b", {}, [text])])])


@rearranges
def words_in_emphasis(body: Element) -> None:
    """Stand for words that are marked in the middle of a text, as in what was searched for."""
    _wrap_texts(
        body, lambda text: [text[:3], Element("font", {"color": "red"}, [text[3:5]]), text[5:]] if _MARKED.fullmatch(text) else [text]
    )


def _wrap_texts(body: Element, wrap: Wrap) -> None:
    for element in list(body.walk()):
        if element.name not in ("option", "title", "button", "table", "tbody", "tr", "ul", "ol", "dl"):
            element.children = [
                node
                for child in element.children
                for node in (wrap(child) if isinstance(child, str) and len(child.strip()) > 1 else [child])
            ]


@rearranges
def names_hashed(body: Element) -> None:
    """Stand for class names that a compiler made up; those that hide, and what widgets and scripts ask for, stay."""
    for element in body.walk():
        if not _is_asked_for(element):
            _keep_names(element, _hashed)


@rearranges
def names_removed(body: Element) -> None:
    """Stand for pages without a class or id, as old editors make them; those that hide, and what scripts ask for, stay."""
    for element in body.walk():
        if not _is_asked_for(element):
            _keep_names(element, lambda name: "")


def _is_asked_for(element: Element) -> bool:
    """Tell whether a script may fill an element, or make it lead somewhere, which it finds by its name."""
    if element.name == "a":
        return bool(re.match(r"#|javascript:|$", element.attributes.get("href", "")))
    hidden = "none" in element.attributes.get("style", "")
    return hidden or (not element.text.strip() and not element.elements)


def _keep_names(element: Element, put: Callable[[str], str]) -> None:
    """Put other words for the class and id of an element."""
    names = element.attributes.pop("class", "").split()
    if kept := " ".join(filter(None, (name if _HIDING.match(name) else put(name) for name in names))):
        element.attributes["class"] = kept
    name = element.attributes.pop("id", "")
    if kept := name if _WIDGET.match(name) else put(name) if name else "":
        element.attributes["id"] = kept


def _hashed(name: str) -> str:
    return "_" + hashlib.sha256(name.encode()).hexdigest()[:7]


@rearranges
def links_around_items(body: Element) -> None:
    """Stand for cards: the whole entry is one link."""
    for item in body.all("li"):
        links = item.all("a")
        if len(links) == 1 and links[0].attributes.get("href") and not any(isinstance(child, Raw) for child in item.children):
            link = links[0]
            around = Element("a", dict(link.attributes), item.children)
            link.name, link.attributes = "h4", {}
            item.children = [around]
