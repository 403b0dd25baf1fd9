"""What an element of a search says of itself: the words in its attributes, its names, an excerpt of its markup."""

from selectolax.lexbor import LexborNode

from crawler.facts.masking import mask_personal_data
from crawler.facts.tree.text import collapse

_LONGEST_VALUE = 400
_ATTRIBUTES = (
    "id",
    "name",
    "class",
    "placeholder",
    "value",
    "title",
    "onfocus",
    "onkeydown",
    "onclick",
    "onkeyup",
    "action",
    "onsubmit",
    "alt",
    "src",
)


def words_of(node: LexborNode) -> str:
    """Return the values of the attributes that tell what a field, form or button is for."""
    attributes = node.attributes
    return " ".join(value[:_LONGEST_VALUE] for name in _ATTRIBUTES if (value := attributes.get(name)))


def names_of(node: LexborNode) -> str:
    """Return the class and id of an element."""
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def excerpt_of(node: LexborNode) -> str:
    """Return the beginning of an element's markup, personal data masked."""
    return shortened(node.html or "")


def shortened(markup: str) -> str:
    """Return the beginning of some markup in one line, personal data masked."""
    return mask_personal_data(collapse(markup)[:200])
