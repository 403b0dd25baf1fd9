"""Script files of a page, and which of them never fill it with content."""

import re

from crawler.facts.tree.document import Document

_HARMLESS = re.compile(
    r"(?!.*(?:list|news|data|ajax|load|content|article|pag|tmpl|templ))"
    r"(?:.*(?:jquery|bootstrap|swiper|slide|jiucuo|exposure|conac|bszs|share|tongji|cnzz|analytics|accessib|wza|toolbar|browser|html5|respond|modernizr"
    r"|weather|tw_cn|pinyin|simp|gb2big5)|(?:.*[._-])?(?:stats?|hm|date|menu|nav|head|foot|top))",
    re.IGNORECASE,
)
"""Names of effects, libraries, counters and marks, and of what writes head and foot; none that speaks of lists."""


def script_files(document: Document) -> list[str]:
    """Return the addresses of the script files of a page as printed, those of its head first."""
    return [source for part in document.parts for element in part.with_tags("script") if (source := part.attribute(element, "src"))]


def is_harmless(source: str) -> bool:
    """Tell by its name whether a script file never fills in a list."""
    return _HARMLESS.match(source.split("?", 1)[0].rpartition("/")[2]) is not None
