"""未按要求发布《政府网站工作年度报表》

检查内容
    首页是否有上一年度的《政府网站工作年度报表》。
依据
    国办函〔2018〕12号：每年1月31日前在本网站首页显著位置发布上一年度《政府网站工作年度报表》。
判定
    pass 看到上一年度的报表或指向它的链接。
    fail 2月1日以后，首页和已查看的页面都没有该报表。
    inconclusive 有年度报表栏目或链接，但没有写明年份或未能打开；有名称相近的链接；首页或其中的列表、页脚由脚本写入而未能读到；
        有栏目或不带文字的图片链接未能查看；公告类栏目的第一页没有列到当年1月，报表可能在后面各页；
        首页的信息都早于报表发布期限（看到的可能是旧副本）。
    na 当年2月1日以前；2018年以前；登记为当年开设；登记状态为关停、迁移或临时下线。
证据
    报表链接的文字；或者查看过的页面和容易混淆的其他报告。
易误判
    《政府信息公开工作年度报告》和《政府网站监管年度报表》不是该报表；报表名称有多种写法；
    按期发布后过了数周数月，报表已排到栏目的后面几页；当年新开设的网站没有上一年度的报表。
整改建议
    在全国政府网站信息报送系统中生成上一年度报表，发布在网站首页显著位置，并将网址回填。
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from crawler.facts.records import ColumnClass, Link, ReportKind, ReportMention
from crawler.snapshot import Page
from rules.columns import SiteColumn
from rules.evidence import absence, quote
from rules.exemptions import opened_on
from rules.rule import Cover, Need, SiteRule, View
from rules.sightings import FRONT
from rules.verdict import Evidence, Judgement, failed, not_applicable, passed, undecided
from rules.windows import days_before

FIRST_CHECK_MONTH = 2
"""The report is due by 31 January: it is looked for from 1 February."""
RECENT = 14
"""Days: a homepage whose newest entry is older than that, and than the term, may be a copy from before the report."""
FIRST_YEAR = 2018
"""The notice is of January 2018: before, no report was owed."""

LIKE_NAME = re.compile(r"(?<!决算|预算|统计|财务|会计)报表|网站\S*(?:年报|报告)")
"""What a report may be called beside its names."""
OF_REPORTS = re.compile(r"公开|公示|报表|年报|报告")
NEXT_PAGE = re.compile(r"\W*(?:下一?页|[尾末]页|加载更多|查看更多)\W*")
MOST_SHOWN = 3


def judge(view: View) -> Judgement:
    """Look for last year's work report on every page that was read."""
    wanted = view.today.year - 1
    if view.today.year < FIRST_YEAR:
        return not_applicable("not_owed", "国办函〔2018〕12号印发以前，不要求发布年度报表")
    if view.today.month < FIRST_CHECK_MONTH:
        return not_applicable("not_due", f"{wanted}年度报表的发布期限为{view.today.year}年1月31日，尚未到期")
    opened = opened_on(view.registered) if view.registered else None
    if opened and opened.year == view.today.year:
        return not_applicable("opened_since", f"登记的开设日期为{opened}，没有{wanted}年度报表")
    mentions = [(page, report) for page in view.pages if page.facts for report in page.facts.reports]
    work = [(page, report) for page, report in mentions if report.kind is ReportKind.WORK]
    for page, report in work:
        if report.year == wanted:
            return passed("report_found", f"有{wanted}年度《政府网站工作年度报表》", _quote(page, report))
    unsure = [(page, report) for page, report in work if report.year is None]
    if unsure:
        shown = (_quote(page, report) for page, report in unsure[:MOST_SHOWN])
        return undecided("report_undated", "有年度报表的链接或栏目，但看不出年份", *shown)
    if like := list(_like_reports(view.pages, wanted, {report.title for _, report in mentions})):
        shown = (quote(page, link.text, "名称相近的链接") for page, link in like[:MOST_SHOWN])
        return undecided("report_otherwise_named", f"有名称与{wanted}年度报表相近的链接，须人工核对", *shown)
    if further := [column for column in view.columns if _may_hold_it_further_back(column, date(view.today.year, 1, 1))]:
        names = "、".join(column.name for column in further[:MOST_SHOWN])
        evidence = (column.evidence() for column in further[:MOST_SHOWN])
        return undecided("may_be_further_back", f"{names}的第一页没有列到当年1月，报表可能在后面各页", *evidence)
    if (newest := _newest_on_front(view)) and newest < min(date(view.today.year, FIRST_CHECK_MONTH, 1), days_before(view.today, RECENT)):
        return undecided("pages_older", f"首页能看到的最新日期为{newest}，早于报表发布期限，看到的可能是旧副本，不能认定以后没有发布")
    looked_at = f"查看首页及其他{len(view.pages) - 1}个页面的链接和标题，未见{wanted}年度《政府网站工作年度报表》"
    others = tuple(_quote(page, report) for page, report in mentions[:MOST_SHOWN])
    reason = f"未见{wanted}年度《政府网站工作年度报表》"
    return failed("no_report", reason, absence(view.home, "政府网站工作年度报表", looked_at), *others, absence=True, again=1)


def _like_reports(pages: Iterable[Page], wanted: int, known: set[str]) -> Iterator[tuple[Page, Link]]:
    """Yield the links whose text names the year and a report, though no report that is known by its name."""
    for page in pages:
        for link in page.facts.links if page.facts else ():
            if str(wanted) in link.text and LIKE_NAME.search(link.text) and " ".join(link.text.split()) not in known:
                yield page, link


def _may_hold_it_further_back(column: SiteColumn, since: date) -> bool:
    """Tell whether what was published since a day may be on later pages of a column for notices or reports."""
    seen = column.column
    if seen is None or not seen.items or not (column.column_class is ColumnClass.NOTICES or OF_REPORTS.search(column.name)):
        return False
    has_more = seen.total > len(seen.items) if seen.total is not None else seen.page_number is not None or _leads_to_next_page(column.page)
    return has_more and (seen.oldest is None or seen.oldest > since)


def _newest_on_front(view: View) -> date | None:
    """Return the newest day that the homepage, or a page behind its entrance, prints beside its entries."""
    front = (page.facts.newest_date for page in view.pages if page.role in FRONT and page.facts)
    return max((day for day in front if day), default=None)


def _leads_to_next_page(page: Page) -> bool:
    return page.facts is not None and any(NEXT_PAGE.fullmatch(link.text) for link in page.facts.links)


def _quote(page: Page, report: ReportMention) -> Evidence:
    return quote(page, report.title, f"{report.year or ''}{'年' if report.year else ''}报表")


RULE = SiteRule(
    version=4,
    needs=(Need.HOME, Need.PAGES, Need.ROW_IF_ANY, Need.HISTORY),
    covers=(Cover.HOMEPAGE, Cover.LISTS, Cover.COLUMNS, Cover.PICTURES, Cover.FOOTER),
    judge=judge,
)
