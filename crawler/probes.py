"""Probes of the search box: which queries tell whether it works (pure), and how a form is filled in and sent as a browser would."""

import re
from collections.abc import Iterable
from urllib.parse import quote_plus, urlencode

from crawler.facts.records import Item, PageFacts, Record, SearchForm, SearchState
from crawler.net.fetcher import Request
from crawler.net.urls import host_of, is_web, resolve
from crawler.snapshot import Page, PageRole

_MAX_TITLES = 2
_TITLE_LENGTH = range(8, 31)
_QUERY_LENGTH = range(6, 13)
_NONSENSE = "蘅嵬罅毳髟齑"
"""Rare characters that no government page holds in this order: a search that "finds" them finds anything."""

_GENERIC = re.compile(r"^(?:关于|转发|印发|公告|通知|通告|公示|更多|首页|欢迎|点击|下载|附件|专题|网站)")
_WRAPPING = re.compile(
    r"^(?:关于|转发|印发|公布|做好|开展|召开|举行|我[市县区省镇局]|全[市县区省镇])+|(?:的(?:通知|公告|通告|公示|意见|函|批复|决定|报告))$"
)
_HAN = re.compile(r"[一-鿿]+")


class SearchQuery(Record, frozen=True, kw_only=True):
    """A query to try, and the title a working search must find; None for the control."""

    text: str
    expected: str | None = None


def find_search_form(pages: Iterable[Page]) -> tuple[SearchForm, Page] | None:
    """Return the first search form that can be sent without scripts, and the page it is on: the homepage's own before others."""
    for page in sorted(pages, key=lambda each: each.role is not PageRole.HOME):
        form = page.facts.search_form if page.facts else None
        if form and form.state is SearchState.PRESENT and form.action and form.field:
            return form, page
    return None


def plan_queries(pages: Iterable[Page]) -> tuple[SearchQuery, ...]:
    """Choose up to two titles known to be on the site and a control query; nothing where no title is distinctive enough.

    Dated items that are not the newest come first: an index may not have read the newest yet.
    """
    chosen: dict[str, SearchQuery] = {}
    for item in _by_promise(_known_items(pages)):
        text = _distinctive_part(item.title)
        if text and text not in chosen:
            chosen[text] = SearchQuery(text=text, expected=item.title)
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


def search_hosts(request: Request, site_hosts: frozenset[str]) -> frozenset[str]:
    """Return the hosts a search may lead over: the site's own and the one its form names (search of a group of sites)."""
    host = host_of(request.url)
    return site_hosts | {host[4:] if host.startswith("www.") else host}


def _form_encoding(facts: PageFacts | None) -> str:
    """Return the codec of a page's forms: browsers send a form in the encoding of its page."""
    return "gb18030" if facts and facts.encoding.lower() in ("gb18030", "gbk", "gb2312") else "utf-8"


def _known_items(pages: Iterable[Page]) -> list[Item]:
    items: dict[str, Item] = {}
    for page in pages:
        if page.facts is None:
            continue
        columns = (*page.facts.blocks, *((page.facts.column,) if page.facts.column else ()))
        for item in (item for column in columns for item in column.items if item.url):
            items.setdefault(item.title.strip(), item)
    return list(items.values())


def _by_promise(items: list[Item]) -> list[Item]:
    """Order items by how surely a search must find them: dated ones from older to newer half, then undated, in page order."""
    dated = sorted((item for item in items if item.date), key=lambda item: str(item.date), reverse=True)
    older_half = dated[len(dated) // 2 :]
    return [*older_half, *(item for item in items if not item.date), *dated[: len(dated) // 2]]


def _distinctive_part(title: str) -> str | None:
    """Return 6 to 12 characters from the middle of what a title is about; None where the title is cut, too short, long or generic."""
    title = title.strip()
    if len(title) not in _TITLE_LENGTH or title.endswith(("…", "...", "..")):
        return None
    core = _WRAPPING.sub("", title)
    runs = [run for run in _HAN.findall(core) if len(run) >= _QUERY_LENGTH.start and not _GENERIC.match(run)]
    if not runs:
        return None
    longest = max(runs, key=len)
    return longest[: _QUERY_LENGTH.stop - 1]
