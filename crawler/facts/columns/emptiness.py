"""Whether a column page without entries is empty, or waits for a script to fill it."""

import re
from bisect import bisect_left
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from crawler.facts.columns.trail import read_trail
from crawler.facts.lists.items import read_lists
from crawler.facts.lists.pager import Pager, read_pager
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.visibility import FETCHING, LOADING, TEMPLATE, is_hidden

# Grouped by first character, and that asked first: this runs over the whole markup.
_TEMPLATE = re.compile(
    r"(?-i:(?=[{$<tT\s]))(?:\{\{[^{}]{1,80}\}\}|\$\{[\w.]{1,40}\}|<(?:%=|el-|router-view)"
    r"|\s(?:v-(?:for|text|html|if|show|bind)\b|ng-(?:repeat|bind|app|controller)|data-bind=|ms-(?:for|repeat|each)|[:@](?:href|title|key|click|src)=)"
    r"|type=[\"']?text/(?:html|x-[\w-]*|template|x-template|ng-template))",
    re.IGNORECASE,
)
_FILLING_FILE = re.compile(
    r"(?:^|[/_.-])(?:vue|react|angular|knockout|avalon|handlebars|mustache|art-?template|layui|easyui|ajax\w*|axios|chunk|vendors?|(?:app|main|index)[.-][0-9a-f]{6,}"
    r"|getdata|\w{0,10}list)(?:[._-][\w.-]*)?\.js",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"暂无(?:信息|数据|内容|文章|记录|相关|资料|更新)?|暂时没有|没有(?:找到|查到|相关)?(?:任何)?(?:信息|数据|内容|记录|文章)|无相关(?:信息|数据|内容|记录)|敬请期待|正在建设|建设中|内容整理中|栏目建设"
)
_FOOTER = Phrase(
    r"版权所有|^友情链接\s*[:：]|标识码|ICP备|[主承]办(?:单位)?\s*[:：]|公网安备|备案(?:号|序号)?\s*[:：]|(?:技术支持|制作维护|维护单位)\s*[:：]|[Cc]opyright|COPYRIGHT"
)
_NO_LIST_NAME = re.compile(r"page|fanye|pagination|clear|^.fix$|menu|nav|tab|search|share|foot|weather|login|head", re.IGNORECASE)
_LIST_NAME = re.compile(r"list|cont|data|news|result|main|article|info|item|box|table|body|app|lb|liebiao|neirong", re.IGNORECASE)
_UNREAD_INCLUDE = re.compile(r"<!--\s*#include\b")
"""What the server should have put in the page's place: the page was saved without it."""
_HOLDER_TAGS = frozenset({"ul", "ol", "dl", "tbody", "table", "div", "section", "span", "td", "p"})
_LIST_TEMPLATES = ("v-for", "ng-repeat", "ms-for", "ms-repeat", "ms-each", "x-for", "wx:for")
_TEMPLATE_TYPE = re.compile(r"text/(?:html|template|x-|ng-)", re.IGNORECASE)
_LONGEST_PLACEHOLDER = 60
_LIST_TAGS = frozenset({"ul", "ol", "dl", "tbody", "table"})


class Emptiness(StrEnum):
    """What a page without entries is."""

    UNKNOWN = "unknown"
    EMPTY = "empty"
    SCRIPT_FILLED = "script_filled"


class EmptinessReading(NamedTuple):
    """The state, and the words or markup it was told from."""

    state: Emptiness
    excerpt: str = ""


_HARMLESS_FILE = re.compile(
    r"jquery|bootstrap|swiper|slide|jiucuo|conac|share|stat|hm\.js|tongji|cnzz|accessib|wza|browser|html5|respond|date|weather|menu|nav|head|foot|top|tw_cn",
    re.IGNORECASE,
)
_GENERAL_FILE = re.compile(
    r"(?:^|/)(?:common|comm|public|pub|global|base|basic|main|index|home|page\w*|layer|lang\w*|function\w*|util\w*|tools?|style|float\w*|tabs?|roll\w*"
    r"|scroll\w*|marquee|banner|focus|ad|png|ie\w*|font\w*|print\w*|search\w*|pinyin|simp\w*|big5|gb\w*|qrcode|kb|click|count\w*|hits?|visit\w*)"
    r"[\d._-]*(?:min)?\.js",
    re.IGNORECASE,
)
"""Files that serve all pages of a site."""
_CONTENT_TAGS = frozenset({"iframe", "frame", "object", "embed", "img", "video", "canvas"})
_SHELL_TEXT = 200
_MOST_BESIDES = 60
_LONGEST_DENIAL = 40
_MOST_SELECTORS = 100
_LONGEST_MENU_NAME = 10
_NOT_THE_LIST = re.compile(r"上一|下一|评论|附件|图片|简介|回复|相关(?:链接|阅读|附件)")
_PAGER_WORDS = re.compile(
    r"[\s\d/|<>«»]*|.{0,4}(?:首页|上一?页|下一?页|末页|尾页|最后一页|第一页|转到?|跳转|GO|页|条|到第?).{0,24}", re.IGNORECASE
)


