"""Pictures at the foot of a page that bear no name: only an eye can tell what they show, and it may be the party and government mark."""

import re

from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.text import collapse

_FOOT_WORD = re.compile(r"版 ?权 ?所 ?有|[主承] ?办|备 ?案|标识码|ICP|ＩＣＰ|copyright|©", re.IGNORECASE)
_LAST_PIECES = 150
"""How far from the end of the page, in pieces of text, the words of its foot begin."""
_REACH = 40
"""How far from the words of the foot, in pieces of text, its pictures stand; editors cut a line into many pieces."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHOWS_OTHERS = re.compile(
    r"weixin|wechat|weibo|qr|erwei|ewm|2wm|wx|vx|wb|beian|police|gong?an|babs|gaba|ipv?6|wza|app|logo|line|dot|arrow|blank|space|bg|icon|tel|phone"
    r"|mail|top|jiucuo|zhaocuo|zfwz|12377|12345|jubao|count|stat|more|banner|c\.gif|(?<![a-z])(?:ga|jc)(?![a-z])",
    re.IGNORECASE,
)
_SOURCES = ("data-src", "data-original", "lay-src", "src")
_PLACEHOLDERS = ("data:image/gif", "data:image/svg")
"""Pictures within the page that only keep a place, or are drawn for buttons; others may show anything."""
_COUNTERS = ("cnzz", "51.la", "baidu")
_LONGEST_ADDRESS = 200
_MOST = 5
_MOST_LOOKED_AT = 30


def read_unnamed_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses, as written, of the foot's pictures without a name and without a place they lead to."""
    sources = dict.fromkeys(source for _, source in document.derived(_unnamed))
    return tuple(reversed(tuple(sources)[:_MOST]))


def read_driven_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses of the foot's pictures without a name that do something when they are clicked; what, only a script knows."""
    sources = dict.fromkeys(source for picture, source in document.derived(_unnamed) if _is_driven(document.outline, picture))
    return tuple(reversed(tuple(sources)[:_MOST]))


def foot_pictures(document: Document) -> list[int]:
    """Return the pictures near the last words of a foot, the last first; without such words the last few of the page."""
    outline = document.outline
    pictures = outline.with_tags("img")[-_MOST_LOOKED_AT:]
    foot = _last_word(outline.texts) if pictures else None
    if foot is None:
        return pictures[:-_MOST:-1]
    return [picture for picture in reversed(pictures) if abs(outline.starts[picture] - foot) <= _REACH]


def picture_source(outline: Outline, picture: int) -> str:
    """Return where a picture comes from; one that is loaded when it is scrolled to names its file apart from the place it keeps."""
    return next(filter(None, (outline.attribute(picture, name) for name in _SOURCES)), "")


def _unnamed(document: Document) -> list[tuple[int, str]]:
    """Return the foot's pictures of which nothing tells what they show, the last first, with their addresses as written."""
    outline = document.outline
    if _last_word(outline.texts) is None:
        return []
    found = ((picture, picture_source(outline, picture)) for picture in document.derived(foot_pictures))
    return [(picture, collapse(src)[:_LONGEST_ADDRESS]) for picture, src in found if src and not _is_told(document, picture, src)]


def _last_word(texts: list[str]) -> int | None:
    """Return the position of the last text that is a foot's."""
    places = range(len(texts) - 1, max(-1, len(texts) - 1 - _LAST_PIECES), -1)
    return next((place for place in places if texts[place] and _FOOT_WORD.search(texts[place])), None)


def _is_told(document: Document, picture: int, source: str) -> bool:
    """Tell whether it is known what a picture shows: by its name, by that of its file, or by where it leads."""
    outline = document.outline
    if any(_CHINESE.search(outline.attribute(picture, name)) for name in ("alt", "title")) or _leads_somewhere(document, outline, picture):
        return True
    file = "" if source.startswith("data:") else source.partition("?")[0].replace("\\", "/").rsplit("/", 1)[-1]
    return source.startswith(_PLACEHOLDERS) or any(counter in source for counter in _COUNTERS) or bool(_SHOWS_OTHERS.search(file))


def _is_driven(outline: Outline, picture: int) -> bool:
    """Tell whether a picture, or what holds it and no words, has a handler or an address that is a script."""
    holders = [element for element in outline.ancestors(picture, 3) if not _CHINESE.search(outline.running_text(element))]
    return any(
        outline.has_attribute(element, "onclick") or outline.attribute(element, "href").strip().lower().startswith("javascript:")
        for element in holders
    )


def _leads_somewhere(document: Document, outline: Outline, picture: int) -> bool:
    link = next((element for element in outline.ancestors(picture, 4) if outline.tags[element] == "a"), None)
    return link is not None and document.resolve(outline.attribute(link, "href")) is not None
