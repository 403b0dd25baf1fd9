"""How a page answers a search: hits, nothing found, an error, an echo of the query, or results that a script fills in."""

import re
from urllib.parse import urlsplit

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.lists.items import read_lists
from crawler.facts.lists.kinds import holds_entries
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import SearchAnswer, SearchOutcome
from crawler.facts.tree.document import Anchor, Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.script_files import is_harmless, script_files
from crawler.facts.tree.text import EXCERPT_LENGTH, excerpt
from crawler.facts.tree.visibility import LOADING, TEMPLATE, is_hidden, read_fetching

MOST_TITLES = 50

_UNIT = r"(?:余)?\s*(?:条|篇|个|项|则|份|件|页面|记录|结果)"
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,2})?万|\d{1,9})"
_SEARCHED = r"(?:找到|获得|搜到|搜索到|搜索出|检索到|检索出|查询到|查到|搜得|命中)"
_FOUND = r"(?:搜索|检索|查询|匹配)(?:的)?(?:结果|记录)|相关结果"
_SEARCHING = Phrase(r"找到|获得|[搜查命][到得中]|[搜检][索集]|查询|结果")
_STATED = Phrase(
    rf"(?:{_SEARCHED}[^\d\n]{{0,30}}?{_NUMBER}\s*{_UNIT}"
    rf"|(?:{_FOUND})(?:总?数)?\s*[:：]?\s*(?:共|约|共有|共计|总计|有)*\s*{_NUMBER}\s*{_UNIT}"
    rf"|共\s*(?:发现|有|计)?\s*{_NUMBER}\s*(?:条|篇|个|项)\s*(?:相关)?(?:的)?结果"
    rf"|(?:共|约|有)\s*{_NUMBER}\s*{_UNIT}\s*(?:的)?(?:与|和|跟|符合|满足|包含|关于|相关)[^\n]{{0,40}}?(?:结果|匹配|符合|相关的?(?:内容|信息|记录))"
    rf"|(?:{_FOUND})\s*[(（]\s*{_NUMBER}\s*[)）]"
    rf"|{_NUMBER}\s*{_UNIT}(?:相关|符合\S{{0,8}}|匹配)?(?:的)?(?:{_FOUND}))"
)
_COUNTED = Phrase(
    rf"(?:记录|结果)(?:总数|数|共有?|有|总计)\s*[:：]?\s*{_NUMBER}|(?:共有?|共计|总计|合计)\s*[:：]?\s*{_NUMBER}\s*(?:条|篇|个|项|则|件)(?!页)"
)
_NOTHING = Phrase(
    r"(?:没有?|未能?|暂未|暂时没有|无法|抱歉)[^\n。]{0,12}?(?:找到|搜索到|检索到|查询到|查到|搜到|搜索|检索|匹配|符合)[^\n]{0,30}|(?:找|搜|查|检索|搜索)不到[^\n]{0,30}"
    r"|(?:搜索|检索|查询)(?:结果)?为空|(?:暂)?(?:无|没有)(?:相关|任何)?(?:的)?(?:搜索|检索|查询|匹配)?(?:结果|记录)|(?:无|没有)(?:符合条件|您要)的(?:结果|记录|信息|数据|内容)"
    r"|暂无(?:相关)?(?:数据|信息|内容)|(?:搜索|检索|查询)的?(?:信息|内容|数据)?不存在"
)
_LONGEST_DENIAL = 80
_QUOTED = re.compile(r"[“\"「『【‘']\s*([^”\"」』】’'\n]{1,60}?)\s*[”\"」』】’']")
_ERROR = re.compile(
    r"HTTP\s*(?:Status|Error)\s*[45]\d\d|(?:java|javax|org\.apache|System)\.[\w.]+Exception|Exception in thread|ORA-\d{4,5}|SQLException"
    r"|Server Error in|Internal Server Error|Warning: \w+\(|Fatal error:|Traceback \(most recent|Cannot (?:GET|POST) /|运行时错误"
    r"|\b404\b[^\n]{0,20}(?:not found|页面|不存在)|页面(?:不存在|未找到|找不到)|关键[词字]不能为空|参数(?:错误|非法|不正确)"
    r"|(?:系统|服务器|程序|数据库)(?:内部)?(?:错误|异常|出错)|(?:搜索|检索)(?:服务|功能|引擎)?(?:异常|出错|错误|失败|不可用|暂停|超时)"
    r"|索引(?:不存在|错误|异常)",
    re.IGNORECASE,
)
_LONGEST_ERROR_PAGE = 1_500
_ASKED_FIRST = re.compile(
    r"验证码|captcha|频繁|(?:关键[词字]|检索词|搜索词|检索内容|搜索内容|输入)[^\n。]{0,10}(?:不能超过|不得超过|不超过|过长|太长|过短|太短)"
    r"|(?:两|2|多)个(?:以上)?(?:的)?关键[词字]|索引(?:正在)?(?:重建|更新中)",
    re.IGNORECASE,
)
"""What a search wants before it answers, or otherwise than it was asked."""
_OF_A_PART = re.compile(
    r"(?:在|当前|该|此)\s*(?:[“\"《【「][^\n]{2,12}?[”\"》】」]|栏目|频道|分类)\s*(?:栏目|频道|分类|范围|库)?\s*[下中内里]"
)
_OTHER_PARTS = re.compile(
    r"(?:全部|新闻|要闻|动态|公告|文件|政策|公开|服务|互动|其他|站内|本站|全站|资讯)\S{0,4}?\s*[(（]\s*[1-9]\d{0,6}\s*[)）]"
)
"""Hits counted beside the part of the site that was searched."""
_NAME = re.compile(
    r"(?:站内|全站|全文|智能|智慧|高级|信息|网站|本站|内容)?(?:搜\s*索|检\s*索|查\s*询|搜\s*集|search)(?:结果|列表|结果页|页面?|平台|中心|引擎|频道|信息|results?)*"
    r"|(?:智能|智慧)?搜索\S{0,4}|\S{0,12}搜索结果|全文检索\S{0,6}|search\s*results?",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s*(?:-+|[_|—–>»·:：])\s*")
_ADDRESS = re.compile(r"search|sousuo|jiansuo|query|/so[/?]|/s[/?]|/s$|jsearch|fullsearch|qwjs|ssjg", re.IGNORECASE)
_QUERY_FIELD = re.compile(r"q|wd|kw|key|keys|keyword|keywords|searchword|searchtext|searchkey|query|querystr|word|qt|sw", re.IGNORECASE)
_HIGHLIGHT = re.compile(r"red\b|#?[cef]{1,2}0000|#[cef]00|high-?light|keyword", re.IGNORECASE)
_SHORTEST_TITLE = 4
_FEWEST_UNDATED = 3
_EMPHASIS = ("em", "font", "b", "strong", "span", "i")


def read_search_answer(document: Document, query: str | None) -> SearchAnswer | None:
    """Return how the page answers a search, None where it is no search result page.

    `query` is what was searched for, where that is known. `hits` is the number the page states, else the number of titles listed.
    `NONE` and `ERROR` need words that a reader sees: what is hidden until a script shows it leaves the answer `SCRIPT`.
    """
    text = document.text
    stated = _STATED.search(text) if _SEARCHING.occurs(text) else None
    if not (_is_search_page(document, query) or (stated and not _names_a_column(document))):
        return None
    error = _ERROR.search(text)
    if error and not stated and (len(text) <= _LONGEST_ERROR_PAGE or "Exception" in error[0]):
        return _answer(SearchOutcome.ERROR, None, (), _line_around(text, error))
    nothing = _visible_nothing(document) if _NOTHING.search(text) else ""
    count = _number(stated) if stated else _number(_COUNTED.search(text))
    titles = _matching_titles(document, query) or (() if nothing else _listed_titles(document, query))
    if count == 0 or (nothing and not count and not titles):
        if query and _speaks_of_another(nothing, query):
            return _answer(SearchOutcome.ECHO, None, (), nothing)
        return _denial(
            document, query, nothing or (_line_around(text, stated) if stated else ""), in_words=bool(nothing) and "暂无" not in nothing
        )
    if count or titles:
        return _answer(SearchOutcome.HITS, count or len(titles), titles, _line_around(text, stated) if stated else "")
    return _without_list(document, query)


def _speaks_of_another(passage: str, query: str) -> bool:
    """Tell whether what denies any result quotes something else than what was searched for: spoilt letters, a part of the site."""
    quoted = _QUOTED.search(passage)
    if quoted is None:
        return False
    words = "".join(quoted[1].split()).rstrip("….")
    return bool(words) and words not in "".join(query.split()) and "".join(query.split()) not in words


def _denial(document: Document, query: str | None, passage: str, *, in_words: bool) -> SearchAnswer:
    """Return NONE, unless a script is still at work: a zero that a script counts up, and 暂无数据, are printed before it runs.

    暂无数据 is what a server prints as well whose data are not to be had: it needs a page that says what was searched for.
    Nor is it an answer that a part of the site holds nothing, or that the page wants a code from the visitor first.
    """
    if _ASKED_FIRST.search(document.text) or _OF_A_PART.search(passage) or _OTHER_PARTS.search(document.text):
        return _answer(SearchOutcome.ECHO, None, (), passage)
    if in_words:
        is_final = not LOADING.search(document.text)
    else:
        is_answer = query is None or query in document.text or _repeats_query(document, query) or "暂无" not in passage
        is_final = is_answer and not _is_filled_by_script(document)
    return _answer(SearchOutcome.NONE, 0, (), passage) if is_final else _answer(SearchOutcome.SCRIPT, None, (), passage)


def _without_list(document: Document, query: str | None) -> SearchAnswer | None:
    """Judge a search page that neither lists nor denies anything."""
    text = document.text
    if _NOTHING.search(text) or _is_filled_by_script(document):
        return _answer(SearchOutcome.SCRIPT, None, (), "")
    if query and (echo := re.search(re.escape(query), text)):
        return _answer(SearchOutcome.ECHO, None, (), _line_around(text, echo))
    return _answer(SearchOutcome.ECHO, None, (), query) if query and _repeats_query(document, query) else None


def _is_filled_by_script(document: Document) -> bool:
    if LOADING.search(document.text) or TEMPLATE.search(document.markup) or document.derived(read_fetching):
        return True
    return any(not is_harmless(source) for source in script_files(document))


def _answer(outcome: SearchOutcome, hits: int | None, titles: tuple[str, ...], passage: str) -> SearchAnswer:
    return SearchAnswer(outcome=outcome, hits=hits, titles=tuple(map(mask_personal_data, titles)), excerpt=mask_personal_data(passage))


def _number(match: re.Match[str] | None) -> int | None:
    digits = next((group for group in match.groups() if group), None) if match else None
    if not digits:
        return None
    return int(float(digits[:-1]) * 10_000) if digits.endswith("万") else int(digits.replace(",", ""))


def _line_around(text: str, match: re.Match[str]) -> str:
    """Return the line a passage stands in; of a long one, what is near the passage."""
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return line if len(line) <= EXCERPT_LENGTH else excerpt(text, match.start(), match.end())


def _visible_nothing(document: Document) -> str:
    """Return the words that deny any result, where a reader sees them and they are no link; empty otherwise."""
    outline = document.outline
    linked = {position for link in outline.links for position in range(link.start, link.stop)}
    for position, text in enumerate(outline.texts):
        if (
            len(text) <= _LONGEST_DENIAL
            and position not in linked
            and _NOTHING.search(text)
            and not is_hidden(outline, outline.holders[position])
        ):
            whole = re.search(re.escape(text), document.text)
            return _line_around(document.text, whole) if whole else text
    return ""


def _is_search_page(document: Document, query: str | None) -> bool:
    if any(_NAME.fullmatch(part.strip()) for part in _TITLE_PARTS.split(document.title) if part.strip()):
        return True
    address = "?".join(urlsplit(document.url or "")[2:4])
    if "=" in address if query else _ADDRESS.search(address) and "=" in address:
        return True
    if (query and (_ADDRESS.search(address) or _repeats_query(document, query))) or _carries_query(document):
        return True
    breadcrumb = document.derived(read_breadcrumb)
    return breadcrumb is not None and any(_NAME.fullmatch(name) for name in breadcrumb.names[-1:])


def _names_a_column(document: Document) -> bool:
    """Tell whether a breadcrumb says that this is a column: some sites make their columns with the search engine, its count included."""
    breadcrumb = document.derived(read_breadcrumb)
    return breadcrumb is not None and bool(breadcrumb.names)


def _repeats_query(document: Document, query: str) -> bool:
    """Tell whether a field of the page still holds what was searched for."""
    return any((field.attributes.get("value") or "").strip() == query for field in document.tree.css("input[value]"))


def _carries_query(document: Document) -> bool:
    """Tell whether a form around a list carries a query from page to page, as the pagers of search results do."""
    if not _COUNTED.search(document.text):
        return False
    return any(
        _QUERY_FIELD.fullmatch(field.attributes.get("name") or "")
        for form in document.tree.css("form")
        for field in form.css("input[type=hidden][name][value]")
        if field.attributes.get("value") and form.css_matches("table, ul, dl")
    )


def _matching_titles(document: Document, query: str | None) -> tuple[str, ...]:
    """Return the texts of the links that print the query or have a part of them highlighted."""
    return tuple(dict.fromkeys(anchor.text for anchor in document.anchors if _is_match(document.outline, anchor, query)))[:MOST_TITLES]


def _listed_titles(document: Document, query: str | None) -> tuple[str, ...]:
    """Return the titles of the page's fullest dated list; where nobody knows what was searched for, of a list without dates as well."""
    lists = [found for found in document.derived(read_lists) if found.dated]
    if not lists and query is None:
        lists = [found for found in document.derived(read_lists) if holds_entries(found) and len(found.items) >= _FEWEST_UNDATED]
    fullest = max(lists, key=lambda found: len(found.items), default=None)
    return tuple(dict.fromkeys(item.title for item in fullest.items))[:MOST_TITLES] if fullest else ()


def _is_match(outline: Outline, anchor: Anchor, query: str | None) -> bool:
    if len(anchor.text) < _SHORTEST_TITLE:
        return False
    wanted = "".join(query.split()) if query else ""
    if wanted and wanted in "".join(anchor.text.split()):
        return len(anchor.text) > len(wanted) or len(wanted) >= 2 * _SHORTEST_TITLE
    return any(_is_highlight(outline, element) for element in outline.within(anchor.element, *_EMPHASIS))


def _is_highlight(outline: Outline, element: int) -> bool:
    marked = " ".join(outline.attribute(element, name) for name in ("color", "style", "class"))
    return outline.tags[element] == "em" or bool(_HIGHLIGHT.search(marked))