def read_emptiness(document: Document) -> EmptinessReading:
    """Tell what a page is on which no list of entries was found.

    `EMPTY` needs the page's own word (共0条, 暂无信息) or a blank place under the breadcrumb, and that nothing could fill it later: no
    template, no request by script, no empty element that a script knows, not a later page of a pager. In doubt it is `SCRIPT_FILLED`.
    """
    body = _Body(document)
    pager = document.derived(read_pager)
    stated = _stated_empty(body, pager)
    blank = body.trail is not None and body.is_blank and not pager.total
    if not stated and not blank and not body.is_shell:
        return EmptinessReading(Emptiness.UNKNOWN)
    filling = _filling(document, body)
    if pager.page and pager.page > 1:
        return EmptinessReading(Emptiness.SCRIPT_FILLED, filling) if filling else EmptinessReading(Emptiness.UNKNOWN)
    if filling and (stated or (body.is_shell and not body.is_form)):
        return EmptinessReading(Emptiness.SCRIPT_FILLED, filling)
    if body.followed_by_entries(document):
        return EmptinessReading(Emptiness.UNKNOWN)
    if document.limited or body.is_form:
        return EmptinessReading(Emptiness.UNKNOWN)
    if stated and pager.total != 0 and (unknown := _unknown_script(body)):
        return EmptinessReading(Emptiness.SCRIPT_FILLED, unknown)
    if stated:
        return EmptinessReading(Emptiness.EMPTY, stated)
    return _blank(document, body) if blank else EmptinessReading(Emptiness.UNKNOWN)


def waits_for_script(document: Document, before: int) -> bool:
    """Tell whether the place between the breadcrumb and a list that begins at `before` is kept for a list that a script fills.

    The list below is then one at the side, and says nothing of the column.
    """
    body = _Body(document, before)
    if body.trail is None:
        return False
    outline = body.outline
    if any(name in document.markup for name in _LIST_TEMPLATES) and any(
        outline.has_attribute(element, *_LIST_TEMPLATES) for element in body.elements
    ):
        return True
    if any(_is_template(outline, element) for element in body.elements):
        return True
    if any("{{" in text or LOADING.search(text) for text in body.own if len(text) < _LONGEST_PLACEHOLDER):
        return True
    scripts = "\n".join(document.scripts)
    if body.has_empty_list() and FETCHING.search(scripts):
        return True
    return any(_mentions(scripts, selector) for selector in body.named_blanks())


def fetches_content(document: Document) -> bool:
    """Tell whether a script of the page fetches content, or the page has places for one to fill."""
    return any(FETCHING.search(script) for script in document.scripts) or TEMPLATE.search(document.text) is not None


def has_place_to_fill(document: Document) -> bool:
    """Tell whether a front page has a place that stands empty for a list, and a script that fetches content and knows that place."""
    scripts = "\n".join(document.scripts)
    if not FETCHING.search(scripts):
        return False
    body = _Body(document)
    lists = any(body.outline.has_attribute(element, *_LIST_TEMPLATES) for element in body.elements)
    return lists or any(_mentions(scripts, selector) for selector in body.named_blanks())


def _is_template(outline: Outline, element: int) -> bool:
    return outline.tags[element] == "script" and _TEMPLATE_TYPE.match(outline.attribute(element, "type")) is not None


