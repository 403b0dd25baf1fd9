"""Other feet, search boxes and heads for the same page."""

import re

from tests.facts.disguises.tree import INLINE, PLAIN, Element, Node, parse, rearranges, rewrites_texts

_NAMED = re.compile(r"^(?!.*code).+", re.IGNORECASE)
_FILED = re.compile(r"备案|ICP|公网安备|标识码", re.IGNORECASE)
_FILINGS = re.compile(r"beian|miitbeian|miibeian")
_ICP = re.compile(r"([京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘陇青宁新]ICP备)\s*(\d{6,10})\s*号(?:\s*-\s*(\d+))?")
_CODE = re.compile(r"(网站标识码)\s*[:：]?\s*([A-Za-z]{0,2}\d{8,10})")
_BLOCKS = ("p", "div", "li", "tr", "dd", "td", "span", "ul")


def _foot(body: Element) -> list[Element]:
    """Return the elements that hold marks of the foot in several blocks of the same kind."""
    return [
        element
        for element in body.all("div", "td", "footer", "ul", "tbody", "section")
        if len(element.elements) > 1
        and _FILED.search(element.text)
        and len(element.text) < 1500
        and all(child.name in _BLOCKS and child.name not in INLINE for child in element.elements)
        and all(isinstance(child, Element) or (isinstance(child, str) and not child.strip()) for child in element.children)
    ]


@rearranges
def lines_reversed(body: Element) -> None:
    """Stand for feet whose lines come in another order."""
    for element in _foot(body):
        element.children.reverse()


@rearranges
def filings_without_links(body: Element) -> None:
    """Stand for filing numbers that are plain text."""
    for link in body.all("a"):
        if _FILINGS.search(link.attributes.get("href", "")) and "备" in link.text:
            link.name, link.attributes = "span", {}


@rearranges
def filings_in_links(body: Element) -> None:
    """Stand for filing numbers that lead to the register."""
    for element in list(body.walk()):
        if element.name != "a":
            children: list[Node] = []
            for child in element.children:
                match = _ICP.search(child) if isinstance(child, str) else None
                if match and isinstance(child, str):
                    link = Element("a", {"href": "https://beian.miit.gov.cn/", "target": "_blank"}, [match.group()])
                    children += [child[: match.start()], link, child[match.end() :]]
                else:
                    children.append(child)
            element.children = children


@rewrites_texts
def filings_with_spaces(text: str) -> str:
    """Stand for filing numbers with spaces between their parts."""
    return _ICP.sub(lambda match: f"{match[1]} {match[2]} 号" + (f" - {match[3]}" if match[3] else ""), text)


@rewrites_texts
def filings_with_labels(text: str) -> str:
    """Stand for filing numbers behind a label."""
    return _ICP.sub(lambda match: f"备案序号：{match[0]}", text)


@rewrites_texts
def filings_in_small_letters(text: str) -> str:
    """Stand for filing numbers typed in small letters."""
    return _ICP.sub(lambda match: match[0].replace("ICP", "icp"), text)


@rewrites_texts
def filings_in_full_width(text: str) -> str:
    """Stand for filing numbers typed in full-width letters and digits."""
    return _ICP.sub(lambda match: match[0].translate({code: code + 0xFEE0 for code in range(0x30, 0x5B)}), text)


@rewrites_texts
def codes_in_brackets(text: str) -> str:
    """Stand for site codes in brackets."""
    return _CODE.sub(r"\1【\2】", text)


@rewrites_texts
def codes_without_colon(text: str) -> str:
    """Stand for site codes with a space in place of the colon."""
    return _CODE.sub(r"\1 \2", text)


@rewrites_texts
def codes_with_other_label(text: str) -> str:
    """Stand for site codes named 网站识别码."""
    return _CODE.sub(r"网站识别码：\2", text)


@rearranges
def bars_between(body: Element) -> None:
    """Stand for feet in one line, parted by bars."""
    for element in _foot(body):
        if all(child.inline for child in element.elements) and not any(child.name == "tr" for child in element.elements):
            element.children = [node for child in element.elements for node in (*child.children, " | ")]


@rearranges
def search_without_form(body: Element) -> None:
    """Stand for a search box without a form, whose button is a link that calls a script."""
    for form in body.all("form"):
        form.name = "div"
        form.attributes = {name: value for name, value in form.attributes.items() if name in ("class", "id", "style")}
        for button in form.all("input", "button"):
            if button.attributes.get("type", "submit" if button.name == "button" else "text").lower() in ("submit", "button", "image"):
                words = button.attributes.get("value") or button.text.strip() or "搜索"
                button.name, button.attributes, button.children = "a", {"href": "javascript:search()"}, [words]


@rearranges
def search_with_icon(body: Element) -> None:
    """Stand for a search box whose button is an icon."""
    for button in body.all("input", "button"):
        if button.attributes.get("type", "").lower() == "submit" or (button.name == "button" and not button.attributes.get("type")):
            handler = {"onclick": button.attributes["onclick"]} if "onclick" in button.attributes else {}
            button.name, button.attributes, button.children = (
                "button",
                {"type": "submit", **handler},
                [Element("i", {"class": "icon-search"})],
            )


@rearranges
def search_hint_as_value(body: Element) -> None:
    """Stand for boxes whose hint is their value, taken away by a handler."""
    for box in body.all("input"):
        if hint := box.attributes.pop("placeholder", ""):
            box.attributes |= {"value": hint, "onfocus": f"if(this.value=='{hint}')this.value=''"}


@rearranges
def fields_renamed(body: Element) -> None:
    """Stand for forms whose fields have names that say nothing."""
    for number, box in enumerate(body.all("input")):
        if box.attributes.get("type", "text").lower() in ("text", "search") and "name" in box.attributes:
            box.attributes["name"] = f"f{number}"


def title_of_the_site(page: str) -> str:
    """Stand for systems whose every page has the same title."""
    root = parse(page)
    for title in root.all("title")[:1]:
        title.children = ["清河县人民政府门户网站"]
    return PLAIN.page(root)


def without_metadata(page: str) -> str:
    """Stand for pages without keywords, description and page tags but for the site's code, which may be printed nowhere else."""
    root = parse(page)
    for head in root.all("head"):
        head.children = [
            child
            for child in head.children
            if not (isinstance(child, Element) and child.name == "meta" and _NAMED.search(child.attributes.get("name", "")))
        ]
    return PLAIN.page(root)
