"""The columns that the navigation bars name."""

import re

from crawler.facts.columns.classes import classify
from crawler.facts.records import NavigationLink
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Link
from crawler.facts.tree.titles import is_title

_LONGEST_NAME = 12
_NOT_COLUMN = re.compile(
    r"(?:返回|网站)?首页|设为首页|(?:加入|添加)?收藏(?:本站)?|无障碍.*|[繁简]体(?:中文|版)?|English|EN|网站地图|联系我们|登录|注册|手机版|移动版|微信.*|微博.*|客户端|RSS|邮箱|更多"
    r"|.{2,}(?:局|委员会|政府|办公室|网|网站|厅|法院|检察院|大学|学院|公司|集团|开发区)",
    re.IGNORECASE,
)


def read_navigation(document: Document) -> tuple[NavigationLink, ...]:
    """Return the links of the navigation bars that name columns, each address once, with the class told from the name.

    A link belongs to a bar where it stands in a run of short names; whether it leads to the same site is not judged here.
    """
    outline = document.outline
    found: dict[str, NavigationLink] = {}
    run: list[Link] = []
    for link in outline.links:
        name = "".join(link.name.split())
        if 2 <= len(name) <= _LONGEST_NAME and (not run or link.start - run[-1].stop <= 2):
            run.append(link)
            continue
        _collect(document, run, found)
        run = [link] if 2 <= len(name) <= _LONGEST_NAME else []
    _collect(document, run, found)
    return tuple(found.values())


_SHORTEST_BAR = 3


def _collect(document: Document, run: list[Link], found: dict[str, NavigationLink]) -> None:
    if len(run) < _SHORTEST_BAR:
        return
    for link in run:
        name = "".join(link.name.split())
        url = document.resolve(link.href)
        if url and url not in found and is_title(name) and not _NOT_COLUMN.fullmatch(name):
            found[url] = NavigationLink(text=name, url=url, column_class=classify(name))
