"""发稿日期造假

检查内容
    信息的发布日期是否与网址、网页标签中的日期和历次巡查的记录相符。
依据
    2018年第一季度通报用语“发稿日期造假”；《政府网站与政务新媒体检查指标》单项否决指标“弄虚作假（如伪造发稿日期等）”。
判定
    pass 没有发现日期不符，或者只有个别条目不符。
    fail 至少两类相互独立的证据，每类都涉及多条信息；其中有旧文改期重发的，原因另列为“旧文新发”。
    inconclusive 只有一类证据；或者看不到文章的发布日期。
    na 登记状态为关停、迁移或临时下线。
证据
    每条不符的信息：印出的日期，以及网址、标签或历次巡查中的另一个日期。
易误判
    整站迁移或改版后批量上传、印成同一天的旧信息，不计；网页标签由模板生成；置顶和预告的未来日期；标题相同的例行信息；个别录入错误。
整改建议
    恢复信息的真实发布日期，停止补录、改期等做法，并对相关责任人员进行教育。
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from crawler.facts.records import ColumnClass, DateSource, Item
from crawler.snapshot import Page, PageRole
from rules.dossier import PastColumn, PastItem
from rules.evidence import MAX_PIECES, dated_item, quote
from rules.rule import Need, SiteRule, View
from rules.verdict import Evidence, Judgement, failed, passed, undecided
from rules.windows import china_day


class Sign(StrEnum):
    """The independent kinds of evidence."""

    ADDRESS = "印出的日期晚于网址中的日期"
    TAG = "印出的日期晚于网页标签中的日期"
    CHANGED = "印出的日期在两次巡查之间被改晚"
    APPEARED = "信息在印出的日期之后很久才出现"
    REPUBLISHED = "旧文改期重发，同一栏目此前以更早的日期登过同题信息"
    UNTOUCHED = "网页文件在印出的日期之前就已不再改动"
    AHEAD = "动态栏目印出的日期晚于巡查日期"


LEAST_TITLE = 12
"""Characters of a title from which on the same title is the same text; shorter ones come again (停水通知)."""
BULK = 5
"""Entries of one list printed with the same day, half of the list or more: a site that was moved or rebuilt, whose dates say nothing."""
OLDEST_FILE = 2000
"""Year before which a server's word on the age of a file is a placeholder."""


