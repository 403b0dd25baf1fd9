"""首页面长时间未更新

检查内容
    首页各栏目最近两周有无更新；首页仅为栏目导航入口的，检查所有二级页面。
依据
    《全国政府网站普查评分表》单项否决指标“网站不更新”：首页栏目无信息更新的，监测时间段为2周。
判定
    pass 首页（或导航页下的二级页面）有两周内发布的信息；列表不显示日期的，打开的信息印有两周内的日期。
    fail 首页显示的信息全部早于两周，且全站看到的其他页面也没有两周内的信息。
    inconclusive 首页没有可辨认的日期，或部分列表由脚本写入，或动态类栏目不显示日期且没有打开足够的信息核实，或首页陈旧而其他栏目有新信息，
        或访问时已有判定日之后发布的信息，或历次巡查见过两周内的信息（本次看到的可能是旧副本）。
    na 登记状态为关停、迁移或临时下线。
证据
    首页上日期最新的若干条信息。
易误判
    首页不显示日期（评分表规定信息未注明发布时间的视为未更新，须打开信息核实确无日期）；列表由脚本写入；
    未来日期和置顶信息；仅作导航的首页；标题为图片的列表；以毫秒数写出、由脚本显示的日期。
    首次巡查没有历史可比：没有Age头的全站旧副本与确实停更的网站看不出区别，见“多个栏目长期不更新”。
整改建议
    及时更新首页各栏目信息，并在列表中注明发布时间；确已停止维护的网站应按程序申请关停或整合。
"""

from collections.abc import Iterator, Set
from datetime import date

from crawler.china_time import china_day
from crawler.facts.records import Column, ColumnClass, Item
from crawler.snapshot import Page, PageRole
from rules.columns import are_undated, shows_later_day
from rules.coverage import MARK_HOST
from rules.domains import host_of
from rules.evidence import absence, dated_item, quote
from rules.rule import Cover, Need, SiteRule, View
from rules.sightings import FRONT
from rules.unrendered import undecided_by_scripts
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, passed, undecided
from rules.windows import days_before

DATED_CLASSES = (ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICY)
HEADLINE = 10
"""Characters from which on a link is a headline, and no name of a body or column."""
OPENED = 2
"""Dated articles of a list without dates that tell how old it is: a single one may be pinned on top."""


def judge(view: View) -> Judgement:
    """Judge the newest printed date of the homepage, then of the whole site."""
    limit = days_before(view.today, view.threshold("window_days"))
    front = [page for page in view.pages if page.role in FRONT]
    newest_front = _newest(front, view.today)
    if newest_front and newest_front >= limit:
        return passed("updated", f"首页最新信息日期为{newest_front}", *_newest_items(front, view.today))
    if fresh := _fresh_article(front, view, limit):
        return passed(
            "updated", f"首页列出的信息发布于{fresh.facts and fresh.facts.publish_date}", quote(fresh, fresh.link_text, "首页列出的信息")
        )
    if later := next((page for page in view.pages if shows_later_day(page, view.today)), None):
        seen = quote(later, f"{china_day(later.fetched_at)}访问时有{view.today}以后的信息")
        return undecided("updated_since", f"访问时已有{view.today}以后发布的信息，{view.today}当日的情况无法判断", seen)
    newest_site = _newest(view.pages, view.today)
    if newest_site is None:
        return undecided("no_dates", "首页和已查看的页面没有可辨认的发布日期")
    if newest_site >= limit:
        return undecided("updated_elsewhere", f"首页未见{limit}以后的信息，但其他页面有{newest_site}的信息，须人工核对首页")
    if seen_before := _seen_before(view, limit):
        return undecided("newer_before", f"历次巡查在该网站见过{seen_before}的信息，本次看到的可能是旧副本")
    if any(page.facts.filled_later for page in front if page.facts) or any(
        _is_by_script(block, page) for page in view.pages for block in _blocks(page)
    ):
        return undecided_by_scripts("script_filled", "首页或动态、公告、政策类栏目的列表由脚本写入，未能看到全部信息", view.pages)
    enough = view.threshold("undated_articles", 0)
    if any(_is_open(block, view.pages, enough) for page in (front if newest_front else view.pages) for block in _blocks(page)):
        return undecided("undated_lists", "部分动态、公告、政策类栏目的列表没有日期，其中的信息也未能看到日期")
    shown = _newest_items(front, view.today) or _newest_items(view.pages, view.today)
    if sum(piece.kind is EvidenceKind.DATED_ITEM for piece in shown) < view.threshold("dated_items"):
        return undecided("too_few_dates", f"首页和已查看的页面只有{len(shown)}条信息带有日期，不足以认定")
    proof = (absence(view.home, "两周内的更新", f"查看{len(view.pages)}个页面，没有{limit}以后发布的信息"), *shown)
    return failed("no_update", f"首页能看到的最新日期为{newest_front or newest_site}，早于{limit}", *proof, absence=True)


