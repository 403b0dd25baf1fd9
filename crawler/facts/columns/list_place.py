"""The part of a page in which its list stands: between the breadcrumb and the footer."""

import re
from bisect import bisect_left
from functools import cached_property

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.lists.items import ItemList, read_lists
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.phrase import Phrase

_NOTHING = re.compile(
    r"暂无(?:信息|数据|内容|文章|记录|相关|资料|更新)?|暂时没有|没有(?:找到|查到|查询到|检索到)?(?:任何|相关|符合条件的)*(?:信息|数据|内容|记录|文章|资料)"
    r"|无相关(?:信息|数据|内容|记录)|栏目下?(?:尚|暂)?无(?:信息|数据|内容|记录|文章)|(?:尚未|还没有?)(?:添加|发布|录入)(?:任何)?(?:信息|数据|内容|文章)|(?:列表|信息|数据|内容)为空|敬请期待|正在建设|建设中|内容整理中|栏目建设"
)
_OF_ONE_PART = re.compile(r"(?<!提示)[:：]\s*$")
"""What stands before a denial that says what of is none: 2018年：暂无, 附件：暂无."""
_FOOTER = Phrase(
    r"版 ?权 ?所 ?有|^友情链接 ?[:：]|标识码|ICP备|[主承] ?办(?: ?单 ?位)? ?[:：]|公网安备|备 ?案(?: ?号|序号)? ?[:：]"
    r"|(?:技术支持|制作维护|维护单位) ?[:：]|[Cc]opyright|COPYRIGHT",
    re.MULTILINE,
)
_NO_LIST_NAME = re.compile(r"page|fanye|pagination|clear|^.fix$|menu|nav|tab|search|share|foot|weather|login|head", re.IGNORECASE)
_LIST_NAME = re.compile(r"list|cont|data|news|result|main|article|info|item|box|table|body|app|lb|liebiao|neirong", re.IGNORECASE)
_HOLDER_TAGS = frozenset({"ul", "ol", "dl", "tbody", "table", "div", "section", "span", "td", "p"})
_LIST_TAGS = frozenset({"ul", "ol", "dl", "tbody", "table"})
_PLACE_TAGS = _LIST_TAGS | {"td"}
_SOURCES = ("url", "data-url", "data-src", "data-api", "data-href", "data-options", "lay-data", "data-include", "hx-get")
_SHELL_TEXT = 200
_LONGEST_DENIAL = 40
_MOST_SELECTORS = 100
_LONGEST_MENU_NAME = 10
_MOST_UNLINKED_ENTRIES = 2
PAGER_WORDS = re.compile(
    r"(?:[\s\d/|<>«»‹›.…,，:：()（）\[\]]|共有?|总共?|当前|第|每|页次?|页面|条|项|篇|个|记录数?|数据|信息|结果|首页|[上下前后]一?|[末尾]|最[前后]一?|转到?|跳转?|到"
    r"|至|GO|显示|搜索到|约|分为|确定)*",
    re.IGNORECASE,
)
"""What the texts of a pager are made of."""
_SITE_LINKS = re.compile(
    r"(?:关于|联系)我们|关于本站|联系方式|(?:网站|站点)(?:地图|导航|声明|帮助)|使用帮助|(?:版权|隐私|法律|免责)声明|返回(?:首页|顶部|上一页)|设为首页|加入收藏|打印(?:本页)?|关闭(?:窗口|本页)?|[▏·]"
)
"""What every page of a site may offer above its footer."""
_NOT_THE_LIST = re.compile(r"上一|下一|评论|附件|图片|简介|回复|相关(?:链接|阅读|附件)")


