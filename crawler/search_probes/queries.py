"""Probes of the search box: which queries tell whether it works (pure), and how a form is filled in and sent as a browser would."""

import re
from collections.abc import Iterable
from urllib.parse import quote_plus, urlencode

from crawler.facts.edition import holds_traditional
from crawler.facts.records import ColumnClass, Item, PageFacts, Record, SearchForm, SearchOutcome, SearchState
from crawler.net.fetcher import Request
from crawler.snapshot import Page, PageRole
from crawler.urls import bare_host, host_of, is_web, page_key, resolve, same_site

_MAX_TITLES = 2
_TITLE_LENGTH = range(8, 31)
_QUERY_LENGTH = range(6, 13)
_NONSENSE = "蘅嵬罅毳髟齑"
"""Rare characters that no government page holds in this order: a search that "finds" them finds anything."""

_BOUNDARY = re.compile(
    r"关于|印发|转发|公布|[^\u4e00-\u9fff]+|[的和及与在并对等为暨将被了]|(?:通知|公告|通报|公示|意见|批复|决定|办法|方案)$"
)
"""Where a title may be cut without cutting a word: search engines that index words do not find halves of them."""

_GENERIC = re.compile(
    r"^(?:更多|首页|欢迎|点击|下载|附件|专题|网站|政府信息公开|工作动态)|(?:局|委|委员会|办|办公室|厅|政府|部|处|院|中心|公司|集团|街道|[市区县省镇乡村])$"
)
"""Headings and names of offices: thousands of titles hold them."""

_SYSTEMS = (PageRole.INTERACTION, PageRole.GUIDE)
_OTHER_CLASSES = (ColumnClass.INTERACTION, ColumnClass.SERVICE)


class SearchQuery(Record, frozen=True, kw_only=True):
    """A query to try, and the title a working search must find; None for the control."""

    text: str
    expected: str | None = None
    url: str | None = None
    """Where that title stands."""


def find_search_form(pages: Iterable[Page]) -> tuple[SearchForm, Page] | None:
    """Return the first search form that can be sent without scripts, and the page it is on: the homepage's own before others."""
    for page in sorted(pages, key=lambda each: each.role is not PageRole.HOME):
        form = page.facts.search_form if page.facts else None
        if form and form.state is SearchState.PRESENT and form.action and form.field:
            return form, page
    return None


def plan_queries(pages: Iterable[Page], hosts: frozenset[str]) -> tuple[SearchQuery, ...]:
    """Choose up to two titles known to be on the site and a control query; nothing where no title is distinctive enough.

    A title counts as known where a list dates it, or where its own page was seen. Those that are not the newest come first:
    an index may not have read the newest yet.
    """
    chosen: dict[str, SearchQuery] = {}
    for item in _known_items(tuple(pages), hosts):
        title = item.title.strip()
        text = _distinctive_part(title)
        if text and text not in chosen:
            chosen[text] = SearchQuery(text=text, expected=title, url=item.url)
        if len(chosen) == _MAX_TITLES:
            break
    return (*chosen.values(), SearchQuery(text=_NONSENSE)) if chosen else ()


def search_request(form: SearchForm, query: str, page: Page) -> Request | None:
    """Fill in a search form as a browser would; None where its address is none of the web."""
    action = resolve(form.action or "", page.final_url)
    if action is None or not is_web(action) or not form.field:
        return None
    encoding = _form_encoding(page.facts)
    fields = [(name, value) for name, value in form.hidden if name != form.field]
    data = urlencode([*fields, (form.field, query)], encoding=encoding, errors="xmlcharrefreplace", quote_via=quote_plus)
    action = action.partition("#")[0]
    if (form.method or "get").lower() == "post":
        headers = (("content-type", "application/x-www-form-urlencoded"), ("referer", page.final_url))
        return Request(url=action, method="POST", headers=headers, content=data.encode("ascii"))
    return Request(url=f"{action.partition('?')[0]}?{data}", headers=(("referer", page.final_url),))


def finds(page: Page) -> bool:
    """Tell whether the answer to a search lists something."""
    return page.facts is not None and page.facts.search_answer is not None and page.facts.search_answer.outcome is SearchOutcome.HITS


def search_hosts(request: Request, site_hosts: frozenset[str]) -> frozenset[str]:
    """Return the hosts a search may lead over: the site's own and the one its form names (search of a group of sites)."""
    return site_hosts | {bare_host(host_of(request.url))}


def _form_encoding(facts: PageFacts | None) -> str:
    """Return the codec of a page's forms: browsers send a form in the encoding of its page."""
    return "gb18030" if facts and facts.encoding.lower() in ("gb18030", "gbk", "gb2312") else "utf-8"


def _known_items(pages: tuple[Page, ...], hosts: frozenset[str]) -> tuple[Item, ...]:
    items = _items(pages, hosts)
    dated = sorted((item for item in items if item.date), key=lambda item: str(item.date), reverse=True)
    newer, older = dated[: len(dated) // 2], dated[len(dated) // 2 :]
    seen = {
        page_key(page.url) for page in pages if page.role is PageRole.ARTICLE and page.facts and page.failure is None and page.status == 200
    }
    undated = [item for item in items if not item.date and page_key(item.url or "") in seen]
    return (*older, *undated, *newer)


def _items(pages: tuple[Page, ...], hosts: frozenset[str]) -> list[Item]:
    """Return the entries that a search of the site ought to know: letters and services are kept in systems of their own."""
    found: dict[str, Item] = {}
    indexed = (page.facts for page in pages if page.role not in _SYSTEMS and page.facts and page.facts.letters is None)
    for facts in indexed:
        for column in (*facts.blocks, *((facts.column,) if facts.column else ())):
            for item in column.items if column.column_class not in _OTHER_CLASSES else ():
                if item.url and same_site(item.url, hosts):
                    found.setdefault(item.title.strip(), item)
    return list(found.values())


def _distinctive_part(title: str) -> str | None:
    """Return the uncut part of a title that a reader would search for; None where the title is cut, too short, long or generic.

    The longest part of 6 to 12 characters, else the shortest above that.
    """
    if len(title) not in _TITLE_LENGTH or title.endswith(("…", "...", "..")) or holds_traditional(title):
        return None
    parts = [part for part in _BOUNDARY.split(title) if len(part) >= _QUERY_LENGTH.start and not _GENERIC.match(part)]
    fitting = [part for part in parts if len(part) in _QUERY_LENGTH]
    return max(fitting, key=len) if fitting else min(parts, key=len, default=None)
