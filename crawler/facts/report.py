"""Yearly reports: 政府网站工作年度报表, told apart from the reports with like names (国办函〔2018〕12号; standards.md 2.7)."""

import re
from collections.abc import Iterator

from crawler.facts.masking import mask_personal_data
from crawler.facts.records import ReportKind, ReportMention
from crawler.facts.tree.document import Document

LONGEST_TITLE = 80

_LONGEST_NAME = 30
"""Longer lines tell of a report."""
_SHEET_WORD = "报表"
_SENTENCE = re.compile(r"[。，；,;]")
_WRITTEN = re.compile(r"[>\"']\s*([^<>\"'\n]{6,30}?)\s*(?=[<\"'\\])")

_YEARLY = r"(?:年度|年)"
_SHEET = r"(?:报表|报告)"
_OPENNESS = re.compile(rf"(?:信息公开|政务公开|公开工作|公开){{1}}\S{{0,6}}?(?:{_YEARLY}(?:工作)?{_SHEET}|年报)|信息公开\S{{0,4}}年报")
_SUPERVISION = re.compile(rf"监管(?:工作)?{_YEARLY}?(?:工作)?{_SHEET}|监管年报")
_WORK = re.compile(
    rf"网站(?:[和与及、]政务新媒体)?(?:20\d\d年度?|建设|管理|工作|的)*{_YEARLY}(?:工作)?{_SHEET}|网站(?:工作)?(?:年报|报表)|网站\S{{0,4}}{_YEARLY}工作{_SHEET}"
)
_WORK_ALONE = re.compile(r"(?:20\d\d年?度?)?(?:本站|本网站?)?(?:年度工作|工作年度|年度)报表(?:专栏|公开|公示)?")
"""A column of the site's own menu: whose report it holds goes without saying there."""
_REPORT_WORDS = ("报表", "年报", "年度报告")
_POSSIBLE = re.compile(r"报\s?表|年\s?报|年\s?度")
_ABOUT_REPORTS = re.compile(r"关于\S*(?:通知|的函|工作方案)|填报说明|培训|通报")
_CUT_OFF = ("..", "…")
_YEAR = re.compile(r"(20\d\d)|([二2][〇○零O0ＯО][一二三四五六七八九〇○零\d]{2})(?=年)")
_YEAR_ALONE = re.compile(r"[(（]?\s*(?:20\d\d|[二2][〇○零O0ＯО一二三四五六七八九\d]{3})\s*年度?\s*[)）]?")
_NUMERALS = {
    **{numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "O": "0",
    "Ｏ": "0",
    "О": "0",
}
_FORM_FIELDS = (
    "填报单位",
    "网站名称",
    "首页网址",
    "独立用户访问",
    "网站总访问量",
    "信息发布总数",
    "专栏专题",
    "安全检测评估",
    "留言收到",
    "收到留言",
)
_FEWEST_FORM_FIELDS = 4


def read_reports(document: Document) -> tuple[ReportMention, ...]:
    """Return the yearly reports that the page links to, and the one that it is itself (its address is then the page's own).

    The year is the one reported on, where printed: the year before publication.
    """
    found = [mention] if any(word in document.text for word in _REPORT_WORDS) and (mention := _page_itself(document)) else []
    for anchor in document.anchors:
        name = anchor.text
        if name.endswith(_CUT_OFF) or ("年" in name and "报" not in name):
            name = _whole(name, document.outline.attribute(anchor.element, "title"))
        if "报" in name and (kind := kind_of_report(name)) is not None:
            found.append(_mention(kind, name, document.resolve(anchor.href)))
    for area in document.outline.with_tags("area"):
        name = document.outline.attribute(area, "alt") or document.outline.attribute(area, "title")
        if "报" in name and (kind := kind_of_report(name)) is not None:
            found.append(_mention(kind, name, document.resolve(document.outline.attribute(area, "href"))))
    if not any(mention.kind is ReportKind.WORK for mention in found):
        unlinked = {_year(name): (name, url) for name, url in _unlinked(document) if _is_name_of_work(name)}
        found += (_mention(ReportKind.WORK, name, url) for name, url in unlinked.values())
    return tuple(dict.fromkeys(found))


def _unlinked(document: Document) -> Iterator[tuple[str, str | None]]:
    """Yield what may be the name of a report where no link bears it: a choice of a menu, a line, a picture, a string of a script."""
    if _SHEET_WORD not in document.source:
        return
    outline = document.outline
    if _SHEET_WORD in document.text:
        yield from ((line, None) for line in document.text.split("\n") if len(line) <= _LONGEST_NAME)
    for script in document.scripts:
        if _SHEET_WORD in script:
            yield from ((match[1], None) for match in _WRITTEN.finditer(script))
    yield from ((outline.attribute(picture, name), None) for picture in outline.with_tags("img") for name in ("alt", "title"))
    for option in outline.with_tags("option"):
        yield outline.running_text(option), document.resolve(outline.attribute(option, "value"))


def _is_name_of_work(text: str) -> bool:
    return not _SENTENCE.search(text) and kind_of_report(text) is ReportKind.WORK


def _whole(name: str, title: str) -> str:
    """Return the title of a link where it says in full what the link prints the beginning of, cut off with or without a sign."""
    return title if title and (name.endswith(_CUT_OFF) or title.startswith(name)) else name


def kind_of_report(title: str) -> ReportKind | None:
    """Return which yearly report a title names; None for every other text, such as the notice that asks for the reports."""
    text = "".join(title.split())
    if not 4 <= len(text) <= LONGEST_TITLE or not _POSSIBLE.search(text) or _ABOUT_REPORTS.search(text):
        return None
    if _SUPERVISION.search(text):
        return ReportKind.SUPERVISION
    if _WORK.search(text) or _WORK_ALONE.fullmatch(text):
        return ReportKind.WORK
    return ReportKind.OPENNESS if _OPENNESS.search(text) else None


def _page_itself(document: Document) -> ReportMention | None:
    titles = [document.meta_content("ArticleTitle") or "", document.title, *map(document.text_of, document.tree.css("h1, h2")[:5])]
    title = next((title for title in titles if kind_of_report(title)), None)
    has_form = _has_form(document)
    lines = document.text.split("\n")
    if title is None and has_form:
        title = next((line for line in lines if kind_of_report(line) is ReportKind.WORK), None)
    kind = kind_of_report(title) if title else None
    if title is None or kind is None or not (has_form or _year(title)):
        return None
    mention = _mention(kind, title, document.url)
    if not has_form:
        return mention
    year = mention.year or next((year for line in lines if _YEAR_ALONE.fullmatch(line) and (year := _year(line))), None)
    return ReportMention(kind=kind, title=mention.title, year=year, url=mention.url)


def _has_form(document: Document) -> bool:
    """Tell whether the page prints the form of the report itself, by its field names."""
    return sum(field in document.text for field in _FORM_FIELDS) >= _FEWEST_FORM_FIELDS


def _mention(kind: ReportKind, title: str, url: str | None) -> ReportMention:
    return ReportMention(kind=kind, title=mask_personal_data(" ".join(title.split()))[:LONGEST_TITLE], year=_year(title), url=url)


def _year(title: str) -> int | None:
    match = _YEAR.search(title)
    if not match:
        return None
    digits = "".join(_NUMERALS.get(character, character) for character in match[0])
    return int(digits) if digits.isdecimal() else None
