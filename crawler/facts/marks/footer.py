"""The foot of a page: who runs the site, how to reach them, and whether the foot is written by something that was not read."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from crawler.facts.columns.list_place import footer_start
from crawler.facts.frames import INCLUDING, included, is_of_government
from crawler.facts.marks.seen import FOOT_CHARACTERS, Sight, mark_of
from crawler.facts.records import Mark, Place
from crawler.facts.tree.document import Document
from crawler.facts.tree.elements import Elements
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.script_files import is_harmless, script_files

_NO_SPONSOR = (
    r"(?!承\s*办|协\s*办|主\s*管|技术支持|运行?维|维\s*护|地\s*址|电\s*话|联\s*系|版\s*权|备\s*案|邮\s*[编箱]|e-?mail|tel|网站标识|copyright|.ICP"
    r"|.公网安备|[的了])"
)
"""What stands after a label without a value: the next label."""
_SPONSOR = re.compile(
    r"主\s*[办辦]\s*(?:[(/、及与和]\s*(?:承\s*办|维\s*护|管\s*理|运\s*[维营]|建\s*设)\s*\)?\s*)?(?:[单單単]\s*位|[方者]|[机機]\s*[关构構]|部\s*门)?\s*(?:名\s*称|及\s*联\s*系\s*方\s*式)?\s*(?:[/、及与和]\s*承\s*办\s*单\s*位)?\s*(?:\(\s*版权所有\s*\))?"
    rf"\s*(?:[:|】©·/∕\\→]|—{{1,2}}|(?<=[单單単]位)(?:为|是|\s|-))\s*{_NO_SPONSOR}"
    r"(?P<value>[^\s:|,。;\"'`\\]{2,40}|[\u4e00-\u9fff](?: [\u4e00-\u9fff]){3,20}(?!\S))",
    re.IGNORECASE,
)
_OFFICE = r"(?:政府|办公[室厅]|[局委厅院部署会社馆所站处队团网][\u4e00-\u9fff]{0,2}|[区州县市镇乡旗盟]|街道|中心|大学|学校|集团)"
_SPONSOR_GLUED = re.compile(
    rf"(?P<value>[\u4e00-\u9fff]{{2,28}}{_OFFICE})\s*主\s*办(?![单的了地过方人得者])"
    r"(?=并(?:承办|维护|管理)|[\s|,、()/版承协技c©。\"'`\\]|网站|电话|地址|邮编|联系|备案|[\u4e00-\u9fff]{2,28}(?:承\s*办|协\s*办|维\s*护)|.ICP|$)",
    re.MULTILINE | re.IGNORECASE,
)
_SPONSOR_UNMARKED = re.compile(
    rf"(?:^|[\s|\"'`])(?:网站|本站)?主\s*办(?:\s*单\s*位)?\s*(?P<value>[\u4e00-\u9fff]{{2,28}}{_OFFICE})(?=[\s|,\"'`\-]|$)", re.MULTILINE
)
_HOSTS = re.compile(r"主\s*办")
_IN_A_SENTENCE = re.compile(r"。|(?<![自站网])由[^。\n]{2,80}主办")
_OF_THIS_SITE = re.compile(r"(?:本|此|该|网)\s*站\s*由|本网由")
_IN_AN_ARTICLE = re.compile(r"(?:[一二三四五六七八九十]|\d)[、.)]\s*$")
"""The number of a paragraph: what is sponsored there is an event."""
_EVENT = re.compile(r"活动|比?赛|参加|报名|地点|培训|会议|展[会览]|论坛|评选|征文|协办")
_SURELY_AN_EVENT = re.compile(r"(?:活动|比赛|参赛|举办|会议|培训|报名)(?:时间|日期|地点|对象)")
_NEAR = 120
_AFTER_SPONSOR = re.compile(r"承\s*办|协\s*办|版权所有|联系|地址|电话|邮编|技术支持|备案|&nbsp")
_CONTACT = re.compile(
    r"(?:联\s*系\s*电\s*话|咨询电话|电\s*话|传\s*真|地\s*址|邮\s*编|邮政编码|联系我们|联系方式)\s*[:]?\s*(?P<value>[^\n]{0,60})"
)
_FOOT_WORDS = re.compile(r"版\s*权\s*所\s*有|copyright|©|技术支持|承\s*办|备\s*案", re.IGNORECASE)
_FOOTER_NAME = Phrase(
    r"foot|bottom|copyright|banquan|dibu|yejiao|weibu|(?<![a-z])(?:btm|tail|bq|copy)(?![a-z])",
    re.IGNORECASE,
)
_LOADED = re.compile(
    r"(?:\.load|\.get\w{0,6}|fetch|include|\bsrc|\bhref|url)\s*[(=:]\s*\\?[\"']"
    r"([^\"'<>\s\\]*(?:foot|bottom|copyright)[^\"'<>\s\\]*\.(?:s?html?|js|jsp|json|inc|txt)[^\"'<>\s\\]*)"
    r"|(?:\.load|\.get|fetch)\s*\(\s*\\?[\"']([^\"'<>\s\\.]*/\w{0,12}(?:foot|bottom|copyright)\w{0,12})(?=\\?[\"'])",
    re.IGNORECASE,
)
_CREATED = re.compile(r"(?:\.src\s*=|getScript\s*\()\s*[\"']([^\"'<>\s]{1,200}\.js\b[^\"'<>\s]{0,100})[\"']")
_FOOT = ("foot", "dibu", "yejiao")
_BOTTOM = ("bottom", "copyright")
_CONTENT = ("a", "img", "iframe", "button", "select", "textarea", "object")
_FOOT_PICTURE = re.compile(r"<img\b[^<>]*\bsrc\s*=\s*[\"']?[^\s\"'<>]*(?:foot|bottom|copyright|banquan|dibu|yejiao)[^<>]*>", re.IGNORECASE)


def read_sponsor(sight: Sight) -> Mark:
    """Return who sponsors the site, where the page names the 主办单位; 版权所有 alone is no substitute."""
    found = _labelled(sight)
    if found is None:
        return _in_foot(sight, _SPONSOR_GLUED) or _in_foot(sight, _SPONSOR_UNMARKED) or sight.in_picture_names(_SPONSOR) or Mark()
    name = _AFTER_SPONSOR.split(found.value or "", maxsplit=1)[0]
    return msgspec.structs.replace(found, value=name or found.value)


def _labelled(sight: Sight) -> Mark | None:
    """Look for a name after its label. In the text of an article that is who organises an event."""
    text = sight.text
    foot = len(text) - FOOT_CHARACTERS
    for match in _SPONSOR.finditer(text):
        start, end = match.span()
        event = _SURELY_AN_EVENT if start >= foot else _EVENT
        if not _IN_AN_ARTICLE.search(text, max(0, start - 6), start) and not event.search(text, max(0, start - _NEAR), end + _NEAR):
            return mark_of(match, Place.TEXT)
    written = _SPONSOR.search(sight.written_text)
    return mark_of(written, Place.SCRIPT) if written else None


def _in_foot(sight: Sight, pattern: re.Pattern[str]) -> Mark | None:
    """Look for "某某局主办" or "主办 某某局" in the last part of the text; in a sentence it is who organised an event in the news."""
    text = sight.text
    if not _HOSTS.search(text, max(0, len(text) - FOOT_CHARACTERS)) and not _HOSTS.search(sight.written_text):
        return None
    for match in pattern.finditer(text, max(0, len(text) - FOOT_CHARACTERS)):
        line = text[text.rfind("\n", 0, match.start()) + 1 : (text + "\n").index("\n", match.end())]
        if not _IN_A_SENTENCE.search(line) or _OF_THIS_SITE.search(line):
            return mark_of(match, Place.TEXT)
    written = pattern.search(sight.written_text)
    return mark_of(written, Place.SCRIPT) if written else None


def read_contact(sight: Sight) -> Mark:
    """Return how to reach the sponsor, from the last part of the page's text."""
    match = _CONTACT.search(sight.text, max(0, len(sight.text) - FOOT_CHARACTERS))
    if match:
        return mark_of(match, Place.TEXT)
    written = _CONTACT.search(sight.written_text)
    return mark_of(written, Place.SCRIPT) if written else Mark()