class _Body:
    """The part of a page between its breadcrumb and its footer, or an earlier position."""

    def __init__(self, document: Document, stop: int | None = None) -> None:
        self.outline = document.outline
        self.trail = document.derived(read_trail)
        self.start = self.trail.stop if self.trail else 0
        self.stop = footer_start(self.outline, self.start) if stop is None else stop
        name = self.trail.names[-1] if self.trail and self.trail.names else None
        self.own = [text for text in self.outline.texts[self.start : self.stop] if text and text != name]

    @cached_property
    def elements(self) -> list[int]:
        """The elements that stand wholly in this part."""
        outline = self.outline
        first = bisect_left(outline.starts, self.start)
        return [
            element
            for element in range(first, len(outline.tags))
            if outline.starts[element] <= self.stop
            and outline.stops[element] <= self.stop
            and outline.tags[element] not in ("html", "body")
        ]

    @cached_property
    def denials(self) -> list[int]:
        """The positions of the words with which a page says that there is nothing here."""
        texts = self.outline.texts
        return [
            position
            for position in range(self.start, self.stop)
            if len(texts[position]) <= _LONGEST_DENIAL and _NOTHING.search(texts[position]) and not _NOT_THE_LIST.search(texts[position])
        ]

    @property
    def unlinked(self) -> list[str]:
        """Return the texts that are not names in a menu: what a reader would take for content."""
        outline = self.outline
        names = {link.start for link in outline.links_between(self.start, self.stop) if len(link.name) <= _LONGEST_MENU_NAME}
        return [
            text for position in range(self.start, self.stop) if position not in names and (text := outline.texts[position]) in self.own
        ]

    @property
    def is_shell(self) -> bool:
        """Whether the place of the list holds next to no text of its own, or an element of a list that holds nothing."""
        if sum(map(len, self.own)) > _SHELL_TEXT:
            return False
        return self.trail is not None or self.has_empty_list()

    @property
    def is_form(self) -> bool:
        """Whether something is to be written here: such a page has no list."""
        outline = self.outline
        return any(
            outline.tags[element] == "textarea"
            or (outline.tags[element] == "input" and outline.attribute(element, "type").lower() == "password")
            for element in self.elements
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands in the place of the list."""
        return not self.own

    def followed_by_entries(self, document: Document) -> bool:
        """Tell whether a list with dates stands after what was taken for the footer's beginning: then it was not the footer."""
        return any(found.dated and found.start >= self.start for found in document.derived(read_lists))

    def has_empty_list(self) -> bool:
        """Tell whether an element made for a list holds nothing."""
        outline = self.outline
        return any(outline.tags[element] in _LIST_TAGS and outline.starts[element] == outline.stops[element] for element in self.elements)

    def named_blanks(self) -> list[str]:
        """Return the ids and classes, as selectors, of the elements without content in which a script may put a list."""
        outline = self.outline
        selectors: dict[str, None] = {}
        for element in self.elements:
            if outline.starts[element] != outline.stops[element] or outline.tags[element] not in _HOLDER_TAGS:
                continue
            is_list = outline.tags[element] in _LIST_TAGS
            names = [f"#{name}" for name in outline.attribute(element, "id").split()]
            names += [f".{name}" for name in outline.attribute(element, "class").split() if is_list]
            selectors.update(
                dict.fromkeys(name for name in names if not _NO_LIST_NAME.search(name) and (is_list or _LIST_NAME.search(name)))
            )
        return list(selectors)[:_MOST_SELECTORS]


def footer_start(outline: Outline, after: int) -> int:
    """Return the position where the footer of a page begins, at the earliest at `after`."""
    for position in range(after, len(outline.texts)):
        if _FOOTER.occurs(outline.texts[position]):
            return position
    return len(outline.texts)


def _stated_empty(body: _Body, pager: Pager) -> str:
    """Return the words with which a page says that its list holds nothing; empty where it does not, or where more stands there."""
    stated = next((body.outline.texts[position] for position in body.denials), "")
    rest = sum(len(text) for text in body.unlinked if text != stated and not _PAGER_WORDS.fullmatch(text))
    if rest > _MOST_BESIDES:
        return ""
    return pager.excerpt if pager.total == 0 else stated


def _filling(document: Document, body: _Body) -> str:
    """Return what may fill the list after the page was loaded; empty where nothing is seen that could."""
    if match := _TEMPLATE.search(document.markup):
        return match.group().strip()
    if loading := next((text for text in body.own if len(text) < 40 and LOADING.search(text)), None):
        return loading
    if hidden := next((position for position in body.denials if is_hidden(body.outline, body.outline.holders[position])), None):
        # Words kept for the case that a script finds nothing.
        return body.outline.texts[hidden]
    for script in document.scripts:
        if match := FETCHING.search(script):
            return match.group()
    if match := _UNREAD_INCLUDE.search(document.source):
        return match.group()
    scripts = "\n".join(document.scripts)
    for selector in body.named_blanks():
        if _mentions(scripts, selector):
            return selector
    for source in _script_sources(body.outline):
        if match := _FILLING_FILE.search(source):
            return match.group()
    return ""


def _mentions(script: str, selector: str) -> bool:
    return selector in script or (selector[0] == "#" and (f'"{selector[1:]}"' in script or f"'{selector[1:]}'" in script))


def _script_sources(outline: Outline) -> list[str]:
    return [source for element, tag in enumerate(outline.tags) if tag == "script" and (source := outline.attribute(element, "src"))]


def _unknown_script(body: _Body) -> str:
    """Return a script file that may fill the list in place of the words 暂无信息, which then stood there from the beginning.

    Left out are effects and libraries, and what serves all pages of a site.
    """
    sources = (source.split("?", 1)[0] for source in _script_sources(body.outline))
    return next((source[-100:] for source in sources if not _HARMLESS_FILE.search(source) and not _GENERAL_FILE.search(source)), "")


def _blank(document: Document, body: _Body) -> EmptinessReading:
    """Judge a page with nothing between its breadcrumb and its footer.

    A page that was cut off shows nothing either: without a footer nothing is said. A picture or frame is content, and any script whose
    doings are not known may be what shows the list.
    """
    outline = body.outline
    if body.stop == len(outline.texts) or any(outline.tags[element] in _CONTENT_TAGS for element in body.elements):
        return EmptinessReading(Emptiness.UNKNOWN)
    inside = any(outline.tags[element] == "script" for element in body.elements)
    unknown = next((source for source in _script_sources(outline) if not _HARMLESS_FILE.search(source)), "")
    if inside or unknown:
        return EmptinessReading(Emptiness.SCRIPT_FILLED, unknown[-100:])
    return EmptinessReading(Emptiness.EMPTY, document.title[:100])