def _seen_before(view: View, limit: date) -> date | None:
    """Return the newest day of an entry that earlier scans saw, where it is in the window: what is older now is no present state."""
    days = (day for entry in view.history.items for day in entry.dates if limit <= day <= view.today)
    return max(days, default=None)


def _blocks(page: Page) -> tuple[Column, ...]:
    facts = page.facts
    return () if facts is None else (*facts.blocks, *((facts.column,) if facts.column else ()))


def _fresh_article(front: list[Page], view: View, limit: date) -> Page | None:
    """Return an opened article that the front lists, perhaps without a date, and that prints a fresh one itself."""
    listed = {item.url for page in front for item in _items(page)}
    opened = (page for page in view.pages if page.role is PageRole.ARTICLE and page.url in listed)
    return next(
        (page for page in opened if page.facts and page.facts.publish_date and limit <= page.facts.publish_date <= view.today), None
    )


def _is_by_script(block: Column, page: Page) -> bool:
    """Tell whether a script fills a list of the front, or one elsewhere that ought to be fresh: the newest entries may be in it."""
    return block.script_filled and (page.role in FRONT or block.column_class in DATED_CLASSES)


def _is_open(block: Column, pages: tuple[Page, ...], undated_articles: int) -> bool:
    """Tell whether a list that ought to be fresh, as one whose heading is a picture may be, shows no dates, and neither its own page nor
    the articles that were opened do.

    Where the clause counts entries without a date as not updated, so many opened articles without any date close the question.
    """
    if not (block.column_class in DATED_CLASSES or _may_be_news(block)) or len(block.dates) * 2 >= len(block.items):
        return False
    entries = {item.url for item in block.items}
    opened = [page for page in pages if page.role is PageRole.ARTICLE and page.url in entries and page.facts]
    own = (page.facts.column for page in pages if page.url == block.url and page.facts and page.facts.column)
    dated = sum(page.facts is not None and page.facts.publish_date is not None for page in opened)
    if dated >= min(OPENED, len(entries)) or any(_dates_them(column, entries) for column in own):
        return False
    return not are_undated(opened, undated_articles)


def _may_be_news(block: Column) -> bool:
    """Tell whether a list without a printed heading, which may be a picture, holds headlines, and not the marks of the foot."""
    headlines = [item for item in block.items if len(item.title) >= HEADLINE and not MARK_HOST.search(host_of(item.url or ""))]
    return block.name is None and len(headlines) * 2 > len(block.items)


def _dates_them(column: Column, entries: Set[str | None]) -> bool:
    """Tell whether a column's own page prints dates, and lists entries of the front: a "more" link may be that of another list."""
    return len(column.dates) * 2 >= len(column.items) and any(item.url in entries for item in column.items)


def _newest(pages: list[Page] | tuple[Page, ...], today: date) -> date | None:
    return max((day for page in pages for day in _days(page) if day <= today), default=None)


def _days(page: Page) -> Iterator[date]:
    facts = page.facts
    if facts is None:
        return
    yield from (day for day in (facts.newest_date, facts.newest_possible_date, facts.publish_date) if day)
    yield from (item.date for item in _items(page) if item.date)


def _items(page: Page) -> Iterator[Item]:
    facts = page.facts
    if facts is None:
        return
    for block in facts.blocks:
        if block.column_class is not ColumnClass.TOPIC:
            yield from block.items
    if facts.column:
        yield from facts.column.items


def _newest_items(pages: list[Page] | tuple[Page, ...], today: date) -> tuple[Evidence, ...]:
    dated = [(item.date, page, item) for page in pages for item in _items(page) if item.date and item.date <= today]
    dated.sort(key=lambda entry: entry[0], reverse=True)
    shown = tuple(dated_item(page, item) for _, page, item in dated[:5])
    newest = max(((day, number) for number, page in enumerate(pages) for day in _days(page) if day <= today), default=None)
    if newest is None or (dated and dated[0][0] == newest[0]):
        return shown
    return (quote(pages[newest[1]], f"该页面上最新的日期为{newest[0]}"), *shown)


RULE = SiteRule(version=4, needs=(Need.HOME, Need.PAGES, Need.HISTORY), covers=(Cover.HOMEPAGE, Cover.COLUMNS), judge=judge)
