"""The same page written down in another way: letters, quotes, end tags, references, encodings."""

import re
from collections.abc import Callable

from tests.facts.disguises.tree import PLAIN, Writing, parse

_OPTIONAL_ENDS = frozenset(["li", "p", "td", "th", "tr", "dd", "dt", "tbody", "thead", "option", "colgroup"])
_BETWEEN_BLOCKS = re.compile(
    r"(</?(?:div|ul|ol|li|dl|dt|dd|table|tbody|tr|td|th|p|h[1-6]|section|form|body|html|head|center)\b[^>]*>)\s+(?=<)", re.IGNORECASE
)
_DECLARED = re.compile(r"<meta[^>]*charset[^>]*>", re.IGNORECASE)


def as_parsed(page: str) -> str:
    """Stand for nothing: the page as a browser writes it; what the other disguises start from."""
    return PLAIN.page(parse(page))


def upper_case(page: str) -> str:
    """Stand for tags and attributes in capital letters."""
    return Writing(upper_case=True).page(parse(page))


def without_optional_ends(page: str) -> str:
    """Stand for pages that leave out the end tags that may be left out."""
    return Writing(without_ends=_OPTIONAL_ENDS).page(parse(page))


def unquoted(page: str) -> str:
    """Stand for attributes without quotes."""
    return Writing(quote="").page(parse(page))


def single_quotes(page: str) -> str:
    """Stand for attributes in single quotes."""
    return Writing(quote="'").page(parse(page))


def attributes_backwards(page: str) -> str:
    """Stand for attributes in another order."""
    return Writing(backwards=True).page(parse(page))


def as_xhtml(page: str) -> str:
    """Stand for pages written as XHTML, with a declaration before them."""
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Writing(self_closing=True).page(parse(page))


def in_decimal_references(page: str) -> str:
    """Stand for pages whose every Chinese character is a decimal reference."""
    return Writing(character=lambda character: f"&#{ord(character)};").page(parse(page))


def in_hexadecimal_references(page: str) -> str:
    """Stand for pages whose every Chinese character is a hexadecimal reference."""
    return Writing(character=lambda character: f"&#x{ord(character):X};").page(parse(page))


def on_one_line(page: str) -> str:
    """Stand for pages that a program made small: no white space between blocks."""
    return _BETWEEN_BLOCKS.sub(r"\1", as_parsed(page))


def blocks_on_lines(page: str) -> str:
    """Stand for pages with a line break in every tag."""
    return re.sub(r"<([a-z][a-z0-9]*) (?=[a-z-]+=\")", r"<\1\n   ", as_parsed(page))


def _declared(page: str, charset: str | None) -> str:
    declaration = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    undeclared = _DECLARED.sub("", page)
    return re.sub(r"(<head[^>]*>)", lambda match: match[1] + declaration, undeclared, count=1, flags=re.IGNORECASE)


def _encoded(codec: str, charset: str | None) -> Callable[[str], bytes]:
    return lambda page: _declared(page, charset).encode(codec, "xmlcharrefreplace")


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "GBK declared as gb2312": _encoded("gbk", "gb2312"),
    "GBK undeclared": _encoded("gbk", None),
    "GB18030": _encoded("gb18030", "gb18030"),
    "GBK declared as UTF-8": _encoded("gbk", "utf-8"),
    "UTF-8 undeclared": _encoded("utf-8", None),
    "UTF-8 declared as gb2312": _encoded("utf-8", "gb2312"),
    "UTF-16 with a mark": _encoded("utf-16", None),
    "UTF-8 with a mark": _encoded("utf-8-sig", "utf-8"),
}
"""The same text in other bytes."""
