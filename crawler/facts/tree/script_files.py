"""Script files of a page, and which of them never fill it with content."""

import re

from crawler.facts.tree.document import Document

_OF_CONTENT = r"(?!.*(?:list|news|data|ajax|load|content|article|pag|tmpl|templ))"
_EFFECTS = (
    r"jquery|bootstrap|swiper|slide|share|tongji|cnzz|analytics|accessib|wza|toolbar|browser|html5|respond|modernizr"
    r"|weather|tw_cn|pinyin|simp|gb2big5"
)
_EFFECT = re.compile(rf"{_OF_CONTENT}(?:.*(?:{_EFFECTS})|(?:.*[._-])?(?:stats?|hm|date))", re.IGNORECASE)
"""Names of effects, libraries and counters."""
_HARMLESS = re.compile(
    rf"{_OF_CONTENT}(?:.*(?:{_EFFECTS}|jiucuo|exposure|conac|bszs)|(?:.*[._-])?(?:stats?|hm|date|menu|nav|head|foot|top))", re.IGNORECASE
)
"""The same, and marks, and what writes head and foot; none that speaks of lists."""

_GENERAL_FILE = re.compile(
    r"(?:^|/)(?:common|comm|public|pub|global|base|basic|main|index|home|page\w*|layer|lang\w*|function\w*|util\w*|tools?|style|float\w*|tabs?|roll\w*"
    r"|scroll\w*|marquee|banner|focus|ad|png|ie\w*|font\w*|print\w*|search\w*|pinyin|simp\w*|big5|gb\w*|qrcode|kb|click|count\w*|hits?|visit\w*)"
    r"[\d._-]*(?:min)?\.js",
    re.IGNORECASE,
)
"""Files that serve all pages of a site."""


_FILLING_FILE = re.compile(
    r"(?:^|[/_.-])(?:vue|react|angular|knockout|avalon|handlebars|mustache|art-?template|layui|easyui|ajax\w*|axios|chunk|vendors?|(?:app|main|index)[.-][0-9a-f]{6,}"
    r"|getdata|\w{0,10}list)(?:[._-][\w.-]*)?\.js",
    re.IGNORECASE,
)
"""Files that by their names fill in lists, or libraries that do."""


def script_files(document: Document) -> list[str]:
    """Return the addresses of the script files of a page as printed, those of its head first."""
    return [source for part in document.parts for element in part.with_tags("script") if (source := part.attribute(element, "src"))]


def is_harmless(source: str) -> bool:
    """Tell by its name whether a script file never fills in a list."""
    return _HARMLESS.match(_file_name(source)) is not None


def is_effect(source: str) -> bool:
    """Tell by its name whether a script file writes nothing a reader reads, be it a menu or a foot."""
    return _EFFECT.match(_file_name(source)) is not None


def _file_name(source: str) -> str:
    return source.split("?", 1)[0].rpartition("/")[2]


def filling_file(document: Document) -> str:
    """Return the end of the address of a script file that by its name fills in lists; empty where there is none."""
    return next((match.group() for source in script_files(document) if (match := _FILLING_FILE.search(source))), "")


def unknown_script(document: Document) -> str:
    """Return a script file of which nothing tells that it fills no place of the page; empty where there is none.

    Left out are effects and libraries, and what serves all pages of a site.
    """
    sources = (source.split("?", 1)[0] for source in script_files(document))
    return next((source[-100:] for source in sources if not is_harmless(source) and not _GENERAL_FILE.search(source)), "")
