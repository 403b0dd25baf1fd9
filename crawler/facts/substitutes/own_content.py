"""What only pages with content of their own carry: a breadcrumb, the byline of an article, a list of dated entries."""

import re

from crawler.facts.lists.items import read_lists
from crawler.facts.tree.document import Document

SHELL_ROOTS = "#app, #root, #__next, #__nuxt, [ng-app], app-root, [data-reactroot]"
"""The elements into which applications put their pages."""

_WORDS = re.compile(
    r"(?:当前|所在|您的)\s*位置|首\s*页\s*[>＞»]|(?:发布|发表|更新)(?:时间|日期)\s*[:：]|(?:信息|文章|稿件)来源|来\s*源\s*[:：]"
    r"|(?:阅读|浏览|点击)(?:次数|量)|[上下]一[篇条]|字\s*[体号]\s*[:：【\[]"
)
_LEAST_ENTRIES = 3


def has_own_content(document: Document) -> bool:
    """Tell whether a page has content of its own: then its words are what it tells of, and no message stands in its place."""
    if _WORDS.search(document.text):
        return True
    return any(found.dated and len(found.items) >= _LEAST_ENTRIES for found in document.derived(read_lists))
