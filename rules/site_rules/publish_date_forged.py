"""发稿日期造假

检查内容
    信息的发布日期是否与网址、网页标签中的日期和历次巡查的记录相符。
依据
    2018年第一季度通报用语“发稿日期造假”；《政府网站与政务新媒体检查指标》单项否决指标“弄虚作假（如伪造发稿日期等）”。
判定
    pass 没有发现日期不符，或者只有个别条目不符。
    fail 至少两类相互独立的证据，每类都涉及多条信息。
    inconclusive 只有一类证据；或者看不到文章的发布日期。
    na 登记状态为关停、迁移或临时下线。
证据
    每条不符的信息：印出的日期，以及网址、标签或历次巡查中的另一个日期。
易误判
    整站迁移或改版后批量上传的旧信息；网页标签由模板生成；置顶和预告的未来日期；个别录入错误。
整改建议
    恢复信息的真实发布日期，停止补录、改期等做法，并对相关责任人员进行教育。
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from crawler.facts.records import DateSource, Item
from crawler.snapshot import Page, PageRole
from rules.dossier import PastColumn
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


def judge(view: View) -> Judgement:
    """Gather the signs; two independent kinds on several items each are needed before the site is accused."""
    enough = view.threshold("items")
    found = {
        Sign.ADDRESS: list(_redated(view, DateSource.URL, Sign.ADDRESS)),
        Sign.TAG: list(_redated(view, DateSource.META, Sign.TAG)),
        Sign.CHANGED: list(_changed(view)),
        Sign.APPEARED: list(_appeared(view)),
    }
    strong = {sign: pieces for sign, pieces in found.items() if len(pieces) >= enough}
    evidence = tuple(piece for pieces in strong.values() for piece in pieces[: MAX_PIECES // 2])
    summary = "；".join(f"{len(pieces)}条{sign}" for sign, pieces in strong.items())
    if len(strong) >= view.threshold("kinds"):
        return failed("dates_conflict", summary, *evidence)
    if strong:
        return undecided("one_kind_only", f"{summary}；只有一类证据，须人工核对", *evidence)
    if not any(_printed(page) for page in view.pages) and not view.history.items:
        return undecided("no_dates", "没有看到文章的发布日期")
    return passed("dates_agree", "没有发现发布日期与其他记录不符")


def _printed(page: Page) -> date | None:
    return page.facts.publish_date if page.facts and page.role is PageRole.ARTICLE else None


def _redated(view: View, source: DateSource, sign: Sign) -> Iterator[Evidence]:
    """Yield articles whose printed date is later than the date their address or tag carries: old text made to look new."""
    slack = timedelta(days=view.threshold("slack_days"))
    for page in view.pages:
        printed = _printed(page)
        others = [found.date for found in page.facts.dates if found.source is source] if page.facts else []
        if printed and others and printed - max(others) > slack:
            yield quote(page, f"印出的日期{printed}，另一处为{max(others)}", sign)


def _changed(view: View) -> Iterator[Evidence]:
    """Yield entries whose printed date was moved forward between two scans.

    Another title at the same address is another entry; a date printed without its year moves with the calendar by itself.
    """
    slack = timedelta(days=view.threshold("slack_days"))
    past = {item.url: item for item in view.history.items if item.dates}
    for page, item in _listed(view):
        before = past.get(item.url or "")
        if before and item.date and before.title == item.title and item.date - before.dates[0] > slack:
            yield dated_item(page, item, f"{Sign.CHANGED}：{china_day(before.first_seen)}印为{before.dates[0]}")


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


RULE = SiteRule(version=1, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
