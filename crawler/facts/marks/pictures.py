"""Pictures at the foot of a page that bear no name: only an eye can tell what they show, and it may be the party and government mark."""

import re
from collections.abc import Iterator

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
_OF_THE_FRAME = re.compile(r"close|guanbi|print|left|right|prev|next|up\b|down\b|play|pause|loading|search|sousuo", re.IGNORECASE)
"""What pictures that are pressed show beside: they close, turn and print."""
_WIDE = 300
"""Pixels from which on a picture may hold lines of text, such as all the words of a foot."""
_WIDTH = re.compile(r"(?<![\w-])width\s*:\s*(\d{1,5})\s*(px|%)?", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;\"']*url\(\s*[\"']?([^\"')\s]+)", re.IGNORECASE)
_PLACES = frozenset({"div", "span", "li", "td", "p", "i", "em", "section", "dd"})
_LEADS = re.compile(r"location|\.href\b|\bopen\s*\(", re.IGNORECASE)
_HOLDERS = ("div", "footer", "section", "p", "td", "table", "span", "ul", "dl")
_MOST_LOOKED_AT = 30


def read_unnamed_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses, as written, of the foot's pictures without a name and without a place they lead to."""
    sources = dict.fromkeys(source for _, source in document.derived(_unnamed))
    return tuple(reversed(tuple(sources)[:_MOST]))


def read_driven_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses of the foot's pictures without a name that do something when they are clicked; what, only a script knows."""
    sources = dict.fromkeys(source for picture, source in document.derived(_unnamed) if _is_driven(document.outline, picture))
    return tuple(reversed(tuple(sources)[:_MOST]))


def read_wide_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses, as written, of what may hold all the words of a foot in a picture: nothing in it can be called absent.

    They are wide pictures without a name, wordless elements with a picture behind them, and canvases, which have no address.
    """
    outline = document.outline
    wide = (source for picture, source in document.derived(_unnamed) if _width(outline, picture) >= _WIDE)
    return tuple(dict.fromkeys((*wide, *_painted(outline))))[:_MOST]


def read_pressed_pictures(document: Document) -> tuple[str, ...]:
    """Return the addresses, as written, of pictures anywhere on the page of which only a script knows where they lead.

    Of places that only their style makes a picture, what they do is returned.
    """
    if "onclick" not in document.markup and "javascript:" not in document.markup:
        return ()
    outline = document.outline
    found = ((picture, picture_source(outline, picture)) for picture in outline.with_tags("img"))
    sources = (
        source
        for picture, source in found
        if source and _is_driven(outline, picture) and not _is_told(document, picture, source) and not _OF_THE_FRAME.search(source)
    )
    pressed = dict.fromkeys(collapse(source)[:_LONGEST_ADDRESS] for source in (*sources, *_pressed_places(outline)))
    return tuple(pressed)[:_MOST]


def _pressed_places(outline: Outline) -> Iterator[str]:
    """Yield what sends the reader elsewhere when a place is pressed that holds neither words nor a picture: its style shows which it is."""
    for element in outline.with_attributes("onclick"):
        does = outline.attribute(element, "onclick")
        is_blank = outline.starts[element] == outline.stops[element] and not outline.within(element, "img")
        if is_blank and outline.tags[element] in _PLACES and _LEADS.search(does) and not _OF_THE_FRAME.search(does):
            yield does


def _painted(outline: Outline) -> Iterator[str]:
    """Yield the pictures behind wordless elements of the foot, and its canvases."""
    foot = _last_word(outline.texts)
    if foot is None:
        return
    for element in outline.with_tags("canvas", *_HOLDERS):
        if abs(outline.starts[element] - foot) > _REACH:
            continue
        if outline.tags[element] == "canvas":
            yield "canvas"
        elif outline.starts[element] == outline.stops[element] and (found := _BACKGROUND.search(outline.attribute(element, "style"))):
            stated = _WIDTH.search(outline.attribute(element, "style"))
            if (stated is None or stated[2] == "%" or int(stated[1]) >= _WIDE) and not _SHOWS_OTHERS.search(found[1]):
                yield collapse(found[1])[:_LONGEST_ADDRESS]


def _width(outline: Outline, picture: int) -> int:
    """Return the pixels that a picture is said to be wide; 0 where nothing is said."""
    stated = _WIDTH.search(outline.attribute(picture, "style"))
    if stated:
        return _WIDE if stated[2] == "%" else int(stated[1])
    printed = outline.attribute(picture, "width").strip().removesuffix("px")
    return int(printed) if printed.isdecimal() and len(printed) < 6 else 0


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