def judge(view: View) -> Judgement:
    """Gather the signs; two independent kinds on several items each are needed before the site is accused."""
    enough = view.threshold("items")
    found = {sign: list(gather(view)) for sign, gather in GATHERERS.items()}
    strong = {sign: pieces for sign, pieces in found.items() if len(pieces) >= enough}
    evidence = tuple(piece for pieces in strong.values() for piece in pieces[: MAX_PIECES // 2])
    summary = "；".join(f"{len(pieces)}条{sign}" for sign, pieces in strong.items())
    if len(strong) >= view.threshold("kinds"):
        return failed("old_text_redated" if Sign.REPUBLISHED in strong else "dates_conflict", summary, *evidence)
    if strong:
        code = "old_text_seen_again" if Sign.REPUBLISHED in strong else "one_kind_only"
        return undecided(code, f"{summary}；只有一类证据，须人工核对", *evidence)
    if not any(_printed(page) for page in view.pages) and not view.history.items:
        return undecided("no_dates", "没有看到文章的发布日期")
    return passed("dates_agree", "没有发现发布日期与其他记录不符")


def _printed(page: Page) -> date | None:
    return page.facts.publish_date if page.facts and page.role is PageRole.ARTICLE else None


def _redated(view: View, source: DateSource, sign: Sign) -> Iterator[Evidence]:
    """Yield articles whose printed date is later than the date their address or tag carries: old text made to look new."""
    slack, bulk = timedelta(days=view.threshold("slack_days")), {day for _, day in _bulk_days(view)}
    for page in view.pages:
        printed = _printed(page)
        if printed in bulk:
            continue
        others = [found.date for found in page.facts.dates if found.source is source] if page.facts else []
        if printed and others and printed - max(others) > slack:
            yield quote(page, f"印出的日期{printed}，另一处为{max(others)}", sign)


def _untouched(view: View) -> Iterator[Evidence]:
    """Yield articles whose file the server has not changed since well before the date printed in it.

    A time that several files share comes from copying the site, not from writing them.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), {day for _, day in _bulk_days(view)}
    times = Counter(page.last_modified for page in view.pages)
    for page in view.pages:
        printed, changed = _printed(page), _day_of_header(page.last_modified)
        if printed and printed not in bulk and changed and times[page.last_modified] == 1 and printed - changed > slack:
            yield quote(page, f"印出的日期{printed}，文件最后改动于{changed}", Sign.UNTOUCHED)


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
    for page in view.pages:
        column = page.facts.column if page.facts else None
        days = Counter(item.date for item in column.items if item.date) if column else Counter()
        bulk |= {(page.final_url, day) for day, count in days.items() if count >= BULK and count * 2 >= days.total()}
    return bulk


def _changed(view: View) -> Iterator[Evidence]:
    """Yield entries whose printed date was moved forward between two scans.

    Another title at the same address is another entry; a date printed without its year moves with the calendar by itself.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), _bulk_days(view)
    past = {item.url: item for item in view.history.items if item.dates}
    for page, item in _listed(view):
        before = past.get(item.url or "")
        if before is None or item.date is None or (page.final_url, item.date) in bulk:
            continue
        if before.title == item.title and item.date - before.dates[0] > slack:
            yield dated_item(page, item, f"{Sign.CHANGED}：{china_day(before.first_seen)}印为{before.dates[0]}")


def _republished(view: View) -> Iterator[Evidence]:
    """Yield entries whose title stood in the same list before, at one other address and with an earlier date.

    A title that came more often is a routine one; the same text in another column is no new publication of it.
    """
    slack, bulk = timedelta(days=view.threshold("slack_days")), _bulk_days(view)
    past: dict[tuple[str, str], dict[str, PastItem]] = {}
    for entry in view.history.items:
        past.setdefault((entry.column_url, entry.title), {})[entry.url] = entry
    for page, item in _listed(view):
        others = [before for url, before in past.get((page.final_url, item.title), {}).items() if url != item.url]
        if not item.url or item.date is None or len(item.title) < LEAST_TITLE or len(others) != 1 or (page.final_url, item.date) in bulk:
            continue
        before = others[0]
        if before.dates and item.date - min(before.dates) > slack:
            yield dated_item(page, item, f"{Sign.REPUBLISHED}：此前印为{min(before.dates)}")


def _ahead(view: View) -> Iterator[Evidence]:
    """Yield entries of news columns that are dated well after the day of judgement; notices may announce a day to come."""
    limit = view.today + timedelta(days=view.threshold("slack_days"))
    for page in view.pages:
        column = page.facts.column if page.facts else None
        if column and column.column_class is ColumnClass.NEWS:
            for item in column.items:
                if item.future_date and item.future_date > limit and not item.pinned and not item.year_inferred:
                    yield quote(page, f"{item.future_date}　{item.title}", Sign.AHEAD)


def _appeared(view: View) -> Iterator[Evidence]:
    """Yield entries that came into a list long after the date printed beside them.

    When most entries of a column are new at once it was moved or rebuilt, which is no forgery; nor is a known title at a new
    address; and a page on which no entry of its former list is left may be showing another list.
    """
    known = {name for item in view.history.items for name in (item.url, item.title)}
    homes = {item.url: item.column_url for item in view.history.items}
    columns = {column.url: column for column in view.history.columns}
    slack = view.threshold("slack_days")
    for page in view.pages:
        before, column = columns.get(page.final_url), page.facts.column if page.facts else None
        if before is None or column is None or page.final_url not in {homes.get(item.url or "") for item in column.items}:
            continue
        late = [item for item in column.items if item.url and known.isdisjoint((item.url, item.title)) and _is_late(item, before, slack)]
        if len(late) * 2 <= len(column.items):
            for item in late:
                yield dated_item(page, item, f"{Sign.APPEARED}：{china_day(before.last_read)}的列表中没有这一条")


def _is_late(item: Item, before: PastColumn, slack_days: int) -> bool:
    """Tell whether an entry should have been in the list at its last reading: dated well before it, and within what it showed."""
    if item.date is None or item.year_inferred or before.oldest is None or item.date < before.oldest:
        return False
    return china_day(before.last_read) - item.date > timedelta(days=slack_days)


def _listed(view: View) -> Iterator[tuple[Page, Item]]:
    for page in view.pages:
        if page.facts and page.facts.column:
            yield from ((page, item) for item in page.facts.column.items if not item.year_inferred)


GATHERERS: dict[Sign, Callable[[View], Iterator[Evidence]]] = {
    Sign.ADDRESS: lambda view: _redated(view, DateSource.URL, Sign.ADDRESS),
    Sign.TAG: lambda view: _redated(view, DateSource.META, Sign.TAG),
    Sign.CHANGED: _changed,
    Sign.APPEARED: _appeared,
    Sign.REPUBLISHED: _republished,
    Sign.UNTOUCHED: _untouched,
    Sign.AHEAD: _ahead,
}

RULE = SiteRule(version=2, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