def read_footer_sources(document: Document) -> tuple[str, ...]:
    """Return the scripts, frames and fragments that by their names write the foot of a page, on whatever host."""
    parts = document.parts
    written = chain(*map(_sources, parts), *map(included, parts if document.searched.first(INCLUDING) else ()))
    loaded = (match[1] or match[2] for script in document.scripts if _names_foot(script) for match in _LOADED.finditer(script))
    found: dict[str, None] = {}
    for source in chain(written, loaded):
        name = source.split("?", 1)[0].rsplit("/", 1)[-1]
        if _FOOTER_NAME.occurs(name) and (address := document.resolve(source)):
            found[address] = None
    return tuple(found)


def read_foot_scripts(document: Document, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scripts that stand in or below the foot of a page, or that its scripts put in, but for `sources`, libraries and effects.

    They are those of its own host and of other government hosts: a platform of many sites writes the foot of all of them.
    """
    outline = document.outline
    position = footer_start(outline, 0)
    first = outline.holders[position] if position < len(outline.texts) else max(outline.holders, default=0)
    found: dict[str, None] = {}
    written = (outline.attribute(element, "src") for element in outline.with_tags("script") if element > first)
    created = (match[1] for script in document.scripts if ".src" in script or "getScript" in script for match in _CREATED.finditer(script))
    for source in chain(written, created):
        address = document.resolve(source) if source and not is_harmless(source) else None
        if address and address not in sources and is_of_government(address, document.url):
            found[address] = None
    return tuple(found)


def is_foot_printed(sight: Sight, marks: Iterable[Mark]) -> bool:
    """Tell whether a foot stands in the page's own text: a mark, a way to reach the office, or the words of a foot at the end."""
    if any(mark.place is Place.TEXT for mark in marks):
        return True
    return _FOOT_WORDS.search(sight.text, max(0, len(sight.text) - FOOT_CHARACTERS)) is not None


def has_unread_footer(document: Document, sources: tuple[str, ...], *, printed: bool) -> bool:
    """Tell whether the foot, or a part of it, is written by something that was not read.

    That is a script or frame by its name, or an element of the foot left empty; and, where no foot is `printed` in the text at all, any
    empty element at the bottom, a picture in place of the foot, any script or frame in the body, or a script of the head but for libraries.
    """
    if sources or _has_empty(document, *_FOOT) or _has_empty_component(document):
        return True
    if printed:
        return False
    unread = document.tree.css_first("body script[src], body iframe[src]") is not None or not all(map(is_harmless, script_files(document)))
    return unread or _has_empty(document, *_BOTTOM) or bool(_FOOT_PICTURE.search(document.markup))


def _sources(part: Elements) -> Iterator[str]:
    """Yield the addresses that scripts, frames and parts of a part of the page are read from."""
    yield from (part.attribute(element, "src") for element in part.with_tags("script", "iframe", "frame", "embed", "include"))
    yield from (part.attribute(element, "data") for element in part.with_tags("object"))


def _has_empty(document: Document, *words: str) -> bool:
    """Tell whether an element holds nothing whose tag, id or class has one of the words in it."""
    outline = document.outline
    content = outline.with_tags(*_CONTENT)
    for element, tag in enumerate(outline.tags):
        if outline.starts[element] != outline.stops[element] or tag in _CONTENT:
            continue
        name = f"{tag} {outline.names(element)}"
        if any(word in name for word in words):
            following = bisect_left(content, element)
            if following == len(content) or content[following] >= outline.ends[element]:
                return True
    return False


def _has_empty_component(document: Document) -> bool:
    """Tell whether an element of the site's own kind stands for the foot, such as `<app-footer>`, and holds nothing yet."""
    outline = document.outline
    names = [name for name in outline.by_tag if "-" in name and "foot" in name]
    return any(outline.starts[element] == outline.stops[element] for name in names for element in outline.by_tag[name])


def _names_foot(script: str) -> bool:
    lower = script.lower()
    return "foot" in lower or "bottom" in lower or "copyright" in lower
