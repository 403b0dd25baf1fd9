"""Other ways for a link to lead to the same page."""

import re

from tests.facts.disguises.tree import PLAIN, Element, parse, rearranges

_OWN = re.compile(r"(?!#|javascript:|mailto:|tel:|https?:|//|data:)\S", re.IGNORECASE)
_LEADING = re.compile(r"(?!#|javascript:|mailto:|tel:|data:)\S", re.IGNORECASE)
_SITE = "www.qinghe.gov.cn"


def _path(href: str) -> str:
    return "/" + re.sub(r"^(?:\.{0,2}/)*", "", href)


def _links(body: Element, kind: re.Pattern[str]) -> list[Element]:
    return [link for link in body.all("a") if kind.match(link.attributes.get("href", "").strip())]


@rearranges
def absolute(body: Element) -> None:
    """Stand for links with the whole address."""
    for link in _links(body, _OWN):
        link.attributes["href"] = f"http://{_SITE}{_path(link.attributes['href'].strip())}"


@rearranges
def without_scheme(body: Element) -> None:
    """Stand for links that begin with two slashes."""
    for link in _links(body, _OWN):
        link.attributes["href"] = f"//{_SITE}{_path(link.attributes['href'].strip())}"


@rearranges
def with_query(body: Element) -> None:
    """Stand for links that carry parameters."""
    for link in _links(body, _OWN):
        href = link.attributes["href"].strip()
        link.attributes["href"] = f"{href}{'&' if '?' in href else '?'}from=list&v=1"


@rearranges
def by_click(body: Element) -> None:
    """Stand for links that a handler opens."""
    for link in _links(body, _LEADING):
        link.attributes["onclick"] = f"window.open('{link.attributes['href'].strip()}')"
        link.attributes["href"] = "javascript:void(0)"
        link.attributes.pop("target", None)


@rearranges
def by_script(body: Element) -> None:
    """Stand for links that are a call of a script."""
    for link in _links(body, _OWN):
        link.attributes["href"] = f"javascript:openPage('{link.attributes['href'].strip()}')"


@rearranges
def by_click_without_address(body: Element) -> None:
    """Stand for links without an address, which only a handler opens."""
    for link in _links(body, _OWN):
        link.attributes["onclick"] = f"location.href='{link.attributes.pop('href').strip()}'"


@rearranges
def in_new_windows(body: Element) -> None:
    """Stand for links with a target, a relation and a style."""
    for link in body.all("a"):
        link.attributes |= {"target": "_blank", "rel": "noopener", "style": "color:#333;text-decoration:none"}


def with_base(page: str) -> str:
    """Stand for pages that name the address their links start from."""
    root = parse(page)
    for head in root.all("head")[:1]:
        head.children.append(Element("base", {"href": f"http://{_SITE}/"}))
    return PLAIN.page(root)
