"""发稿日期造假

检查内容
    信息的发布日期是否与网址、网页标签、文件改动时间和历次巡查的记录相符。
依据
    2018年第一季度通报用语“发稿日期造假”；《政府网站与政务新媒体检查指标》单项否决指标“弄虚作假（如伪造发稿日期等）”。
判定
    pass 没有发现日期不符，或者只有个别条目不符；只有一类证据的，或者只有起草后很久才发布也会留下的两类，判为通过并给出提示，由人工核对。
    fail 至少两类相互独立的证据，每类都涉及多条信息；其中有旧文改期重发的，原因另列为“旧文新发”。
    inconclusive 看不到文章的发布日期；未见到网站内容。
    na 登记状态为关停、迁移或临时下线。
证据
    每条不符的信息：印出的日期，以及网址、标签、文件或历次巡查中的另一个日期。
易误判
    整站迁移或改版后批量上传、改期或印成同一天的旧信息，不计；先起草后发布，网址、标签和文件的日期都较早，只算一类证据；
    活动过后多日才补发消息；
    在同一网址上持续更新的通知公告；网页标签由模板生成；用未来日期置顶；政策文件印的是成文日期；标题相同的例行信息；个别录入错误。
整改建议
    恢复信息的真实发布日期，停止补录、改期等做法，并对相关责任人员进行教育。
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from crawler.china_time import china_day
from crawler.facts.records import ColumnClass, DateSource, Item
from crawler.snapshot import Page, PageRole
from rules.dossier import PastColumn, PastItem
from rules.evidence import MAX_PIECES, dated_item, of_page, quote
from rules.rule import Need, SiteRule, View
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, passed, undecided
from rules.windows import last_day_of


class Kind(StrEnum):
    """The independent kinds of evidence."""

    CONFLICT = "印出的日期晚于网址、网页标签或文件的日期"
    CHANGED = "印出的日期在两次巡查之间被改晚"
    APPEARED = "信息在印出的日期之后很久才出现"
    REPUBLISHED = "旧文改期重发，同一栏目此前以更早的日期登过同题信息"
    AHEAD = "动态栏目印出的日期晚于巡查日期"


SLOW = {Kind.CONFLICT, Kind.APPEARED}
"""What slow publication leaves as well as forgery does."""
NEWS = (ColumnClass.NEWS,)
"""Elsewhere an event to come may be announced by its date."""
NEWS_AND_NOTICES = (ColumnClass.NEWS, ColumnClass.NOTICES)
"""Documents are printed with the day of their writing (成文日期), or of their revision, and that is honest."""
LEAST_TITLE = 12
"""Characters of a title from which on the same title is the same text; shorter ones come again (停水通知)."""
BULK = 5
"""Entries that are treated alike, most of their list: a site that was moved or rebuilt, whose dates say nothing."""
REBUILT_PERCENT = 80
"""Of the entries that were known before: whoever rebuilds a list changes all of it, whoever dates it up its newest."""
OLDEST_FILE = 2000
"""Year before which a server's word on the age of a file is a placeholder."""
PLACES = {DateSource.URL: "网址中为", DateSource.META: "网页标签中为"}