class ListPlace:
    """The part of a page between its breadcrumb and its footer, or an earlier position."""

    def __init__(self, document: Document, stop: int | None = None) -> None:
        self.outline = document.outline
        self._lists = document.derived(read_lists)
        self.breadcrumb = document.derived(read_breadcrumb)
        self.start = self.breadcrumb.stop if self.breadcrumb else 0
        self.stop = footer_start(self.outline, self.start) if stop is None else stop
        name = self.breadcrumb.names[-1] if self.breadcrumb and self.breadcrumb.names else None
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
            if len(texts[position]) <= _LONGEST_DENIAL and _denies_list(texts[position])
        ]

    @property
    def unlinked(self) -> list[str]:
        """Return the texts that are not names in a menu: what a reader would take for content."""
        outline = self.outline
        names = {link.start for link in outline.links_between(self.start, self.stop) if len(link.name) <= _LONGEST_MENU_NAME}
        own = set(self.own)
        return [text for position in range(self.start, self.stop) if position not in names and (text := outline.texts[position]) in own]

    @property
    def is_shell(self) -> bool:
        """Whether the place of the list holds next to no text of its own, or an element of a list that holds nothing."""
        if sum(map(len, self.own)) > _SHELL_TEXT:
            return False
        return self.breadcrumb is not None or self.has_empty_list()

    @property
    def is_form(self) -> bool:
        """Whether something is to be written here: such a page has no list."""
        outline = self.outline
        return any(
            outline.tags[element] == "textarea"
            or (outline.tags[element] == "input" and outline.attribute(element, "type").lower() == "password")
            for element in self.elements
        )

    @cached_property
    def _menus(self) -> list[ItemList]:
        names = set(self.breadcrumb.names) if self.breadcrumb else set()
        return [found for found in self._lists if self._is_menu(found, names)]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the place of the list but the column's name, the menu it is an entry of, and a pager."""
        names = set(self.breadcrumb.names) if self.breadcrumb else set()
        menus = [self._reach(found) for found in self._menus]
        return all(
            text in names or PAGER_WORDS.fullmatch(text) or _SITE_LINKS.fullmatch(text) or any(position in menu for menu in menus)
            for position, text in enumerate(self.outline.texts[self.start : self.stop], self.start)
        )

    @property
    def is_menu_alone(self) -> bool:
        """Whether a menu is all that stands here, with no list or cell beside it that holds nothing: it may be what the page is for."""
        if not self._menus:
            return False
        entries = [row.element for found in self._menus for row in found.rows if row.element >= 0]
        inside = {element for entry in entries for element in range(entry, self.outline.ends[entry])}
        return not any(
            self.outline.tags[element] in _PLACE_TAGS
            and self.outline.starts[element] == self.outline.stops[element]
            and element not in inside
            for element in self.elements
        )

    def _is_menu(self, found: ItemList, names: set[str]) -> bool:
        """Tell whether a list is a menu of columns: this one is an entry of it, or the one above. A heading above a list is no entry."""
        if found.dated or found.start < self.start or found.stop > self.stop:
            return False
        if any(len(item.title) > _LONGEST_MENU_NAME or item.title[:1].isdigit() for item in found.items):
            # Years are parts of this column.
            return False
        unlinked = self.outline.texts[found.start : self._reach(found).stop]
        return any(item.title in names for item in found.items) or any(text in names for text in unlinked)

    def _reach(self, found: ItemList) -> range:
        """Return the positions of a list with the entry that is no link, as this page's own in many menus."""
        first, last = self.outline.starts[found.container], self.outline.stops[found.container]
        if first < self.start or last > self.stop or last - first > len(found.items) + _MOST_UNLINKED_ENTRIES:
            return range(found.start, found.stop)
        return range(first, last)

    def followed_by_entries(self, document: Document) -> bool:
        """Tell whether a list with dates stands after what was taken for the footer's beginning: then it was not the footer."""
        return any(found.dated and found.start >= self.start for found in document.derived(read_lists))

    def has_empty_list(self) -> bool:
        """Tell whether an element made for a list holds nothing."""
        outline = self.outline
        return any(outline.tags[element] in _LIST_TAGS and outline.starts[element] == outline.stops[element] for element in self.elements)

    @property
    def source(self) -> str:
        """The address from which an element without content is filled, where it carries one, as tables of widgets do."""
        outline = self.outline
        blank = (element for element in self.elements if outline.starts[element] == outline.stops[element])
        carrying = (element for element in blank if outline.tags[element] in _HOLDER_TAGS and outline.has_attribute(element, *_SOURCES))
        return next(
            (outline.attribute(element, name) for element in carrying for name in _SOURCES if outline.has_attribute(element, name)), ""
        )

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


def _denies_list(text: str) -> bool:
    """Tell whether a short text says that there is nothing, and not of which part."""
    denial = _NOTHING.search(text)
    return denial is not None and not (_NOT_THE_LIST.search(text) or _OF_ONE_PART.search(text[: denial.start()]))


def footer_start(outline: Outline, after: int) -> int:
    """Return the position where the footer of a page begins, at the earliest at `after`."""
    texts = outline.texts[after:]
    found = _FOOTER.search(text := "\n".join(texts))
    return after + (text.count("\n", 0, found.start()) if found else len(texts))