def judge(view: View) -> Judgement:
    """Gather the signs; two independent kinds on several items each are needed before the site is accused."""
    enough = dict.fromkeys(Kind, view.threshold("items")) | {Kind.APPEARED: view.threshold("late_items")}
    found = {kind: list(gather(view)) for kind, gather in GATHERERS.items()}
    strong = {kind: pieces for kind, pieces in found.items() if len(pieces) >= enough[kind]}
    evidence = tuple(piece for pieces in strong.values() for piece in pieces[: MAX_PIECES // 2])
    summary = "；".join(f"{len(pieces)}条{kind}" for kind, pieces in strong.items())
    # Who publishes slowly has both: some texts bear the day of their writing, of others only the address and the file do.
    independent = len(strong) - (strong.keys() >= SLOW)
    if independent >= view.threshold("kinds"):
        code = "old_text_redated" if Kind.REPUBLISHED in strong else "dates_conflict"
        return failed(code, summary, *evidence, again=view.threshold("kinds") * view.threshold("items"))
    if strong:
        reason = "日期不符可能只是起草后很久才发布，不足以认定" if len(strong) > 1 else "只有一类日期不符的证据，不足以认定"
        code = "old_text_seen_again" if Kind.REPUBLISHED in strong else "one_kind_only"
        return passed(code, reason, *evidence, notice=f"{summary}，请人工核对")
    if not any(_printed(page) for page in view.own_pages) and not view.history.items:
        return undecided("no_dates", "没有看到文章的发布日期")
    return passed("dates_agree", "没有发现发布日期与其他记录不符")


def _printed(page: Page) -> date | None:
    return page.facts.publish_date if page.facts and page.role is PageRole.ARTICLE else None


def _conflicts(view: View) -> Iterator[Evidence]:
    """Yield articles whose printed date is later than the one that their address, tag or file carries: old text made to look new.

    They count as one kind: an article that waited for its publication has all of them old. A day that half of the articles carry comes
    from a template or from copying the site. What is dated ahead of the visit is another kind of evidence.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), {day for _, day in _bulk_days(view)}
    articles = [(page, printed) for page in view.own_pages if (printed := _printed(page)) and printed <= view.today and printed not in bulk]
    traces = {page.url: dict(_traces(page)) for page, _ in articles}
    common = _common(list(traces.values()))
    for page, printed in articles:
        earlier = [f"{place}{day}" for place, day in traces[page.url].items() if printed - day > slack and (place, day) not in common]
        if earlier:
            yield quote(page, f"印出的日期{printed}，{'，'.join(earlier)}", Kind.CONFLICT)


def _common(traces: list[dict[str, date]]) -> set[tuple[str, date]]:
    """Return what several articles carry, and at least half of those that carry a day in that place."""
    places = Counter(place for of_page in traces for place in of_page)
    shared = Counter(trace for of_page in traces for trace in of_page.items())
    return {(place, day) for (place, day), count in shared.items() if count > 1 and count * 2 >= places[place]}


def _traces(page: Page) -> Iterator[tuple[str, date]]:
    """Yield the days beside the printed one that an article carries, each with where."""
    for source, place in PLACES.items():
        days = [found.date for found in page.facts.dates if found.source is source] if page.facts else []
        if days:
            yield place, max(days)
    if changed := _day_of_header(page.last_modified):
        yield "文件最后改动于", changed


def _day_of_header(value: str | None) -> date | None:
    """Return the China-time day of a `Last-Modified` header; None for one that cannot be read or is a server's placeholder."""
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return china_day(moment) if moment.tzinfo and OLDEST_FILE <= moment.year < date.max.year else None


def _bulk_days(view: View) -> set[tuple[str, date]]:
    """Return the days, by address of the list, that so many of its entries are printed with that it was loaded at once."""
    bulk: set[tuple[str, date]] = set()
    for page in view.own_pages:
        column = page.facts.column if page.facts else None
        days = Counter(item.date for item in column.items if item.date) if column else Counter()
        bulk |= {(page.final_url, day) for day, count in days.items() if count >= BULK and count * 2 >= days.total()}
    return bulk


def _changed(view: View) -> Iterator[Evidence]:
    """Yield entries whose printed date was moved forward between two scans.

    Another title at the same address is another entry; a date printed without its year moves with the calendar by itself; a notice may be
    kept up to date at one address, and say so by its date. Where most
    entries that were known have moved, the list prints other dates than it did: it was rebuilt.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), _bulk_days(view)
    past = {item.url: item for item in view.history.items if item.dates}
    moved: list[Evidence] = []
    known = 0
    for page, item in _listed(view, NEWS):
        before = past.get(item.url or "")
        if before is None or item.date is None or before.title != item.title:
            continue
        known += 1
        if item.date - before.dates[0] > slack and (page.final_url, item.date) not in bulk:
            moved.append(dated_item(page, item, f"{Kind.CHANGED}：{china_day(before.first_seen)}印为{before.dates[0]}"))
    if not _was_rebuilt(len(moved), known):
        yield from moved


def _republished(view: View) -> Iterator[Evidence]:
    """Yield entries whose title stood in the same list before, at one other address and with an earlier date.

    A title that came more often is a routine one; the same text in another column is no new publication of it. Where most entries
    have come again, the site was rebuilt.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), _bulk_days(view)
    past: dict[tuple[str, str], dict[str, PastItem]] = {}
    for entry in view.history.items:
        past.setdefault((entry.column_url, entry.title), {})[entry.url] = entry
    again: list[Evidence] = []
    listed = list(_listed(view))
    for page, item in listed:
        others = [before for url, before in past.get((page.final_url, item.title), {}).items() if url != item.url]
        if not item.url or item.date is None or len(item.title) < LEAST_TITLE or len(others) != 1 or (page.final_url, item.date) in bulk:
            continue
        before = others[0]
        if before.dates and item.date - min(before.dates) > slack:
            again.append(dated_item(page, item, f"{Kind.REPUBLISHED}：此前印为{min(before.dates)}"))
    if not _was_rebuilt(len(again), len(listed)):
        yield from again


def _was_rebuilt(changed: int, known: int) -> bool:
    return changed >= BULK and changed * 100 >= known * REBUILT_PERCENT


def _ahead(view: View) -> Iterator[Evidence]:
    """Yield entries of news columns that are dated well after the day of judgement; notices may announce a day to come."""
    slack = timedelta(days=view.threshold("slack_days"))
    for page, item in _listed(view, NEWS):
        if item.future_date and item.future_date > last_day_of(page.fetched_at, view.today) + slack and not item.pinned:
            yield of_page(EvidenceKind.DATED_ITEM, page, f"{item.future_date}　{item.title}", Kind.AHEAD)


def _appeared(view: View) -> Iterator[Evidence]:
    """Yield entries that came into a list of news or notices long after the date printed beside them.

    When most entries of a column are new at once it was moved or rebuilt, which is no forgery; nor is a known title at a new
    address; and a page on which no entry of its former list is left may be showing another list.
    """
    known = {name for item in view.history.items for name in (item.url, item.title)}
    homes = {item.url: item.column_url for item in view.history.items}
    before = {column.url: column for column in view.history.columns}
    lists: dict[str, list[tuple[Page, Item]]] = {}
    for page, item in _listed(view):
        lists.setdefault(page.final_url, []).append((page, item))
    for url, entries in lists.items():
        if url not in before or url not in {homes.get(item.url or "") for _, item in entries}:
            continue
        fresh = [(page, item) for page, item in entries if item.url and known.isdisjoint((item.url, item.title))]
        late = [(page, item) for page, item in fresh if _is_late(item, before[url], view.threshold("slack_days"))]
        if len(late) * 2 <= len(entries):
            for page, item in late:
                yield dated_item(page, item, f"{Kind.APPEARED}：{china_day(before[url].last_read)}的列表中没有这一条")


def _is_late(item: Item, before: PastColumn, slack_days: int) -> bool:
    """Tell whether an entry should have been in the list at its last reading: dated well before it, and within what it showed."""
    if item.date is None or before.oldest is None or item.date < before.oldest:
        return False
    return china_day(before.last_read) - item.date > timedelta(days=slack_days)


def _listed(view: View, classes: tuple[ColumnClass, ...] = NEWS_AND_NOTICES) -> Iterator[tuple[Page, Item]]:
    """Yield the entries of the columns of these classes, but those whose dates are not printed in full."""
    for column in view.columns:
        if column.column and column.column_class in classes and view.is_own(column.page):
            yield from ((column.page, item) for item in column.column.items if not item.year_inferred)


GATHERERS: dict[Kind, Callable[[View], Iterator[Evidence]]] = {
    Kind.CONFLICT: _conflicts,
    Kind.CHANGED: _changed,
    Kind.APPEARED: _appeared,
    Kind.REPUBLISHED: _republished,
    Kind.AHEAD: _ahead,
}

RULE = SiteRule(version=5, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
